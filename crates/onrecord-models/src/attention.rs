//! Attention (Vaswani et al. 2017) over the rows of one chunk, head by head, in bytes.

use crate::arithmetic::exp;
use crate::byte_kernel::{COLUMNS, MOST, Sums};
use crate::byte_matrix::{ByteMatrix, Finish, ROUND, Rounded, round_row, to_byte};
use crate::lanes::extremes;
use crate::weights::Matrix;
use archmage::prelude::*;
use std::ops::Range;

/// Room attention works in, kept between chunks.
#[derive(Debug, Default)]
pub(crate) struct AttentionRoom {
    query: Rounded,
    shares: Rounded,
    rows: Vec<i8>,
    scale: Vec<f32>,
    matrix: ByteMatrix,
    scores: Vec<f32>,
    sums: Vec<Sums>,
    by_distance: Vec<f32>,
}

/// Fills `gathered` (rows × width) from `asked` (rows × queries, keys and values, `width` numbers each). `distances`: what each head adds
/// to a score for how far the key stands behind the query, heads × an odd count of numbers, the middle one for itself; what is farther
/// off than they tell counts as the farthest.
pub(crate) fn attend(
    asked: &[f32],
    width: usize,
    heads: usize,
    distances: Option<&Matrix>,
    room: &mut AttentionRoom,
    gathered: &mut Vec<f32>,
) {
    let (own, rows) = (width / heads, asked.len() / (3 * width));
    gathered.resize(rows * width, 0.0);
    let padded = rows.next_multiple_of(COLUMNS);
    room.scores.resize(rows * padded, 0.0);
    let by = 1.0 / (own as f32).sqrt();
    for head in 0..heads {
        let from = head * own;
        room.query.make_room(rows, own);
        part_to_bytes(asked, 3 * width, from, own, &mut room.query);
        room.rows.resize(rows * own, 0);
        room.scale.resize(rows, 0.0);
        keys_to_bytes(
            asked,
            3 * width,
            width + from..width + from + own,
            by,
            &mut room.rows,
            &mut room.scale,
        );
        room.matrix.pack(&room.rows, own, &room.scale);
        room.matrix.apply(&room.query, &[], Finish::Plain, &mut room.sums, &mut room.scores, padded);
        if let Some(distances) = distances {
            spread(distances.row(head), rows, &mut room.by_distance);
            add_distances(&mut room.scores, padded, rows, &room.by_distance);
        }

        room.shares.make_room(rows, rows);
        soften(&mut room.scores, padded, rows, &mut room.shares);
        room.scale.resize(own, 0.0);
        values_to_bytes(asked, 3 * width, 2 * width + from, own, &mut room.rows, &mut room.scale);
        room.matrix.pack(&room.rows, rows, &room.scale);
        room.matrix.apply(&room.shares, &[], Finish::Plain, &mut room.sums, &mut gathered[from..], width);
    }
}

/// What is added for a distance, from the farthest key in front of a query of `rows` to the farthest behind it.
fn spread(told: &[f32], rows: usize, out: &mut Vec<f32>) {
    let most = told.len() / 2;
    out.clear();
    out.extend((0..(2 * rows).saturating_sub(1)).map(|at| {
        let place = (at + most).saturating_sub(rows - 1).min(2 * most);
        told.get(place).copied().unwrap_or_default()
    }));
}

#[autoversion(v4, v3, neon, scalar)]
fn add_distances(scores: &mut [f32], stride: usize, rows: usize, by_distance: &[f32]) {
    for (i, row) in scores.chunks_exact_mut(stride).take(rows).enumerate() {
        let told = &by_distance[rows - 1 - i..2 * rows - 1 - i];
        row.iter_mut().zip(told).for_each(|(score, more)| *score += more);
    }
}

/// Rounds `own` numbers of each row, from `from` on.
#[autoversion(v4, v3, neon, scalar)]
fn part_to_bytes(all: &[f32], stride: usize, from: usize, own: usize, out: &mut Rounded) {
    let rows = all.chunks_exact(stride).zip(out.bytes.chunks_exact_mut(out.width));
    for ((row, bytes), (scale, least)) in rows.zip(out.scale.iter_mut().zip(&mut out.least)) {
        (*scale, *least) = round_row(&row[from..from + own], bytes);
    }
}

