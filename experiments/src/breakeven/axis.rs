//! An axis of a break-even map: a parameter, in which arms it is set, and from where to where.

use sim_core::parameters::{Parameter, Parameters, Value};

/// An axis of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// The parameter that is set.
    pub parameter: &'static Parameter,
    /// The only arm it is set in; in both without.
    pub arm: Option<usize>,
    /// Value at the start.
    pub low: f64,
    /// Value at the end.
    pub high: f64,
}

impl Axis {
    /// At most `squares` values, evenly from end to end; whole numbers where the parameter is one, each once.
    pub fn values(&self, squares: usize) -> Vec<f64> {
        let last = squares.max(2) - 1;
        // Both ends are exact, whatever rounding says, and between them they are weighed: round values stay round.
        let even = (0..squares).map(|place| match place {
            0 => self.low,
            place if place == last => self.high,
            place => (self.low * (last - place) as f64 + self.high * place as f64) / last as f64,
        });
        match self.parameter.default {
            Value::Whole(_) => {
                let mut whole: Vec<f64> = even.map(f64::round).collect();
                whole.dedup();
                whole
            }
            _ => even.collect(),
        }
    }

    /// Whether it moves an arm.
    pub fn moves(&self, arm: usize) -> bool {
        self.arm.is_none_or(|only| only == arm)
    }

    /// Whether both set one parameter of one arm.
    pub fn is_also(&self, other: &Self) -> bool {
        let meet = self.arm.is_none() || other.arm.is_none() || self.arm == other.arm;
        self.parameter == other.parameter && meet
    }

    /// Sets the parameter.
    pub(super) fn set(&self, parameters: &mut Parameters, value: f64) -> Result<(), String> {
        self.parameter
            .set(parameters, Value::Number(value))
            .map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim_core::parameters::find;

    fn axis(group: &str, name: &str, arm: Option<usize>, low: f64, high: f64) -> Axis {
        Axis {
            parameter: find(group, name).unwrap(),
            arm,
            low,
            high,
        }
    }

    #[test]
    fn values_reach_from_end_to_end() {
        let values = axis("strategy", "clarity", None, 0.1, 0.9).values(9);
        assert_eq!((values.len(), values[0], values[8]), (9, 0.1, 0.9));
        assert!(values.windows(2).all(|pair| pair[0] < pair[1]));
    }

    /// An end may be a bound of its parameter, beyond which nothing is allowed.
    #[test]
    fn ends_are_exact_and_round_values_stay_round() {
        for (low, high) in [(0.01, 1.0), (0.1, 0.7), (0.05, 3.0), (-0.9, 0.3), (0.0001, 0.2)] {
            for squares in 2..60 {
                let values = axis("strategy", "clarity", None, low, high).values(squares);
                assert_eq!((values[0], values[squares - 1]), (low, high), "{squares}");
                assert!(values.iter().all(|value| (low..=high).contains(value)));
            }
        }
        assert_eq!(
            axis("strategy", "clarity", None, 0.0, 2.0).values(6),
            [0.0, 0.4, 0.8, 1.2, 1.6, 2.0]
        );
    }

    #[test]
    fn whole_numbers_come_once_each() {
        assert_eq!(
            axis("roles", "hand_offs", None, 0.0, 4.0).values(9),
            [0.0, 1.0, 2.0, 3.0, 4.0]
        );
    }

    #[test]
    fn axes_meet_only_within_an_arm() {
        let both = axis("strategy", "clarity", None, 0.0, 1.0);
        let of = |arm| axis("strategy", "clarity", Some(arm), 0.0, 1.0);
        assert!(both.is_also(&of(0)) && of(1).is_also(&both) && of(1).is_also(&of(1)));
        assert!(!of(0).is_also(&of(1)));
        assert!(!both.is_also(&axis("roles", "hand_offs", None, 0.0, 4.0)));
    }
}
