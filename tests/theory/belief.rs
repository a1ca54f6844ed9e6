//! What should be believed of a value after noisy observations; priors with normal and with fat tails, cut or not.

use std::f64::consts::PI;

use super::quadrature::integral;

/// A belief with a normal distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NormalBelief {
    /// Mean \[value units\].
    pub mean: f64,
    /// Precision, one over variance; 0 if nothing is known \[1/value units squared\].
    pub precision: f64,
}

impl NormalBelief {
    /// The belief after `count` observations of mean `observed`, each with normal noise of deviation `noise`, above 0.
    ///
    /// Source: conjugate updating; precisions add, means are weighted by them (Gelman et al. 2013, section 2.5).
    pub fn updated(self, observed: f64, noise: f64, count: u32) -> Self {
        let evidence = f64::from(count) / (noise * noise);
        let precision = self.precision + evidence;
        Self {
            mean: (self.precision * self.mean + evidence * observed) / precision,
            precision,
        }
    }
}

/// How fast a distribution falls off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tail {
    /// Like a normal distribution.
    Normal,
    /// Like a Student-t distribution with these degrees of freedom, above 1.
    Student(f64),
}

/// A symmetric distribution of true values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    /// Its middle \[value units\].
    pub location: f64,
    /// Its scale: the standard deviation of a normal, the scale of a Student-t distribution \[value units\].
    pub scale: f64,
    /// How fast it falls off.
    pub tail: Tail,
    /// Where it is cut on both sides, infinite if it is not \[scales\].
    pub reach_scales: f64,
}

impl Prior {
    /// Intervals of quadrature: halving their number changes no tabulated digit.
    const INTERVALS: u32 = 12_000;

    /// A distribution that is not cut.
    pub fn whole(location: f64, scale: f64, tail: Tail) -> Self {
        Self {
            location,
            scale,
            tail,
            reach_scales: f64::INFINITY,
        }
    }

    /// Density, without the factor that makes up for what is cut off \[1/value units\].
    pub fn uncut_density(&self, value: f64) -> f64 {
        let z = (value - self.location) / self.scale;
        let standard = match self.tail {
            Tail::Normal => (-0.5 * z * z).exp() / (2.0 * PI).sqrt(),
            Tail::Student(freedom) => {
                let constant =
                    libm::tgamma(0.5 * (freedom + 1.0)) / libm::tgamma(0.5 * freedom) / (freedom * PI).sqrt();
                constant * (1.0 + z * z / freedom).powf(-0.5 * (freedom + 1.0))
            }
        };
        standard / self.scale
    }

    /// Integral of `function` × uncut density over the values above `from`.
    ///
    /// With value = location + scale·sinh(t), even steps in t are fine in the middle and wide in the tails.
    pub fn integral_above(&self, from: f64, function: impl Fn(f64) -> f64) -> f64 {
        let reach = self.reach_scales.min(match self.tail {
            Tail::Normal => 40.0,
            // Of a mean, the share X^(1 - freedom) lies beyond X: here one part in a thousand million.
            Tail::Student(freedom) => 10.0_f64.powf(9.0 / (freedom - 1.0)),
        });
        let lowest = ((from - self.location) / self.scale).max(-reach).asinh();
        let integrand = |t: f64| {
            let value = self.location + self.scale * t.sinh();
            function(value) * self.uncut_density(value) * self.scale * t.cosh()
        };
        integral(integrand, lowest, reach.asinh(), Self::INTERVALS)
    }

    /// Expectation of `function` of a true value.
    pub fn expectation(&self, function: impl Fn(f64) -> f64) -> f64 {
        self.integral_above(f64::NEG_INFINITY, function) / self.integral_above(f64::NEG_INFINITY, |_| 1.0)
    }

