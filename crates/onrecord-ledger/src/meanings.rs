//! What each passage of a case is about, as rows of numbers beside the ledger.
//!
//! The rows are made from the readings by whoever knows how, and can be made again from them: the folder `meanings/` is no
//! part of what the log vouches for, and may be thrown away. They are kept because making them takes a minute for a large
//! case, and comparing all of them with what is asked some hundredths of a second.

use crate::case::Case;
use crate::fault::{Fault, Result};
use crate::stored::StoredRecord;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{BufWriter, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The folder in a case.
const FOLDER: &str = "meanings";

/// Bytes of a place in its file.
const PLACE: usize = 16;

/// Rows that are held in memory at once while all are gone through.
const ROWS_AT_ONCE: usize = 16_384;

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

/// What the files were made from, to see whether they still fit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct State {
    version: u32,
    /// What made the rows.
    maker: String,
    width: usize,
    rows: u64,
    /// The last document's row, and how many there are up to it.
    document: i64,
    documents: i64,
    /// The last reading's row.
    reading: i64,
}

const VERSION: u32 = 1;

/// The rows of a case, up to date with it when they were opened.
#[derive(Debug)]
pub struct Meanings {
    width: usize,
    rows: u64,
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
        vectors: Vec<i8>,
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
        let now = self.state(maker, width)?;
        let files = Files::new(&folder);
        let held = match files.lock() {
            Ok(lock) => lock,
            Err(error) if may_not_write(&error) => {
                if files.state().is_some_and(|state| State { rows: 0, ..state } == now) {
                    return files.open(width);
                }
                return self.meanings_in_memory(width, make, progress);
            }
            Err(error) => return Err(Fault::io(&folder, "written", &error)),
        };
        let mut state = match files.state() {
            Some(state) if self.continues(&state, &now)? && files.have(&state) => state,
            _ => {
                files.clear().map_err(|error| Fault::io(&folder, "written", &error))?;
                State { document: 0, documents: 0, reading: 0, rows: 0, ..now.clone() }
            }
        };
        if (State { rows: 0, ..state.clone() }) != now {
            let failed = |error: std::io::Error| Fault::io(&folder, "written", &error);
            let mut out = files.append(&state).map_err(failed)?;
            let mut done = 0;
            self.each_record_after(state.document, |row, record| {
                for (place, vector) in make(row, &record) {
                    if vector.len() == width {
                        out.push(place, &vector).map_err(failed)?;
                        state.rows += 1;
                    }
                }
                done += 1;
                progress(done);
                Ok(())
            })?;
            out.finish().map_err(failed)?;
            state = State { rows: state.rows, ..now };
            files.write_state(&state).map_err(failed)?;
        }
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
                    vectors.extend_from_slice(&vector);
                }
            }
            done += 1;
            progress(done);
            Ok(())
        })?;
        Ok(Meanings { width, rows: places.len() as u64, kept: Kept::Memory { places, vectors } })
    }

    /// What rows of the case as it is would be made from.
    fn state(&self, maker: &str, width: usize) -> Result<State> {
        let number = |sql: &str| -> Result<i64> {
            self.connection.query_row(sql, [], |row| row.get(0)).map_err(|error| self.fault(error))
        };
        Ok(State {
            version: VERSION,
            maker: maker.to_owned(),
            width,
            rows: 0,
            document: number("SELECT coalesce(max(id), 0) FROM documents")?,
            documents: number("SELECT count(*) FROM documents")?,
            reading: number("SELECT coalesce(max(id), 0) FROM readings")?,
        })
    }

    /// Whether the case has only grown since: no document was erased or read again.
    fn continues(&self, state: &State, now: &State) -> Result<bool> {
        if (state.version, &state.maker, state.width) != (now.version, &now.maker, now.width) {
            return Ok(false);
        }
        let number = |sql: &str, of: [i64; 2]| -> Result<i64> {
            self.connection.query_row(sql, of, |row| row.get(0)).map_err(|error| self.fault(error))
        };
        let documents =
            number("SELECT count(*) FROM documents WHERE id <= ?1 AND ?2 = ?2", [state.document, 0])?;
        let again = number(
            "SELECT count(*) FROM readings WHERE id > ?1 AND document <= ?2",
            [state.reading, state.document],
        )?;
        Ok(documents == state.documents && again == 0)
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

fn may_not_write(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem | ErrorKind::StorageFull
    )
}

struct Files {
    folder: PathBuf,
    places: PathBuf,
    vectors: PathBuf,
    state: PathBuf,
}

