//! Patterns against phrases.

use super::file::Source;
use super::*;
use crate::quotation::quoted;
use crate::token::tokens;

fn kinds_in(file: &PatternFile, text: &str) -> Vec<(String, String)> {
    let tokens = tokens(text);
    let quoted = quoted(text, &tokens);
    let page = Page::new(text, &tokens, &quoted);
    let words = |found: &Found| page.slice(found.words.clone()).to_owned();
    file.find(&page, 0..tokens.len())
        .iter()
        .map(|found| (file.kind(found.rule).to_owned(), words(found)))
        .collect()
}

/// Holds a file of rules to its examples. In an example, words between `[` and `]` are those that carry the mark.
pub(crate) fn examples_hold(source: &str) {
    let file = PatternFile::parse(source).unwrap();
    let source: Source = toml::from_str(source).unwrap();
    let mut problems = Vec::new();
    for rule in &source.rule {
        assert!(!rule.holds.is_empty(), "a rule “{}” without an example", rule.kind);
        for example in &rule.holds {
            let plain = example.replace(['[', ']'], "");
            let found = kinds_in(&file, &plain);
            let marked = example.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map(|(it, _)| it);
            let met = found
                .iter()
                .any(|(kind, words)| *kind == rule.kind && marked.is_none_or(|marked| marked == words));
            if !met {
                problems.push(format!("{}: {example:?} is not met; found {found:?}", rule.kind));
            }
        }
        for example in &rule.fails {
            let found = kinds_in(&file, example);
            if found.iter().any(|(kind, _)| *kind == rule.kind) {
                problems.push(format!("{}: {example:?} is met by {found:?}", rule.kind));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

const FILE: &str = r#"
[lists]
proof = "proof evidence"
paper = "gazette mirror"
[rows]
not = "did not|didn't|does not"
[[rule]]
kind = "none"
patterns = """
< %not (offer|give up) ~2 @proof >
without (any )?@proof
no <comment|word>
^ alas
seen in < #^paper > by
heard from < # > $
"""
holds = ["She [did not offer any proof].", "He didn’t give up evidence", "without “proof”", "no [comment] yet", "Alas, no", "seen in [the Korr Gazette] by", "heard from [the head of staff]."]
fails = ["She did not offer. Evidence came later.", "did not offer one two three proof", "so alas", "seen in the gazette by", "seen in the Gazette’s car by"]
"#;

#[test]
fn items_mean_what_the_table_says() {
    examples_hold(FILE);
}

#[test]
fn a_broken_pattern_is_named() {
    for broken in ["(a", "a)", "@nowhere", "%nowhere", "~x", "a||b"] {
        let file = format!("[[rule]]\nkind = \"x\"\npatterns = \"{broken}\"\nholds = []\n");
        assert!(PatternFile::parse(&file).unwrap_err().contains(broken), "{broken}");
    }
}
