//! How rare a part is among the names of a list.

use super::part::{Kind, Name, Part};
use super::sounds::Sounds;
use rustc_hash::FxHashMap;

/// A list is thought of as this much longer than it is, so that a short one does not tell what is rare.
const BEFORE: f64 = 1_000.0;
/// How often a part is thought to stand in that longer list, and how often one that many bear.
const USUAL: (f64, f64) = (1.0, 60.0);
/// What the most frequent part still weighs.
const LEAST: f64 = 0.3;

/// How often each part stands in a list.
#[derive(Debug, Default)]
pub(super) struct Rarity {
    names: f64,
    counts: FxHashMap<Sounds, u32>,
}

impl Rarity {
    /// Counts the parts of names.
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a Name>) -> Rarity {
        let mut rarity = Rarity::default();
        for name in names {
            rarity.names += 1.0;
            for part in name.parts.iter().filter(|part| part.kind == Kind::Name) {
                *rarity.counts.entry(part.sounds).or_default() += 1;
            }
        }
        rarity
    }

    /// What a part weighs in the list: by its kind, and a name by how rare it is.
    pub(super) fn weight(&self, part: &Part) -> f64 {
        if part.kind != Kind::Name {
            return part.weight;
        }
        let count = f64::from(self.counts.get(&part.sounds).copied().unwrap_or(0));
        let (base, usual) = if part.weight < 0.7 { (1.0, USUAL.1) } else { (part.weight, USUAL.0) };
        let all = self.names + BEFORE;
        let rare = (all / (count + usual)).ln() / (all / USUAL.0).ln();
        base * (LEAST + (1.0 - LEAST) * rare.clamp(0.0, 1.0))
    }
}
