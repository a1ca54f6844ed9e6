//! The Beta distribution: cumulative probability, density and quantile; it also carries Student's t and PERT.

use super::root::rising_root;

/// A Beta distribution on 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beta {
    first: f64,
    second: f64,
    ln_beta: f64,
}

impl Beta {
    /// The distribution with both shapes above 0; `None` otherwise.
    pub fn new(first: f64, second: f64) -> Option<Self> {
        let usable = first > 0.0 && second > 0.0 && first.is_finite() && second.is_finite();
        usable.then(|| Self {
            first,
            second,
            ln_beta: libm::lgamma(first) + libm::lgamma(second) - libm::lgamma(first + second),
        })
    }

    /// Probability of a value of at most `x`: the regularised incomplete beta function.
    ///
    /// Continued fraction of the NIST Digital Library of Mathematical Functions, 8.17.22, on the side where it
    /// converges fast (8.17.4).
    pub fn cumulative(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return 0.0;
        }
        if x >= 1.0 {
            return 1.0;
        }
        let front = libm::exp(self.first * libm::log(x) + self.second * libm::log1p(-x) - self.ln_beta);
        if x < (self.first + 1.0) / (self.first + self.second + 2.0) {
            front * continued_fraction(self.first, self.second, x) / self.first
        } else {
            1.0 - front * continued_fraction(self.second, self.first, 1.0 - x) / self.second
        }
    }

    /// Density at `x` within 0 to 1.
    pub fn density(&self, x: f64) -> f64 {
        libm::exp((self.first - 1.0) * libm::log(x) + (self.second - 1.0) * libm::log1p(-x) - self.ln_beta)
    }

    /// The value below which `probability` lies.
    pub fn quantile(&self, probability: f64) -> f64 {
        if probability <= 0.0 {
            return 0.0;
        }
        if probability >= 1.0 {
            return 1.0;
        }
        let mean = self.first / (self.first + self.second);
        rising_root(
            |x| self.cumulative(x),
            |x| self.density(x),
            probability,
            (0.0, 1.0),
            mean,
        )
    }
}

/// The continued fraction of the incomplete beta function by the modified Lentz method (Thompson and Barnett 1986).
fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    const TERMS: u32 = 100_000;
    let away_from_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for term in 1..TERMS {
        let m = f64::from(term);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        let change = d * c;
        fraction *= change;
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cumulative_equals_the_polynomial_for_whole_shapes() {
        let beta = Beta::new(3.0, 3.0).unwrap();
        for step in 1..100 {
            let x = f64::from(step) / 100.0;
            let exact = 10.0 * x.powi(3) - 15.0 * x.powi(4) + 6.0 * x.powi(5);
            assert!((beta.cumulative(x) - exact).abs() < 1e-14, "at {x}");
        }
    }

    #[test]
    fn quantile_equals_the_closed_form_when_one_shape_is_one() {
        let beta = Beta::new(1.0, 5.0).unwrap();
        for step in 1..1000 {
            let probability = f64::from(step) / 1000.0;
            let exact = 1.0 - (1.0 - probability).powf(0.2);
            assert!(
                (beta.quantile(probability) - exact).abs() < 1e-13,
                "at {probability}"
            );
        }
    }

    #[test]
    fn quantile_undoes_cumulative_for_odd_shapes_and_extreme_probabilities() {
        for (first, second) in [(1.3, 4.7), (4.99, 1.01), (0.5, 40.0), (0.5, 5000.0), (2.2, 3.8)] {
            let beta = Beta::new(first, second).unwrap();
            for probability in [1e-9, 1e-4, 0.03, 0.5, 0.97, 0.9999] {
                let back = beta.cumulative(beta.quantile(probability));
                assert!(
                    (back / probability - 1.0).abs() < 1e-9,
                    "{first} {second} at {probability}: {back}"
                );
            }
        }
    }

    #[test]
    fn impossible_shapes_are_refused() {
        assert!(Beta::new(0.0, 1.0).is_none());
        assert!(Beta::new(1.0, f64::NAN).is_none());
        assert!(Beta::new(1.0, f64::INFINITY).is_none());
    }
}
