//! A document of GUM with who and what is meant by what.

use super::chain::chains;
use super::entity::{DependencyWord, EntityMention, entity_mentions, head_of};
use super::layout::Layout;
use anyhow::bail;
use std::collections::BTreeMap;
use std::ops::Range;

/// The type of persons, single and several.
pub const PERSON: &str = "person";

/// Mentions of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// What sort of thing it is: the type that more than half of those mentions have whose span is also an entity's.
    /// OntoGUM's spans are not always GUM's, as where a name and its apposition are one mention; such a mention has no
    /// say. Nothing where no type has so many.
    pub etype: Option<String>,
    /// The mentions as ranges of words, in order, the longer first.
    pub mentions: Vec<Range<usize>>,
}

/// A document: its text as a reader of a plain file sees it, turns with their labels, and its gold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoreferenceDocument {
    /// Its name.
    pub name: String,
    /// The text and where its words stand. Labels are not words.
    pub layout: Layout,
    /// What the annotation of syntax says of the words.
    pub words: Vec<DependencyWord>,
    /// GUM's entities of all types, with singletons.
    pub entities: Vec<EntityMention>,
    /// OntoGUM's chains of all types, without singletons.
    pub chains: Vec<Chain>,
}

impl CoreferenceDocument {
    /// Puts a document together from its markup, its words (CoNLL-U) and its chains (OntoGUM's CoNLL).
    ///
    /// # Errors
    /// When one cannot be read or they have different numbers of words.
    pub fn new(name: &str, xml: &str, conllu: &str, conll: &str) -> anyhow::Result<Self> {
        let layout = Layout::new(xml, conllu, true)?;
        let (words, entities) = entity_mentions(conllu)?;
        let (chains, count) = chains(conll)?;
        if count != layout.words.len() || words.len() != layout.words.len() {
            bail!("the chains have {count} words and the markup {}", layout.words.len());
        }
        let mut types: BTreeMap<(usize, usize), &str> = BTreeMap::new();
        for entity in &entities {
            types.entry((entity.words.start, entity.words.end)).or_insert(&entity.etype);
        }
        let chains = chains
            .into_iter()
            .map(|mentions| {
                let votes = mentions.iter().filter_map(|it| types.get(&(it.start, it.end)).copied());
                Chain { etype: majority(votes), mentions }
            })
            .collect();
        Ok(CoreferenceDocument { name: name.to_owned(), layout, words, entities, chains })
    }

    /// The chains of persons.
    pub fn persons(&self) -> impl Iterator<Item = &Chain> {
        self.chains.iter().filter(|chain| chain.etype.as_deref() == Some(PERSON))
    }

    /// The word of these on which the others depend.
    pub fn head(&self, words: &Range<usize>) -> usize {
        head_of(&self.words, words)
    }

    /// Whether these words name something: their head is a proper noun.
    pub fn is_name(&self, words: &Range<usize>) -> bool {
        self.words.get(self.head(words)).is_some_and(|word| word.upos == "PROPN")
    }
}

/// What more than half of them are.
fn majority<'v>(votes: impl Iterator<Item = &'v str>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for vote in votes {
        *counts.entry(vote).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    counts.into_iter().find(|(_, count)| 2 * count > all).map(|(vote, _)| vote.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_half_decide() {
        let of = |votes: &[&'static str]| majority(votes.iter().copied());
        assert_eq!(of(&["person", "place", "person"]).as_deref(), Some("person"));
        assert_eq!(of(&["person", "place"]), None);
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn files_of_different_lengths_are_refused() {
        let xml = "<s>\nVey\tNNP\n</s>\n";
        let conllu = "# global.Entity = GRP-etype\n1\tVey\t_\tPROPN\t_\t_\t0\t_\t_\tEntity=(1-person)\n";
        let document = CoreferenceDocument::new("GUM_news_quay", xml, conllu, "0\tVey\t(1)\n").unwrap();
        assert!(document.is_name(&(0..1)));
        assert_eq!(document.persons().count(), 1);
        assert!(CoreferenceDocument::new("GUM_news_quay", xml, conllu, "0\tVey\t_\n1\tsat\t_\n").is_err());
    }
}
