//! Sentences of two texts that say the same: the second channel, by which rewritten copies are found.
//!
//! Two texts on one subject share its words all over. A rewriter shares more: the words beside the subject, sentence by
//! sentence, and mostly in the same order. So a word counts the less the more sentences of the two texts have it, and a
//! pair of sentences counts only by what else they share. Quoted words do not count: two reporters heard the same.

use super::wording::{Sentence, Wording};
use rustc_hash::FxHashMap;

/// The least share of the lighter sentence's weight that both must have.
const LEAST_ALIKE: f32 = 0.45;

/// The fewest stems that both must have.
const LEAST_STEMS: usize = 3;

/// The least weight that both must have: about two words of their own.
const LEAST_WEIGHT: f32 = 1.6;

/// A stem in more sentences of one text joins none: it is the subject, and the cost would grow with the square.
const MOST_SENTENCES: usize = 24;

/// Two sentences that say the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Answer {
    /// Their numbers in the first and the second text.
    pub(super) sentences: [usize; 2],
    /// The share of weight in common, 0 to 1.
    pub(super) alike: f32,
}

/// How two texts answer each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Alignment {
    /// For each sentence of the lighter text that has one, the likest of the other, in the order of the first text.
    pub(super) answers: Vec<Answer>,
    /// The share of the lighter text's weight that is answered and in common.
    pub(super) covered: f32,
    /// The share of the answers that stand in one order in both texts.
    pub(super) ordered: f32,
}

/// Aligns the sentences of two texts.
pub(super) fn align(a: &Wording, b: &Wording) -> Alignment {
    let weights = Weights::of(&a.sentences, &b.sentences);
    let [heavy_a, heavy_b] = [a, b].map(|text| weights.all(&text.sentences));
    let [sum_a, sum_b]: [f32; 2] = [&heavy_a, &heavy_b].map(|all| all.iter().sum());
    let turned = sum_b < sum_a;
    let (short, long) = if turned { (b, a) } else { (a, b) };
    let (heavy_short, heavy_long) = if turned { (heavy_b, heavy_a) } else { (heavy_a, heavy_b) };

    let mut places: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (number, sentence) in long.sentences.iter().enumerate() {
        for stem in &sentence.stems {
            places.entry(*stem).or_default().push(number as u32);
        }
    }
    let mut found: Vec<(usize, usize, f32)> = Vec::new();
    let mut covered = 0.0;
    let mut shared: FxHashMap<u32, (f32, usize)> = FxHashMap::default();
    for (number, sentence) in short.sentences.iter().enumerate() {
        shared.clear();
        for stem in &sentence.stems {
            let Some(with) = places.get(stem).filter(|with| with.len() <= MOST_SENTENCES) else { continue };
            let weight = weights.of_stem(*stem);
            for other in with {
                let so_far = shared.entry(*other).or_default();
                *so_far = (so_far.0 + weight, so_far.1 + 1);
            }
        }
        let own = heavy_short.get(number).copied().unwrap_or_default();
        let fits = |(other, (weight, stems)): (&u32, &(f32, usize))| {
            let other = *other as usize;
            let lighter = own.min(heavy_long.get(other).copied().unwrap_or_default()).max(f32::EPSILON);
            let alike = (weight / lighter).min(1.0);
            let fits = *stems >= LEAST_STEMS && *weight >= LEAST_WEIGHT && alike >= LEAST_ALIKE;
            fits.then_some((*weight, other, alike))
        };
        // The heaviest in common, then the first: no order of a map decides.
        let best = shared.iter().filter_map(fits).max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
        if let Some((weight, other, alike)) = best {
            covered += weight.min(own);
            found.push((number, other, alike));
        }
    }
    let ordered = ordered(&found.iter().map(|(_, other, _)| *other).collect::<Vec<_>>());
    let mut answers: Vec<Answer> = found
        .into_iter()
        .map(|(own, other, alike)| Answer {
            sentences: if turned { [other, own] } else { [own, other] },
            alike,
        })
        .collect();
    answers.sort_by_key(|answer| answer.sentences);
    let whole: f32 = heavy_short.iter().sum();
    Alignment { answers, covered: if whole > 0.0 { covered / whole } else { 0.0 }, ordered }
}

/// How much each stem counts in a pair of texts.
struct Weights {
    /// In how many sentences of the two texts a stem stands.
    counts: FxHashMap<u32, u32>,
    sentences: f32,
}

impl Weights {
    fn of(a: &[Sentence], b: &[Sentence]) -> Weights {
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        for stem in a.iter().chain(b).flat_map(|sentence| &sentence.stems) {
            *counts.entry(*stem).or_default() += 1;
        }
        Weights { counts, sentences: (a.len() + b.len()).max(2) as f32 }
    }

    /// 1 for a stem of one sentence, near 0 for one that all have.
    fn of_stem(&self, stem: u32) -> f32 {
        let count = self.counts.get(&stem).copied().unwrap_or(1) as f32;
        // By half: a stem that stands once in each text is as much a word of its own as it can be.
        ((self.sentences / count.max(2.0)).ln() / (self.sentences / 2.0).ln().max(0.5)).clamp(0.05, 1.0)
    }

    fn all(&self, sentences: &[Sentence]) -> Vec<f32> {
        let sum = |sentence: &Sentence| sentence.stems.iter().map(|stem| self.of_stem(*stem)).sum();
        sentences.iter().map(sum).collect()
    }
}

/// The share of numbers in the longest part of the list that rises or stays.
fn ordered(numbers: &[usize]) -> f32 {
    // For each length the least last number of a rising part that long.
    let mut tails: Vec<usize> = Vec::new();
    for number in numbers {
        let at = tails.partition_point(|tail| tail <= number);
        match tails.get_mut(at) {
            Some(tail) => *tail = *number,
            None => tails.push(*number),
        }
    }
    if numbers.is_empty() { 0.0 } else { tails.len() as f32 / numbers.len() as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOLD: &str = "The harbour master closed the northern quay after inspectors found rust in its piles. \
        Fishermen must land their catch at Lowmarket until spring. \
        The council set aside four million crowns for repairs, its treasurer told the assembly. \
        A storm had torn away the outer lights in December.";

    const RETOLD: &str = "Rust in the piles, discovered by inspectors, made the harbour master shut the northern quay. \
        Until spring, fishermen have to land what they catch at Lowmarket. \
        In December a storm tore the outer lights away. \
        For the repairs the council will set four million crowns aside, according to its treasurer.";

    const SAME_SUBJECT: &str = "The northern quay is the oldest part of the harbour and was built by the fishermen of Korr. \
        Its owner wants to sell it. The council is against that and has asked for an expert opinion. \
        In winter nobody may fish there.";

    #[test]
    fn a_retold_text_is_aligned_sentence_by_sentence_and_one_on_the_same_subject_is_not() {
        let [told, retold, other] = [TOLD, RETOLD, SAME_SUBJECT].map(Wording::of);
        let found = align(&told, &retold);
        let pairs: Vec<[usize; 2]> = found.answers.iter().map(|answer| answer.sentences).collect();
        assert_eq!(pairs, [[0, 0], [1, 1], [2, 3], [3, 2]]);
        assert!(found.covered > 0.5, "{found:?}");
        assert_eq!(found.ordered, 0.75);
        let by_subject = align(&told, &other);
        assert!(by_subject.covered < 0.2, "{by_subject:?}");
        assert_eq!(align(&told, &Wording::default()), Alignment::default());
    }
}
