//! Matrices of signed bytes, rows rounded to bytes, and their product as 32-bit floats.
//!
//! A row is rounded by itself, so what else is in a batch does not change its outputs. Floats are only ever combined
//! number by number, in one order, without fused steps: the same bits come out on every processor.

use crate::arithmetic::gelu;
use crate::byte_kernel::{COLUMNS, Fours, MOST, Step, Sums, multiply};
use crate::lanes::{LANES, extremes};
use archmage::prelude::*;
use std::ops::Range;

/// How many rows are worked on at once; their sums stay in the nearest cache.
const BLOCK: usize = 48;
/// Adding and taking away 1.5 · 2²³ rounds to the nearest whole number.
pub(crate) const ROUND: f32 = 12_582_912.0;

/// Rows as unsigned bytes: the number at byte `q` of row `i` is about `scale[i] · q + least[i]`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rounded {
    /// How many bytes a row has; a multiple of [`LANES`].
    pub(crate) width: usize,
    pub(crate) bytes: Vec<u8>,
    pub(crate) scale: Vec<f32>,
    pub(crate) least: Vec<f32>,
}

impl Rounded {
    /// Rounds every row of `input`, `columns` numbers each, between its own least and greatest number.
    pub(crate) fn rows(&mut self, input: &[f32], columns: usize) {
        self.make_room(input.len() / columns.max(1), columns);
        round_rows(input, columns, self);
    }

    /// Makes room for rows of so many bytes.
    pub(crate) fn make_room(&mut self, rows: usize, columns: usize) {
        self.width = columns.next_multiple_of(LANES);
        self.bytes.resize(rows * self.width, 0);
        self.scale.resize(rows, 0.0);
        self.least.resize(rows, 0.0);
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.scale.len()
    }
}

#[autoversion(v4, v3, neon, scalar)]
fn round_rows(input: &[f32], columns: usize, out: &mut Rounded) {
    let places = out.bytes.chunks_exact_mut(out.width).zip(out.scale.iter_mut().zip(&mut out.least));
    for (row, (bytes, (scale, least))) in input.chunks_exact(columns).zip(places) {
        (*scale, *least) = round_row(row, bytes);
    }
}

/// Rounds one row; its scale and its least number.
#[inline(always)]
pub(crate) fn round_row(row: &[f32], bytes: &mut [u8]) -> (f32, f32) {
    let (low, high) = extremes(row);
    let scale = ((high - low) / f32::from(MOST)).max(1e-20);
    let by = 1.0 / scale;
    for (byte, x) in bytes.iter_mut().zip(row) {
        *byte = to_byte((x - low) * by);
    }
    (scale, low)
}

/// The nearest byte the kernel takes.
#[inline(always)]
pub(crate) fn to_byte(x: f32) -> u8 {
    let x = x.max(0.0).min(f32::from(MOST));
    // The last bits of the sum are the whole number.
    (x + ROUND).to_bits() as u8
}

/// What is done to each output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Finish {
    /// Nothing.
    Plain,
    /// What is below zero becomes zero.
    Positive,
    /// The Gaussian error linear unit.
    Gelu,
}

/// A matrix of outputs × inputs as the kernel reads it.
#[derive(Clone, Debug, Default)]
pub(crate) struct ByteMatrix {
    pub(crate) outputs: usize,
    /// Steps of one panel: inputs / 4.
    depth: usize,
    panels: Vec<Step>,
    /// A scale for each output.
    scale: Vec<f32>,
    /// What an output is when every byte of the row is 1.
    sums: Vec<f32>,
}

