//! Which mentions mean the same person.
//!
//! A network finds mentions and tells how well one goes back to another ([`onrecord_models::CoreferenceNetwork`]); names are
//! joined by the cast already. Here the two come together: each mention goes to whoever its name names, or else to whoever the
//! mention it goes back to means, unless that cannot be.

mod chain;
mod mention;
mod pair;
mod scene;

pub(super) use chain::{Chains, Meant};
pub(super) use mention::{Mention, Number, Pronoun};
pub(super) use scene::Scene;

use super::resolve::by_rules;
use crate::attribution::Attribution;
use crate::token::{Gap, Token};
use onrecord_models::{CoreferenceNetwork, FoundMention};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// How many mentions back are looked at.
const BACK: usize = 80;

/// How many features a mention and a pair may have: the sizes of a network's tables.
pub const FEATURES: (usize, usize) = (mention::FEATURES, pair::FEATURES);

/// What a network is to learn from in one text: its mentions' features, and those of each pair.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lesson {
    /// For each mention the numbers of its features.
    pub mentions: Vec<Vec<u16>>,
    /// For each pair within reach the later mention, the earlier one, and the numbers of the pair's features.
    pub pairs: Vec<(u32, u32, Vec<u16>)>,
}

/// The mentions of persons that a network found in a text.
#[derive(Clone, Copy, Debug)]
pub struct People<'a> {
    /// What tells how well two mentions go together.
    pub network: &'a CoreferenceNetwork,
    /// The mentions, counted in the tokens that the network read.
    pub found: &'a [FoundMention],
    /// These tokens; the labels of turns are missing.
    pub spoken: &'a [Token],
}

impl People<'_> {
    /// Joins the mentions; `tokens` are all tokens of the page.
    pub(super) fn chains(
        &self,
        scene: &Scene<'_, '_>,
        tokens: &[Token],
        attributions: &[Attribution],
    ) -> Chains {
        let at = |i: usize| {
            let start = self.spoken.get(i)?.span.start;
            let place = tokens.partition_point(|token| token.span.start < start);
            tokens.get(place).filter(|token| token.span.start == start).map(|_| place)
        };
        let mut found = Vec::with_capacity(self.found.len());
        let mut places: Vec<(Range<usize>, usize)> = Vec::with_capacity(self.found.len());
        for mention in self.found {
            let (Some(first), Some(head), Some(last)) =
                (at(mention.first), at(mention.head), at(mention.end.wrapping_sub(1)))
            else {
                continue;
            };
            // No mention runs over the end of a line.
            let whole = first <= head
                && head <= last
                && (first + 1..=last).all(|i| tokens.get(i).is_some_and(|token| token.gap < Gap::Line));
            let range = if whole { first..last + 1 } else { head..head + 1 };
            if places.last().is_none_or(|(known, _)| *known != range) {
                places.push((range, head));
                found.push(mention);
            }
        }
        let all = mentions(scene, &places, attributions);
        chain::chains(scene, self.network, &found, all)
    }
}

/// The mentions at `places` (range and head), which are in the order of their heads.
fn mentions(
    scene: &Scene<'_, '_>,
    places: &[(Range<usize>, usize)],
    attributions: &[Attribution],
) -> Vec<Mention> {
    let ruled = by_rules(scene.page, scene.names, scene.cast, attributions, scene.turns, places);
    let mut told: FxHashMap<u64, u8> = FxHashMap::default();
    let mut named: FxHashMap<usize, u8> = FxHashMap::default();
    let mut all: Vec<Mention> = Vec::with_capacity(places.len());
    for ((range, head), ruled) in places.iter().zip(ruled) {
        let mut mention = Mention::new(scene, range.clone(), *head);
        mention.ruled = ruled;
        let known = told.entry(mention.text).or_default();
        mention.told = *known;
        *known = known.saturating_add(1);
        if let Some(of) = mention.named {
            let known = named.entry(of).or_default();
            mention.named_before = *known;
            *known = known.saturating_add(1);
        }
        let near =
            || all.iter().enumerate().rev().take(BACK).filter(|(_, one)| !pair::impossible(&mention, one));
        let nearest = near().find(|(_, one)| one.person()).and_then(|(_, one)| one.named);
        let subject =
            near().find(|(_, one)| one.begins_sentence && one.quoted == mention.quoted).map(|(i, _)| i);
        (mention.nearest, mention.nearest_subject) = (nearest, subject);
        all.push(mention);
    }
    all
}

/// The lesson of a page with these mentions.
pub(super) fn lesson(
    scene: &Scene<'_, '_>,
    places: &[(Range<usize>, usize)],
    attributions: &[Attribution],
) -> Lesson {
    let all = mentions(scene, places, attributions);
    let mut lesson = Lesson { mentions: all.iter().map(Mention::features).collect(), pairs: Vec::new() };
    for (i, later) in all.iter().enumerate() {
        for (j, earlier) in all.iter().enumerate().take(i).skip(i.saturating_sub(BACK)) {
            let features = pair::features(scene, later, earlier, (i, j));
            lesson.pairs.push((i as u32, j as u32, features.to_vec()));
        }
    }
    lesson
}
