//! Whether a case is what its log says it is.
//!
//! From the bottom up: the log's entries give the root; what they commit to is what they say; the evidence files have
//! their hashes; the records have theirs; every text of a record stands at its offsets; and each row of the tables says
//! what the records say. What is only kept to find things faster is held to the records too.

mod documents;
pub(crate) mod offsets;
mod told;

use crate::case::Case;
use crate::fault::{Fault, Result};
use crate::log;
use crate::log::merkle::Frontier;
use onrecord_record::Sha256;
use rusqlite::OptionalExtension;
use serde::Serialize;
use told::Told;

/// Problems that are kept; a case of which more is wrong is not made clearer by a longer list.
const KEPT: usize = 1_000;

/// What `verify` found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Whether nothing was found wrong.
    pub ok: bool,
    /// Evidence files looked at.
    pub evidence: u64,
    /// Documents looked at.
    pub documents: u64,
    /// Statements looked at.
    pub statements: u64,
    /// Stored texts held against the characters at their offsets.
    pub quotes: u64,
    /// Entries of the log.
    pub entries: u64,
    /// The root of the log, to be written down outside the case.
    pub root: String,
    /// With an earlier root to hold the case to: how many entries the log had then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<u64>,
    /// What is wrong, the first thousand.
    pub problems: Vec<Finding>,
    /// How much more is wrong.
    #[serde(skip_serializing_if = "is_zero")]
    pub more_problems: u64,
}

fn is_zero(n: &u64) -> bool {
    *n == 0
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Where: an entry, a file, a row.
    #[serde(rename = "where")]
    pub place: String,
    /// What is the matter.
    pub what: String,
}

impl Verdict {
    pub(crate) fn problem(&mut self, place: impl Into<String>, what: impl Into<String>) {
        if self.problems.len() < KEPT {
            self.problems.push(Finding { place: place.into(), what: what.into() });
        } else {
            self.more_problems += 1;
        }
    }

    fn fault(&mut self, fault: &Fault) {
        self.problem(fault.place.clone(), fault.what.clone());
    }
}

impl Case {
    /// Checks everything. With `against`, a root written down earlier, also that the log still begins with what it
    /// held then. `progress` is called with the number of documents done.
    ///
    /// A case that is damaged is no error: what is wrong is in the verdict.
    pub fn verify(&self, against: Option<Sha256>, progress: &mut dyn FnMut(u64)) -> Verdict {
        let mut verdict = Verdict::default();
        // One view of the case for all steps, though a writer may go on meanwhile.
        let began = self.connection.execute_batch("BEGIN");
        let done = began
            .map_err(|error| self.fault(error))
            .and_then(|()| self.check(against, progress, &mut verdict));
        if let Err(fault) = done {
            verdict.fault(&fault);
        }
        let _ = self.connection.execute_batch("COMMIT");
        verdict.ok = verdict.problems.is_empty();
        verdict
    }

    fn check(
        &self,
        against: Option<Sha256>,
        progress: &mut dyn FnMut(u64),
        verdict: &mut Verdict,
    ) -> Result<()> {
        self.check_pages(verdict)?;
        let told = self.check_log(against, verdict)?;
        self.check_evidence(&told, verdict)?;
        self.check_refusals(&told, verdict)?;
        self.check_documents(&told, progress, verdict)
    }

    /// Whether the file is sound as an SQLite database.
    fn check_pages(&self, verdict: &mut Verdict) -> Result<()> {
        let failed = |error: rusqlite::Error| self.fault(error);
        for pragma in ["PRAGMA integrity_check(20)", "PRAGMA foreign_key_check"] {
            let mut query = self.connection.prepare(pragma).map_err(failed)?;
            let mut rows = query.query([]).map_err(failed)?;
            while let Some(row) = rows.next().map_err(failed)? {
                let what: String = row.get(0).map_err(failed)?;
                if what != "ok" {
                    let what = if pragma.ends_with("key_check") {
                        format!("a row of {what} leads nowhere")
                    } else {
                        what
                    };
                    verdict.problem("ledger.sqlite", what);
                }
            }
        }
        Ok(())
    }

    /// Whether the log gives its root; what it tells.
    fn check_log(&self, against: Option<Sha256>, verdict: &mut Verdict) -> Result<Told> {
        let mut told = Told::default();
        let mut frontier = Frontier::default();
        log::each(&self.ledger, &self.connection, |entry| {
            let number = frontier.size() + 1;
            let place = format!("entry {}", entry.leaf.entry);
            if entry.leaf.entry != number {
                verdict.problem(&place, format!("stands where entry {number} should"));
            }
            if !entry.opens() {
                verdict.problem(&place, "has a content that is not what was committed to");
            }
            match entry.content() {
                Some(content) if content.kind() != entry.leaf.kind => {
                    verdict.problem(
                        &place,
                        format!("is called {} and holds {}", entry.leaf.kind, content.kind()),
                    );
                }
                Some(content) => told.take(entry.leaf.entry, content),
                None if entry.opening.is_some() => verdict.problem(&place, "cannot be understood"),
                None => told.erased.push(entry.leaf.entry),
            }
            frontier.push(entry.leaf.hash());
            if against == Some(frontier.root()) {
                verdict.against = Some(frontier.size());
            }
            Ok(())
        })?;
        verdict.entries = frontier.size();
        verdict.root = frontier.root().to_string();
        for entry in &told.erased {
            if !told.redacted.contains(entry) {
                verdict
                    .problem(format!("entry {entry}"), "has lost its content, and no redaction tells of it");
            }
        }
        let head = self
            .connection
            .query_row("SELECT size, root FROM head", [], |row| {
                Ok((row.get::<_, i64>(0)?.cast_unsigned(), Sha256(row.get(1)?)))
            })
            .optional();
        match head {
            // Before its first entry a log is empty, and so is one whose program was killed there.
            Ok(head)
                if head.unwrap_or((0, Frontier::default().root())) == (frontier.size(), frontier.root()) => {}
            Ok(Some((size, root))) => {
                let what =
                    format!("was {root} at {size} entries when last written, and the entries give another");
                verdict.problem("root", what);
            }
            Ok(None) => verdict.problem("root", "is not there"),
            Err(error) => verdict.problem("root", format!("cannot be read: {error}")),
        }
        if let (Some(against), None) = (against, verdict.against) {
            verdict.problem(
                "root",
                format!("the log does not begin with what it held when its root was {against}"),
            );
        }
        Ok(told)
    }

