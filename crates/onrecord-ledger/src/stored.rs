//! Reading a case back: the records in the order they came, exactly as they were written.

use crate::case::Case;
use crate::fault::{Fault, Result};
use crate::packing::{unpack_record, unpack_text};
use crate::rows;
use crate::writing::Maker;
use rusqlite::Row;
use serde::Deserialize;
use std::collections::BTreeSet;

/// The record of one document, as it was stored.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredRecord {
    /// The document's id.
    pub document: String,
    /// Which of the makers made the record.
    pub maker: i64,
    /// Where in its evidence file the document stands.
    pub place: String,
    /// The text that all offsets count in.
    pub text: String,
    /// The record's lines, the document's own first, each with its line end.
    pub lines: Vec<u8>,
}

/// The record of one document as it lies in the ledger, to be unpacked on any thread.
#[derive(Clone, Debug)]
pub struct PackedRecord {
    /// The document's row.
    pub row: i64,
    key: i64,
    maker: i64,
    place: String,
    text: Vec<u8>,
    record: Vec<u8>,
}

/// How much a case holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Evidence files.
    pub evidence: u64,
    /// Documents.
    pub documents: u64,
    /// Statements.
    pub statements: u64,
    /// Agents that say something, counted in each document.
    pub speakers: u64,
    /// Places that could not become a document.
    pub refusals: u64,
}

/// The latest reading of each document.
const RECORDS: &str = "
    SELECT documents.key, documents.text, readings.maker, readings.record, documents.place, documents.id
    FROM documents JOIN readings ON readings.document = documents.id
    WHERE readings.id = (SELECT max(id) FROM readings WHERE document = documents.id)";

impl Case {
    /// Goes through the latest record of each document, in the order in which documents came, one in memory at a time.
    ///
    /// # Errors
    /// When the ledger cannot be read or holds what was never written to it; when `take` fails.
    pub fn each_record<E: From<Fault>>(
        &self,
        mut take: impl FnMut(StoredRecord) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let sql = format!("{RECORDS} ORDER BY documents.id");
        let mut query = self.connection.prepare(&sql).map_err(failed)?;
        let mut found = query.query([]).map_err(failed)?;
        while let Some(row) = found.next().map_err(failed)? {
            take(record(row, |error| self.fault(error))?)?;
        }
        Ok(())
    }

    /// Goes through the latest record of each document whose row is behind `after`, with its row, in the order in which they
    /// came.
    pub(crate) fn each_record_after(
        &self,
        after: i64,
        mut take: impl FnMut(u32, StoredRecord) -> Result<()>,
    ) -> Result<()> {
        self.each_packed_after(after, |packed| {
            take(u32::try_from(packed.row).unwrap_or(u32::MAX), packed.unpack()?)
        })
    }

