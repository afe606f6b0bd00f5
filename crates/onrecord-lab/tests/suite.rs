//! Holds the program to the readable cases of `suite/*.md`.
//!
//! A case known to be wrong must still be wrong, in the way the page shows: once it comes out right, this test fails
//! until somebody moves it up. `ONRECORD_UPDATE=1 cargo test -p onrecord-lab --test suite` writes what comes of the
//! known wrong ones anew.

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

use onrecord::Record;
use onrecord_lab::our_reader::our_pipeline;
use onrecord_lab::record_listing::{agent_lines, attribution_lines, intake_lines, speaker_lines, time_lines};
use onrecord_lab::suite_page::{suite_cases, with_actual};
use onrecord_models::ModelName;
use std::fs;
use std::path::PathBuf;

/// Reads every case of a page and compares what `lines` shows of it.
fn hold(page_name: &str, at_least: usize, lines: fn(&Record) -> Vec<String>) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../suite").join(page_name);
    let page = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let cases = suite_cases(&page).unwrap();
    assert!(cases.len() >= at_least, "{page_name} has only {} cases", cases.len());
    let pipeline = our_pipeline(ModelName::Fast).unwrap();
    let update = std::env::var_os("ONRECORD_UPDATE").is_some_and(|value| value == "1");
    let (mut wrong, mut all) = (Vec::new(), Vec::new());
    for case in &cases {
        let outcomes = pipeline.read_bytes(Some(&case.file), case.input.as_bytes());
        let found: Vec<String> = outcomes.into_iter().flat_map(|outcome| lines(&outcome.unwrap())).collect();
        let shown = format!("  found:\n    {}", found.join("\n    "));
        match &case.actual {
            None if found != case.expected => {
                let expected = case.expected.join("\n    ");
                wrong.push(format!("{}\n  expected:\n    {expected}\n{shown}", case.name));
            }
            Some(_) if found == case.expected => {
                wrong.push(format!("{} is right now: move it out of “Known wrong”", case.name));
            }
            Some(actual) if found != *actual && !update => {
                wrong.push(format!(
                    "{} is wrong in another way; ONRECORD_UPDATE=1 writes it down\n{shown}",
                    case.name
                ));
            }
            _ => {}
        }
        all.push(found);
    }
    if update {
        fs::write(&path, with_actual(&page, &cases, &all)).unwrap();
    }
    assert!(wrong.is_empty(), "{page_name}\n{}", wrong.join("\n"));
}

#[test]
fn attributions() {
    hold("attribution.md", 20, attribution_lines);
}

#[test]
fn speakers() {
    hold("speakers.md", 8, speaker_lines);
}

#[test]
fn agents() {
    hold("agents.md", 40, agent_lines);
}

#[test]
fn times() {
    hold("time.md", 15, time_lines);
}

#[test]
fn intake() {
    hold("intake.md", 6, intake_lines);
}
