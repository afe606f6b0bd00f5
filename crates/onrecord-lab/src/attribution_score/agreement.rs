//! Krippendorff's alpha for nominal labels and two coders (Krippendorff 2011), over the labels of tokens.

use super::scored_attribution::ScoredAttribution;
use super::spans::Role;

/// The one label a token gets; of several roles the first in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// How often each pair of labels was given to the same token by two coders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelCounts([[u64; 4]; 4]);

impl LabelCounts {
    /// Counts one token.
    pub fn add(&mut self, first: TokenLabel, second: TokenLabel) {
        self.0[first as usize][second as usize] += 1;
    }

    /// Adds the counts of other tokens.
    pub fn merge(&mut self, other: &LabelCounts) {
        for (row, other) in self.0.iter_mut().zip(&other.0) {
            for (count, other) in row.iter_mut().zip(other) {
                *count += other;
            }
        }
    }

    /// Alpha: 1 for perfect agreement, 0 for that of chance; 1 where only one label occurs.
    pub fn alpha(&self) -> f64 {
        // Each coder's label of a token is paired with the other's, so every token counts in both directions.
        let coincidences = |a: usize, b: usize| u128::from(self.0[a][b]) + u128::from(self.0[b][a]);
        let totals: [u128; 4] = std::array::from_fn(|a| (0..4).map(|b| coincidences(a, b)).sum());
        let values: u128 = totals.iter().sum();
        let unlike = || (0..4).flat_map(|a| (0..4).map(move |b| (a, b))).filter(|(a, b)| a != b);
        let observed: u128 = unlike().map(|(a, b)| coincidences(a, b)).sum();
        let expected: u128 = unlike().map(|(a, b)| totals[a] * totals[b]).sum();
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
