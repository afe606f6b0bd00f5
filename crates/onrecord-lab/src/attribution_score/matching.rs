//! Which predicted attribution stands for which gold one.

use super::scored_attribution::ScoredAttribution;
use super::spans::Role;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// The least content Jaccard of a match.
const LEAST_JACCARD: f64 = 0.5;

/// A pair of a gold and a predicted attribution, by their places in their lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) gold: usize,
    pub(super) predicted: usize,
    pub(super) same_source: bool,
}

/// What a match asks of the two sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sources {
    MustAgree,
    MayDiffer,
}

struct Candidate {
    content: f64,
    source: f64,
    pair: Match,
}

impl Candidate {
    /// The best first; among equals in the order of the lists.
    fn order(&self, other: &Candidate) -> Ordering {
        (other.content.total_cmp(&self.content))
            .then(other.source.total_cmp(&self.source))
            .then(self.pair.gold.cmp(&other.pair.gold))
            .then(self.pair.predicted.cmp(&other.pair.predicted))
    }
}

/// Matches the two lists one to one, greedily, the greatest content overlap first and then the greatest source
/// overlap.
pub(super) fn matches(
    gold: &[ScoredAttribution],
    predicted: &[ScoredAttribution],
    sources: Sources,
) -> Vec<Match> {
    let mut candidates = candidates(gold, predicted);
    candidates.retain(|candidate| sources == Sources::MayDiffer || candidate.pair.same_source);
    candidates.sort_unstable_by(Candidate::order);
    let (mut gold_taken, mut predicted_taken) = (vec![false; gold.len()], vec![false; predicted.len()]);
    let mut out = Vec::new();
    for Candidate { pair, .. } in candidates {
        if !gold_taken[pair.gold] && !predicted_taken[pair.predicted] {
            gold_taken[pair.gold] = true;
            predicted_taken[pair.predicted] = true;
            out.push(pair);
        }
    }
    out
}

/// Every pair that overlaps enough. Only pairs that share a token are looked at.
fn candidates(gold: &[ScoredAttribution], predicted: &[ScoredAttribution]) -> Vec<Candidate> {
    let mut by_token: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (place, attribution) in predicted.iter().enumerate() {
        for token in attribution.anchor().tokens() {
            by_token.entry(*token).or_default().push(place);
        }
    }
    let mut out = Vec::new();
    for (place, attribution) in gold.iter().enumerate() {
        let near: BTreeSet<usize> = attribution
            .anchor()
            .tokens()
            .iter()
            .filter_map(|token| by_token.get(token))
            .flatten()
            .copied()
            .collect();
        for other in near {
            let (a, b) = (attribution, &predicted[other]);
            let neither_has_content =
                a.tokens(Role::Content).is_empty() && b.tokens(Role::Content).is_empty();
            let compared = if neither_has_content { Role::Cue } else { Role::Content };
            let content = a.tokens(compared).jaccard(b.tokens(compared));
            if content >= LEAST_JACCARD {
                let source = a.tokens(Role::Source).jaccard(b.tokens(Role::Source));
                let pair = Match { gold: place, predicted: other, same_source: a.agrees_on_source(b) };
                out.push(Candidate { content, source, pair });
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{AttributionSpans, ScoredText};
    use super::*;

    /// Ten tokens "a b c …", token n at code points [2n, 2n + 1).
    fn laid(list: &[(&[u32], &[u32])]) -> Vec<ScoredAttribution> {
        let text = ScoredText::new("a b c d e f g h i j");
        let spans =
            |tokens: &[u32]| tokens.iter().map(|token| (2 * token, 2 * token + 1)).collect::<Vec<_>>();
        list.iter()
            .map(|(source, content)| {
                let spans =
                    AttributionSpans { source: spans(source), content: spans(content), cue: spans(&[9]) };
                ScoredAttribution::new(&text, &spans).unwrap()
            })
            .collect()
    }

    fn pairs(
        gold: &[(&[u32], &[u32])],
        predicted: &[(&[u32], &[u32])],
        sources: Sources,
    ) -> Vec<(usize, usize)> {
        matches(&laid(gold), &laid(predicted), sources)
            .iter()
            .map(|pair| (pair.gold, pair.predicted))
            .collect()
    }

    #[test]
    fn the_greatest_overlap_is_taken_first() {
        let gold: &[(&[u32], &[u32])] = &[(&[0], &[1, 2, 3]), (&[0], &[1, 2])];
        assert_eq!(pairs(gold, &[(&[0], &[1, 2])], Sources::MustAgree), [(1, 0)]);
        assert_eq!(pairs(gold, &[(&[0], &[1, 2]), (&[0], &[2, 3])], Sources::MustAgree), [(1, 0), (0, 1)]);
    }

    #[test]
    fn less_than_half_is_no_match() {
        assert_eq!(pairs(&[(&[0], &[1, 2, 3])], &[(&[0], &[1])], Sources::MayDiffer), []);
        assert_eq!(pairs(&[(&[0], &[1, 2])], &[(&[0], &[1])], Sources::MayDiffer), [(0, 0)]);
    }

    #[test]
    fn sources_must_share_a_token_or_be_absent() {
        assert_eq!(pairs(&[(&[0], &[1])], &[(&[5], &[1])], Sources::MustAgree), []);
        assert_eq!(pairs(&[(&[0], &[1])], &[(&[], &[1])], Sources::MustAgree), []);
        assert_eq!(pairs(&[(&[], &[1])], &[(&[], &[1])], Sources::MustAgree), [(0, 0)]);
        assert_eq!(pairs(&[(&[0], &[1])], &[(&[5], &[1])], Sources::MayDiffer), [(0, 0)]);
    }

    #[test]
    fn without_content_cues_are_compared() {
        assert_eq!(pairs(&[(&[0], &[])], &[(&[0], &[])], Sources::MustAgree), [(0, 0)]);
        assert_eq!(pairs(&[(&[0], &[])], &[(&[0], &[9])], Sources::MustAgree), []);
    }
}
