//! The statements that a silence concerns.

use super::Note;
use super::keeper::{Scene, begins};
use crate::agents::Page;
use onrecord_record::StatementId;
use rustc_hash::FxHashSet;

/// So many statements before a silence, in the order of the text, are looked at.
const NEAR: usize = 12;
/// So many paragraphs before it.
const PARAGRAPHS: u32 = 2;
/// A statement is spoken of when it has so many words in common with a silence.
const ALIKE: usize = 2;
/// Words of no more letters do not count, nor do those behind so many.
const SHORT: usize = 3;
const WORDS: usize = 60;
/// "His" stands so many tokens before "claims" at most.
const OWNED: usize = 3;
/// "His claims" are no more than so many statements.
const MOST: usize = 3;

/// Whether token `i` names a claim somebody made.
pub(super) fn is_claim(page: &Page<'_>, i: usize) -> bool {
    matches!(
        page.word(i).to_lowercase().trim_end_matches('s'),
        "claim"
            | "allegation"
            | "accusation"
            | "assertion"
            | "remark"
            | "charge"
            | "criticism"
            | "suggestion"
            | "complaint"
            | "attack"
            | "contention"
            | "statement"
            | "lawsuit"
    )
}

/// Whether token `i` is a day of the week.
pub(super) fn is_day(page: &Page<'_>, i: usize) -> bool {
    page.is_capitalised(i) && page.word(i).ends_with("day")
}

/// The ids of the statements that `note` concerns, in the order of the text; `agent` kept silent, and so do statements that are
/// `silent`.
pub(super) fn statements(
    scene: &Scene<'_>,
    silent: &[bool],
    note: &Note,
    agent: Option<usize>,
) -> Vec<StatementId> {
    let page = scene.page;
    let at = note.words.start;
    // Another statement than a silence, and none that holds this one, but for what closes it: "accused him of it, without saying why".
    let closes = note.closes(page);
    let other = |i: &usize| {
        silent.get(*i) == Some(&false)
            && scene.passages.get(*i).is_some_and(|passage| closes || !passage.is_content(at))
    };
    let behind = scene.passages.partition_point(|passage| begins(passage) < note.words.end);
    let same_sentence = |i: &usize| cue(scene, *i).is_some_and(|cue| page.sentence(cue) == page.sentence(at));
    let by_agent = |i: &usize| agent.is_some() && scene.speakers.get(*i).copied().flatten() == agent;
    let reaches = |i: &usize, paragraphs: u32| {
        cue(scene, *i).is_some_and(|cue| page.paragraph(at) <= page.paragraph(cue) + paragraphs)
    };
    let before: Vec<usize> = (behind.saturating_sub(NEAR)..behind).rev().filter(other).collect();
    let here = before.iter().copied().find(|i| same_sentence(i) && by_agent(i));
    let later = || (behind..behind + NEAR).find(|i| same_sentence(i) && by_agent(i) && other(i));

    let own = |i: usize| matches!(page.word(i), "his" | "her" | "their" | "its");
    let own_claims = note.about.clone().any(|i| is_claim(page, i) && (i.saturating_sub(OWNED)..i).any(own));
    let mut found: Vec<usize> = if own_claims {
        let near = before.iter().copied().filter(|i| by_agent(i) && reaches(i, PARAGRAPHS));
        let near: Vec<usize> = near.take(MOST).collect();
        if near.is_empty() { later().into_iter().collect() } else { near }
    } else if let Some(one) = here.or_else(later) {
        vec![one]
    } else {
        let telling = note.about.clone().filter(|i| page.word(*i).len() > SHORT).map(|i| page.key(i));
        let about: FxHashSet<u64> = telling.collect();
        let alike = before.iter().copied().map(|i| (same_words(scene, i, &about), i));
        let best = || alike.filter(|(same, _)| *same >= ALIKE).max().map(|(_, i)| i);
        // What went just before is what is gone on from, or what an answer was wanted to.
        let last = before.first().copied().filter(|i| by_agent(i) && reaches(i, 0));
        let unanswered = || before.first().copied().filter(|i| note.wants_answer() && reaches(i, 1));
        let more = || {
            before.iter().copied().find(|i| note.lacks_details(page) && by_agent(i) && reaches(i, PARAGRAPHS))
        };
        last.or_else(more).or_else(best).or_else(unanswered).into_iter().collect()
    };
    found.sort_unstable();
    found.iter().filter_map(|i| scene.statements.get(*i)).map(|statement| statement.id.clone()).collect()
}

/// How many of the telling words behind the verb stand in statement `i`.
fn same_words(scene: &Scene<'_>, i: usize, about: &FxHashSet<u64>) -> usize {
    let Some(passage) = scene.passages.get(i) else { return 0 };
    let tokens = passage.content.iter().flat_map(Clone::clone).take(WORDS);
    tokens.map(|token| scene.page.key(token)).collect::<FxHashSet<u64>>().intersection(about).count()
}

/// Where statement `i` is attributed.
fn cue(scene: &Scene<'_>, i: usize) -> Option<usize> {
    let passage = scene.passages.get(i)?;
    Some(passage.cue.first().map_or_else(|| begins(passage), |cue| cue.start))
}
