//! How surely the speaker says it: the words that carry the degree of belief, told by `rules/certainty.toml`.
//!
//! The cue comes first ("believes", "denied"); then the main clause of the content, of whose words the first governs the
//! others: "I don't think it may" is unlikely. What stands in a clause of its own behind "that", "because" or "who" is not
//! the main point.

use crate::agents::Page;
use crate::passage::Passage;
use crate::pattern::{Found, PatternFile};
use onrecord_record::{Certainty, CertaintyLevel, TextIndex, TimeReference};
use std::ops::Range;
use std::sync::LazyLock;

const SOURCE: &str = include_str!("../../../rules/certainty.toml");

static RULES: LazyLock<PatternFile> = LazyLock::new(|| PatternFile::embedded(SOURCE));

/// Kinds of rules that are meant for cues begin so.
const CUE: &str = "cue ";
/// Words behind which another clause begins.
const OPENS: [&str; 17] = [
    "because", "which", "who", "whom", "whose", "although", "though", "unless", "while", "whether", "that",
    "what", "if", "but", "even", "than", "how",
];
/// Words of belief are looked for in so many sentences of the content.
const SENTENCES: usize = 1;

/// The degree of belief that the words of a statement carry. `times` are those its content speaks of, in the order of the text:
/// the month of May is no "may".
pub(crate) fn certainty(
    page: &Page<'_>,
    index: &TextIndex<'_>,
    passage: &Passage,
    times: &[TimeReference],
) -> Certainty {
    let is_time = |words: &Range<usize>| {
        let Some(span) = page.span(words.clone()).map(|span| index.code_points(span)) else { return false };
        let behind = times.partition_point(|time| time.span.end <= span.start);
        times.get(behind).is_some_and(|time| time.span.contains(&span))
    };
    in_cue(page, passage)
        .or_else(|| {
            let sentences = passage.sentences(page);
            let in_main_clause = |sentence| in_main_clause(page, sentence, is_time);
            sentences.into_iter().take(SENTENCES).find_map(in_main_clause)
        })
        .and_then(|(level, words)| {
            let span = index.code_points(page.span(words.clone())?);
            Some(Certainty {
                level: Some(level),
                text: Some(page.slice(words).to_owned()),
                spans: vec![span],
            })
        })
        .unwrap_or_default()
}

fn in_cue(page: &Page<'_>, passage: &Passage) -> Option<(CertaintyLevel, Range<usize>)> {
    let found = passage.cue.iter().flat_map(|cue| RULES.find(page, cue.clone()));
    let level = |found: Found| Some((level(RULES.kind(found.rule).strip_prefix(CUE)?)?, found.words));
    found.filter_map(level).max_by_key(|(_, words)| words.len())
}

/// The first words of belief in the sentence's main clause that are no time; of those that begin together the longest.
fn in_main_clause(
    page: &Page<'_>,
    sentence: Range<usize>,
    is_time: impl Fn(&Range<usize>) -> bool,
) -> Option<(CertaintyLevel, Range<usize>)> {
    let clause = main_clause(page, sentence);
    let found = RULES.find(page, clause).into_iter().filter(|found| !is_time(&found.words));
    let found = found.filter_map(|found| Some((level(RULES.kind(found.rule))?, found)));
    let (level, found) =
        found.min_by_key(|(_, found)| (found.tokens.start, std::cmp::Reverse(found.tokens.len())))?;
    Some((level, found.words))
}

/// The sentence up to where a clause of another rank begins, the opening "that" left out.
fn main_clause(page: &Page<'_>, sentence: Range<usize>) -> Range<usize> {
    let mut start = sentence.start;
    while start < sentence.end && (!page.is_word(start) || page.is_word_of(start, &["that"])) {
        start += 1;
    }
    let opens = |i: usize| page.is_word_of(i, &OPENS);
    let end = (start + 1..sentence.end).find(|i| opens(*i)).unwrap_or(sentence.end);
    start..end
}

fn level(kind: &str) -> Option<CertaintyLevel> {
    Some(match kind {
        "certain" => CertaintyLevel::Certain,
        "likely" => CertaintyLevel::Likely,
        "possible" => CertaintyLevel::Possible,
        "unlikely" => CertaintyLevel::Unlikely,
        "denied" => CertaintyLevel::Denied,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_examples_of_the_rules_hold() {
        crate::pattern::examples_hold(super::SOURCE);
    }
}
