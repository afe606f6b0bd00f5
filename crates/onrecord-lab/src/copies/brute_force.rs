//! Copies by brute force: every shingle of every text, without sampling. What the index is measured against.
//!
//! It shares no code with the program: words are runs of letters, digits and underscores in small letters.

use onrecord_linking::origins::{COPIED, SHINGLE};
use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{Hash, Hasher};

/// The different shingles of a text, in order.
fn shingles(text: &str) -> Vec<u64> {
    let folded = text.to_lowercase();
    let words: Vec<&str> =
        folded.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty()).collect();
    let hashes = words.windows(SHINGLE).map(|run| {
        let mut hasher = DefaultHasher::new();
        run.hash(&mut hasher);
        hasher.finish()
    });
    let different: BTreeSet<u64> = hashes.collect();
    different.into_iter().collect()
}

/// The pairs of texts of which the shorter has [`COPIED`] of its shingles in the other, the earlier first, each with
/// that share.
pub fn copies(texts: &[&str]) -> BTreeMap<(u32, u32), f32> {
    let mut sizes = Vec::with_capacity(texts.len());
    let mut places: Vec<(u64, u32)> = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        let found = shingles(text);
        sizes.push(found.len());
        places.extend(found.into_iter().map(|shingle| (shingle, number as u32)));
    }
    places.sort_unstable();
    let mut common: HashMap<(u32, u32), u32> = HashMap::new();
    for same in places.chunk_by(|a, b| a.0 == b.0) {
        for (at, (_, a)) in same.iter().enumerate() {
            same.iter().skip(at + 1).for_each(|(_, b)| *common.entry((*a, *b)).or_default() += 1);
        }
    }
    let share = |pair: (u32, u32), common: u32| {
        let [a, b] = [pair.0, pair.1].map(|it| sizes.get(it as usize).copied().unwrap_or_default());
        common as f32 / a.min(b).max(1) as f32
    };
    let found = common.into_iter().map(|(pair, common)| (pair, share(pair, common)));
    found.filter(|(_, share)| *share >= COPIED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_within_another_is_wholly_contained() {
        let texts = [
            "The quay at Korr was shut on Monday, the harbour master said.",
            "Nothing of this kind stands in the second of these texts at all.",
            "Lanterns went out. THE QUAY at Korr was shut on Monday, the harbour master said. Ships wait.",
        ];
        assert_eq!(copies(&texts).into_iter().collect::<Vec<_>>(), [((0, 2), 1.0)]);
    }
}
