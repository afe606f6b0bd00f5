//! Further looks at whether one statement answers another: beside what the look before made of the pairs around.
//!
//! Who answers once goes on answering, of what is said twice one time is answered, and rivals share a chance: none of that is seen of one
//! pair alone. So the scores of the pairs around are told of each, and a small network says what is to be added to its own: stacked
//! graphical learning (Kou & Cohen 2007). `training/statements/stacked.py` has the same in Python.

use crate::arithmetic::logistic;
use crate::statement::ACTS;
use crate::tie::TOLD_OF_TIES;
use crate::weights::{ModelError, Weights};
use archmage::prelude::*;
use std::ops::Range;

/// A pair whose score is no higher is not looked at again.
pub(crate) const LOW: f32 = -5.0;
/// A score of less is as good as this one, and so is none.
const LEAST: f32 = -8.0;
/// Statements farther apart are not held for one speaker's.
const NEAR: usize = 8;
/// How many numbers are told of what is around a pair.
const AROUND: usize = 25;
const INPUTS: usize = AROUND + TOLD_OF_TIES + 2 * ACTS;

/// The scores of a text's pairs.
#[derive(Debug)]
pub(crate) struct Around {
    /// Of each statement what it may answer, in the order of the text, with the score.
    to: Vec<Vec<(usize, f32)>>,
    /// Of each statement what may answer it.
    by: Vec<Vec<(usize, f32)>>,
    /// Of each statement those nearby of which neither may answer the other: mostly its own speaker's.
    kin: Vec<Vec<usize>>,
    /// How many each statement answers, by the chances, and how many answer it.
    gives: Vec<f32>,
    gets: Vec<f32>,
}

impl Around {
    /// `scored`: statements that may answer, what they may answer, and the scores; all of them below `count`.
    pub(crate) fn new(count: usize, scored: &[(usize, usize, f32)]) -> Self {
        let (mut to, mut by) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        for (i, j, score) in scored {
            to[*i].push((*j, score.max(LEAST)));
            by[*j].push((*i, score.max(LEAST)));
        }
        to.iter_mut().chain(&mut by).for_each(|line| line.sort_by_key(|(at, _)| *at));
        let chances = |line: &Vec<(usize, f32)>| line.iter().map(|(_, score)| logistic(*score)).sum();
        let mut around = Around {
            gives: to.iter().map(chances).collect(),
            gets: by.iter().map(chances).collect(),
            to,
            by,
            kin: Vec::new(),
        };
        around.kin = (0..count).map(|i| near(i, count).filter(|j| around.is_kin(i, *j)).collect()).collect();
        around
    }

    /// What is told of what is around a pair.
    pub(crate) fn pair(&self, i: usize, j: usize, score: f32) -> [f32; AROUND] {
        let own = score.max(LEAST);
        let above = |line: &[(usize, f32)]| line.iter().filter(|(_, score)| *score > own).count() as f32;
        let best_of = |places: &[usize], score: &dyn Fn(usize) -> f32| {
            places.iter().map(|k| score(*k)).fold(LEAST, f32::max)
        };
        let (to_it, it_to) = (|k: usize| self.score(k, j), |k: usize| self.score(i, k));
        let (of_i, of_j) = (self.sides(i), self.sides(j));
        let at = |place: Option<usize>, score: &dyn Fn(usize) -> f32| place.map_or(LEAST, score);
        let far = |place: Option<usize>, from: usize| place.map_or(NEAR + 1, |k| k.abs_diff(from)) as f32;
        [
            own,
            self.score(j, i),
            best(&self.to[i], Some(j)),
            best(&self.by[j], Some(i)),
            above(&self.to[i]),
            above(&self.by[j]),
            best_of(&self.kin[i], &to_it),
            at(of_i[0], &to_it),
            at(of_i[1], &to_it),
            far(of_i[0], i),
            far(of_i[1], i),
            best_of(&self.kin[j], &it_to),
            at(of_j[0], &it_to),
            at(of_j[1], &it_to),
            best_of(&self.kin[i], &|k| best(&self.to[k], None)),
            best(&self.to[j], None),
            at(i.checked_sub(1), &to_it),
            to_it(i + 1),
            at(j.checked_sub(1), &it_to),
            it_to(j + 1),
            self.gives[i],
            self.gets[j],
            self.gives[j],
            self.gets[i],
            i as f32 - j as f32,
        ]
    }

    /// The score of a pair; the least where there is none.
    fn score(&self, i: usize, j: usize) -> f32 {
        let Some(line) = self.to.get(i) else { return LEAST };
        line.binary_search_by_key(&j, |(at, _)| *at).map_or(LEAST, |at| line[at].1)
    }

    fn is_kin(&self, i: usize, j: usize) -> bool {
        let apart = |i: usize, j: usize| self.to[i].binary_search_by_key(&j, |(at, _)| *at).is_err();
        i != j && apart(i, j) && apart(j, i)
    }

    /// Of a statement's kin the last before it and the first behind it.
    fn sides(&self, i: usize) -> [Option<usize>; 2] {
        let kin = &self.kin[i];
        let behind = kin.partition_point(|k| *k < i);
        [behind.checked_sub(1).and_then(|last| kin.get(last)).copied(), kin.get(behind).copied()]
    }
}

fn near(i: usize, count: usize) -> Range<usize> {
    i.saturating_sub(NEAR)..(i + NEAR + 1).min(count)
}

