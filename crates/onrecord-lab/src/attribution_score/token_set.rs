//! Sets of tokens of one text.

/// A set of token numbers, kept sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenSet(Vec<u32>);

impl TokenSet {
    /// The set of these tokens, in any order and with repetitions.
    pub fn new(mut tokens: Vec<u32>) -> Self {
        tokens.sort_unstable();
        tokens.dedup();
        TokenSet(tokens)
    }

    /// The tokens, ascending.
    pub fn tokens(&self) -> &[u32] {
        &self.0
    }

    /// How many tokens the set holds.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many tokens both sets hold.
    pub fn shared(&self, other: &TokenSet) -> usize {
        let mut rest = other.0.iter().peekable();
        let mut shared = 0;
        for token in &self.0 {
            while rest.next_if(|other| *other < token).is_some() {}
            shared += usize::from(rest.next_if_eq(&token).is_some());
        }
        shared
    }

    /// The size of the intersection over the size of the union, 0 for two empty sets.
    pub fn jaccard(&self, other: &TokenSet) -> f64 {
        let shared = self.shared(other);
        let all = self.len() + other.len() - shared;
        if all == 0 { 0.0 } else { shared as f64 / all as f64 }
    }

    /// The tokens of all the sets.
    pub fn union<'a>(sets: impl IntoIterator<Item = &'a TokenSet>) -> TokenSet {
        TokenSet::new(sets.into_iter().flat_map(|set| set.0.iter().copied()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn counts_as_plain_sets_do(a in prop::collection::vec(0u32..30, 0..20), b in prop::collection::vec(0u32..30, 0..20)) {
            let (plain_a, plain_b): (BTreeSet<_>, BTreeSet<_>) = (a.iter().collect(), b.iter().collect());
            let (set_a, set_b) = (TokenSet::new(a.clone()), TokenSet::new(b.clone()));
            prop_assert_eq!(set_a.shared(&set_b), plain_a.intersection(&plain_b).count());
            prop_assert_eq!(TokenSet::union([&set_a, &set_b]).len(), plain_a.union(&plain_b).count());
            prop_assert_eq!(set_a.jaccard(&set_b), set_b.jaccard(&set_a));
        }
    }

    #[test]
    fn jaccard_of_known_sets() {
        let set = |tokens: &[u32]| TokenSet::new(tokens.to_vec());
        assert_eq!(set(&[1, 2, 3]).jaccard(&set(&[3, 2, 9])), 0.5);
        assert_eq!(set(&[]).jaccard(&set(&[])), 0.0);
        assert_eq!(set(&[]).jaccard(&set(&[1])), 0.0);
    }
}
