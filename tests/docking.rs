//! Docking: the engine, set to the reference model, beside independent implementations of it; no model of its own.
//!
//! A test compares value, ideas shipped and lead time of both arms, and the difference of value in the same world. All
//! seeds are fixed. For new seeds the 17 settings make 119 comparisons of two means, each at 5 standard errors, beyond
//! which both sides together lie with probability 5.7e-7: a false-alarm rate of 6.8e-5 for all. Fat tails lower it, as
//! an extreme replication widens its own standard error.

mod oracle;
#[path = "../benches/peers/plain_rust.rs"]
mod plain_rust;

use std::sync::LazyLock;

use oracle::{Estimate, Pair, Setting, Tally};
use plain_rust::Arm;
use sim_core::outcomes::Outcome;
use sim_core::simulation::{Request, Span, WorldKey, run};

const LIMIT_STANDARD_ERRORS: f64 = 5.0;
const ORACLE_SEED: u64 = 20_261_121;
const ENGINE_SEED: u64 = 2026;

/// Replications with 12 teams; fewer teams get more, so that the figures are as exact.
const REPLICATIONS: u32 = 200;

/// Value, ideas shipped and mean lead time of a replication.
type Figures = [f64; 3];
const NAMES: [&str; 3] = ["value", "ideas shipped", "lead time"];

/// Figures of all replications of both arms, world by world.
struct Sample {
    quarterly: Vec<Figures>,
    continuous: Vec<Figures>,
}

/// The same change of setting, told to the engine and to the oracle.
#[derive(Default)]
struct Case {
    /// Overrides of both arms, as on the command line.
    overrides: &'static [&'static str],
    /// Overrides of the continuous arm alone.
    continuous_overrides: &'static [&'static str],
    /// What they mean in the terms of the reference model.
    setting: Setting,
}

impl Case {
    fn replications(&self) -> u64 {
        u64::from(REPLICATIONS * 12 / self.setting.teams)
    }

    fn simulated(&self) -> Sample {
        let both: Vec<_> = self
            .overrides
            .iter()
            .chain(self.continuous_overrides)
            .copied()
            .collect();
        Sample {
            quarterly: self.simulated_arm("reference-quarterly", self.overrides),
            continuous: self.simulated_arm("reference-continuous", &both),
        }
    }

    fn simulated_arm(&self, name: &str, overrides: &[&str]) -> Vec<Figures> {
        let scenario = scenarios::load(name, None, overrides).expect("the reference scenarios load");
        let span = Span {
            warm_up_weeks: scenario.warm_up_weeks,
            horizon_weeks: self.setting.weeks,
        };
        let figures = |replication| {
            let key = WorldKey {
                seed: ENGINE_SEED,
                replication,
            };
            let outcomes = run(&scenario.parameters, span, key, Request::default()).outcomes;
            [
                Outcome::ShippedValue,
                Outcome::ItemsShipped,
                Outcome::LeadTimeWeeks,
            ]
            .map(|outcome| outcomes.get(outcome).expect("something was shipped"))
        };
        (0..self.replications()).map(figures).collect()
    }

    fn told_by_the_oracle(&self) -> Sample {
        let pairs = oracle::replications(&self.setting, ORACLE_SEED, self.replications());
        let arm = |tally: fn(&Pair) -> &Tally| pairs.iter().map(|pair| figures(tally(pair))).collect();
        Sample {
            quarterly: arm(|pair| &pair.quarterly),
            continuous: arm(|pair| &pair.continuous),
        }
    }

    #[track_caller]
    fn assert_docks(&self) {
        let disagreements = disagreements(&self.simulated(), &self.told_by_the_oracle());
        assert!(
            disagreements.is_empty(),
            "the engine and the oracle differ:\n{}",
            disagreements.join("\n")
        );
    }
}

/// The default setting as the oracle tells it, for several tests.
static REFERENCE: LazyLock<Sample> = LazyLock::new(|| Case::default().told_by_the_oracle());

fn figures(tally: &Tally) -> Figures {
    [
        tally.value,
        f64::from(tally.shipped),
        tally.lead_time_weeks().expect("something was shipped"),
    ]
}

