//! `onrecord names` as its users meet it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

struct Ran {
    code: i32,
    out: String,
    err: String,
}

/// Runs in a directory with one file, so that messages name no machine's paths.
fn run(file: Option<(&str, &[u8])>, arguments: &[&str], input: &[u8]) -> Ran {
    let place = TempDir::new().unwrap();
    if let Some((name, bytes)) = file {
        fs::write(place.path().join(name), bytes).unwrap();
    }
    let output = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .current_dir(place.path())
        .arg("names")
        .args(arguments)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .write_stdin(input)
        .output()
        .unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn lines(jsonl: &str) -> Vec<Value> {
    jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn two_names_are_explained_part_by_part() {
    let ran = run(None, &["Юсуф аль-Таннури", "Yousef al Tannoury", "--schema", "person"], b"");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("same name (0."), "{}", ran.out);
    assert!(ran.out.contains("  + “Юсуф” and “Yousef”"), "{}", ran.out);
    assert!(!ran.out.contains('\u{1b}'));
    let ran = run(None, &["Tamsin Orrin", "Wilma Orrin", "--color", "always"], b"");
    assert!(ran.out.contains("another name") && ran.out.contains("“Tamsin” is not “Wilma”"), "{}", ran.out);
    assert!(ran.out.contains('\u{1b}'));
}

#[test]
fn json_tells_the_same() {
    let ran = run(None, &["--json", "Orrin Trading Ltd", "Orrin Trading Limited"], b"");
    let answer = &lines(&ran.out)[0];
    assert_eq!(answer["same"], true);
    assert_eq!(answer["band"], "same");
    assert_eq!(answer["reasons"][0]["kind"], "equal");
    assert_eq!(answer["reasons"][0]["for"], true);
}

#[test]
fn pairs_come_out_row_by_row_and_a_broken_row_keeps_its_place() {
    let file = "\u{feff}note,schema,name1,name2\n\
                a,Person,Usama Tannoury,Osama Tannuri\n\
                b,Person,Usama Tannoury\n\
                c,Person,,Ilse\n\
                d,Company,\"Orrin, Ltd.\",Brand GmbH\n";
    let mut bytes = file.as_bytes().to_vec();
    bytes.extend(b"e,Person,Il\xffse,Ilse\n");
    let ran = run(Some(("pairs.csv", &bytes)), &["--pairs", "pairs.csv", "--format", "jsonl"], b"");
    assert_eq!(ran.code, 1);
    let rows = lines(&ran.out);
    let same: Vec<&Value> = rows.iter().map(|row| &row["same"]).collect();
    assert_eq!(same, [&Value::Bool(true), &Value::Null, &Value::Null, &Value::Bool(false), &Value::Null]);
    assert!(rows[0]["reasons"][0].is_string());
    assert!(rows[0]["score"].as_f64().unwrap() > 0.9);
    assert_eq!(
        ran.err,
        "onrecord: pairs.csv line 3 has no name2\n\
         onrecord: pairs.csv line 4 its name1 is empty\n\
         onrecord: pairs.csv line 6 its name1 is not UTF-8\n"
    );
    assert_eq!(rows[2]["error"], "its name1 is empty");
}

#[test]
fn standard_input_will_do_and_text_is_a_line_a_row() {
    let ran = run(None, &["--pairs", "-"], b"name1,name2\nIlse Brand,Ilse Brandt\n");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.out.lines().count(), 1);
    assert!(ran.out.contains("“Ilse Brand” and “Ilse Brandt”"), "{}", ran.out);
}

#[test]
fn what_cannot_be_done_is_told() {
    let ran = run(Some(("x.csv", b"left,right\na,b\n")), &["--pairs", "x.csv"], b"");
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("has no columns name1 and name2"), "{}", ran.err);
    assert_eq!(run(None, &["--pairs", "none.csv"], b"").code, 1);
    assert_eq!(run(None, &["Ilse"], b"").code, 2);
    assert_eq!(run(None, &[], b"").code, 2);
    assert_eq!(run(None, &["Ilse", "Brand", "--pairs", "x.csv"], b"").code, 2);
}

#[test]
fn a_cell_of_ten_megabytes_is_survived() {
    let mut file = b"schema,name1,name2\nPerson,".to_vec();
    file.extend(b"Orrin ".repeat(1_700_000));
    file.extend(b",Orrin\n");
    let ran = run(Some(("big.csv", &file)), &["--pairs", "big.csv", "--format", "jsonl"], b"");
    assert_eq!((ran.code, ran.out.lines().count()), (0, 1), "{}", ran.err);
    assert!(ran.out.len() < 20_000);
}
