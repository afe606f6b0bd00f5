//! The coreference network: where a text mentions persons, and which earlier mention each goes back to.
//!
//! It reads what the attribution network has made of the text already, so it costs little. A mention is told by its head
//! word, from which its first and last word are found (Dobrovolskii 2021); a mention goes back to the likeliest of the
//! mentions before it, or to none (mention ranking, Wiseman et al. 2015; Lee et al. 2017). What the caller knows of a
//! mention and of a pair is told in numbered features, each of which has a row of weights.

use crate::arithmetic::{exp, logistic};
use crate::byte_matrix::{Finish, Rounded};
use crate::lanes::{LANES, sum};
use crate::layer::{Block, Decision, Linear, Norm, Normed, NormedLinear, blocks};
use crate::weights::{Matrix, ModelError, Weights};
use archmage::prelude::*;
use std::ops::Range;

/// How many tokens a mention may have before its head, and behind it.
const MOST_BEFORE: usize = 16;
const MOST_BEHIND: usize = 32;
/// The width in which the ends of a mention are looked for.
const EDGE: usize = 32;

/// One mention of a person or of several, in token numbers of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoundMention {
    /// Its first token.
    pub first: usize,
    /// The token that carries it: "senator" in "the senator from Lund".
    pub head: usize,
    /// The token behind its last.
    pub end: usize,
    /// How likely somebody is mentioned here, 0 to 1.
    pub chance: f32,
    /// What the network has to say of it as the later one of a pair.
    own: Vec<f32>,
    /// The same as the earlier one.
    other: Vec<f32>,
}

impl FoundMention {
    /// The same mention, `by` tokens further on.
    pub(crate) fn behind(self, by: usize) -> Self {
        FoundMention { first: self.first + by, head: self.head + by, end: self.end + by, ..self }
    }
}

/// A mention that looks for an earlier one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Anaphor {
    hidden: Vec<f32>,
    /// The score of going back to none.
    pub alone: f32,
}

/// The network with its weights.
#[derive(Debug)]
pub struct CoreferenceNetwork {
    input: Linear,
    states: NormedLinear<1>,
    blocks: Vec<Block>,
    norm: Norm,
    head: Decision,
    edges: [Edge; 2],
    own: NormedLinear<3>,
    other: NormedLinear<3>,
    own_features: Matrix,
    pair_features: Matrix,
    pair_bias: Matrix,
    /// What a pair's score is of its hidden numbers.
    pair: Vec<f32>,
    pair_least: f32,
    alone: Decision,
    width: usize,
    hidden: usize,
    /// Heads less likely than this are no mentions.
    floor: f32,
    /// Added to the score of going back to none: the higher, the fewer links. Chosen on dev.
    reserve: f32,
}

/// What finds one end of a mention.
#[derive(Debug)]
struct Edge {
    token: NormedLinear<1>,
    head: NormedLinear<1>,
    distance: Matrix,
    score: Decision,
}

impl Edge {
    fn new(weights: &Weights<'_>, name: &str, width: usize, most: usize) -> Result<Self, ModelError> {
        Ok(Edge {
            token: NormedLinear::new(weights, &format!("{name}_token"), width, EDGE)?,
            head: NormedLinear::new(weights, &format!("{name}_head"), width, EDGE)?,
            distance: weights.sized(&format!("{name}_distance"), most + 1, EDGE)?,
            score: Decision::new(weights, &[(&format!("{name}_score"), 1)], EDGE)?,
        })
    }

    /// For each head the likeliest distance of the edge from it; `at` tells the token at a distance.
    fn distances(
        &self,
        normed: &mut Normed,
        heads: &[usize],
        tokens: &[f32],
        at: impl Fn(usize, usize) -> Option<usize>,
    ) -> Vec<usize> {
        let places: Vec<[usize; 1]> = heads.iter().map(|head| [*head]).collect();
        let mut told = Vec::new();
        self.head.apply(normed, &places, &mut told);
        let mut rows = Vec::new();
        let mut scores = Vec::new();
        heads
            .iter()
            .zip(told.chunks_exact(EDGE))
            .map(|(head, told)| {
                rows.clear();
                for distance in 0..self.distance.rows {
                    let Some(token) = at(*head, distance) else { break };
                    let Some(seen) = tokens.get(token * EDGE..(token + 1) * EDGE) else { break };
                    let far = self.distance.row(distance);
                    rows.extend(seen.iter().zip(told).zip(far).map(|((a, b), c)| (a + b + c).max(0.0)));
                }
                self.score.apply(&rows, &mut scores);
                let best = scores.iter().enumerate().fold((0, f32::MIN), |best, (distance, score)| {
                    if *score > best.1 { (distance, *score) } else { best }
                });
                best.0
            })
            .collect()
    }
}

