//! What shows that a statement answers another.

use crate::agents::Page;
use crate::passage::Passage;
use crate::pattern::PatternFile;
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
                "asked" => signs.asked = Some(found.tokens.clone()),
                "said" => name(page, &mut signs, found.tokens),
                _ => {}
            }
        }
    }
    if let Some(around) = around(page, passage) {
        let asked = RULES.find_kind(page, around.clone(), "asked");
        if let Some(found) = asked.iter().find(|found| !passage.is_content(found.tokens.start)) {
            signs.asked = Some(found.tokens.start..around.end);
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
    signs
}

fn name(page: &Page<'_>, signs: &mut Signs, tokens: Range<usize>) {
    signs.many |= tokens.end.checked_sub(1).is_some_and(|last| page.word(last).ends_with('s'));
    signs.named.get_or_insert(tokens);
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
