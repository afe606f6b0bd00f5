//! Whether a confidence means what it says: of all statements with confidence 0.8, eight in ten should be right.
//!
//! Fitting is Platt's (1999): the logit of the confidence, stretched and shifted. What is fitted on some documents is
//! measured on others, as the expected calibration error over bins of equal mass (Naeini et al. 2015).

/// A confidence and whether the statement was right.
pub type Judged = (f64, bool);

/// How many bins the error is taken over.
pub const BINS: usize = 10;

/// A confidence's logit times `slope` plus `intercept`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// Below 1 where a model is surer than it should be.
    pub slope: f64,
    /// The shift.
    pub intercept: f64,
}

impl Calibration {
    /// Changes nothing.
    pub const NONE: Calibration = Calibration { slope: 1.0, intercept: 0.0 };

    /// The calibration under which `judged` is likeliest, by Newton's method.
    pub fn fit(judged: &[Judged]) -> Calibration {
        let mut found = Calibration::NONE;
        for _ in 0..50 {
            let (mut g0, mut g1, mut h00, mut h01, mut h11) = (0.0, 0.0, 1e-6, 0.0, 1e-6);
            for (confidence, right) in judged {
                let x = logit(*confidence);
                let chance = logistic(found.slope * x + found.intercept);
                let (miss, weight) = (f64::from(u8::from(*right)) - chance, chance * (1.0 - chance));
                g0 += miss;
                g1 += miss * x;
                h00 += weight;
                h01 += weight * x;
                h11 += weight * x * x;
            }
            let size = h00 * h11 - h01 * h01;
            // Short steps: whole ones overshoot where most confidences lie near 1.
            found.intercept += ((h11 * g0 - h01 * g1) / size).clamp(-0.25, 0.25);
            found.slope += ((h00 * g1 - h01 * g0) / size).clamp(-0.25, 0.25);
        }
        found
    }

    /// The calibrated confidence.
    pub fn apply(self, confidence: f64) -> f64 {
        logistic(self.slope * logit(confidence) + self.intercept)
    }
}

/// One bin: how many statements, their mean confidence, and the share of them that was right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Statements in the bin.
    pub count: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// The share that was right.
    pub right: f64,
}

/// [`BINS`] bins of equally many statements, least sure first; fewer where there are fewer statements.
pub fn bins(judged: &[Judged]) -> Vec<Bin> {
    let mut sorted = judged.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let cut = |n: usize| n * sorted.len() / BINS;
    (0..BINS)
        .map(|n| &sorted[cut(n)..cut(n + 1)])
        .filter(|bin| !bin.is_empty())
        .map(|bin| {
            let count = bin.len() as f64;
            Bin {
                count: bin.len(),
                confidence: bin.iter().map(|(confidence, _)| confidence).sum::<f64>() / count,
                right: bin.iter().filter(|(_, right)| *right).count() as f64 / count,
            }
        })
        .collect()
}

/// The expected calibration error: the mean distance of confidence and share right, weighted by the bins' size.
pub fn expected_error(bins: &[Bin]) -> f64 {
    let all: usize = bins.iter().map(|bin| bin.count).sum();
    bins.iter().map(|bin| bin.count as f64 * (bin.confidence - bin.right).abs()).sum::<f64>()
        / all.max(1) as f64
}

fn logit(chance: f64) -> f64 {
    // The record rounds to three decimals.
    let chance = chance.clamp(0.0005, 0.9995);
    (chance / (1.0 - chance)).ln()
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Statements of which a share of `right(confidence)` is right.
    fn judged(right: impl Fn(f64) -> f64) -> Vec<Judged> {
        let levels = (1..20).map(|n| f64::from(n) / 20.0);
        // In mixed order, so that where a bin cuts a level both sides are alike.
        let mixed = levels.flat_map(|level| (0..1000).map(move |n| (level, f64::from(n * 617 % 1000))));
        mixed.map(|(level, n)| (level, n < 1000.0 * right(level))).collect()
    }

    #[test]
    fn a_known_distortion_is_found_and_undone() {
        let truth = Calibration { slope: 0.6, intercept: -0.4 };
        let sample = judged(|c| truth.apply(c));
        let found = Calibration::fit(&sample);
        assert!((found.slope - 0.6).abs() < 0.01 && (found.intercept + 0.4).abs() < 0.01, "{found:?}");
        assert!(expected_error(&bins(&sample)) > 0.05);
        let mended: Vec<Judged> = sample.iter().map(|(c, right)| (found.apply(*c), *right)).collect();
        assert!(expected_error(&bins(&mended)) < 0.01);
    }

    #[test]
    fn few_statements_make_few_bins_and_none_make_no_error() {
        assert_eq!(bins(&[(0.5, true), (0.7, false)]).len(), 2);
        assert_eq!(expected_error(&bins(&[])), 0.0);
    }
}
