//! Cases that earlier versions wrote, kept as they were: each must open, verify and grow in this one.

use super::{Ran, run_with};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The folders under `tests/kept`, one for each version of the format.
fn kept() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kept");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.is_dir());
    cases.sort();
    cases
}

/// A copy to work on: what is kept is never opened.
fn copy(from: &Path) -> TempDir {
    let place = TempDir::new().unwrap();
    let case = place.path().join("onrecord-case");
    fs::create_dir_all(case.join("evidence")).unwrap();
    fs::copy(from.join("ledger.sqlite"), case.join("ledger.sqlite")).unwrap();
    for entry in fs::read_dir(from.join("evidence")).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), case.join("evidence").join(entry.file_name())).unwrap();
    }
    place
}

fn run(place: &TempDir, arguments: &[&str]) -> Ran {
    run_with(place.path(), arguments, b"")
}

#[test]
fn every_version_is_kept() {
    assert_eq!(kept().len() as i64, onrecord::ledger::CASE_VERSION, "a version without a case to try it on");
}

#[test]
fn a_case_of_every_version_is_read_and_goes_forward() {
    for case in kept() {
        let here = copy(&case);
        let root = fs::read_to_string(case.join("root")).unwrap();
        // Any writer takes it to this version.
        let added = run_with(
            here.path(),
            &["add", "-"],
            b"A later text. \xe2\x80\x9cIt goes on,\xe2\x80\x9d said Mara Feld.\n",
        );
        assert_eq!(added.code, 0, "{}: {}", case.display(), added.err);
        let verified = run(&here, &["verify", "--against", root.trim()]);
        assert_eq!(verified.code, 0, "{}: {}", case.display(), verified.err);
        let exported = run(&here, &["export"]).out;
        let before = fs::read_to_string(case.join("export.jsonl")).unwrap();
        assert!(exported.starts_with(&before), "{}: what was read is given back as it was", case.display());
        let people = run(&here, &["log", "--people"]).out;
        assert!(people.contains("ask her again") && !people.contains("DOES NOT FIT"), "{people}");
        assert!(run(&here, &["search", "speaker:Marrant"]).out.contains("Ilse Marrant"));
    }
}

#[test]
fn a_case_of_a_newer_program_is_refused_and_not_changed() {
    for case in kept() {
        let here = copy(&case);
        let ledger = here.path().join("onrecord-case/ledger.sqlite");
        rusqlite::Connection::open(&ledger).unwrap().execute_batch("PRAGMA user_version = 999").unwrap();
        let before = fs::read(&ledger).unwrap();
        for arguments in [
            &["verify"][..],
            &["export"],
            &["search", "x"],
            &["backup", "copy"],
            &["undo", "2", "--reason", "x"],
            &["add", "-"],
        ] {
            let refused = run(&here, arguments);
            assert_eq!(refused.code, 1, "{arguments:?}");
            assert!(refused.err.contains("was written by a newer OnRecord"), "{}", refused.err);
        }
        assert_eq!(fs::read(&ledger).unwrap(), before);
    }
}
