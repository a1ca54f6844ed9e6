//! What experiments are worth when a few ideas are worth very much: many small tests or few large ones.
//!
//! Source: Azevedo, Deng, Montiel Olea, Rao and Weyl 2020, Journal of Political Economy 128(12).

use super::belief::Prior;
use super::normal::{density, probability_below};
use super::quadrature::root_of_rising;

/// The observed effect from which on an idea is expected to do good, for a prior with a negative location [value
/// units]; `noise` is the standard deviation of the error of observation \[value units\].
pub fn launch_threshold(prior: &Prior, noise: f64) -> f64 {
    let expected_good = |observed: f64| {
        prior.integral_above(f64::NEG_INFINITY, |value| {
            value * density((observed - value) / noise)
        })
    };
    root_of_rising(expected_good, 0.0, 12.0 * noise)
}

/// Expected value of an idea that is tested with this noise and launched if it is expected to do good \[value units\].
///
/// E[v·Φ((v − x*)/noise)], x* being the threshold.
pub fn value_of_tested_idea(prior: &Prior, noise: f64) -> f64 {
    let threshold = launch_threshold(prior, noise);
    prior.expectation(|value| value * probability_below((value - threshold) / noise))
}

/// Expected value of an idea that is tested without error: E[max(v, 0)] \[value units\].
pub fn value_of_known_idea(prior: &Prior) -> f64 {
    prior.integral_above(0.0, |value| value) / prior.integral_above(f64::NEG_INFINITY, |_| 1.0)
}

/// Expected value of all ideas if a sample that alone gives one idea a noise of 1 is spread evenly over `ideas` of
/// them, so that each has a noise of √ideas \[value units\].
pub fn value_of_spread_sample(prior: &Prior, ideas: u32) -> f64 {
    f64::from(ideas) * value_of_tested_idea(prior, f64::from(ideas).sqrt())
}

/// Share of all positive value that the best `share` of ideas hold, for a prior with location 0 \[share\].
pub fn value_share_of_best(prior: &Prior, share: f64) -> f64 {
    let probability_below = |value| 1.0 - prior.integral_above(value, |_| 1.0);
    let best_from = root_of_rising(
        |value| probability_below(value) - (1.0 - share),
        0.0,
        100.0 * prior.scale,
    );
    prior.integral_above(best_from, |value| value) / prior.integral_above(0.0, |value| value)
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::super::belief::Tail;
    use super::*;

    const NOISES: [f64; 7] = [20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2];

    fn below_zero(tail: Tail) -> Prior {
        Prior::whole(-0.5, 1.0, tail)
    }

    /// Compares what noise costs, known less tested value, as the far tail, in which calculations differ, cancels there.
    fn assert_values(tail: Tail, known: f64, shares: [f64; 7], thresholds: [Option<f64>; 7]) {
        let prior = below_zero(tail);
        for ((noise, share), threshold) in NOISES.into_iter().zip(shares).zip(thresholds) {
            let cost = value_of_known_idea(&prior) - value_of_tested_idea(&prior, noise);
            assert_close(cost, known * (1.0 - share), 1e-4 * known);
            if let Some(threshold) = threshold {
                assert_close(launch_threshold(&prior, noise) / noise, threshold, 5.1e-3);
            }
        }
    }

    #[test]
    fn known_ideas_are_worth_what_the_closed_forms_say() {
        // E[(t - a)+] = f(a)·(freedom + a²)/(freedom - 1) - a·P(t > a) with a = 0.5; φ(a) - a·Φ(-a) under a normal prior.
        for (tail, known) in [
            (Tail::Student(1.31), 1.200_929_0),
            (Tail::Student(2.0), 0.5),
            (Tail::Student(3.0), 0.346_057_0),
            (Tail::Normal, 0.197_796_6),
        ] {
            assert_close(value_of_known_idea(&below_zero(tail)), known, 2e-7);
        }
    }

    #[test]
    fn under_very_fat_tails_even_coarse_tests_find_half_of_the_value() {
        // The tabulated shares are of 1.18814, a calculation that leaves out the tail beyond about a million.
        assert_values(
            Tail::Student(1.31),
            1.188_14,
            [
                0.459_66, 0.573_46, 0.696_60, 0.848_89, 0.931_60, 0.976_16, 0.995_56,
            ],
            [
                Some(0.86),
                Some(0.75),
                Some(0.65),
                Some(0.52),
                Some(0.41),
                Some(0.29),
                None,
            ],
        );
    }

    #[test]
    fn under_three_degrees_of_freedom_tests_are_worth_what_is_tabulated() {
        assert_values(
            Tail::Student(3.0),
            0.346_06,
            [
                0.002_03, 0.023_63, 0.132_32, 0.461_18, 0.735_45, 0.905_92, 0.982_50,
            ],
            [
                Some(2.83),
                Some(1.82),
                Some(1.15),
                Some(0.66),
                Some(0.43),
                Some(0.27),
                None,
            ],
        );
    }

    #[test]
    fn under_a_normal_prior_coarse_tests_are_worth_nothing() {
        assert_values(
            Tail::Normal,
            0.197_80,
            [0.0, 0.0, 0.001_70, 0.149_70, 0.504_66, 0.814_83, 0.965_52],
            [None, None, Some(2.50), Some(1.0), Some(0.5), Some(0.25), None],
        );
    }

    #[test]
    fn the_fatter_the_tail_the_more_ideas_share_a_sample() {
        let table = [
            (
                Tail::Student(2.0),
                [0.4125, 0.7354, 1.480, 2.381, 3.648, 5.937, 8.083],
            ),
            (
                Tail::Student(3.0),
                [0.2545, 0.4195, 0.7165, 0.9556, 1.1226, 1.0772, 0.8177],
            ),
            (
                Tail::Normal,
                [0.0998, 0.1234, 0.1088, 0.0610, 0.0164, 0.0003, 0.0],
            ),
        ];
        for (tail, values) in table {
            for (ideas, value) in [1, 2, 5, 10, 20, 50, 100].into_iter().zip(values) {
                assert_close(
                    value_of_spread_sample(&below_zero(tail), ideas),
                    value,
                    1e-3 * value + 5.1e-5,
                );
            }
        }
    }

    #[test]
    fn the_best_fiftieth_holds_the_tabulated_share_of_value() {
        let table = [
            (Tail::Normal, 0.1214),
            (Tail::Student(5.0), 0.1575),
            (Tail::Student(3.0), 0.1984),
            (Tail::Student(2.0), 0.2800),
            (Tail::Student(1.5), 0.4149),
            (Tail::Student(1.31), 0.5300),
        ];
        for (tail, share) in table {
            assert_close(
                value_share_of_best(&Prior::whole(0.0, 1.0, tail), 0.02),
                share,
                1e-4,
            );
        }
    }
}
