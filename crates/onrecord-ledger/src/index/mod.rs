//! The index of words: a folder beside the ledger from which common words are answered as fast as rare ones.
//!
//! It is made from the ledger and never a source of truth. It tells how far into the log it goes, and by the commitment of
//! the entry it ends with, which holds a salt and so stands in no other log, whose log that is. Whoever searches holds it to
//! the ledger first: what is lacking is added, and what is broken, of another log, or from before an erasure is made anew.
//! So a kill, a copy by hand or a restored backup need no care, and a reader finds all that was committed. One program at a
//! time writes it, which is not the right to write to the case; where the folder may not be written and the index is not
//! up to date, one is made among the system's temporary files for as long as the case is open.

mod best;
mod directory;
mod fields;
mod filling;
pub(crate) mod folding;

pub(crate) use best::{Sort, best};
pub(crate) use fields::{Fields, IS_DOCUMENT, IS_STATEMENT};

use crate::case::Case;
use crate::fault::{Fault, FaultKind, Result};
use directory::IndexDirectory;
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use std::cell::Ref;
use std::fmt;
use std::fs::{self, File};
use std::path::Path;
use tantivy::{Index, IndexReader, ReloadPolicy, Searcher, TantivyError};
use tempfile::TempDir;

/// What the index holds and how; an index with another number is made anew.
const FORMAT: u32 = 1;

/// The file in the index's folder that is locked by whoever writes it.
const LOCK: &str = "lock";

/// How far into the log an index goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reach {
    format: u32,
    /// Entries of the log.
    size: i64,
    /// The commitment of the last of them.
    commitment: String,
    /// The highest row of the table of names.
    names: i64,
}

/// The index, open to be asked.
pub(crate) struct WordIndex {
    pub(crate) fields: Fields,
    pub(crate) searcher: Searcher,
    reach: Reach,
    /// Where it is, if not in the case; taken away with it.
    _temporary: Option<TempDir>,
}

impl fmt::Debug for WordIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WordIndex").field("reach", &self.reach).finish_non_exhaustive()
    }
}

impl WordIndex {
    fn open(folder: &Path) -> tantivy::Result<WordIndex> {
        let (index, reach) = open(folder)?;
        let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher = reader.searcher();
        if reach_of(&index)? != reach {
            return Err(TantivyError::InternalError("it went on while it was opened".into()));
        }
        Ok(WordIndex { fields: Fields::new(), searcher, reach, _temporary: None })
    }
}

/// The index in a folder, if it is one that this program can go on from.
fn open(folder: &Path) -> tantivy::Result<(Index, Reach)> {
    let index = Index::open(IndexDirectory::open(folder)?)?;
    let reach = reach_of(&index)?;
    if reach.format != FORMAT || index.schema() != Fields::new().schema {
        return Err(TantivyError::SchemaError("it holds something else".into()));
    }
    Fields::prepare(&index);
    Ok((index, reach))
}

fn reach_of(index: &Index) -> tantivy::Result<Reach> {
    let payload = index.load_metas()?.payload.unwrap_or_default();
    serde_json::from_str(&payload).map_err(|error| TantivyError::InternalError(error.to_string()))
}

/// Ends the view of the ledger that all of one search goes by.
pub(crate) struct View<'c>(&'c rusqlite::Connection);

impl Drop for View<'_> {
    fn drop(&mut self) {
        // Nothing was written, so nothing is lost if there is nothing to end.
        let _ = self.0.execute_batch("COMMIT");
    }
}

impl Case {
    /// Asks the index, brought up to date with the ledger; both stay as they are while `ask` goes on.
    pub(crate) fn asking_words<T>(&self, ask: impl FnOnce(&WordIndex) -> Result<T>) -> Result<T> {
        let view = self.view()?;
        if self.has_words(&self.reach()?) {
            return ask(&*self.open_words()?);
        }
        drop(view);
        let (_view, words) = match self.fill_in_case() {
            Ok(filled) => filled,
            Err(fault) => {
                let Ok(elsewhere) = TempDir::new() else { return Err(fault) };
                let view = self.view()?;
                let words = self.filled(elsewhere.path(), None, &self.reach()?)?;
                (view, WordIndex { _temporary: Some(elsewhere), ..words })
            }
        };
        self.words.replace(Some(words));
        ask(&*self.open_words()?)
    }

    /// Brings the index up to date with the ledger, so that the next search finds it so.
    ///
    /// # Errors
    /// When the ledger cannot be read or the index cannot be written. Nothing is lost by it: whoever searches tries again.
    pub fn index_words(&self) -> Result<()> {
        let view = self.view()?;
        let current = self.has_words(&self.reach()?);
        drop(view);
        if !current {
            let (_view, words) = self.fill_in_case()?;
            self.words.replace(Some(words));
        }
        Ok(())
    }

