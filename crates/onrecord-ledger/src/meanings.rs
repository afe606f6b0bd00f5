//! What each passage of a case is about, as rows of numbers beside the ledger.
//!
//! The rows are made from the readings by whoever knows how, and can be made again from them: the folder `meanings/` is no
//! part of what the log vouches for, and may be thrown away. They are kept because making them takes a minute for a large
//! case, and comparing all of them with what is asked some hundredths of a second.

mod files;

use crate::beside::{Extent, may_not_write};
use crate::case::Case;
use crate::fault::{Fault, Result};
use crate::stored::StoredRecord;
use files::{Files, State, VERSION, Written};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// The folder in a case.
const FOLDER: &str = "meanings";

/// Bytes of a place in its file.
const PLACE: usize = 16;

/// Rows that are held in memory at once while all are gone through.
///
/// Half a megabyte: what is read is still in the processor's own memory when it is compared.
const ROWS_AT_ONCE: usize = 4_096;

/// Where a passage stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The document's row.
    pub document: u32,
    /// Which line of its record the statement is, from 0; none where the publication speaks in its own voice.
    pub line: Option<u32>,
    /// Where it begins, in code points of the document's text.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
}

/// A passage with what it is about: as many numbers as all others have.
pub type Row = (Place, Vec<i8>);

/// The rows of a case, up to date with it when they were opened.
#[derive(Debug)]
pub struct Meanings {
    width: usize,
    rows: u64,
    statements: u64,
    unread: u64,
    kept: Kept,
}

#[derive(Debug)]
enum Kept {
    Files {
        places: PathBuf,
        vectors: PathBuf,
    },
    /// Where the folder may not be written.
    Memory {
        places: Vec<Place>,
        vectors: Vec<u8>,
    },
}

impl Case {
    /// The rows of this case, made as far as they are absent: `make` is handed each document that has none yet, with its
    /// row. `maker` names what makes rows, and of which width; rows of another maker are made anew. `progress` hears how many
    /// documents are done.
    ///
    /// # Errors
    /// When the ledger cannot be read, or the rows can be neither read nor made.
    pub fn meanings(
        &self,
        maker: &str,
        width: usize,
        mut make: impl FnMut(u32, &StoredRecord) -> Vec<Row>,
        mut progress: impl FnMut(u64),
    ) -> Result<Meanings> {
        let folder = self.folder.join(FOLDER);
        let files = Files::new(&folder);
        let held = files.lock();
        // What is added meanwhile is left for the next time, whole.
        let _view = self.view()?;
        let now = self.state(maker, width)?;
        let held = match held {
            Ok(lock) => lock,
            Err(error) if may_not_write(&error) => {
                if files.written().is_some_and(|written| written.state == now && files.have(&written)) {
                    return files.open(width);
                }
                return self.meanings_in_memory(width, make, progress);
            }
            Err(error) => return Err(Fault::io(&folder, "written", &error)),
        };
        let written = match files.written().filter(|written| files.have(written)) {
            Some(written) if written.state == now => {
                drop(held);
                return files.open(width);
            }
            Some(written) if self.continues(&written.state, &now)? => Some(written),
            _ => None,
        };
        let mut written = match written {
            Some(written) => written,
            None => {
                files.clear().map_err(|error| Fault::io(&folder, "written", &error))?;
                Written { state: State { extent: Extent::default(), ..now.clone() }, ..Written::default() }
            }
        };
        let failed = |error: std::io::Error| Fault::io(&folder, "written", &error);
        let (statements, unread) = self.counted_after(written.state.extent.document)?;
        let mut out = files.append(&written).map_err(failed)?;
        let mut done = 0;
        self.each_record_after(written.state.extent.document, |row, record| {
            for (place, vector) in make(row, &record) {
                if vector.len() == width {
                    out.push(place, &vector).map_err(failed)?;
                    written.rows += 1;
                }
            }
            done += 1;
            progress(done);
            Ok(())
        })?;
        out.finish().map_err(failed)?;
        written.statements += statements;
        written.unread += unread;
        written.state = now;
        files.write(&written).map_err(failed)?;
        drop(held);
        files.open(width)
    }

    fn meanings_in_memory(
        &self,
        width: usize,
        mut make: impl FnMut(u32, &StoredRecord) -> Vec<Row>,
        mut progress: impl FnMut(u64),
    ) -> Result<Meanings> {
        let (mut places, mut vectors, mut done) = (Vec::new(), Vec::new(), 0);
        self.each_record_after(0, |row, record| {
            for (place, vector) in make(row, &record) {
                if vector.len() == width {
                    places.push(place);
                    vectors.extend(vector.iter().map(|number| number.cast_unsigned()));
                }
            }
            done += 1;
            progress(done);
            Ok(())
        })?;
        let (statements, unread) = self.counted_after(0)?;
        let rows = places.len() as u64;
        Ok(Meanings { width, rows, statements, unread, kept: Kept::Memory { places, vectors } })
    }

    /// What rows of the case as it is would be made from.
    fn state(&self, maker: &str, width: usize) -> Result<State> {
        Ok(State { version: VERSION, maker: maker.to_owned(), width, extent: self.extent()? })
    }

    /// Whether the case has only grown since: no document was erased or read again.
    fn continues(&self, state: &State, now: &State) -> Result<bool> {
        if (state.version, &state.maker, state.width) != (now.version, &now.maker, now.width) {
            return Ok(false);
        }
        self.has_only_grown(&state.extent)
    }

