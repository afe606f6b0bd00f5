//! Whether the rows of documents, readings, agents and statements are what the log and the records say.

use super::told::{self, Told};
use super::{Verdict, offsets};
use crate::case::Case;
use crate::fault::Result;
use crate::packing::{unpack_record, unpack_text};
use crate::rows::{self, AgentRow, Rows, StatementRow, Words};
use crate::writing::Maker;
use onrecord_record::{DocumentId, Sha256, TextIndex};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A row of `documents`.
struct DocumentRow {
    id: i64,
    key: i64,
    evidence: Sha256,
    place: String,
    /// Title, publisher, day, language.
    fields: [Option<String>; 4],
    text: Vec<u8>,
}

const FIELDS: [&str; 4] = ["title", "publisher", "published", "language"];

impl Case {
    pub(super) fn check_documents(
        &self,
        told: &Told,
        progress: &mut dyn FnMut(u64),
        verdict: &mut Verdict,
    ) -> Result<()> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let makers: BTreeMap<i64, Maker> = self.makers()?.into_iter().collect();
        let mut query = self
            .connection
            .prepare(
                "SELECT documents.id, key, sha256, place, title, publisher, published, language, text
                 FROM documents LEFT JOIN evidence ON evidence.id = documents.evidence ORDER BY documents.id",
            )
            .map_err(failed)?;
        let mut found = query.query([]).map_err(failed)?;
        let mut seen = BTreeSet::new();
        let (mut agents, mut statements) = (0, 0);
        while let Some(row) = found.next().map_err(failed)? {
            let get = |at: usize| row.get(at).map_err(failed);
            let row = DocumentRow {
                id: row.get(0).map_err(failed)?,
                key: row.get(1).map_err(failed)?,
                evidence: Sha256(row.get::<_, Option<[u8; 32]>>(2).map_err(failed)?.unwrap_or_default()),
                place: row.get(3).map_err(failed)?,
                fields: [get(4)?, get(5)?, get(6)?, get(7)?],
                text: row.get(8).map_err(failed)?,
            };
            verdict.documents += 1;
            seen.insert(row.key);
            match told.documents.get(&row.key) {
                Some(document) => {
                    let checked = self.check_document(&row, document, &makers, verdict)?;
                    agents += checked.agents.len();
                    statements += checked.statements.len();
                }
                None => verdict
                    .problem(rows::id("doc", row.key), "has a row, and no entry of the log tells of it"),
            }
            progress(verdict.documents);
        }
        for key in told.documents.keys().filter(|key| !seen.contains(key)) {
            verdict.problem(rows::id("doc", *key), "was read, as the log tells, and has no row");
        }
        verdict.statements = statements as u64;
        self.count("agents", agents, verdict)?;
        self.count("statements", statements, verdict)?;
        let readings =
            seen.iter().filter_map(|key| told.documents.get(key)).map(|it| it.readings.len()).sum();
        self.count("readings", readings, verdict)
    }

    /// Rows that belong to no document of the case are seen by their number.
    fn count(&self, table: &str, expected: usize, verdict: &mut Verdict) -> Result<()> {
        let count: i64 = self
            .connection
            .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))
            .map_err(|error| self.fault(error))?;
        if usize::try_from(count) != Ok(expected) {
            verdict.problem(table, format!("has {count} rows, and the records say {expected}"));
        }
        Ok(())
    }

    /// One document with all its readings; what the latest says, in columns.
    fn check_document(
        &self,
        row: &DocumentRow,
        told: &told::Document,
        makers: &BTreeMap<i64, Maker>,
        verdict: &mut Verdict,
    ) -> Result<Rows> {
        let name = rows::id("doc", row.key);
        let text = match unpack_text(&row.text) {
            Ok(text) => text,
            Err(error) => {
                verdict.problem(&name, format!("has a text that cannot be unpacked: {error}"));
                return Ok(Rows::default());
            }
        };
        if row.evidence != told.evidence || row.place != told.place {
            verdict.problem(&name, "has a row that names another evidence file or place than the log");
        }
        // A record that came in as such has the id that its first case gave it; its hash holds it to that.
        let id = DocumentId::new(&told.evidence, &told.place, &Sha256::of(text.as_bytes()));
        if !told.imported && id.as_str() != name {
            verdict.problem(&name, "has another text than it was read with");
        }
        let failed = |error: rusqlite::Error| self.fault(error);
        let mut query = self
            .connection
            .prepare_cached("SELECT entry, maker, record FROM readings WHERE document = ?1 ORDER BY id")
            .map_err(failed)?;
        let mut found = query.query([row.id]).map_err(failed)?;
        let mut seen = BTreeSet::new();
        let mut latest = (0, None);
        while let Some(reading) = found.next().map_err(failed)? {
            let entry = reading.get::<_, i64>(0).map_err(failed)?.cast_unsigned();
            let maker: i64 = reading.get(1).map_err(failed)?;
            let record: Vec<u8> = reading.get(2).map_err(failed)?;
            let place = format!("reading of {name} by entry {entry}");
            seen.insert(entry);
            if entry < latest.0 {
                verdict.problem(&place, "stands behind a later one");
            }
            let Some(expected) = told.readings.get(&entry) else {
                verdict.problem(&place, "has a row, and that entry tells of no such reading");
                continue;
            };
            if makers.get(&maker) != Some(&expected.maker) {
                verdict.problem(&place, "names another program, model or options than the log");
            }
            match unpack_record(&record, &text) {
                Ok(lines) if Sha256::of(&lines) == expected.record => latest = (entry, Some(lines)),
                Ok(_) => verdict.problem(&place, "has other lines than were read"),
                Err(error) => {
                    verdict.problem(&place, format!("has a record that cannot be unpacked: {error}"))
                }
            }
        }
        for entry in told.readings.keys().filter(|entry| !seen.contains(entry)) {
            verdict.problem(format!("reading of {name} by entry {entry}"), "has no row");
        }
        let Some(lines) = latest.1 else { return Ok(Rows::default()) };
        check_lines(&name, &lines, &text, &row.fields, verdict);
        match rows::rows(&lines) {
            Ok(rows) => {
                self.check_agents(row.id, &name, &rows, verdict)?;
                self.check_statements(row.id, &name, &rows, verdict)?;
                Ok(rows)
            }
            Err(what) => {
                verdict.problem(&name, what);
                Ok(Rows::default())
            }
        }
    }

    fn check_agents(&self, document: i64, name: &str, rows: &Rows, verdict: &mut Verdict) -> Result<()> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let mut query = self
            .connection
            .prepare_cached(
                "SELECT agents.line, agents.key, coalesce(names.name, ''), agents.kind
                 FROM agents LEFT JOIN names ON names.id = agents.name WHERE document = ?1 ORDER BY agents.id",
            )
            .map_err(failed)?;
        let stored = query
            .query_map([document], |row| {
                Ok(AgentRow { line: row.get(0)?, key: row.get(1)?, name: row.get(2)?, kind: row.get(3)? })
            })
            .map_err(failed)?;
        let stored: Vec<AgentRow> = stored.collect::<rusqlite::Result<_>>().map_err(failed)?;
        compare(name, "agent", &stored, &rows.agents, |row| rows::id("ag", row.key), verdict);
        Ok(())
    }

    fn check_statements(&self, document: i64, name: &str, rows: &Rows, verdict: &mut Verdict) -> Result<()> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let mut query = self
            .connection
            .prepare_cached(
                "SELECT line, key, (SELECT key FROM agents WHERE agents.id = speaker), act, certainty, basis,
                     said_from, said_to, confidence, start, characters
                 FROM statements WHERE document = ?1 ORDER BY id",
            )
            .map_err(failed)?;
        let agents: BTreeMap<i64, usize> =
            rows.agents.iter().enumerate().map(|(at, agent)| (agent.key, at)).collect();
        let stored = query
            .query_map([document], |row| {
                let speaker: Option<i64> = row.get(2)?;
                Ok(StatementRow {
                    line: row.get(0)?,
                    key: row.get(1)?,
                    speaker: speaker.map(|key| agents.get(&key).copied().unwrap_or(usize::MAX)),
                    act: row.get(3)?,
                    certainty: row.get(4)?,
                    basis: row.get(5)?,
                    said_from: row.get(6)?,
                    said_to: row.get(7)?,
                    confidence: row.get(8)?,
                    start: row.get(9)?,
                    characters: row.get(10)?,
                    words: Words::default(),
                })
            })
            .map_err(failed)?;
        let stored: Vec<StatementRow> = stored.collect::<rusqlite::Result<_>>().map_err(failed)?;
        let expected: Vec<StatementRow> = rows
            .statements
            .iter()
            .map(|row| StatementRow { words: Words::default(), ..row.clone() })
            .collect();
        compare(name, "statement", &stored, &expected, |row| rows::id("st", row.key), verdict);
        Ok(())
    }
}

