//! Chains of one side, ready to be compared.

use std::collections::BTreeMap;

/// A mention: its first word and the word behind it, as numbers in the document.
pub type Mention = (usize, usize);

/// Chains of two mentions or more, none of which is in two.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clusters {
    chains: Vec<Vec<Mention>>,
    chain_of: BTreeMap<Mention, usize>,
    /// How often a mention was in another chain already, and left out of this.
    pub claimed_again: usize,
}

impl Clusters {
    /// Takes the chains in their order: a mention is of the first that has it, and what is then a chain of one mention
    /// is dropped.
    pub fn new(chains: impl IntoIterator<Item = Vec<Mention>>) -> Self {
        let mut out = Clusters::default();
        // All that any chain has, those included that will be dropped.
        let mut owners: BTreeMap<Mention, usize> = BTreeMap::new();
        for (number, chain) in chains.into_iter().enumerate() {
            let mut kept = Vec::new();
            for mention in chain {
                match owners.get(&mention) {
                    None => {
                        owners.insert(mention, number);
                        kept.push(mention);
                    }
                    Some(owner) if *owner != number => out.claimed_again += 1,
                    Some(_) => {}
                }
            }
            if kept.len() > 1 {
                kept.sort_unstable();
                out.chain_of.extend(kept.iter().map(|mention| (*mention, out.chains.len())));
                out.chains.push(kept);
            }
        }
        out
    }

    /// The chains, their mentions in order.
    pub fn chains(&self) -> &[Vec<Mention>] {
        &self.chains
    }

    /// The number of the chain that a mention is in.
    pub fn chain_of(&self, mention: Mention) -> Option<usize> {
        self.chain_of.get(&mention).copied()
    }

    /// The chain that a mention is in.
    pub fn chain_with(&self, mention: Mention) -> Option<&[Mention]> {
        self.chains.get(self.chain_of(mention)?).map(Vec::as_slice)
    }

    /// How many mentions there are.
    pub fn mention_count(&self) -> usize {
        self.chain_of.len()
    }

    /// All mentions, in order.
    pub fn mentions(&self) -> impl Iterator<Item = Mention> {
        self.chain_of.keys().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_claim_holds_and_single_mentions_go() {
        let clusters = Clusters::new([
            vec![(4, 5), (0, 2), (4, 5)],
            vec![(4, 5), (7, 8)],
            vec![(9, 10)],
            vec![(11, 12), (13, 14)],
        ]);
        assert_eq!(clusters.chains(), [vec![(0, 2), (4, 5)], vec![(11, 12), (13, 14)]]);
        assert_eq!(clusters.claimed_again, 1);
        assert_eq!((clusters.chain_of((13, 14)), clusters.chain_of((7, 8))), (Some(1), None));
        assert_eq!(clusters.mention_count(), 4);
    }
}
