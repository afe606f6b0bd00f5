//! Lists made ready to be asked.

use super::country;
use super::entry::Entry;
use super::query::{Query, parts};
use super::weighing::{Asking, Bearers, Known, Pair, Weighed, weigh};
use crate::names::{Band, Comparison, NameIndex, POSSIBLE, Schema, compare};
use onrecord_record::{ListFinding, ListKind};
use rustc_hash::FxHashMap;

/// How many entries are looked at closely for each that may be shown: facts leave some out and move others down.
const CLOSER_LOOK: usize = 3;

/// How far the index's score may lie below what comparing the two names by themselves gives.
const SLACK: f64 = 0.1;

/// The most entries that are looked at closely for one name.
const MOST_LOOKED_AT: usize = 60;

/// A match found in a text that is so much less like the name than the best one is left out beside it.
const MUCH_LESS_ALIKE: f64 = 0.02;

/// Entries of one or more lists, indexed by their names. Shared between threads by reference.
pub struct Watchlist {
    entries: Vec<Entry>,
    known: Vec<Known>,
    /// Entry and place in it, for each name in the order given to the index.
    names: Vec<(usize, usize)>,
    index: NameIndex,
    bearers: Bearers,
    /// Entry and place in it of the names with these words, for names of another kind than was asked for.
    by_words: FxHashMap<Box<str>, Vec<(usize, usize)>>,
}

/// The words of a name in the order of the alphabet, plain Latin letters.
fn sorted_words(name: &str) -> Box<str> {
    let plain = any_ascii::any_ascii(name).to_lowercase();
    let mut words: Vec<&str> =
        plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.join(" ").into()
}

/// Entries of other kinds that are told of one name.
const MOST_OF_OTHER_KINDS: usize = 5;

/// How a name of an entry is to be taken apart.
fn schema(kind: Option<ListKind>) -> Schema {
    match kind {
        Some(ListKind::Person) => Schema::Person,
        Some(ListKind::Organisation) => Schema::Organisation,
        Some(ListKind::Vessel | ListKind::Aircraft) => Schema::Vessel,
        None => Schema::Unknown,
    }
}

