//! Finding statements, documents and agents by their words.
//!
//! A word like "the" stands in most texts, and ranking all of them takes longer than anybody waits. So the index is asked
//! for the hits with the latest first, and no more than some hundreds are weighed: where a query has fewer hits, which is
//! the rule, the ranking is over all of them; where it has more, it is over the latest. Filters are words of the index
//! too, so that they cost no scan either.

mod agents;
mod bearers;
mod query;
mod statements;
mod texts;
mod words;

pub use agents::FoundName;
pub use bearers::{Bearers, Told};
pub use query::{Query, Words};
pub use statements::FoundStatement;
pub use texts::FoundDocument;

use crate::case::Case;
use crate::fault::Result;
use onrecord_record::{CodePoint, Span};
use serde_json::Value;

/// Hits that are looked at, the latest first.
const CANDIDATES: usize = 1_000;

/// Hits that are weighed by their words.
const WEIGHED: usize = 120;

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
    /// Whether there are more hits than were weighed.
    pub more: bool,
}

impl Case {
    /// Looks for statements, documents and agents, at most `limit` of each.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn search(&self, query: &Query, limit: usize) -> Result<Found> {
        let mut found = Found::default();
        (found.statements, found.more) = self.search_statements(query, limit)?;
        if !query.asks_for_statements() {
            let (documents, more) = self.search_documents(query, limit)?;
            found.documents = documents;
            found.more |= more;
        }
        if query.could_be_a_name() {
            let name: Vec<&str> = query.words.iter().map(|words| words.text.as_str()).collect();
            found.names = self.search_names(&name.join(" "), limit)?;
        }
        Ok(found)
    }

    /// Row ids of the hits, the latest first, and whether there are more.
    fn hits(&self, table: &str, expression: &str) -> Result<(Vec<i64>, bool)> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let sql = format!(
            "SELECT rowid FROM {table} WHERE {table} MATCH ?1 ORDER BY rowid DESC LIMIT {}",
            CANDIDATES + 1
        );
        let mut query = self.connection.prepare_cached(&sql).map_err(failed)?;
        let rows = query.query_map([expression], |row| row.get(0)).map_err(failed)?;
        let mut hits: Vec<i64> = rows.collect::<rusqlite::Result<_>>().map_err(failed)?;
        let more = hits.len() > CANDIDATES;
        hits.truncate(CANDIDATES);
        Ok((hits, more))
    }
}

/// Days of different length compare by what they can mean: a month is not before a day in it.
fn within(day: Option<&str>, from: Option<&str>, to: Option<&str>) -> bool {
    if from.is_none() && to.is_none() {
        return true;
    }
    let Some(day) = day else { return false };
    let not_before = from.is_none_or(|from| {
        let n = day.len().min(from.len());
        day.get(..n) >= from.get(..n)
    });
    let not_after = to.is_none_or(|to| {
        let n = day.len().min(to.len());
        day.get(..n) <= to.get(..n)
    });
    not_before && not_after
}

/// How much of a text a query's words are: more where they stand often, less in long texts, as BM25 has it.
fn weight(times: &[u32], length: usize, usual: f64) -> f64 {
    let norm = 1.2 * (0.25 + 0.75 * length as f64 / usual);
    times.iter().map(|times| f64::from(*times)).map(|times| times * 2.2 / (times + norm)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_compare_by_what_they_can_mean() {
        assert!(within(Some("2031-02"), Some("2031-02-10"), None));
        assert!(!within(Some("2031-02-09"), Some("2031-02-10"), None));
        assert!(within(Some("2031-02-09"), Some("2031"), Some("2031-02")));
        assert!(!within(Some("2031-03-01"), None, Some("2031-02")));
        assert!(!within(None, Some("2031"), None));
        assert!(within(None, None, None));
    }
}
