//! Copies, kept beside the ledger as documents come.

use super::run;
use serde_json::json;
use std::fs;
use tempfile::TempDir;

const FOOT: &str = "Write to us at the old customs house on the quay of Korr, or ring the bell at the door of the northern tower, \
    where somebody sits on every day of the week but the first, and ask for the paper of the day.";

/// Articles of three subjects: told first, copied, told under a paper's foot, and with another paper's name.
fn article(number: usize) -> String {
    let of = ["ferry", "bridge", "market"][number % 3];
    let owner = ["Mara Feld", "Tom Orrin", "Ada Brandt"][number % 3];
    let publisher = ["Post", "Herald", "Gazette", "Courier"][number / 3 % 4];
    let body: String = (0..9)
        .map(|i| {
            format!(
                "The keeper of the {of} counted {} barges there, {owner} said in room {i} of the {of}. ",
                i * 7 + 3
            )
        })
        .collect();
    let own: String =
        (0..4).map(|i| format!("Nobody in street {number}{i} had heard of {}. ", number * 31 + i)).collect();
    let text = match number {
        0..3 => format!("{body}\n\n{FOOT}"),
        3..6 => format!("{own}\n\n{FOOT}"),
        6..9 => format!("{own}\n\n{body} So the Post reported.\n\n{FOOT}"),
        9..12 => format!("{body} {own} The Gazette first told of it, according to the Courier."),
        _ => format!("{own}\n\n{FOOT}"),
    };
    let line = json!({ "id": number.to_string(), "title": format!("The {of}, {number}"), "publisher": publisher,
        "published": format!("2031-02-{:02}", number + 1), "text": text });
    format!("{line}\n")
}

fn add(place: &TempDir, numbers: std::ops::Range<usize>) {
    let file = place.path().join(format!("articles-{}.jsonl", numbers.start));
    fs::write(&file, numbers.map(article).collect::<String>()).unwrap();
    let added = run(place, &["add", file.to_str().unwrap(), "--quiet"]);
    assert_eq!(added.code, 0, "{}", added.err);
}

fn copies(place: &TempDir) -> String {
    let ran = run(place, &["copies", "--format", "jsonl"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out
}

#[test]
fn what_is_kept_step_by_step_is_what_is_found_from_nothing() {
    let place = TempDir::new().unwrap();
    let links = place.path().join("onrecord-case/links");
    let mut before = String::new();
    for step in [0..2, 2..3, 3..7, 7..8, 8..11, 11..14, 14..15] {
        add(&place, step.clone());
        let kept = copies(&place);
        assert_eq!(copies(&place), kept, "asked again after {step:?}");
        let aside = place.path().join("aside");
        fs::rename(&links, &aside).unwrap();
        assert_eq!(copies(&place), kept, "from nothing after {step:?}");
        fs::remove_dir_all(&links).unwrap();
        fs::rename(&aside, &links).unwrap();
        before = kept;
    }
    assert!(before.contains("\"kind\":\"copy\"") && before.contains("\"kind\":\"credit\""), "{before}");
    assert!(before.contains("\"relation\":\"not_established\""), "{before}");
    // Another reading, or an erasure, and all is made anew.
    let first: serde_json::Value = serde_json::from_str(before.lines().next().unwrap()).unwrap();
    let erased = first["documents"][1].as_str().unwrap();
    let ran = run(&place, &["redact", erased, "--for-ever", "--reason", "asked by law"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!links.join("links.sqlite").exists());
    let left = copies(&place);
    assert!(!left.contains(erased));
}
