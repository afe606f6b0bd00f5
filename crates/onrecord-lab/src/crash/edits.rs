//! Random edits of a finished case, which `verify` must find.

use super::bench::Bench;
use super::luck::Luck;
use anyhow::{Context, ensure};
use onrecord::record::Sha256;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Edits {
    /// For each sort of edit: how many, found and named by `verify`, not found and without a trace in the export.
    pub sorts: BTreeMap<&'static str, [usize; 3]>,
    /// Edits that changed the export and were not found.
    pub missed: Vec<String>,
    /// Whether a case made anew from altered documents verifies by itself.
    pub rewritten_is_sound: bool,
    /// Whether the root written down before shows that it is another.
    pub rewritten_is_seen: bool,
}

/// Tables that a row is edited in.
const TABLES: [&str; 10] = [
    "entries",
    "head",
    "evidence",
    "refusals",
    "makers",
    "documents",
    "readings",
    "names",
    "agents",
    "statements",
];

/// Bytes of a page of the ledger.
const PAGE: usize = 16_384;

const SORTS: [&str; 9] = [
    "one bit of the ledger",
    "a page of the ledger gone",
    "two pages of the ledger swapped",
    "the ledger cut off",
    "a row deleted",
    "a value changed",
    "values of two rows swapped",
    "a byte of an evidence file",
    "an evidence file gone",
];

/// Edits a copy of the case `rounds` times.
///
/// # Errors
/// When the case cannot be read or copied.
pub fn edits(bench: &Bench, rounds: usize, seed: u64) -> anyhow::Result<Edits> {
    let mut luck = Luck::new(seed);
    let mut edits = Edits::default();
    let whole = bench.case("whole");
    let ledger = fs::read(whole.join("ledger.sqlite"))?;
    copy(&whole, &bench.case("edited"))?;
    for round in 0..rounds {
        let Some(sort) = luck.one(&SORTS).copied() else { continue };
        let done = edit(&bench.case("edited"), &ledger, sort, &mut luck)?;
        let found = match bench.verdict("edited") {
            Ok(verdict) => verdict.is_none_or(|verdict| !verdict.ok && !verdict.problems.is_empty()),
            Err(_) => true,
        };
        let counts = edits.sorts.entry(sort).or_default();
        counts[0] += 1;
        if found {
            counts[1] += 1;
        } else if bench.exported("edited").is_ok_and(|export| export == bench.export) {
            counts[2] += 1;
        } else {
            edits.missed.push(format!("round {round}: {sort}: {done}"));
        }
        fs::write(bench.case("edited").join("ledger.sqlite"), &ledger)?;
        if sort.contains("evidence") {
            restore_evidence(&whole, &bench.case("edited"))?;
        }
    }
    bench.clear("edited");
    (edits.rewritten_is_sound, edits.rewritten_is_seen) = rewritten(bench)?;
    Ok(edits)
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to.join("evidence"))?;
    fs::copy(from.join("ledger.sqlite"), to.join("ledger.sqlite"))?;
    restore_evidence(from, to)
}

fn evidence(case: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(case.join("evidence"))?.flatten().map(|entry| entry.path()).collect();
    files.sort();
    Ok(files)
}

fn restore_evidence(from: &Path, to: &Path) -> anyhow::Result<()> {
    for file in evidence(from)? {
        let copy = to.join("evidence").join(file.file_name().unwrap_or_default());
        fs::write(copy, fs::read(file)?)?;
    }
    Ok(())
}

