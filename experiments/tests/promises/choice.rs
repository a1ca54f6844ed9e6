//! A choice keeps its promised error rate on engines whose best arm is known, and stops early where it can.

use std::sync::atomic::AtomicBool;

use experiments::choice::{Choice, ChoicePlan, choose};
use experiments::screening::Leaving;
use experiments::{ComparisonError, Engine};
use scenarios::Scenario;
use sim_core::outcomes::{Outcome, Outcomes};
use sim_core::parameters::Parameters;
use sim_core::simulation::{Request, Run, Span, WorldKey};

use crate::toy::{luck, normal, scenario};

/// Value = 100·clarity + shared luck + luck of the arm's own, skewed like exp N(0, 0.5²).
fn skewed(parameters: &Parameters, _: Span, key: WorldKey, _: Request) -> Run {
    let mut generator = luck(key);
    let shared = normal(&mut generator);
    let mut own = 0.0;
    for _ in 0..=parameters.roles.hand_offs {
        own = normal(&mut generator);
    }
    let mut outcomes = Outcomes::default();
    outcomes.set(
        Outcome::ShippedValue,
        100.0 * parameters.strategy.clarity + 3.0 * shared + 2.0 * (0.5 * own).exp(),
    );
    outcomes.set(
        Outcome::LeadTimeWeeks,
        10.0 - parameters.strategy.clarity + 0.1 * own,
    );
    Run {
        outcomes,
        weekly: Vec::new(),
        events: Vec::new(),
        team_weeks: 1,
    }
}

fn arms(clarities: &[f64]) -> Vec<Scenario> {
    let arm = |(place, clarity): (usize, &f64)| {
        scenario(
            &format!("arm {place}"),
            &[("strategy.clarity", *clarity), ("roles.hand_offs", place as f64)],
            &[],
        )
    };
    clarities.iter().enumerate().map(arm).collect()
}

fn plan(clarities: &[f64], seed: u64, indifference: f64) -> ChoicePlan {
    let span = Span {
        warm_up_weeks: 4,
        horizon_weeks: 12,
    };
    ChoicePlan {
        threads: 1,
        ..ChoicePlan::new(arms(clarities), span, seed, Outcome::ShippedValue, indifference)
    }
}

fn found(plan: &ChoicePlan, engine: &impl Engine) -> Choice {
    choose(plan, engine, &mut |_: u64, _: u64| (), &AtomicBool::new(false)).expect("it works")
}

#[test]
fn the_best_of_four_is_missed_in_at_most_one_of_twenty_trials() {
    // The best leads all others by exactly the smallest lead, the hardest case. At the promised rate of 5 %, more than 71
    // misses of 1,000 are a false alarm in about 700 seeds.
    let wrong = (0..1_000)
        .filter(|seed| found(&plan(&[0.5, 0.505, 0.5, 0.5], *seed, 0.5), &skewed).selected != Some(1));
    let wrong = wrong.count();
    assert!(wrong <= 71, "{wrong} of 1,000");
}

#[test]
fn arms_that_are_clearly_worse_drop_out_after_the_first_batches() {
    let found = found(&plan(&[0.1, 0.9, 0.895], 3, 0.1), &skewed);
    assert_eq!(found.selected, Some(1));
    let [first, _, third] = &found.contestants[..] else {
        panic!("three arms")
    };
    assert_eq!(
        (first.worlds, first.departure.unwrap().leaving),
        (100, Leaving::Beaten)
    );
    assert!(third.worlds > 100, "{third:?}");
    assert!(first.behind_selected.unwrap().has_a_sign());
}

#[test]
fn less_is_better_where_the_outcome_says_so() {
    let plan = ChoicePlan {
        outcome: Outcome::LeadTimeWeeks,
        ..plan(&[0.1, 0.9], 3, 0.2)
    };
    assert_eq!(found(&plan, &skewed).selected, Some(1));
}

#[test]
fn a_cap_ends_a_race_that_would_take_too_long_without_a_winner() {
    let found = found(
        &ChoicePlan {
            cap: 200,
            ..plan(&[0.5, 0.5001], 3, 0.001)
        },
        &skewed,
    );
    assert_eq!((found.selected, found.worlds), (None, 200));
    assert!(found.worlds_at_most.unwrap() > 200);
}

#[test]
fn figures_are_the_same_at_any_number_of_threads() {
    let at = |threads| {
        found(
            &ChoicePlan {
                threads,
                ..plan(&[0.5, 0.51, 0.505], 9, 0.5)
            },
            &skewed,
        )
    };
    assert_eq!(format!("{:?}", at(1)), format!("{:?}", at(3)));
}

#[test]
fn a_world_in_which_one_failed_is_left_out_of_all() {
    let fragile = |parameters: &Parameters, span: Span, key: WorldKey, request: Request| {
        assert!(!(parameters.roles.hand_offs == 1 && key.replication == 7), "no");
        skewed(parameters, span, key, request)
    };
    let found = found(&plan(&[0.1, 0.9], 3, 0.5), &fragile);
    assert_eq!((found.worlds_failed, found.contestants[0].worlds), (1, 99));
    assert!(
        found
            .first_failure
            .unwrap()
            .starts_with("world 7, arm 1: the run stopped: no")
    );
}

#[test]
fn what_cannot_be_chosen_from_is_refused() {
    let bad_lead = plan(&[0.1, 0.9], 1, 0.0).check();
    assert!(matches!(bad_lead, Err(ComparisonError::BadPlan { .. })));
    let one = plan(&[0.1], 1, 1.0).check();
    assert!(matches!(one, Err(ComparisonError::TooFewArms(1))));
    let mut same = plan(&[0.1, 0.9], 1, 1.0);
    same.arms[1].parameters = same.arms[0].parameters.clone();
    assert!(matches!(same.check(), Err(ComparisonError::IdenticalArms { .. })));
}
