//! The layers the networks are made of. Sequences are matrices of one row a token.

use crate::byte_kernel::{Fours, Sums};
use crate::byte_matrix::{ByteMatrix, Finish, MOST_ROWS, Rounded, to_byte};
use crate::lanes::{LANES, sum};
use crate::weights::{ModelError, Weights};
use archmage::prelude::*;

/// `y = x·Wᵀ + b`, over bytes.
#[derive(Debug)]
pub(crate) struct Linear {
    weight: ByteMatrix,
    bias: Vec<f32>,
}

impl Linear {
    /// Reads the tensors of linear layers that read the same rows and become one: their outputs stand one layer after
    /// another.
    pub(crate) fn of(
        weights: &Weights<'_>,
        names: &[String],
        inputs: usize,
        outputs: usize,
    ) -> Result<Self, ModelError> {
        let (mut rows, mut scale, mut bias) = (Vec::new(), Vec::new(), Vec::new());
        for name in names {
            let own = weights.rounded(&format!("{name}.weight"), outputs, inputs)?;
            rows.extend_from_slice(&own.values);
            scale.extend_from_slice(&own.scale);
            bias.extend(weights.sized(&format!("{name}.bias"), 1, outputs)?.values);
        }
        let mut weight = ByteMatrix::default();
        weight.pack(&rows, inputs, &scale);
        Ok(Linear { weight, bias })
    }

    /// Reads `NAME.weight` and `NAME.bias`.
    pub(crate) fn new(
        weights: &Weights<'_>,
        name: &str,
        inputs: usize,
        outputs: usize,
    ) -> Result<Self, ModelError> {
        Linear::of(weights, &[name.to_owned()], inputs, outputs)
    }

    /// Fills `out` (rows × outputs).
    pub(crate) fn apply(&self, input: &Rounded, finish: Finish, room: &mut Vec<Sums>, out: &mut Vec<f32>) {
        out.resize(input.len() * self.weight.outputs, 0.0);
        self.weight.apply(input, &self.bias, finish, room, out, self.weight.outputs);
    }
}

/// A linear layer of a few outputs, in floats: what decides is not rounded.
#[derive(Debug)]
pub(crate) struct Decision {
    /// For each input the weights of all outputs.
    weight: Vec<[f32; Decision::MOST]>,
    bias: [f32; Decision::MOST],
    outputs: usize,
}

impl Decision {
    /// How many outputs there may be.
    const MOST: usize = 16;

    /// Reads `NAME.weight` and `NAME.bias` of some layers with the same inputs; their outputs stand one after another.
    pub(crate) fn new(
        weights: &Weights<'_>,
        names: &[(&str, usize)],
        inputs: usize,
    ) -> Result<Self, ModelError> {
        if names.iter().map(|(_, outputs)| outputs).sum::<usize>() > Decision::MOST {
            return Err(ModelError::Unfit(format!("more than {} outputs at once", Decision::MOST)));
        }
        let mut made = Decision { weight: vec![[0.0; 16]; inputs], bias: [0.0; 16], outputs: 0 };
        for (name, outputs) in names {
            let weight = weights.sized(&format!("{name}.weight"), *outputs, inputs)?;
            let bias = weights.sized(&format!("{name}.bias"), 1, *outputs)?;
            for (row, bias) in weight.values.chunks_exact(inputs).zip(&bias.values) {
                let (place, output) = (&mut made.weight, made.outputs);
                place.iter_mut().zip(row).for_each(|(place, x)| place[output] = *x);
                made.bias[output] = *bias;
                made.outputs += 1;
            }
        }
        Ok(made)
    }

    /// Fills `out` (rows × outputs) from `input` (rows × inputs).
    pub(crate) fn apply(&self, input: &[f32], out: &mut Vec<f32>) {
        out.resize(input.len() / self.weight.len().max(1) * self.outputs, 0.0);
        decide(self, input, out);
    }

    /// The first output for one row.
    pub(crate) fn one(&self, input: &[f32]) -> f32 {
        let mut out = Vec::new();
        self.apply(input, &mut out);
        out.first().copied().unwrap_or_default()
    }
}

