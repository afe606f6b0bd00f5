//! `onrecord names --list` and `onrecord read --watch` as their users meet them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const TUNNEL: &str =
    "Tunnel to be dug twice\n\n“We dig it twice,” said Mara Feld, the Iranian transport minister.\n";
const LIST: &str =
    "id,name,type,nationality,birth_date\n1,\"FELD, Mara\",person,Iran,1961\n2,MARA FELD,vessel,,\n";

fn place(files: &[(&str, &[u8])]) -> TempDir {
    let place = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = place.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    place
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn run_in(place: &Path, arguments: &[&str], input: &str) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .current_dir(place)
        .args(arguments)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .write_stdin(input.as_bytes())
        .output()
        .unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn run(place: &TempDir, arguments: &[&str]) -> Ran {
    run_in(place.path(), arguments, "")
}

fn lines(jsonl: &str) -> Vec<Value> {
    jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_bundled_list_is_met_in_both_bands_with_facts_against_a_namesake() {
    let ran = run_in(
        &root(),
        &["read", "--watch", "examples/watchlist.csv", "--json", "--no-text", "examples/harbour/documents"],
        "",
    );
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let found: Vec<Value> = lines(&ran.out).into_iter().filter(|line| line["type"] == "list_match").collect();
    let of =
        |id: &str| found.iter().find(|line| line["id"] == id).unwrap_or_else(|| panic!("{id} was not met"));
    assert_eq!(of("FUEL-0231")["band"], "same");
    assert!(found.iter().any(|line| line["id"] == "FUEL-0231" && line["query"] == "Mikhail Orsanco"));
    assert!(of("FUEL-0231")["proposal"].as_str().unwrap().contains("for a person to confirm"));
    let ship = of("HARB-0012");
    assert_eq!(ship["band"], "possible");
    assert!(ship["against"].as_array().unwrap().contains(&Value::from("a person here, a ship on the list")));
    let most = found.len();
    assert!(most <= 8, "{most} matches: single words and half names alarm");
}

#[test]
fn matches_stand_behind_the_agents_of_their_document() {
    let here = place(&[("tunnel.txt", TUNNEL.as_bytes()), ("list.csv", LIST.as_bytes())]);
    let ran = run(&here, &["read", "--json", "--watch", "list.csv", "tunnel.txt"]);
    let lines = lines(&ran.out);
    assert_eq!(lines[0]["options"]["watch"][0], "list.csv");
    let at = lines.iter().position(|line| line["type"] == "list_match").unwrap();
    assert!(lines[..at].iter().any(|line| line["type"] == "agent" && line["id"] == lines[at]["agent"]));
    assert!(lines[at..].iter().all(|line| line["type"] != "agent"));
    assert_eq!((lines[at]["id"].as_str(), lines[at]["place"].as_str()), (Some("1"), Some("list.csv:2")));
    assert_eq!(lines[at]["reasons"].as_array().unwrap().last().unwrap(), "Iran in both");
    let without = run(&here, &["read", "--json", "tunnel.txt"]);
    let others: Vec<Value> = lines.into_iter().skip(1).filter(|line| line["type"] != "list_match").collect();
    let unwatched: Vec<Value> = self::lines(&without.out).into_iter().skip(1).collect();
    assert_eq!(others, unwatched, "the record itself is the same");
}

#[test]
fn reports_set_proposals_apart() {
    let here = place(&[("tunnel.txt", TUNNEL.as_bytes()), ("list.csv", LIST.as_bytes())]);
    let text = run(&here, &["read", "--watch", "list.csv", "tunnel.txt"]).out;
    assert!(text.contains("~ name on a list"), "{text}");
    assert!(text.contains("Held against the lists: 1 proposal of the program"), "{text}");
    let page = run(&here, &["read", "--watch", "list.csv", "--format", "html", "tunnel.txt"]).out;
    assert!(page.contains("<section class=\"watch\"") && page.contains("<li class=\"same\">"), "{page}");
    assert!(page.contains("name on a list</small>"), "{page}");
    let page = run(&here, &["read", "--format", "html", "tunnel.txt"]).out;
    assert!(!page.contains("<section class=\"watch\""));
}

#[test]
fn each_name_of_a_file_gets_a_line() {
    let ran = run_in(
        &root(),
        &["names", "--list", "examples/watchlist.csv", "--queries", "examples/watchlist-names.csv"],
        "",
    );
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let lines = lines(&ran.out);
    assert_eq!(
        lines.iter().map(|line| line["line"].as_u64().unwrap()).collect::<Vec<_>>(),
        [2, 3, 4, 5, 6, 7, 8]
    );
    let first = |n: usize| &lines[n]["matches"][0];
    assert_eq!((first(0)["id"].as_str(), first(0)["band"].as_str()), (Some("FUEL-0231"), Some("same")));
    assert!(first(0)["reasons"].as_array().unwrap().contains(&Value::from("born 1979 in both")));
    assert_eq!((first(1)["id"].as_str(), first(1)["band"].as_str()), (Some("FUEL-0231"), Some("possible")));
    assert!(
        first(1)["against"].as_array().unwrap().contains(&Value::from("born 1934 here, 1979 on the list"))
    );
    assert_eq!(
        (first(2)["matched_as"].as_str(), first(2)["band"].as_str()),
        (Some("weak"), Some("possible"))
    );
    assert_eq!((first(3)["id"].as_str(), first(3)["band"].as_str()), (Some("FUEL-0231"), Some("same")));
    assert_eq!(
        (first(4)["id"].as_str(), first(4)["facts"]["kind"].as_str()),
        (Some("FUEL-0233"), Some("vessel"))
    );
    assert_eq!((first(5)["id"].as_str(), first(5)["band"].as_str()), (Some("HARB-0013"), Some("same")));
    for found in lines[6]["matches"].as_array().unwrap() {
        assert_eq!(found["band"], "possible", "{found}");
    }
}

#[test]
fn names_may_come_from_standard_input_and_be_drawn_for_people() {
    let here = place(&[("list.csv", LIST.as_bytes())]);
    let arguments = ["names", "--list", "list.csv", "--queries", "-", "--format", "text", "--limit", "1"];
    let ran = run_in(here.path(), &arguments, "Mara Feld\nQuentin Ashgrove\n");
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("Mara Feld\n  ≈ Mara Feld the same name as on the list"), "{}", ran.out);
    assert!(ran.out.ends_with("Quentin Ashgrove – nothing on the lists is like it\n"), "{}", ran.out);
}

#[test]
fn the_output_is_the_same_for_any_number_of_jobs() {
    let names: String = (0..500).map(|n| format!("Mara Feld{}\n", "a".repeat(n % 7))).collect();
    let here = place(&[("list.csv", LIST.as_bytes()), ("names.txt", names.as_bytes())]);
    let with =
        |jobs: &str| run(&here, &["names", "--list", "list.csv", "--queries", "names.txt", "-j", jobs]).out;
    assert_eq!(with("1"), with("4"));
    assert_eq!(with("1").lines().count(), 500);
}

#[test]
fn bad_rows_are_named_and_the_good_ones_used() {
    let mut list = b"name,type\n\"FELD, Mara\",person\n,person\n".to_vec();
    list.extend(b"\"Open,person\n");
    list.extend("x".repeat(10_000_000).into_bytes());
    list.extend(b",person\nNu\0ll Orrin,person\n");
    list.extend("محمد الوادي,person\nМара Фельд,person\n山田太郎,person\nΜάρα Φελντ,person\n".as_bytes());
    list.extend(b"Andr\xe9 P\xe9rier,person\n");
    let here =
        place(&[("list.csv", &list), ("names.txt", "Mara Feld\nAndré Périer\nМара Фельд\n".as_bytes())]);
    let ran = run(&here, &["names", "--list", "list.csv", "--queries", "names.txt", "--limit", "1"]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!(ran.err, @r"
    onrecord: list.csv:3: has no name (left out); write one into the column of names, or remove the row
    onrecord: list.csv:4: opens a quotation mark that is not closed (left out); close it, or write a quotation mark inside a cell twice
    onrecord: list.csv:5: has a cell of 10.0 MB (left out); look whether a quotation mark is missing
    onrecord: list.csv:6: has a name with NUL or other control characters (used without that); the file may be damaged
    onrecord: list.csv: line 11 is not UTF-8 as the others are. It was read as windows-1252.
    ");
    let met: Vec<bool> =
        lines(&ran.out).iter().map(|line| !line["matches"].as_array().unwrap().is_empty()).collect();
    assert_eq!(met, [true, true, true]);
}

#[test]
fn only_the_first_bad_rows_are_named_one_by_one() {
    let list = format!("name,type\nMara Feld,person\n{}", ",person\n".repeat(1_500));
    let here = place(&[("list.csv", list.as_bytes()), ("names.txt", b"Mara Feld\n")]);
    let ran = run(&here, &["names", "-q", "--list", "list.csv", "--queries", "names.txt"]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.err.lines().count(), 21);
    assert!(ran.err.ends_with("onrecord: list.csv: and 1480 more rows with problems\n"), "{}", ran.err);
}

#[test]
fn a_list_that_cannot_be_used_stops_everything() {
    let here = place(&[
        ("tunnel.txt", TUNNEL.as_bytes()),
        ("empty.csv", b"name,type\n"),
        ("no-names.csv", b"a,b\n1,2\n"),
        ("lists/.hidden.csv", LIST.as_bytes()),
    ]);
    for (list, said) in [
        ("absent.csv", "absent.csv does not exist"),
        ("empty.csv", "empty.csv holds no entry that can be used; nothing was held against it"),
        ("no-names.csv", "has no column of names"),
        ("lists", "lists holds no list; looked for .csv"),
    ] {
        let ran = run(&here, &["read", "--watch", list, "tunnel.txt"]);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{list}");
        assert!(ran.err.contains(said), "{list}: {}", ran.err);
    }
}

#[test]
fn the_files_beside_sdn_are_read_with_it() {
    let main = "7,\"FELD, Mara\",\"individual\",\"FUEL\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 1961; nationality Iran.\"\n";
    let here = place(&[
        ("ofac/sdn.csv", main.as_bytes()),
        ("ofac/alt.csv", b"7,1,\"aka\",\"DORN, Wilma\",-0- \n\x1a"),
        ("names.txt", b"Wilma Dorn\n"),
    ]);
    for list in ["ofac/sdn.csv", "ofac"] {
        let ran = run(&here, &["names", "--list", list, "--queries", "names.txt"]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{list}");
        let line = &lines(&ran.out)[0]["matches"][0];
        assert_eq!(
            (line["name"].as_str(), line["matched"].as_str()),
            (Some("FELD, Mara"), Some("DORN, Wilma"))
        );
        assert_eq!(line["facts"]["nationalities"][0], "Iran");
    }
}

#[test]
fn lists_may_be_in_utf_16_and_json_lines() {
    let wide: Vec<u8> = LIST.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let json = "{\"id\":\"x\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Wilma Dorn\"]}}\n";
    let here = place(&[
        ("wide.csv", &wide),
        ("people.ftm.json", json.as_bytes()),
        ("names.jsonl", b"{\"name\":\"Wilma Dorn\"}\n{\"name\":\"Mara Feld\"}\n"),
    ]);
    let arguments = [
        "names",
        "-q",
        "--list",
        "wide.csv",
        "--list",
        "people.ftm.json",
        "--queries",
        "names.jsonl",
        "--limit",
        "1",
    ];
    let ran = run(&here, &arguments);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let lists: Vec<Value> = lines(&ran.out).iter().map(|line| line["matches"][0]["list"].clone()).collect();
    assert_eq!(lists, ["people.ftm.json", "wide.csv"]);
}
