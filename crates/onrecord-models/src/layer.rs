//! The layers the networks are made of. Sequences are matrices of one row a token.

use crate::weights::{Matrix, ModelError, Weights};
use faer::linalg::matmul::matmul;
use faer::{Accum, MatMut, MatRef, Par};
use pulp::Arch;

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

    /// Reads `NAME.weight`, kept as rows of bytes, and `NAME.bias`.
    pub(crate) fn from_byte_rows(
        weights: &Weights<'_>,
        name: &str,
        inputs: usize,
        outputs: usize,
    ) -> Result<Self, ModelError> {
        let weight = weights.byte_rows(&format!("{name}.weight"))?.widened();
        if (weight.rows, weight.columns) != (outputs, inputs) {
            return Err(ModelError::Unfit(format!(
                "the tensor \"{name}.weight\" is not {outputs} × {inputs}"
            )));
        }
        Ok(Linear { weight, bias: weights.sized(&format!("{name}.bias"), 1, outputs)?.values })
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
    /// Added to the spread, so that nothing is divided by zero.
    least: f32,
}

impl Norm {
    /// Reads `NAME.weight` and `NAME.bias`.
    pub(crate) fn new(weights: &Weights<'_>, name: &str, width: usize) -> Result<Self, ModelError> {
        Norm::with_least(weights, name, width, 1e-5)
    }

    /// The same with another least spread.
    pub(crate) fn with_least(
        weights: &Weights<'_>,
        name: &str,
        width: usize,
        least: f32,
    ) -> Result<Self, ModelError> {
        Ok(Norm {
            weight: weights.sized(&format!("{name}.weight"), 1, width)?.values,
            bias: weights.sized(&format!("{name}.bias"), 1, width)?.values,
            least,
        })
    }

    /// Normalises every row of `input` into the same row of `out`.
    pub(crate) fn rows(&self, input: &[f32], out: &mut Vec<f32>) {
        out.resize(input.len(), 0.0);
        Arch::new().dispatch(|| {
            let width = self.weight.len();
            for (row, out) in input.chunks_exact(width).zip(out.chunks_exact_mut(width)) {
                self.row(row, out);
            }
        });
    }

    #[inline(always)]
    fn row(&self, input: &[f32], out: &mut [f32]) {
        let count = input.len() as f32;
        let mean = sum(input, |x| x) / count;
        let spread = sum(input, |x| (x - mean) * (x - mean)) / count;
        let by = 1.0 / (spread + self.least).sqrt();
        for (((out, x), weight), bias) in out.iter_mut().zip(input).zip(&self.weight).zip(&self.bias) {
            *out = (x - mean) * by * weight + bias;
        }
    }
}

/// A sum in sixteen lanes: any vector width gives the same result, to the bit.
#[inline(always)]
fn sum(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (chunks, rest) = values.as_chunks::<16>();
    let mut lanes = [0.0f32; 16];
    for chunk in chunks {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += of(*x);
        }
    }
    lanes.iter().sum::<f32>() + rest.iter().map(|x| of(*x)).sum::<f32>()
}

/// Adds to `to` what of `change` is above zero.
fn add_positive(to: &mut [f32], change: &[f32]) {
    Arch::new().dispatch(|| to.iter_mut().zip(change).for_each(|(x, change)| *x += change.max(0.0)));
}

/// A residual dilated convolution over three places: `x += relu(conv(norm(x)))`. Places outside the sequence are 0.
#[derive(Debug)]
pub(crate) struct Block {
    norm: Norm,
    /// Outputs × (inputs before, at and behind a place).
    weight: Matrix,
    bias: Vec<f32>,
    dilation: usize,
    width: usize,
}

/// Room that blocks work in, kept between calls.
#[derive(Debug, Default)]
pub(crate) struct Room {
    normed: Vec<f32>,
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
            weight: weights.sized(&format!("{name}.conv.weight"), width, 3 * width)?,
            bias: weights.sized(&format!("{name}.conv.bias"), 1, width)?.values,
            dilation,
            width,
        })
    }

    /// Runs the block over `states` (places × width) in place.
    pub(crate) fn apply(&self, states: &mut [f32], room: &mut Room) {
        let (width, rows) = (self.width, states.len() / self.width);
        self.norm.rows(states, &mut room.normed);
        room.change.clear();
        for _ in 0..rows {
            room.change.extend_from_slice(&self.bias);
        }
        let reach = self.dilation.min(rows);
        // For each of the three places: which rows it reads, and which rows it adds to.
        for (part, from, to) in [(0, 0, reach), (1, 0, 0), (2, reach, 0)] {
            let count = rows - from.max(to);
            if count > 0 {
                let weight = MatRef::from_row_major_slice(&self.weight.values, width, 3 * width);
                matmul(
                    MatMut::from_row_major_slice_mut(
                        &mut room.change[to * width..(to + count) * width],
                        count,
                        width,
                    ),
                    Accum::Add,
                    MatRef::from_row_major_slice(
                        &room.normed[from * width..(from + count) * width],
                        count,
                        width,
                    ),
                    weight.submatrix(0, part * width, width, width).transpose(),
                    1.0f32,
                    Par::Seq,
                );
            }
        }
        add_positive(states, &room.change);
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
