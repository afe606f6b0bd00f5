//! The examples of the rules, and texts that nobody would write.

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

use super::rules::{class_of, parses, rule_tables, written_items};
use super::times;
use crate::token::tokens;
use proptest::prelude::*;
use std::time::Instant;

fn found(published: &str, text: &str) -> Vec<String> {
    let published = Some(published).filter(|day| *day != "–");
    times(text, &tokens(text), published)
        .iter()
        .map(|time| format!("{}={}", &text[time.span.range()], time.value.as_deref().unwrap_or("–")))
        .collect()
}

#[test]
fn rules_hold_their_examples_and_fail_the_others() {
    assert!(parses().unwrap() > 40);
    let mut wrong = Vec::new();
    for rule in rule_tables() {
        for example in &rule.holds {
            let parts: Vec<&str> = example.splitn(3, " | ").collect();
            let [published, text, expected] = parts[..] else { panic!("{example}") };
            let expected: Vec<&str> = expected.split("; ").filter(|one| !one.is_empty()).collect();
            let found = found(published, text);
            if found != expected {
                wrong.push(format!("{:?}: {text}\n  {found:?}\n  {expected:?}", rule.makes));
            }
        }
        for example in &rule.fails {
            let (published, text) = example.split_once(" | ").unwrap();
            let found = found(published, text);
            if !found.is_empty() {
                wrong.push(format!("{:?}: {text}\n  {found:?}", rule.makes));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_patterns_name_classes_that_there_are() {
    for item in written_items() {
        let item = item.trim_start_matches('~');
        for one in item.strip_suffix('?').unwrap_or(item).split('|') {
            if let Some(name) = one.strip_prefix('<').and_then(|one| one.strip_suffix('>')) {
                let phrase = matches!(name, "amount" | "clock" | "numeric-date" | "holiday");
                assert!(phrase || class_of(name).is_some(), "{name}");
            }
        }
    }
}

/// Pieces that times are made of, and pieces that break them.
const PIECES: &[&str] = &[
    "March",
    "May",
    " 4",
    "4th",
    ", ",
    "2015",
    "1990s",
    " the ",
    "last ",
    "next ",
    "week",
    "years",
    " ago",
    "two ",
    "and a half ",
    "half ",
    "-",
    "–",
    "/",
    ":",
    "8:30",
    " p.m.",
    ".",
    "'",
    "’",
    "s ",
    "Tuesday",
    " night",
    "early ",
    "the end of ",
    "every ",
    "a ",
    "quarter",
    " of ",
    "first ",
    "twenty",
    "-first ",
    "century",
    "Christmas",
    "9/11",
    "\n",
    "\n\n",
    "\u{200b}",
    "東京",
    "½",
    "99999999999999999999",
    "0",
    "00",
    "2021-02-30",
    "FY",
    "Q3",
    "T",
    "$",
    "%",
    "🙂",
    "today",
    "later",
    "from ",
    " to ",
    "on the ",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_with_any_day_is_survived(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40),
        published in prop_oneof![Just(None), "\\PC{0,12}".prop_map(Some), "[0-9]{4}-[01][0-9]-[0-3][0-9]".prop_map(Some)],
    ) {
        hold(&pieces.concat(), published.as_deref());
    }

    #[test]
    fn any_characters_are_survived(text in "(?s).{0,120}") {
        hold(&text, Some("2021-01-12"));
    }
}

fn hold(text: &str, published: Option<&str>) {
    let mut at = 0;
    for time in times(text, &tokens(text), published) {
        assert!(time.span.start.0 >= at && !time.span.is_empty());
        assert!(text.get(time.span.range()).is_some());
        at = time.span.end.0;
    }
}

#[test]
fn long_texts_take_no_longer_than_their_length() {
    for piece in [
        "the ",
        "two and a half ",
        "May 4-",
        "1990 ",
        "8:30 ",
        "the early ",
        "a year and a half ",
        "Tuesday night ",
        "first half of ",
    ] {
        let time = |count: usize| {
            let text = piece.repeat(count);
            let tokens = tokens(&text);
            let start = Instant::now();
            let _ = times(&text, &tokens, Some("2021-01-12"));
            start.elapsed().as_secs_f64() / count as f64
        };
        let (short, long) = (time(2_000), time(40_000));
        assert!(long < 8.0 * short + 2e-5, "{piece}: {short} and {long} s each");
    }
}
