//! An attribution shares out the whole gap, finds known values and is the same at any number of threads.

use std::sync::atomic::AtomicBool;

use experiments::attribution::{Attribution, AttributionPlan, Method, Part, attribute};
use experiments::{ComparisonError, Engine};
use scenarios::Scenario;
use sim_core::outcomes::{Outcome, Outcomes};
use sim_core::parameters::Parameters;
use sim_core::simulation::{Request, Run, Span, WorldKey};

use crate::toy::{luck, normal, scenario};

/// Value = 100·clarity + 50·weight + 200·clarity·weight + 10·luck: clarity and weight help one another.
fn interplay(parameters: &Parameters, _: Span, key: WorldKey, _: Request) -> Run {
    let (clarity, weight) = (parameters.strategy.clarity, parameters.incentives.outcome_weight);
    let noise = normal(&mut luck(key)) * (10.0 + 5.0 * clarity);
    run(100.0 * clarity + 50.0 * weight + 200.0 * clarity * weight + noise)
}

fn run(value: f64) -> Run {
    let mut outcomes = Outcomes::default();
    outcomes.set(Outcome::ShippedValue, value);
    Run {
        outcomes,
        weekly: Vec::new(),
        events: Vec::new(),
        team_weeks: 1,
    }
}

fn from() -> Scenario {
    scenario(
        "from",
        &[
            ("strategy.clarity", 0.2),
            ("incentives.outcome_weight", 0.3),
            ("roles.hand_offs", 3.0),
        ],
        &[],
    )
}

fn to() -> Scenario {
    scenario(
        "to",
        &[
            ("strategy.clarity", 0.7),
            ("incentives.outcome_weight", 0.8),
            ("roles.hand_offs", 1.0),
        ],
        &[],
    )
}

fn plan(method: Method, worlds: u64) -> AttributionPlan {
    AttributionPlan {
        from: from(),
        to: to(),
        span: Span {
            warm_up_weeks: 4,
            horizon_weeks: 12,
        },
        seed: 11,
        outcome: Outcome::ShippedValue,
        worlds,
        method,
        threads: 2,
    }
}

fn found(plan: &AttributionPlan, engine: &impl Engine) -> Attribution {
    attribute(plan, engine, &mut |_: u64, _: u64| (), &AtomicBool::new(false)).expect("it works")
}

fn part<'a>(found: &'a Attribution, group: &str) -> &'a Part {
    found
        .parts
        .iter()
        .find(|part| part.group == group)
        .expect("the group differs")
}

/// v(S ∪ i) − v(S), averaged over both orders, by hand: 50 + 200·0.5·0.55 for clarity, 25 + 200·0.5·0.45 for weight.
const CLARITY: f64 = 105.0;
const WEIGHT: f64 = 70.0;

#[test]
fn values_known_by_hand_lie_within_their_intervals() {
    for method in [Method::Sampled, Method::Exact] {
        let found = found(&plan(method, 400), &interplay);
        // Intervals of 95 %, widened to four standard errors: a false alarm in 15,000 seeds.
        for (group, value) in [("strategy", CLARITY), ("incentives", WEIGHT)] {
            let part = part(&found, group);
            let error = part.value.standard_error.unwrap();
            assert!(
                (part.value.mean - value).abs() < 4.0 * error,
                "{group}: {:?}",
                part.value
            );
        }
        assert_eq!(part(&found, "roles").value.mean, 0.0);
    }
}

/// Also where the change makes things worse.
#[test]
fn the_part_that_earns_most_of_the_gap_comes_first_whichever_way_it_goes() {
    let forward = plan(Method::Exact, 40);
    let backward = AttributionPlan {
        from: to(),
        to: from(),
        ..forward.clone()
    };
    for plan in [forward, backward] {
        let found = found(&plan, &interplay);
        assert_eq!(found.parts[0].group, "strategy", "{:?}", found.gap);
        assert_eq!(found.order[0].group, "strategy", "{:?}", found.gap);
    }
}

#[test]
fn values_add_up_to_the_gap_and_shares_to_one() {
    let found = found(&plan(Method::Sampled, 50), &interplay);
    let sum: f64 = found.parts.iter().map(|part| part.value.mean).sum();
    assert!((sum - found.gap.mean).abs() < 1e-9);
    let shares: f64 = found.parts.iter().map(|part| part.share.unwrap().mean).sum();
    assert!((shares - 1.0).abs() < 1e-12);
}

#[test]
fn the_order_of_importance_is_greedy_and_reaches_the_whole_gap_in_fresh_worlds() {
    let found = found(&plan(Method::Sampled, 100), &interplay);
    let order: Vec<&str> = found.order.iter().map(|step| step.group).collect();
    assert_eq!(order, ["strategy", "incentives", "roles"]);
    let [all, choosing, fresh] = found.worlds;
    assert_eq!(
        (all, choosing, fresh, found.order[0].gain.count),
        (100, 20, 50, 50)
    );
    let gains: f64 = found.order.iter().map(|step| step.gain.mean).sum();
    assert!((gains - found.order[2].so_far.mean).abs() < 1e-9);
}

#[test]
fn the_whole_is_more_than_its_parts_where_they_help_one_another() {
    let found = found(&plan(Method::Sampled, 100), &interplay);
    // 200·(0.7 − 0.2)·(0.8 − 0.3), without luck.
    let beyond = found.beyond_single.unwrap();
    assert!(
        (beyond.mean - 50.0).abs() < 1e-9 && beyond.has_a_sign(),
        "{beyond:?}"
    );
}

#[test]
fn figures_are_the_same_at_any_number_of_threads() {
    let one = found(
        &AttributionPlan {
            threads: 1,
            ..plan(Method::Sampled, 40)
        },
        &interplay,
    );
    let three = found(
        &AttributionPlan {
            threads: 3,
            ..plan(Method::Sampled, 40)
        },
        &interplay,
    );
    assert_eq!(format!("{one:?}"), format!("{three:?}"));
}

#[test]
fn a_mix_that_cannot_run_is_left_out_counted_and_named() {
    let fragile = |parameters: &Parameters, span: Span, key: WorldKey, request: Request| {
        let is_mixed = parameters.strategy.clarity > 0.5 && parameters.incentives.outcome_weight < 0.5;
        assert!(!(is_mixed && key.replication == 3), "no");
        interplay(parameters, span, key, request)
    };
    let found = found(&plan(Method::Exact, 30), &fragile);
    assert_eq!((found.worlds_failed, found.gap.count), (1, 29));
    let reason = found.first_failure.expect("one failed");
    assert!(
        reason.starts_with("world 3, from with strategy of to: the run stopped: no"),
        "{reason}"
    );
}

#[test]
fn equal_arms_are_refused_and_cancelling_ends_without_a_result() {
    let same = AttributionPlan {
        to: Scenario {
            name: "to".to_owned(),
            ..from()
        },
        ..plan(Method::Sampled, 10)
    };
    let refused = attribute(
        &same,
        &interplay,
        &mut |_: u64, _: u64| (),
        &AtomicBool::new(false),
    );
    assert!(matches!(refused, Err(ComparisonError::IdenticalArms { .. })));
    let cancelled = attribute(
        &plan(Method::Sampled, 10),
        &interplay,
        &mut |_: u64, _: u64| (),
        &AtomicBool::new(true),
    );
    assert!(matches!(cancelled, Err(ComparisonError::Stopped)));
}
