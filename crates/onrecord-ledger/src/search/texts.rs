//! Documents by the words of their titles and texts.

use super::asked::Asking;
use super::query::Query;
use super::words::{Wanted, snippet};
use super::{Find, Records, SNIPPET};
use crate::case::Case;
use crate::fault::Result;
use crate::index::{Sort, WordIndex, best};
use onrecord_record::TextIndex;
use serde_json::Value;

/// A document that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundDocument {
    /// The document; its line stands without the text.
    pub find: Find,
}

impl Case {
    /// The best documents, and whether there are more.
    pub(super) fn search_documents(
        &self,
        words: &WordIndex,
        records: &mut Records<'_>,
        query: &Query,
        limit: usize,
    ) -> Result<(Vec<FoundDocument>, bool)> {
        let mut hits = Asking::new(words)
            .documents(query)
            .and_then(|asked| best(&words.searcher, &words.fields, &*asked, Sort::Documents, limit + 1))
            .map_err(|error| self.unasked(&error))?;
        let more = hits.len() > limit;
        hits.truncate(limit);
        let wanted = Wanted::new(query);
        let mut found = Vec::with_capacity(hits.len());
        for (score, id) in hits {
            let record = records.of(id)?;
            let words = wanted.find(&record.text);
            let index = TextIndex::new(&record.text);
            let places = words.places.iter().map(|place| index.code_points(*place)).collect();
            let snippet = snippet(&record.text, &words.places, SNIPPET);
            let mut line = record.line(0)?;
            if let Value::Object(fields) = &mut line {
                fields.remove("text");
            }
            found.push(FoundDocument { find: Find { score, snippet, places, line } });
        }
        Ok((found, more))
    }
}
