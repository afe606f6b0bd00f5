//! Those who bear one name in the documents of a case.

use super::agents::FoundName;
use crate::case::Case;
use crate::fault::Result;
use crate::stored::StoredRecord;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Documents that are looked through for how bearers are called and described and what is said back, the latest ones.
const LOOKED_AT: usize = 400;

/// Roles and wordings that are told, the commonest.
const MOST_TOLD: usize = 12;

/// All who bear one name. Whether they are one and the same is not said.
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// How they are called, the commonest first, in the latest four hundred documents; so for all that follows.
    pub names: Vec<Told>,
    /// How they are described.
    pub roles: Vec<Told>,
    /// The first day of publication.
    pub from: Option<String>,
    /// The last.
    pub to: Option<String>,
    /// Their latest statements, as lines of the record.
    pub latest: Vec<Value>,
    /// Statements by which they take something back.
    pub taken_back: Vec<Value>,
    /// Statements by which they deny something.
    pub denials: Vec<Value>,
    /// Statements of others that deny one of theirs, in the same document.
    pub denied_by: Vec<Value>,
    /// The bearers' own lines, the latest three.
    pub lines: Vec<Value>,
}

/// Words that documents use of somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The words.
    pub text: String,
    /// In how many documents.
    pub documents: u64,
    /// The first day of publication of these.
    pub from: Option<String>,
    /// The last.
    pub to: Option<String>,
}

impl Case {
    /// What the case has of a name, with at most `limit` statements of each sort.
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
        let FoundName { name, score, documents, statements, lines } = found.clone();
        let mut bearers = Bearers {
            name,
            score,
            documents,
            statements,
            kinds,
            acts,
            from,
            to,
            latest,
            lines,
            ..Bearers::default()
        };
        self.look_through_documents(&mut bearers, limit)?;
        Ok(bearers)
    }

    fn look_through_documents(&self, bearers: &mut Bearers, limit: usize) -> Result<()> {
        let places = self.places(
            &format!(
                "SELECT document, line FROM agents WHERE name = (SELECT id FROM names WHERE name = ?1)
                 ORDER BY id DESC LIMIT {LOOKED_AT}"
            ),
            &bearers.name,
        )?;
        let documents: BTreeSet<i64> = places.into_iter().map(|(document, _)| document).collect();
        let (mut names, mut roles) = (BTreeMap::new(), BTreeMap::new());
        for document in documents.into_iter().rev() {
            look_through(&self.record(document)?, bearers, limit, &mut names, &mut roles);
        }
        (bearers.names, bearers.roles) = (commonest(names), commonest(roles));
        Ok(())
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

/// Takes from one document how the bearers are called, and what they deny, take back, or are denied.
fn look_through(
    record: &StoredRecord,
    bearers: &mut Bearers,
    limit: usize,
    names: &mut BTreeMap<String, Told>,
    roles: &mut BTreeMap<String, Told>,
) {
    let lines: Vec<(String, Value)> =
        record.lines().filter_map(|(sort, line)| Some((sort, serde_json::from_slice(line).ok()?))).collect();
    let day = lines.first().and_then(|(_, line)| line["published"].as_str()).map(str::to_owned);
    let mut here: BTreeSet<&str> = BTreeSet::new();
    for (_, agent) in lines.iter().filter(|(sort, line)| sort == "agent" && line["name"] == *bearers.name) {
        here.extend(agent["id"].as_str());
        let wordings = texts(&agent["names"], |it| it.as_str());
        wordings.into_iter().for_each(|wording| count(names, wording, day.as_deref()));
        let described = texts(&agent["roles"], |it| it["text"].as_str());
        described.into_iter().for_each(|role| count(roles, role, day.as_deref()));
    }
    let statements = || lines.iter().filter(|(sort, _)| sort == "statement").map(|(_, line)| line);
    let theirs = |line: &Value| line["speaker"].as_str().is_some_and(|speaker| here.contains(speaker));
    let own: BTreeSet<&str> =
        statements().filter(|line| theirs(line)).filter_map(|it| it["id"].as_str()).collect();
    for line in statements() {
        let denies = line["act"] == "denies";
        if theirs(line) {
            if denies && bearers.denials.len() < limit {
                bearers.denials.push(line.clone());
            }
            let takes_back = line["retracts"].as_array().is_some_and(|it| !it.is_empty());
            if takes_back && bearers.taken_back.len() < limit {
                bearers.taken_back.push(line.clone());
            }
        } else if denies
            && bearers.denied_by.len() < limit
            && texts(&line["responds_to"], |it| it.as_str()).iter().any(|id| own.contains(id))
        {
            bearers.denied_by.push(line.clone());
        }
    }
}

/// The texts of a list, each once.
fn texts<'l>(list: &'l Value, text: impl Fn(&'l Value) -> Option<&'l str>) -> BTreeSet<&'l str> {
    list.as_array().into_iter().flatten().filter_map(text).collect()
}

fn count(told: &mut BTreeMap<String, Told>, text: &str, day: Option<&str>) {
    let entry =
        told.entry(text.to_owned()).or_insert_with(|| Told { text: text.to_owned(), ..Told::default() });
    entry.documents += 1;
    let Some(day) = day else { return };
    if entry.from.as_deref().is_none_or(|from| day < from) {
        entry.from = Some(day.to_owned());
    }
    if entry.to.as_deref().is_none_or(|to| day > to) {
        entry.to = Some(day.to_owned());
    }
}

fn commonest(told: BTreeMap<String, Told>) -> Vec<Told> {
    let mut told: Vec<Told> = told.into_values().collect();
    told.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.text.cmp(&b.text)));
    told.truncate(MOST_TOLD);
    told
}