    /// The same, still packed.
    pub(crate) fn each_packed_after(
        &self,
        after: i64,
        mut take: impl FnMut(PackedRecord) -> Result<()>,
    ) -> Result<()> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let sql = format!("{RECORDS} AND documents.id > ?1 ORDER BY documents.id");
        let mut query = self.connection.prepare(&sql).map_err(failed)?;
        let mut found = query.query([after]).map_err(failed)?;
        while let Some(row) = found.next().map_err(failed)? {
            take(packed(row).map_err(failed)?)?;
        }
        Ok(())
    }

    /// The numbers of the makers of documents' latest readings.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn makers_of_latest(&self) -> Result<BTreeSet<i64>> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let mut query = self
            .connection
            .prepare(
                "SELECT DISTINCT maker FROM readings
                 WHERE id IN (SELECT max(id) FROM readings GROUP BY document)",
            )
            .map_err(failed)?;
        let makers = query.query_map([], |row| row.get(0)).map_err(failed)?;
        makers.collect::<rusqlite::Result<_>>().map_err(failed)
    }

    /// The rows of the documents whose latest reading was not made by one of the makers that `fits` names.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn documents_not_made_by(&self, fits: impl Fn(i64) -> bool) -> Result<Vec<i64>> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let mut query = self
            .connection
            .prepare(
                "SELECT document, maker FROM readings
                 WHERE id IN (SELECT max(id) FROM readings GROUP BY document) ORDER BY document",
            )
            .map_err(failed)?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(failed)?;
        let rows: Vec<(i64, i64)> = rows.collect::<rusqlite::Result<_>>().map_err(failed)?;
        Ok(rows.into_iter().filter(|(_, maker)| !fits(*maker)).map(|(document, _)| document).collect())
    }

    /// The latest record of a document's row.
    ///
    /// # Errors
    /// When the ledger cannot be read or holds what was never written to it.
    pub fn record(&self, document: i64) -> Result<StoredRecord> {
        self.packed(document)?.unpack()
    }

    /// The same, still packed.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn packed(&self, document: i64) -> Result<PackedRecord> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let sql = format!("{RECORDS} AND documents.id = ?1");
        let mut query = self.connection.prepare_cached(&sql).map_err(failed)?;
        query.query_row([document], |row| Ok(packed(row))).map_err(failed)?.map_err(failed)
    }

    /// Goes through the log, entry by entry.
    ///
    /// # Errors
    /// When the ledger cannot be read; when `take` fails.
    pub fn each_entry(&self, take: impl FnMut(crate::log::Entry) -> Result<()>) -> Result<()> {
        crate::log::each(&self.ledger, &self.connection, take)
    }

    /// The document with this id.
    ///
    /// # Errors
    /// When it is not in the case.
    pub fn document(&self, id: &str) -> Result<onrecord_record::DocumentId> {
        let refused = || Fault::refused(id, "is no document of the case");
        self.document_row(id)?.ok_or_else(refused)?;
        serde_json::from_value(id.into()).map_err(|_| refused())
    }

    /// The text of a document's row.
    pub(crate) fn text(&self, document: i64) -> Result<String> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let mut query =
            self.connection.prepare_cached("SELECT text FROM documents WHERE id = ?1").map_err(failed)?;
        let packed: Vec<u8> = query.query_row([document], |row| row.get(0)).map_err(failed)?;
        unpack_text(&packed).map_err(|error| {
            Fault::damaged(format!("document {document}"), format!("has a damaged text: {error}"))
        })
    }

    /// One line of the latest record of a document's row.
    pub(crate) fn line(&self, document: i64, line: usize) -> Result<serde_json::Value> {
        self.record(document)?.line(line)
    }

    /// Who made records, by number.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn makers(&self) -> Result<Vec<(i64, Maker)>> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let mut query = self
            .connection
            .prepare("SELECT id, schema, program, model, options FROM makers ORDER BY id")
            .map_err(failed)?;
        let found = query
            .query_map([], |row| {
                let options: String = row.get(4)?;
                let maker = Maker {
                    schema: row.get(1)?,
                    program: row.get(2)?,
                    model: row.get(3)?,
                    options: serde_json::from_str(&options).unwrap_or_default(),
                };
                Ok((row.get(0)?, maker))
            })
            .map_err(failed)?;
        found.collect::<rusqlite::Result<_>>().map_err(failed)
    }

    /// How many documents the case holds.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn documents(&self) -> Result<u64> {
        self.number("SELECT count(*) FROM documents")
    }

    /// How many places of its evidence could not become a document.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn refusals(&self) -> Result<u64> {
        self.number("SELECT count(*) FROM refusals")
    }

    fn number(&self, sql: &str) -> Result<u64> {
        let found: rusqlite::Result<i64> = self.connection.query_row(sql, [], |row| row.get(0));
        found.map(i64::cast_unsigned).map_err(|error| self.fault(error))
    }

    /// How much the case holds. In a case of a million statements it takes some tenths of a second.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn counts(&self) -> Result<Counts> {
        let count = |sql: &str| self.number(sql);
        Ok(Counts {
            evidence: count("SELECT count(*) FROM evidence")?,
            documents: count("SELECT count(*) FROM documents")?,
            statements: count("SELECT count(*) FROM statements")?,
            speakers: count("SELECT count(DISTINCT speaker) FROM statements")?,
            refusals: count("SELECT count(*) FROM refusals")?,
        })
    }
}

