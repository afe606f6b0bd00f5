//! Krippendorff's alpha for nominal labels and two coders (Krippendorff 2011), and the labels of tokens.

use super::scored_attribution::ScoredAttribution;
use super::spans::Role;
use std::collections::BTreeMap;

/// The one label a token gets; of several roles the first in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenLabel {
    /// Part of a cue.
    Cue,
    /// Part of a source.
    Source,
    /// Part of a content.
    Content,
    /// Part of no attribution.
    None,
}

/// How often each pair of labels was given to the same thing by two coders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelCounts<L>(BTreeMap<(L, L), u64>);

impl<L> Default for LabelCounts<L> {
    fn default() -> Self {
        LabelCounts(BTreeMap::new())
    }
}

impl<L: Copy + Ord> LabelCounts<L> {
    /// Counts one thing.
    pub fn add(&mut self, first: L, second: L) {
        self.add_many(first, second, 1);
    }

    /// Counts so many things.
    pub fn add_many(&mut self, first: L, second: L, things: u64) {
        *self.0.entry((first, second)).or_default() += things;
    }

    /// Adds the counts of other things.
    pub fn merge(&mut self, other: &LabelCounts<L>) {
        other.0.iter().for_each(|((first, second), count)| self.add_many(*first, *second, *count));
    }

    /// How many things both labels fit, the first coder's and the second's.
    pub fn sum(&self, fits: impl Fn(L, L) -> bool) -> u64 {
        self.0.iter().filter(|((first, second), _)| fits(*first, *second)).map(|(_, count)| count).sum()
    }

    /// Alpha: 1 for perfect agreement, 0 for that of chance; 1 where only one label occurs.
    pub fn alpha(&self) -> f64 {
        // Each coder's label of a thing is paired with the other's, so every thing counts in both directions.
        let mut totals: BTreeMap<L, u128> = BTreeMap::new();
        for ((first, second), count) in &self.0 {
            *totals.entry(*first).or_default() += u128::from(*count);
            *totals.entry(*second).or_default() += u128::from(*count);
        }
        let values: u128 = totals.values().sum();
        let observed = 2 * u128::from(self.sum(|first, second| first != second));
        let like: u128 = totals.values().map(|total| total * total).sum();
        let expected = values * values - like;
        if expected == 0 {
            return 1.0;
        }
        1.0 - ((values - 1) * observed) as f64 / expected as f64
    }
}

/// The label of each of a text's tokens.
pub(super) fn labels(token_count: usize, attributions: &[ScoredAttribution]) -> Vec<TokenLabel> {
    let mut labels = vec![TokenLabel::None; token_count];
    let weakest_first = [
        (Role::Content, TokenLabel::Content),
        (Role::Source, TokenLabel::Source),
        (Role::Cue, TokenLabel::Cue),
    ];
    for (role, label) in weakest_first {
        for token in attributions.iter().flat_map(|attribution| attribution.tokens(role).tokens()) {
            if let Some(place) = labels.get_mut(*token as usize) {
                *place = label;
            }
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;
    use TokenLabel::*;

    fn alpha(pairs: &[(TokenLabel, TokenLabel)]) -> f64 {
        let mut counts = LabelCounts::default();
        pairs.iter().for_each(|(a, b)| counts.add(*a, *b));
        counts.alpha()
    }

    #[test]
    fn a_case_worked_by_hand() {
        // Four tokens, three agreed on: 5 values "none" and 3 "cue"; observed 2, expected 2 · 5 · 3 = 30.
        let by_hand = 1.0 - 7.0 * 2.0 / 30.0;
        assert!((alpha(&[(None, None), (None, None), (Cue, Cue), (None, Cue)]) - by_hand).abs() < 1e-12);
    }

    #[test]
    fn the_ends_of_the_scale() {
        assert_eq!(alpha(&[]), 1.0);
        assert_eq!(alpha(&[(None, None), (None, None)]), 1.0);
        assert_eq!(alpha(&[(Cue, Cue), (Source, Source)]), 1.0);
        assert!(alpha(&[(Cue, Source), (Source, Cue)]) < 0.0);
    }
}
