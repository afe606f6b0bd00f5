//! A copy of a case, made while it may be in use.

use crate::case::Case;
use crate::evidence::{EvidenceFolder, sync_folder};
use crate::fault::{Fault, Result};
use onrecord_record::Sha256;
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::fs::{self, File};
use std::path::Path;
use std::time::Duration;

/// Pages that are copied before others get their turn.
const PAGES: i32 = 4_096;

impl Case {
    /// Copies the case into `folder`, new or empty, as it stands at one moment, though a writer may go on meanwhile.
    /// `progress` is called with the evidence files done and in all. The copy is on the disk when this returns; whoever
    /// wants to rely on it opens and verifies it.
    ///
    /// # Errors
    /// When `folder` holds something, cannot be written, or the case cannot be read. What was copied by then stays: it
    /// has no ledger, and so is no case.
    pub fn copy_to(&self, folder: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<()> {
        let holds_something = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
        if folder.is_file() || holds_something {
            return Err(Fault::refused(folder.to_string_lossy(), "is not empty")
                .hint("name a new or an empty folder"));
        }
        fs::create_dir_all(folder).map_err(|error| Fault::io(folder, "made", &error))?;
        let unfinished = folder.join("ledger.unfinished");
        self.copy_ledger(&unfinished)?;
        // The files of which the copied ledger tells: whatever came later is not part of this copy.
        let copied = Connection::open(&unfinished).map_err(|error| Fault::sql(&unfinished, &error))?;
        let files: Vec<Sha256> = copied
            .prepare("SELECT sha256 FROM evidence ORDER BY id")
            .and_then(|mut query| query.query_map([], |row| Ok(Sha256(row.get(0)?)))?.collect())
            .map_err(|error| Fault::sql(&unfinished, &error))?;
        drop(copied);
        let evidence = EvidenceFolder::new(folder.join("evidence"));
        evidence.create()?;
        for (done, sha256) in files.iter().enumerate() {
            let path = self.evidence.path(sha256);
            let mut file = File::open(&path).map_err(|error| Fault::io(&path, "read", &error))?;
            let (found, _) = evidence.keep_from(&mut file)?;
            if found != *sha256 {
                return Err(Fault::damaged(path.to_string_lossy(), "has other bytes than it came with"));
            }
            progress(done as u64 + 1, files.len() as u64);
        }
        evidence.sync()?;
        // The ledger gets its name last: a copy that was cut short is no case.
        let ledger = folder.join("ledger.sqlite");
        let renamed = File::open(&unfinished)
            .and_then(|file| file.sync_all())
            .and_then(|()| fs::rename(&unfinished, &ledger));
        renamed.map_err(|error| Fault::io(&ledger, "written", &error))?;
        sync_folder(folder)
    }

    fn copy_ledger(&self, to: &Path) -> Result<()> {
        let failed = |error: rusqlite::Error| Fault::sql(to, &error);
        let mut target = Connection::open(to).map_err(failed)?;
        // One view of the ledger for the whole copy: without it a writer would make it begin anew again and again.
        self.connection
            .execute_batch("BEGIN; SELECT count(*) FROM sqlite_schema;")
            .map_err(|error| self.fault(error))?;
        let backup = Backup::new(&self.connection, &mut target).map_err(failed)?;
        loop {
            match backup.step(PAGES).map_err(failed)? {
                StepResult::Done => break,
                StepResult::Busy | StepResult::Locked => std::thread::sleep(Duration::from_millis(20)),
                _ => {}
            }
        }
        drop(backup);
        self.connection.execute_batch("COMMIT").map_err(|error| self.fault(error))?;
        target.execute_batch("PRAGMA journal_mode = DELETE").map_err(failed)?;
        target.close().map_err(|(_, error)| failed(error))
    }
}