/// The record's own lines: the document's against its row, and every text against its place.
fn check_lines(name: &str, lines: &[u8], text: &str, fields: &[Option<String>; 4], verdict: &mut Verdict) {
    let index = TextIndex::new(text);
    let lines = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    for (number, line) in lines.enumerate() {
        let Ok(line) = serde_json::from_slice::<Value>(line) else {
            verdict.problem(name, format!("has a line {} that is no JSON", number + 1));
            continue;
        };
        if number == 0 {
            if line.get("id").and_then(Value::as_str) != Some(name) {
                verdict.problem(name, "has a record of another document");
            }
            if line.get("text").and_then(Value::as_str) != Some(text) {
                verdict.problem(name, "has another text than its record");
            }
            for (field, stored) in FIELDS.iter().zip(fields) {
                if line.get(field).and_then(Value::as_str) != stored.as_deref() {
                    verdict.problem(name, format!("has a {field} in its row that is not the record's"));
                }
            }
            continue;
        }
        let id = line.get("id").and_then(Value::as_str).unwrap_or("a line without an id").to_owned();
        let Verdict { quotes, .. } = verdict;
        let (mut counted, mut wrong) = (*quotes, Vec::new());
        offsets::check(&line, &index, &mut counted, &mut |what| wrong.push(what));
        verdict.quotes = counted;
        wrong.into_iter().for_each(|what| verdict.problem(format!("{id} of {name}"), what));
    }
}

/// Holds the rows of one document to what its record says.
fn compare<R: PartialEq>(
    document: &str,
    what: &str,
    stored: &[R],
    expected: &[R],
    id: impl Fn(&R) -> String,
    verdict: &mut Verdict,
) {
    if stored.len() != expected.len() {
        let what = format!("has {} rows of {what}s, and its record {}", stored.len(), expected.len());
        verdict.problem(document, what);
    }
    for (stored, expected) in stored.iter().zip(expected) {
        if stored != expected {
            let what = format!("has a row that is not what the record says of this {what}");
            verdict.problem(format!("{} of {document}", id(expected)), what);
        }
    }
}
