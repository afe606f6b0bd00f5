//! Pronouns and the names they stand for.

use super::clusters::{Clusters, Mention};
use crate::gum::{CoreferenceDocument, Share};
use std::ops::AddAssign;

/// A pronoun in any of its forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pronoun {
    /// he, him, his, himself
    He,
    /// she, her, hers, herself
    She,
    /// they, them, 'em, their, theirs, themselves, themself
    They,
    /// I, me, my, mine, myself
    I,
    /// we, us, our, ours, ourselves
    We,
    /// you, ya, your, yours, yourself, yourselves
    You,
    /// it, its, itself
    It,
}

impl Pronoun {
    /// All, as the table has them.
    pub const ALL: [Pronoun; 7] =
        [Pronoun::He, Pronoun::She, Pronoun::They, Pronoun::I, Pronoun::We, Pronoun::You, Pronoun::It];

    /// The forms, the first of which names it.
    pub fn forms(self) -> &'static [&'static str] {
        match self {
            Pronoun::He => &["he", "him", "his", "himself"],
            Pronoun::She => &["she", "her", "hers", "herself"],
            Pronoun::They => &["they", "them", "'em", "’em", "their", "theirs", "themselves", "themself"],
            Pronoun::I => &["i", "me", "my", "mine", "myself"],
            Pronoun::We => &["we", "us", "our", "ours", "ourselves"],
            Pronoun::You => &["you", "ya", "your", "yours", "yourself", "yourselves"],
            Pronoun::It => &["it", "its", "itself"],
        }
    }

    /// What a word is a form of.
    pub fn of(word: &str) -> Option<Self> {
        let word = word.to_lowercase();
        Pronoun::ALL.into_iter().find(|pronoun| pronoun.forms().contains(&word.as_str()))
    }
}

/// For each pronoun, in the order of [`Pronoun::ALL`], how many of those in chains with a name are in a chain of the
/// program with such a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PronounFigures(pub [Share; 7]);

impl PronounFigures {
    /// All pronouns together.
    pub fn all(&self) -> Share {
        let mut sum = Share::default();
        self.0.iter().for_each(|share| sum += *share);
        sum
    }
}

impl AddAssign for PronounFigures {
    fn add_assign(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(sum, more)| *sum += more);
    }
}

/// Counts the pronouns of a document. What is not met is handed to `missed`, with the name it should have had.
pub fn pronoun_figures(
    document: &CoreferenceDocument,
    gold: &Clusters,
    system: &Clusters,
    mut missed: impl FnMut(Mention, Mention),
) -> PronounFigures {
    let mut figures = PronounFigures::default();
    for chain in gold.chains() {
        let names: Vec<Mention> =
            chain.iter().copied().filter(|(start, end)| document.is_name(&(*start..*end))).collect();
        let Some(name) = names.first() else { continue };
        for mention in chain.iter().filter(|(start, end)| *end == start + 1) {
            let form = document.words.get(mention.0).map(|word| word.form.as_str());
            let Some(pronoun) = form.and_then(Pronoun::of) else { continue };
            let holds = system
                .chain_of(*mention)
                .is_some_and(|found| names.iter().any(|name| system.chain_of(*name) == Some(found)));
            if !holds {
                missed(*mention, *name);
            }
            let shares = Pronoun::ALL.into_iter().zip(&mut figures.0);
            shares.filter(|(of, _)| *of == pronoun).for_each(|(_, share)| share.count(holds));
        }
    }
    figures
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_of_one_pronoun_whatever_their_case() {
        assert_eq!(Pronoun::of("Her"), Some(Pronoun::She));
        assert_eq!(Pronoun::of("I"), Some(Pronoun::I));
        assert_eq!(Pronoun::of("who"), None);
        let mut forms: Vec<_> = Pronoun::ALL.iter().flat_map(|pronoun| pronoun.forms()).collect();
        let count = forms.len();
        forms.sort();
        forms.dedup();
        assert_eq!(forms.len(), count);
    }
}
