//! What was counted of some articles.

use super::label::Label;
use crate::attribution_score::{Count, LabelCounts};
use onrecord_record::{Act, BasisKind, CertaintyLevel, FramingKind};
use std::collections::BTreeMap;

/// How often each label of the gold was given which label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels<L>(LabelCounts<Option<L>>);

impl<L> Default for Labels<L> {
    fn default() -> Self {
        Labels(LabelCounts::default())
    }
}

impl<L: Label> Labels<L> {
    /// Counts one statement; `given` is none where it has no label or was not found.
    pub fn add(&mut self, gold: L, given: Option<L>) {
        self.0.add(Some(gold), given);
    }

    /// Adds what another one counted.
    pub fn merge(&mut self, other: &Labels<L>) {
        self.0.merge(&other.0);
    }

    /// How many statements have this label in the gold and were given that one.
    pub fn times(&self, gold: L, given: Option<L>) -> u64 {
        self.0.sum(|first, second| first == Some(gold) && second == given)
    }

    /// How many statements.
    pub fn all(&self) -> u64 {
        self.0.sum(|_, _| true)
    }

    /// How many have the right label.
    pub fn right(&self) -> u64 {
        self.0.sum(|first, second| first == second)
    }

    /// One label's share.
    pub fn of(&self, label: L) -> Count {
        Count {
            right: self.times(label, Some(label)),
            predicted: self.0.sum(|_, second| second == Some(label)),
            gold: self.0.sum(|first, _| first == Some(label)),
        }
    }

    /// The mean F1 of the labels that occur on either side; 0 where none does.
    pub fn macro_f1(&self) -> f64 {
        let counts = L::ALL.iter().map(|label| self.of(*label));
        let each: Vec<f64> =
            counts.filter(|count| count.gold + count.predicted > 0).map(|count| count.figures().f1).collect();
        if each.is_empty() { 0.0 } else { each.iter().sum::<f64>() / each.len() as f64 }
    }

    /// Krippendorff's alpha; a missing label is one of its own.
    pub fn alpha(&self) -> f64 {
        self.0.alpha()
    }
}

/// Words that agree, and those that are exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordsTally {
    /// Right where the words agree.
    pub agree: Count,
    /// Right where they are the same.
    pub exact: Count,
    /// Statements that both sides mark, whatever the words.
    pub both: u64,
}

impl WordsTally {
    /// Adds what another one counted.
    pub fn merge(&mut self, other: &WordsTally) {
        self.agree.merge(&other.agree);
        self.exact.merge(&other.exact);
        self.both += other.both;
    }
}

/// What was counted of some articles, the gold on one side and the program or a second annotator on the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Statements of the gold.
    pub statements: u64,
    /// Of how many there is one on the other side.
    pub found: u64,
    /// What they do.
    pub act: Labels<Act>,
    /// Statements that grant a point.
    pub concession: Count,
    /// Pairs of a statement and one that it takes back.
    pub retracts: Count,
    /// The degree of belief.
    pub level: Labels<Option<CertaintyLevel>>,
    /// Statements with any degree.
    pub has_level: Count,
    /// Statements with a degree: the right one, and words that agree.
    pub level_with_words: Count,
    /// How the reporter puts it.
    pub framing: Labels<FramingKind>,
    /// Statements that rest on a kind.
    pub basis: BTreeMap<BasisKind, Count>,
    /// Of the right ones, those with words that agree.
    pub basis_words: u64,
    /// Of the right ones, those whose owner is right.
    pub basis_whose: u64,
    /// To whom.
    pub addressee: WordsTally,
    /// Where.
    pub venue: WordsTally,
    /// When.
    pub said: WordsTally,
    /// Notes of silence.
    pub silence: WordsTally,
    /// Of those whose words agree, the ones with the right agent.
    pub silence_who: u64,
    /// Pairs of a note and a statement that it is about.
    pub silence_about: Count,
    /// Whether each token stands in a note of silence.
    pub silence_tokens: LabelCounts<bool>,
    /// Pairs of a statement and one that it answers.
    pub answers: Count,
    /// Statements that answer any.
    pub is_answer: Count,
}

impl Tally {
    /// All pairs of a statement and a kind of basis.
    pub fn all_basis(&self) -> Count {
        let mut all = Count::default();
        self.basis.values().for_each(|count| all.merge(count));
        all
    }

    /// Adds what another one counted.
    pub fn merge(&mut self, other: &Tally) {
        self.statements += other.statements;
        self.found += other.found;
        self.act.merge(&other.act);
        self.concession.merge(&other.concession);
        self.retracts.merge(&other.retracts);
        self.level.merge(&other.level);
        self.has_level.merge(&other.has_level);
        self.level_with_words.merge(&other.level_with_words);
        self.framing.merge(&other.framing);
        for (kind, count) in &other.basis {
            self.basis.entry(*kind).or_default().merge(count);
        }
        self.basis_words += other.basis_words;
        self.basis_whose += other.basis_whose;
        self.addressee.merge(&other.addressee);
        self.venue.merge(&other.venue);
        self.said.merge(&other.said);
        self.silence.merge(&other.silence);
        self.silence_who += other.silence_who;
        self.silence_about.merge(&other.silence_about);
        self.silence_tokens.merge(&other.silence_tokens);
        self.answers.merge(&other.answers);
        self.is_answer.merge(&other.is_answer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_a_case_worked_by_hand() {
        use Act::*;
        let mut labels = Labels::default();
        for (gold, given) in [
            (Asserts, Some(Asserts)),
            (Asserts, Some(Asserts)),
            (Asserts, Some(Denies)),
            (Denies, Some(Denies)),
            (Judges, None),
        ] {
            labels.add(gold, given);
        }
        assert_eq!((labels.right(), labels.all()), (3, 5));
        assert_eq!(labels.of(Denies), Count { right: 1, predicted: 2, gold: 1 });
        // F1 of asserts 2 · 1 · ⅔ / (1 + ⅔) = .8, of denies ⅔, of judges 0; the others do not occur.
        assert!((labels.macro_f1() - (0.8 + 2.0 / 3.0) / 3.0).abs() < 1e-12);
        let mut twice = labels.clone();
        twice.merge(&labels);
        assert_eq!((twice.right(), twice.times(Judges, None)), (6, 2));
        assert_eq!(Labels::<Act>::default().macro_f1(), 0.0);
    }
}
