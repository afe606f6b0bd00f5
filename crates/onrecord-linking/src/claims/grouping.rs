//! Statements that make the same claim, gathered without anybody asking.
//!
//! Two contents make one claim when their telling words are mostly the same, their numbers and their denials are, no name
//! stands in one that is against the other, and they are near in meaning. Contents are held only against those they share two
//! of their rarest words with, so that time grows with their number and not with its square. A group is a proposal: people
//! confirm, merge or split it.

use super::lexicon::Lexicon;
use super::wording::numbers;
use onrecord_models::Meaning;
use rustc_hash::{FxHashMap, FxHasher};
use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

/// How near in meaning.
const NEAR: f32 = 0.92;

/// The weight of words that both have, of the words that either has.
const SHARED: f32 = 0.62;

/// The rarest words of a content, of which two must be shared.
const RAREST: usize = 5;

/// Under one pair of words so many contents are held against each other; a commoner pair tells little.
const MOST_UNDER_A_PAIR: usize = 80;

/// A content of fewer telling words than this is no claim that could be met again: "it is true".
const FEWEST_WORDS: usize = 3;

/// Two contents in different words make one claim only from this length on, in words: what is shorter is a phrase as often as
/// a proposition, and one word more makes it another.
const FEWEST_ALIKE: usize = 9;

/// The shorter has at least this share of the longer's words.
const LENGTHS: f32 = 0.7;

/// Words lighter than this share of a content's heaviest tell nothing.
const LIGHT: f32 = 0.3;

/// Words by which a content says that something is not so.
const NEGATIONS: [&str; 14] = [
    "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "cannot", "without", "t", "false",
    "untrue", "denied",
];

/// A content taken apart.
struct Content {
    /// Stems with their weights, by stem.
    stems: Vec<(u64, f32)>,
    names: BTreeSet<u64>,
    numbers: Vec<String>,
    words: usize,
    denied: bool,
    meaning: Meaning,
    /// What was given with these very words.
    same: Vec<usize>,
}

/// Gathers contents into claims: for each the numbers of its contents in the order given, those of two or more alone, in the
/// order of their first.
pub fn gather<'t>(contents: impl Iterator<Item = &'t str>, lexicon: &mut Lexicon<'_>) -> Vec<Vec<usize>> {
    let mut distinct: Vec<Content> = Vec::new();
    let mut known: FxHashMap<u64, usize> = FxHashMap::default();
    for (number, text) in contents.enumerate() {
        let key = folded(text);
        if let Some(content) = known.get(&key).and_then(|at| distinct.get_mut(*at)) {
            content.same.push(number);
            continue;
        }
        if let Some(mut content) = content(text, lexicon) {
            content.same.push(number);
            known.insert(key, distinct.len());
            distinct.push(content);
        }
    }
    let mut under: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    // For each content the first of its group.
    let mut first: Vec<usize> = (0..distinct.len()).collect();
    for at in 0..distinct.len() {
        let keys = keys(&distinct[at]);
        let mut met: BTreeSet<usize> = BTreeSet::new();
        for key in &keys {
            let list = under.get(key).map(Vec::as_slice).unwrap_or_default();
            met.extend(list.iter().map(|other| first[*other as usize]));
        }
        // With the first of each group only, so that small steps do not lead from one claim to another.
        let best = met
            .into_iter()
            .filter_map(|other| Some((likeness(&distinct[at], &distinct[other])?, other)))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        if let Some((_, other)) = best {
            first[at] = other;
        }
        for key in keys {
            let list = under.entry(key).or_default();
            if list.len() < MOST_UNDER_A_PAIR {
                list.push(u32::try_from(at).unwrap_or(u32::MAX));
            }
        }
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); distinct.len()];
    for (at, first) in first.iter().enumerate() {
        let members = std::mem::take(&mut distinct[at].same);
        groups[*first].extend(members);
    }
    groups.retain(|group| group.len() > 1);
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort();
    groups
}

fn hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    word.hash(&mut hasher);
    hasher.finish()
}

/// Letters and digits alone, small.
fn folded(text: &str) -> u64 {
    let plain: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    hash(&plain)
}

