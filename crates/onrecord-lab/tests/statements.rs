//! The gold of what statements do: its form always, and that it fits the texts where they are at hand.

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

use onrecord_lab::gold_data::{DEFAULT_FOLDER, DataFolder, FOLDER_VARIABLE, Split};
use onrecord_lab::nesting::Half;
use onrecord_lab::statements::{Agreement, Drawn, MarkedArticle, StatementGold};
use onrecord_record::Sha256;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn file(name: &str) -> PathBuf {
    root().join("suite/statements").join(name)
}

/// The files that are there: the settled gold comes after the annotations.
fn files() -> impl Iterator<Item = (&'static str, usize)> {
    [("annotations.jsonl", 242), ("gold.jsonl", 121)].into_iter().filter(|(name, _)| file(name).is_file())
}

fn lines(name: &str) -> Vec<MarkedArticle> {
    let all = std::fs::read_to_string(file(name)).unwrap();
    all.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_line_is_of_the_form_and_stands_once() {
    let mut statements: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for (name, count) in files() {
        let mut seen = BTreeSet::new();
        for article in lines(name) {
            let by_name = Sha256::of(article.doc.as_bytes()).to_string();
            let even = u8::from_str_radix(&by_name[..2], 16).unwrap().is_multiple_of(2);
            let half = match article.drawn {
                Drawn::Plain | Drawn::Rich if even => Half::Choose,
                Drawn::Plain | Drawn::Rich | Drawn::Fresh => Half::Report,
                Drawn::Rare | Drawn::Lesson => Half::Choose,
            };
            assert_eq!(article.half, half, "{}", article.doc);
            assert_eq!(article.annotator.is_some(), name == "annotations.jsonl", "{}", article.doc);
            let roles: Vec<_> = article.statements.iter().map(|it| it.roles()).collect();
            assert_eq!(statements.entry(article.doc.clone()).or_insert_with(|| roles.clone()), &roles);
            assert!(seen.insert((article.doc, article.annotator)));
        }
        assert_eq!(seen.len(), count, "{name}");
    }
    assert_eq!(statements.values().map(Vec::len).sum::<usize>(), 2124);
}

#[test]
fn the_marks_fit_the_texts() {
    let folder = std::env::var_os(FOLDER_VARIABLE).map_or_else(|| root().join(DEFAULT_FOLDER), PathBuf::from);
    let data = DataFolder::new(folder);
    if let Err(missing) = data.polnear(Split::Dev) {
        eprintln!("skipped: {missing}");
        return;
    }
    for (name, count) in files() {
        assert_eq!(StatementGold::open(&file(name), &data).unwrap().articles.len(), count, "{name}");
    }
    let both = StatementGold::open(&file("annotations.jsonl"), &data).unwrap();
    let agreement = Agreement::of(&both.articles).unwrap();
    assert_eq!((agreement.articles, agreement.tally.statements), (121, 2124));
}

#[test]
fn what_is_learned_from_is_none_of_the_gold() {
    let lessons = std::fs::read_to_string(root().join("training/statements/lessons.jsonl")).unwrap();
    let lessons: Vec<MarkedArticle> =
        lessons.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let gold: BTreeSet<String> = lines("gold.jsonl").into_iter().map(|article| article.doc).collect();
    for article in &lessons {
        let part = article.split.as_str();
        assert!(matches!(part, "train" | "news") && article.drawn == Drawn::Lesson, "{}", article.doc);
        assert!(!gold.contains(&article.doc), "{}", article.doc);
    }
    let statements = |part: &str| {
        let of_part = lessons.iter().filter(|article| article.split == part);
        of_part.map(|article| article.statements.len()).sum::<usize>()
    };
    assert_eq!((statements("train"), statements("news")), (17_376, 38_050));
}
