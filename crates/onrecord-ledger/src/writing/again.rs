//! Documents read again, and documents erased.

use super::{Maker, Writer};
use crate::fault::{Fault, FaultKind, Result};
use crate::log::Content;
use crate::prepared::Prepared;
use crate::rows;
use onrecord_record::{DocumentId, Sha256};
use rusqlite::params;
use std::collections::BTreeSet;
use std::fs;

impl Writer {
    /// Stores another reading of a document; the one before stays, and this one counts.
    ///
    /// # Errors
    /// When the document is not in the case or the ledger cannot be written.
    pub fn reading(&mut self, prepared: &Prepared, maker: &Maker) -> Result<()> {
        self.begin()?;
        let Some(document) = self.row("SELECT id FROM documents WHERE key = ?1", prepared.key)? else {
            return Err(Fault::refused(prepared.document.as_str(), "is not in the case"));
        };
        // Of a record that was imported the document's line names another case's evidence.
        let evidence: Option<[u8; 32]> = self.query(
            "SELECT sha256 FROM evidence JOIN documents ON documents.evidence = evidence.id WHERE documents.id = ?1",
            [document],
        )?;
        let entry = self.append(&Content::Reading {
            document: prepared.document.clone(),
            evidence: evidence.map_or(prepared.evidence, Sha256),
            place: prepared.place.clone(),
            schema: maker.schema,
            program: maker.program.clone(),
            model: maker.model.clone(),
            options: maker.options.clone(),
            record: prepared.record,
            imported: false,
        })?;
        self.delete_columns(document)?;
        self.insert_reading(document, entry, prepared, maker)
    }

    fn delete_columns(&self, document: i64) -> Result<()> {
        for sql in ["DELETE FROM statements WHERE document = ?1", "DELETE FROM agents WHERE document = ?1"] {
            self.execute(sql, [document])?;
        }
        Ok(())
    }

    /// Erases documents, as the law may ask for: their texts, readings, columns and words; the entries that tell of
    /// them, whose place in the log stays; and the evidence files they came from, with all other documents in them. That
    /// it was done, and why, is on the log. When this returns, free pages and the log of writes hold nothing of them.
    ///
    /// # Errors
    /// When a document is not in the case or the case cannot be written.
    pub fn redact(&mut self, documents: &[DocumentId], reason: &str) -> Result<()> {
        self.commit()?;
        let failed = |ledger: &std::path::Path, error: rusqlite::Error| Fault::sql(ledger, &error);
        self.case
            .connection
            .execute_batch("PRAGMA secure_delete = ON")
            .map_err(|error| failed(&self.case.ledger, error))?;
        self.begin()?;
        let (mut files, mut entries, mut ids) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
        for document in documents {
            let key = rows::key(document.as_str());
            let row = key
                .map(|key| self.row("SELECT id FROM documents WHERE key = ?1", key))
                .transpose()?
                .flatten();
            let Some(row) = row else {
                return Err(Fault::refused(document.as_str(), "is not in the case"));
            };
            ids.push(row);
            files.extend(self.row("SELECT evidence FROM documents WHERE id = ?1", row)?);
        }
        // The evidence goes as a whole, and so does what else came from it: it could not be verified any more.
        let mut all = ids.clone();
        for file in &files {
            all.extend(self.rows_of("SELECT id FROM documents WHERE evidence = ?1", *file)?);
        }
        all.sort_unstable();
        all.dedup();
        let mut erased = Vec::new();
        for row in &all {
            entries.extend(self.rows_of("SELECT entry FROM readings WHERE document = ?1", *row)?);
            let key = self.row("SELECT key FROM documents WHERE id = ?1", *row)?.unwrap_or_default();
            entries.extend(self.entries_about_agents(*row)?);
            erased.extend(serde_json::from_value::<DocumentId>(rows::id("doc", key).into()).ok());
            self.delete_columns(*row)?;
            self.execute("DELETE FROM readings WHERE document = ?1", [row])?;
            self.execute("DELETE FROM documents WHERE id = ?1", [row])?;
        }
        self.execute("DELETE FROM names WHERE id NOT IN (SELECT name FROM agents)", [])?;
        let mut hashes = Vec::new();
        for file in &files {
            let sha256: Option<[u8; 32]> = self.query("SELECT sha256 FROM evidence WHERE id = ?1", [file])?;
            let sha256 = sha256.map(Sha256).unwrap_or(Sha256([0; 32]));
            entries.extend(self.rows_of("SELECT entry FROM refusals WHERE evidence = ?1", *file)?);
            entries.extend(self.entries_about(&sha256)?);
            self.execute("DELETE FROM refusals WHERE evidence = ?1", [file])?;
            self.execute("DELETE FROM evidence WHERE id = ?1", [file])?;
            hashes.push(sha256);
        }
        for document in &erased {
            entries.extend(self.entries_of_people(document.as_str())?);
        }
        for entry in &entries {
            self.execute("UPDATE entries SET salt = NULL, content = NULL WHERE number = ?1", [entry])?;
        }
        self.append(&Content::Redaction {
            documents: erased,
            evidence: hashes.clone(),
            entries: entries.iter().map(|entry| entry.cast_unsigned()).collect(),
            reason: reason.to_owned(),
        })?;
        // Before the commit, so that no kill leaves words of what is gone; nobody makes the index anew until then.
        let index = self.case.take_index_away()?;
        self.commit()?;
        drop(index);
        self.erase_files(&hashes)?;
        crate::meanings::clear(&self.case.folder)?;
        crate::links::clear(&self.case.folder)?;
        self.clear_traces()
    }

