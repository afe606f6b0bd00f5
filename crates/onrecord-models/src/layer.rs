//! The layers the networks are made of. Sequences are matrices of one row a token.

use crate::weights::{Matrix, ModelError, Weights};
use faer::linalg::matmul::matmul;
use faer::{Accum, MatMut, MatRef, Par};

/// `y = x·Wᵀ + b`.
#[derive(Debug)]
pub(crate) struct Linear {
    /// Outputs × inputs.
    weight: Matrix,
    bias: Vec<f32>,
}

impl Linear {
    /// Reads `NAME.weight` and `NAME.bias`.
    pub(crate) fn new(
        weights: &Weights<'_>,
        name: &str,
        inputs: usize,
        outputs: usize,
    ) -> Result<Self, ModelError> {
        Ok(Linear {
            weight: weights.sized(&format!("{name}.weight"), outputs, inputs)?,
            bias: weights.sized(&format!("{name}.bias"), 1, outputs)?.values,
        })
    }

    /// Fills `out` (rows × outputs) from `input` (rows × inputs).
    pub(crate) fn apply(&self, input: &[f32], out: &mut Vec<f32>) {
        let (outputs, inputs) = (self.weight.rows, self.weight.columns);
        let rows = input.len() / inputs;
        out.clear();
        for _ in 0..rows {
            out.extend_from_slice(&self.bias);
        }
        if rows > 0 {
            matmul(
                MatMut::from_row_major_slice_mut(&mut out[..], rows, outputs),
                Accum::Add,
                MatRef::from_row_major_slice(&input[..rows * inputs], rows, inputs),
                MatRef::from_row_major_slice(&self.weight.values, outputs, inputs).transpose(),
                1.0f32,
                Par::Seq,
            );
        }
    }

    /// The outputs for one row.
    pub(crate) fn row(&self, input: &[f32]) -> Vec<f32> {
        let mut out = Vec::new();
        self.apply(input, &mut out);
        out
    }
}

/// Layer normalisation (Ba, Kiros & Hinton 2016).
#[derive(Debug)]
pub(crate) struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Norm {
    /// Reads `NAME.weight` and `NAME.bias`.
    pub(crate) fn new(weights: &Weights<'_>, name: &str, width: usize) -> Result<Self, ModelError> {
        Ok(Norm {
            weight: weights.sized(&format!("{name}.weight"), 1, width)?.values,
            bias: weights.sized(&format!("{name}.bias"), 1, width)?.values,
        })
    }

    /// Normalises one row of `input` into `out`.
    pub(crate) fn row(&self, input: &[f32], out: &mut [f32]) {
        let count = input.len() as f32;
        let mean = sum(input) / count;
        let spread = input.iter().map(|x| (x - mean) * (x - mean)).sum::<f32>() / count;
        let by = 1.0 / (spread + 1e-5).sqrt();
        for (((out, x), weight), bias) in out.iter_mut().zip(input).zip(&self.weight).zip(&self.bias) {
            *out = (x - mean) * by * weight + bias;
        }
    }

    /// Normalises every row of `states` in place.
    pub(crate) fn rows(&self, states: &mut [f32]) {
        let mut row = vec![0.0; self.weight.len()];
        for state in states.chunks_exact_mut(self.weight.len()) {
            self.row(state, &mut row);
            state.copy_from_slice(&row);
        }
    }
}

/// A sum in four lanes, which compilers can widen.
fn sum(values: &[f32]) -> f32 {
    let (fours, rest) = values.as_chunks::<4>();
    let mut lanes = [0.0f32; 4];
    for four in fours {
        lanes.iter_mut().zip(four).for_each(|(lane, x)| *lane += x);
    }
    lanes.iter().sum::<f32>() + rest.iter().sum::<f32>()
}

/// A residual dilated convolution over three places: `x += relu(conv(norm(x)))`. Places outside the sequence are 0.
#[derive(Debug)]
pub(crate) struct Block {
    norm: Norm,
    /// Over the places before, at and behind, side by side.
    conv: Linear,
    dilation: usize,
    width: usize,
}

/// Room that blocks work in, kept between calls.
#[derive(Debug, Default)]
pub(crate) struct Room {
    side_by_side: Vec<f32>,
    change: Vec<f32>,
}

impl Block {
    /// Reads `NAME.norm` and `NAME.conv`.
    pub(crate) fn new(
        weights: &Weights<'_>,
        name: &str,
        width: usize,
        dilation: usize,
    ) -> Result<Self, ModelError> {
        Ok(Block {
            norm: Norm::new(weights, &format!("{name}.norm"), width)?,
            conv: Linear::new(weights, &format!("{name}.conv"), 3 * width, width)?,
            dilation,
            width,
        })
    }

    /// Runs the block over `states` (places × width) in place.
    pub(crate) fn apply(&self, states: &mut [f32], room: &mut Room) {
        let (width, shift) = (self.width, self.dilation);
        let rows = states.len() / width;
        room.side_by_side.clear();
        room.side_by_side.resize(rows * 3 * width, 0.0);
        for (i, state) in states.chunks_exact(width).enumerate() {
            let at = (i * 3 + 1) * width;
            self.norm.row(state, &mut room.side_by_side[at..at + width]);
            if i >= shift {
                let to = ((i - shift) * 3 + 2) * width;
                room.side_by_side.copy_within(at..at + width, to);
            }
            if i + shift < rows {
                let to = (i + shift) * 3 * width;
                room.side_by_side.copy_within(at..at + width, to);
            }
        }
        self.conv.apply(&room.side_by_side, &mut room.change);
        states.iter_mut().zip(&room.change).for_each(|(x, change)| *x += change.max(0.0));
    }
}

/// Reads the blocks `NAME.0`, `NAME.1`, … of the given dilations.
pub(crate) fn blocks(
    weights: &Weights<'_>,
    name: &str,
    width: usize,
    dilations: &[usize],
) -> Result<Vec<Block>, ModelError> {
    dilations
        .iter()
        .enumerate()
        .map(|(i, by)| Block::new(weights, &format!("{name}.{i}"), width, *by))
        .collect()
}

/// The logistic function.
pub(crate) fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}