/// What differs by more than the limit between two samples, in words.
fn disagreements(found: &Sample, expected: &Sample) -> Vec<String> {
    let differences = |sample: &Sample| -> Vec<f64> {
        sample
            .continuous
            .iter()
            .zip(&sample.quarterly)
            .map(|(one, other)| one[0] - other[0])
            .collect()
    };
    let arms = [
        ("quarterly", &found.quarterly, &expected.quarterly),
        ("continuous", &found.continuous, &expected.continuous),
    ];
    let of_arms = arms
        .into_iter()
        .flat_map(|(arm, found, expected)| disagreements_of_arm(arm, found, expected));
    of_arms
        .chain(disagreement(
            "difference of value",
            &differences(found),
            &differences(expected),
        ))
        .collect()
}

fn disagreements_of_arm(arm: &str, found: &[Figures], expected: &[Figures]) -> Vec<String> {
    let column = |sample: &[Figures], figure: usize| sample.iter().map(|all| all[figure]).collect::<Vec<_>>();
    let figure = |(figure, name): (usize, &&str)| {
        disagreement(
            &format!("{arm} {name}"),
            &column(found, figure),
            &column(expected, figure),
        )
    };
    NAMES.iter().enumerate().filter_map(figure).collect()
}

fn disagreement(what: &str, found: &[f64], expected: &[f64]) -> Option<String> {
    let (found, expected) = (Estimate::of(found), Estimate::of(expected));
    let distance = found.distance_in_standard_errors(&expected);
    // Not a number is a disagreement too.
    let agrees = distance < LIMIT_STANDARD_ERRORS;
    (!agrees).then(|| format!("{what}: {found} is not {expected}, {distance:.1} standard errors apart"))
}

#[test]
fn the_default_setting_docks() {
    assert_eq!(
        disagreements(&Case::default().simulated(), &REFERENCE),
        Vec::<String>::new()
    );
}

#[test]
fn few_ideas_dock() {
    let setting = Setting {
        arrivals_per_team_week: 0.3,
        ..Setting::default()
    };
    Case {
        overrides: &["environment.opportunities_per_team_week=0.3"],
        setting,
        ..Case::default()
    }
    .assert_docks();
}

#[test]
fn many_ideas_dock() {
    let setting = Setting {
        arrivals_per_team_week: 2.0,
        ..Setting::default()
    };
    Case {
        overrides: &["environment.opportunities_per_team_week=2"],
        setting,
        ..Case::default()
    }
    .assert_docks();
}

#[test]
fn a_short_cadence_docks() {
    let setting = Setting {
        cadence_weeks: 4,
        ..Setting::default()
    };
    Case {
        overrides: &["commitment.cadence_weeks=4"],
        setting,
        ..Case::default()
    }
    .assert_docks();
}

#[test]
fn sharp_first_estimates_dock() {
    let setting = Setting {
        first_estimate_noise: 0.5,
        ..Setting::default()
    };
    Case {
        overrides: &["behaviour.first_estimate_noise=0.5"],
        setting,
        ..Case::default()
    }
    .assert_docks();
}

#[test]
fn vague_first_estimates_dock() {
    let setting = Setting {
        first_estimate_noise: 4.0,
        ..Setting::default()
    };
    Case {
        overrides: &["behaviour.first_estimate_noise=4"],
        setting,
        ..Case::default()
    }
    .assert_docks();
}

#[test]
fn vague_tests_dock() {
    let setting = Setting {
        test_noise: 4.0,
        ..Setting::default()
    };
    Case {
        overrides: &["behaviour.evidence_noise=4"],
        setting,
        ..Case::default()
    }
    .assert_docks();
}

#[test]
fn three_teams_dock() {
    let setting = Setting {
        teams: 3,
        ..Setting::default()
    };
    Case {
        overrides: &["company.teams=3"],
        setting,
        ..Case::default()
    }
    .assert_docks();
}

#[test]
fn little_discovery_docks() {
    let setting = Setting {
        discovery_share: 0.1,
        tests_per_week: 1,
        ..Setting::default()
    };
    let continuous_overrides = &["discovery.team_share=0.1", "discovery.hours=1"];
    Case {
        continuous_overrides,
        setting,
        ..Case::default()
    }
    .assert_docks();
}

