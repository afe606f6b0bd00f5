//! Agents by their names, whatever the accents, and with a letter or two wrong.

use super::words::name_words;
use crate::case::Case;
use crate::fault::Result;
use serde_json::Value;

/// Words of names that a mistyped word may stand for.
const MOST_SPELLINGS: usize = 8;

/// Names that are looked at.
const MOST_NAMES: usize = 400;

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
fn slips(word: &str) -> usize {
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
        let asked = name_words(name);
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let mut parts = Vec::with_capacity(asked.len());
        for word in &asked {
            let spellings = self.spellings(word)?;
            if spellings.is_empty() {
                return Ok(Vec::new());
            }
            let spellings: Vec<String> =
                spellings.iter().map(|word| format!("\"{}\"", word.replace('"', " "))).collect();
            parts.push(format!("({})", spellings.join(" OR ")));
        }
        let failed = |error: rusqlite::Error| self.fault(error);
        let sql = format!(
            "SELECT rowid FROM name_words WHERE name_words MATCH ?1 ORDER BY rowid DESC LIMIT {MOST_NAMES}"
        );
        let mut query = self.connection.prepare_cached(&sql).map_err(failed)?;
        let ids = query.query_map([parts.join(" AND ")], |row| row.get::<_, i64>(0)).map_err(failed)?;
        let ids: Vec<i64> = ids.collect::<rusqlite::Result<_>>().map_err(failed)?;
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            let (name, documents): (String, i64) = self
                .connection
                .prepare_cached("SELECT name, (SELECT count(*) FROM agents WHERE agents.name = names.id) FROM names WHERE id = ?1")
                .and_then(|mut query| query.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))))
                .map_err(failed)?;
            let score = likeness(&asked, &name_words(&name));
            found.push((
                id,
                FoundName {
                    name,
                    score,
                    documents: documents.cast_unsigned(),
                    statements: 0,
                    lines: Vec::new(),
                },
            ));
        }
        found.retain(|(_, name)| name.documents > 0);
        found.sort_by(|(a_id, a), (b_id, b)| {
            b.score.total_cmp(&a.score).then(b.documents.cmp(&a.documents)).then(a_id.cmp(b_id))
        });
        found.truncate(limit);
        for (id, name) in &mut found {
            let count: i64 = self
                .connection
                .prepare_cached("SELECT count(*) FROM statements WHERE speaker IN (SELECT id FROM agents WHERE agents.name = ?1)")
                .and_then(|mut query| query.query_row([*id], |row| row.get(0)))
                .map_err(failed)?;
            name.statements = count.cast_unsigned();
            name.lines = self.agent_lines(*id)?;
        }
        Ok(found.into_iter().map(|(_, name)| name).collect())
    }

    fn agent_lines(&self, name: i64) -> Result<Vec<Value>> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let sql = format!("SELECT document, line FROM agents WHERE name = ?1 ORDER BY id DESC LIMIT {LINES}");
        let mut query = self.connection.prepare_cached(&sql).map_err(failed)?;
        let rows = query
            .query_map([name], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))
            .map_err(failed)?;
        let places: Vec<(i64, i64)> = rows.collect::<rusqlite::Result<_>>().map_err(failed)?;
        places
            .into_iter()
            .map(|(document, line)| self.line(document, usize::try_from(line).unwrap_or(usize::MAX)))
            .collect()
    }

    /// The words of the case's names that `word` may stand for: itself where it is one, else those a letter or two away.
    fn spellings(&self, word: &str) -> Result<Vec<String>> {
        let failed = |error: rusqlite::Error| self.fault(error);
        self.connection
            .execute_batch("CREATE VIRTUAL TABLE IF NOT EXISTS temp.name_vocabulary USING fts5vocab(main, name_words, row)")
            .map_err(failed)?;
        let known: i64 = self
            .connection
            .prepare_cached("SELECT count(*) FROM temp.name_vocabulary WHERE term = ?1")
            .and_then(|mut query| query.query_row([word], |row| row.get(0)))
            .map_err(failed)?;
        if known > 0 {
            return Ok(vec![word.to_owned()]);
        }
        let slips = slips(word);
        if slips == 0 {
            return Ok(Vec::new());
        }
        let length = word.chars().count();
        let mut query = self
            .connection
            .prepare_cached("SELECT term FROM temp.name_vocabulary WHERE length(term) BETWEEN ?1 AND ?2")
            .map_err(failed)?;
        let bounds =
            [length.saturating_sub(slips), length + slips].map(|n| i64::try_from(n).unwrap_or(i64::MAX));
        let terms = query.query_map(bounds, |row| row.get::<_, String>(0)).map_err(failed)?;
        let mut near = Vec::new();
        for term in terms {
            let term = term.map_err(failed)?;
            let distance = strsim::osa_distance(word, &term);
            if distance <= slips {
                near.push((distance, term));
            }
        }
        near.sort();
        near.truncate(MOST_SPELLINGS);
        Ok(near.into_iter().map(|(_, term)| term).collect())
    }
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
        let score = |name: &str| likeness(&name_words("Zoe Müler"), &name_words(name));
        assert!(score("Zoë Müller") > score("Zoë Anna Müller"));
        assert!(score("Zoë Müller") > score("Zoë Milner"));
        assert_eq!(likeness(&name_words("zoe"), &name_words("Zoë")), 1.0);
    }
}
