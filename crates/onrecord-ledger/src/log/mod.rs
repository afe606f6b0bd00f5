//! The log: everything that happened to the case, entry by entry, under one root.

mod entry;
pub mod merkle;
mod proof;

pub use entry::{AgentName, Anchor, Content, Entry, Leaf, ListFile, NamedClaim, TiedStatement, commitment};
pub use proof::{ConsistencyProof, InclusionProof};

use crate::fault::{Fault, Result};
use merkle::Frontier;
use onrecord_record::Sha256;
use rusqlite::{Connection, Row};
use std::path::Path;

/// Goes through all entries in order.
pub(crate) fn each(
    ledger: &Path,
    connection: &Connection,
    mut take: impl FnMut(Entry) -> Result<()>,
) -> Result<()> {
    each_where(ledger, connection, "", &mut take)
}

/// Goes through the entries that do not tell of what came in and was read, in order. A case has few of them among many.
pub(crate) fn each_rare(
    ledger: &Path,
    connection: &Connection,
    mut take: impl FnMut(Entry) -> Result<()>,
) -> Result<()> {
    // The same words as in the index of the table, so that it is used.
    let rare = "WHERE kind NOT IN ('arrival', 'reading', 'refusal', 'taken_in')";
    each_where(ledger, connection, rare, &mut take)
}

fn each_where(
    ledger: &Path,
    connection: &Connection,
    which: &str,
    take: &mut dyn FnMut(Entry) -> Result<()>,
) -> Result<()> {
    let failed = |error: rusqlite::Error| Fault::sql(ledger, &error);
    // The index has the kinds alone, and the numbers that it gives are put in order here.
    let index = if which.is_empty() { "" } else { "INDEXED BY entries_by_kind" };
    let sql = format!(
        "SELECT number, time, actor, kind, commitment, salt, content FROM entries {index} {which} ORDER BY number"
    );
    let mut query = connection.prepare(&sql).map_err(failed)?;
    let mut rows = query.query([]).map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        take(entry(row).map_err(failed)?)?;
    }
    Ok(())
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let leaf = Leaf {
        entry: row.get::<_, i64>(0)?.cast_unsigned(),
        time: row.get(1)?,
        actor: row.get(2)?,
        kind: row.get(3)?,
        commitment: Sha256(row.get(4)?),
    };
    let salt: Option<[u8; 32]> = row.get(5)?;
    Ok(Entry { leaf, opening: salt.zip(row.get(6)?) })
}

/// What it takes to append to the log.
pub(crate) fn frontier(ledger: &Path, connection: &Connection) -> Result<Frontier> {
    let mut frontier = Frontier::default();
    each(ledger, connection, |entry| {
        frontier.push(entry.leaf.hash());
        Ok(())
    })?;
    Ok(frontier)
}
