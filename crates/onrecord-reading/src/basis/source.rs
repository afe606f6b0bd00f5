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
    let kind = kind_of(page, source.clone())?;
    let heard = match kind {
        // Somebody described only here, of whom the text gives the name elsewhere, is not unnamed.
        BasisKind::UnnamedSource => {
            speaker != Some(AgentKind::Person) && !is_apposed(page, source) && reports(page, passage)
        }
        // A newspaper that announces or endorses speaks for itself.
        BasisKind::Media => reports(page, passage),
        _ => true,
    };
    heard.then(|| Ground { kind, words: words(page, source), whose: BasisOwner::Reporter })
}

/// What the phrase in `range` is when something rests on it.
pub(super) fn kind_of(page: &Page<'_>, range: Range<usize>) -> Option<BasisKind> {
    let phrase = noun_phrase(page, range.start, range.end);
    // "42% of voters", "74 percent": a count of answers.
    let counted = phrase.is_some_and(|phrase| {
        let last = phrase.head.min(range.end);
        [last, last + 1].iter().any(|i| range.contains(i) && matches!(page.word(*i), "%" | "percent"))
    });
    if counted {
        return Some(BasisKind::Data);
    }
    let first = PHRASES.at(page, range.start, &range).into_iter().map(|found| found.rule).min()?;
    Some(match PHRASES.kind(first) {
        "intelligence" => BasisKind::Intelligence,
        "media" => BasisKind::Media,
        "data" => BasisKind::Data,
        "document" => BasisKind::Document,
        "unnamed_source" => BasisKind::UnnamedSource,
        _ => return None,
    })
}

/// Whether the source gives the name behind a comma: "a top aide, Ana Holm,".
fn is_apposed(page: &Page<'_>, source: &Range<usize>) -> bool {
    let mut commas = source.clone().filter(|i| page.word(*i) == ",");
    commas.any(|comma| {
        source.contains(&(comma + 2)) && page.is_capitalised(comma + 1) && page.is_capitalised(comma + 2)
    })
}

/// Whether the cue tells of saying, and not of doing or believing.
fn reports(page: &Page<'_>, passage: &Passage) -> bool {
    let says = |cue: &Range<usize>| !GROUNDS.find_kind(page, cue.clone(), "tells").is_empty();
    passage.cue.is_empty() || passage.cue.iter().any(says)
}

fn words(page: &Page<'_>, source: &Range<usize>) -> Range<usize> {
    let last = source.clone().rev().find(|i| page.is_word(*i)).unwrap_or(source.start);
    source.start..last + 1
}