/// Makes one edit; what it was.
fn edit(case: &Path, ledger: &[u8], sort: &str, luck: &mut Luck) -> anyhow::Result<String> {
    let path = case.join("ledger.sqlite");
    let page =
        |luck: &mut Luck| usize::try_from(luck.below((ledger.len() / PAGE) as u64)).unwrap_or(0) * PAGE;
    let mut bytes = ledger.to_vec();
    match sort {
        "one bit of the ledger" => {
            let (at, bit) = (usize::try_from(luck.below(bytes.len() as u64))?, luck.below(8));
            bytes[at] ^= 1 << bit;
            fs::write(path, bytes)?;
            Ok(format!("bit {bit} of byte {at}"))
        }
        "a page of the ledger gone" => {
            let at = page(luck);
            bytes[at..at + PAGE].fill(0);
            fs::write(path, bytes)?;
            Ok(format!("page at {at}"))
        }
        "two pages of the ledger swapped" => {
            let (a, b) = (page(luck), page(luck));
            for i in 0..PAGE {
                bytes.swap(a + i, b + i);
            }
            fs::write(path, bytes)?;
            Ok(format!("pages at {a} and {b}"))
        }
        "the ledger cut off" => {
            let at = usize::try_from(luck.below(bytes.len() as u64))?;
            bytes.truncate(at);
            fs::write(path, bytes)?;
            Ok(format!("at {at}"))
        }
        "a byte of an evidence file" | "an evidence file gone" => {
            let files = evidence(case)?;
            let file = luck.one(&files).context("the case has no evidence")?;
            let mut bytes = fs::read(file)?;
            if sort.ends_with("gone") {
                fs::remove_file(file)?;
            } else {
                let at = usize::try_from(luck.below(bytes.len() as u64))?;
                bytes[at] = bytes[at].wrapping_add(1 + u8::try_from(luck.below(255))?);
                fs::write(file, bytes)?;
            }
            Ok(file.display().to_string())
        }
        _ => edit_row(&path, sort, luck),
    }
}

/// One row or two of a table, through SQLite, as somebody would who knows what to do.
fn edit_row(ledger: &Path, sort: &str, luck: &mut Luck) -> anyhow::Result<String> {
    let connection = Connection::open(ledger)?;
    connection.execute_batch(
        "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; PRAGMA journal_mode = DELETE;",
    )?;
    let mut filled = Vec::new();
    for table in TABLES {
        let rows: i64 =
            connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?;
        filled.extend((rows > 0).then_some(table));
    }
    let table = *luck.one(&filled).context("the case is empty")?;
    let ids: Vec<i64> = {
        let mut query = connection.prepare(&format!("SELECT rowid FROM {table}"))?;
        query.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?
    };
    let id = *luck.one(&ids).context("the table is empty")?;
    if sort == "a row deleted" {
        connection.execute(&format!("DELETE FROM {table} WHERE rowid = ?1"), [id])?;
        return Ok(format!("{table} {id}"));
    }
    let columns: Vec<(String, String)> = {
        let mut query = connection
            .prepare(&format!("SELECT name, type FROM pragma_table_info('{table}') WHERE pk = 0"))?;
        query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?
    };
    let (column, sort_of_value) = luck.one(&columns).context("the table has no columns")?;
    let done = if sort == "a value changed" {
        let value = match sort_of_value.as_str() {
            "TEXT" => "coalesce(?2, 'x') || 'x'",
            "INTEGER" => "coalesce(?2, 0) + 1",
            "REAL" => "coalesce(?2, 0.5) * 0.5 + 0.125",
            _ => "CAST(substr(?2, 1, length(?2) - 1) AS BLOB) || x'5A'",
        };
        let sql = format!(
            "UPDATE OR IGNORE {table} SET {column} = CAST({} AS {sort_of_value}) WHERE rowid = ?1",
            value.replace("?2", column)
        );
        connection.execute(&sql, [id])?
    } else {
        let other = *luck.one(&ids).context("the table is empty")?;
        let sql = format!(
            "UPDATE OR IGNORE {table} SET {column} = CASE rowid WHEN ?1 THEN (SELECT {column} FROM {table} WHERE rowid = ?2)
             ELSE (SELECT {column} FROM {table} WHERE rowid = ?1) END WHERE rowid IN (?1, ?2)"
        );
        connection.execute(&sql, [id, other])?
    };
    Ok(format!("{table}.{column} of {id} ({done} rows)"))
}

/// A case made anew, log and all, from altered documents: sound by itself, and not what the root of the first one tells.
fn rewritten(bench: &Bench) -> anyhow::Result<(bool, bool)> {
    let before = bench.verdict("whole")?.context("the case is gone")?;
    let root: Sha256 = serde_json::from_value(before.root.into())?;
    let added = bench.add("anew").arg("--published").arg("1999-01-01").output()?;
    ensure!(added.status.success(), "the case cannot be made anew");
    let case = onrecord::ledger::Case::open(&bench.case("anew"))?;
    let (alone, against) = (case.verify(None, &mut |_| ()), case.verify(Some(root), &mut |_| ()));
    bench.clear("anew");
    Ok((alone.ok, !against.ok))
}