struct Appending {
    places: BufWriter<File>,
    vectors: BufWriter<File>,
}

impl Files {
    fn new(folder: &Path) -> Self {
        Files {
            folder: folder.to_owned(),
            places: folder.join("places"),
            vectors: folder.join("meanings"),
            state: folder.join("meanings.json"),
        }
    }

    /// One program makes rows at a time; others wait.
    fn lock(&self) -> std::io::Result<File> {
        fs::create_dir_all(&self.folder)?;
        let file = File::options().create(true).truncate(false).write(true).open(self.folder.join("lock"))?;
        file.lock()?;
        Ok(file)
    }

    fn state(&self) -> Option<State> {
        serde_json::from_slice(&fs::read(&self.state).ok()?).ok()
    }

    fn write_state(&self, state: &State) -> std::io::Result<()> {
        let unfinished = self.folder.join("meanings.json.unfinished");
        let mut file = File::create(&unfinished)?;
        file.write_all(&serde_json::to_vec(state)?)?;
        file.sync_all()?;
        fs::rename(unfinished, &self.state)
    }

    /// Whether the files have all that the state tells of.
    fn have(&self, state: &State) -> bool {
        let length = |path: &Path| fs::metadata(path).map_or(0, |found| found.len());
        length(&self.places) >= state.rows * PLACE as u64
            && length(&self.vectors) >= state.rows * state.width as u64
    }

    fn clear(&self) -> std::io::Result<()> {
        for path in [&self.state, &self.places, &self.vectors] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Open behind the rows that the state tells of; what a killed program left behind those goes.
    fn append(&self, state: &State) -> std::io::Result<Appending> {
        let open = |path: &Path, length: u64| {
            let mut file = File::options().create(true).truncate(false).write(true).open(path)?;
            file.set_len(length)?;
            file.seek(SeekFrom::Start(length))?;
            Ok::<_, std::io::Error>(BufWriter::with_capacity(1 << 20, file))
        };
        Ok(Appending {
            places: open(&self.places, state.rows * PLACE as u64)?,
            vectors: open(&self.vectors, state.rows * state.width as u64)?,
        })
    }

    fn open(self, width: usize) -> Result<Meanings> {
        let state = self.state().ok_or_else(|| {
            Fault::damaged(self.folder.to_string_lossy(), "has no index of meanings".to_owned())
        })?;
        Ok(Meanings {
            width,
            rows: state.rows,
            kept: Kept::Files { places: self.places, vectors: self.vectors },
        })
    }
}

impl Appending {
    fn push(&mut self, place: Place, vector: &[i8]) -> std::io::Result<()> {
        let line = place.line.map_or(u32::MAX, |line| line.min(u32::MAX - 1));
        for number in [place.document, line, place.start, place.end] {
            self.places.write_all(&number.to_le_bytes())?;
        }
        for number in vector {
            self.vectors.write_all(&number.to_le_bytes())?;
        }
        Ok(())
    }

    /// Ends with everything on the disk, so that the state can tell of it.
    fn finish(mut self) -> std::io::Result<()> {
        for file in [&mut self.places, &mut self.vectors] {
            file.flush()?;
            file.get_ref().sync_data()?;
        }
        Ok(())
    }
}

impl Meanings {
    /// How many rows there are.
    pub fn len(&self) -> u64 {
        self.rows
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Goes through all rows on `threads` threads: `weigh` is handed the number of a first row and the rows from there on,
    /// one behind the other without gaps, and gives what it wants kept of them. In the order of the rows.
    ///
    /// # Errors
    /// When the rows cannot be read.
    pub fn weigh<T: Send>(
        &self,
        threads: usize,
        weigh: impl Fn(u64, &[i8]) -> Vec<T> + Sync,
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

    fn weigh_from<T>(&self, start: u64, end: u64, weigh: &impl Fn(u64, &[i8]) -> Vec<T>) -> Result<Vec<T>> {
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
                let (mut bytes, mut numbers) = (Vec::new(), Vec::new());
                let mut row = start;
                while row < end {
                    let rows = usize::try_from(end - row).unwrap_or(ROWS_AT_ONCE).min(ROWS_AT_ONCE);
                    bytes.resize(rows * self.width, 0);
                    file.read_exact(&mut bytes).map_err(failed)?;
                    numbers.clear();
                    numbers.extend(bytes.iter().map(|byte| byte.cast_signed()));
                    found.extend(weigh(row, &numbers));
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