fn record(row: &Row<'_>, fault: impl Fn(rusqlite::Error) -> Fault) -> Result<StoredRecord> {
    packed(row).map_err(fault)?.unpack()
}

fn packed(row: &Row<'_>) -> rusqlite::Result<PackedRecord> {
    Ok(PackedRecord {
        key: row.get(0)?,
        text: row.get(1)?,
        maker: row.get(2)?,
        record: row.get(3)?,
        place: row.get(4)?,
        row: row.get(5)?,
    })
}

impl PackedRecord {
    /// The record.
    ///
    /// # Errors
    /// When it is not what was once written.
    pub fn unpack(&self) -> Result<StoredRecord> {
        let (document, text) = (rows::id("doc", self.key), self.text()?);
        let lines = unpack_record(&self.record, &text)
            .map_err(|error| Fault::damaged(&document, format!("has a record that is damaged: {error}")))?;
        Ok(StoredRecord { maker: self.maker, place: self.place.clone(), document, text, lines })
    }

    /// The document's text alone.
    ///
    /// # Errors
    /// As above.
    pub fn text(&self) -> Result<String> {
        unpack_text(&self.text).map_err(|error| {
            Fault::damaged(rows::id("doc", self.key), format!("has a text that is damaged: {error}"))
        })
    }
}

/// What a line is, and nothing else of it.
#[derive(Deserialize)]
struct Sort<'l> {
    #[serde(rename = "type", borrow)]
    kind: std::borrow::Cow<'l, str>,
}

impl StoredRecord {
    /// One of the lines, from 0.
    pub(crate) fn line(&self, line: usize) -> Result<serde_json::Value> {
        let found = self.lines.split(|byte| *byte == b'\n').nth(line).unwrap_or_default();
        serde_json::from_slice(found).map_err(|error| {
            Fault::damaged(&self.document, format!("has no line {line} in its record: {error}"))
        })
    }

    /// The lines of one sort ("statement"), without line ends, each with its number among all lines, from 0.
    ///
    /// This program's own lines tell their sort in their first letters; others, which were imported, are read for it.
    pub fn of_sort<'r>(&'r self, sort: &'static str) -> impl Iterator<Item = (u32, &'r [u8])> {
        const OPENING: &[u8] = b"{\"type\":\"";
        let is_one = move |line: &[u8]| match line.strip_prefix(OPENING) {
            Some(rest) => rest.strip_prefix(sort.as_bytes()).is_some_and(|rest| rest.starts_with(b"\"")),
            None => serde_json::from_slice::<Sort<'_>>(line).is_ok_and(|found| found.kind == sort),
        };
        let lines = self.lines.split(|byte| *byte == b'\n');
        (0..).zip(lines).filter(move |(_, line)| !line.is_empty() && is_one(line))
    }

    /// The lines with their sort ("statement"), without line ends.
    pub fn lines(&self) -> impl Iterator<Item = (String, &[u8])> {
        let lines = self.lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        lines.filter_map(|line| {
            let sort: Sort<'_> = serde_json::from_slice(line).ok()?;
            Some((sort.kind.into_owned(), line))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_sort_are_found_however_they_are_written() {
        let lines = b"{\"type\":\"agent\"}\n{ \"type\": \"agent\" }\n{\"id\":1,\"type\":\"agent\"}\n{\"type\":\"agents\"}\nno\n";
        let record = StoredRecord {
            document: String::new(),
            maker: 0,
            place: String::new(),
            text: String::new(),
            lines: lines.to_vec(),
        };
        let found: Vec<u32> = record.of_sort("agent").map(|(at, _)| at).collect();
        assert_eq!(found, [0, 1, 2]);
    }
}
