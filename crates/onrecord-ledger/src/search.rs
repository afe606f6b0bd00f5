//! Finding statements, documents and agents by their words.
//!
//! The index of words gives the best rows; the ledger gives what is told of them. Filters are words and numbers of the
//! index too, so that a rare one with a common word costs no scan. A score is made of the words and the hit alone, so that
//! what else is in the case does not change it.

mod agents;
mod asked;
mod bearers;
mod query;
mod statements;
mod texts;
mod words;

pub use agents::FoundName;
pub use bearers::{Bearers, Told};
pub use query::{Query, Words};
pub use statements::FoundStatement;
pub use texts::{FoundDocument, Listed};

use crate::case::Case;
use crate::fault::{Fault, Result};
use crate::stored::StoredRecord;
use onrecord_record::{CodePoint, Span};
use serde_json::Value;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// How long a snippet is, in bytes.
const SNIPPET: usize = 240;

/// What every find has.
#[derive(Clone, Debug, PartialEq)]
pub struct Find {
    /// How well it fits, the best first. Scores of statements and of documents do not compare.
    pub score: f64,
    /// The words around what was found.
    pub snippet: String,
    /// Where in the document's text the words of the query stand, in code points.
    pub places: Vec<Span<CodePoint>>,
    /// The line of the record.
    pub line: Value,
}

impl Find {
    /// The line of the record with `score`, `snippet` and `places` added.
    pub fn into_line(self) -> Value {
        let mut line = self.line;
        if let Value::Object(fields) = &mut line {
            fields.insert("score".into(), rounded(self.score).into());
            fields.insert("snippet".into(), self.snippet.into());
            fields.insert("places".into(), serde_json::to_value(&self.places).unwrap_or_default());
        }
        line
    }
}

fn rounded(score: f64) -> f64 {
    (score * 1_000.0).round() / 1_000.0
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Statements, the best first.
    pub statements: Vec<FoundStatement>,
    /// Documents, the best first.
    pub documents: Vec<FoundDocument>,
    /// Names of agents, the likest first.
    pub names: Vec<FoundName>,
    /// Whether there are more statements or documents than these.
    pub more: bool,
}

impl Case {
    /// Looks for statements, documents and agents, at most `limit` of each.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn search(&self, query: &Query, limit: usize) -> Result<Found> {
        self.asking_words(|words| {
            let mut found = Found::default();
            let records = &mut Records::new(self);
            (found.statements, found.more) = self.search_statements(words, records, query, limit)?;
            if !query.asks_for_statements() {
                let (documents, more) = self.search_documents(words, records, query, limit)?;
                found.documents = documents;
                found.more |= more;
            }
            if query.could_be_a_name() {
                let name: Vec<&str> = query.words.iter().map(|words| words.text.as_str()).collect();
                found.names = self.names_like(words, records, &name.join(" "), limit)?;
            }
            Ok(found)
        })
    }

    fn unasked(&self, error: &tantivy::TantivyError) -> Fault {
        Fault::damaged(self.index_folder().to_string_lossy(), format!("cannot be asked: {error}"))
            .hint("take the folder away; it is made anew from the ledger")
    }
}

/// The records that one search has unpacked: hits often stand in the same document.
struct Records<'c> {
    case: &'c Case,
    unpacked: BTreeMap<i64, StoredRecord>,
}

impl<'c> Records<'c> {
    fn new(case: &'c Case) -> Self {
        Records { case, unpacked: BTreeMap::new() }
    }

    fn of(&mut self, document: i64) -> Result<&StoredRecord> {
        Ok(match self.unpacked.entry(document) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => free.insert(self.case.record(document)?),
        })
    }
}

/// The first and the last day that a day may mean, as numbers YYYYMMDD: a month has them all. None where it is no day.
pub(crate) fn days(day: &str) -> Option<(u64, u64)> {
    let part = |range: std::ops::Range<usize>| -> Option<Option<u64>> {
        match day.get(range) {
            None => Some(None),
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => Some(digits.parse().ok()),
            Some(_) => None,
        }
    };
    let (year, month, day) = (part(0..4)??, part(5..7)?, part(8..10)?);
    Some(match (month, day) {
        (Some(month), Some(day)) => (year * 10_000 + month * 100 + day, year * 10_000 + month * 100 + day),
        (Some(month), None) => (year * 10_000 + month * 100, year * 10_000 + month * 100 + 99),
        _ => (year * 10_000, year * 10_000 + 9_999),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(day: &str, from: &str, to: &str) -> bool {
        let ((first, last), (from, _), (_, to)) =
            (days(day).unwrap(), days(from).unwrap(), days(to).unwrap());
        last >= from && first <= to
    }

    #[test]
    fn days_compare_by_what_they_can_mean() {
        assert!(within("2031-02", "2031-02-10", "2031-02-11"));
        assert!(!within("2031-02-09", "2031-02-10", "2032"));
        assert!(within("2031-02-09", "2031", "2031-02"));
        assert!(!within("2031-03-01", "2030", "2031-02"));
        assert!(within("2031-03-01T10:00", "2031-03-01", "2031-03-01"));
        for none in ["", "once", "203", "20x1-02-03", "2031-W05", "−031-01"] {
            assert_eq!(days(none), None, "{none}");
        }
    }
}
