//! The engine beside theory, limit case by limit case: each case says what theory expects and what was found; whether
//! that is near enough is for the caller to say.

mod belief;
mod business;
mod careers;
mod chance;
mod change;
mod gates;
mod money;
mod order;
mod pairs;
mod queues;
mod selection;
mod setting;

pub use belief::{beliefs, exact_beliefs, fat_tails};
pub use business::business;
pub use careers::careers;
pub use chance::measurements;
pub use change::change;
pub use gates::gates;
pub use money::money;
pub use order::{hand_offs, orders};
pub use pairs::{of_one_mind, relays, trust, two_minds};
pub use queues::queues;
pub use selection::selection;

/// How much work goes into a check: tests do 1, the long validation does more and gets smaller errors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort(pub u32);

/// What theory expects beside what the engine does.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// What is compared, with its setting.
    pub what: String,
    /// Unit of the figures.
    pub unit: &'static str,
    /// What theory expects.
    pub theory: f64,
    /// What was found.
    pub found: f64,
    /// Standard error of what was found; `None` where no chance is left, so that both must agree to rounding.
    pub standard_error: Option<f64>,
}

/// Relative difference that rounding may make where no chance is left.
const ROUNDING: f64 = 1e-9;

impl Comparison {
    /// An estimate beside theory.
    pub fn of_sample(what: impl Into<String>, unit: &'static str, theory: f64, sample: &[f64]) -> Self {
        let (found, standard_error) = mean_and_error(sample);
        Self {
            what: what.into(),
            unit,
            theory,
            found,
            standard_error: Some(standard_error),
        }
    }

    /// A figure without chance beside theory.
    pub fn exact(what: impl Into<String>, unit: &'static str, theory: f64, found: f64) -> Self {
        Self {
            what: what.into(),
            unit,
            theory,
            found,
            standard_error: None,
        }
    }

    /// Distance of what was found from theory in standard errors, or in units of rounding.
    pub fn distance(&self) -> f64 {
        let unit = self
            .standard_error
            .unwrap_or(ROUNDING * self.theory.abs().max(1.0));
        (self.found - self.theory).abs() / unit
    }
}

/// Mean of a sample and its standard error.
pub fn mean_and_error(sample: &[f64]) -> (f64, f64) {
    let count = sample.len() as f64;
    let mean = sample.iter().sum::<f64>() / count;
    let variance = sample.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (count - 1.0);
    (mean, (variance / count).sqrt())
}
