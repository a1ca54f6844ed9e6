//! What is held possible of a parameter before any data: evenly over a range, or evenly over its logarithm.

use sim_core::parameters::{Parameter, Value};

use crate::statistics::{normal_cumulative, normal_quantile};

/// How possible values are spread over a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// Evenly.
    Even,
    /// Evenly on a logarithmic scale: as much between 1 and 2 as between 2 and 4.
    EvenRatios,
}

/// The prior of one parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    /// The parameter.
    pub parameter: &'static Parameter,
    /// Smallest value held possible.
    pub low: f64,
    /// Largest value held possible.
    pub high: f64,
    /// How values in between are spread.
    pub spread: Spread,
}

/// A range that is this many times its lower end is spread over ratios.
const WIDE: f64 = 4.0;

impl Prior {
    /// Between two ends, spread over ratios if the upper one is at least four times the lower.
    pub fn between(parameter: &'static Parameter, low: f64, high: f64) -> Self {
        let spread = if low > 0.0 && high >= WIDE * low {
            Spread::EvenRatios
        } else {
            Spread::Even
        };
        Self {
            parameter,
            low,
            high,
            spread,
        }
    }

    /// The value below which a share `u` of the prior lies.
    pub fn value(&self, u: f64) -> f64 {
        let value = match self.spread {
            Spread::Even => self.low + u * (self.high - self.low),
            Spread::EvenRatios => self.low * libm::exp(u * libm::log(self.high / self.low)),
        };
        value.clamp(self.low, self.high)
    }

    /// The value as the parameter takes it: whole numbers are rounded.
    pub(super) fn setting(&self, u: f64) -> Value {
        match self.parameter.default {
            Value::Whole(_) => Value::Number(libm::round(self.value(u))),
            _ => Value::Number(self.value(u)),
        }
    }

    /// The share of the prior below a value.
    pub fn share_below(&self, value: f64) -> f64 {
        let share = match self.spread {
            Spread::Even => (value - self.low) / (self.high - self.low),
            Spread::EvenRatios => libm::log(value / self.low) / libm::log(self.high / self.low),
        };
        share.clamp(0.0, 1.0)
    }
}

/// From a normal score, in which every prior is standard normal, to the share of the prior below.
pub(super) fn share(score: f64) -> f64 {
    normal_cumulative(score).clamp(1e-9, 1.0 - 1e-9)
}

/// From the share of the prior below to the normal score.
pub(super) fn score(share: f64) -> f64 {
    normal_quantile(share.clamp(1e-9, 1.0 - 1e-9))
}
