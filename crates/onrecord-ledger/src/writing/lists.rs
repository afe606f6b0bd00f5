//! Lists of names that are kept in a case.

use super::Writer;
use crate::fault::Result;
use crate::log::{Content, ListFile};

impl Writer {
    /// Takes a list of names into the case: its files, each with its name and bytes, become evidence, and an entry of the
    /// log tells of it; the entry's number. Taken away again by undoing that entry.
    ///
    /// # Errors
    /// When the disk is full or the case cannot be written.
    pub fn list(&mut self, name: &str, files: &[(&str, &[u8])], entries: u64) -> Result<i64> {
        let mut kept = Vec::with_capacity(files.len());
        for (file, bytes) in files {
            let evidence = self.evidence.keep(bytes)?;
            self.arrival(&evidence, bytes.len() as u64, file)?;
            kept.push(ListFile { name: (*file).to_owned(), evidence });
        }
        let number = self.append(&Content::List { name: name.to_owned(), files: kept.clone(), entries })?;
        for file in kept {
            self.execute("UPDATE evidence SET complete = 1 WHERE sha256 = ?1", [file.evidence.0])?;
        }
        Ok(number)
    }
}
