//! `onrecord read` as its users meet it: what goes in, what comes out on which stream, and how it ends.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const TUNNEL: &str = "Tunnel to be dug twice\n\n“We dig it twice,” said Mara Feld.\n";
const ROPE: &str = "Rope\n\n“I sell rope,” said Pol Renn.\n";

/// A directory to run in, so that messages name no machine's paths.
fn place(files: &[(&str, &str)]) -> TempDir {
    let place = TempDir::new().unwrap();
    for (name, text) in files {
        let path = place.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    place
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn run_with(place: &Path, arguments: &[&str], input: &[u8]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .current_dir(place)
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

fn run(place: &TempDir, arguments: &[&str]) -> Ran {
    run_with(place.path(), arguments, b"")
}

fn documents(jsonl: &str) -> Vec<String> {
    let lines = jsonl.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let documents = lines.filter(|line| line["type"] == "document");
    documents.map(|line| line["path"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn it_says_what_it_is() {
    let here = place(&[]);
    let version = run(&here, &["--version"]);
    assert_eq!(version.out, format!("onrecord {}\n", env!("CARGO_PKG_VERSION")));
    let short = run(&here, &["read", "-h"]);
    insta::assert_snapshot!(short.out, @r#"
Read documents and print who says what in them

Usage: onrecord read [OPTIONS] <PATH>...

Arguments:
  <PATH>...  Files, directories, or - for standard input

Options:
      --format <FORMAT>         How to write the record [default: text] [possible values: text,
                                jsonl, html, brat]
      --json                    Short for --format jsonl
  -o, --output <FILE>           Write here instead of standard output
      --published <YYYY-MM-DD>  The day the documents were published, when it is known better than
                                the documents tell
      --model <NAME>            The model that reads: fast, accurate or thorough [default: fast]
      --min-confidence <N>      Leave out statements whose confidence is below this, 0 to 1
  -j, --jobs <N>                How many documents to read at the same time [default: one for each
                                processor]
      --watch <LIST>            Hold the persons and organisations of the documents against a list
                                of names; may be given several times
      --no-text                 Leave the documents' texts out of the jsonl record
      --max-size <SIZE>         Refuse files, and articles in a .jsonl file, larger than this
                                [default: 20MB]
      --color <WHEN>            When to colour the text report [default: auto] [possible values:
                                auto, always, never]
  -q, --quiet                   No warnings, notes or progress on standard error; failures are still
                                named
  -h, --help                    Print help (see more with '--help')
  -V, --version                 Print version

Examples:
  onrecord read article.txt                          a report for this terminal
  onrecord read articles/ --format html -o who.html  one page to open in a browser
  onrecord read articles/ --format jsonl | jq …      the record, one JSON object a line
  curl -s ADDRESS | onrecord read -                  standard input
  onrecord read note.txt --published 2021-01-12      when the text does not say its day

Exit status:
  0  everything was read
  1  some inputs failed; each has a line on standard error, the others are done
  2  the command line is wrong
"#);
    let long = run(&here, &["read", "--help"]).out;
    for flag in [
        "--format",
        "--json",
        "--output",
        "--published",
        "--model",
        "--min-confidence",
        "--jobs",
        "--no-text",
        "--max-size",
        "--color",
        "--quiet",
    ] {
        assert!(long.contains(flag), "{flag} is in the help");
    }
}

#[test]
fn a_wrong_command_line_ends_with_2_and_data_stays_empty() {
    let here = place(&[("a.txt", TUNNEL), ("b.txt", ROPE)]);
    for wrong in [
        &["read"][..],
        &["read", "a.txt", "--jobs", "0"],
        &["read", "a.txt", "--published", "2021-02-30"],
        &["read", "a.txt", "--model", "crystal-ball"],
        &["read", "a.txt", "--max-size", "big"],
        &["read", "a.txt", "--min-confidence", "1.5"],
        &["read", "a.txt", "--min-confidence", "-0.5"],
        &["read", "a.txt", "--json", "--format", "html"],
        &["read", "a.txt", "b.txt", "--format", "brat"],
        &["read", ".", "--format", "brat"],
    ] {
        let ran = run(&here, wrong);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{wrong:?}");
        assert!(ran.err.starts_with("error: "), "{}", ran.err);
    }
}

#[test]
fn the_record_begins_with_what_made_it() {
    let here = place(&[("a.txt", TUNNEL)]);
    let ran = run(&here, &["read", "a.txt", "--json", "--quiet", "--no-text", "--published", "2021-03"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let header: serde_json::Value = serde_json::from_str(ran.out.lines().next().unwrap()).unwrap();
    assert!(ran.out.starts_with("{\"type\":\"onrecord\",\"schema\":1,\"program\":\""));
    assert_eq!(header["options"], serde_json::json!({"published": "2021-03", "no_text": true}));
    let document: serde_json::Value = serde_json::from_str(ran.out.lines().nth(1).unwrap()).unwrap();
    assert_eq!(document["published"], "2021-03");
    assert!(document.get("text").is_none());
    assert_eq!(
        run(&here, &["read", "a.txt", "--json"]).out,
        run(&here, &["read", "a.txt", "--format", "jsonl"]).out
    );
}

#[test]
fn statements_under_the_floor_are_left_out_and_agents_stay() {
    let text = "“We dig it twice,” said Mara Feld.\n\nPol Renn fears that ropes, some think, are short, in the view of \
                many. Talk of a third tunnel by Ann Vey grew.\n\nThe union denied it, and planned to strike.\n";
    let here = place(&[("a.txt", text)]);
    let lines = |arguments: &[&str]| -> Vec<serde_json::Value> {
        let ran = run(&here, &[&["read", "a.txt", "--json", "--quiet"], arguments].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let of = |lines: &[serde_json::Value], kind: &str| -> Vec<serde_json::Value> {
        lines.iter().filter(|line| line["type"] == kind).cloned().collect()
    };
    let all = lines(&[]);
    let mut sure: Vec<f64> =
        of(&all, "statement").iter().map(|it| it["confidence"].as_f64().unwrap()).collect();
    sure.sort_by(f64::total_cmp);
    let floor = sure[sure.len() / 2];
    assert!(sure[0] < floor, "{sure:?}");
    let kept = lines(&["--min-confidence", &floor.to_string()]);
    let expected = sure.iter().filter(|confidence| **confidence >= floor).count();
    assert_eq!(of(&kept, "statement").len(), expected, "what is as sure as the floor stays");
    assert_eq!(of(&kept, "agent"), of(&all, "agent"));
    assert_eq!(kept[0]["options"], serde_json::json!({"min_confidence": floor}));
    assert_eq!(lines(&["--min-confidence", "0"]), all);
    let said = run(&here, &["read", "a.txt", "--min-confidence", "80%"]).err;
    assert!(said.contains("give a number from 0 to 1, as 0.8"), "{said}");
}

#[test]
fn the_output_is_the_same_for_any_number_of_jobs() {
    let here = place(&[]);
    for n in 0..40 {
        let text = format!(
            "Number {n}\n\n{}",
            format!("“We dig it {n} times,” said Mara Feld.\n\n").repeat(n % 7 + 1)
        );
        fs::write(here.path().join(format!("{n:02}.txt")), text).unwrap();
    }
    let articles: String = (0..90)
        .map(|n| {
            format!("{{\"id\":\"{n}\",\"title\":\"Article {n}\",\"text\":\"“It is {n},” said Ann Vey.\"}}\n")
        })
        .collect();
    fs::write(here.path().join("20b.jsonl"), articles).unwrap();
    for format in ["jsonl", "text", "html"] {
        let one = run(&here, &["read", ".", "--quiet", "--format", format, "--jobs", "1"]);
        let four = run(&here, &["read", ".", "--quiet", "--format", format, "--jobs", "4"]);
        assert_eq!((one.code, one.err.as_str()), (0, ""));
        assert!(one.out == four.out, "{format} differs");
    }
    let one = run(&here, &["read", ".", "--json"]);
    let paths = documents(&one.out);
    assert_eq!(paths.len(), 130);
    assert!(paths.is_sorted(), "in the order of the names");
}

#[test]
fn what_cannot_be_read_has_one_line_each_and_stops_nothing() {
    let here = place(&[("a.txt", TUNNEL), ("b.txt", ROPE), ("empty.txt", ""), ("bare/picture.png", "x")]);
    let ran =
        run(&here, &["read", "a.txt", "gone.txt", "empty.txt", "bare", "-", "b.txt", "--json", "--quiet"]);
    assert_eq!(ran.code, 1);
    assert_eq!(documents(&ran.out), ["a.txt", "b.txt"]);
    insta::assert_snapshot!(ran.err, @r#"
onrecord: gone.txt does not exist
onrecord: empty.txt is empty
onrecord: bare holds no document; looked for .txt .text .md .html .htm .xhtml .jsonl .ndjson
onrecord: standard input is empty
"#);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_opened_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let here = place(&[("a.txt", TUNNEL), ("shut.txt", ROPE), ("z.txt", ROPE)]);
    let shut = here.path().join("shut.txt");
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(&shut).is_ok() {
        return; // The superuser may open anything.
    }
    let ran = run(&here, &["read", ".", "--json", "--quiet"]);
    assert_eq!(ran.code, 1);
    assert_eq!(documents(&ran.out).len(), 2);
    assert_eq!(ran.err, "onrecord: ./shut.txt may not be read: permission denied\n");
}

#[test]
fn standard_input_is_a_document() {
    let here = place(&[]);
    let ran = run_with(here.path(), &["read", "-", "--json", "--quiet"], TUNNEL.as_bytes());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(documents(&ran.out), ["-"]);
    let large = run_with(here.path(), &["read", "-", "--max-size", "10"], TUNNEL.as_bytes());
    assert_eq!((large.code, large.out.as_str()), (1, ""));
    assert_eq!(large.err, "onrecord: standard input is larger than 10 bytes; raise --max-size to read it\n");
}

#[test]
fn a_file_over_the_limit_is_refused_unread() {
    let here = place(&[("a.txt", TUNNEL)]);
    let ran = run(&here, &["read", "a.txt", "--max-size", "50"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert_eq!(
        ran.err,
        "onrecord: a.txt is 63 bytes large, more than 50 bytes; raise --max-size to read it\n"
    );
}

#[cfg(unix)]
#[test]
fn a_directory_is_walked_in_order_without_following_links_in_circles() {
    let here = place(&[
        ("news/b.txt", ROPE),
        ("news/a/c.TXT", TUNNEL),
        ("news/.hidden.txt", ROPE),
        ("news/.git/d.txt", ROPE),
        ("news/e.pdf", "%PDF"),
        ("news/f", ROPE),
        ("elsewhere/g.txt", ROPE),
    ]);
    let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, here.path().join(name)).unwrap();
    link("..", "news/a/loop");
    link("../elsewhere", "news/linked");
    link("../elsewhere/g.txt", "news/g.txt");
    let ran = run(&here, &["read", "news", "--json"]);
    assert_eq!(ran.code, 0);
    assert_eq!(documents(&ran.out), ["news/a/c.TXT", "news/b.txt", "news/g.txt"]);
    assert!(ran.err.ends_with("onrecord: note: 2 files of other kinds were passed over\n"), "{}", ran.err);
    assert_eq!(run(&here, &["read", "news/f", "--json"]).code, 0, "a file named is tried");
}

#[test]
fn colour_comes_only_when_asked_for_or_at_a_terminal() {
    let here = place(&[("a.txt", TUNNEL)]);
    assert!(!run(&here, &["read", "a.txt"]).out.contains('\u{1b}'));
    assert!(!run(&here, &["read", "a.txt", "--color", "never"]).out.contains('\u{1b}'));
    assert!(run(&here, &["read", "a.txt", "--color", "always"]).out.contains('\u{1b}'));
}

#[test]
fn a_file_name_cannot_act_on_the_terminal() {
    let here = place(&[]);
    let ran = run(&here, &["read", "\u{1b}[2Jgone"]);
    assert_eq!(ran.err, "onrecord: ⟨U+001B⟩[2Jgone does not exist\n");
}

#[test]
fn the_output_file_appears_whole_and_is_not_read_as_an_input() {
    let here = place(&[("a.txt", TUNNEL)]);
    for _ in 0..2 {
        let ran = run(&here, &["read", ".", "--quiet", "--format", "html", "--output", "who.html"]);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
        let page = fs::read_to_string(here.path().join("who.html")).unwrap();
        assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"));
        assert_eq!(page.matches("<article").count(), 1);
    }
    let names: Vec<_> = fs::read_dir(here.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    let kept = run(&here, &["read", "gone.txt", "--format", "html", "-o", "who.html"]);
    assert_eq!(kept.code, 1);
    assert!(here.path().join("who.html").exists(), "what was there stays");
    let nowhere = run(&here, &["read", "a.txt", "-o", "no/such/place.txt"]);
    assert_eq!(nowhere.code, 1);
    assert_eq!(nowhere.err.lines().count(), 1, "{}", nowhere.err);
}

#[test]
fn brat_gets_a_directory_it_can_open() {
    let here = place(&[("a.txt", TUNNEL), ("b.txt", ROPE)]);
    let one = run(&here, &["read", "a.txt", "--format", "brat"]);
    assert_eq!(one.code, 0);
    assert!(one.out.starts_with("T1\t"), "{}", one.out);
    let many = run(&here, &["read", "a.txt", "b.txt", "--quiet", "--format", "brat", "--output", "brat"]);
    assert_eq!((many.code, many.out.as_str()), (0, ""));
    let mut kinds: Vec<String> = fs::read_dir(here.path().join("brat"))
        .unwrap()
        .map(|entry| entry.unwrap().path().extension().unwrap().to_string_lossy().into_owned())
        .collect();
    kinds.sort();
    assert_eq!(kinds, ["ann", "ann", "conf", "txt", "txt"]);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::io::Read;
    use std::process::{Command, Stdio};
    let here = place(&[("a.txt", &"“We dig it twice,” said Mara Feld.\n\n".repeat(20_000))]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .current_dir(here.path())
        .args(["read", "a.txt", "--json", "--quiet"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let ended = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
    assert_eq!(ended.status.code(), Some(0));
}
