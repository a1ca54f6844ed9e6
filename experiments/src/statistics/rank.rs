//! Ranks of values, and how far two series rise together by rank.

/// For each value its rank from 1; equal values share the mean of theirs.
pub fn mid_ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|one, other| values[*one].total_cmp(&values[*other]));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for tied in order.chunk_by(|one, other| values[*one].total_cmp(&values[*other]).is_eq()) {
        let rank = before as f64 + (tied.len() + 1) as f64 / 2.0;
        tied.iter().for_each(|place| ranks[*place] = rank);
        before += tied.len();
    }
    ranks
}

/// Correlation of two series of ranks (Spearman 1904, American Journal of Psychology 15:72); `None` if one of them never
/// varies.
pub fn rank_correlation(one: &[f64], other: &[f64]) -> Option<f64> {
    // Ranks, shared or not, have this mean.
    let mean = (one.len() + 1) as f64 / 2.0;
    let product = |one: &[f64], other: &[f64]| -> f64 {
        let pairs = one.iter().zip(other);
        pairs.map(|(one, other)| (one - mean) * (other - mean)).sum()
    };
    let scale = (product(one, one) * product(other, other)).sqrt();
    (scale > 0.0).then(|| product(one, other) / scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_a_rank() {
        assert_eq!(mid_ranks(&[5.0, -1.0, 5.0, 2.0]), [3.5, 1.0, 3.5, 2.0]);
        assert!(mid_ranks(&[]).is_empty());
    }

    #[test]
    fn correlation_is_that_of_the_classic_example() {
        // Intelligence and hours of television of ten people: ρ = −29/165.
        let one = [106.0, 100.0, 86.0, 101.0, 99.0, 103.0, 97.0, 113.0, 112.0, 110.0];
        let other = [7.0, 27.0, 2.0, 50.0, 28.0, 29.0, 20.0, 12.0, 6.0, 17.0];
        let found = rank_correlation(&mid_ranks(&one), &mid_ranks(&other)).unwrap();
        assert!((found + 29.0 / 165.0).abs() < 1e-12, "{found}");
        assert_eq!(rank_correlation(&mid_ranks(&[1.0, 1.0]), &[1.0, 2.0]), None);
    }
}
