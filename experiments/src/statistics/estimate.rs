//! A mean with how sure one can be of it.

use super::interval::IntervalRule;
use super::moments::Moments;

/// A mean over worlds. Unknown figures are `None`, never zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Values that the mean is of.
    pub count: u64,
    /// The mean.
    pub mean: f64,
    /// Its standard error; `None` below two values.
    pub standard_error: Option<f64>,
    /// Ends of its 95 % interval; `None` below two values.
    pub ci95: Option<(f64, f64)>,
}

/// Probability that an interval of an estimate misses the mean.
const MISS_PROBABILITY: f64 = 0.05;

impl Estimate {
    /// The estimate from values whose number was fixed in advance; `None` without values.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut moments = Moments::default();
        values.into_iter().for_each(|value| moments.add(value));
        Self::from_moments(&moments, IntervalRule::FixedNumber)
    }

    /// The estimate from moments; `None` without values.
    pub fn from_moments(moments: &Moments, rule: IntervalRule) -> Option<Self> {
        Some(Self {
            count: moments.count(),
            mean: moments.mean()?,
            standard_error: moments.standard_error(),
            ci95: rule.interval(moments, MISS_PROBABILITY),
        })
    }

    /// Whether the interval leaves zero out: only then has the mean a sign that may be named.
    pub fn has_a_sign(&self) -> bool {
        self.ci95.is_some_and(|(low, high)| low > 0.0 || high < 0.0)
    }

    /// The estimate of the ratio of two means from paired values, by linearising it (delta method; Cochran 1977,
    /// "Sampling techniques", §6.3); `None` without pairs, or if the interval of the lower mean holds zero, where a ratio
    /// says nothing.
    pub fn of_ratio(pairs: &[(f64, f64)]) -> Option<Self> {
        let upper = Self::of(pairs.iter().map(|pair| pair.0))?;
        let lower = Self::of(pairs.iter().map(|pair| pair.1))?;
        if !lower.has_a_sign() {
            return None;
        }
        let ratio = upper.mean / lower.mean;
        Self::of(
            pairs
                .iter()
                .map(|(up, down)| ratio + (up - ratio * down) / lower.mean),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_of_proportional_values_is_exact_and_one_over_nothing_unknown() {
        let pairs: Vec<(f64, f64)> = (1..20).map(|i| (3.0 * f64::from(i), f64::from(i))).collect();
        let ratio = Estimate::of_ratio(&pairs).unwrap();
        assert!((ratio.mean - 3.0).abs() < 1e-12 && ratio.standard_error.unwrap() < 1e-12);
        let around_zero: Vec<(f64, f64)> = [-1.0, 1.0, -1.0, 1.0].map(|value| (1.0, value)).to_vec();
        assert_eq!(Estimate::of_ratio(&around_zero), None);
    }

    #[test]
    fn one_value_has_a_mean_and_no_interval() {
        let one = Estimate::of([4.0]).unwrap();
        assert_eq!((one.mean, one.standard_error, one.ci95), (4.0, None, None));
        assert_eq!(Estimate::of([]), None);
    }
}
