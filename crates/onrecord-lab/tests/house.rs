//! The house rules that a compiler does not check: which crate may know which, and what stays out of the lower ones.

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every crate of the workspace and the crates of ours it may depend on. New crates take their place here.
const MAY_KNOW: [(&str, &[&str]); 9] = [
    ("onrecord-record", &[]),
    ("onrecord-models", &[]),
    ("onrecord-intake", &["onrecord-record"]),
    ("onrecord-reading", &["onrecord-record", "onrecord-models"]),
    ("onrecord-linking", &["onrecord-record", "onrecord-models", "onrecord-reading"]),
    ("onrecord-ledger", &["onrecord-record", "onrecord-reading", "onrecord-linking"]),
    (
        "onrecord",
        &[
            "onrecord-record",
            "onrecord-models",
            "onrecord-intake",
            "onrecord-reading",
            "onrecord-linking",
            "onrecord-ledger",
        ],
    ),
    ("onrecord-cli", LIBRARIES),
    ("onrecord-lab", LIBRARIES),
];

const LIBRARIES: &[&str] = &[
    "onrecord-record",
    "onrecord-models",
    "onrecord-intake",
    "onrecord-reading",
    "onrecord-linking",
    "onrecord-ledger",
    "onrecord",
];

/// The crates that are planned and may be absent.
const PLANNED: [&str; 0] = [];

/// Crates that must not know files, network or clock.
const PURE: [&str; 5] =
    ["onrecord-record", "onrecord-models", "onrecord-intake", "onrecord-reading", "onrecord-linking"];

/// The only crates that know the command line.
const COMMAND_LINES: [&str; 2] = ["onrecord-cli", "onrecord-lab"];

const LONGEST_FILE: usize = 600;

/// Names that say nothing about what a module holds.
const EMPTY_NAMES: [&str; 4] = ["utils", "helpers", "common", "manager"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

struct Crate {
    name: String,
    folder: PathBuf,
    /// Of all sorts: normal, for tests, for building, for one platform.
    dependencies: Vec<String>,
}

fn crates() -> Vec<Crate> {
    let mut crates: Vec<Crate> = fs::read_dir(root().join("crates"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|folder| folder.join("Cargo.toml").is_file())
        .map(|folder| {
            let manifest: toml::Table =
                fs::read_to_string(folder.join("Cargo.toml")).unwrap().parse().unwrap();
            let name = manifest["package"]["name"].as_str().unwrap().to_owned();
            let mut dependencies = Vec::new();
            collect_dependencies(&manifest, &mut dependencies);
            Crate { name, folder, dependencies }
        })
        .collect();
    crates.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(crates.len() >= MAY_KNOW.len() - PLANNED.len(), "crates were not found");
    crates
}

/// The keys of every table whose name ends in "dependencies", renamed packages by their own name.
fn collect_dependencies(table: &toml::Table, out: &mut Vec<String>) {
    for (key, value) in table {
        let Some(inner) = value.as_table() else { continue };
        if key.ends_with("dependencies") {
            out.extend(inner.iter().map(|(name, value)| {
                let renamed = value.get("package").and_then(toml::Value::as_str);
                renamed.unwrap_or(name).to_owned()
            }));
        } else {
            collect_dependencies(inner, out);
        }
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let mut folders = vec![folder.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                out.push(path);
            }
        }
    }
    out.sort();
    assert!(!out.is_empty(), "{} has no sources", folder.display());
    out
}

/// Rust source without comments and without what stands between quotation marks.
fn code_only(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let skipped = match c {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => block_comment(rest),
            'r' if !out.ends_with(|c: char| c.is_alphanumeric() || c == '_') => raw_string(rest).unwrap_or(0),
            '"' => string(rest),
            '\'' => character(rest).unwrap_or(0),
            _ => 0,
        };
        if skipped == 0 {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            out.push(' ');
            rest = &rest[skipped..];
        }
    }
    out
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        match &rest.as_bytes()[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] if depth == 1 => return at + 2,
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    rest.len()
}

fn raw_string(rest: &str) -> Option<usize> {
    let hashes = rest[1..].bytes().take_while(|byte| *byte == b'#').count();
    let inner = rest[1 + hashes..].strip_prefix('"')?;
    let closing = format!("\"{}", "#".repeat(hashes));
    Some(inner.find(&closing).map_or(rest.len(), |at| 2 + hashes + at + closing.len()))
}

fn string(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// A character literal; a lifetime is none.
fn character(rest: &str) -> Option<usize> {
    let mut chars = rest.char_indices().skip(1);
    let (_, first) = chars.next()?;
    if first == '\\' {
        let (_, _) = chars.next()?;
        return rest[3..].find('\'').map(|at| at + 4);
    }
    chars.next().filter(|(_, c)| *c == '\'').map(|(at, _)| at + 1)
}

/// What `code` uses of the standard library's files, network and wall clock.
fn outside_world(code: &str) -> Vec<&'static str> {
    let packed: String = code.split_whitespace().collect::<Vec<_>>().join(" ").replace(" :: ", "::");
    let mut found = Vec::new();
    for (path, grouped) in [("std::fs", "fs"), ("std::net", "net"), ("std::time::SystemTime", "SystemTime")] {
        let named = words_match(&packed, path);
        if named || use_groups(&packed).any(|group| words_match(group, grouped)) {
            found.push(path);
        }
    }
    if !found.contains(&"std::time::SystemTime") && words_match(&packed, "SystemTime") {
        found.push("std::time::SystemTime");
    }
    found
}

