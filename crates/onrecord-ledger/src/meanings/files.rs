//! The files of the folder `meanings/`, and what they say they were made from.

use super::{Kept, Meanings, PLACE, Place};
use crate::beside::{self, Extent};
use crate::fault::{Fault, Result};
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{BufWriter, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// What the files were made from, to see whether they still fit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) version: u32,
    /// What made the rows.
    pub(super) maker: String,
    pub(super) width: usize,
    #[serde(flatten)]
    pub(super) extent: Extent,
}

/// What is written beside the files.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Written {
    pub(super) state: State,
    pub(super) rows: u64,
    /// Statements of the case as it then was, and documents in a language that is not read: to count them takes longer than to
    /// compare all rows.
    pub(super) statements: u64,
    pub(super) unread: u64,
}

/// What the numbers in [`State`] mean.
pub(super) const VERSION: u32 = 2;

pub(super) struct Files {
    folder: PathBuf,
    places: PathBuf,
    vectors: PathBuf,
    state: PathBuf,
}

pub(super) struct Appending {
    places: BufWriter<File>,
    vectors: BufWriter<File>,
}

impl Files {
    pub(super) fn new(folder: &Path) -> Self {
        Files {
            folder: folder.to_owned(),
            places: folder.join("places"),
            vectors: folder.join("meanings"),
            state: folder.join("meanings.json"),
        }
    }

    /// One program makes rows at a time; others wait.
    pub(super) fn lock(&self) -> std::io::Result<File> {
        beside::lock(&self.folder)
    }

    pub(super) fn written(&self) -> Option<Written> {
        serde_json::from_slice(&fs::read(&self.state).ok()?).ok()
    }

    pub(super) fn write(&self, written: &Written) -> std::io::Result<()> {
        let unfinished = self.folder.join("meanings.json.unfinished");
        let mut file = File::create(&unfinished)?;
        file.write_all(&serde_json::to_vec(written)?)?;
        file.sync_all()?;
        fs::rename(unfinished, &self.state)
    }

    /// Whether the files have all that the state tells of.
    pub(super) fn have(&self, written: &Written) -> bool {
        let length = |path: &Path| fs::metadata(path).map_or(0, |found| found.len());
        length(&self.places) >= written.rows * PLACE as u64
            && length(&self.vectors) >= written.rows * written.state.width as u64
    }

    pub(super) fn clear(&self) -> std::io::Result<()> {
        for path in [&self.state, &self.places, &self.vectors] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Open behind the rows that the state tells of; what a killed program left behind those goes.
    pub(super) fn append(&self, written: &Written) -> std::io::Result<Appending> {
        let open = |path: &Path, length: u64| {
            let mut file = File::options().create(true).truncate(false).write(true).open(path)?;
            file.set_len(length)?;
            file.seek(SeekFrom::Start(length))?;
            Ok::<_, std::io::Error>(BufWriter::with_capacity(1 << 20, file))
        };
        Ok(Appending {
            places: open(&self.places, written.rows * PLACE as u64)?,
            vectors: open(&self.vectors, written.rows * written.state.width as u64)?,
        })
    }

    pub(super) fn open(self, width: usize) -> Result<Meanings> {
        let written = self.written().ok_or_else(|| {
            Fault::damaged(self.folder.to_string_lossy(), "has no index of meanings".to_owned())
        })?;
        Ok(Meanings {
            width,
            rows: written.rows,
            statements: written.statements,
            unread: written.unread,
            kept: Kept::Files { places: self.places, vectors: self.vectors },
        })
    }
}

impl Appending {
    pub(super) fn push(&mut self, place: Place, vector: &[i8]) -> std::io::Result<()> {
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
    pub(super) fn finish(mut self) -> std::io::Result<()> {
        for file in [&mut self.places, &mut self.vectors] {
            file.flush()?;
            file.get_ref().sync_data()?;
        }
        Ok(())
    }
}
