//! What shows that a statement answers another.

use crate::agents::Page;
use crate::passage::Passage;
use crate::pattern::{Found, PatternFile};
use std::ops::Range;
use std::sync::LazyLock;

pub(super) const RESPONSES: &str = include_str!("../../../../rules/responses.toml");

static RULES: LazyLock<PatternFile> = LazyLock::new(|| PatternFile::embedded(RESPONSES));

/// Words that tell what was asked stand within so many tokens before the cue and its source, or behind the cue.
const AROUND: usize = 30;
/// An answer comes to its point within so many tokens.
const POINT: usize = 60;

/// The signs that one statement bears.
#[derive(Clone, Debug, Default)]
pub(super) struct Signs {
    /// The cue answers whoever spoke just before.
    pub(super) replies: bool,
    /// The cue turns down what somebody said.
    pub(super) rejects: bool,
    /// Something was asked, or remarked, in these words before the cue.
    pub(super) asked: Option<Range<usize>>,
    /// The content speaks of somebody's words.
    pub(super) refers: bool,
    /// The cue or content names them, with their owner: "Brand's allegations".
    pub(super) named: Option<Range<usize>>,
    /// Several of them.
    pub(super) many: bool,
    /// What was asked is only reacted to: a remark, not a question.
    pub(super) reacts: bool,
    /// The cue is one of speech.
    pub(super) speaks: bool,
    /// The content ends with a question mark.
    pub(super) question: bool,
    /// The cue puts something to somebody.
    pub(super) puts: bool,
    /// The cue adds to what was said before.
    pub(super) adds: bool,
}

/// The signs of the statement at `passage`.
pub(super) fn signs(page: &Page<'_>, passage: &Passage) -> Signs {
    let mut signs = Signs::default();
    for cue in &passage.cue {
        for found in RULES.find(page, cue.clone()) {
            match RULES.kind(found.rule) {
                "replies" => signs.replies = true,
                "rejects" => signs.rejects = true,
                "adds" => signs.adds = true,
                "puts" => signs.puts = true,
                "speaks" => signs.speaks = true,
                "reacts" => {
                    signs.reacts = true;
                    signs.asked = Some(found.tokens.clone());
                }
                "said" => name(page, &mut signs, found.tokens),
                _ => {}
            }
        }
    }
    if let Some(around) = around(page, passage) {
        let told = |found: &&Found| {
            matches!(RULES.kind(found.rule), "asked" | "reacts")
                && !passage.is_content(found.tokens.start)
                && is_aside(page, passage, found.tokens.end)
        };
        let found = RULES.find(page, around.clone());
        if let Some(found) = found.iter().find(told) {
            let asked = found.tokens.start..around.end;
            for noun in RULES.find_kind(page, asked.clone(), "said") {
                name(page, &mut signs, noun.tokens);
            }
            signs.reacts |= RULES.kind(found.rule) == "reacts";
            signs.asked = Some(asked);
        }
    }
    let mut left = POINT;
    for piece in &passage.content {
        let piece = piece.start..piece.end.min(piece.start + left);
        left -= piece.len();
        for found in RULES.find(page, piece) {
            match RULES.kind(found.rule) {
                "refers" => signs.refers = true,
                "said" => name(page, &mut signs, found.tokens),
                _ => {}
            }
        }
    }
    let last =
        passage.content.last().and_then(|piece| piece.clone().rev().find(|i| !page.is_quotation_mark(*i)));
    signs.question = last.is_some_and(|i| page.word(i) == "?");
    signs
}

/// Whether words that end before token `end` stand apart from the statement's source: "Asked about it, she said", not "in
/// response to a letter that she sent, saying".
fn is_aside(page: &Page<'_>, passage: &Passage, end: usize) -> bool {
    let starts = [&passage.source, &passage.cue].into_iter().flatten().map(|range| range.start);
    let first = starts.min().unwrap_or(end);
    first < end || (end..first).any(|i| matches!(page.word(i), "," | "and" | ":"))
}

fn name(page: &Page<'_>, signs: &mut Signs, tokens: Range<usize>) {
    signs.many |= tokens.end.checked_sub(1).is_some_and(|last| page.word(last).ends_with('s'));
    // Of several, one with an owner tells more.
    let owned = |tokens: &Range<usize>| page.is_apostrophe(tokens.start);
    if signs.named.as_ref().is_none_or(|known| !owned(known) && owned(&tokens)) {
        signs.named = Some(tokens);
    }
}

/// The tokens of the cue's sentence around the cue that are not content: before it and just behind.
fn around(page: &Page<'_>, passage: &Passage) -> Option<Range<usize>> {
    let cue = passage.cue.first()?;
    let sentence = page.sentence(cue.start);
    let start = (cue.start.saturating_sub(AROUND)..cue.start).find(|i| page.sentence(*i) == sentence)?;
    let last = passage.cue.last()?.end;
    let end = (last..last + AROUND / 4)
        .find(|i| page.sentence(*i) != sentence || passage.is_content(*i))
        .unwrap_or(last);
    Some(start..end.min(page.len()))
}
