//! Documents by the words of their titles and texts.

use super::query::{Query, years};
use super::words::{Wanted, snippet};
use super::{Find, SNIPPET, WEIGHED, weight, within};
use crate::case::Case;
use crate::fault::Result;
use onrecord_record::TextIndex;
use serde_json::Value;

/// Words of a usual document.
const USUAL: f64 = 900.0;

/// A document that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundDocument {
    /// The document; its line stands without the text.
    pub find: Find,
}

fn expression(query: &Query) -> String {
    let mut parts: Vec<String> = query.words.iter().map(|words| words.matching("title text")).collect();
    parts.extend(query.publisher.iter().map(|words| words.matching("publisher")));
    if query.silence {
        parts.push("{marks} : \"hassilence\"".into());
    }
    if let Some(years) = years("y", query.from.as_deref(), query.to.as_deref()) {
        parts.push(format!("{{marks}} : {years}"));
    }
    parts.join(" AND ")
}

impl Case {
    pub(super) fn search_documents(&self, query: &Query, limit: usize) -> Result<(Vec<FoundDocument>, bool)> {
        let expression = expression(query);
        if expression.is_empty() {
            return Ok((Vec::new(), false));
        }
        let (ids, more) = self.hits("document_words", &expression)?;
        let failed = |error: rusqlite::Error| self.fault(error);
        let mut read = self
            .connection
            .prepare_cached("SELECT published, title FROM documents WHERE id = ?1")
            .map_err(failed)?;
        let wanted = Wanted::new(query);
        let mut weighed = Vec::new();
        for id in ids {
            let (published, title): (Option<String>, Option<String>) =
                read.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).map_err(failed)?;
            if !within(published.as_deref(), query.from.as_deref(), query.to.as_deref()) {
                continue;
            }
            // A title says what the whole is about.
            let titled: u32 =
                wanted.find(title.as_deref().unwrap_or_default()).times.iter().map(|n| (*n).min(1)).sum();
            weighed.push((titled, id));
        }
        weighed.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.cmp(&a.1)));
        weighed.truncate(WEIGHED.max(limit));
        let mut found = Vec::with_capacity(weighed.len());
        for (titled, id) in weighed {
            let text = self.text(id)?;
            let words = wanted.find(&text);
            let score = weight(&words.times, words.length.max(50), USUAL) + f64::from(titled);
            let index = TextIndex::new(&text);
            let places = words.places.iter().map(|place| index.code_points(*place)).collect();
            let snippet = snippet(&text, &words.places, SNIPPET);
            found.push((
                score,
                id,
                FoundDocument { find: Find { score, snippet, places, line: Value::Null } },
            ));
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
        found.truncate(limit);
        let mut documents = Vec::with_capacity(found.len());
        for (_, id, mut document) in found {
            let mut line = self.line(id, 0)?;
            if let Value::Object(fields) = &mut line {
                fields.remove("text");
            }
            document.find.line = line;
            documents.push(document);
        }
        Ok((documents, more))
    }
}