/// Rounds some columns of each row to signed bytes; their scales times `by`.
#[autoversion(v4, v3, neon, scalar)]
fn keys_to_bytes(
    all: &[f32],
    stride: usize,
    columns: Range<usize>,
    by: f32,
    out: &mut [i8],
    scale: &mut [f32],
) {
    for ((row, out), scale) in all.chunks_exact(stride).zip(out.chunks_exact_mut(columns.len())).zip(scale) {
        let row = &row[columns.clone()];
        let (low, high) = extremes(row);
        let most = high.max(-low).max(1e-20);
        let steps = 127.0 / most;
        out.iter_mut().zip(row).for_each(|(out, x)| *out = to_signed(x * steps));
        *scale = most / 127.0 * by;
    }
}

/// Rounds columns `from..from + own` to signed bytes, a column to a row of `out`.
#[autoversion(v4, v3, neon, scalar)]
fn values_to_bytes(all: &[f32], stride: usize, from: usize, own: usize, out: &mut [i8], scale: &mut [f32]) {
    scale.fill(1e-20);
    for row in all.chunks_exact(stride) {
        for (most, x) in scale.iter_mut().zip(&row[from..from + own]) {
            *most = most.max(x.abs());
        }
    }
    let rows = all.len() / stride;
    for (column, (out, scale)) in out.chunks_exact_mut(rows.max(1)).zip(scale).enumerate() {
        let steps = 127.0 / *scale;
        for (out, row) in out.iter_mut().zip(all.chunks_exact(stride)) {
            *out = to_signed(row[from + column] * steps);
        }
        *scale /= 127.0;
    }
}

/// The nearest signed byte to a number between -127 and 127.
#[inline(always)]
fn to_signed(x: f32) -> i8 {
    (x + ROUND).to_bits() as u8 as i8
}

/// Turns each row of scores into shares, rounded against the greatest; their scale makes them add up to 1.
#[autoversion(v4, v3, neon, scalar)]
fn soften(scores: &mut [f32], stride: usize, count: usize, out: &mut Rounded) {
    let rows = scores.chunks_exact_mut(stride).zip(out.bytes.chunks_exact_mut(out.width));
    for ((row, bytes), (scale, least)) in rows.zip(out.scale.iter_mut().zip(&mut out.least)) {
        // Scores behind the last count for nothing.
        row[count..].fill(f32::MIN);
        let (_, most) = extremes(row);
        for (byte, x) in bytes.iter_mut().zip(row.iter()) {
            *byte = to_byte(exp(*x - most) * f32::from(MOST));
        }
        *scale = 1.0 / bytes.iter().map(|byte| u32::from(*byte)).sum::<u32>() as f32;
        *least = 0.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attention_is_close_to_that_in_floats() {
        let (rows, width, heads) = (70, 16, 2);
        let asked: Vec<f32> =
            (0..rows * 3 * width).map(|i| ((i * 7919 % 997) as f32 - 480.0) / 300.0).collect();
        let mut gathered = Vec::new();
        attend(&asked, width, heads, None, &mut AttentionRoom::default(), &mut gathered);
        for head in 0..heads {
            for i in 0..rows {
                let at =
                    |row: usize, kind: usize, c: usize| asked[row * 3 * width + kind * width + head * 8 + c];
                let scores: Vec<f32> = (0..rows)
                    .map(|j| (0..8).map(|c| at(i, 0, c) * at(j, 1, c)).sum::<f32>() / 8f32.sqrt())
                    .collect();
                let total: f32 = scores.iter().map(|x| x.exp()).sum();
                for c in 0..8 {
                    let right: f32 = (0..rows).map(|j| scores[j].exp() / total * at(j, 2, c)).sum();
                    let found = gathered[i * width + head * 8 + c];
                    assert!((found - right).abs() < 0.06, "{head}, {i}, {c}: {found}, not {right}");
                }
            }
        }
    }

    #[test]
    fn what_is_farther_off_than_is_told_counts_as_the_farthest() {
        let mut out = Vec::new();
        spread(&[1.0, 2.0, 3.0], 4, &mut out);
        assert_eq!(out, [1.0, 1.0, 1.0, 2.0, 3.0, 3.0, 3.0]);
        let mut scores = vec![0.0; 4 * 4];
        add_distances(&mut scores, 4, 4, &out);
        assert_eq!(scores[..8], [2.0, 3.0, 3.0, 3.0, 1.0, 2.0, 3.0, 3.0]);
        // Fewer rows than are told of.
        spread(&[1.0, 2.0, 3.0, 4.0, 5.0], 2, &mut out);
        assert_eq!(out, [2.0, 3.0, 4.0]);
    }
}
