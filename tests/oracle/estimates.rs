//! Mean and standard error of independent replications, and how far two means lie apart; never a verdict.

use std::fmt;

/// A mean over independent replications.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Mean, in the unit of the observations.
    pub mean: f64,
    /// Standard error of the mean, in the unit of the observations.
    pub standard_error: f64,
}

impl Estimate {
    /// Estimates the mean of independent observations, at least two.
    pub fn of(observations: &[f64]) -> Self {
        let count = observations.len() as f64;
        let mean = observations.iter().sum::<f64>() / count;
        let squares: f64 = observations
            .iter()
            .map(|observation| (observation - mean).powi(2))
            .sum();
        Self {
            mean,
            standard_error: (squares / (count - 1.0) / count).sqrt(),
        }
    }

    /// Distance to an independent estimate, in standard errors of the difference.
    pub fn distance_in_standard_errors(&self, other: &Self) -> f64 {
        (self.mean - other.mean).abs() / self.standard_error.hypot(other.standard_error)
    }
}

impl fmt::Display for Estimate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:.4} ± {:.4}", self.mean, self.standard_error)
    }
}