#[test]
fn a_light_plan_docks() {
    let setting = Setting {
        load_factor: 0.6,
        ..Setting::default()
    };
    Case {
        overrides: &["commitment.load_factor=0.6"],
        setting,
        ..Case::default()
    }
    .assert_docks();
}

#[test]
fn a_short_backlog_docks() {
    let setting = Setting {
        backlog_limit: 8,
        ..Setting::default()
    };
    Case {
        overrides: &["commitment.backlog_limit=8"],
        setting,
        ..Case::default()
    }
    .assert_docks();
}

#[test]
fn fast_staleness_docks() {
    let setting = Setting {
        staleness_half_life_weeks: 10.0,
        ..Setting::default()
    };
    let overrides = &[
        "environment.staleness_half_life_weeks=10",
        "environment.harm_staleness_half_life_weeks=10",
    ];
    Case {
        overrides,
        setting,
        ..Case::default()
    }
    .assert_docks();
}

#[test]
fn a_market_of_mostly_harmful_ideas_docks() {
    let setting = Setting {
        value_location: -0.8,
        value_scale: 0.5,
        ..Setting::default()
    };
    let overrides = &["environment.value_location=-0.8", "environment.value_spread=0.5"];
    Case {
        overrides,
        setting,
        ..Case::default()
    }
    .assert_docks();
}

/// Where ideas are alike, value says exactly when it begins, how it fades and until when it counts.
#[test]
fn ideas_of_almost_equal_value_dock() {
    let setting = Setting {
        value_location: 3.0,
        value_scale: 0.05,
        first_estimate_noise: 0.5,
        ..Setting::default()
    };
    let overrides = &[
        "environment.value_location=3",
        "environment.value_spread=0.05",
        "behaviour.first_estimate_noise=0.5",
    ];
    Case {
        overrides,
        setting,
        ..Case::default()
    }
    .assert_docks();
}

#[test]
fn large_and_even_ideas_dock() {
    let setting = Setting {
        effort_log_mean: 4.0_f64.ln(),
        effort_log_deviation: 0.2,
        ..Setting::default()
    };
    let overrides = &["environment.effort_median=4", "environment.effort_spread=0.2"];
    Case {
        overrides,
        setting,
        ..Case::default()
    }
    .assert_docks();
}

#[test]
fn uneven_capacity_over_a_short_horizon_docks() {
    let setting = Setting {
        capacity_log_deviation: 0.6,
        weeks: 80,
        ..Setting::default()
    };
    Case {
        overrides: &["environment.capacity_noise=0.6"],
        setting,
        ..Case::default()
    }
    .assert_docks();
}

#[test]
fn a_high_bar_for_starting_docks() {
    let setting = Setting {
        quarterly_start_threshold: 0.7,
        continuous_start_threshold: 0.7,
        ..Setting::default()
    };
    Case {
        overrides: &["commitment.start_threshold=0.7"],
        setting,
        ..Case::default()
    }
    .assert_docks();
}

#[test]
fn a_setting_that_differs_a_little_does_not_dock() {
    let less_capacity = Setting {
        discovery_share: 0.27,
        ..Setting::default()
    };
    let heavier_plan = Setting {
        load_factor: 0.9,
        ..Setting::default()
    };
    let more_ideas = Setting {
        arrivals_per_team_week: 0.85,
        ..Setting::default()
    };
    for setting in [less_capacity, heavier_plan, more_ideas] {
        let found = Case {
            setting,
            ..Case::default()
        }
        .told_by_the_oracle();
        assert!(!disagreements(&found, &REFERENCE).is_empty());
    }
}

/// Seven comparisons: a false-alarm rate of 4e-6 for a new seed.
#[test]
fn the_plain_rust_peer_does_the_work_on_which_speed_is_compared() {
    let peer = |arm| {
        let replication = |number| plain_rust::replication(7, number, arm);
        (0..600)
            .map(replication)
            .map(|(value, shipped, age)| [value, f64::from(shipped), age])
            .collect()
    };
    let found = Sample {
        quarterly: peer(Arm::Quarterly),
        continuous: peer(Arm::Continuous),
    };
    assert_eq!(disagreements(&found, &REFERENCE), Vec::<String>::new());
}
