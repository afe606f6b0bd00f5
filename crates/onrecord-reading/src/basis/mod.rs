//! What a statement is said to rest on, and whose ground it is: the speaker's ("citing the audit") or the reporter's ("told
//! the Gazette on condition of anonymity").
//!
//! Grounds stand in three places: the source itself is one (a report, a poll, an official without a name), words around
//! the cue name one, or what is said does. Rules over tokens say which words these are: `rules/basis.toml`; and what a
//! phrase is: `rules/basis-sources.toml`.

mod source;
#[cfg(test)]
mod tests;

use crate::agents::Page;
use crate::noun::noun_phrase;
use crate::passage::Passage;
use crate::pattern::{Found, PatternFile};
use crate::setting::Place;
use onrecord_record::{Agent, Basis, BasisKind, BasisOwner, Statement, TextIndex};
use source::{Speaker, kind_of, source_grounds};
use std::ops::Range;
use std::sync::LazyLock;

const RULES: &str = include_str!("../../../../rules/basis.toml");

static GROUNDS: LazyLock<PatternFile> = LazyLock::new(|| PatternFile::embedded(RULES));

/// Grounds are looked for in so many tokens of what is said; what comes later seldom bears the whole.
const DEPTH: usize = 160;

/// A note that nothing was offered ends within so many tokens of its sentence's beginning.
const SEQUEL: usize = 24;
/// And begins behind its subject, which has at most so many.
const SUBJECT: usize = 2;

/// A ground, in tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Ground {
    kind: BasisKind,
    words: Range<usize>,
    whose: BasisOwner,
}

