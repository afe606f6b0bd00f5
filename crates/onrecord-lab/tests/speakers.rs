//! The gold of who speaks: its form always, and that it fits the texts where they are at hand.

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

use onrecord_lab::gold_data::{DEFAULT_FOLDER, DataFolder, FOLDER_VARIABLE};
use onrecord_lab::nesting::Half;
use onrecord_lab::speakers::{Answer, GoldSpeaker, SourceKind, SpeakerGold};
use onrecord_record::Sha256;
use std::collections::BTreeSet;
use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn gold() -> PathBuf {
    root().join("suite/speakers/gold.jsonl")
}

fn lines() -> Vec<GoldSpeaker> {
    let all = std::fs::read_to_string(gold()).unwrap();
    all.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_line_is_of_the_form_and_stands_once() {
    let mut seen = BTreeSet::new();
    for line in lines() {
        let settled = line.answer != Answer::Unsettled;
        assert_eq!((line.span.is_some(), line.class.is_some()), (settled, settled), "{}", line.doc);
        assert_eq!(line.source.is_empty(), line.kind == SourceKind::Absent, "{}", line.doc);
        assert_eq!(line.text_sha256.len(), 64, "{}", line.doc);
        assert!(!line.content.is_empty(), "{}", line.doc);
        let by_name = Sha256::of(line.doc.as_bytes()).to_string();
        let even = u8::from_str_radix(&by_name[..2], 16).unwrap().is_multiple_of(2);
        assert_eq!(line.half, if even { Half::Choose } else { Half::Report }, "{}", line.doc);
        assert!(seen.insert((line.doc, line.source, line.cue, line.content)));
    }
}

#[test]
fn there_is_enough_of_each_kind() {
    let lines = lines();
    let settled =
        |kind| lines.iter().filter(|line| line.kind == kind && line.answer != Answer::Unsettled).count();
    assert!(settled(SourceKind::Pronoun) >= 110);
    assert!(settled(SourceKind::Description) >= 80);
    assert!(SourceKind::ALL.map(settled).iter().sum::<usize>() >= 220);
    let unnamed = lines.iter().filter(|line| line.answer == Answer::Unnamed).count();
    assert!(unnamed >= 60);
}

#[test]
fn the_gold_fits_the_texts() {
    let folder = std::env::var_os(FOLDER_VARIABLE).map_or_else(|| root().join(DEFAULT_FOLDER), PathBuf::from);
    let data = DataFolder::new(folder);
    if let Err(missing) = data.polnear(onrecord_lab::gold_data::Split::Dev) {
        eprintln!("skipped: {missing}");
        return;
    }
    let read = SpeakerGold::open(&gold(), &data).unwrap();
    let count: usize = read.articles.iter().map(|article| article.speakers.len()).sum();
    assert_eq!(count, lines().len());
}
