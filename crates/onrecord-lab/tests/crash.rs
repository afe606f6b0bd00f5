//! A short form of `onrecord-lab crash`. The full one is run by hand; its figures are in suite/RELIABILITY.md.

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

use onrecord_lab::crash::{Bench, edits, faults, kills, strace_is_here, syncs};
use std::path::{Path, PathBuf};

/// The program under test, where it was built: its crate is no library, so nothing but its own tests waits for it.
fn bench(most: usize) -> Option<Bench> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let lab = PathBuf::from(env!("CARGO_BIN_EXE_onrecord-lab"));
    let program = lab.with_file_name("onrecord");
    program
        .is_file()
        .then(|| Bench::new(&program, &root.join("examples/harbour/documents"), most, 1).unwrap())
}

#[test]
fn what_is_killed_is_whole_and_can_be_resumed() {
    let Some(bench) = bench(6) else { return };
    let done = kills(&bench, 6, 7).unwrap();
    assert_eq!(done.damage, Vec::<String>::new());
}

#[test]
fn nothing_is_acknowledged_before_the_disk_has_it() {
    let Some(bench) = bench(2).filter(|_| strace_is_here()) else { return };
    let done = syncs(&bench).unwrap();
    assert_eq!(done.early, Vec::<String>::new());
    assert!(done.acknowledgements > 0 && done.early_when_careless > 0, "{done:?}");
}

#[test]
fn what_is_edited_is_found() {
    let Some(bench) = bench(3) else { return };
    let done = edits(&bench, 60, 7).unwrap();
    assert_eq!(done.missed, Vec::<String>::new());
    assert!(done.rewritten_is_sound && done.rewritten_is_seen);
}

#[test]
fn calls_that_fail_are_told_and_harm_nothing() {
    let Some(bench) = bench(1).filter(|_| strace_is_here()) else { return };
    // The first call of each sort and few others; in full it is every one.
    let done = faults(&bench, 150).unwrap();
    assert_eq!((done.damage, done.silent), (Vec::new(), Vec::<String>::new()));
    assert!(done.told > 0 && done.killed > 0, "{:?}", done.rounds);
}
