//! Intervals of a mean: for one look at a number fixed in advance, or for any number of looks.

use super::beta::Beta;
use super::confidence_sequence::anytime_half_width;
use super::moments::Moments;

/// How an interval of a mean is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntervalRule {
    /// Student's t: valid when the number of worlds was fixed in advance.
    FixedNumber,
    /// Asymptotic confidence sequence: valid at any time.
    AnyTime,
}

impl IntervalRule {
    /// Ends of the interval that misses the mean with `miss_probability`; `None` below two values.
    pub fn interval(self, moments: &Moments, miss_probability: f64) -> Option<(f64, f64)> {
        let (mean, variance) = (moments.mean()?, moments.variance()?);
        let half_width = match self {
            Self::FixedNumber => {
                student_quantile(miss_probability, moments.count() - 1) * moments.standard_error()?
            }
            Self::AnyTime => anytime_half_width(variance, moments.count(), miss_probability),
        };
        Some((mean - half_width, mean + half_width))
    }
}

/// The value that |t| with `freedom` degrees of freedom exceeds with `miss_probability`.
///
/// t² / (freedom + t²) follows Beta(1/2, freedom/2) (Johnson, Kotz and Balakrishnan 1995, "Continuous univariate
/// distributions 2", chapter 28). Infinite without degrees of freedom.
pub fn student_quantile(miss_probability: f64, freedom: u64) -> f64 {
    let freedom = freedom as f64;
    let Some(beta) = Beta::new(0.5, 0.5 * freedom) else {
        return f64::INFINITY;
    };
    let part = beta.quantile(1.0 - miss_probability);
    (freedom * part / (1.0 - part)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn student_quantiles_are_those_of_printed_tables() {
        for (freedom, expected) in [
            (1, 12.706_204_736),
            (2, 4.302_652_730),
            (10, 2.228_138_852),
            (100, 1.983_971_519),
            (999_999, 1.959_966_357),
        ] {
            let found = student_quantile(0.05, freedom);
            assert!((found / expected - 1.0).abs() < 1e-7, "{freedom}: {found}");
        }
    }

    #[test]
    fn equal_values_give_an_interval_without_width() {
        let mut moments = Moments::default();
        (0..10).for_each(|_| moments.add(0.0));
        assert_eq!(
            IntervalRule::FixedNumber.interval(&moments, 0.05),
            Some((0.0, 0.0))
        );
        assert_eq!(IntervalRule::AnyTime.interval(&moments, 0.05), Some((0.0, 0.0)));
    }

    #[test]
    fn one_value_gives_no_interval() {
        let mut moments = Moments::default();
        moments.add(1.0);
        assert_eq!(IntervalRule::FixedNumber.interval(&moments, 0.05), None);
    }
}
