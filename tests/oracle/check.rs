//! The oracle against figures found before by an implementation in another language, and against cases worked out by
//! hand; never against the engine.

use super::world::{Idea, TeamWeek};
use super::*;

const SEED: u64 = 20_261_121;
const REPLICATIONS: u64 = 2_000;

/// Replications behind the published figures.
const PUBLISHED_REPLICATIONS: u64 = 20_000;

/// Seven comparisons at 4 standard errors (6.3e-5 each, both sides): a false-alarm rate of at most 4.5e-4 for a new seed.
const LIMIT_STANDARD_ERRORS: f64 = 4.0;

fn quiet_setting() -> Setting {
    Setting {
        teams: 1,
        weeks: 30,
        capacity_log_deviation: 0.0,
        ..Setting::default()
    }
}

fn certain(value: f64, effort_team_weeks: f64, born_week: u32) -> Idea {
    Idea {
        value,
        effort_team_weeks,
        estimate: value,
        precision: 1e12,
        born_week,
    }
}

fn weeks_with(setting: &Setting, ideas: &[Idea]) -> Vec<TeamWeek> {
    let born_in = |week| {
        ideas
            .iter()
            .copied()
            .filter(|idea| idea.born_week == week)
            .collect()
    };
    (0..setting.weeks)
        .map(|week| TeamWeek {
            ideas: born_in(week),
            capacity_team_weeks: 1.0,
        })
        .collect()
}

#[test]
fn the_default_setting_gives_the_figures_published_for_the_reference_model() {
    let pairs = replications(&Setting::default(), SEED, REPLICATIONS);
    let agree = |name: &str, mean: f64, last_digit: f64, outcome: &dyn Fn(&Pair) -> f64| {
        let found = Estimate::of(&pairs.iter().map(outcome).collect::<Vec<_>>());
        let sampling_error =
            found.standard_error * (REPLICATIONS as f64 / PUBLISHED_REPLICATIONS as f64).sqrt();
        let published = Estimate {
            mean,
            standard_error: sampling_error.hypot(last_digit / 12.0_f64.sqrt()),
        };
        let distance = found.distance_in_standard_errors(&published);
        assert!(
            distance < LIMIT_STANDARD_ERRORS,
            "{name}: {found:?}, published {published:?}"
        );
    };
    let lead_time = |tally: &Tally| tally.lead_time_weeks().expect("something was shipped");
    agree("quarterly value", 32_753.0, 1.0, &|pair| pair.quarterly.value);
    agree("quarterly shipped", 720.7, 0.1, &|pair| {
        f64::from(pair.quarterly.shipped)
    });
    agree("quarterly lead time", 17.12, 0.01, &|pair| {
        lead_time(&pair.quarterly)
    });
    agree("continuous value", 50_067.0, 1.0, &|pair| pair.continuous.value);
    agree("continuous shipped", 572.7, 0.1, &|pair| {
        f64::from(pair.continuous.shipped)
    });
    agree("continuous lead time", 9.66, 0.01, &|pair| {
        lead_time(&pair.continuous)
    });
    agree("difference", 17_314.0, 1.0, &|pair| {
        pair.continuous.value - pair.quarterly.value
    });
}

#[test]
fn an_idea_born_after_a_planning_event_waits_for_the_next() {
    let setting = quiet_setting();
    let tally = arms::quarterly(&setting, &weeks_with(&setting, &[certain(2.0, 3.0, 1)]));
    // Planned in week 12, worked on in weeks 12, 13 and 14.
    assert_eq!((tally.shipped, tally.age_weeks), (1, 13));
    assert!((tally.value - 2.0 * (-13.0_f64 / 52.0).exp() * 15.0).abs() < 1e-12);
}

#[test]
fn a_free_continuous_team_starts_an_idea_in_its_week_of_birth() {
    let setting = quiet_setting();
    let weeks = weeks_with(&setting, &[certain(2.0, 3.0, 1)]);
    let tally = arms::continuous(&setting, &weeks, &mut stream(SEED, 0));
    // Three team-weeks at three quarters of capacity take the weeks 1 to 4.
    assert_eq!((tally.shipped, tally.age_weeks), (1, 3));
    assert!((tally.value - 2.0 * (-3.0_f64 / 52.0).exp() * 25.0).abs() < 1e-4);
}

#[test]
fn capacity_left_over_when_an_item_ships_is_lost() {
    let setting = quiet_setting();
    let ideas = [certain(1.0, 0.4, 0), certain(1.0, 0.5, 0)];
    let tally = arms::quarterly(&setting, &weeks_with(&setting, &ideas));
    assert_eq!(
        (tally.shipped, tally.age_weeks),
        (2, 1),
        "the second idea has to wait for week 1"
    );
}

#[test]
fn a_plan_is_filled_beyond_its_load_by_one_idea_and_then_left_alone() {
    let setting = Setting {
        weeks: 12,
        ..quiet_setting()
    };
    let ideas: Vec<_> = (0..12).map(|_| certain(1.0, 3.0, 0)).collect();
    let tally = arms::quarterly(&setting, &weeks_with(&setting, &ideas));
    // 10.2 team-weeks hold 4 ideas of 3; all are done by week 11 and nothing else is begun.
    assert_eq!(tally.shipped, 4);
    let light = Setting {
        load_factor: 0.4,
        ..setting
    };
    assert_eq!(arms::quarterly(&light, &weeks_with(&light, &ideas)).shipped, 2);
}

#[test]
fn a_full_backlog_loses_its_lowest_estimate() {
    let setting = Setting {
        backlog_limit: 2,
        ..quiet_setting()
    };
    let ideas = [certain(1.0, 1.0, 0), certain(-3.0, 9.0, 0), certain(2.0, 1.0, 0)];
    let tally = arms::quarterly(&setting, &weeks_with(&setting, &ideas));
    assert_eq!(
        tally.shipped, 2,
        "the harmful idea is gone although the quarterly arm would commit it"
    );
}

#[test]
fn nothing_below_the_threshold_is_started() {
    let setting = quiet_setting();
    let weeks = weeks_with(&setting, &[certain(-0.5, 1.0, 0)]);
    assert_eq!(
        arms::continuous(&setting, &weeks, &mut stream(SEED, 0)).shipped,
        0
    );
    assert_eq!(arms::quarterly(&setting, &weeks).shipped, 1);
    assert_eq!(
        arms::continuous(&setting, &weeks, &mut stream(SEED, 0)).lead_time_weeks(),
        None
    );
}

#[test]
fn a_test_moves_an_estimate_by_its_share_of_precision() {
    let setting = Setting {
        weeks: 1,
        tests_per_week: 1,
        test_noise: 1e-9,
        ..quiet_setting()
    };
    let doubtful = Idea {
        estimate: 5.0,
        precision: 0.25,
        ..certain(-1.0, 1.0, 0)
    };
    let tally = arms::continuous(&setting, &weeks_with(&setting, &[doubtful]), &mut stream(SEED, 0));
    assert_eq!(
        tally.shipped, 0,
        "an exact test shows that the idea is harmful before it is started"
    );
}
