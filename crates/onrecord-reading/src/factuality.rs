//! Whether what a word tells of is so: event factuality, on the scale of Lee et al. (2015) from 3 (certainly so) to -3
//! (certainly not so), without a parse.
//!
//! The words before it in its clause are held against `rules/factuality.toml`: negation, modal verbs, what governs an
//! infinitive, suppositions. Questions and orders are told by the sentence.

use crate::agents::Page;
use crate::pattern::PatternFile;
use crate::quotation::quoted;
use crate::token::tokens;
use onrecord_record::{Byte, Span};
use std::ops::Range;
use std::sync::LazyLock;

const SOURCE: &str = include_str!("../../../rules/factuality.toml");

static RULES: LazyLock<PatternFile> = LazyLock::new(|| PatternFile::embedded(SOURCE));

/// So many tokens before the word are looked at.
const REACH: usize = 14;
/// Where a clause begins that what stands before says nothing of.
const CLAUSE: [&str; 18] = [
    ";", ":", "—", "–", "(", "but", "because", "although", "though", "while", "when", "after", "before",
    "since", "who", "which", "where", "and",
];

/// How far what the word at the end of `span` tells of is so, -3 to 3. A span without a word is 0.
pub fn factuality(text: &str, span: Span<Byte>) -> f32 {
    let tokens = tokens(text);
    let quoted = quoted(text, &tokens);
    let page = Page::new(text, &tokens, &quoted);
    let Some(word) = page.within(span).rev().find(|i| page.is_word(*i)) else { return 0.0 };
    let clause = clause_before(&page, word);
    let kinds: Vec<&str> = RULES
        .find(&page, clause.clone())
        .iter()
        .filter(|found| (found.tokens.end..word).all(|i| !page.is_word(i)))
        .map(|found| RULES.kind(found.rule))
        .collect();
    let is = |kind: &str| kinds.contains(&kind);
    let value: f32 = if is("refused") {
        -1.6
    } else if is("managed") {
        2.0
    } else if is("wished") {
        0.1
    } else if is("infinitive") {
        0.7
    } else if is("future") {
        1.2
    } else if is("possible") {
        0.4
    } else if is("supposed") {
        0.9
    } else if is_order(&page, word) {
        -0.2
    } else {
        2.5
    };
    let value = match (is("negated"), value >= 0.0) {
        (true, true) => -0.9 * value - 0.8,
        (true, false) => 1.0,
        _ => value,
    };
    if asks(&page, word) { (value - 2.2).max(-2.0) } else { value }
}

/// The tokens before `word` that may say whether it is so.
fn clause_before(page: &Page<'_>, word: usize) -> Range<usize> {
    let mut start = word;
    while start > 0 && word - start < REACH && page.sentence(start - 1) == page.sentence(word) {
        if page.is_word_of(start - 1, &CLAUSE) {
            break;
        }
        start -= 1;
    }
    start..word
}

/// Whether the word begins its sentence, in a form that orders.
fn is_order(page: &Page<'_>, word: usize) -> bool {
    let first = (0..=word).rev().take_while(|i| page.sentence(*i) == page.sentence(word));
    let begins = first.filter(|i| page.is_word(*i)).last() == Some(word);
    let form = page.word(word);
    begins && ["ed", "ing", "s"].iter().all(|end| !form.ends_with(end))
}

/// Whether the sentence is a question.
fn asks(page: &Page<'_>, word: usize) -> bool {
    let rest = (word..page.len()).take_while(|i| page.sentence(*i) == page.sentence(word));
    rest.filter(|i| !page.is_quotation_mark(*i)).last().is_some_and(|i| page.word(i) == "?")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, word: &str) -> f32 {
        let at = text.find(word).unwrap();
        factuality(text, Span::new(Byte(at as u32), Byte((at + word.len()) as u32)))
    }

    #[test]
    fn the_examples_of_the_rules_hold() {
        crate::pattern::examples_hold(SOURCE);
    }

    #[test]
    fn words_before_tell_how_far_it_is_so() {
        assert!(of("The quay sank at noon.", "sank") > 2.0);
        assert!(of("The quay did not sink.", "sink") < -2.0);
        assert!((-1.0..1.0).contains(&of("The quay may sink.", "sink")));
        assert!(of("She wanted to sink it.", "sink") < of("She managed to sink it.", "sink"));
        assert!(of("She refused to sink it.", "sink") < -1.0);
        assert!(of("Did it sink?", "sink") < of("It will sink.", "sink"));
        assert!(of("It rained, but the quay held.", "held") > 2.0);
        assert_eq!(of("…", "…"), 0.0);
    }
}