/// The best score of a line but for that of one place.
fn best(line: &[(usize, f32)], but: Option<usize>) -> f32 {
    line.iter().filter(|(at, _)| Some(*at) != but).map(|(_, score)| *score).fold(LEAST, f32::max)
}

/// The network of a further look.
#[derive(Debug)]
pub(crate) struct Stacked {
    layers: [Dense; 3],
}

impl Stacked {
    /// All that a weight file has, in their order: `stacked.LOOK.LAYER.weight` and `.bias`.
    pub(crate) fn all(weights: &Weights<'_>) -> Result<Vec<Self>, ModelError> {
        let has = |look: &usize| weights.has(&format!("stacked.{look}.0.weight"));
        (0..).take_while(has).map(|look| Stacked::new(weights, look)).collect()
    }

    fn new(weights: &Weights<'_>, look: usize) -> Result<Self, ModelError> {
        let name = |layer: usize| format!("stacked.{look}.{layer}");
        let width = weights.matrix(&format!("{}.weight", name(1)))?.columns;
        let sizes = [(INPUTS, width), (width, width), (width, 1)];
        let layer = |at: usize| Dense::new(weights, &name(at), sizes[at]);
        Ok(Stacked { layers: [layer(0)?, layer(1)?, layer(2)?] })
    }

    /// What is to be added to the score of the look before. `acts`: the chances of the acts of both statements.
    pub(crate) fn look(
        &self,
        around: &[f32; AROUND],
        told: &[f32; TOLD_OF_TIES],
        acts: [[f32; ACTS]; 2],
    ) -> f32 {
        let mut row: Vec<f32> = around.iter().chain(told).chain(acts.as_flattened()).copied().collect();
        let [first, second, last] = &self.layers;
        for layer in [first, second] {
            row = layer.apply(&row);
            row.iter_mut().for_each(|x| *x = x.max(0.0));
        }
        last.apply(&row).first().copied().unwrap_or_default()
    }
}

/// A linear layer in floats: what it reads is of many sizes.
#[derive(Debug)]
struct Dense {
    /// For each input the weights of all outputs.
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Dense {
    /// Reads `NAME.weight` and `NAME.bias`.
    fn new(weights: &Weights<'_>, name: &str, (inputs, outputs): (usize, usize)) -> Result<Self, ModelError> {
        let rows = weights.sized(&format!("{name}.weight"), outputs, inputs)?;
        let weight = (0..inputs)
            .flat_map(|i| (0..outputs).map(move |o| (o, i)))
            .map(|(o, i)| rows.row(o)[i])
            .collect();
        Ok(Dense { weight, bias: weights.sized(&format!("{name}.bias"), 1, outputs)?.values })
    }

    fn apply(&self, row: &[f32]) -> Vec<f32> {
        let mut out = self.bias.clone();
        add_weighed(row, &self.weight, &mut out);
        out
    }
}

/// Adds to `out` what each number of `row` brings to each output.
#[autoversion(v4, v3, neon, scalar)]
fn add_weighed(row: &[f32], weight: &[f32], out: &mut [f32]) {
    for (x, weights) in row.iter().zip(weight.chunks_exact(out.len())).filter(|(x, _)| **x != 0.0) {
        out.iter_mut().zip(weights).for_each(|(out, weight)| *out += x * weight);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Statements 0, 2 and 3 are one speaker's, 1 is another's.
    fn scored() -> Around {
        Around::new(4, &[(0, 1, -1.0), (1, 0, 2.0), (1, 2, -20.0), (1, 3, 1.0), (2, 1, 3.0), (3, 1, 0.0)])
    }

    #[test]
    fn those_of_which_neither_may_answer_the_other_are_kin() {
        assert_eq!(scored().kin, [vec![2, 3], vec![], vec![0, 3], vec![0, 2]]);
        // So are none that stand far from each other.
        let far = Around::new(20, &[]);
        assert_eq!(far.kin[0], (1..=NEAR).collect::<Vec<_>>());
    }

    #[test]
    fn a_pair_is_told_of_what_is_around_it() {
        let [two, one] = [1.0 / (1.0 + 1.0f32.exp()), 1.0 / (1.0 + (-3.0f32).exp())];
        let half = 0.5;
        let told = scored().pair(2, 1, 3.0);
        // Its own score and the other way round; rivals; how many are better.
        assert_eq!(told[..6], [3.0, LEAST, LEAST, 0.0, 0.0, 0.0]);
        // What the kin of 2 make of 1: the best, the one before, the one behind, how far they stand.
        assert_eq!(told[6..11], [0.0, -1.0, 0.0, 2.0, 1.0]);
        // 1 has no kin.
        assert_eq!(told[11..14], [LEAST; 3]);
        // Whether the kin of 2 answer anything, and 1 does; the neighbours.
        assert_eq!(told[14..20], [0.0, 2.0, LEAST, 0.0, LEAST, LEAST]);
        let near = |one: f32, other: f32| (one - other).abs() < 1e-3;
        assert!(near(told[20], one), "{}", told[20]);
        assert!(near(told[21], two + one + half), "{}", told[21]);
        assert_eq!(told[24], 1.0);
        // A score below the least is the least.
        assert_eq!(scored().pair(1, 2, -20.0)[0], LEAST);
        // Of equals one is the other's rival, and neither is better.
        let equal = Around::new(3, &[(0, 1, 1.0), (0, 2, 1.0)]).pair(0, 1, 1.0);
        assert_eq!((equal[2], equal[4]), (1.0, 0.0));
    }
}