    /// Begins a view of the ledger.
    pub(crate) fn view(&self) -> Result<View<'_>> {
        self.connection.execute_batch("BEGIN").map_err(|error| self.fault(error))?;
        Ok(View(&self.connection))
    }

    /// Fills the index that is in the case; the view begins when nobody else can write it any more, so that it is not older
    /// than an erasure that took the index away.
    fn fill_in_case(&self) -> Result<(View<'_>, WordIndex)> {
        let folder = self.index_folder();
        let _lock = lock_index(&folder)?;
        let view = self.view()?;
        let words = self.filled(&folder, open(&folder).ok(), &self.reach()?)?;
        Ok((view, words))
    }

    /// Whether the index is open, or opens, and goes exactly as far as the ledger.
    fn has_words(&self, ledger: &Reach) -> bool {
        if self.words.borrow().as_ref().is_some_and(|words| words.reach == *ledger) {
            return true;
        }
        self.words.replace(None);
        match WordIndex::open(&self.index_folder()) {
            Ok(words) if words.reach == *ledger => {
                self.words.replace(Some(words));
                true
            }
            _ => false,
        }
    }

    fn open_words(&self) -> Result<Ref<'_, WordIndex>> {
        let unopened = || Fault::refused(self.folder.to_string_lossy(), "has no index of words");
        Ref::filter_map(self.words.borrow(), Option::as_ref).map_err(|_| unopened())
    }

    /// How far the ledger goes.
    fn reach(&self) -> Result<Reach> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let last = self
            .connection
            .prepare_cached("SELECT number, commitment FROM entries ORDER BY number DESC LIMIT 1")
            .and_then(|mut query| {
                query.query_row([], |row| Ok((row.get(0)?, row.get::<_, [u8; 32]>(1)?))).optional()
            })
            .map_err(failed)?;
        let names: i64 = self
            .connection
            .prepare_cached("SELECT coalesce(max(id), 0) FROM names")
            .and_then(|mut query| query.query_row([], |row| row.get(0)))
            .map_err(failed)?;
        let (size, commitment) = last.map_or((0, String::new()), |(size, commitment)| {
            (size, onrecord_record::Sha256(commitment).to_string())
        });
        Ok(Reach { format: FORMAT, size, commitment, names })
    }

    /// The index in `folder`, from what is `begun` or anew, as far as the ledger goes.
    fn filled(&self, folder: &Path, begun: Option<(Index, Reach)>, ledger: &Reach) -> Result<WordIndex> {
        let failed = |error: TantivyError| index_fault(folder, &error);
        let goes_on = match &begun {
            Some((_, reach)) => self.goes_on_from(reach)?,
            None => false,
        };
        let done = match begun {
            Some((_, reach)) if reach == *ledger => Ok(()),
            Some((index, reach)) if goes_on => self.fill_index(&index, &reach, ledger),
            _ => {
                clear(folder)?;
                let directory =
                    IndexDirectory::open(folder).map_err(|error| failed(TantivyError::from(error)))?;
                let index =
                    Index::create(directory, Fields::new().schema, Default::default()).map_err(failed)?;
                Fields::prepare(&index);
                self.fill_index(&index, &Reach::default(), ledger)
            }
        };
        done?;
        WordIndex::open(folder).map_err(failed)
    }

    /// Whether the log began with what an index holds, and nothing was erased since.
    fn goes_on_from(&self, reach: &Reach) -> Result<bool> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let commitment: Option<[u8; 32]> = self
            .connection
            .prepare_cached("SELECT commitment FROM entries WHERE number = ?1")
            .and_then(|mut query| query.query_row([reach.size], |row| row.get(0)).optional())
            .map_err(failed)?;
        if commitment.map(|it| onrecord_record::Sha256(it).to_string()) != Some(reach.commitment.clone()) {
            return Ok(false);
        }
        let erased: i64 = self
            .connection
            .prepare_cached("SELECT count(*) FROM entries WHERE kind = 'redaction' AND number > ?1")
            .and_then(|mut query| query.query_row([reach.size], |row| row.get(0)))
            .map_err(failed)?;
        Ok(erased == 0)
    }

    /// Takes the index away, for good: it holds words of what is to be erased. Nobody makes it anew while the lock that
    /// comes back is held.
    pub(crate) fn take_index_away(&self) -> Result<File> {
        self.words.replace(None);
        let folder = self.index_folder();
        let lock = lock_index(&folder)?;
        clear(&folder)?;
        Ok(lock)
    }
}

/// Waits until nobody else writes the index in `folder`, which is made if absent.
fn lock_index(folder: &Path) -> Result<File> {
    let failed = |error: std::io::Error| Fault::io(folder, "written", &error);
    fs::create_dir_all(folder).map_err(failed)?;
    let file = File::options().create(true).truncate(false).write(true).open(folder.join(LOCK));
    let file = file.map_err(failed)?;
    file.lock().map_err(failed)?;
    Ok(file)
}

/// Takes away all that is in the folder of an index.
fn clear(folder: &Path) -> Result<()> {
    let failed = |error: std::io::Error| Fault::io(folder, "cleared", &error);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if entry.file_name() != LOCK {
            fs::remove_file(entry.path()).map_err(failed)?;
        }
    }
    Ok(())
}

fn index_fault(folder: &Path, error: &TantivyError) -> Fault {
    match error {
        TantivyError::IoError(error) => Fault::io(folder, "written", error),
        error => Fault::new(FaultKind::Io, folder.to_string_lossy(), format!("cannot be written: {error}"))
            .hint("take the folder away; it is made anew from the ledger"),
    }
}
