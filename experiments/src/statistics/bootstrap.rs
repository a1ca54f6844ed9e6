//! Intervals of any statistic of independent rows by resampling them.

use crate::keyed::{below, generator};

use super::quantile_of_sorted;

/// A figure with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bootstrapped {
    /// The figure.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// Resamples.
const RESAMPLES: u64 = 1000;

/// Figures of `rows` rows, each with its percentile interval of 95 % (Efron and Tibshirani 1993, "An introduction to the
/// bootstrap", chapter 13): `statistics` gets the numbers of the rows, some of them more than once.
///
/// A figure that is not finite on the rows themselves is `None`; resamples in which it is not finite are left out.
pub fn bootstrap(
    rows: usize,
    seed: u64,
    statistics: impl Fn(&[usize]) -> Vec<f64>,
) -> Vec<Option<Bootstrapped>> {
    let all: Vec<usize> = (0..rows).collect();
    let values = statistics(&all);
    let mut resampled = vec![Vec::with_capacity(RESAMPLES as usize); values.len()];
    let mut drawn = all;
    for resample in 0..RESAMPLES {
        let mut generator = generator(seed, b"bootstra", resample);
        drawn
            .iter_mut()
            .for_each(|row| *row = below(&mut generator, rows));
        for (figures, value) in resampled.iter_mut().zip(statistics(&drawn)) {
            figures.extend(value.is_finite().then_some(value));
        }
    }
    let interval = |(value, mut figures): (f64, Vec<f64>)| {
        figures.sort_by(f64::total_cmp);
        Some(Bootstrapped {
            value: value.is_finite().then_some(value)?,
            low: quantile_of_sorted(&figures, 0.025)?,
            high: quantile_of_sorted(&figures, 0.975)?,
        })
    };
    values.into_iter().zip(resampled).map(interval).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keyed::unit;

    #[test]
    fn the_interval_of_a_mean_is_near_its_standard_error_and_the_same_again() {
        let mut draws = generator(5, b"testdraw", 0);
        let values: Vec<f64> = (0..400).map(|_| unit(&mut draws)).collect();
        let mean = |rows: &[usize]| {
            vec![
                rows.iter().map(|row| values[*row]).sum::<f64>() / rows.len() as f64,
                f64::NAN,
            ]
        };
        let found = bootstrap(400, 1, mean);
        let estimate = found[0].unwrap();
        // Half width 1.96 × √(1/12/400) = 0.0283.
        assert!(
            (estimate.high - estimate.low - 0.0566).abs() < 0.006,
            "{estimate:?}"
        );
        assert_eq!(found[1], None);
        assert_eq!(found, bootstrap(400, 1, mean));
    }
}
