//! Fits the weights by which a model's evidence becomes a confidence ([`onrecord_models::Weighing`]).

use onrecord_models::Evidence;

/// What a model said of one attribution, and whether it was right.
pub type Weighed = (Evidence, bool);

const COUNT: usize = Evidence::FACTS + 1;
/// How strongly weights are drawn to zero: as much as a few statements say.
const RIDGE: f64 = 1.0;

/// The weights under which `seen` is likeliest (logistic regression by Newton's method, with a little ridge); the last
/// is the bias.
pub fn fit(seen: &[Weighed]) -> [f64; COUNT] {
    let mut weights = [0.0; COUNT];
    for _ in 0..40 {
        let mut gradient = [0.0; COUNT];
        let mut curvature = [[0.0; COUNT]; COUNT];
        for (evidence, right) in seen {
            let mut facts = [1.0; COUNT];
            facts.iter_mut().zip(evidence.facts()).for_each(|(to, fact)| *to = f64::from(fact));
            let sum: f64 = weights.iter().zip(&facts).map(|(weight, fact)| weight * fact).sum();
            let chance = 1.0 / (1.0 + (-sum).exp());
            let miss = f64::from(u8::from(*right)) - chance;
            for i in 0..COUNT {
                gradient[i] += miss * facts[i];
                for j in 0..COUNT {
                    curvature[i][j] += chance * (1.0 - chance) * facts[i] * facts[j];
                }
            }
        }
        for i in 0..COUNT {
            // The bias is free.
            let ridge = if i + 1 < COUNT { RIDGE } else { 1e-6 };
            gradient[i] -= ridge * weights[i];
            curvature[i][i] += ridge;
        }
        let step = solve(curvature, gradient);
        for (weight, step) in weights.iter_mut().zip(step) {
            *weight += step.clamp(-1.0, 1.0);
        }
    }
    weights
}

/// Solves `matrix · x = right` for a positive definite matrix, by elimination.
fn solve(mut matrix: [[f64; COUNT]; COUNT], mut right: [f64; COUNT]) -> [f64; COUNT] {
    for i in 0..COUNT {
        for j in i + 1..COUNT {
            let factor = matrix[j][i] / matrix[i][i];
            let above = matrix[i];
            matrix[j].iter_mut().zip(above).skip(i).for_each(|(below, above)| *below -= factor * above);
            right[j] -= factor * right[i];
        }
    }
    for i in (0..COUNT).rev() {
        for j in i + 1..COUNT {
            right[i] -= matrix[i][j] * right[j];
        }
        right[i] /= matrix[i][i];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_models::Weighing;

    #[test]
    fn weights_that_made_the_answers_are_found_again() {
        let truth = Weighing { weights: [0.2, 0.0, 0.6, 0.3, 0.1, -0.5, -0.4] };
        let level = |n: usize| [0.1, 0.3, 0.6, 0.9][n % 4];
        let mut seen = Vec::new();
        for n in 0..4 * 4 * 4 * 4 * 5 {
            let evidence = Evidence {
                real: level(n),
                begin: level(n / 4),
                content: level(n / 16),
                cue: level(n / 64),
                source: (n / 256 % 5 > 0).then(|| level(n / 256)),
            };
            let right = (f64::from(truth.confidence(&evidence)) * 20.0).round() as usize;
            seen.extend((0..20).map(|m| (evidence, m < right)));
        }
        let found = fit(&seen);
        for (found, truth) in found.iter().zip(truth.weights) {
            assert!((found - f64::from(truth)).abs() < 0.03, "{found} for {truth}");
        }
    }
}
