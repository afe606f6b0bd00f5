//! What ties the documents of a case to each other, kept beside the ledger so that a new document is only held against those
//! it may be tied to.
//!
//! The folder `links/` is made from the readings by whoever knows how, can be made again from them, and may be thrown away. It
//! holds, in a SQLite file, lists of documents under the samples of texts that they share, what was found out of each document
//! by itself, and what was found of each pair that was held against each other. What the bytes mean, their maker knows.

use crate::beside::{Extent, lock, may_not_write};
use crate::case::Case;
use crate::fault::{Fault, Result};
use crate::index::View;
use crate::stored::PackedRecord;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The folder in a case.
const FOLDER: &str = "links";

/// The file in it.
const FILE: &str = "links.sqlite";

/// Pages of it that are kept in memory, in KiB: what a long case is made with for the first time goes to and fro in it.
const MEMORY: i64 = 131_072;

/// The tables have another form under another number; what is kept in an older one is made anew.
const FORM: i64 = 2;

/// How many documents' entries stand in one row of `entries`: all of them are read at once, and few rows are read fast.
const IN_A_ROW: u32 = 512;

const NAMES: [&str; 6] = ["state", "lists", "documents", "samples", "entries", "pairs"];

// A list's key has its channel above it, since SQLite finds a row by one number fastest.
const TABLES: &str = "
CREATE TABLE IF NOT EXISTS state (
    one INTEGER PRIMARY KEY CHECK (one = 1), maker TEXT NOT NULL,
    document INTEGER NOT NULL, documents INTEGER NOT NULL, reading INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS lists (
    key INTEGER PRIMARY KEY, documents BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS documents (
    number INTEGER PRIMARY KEY, publisher TEXT, told TEXT NOT NULL, cut BLOB NOT NULL DEFAULT x''
) STRICT;
CREATE TABLE IF NOT EXISTS entries (
    first INTEGER PRIMARY KEY, bytes BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS documents_by_publisher ON documents (publisher);
CREATE TABLE IF NOT EXISTS pairs (
    later INTEGER NOT NULL, earlier INTEGER NOT NULL, found TEXT, PRIMARY KEY (later, earlier)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pairs_by_earlier ON pairs (earlier);
";

/// The kept links of a case, open to be gone on with; nobody else writes them meanwhile.
#[derive(Debug)]
pub struct Links {
    connection: Connection,
    path: PathBuf,
    maker: String,
    /// The last document's row that they cover.
    document: i64,
    now: Extent,
    _held: Option<File>,
}

impl Case {
    /// The links of this case, as far as they were made by `maker`, and a view of the ledger to bring them up to date by. Where
    /// the folder may not be written they are made in memory, from nothing.
    ///
    /// # Errors
    /// When the ledger cannot be read or the folder cannot be used.
    pub fn links(&self, maker: &str) -> Result<Links> {
        let folder = self.folder.join(FOLDER);
        let path = folder.join(FILE);
        let held = lock(&folder);
        let view: View<'_> = self.view()?;
        let now = self.extent()?;
        let (connection, held) = match held {
            Ok(held) => (Connection::open(&path), Some(held)),
            Err(error) if may_not_write(&error) => (Connection::open_in_memory(), None),
            Err(error) => return Err(Fault::io(&folder, "written", &error)),
        };
        drop(view);
        let connection = connection.map_err(|error| Fault::sql(&path, &error))?;
        let mut links = Links { connection, path, maker: maker.to_owned(), document: 0, now, _held: held };
        let known = links.prepare()?;
        let goes_on = match &known {
            Some((made_by, reach)) => made_by == maker && self.has_only_grown(reach)?,
            None => false,
        };
        match known.filter(|_| goes_on) {
            Some((_, reach)) => links.document = reach.document,
            None => links.clear()?,
        }
        Ok(links)
    }

    /// Goes through the latest record of each document behind what `links` cover, as far as the ledger went when they were
    /// opened, packed.
    ///
    /// # Errors
    /// When the ledger cannot be read; when `take` fails.
    pub fn each_unlinked(
        &self,
        links: &Links,
        mut take: impl FnMut(PackedRecord) -> Result<()>,
    ) -> Result<()> {
        if links.document >= links.now.document {
            return Ok(());
        }
        let last = links.now.document;
        self.each_packed_after(
            links.document,
            |packed| if packed.row <= last { take(packed) } else { Ok(()) },
        )
    }
}

/// Takes the links of a case away; they are made again when they are wanted.
pub(crate) fn clear(case: &Path) -> Result<()> {
    let folder = case.join(FOLDER);
    if !folder.is_dir() {
        return Ok(());
    }
    let failed = |error: std::io::Error| Fault::io(&folder, "erased", &error);
    let _held = lock(&folder).map_err(failed)?;
    for name in [FILE.to_owned(), format!("{FILE}-wal"), format!("{FILE}-shm"), format!("{FILE}-journal")] {
        match fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
    }
    Ok(())
}

impl Links {
    fn fault(&self, error: rusqlite::Error) -> Fault {
        Fault::sql(&self.path, &error).hint("take the folder away; it is made anew from the ledger")
    }

    fn prepare(&mut self) -> Result<Option<(String, Extent)>> {
        self.run(&format!(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -{MEMORY};"
        ))?;
        let form: i64 = self
            .connection
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .map_err(|error| self.fault(error))?;
        if form != FORM {
            let drop = NAMES.map(|name| format!("DROP TABLE IF EXISTS {name};")).concat();
            self.run(&format!("BEGIN IMMEDIATE; {drop} PRAGMA user_version = {FORM}; COMMIT"))?;
        }
        self.run(TABLES)?;
        self.connection.set_prepared_statement_cache_capacity(32);
        self.connection
            .query_row("SELECT maker, document, documents, reading FROM state", [], |row| {
                let reach = Extent { document: row.get(1)?, documents: row.get(2)?, reading: row.get(3)? };
                Ok((row.get(0)?, reach))
            })
            .optional()
            .map_err(|error| self.fault(error))
    }

    fn clear(&mut self) -> Result<()> {
        self.run("DELETE FROM state; DELETE FROM lists; DELETE FROM documents; DELETE FROM entries; DELETE FROM pairs;")
    }

    fn run(&self, sql: &str) -> Result<()> {
        self.connection.execute_batch(sql).map_err(|error| self.fault(error))
    }

    /// Begins what is kept as a whole or not at all.
    ///
    /// # Errors
    /// When the file cannot be written; so below.
    pub fn begin(&self) -> Result<()> {
        self.run("BEGIN IMMEDIATE")
    }

    /// Keeps all since [`Links::begin`], and that the links cover the case as it was when they were opened.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn finish(&mut self) -> Result<()> {
        let Extent { document, documents, reading } = self.now;
        self.connection
            .execute(
                "INSERT OR REPLACE INTO state VALUES (1, ?1, ?2, ?3, ?4)",
                params![self.maker, document, documents, reading],
            )
            .map_err(|error| self.fault(error))?;
        self.run("COMMIT")?;
        self.document = document;
        Ok(())
    }

    /// The list under a key; empty where there is none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list(&self, channel: u8, key: u32) -> Result<Vec<u32>> {
        let found: Option<Vec<u8>> = self
            .connection
            .prepare_cached("SELECT documents FROM lists WHERE key = ?1")
            .and_then(|mut query| query.query_row([row_of(channel, key)], |row| row.get(0)).optional())
            .map_err(|error| self.fault(error))?;
        let bytes = found.unwrap_or_default();
        Ok(bytes.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).collect())
    }

    /// Keeps the list under a key.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep_list(&self, channel: u8, key: u32, documents: &[u32]) -> Result<()> {
        let bytes: Vec<u8> = documents.iter().flat_map(|number| number.to_le_bytes()).collect();
        self.write("INSERT OR REPLACE INTO lists VALUES (?1, ?2)", params![row_of(channel, key), bytes])
    }

    fn write(&self, sql: &str, with: impl rusqlite::Params) -> Result<()> {
        let written = self.connection.prepare_cached(sql).and_then(|mut query| query.execute(with));
        written.map(|_| ()).map_err(|error| self.fault(error))
    }

    /// Whether they cover the case as it was when they were opened.
    pub fn are_current(&self) -> bool {
        self.document >= self.now.document
    }

    /// What is kept of every document in as many bytes each, one behind the other, in order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn entries(&self) -> Result<Vec<u8>> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let mut query =
            self.connection.prepare_cached("SELECT bytes FROM entries ORDER BY first").map_err(failed)?;
        let mut rows = query.query([]).map_err(failed)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(failed)? {
            let bytes = row.get_ref(0).and_then(|value| Ok(value.as_blob()?)).map_err(failed)?;
            found.extend_from_slice(bytes);
        }
        Ok(found)
    }

    /// Keeps such entries of the documents up to the one with the number `end`, as `entry` gives them; only those of the
    /// documents `changed` are not kept so already.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep_entries<const WIDTH: usize>(
        &self,
        end: u32,
        changed: &BTreeSet<u32>,
        entry: impl Fn(u32) -> [u8; WIDTH],
    ) -> Result<()> {
        let rows: BTreeSet<u32> = changed.iter().map(|number| number / IN_A_ROW * IN_A_ROW).collect();
        for first in rows {
            let bytes: Vec<u8> = (first..end.min(first + IN_A_ROW)).flat_map(&entry).collect();
            self.write("INSERT OR REPLACE INTO entries VALUES (?1, ?2)", params![first, bytes])?;
        }
        Ok(())
    }

    /// What is kept of a document, as JSON, and what its maker takes away of its text.
    ///
    /// # Errors
    /// When the file cannot be read or has no such document.
    pub fn document(&self, number: u32) -> Result<(String, Vec<u8>)> {
        let found = self
            .connection
            .prepare_cached("SELECT told, cut FROM documents WHERE number = ?1")
            .and_then(|mut query| query.query_row([number], |row| Ok((row.get(0)?, row.get(1)?))));
        found.map_err(|error| self.fault(error))
    }

    /// What is kept of every document as JSON, in order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn documents(&self) -> Result<Vec<String>> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let mut query =
            self.connection.prepare_cached("SELECT told FROM documents ORDER BY number").map_err(failed)?;
        let rows = query.query_map([], |row| row.get(0)).map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }

    /// Keeps what is told of a document, as JSON, with its publisher.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep_document(&self, number: u32, publisher: Option<&str>, told: &str) -> Result<()> {
        self.write(
            "INSERT INTO documents (number, publisher, told) VALUES (?1, ?2, ?3)
             ON CONFLICT (number) DO UPDATE SET publisher = ?2, told = ?3",
            params![number, publisher, told],
        )
    }

    /// Keeps what is taken away of the text of a document that is kept.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep_cut(&self, number: u32, cut: &[u8]) -> Result<()> {
        self.write("UPDATE documents SET cut = ?2 WHERE number = ?1", params![number, cut])
    }

    /// Keeps what was found of two documents, as JSON; nothing where they are not tied.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep_pair(&self, [earlier, later]: [u32; 2], found: Option<&str>) -> Result<()> {
        self.write("INSERT OR REPLACE INTO pairs VALUES (?1, ?2, ?3)", params![later, earlier, found])
    }

    /// The pairs that a document is one of, the earlier document first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn pairs_of(&self, number: u32) -> Result<Vec<[u32; 2]>> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let mut query = self
            .connection
            .prepare_cached("SELECT earlier, later FROM pairs WHERE later = ?1 UNION SELECT earlier, later FROM pairs WHERE earlier = ?1")
            .map_err(failed)?;
        let rows = query.query_map([number], |row| Ok([row.get(0)?, row.get(1)?])).map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }

    /// Every pair that was held against each other, in order of the later document and then of the earlier, with what was found.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn pairs(&self, mut take: impl FnMut([u32; 2], Option<String>)) -> Result<()> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let mut query = self
            .connection
            .prepare_cached("SELECT earlier, later, found FROM pairs ORDER BY later, earlier")
            .map_err(failed)?;
        let mut rows = query.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let read = || -> rusqlite::Result<_> { Ok(([row.get(0)?, row.get(1)?], row.get(2)?)) };
            let (pair, found) = read().map_err(failed)?;
            take(pair, found);
        }
        Ok(())
    }

    /// The names of all publishers, each once.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn publishers(&self) -> Result<Vec<String>> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let mut query = self
            .connection
            // From one name to the next, where DISTINCT would go through every document.
            .prepare_cached(
                "WITH RECURSIVE names (name) AS (
                     SELECT min(publisher) FROM documents
                     UNION ALL SELECT (SELECT min(publisher) FROM documents WHERE publisher > name)
                     FROM names WHERE name IS NOT NULL
                 ) SELECT name FROM names WHERE name IS NOT NULL",
            )
            .map_err(failed)?;
        let rows = query.query_map([], |row| row.get(0)).map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }
}

/// The row of a list.
fn row_of(channel: u8, key: u32) -> i64 {
    i64::from(channel) << 32 | i64::from(key)
}
