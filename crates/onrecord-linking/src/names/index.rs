//! Finding the names of a list that are like a name.
//!
//! Parts of names, not names, are looked up: each part of the list is filed once under its coarse sound keys
//! ([`super::sounds::Sounds::keys`]), with the names that hold it. A search finds the parts that are like its own, rare ones first,
//! adds up what they weigh for each name, and holds only the best few against the query in full. Parts that many names
//! bear are not followed to all of them once rarer parts have found enough. So a search costs what its rare parts cost,
//! and a list twice as long has far fewer than twice as many parts.

use super::Schema;
use super::alignment::align;
use super::judgement::{rough_score, score, worth};
use super::part::{Kind, Name, Part, settle};
use super::rarity::Rarity;
use super::sounds::Sounds;
use super::spelling::similarity;
use super::words::WORDS;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Ordering;

/// Parts less alike than this do not find each other.
const ALIKE: f64 = 0.66;
/// Neighbours read as one find only what is nearly the same.
const JOINED_ALIKE: f64 = 0.86;
/// So many mentions of parts are followed before parts that many names bear are left aside.
const ENOUGH: usize = 3_000;
/// So many names are held against the query in full, or twice as many as are asked for.
const IN_FULL: usize = 32;
/// What a form of a given name counts for, as in the pairing of parts.
const VARIANT: f64 = 0.95;

/// The names of a list, made ready to be searched.
#[derive(Debug, Default)]
pub struct NameIndex {
    names: Vec<Filed>,
    parts: Vec<FiledPart>,
    by_sounds: FxHashMap<Sounds, u32>,
    by_key: FxHashMap<u64, Vec<u32>>,
    /// Parts that are forms of a given name, by the name's line.
    by_given: FxHashMap<u16, Vec<u32>>,
    rarity: Rarity,
}

/// A name of the list that is like the one asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    /// The entry that bears the name.
    pub entry: usize,
    /// Which name it is, counted from 0 in the order given to [`NameIndex::build`].
    pub name: usize,
    /// How alike, from 0 to 1. Parts weigh by how rare they are in the list, so this orders the list's names better than
    /// [`super::compare`], which knows no list, and can differ from it a little.
    pub score: f64,
}

#[derive(Debug)]
struct Filed {
    entry: usize,
    /// As it was given.
    schema: Schema,
    name: Name,
    /// The weight of its parts.
    weight: f64,
}

/// A part as it stands in any number of names.
#[derive(Debug)]
struct FiledPart {
    sounds: Sounds,
    families: u32,
    unwritten: bool,
    /// Whether it is nowhere a part by itself, only neighbours read as one.
    joined: bool,
    names: Vec<u32>,
}

/// A part of the query with the parts of the list that are like it, the most alike first.
struct Asked {
    weight: f64,
    found: Vec<(f64, u32)>,
    mentions: usize,
}

