//! Documents by the words of their titles and texts.

use super::asked::Asking;
use super::query::Query;
use super::words::{Wanted, snippet};
use super::{Find, Records, SNIPPET};
use crate::case::Case;
use crate::fault::Result;
use crate::index::{Sort, WordIndex, best};
use crate::rows;
use onrecord_record::TextIndex;
use serde_json::Value;

/// A document that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundDocument {
    /// The document; its line stands without the text.
    pub find: Find,
}

/// What the ledger tells of a document that was found, without its record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// Its title, else the path of its evidence.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub published: Option<String>,
}

impl Case {
    /// The best documents by their words, at most `limit`, and whether there are more.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn list_documents(&self, query: &Query, limit: usize) -> Result<(Vec<Listed>, bool)> {
        let mut hits = self.asking_words(|words| {
            Asking::new(words)
                .documents(query)
                .and_then(|asked| best(&words.searcher, &words.fields, &*asked, Sort::Documents, limit + 1))
                .map_err(|error| self.unasked(&error))
        })?;
        let more = hits.len() > limit;
        hits.truncate(limit);
        let listed = hits.into_iter().map(|(_, row)| self.listed(row)).collect::<Result<_>>()?;
        Ok((listed, more))
    }

    fn listed(&self, row: i64) -> Result<Listed> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let mut query = self
            .connection
            .prepare_cached("SELECT key, title, publisher, published FROM documents WHERE id = ?1")
            .map_err(failed)?;
        let mut listed = query
            .query_row([row], |found| {
                Ok(Listed {
                    id: rows::id("doc", found.get(0)?),
                    title: found.get(1)?,
                    publisher: found.get(2)?,
                    published: found.get(3)?,
                })
            })
            .map_err(failed)?;
        if listed.title.is_none() {
            listed.title = self.line(row, 0)?["path"].as_str().map(str::to_owned);
        }
        Ok(listed)
    }

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
