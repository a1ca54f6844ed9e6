//! The values of one quantity over worlds: each of them up to a limit, buckets of a sketch beyond.

use super::quantile::quantile_of_sorted;
use super::sketch::Sketch;

/// Worlds up to which quantiles are exact.
pub const EXACT_WORLDS: usize = 100_000;

/// Values of one quantity over worlds, in bounded memory.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Every value, sorted.
    Sorted(Vec<f64>),
    /// Counts in buckets.
    Sketched(Sketch),
}

impl Values {
    /// Sorts these values for exact quantiles.
    pub fn exact(mut values: Vec<f64>) -> Self {
        values.sort_unstable_by(f64::total_cmp);
        Self::Sorted(values)
    }

    /// Quantile; `None` without values.
    pub fn quantile(&self, probability: f64) -> Option<f64> {
        match self {
            Self::Sorted(sorted) => quantile_of_sorted(sorted, probability),
            Self::Sketched(sketch) => sketch.quantile(probability),
        }
    }

    /// Quantiles at several probabilities; `None` without values.
    pub fn quantiles<const N: usize>(&self, probabilities: &[f64; N]) -> Option<[f64; N]> {
        let mut found = [f64::NAN; N];
        for (place, probability) in found.iter_mut().zip(probabilities) {
            *place = self.quantile(*probability)?;
        }
        Some(found)
    }

    /// Share of values below `value`, half of those equal to it included; `None` without values.
    pub fn share_below(&self, value: f64) -> Option<f64> {
        match self {
            Self::Sorted(sorted) => {
                let below = sorted.partition_point(|other| *other < value);
                let up_to = sorted.partition_point(|other| *other <= value);
                (!sorted.is_empty()).then(|| (below + up_to) as f64 / (2 * sorted.len()) as f64)
            }
            Self::Sketched(sketch) => sketch.share_below(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_equal_to_the_mark_count_half_below_it() {
        assert_eq!(
            Values::exact(vec![3.0, 1.0, 2.0, 2.0]).share_below(2.0),
            Some(0.5)
        );
        assert_eq!(Values::exact(Vec::new()).share_below(2.0), None);
    }
}