impl Watchlist {
    /// Makes `entries` ready to be asked.
    pub fn build(entries: Vec<Entry>) -> Self {
        let mut names = Vec::new();
        let mut by_words: FxHashMap<Box<str>, Vec<(usize, usize)>> = FxHashMap::default();
        for (at, entry) in entries.iter().enumerate() {
            for (place, name) in entry.names.iter().enumerate() {
                names.push((at, place));
                by_words.entry(sorted_words(&name.text)).or_default().push((at, place));
            }
        }
        let bearers = Bearers::of(&entries);
        let known = entries.iter().map(Known::of).collect();
        let index = NameIndex::build(entries.iter().enumerate().flat_map(|(at, entry)| {
            entry.names.iter().map(move |name| (at, name.text.as_str(), schema(entry.facts.kind)))
        }));
        Watchlist { entries, known, names, index, bearers, by_words }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries whose names are like those of `query`, the strongest proposals first, `limit` at most.
    pub fn matches(&self, query: &Query, limit: usize) -> Vec<ListFinding> {
        let asking = Asking::new(query);
        let mut names = query.names();
        if query.from_text {
            // A text is full of countries; no list means them by a name that sounds alike.
            names.retain(|name| !country::is_name(name));
            // A single part of a person's name is weighed only where the text gives another name too.
            let person = query.kind == Some(ListKind::Person);
            if names.len() == 1 && person && names.iter().all(|name| parts(name) < 2) {
                return Vec::new();
            }
        }
        let mut candidates: Vec<Candidate> = Vec::new();
        for name in &names {
            self.candidates(name, query, limit, &mut candidates);
        }
        candidates.sort_by(Candidate::order);
        let mut taken: Vec<(usize, &Candidate, Weighed)> = Vec::new();
        for (n, candidate) in candidates.iter().enumerate() {
            // The best pair of names stands for the entry.
            if candidates.iter().take(n).any(|before| before.entry == candidate.entry) {
                continue;
            }
            let others = candidates.iter().filter(|other| {
                other.entry == candidate.entry
                    && other.asked != candidate.asked
                    && other.comparison.band == Band::Same
            });
            let Some(pair) = self.pair(&asking, candidate, others.count()) else { continue };
            taken.extend(weigh(&pair).map(|weighed| (n, candidate, weighed)));
        }
        taken.sort_by(|a, b| a.2.band.cmp(&b.2.band).then(a.0.cmp(&b.0)));
        if query.from_text
            && let Some(best) = taken.first().map(|(_, best, weighed)| (best.comparison.score, weighed.band))
        {
            taken.retain(|(_, other, weighed)| {
                weighed.band == best.1 || other.comparison.score > best.0 - MUCH_LESS_ALIKE
            });
        }
        taken.truncate(limit);
        taken.into_iter().filter_map(|(_, candidate, weighed)| self.finding(candidate, weighed)).collect()
    }

    /// Adds the entries with names like `name`.
    fn candidates(&self, name: &str, query: &Query, limit: usize, out: &mut Vec<Candidate>) {
        let look = (limit.saturating_mul(CLOSER_LOOK)).clamp(1, MOST_LOOKED_AT);
        let wanted = schema(query.kind);
        for found in self.index.search(name, wanted, look) {
            if found.score < POSSIBLE - SLACK {
                break;
            }
            let place = self.names.get(found.name).copied();
            out.extend(place.and_then(|(entry, place)| self.closely(name, entry, place, wanted)));
        }
        if query.kind.is_none() || out.iter().any(|candidate| candidate.comparison.band == Band::Same) {
            return;
        }
        // What a text calls an organisation may be a ship on the list: the same words in another kind are told where
        // nothing of the kind asked for has the name.
        let same_words = self.by_words.get(&sorted_words(name)).into_iter().flatten();
        let of_another = |(entry, _): &&(usize, usize)| {
            self.entries
                .get(*entry)
                .is_some_and(|entry| entry.facts.kind.is_some_and(|kind| Some(kind) != query.kind))
        };
        for (entry, place) in same_words.filter(of_another).take(MOST_OF_OTHER_KINDS) {
            out.extend(self.closely(name, *entry, *place, Schema::Unknown));
        }
    }

    fn closely(&self, name: &str, entry: usize, place: usize, wanted: Schema) -> Option<Candidate> {
        let listed = self.entries.get(entry)?;
        let matched = &listed.names.get(place)?.text;
        // Where the list does not say what an entry is, its name tells whether a body bears it.
        let there = schema(listed.facts.kind);
        let schema = if wanted == Schema::Unknown || there == Schema::Unknown { there } else { wanted };
        let comparison = compare(name, matched, schema);
        let candidate = Candidate { entry, place, asked: name.to_owned(), comparison };
        (candidate.comparison.band != Band::Different).then_some(candidate)
    }

    fn pair<'p>(
        &'p self,
        asking: &'p Asking<'p>,
        candidate: &'p Candidate,
        other_names: usize,
    ) -> Option<Pair<'p>> {
        let entry = self.entries.get(candidate.entry)?;
        let matched = entry.names.get(candidate.place)?;
        Some(Pair {
            asking,
            name: &candidate.asked,
            entry,
            known: self.known.get(candidate.entry)?,
            matched,
            comparison: &candidate.comparison,
            bearers: &self.bearers,
            other_names,
        })
    }

    fn finding(&self, candidate: &Candidate, weighed: Weighed) -> Option<ListFinding> {
        let entry = self.entries.get(candidate.entry)?;
        let matched = entry.names.get(candidate.place)?;
        Some(ListFinding {
            list: entry.list.to_string(),
            id: entry.id.clone(),
            place: entry.place.clone(),
            name: entry.names.first()?.text.clone(),
            matched: matched.text.clone(),
            matched_as: matched.standing,
            query: candidate.asked.clone(),
            score: (candidate.comparison.score * 1_000.0).round() / 1_000.0,
            band: weighed.band,
            proposal: weighed.band.proposal().to_owned(),
            reasons: weighed.reasons,
            against: weighed.against,
            facts: entry.facts.clone(),
        })
    }
}

/// A pair of names that are alike.
struct Candidate {
    entry: usize,
    /// Which name of the entry.
    place: usize,
    /// Which name of the query.
    asked: String,
    comparison: Comparison,
}

impl Candidate {
    /// Better pairs first, then the order of the list.
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        let by_band = other.comparison.band.cmp(&self.comparison.band);
        by_band
            .then(other.comparison.score.total_cmp(&self.comparison.score))
            .then(self.entry.cmp(&other.entry))
            .then(self.place.cmp(&other.place))
            .then(self.asked.cmp(&other.asked))
    }
}
