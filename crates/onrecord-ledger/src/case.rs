//! A case that is open: for reading by any number of programs, for writing by one.

use crate::evidence::{EvidenceFolder, sync_folder};
use crate::fault::{Fault, FaultKind, Result};
use crate::index::WordIndex;
use crate::schema;
use rusqlite::{Connection, OpenFlags};
use std::cell::RefCell;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

const LEDGER: &str = "ledger.sqlite";
const EVIDENCE: &str = "evidence";
const LOCK: &str = "lock";
const INDEX: &str = "index";

/// ENOLCK, by which a network folder says that it has no locks, on Linux and on macOS; the standard library has no name
/// for it.
const NO_LOCKS: [i32; 2] = [37, 77];

/// How long SQLite waits for a lock of its own; the file `lock` keeps writers apart before that.
const PATIENCE: Duration = Duration::from_secs(20);

/// A case that is open for reading. It sees what was committed, and never blocks a writer.
#[derive(Debug)]
pub struct Case {
    pub(crate) folder: PathBuf,
    pub(crate) ledger: PathBuf,
    pub(crate) connection: Connection,
    pub(crate) evidence: EvidenceFolder,
    /// The index of words, once it was asked.
    pub(crate) words: RefCell<Option<WordIndex>>,
}

impl Case {
    /// Opens the case in `folder` for reading.
    ///
    /// # Errors
    /// When there is none, or it was written by a newer program, or it cannot be read.
    pub fn open(folder: &Path) -> Result<Case> {
        let ledger = folder.join(LEDGER);
        if !ledger.is_file() {
            return Err(absent(folder));
        }
        let flags =
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let connection = Connection::open_with_flags(&ledger, flags).and_then(|connection| {
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map(|()| connection)
        });
        let connection = match connection {
            Ok(connection) => connection,
            Err(error) if cannot_make_files(&error) => unwritable(&ledger, flags)?,
            Err(error) => return Err(Fault::sql(&ledger, &error)),
        };
        let case = Case::new(folder, ledger, connection)?;
        match schema::version(&case.ledger, &case.connection)? {
            0 => Err(absent(folder)),
            schema::VERSION => Ok(case),
            _ => Err(Fault::refused(folder.to_string_lossy(), "is a case of an older version")
                .hint("any command that writes to it, `onrecord note` for one, brings it up to date")),
        }
    }

    /// Opens the case in `folder` for writing, made if absent; the open file holds the right to write. `waiting` is
    /// called when another program has it, and tells whether to wait for that.
    pub(crate) fn open_to_write(folder: &Path, waiting: impl FnOnce() -> bool) -> Result<(Case, File)> {
        let ledger = folder.join(LEDGER);
        refuse_other_folders(folder, &ledger)?;
        if !folder.is_dir() {
            fs::create_dir_all(folder).map_err(|error| Fault::io(folder, "made", &error))?;
        }
        let lock = lock(&folder.join(LOCK), waiting)?;
        let new = !ledger.is_file();
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection =
            Connection::open_with_flags(&ledger, flags).map_err(|error| Fault::sql(&ledger, &error))?;
        let case = Case::new(folder, ledger, connection)?;
        let version = schema::version(&case.ledger, &case.connection)?;
        case.prepare_to_write()?;
        case.evidence.create()?;
        case.evidence.clear_unfinished()?;
        schema::migrate(&case.ledger, &case.connection, version)?;
        if new {
            sync_folder(folder)?;
            if let Some(parent) = folder.canonicalize().ok().as_deref().and_then(Path::parent) {
                // A folder above that may not be opened is not ours to sync.
                let _ = sync_folder(parent);
            }
        }
        Ok((case, lock))
    }

    fn new(folder: &Path, ledger: PathBuf, connection: Connection) -> Result<Case> {
        let case = Case {
            folder: folder.to_owned(),
            evidence: EvidenceFolder::new(folder.join(EVIDENCE)),
            ledger,
            connection,
            words: RefCell::new(None),
        };
        let set = case.connection.busy_timeout(PATIENCE).and_then(|()| {
            case.connection.execute_batch(
                "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -65536;",
            )
        });
        set.map_err(|error| case.fault(error))?;
        case.connection.set_prepared_statement_cache_capacity(64);
        Ok(case)
    }

