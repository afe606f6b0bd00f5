//! The one writer of a case.
//!
//! Everything it is given stands in one transaction until [`Writer::commit`], which first makes the evidence files last
//! and then the rows that name them. A program that is killed leaves the case as the last commit left it.

mod again;
mod columns;
mod lists;

use crate::case::Case;
use crate::clock;
use crate::evidence::EvidenceFolder;
use crate::fault::{Fault, Result};
use crate::log::{self, Content, Leaf, commitment, merkle::Frontier};
use crate::prepared::Prepared;
use onrecord_record::{DocumentId, Sha256};
use rusqlite::{OptionalExtension, params};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// Who writes.
#[derive(Clone, Debug)]
pub struct WriterOptions {
    /// The name that entries of the log carry.
    pub actor: String,
    /// The version of the program.
    pub program: String,
    /// Do not wait for the disk. Only for showing that the checks of durability see it: a case written so may be lost
    /// with the next loss of power.
    pub careless: bool,
}

/// What makes records: program, model and options, as the record's first line gives them.
#[derive(Clone, Debug, PartialEq)]
pub struct Maker {
    /// The record's format.
    pub schema: u32,
    /// The program's version.
    pub program: String,
    /// The model.
    pub model: String,
    /// The options that shaped the record.
    pub options: Map<String, Value>,
}

/// What of the evidence is in the case already: so that nothing is read twice.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// With how many documents.
    complete: BTreeMap<Sha256, u64>,
    begun: BTreeMap<Sha256, BTreeSet<DocumentId>>,
}

impl Known {
    /// Whether everything in this evidence file was gone through.
    pub fn is_complete(&self, evidence: &Sha256) -> bool {
        self.complete.contains_key(evidence)
    }

    /// How many documents this evidence file gave, if everything in it was gone through.
    pub fn documents(&self, evidence: &Sha256) -> u64 {
        self.complete.get(evidence).copied().unwrap_or_default()
    }

    /// Whether this document of an evidence file that was begun is in the case.
    pub fn holds(&self, evidence: &Sha256, document: &DocumentId) -> bool {
        self.begun.get(evidence).is_some_and(|documents| documents.contains(document))
    }
}

/// Adds to a case. While it lives no other program can.
#[derive(Debug)]
pub struct Writer {
    case: Case,
    /// Folders may be used from other threads while the ledger is written.
    evidence: Arc<EvidenceFolder>,
    options: WriterOptions,
    frontier: Frontier,
    open: bool,
    evidence_kept: bool,
    _lock: File,
}

impl Writer {
    /// Opens the case in `folder` for writing, made if absent. `waiting` is called when another program is writing, and
    /// tells whether to wait until that is done.
    ///
    /// # Errors
    /// When another program writes and is not waited for, the folder holds other things, cannot be written, lies on
    /// a file system that a case cannot live on, or the case was written by a newer program or is damaged.
    pub fn open(folder: &Path, options: WriterOptions, waiting: impl FnOnce() -> bool) -> Result<Writer> {
        let (case, lock) = Case::open_to_write(folder, waiting)?;
        if options.careless {
            case.connection.execute_batch("PRAGMA synchronous = OFF").map_err(|error| case.fault(error))?;
        }
        let frontier = log::frontier(&case.ledger, &case.connection)?;
        let head: Option<(i64, [u8; 32])> = case
            .connection
            .query_row("SELECT size, root FROM head", [], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()
            .map_err(|error| case.fault(error))?;
        let expected = head.map(|(size, root)| (size.cast_unsigned(), Sha256(root)));
        if expected.unwrap_or((0, Frontier::default().root())) != (frontier.size(), frontier.root()) {
            return Err(Fault::damaged(
                case.ledger.to_string_lossy(),
                "has a log that does not give its root",
            ));
        }
        let evidence = Arc::new(EvidenceFolder::new(folder.join("evidence")));
        let mut writer =
            Writer { case, evidence, options, frontier, open: false, evidence_kept: false, _lock: lock };
        writer.finish_redactions()?;
        if writer.frontier.size() == 0 {
            let mut random = [0; 16];
            fill(&mut random)?;
            let case = random.iter().map(|byte| format!("{byte:02x}")).collect();
            writer.append(&Content::Created { case, program: writer.options.program.clone() })?;
            writer.commit()?;
        }
        Ok(writer)
    }

    /// The case.
    pub fn case(&self) -> &Case {
        &self.case
    }

    /// Where evidence files are kept, to be used from any thread.
    pub fn evidence(&self) -> Arc<EvidenceFolder> {
        Arc::clone(&self.evidence)
    }

    /// What of the evidence is in the case already.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn known(&self) -> Result<Known> {
        let failed = |error: rusqlite::Error| self.case.fault(error);
        let mut known = Known::default();
        let connection = &self.case.connection;
        // A file that was refused as a whole is tried again: it is named again, and a later program may know its kind.
        let mut query = connection
            .prepare("SELECT id, sha256, complete AND NOT EXISTS (SELECT 1 FROM refusals WHERE evidence = evidence.id AND place = ''), (SELECT count(*) FROM documents WHERE evidence = evidence.id) FROM evidence")
            .map_err(failed)?;
        let found = query
            .query_map([], |row| {
                Ok((
                    row.get::<_, i64>(0)?,
                    Sha256(row.get(1)?),
                    row.get::<_, bool>(2)?,
                    row.get::<_, i64>(3)?,
                ))
            })
            .map_err(failed)?;
        for row in found {
            let (id, sha256, complete, documents) = row.map_err(failed)?;
            if complete {
                known.complete.insert(sha256, u64::try_from(documents).unwrap_or_default());
                continue;
            }
            let mut query = connection
                .prepare_cached("SELECT content ->> 'document' FROM readings JOIN entries ON entries.number = readings.entry JOIN documents ON documents.id = readings.document WHERE documents.evidence = ?1")
                .map_err(failed)?;
            let ids = query.query_map([id], |row| row.get::<_, String>(0)).map_err(failed)?;
            let mut documents = BTreeSet::new();
            for id in ids {
                if let Ok(id) = serde_json::from_value(Value::String(id.map_err(failed)?)) {
                    documents.insert(id);
                }
            }
            known.begun.insert(sha256, documents);
        }
        Ok(known)
    }

