//! The scorer's numbers are those of the Python scorer that the trial figures were measured with.

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

use assert_cmd::Command;
use serde_json::Value;
use std::path::PathBuf;

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/attribution_score").join(name)
}

fn printed_by_python(name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(fixture(name)).unwrap()).unwrap()
}

fn printed_by_us(options: &[(&str, &str)], flags: &[&str]) -> Value {
    let mut command = Command::cargo_bin("onrecord-lab").unwrap();
    command.arg("score").arg("--json").args(flags);
    for (option, file) in options {
        command.arg(option).arg(fixture(file));
    }
    serde_json::from_slice(&command.assert().success().get_output().stdout).unwrap()
}

/// Every number by its path.
fn numbers(value: &Value, path: &str, out: &mut Vec<(String, f64)>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, field)| numbers(field, &format!("{path}/{name}"), out));
        }
        other => out.push((path.to_owned(), other.as_f64().unwrap())),
    }
}

fn assert_equal(python: &Value, ours: &Value, at_least: usize) {
    let (mut expected, mut found) = (Vec::new(), Vec::new());
    numbers(python, "", &mut expected);
    numbers(ours, "", &mut found);
    expected.sort_by(|a, b| a.0.cmp(&b.0));
    found.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(expected.len() >= at_least, "only {} numbers", expected.len());
    let names = |list: &[(String, f64)]| list.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&expected), names(&found));
    for ((name, expected), (_, found)) in expected.iter().zip(&found) {
        assert!((expected - found).abs() < 1e-9, "{name}: Python {expected}, ours {found}");
    }
}

#[test]
fn of_predictions_against_gold() {
    let options = [("--gold", "gold.jsonl"), ("--text", "text.jsonl"), ("--pred", "pred.jsonl")];
    assert_equal(&printed_by_python("pred.scores.json"), &printed_by_us(&options, &[]), 80);
}

#[test]
fn of_annotators_against_each_other() {
    let options = [("--text", "text.jsonl"), ("--multi", "annotators.jsonl")];
    assert_equal(&printed_by_python("annotators.scores.json"), &printed_by_us(&options, &["--human"]), 80);
}
