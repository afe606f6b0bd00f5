//! The figures of the reference scorer.

use super::alignment::best_sum;
use super::clusters::Clusters;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;

/// Precision and recall as numerators and denominators, which can be summed over documents.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measure {
    /// The numerator and denominator of precision.
    pub of_system: (f64, f64),
    /// The numerator and denominator of recall.
    pub of_gold: (f64, f64),
}

impl Measure {
    /// In percent; 0 where there is nothing.
    pub fn precision(self) -> f64 {
        percent(self.of_system)
    }

    /// In percent; 0 where there is nothing.
    pub fn recall(self) -> f64 {
        percent(self.of_gold)
    }

    /// The harmonic mean of both, in percent.
    pub fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
    }
}

impl AddAssign for Measure {
    fn add_assign(&mut self, other: Self) {
        for (sum, more) in [(&mut self.of_system, other.of_system), (&mut self.of_gold, other.of_gold)] {
            sum.0 += more.0;
            sum.1 += more.1;
        }
    }
}

fn percent((part, whole): (f64, f64)) -> f64 {
    if whole > 0.0 { 100.0 * part / whole } else { 0.0 }
}

/// The figures of one document or of several.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CoreferenceFigures {
    /// Documents compared.
    pub documents: usize,
    /// Chains of the gold, and of the program.
    pub chains: (usize, usize),
    /// Mentions that both have.
    pub mentions: Measure,
    /// MUC.
    pub muc: Measure,
    /// B³.
    pub b_cubed: Measure,
    /// CEAFe.
    pub ceaf: Measure,
}

impl CoreferenceFigures {
    /// The mean of the F1 of MUC, B³ and CEAFe, in percent.
    pub fn conll(&self) -> f64 {
        (self.muc.f1() + self.b_cubed.f1() + self.ceaf.f1()) / 3.0
    }
}

impl AddAssign for CoreferenceFigures {
    fn add_assign(&mut self, other: Self) {
        self.documents += other.documents;
        self.chains.0 += other.chains.0;
        self.chains.1 += other.chains.1;
        self.mentions += other.mentions;
        self.muc += other.muc;
        self.b_cubed += other.b_cubed;
        self.ceaf += other.ceaf;
    }
}

/// Compares the program's chains of one document with the gold ones.
pub fn compare(gold: &Clusters, system: &Clusters) -> CoreferenceFigures {
    let shared = gold.mentions().filter(|mention| system.chain_of(*mention).is_some()).count() as f64;
    let overlaps = overlaps(gold, system);
    let size = |chain: Option<&Vec<_>>| chain.map_or(0.0, |chain| chain.len() as f64);
    let (mut b_system, mut b_gold) = (0.0, 0.0);
    let mut weights = vec![vec![0.0; system.chains().len()]; gold.chains().len()];
    for ((k, r), count) in &overlaps {
        let (in_gold, in_system, both) =
            (size(gold.chains().get(*k)), size(system.chains().get(*r)), *count as f64);
        b_gold += both * both / in_gold;
        b_system += both * both / in_system;
        if let Some(cell) = weights.get_mut(*k).and_then(|row| row.get_mut(*r)) {
            *cell = 2.0 * both / (in_gold + in_system);
        }
    }
    let (system_mentions, gold_mentions) = (system.mention_count() as f64, gold.mention_count() as f64);
    let alike = best_sum(&weights);
    let measure = |of_system, of_gold| Measure { of_system, of_gold };
    CoreferenceFigures {
        documents: 1,
        chains: (gold.chains().len(), system.chains().len()),
        mentions: measure((shared, system_mentions), (shared, gold_mentions)),
        muc: measure(links(system, gold), links(gold, system)),
        b_cubed: measure((b_system, system_mentions), (b_gold, gold_mentions)),
        ceaf: measure((alike, system.chains().len() as f64), (alike, gold.chains().len() as f64)),
    }
}

/// How many mentions a chain of the gold and one of the program share, where they share any.
fn overlaps(gold: &Clusters, system: &Clusters) -> BTreeMap<(usize, usize), usize> {
    let mut counts = BTreeMap::new();
    for mention in gold.mentions() {
        if let (Some(k), Some(r)) = (gold.chain_of(mention), system.chain_of(mention)) {
            *counts.entry((k, r)).or_insert(0) += 1;
        }
    }
    counts
}

/// Of the links that hold chains together, how many another side has, and all: numerator and denominator of MUC.
fn links(chains: &Clusters, by: &Clusters) -> (f64, f64) {
    let (mut kept, mut all) = (0, 0);
    for chain in chains.chains() {
        let parts: BTreeSet<usize> = chain.iter().filter_map(|mention| by.chain_of(*mention)).collect();
        let alone = chain.iter().filter(|mention| by.chain_of(**mention).is_none()).count();
        kept += chain.len() - parts.len() - alone;
        all += chain.len() - 1;
    }
    (kept as f64, all as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Chains of mentions of one word, a letter each.
    fn clusters(chains: &[&str]) -> Clusters {
        Clusters::new(
            chains.iter().map(|chain| chain.bytes().map(|b| (b.into(), usize::from(b) + 1)).collect()),
        )
    }

    fn assert_percent(measure: Measure, precision: f64, recall: f64) {
        assert!((measure.precision() - precision).abs() < 1e-6, "{measure:?}: {}", measure.precision());
        assert!((measure.recall() - recall).abs() < 1e-6, "{measure:?}: {}", measure.recall());
    }

    /// The example by which Pradhan et al. (2014) explain the measures, with their results: in their rounding MUC 0.40
    /// and 0.40, B³ 0.50 and 0.42, CEAFe 0.43 and 0.65.
    #[test]
    fn the_published_example_comes_out() {
        let figures = compare(&clusters(&["abc", "defg"]), &clusters(&["ab", "cd", "fghi"]));
        assert_percent(figures.mentions, 600.0 / 8.0, 600.0 / 7.0);
        assert_percent(figures.muc, 40.0, 40.0);
        assert_percent(figures.b_cubed, 50.0, 100.0 * (4.0 / 3.0 + 1.0 / 3.0 + 1.0 / 4.0 + 1.0) / 7.0);
        assert_percent(figures.ceaf, 130.0 / 3.0, 65.0);
        assert_eq!(figures.chains, (2, 3));
    }

    #[test]
    fn sums_are_taken_before_shares() {
        let mut sum = compare(&clusters(&["ab"]), &clusters(&["ab"]));
        assert!((sum.conll() - 100.0).abs() < 1e-9);
        sum += compare(&clusters(&["abcd"]), &clusters(&[]));
        // One link of one, then none of three: a quarter, and not the mean of 1 and 0.
        assert_percent(sum.muc, 100.0, 25.0);
        assert_percent(sum.b_cubed, 100.0, 200.0 / 6.0);
        assert_percent(sum.ceaf, 100.0, 50.0);
        assert_eq!(sum.documents, 2);
    }

    #[test]
    fn one_chain_for_everything_has_full_recall() {
        let figures = compare(&clusters(&["ab", "cd"]), &clusters(&["abcd"]));
        assert_percent(figures.muc, 200.0 / 3.0, 100.0);
        assert_percent(figures.b_cubed, 50.0, 100.0);
        assert_percent(figures.ceaf, 200.0 / 3.0, 100.0 / 3.0);
    }

    #[test]
    fn nothing_against_nothing_is_zero() {
        let figures = compare(&clusters(&[]), &clusters(&["a"]));
        assert_eq!(figures.conll(), 0.0);
        assert_eq!(figures.mentions.f1(), 0.0);
    }
}
