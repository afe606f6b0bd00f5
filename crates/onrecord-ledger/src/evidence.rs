//! The folder of evidence files: bytes as they came, each named by its SHA-256, written once.
//!
//! A file gets its name only when all its bytes are on the disk, so whatever happens in between, a file that bears a
//! hash has the bytes of that hash.

use crate::fault::{Fault, Result};
use onrecord_record::Sha256;
use sha2::Digest;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// How an unfinished file's name begins.
const UNFINISHED: &str = ".unfinished-";

/// Bytes that are moved at once.
const CHUNK: usize = 1 << 20;

/// The folder. May be used from many threads.
#[derive(Debug)]
pub struct EvidenceFolder {
    folder: PathBuf,
    next: AtomicU64,
}

impl EvidenceFolder {
    pub(crate) fn new(folder: PathBuf) -> Self {
        EvidenceFolder { folder, next: AtomicU64::new(0) }
    }

    /// Makes the folder where it is absent.
    pub(crate) fn create(&self) -> Result<()> {
        if !self.folder.is_dir() {
            fs::create_dir_all(&self.folder).map_err(|error| Fault::io(&self.folder, "made", &error))?;
        }
        Ok(())
    }

    /// Where the file of this hash is, or would be.
    pub fn path(&self, sha256: &Sha256) -> PathBuf {
        self.folder.join(sha256.to_string())
    }

    /// Keeps `bytes`. When this returns, they are on the disk; their name is after the next commit.
    ///
    /// # Errors
    /// When the disk is full or the folder cannot be written.
    pub fn keep(&self, bytes: &[u8]) -> Result<Sha256> {
        let sha256 = Sha256::of(bytes);
        self.keep_from(&mut &bytes[..])?;
        Ok(sha256)
    }

    /// Keeps all that `from` gives, without holding it in memory; its hash and length.
    ///
    /// # Errors
    /// When the disk is full, the folder cannot be written, or `from` cannot be read.
    pub fn keep_from(&self, from: &mut impl Read) -> Result<(Sha256, u64)> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let unfinished = self.folder.join(format!("{UNFINISHED}{}-{number}", std::process::id()));
        let kept = self.write(&unfinished, from);
        if kept.is_err() {
            // The disk may be full; the next writer clears away what is left.
            let _ = fs::remove_file(&unfinished);
        }
        kept
    }

    fn write(&self, unfinished: &Path, from: &mut impl Read) -> Result<(Sha256, u64)> {
        let failed = |error: std::io::Error| Fault::io(unfinished, "written", &error);
        let mut file = File::create(unfinished).map_err(failed)?;
        let mut hasher = sha2::Sha256::new();
        let mut chunk = vec![0; CHUNK];
        let mut length = 0;
        loop {
            let read = match from.read(&mut chunk) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(Fault::io(Path::new("the evidence"), "read", &error)),
            };
            let bytes = chunk.get(..read).unwrap_or_default();
            hasher.update(bytes);
            file.write_all(bytes).map_err(failed)?;
            length += read as u64;
        }
        let mut permissions = file.metadata().map_err(failed)?.permissions();
        permissions.set_readonly(true);
        file.set_permissions(permissions).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        drop(file);
        let sha256 = Sha256(hasher.finalize().into());
        fs::rename(unfinished, self.path(&sha256)).map_err(failed)?;
        Ok((sha256, length))
    }

    /// Makes the names of the files kept so far last.
    pub(crate) fn sync(&self) -> Result<()> {
        sync_folder(&self.folder)
    }

    /// Takes away what a killed program left unfinished. Only while no other program can be writing.
    pub(crate) fn clear_unfinished(&self) -> Result<()> {
        let failed = |error: std::io::Error| Fault::io(&self.folder, "read", &error);
        for entry in fs::read_dir(&self.folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
                fs::remove_file(entry.path()).map_err(|error| Fault::io(&entry.path(), "removed", &error))?;
            }
        }
        Ok(())
    }

    /// The bytes of the file that bears this hash.
    ///
    /// # Errors
    /// When it is gone, cannot be read, or has other bytes.
    pub fn bytes(&self, sha256: &Sha256) -> Result<Vec<u8>> {
        let path = self.path(sha256);
        let bytes = fs::read(&path).map_err(|error| Fault::io(&path, "read", &error))?;
        if Sha256::of(&bytes) == *sha256 {
            Ok(bytes)
        } else {
            Err(Fault::damaged(path.to_string_lossy(), "has other bytes than it came with"))
        }
    }

    /// The hash and length of the file that bears this hash.
    ///
    /// # Errors
    /// When it is gone or cannot be read.
    pub fn measured(&self, sha256: &Sha256) -> Result<(Sha256, u64)> {
        let path = self.path(sha256);
        let failed = |error: std::io::Error| Fault::io(&path, "read", &error);
        let mut file = File::open(&path).map_err(failed)?;
        let mut hasher = sha2::Sha256::new();
        let mut chunk = vec![0; CHUNK];
        let mut length = 0;
        loop {
            match file.read(&mut chunk).map_err(failed)? {
                0 => return Ok((Sha256(hasher.finalize().into()), length)),
                read => {
                    hasher.update(chunk.get(..read).unwrap_or_default());
                    length += read as u64;
                }
            }
        }
    }

    /// The names of the files in the folder that are not unfinished, in order.
    pub(crate) fn names(&self) -> Result<Vec<String>> {
        let failed = |error: std::io::Error| Fault::io(&self.folder, "read", &error);
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
            if !name.starts_with(UNFINISHED) {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }
}

/// Makes what was named in a folder last.
pub(crate) fn sync_folder(folder: &Path) -> Result<()> {
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|error| Fault::io(folder, "synced", &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_kept_under_their_hash_and_cannot_be_written() {
        let place = tempfile::tempdir().unwrap();
        let folder = EvidenceFolder::new(place.path().join("evidence"));
        folder.create().unwrap();
        let sha256 = folder.keep(b"as they came").unwrap();
        assert_eq!(folder.keep(b"as they came").unwrap(), sha256);
        assert_eq!(folder.measured(&sha256).unwrap(), (sha256, 12));
        assert!(fs::metadata(folder.path(&sha256)).unwrap().permissions().readonly());
        fs::write(place.path().join("evidence/.unfinished-1-2"), "half").unwrap();
        assert_eq!(folder.names().unwrap(), [sha256.to_string()]);
        folder.clear_unfinished().unwrap();
        assert_eq!(fs::read_dir(place.path().join("evidence")).unwrap().count(), 1);
    }
}
