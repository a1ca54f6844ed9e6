//! The standard normal distribution: cumulative probability and quantile.

use super::root::rising_root;

/// Probability of a standard normal value of at most `z`: Φ(z) = erfc(−z/√2)/2.
pub fn normal_cumulative(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

/// The standard normal value below which `probability` lies, −38 to 38; infinite at 0 and 1.
pub fn normal_quantile(probability: f64) -> f64 {
    if probability <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if probability >= 1.0 {
        return f64::INFINITY;
    }
    // The lower tail keeps its digits, the upper one does not: mirror it.
    if probability > 0.5 {
        return -normal_quantile(1.0 - probability);
    }
    rising_root(normal_cumulative, density, probability, (-38.0, 0.0), -0.5)
}

fn density(z: f64) -> f64 {
    libm::exp(-0.5 * z * z) / libm::sqrt(2.0 * std::f64::consts::PI)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_printed_tables() {
        for (probability, z) in [
            (0.5, 0.0),
            (0.975, 1.959_963_984_540_054),
            (0.995, 2.575_829_303_548_901),
            (1e-9, -5.997_807_015_007_687),
        ] {
            assert!(
                (normal_quantile(probability) - z).abs() < 1e-12,
                "{probability}: {}",
                normal_quantile(probability)
            );
        }
    }
}
