//! What folders beside the ledger have in common that are made from its readings and can be made again: who may write them, and
//! how far they go.

use crate::case::Case;
use crate::fault::Result;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{Error, ErrorKind};
use std::path::Path;

/// How far the readings of a case go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Extent {
    /// The last document's row, and how many there are up to it.
    pub(crate) document: i64,
    pub(crate) documents: i64,
    /// The last reading's row.
    pub(crate) reading: i64,
}

impl Case {
    /// How far its readings go now.
    pub(crate) fn extent(&self) -> Result<Extent> {
        let number = |sql: &str| -> Result<i64> {
            self.connection.query_row(sql, [], |row| row.get(0)).map_err(|error| self.fault(error))
        };
        Ok(Extent {
            document: number("SELECT coalesce(max(id), 0) FROM documents")?,
            documents: number("SELECT count(*) FROM documents")?,
            reading: number("SELECT coalesce(max(id), 0) FROM readings")?,
        })
    }

    /// Whether it has only grown since: no document was erased or read again.
    pub(crate) fn has_only_grown(&self, since: &Extent) -> Result<bool> {
        let number = |sql: &str, of: [i64; 2]| -> Result<i64> {
            self.connection.query_row(sql, of, |row| row.get(0)).map_err(|error| self.fault(error))
        };
        // The sign keeps SQLite from going through the rows, which hold the texts: an index has the numbers too.
        let documents =
            number("SELECT count(*) FROM documents WHERE +id <= ?1 AND ?2 = ?2", [since.document, 0])?;
        let again = number(
            "SELECT count(*) FROM readings WHERE id > ?1 AND document <= ?2",
            [since.reading, since.document],
        )?;
        Ok(documents == since.documents && again == 0)
    }
}

/// One program writes a folder at a time; others wait.
pub(crate) fn lock(folder: &Path) -> std::io::Result<File> {
    fs::create_dir_all(folder)?;
    let file = File::options().create(true).truncate(false).write(true).open(folder.join("lock"))?;
    file.lock()?;
    Ok(file)
}

/// Whether a folder is not ours to write.
pub(crate) fn may_not_write(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem | ErrorKind::StorageFull
    )
}
