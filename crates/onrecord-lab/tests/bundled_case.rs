//! Holds the program to the bundled case: every golden piece and every reference must be there, no figure may fall
//! below its floor, and what the program makes of each document must be what `suite/snapshots/harbour` shows.
//!
//! `ONRECORD_UPDATE=1 cargo test -p onrecord-lab --test bundled_case` writes the listings anew and raises the floors;
//! what it changed is then there to be looked at before it is taken.

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

use onrecord_lab::bundled_case::{BundledCase, Floors, raised, score_case, unresolved_references};
use onrecord_lab::our_reader::our_pipeline;
use onrecord_lab::record_listing::listing;
use onrecord_models::ModelName;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn folder() -> PathBuf {
    root().join("examples/harbour")
}

fn update() -> bool {
    std::env::var_os("ONRECORD_UPDATE").is_some_and(|value| value == "1")
}

#[test]
fn every_golden_piece_is_in_its_text_and_every_reference_resolves() {
    let case = BundledCase::open(&folder()).unwrap();
    let pipeline = our_pipeline(ModelName::Fast).unwrap();
    let (mut texts, mut problems) = (BTreeMap::new(), Vec::new());
    for document in &case.documents {
        let mut taken = pipeline.documents(Some(&document.golden.document), &document.bytes);
        assert_eq!(taken.len(), 1, "{}", document.golden.document);
        let text = taken.remove(0).unwrap().text().to_owned();
        problems.extend(document.golden.spans(&text).err().map(|error| format!("{error:#}")));
        for (place, statement) in document.golden.statements.iter().enumerate() {
            let within = statement.within.unwrap_or(1);
            if within == place + 1 && statement.within.is_some() || within > document.golden.statements.len()
            {
                problems.push(format!("{}, statement {}: within {within}", document.stem, place + 1));
            }
        }
        texts.insert(document.golden.document.clone(), text);
    }
    let file = fs::read_to_string(folder().join("case.toml")).unwrap();
    problems.extend(unresolved_references(&file, &case, &texts).unwrap());
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
    assert!(case.documents.iter().map(|document| document.golden.statements.len()).sum::<usize>() > 300);
}

#[test]
fn no_figure_is_below_its_floor() {
    let case = BundledCase::open(&folder()).unwrap();
    let scores = score_case(&case, &our_pipeline(ModelName::Fast).unwrap()).unwrap();
    let path = folder().join("floor.toml");
    let text = fs::read_to_string(&path).unwrap();
    if update() {
        fs::write(&path, raised(&text, &scores.figures())).unwrap();
    }
    let broken = Floors::parse(&text).unwrap().broken(&scores.figures());
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn the_listings_are_those_of_the_suite() {
    let case = BundledCase::open(&folder()).unwrap();
    let pipeline = our_pipeline(ModelName::Fast).unwrap();
    let shown = root().join("suite/snapshots/harbour");
    let mut differ = Vec::new();
    for document in &case.documents {
        let now = listing(&document.read(&pipeline).unwrap());
        let path = shown.join(format!("{}.txt", document.stem));
        let then = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        if now != then && update() {
            fs::write(&path, &now).unwrap();
        } else if now != then {
            differ.push(format!("{}:\n{}", document.stem, changed_lines(&then, &now)));
        }
    }
    let listed = fs::read_dir(&shown).unwrap().count();
    assert_eq!(listed, case.documents.len(), "listings without a document, or documents without one");
    assert!(
        differ.is_empty(),
        "what the program finds has changed; ONRECORD_UPDATE=1 writes the listings anew\n{}",
        differ.join("\n")
    );
}

/// The lines that only one of the two has.
fn changed_lines(then: &str, now: &str) -> String {
    let only = |of: &str, not_of: &str, sign: &str| -> String {
        let lines = of.lines().filter(|line| !not_of.lines().any(|other| other == *line));
        lines.map(|line| format!("  {sign} {line}\n")).collect()
    };
    only(then, now, "-") + &only(now, then, "+")
}
