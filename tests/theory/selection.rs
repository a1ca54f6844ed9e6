//! What choosing by an imperfect judgement brings, true values and judgements being jointly normal.

use super::normal::{density, probability_below, quantile};
use super::quadrature::integral;

/// Beyond this many standard deviations nothing is left to integrate.
const REACH: f64 = 12.0;
const INTERVALS: u32 = 4_000;

/// Expected largest of `count` independent standard normal variables.
///
/// Source: the density of a maximum, n·φ(x)·Φ(x)^(n−1).
pub fn expected_largest(count: u32) -> f64 {
    let density_of_largest =
        |x: f64| f64::from(count) * density(x) * probability_below(x).powf(f64::from(count) - 1.0);
    integral(|x| x * density_of_largest(x), -REACH, REACH, INTERVALS)
}

/// Expected true value, in standard deviations, of the best of `count` by a judgement of correlation `judgement_rho`:
/// the breeder's equation, response = accuracy × selection differential. Source: Lush 1937.
pub fn expected_value_of_chosen(judgement_rho: f64, count: u32) -> f64 {
    judgement_rho * expected_largest(count)
}

/// By how much an unshrunk prediction (true value plus noise) of the chosen one exceeds its true value on average, in
/// standard deviations of true value: (1/ρ − ρ) × the expected largest. Source: Smith and Winkler 2006.
pub fn expected_disappointment(judgement_rho: f64, count: u32) -> f64 {
    (1.0 / judgement_rho - judgement_rho) * expected_largest(count)
}

/// Mean judgement of the best `share` by judgement, in standard deviations: φ(z)/share, z being where they begin.
pub fn selection_differential(share: f64) -> f64 {
    density(quantile(1.0 - share)) / share
}

/// Probability that a member of the best `share` by judgement is among the `base` share of truly good ones.
pub fn share_good_among_chosen(judgement_rho: f64, share: f64, base: f64) -> f64 {
    let (chosen_from, good_from) = (quantile(1.0 - share), quantile(1.0 - base));
    let unexplained = (1.0 - judgement_rho * judgement_rho).sqrt();
    let good = |judgement: f64| probability_below((judgement_rho * judgement - good_from) / unexplained);
    integral(
        |judgement| density(judgement) * good(judgement),
        chosen_from,
        REACH,
        INTERVALS,
    ) / share
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    #[test]
    fn largest_of_several_normals_are_as_tabulated() {
        let table = [
            (2, 0.564_19),
            (3, 0.846_28),
            (5, 1.162_96),
            (10, 1.538_75),
            (20, 1.867_48),
            (50, 2.249_07),
            (100, 2.507_59),
        ];
        for (count, expected) in table {
            assert_close(expected_largest(count), expected, 5.1e-6);
        }
    }

    #[test]
    fn a_chosen_one_disappoints_who_does_not_shrink() {
        assert_close(expected_value_of_chosen(0.5, 10), 0.769_38, 1e-5);
        assert_close(expected_disappointment(0.5, 10), 2.308_13, 1e-5);
        assert_close(
            expected_value_of_chosen(0.5, 10) + expected_disappointment(0.5, 10),
            3.0775,
            1e-4,
        );
    }

    #[test]
    fn better_judgement_finds_more_good_ones_as_tabulated() {
        assert_close(selection_differential(0.2), 1.3998, 5e-5);
        let judgements = [0.0, 0.1, 0.2, 0.3, 0.42, 0.5, 0.7, 0.9];
        let third = [0.333, 0.385, 0.439, 0.495, 0.566, 0.617, 0.756, 0.929];
        let few = [0.150, 0.184, 0.221, 0.261, 0.314, 0.352, 0.465, 0.624];
        for ((judgement, third), few) in judgements.into_iter().zip(third).zip(few) {
            assert_close(share_good_among_chosen(judgement, 0.2, 1.0 / 3.0), third, 6e-4);
            assert_close(share_good_among_chosen(judgement, 0.2, 0.15), few, 6e-4);
        }
    }
}
