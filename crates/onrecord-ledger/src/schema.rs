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
    take_steps(ledger, connection, from, &STEPS)
}

fn take_steps(ledger: &Path, connection: &Connection, from: i64, steps: &[&str]) -> Result<()> {
    for (number, step) in steps.iter().enumerate().skip(usize::try_from(from).unwrap_or(0)) {
        let script = format!(
            "BEGIN IMMEDIATE; {step}; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {}; COMMIT;",
            number + 1
        );
        if let Err(error) = connection.execute_batch(&script) {
            // The step is not taken by half; a transaction that the error ended already needs no end.
            let _ = connection.execute_batch("ROLLBACK");
            return Err(Fault::sql(ledger, &error));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger() -> (&'static Path, Connection) {
        (Path::new("ledger.sqlite"), Connection::open_in_memory().unwrap())
    }

    #[test]
    fn an_empty_file_becomes_a_ledger_and_stays_one() {
        let (path, connection) = ledger();
        assert_eq!(version(path, &connection).unwrap(), 0);
        migrate(path, &connection, 0).unwrap();
        assert_eq!(version(path, &connection).unwrap(), VERSION);
        migrate(path, &connection, VERSION).unwrap();
        assert_eq!(version(path, &connection).unwrap(), VERSION);
    }

    #[test]
    fn a_ledger_goes_forward_step_by_step_and_a_step_that_fails_leaves_the_one_before() {
        let (path, connection) = ledger();
        let steps =
            ["CREATE TABLE a (x)", "ALTER TABLE a ADD COLUMN y; INSERT INTO a VALUES (1, 2)", "nonsense"];
        take_steps(path, &connection, 0, &steps[..1]).unwrap();
        connection.execute_batch("INSERT INTO a VALUES (7)").unwrap();
        assert!(take_steps(path, &connection, 1, &steps).is_err());
        let found: (i64, i64) = connection
            .query_row("SELECT count(*), sum(x) FROM a", [], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap();
        assert_eq!(found, (2, 8), "the second step was taken once, and what was there is there");
        let now: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        assert_eq!(now, 2);
    }

    #[test]
    fn other_files_and_newer_ledgers_are_refused() {
        let (path, connection) = ledger();
        connection.execute_batch("CREATE TABLE mine (x)").unwrap();
        assert_eq!(version(path, &connection).unwrap_err().kind, FaultKind::Refused);
        let (path, connection) = ledger();
        migrate(path, &connection, 0).unwrap();
        connection.execute_batch(&format!("PRAGMA user_version = {}", VERSION + 1)).unwrap();
        assert_eq!(version(path, &connection).unwrap_err().kind, FaultKind::Newer);
    }
}