    /// Records that an evidence file came in from `path`; its bytes must be in the folder. An arrival that was begun and
    /// not finished, by a program that was killed, is the same arrival.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn arrival(&mut self, evidence: &Sha256, bytes: u64, path: &str) -> Result<()> {
        self.begin()?;
        let known = self.evidence_row(evidence)?;
        if known.is_none() {
            self.execute(
                "INSERT INTO evidence (sha256, bytes) VALUES (?1, ?2)",
                params![evidence.0, bytes.cast_signed()],
            )?;
            self.evidence_kept = true;
        }
        if !matches!(known, Some((_, false))) {
            self.append(&Content::Arrival { evidence: *evidence, path: path.to_owned(), bytes })?;
        }
        Ok(())
    }

    /// Stores a document and its record; whether it was not there yet.
    ///
    /// # Errors
    /// When the ledger cannot be written, or the evidence file has not arrived.
    pub fn document(&mut self, prepared: &Prepared, maker: &Maker) -> Result<bool> {
        self.begin()?;
        let Some((evidence, _)) = self.evidence_row(&prepared.evidence)? else {
            return Err(Fault::refused(prepared.document.as_str(), "has no evidence file in the case"));
        };
        if self.row("SELECT id FROM documents WHERE key = ?1", prepared.key)?.is_some() {
            return Ok(false);
        }
        let entry = self.append(&Content::Reading {
            document: prepared.document.clone(),
            evidence: prepared.evidence,
            place: prepared.place.clone(),
            schema: maker.schema,
            program: maker.program.clone(),
            model: maker.model.clone(),
            options: maker.options.clone(),
            record: prepared.record,
            imported: prepared.imported,
        })?;
        let document = self.insert_document(evidence, prepared)?;
        self.insert_reading(document, entry, prepared, maker)?;
        if prepared.place.is_empty() {
            self.execute("UPDATE evidence SET complete = 1 WHERE id = ?1", [evidence])?;
        }
        Ok(true)
    }

    /// Records that something in an evidence file could not become a document; whether that was not on record yet.
    ///
    /// # Errors
    /// When the ledger cannot be written, or the evidence file has not arrived.
    pub fn refusal(
        &mut self,
        evidence: &Sha256,
        place: &str,
        what: &str,
        hint: Option<&str>,
    ) -> Result<bool> {
        self.begin()?;
        let Some((id, _)) = self.evidence_row(evidence)? else {
            return Err(Fault::refused(evidence.to_string(), "is no evidence file of the case"));
        };
        let known: Option<i64> =
            self.query("SELECT id FROM refusals WHERE evidence = ?1 AND place = ?2", params![id, place])?;
        if known.is_some() {
            return Ok(false);
        }
        let entry = self.append(&Content::Refusal {
            evidence: *evidence,
            place: place.to_owned(),
            what: what.to_owned(),
            hint: hint.map(str::to_owned),
            program: self.options.program.clone(),
        })?;
        self.execute(
            "INSERT INTO refusals (evidence, place, what, hint, entry) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id, place, what, hint, entry],
        )?;
        if place.is_empty() {
            self.execute("UPDATE evidence SET complete = 1 WHERE id = ?1", [id])?;
        }
        Ok(true)
    }

    /// Records that all lines of an evidence file of many documents were gone through.
    ///
    /// # Errors
    /// When the ledger cannot be written, or the evidence file has not arrived.
    pub fn taken_in(&mut self, evidence: &Sha256) -> Result<()> {
        self.begin()?;
        let Some((id, complete)) = self.evidence_row(evidence)? else {
            return Err(Fault::refused(evidence.to_string(), "is no evidence file of the case"));
        };
        if complete {
            return Ok(());
        }
        let count = |sql: &str| self.row(sql, id).map(|count| count.unwrap_or(0).cast_unsigned());
        let documents = count("SELECT count(*) FROM documents WHERE evidence = ?1")?;
        let refusals = count("SELECT count(*) FROM refusals WHERE evidence = ?1")?;
        self.append(&Content::TakenIn { evidence: *evidence, documents, refusals })?;
        self.execute("UPDATE evidence SET complete = 1 WHERE id = ?1", [id])
    }

    /// Makes all since the last commit last. What was told before this returned is not promised.
    ///
    /// # Errors
    /// When the disk does not take it; then nothing since the last commit is in the case.
    pub fn commit(&mut self) -> Result<()> {
        if !self.open {
            return Ok(());
        }
        if std::mem::take(&mut self.evidence_kept) {
            self.evidence.sync()?;
        }
        self.execute(
            "INSERT INTO head (one, size, root) VALUES (1, ?1, ?2)
             ON CONFLICT (one) DO UPDATE SET size = excluded.size, root = excluded.root",
            params![self.frontier.size().cast_signed(), self.frontier.root().0],
        )?;
        self.case.connection.execute_batch("COMMIT").map_err(|error| self.case.fault(error))?;
        self.open = false;
        Ok(())
    }

    /// Appends an entry to the log; its number.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn append(&mut self, content: &Content) -> Result<i64> {
        self.begin()?;
        let place = || self.case.ledger.to_string_lossy().into_owned();
        let json =
            serde_json::to_string(content).map_err(|error| Fault::refused(place(), error.to_string()))?;
        let mut salt = [0; 32];
        fill(&mut salt)?;
        let leaf = Leaf {
            entry: self.frontier.size() + 1,
            time: clock::now(),
            actor: self.options.actor.clone(),
            kind: content.kind().into(),
            commitment: commitment(&salt, &json),
        };
        let number = leaf.entry.cast_signed();
        self.execute(
            "INSERT INTO entries (number, time, actor, kind, commitment, salt, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![number, leaf.time, leaf.actor, leaf.kind, leaf.commitment.0, salt, json],
        )?;
        self.frontier.push(leaf.hash());
        Ok(number)
    }

    /// The root of the log as it stands, committed or not.
    pub fn root(&self) -> Sha256 {
        self.frontier.root()
    }

    fn begin(&mut self) -> Result<()> {
        if !self.open {
            self.case.connection.execute_batch("BEGIN IMMEDIATE").map_err(|error| self.case.fault(error))?;
            self.open = true;
        }
        Ok(())
    }

    fn evidence_row(&self, evidence: &Sha256) -> Result<Option<(i64, bool)>> {
        let failed = |error: rusqlite::Error| self.case.fault(error);
        self.case
            .connection
            .prepare_cached("SELECT id, complete FROM evidence WHERE sha256 = ?1")
            .map_err(failed)?
            .query_row([evidence.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()
            .map_err(failed)
    }

    fn row(&self, sql: &str, parameter: i64) -> Result<Option<i64>> {
        self.query(sql, [parameter])
    }

    fn query<T: rusqlite::types::FromSql>(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
    ) -> Result<Option<T>> {
        let mut query = self.case.connection.prepare_cached(sql).map_err(|error| self.case.fault(error))?;
        query.query_row(parameters, |row| row.get(0)).optional().map_err(|error| self.case.fault(error))
    }

    fn execute(&self, sql: &str, parameters: impl rusqlite::Params) -> Result<()> {
        let mut query = self.case.connection.prepare_cached(sql).map_err(|error| self.case.fault(error))?;
        query.execute(parameters).map(|_| ()).map_err(|error| self.case.fault(error))
    }

    fn insert(&self, sql: &str, parameters: impl rusqlite::Params) -> Result<i64> {
        let mut query = self.case.connection.prepare_cached(sql).map_err(|error| self.case.fault(error))?;
        query.insert(parameters).map_err(|error| self.case.fault(error))
    }
}

impl Drop for Writer {
    /// What was not committed is not in the case.
    fn drop(&mut self) {
        if self.open {
            let _ = self.case.connection.execute_batch("ROLLBACK");
        }
    }
}

/// Fills `bytes` from the system's source of random numbers.
fn fill(bytes: &mut [u8]) -> Result<()> {
    getrandom::fill(bytes).map_err(|error| {
        Fault::new(crate::fault::FaultKind::Io, "the system", format!("gives no random numbers: {error}"))
    })
}
