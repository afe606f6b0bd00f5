//! Those who bear one name in the documents of a case.

use super::agents::FoundName;
use crate::case::Case;
use crate::fault::Result;
use serde_json::Value;
use std::collections::BTreeMap;

/// Bearers whose roles are looked at, the latest ones.
const LOOKED_AT: usize = 200;

/// Roles that are told, the commonest.
const MOST_ROLES: usize = 12;

/// All who bear one name. Whether they are one and the same is not said.
#[derive(Clone, Debug, PartialEq)]
pub struct Bearers {
    /// The name.
    pub name: String,
    /// How like it is to what was asked.
    pub score: f64,
    /// In how many documents.
    pub documents: u64,
    /// How many statements they make.
    pub statements: u64,
    /// What they are, and how often.
    pub kinds: BTreeMap<String, u64>,
    /// What their statements do, and how often.
    pub acts: BTreeMap<String, u64>,
    /// How they are described, the commonest first, among the latest two hundred.
    pub roles: Vec<(String, u64)>,
    /// The first day of publication.
    pub from: Option<String>,
    /// The last.
    pub to: Option<String>,
    /// Their latest statements, as lines of the record.
    pub latest: Vec<Value>,
}

impl Case {
    /// What the case has of a name, with at most `limit` statements.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn bearers(&self, found: &FoundName, limit: usize) -> Result<Bearers> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let counted = |sql: &str| -> Result<BTreeMap<String, u64>> {
            let mut query = self.connection.prepare_cached(sql).map_err(failed)?;
            let rows = query
                .query_map([&found.name], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned())))
                .map_err(failed)?;
            rows.collect::<rusqlite::Result<_>>().map_err(failed)
        };
        let kinds = counted(
            "SELECT coalesce(kind, 'unknown'), count(*) FROM agents
             WHERE name = (SELECT id FROM names WHERE name = ?1) GROUP BY 1",
        )?;
        let acts = counted(
            "SELECT act, count(*) FROM statements JOIN agents ON agents.id = speaker
             WHERE agents.name = (SELECT id FROM names WHERE name = ?1) AND act IS NOT NULL GROUP BY 1",
        )?;
        let (from, to) = self
            .connection
            .prepare_cached(
                "SELECT min(published), max(published) FROM documents JOIN agents ON agents.document = documents.id
                 WHERE agents.name = (SELECT id FROM names WHERE name = ?1)",
            )
            .and_then(|mut query| query.query_row([&found.name], |row| Ok((row.get(0)?, row.get(1)?))))
            .map_err(failed)?;
        let mut roles: BTreeMap<String, u64> = BTreeMap::new();
        let bearers = self.places(
            &format!(
                "SELECT document, line FROM agents WHERE name = (SELECT id FROM names WHERE name = ?1)
                 ORDER BY id DESC LIMIT {LOOKED_AT}"
            ),
            &found.name,
        )?;
        for (document, line) in bearers {
            let line = self.line(document, line)?;
            for role in
                line["roles"].as_array().into_iter().flatten().filter_map(|role| role["text"].as_str())
            {
                *roles.entry(role.to_owned()).or_default() += 1;
            }
        }
        let mut roles: Vec<(String, u64)> = roles.into_iter().collect();
        roles.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        roles.truncate(MOST_ROLES);
        let latest = self.places(
            &format!(
                "SELECT statements.document, statements.line FROM statements JOIN agents ON agents.id = speaker
                 JOIN documents ON documents.id = statements.document
                 WHERE agents.name = (SELECT id FROM names WHERE name = ?1)
                 ORDER BY coalesce(said_from, published) DESC, statements.id DESC LIMIT {limit}"
            ),
            &found.name,
        )?;
        let latest =
            latest.into_iter().map(|(document, line)| self.line(document, line)).collect::<Result<_>>()?;
        let FoundName { name, score, documents, statements, .. } = found.clone();
        Ok(Bearers { name, score, documents, statements, kinds, acts, roles, from, to, latest })
    }

    /// Rows of documents and lines of their records.
    fn places(&self, sql: &str, name: &str) -> Result<Vec<(i64, usize)>> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let mut query = self.connection.prepare_cached(sql).map_err(failed)?;
        let rows = query
            .query_map([name], |row| {
                Ok((row.get(0)?, usize::try_from(row.get::<_, i64>(1)?).unwrap_or(usize::MAX)))
            })
            .map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }
}
