//! The tables of the ledger, and how a ledger of an older version becomes one of this.

use crate::fault::{Fault, FaultKind, Result};
use rusqlite::Connection;
use std::path::Path;

/// What leads from each version to the next; the first makes an empty file a ledger.
const STEPS: [&str; 1] = [include_str!("schema.sql")];

/// The version of a case that this program writes.
pub const VERSION: i64 = STEPS.len() as i64;

/// "OnRc": tells a ledger from other SQLite files.
pub(crate) const APPLICATION: i64 = 0x4F6E_5263;

/// Says whether the file is a ledger that this program can read; its version. An empty file has the version 0.
pub(crate) fn version(ledger: &Path, connection: &Connection) -> Result<i64> {
    let pragma = |name: &str| -> Result<i64> {
        let found = connection.pragma_query_value(None, name, |row| row.get(0));
        found.map_err(|error| Fault::sql(ledger, &error))
    };
    let (application, version) = (pragma("application_id")?, pragma("user_version")?);
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(|error| Fault::sql(ledger, &error))?;
    let place = ledger.to_string_lossy();
    if application != APPLICATION && (tables > 0 || application != 0) {
        return Err(Fault::refused(place, "is an SQLite file, but no ledger of OnRecord"));
    }
    if version > VERSION {
        let what =
            format!("was written by a newer OnRecord (case version {version}; this one knows {VERSION})");
        return Err(Fault::new(FaultKind::Newer, place, what).hint("use that version; nothing was changed"));
    }
    Ok(version)
}

/// Takes a ledger forward to this version, one step a transaction, so that a kill leaves one version or the other.
pub(crate) fn migrate(ledger: &Path, connection: &Connection, from: i64) -> Result<()> {
    let failed = |error: rusqlite::Error| Fault::sql(ledger, &error);
    for (number, step) in STEPS.iter().enumerate().skip(usize::try_from(from).unwrap_or(0)) {
        let script = format!(
            "BEGIN IMMEDIATE; {step}; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {}; COMMIT;",
            number + 1
        );
        connection.execute_batch(&script).map_err(failed)?;
    }
    Ok(())
}
