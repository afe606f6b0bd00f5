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

/// Who makes a statement.
pub(super) struct Speaker {
    pub(super) kind: Option<AgentKind>,
    /// Where the text first means them.
    pub(super) meant: Option<Range<usize>>,
}

/// The grounds that the statement's own source is: the source as it stands, or what a pronoun in its place means. Somebody
/// who was there rests on that too.
pub(super) fn source_grounds(page: &Page<'_>, passage: &Passage, speaker: &Speaker) -> Vec<Ground> {
    let Some(source) = passage.source.first() else { return Vec::new() };
    let pronoun = source.len() == 1 && page.is_word_of(source.start, &PRONOUNS);
    let phrase = if pronoun { speaker.meant.clone() } else { Some(source.clone()) };
    let own = phrase.and_then(|phrase| source_ground(page, passage, &phrase, speaker.kind));
    let unnamed = own.as_ref().is_some_and(|ground| ground.kind == BasisKind::UnnamedSource);
    let present = PHRASES.find_kind(page, source.clone(), "present").into_iter().next();
    let present = present.filter(|found| unnamed || found.words.start == source.start).map(|found| Ground {
        kind: BasisKind::Observation,
        words: found.words,
        whose: BasisOwner::Speaker,
    });
    own.into_iter().chain(present).collect()
}

/// What takes the place of a report, a poll or people without a name.
const PRONOUNS: [&str; 5] = ["it", "they", "which", "that", "who"];

fn source_ground(
    page: &Page<'_>,
    passage: &Passage,
    source: &Range<usize>,
    speaker: Option<AgentKind>,
) -> Option<Ground> {
    let (kind, shown) = seen(page, source.clone())?;
    let heard = match kind {
        // Somebody described only here, of whom the text gives the name elsewhere, is not unnamed.
        BasisKind::UnnamedSource => {
            speaker != Some(AgentKind::Person) && !is_apposed(page, source) && cue(page, passage, "tells")
        }
        // Some persons have the name of a paper: "Law", "Post".
        BasisKind::Media | BasisKind::Document | BasisKind::Data if speaker == Some(AgentKind::Person) => {
            false
        }
        // A newspaper that announces or endorses speaks for itself.
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