impl CoreferenceNetwork {
    /// Reads a weight file made for an attribution network of `inputs` numbers a word and `trunk` numbers a state.
    ///
    /// # Errors
    /// When the bytes are no weight file of this network, or one made for another attribution network.
    pub(crate) fn new(bytes: &[u8], inputs: usize, trunk: usize) -> Result<Self, ModelError> {
        let weights = Weights::new(bytes)?;
        let (width, hidden): (usize, usize) = (weights.fact("width")?, weights.fact("hidden")?);
        let (own, pair) = (weights.fact("own_features")?, weights.fact("pair_features")?);
        let dilations = weights.numbers("dilations")?;
        if !hidden.is_multiple_of(LANES) {
            return Err(ModelError::Unfit(format!("{hidden} hidden numbers are not a multiple of {LANES}")));
        }
        Ok(CoreferenceNetwork {
            input: Linear::new(&weights, "input", inputs, width)?,
            states: NormedLinear::new(&weights, "states", trunk, width)?,
            blocks: blocks(&weights, "blocks", width, &dilations)?,
            norm: Norm::new(&weights, "norm", width)?,
            head: Decision::new(&weights, &[("head", 1)], width)?,
            edges: [
                Edge::new(&weights, "start", width, MOST_BEFORE)?,
                Edge::new(&weights, "end", width, MOST_BEHIND)?,
            ],
            own: NormedLinear::new(&weights, "own", width, hidden)?,
            other: NormedLinear::new(&weights, "other", width, hidden)?,
            own_features: weights.sized("own_features", own, hidden)?,
            pair_features: weights.sized("pair_features", pair, hidden)?,
            pair_bias: weights.sized("pair_bias", pair, 1)?,
            pair: weights.sized("pair.weight", 1, hidden)?.values,
            pair_least: weights.sized("pair.bias", 1, 1)?.values.first().copied().unwrap_or_default(),
            alone: Decision::new(&weights, &[("alone", 1)], hidden)?,
            width,
            hidden,
            floor: weights.fact("floor")?,
            reserve: weights.fact("reserve")?,
        })
    }

    /// How many features a mention and a pair may be told by.
    pub fn features(&self) -> (usize, usize) {
        (self.own_features.rows, self.pair_features.rows)
    }

    /// Finds the mentions whose heads lie in `core`, in order, counting tokens from where the rows begin.
    ///
    /// `input` are the rounded rows that the attribution network read, `trunk` the normed rows it made of them.
    pub(crate) fn mentions(
        &self,
        input: &Rounded,
        trunk: &mut Normed,
        normed: &mut Normed,
        core: Range<usize>,
    ) -> Vec<FoundMention> {
        let count = input.len();
        let (mut x, mut more) = (Vec::new(), Vec::new());
        self.input.apply(input, Finish::Plain, &mut normed.sums, &mut x);
        let places: Vec<[usize; 1]> = (0..count).map(|i| [i]).collect();
        self.states.apply(trunk, &places, &mut more);
        add_positive(&mut x, &more);
        for block in &self.blocks {
            block.apply(&mut x, normed);
        }
        normed.rows(&x, self.width);
        self.norm.apply(&mut x);
        let mut scores = Vec::new();
        self.head.apply(&x, &mut scores);
        let likely = |i: usize| scores.get(i).map_or(0.0, |score| logistic(*score));
        let heads: Vec<usize> = core.filter(|i| likely(*i) > self.floor).collect();
        if heads.is_empty() {
            return Vec::new();
        }
        let [start, end] = &self.edges;
        start.token.apply(normed, &places, &mut more);
        let before = start.distances(normed, &heads, &more, |head, by| head.checked_sub(by));
        end.token.apply(normed, &places, &mut more);
        let behind =
            end.distances(normed, &heads, &more, |head, by| Some(head + by).filter(|at| *at < count));
        let places: Vec<[usize; 3]> = heads
            .iter()
            .zip(before.iter().zip(&behind))
            .map(|(head, (before, behind))| [*head, head - before, head + behind])
            .collect();
        let (mut own, mut other) = (Vec::new(), Vec::new());
        self.own.apply(normed, &places, &mut own);
        self.other.apply(normed, &places, &mut other);
        let rows = own.chunks_exact(self.hidden).zip(other.chunks_exact(self.hidden));
        places
            .iter()
            .zip(rows)
            .map(|([head, first, last], (own, other))| FoundMention {
                first: *first,
                head: *head,
                end: last + 1,
                chance: likely(*head),
                own: own.to_vec(),
                other: other.to_vec(),
            })
            .collect()
    }

