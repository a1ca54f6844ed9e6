//! The standard normal distribution: density, probability, quantile; nothing is drawn.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

use super::quadrature::root_of_rising;

/// Density of the standard normal distribution.
pub fn density(z: f64) -> f64 {
    (-0.5 * z * z).exp() / (2.0 * PI).sqrt()
}

/// Probability that a standard normal variable is below `z`.
pub fn probability_below(z: f64) -> f64 {
    0.5 * libm::erfc(-z * FRAC_1_SQRT_2)
}

/// The point below which a standard normal variable lies with `probability`, strictly between 0 and 1.
pub fn quantile(probability: f64) -> f64 {
    root_of_rising(|z| probability_below(z) - probability, -38.0, 38.0)
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    #[test]
    fn familiar_points_have_their_familiar_probabilities() {
        assert_close(probability_below(1.959_963_984_540_054), 0.975, 1e-12);
        assert_close(quantile(0.8), 0.841_621_233_572_914, 1e-10);
        assert_close(density(0.0), 0.398_942_280_401_433, 1e-12);
    }
}
