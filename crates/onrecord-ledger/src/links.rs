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
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The folder in a case.
const FOLDER: &str = "links";

/// The file in it.
const FILE: &str = "links.sqlite";

/// Pages of it that are kept in memory, in KiB: what a long case is made with for the first time goes to and fro in it.
const MEMORY: i64 = 131_072;

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS state (
    one INTEGER PRIMARY KEY CHECK (one = 1), maker TEXT NOT NULL,
    document INTEGER NOT NULL, documents INTEGER NOT NULL, reading INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS lists (
    channel INTEGER NOT NULL, key INTEGER NOT NULL, documents BLOB NOT NULL, PRIMARY KEY (channel, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
    number INTEGER PRIMARY KEY, publisher TEXT, told TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS samples (
    number INTEGER PRIMARY KEY, row INTEGER NOT NULL, size BLOB NOT NULL, mark INTEGER NOT NULL
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

/// What is kept of the samples of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Samples {
    /// Its number among the documents kept, from 0, in the order of the ledger.
    pub number: u32,
    /// Its row in the ledger.
    pub row: i64,
    /// How many samples it has, as their maker writes it.
    pub size: Vec<u8>,
    /// A number that changes when it has to be held against others again.
    pub mark: i64,
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
        let set = format!(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -{MEMORY}; {TABLES}"
        );
        self.connection.execute_batch(&set).map_err(|error| self.fault(error))?;
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
        self.run("DELETE FROM state; DELETE FROM lists; DELETE FROM documents; DELETE FROM samples; DELETE FROM pairs;")
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
            .prepare_cached("SELECT documents FROM lists WHERE channel = ?1 AND key = ?2")
            .and_then(|mut query| query.query_row(params![channel, key], |row| row.get(0)).optional())
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
        self.write("INSERT OR REPLACE INTO lists VALUES (?1, ?2, ?3)", params![channel, key, bytes])
    }

    fn write(&self, sql: &str, with: impl rusqlite::Params) -> Result<()> {
        let written = self.connection.prepare_cached(sql).and_then(|mut query| query.execute(with));
        written.map(|_| ()).map_err(|error| self.fault(error))
    }

    /// Whether they cover the case as it was when they were opened.
    pub fn are_current(&self) -> bool {
        self.document >= self.now.document
    }

    /// The samples of every document that is kept, in order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn samples(&self) -> Result<Vec<Samples>> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let mut query = self
            .connection
            .prepare_cached("SELECT number, row, size, mark FROM samples ORDER BY number")
            .map_err(failed)?;
        let rows = query
            .query_map([], |row| {
                Ok(Samples { number: row.get(0)?, row: row.get(1)?, size: row.get(2)?, mark: row.get(3)? })
            })
            .map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }

    /// Keeps the samples of a document.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep_samples(&self, samples: &Samples) -> Result<()> {
        let Samples { number, row, size, mark } = samples;
        self.write("INSERT OR REPLACE INTO samples VALUES (?1, ?2, ?3, ?4)", params![number, row, size, mark])
    }

    /// What is kept of a document, as JSON.
    ///
    /// # Errors
    /// When the file cannot be read or has no such document.
    pub fn document(&self, number: u32) -> Result<String> {
        let found = self
            .connection
            .prepare_cached("SELECT told FROM documents WHERE number = ?1")
            .and_then(|mut query| query.query_row([number], |row| row.get(0)));
        found.map_err(|error| self.fault(error))
    }

    /// The same of every document, in order.
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
        self.write("INSERT OR REPLACE INTO documents VALUES (?1, ?2, ?3)", params![number, publisher, told])
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
            .prepare_cached("SELECT DISTINCT publisher FROM documents WHERE publisher IS NOT NULL ORDER BY 1")
            .map_err(failed)?;
        let rows = query.query_map([], |row| row.get(0)).map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }
}