/// The contents of `use std::{…};`.
fn use_groups(packed: &str) -> impl Iterator<Item = &str> {
    packed.split("use std::{").skip(1).map(|rest| rest.split(';').next().unwrap_or_default())
}

fn words_match(text: &str, words: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(words).any(|(at, _)| {
        !is_word(text[..at].chars().next_back()) && !is_word(text[at + words.len()..].chars().next())
    })
}

#[test]
fn dependencies_run_one_way() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_KNOW.into_iter().collect();
    for Crate { name, dependencies, .. } in crates() {
        let Some(may_know) = allowed.get(name.as_str()) else {
            panic!("the crate {name} has no place in the house; give it one in MAY_KNOW");
        };
        for dependency in dependencies.iter().filter(|dependency| dependency.starts_with("onrecord")) {
            assert!(may_know.contains(&dependency.as_str()), "{name} must not know {dependency}");
        }
    }
}

#[test]
fn every_crate_of_the_plan_exists() {
    let present = crates();
    for (name, _) in MAY_KNOW {
        let exists = present.iter().any(|other| other.name == name);
        assert!(exists || PLANNED.contains(&name), "the crate {name} is gone");
    }
}

#[test]
fn only_the_binaries_know_the_command_line() {
    for Crate { name, dependencies, .. } in crates() {
        let knows = dependencies.iter().any(|dependency| dependency.starts_with("clap"));
        assert!(!knows || COMMAND_LINES.contains(&name.as_str()), "{name} must not know clap");
    }
}

#[test]
fn the_lower_crates_know_no_files_network_or_clock() {
    for Crate { name, folder, .. } in crates() {
        if !PURE.contains(&name.as_str()) {
            continue;
        }
        for path in sources(&folder) {
            let found = outside_world(&code_only(&fs::read_to_string(&path).unwrap()));
            assert!(found.is_empty(), "{} uses {found:?}", path.display());
        }
    }
}

#[test]
fn every_crate_says_why_it_exists() {
    for Crate { name, folder, .. } in crates() {
        let library = folder.join("src/lib.rs");
        let file = if library.is_file() { library } else { folder.join("src/main.rs") };
        let source = fs::read_to_string(&file).unwrap();
        let paragraph: Vec<&str> = source
            .lines()
            .take_while(|line| line.strip_prefix("//!").is_some_and(|said| !said.trim().is_empty()))
            .collect();
        assert!(!paragraph.is_empty(), "{name}: the file does not begin with a paragraph of //!");
    }
}

#[test]
fn files_stay_short_and_are_named_for_what_they_hold() {
    for Crate { folder, .. } in crates() {
        for path in sources(&folder) {
            let source = fs::read_to_string(&path).unwrap();
            let lines = source.lines().count();
            assert!(lines <= LONGEST_FILE, "{} has {lines} lines", path.display());
            let inside = path.strip_prefix(&folder).unwrap().with_extension("");
            for part in inside.components() {
                let name = part.as_os_str().to_string_lossy();
                assert!(!EMPTY_NAMES.contains(&name.as_ref()), "{} says nothing by its name", path.display());
            }
            let code = code_only(&source);
            for name in EMPTY_NAMES {
                assert!(
                    !words_match(&code, &format!("mod {name}")),
                    "{} has a module {name}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn the_checks_see_through_comments_and_groups() {
    let clean = r###"
        // std::fs is not used
        /* nor /* nested */ std::net */
        const A: &str = "std::fs"; const B: &str = r#"SystemTime " "#; const C: char = '"'; fn f<'a>(_: &'a str) {}
        use std::{fmt, time::Duration}; use crate::fs_like;
    "###;
    assert_eq!(outside_world(&code_only(clean)), Vec::<&str>::new());
    assert_eq!(outside_world(&code_only("let c = '\\''; std::fs::read(p)")), ["std::fs"]);
    assert_eq!(outside_world(&code_only("use std::{\n    fmt,\n    net::TcpStream,\n};")), ["std::net"]);
    assert_eq!(
        outside_world(&code_only("use std::time::{Duration, SystemTime};")),
        ["std::time::SystemTime"]
    );
    let manifest: toml::Table =
        "[target.'cfg(unix)'.dev-dependencies]\nx = { package = \"onrecord-cli\", version = \"1\" }"
            .parse()
            .unwrap();
    let mut found = Vec::new();
    collect_dependencies(&manifest, &mut found);
    assert_eq!(found, ["onrecord-cli"]);
}