impl ByteMatrix {
    /// Packs rows of bytes, one for each output, `inputs` bytes each.
    pub(crate) fn pack(&mut self, rows: &[i8], inputs: usize, scale: &[f32]) {
        (self.outputs, self.depth) = (scale.len(), inputs.next_multiple_of(LANES) / 4);
        let panels = self.outputs.div_ceil(COLUMNS);
        self.panels.clear();
        self.panels.resize(panels * self.depth, [[0; COLUMNS]; 4]);
        self.scale.clear();
        self.scale.extend_from_slice(scale);
        self.sums.clear();
        for (output, (row, scale)) in rows.chunks_exact(inputs.max(1)).zip(scale).enumerate() {
            let (panel, column) = (output / COLUMNS, output % COLUMNS);
            let panel = &mut self.panels[panel * self.depth..(panel + 1) * self.depth];
            let (fours, rest) = row.as_chunks::<4>();
            let mut sum = 0;
            for (step, four) in panel.iter_mut().zip(fours) {
                let place = &mut step.as_flattened_mut().as_chunks_mut::<4>().0[column];
                *place = *four;
                sum += four.iter().map(|x| i32::from(*x)).sum::<i32>();
            }
            if let Some(step) = panel.get_mut(fours.len()) {
                let place = &mut step.as_flattened_mut().as_chunks_mut::<4>().0[column];
                place.iter_mut().zip(rest).for_each(|(place, x)| *place = *x);
                sum += rest.iter().map(|x| i32::from(*x)).sum::<i32>();
            }
            self.sums.push(sum as f32 * scale);
        }
    }

    /// What each output is when every byte of the row is 1.
    pub(crate) fn sums(&self) -> &[f32] {
        &self.sums
    }

    /// `x·Wᵀ + b` for rounded rows, finished, into `out` (rows × `stride`). Outputs that `stride` has no room for are
    /// left out; `bias` may be empty.
    pub(crate) fn apply(
        &self,
        rows: &Rounded,
        bias: &[f32],
        finish: Finish,
        room: &mut Vec<Sums>,
        out: &mut [f32],
        stride: usize,
    ) {
        let (fours, _) = rows.bytes.as_chunks::<4>();
        let depth = self.depth;
        let row = |i: usize| [&fours[i * depth..(i + 1) * depth]];
        for first in (0..rows.len()).step_by(BLOCK) {
            let last = (first + BLOCK).min(rows.len());
            let facts = Facts {
                scale: &rows.scale[first..last],
                least: &rows.least[first..last],
                sums: &self.sums,
                finish,
            };
            self.block(
                room,
                last - first,
                |i| row(first + i),
                |sums, columns| {
                    let from = columns.start;
                    let bias = bias.get(columns.clone()).unwrap_or(&[0.0; COLUMNS]);
                    let facts = Facts { sums: &facts.sums[columns.clone()], ..facts };
                    spread(
                        sums,
                        &self.scale[columns],
                        bias,
                        facts,
                        &mut out[first * stride + from..],
                        stride,
                    );
                },
            );
        }
    }

