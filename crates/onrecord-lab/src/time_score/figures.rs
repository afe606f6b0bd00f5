//! What is counted.

/// Counts over documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimeFigures {
    /// Documents read.
    pub documents: usize,
    /// Expressions in the gold.
    pub gold: usize,
    /// Expressions found.
    pub found: usize,
    /// Pairs with the same characters.
    pub strict: usize,
    /// Pairs that share some.
    pub overlap: usize,
    /// Pairs of the same type.
    pub types: usize,
    /// Pairs with the same value.
    pub values: usize,
    /// Pairs with the same characters and the same value.
    pub strict_values: usize,
    /// What was not met, a line each.
    pub mistakes: Vec<String>,
}

impl TimeFigures {
    /// Adds another's counts.
    pub fn add(&mut self, other: TimeFigures) {
        self.documents += other.documents;
        self.gold += other.gold;
        self.found += other.found;
        self.strict += other.strict;
        self.overlap += other.overlap;
        self.types += other.types;
        self.values += other.values;
        self.strict_values += other.strict_values;
        self.mistakes.extend(other.mistakes);
    }

    /// Precision, recall and F1 of `right` ones, in per cent.
    pub fn shares(&self, right: usize) -> [f64; 3] {
        let share = |of: usize| if of == 0 { 0.0 } else { 100.0 * right as f64 / of as f64 };
        let both = self.gold + self.found;
        let f1 = if both == 0 { 0.0 } else { 200.0 * right as f64 / both as f64 };
        [share(self.found), share(self.gold), f1]
    }
}

/// Pairs spans of two lists in the order of the text where they overlap, each once; answers with places in the lists. Of
/// several that one could be paired with, one with the same ends comes first.
pub fn paired(gold: &[(u32, u32)], found: &[(u32, u32)]) -> Vec<(usize, usize)> {
    let mut taken = vec![false; found.len()];
    let mut pairs = Vec::new();
    let exact = |g: usize, taken: &[bool]| (0..found.len()).find(|f| !taken[*f] && found[*f] == gold[g]);
    let mut open = Vec::new();
    for g in 0..gold.len() {
        match exact(g, &taken) {
            Some(f) => {
                taken[f] = true;
                pairs.push((g, f));
            }
            None => open.push(g),
        }
    }
    for g in open {
        let (start, end) = gold[g];
        if let Some(f) = (0..found.len()).find(|f| !taken[*f] && found[*f].0 < end && start < found[*f].1) {
            taken[f] = true;
            pairs.push((g, f));
        }
    }
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_ends_are_paired_before_overlaps() {
        let gold = [(0, 20), (5, 9), (30, 32)];
        assert_eq!(paired(&gold, &[(5, 9), (12, 20), (32, 40)]), [(0, 1), (1, 0)]);
        assert_eq!(paired(&gold, &[]), []);
    }

    #[test]
    fn shares_are_of_what_is_found_and_of_the_gold() {
        let figures = TimeFigures { gold: 4, found: 2, ..TimeFigures::default() };
        let [precision, recall, f1] = figures.shares(2);
        assert_eq!((precision, recall), (100.0, 50.0));
        assert!((f1 - 66.67).abs() < 0.01);
    }
}
