//! A case that is read again, and the program that does it killed.

use super::{lines, place, run, verdict};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[test]
fn reading_again_goes_on_where_it_was_killed() {
    let here = place();
    run(&here, &["add", "in"]);
    let record = lines(&run(&here, &["export"]).out);
    let noted = record.iter().find(|line| line["type"] == "statement").unwrap()["id"].as_str().unwrap();
    run(&here, &["note", noted, "keep this"]);
    let ledger = rusqlite::Connection::open(here.path().join("onrecord-case/ledger.sqlite")).unwrap();
    let again = || -> i64 {
        ledger.query_row("SELECT count(*) FROM readings WHERE maker > 1", [], |row| row.get(0)).unwrap()
    };
    let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .current_dir(here.path())
        .args(["reread", "--model", "accurate", "--jobs", "1", "--batch", "1", "--quiet"])
        .env_remove("ONRECORD_CASE")
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while again() < 3 && begun.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_micros(200));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let done = again();
    assert!((3..42).contains(&done), "{done} documents were read again when it was killed");
    let found = verdict(&here);
    assert_eq!(found["ok"], true, "{found}");
    assert!(!run(&here, &["search", "closed", "--json"]).out.is_empty());

    let resumed = run(&here, &["reread", "--model", "accurate", "--quiet"]);
    assert!(
        resumed.out.contains(&format!("read again  {} documents", 42 - done)),
        "{}{}",
        resumed.out,
        resumed.err
    );
    let read = run(&here, &["read", "in", "--format", "jsonl", "--model", "accurate"]).out;
    assert_eq!(run(&here, &["export"]).out, read, "as if it had been read so from the start");
    assert_eq!(verdict(&here)["ok"], true);
    assert!(run(&here, &["log", "--people"]).out.contains("keep this"));
}