    /// For at most [`BLOCK`] rows, the integer sums of each panel's columns.
    pub(crate) fn block<'r, const P: usize>(
        &self,
        room: &mut Vec<Sums>,
        count: usize,
        row: impl Fn(usize) -> [Fours<'r>; P],
        mut take: impl FnMut(&[Sums], Range<usize>),
    ) {
        let mut rows: [[Fours<'r>; P]; BLOCK] = [[&[]; P]; BLOCK];
        rows.iter_mut().take(count).enumerate().for_each(|(i, place)| *place = row(i));
        room.resize(BLOCK, [0; COLUMNS]);
        for (panel, steps) in self.panels.chunks_exact(self.depth.max(1)).enumerate() {
            multiply(&rows[..count], steps, &mut room[..count]);
            take(&room[..count], panel * COLUMNS..((panel + 1) * COLUMNS).min(self.outputs));
        }
    }

    /// The scale of each output.
    pub(crate) fn scale(&self) -> &[f32] {
        &self.scale
    }
}

/// How many rows [`ByteMatrix::block`] takes.
pub(crate) const MOST_ROWS: usize = BLOCK;

/// What sums are turned into floats with, besides the scale and bias of the outputs.
#[derive(Clone, Copy)]
struct Facts<'f> {
    scale: &'f [f32],
    least: &'f [f32],
    sums: &'f [f32],
    finish: Finish,
}

#[autoversion(v4, v3, neon, scalar)]
fn spread(sums: &[Sums], by: &[f32], bias: &[f32], facts: Facts<'_>, out: &mut [f32], stride: usize) {
    match facts.finish {
        Finish::Plain => spread_as(sums, by, bias, facts, out, stride, |x| x),
        Finish::Positive => spread_as(sums, by, bias, facts, out, stride, |x| x.max(0.0)),
        Finish::Gelu => spread_as(sums, by, bias, facts, out, stride, gelu),
    }
}

#[inline(always)]
fn spread_as(
    sums: &[Sums],
    by: &[f32],
    bias: &[f32],
    facts: Facts<'_>,
    out: &mut [f32],
    stride: usize,
    finish: impl Fn(f32) -> f32,
) {
    let rows = sums.iter().zip(facts.scale.iter().zip(facts.least));
    for ((sums, (scale, least)), out) in rows.zip(out.chunks_mut(stride)) {
        let columns = by.iter().zip(bias).zip(facts.sums);
        for ((sum, ((by, bias), ones)), out) in sums.iter().zip(columns).zip(out) {
            *out = finish(*sum as f32 * (scale * by) + (least * ones + bias));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_product_is_close_to_that_of_the_floats() {
        let (rows, inputs, outputs) = (50, 30, 70);
        let input: Vec<f32> = (0..rows * inputs).map(|i| ((i * 37 % 101) as f32 - 40.0) / 25.0).collect();
        let weights: Vec<i8> =
            (0..outputs * inputs).map(|i| (i * 53 % 255) as u8 as i8).map(|w| w.max(-127)).collect();
        let scale: Vec<f32> = (0..outputs).map(|i| 0.01 + i as f32 * 1e-4).collect();
        let (mut matrix, mut rounded) = (ByteMatrix::default(), Rounded::default());
        matrix.pack(&weights, inputs, &scale);
        rounded.rows(&input, inputs);
        let bias = vec![0.5; outputs];
        let mut out = vec![0.0; rows * outputs];
        matrix.apply(&rounded, &bias, Finish::Plain, &mut Vec::new(), &mut out, outputs);
        for (i, out) in out.iter().enumerate() {
            let (row, output) = (i / outputs, i % outputs);
            let right: f32 = (0..inputs)
                .map(|k| input[row * inputs + k] * f32::from(weights[output * inputs + k]) * scale[output])
                .sum::<f32>()
                + 0.5;
            assert!((out - right).abs() < 0.15, "{row}, {output}: {out}, not {right}");
        }
    }

    /// Runs a step as chosen for this processor and in plain code.
    #[test]
    fn every_way_of_rounding_and_spreading_gives_the_same_bits() {
        let input: Vec<f32> = (0..37 * 50).map(|i| ((i * 7919 % 1000) as f32 - 400.0) / 173.0).collect();
        let room =
            || Rounded { width: 64, bytes: vec![0; 37 * 64], scale: vec![0.0; 37], least: vec![0.0; 37] };
        let (mut chosen, mut plain) = (room(), room());
        round_rows(&input, 50, &mut chosen);
        round_rows_scalar(ScalarToken, &input, 50, &mut plain);
        assert_eq!(chosen.bytes, plain.bytes);
        assert_eq!((&chosen.scale, &chosen.least), (&plain.scale, &plain.least));
        let sums: Vec<Sums> =
            (0..37).map(|i| std::array::from_fn(|c| (i * 64 + c) as i32 * 977 - 9000)).collect();
        let by: Vec<f32> = (0..64).map(|c| 1e-4 + c as f32 * 3e-6).collect();
        for finish in [Finish::Plain, Finish::Positive, Finish::Gelu] {
            let facts = Facts { scale: &plain.scale, least: &plain.least, sums: &by, finish };
            let (mut one, mut two) = (vec![0.0; 37 * 64], vec![0.0; 37 * 64]);
            spread(&sums, &by, &by, facts, &mut one, 64);
            spread_scalar(ScalarToken, &sums, &by, &by, facts, &mut two, 64);
            assert_eq!(
                one.iter().map(|x| x.to_bits()).collect::<Vec<_>>(),
                two.iter().map(|x| x.to_bits()).collect::<Vec<_>>()
            );
            #[cfg(target_arch = "x86_64")]
            if let Some(token) = X64V3Token::summon() {
                spread_v3(token, &sums, &by, &by, facts, &mut two, 64);
                assert_eq!(one, two);
            }
        }
    }
}
