//! Functions of single numbers in plain arithmetic, so that loops over them become vector code, with the same result
//! on every processor.

/// The exponential function, to about 2 parts in ten million (a degree-6 polynomial on [-ln 2 / 2, ln 2 / 2]).
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 88.0);
    // Adding and taking away 1.5 · 2²³ rounds to the nearest whole number.
    const ROUND: f32 = 12_582_912.0;
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let whole = shifted - ROUND;
    let rest = x - whole * 0.693_359_4 + whole * 2.121_944_4e-4;
    let mut power = 1.0 / 720.0;
    for part in [1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        power = power * rest + part;
    }
    // The last bits of the sum are the whole number; it becomes the exponent.
    power * f32::from_bits(shifted.to_bits().wrapping_add(127) << 23)
}

/// The Gaussian error linear unit (Hendrycks & Gimpel 2016), `x · Φ(x)`, to about 3 parts in ten thousand: far finer
/// than the bytes it is rounded to. Φ is an odd polynomial of degree 15 within ±4, fitted to the largest error.
#[inline(always)]
pub(crate) fn gelu(x: f32) -> f32 {
    let t = x.clamp(-4.0, 4.0);
    let square = t * t;
    let mut power = -1.301_157_4e-9;
    for part in [
        1.041_880_4e-7,
        -3.656_944_7e-6,
        7.485_277e-5,
        -1.006_475_4e-3,
        9.505_345e-3,
        -6.588_776e-2,
        3.986_733_6e-1,
    ] {
        power = power * square + part;
    }
    x * (0.5 + t * power)
}

/// The natural logarithm of a number above zero, to about 2 parts in ten million: the series of the inverse hyperbolic
/// tangent.
pub(crate) fn ln(x: f32) -> f32 {
    let bits = x.max(f32::MIN_POSITIVE).to_bits();
    // The power of two that leaves a rest between √½ and √2.
    let power = (bits.wrapping_sub(0x3f35_04f3) as i32) >> 23;
    let rest = f32::from_bits(bits.wrapping_sub((power << 23) as u32));
    let s = (rest - 1.0) / (rest + 1.0);
    let square = s * s;
    let mut series = 1.0 / 9.0;
    for part in [1.0 / 7.0, 1.0 / 5.0, 1.0 / 3.0, 1.0] {
        series = series * square + part;
    }
    2.0 * s * series + power as f32 * std::f32::consts::LN_2
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
    fn the_logarithm_is_close_everywhere() {
        for i in 1..=20_000 {
            let x = i as f32 / 97.0;
            assert!((f64::from(ln(x)) - f64::from(x).ln()).abs() < 2e-6, "ln({x}) = {}", ln(x));
        }
        assert!((ln(1e-30) + 69.077_55).abs() < 1e-4);
    }

    #[test]
    fn gelu_and_logistic_have_known_values() {
        for (x, right) in [
            (0.0, 0.0),
            (1.0, 0.841_344_7),
            (-1.0, -0.158_655_3),
            (3.0, 2.995_950_2),
            (-8.0, 0.0),
            (8.0, 8.0),
        ] {
            assert!((gelu(x) - right).abs() < 4e-4, "gelu({x}) = {}", gelu(x));
        }
        assert!((logistic(2.0) - 0.880_797_1).abs() < 1e-6);
    }
}
