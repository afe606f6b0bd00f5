//! Agents by their names, whatever the accents, and with a letter or two wrong.

use super::Records;
use super::asked::Asking;
use crate::case::Case;
use crate::fault::Result;
use crate::index::folding::folded_words;
use crate::index::{Sort, WordIndex, best};
use serde_json::Value;
use std::collections::BTreeSet;
use tantivy::Term;
use tantivy::query::FuzzyTermQuery;

/// Words of names that a mistyped word may stand for.
const MOST_SPELLINGS: usize = 8;

/// Names that are looked at, the shortest.
const MOST_NAMES: usize = 100;

/// Lines that are shown of one name.
const LINES: usize = 3;

/// A name that agents of some documents bear. That they are one and the same is not said.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundName {
    /// The name.
    pub name: String,
    /// How like it is to what was asked, 1 for the same.
    pub score: f64,
    /// In how many documents somebody bears it.
    pub documents: u64,
    /// How many statements they make there.
    pub statements: u64,
    /// The lines of the record for the latest of them.
    pub lines: Vec<Value>,
}

/// How many letters may be wrong in a word.
fn slips(word: &str) -> u8 {
    match word.chars().count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

impl Case {
    /// The names of agents that are like `name`, the likest first, then those in most documents.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn search_names(&self, name: &str, limit: usize) -> Result<Vec<FoundName>> {
        self.asking_words(|words| self.names_like(words, &mut Records::new(self), name, limit))
    }

    pub(super) fn names_like(
        &self,
        words: &WordIndex,
        records: &mut Records<'_>,
        name: &str,
        limit: usize,
    ) -> Result<Vec<FoundName>> {
        let asked = folded_words(name);
        let mut parts = Vec::with_capacity(asked.len());
        for word in &asked {
            let spellings = spellings(words, word).map_err(|error| self.unasked(&error))?;
            if spellings.is_empty() {
                return Ok(Vec::new());
            }
            parts.push(spellings);
        }
        let query = Asking::new(words).names(&parts);
        let ids = best(&words.searcher, &words.fields, &*query, Sort::Names, MOST_NAMES)
            .map_err(|error| self.unasked(&error))?;
        let mut found = Vec::with_capacity(ids.len());
        for (_, id) in ids {
            let (name, documents): (String, i64) = self.counted(
                "SELECT name, (SELECT count(*) FROM agents WHERE agents.name = names.id) FROM names WHERE id = ?1",
                id,
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            let score = likeness(&asked, &folded_words(&name));
            let documents = documents.cast_unsigned();
            found.push((id, FoundName { name, score, documents, statements: 0, lines: Vec::new() }));
        }
        found.retain(|(_, name)| name.documents > 0);
        found.sort_by(|(a_id, a), (b_id, b)| {
            b.score.total_cmp(&a.score).then(b.documents.cmp(&a.documents)).then(a_id.cmp(b_id))
        });
        found.truncate(limit);
        for (id, name) in &mut found {
            let count: i64 = self.counted(
                "SELECT count(*) FROM statements WHERE speaker IN (SELECT id FROM agents WHERE agents.name = ?1)",
                *id,
                |row| row.get(0),
            )?;
            name.statements = count.cast_unsigned();
            name.lines = self.agent_lines(records, *id)?;
        }
        Ok(found.into_iter().map(|(_, name)| name).collect())
    }

    fn counted<T>(
        &self,
        sql: &str,
        id: i64,
        take: impl FnOnce(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<T> {
        let query = self.connection.prepare_cached(sql);
        query.and_then(|mut query| query.query_row([id], take)).map_err(|error| self.fault(error))
    }

    fn agent_lines(&self, records: &mut Records<'_>, name: i64) -> Result<Vec<Value>> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let sql = format!("SELECT document, line FROM agents WHERE name = ?1 ORDER BY id DESC LIMIT {LINES}");
        let mut query = self.connection.prepare_cached(&sql).map_err(failed)?;
        let rows = query
            .query_map([name], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))
            .map_err(failed)?;
        let places: Vec<(i64, i64)> = rows.collect::<rusqlite::Result<_>>().map_err(failed)?;
        let line = |(document, line)| records.of(document)?.line(usize::try_from(line).unwrap_or(usize::MAX));
        places.into_iter().map(line).collect()
    }
}

/// The words of the case's names that `word` may stand for: itself where it is one, else those a letter or two away.
fn spellings(words: &WordIndex, word: &str) -> tantivy::Result<Vec<String>> {
    let term = Term::from_field_text(words.fields.name, word);
    if words.searcher.doc_freq(&term)? > 0 {
        return Ok(vec![word.to_owned()]);
    }
    let slips = slips(word);
    if slips == 0 {
        return Ok(Vec::new());
    }
    let mut near = BTreeSet::new();
    for reader in words.searcher.segment_readers() {
        let automaton = FuzzyTermQuery::new(term.clone(), slips, true).automaton()?;
        let inverted = reader.inverted_index(words.fields.name)?;
        let mut terms = inverted.terms().search(automaton).into_stream()?;
        while terms.advance() {
            let other = String::from_utf8_lossy(terms.key()).into_owned();
            near.insert((strsim::osa_distance(word, &other), other));
        }
    }
    Ok(near.into_iter().take(MOST_SPELLINGS).map(|(_, word)| word).collect())
}

/// How like a name is to what was asked: the words asked for, each as near as its spelling, over all words of the name.
fn likeness(asked: &[String], name: &[String]) -> f64 {
    let near = |word: &String| {
        name.iter().map(|other| strsim::normalized_damerau_levenshtein(word, other)).fold(0.0, f64::max)
    };
    let found: f64 = asked.iter().map(near).sum();
    2.0 * found / (asked.len() + name.len().max(1)) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_asked_for_comes_before_longer_and_other_ones() {
        let score = |name: &str| likeness(&folded_words("Zoe Müler"), &folded_words(name));
        assert!(score("Zoë Müller") > score("Zoë Anna Müller"));
        assert!(score("Zoë Müller") > score("Zoë Milner"));
        assert_eq!(likeness(&folded_words("zoe"), &folded_words("Zoë")), 1.0);
    }
}
