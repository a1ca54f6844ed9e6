//! Quantiles of sorted values, and the probabilities at which a 20-mark dotplot places its marks.

/// Probabilities (2i+1)/40 of the marks of a 20-mark quantile dotplot (Kay et al. 2016, CHI, "When (ish) is my bus?").
pub const MARKS: [f64; 20] = [
    0.025, 0.075, 0.125, 0.175, 0.225, 0.275, 0.325, 0.375, 0.425, 0.475, 0.525, 0.575, 0.625, 0.675, 0.725,
    0.775, 0.825, 0.875, 0.925, 0.975,
];

/// Quantile of `sorted` values by linear interpolation between order statistics, type 7 of Hyndman and Fan 1996
/// (American Statistician 50:361); `None` without values.
pub fn quantile_of_sorted(sorted: &[f64], probability: f64) -> Option<f64> {
    interpolate(sorted.len() as u64, probability, |rank| sorted[rank as usize])
}

/// Type-7 interpolation between the order statistics that `at` gives for ranks from 0.
pub(super) fn interpolate(count: u64, probability: f64, at: impl Fn(u64) -> f64) -> Option<f64> {
    let last = count.checked_sub(1)?;
    let position = last as f64 * probability;
    let below = position.floor();
    let rank = below as u64;
    let lower = at(rank);
    if rank >= last || position == below {
        return Some(lower);
    }
    Some(lower + (position - below) * (at(rank + 1) - lower))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_interpolate_between_order_statistics() {
        let sorted = [1.0, 2.0, 4.0, 8.0];
        assert_eq!(quantile_of_sorted(&sorted, 0.0), Some(1.0));
        assert_eq!(quantile_of_sorted(&sorted, 0.5), Some(3.0));
        assert_eq!(quantile_of_sorted(&sorted, 0.75), Some(5.0));
        assert_eq!(quantile_of_sorted(&sorted, 1.0), Some(8.0));
        assert_eq!(quantile_of_sorted(&[], 0.5), None);
        assert_eq!(quantile_of_sorted(&[3.0], 0.9), Some(3.0));
    }

    #[test]
    fn the_twenty_marks_are_the_middles_of_twenty_equal_parts() {
        for (i, mark) in MARKS.iter().enumerate() {
            assert!((mark - (2 * i + 1) as f64 / 40.0).abs() < 1e-15);
        }
        let sorted: Vec<f64> = (0..=4000).map(f64::from).collect();
        let marks: Vec<f64> = MARKS
            .iter()
            .map(|mark| quantile_of_sorted(&sorted, *mark).unwrap())
            .collect();
        let expected: Vec<f64> = (0..20).map(|i| f64::from(100 + 200 * i)).collect();
        assert_eq!(marks, expected);
    }
}
