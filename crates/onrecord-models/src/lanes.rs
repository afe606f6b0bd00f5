//! Sums and extremes over sixteen lanes: the same steps in the same order whatever the vector unit is, so the result is
//! the same to the bit.

use std::hint::black_box;

/// How many numbers are worked on side by side.
pub(crate) const LANES: usize = 16;

/// Brings sixteen lanes together, pair by pair.
#[inline(always)]
pub(crate) fn together(lanes: [f32; LANES], pair: impl Fn(f32, f32) -> f32) -> f32 {
    // Kept from the compiler, which would tear the loop before apart into the pairs of this one.
    let mut lanes = black_box(lanes);
    let mut count = LANES;
    while count > 1 {
        count /= 2;
        for i in 0..count {
            lanes[i] = pair(lanes[i], lanes[i + count]);
        }
    }
    lanes[0]
}

/// The sum of something of each number.
#[inline(always)]
pub(crate) fn sum(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (chunks, rest) = values.as_chunks::<LANES>();
    let mut lanes = [0.0f32; LANES];
    for chunk in chunks {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += of(*x);
        }
    }
    rest.iter().fold(together(lanes, |a, b| a + b), |sum, x| sum + of(*x))
}

/// The least and the greatest number.
#[inline(always)]
pub(crate) fn extremes(values: &[f32]) -> (f32, f32) {
    let lesser = |a: f32, b: f32| if b < a { b } else { a };
    let greater = |a: f32, b: f32| if b > a { b } else { a };
    let (chunks, rest) = values.as_chunks::<LANES>();
    let (mut low, mut high) = ([f32::MAX; LANES], [f32::MIN; LANES]);
    for chunk in chunks {
        for ((low, high), x) in low.iter_mut().zip(&mut high).zip(chunk) {
            *low = lesser(*low, *x);
            *high = greater(*high, *x);
        }
    }
    let (low, high) = (together(low, lesser), together(high, greater));
    rest.iter().fold((low, high), |(low, high), x| (lesser(low, *x), greater(high, *x)))
}
