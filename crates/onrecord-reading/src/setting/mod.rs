//! To whom and where something was said: "told the Gazette", "in a letter to the board", "at a rally in Lund".
//!
//! The words stand in the sentence of the cue or beside it. Rules say which words they are (`rules/setting.toml`); this
//! module says whose: the statement's whose cue stands nearest, and those of the same speaker in the same sentence.

mod place;
#[cfg(test)]
mod tests;

use crate::agents::Page;
use crate::noun::noun_phrase;
use crate::pattern::{Found, PatternFile};
use onrecord_record::{Addressee, Agent, AgentId, Piece, Statement, TextIndex};
use place::NEIGHBOURS;
pub(crate) use place::{Mentions, Place};
use std::ops::Range;
use std::sync::LazyLock;

const RULES: &str = include_str!("../../../../rules/setting.toml");

static SETTING: LazyLock<PatternFile> = LazyLock::new(|| PatternFile::embedded(RULES));

/// Fills in addressees and venues.
pub(crate) fn set(
    page: &Page<'_>,
    index: &TextIndex<'_>,
    agents: &[Agent],
    statements: &mut [Statement],
    places: &[Place<'_>],
) {
    let mentions = Mentions::of(agents);
    let found: Vec<Setting> = (0..places.len()).map(|i| setting(page, places, i)).collect();
    let mut given: Vec<Setting> = Vec::with_capacity(found.len());
    for (i, own) in found.into_iter().enumerate() {
        let carried = given.last().filter(|_| own.venue.is_none() && own.addressee.is_none());
        let carried = carried.filter(|_| i > 0 && goes_on(page, &places[i], &places[i - 1]));
        let mut setting = carried.cloned().unwrap_or(own);
        if setting.venue.is_none() {
            let near = (0..i).rev().take(NEIGHBOURS).filter(|&k| places[i].stays_with(page, &places[k]));
            setting.venue = near.filter_map(|k| given.get(k)?.venue.clone()).next();
        }
        let span = |range: &Range<usize>| Some(index.code_points(page.span(range.clone())?));
        let text = |range: &Range<usize>| page.slice(range.clone()).to_owned();
        statements[i].venue =
            setting.venue.as_ref().and_then(|range| Some(Piece { text: text(range), span: span(range)? }));
        let speaker = statements[i].speaker.as_ref();
        statements[i].addressee =
            setting.addressee.clone().and_then(|range| addressee(page, index, &mentions, speaker, range));
        given.push(setting);
    }
}

/// Who is meant by the words in `range` as the one spoken to; nobody where that is the speaker.
pub(crate) fn addressee(
    page: &Page<'_>,
    index: &TextIndex<'_>,
    mentions: &Mentions<'_>,
    speaker: Option<&AgentId>,
    range: Range<usize>,
) -> Option<Addressee> {
    let span = |range: Range<usize>| Some(index.code_points(page.span(range)?));
    let head =
        noun_phrase(page, range.start, range.end).map_or(range.end.checked_sub(1)?, |phrase| phrase.head);
    let agent = mentions.agent(span(head..head + 1)?);
    // Whoever seems to speak to themselves by name is spoken to by somebody else; a pronoun means another.
    let other = agent.is_none() || agent.as_ref() != speaker;
    let named = page.is_capitalised(head);
    (other || !named).then_some(())?;
    let text = page.slice(range.clone()).to_owned();
    Some(Addressee { text, span: span(range)?, agent: agent.filter(|_| other) })
}

/// Where the words stand, in tokens.
#[derive(Clone, Debug, Default)]
struct Setting {
    addressee: Option<Range<usize>>,
    venue: Option<Range<usize>>,
}

/// Whether a statement goes on with the act of saying of the one before it: "adding", or a quotation and "he said".
fn goes_on(page: &Page<'_>, place: &Place<'_>, before: &Place<'_>) -> bool {
    is_plain(page, place) && place.quotes_on_from(page, before)
        || has_cue(page, place, "hangs-on") && place.shares_sentence(page, before)
}

/// Whether the cue only says that something was said: "he added".
fn is_plain(page: &Page<'_>, place: &Place<'_>) -> bool {
    has_cue(page, place, "goes-on")
}

fn has_cue(page: &Page<'_>, place: &Place<'_>, kind: &str) -> bool {
    let first = place.passage.cue.first();
    first.is_some_and(|cue| !SETTING.find_kind(page, cue.clone(), kind).is_empty())
}

fn setting(page: &Page<'_>, places: &[Place<'_>], i: usize) -> Setting {
    let place = &places[i];
    let Some(window) = &place.window else { return Setting::default() };
    let found = SETTING.find(page, window.clone());
    let fits = |found: &&Found| place.may_take(page, places, i, SETTING.kind(found.rule), found);
    let found: Vec<&Found> = found.iter().filter(fits).collect();
    let nearest = |kinds: &[&str], taken: &Option<Range<usize>>| {
        kinds.iter().find_map(|kind| {
            let free = |words: &Range<usize>| {
                taken.as_ref().is_none_or(|taken| words.end <= taken.start || taken.end <= words.start)
            };
            let of_kind =
                found.iter().filter(|found| SETTING.kind(found.rule) == *kind && free(&found.words));
            // The nearest to the cue; of those that begin together the longest.
            let best = of_kind.min_by_key(|found| {
                (place.distance(&found.words), found.words.start, usize::MAX - found.words.end)
            });
            best.map(|found| found.words.start..place.outside(&found.words, kind))
        })
    };
    let addressee = nearest(&["told", "bidden", "called-on", "spoken-to"], &None);
    let addressee = addressee.or_else(|| place.who_was_asked(page, places, i));
    let venue = nearest(&["issued", "venue"], &addressee).or_else(|| nearest(&["house"], &None));
    Setting { addressee, venue }
}
