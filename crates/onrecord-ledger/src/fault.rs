//! What is said when something about a case is not as it should be.

use std::fmt;
use std::path::Path;

/// Why a step on a case could not be taken: where, what, and what to do about it.
#[derive(Debug)]
pub struct Fault {
    /// Where: a file, or an entry of the log.
    pub place: String,
    /// What is the matter, as a clause that goes on from the place: "is empty".
    pub what: String,
    /// What the user can do.
    pub hint: Option<String>,
    /// What sort of fault it is, for a program that goes on from here.
    pub kind: FaultKind,
}

/// The sorts of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// There is no case in this place.
    Absent,
    /// The case was written by a newer program.
    Newer,
    /// Another program has the case.
    Busy,
    /// The disk is full.
    Full,
    /// The folder or the disk may not be written.
    ReadOnly,
    /// The file system does what a case cannot live with.
    Unfit,
    /// What is stored is not what was written.
    Damaged,
    /// What was asked for is not there, or cannot be done.
    Refused,
    /// Reading or writing failed.
    Io,
}

/// The result of a step on a case.
pub type Result<T> = std::result::Result<T, Fault>;

impl Fault {
    /// A fault without advice.
    pub fn new(kind: FaultKind, place: impl Into<String>, what: impl Into<String>) -> Self {
        Fault { place: place.into(), what: what.into(), hint: None, kind }
    }

    /// The same with advice.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What was stored is not what was written.
    pub fn damaged(place: impl Into<String>, what: impl Into<String>) -> Self {
        let hint = "run `onrecord verify` to see all that is wrong, and restore a backup";
        Fault::new(FaultKind::Damaged, place, what).hint(hint)
    }

    /// What was asked for is not there, or cannot be done.
    pub fn refused(place: impl Into<String>, what: impl Into<String>) -> Self {
        Fault::new(FaultKind::Refused, place, what)
    }

    /// A fault of the file system at `path`; `doing` is what was tried, as a participle: "written".
    pub fn io(path: &Path, doing: &str, error: &std::io::Error) -> Self {
        use std::io::ErrorKind as E;
        let place = path.to_string_lossy();
        match error.kind() {
            E::StorageFull | E::QuotaExceeded => full(place),
            E::ReadOnlyFilesystem => {
                Fault::new(FaultKind::ReadOnly, place, "is on a disk that may not be written")
            }
            E::PermissionDenied => {
                let what = format!("cannot be {doing}: permission denied");
                Fault::new(FaultKind::ReadOnly, place, what)
                    .hint("change its permissions, or copy the case to a folder of yours")
            }
            E::NotFound => Fault::new(FaultKind::Io, place, "does not exist"),
            _ => Fault::new(FaultKind::Io, place, format!("cannot be {doing}: {error}")),
        }
    }

    /// A fault of SQLite with the ledger at `path`.
    pub(crate) fn sql(path: &Path, error: &rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as C;
        let place = path.to_string_lossy();
        let Some(code) = error.sqlite_error_code() else {
            return Fault::damaged(place, format!("holds what this program does not understand: {error}"));
        };
        match code {
            C::DatabaseBusy | C::DatabaseLocked => {
                Fault::new(FaultKind::Busy, place, "is in use by another program")
                    .hint("try again when that one is done")
            }
            C::DiskFull => full(place),
            C::ReadOnly => Fault::new(FaultKind::ReadOnly, place, "may not be written")
                .hint("change its permissions, or copy the case to a folder of yours"),
            C::PermissionDenied => {
                Fault::new(FaultKind::ReadOnly, place, "may not be opened: permission denied")
            }
            C::CannotOpen => Fault::new(FaultKind::Io, place, "cannot be opened")
                .hint("see that the folder exists and may be written"),
            C::NotADatabase => Fault::damaged(place, "is not a ledger, or its beginning is destroyed"),
            C::DatabaseCorrupt => Fault::damaged(place, "is damaged"),
            C::FileLockingProtocolFailed => {
                Fault::new(FaultKind::Unfit, place, "is on a file system without locks")
                    .hint("move the case to a disk of this machine")
            }
            C::SystemIoFailure => {
                Fault::new(FaultKind::Io, place, format!("cannot be read or written: {error}"))
                    .hint("what was acknowledged before is kept; see to the disk and run the command again")
            }
            _ => Fault::new(FaultKind::Io, place, format!("cannot be read or written: {error}")),
        }
    }
}

fn full(place: impl Into<String>) -> Fault {
    Fault::new(FaultKind::Full, place, "cannot be written: the disk is full")
        .hint("what was acknowledged before is kept; make room and run the command again")
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.place, self.what)?;
        match &self.hint {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Fault {}
