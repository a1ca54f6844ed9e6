//! Where values lie on a page, and the round figures beside them; knows nothing of what the values mean.

use crate::figures::{fixed, number};

/// A straight scale from values to places on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axis {
    /// Value at the start.
    pub low: f64,
    /// Value at the end.
    pub high: f64,
    /// Place of the start \[points\].
    pub from: f64,
    /// Place of the end \[points\].
    pub to: f64,
}

/// Steps between ticks, times a power of ten.
const ROUND: [f64; 4] = [1.0, 2.0, 2.5, 5.0];

impl Axis {
    /// A scale for `values`, a little wider than they are; values that are not finite are left out.
    pub fn around(values: impl IntoIterator<Item = f64>, from: f64, to: f64) -> Self {
        let (low, high) = values
            .into_iter()
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            });
        let (low, high) = if low <= high { (low, high) } else { (0.0, 1.0) };
        let margin = if high > low {
            0.04 * (high - low)
        } else {
            widening(high)
        };
        Self {
            low: low - margin,
            high: high + margin,
            from,
            to,
        }
    }

    /// The same scale, reaching at least to `value`.
    pub fn reaching(self, value: f64) -> Self {
        Self {
            low: self.low.min(value),
            high: self.high.max(value),
            ..self
        }
    }

    /// The same scale, but starting at `value`, below which nothing is shown.
    pub fn starting(self, value: f64) -> Self {
        Self { low: value, ..self }
    }

    /// The same scale, widened so that `value` is at least `share` of the way from either end.
    pub fn centring(self, value: f64, share: f64) -> Self {
        let axis = self.reaching(value);
        let (below, above) = (value - axis.low, axis.high - value);
        let least = share / (1.0 - share);
        Self {
            low: value - below.max(above * least),
            high: value + above.max(below * least),
            ..axis
        }
    }

    /// The same scale, wider by `share` of it at either end.
    pub fn padded(self, share: f64) -> Self {
        let margin = share * (self.high - self.low);
        Self {
            low: self.low - margin,
            high: self.high + margin,
            ..self
        }
    }

    /// Where `value` lies \[points\].
    pub fn place(&self, value: f64) -> f64 {
        self.from + (value - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    /// Round values along the scale, at most about `most`.
    pub fn ticks(&self, most: usize) -> Ticks {
        let step = round_step((self.high - self.low) / most.max(1) as f64);
        let first = (self.low / step).ceil() as i64;
        let last = (self.high / step).floor() as i64;
        Ticks::new((first..=last).map(|index| index as f64 * step).collect(), step)
    }
}

/// Half of the range shown when all values are equal.
fn widening(value: f64) -> f64 {
    if value == 0.0 { 1.0 } else { 0.1 * value.abs() }
}

/// The smallest round step that is not far below `least`.
fn round_step(least: f64) -> f64 {
    let exponent: i32 = format!("{least:e}")
        .split_once('e')
        .and_then(|(_, words)| words.parse().ok())
        .unwrap_or(0);
    let power = |exponent: i32| format!("1e{exponent}").parse::<f64>().unwrap_or(1.0);
    let here = ROUND.iter().map(|factor| factor * power(exponent));
    here.chain([power(exponent + 1)])
        .find(|step| *step >= 0.8 * least)
        .unwrap_or(least)
}

/// Values of an axis that are named.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticks {
    /// The values.
    pub values: Vec<f64>,
    /// Their names, in the magnitude.
    pub names: Vec<String>,
    /// Word before the unit: `million`, or nothing.
    pub magnitude: &'static str,
}

impl Ticks {
    fn new(values: Vec<f64>, step: f64) -> Self {
        let largest = values
            .iter()
            .fold(0.0_f64, |largest, value| largest.max(value.abs()));
        let (divisor, magnitude) = match largest {
            1e15.. => (1.0, ""),
            1e12.. => (1e12, "trillion"),
            1e9.. => (1e9, "billion"),
            1e6.. => (1e6, "million"),
            _ => (1.0, ""),
        };
        let is_plain = (1e-4..1e15).contains(&largest.max(step));
        let decimals = decimals(step / divisor);
        let name = |value: &f64| {
            if is_plain {
                fixed(value / divisor, decimals)
            } else {
                number(*value)
            }
        };
        Self {
            names: values.iter().map(name).collect(),
            values,
            magnitude,
        }
    }

    /// The same with a plus sign before positive values, for differences.
    pub fn signed(mut self) -> Self {
        for (name, value) in self.names.iter_mut().zip(&self.values) {
            if *value > 0.0 {
                name.insert(0, '+');
            }
        }
        self
    }

    /// `unit` in words, with the magnitude before it.
    pub fn unit(&self, unit: &str) -> String {
        if self.magnitude.is_empty() {
            unit.to_owned()
        } else {
            format!("{} {unit}", self.magnitude)
        }
    }
}

/// Decimals that tell multiples of `step` apart.
fn decimals(step: f64) -> usize {
    (0..6)
        .find(|decimals| {
            let shown: f64 = format!("{step:.decimals$}").parse().unwrap_or(0.0);
            (shown - step).abs() <= 1e-6 * step
        })
        .unwrap_or(6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(low: f64, high: f64) -> Vec<String> {
        Axis {
            low,
            high,
            from: 0.0,
            to: 100.0,
        }
        .ticks(5)
        .names
    }

    #[test]
    fn ticks_are_round_and_carry_as_many_decimals_as_their_step() {
        assert_eq!(names(0.0, 10.0), ["0", "2", "4", "6", "8", "10"]);
        assert_eq!(
            names(-1.1, 1.1),
            ["\u{2212}1.0", "\u{2212}0.5", "0.0", "0.5", "1.0"]
        );
        assert_eq!(
            names(1510.0, 2790.0),
            ["1,750", "2,000", "2,250", "2,500", "2,750"]
                .map(String::from)
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>()
        );
        assert_eq!(
            names(0.0, 0.005),
            ["0.000", "0.001", "0.002", "0.003", "0.004", "0.005"]
        );
    }

    #[test]
    fn large_values_are_named_in_millions_and_more() {
        let ticks = Axis {
            low: 0.0,
            high: 4.2e9,
            from: 0.0,
            to: 1.0,
        }
        .ticks(5);
        assert_eq!(
            (ticks.names.last().map(String::as_str), ticks.magnitude),
            (Some("4"), "billion")
        );
        assert_eq!(ticks.unit("team-week costs"), "billion team-week costs");
    }

    #[test]
    fn equal_values_and_no_values_still_have_a_scale() {
        for values in [vec![], vec![0.0; 20], vec![5.0], vec![-3.0, f64::NAN]] {
            let axis = Axis::around(values.clone(), 0.0, 100.0);
            assert!(
                axis.low < axis.high && axis.ticks(5).values.len() > 1,
                "{values:?}"
            );
        }
    }

    #[test]
    fn zero_keeps_its_distance_from_the_ends() {
        for (low, high) in [(10.0, 20.0), (-20.0, -10.0), (-1.0, 30.0), (0.0, 0.0)] {
            let axis = Axis::around([low, high], 0.0, 100.0).centring(0.0, 0.25);
            assert!((24.9..=75.1).contains(&axis.place(0.0)), "{low} {high}");
            assert!(axis.place(low) >= 0.0 && axis.place(high) <= 100.0);
        }
    }
}