#[autoversion(v4, v3, neon, scalar)]
fn decide(layer: &Decision, input: &[f32], out: &mut [f32]) {
    for (row, out) in input.chunks_exact(layer.weight.len()).zip(out.chunks_exact_mut(layer.outputs)) {
        // Four sums at a time, so that none waits for the last.
        let mut sums = [[0.0f32; Decision::MOST]; 4];
        let ((rows, _), (weights, _)) = (row.as_chunks::<4>(), layer.weight.as_chunks::<4>());
        for (four, weights) in rows.iter().zip(weights) {
            for ((x, weights), sums) in four.iter().zip(weights).zip(&mut sums) {
                sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += x * weight);
            }
        }
        let [a, b, c, d] = sums;
        for (i, out) in out.iter_mut().enumerate() {
            *out = ((a[i] + b[i]) + (c[i] + d[i])) + layer.bias[i];
        }
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

/// The least spread that torch adds.
const LEAST: f32 = 1e-5;

impl Norm {
    /// Reads `NAME.weight` and `NAME.bias`.
    pub(crate) fn new(weights: &Weights<'_>, name: &str, width: usize) -> Result<Self, ModelError> {
        Norm::with_least(weights, name, width, LEAST)
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

    /// Normalises every row of `states` in place.
    pub(crate) fn apply(&self, states: &mut [f32]) {
        normalise(self, states);
    }

    /// Adds `change` to `states`, then normalises every row.
    pub(crate) fn apply_to_sum(&self, states: &mut [f32], change: &[f32]) {
        normalise_sum(self, states, change);
    }
}

#[autoversion(v4, v3, neon, scalar)]
fn normalise(norm: &Norm, states: &mut [f32]) {
    for row in states.chunks_exact_mut(norm.weight.len()) {
        normalise_row(norm, row);
    }
}

#[autoversion(v4, v3, neon, scalar)]
fn normalise_sum(norm: &Norm, states: &mut [f32], change: &[f32]) {
    let width = norm.weight.len();
    for (row, change) in states.chunks_exact_mut(width).zip(change.chunks_exact(width)) {
        row.iter_mut().zip(change).for_each(|(x, change)| *x += change);
        normalise_row(norm, row);
    }
}

#[inline(always)]
fn normalise_row(norm: &Norm, row: &mut [f32]) {
    let (mean, by) = spread_of(row, norm.least);
    for ((x, weight), bias) in row.iter_mut().zip(&norm.weight).zip(&norm.bias) {
        *x = (*x - mean) * by * weight + bias;
    }
}

/// A row's mean, and what brings its spread to 1.
#[inline(always)]
fn spread_of(row: &[f32], least: f32) -> (f32, f32) {
    let count = row.len() as f32;
    let mean = sum(row, |x| x) / count;
    let spread = sum(row, |x| (x - mean) * (x - mean)) / count;
    (mean, 1.0 / (spread + least).sqrt())
}

/// The byte of zero where normed rows are rounded: byte `q` stands for `(q - 64) / STEPS`.
const ZERO: u8 = 64;
/// How far from zero a normed number may be; beyond, it is cut.
const FAR: f32 = 6.0;
/// How many bytes a normed number of 1 is from zero.
const STEPS: f32 = 63.0 / FAR;

/// Normed rows as bytes, without the norm's own weights, which are part of the layers that read the rows.
#[derive(Debug, Default)]
pub(crate) struct Normed {
    width: usize,
    bytes: Vec<u8>,
    /// Room for sums, kept between calls.
    pub(crate) sums: Vec<Sums>,
}

impl Normed {
    /// Norms and rounds every row of `states`.
    pub(crate) fn rows(&mut self, states: &[f32], width: usize) {
        self.width = width;
        self.bytes.resize(states.len(), 0);
        norm_to_bytes(states, width, &mut self.bytes);
    }
}

/// Row `i` of some bytes.
fn row_of(bytes: &[u8], width: usize, i: usize) -> Fours<'_> {
    bytes[i * width..(i + 1) * width].as_chunks::<4>().0
}

#[autoversion(v4, v3, neon, scalar)]
fn norm_to_bytes(states: &[f32], width: usize, bytes: &mut [u8]) {
    for (row, bytes) in states.chunks_exact(width).zip(bytes.chunks_exact_mut(width)) {
        let (mean, by) = spread_of(row, LEAST);
        let by = by * STEPS;
        // One flat loop: nested ones are made into gathers.
        for (byte, x) in bytes.iter_mut().zip(row) {
            *byte = to_byte((x - mean) * by + f32::from(ZERO));
        }
    }
}

/// A linear layer over one or several normed rows.
#[derive(Debug)]
pub(crate) struct NormedLinear<const P: usize> {
    weight: ByteMatrix,
    scale: Vec<f32>,
    bias: Vec<f32>,
    /// For each of the parts, what the norm's bias adds to each output.
    moved: Vec<Vec<f32>>,
}

impl<const P: usize> NormedLinear<P> {
    /// Reads `NAME.weight` and `NAME.bias`, over normed rows.
    pub(crate) fn new(
        weights: &Weights<'_>,
        name: &str,
        width: usize,
        outputs: usize,
    ) -> Result<Self, ModelError> {
        let (rows, moved) = weights.folded(&format!("{name}.weight"), outputs, width, P)?;
        let mut weight = ByteMatrix::default();
        weight.pack(&rows.values, P * width, &rows.scale);
        let scale = weight.scale().iter().map(|scale| scale / STEPS).collect();
        let mut bias = weights.sized(&format!("{name}.bias"), 1, outputs)?.values;
        for (bias, sum) in bias.iter_mut().zip(weight.sums()) {
            *bias -= sum * f32::from(ZERO) / STEPS;
        }
        for moved in &moved {
            bias.iter_mut().zip(moved).for_each(|(bias, moved)| *bias += moved);
        }
        Ok(NormedLinear { weight, scale, bias, moved })
    }

    /// Fills `out` (as many rows as `places`) from the rows that each place names.
    pub(crate) fn apply(&self, input: &mut Normed, places: &[[usize; P]], out: &mut Vec<f32>) {
        let outputs = self.weight.outputs;
        out.clear();
        out.resize(places.len() * outputs, 0.0);
        let Normed { width, bytes, sums: room } = input;
        for (places, out) in places.chunks(MOST_ROWS).zip(out.chunks_mut(MOST_ROWS * outputs)) {
            self.weight.block(
                room,
                places.len(),
                |i| places[i].map(|row| row_of(bytes, *width, row)),
                |sums, columns| {
                    let from = columns.start;
                    add(sums, &self.scale[columns.clone()], &self.bias[columns], &mut out[from..], outputs);
                },
            );
        }
    }
}

/// Adds outputs to `to`.
#[autoversion(v4, v3, neon, scalar)]
fn add(sums: &[Sums], scale: &[f32], bias: &[f32], to: &mut [f32], stride: usize) {
    for (sums, to) in sums.iter().zip(to.chunks_mut(stride)) {
        for (((to, sum), scale), bias) in to.iter_mut().zip(sums).zip(scale).zip(bias) {
            *to += *sum as f32 * scale + bias;
        }
    }
}

/// Adds to `to` what of the outputs is above zero.
#[autoversion(v4, v3, neon, scalar)]
fn add_positive(sums: &[Sums], scale: &[f32], bias: &[f32], to: &mut [f32], stride: usize) {
    for (sums, to) in sums.iter().zip(to.chunks_mut(stride)) {
        for (((to, sum), scale), bias) in to.iter_mut().zip(sums).zip(scale).zip(bias) {
            *to += (*sum as f32 * scale + bias).max(0.0);
        }
    }
}

/// A residual dilated convolution over three places: `x += relu(conv(norm(x)))`. Places outside the sequence are 0.
#[derive(Debug)]
pub(crate) struct Block {
    conv: NormedLinear<3>,
    dilation: usize,
    width: usize,
    /// Bytes of a place outside.
    outside: Vec<u8>,
    /// The bias where there is no place before, none behind, or neither.
    edges: [Vec<f32>; 3],
}

impl Block {
    /// Reads `NAME.norm` and `NAME.conv`.
    pub(crate) fn new(
        weights: &Weights<'_>,
        name: &str,
        width: usize,
        dilation: usize,
    ) -> Result<Self, ModelError> {
        let conv = NormedLinear::<3>::new(weights, &format!("{name}.conv"), width, width)?;
        let without = |parts: &[usize]| {
            let mut bias = conv.bias.clone();
            for moved in parts.iter().filter_map(|part| conv.moved.get(*part)) {
                bias.iter_mut().zip(moved).for_each(|(bias, moved)| *bias -= moved);
            }
            bias
        };
        let edges = [without(&[0]), without(&[2]), without(&[0, 2])];
        Ok(Block { conv, dilation, width, outside: vec![ZERO; width], edges })
    }

    /// Runs the block over `states` (places × width) in place.
    pub(crate) fn apply(&self, states: &mut [f32], room: &mut Normed) {
        let (width, rows, by) = (self.width, states.len() / self.width, self.dilation);
        room.rows(states, width);
        let Normed { bytes, sums: room, .. } = room;
        let (outside, _) = self.outside.as_chunks::<4>();
        let at = |i: Option<usize>| i.filter(|i| *i < rows).map_or(outside, |i| row_of(bytes, width, i));
        let mut first = 0;
        while first < rows {
            // A block of rows that lack the same places.
            let (before, behind) = (first >= by, first + by < rows);
            let mut last = (first + MOST_ROWS).min(rows);
            if !before {
                last = last.min(by);
            }
            if behind {
                last = last.min(rows - by);
            }
            let bias = match (before, behind) {
                (true, true) => &self.conv.bias,
                (false, true) => &self.edges[0],
                (true, false) => &self.edges[1],
                (false, false) => &self.edges[2],
            };
            let states = &mut states[first * width..last * width];
            self.conv.weight.block(
                room,
                last - first,
                |i| [at((first + i).checked_sub(by)), at(Some(first + i)), at(Some(first + i + by))],
                |sums, columns| {
                    let from = columns.start;
                    add_positive(
                        sums,
                        &self.conv.scale[columns.clone()],
                        &bias[columns],
                        &mut states[from..],
                        width,
                    );
                },
            );
            first = last;
        }
    }
}

/// Reads the blocks `NAME.0`, `NAME.1`, … of the given dilations.
pub(crate) fn blocks(
    weights: &Weights<'_>,
    name: &str,
    width: usize,
    dilations: &[usize],
) -> Result<Vec<Block>, ModelError> {
    if !width.is_multiple_of(LANES) {
        return Err(ModelError::Unfit(format!("a width of {width} is not a multiple of {LANES}")));
    }
    dilations
        .iter()
        .enumerate()
        .map(|(i, by)| Block::new(weights, &format!("{name}.{i}"), width, *by))
        .collect()
}