    /// Mean of the true value given one observation with normal noise of deviation `noise`, by quadrature of Bayes'
    /// rule \[value units\].
    ///
    /// Valid where the noise is not small against the step of quadrature, which for 3 degrees of freedom
    /// is 0.002 × the distance from the location.
    pub fn posterior_mean(&self, observed: f64, noise: f64) -> f64 {
        // Relative to its largest value over the prior, so that far observations do not vanish.
        let nearest = observed.clamp(
            self.location - self.reach_scales * self.scale,
            self.location + self.reach_scales * self.scale,
        );
        let exponent = |value: f64| -0.5 * ((observed - value) / noise).powi(2);
        let likelihood = |value: f64| (exponent(value) - exponent(nearest)).exp();
        let all = f64::NEG_INFINITY;
        self.integral_above(all, |value| value * likelihood(value)) / self.integral_above(all, likelihood)
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    const FAT: Prior = Prior {
        location: 0.2,
        scale: 1.0,
        tail: Tail::Student(3.0),
        reach_scales: 20.0,
    };

    #[test]
    fn precisions_add_and_means_are_weighted_by_them() {
        let belief = NormalBelief {
            mean: 1.0,
            precision: 0.25,
        }
        .updated(4.0, 1.5, 1);
        assert_close(belief.precision, 0.25 + 4.0 / 9.0, 1e-12);
        assert_close(belief.mean, (0.25 + 4.0 * 4.0 / 9.0) / (0.25 + 4.0 / 9.0), 1e-12);
        let at_once = NormalBelief {
            mean: 0.0,
            precision: 1.0,
        }
        .updated(2.0, 2.0, 3);
        let one_by_one = (0..3).fold(
            NormalBelief {
                mean: 0.0,
                precision: 1.0,
            },
            |belief, _| belief.updated(2.0, 2.0, 1),
        );
        assert_close(at_once.mean, one_by_one.mean, 1e-12);
        assert_close(1.0 / at_once.precision, 1.0 / (1.0 + 3.0 / 4.0), 1e-12);
        let from_nothing = NormalBelief {
            mean: 9.0,
            precision: 0.0,
        }
        .updated(2.0, 2.0, 1);
        assert_close(from_nothing.mean, 2.0, 0.0);
    }

    #[test]
    fn densities_hold_all_probability() {
        for tail in [Tail::Normal, Tail::Student(1.31), Tail::Student(3.0)] {
            let prior = Prior::whole(-0.5, 2.0, tail);
            assert_close(prior.integral_above(f64::NEG_INFINITY, |_| 1.0), 1.0, 1e-9);
            assert_close(prior.integral_above(-0.5, |_| 1.0), 0.5, 1e-9);
        }
    }

    #[test]
    fn under_a_normal_prior_quadrature_gives_the_conjugate_update() {
        let prior = Prior::whole(-0.5, 1.5, Tail::Normal);
        let belief = NormalBelief {
            mean: -0.5,
            precision: 1.0 / 2.25,
        };
        for (observed, noise) in [(0.0, 1.0), (3.0, 0.5), (-7.0, 4.0), (60.0, 5.0)] {
            assert_close(
                prior.posterior_mean(observed, noise),
                belief.updated(observed, noise, 1).mean,
                1e-8,
            );
        }
    }

    #[test]
    fn posterior_means_under_fat_tails_obey_tweedies_formula() {
        // E[v | x] = x + noise² · d ln m(x)/dx, m being the density of observations (Efron 2011).
        for (observed, noise) in [(0.9, 2.0), (4.0, 2.0), (-6.0, 1.5), (15.0, 1.0)] {
            let log_density = |x: f64| {
                FAT.expectation(|value| (-0.5 * ((x - value) / noise).powi(2)).exp())
                    .ln()
            };
            let slope = (log_density(observed + 1e-4) - log_density(observed - 1e-4)) / 2e-4;
            assert_close(
                FAT.posterior_mean(observed, noise),
                observed + noise * noise * slope,
                1e-5,
            );
        }
    }

    #[test]
    fn fat_tails_believe_large_observations_and_a_cut_bounds_belief() {
        assert_close(FAT.posterior_mean(0.2, 2.0), 0.2, 1e-9);
        // Far out the density falls with the fourth power, so that shrinkage is 4·noise²/x.
        let whole = Prior {
            reach_scales: f64::INFINITY,
            ..FAT
        };
        assert_close(whole.posterior_mean(100.2, 1.0), 100.2 - 0.04, 1e-4);
        let beyond = FAT.posterior_mean(100.0, 1.0);
        assert!(
            beyond < 20.2 && beyond > 20.1,
            "{beyond} should be just below the largest value there is"
        );
    }
}
