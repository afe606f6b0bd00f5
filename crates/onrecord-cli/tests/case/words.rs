//! The index of words: whatever happens to it, searches find what the ledger holds.

use super::{Ran, lines, place, run};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const QUERIES: [&str; 8] = [
    "closed",
    "\"is closed\" speaker:vey",
    "har* officials",
    "publisher:\"harbour post\" from:2031-02",
    "act:asserts",
    "Marra Fled",
    "speaker:\"Mara Felld\"",
    "has:silence",
];

/// For each file of the index a program starts for each query: one of each sort is enough.
const FEW: usize = 2;

fn answers(here: &TempDir, case: &str) -> Vec<String> {
    asked(here, case, &QUERIES)
}

fn asked(here: &TempDir, case: &str, queries: &[&str]) -> Vec<String> {
    let ask = |query: &&str| {
        let Ran { code, out, err } =
            run(here, &["search", "--json", "--case", case, "--limit", "60", "--", query]);
        assert!(code == 0 && err.is_empty(), "{query}: {err}");
        out
    };
    queries.iter().map(ask).collect()
}

fn files(index: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(index).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| !file.ends_with("lock"));
    files.sort();
    files
}

#[test]
fn an_index_that_is_gone_broken_behind_or_of_another_case_is_made_anew() {
    let here = place();
    run(&here, &["add", "in"]);
    let whole = answers(&here, "onrecord-case");
    assert!(whole.iter().take(7).all(|answer| !answer.is_empty()), "{whole:?}");
    let index = here.path().join("onrecord-case/index");
    let same = |what: &str| {
        assert_eq!(asked(&here, "onrecord-case", &QUERIES[..FEW]), whole[..FEW], "{what}");
    };

    fs::remove_dir_all(&index).unwrap();
    assert_eq!(answers(&here, "onrecord-case"), whole, "gone");
    for file in files(&index) {
        fs::remove_file(&file).unwrap();
        same(&format!("without {}", file.display()));
    }
    for file in files(&index) {
        let bytes = fs::read(&file).unwrap_or_default();
        fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
        same(&format!("half of {}", file.display()));
    }
    run(&here, &["add", "in/rope.txt", "--case", "other"]);
    for (from, to) in [("other", "onrecord-case"), ("onrecord-case", "other")] {
        let before = answers(&here, to);
        let (from, to_index) = (here.path().join(from).join("index"), here.path().join(to).join("index"));
        fs::remove_dir_all(&to_index).unwrap();
        fs::create_dir(&to_index).unwrap();
        for file in files(&from) {
            fs::copy(&file, to_index.join(file.file_name().unwrap())).unwrap();
        }
        assert_eq!(answers(&here, to), before, "the index of another case");
    }
}

#[test]
fn what_came_since_is_found_and_what_was_read_before_is_not() {
    let here = place();
    run(&here, &["add", "in/rope.txt"]);
    let old = here.path().join("old");
    let index = here.path().join("onrecord-case/index");
    fs::create_dir(&old).unwrap();
    for file in files(&index) {
        fs::copy(&file, old.join(file.file_name().unwrap())).unwrap();
    }
    run(&here, &["add", "in"]);
    run(&here, &["reread", "--model", "accurate", "--quiet"]);
    let whole = answers(&here, "onrecord-case");
    // As a kill before the index was written leaves it.
    fs::remove_dir_all(&index).unwrap();
    fs::rename(&old, &index).unwrap();
    assert_eq!(answers(&here, "onrecord-case"), whole);
    let statements: BTreeSet<String> = lines(&run(&here, &["export"]).out)
        .iter()
        .filter(|line| line["type"] == "statement")
        .map(|line| line["id"].to_string())
        .collect();
    let found = lines(&run(&here, &["search", "--json", "--limit", "1000", "to:2040"]).out);
    let found: BTreeSet<String> =
        found.iter().filter(|line| line["type"] == "statement").map(|line| line["id"].to_string()).collect();
    assert!(found.len() >= 40 && found.is_subset(&statements));
}
