//! The inner product of the networks: unsigned bytes times signed bytes, summed in 32 bits.
//!
//! Every way of computing it gives the same integers, so a result does not depend on the processor. That holds as long
//! as the unsigned bytes stay below 128: AVX2 sums pairs of products in 16 bits, and 2 · 127 · 127 fits.

use archmage::prelude::*;

/// How many outputs a panel of weights has.
pub(crate) const COLUMNS: usize = 64;
/// The largest unsigned byte that may go in.
pub(crate) const MOST: u8 = 127;

/// The weights of [`COLUMNS`] outputs for four inputs: output `c` has bytes `4c..4c + 4` of the 256.
pub(crate) type Step = [[i8; COLUMNS]; 4];
/// The sums of one row.
pub(crate) type Sums = [i32; COLUMNS];
/// A row of inputs, in fours.
pub(crate) type Fours<'r> = &'r [[u8; 4]];

/// Fills each row of `sums` with the products of that row and a panel. A row comes in `P` parts of equal length, which
/// meet the steps of the panel one part after another.
pub(crate) fn multiply<const P: usize>(rows: &[[Fours<'_>; P]], panel: &[Step], sums: &mut [Sums]) {
    incant!(multiply(rows, panel, sums), [v4x, v3, scalar])
}

/// As many rows as fit the 32 registers beside four of weights and one of inputs.
#[cfg(target_arch = "x86_64")]
const GROUP: usize = 6;

#[cfg(feature = "avx512")]
#[arcane(import_intrinsics)]
fn multiply_v4x<const P: usize>(
    _token: X64V4xToken,
    rows: &[[Fours<'_>; P]],
    panel: &[Step],
    sums: &mut [Sums],
) {
    let depth = panel.len() / P;
    for (rows, sums) in rows.chunks(GROUP).zip(sums.chunks_mut(GROUP)) {
        let mut held = [[_mm512_setzero_si512(); 4]; GROUP];
        for (part, panel) in panel.chunks_exact(depth.max(1)).enumerate().take(P) {
            let inputs = part_of::<P, GROUP>(rows, part, depth);
            for (k, step) in panel.iter().enumerate() {
                let weights = [
                    _mm512_loadu_si512(&step[0]),
                    _mm512_loadu_si512(&step[1]),
                    _mm512_loadu_si512(&step[2]),
                    _mm512_loadu_si512(&step[3]),
                ];
                for (held, inputs) in held.iter_mut().zip(&inputs) {
                    let four = _mm512_set1_epi32(i32::from_le_bytes(inputs[k]));
                    for (held, weights) in held.iter_mut().zip(weights) {
                        *held = _mm512_dpbusd_epi32(*held, four, weights);
                    }
                }
            }
        }
        for (held, sums) in held.iter().zip(sums) {
            for (held, out) in held.iter().zip(sums.as_chunks_mut::<16>().0) {
                _mm512_storeu_si512(out, *held);
            }
        }
    }
}

/// As many rows as fit the 16 registers, with two of weights.
#[cfg(target_arch = "x86_64")]
const SMALL_GROUP: usize = 4;

#[arcane(import_intrinsics)]
fn multiply_v3<const P: usize>(
    _token: X64V3Token,
    rows: &[[Fours<'_>; P]],
    panel: &[Step],
    sums: &mut [Sums],
) {
    let depth = panel.len() / P;
    let ones = _mm256_set1_epi16(1);
    for (rows, sums) in rows.chunks(SMALL_GROUP).zip(sums.chunks_mut(SMALL_GROUP)) {
        for quarter in 0..4 {
            let mut held = [[_mm256_setzero_si256(); 2]; SMALL_GROUP];
            for (part, panel) in panel.chunks_exact(depth.max(1)).enumerate().take(P) {
                let inputs = part_of::<P, SMALL_GROUP>(rows, part, depth);
                for (k, step) in panel.iter().enumerate() {
                    let (halves, _) = step[quarter].as_chunks::<32>();
                    let weights = [_mm256_loadu_si256(&halves[0]), _mm256_loadu_si256(&halves[1])];
                    for (held, inputs) in held.iter_mut().zip(&inputs) {
                        let four = _mm256_set1_epi32(i32::from_le_bytes(inputs[k]));
                        for (held, weights) in held.iter_mut().zip(weights) {
                            let pairs = _mm256_maddubs_epi16(four, weights);
                            *held = _mm256_add_epi32(*held, _mm256_madd_epi16(pairs, ones));
                        }
                    }
                }
            }
            for (held, sums) in held.iter().zip(sums.iter_mut()) {
                let own = &mut sums[quarter * 16..][..16];
                for (held, out) in held.iter().zip(own.as_chunks_mut::<8>().0) {
                    _mm256_storeu_si256(out, *held);
                }
            }
        }
    }
}

/// One part of each of `N` rows; where there are fewer, the last again.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn part_of<'r, const P: usize, const N: usize>(
    rows: &[[Fours<'r>; P]],
    part: usize,
    depth: usize,
) -> [Fours<'r>; N] {
    std::array::from_fn(|i| match rows.get(i).or(rows.last()) {
        Some(row) => &row[part][..depth],
        None => &[],
    })
}

/// Two sums for each output, of the first and the second pair of every four inputs.
type PairSums = [i32; 2 * COLUMNS];
/// How many rows share one widening of the weights; their sums stay in the nearest cache.
const PLAIN_GROUP: usize = 16;

/// Written so that any compiler turns it into the vector code that every processor has.
fn multiply_scalar<const P: usize>(
    _token: ScalarToken,
    rows: &[[Fours<'_>; P]],
    panel: &[Step],
    sums: &mut [Sums],
) {
    let depth = panel.len() / P;
    for (rows, sums) in rows.chunks(PLAIN_GROUP).zip(sums.chunks_mut(PLAIN_GROUP)) {
        let mut held: [PairSums; PLAIN_GROUP] = [[0; 2 * COLUMNS]; PLAIN_GROUP];
        for (part, panel) in panel.chunks_exact(depth.max(1)).enumerate().take(P) {
            for (k, step) in panel.iter().enumerate() {
                let mut wide = [0i16; 4 * COLUMNS];
                wide.iter_mut()
                    .zip(step.as_flattened())
                    .for_each(|(wide, weight)| *wide = i16::from(*weight));
                for (held, row) in held.iter_mut().zip(rows) {
                    add_pairs(held, &wide, row[part][k].map(i16::from));
                }
            }
        }
        for (held, sums) in held.iter().zip(sums) {
            for (pair, sum) in held.as_chunks::<2>().0.iter().zip(sums) {
                *sum = pair[0] + pair[1];
            }
        }
    }
}

#[inline(always)]
fn add_pairs(held: &mut PairSums, weights: &[i16; 4 * COLUMNS], four: [i16; 4]) {
    let inputs = [four[0], four[1], four[2], four[3], four[0], four[1], four[2], four[3]];
    for (held, weights) in held.as_chunks_mut::<4>().0.iter_mut().zip(weights.as_chunks::<8>().0) {
        for (j, held) in held.iter_mut().enumerate() {
            let product = |i: usize| i32::from(weights[i]) * i32::from(inputs[i]);
            *held += product(2 * j) + product(2 * j + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs one way of multiplying over some numbers, the largest among them.
    fn outcome(with: impl Fn(&[[Fours<'_>; 3]], &[Step], &mut [Sums])) -> Vec<Sums> {
        let bytes: Vec<u8> =
            (0..13 * 60).map(|i: u32| if i < 120 { MOST } else { (i * 7919 % 128) as u8 }).collect();
        let (fours, _) = bytes.as_chunks::<4>();
        let rows: Vec<[Fours<'_>; 3]> = (0..13)
            .map(|i| std::array::from_fn(|part| &fours[i * 15 + part * 5..i * 15 + part * 5 + 5]))
            .collect();
        let mut panel = vec![[[0; COLUMNS]; 4]; 15];
        for (i, weight) in panel.as_flattened_mut().as_flattened_mut().iter_mut().enumerate() {
            *weight = if i % 3 == 0 { -127 } else { (i * 7907 % 255) as i32 as i8 };
            *weight = (*weight).max(-127);
        }
        let mut sums = vec![[1; COLUMNS]; 13];
        with(&rows, &panel, &mut sums);
        sums
    }

    #[test]
    fn every_way_gives_the_same_integers() {
        let plain = outcome(|rows, panel, sums| {
            for (row, sums) in rows.iter().zip(sums) {
                *sums = [0; COLUMNS];
                for (k, four) in row.iter().flat_map(|part| part.iter()).enumerate() {
                    for (c, sum) in sums.iter_mut().enumerate() {
                        let weights = &panel[k].as_flattened()[4 * c..4 * c + 4];
                        *sum +=
                            four.iter().zip(weights).map(|(x, w)| i32::from(*x) * i32::from(*w)).sum::<i32>();
                    }
                }
            }
        });
        assert_eq!(outcome(multiply), plain);
        assert_eq!(outcome(|rows, panel, sums| multiply_scalar(ScalarToken, rows, panel, sums)), plain);
        #[cfg(target_arch = "x86_64")]
        if let Some(token) = X64V3Token::summon() {
            assert_eq!(outcome(|rows, panel, sums| multiply_v3(token, rows, panel, sums)), plain);
        }
        #[cfg(all(target_arch = "x86_64", feature = "avx512"))]
        if let Some(token) = X64V4xToken::summon() {
            assert_eq!(outcome(|rows, panel, sums| multiply_v4x(token, rows, panel, sums)), plain);
        }
    }
}
