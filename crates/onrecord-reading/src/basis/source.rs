//! A source that is a ground itself: a report, a poll, a newspaper, an official without a name.

use super::{GROUNDS, Ground};
use crate::agents::Page;
use crate::noun::noun_phrase;
use crate::passage::Passage;
use crate::pattern::PatternFile;
use onrecord_record::{AgentKind, BasisKind, BasisOwner};
use std::ops::Range;
use std::sync::LazyLock;

pub(super) const RULES: &str = include_str!("../../../../rules/basis-sources.toml");

static PHRASES: LazyLock<PatternFile> = LazyLock::new(|| PatternFile::embedded(RULES));

/// The ground that the statement's own source is, if it is one.
pub(super) fn source_ground(
    page: &Page<'_>,
    passage: &Passage,
    speaker: Option<AgentKind>,
) -> Option<Ground> {
    let source = passage.source.first()?;
    let (kind, shown) = seen(page, source.clone())?;
    let heard = match kind {
        // Somebody described only here, of whom the text gives the name elsewhere, is not unnamed.
        BasisKind::UnnamedSource => {
            speaker != Some(AgentKind::Person) && !is_apposed(page, source) && cue(page, passage, "tells")
        }
        // A newspaper that announces or endorses speaks for itself; and some persons have a newspaper's name.
        BasisKind::Media if speaker == Some(AgentKind::Person) => false,
        BasisKind::Media => cue(page, passage, "tells") && !has(page, passage, "for-itself"),
        _ => !shown || cue(page, passage, "tells"),
    };
    heard.then(|| Ground { kind, words: words(page, source), whose: BasisOwner::Reporter })
}

/// What the phrase in `range` is when something rests on it.
pub(super) fn kind_of(page: &Page<'_>, range: Range<usize>) -> Option<BasisKind> {
    seen(page, range).map(|(kind, _)| kind)
}

/// What the phrase in `range` is, and whether it is something shown or posted.
fn seen(page: &Page<'_>, range: Range<usize>) -> Option<(BasisKind, bool)> {
    let phrase = noun_phrase(page, range.start, range.end);
    // "42% of voters", "74 percent": a count of answers.
    let counted = phrase.is_some_and(|phrase| {
        let last = phrase.head.min(range.end);
        [last, last + 1].iter().any(|i| range.contains(i) && matches!(page.word(*i), "%" | "percent"))
    });
    if counted {
        return Some((BasisKind::Data, false));
    }
    let first = PHRASES.at(page, range.start, &range).into_iter().map(|found| found.rule).min()?;
    let kind = PHRASES.kind(first);
    let known = match kind {
        "intelligence" => BasisKind::Intelligence,
        "media" => BasisKind::Media,
        "data" => BasisKind::Data,
        "document" | "shown" => BasisKind::Document,
        "unnamed_source" => BasisKind::UnnamedSource,
        _ => return None,
    };
    Some((known, kind == "shown"))
}

/// Whether the source gives the name behind a comma: "a top aide, Ana Holm,".
fn is_apposed(page: &Page<'_>, source: &Range<usize>) -> bool {
    let mut commas = source.clone().filter(|i| page.word(*i) == ",");
    commas.any(|comma| {
        source.contains(&(comma + 2)) && page.is_capitalised(comma + 1) && page.is_capitalised(comma + 2)
    })
}

/// Whether there is no cue, or one with which something is told.
fn cue(page: &Page<'_>, passage: &Passage, kind: &str) -> bool {
    passage.cue.is_empty() || has(page, passage, kind)
}

fn has(page: &Page<'_>, passage: &Passage, kind: &str) -> bool {
    passage.cue.iter().any(|cue| !GROUNDS.find_kind(page, cue.clone(), kind).is_empty())
}

fn words(page: &Page<'_>, source: &Range<usize>) -> Range<usize> {
    let last = source.clone().rev().find(|i| page.is_word(*i)).unwrap_or(source.start);
    source.start..last + 1
}