    fn prepare_to_write(&self) -> Result<()> {
        // Of a new ledger only: large pages waste less behind texts and records.
        self.connection.execute_batch("PRAGMA page_size = 16384;").map_err(|error| self.fault(error))?;
        let mode: String = self
            .connection
            .query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))
            .map_err(|error| self.fault(error))?;
        if mode != "wal" {
            let what = format!(
                "is on a file system that cannot share memory between programs (journal mode {mode})"
            );
            return Err(Fault::new(FaultKind::Unfit, self.ledger.to_string_lossy(), what)
                .hint("move the case to a disk of this machine"));
        }
        // FULL: a commit returns when the disk has it. The log of writes is folded in when it has 16 MiB.
        self.connection
            .execute_batch("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1024;")
            .map_err(|error| self.fault(error))
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the index of words is.
    pub(crate) fn index_folder(&self) -> PathBuf {
        self.folder.join(INDEX)
    }

    /// Its evidence files.
    pub fn evidence(&self) -> &EvidenceFolder {
        &self.evidence
    }

    pub(crate) fn fault(&self, error: rusqlite::Error) -> Fault {
        Fault::sql(&self.ledger, &error)
    }
}

fn absent(folder: &Path) -> Fault {
    Fault::new(FaultKind::Absent, folder.to_string_lossy(), "holds no case")
        .hint("make one with `onrecord add PATH… --case DIR`")
}

/// A folder that holds other things is no place for a case.
fn refuse_other_folders(folder: &Path, ledger: &Path) -> Result<()> {
    if ledger.is_file() || !folder.exists() {
        return Ok(());
    }
    if !folder.is_dir() {
        return Err(Fault::refused(folder.to_string_lossy(), "is a file, and a case is a folder"));
    }
    let entries = fs::read_dir(folder).map_err(|error| Fault::io(folder, "read", &error))?;
    for entry in entries {
        let name = entry.map_err(|error| Fault::io(folder, "read", &error))?.file_name();
        let name = name.to_string_lossy();
        if ![LOCK, EVIDENCE, INDEX].contains(&&*name) && !name.starts_with(LEDGER) {
            let what = format!("is no case and holds other things (“{name}”)");
            return Err(Fault::refused(folder.to_string_lossy(), what)
                .hint("name a new or an empty folder with --case"));
        }
    }
    Ok(())
}

fn lock(path: &Path, waiting: impl FnOnce() -> bool) -> Result<File> {
    let failed = |error: std::io::Error| {
        let unsupported = error.kind() == std::io::ErrorKind::Unsupported;
        if unsupported || error.raw_os_error().is_some_and(|code| NO_LOCKS.contains(&code)) {
            return Fault::new(FaultKind::Unfit, path.to_string_lossy(), "is on a file system without locks")
                .hint("move the case to a disk of this machine");
        }
        Fault::io(path, "locked", &error)
    };
    let file = File::options().create(true).truncate(false).write(true).open(path);
    let file = file.map_err(|error| Fault::io(path, "written", &error))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            if !waiting() {
                return Err(Fault::new(
                    FaultKind::Busy,
                    path.to_string_lossy(),
                    "is held by another program",
                )
                .hint("try again when that one is done"));
            }
            file.lock().map_err(failed)?;
        }
        Err(TryLockError::Error(error)) => return Err(failed(error)),
    }
    Ok(file)
}

/// Readers of a ledger share a file beside it, which a folder that may not be written does not let them make.
fn cannot_make_files(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{CannotOpen, ReadOnly};
    matches!(error.sqlite_error_code(), Some(CannotOpen | ReadOnly))
}

/// Opens a ledger in a folder that may not be written, where nobody can be writing to it either.
fn unwritable(ledger: &Path, flags: OpenFlags) -> Result<Connection> {
    let log = ledger.with_file_name(format!("{LEDGER}-wal"));
    if fs::metadata(&log).is_ok_and(|found| found.len() > 0) {
        let what = "was not closed by its last writer, and its folder may not be written";
        return Err(Fault::new(FaultKind::ReadOnly, ledger.to_string_lossy(), what)
            .hint("copy the whole case to a folder of yours and open it there"));
    }
    let path = fs::canonicalize(ledger).map_err(|error| Fault::io(ledger, "opened", &error))?;
    let mut address = String::from("file:");
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                address.push(char::from(byte))
            }
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address.push_str("?immutable=1");
    Connection::open_with_flags(address, flags).map_err(|error| Fault::sql(ledger, &error))
}