/// Fills in what each statement is said to rest on.
pub(crate) fn ground(
    page: &Page<'_>,
    index: &TextIndex<'_>,
    agents: &[Agent],
    statements: &mut [Statement],
    places: &[Place<'_>],
) {
    for (i, (statement, place)) in statements.iter_mut().zip(places).enumerate() {
        let speaker = place.speaker.and_then(|i| agents.get(i));
        let meant = speaker.and_then(|agent| agent.mentions.first());
        let speaker = Speaker {
            kind: speaker.and_then(|agent| agent.kind),
            meant: meant.map(|span| page.within(index.bytes(*span))),
        };
        let found = grounds(page, places, i, place.passage, &speaker);
        let basis = |ground: Ground| {
            let text = page.slice(ground.words.clone()).to_owned();
            let span = index.code_points(page.span(ground.words)?);
            Some(Basis { kind: ground.kind, text, span, whose: ground.whose })
        };
        statement.basis = found.into_iter().filter_map(basis).collect();
    }
}

fn grounds(
    page: &Page<'_>,
    places: &[Place<'_>],
    own: usize,
    passage: &Passage,
    speaker: &Speaker,
) -> Vec<Ground> {
    let place = &places[own];
    let mut grounds: Vec<Ground> = source_grounds(page, passage, speaker);
    grounds.extend(named_by_cue(page, passage));
    if let Some(window) = &place.window {
        for found in GROUNDS.find(page, window.clone()) {
            if stands_around(page, places, own, &found) {
                grounds.extend(around(page, GROUNDS.kind(found.rule), &found, passage));
            }
        }
    }
    if let Some(sequel) = place.sequel(page, places, own) {
        let begins = sequel.start..sequel.end.min(sequel.start + SEQUEL);
        let notes = GROUNDS.find_kind(page, begins.clone(), "none_offered");
        let first = notes.iter().find(|note| note.tokens.start <= begins.start + SUBJECT);
        grounds.extend(first.and_then(|note| around(page, "none_offered", note, passage)));
    }
    let begun = passage.content.first().map_or(0, |content| content.start);
    let sentences = passage.sentences(page).into_iter().take_while(|sentence| sentence.start < begun + DEPTH);
    for sentence in sentences {
        for found in GROUNDS.find(page, sentence.start..sentence.end.min(sentence.start + DEPTH)) {
            grounds.extend(said(page, GROUNDS.kind(found.rule), &found));
            grounds.extend(closing(page, &sentence, &found));
        }
    }
    one_of_each(grounds)
}

/// What a cue names that only says on what it rests: "citing | a poll of sailors".
fn named_by_cue(page: &Page<'_>, passage: &Passage) -> Option<Ground> {
    let cue = passage.cue.last()?;
    let content = passage.content.first()?;
    let names = GROUNDS
        .find_kind(page, cue.clone(), "names")
        .into_iter()
        .any(|found| found.tokens.end + 1 >= cue.end);
    if !names {
        return None;
    }
    let start = content.clone().find(|i| page.is_word(*i))?;
    let phrase = noun_phrase(page, start, content.end)?;
    let kind = kind_of(page, start..phrase.end)?;
    Some(Ground { kind, words: start..phrase.end, whose: BasisOwner::Speaker })
}

/// Whether what a rule has found names a ground of this statement, the `own`th, from outside what it says.
fn stands_around(page: &Page<'_>, places: &[Place<'_>], own: usize, found: &Found) -> bool {
    let place = &places[own];
    match GROUNDS.kind(found.rule) {
        "none_offered" => place.may_take_note(page, places, own, found),
        "unsupported" => place.passage.cue.iter().any(|cue| cue.contains(&found.words.start)),
        "unnamed_source" | "cited" | "according" | "handed-on" | "reasoned" => {
            place.may_take_ground(page, places, own, found)
        }
        "observation" => {
            !page.in_quotation(found.tokens.start) && place.may_take_ground(page, places, own, found)
        }
        _ => false,
    }
}

/// A ground in the words around the cue.
fn around(page: &Page<'_>, kind: &str, found: &Found, passage: &Passage) -> Option<Ground> {
    let words = found.words.clone();
    let whose = match kind {
        "unnamed_source" | "according" | "handed-on" => BasisOwner::Reporter,
        _ => BasisOwner::Speaker,
    };
    // "According to Holm" is how Holm is named as the source.
    let in_cue = passage.cue.iter().any(|cue| cue.contains(&found.tokens.start));
    let is_source = passage.source.iter().any(|source| source.start < words.end && words.start < source.end);
    let named = page.word(found.tokens.start).eq_ignore_ascii_case("according");
    let withheld = matches!(kind, "unnamed_source" | "none_offered" | "unsupported");
    let kind = if kind == "according" && in_cue && named || is_source && !withheld {
        return None;
    } else {
        kind_named(page, kind, &words)?
    };
    Some(Ground { kind, words, whose })
}

/// A ground that the speaker names.
fn said(page: &Page<'_>, kind: &str, found: &Found) -> Option<Ground> {
    let kind = match kind {
        "data-shown" => BasisKind::Data,
        "text-shown" => BasisKind::Document,
        "none_offered" | "unsupported" | "unnamed_source" | "tells" => return None,
        _ => kind_named(page, kind, &found.words)?,
    };
    Some(Ground { kind, words: found.words.clone(), whose: BasisOwner::Speaker })
}

/// The reporter's note that closes what is told in other words: "accused him of theft, without providing evidence".
fn closing(page: &Page<'_>, sentence: &Range<usize>, found: &Found) -> Option<Ground> {
    let at = found.tokens.start;
    let closes = page.word(at).eq_ignore_ascii_case("without")
        && at > sentence.start
        && page.word(at - 1) == ","
        && !(found.tokens.end..sentence.end).any(|i| page.is_word(i));
    let note = GROUNDS.kind(found.rule) == "none_offered" && closes && !page.in_quotation(at);
    let ground =
        || Ground { kind: BasisKind::NoneOffered, words: found.words.clone(), whose: BasisOwner::Speaker };
    note.then(ground)
}

/// What a rule of `kind` has found, by the words it names.
fn kind_named(page: &Page<'_>, kind: &str, words: &Range<usize>) -> Option<BasisKind> {
    let of_phrase = || kind_of(page, words.clone());
    let named = || page.is_capitalised(words.end - 1) && page.is_capitalised(words.start);
    Some(match kind {
        "none_offered" | "unsupported" => BasisKind::NoneOffered,
        "unnamed_source" => BasisKind::UnnamedSource,
        "observation" => BasisKind::Observation,
        "inference" => BasisKind::Inference,
        "cited" => of_phrase().or_else(|| named().then_some(BasisKind::NamedSource))?,
        "according" => of_phrase().or_else(|| named().then_some(BasisKind::NamedSource))?,
        "handed-on" => of_phrase().filter(|kind| *kind == BasisKind::Media)?,
        "reasoned" => of_phrase().unwrap_or(BasisKind::Inference),
        _ => return None,
    })
}

/// One ground of each kind, the first that was found: the same ground is often named twice.
fn one_of_each(grounds: Vec<Ground>) -> Vec<Ground> {
    let mut kept: Vec<Ground> = Vec::new();
    for ground in grounds {
        if kept.iter().all(|known| known.kind != ground.kind) {
            kept.push(ground);
        }
    }
    kept.sort_by_key(|ground| ground.words.start);
    kept
}