    /// A mention with what the caller knows of it, ready to be held against those before. Features this network has not are
    /// passed over.
    pub fn anaphor(&self, mention: &FoundMention, features: &[u16]) -> Anaphor {
        let mut hidden = mention.own.clone();
        hidden.resize(self.hidden, 0.0);
        let rows = features.iter().map(|feature| usize::from(*feature));
        for row in rows.filter(|row| *row < self.own_features.rows) {
            add_to(&mut hidden, self.own_features.row(row));
        }
        let positive: Vec<f32> = hidden.iter().map(|x| x.max(0.0)).collect();
        Anaphor { alone: self.alone.one(&positive) + self.reserve, hidden }
    }

    /// How well `anaphor` goes back to `antecedent`; more than [`Anaphor::alone`] where it more likely does than not.
    pub fn link(&self, anaphor: &Anaphor, antecedent: &FoundMention, features: &[u16]) -> f32 {
        let known = |feature: &&u16| usize::from(**feature) < self.pair_features.rows;
        let bias = |feature: &u16| self.pair_bias.row(usize::from(*feature)).first().copied();
        let bias: f32 = features.iter().filter(known).filter_map(bias).sum();
        let lanes = score_lanes(self, &anaphor.hidden, &antecedent.other, features);
        sum(&lanes, |x| x) + self.pair_least + bias
    }
}

/// The score of a pair in lanes: of each hidden number what is above zero, weighed.
#[autoversion(v4, v3, neon, scalar)]
fn score_lanes(network: &CoreferenceNetwork, own: &[f32], other: &[f32], features: &[u16]) -> [f32; LANES] {
    let mut lanes = [0.0f32; LANES];
    let (own, _) = own.as_chunks::<LANES>();
    let (other, _) = other.as_chunks::<LANES>();
    let (weights, _) = network.pair.as_chunks::<LANES>();
    for (part, ((own, other), weights)) in own.iter().zip(other).zip(weights).enumerate() {
        let mut hidden = *own;
        hidden.iter_mut().zip(other).for_each(|(x, more)| *x += more);
        for feature in features {
            let row = usize::from(*feature);
            if row >= network.pair_features.rows {
                continue;
            }
            let from = row * network.hidden + part * LANES;
            if let Some(row) = network.pair_features.values.get(from..from + LANES) {
                hidden.iter_mut().zip(row).for_each(|(x, more)| *x += more);
            }
        }
        for ((lane, x), weight) in lanes.iter_mut().zip(hidden).zip(weights) {
            *lane += x.max(0.0) * weight;
        }
    }
    lanes
}

/// How likely each of some scores is the right one, where one of them is: they add up to 1.
pub fn shares(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().fold(f32::MIN, |most, score| most.max(*score));
    let weights: Vec<f32> = scores.iter().map(|score| exp(score - most)).collect();
    let total: f32 = weights.iter().sum();
    weights.iter().map(|weight| weight / total.max(f32::MIN_POSITIVE)).collect()
}

/// `x = max(x + more, 0)`.
#[autoversion(v4, v3, neon, scalar)]
fn add_positive(x: &mut [f32], more: &[f32]) {
    x.iter_mut().zip(more).for_each(|(x, more)| *x = (*x + more).max(0.0));
}

#[autoversion(v4, v3, neon, scalar)]
fn add_to(x: &mut [f32], more: &[f32]) {
    x.iter_mut().zip(more).for_each(|(x, more)| *x += more);
}