    /// How many statements the documents behind a row have, and how many of these documents are in a language that is not
    /// read.
    fn counted_after(&self, document: i64) -> Result<(u64, u64)> {
        let number = |sql: &str| -> Result<u64> {
            let found: rusqlite::Result<i64> = self.connection.query_row(sql, [document], |row| row.get(0));
            found.map(i64::cast_unsigned).map_err(|error| self.fault(error))
        };
        Ok((
            number("SELECT count(*) FROM statements WHERE document > ?1")?,
            number(
                "SELECT count(*) FROM documents WHERE id > ?1 AND language IS NOT NULL AND language <> 'en'",
            )?,
        ))
    }
}

/// Takes the rows of a case away; they are made again when they are wanted.
pub(crate) fn clear(case: &Path) -> Result<()> {
    let folder = case.join(FOLDER);
    let files = Files::new(&folder);
    if !folder.is_dir() {
        return Ok(());
    }
    let held = files.lock().and_then(|held| files.clear().map(|()| held));
    held.map(drop).map_err(|error| Fault::io(&folder, "erased", &error))
}

impl Meanings {
    /// How many rows there are.
    pub fn len(&self) -> u64 {
        self.rows
    }

    /// How many statements the case has.
    pub fn statements(&self) -> u64 {
        self.statements
    }

    /// How many documents of the case were recorded and not read, because they are in a language that no model reads.
    pub fn unread(&self) -> u64 {
        self.unread
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Goes through all rows on `threads` threads: `weigh` is handed the number of a first row and the rows from there on,
    /// one behind the other without gaps, each number as the byte it is kept as, and gives what it wants kept of them. In the order of the rows.
    ///
    /// # Errors
    /// When the rows cannot be read.
    pub fn weigh<T: Send>(
        &self,
        threads: usize,
        weigh: impl Fn(u64, &[u8]) -> Vec<T> + Sync,
    ) -> Result<Vec<T>> {
        let share = self.rows.div_ceil(threads.max(1) as u64).max(1);
        let parts: Vec<Result<Vec<T>>> = std::thread::scope(|scope| {
            let starts: Vec<u64> =
                (0..self.rows).step_by(usize::try_from(share).unwrap_or(usize::MAX)).collect();
            let run = |start: u64| self.weigh_from(start, (start + share).min(self.rows), &weigh);
            let running: Vec<_> = starts.into_iter().map(|start| scope.spawn(move || run(start))).collect();
            let ended = |part: std::thread::ScopedJoinHandle<'_, Result<Vec<T>>>| {
                part.join().unwrap_or_else(|_| {
                    Err(Fault::damaged("the index of meanings", "cannot be compared".to_owned()))
                })
            };
            running.into_iter().map(ended).collect()
        });
        let mut all = Vec::new();
        for part in parts {
            all.extend(part?);
        }
        Ok(all)
    }

    fn weigh_from<T>(&self, start: u64, end: u64, weigh: &impl Fn(u64, &[u8]) -> Vec<T>) -> Result<Vec<T>> {
        let mut found = Vec::new();
        match &self.kept {
            Kept::Memory { vectors, .. } => {
                let at = |row: u64| usize::try_from(row).unwrap_or(usize::MAX).saturating_mul(self.width);
                found = weigh(start, vectors.get(at(start)..at(end)).unwrap_or_default());
            }
            Kept::Files { vectors, .. } => {
                let failed = |error: std::io::Error| Fault::io(vectors, "read", &error);
                let mut file = File::open(vectors).map_err(failed)?;
                file.seek(SeekFrom::Start(start * self.width as u64)).map_err(failed)?;
                let mut bytes = Vec::new();
                let mut row = start;
                while row < end {
                    let rows = usize::try_from(end - row).unwrap_or(ROWS_AT_ONCE).min(ROWS_AT_ONCE);
                    bytes.resize(rows * self.width, 0);
                    file.read_exact(&mut bytes).map_err(failed)?;
                    found.extend(weigh(row, &bytes));
                    row += rows as u64;
                }
            }
        }
        Ok(found)
    }

    /// Where the passages of these rows stand, in the order given.
    ///
    /// # Errors
    /// When the rows cannot be read.
    pub fn places(&self, rows: &[u64]) -> Result<Vec<Place>> {
        match &self.kept {
            Kept::Memory { places, .. } => {
                Ok(rows.iter().filter_map(|row| places.get(usize::try_from(*row).ok()?).copied()).collect())
            }
            Kept::Files { places, .. } => {
                let failed = |error: std::io::Error| Fault::io(places, "read", &error);
                let mut file = File::open(places).map_err(failed)?;
                let mut found = Vec::with_capacity(rows.len());
                for row in rows {
                    file.seek(SeekFrom::Start(row * PLACE as u64)).map_err(failed)?;
                    let mut bytes = [0; PLACE];
                    file.read_exact(&mut bytes).map_err(failed)?;
                    let number = |at: usize| {
                        bytes[at..at + 4].iter().rev().fold(0, |sum: u32, byte| sum << 8 | u32::from(*byte))
                    };
                    let line = Some(number(4)).filter(|line| *line != u32::MAX);
                    found.push(Place { document: number(0), line, start: number(8), end: number(12) });
                }
                Ok(found)
            }
        }
    }
}