impl NameIndex {
    /// Makes the names ready: entry, name, and what bears it. An entry may come many times, once for each of its names.
    pub fn build<'a>(names: impl IntoIterator<Item = (usize, &'a str, Schema)>) -> Self {
        let mut index = NameIndex::default();
        for (entry, text, schema) in names {
            let name = Name::read(text, settle(&[text], schema));
            let Ok(n) = u32::try_from(index.names.len()) else { break };
            for part in name.parts.iter().filter(|part| part.kind.is_wordy()) {
                index.file(&part.sounds, part.unwritten, false, n);
            }
            for joined in name.joined.iter().filter(|joined| joined.parts.len() == 2) {
                let unwritten = name.parts.get(joined.parts.start).is_some_and(|part| part.unwritten);
                index.file(&joined.sounds, unwritten, true, n);
            }
            index.names.push(Filed { entry, schema, name, weight: 0.0 });
        }
        index.rarity = Rarity::of(index.names.iter().map(|filed| &filed.name));
        for filed in &mut index.names {
            for part in &mut filed.name.parts {
                part.weight = index.rarity.weight(part);
            }
            reweigh_joined(&mut filed.name);
            filed.weight = filed.name.parts.iter().map(|part| part.weight).sum();
        }
        index
    }

    fn file(&mut self, sounds: &Sounds, unwritten: bool, joined: bool, name: u32) {
        let next = u32::try_from(self.parts.len()).unwrap_or(u32::MAX);
        let n = *self.by_sounds.entry(*sounds).or_insert(next);
        if n == next {
            for key in sounds.keys() {
                self.by_key.entry(key).or_default().push(n);
            }
            for line in WORDS.given(sounds, unwritten) {
                self.by_given.entry(*line).or_default().push(n);
            }
            let families = sounds.families();
            self.parts.push(FiledPart { sounds: *sounds, families, unwritten, joined, names: Vec::new() });
        }
        if let Some(part) = self.parts.get_mut(n as usize) {
            part.unwritten |= unwritten;
            part.joined &= joined;
            if part.names.last() != Some(&name) {
                part.names.push(name);
            }
        }
    }

    /// The names most like `query`, best first, equal ones by entry; `limit` entries at most, each with its best name.
    ///
    /// A name whose schema is another's is not found, unless one of the two is [`Schema::Unknown`]. What has nothing in
    /// common with the query is not there, however high the limit.
    pub fn search(&self, query: &str, schema: Schema, limit: usize) -> Vec<Match> {
        let reading = self.weighed(Name::read(query, settle(&[query], schema)));
        let mut other: Option<Name> = None;
        let fits = |filed: &Filed| {
            schema == Schema::Unknown || filed.schema == Schema::Unknown || schema == filed.schema
        };
        let candidates = self.candidates(&reading, fits, IN_FULL.max(limit.saturating_mul(2)));
        let mut found: Vec<Match> = Vec::with_capacity(candidates.len());
        for n in candidates {
            let Some(filed) = self.names.get(n as usize) else { continue };
            let asked = if filed.name.person == reading.person {
                &reading
            } else {
                other.get_or_insert_with(|| {
                    let schema = if filed.name.person { Schema::Person } else { Schema::Organisation };
                    self.weighed(Name::read(query, schema))
                })
            };
            let turned = filed.name.letters < asked.letters;
            let (left, right) = if turned { (&filed.name, asked) } else { (asked, &filed.name) };
            let score = score(left, right, &align(left, right));
            if score > 0.0 {
                found.push(Match { entry: filed.entry, name: n as usize, score });
            }
        }
        found.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then(a.entry.cmp(&b.entry)).then(a.name.cmp(&b.name))
        });
        let mut seen = FxHashSet::default();
        found.retain(|one| seen.insert(one.entry));
        found.truncate(limit);
        found
    }

    fn weighed(&self, mut name: Name) -> Name {
        for part in &mut name.parts {
            part.weight = self.rarity.weight(part);
        }
        reweigh_joined(&mut name);
        name
    }

    /// The names worth a full comparison.
    fn candidates(&self, query: &Name, fits: impl Fn(&Filed) -> bool, most: usize) -> Vec<u32> {
        let parts = query.parts.iter().filter(|part| part.kind.is_wordy());
        let mut asked: Vec<Asked> = parts
            .map(|part| self.ask(&part.sounds, part.families, part.unwritten, part.weight, ALIKE))
            .collect();
        for joined in query.joined.iter().filter(|joined| joined.parts.len() == 2) {
            // Neighbours read as one are looked for only as they stand, or nearly.
            let unwritten = query.parts.get(joined.parts.start).is_some_and(|part| part.unwritten);
            asked.push(self.ask(&joined.sounds, joined.families, unwritten, joined.weight, JOINED_ALIKE));
        }
        asked.sort_by(|a, b| a.mentions.cmp(&b.mentions).then(b.weight.total_cmp(&a.weight)));
        let mut shared = vec![(0f32, 0u16); self.names.len()];
        let mut touched: Vec<u32> = Vec::new();
        let mut followed = 0;
        for (turn, ask) in (1u16..).zip(&asked) {
            if followed > ENOUGH {
                break;
            }
            for (alike, part) in &ask.found {
                let Some(part) = self.parts.get(*part as usize) else { continue };
                followed += part.names.len();
                for name in &part.names {
                    let Some((sum, last)) = shared.get_mut(*name as usize) else { continue };
                    if *last == turn {
                        continue;
                    }
                    if *last == 0 {
                        touched.push(*name);
                    }
                    *last = turn;
                    *sum += (ask.weight * worth(*alike)) as f32;
                }
                if followed > 2 * ENOUGH {
                    break;
                }
            }
        }
        let whole: f64 = query.parts.iter().map(|part| part.weight).sum();
        let mut rough: Vec<(f64, u32)> = touched
            .into_iter()
            .filter_map(|n| {
                let filed = self.names.get(n as usize).filter(|filed| fits(filed))?;
                let (shared, _) = shared.get(n as usize)?;
                Some((rough_score(f64::from(*shared), whole, filed.weight, filed.name.person), n))
            })
            .collect();
        let best_first =
            |a: &(f64, u32), b: &(f64, u32)| -> Ordering { b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)) };
        if rough.len() > most && most > 0 {
            rough.select_nth_unstable_by(most - 1, best_first);
            rough.truncate(most);
        }
        rough.into_iter().map(|(_, n)| n).collect()
    }

    /// The parts of the list that are like a part of the query.
    fn ask(&self, sounds: &Sounds, families: u32, unwritten: bool, weight: f64, least: f64) -> Asked {
        let given = WORDS.given(sounds, unwritten);
        let mut near: Vec<u32> =
            sounds.keys().iter().filter_map(|key| self.by_key.get(key)).flatten().copied().collect();
        let forms: FxHashSet<u32> =
            given.iter().filter_map(|line| self.by_given.get(line)).flatten().copied().collect();
        near.extend(&forms);
        near.sort_unstable();
        near.dedup();
        let mut found: Vec<(f64, u32)> = Vec::new();
        for n in near {
            let Some(part) = self.parts.get(n as usize) else { continue };
            let form = forms.contains(&n);
            let least = if part.joined { JOINED_ALIKE } else { least };
            let alike = if part.sounds == *sounds {
                1.0
            } else if form {
                VARIANT
            } else if (families ^ part.families).count_ones() > 2 {
                continue;
            } else {
                similarity(sounds, &part.sounds, unwritten != part.unwritten, least)
            };
            let two_names = !given.is_empty()
                && !form
                && alike < 0.97
                && !WORDS.given(&part.sounds, part.unwritten).is_empty();
            if alike >= least && !two_names {
                found.push((alike, n));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mentions = self.mentions(&found);
        Asked { weight, found, mentions }
    }

    fn mentions(&self, found: &[(f64, u32)]) -> usize {
        found.iter().filter_map(|(_, n)| self.parts.get(*n as usize)).map(|part| part.names.len()).sum()
    }
}

fn reweigh_joined(name: &mut Name) {
    for joined in &mut name.joined {
        let parts: &[Part] = name.parts.get(joined.parts.clone()).unwrap_or_default();
        joined.weight = parts.iter().filter(|part| part.kind != Kind::Number).map(|part| part.weight).sum();
    }
}
