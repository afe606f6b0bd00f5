//! Functions of single numbers in plain arithmetic, so that loops over them become vector code, with the same result
//! on every processor.

/// The exponential function, to about 2 parts in ten million (a degree-6 polynomial on [-ln 2 / 2, ln 2 / 2]).
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 88.0);
    // Adding and taking away 1.5 · 2²³ rounds to the nearest whole number.
    const ROUND: f32 = 12_582_912.0;
    let whole = (x * std::f32::consts::LOG2_E + ROUND) - ROUND;
    let rest = x - whole * 0.693_359_4 + whole * 2.121_944_4e-4;
    let mut power = 1.0 / 720.0;
    for part in [1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        power = power * rest + part;
    }
    power * f32::from_bits(((whole as i32 + 127) as u32) << 23)
}

/// The Gaussian error linear unit (Hendrycks & Gimpel 2016), `x · Φ(x)`, with Φ after Abramowitz & Stegun 7.1.26.
#[inline(always)]
pub(crate) fn gelu(x: f32) -> f32 {
    let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * z);
    let mut tail = 1.061_405_4;
    for part in [-1.453_152, 1.421_413_7, -0.284_496_74, 0.254_829_6] {
        tail = tail * t + part;
    }
    let half_tail = 0.5 * tail * t * exp(-z * z);
    x * if x < 0.0 { half_tail } else { 1.0 - half_tail }
}

/// The logistic function.
#[inline(always)]
pub(crate) fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_function_is_close_everywhere() {
        for i in -8700..=8800 {
            let x = i as f32 / 100.0;
            let right = f64::from(x).exp();
            assert!((f64::from(exp(x)) - right).abs() <= 1e-6 * right, "exp({x})");
        }
        assert_eq!(exp(-1e9), exp(-87.0));
    }

    #[test]
    fn gelu_and_logistic_have_known_values() {
        for (x, right) in
            [(0.0, 0.0), (1.0, 0.841_344_7), (-1.0, -0.158_655_3), (3.0, 2.995_950_2), (-8.0, 0.0)]
        {
            assert!((gelu(x) - right).abs() < 2e-6, "gelu({x}) = {}", gelu(x));
        }
        assert!((logistic(2.0) - 0.880_797_1).abs() < 1e-6);
    }
}