    fn check_evidence(&self, told: &Told, verdict: &mut Verdict) -> Result<()> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let mut seen = std::collections::BTreeSet::new();
        let mut query =
            self.connection.prepare("SELECT sha256, bytes, complete FROM evidence").map_err(failed)?;
        let mut rows = query.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let sha256 = Sha256(row.get(0).map_err(failed)?);
            let place = format!("evidence {sha256}");
            let stored = (row.get::<_, i64>(1).map_err(failed)?.cast_unsigned(), row.get(2).map_err(failed)?);
            seen.insert(sha256);
            match told.evidence.get(&sha256) {
                None => verdict.problem(&place, "has a row, and no entry of the log tells of its arrival"),
                Some(file) if (file.bytes, file.complete) != stored => {
                    verdict.problem(&place, "has a row that is not what the log tells");
                }
                Some(_) => {}
            }
        }
        for (sha256, file) in &told.evidence {
            verdict.evidence += 1;
            let place = format!("evidence {sha256}");
            if !seen.contains(sha256) {
                verdict.problem(&place, "arrived, as the log tells, and has no row");
            }
            match self.evidence.measured(sha256) {
                Ok((found, _)) if found != *sha256 => {
                    verdict
                        .problem(&place, format!("has other bytes than it came with: their hash is {found}"));
                }
                Ok((_, bytes)) if bytes != file.bytes => {
                    verdict.problem(&place, "has another length than the log tells")
                }
                Ok(_) => {}
                Err(fault) => verdict.problem(&place, fault.what),
            }
        }
        for name in self.evidence.names()? {
            // A writer that was killed may leave a file of which no row tells; it is what it is called, or nobody's.
            let known = told.evidence.keys().any(|sha256| sha256.to_string() == name);
            let whole = || {
                let hash = serde_json::from_value::<Sha256>(name.as_str().into()).ok()?;
                Some(self.evidence.measured(&hash).ok()?.0 == hash)
            };
            let erased = told.erased_evidence.iter().any(|sha256| sha256.to_string() == name);
            if erased {
                verdict
                    .problem(format!("evidence/{name}"), "was erased, as the log tells, and is still there");
            } else if !known && whole() != Some(true) {
                verdict.problem(format!("evidence/{name}"), "is no evidence file of this case");
            }
        }
        Ok(())
    }

    fn check_refusals(&self, told: &Told, verdict: &mut Verdict) -> Result<()> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let mut query = self
            .connection
            .prepare(
                "SELECT refusals.entry, evidence.sha256, place, what, hint
                 FROM refusals JOIN evidence ON evidence.id = refusals.evidence",
            )
            .map_err(failed)?;
        let mut rows = query.query([]).map_err(failed)?;
        let mut seen = 0;
        while let Some(row) = rows.next().map_err(failed)? {
            let entry = row.get::<_, i64>(0).map_err(failed)?.cast_unsigned();
            let stored = told::Refusal {
                evidence: Sha256(row.get(1).map_err(failed)?),
                place: row.get(2).map_err(failed)?,
                what: row.get(3).map_err(failed)?,
                hint: row.get(4).map_err(failed)?,
            };
            seen += 1;
            if told.refusals.get(&entry) != Some(&stored) {
                verdict
                    .problem(format!("refusal of entry {entry}"), "has a row that is not what the log tells");
            }
        }
        if seen != told.refusals.len() {
            verdict.problem(
                "refusals",
                format!("has {seen} rows, and the log tells of {}", told.refusals.len()),
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_that_was_killed_before_its_first_entry_is_sound_and_one_that_lost_its_root_is_not() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("case");
        let (case, _lock) = Case::open_to_write(&folder, || false).unwrap();
        let verdict = case.verify(None, &mut |_| ());
        assert!(verdict.ok, "{:?}", verdict.problems);
        drop((case, _lock));
        let options = crate::WriterOptions { actor: "lab".into(), program: "0".into(), careless: false };
        let writer = crate::Writer::open(&folder, options, || false).unwrap();
        writer.case().connection.execute("DELETE FROM head", []).unwrap();
        let verdict = writer.case().verify(None, &mut |_| ());
        assert_eq!(verdict.problems[0].place, "root");
    }
}
