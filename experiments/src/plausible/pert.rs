//! The PERT distribution: what people mean by "at least, most likely, at most".

use crate::statistics::Beta;

/// A PERT distribution: low + (high − low)·Beta(1 + 4(mode−low)/(high−low), 1 + 4(high−mode)/(high−low)).
///
/// Malcolm, Roseboom, Clark and Fazar 1959, Operations Research 7:646; its mean is (low + 4·mode + high)/6. A range
/// without width is a constant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pert {
    low: f64,
    high: f64,
    beta: Beta,
}

impl Pert {
    /// The distribution; `None` unless low ≤ mode ≤ high and all three are finite.
    pub fn new(low: f64, mode: f64, high: f64) -> Option<Self> {
        if !(low <= mode && mode <= high && low.is_finite() && high.is_finite()) {
            return None;
        }
        let width = high - low;
        let place = if width > 0.0 { (mode - low) / width } else { 0.5 };
        let beta = Beta::new(1.0 + 4.0 * place, 5.0 - 4.0 * place)?;
        Some(Self { low, high, beta })
    }

    /// The value below which `probability` lies.
    pub fn quantile(&self, probability: f64) -> f64 {
        (self.low + (self.high - self.low) * self.beta.quantile(probability)).clamp(self.low, self.high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_and_variance_are_those_of_the_closed_form() {
        for (low, mode, high) in [
            (0.0, 1.0, 10.0),
            (-3.0, -3.0, 5.0),
            (2.0, 5.0, 8.0),
            (26.0, 104.0, 416.0),
        ] {
            let pert = Pert::new(low, mode, high).unwrap();
            let count = 20_000;
            let values: Vec<f64> = (0..count)
                .map(|i| pert.quantile((f64::from(i) + 0.5) / f64::from(count)))
                .collect();
            let mean = values.iter().sum::<f64>() / f64::from(count);
            let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / f64::from(count);
            let exact_mean = (low + 4.0 * mode + high) / 6.0;
            let exact_variance = (exact_mean - low) * (high - exact_mean) / 7.0;
            assert!(
                (mean - exact_mean).abs() < 1e-4 * (high - low),
                "{low} {mode} {high}: {mean}"
            );
            assert!(
                (variance / exact_variance - 1.0).abs() < 1e-3,
                "{low} {mode} {high}: {variance}"
            );
        }
    }

    #[test]
    fn impossible_ranges_are_refused_and_a_point_is_a_constant() {
        assert!(Pert::new(1.0, 0.0, 2.0).is_none());
        assert!(Pert::new(0.0, 1.0, f64::INFINITY).is_none());
        assert!(Pert::new(0.0, f64::NAN, 1.0).is_none());
        assert_eq!(Pert::new(4.0, 4.0, 4.0).unwrap().quantile(0.3), 4.0);
    }
}
