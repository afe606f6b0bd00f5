//! Whether one statement answers another.
//!
//! Each pair is looked at by itself first: by what the network has made of both as wholes, and by what the rules see of the two.
//! Pairs that are not out of the question after that are looked at again, beside what the look before made of those around them
//! (`stacked.rs`).

use crate::arithmetic::logistic;
use crate::byte_kernel::Sums;
use crate::byte_matrix::{Finish, Rounded};
use crate::layer::Linear;
use crate::stacked::{Around, LOW, Stacked};
use crate::statement::ACTS;
use crate::weights::{Matrix, ModelError, Weights};

/// How many numbers are told of two statements of which one may answer the other.
pub const TOLD_OF_TIES: usize = 47;

/// Two statements of which one may answer the other, by their places, and what the rules tell of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tie {
    /// The one that may answer.
    pub answer: usize,
    /// What it may answer.
    pub to: usize,
    /// Signs and likenesses, mostly 0 or 1.
    pub told: [f32; TOLD_OF_TIES],
}

/// How likely one statement answers another, by their places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// The one that may answer.
    pub answer: usize,
    /// What it may answer.
    pub to: usize,
    /// From 0 to 1.
    pub chance: f32,
}

/// A statement as a whole, for [`crate::StatementNetwork::answers`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Whole {
    /// As one that answers, and as one that is answered.
    pub(crate) answer: Vec<f32>,
    pub(crate) answered: Vec<f32>,
    /// The chances of its acts, before they are weighed.
    pub(crate) acts: [f32; ACTS],
}

/// What looks at pairs of statements.
#[derive(Debug)]
pub(crate) struct Ties {
    /// A statement as one that answers, and as one that is answered.
    answer: Linear,
    answered: Linear,
    /// For each number told of a pair what it adds.
    told: Matrix,
    weight: Matrix,
    bias: f32,
    again: Vec<Stacked>,
}

impl Ties {
    /// `pooled`: how many numbers a statement is given as.
    pub(crate) fn new(weights: &Weights<'_>, pooled: usize) -> Result<Self, ModelError> {
        let width = weights.matrix("tie.weight")?.columns;
        Ok(Ties {
            answer: Linear::new(weights, "answer", pooled, width)?,
            answered: Linear::new(weights, "answered", pooled, width)?,
            told: weights.sized("told_tie", TOLD_OF_TIES, width)?,
            weight: weights.sized("tie.weight", 1, width)?,
            bias: weights.sized("tie.bias", 1, 1)?.values.first().copied().unwrap_or_default(),
            again: Stacked::all(weights)?,
        })
    }

    /// A statement as one that answers and as one that is answered, from what its words were brought to.
    pub(crate) fn whole(&self, pooled: &Rounded, sums: &mut Vec<Sums>, whole: &mut Whole) {
        self.answer.apply(pooled, Finish::Plain, sums, &mut whole.answer);
        self.answered.apply(pooled, Finish::Plain, sums, &mut whole.answered);
    }

    /// The chances of the pairs that are not out of the question, in the order in which they come; pairs of statements that are not
    /// among `wholes` are left out.
    pub(crate) fn answers(&self, wholes: &[Whole], ties: impl IntoIterator<Item = Tie>) -> Vec<Answer> {
        let seen = |tie: &Tie| tie.answer.max(tie.to) < wholes.len();
        // Of pairs that are out of the question nothing is kept but the score.
        let (mut scores, mut again) = (Vec::new(), Vec::new());
        for tie in ties.into_iter().filter(seen) {
            let score = self.score(&wholes[tie.answer], &wholes[tie.to], &tie.told);
            if score > LOW {
                again.push((scores.len(), tie));
            }
            scores.push((tie.answer, tie.to, score));
        }
        for look in &self.again {
            let around = Around::new(wholes.len(), &scores);
            for (at, tie) in &again {
                let (i, j, score) = scores[*at];
                if score > LOW {
                    let acts = [wholes[i].acts, wholes[j].acts];
                    scores[*at].2 += look.look(&around.pair(i, j, score), &tie.told, acts);
                }
            }
        }
        let answer = |(at, tie): (usize, Tie)| Answer {
            answer: tie.answer,
            to: tie.to,
            chance: logistic(scores[at].2),
        };
        again.into_iter().map(answer).collect()
    }

    /// The first look.
    fn score(&self, answer: &Whole, to: &Whole, told: &[f32; TOLD_OF_TIES]) -> f32 {
        let mut both: Vec<f32> =
            answer.answer.iter().zip(&to.answered).map(|(one, other)| one + other + one * other).collect();
        for (number, by) in told.iter().enumerate().filter(|(_, by)| **by != 0.0) {
            both.iter_mut().zip(self.told.row(number)).for_each(|(x, more)| *x += by * more);
        }
        let weighed = both.iter().zip(self.weight.row(0)).map(|(x, weight)| x.max(0.0) * weight);
        weighed.sum::<f32>() + self.bias
    }
}
