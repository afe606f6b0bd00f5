//! Pairing chains one to one for CEAF.

use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

/// Weights, which are at most 1, are compared as whole numbers of this many parts: the method needs an exact order.
const PARTS: f64 = (1_u64 << 40) as f64;

/// The greatest sum of weights that rows and columns give when each is paired at most once.
///
/// The method is that of Kuhn and Munkres, cubic in the smaller side.
pub(super) fn best_sum(weights: &[Vec<f64>]) -> f64 {
    let columns = weights.iter().map(Vec::len).min().unwrap_or(0);
    if columns == 0 {
        return 0.0;
    }
    let at =
        |row: usize, column: usize| weights.get(row).and_then(|row| row.get(column)).copied().unwrap_or(0.0);
    // It wants no fewer columns than rows.
    let turned = weights.len() > columns;
    let at = |row, column| if turned { at(column, row) } else { at(row, column) };
    let (less, more) = if turned { (columns, weights.len()) } else { (weights.len(), columns) };
    let matrix = Matrix::from_fn(less, more, |(row, column)| (at(row, column) * PARTS).round() as i64);
    let (_, pairs) = kuhn_munkres(&matrix);
    pairs.into_iter().enumerate().map(|(row, column)| at(row, column)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every way of pairing.
    fn tried(weights: &[Vec<f64>], used: &mut Vec<bool>) -> f64 {
        let Some((first, rest)) = weights.split_first() else { return 0.0 };
        let mut best = tried(rest, used);
        for column in 0..used.len() {
            if !used[column] {
                used[column] = true;
                best = best.max(first[column] + tried(rest, used));
                used[column] = false;
            }
        }
        best
    }

    #[test]
    fn the_greedy_pairing_is_not_taken() {
        assert!((best_sum(&[vec![0.9, 0.8], vec![0.8, 0.1]]) - 1.6).abs() < 1e-9);
        assert_eq!(best_sum(&[]), 0.0);
        assert_eq!(best_sum(&[vec![], vec![]]), 0.0);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_pairing_is_better(
            weights in (1_usize..5, 1_usize..5).prop_flat_map(|(rows, columns)| {
                prop::collection::vec(prop::collection::vec(0.0..1.0_f64, columns), rows)
            })
        ) {
            let expected = tried(&weights, &mut vec![false; weights[0].len()]);
            prop_assert!((best_sum(&weights) - expected).abs() < 1e-9);
        }
    }
}