    fn erase_files(&self, files: &[Sha256]) -> Result<()> {
        for sha256 in files {
            let path = self.evidence.path(sha256);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(Fault::io(&path, "erased", &error));
                }
                _ => {}
            }
        }
        self.evidence.sync()
    }

    /// Takes away the evidence files that a redaction names whose program was killed before it came to them, and what the
    /// log of writes holds of it.
    pub(super) fn finish_redactions(&self) -> Result<()> {
        let failed = |error: rusqlite::Error| self.case.fault(error);
        let mut query = self
            .case
            .connection
            .prepare("SELECT content FROM entries WHERE kind = 'redaction' AND content IS NOT NULL")
            .map_err(failed)?;
        let contents = query.query_map([], |row| row.get::<_, String>(0)).map_err(failed)?;
        let (mut left, mut redactions) = (Vec::new(), 0);
        for content in contents {
            redactions += 1;
            if let Ok(Content::Redaction { evidence, .. }) = serde_json::from_str(&content.map_err(failed)?) {
                for sha256 in evidence {
                    // What came in again since is evidence again.
                    if self.evidence.path(&sha256).exists() && self.evidence_row(&sha256)?.is_none() {
                        left.push(sha256);
                    }
                }
            }
        }
        if redactions > 0 {
            // A reader keeps it from being emptied for as long as it reads, and the next writer comes by again.
            let _ = self.log_of_writes_is_emptied()?;
        }
        if left.is_empty() { Ok(()) } else { self.erase_files(&left) }
    }

    /// Makes the file anew without free pages and empties the log of writes, so that nothing erased is left anywhere.
    fn clear_traces(&self) -> Result<()> {
        let failed = |error: rusqlite::Error| self.case.fault(error);
        self.case.connection.execute_batch("VACUUM").map_err(failed)?;
        if self.log_of_writes_is_emptied()? {
            return Ok(());
        }
        let what = "is read by another program, so that its log of writes still holds what was erased";
        let hint = "close that program and run a command that writes to the case, `onrecord note` for one";
        Err(Fault::new(FaultKind::Busy, self.case.ledger.to_string_lossy(), what).hint(hint))
    }

    fn log_of_writes_is_emptied(&self) -> Result<bool> {
        let busy: rusqlite::Result<i64> =
            self.case.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
        busy.map(|busy| busy == 0).map_err(|error| self.case.fault(error))
    }

    fn entries_about(&self, evidence: &Sha256) -> Result<Vec<i64>> {
        self.rows_of(
            "SELECT number FROM entries WHERE kind IN ('arrival', 'taken_in', 'refusal') AND content ->> 'evidence' = ?1",
            evidence.to_string(),
        )
    }

    fn entries_of_people(&self, document: &str) -> Result<Vec<i64>> {
        self.rows_of(
            // Of claims the words of any of their statements may be the document's, at several depths.
            "SELECT number FROM entries WHERE
             (kind IN ('correction', 'judgement', 'note')
                 AND (content ->> '$.anchor.document' = ?1 OR content ->> 'target' = ?1))
             OR (kind IN ('claim', 'claim_merge', 'claim_split', 'origins') AND instr(content, ?1) > 0)",
            document,
        )
    }

    /// What people said of agents of the document: their names stand there.
    fn entries_about_agents(&self, document: i64) -> Result<Vec<i64>> {
        self.rows_of(
            "SELECT number FROM entries WHERE kind IN ('merge', 'split') AND EXISTS (
                 SELECT 1 FROM json_each(content, '$.agents') AS named
                 JOIN agents ON printf('ag_%016x', agents.key) = named.value ->> 'agent'
                 WHERE agents.document = ?1)",
            document,
        )
    }

    fn rows_of(&self, sql: &str, parameter: impl rusqlite::ToSql) -> Result<Vec<i64>> {
        let failed = |error: rusqlite::Error| self.case.fault(error);
        let mut query = self.case.connection.prepare_cached(sql).map_err(failed)?;
        let rows = query.query_map(params![parameter], |row| row.get(0)).map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }
}