fn content(text: &str, lexicon: &mut Lexicon<'_>) -> Option<Content> {
    let places = lexicon.words(text);
    let heaviest = places.iter().map(|place| place.word.weight).fold(0.0, f32::max);
    let denials = places.iter().filter(|place| NEGATIONS.contains(&&*place.word.plain)).count();
    let mut stems: Vec<(u64, f32)> = places
        .iter()
        .filter(|place| place.word.weight >= LIGHT * heaviest)
        .map(|place| (hash(&place.word.stem), place.word.weight))
        .collect();
    stems.sort_by_key(|stem| stem.0);
    stems.dedup_by_key(|stem| stem.0);
    if stems.len() < FEWEST_WORDS {
        return None;
    }
    Some(Content {
        stems,
        names: places.iter().filter(|place| place.name).map(|place| hash(&place.word.stem)).collect(),
        numbers: numbers(text),
        words: places.len(),
        denied: denials % 2 == 1,
        meaning: lexicon.meaning(text)?,
        same: Vec::new(),
    })
}

/// Each two of the rarest words.
fn keys(content: &Content) -> Vec<u64> {
    let mut rarest = content.stems.clone();
    rarest.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    rarest.truncate(RAREST);
    let mut keys = Vec::new();
    for (i, (a, _)) in rarest.iter().enumerate() {
        for (b, _) in rarest.iter().skip(i + 1) {
            keys.push(a.wrapping_mul(31) ^ b.wrapping_mul(31) ^ a.wrapping_add(*b).rotate_left(17));
        }
    }
    keys
}

/// How alike two contents are, where they make one claim.
fn likeness(a: &Content, b: &Content) -> Option<f32> {
    let (short, long) = (a.words.min(b.words), a.words.max(b.words));
    if short < FEWEST_ALIKE || (short as f32) < LENGTHS * long as f32 {
        return None;
    }
    if a.denied != b.denied || a.numbers != b.numbers {
        return None;
    }
    // A name that only one has may be left out by the other, but not two different ones.
    if a.names.difference(&b.names).next().is_some() && b.names.difference(&a.names).next().is_some() {
        return None;
    }
    let near = a.meaning.likeness(&b.meaning);
    if near < NEAR {
        return None;
    }
    let (mut shared, mut all, mut i, mut j) = (0.0, 0.0, 0, 0);
    while i < a.stems.len() || j < b.stems.len() {
        match (a.stems.get(i), b.stems.get(j)) {
            (Some(x), Some(y)) if x.0 == y.0 => {
                shared += x.1;
                all += x.1;
                (i, j) = (i + 1, j + 1);
            }
            (Some(x), Some(y)) if x.0 < y.0 => {
                all += x.1;
                i += 1;
            }
            (Some(x), None) => {
                all += x.1;
                i += 1;
            }
            (_, Some(y)) => {
                all += y.1;
                j += 1;
            }
            (None, None) => break,
        }
    }
    (shared >= SHARED * all).then_some(near + shared / all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_models::WordVectors;

    fn grouped(contents: &[&str]) -> Vec<Vec<usize>> {
        let vectors = WordVectors::embedded().unwrap();
        gather(contents.iter().copied(), &mut Lexicon::new(&vectors))
    }

    #[test]
    fn the_same_claim_in_nearly_the_same_words_is_one() {
        let groups = grouped(&[
            "the Veldra mill would close by spring with all its looms",
            "The Veldra mill will close by spring with all its looms.",
            "the Veldra mill will not close by spring with all its looms",
            "the ferry to Orm was late again and nobody in town was told",
            "the Veldra mill would close by spring with all its looms",
        ]);
        assert_eq!(groups, [vec![0, 1, 4]]);
    }

    #[test]
    fn other_numbers_and_other_names_are_other_claims() {
        assert!(
            grouped(&[
                "Orrin paid 300 crowns to the clerk for the map",
                "Orrin paid 500 crowns to the clerk for the map"
            ])
            .is_empty()
        );
        assert!(
            grouped(&[
                "the clerk thanked Ann Vey for help with the map",
                "the clerk thanked Tom Orrin for help with the map"
            ])
            .is_empty()
        );
        assert!(grouped(&["yes", "yes", ""]).is_empty());
        assert!(grouped(&["the northern mill closure", "the northern mill closures"]).is_empty());
    }
}
