//! How far a significant result can be trusted; nothing about how an experiment is run.

/// What is known of a kind of experiment before it is run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Experiment {
    /// Share of ideas that truly work.
    pub success_rate: f64,
    /// Probability of a significant result in the good direction if an idea does nothing.
    pub false_alarm_rate: f64,
    /// Probability of a significant result in the good direction if an idea works.
    pub power: f64,
}

impl Experiment {
    /// A test at the two-sided level `level`, of which only the half in the good direction counts as a success.
    pub fn two_sided(success_rate: f64, level: f64, power: f64) -> Self {
        Self {
            success_rate,
            false_alarm_rate: level / 2.0,
            power,
        }
    }
}

/// Share of significant successes whose idea does nothing, the false-positive risk.
///
/// Source: Bayes' rule as used by Kohavi, Deng and Vermeer 2022.
pub fn false_positive_risk(experiment: Experiment) -> f64 {
    let alarms = experiment.false_alarm_rate * (1.0 - experiment.success_rate);
    alarms / (alarms + experiment.power * experiment.success_rate)
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;
    use rand_distr::{Distribution, StandardNormal, Uniform};

    use super::super::assert_close;
    use super::*;

    #[test]
    fn the_rarer_success_the_less_a_significant_result_means() {
        for (success_rate, risk) in [(1.0 / 3.0, 0.0588), (0.20, 0.1111), (0.15, 0.1504)] {
            assert_close(
                false_positive_risk(Experiment::two_sided(success_rate, 0.05, 0.8)),
                risk,
                1e-4,
            );
        }
    }

    #[test]
    fn with_the_whole_level_on_one_side_true_shares_are_as_published() {
        for (success_rate, trustworthy) in [(1.0 / 3.0, 0.889), (1.0 / 500.0, 0.031)] {
            let experiment = Experiment {
                success_rate,
                false_alarm_rate: 0.05,
                power: 0.8,
            };
            assert_close(1.0 - false_positive_risk(experiment), trustworthy, 5e-4);
        }
    }

    #[test]
    fn simulated_experiments_carry_the_risk_of_the_formula() {
        let mut generator = ChaCha8Rng::seed_from_u64(11);
        let chance = Uniform::new(0.0, 1.0).expect("a valid range");
        let (mut significant, mut false_positives) = (0.0, 0.0);
        for _ in 0..1_000_000 {
            let works = chance.sample(&mut generator) < 0.2;
            let noise: f64 = StandardNormal.sample(&mut generator);
            let effect_in_standard_errors = if works { 2.801_6 } else { 0.0 };
            if effect_in_standard_errors + noise > 1.959_964 {
                significant += 1.0;
                false_positives += if works { 0.0 } else { 1.0 };
            }
        }
        // About 180,000 successes: one standard error is 0.0007, so 0.0035 is a false alarm of 5.7e-7 for a new seed.
        assert_close(false_positives / significant, 0.1111, 0.0035);
    }
}
