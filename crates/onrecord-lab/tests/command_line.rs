//! What the lab's commands print and how they end.

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::Path;

fn lab() -> Command {
    let mut command = Command::cargo_bin("onrecord-lab").unwrap();
    command.env_remove("ONRECORD_DATA");
    command
}

fn lines(path: &Path) -> Vec<Value> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn absent_data_are_named_and_nothing_is_printed() {
    let dir = tempfile::tempdir().unwrap();
    // Several marks of statements are scored at once.
    let marks = ["score", "--act", "--basis", "--mistakes"];
    for command in
        [&["score"][..], &["score", "--human"], &["score", "--gum"], &marks, &["calibrate"], &["speed"]]
    {
        let run = lab().args(command).arg("--data").arg(dir.path()).assert().code(1);
        let said = text_of(&run.get_output().stderr);
        assert!(said.contains(dir.path().to_str().unwrap()) && said.contains("ONRECORD_DATA"), "{said}");
        assert!(run.get_output().stdout.is_empty());
    }
}

#[test]
fn wrong_usage_ends_with_two() {
    lab().args(["score", "--gold", "g.jsonl"]).assert().code(2);
    lab().args(["score", "--split", "test"]).assert().code(2);
    lab().args(["predict", "--in", "x"]).assert().code(2);
    lab().args(["score", "--act", "--gum"]).assert().code(2);
    lab().args(["score", "--gum", "--coref"]).assert().code(2);
    lab().args(["score", "--mistakes"]).assert().code(2);
}

#[test]
fn predict_writes_a_line_for_every_text_file_in_name_order() {
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| fs::write(dir.path().join(name), bytes).unwrap();
    file("b.txt", "Der Hafenmeister sagte, die Brücke sei offen.".as_bytes());
    file("a.v2.txt", "\u{feff}“It is open,” said Mayor Ada Moss. 🙂".as_bytes());
    file("c.txt", b"");
    file("d.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
    file("notes.md", b"no text file");
    let out = dir.path().join("out.jsonl");
    let run = lab().arg("predict").arg("--in").arg(dir.path()).arg("--out").arg(&out).assert().code(1);
    let said = text_of(&run.get_output().stderr);
    assert!(said.contains("d: is a PDF") && said.contains("1 of 4"), "{said}");
    let lines = lines(&out);
    let docs: Vec<&str> = lines.iter().map(|line| line["doc"].as_str().unwrap()).collect();
    assert_eq!(docs, ["a.v2", "b", "c", "d"]);
    for line in &lines[2..] {
        assert_eq!(line["attributions"], Value::Array(Vec::new()));
    }
}

#[test]
fn predicted_offsets_count_the_code_points_of_the_decoded_file() {
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| fs::write(dir.path().join(name), bytes).unwrap();
    let plain = "The café\n\n“It is open,” said Mayor Ada Moss of Orrin. 🙂\n";
    file("a.txt", plain.as_bytes());
    file("b.txt", format!("\u{feff}{plain}").as_bytes());
    file("c.txt", plain.replace('\n', "\r\n").as_bytes());
    // Windows-1252, which has the marks and the é but no smile.
    let old: Vec<u8> = plain
        .chars()
        .filter(|c| *c != '🙂')
        .map(|c| match c {
            '“' => 0x93,
            '”' => 0x94,
            'é' => 0xe9,
            c => u8::try_from(c).unwrap(),
        })
        .collect();
    file("d.txt", &old);
    fs::create_dir(dir.path().join("e.txt")).unwrap();
    let out = dir.path().join("out.jsonl");
    let run = lab().arg("predict").arg("--in").arg(dir.path()).arg("--out").arg(&out).assert().success();
    assert!(text_of(&run.get_output().stderr).contains("d: is not UTF-8"));
    let lines = lines(&out);
    let docs: Vec<&str> = lines.iter().map(|line| line["doc"].as_str().unwrap()).collect();
    assert_eq!(docs, ["a", "b", "c", "d"]);
    let cues: Vec<u64> =
        lines.iter().map(|line| line["attributions"][0]["cue"][0][0].as_u64().unwrap()).collect();
    let said = plain.chars().collect::<String>().split("said").next().unwrap().chars().count() as u64;
    assert_eq!(cues, [said, said + 1, said + 2, said]);
}

#[test]
fn an_empty_folder_gives_an_empty_file() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out.jsonl");
    lab().arg("predict").arg("--in").arg(dir.path()).arg("--out").arg(&out).assert().success();
    assert_eq!(fs::read(&out).unwrap(), b"");
    lab().args(["predict", "--in", "no/such/folder", "--out"]).arg(&out).assert().code(1);
}

#[test]
fn predict_reads_lines_of_texts_in_their_order() {
    let dir = tempfile::tempdir().unwrap();
    let (texts, out) = (dir.path().join("t.jsonl"), dir.path().join("out.jsonl"));
    fs::write(&texts, "{\"doc\":\"z\",\"text\":\"Ann said no.\"}\n{\"doc\":\"a\",\"text\":\"\"}\n").unwrap();
    lab().arg("predict").arg("--in").arg(&texts).arg("--out").arg(&out).assert().success();
    let docs: Vec<Value> = lines(&out).iter().map(|line| line["doc"].clone()).collect();
    assert_eq!(docs, ["z", "a"]);
}

#[test]
fn a_predicted_document_without_gold_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str, line: &str| {
        let path = dir.path().join(name);
        fs::write(&path, line).unwrap();
        path
    };
    let text = file("t", r#"{"doc":"a","text":"Ann said no."}"#);
    let gold =
        file("g", r#"{"doc":"a","attributions":[{"source":[[0,3]],"cue":[[4,8]],"content":[[9,11]]}]}"#);
    let other = file("p", r#"{"doc":"b","attributions":[]}"#);
    let outside = file("o", r#"{"doc":"a","attributions":[{"content":[[9,99]]}]}"#);
    let score = |pred: &Path| {
        let mut command = lab();
        command.arg("score").arg("--text").arg(&text).arg("--gold").arg(&gold).arg("--pred").arg(pred);
        command.assert()
    };
    assert!(text_of(&score(&other).code(1).get_output().stderr).contains("document b has no gold"));
    assert!(text_of(&score(&outside).code(1).get_output().stderr).contains("[9, 99]"));
    let table = text_of(&score(&gold).success().get_output().stdout);
    assert!(table.contains("| strict | 100.0 | 100.0 | 100.0 | 1 / 1 / 1 |"), "{table}");
}

#[test]
fn score_fills_the_place_in_a_page() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("polnear");
    fs::create_dir(&data).unwrap();
    fs::write(data.join("dev.text.jsonl"), r#"{"doc":"a","text":"Ann said no."}"#).unwrap();
    fs::write(data.join("dev.gold.jsonl"), r#"{"doc":"a","attributions":[]}"#).unwrap();
    let page = dir.path().join("page.md");
    fs::write(&page, "# Q\n<!-- table: attribution, fast, dev -->\n<!-- end table -->\n").unwrap();
    let run = lab().arg("score").arg("--data").arg(dir.path()).arg("--write").arg(&page).assert().success();
    let written = fs::read_to_string(&page).unwrap();
    assert!(written.contains(text_of(&run.get_output().stdout).trim_end()), "{written}");
    assert!(written.contains("1 documents, 4 tokens"), "{written}");
}
