//! Bounds bracket what people choose; equal budgets are equal and say what they changed.

use std::sync::atomic::AtomicBool;

use experiments::Engine;
use experiments::bounds::bounds;
use experiments::budget::{BudgetChange, BudgetError, Pilot, equal_budget};
use scenarios::Scenario;
use sim_core::outcomes::{Outcome, Outcomes};
use sim_core::parameters::Parameters;
use sim_core::simulation::{Request, Run, Span, WorldKey};

use crate::toy::{engine, luck, normal, plan, scenario};

#[test]
fn bounds_hold_each_arm_under_a_die_and_under_full_knowledge_in_the_same_worlds() {
    let arms = vec![
        scenario("a", &[("strategy.clarity", 0.2)], &[]),
        scenario("b", &[("strategy.clarity", 0.7)], &[]),
    ];
    let found = bounds(&plan(arms), 60, &engine, &mut (), &AtomicBool::new(false)).unwrap();
    assert_eq!(
        found.iter().map(|bound| bound.arm.as_str()).collect::<Vec<_>>(),
        ["a", "b"]
    );
    for bound in found {
        let (random, believing, omniscient) = (
            bound.random.unwrap(),
            bound.believing.unwrap(),
            bound.omniscient.unwrap(),
        );
        assert!((believing.mean - random.mean - 40.0).abs() < 1e-9);
        assert!((omniscient.mean - believing.mean - 40.0).abs() < 1e-9);
        assert_eq!(believing.replications, 60);
    }
}

/// What an arm costs in the mean over all worlds.
fn cost(parameters: &Parameters) -> f64 {
    100.0 * parameters.company.team_capacity + 30.0 * parameters.strategy.clarity
}

/// A run of which nothing but its cost is known.
fn run_that_costs(cost: f64) -> Run {
    let mut outcomes = Outcomes::default();
    outcomes.set(Outcome::TotalCost, cost);
    Run {
        outcomes,
        weekly: Vec::new(),
        events: Vec::new(),
        team_weeks: 1,
    }
}

/// Costs with luck that weighs with clarity, so that arms differ in it.
fn lucky(parameters: &Parameters, _: Span, key: WorldKey, _: Request) -> Run {
    let luck = normal(&mut luck(key));
    run_that_costs(cost(parameters) + 5.0 * parameters.strategy.clarity * luck)
}

fn equalised(arms: &mut [Scenario], engine: impl Engine) -> Result<Vec<BudgetChange>, BudgetError> {
    let pilot = Pilot {
        span: Span::default(),
        seed: 2026,
        worlds: 50,
        threads: 2,
    };
    equal_budget(arms, pilot, &engine, &mut |_, _| (), &AtomicBool::new(false))
}

fn mean_cost(arm: &Scenario) -> f64 {
    let of_world = |replication| {
        let key = WorldKey {
            seed: 2026,
            replication,
        };
        lucky(&arm.parameters, Span::default(), key, Request::default())
            .outcomes
            .get(Outcome::TotalCost)
            .expect("every run has a cost")
    };
    (0..50).map(of_world).sum::<f64>() / 50.0
}

#[test]
fn equal_budgets_raise_the_capacity_of_cheaper_arms_until_measured_costs_are_equal() {
    let mut arms = vec![
        scenario("cheap", &[("strategy.clarity", 0.1)], &[]),
        scenario("dear", &[("strategy.clarity", 0.9)], &[]),
        scenario("middle", &[("strategy.clarity", 0.5)], &[]),
    ];
    let budget = mean_cost(&arms[1]);
    let changes = equalised(&mut arms, lucky).unwrap();
    assert_eq!(
        changes
            .iter()
            .map(|change| change.arm.as_str())
            .collect::<Vec<_>>(),
        ["cheap", "middle"]
    );
    for arm in &arms {
        let miss = mean_cost(arm) / budget - 1.0;
        assert!(miss.abs() < 1e-4, "{} misses by {miss}", arm.name);
        let origin = arm
            .origins
            .iter()
            .find(|origin| origin.parameter.name == "team_capacity")
            .unwrap();
        assert_eq!(
            origin.value.as_number(),
            Some(arm.parameters.company.team_capacity)
        );
    }
    assert_eq!(changes[0].capacity_before, 1.0);
    assert!((changes[0].cost_after / budget - 1.0).abs() < 1e-4);
    assert_eq!(
        changes[0].capacity_after,
        arms[0].parameters.company.team_capacity
    );
    assert_eq!(arms[1].parameters.company.team_capacity, 1.0);
}

#[test]
fn the_capacity_of_an_arm_that_changes_grows_before_and_after_the_change() {
    let mut arms = ["safe", "safe+full"]
        .map(|name| scenarios::load::<&str>(name, None, &[]).expect("the library has it"));
    let dear_without_change = |parameters: &Parameters, _: Span, _: WorldKey, _: Request| {
        let change = if parameters.target.is_some() { 0.0 } else { 40.0 };
        run_that_costs(change + 100.0 * parameters.company.team_capacity)
    };
    let changes = equalised(&mut arms, dear_without_change).unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].arm, "safe+full");
    let parameters = &arms[1].parameters;
    let target = parameters.target.as_deref().unwrap();
    assert!((parameters.company.team_capacity - 1.4).abs() < 1e-3);
    assert_eq!(parameters.company.team_capacity, target.company.team_capacity);
}

fn cheap_and_dear() -> Vec<Scenario> {
    vec![
        scenario("cheap", &[("strategy.clarity", 0.0)], &[]),
        scenario("dear", &[], &[]),
    ]
}

#[test]
fn a_budget_out_of_reach_is_refused_by_name() {
    let steep = |parameters: &Parameters, _: Span, _: WorldKey, _: Request| {
        run_that_costs(if parameters.strategy.clarity > 0.0 {
            1e6
        } else {
            parameters.company.team_capacity
        })
    };
    let error = equalised(&mut cheap_and_dear(), steep).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("cheap cannot be given the budget of dear: at the largest"),
        "{error}"
    );
}

/// What `cheap` costs is given by its capacity and luck; `dear` costs 100 and more luck.
fn cheap_by(
    cost: impl Fn(f64, f64) -> f64 + Sync,
) -> impl Fn(&Parameters, Span, WorldKey, Request) -> Run + Sync {
    move |parameters, _, key, _| {
        let luck = normal(&mut luck(key));
        run_that_costs(if parameters.strategy.clarity > 0.0 {
            100.0 + 10.0 * luck
        } else {
            cost(parameters.company.team_capacity, luck)
        })
    }
}

#[test]
fn costs_that_jump_over_the_budget_are_refused_with_the_nearest_that_was_found() {
    let jumping = cheap_by(|capacity, luck| if capacity < 1.5 { 70.0 } else { 120.0 } + 10.0 * luck);
    let error = equalised(&mut cheap_and_dear(), jumping).unwrap_err();
    let BudgetError::NotMet { cost, capacity, .. } = error else {
        panic!("{error}");
    };
    assert!(
        (115.0..125.0).contains(&cost) && capacity >= 1.5,
        "{cost} at {capacity}"
    );
}

#[test]
fn costs_that_jump_by_less_than_chance_are_made_as_equal_as_they_can_be() {
    // A tenth more capacity makes some worlds cheaper at once, as insolvency does.
    let jumping = cheap_by(|capacity, luck| {
        let steps = (20.0 * capacity).floor();
        50.0 * capacity + 4.0 * (steps % 3.0) - 20.0 * luck
    });
    let mut arms = cheap_and_dear();
    let changes = equalised(&mut arms, jumping).unwrap();
    let change = &changes[0];
    assert_eq!(change.capacity_after, arms[0].parameters.company.team_capacity);
    assert!(change.capacity_after > 1.2, "{change:?}");
    // The paired difference has a standard error of 30 / √50.
    assert!((change.cost_after - change.budget).abs() < 5.0, "{change:?}");
}

#[test]
fn an_arm_that_comes_nearest_as_it_is_stays_as_it_is() {
    let mut arms = cheap_and_dear();
    let before = arms.clone();
    // Half a percent short, and far over with any more capacity.
    let cliff = |parameters: &Parameters, _: Span, _: WorldKey, _: Request| {
        let is_dear = parameters.strategy.clarity > 0.0;
        run_that_costs(match (is_dear, parameters.company.team_capacity > 1.0) {
            (true, _) => 100.0,
            (false, false) => 99.6,
            (false, true) => 150.0,
        })
    };
    assert_eq!(equalised(&mut arms, cliff).unwrap(), []);
    assert_eq!(arms, before);
}

#[test]
fn a_plausible_range_of_capacity_grows_with_it() {
    let mut arms = vec![
        scenario(
            "cheap",
            &[("strategy.clarity", 0.0)],
            &[("company.team_capacity", 0.8, 1.5)],
        ),
        scenario("dear", &[], &[("company.team_capacity", 0.8, 1.5)]),
    ];
    equalised(
        &mut arms,
        cheap_by(|capacity, luck| 50.0 * capacity + 10.0 * luck),
    )
    .unwrap();
    let range = |arm: &Scenario| {
        let mut origins = arm.origins.iter();
        origins
            .find(|origin| origin.parameter.name == "team_capacity")
            .and_then(|origin| origin.plausible)
            .unwrap()
    };
    assert_eq!(range(&arms[1]), (0.8, 1.5));
    let capacity = arms[0].parameters.company.team_capacity;
    assert!((1.9..2.1).contains(&capacity), "{capacity}");
    assert_eq!(range(&arms[0]), (0.8 * capacity, 1.5 * capacity));
}

#[test]
fn only_worlds_count_that_both_arms_finish() {
    let mut arms = cheap_and_dear();
    // In the worlds that `cheap` does not finish, `dear` would cost a thousand times as much.
    let lopsided = |parameters: &Parameters, _: Span, key: WorldKey, _: Request| {
        let is_bad = key.replication.is_multiple_of(5);
        let is_dear = parameters.strategy.clarity > 0.0;
        assert!(!is_bad || is_dear, "a bad world");
        run_that_costs(match (is_dear, is_bad) {
            (true, true) => 1e5,
            (true, false) => 100.0,
            (false, _) => 80.0 * parameters.company.team_capacity,
        })
    };
    let changes = equalised(&mut arms, lopsided).unwrap();
    assert_eq!((changes[0].worlds, changes[0].budget), (40, 100.0));
    assert!((changes[0].capacity_after - 1.25).abs() < 1e-3);
}

#[test]
fn worlds_without_a_cost_are_left_out_and_none_at_all_is_said_with_its_reason() {
    let mut arms = cheap_and_dear();
    let sometimes = |parameters: &Parameters, span: Span, key: WorldKey, request: Request| {
        assert!(!key.replication.is_multiple_of(7), "a bad world");
        lucky(parameters, span, key, request)
    };
    assert_eq!(equalised(&mut arms, sometimes).unwrap().len(), 1);
    let never = |_: &Parameters, _: Span, _: WorldKey, _: Request| -> Run { panic!("a bad world") };
    let error = equalised(&mut cheap_and_dear(), never).unwrap_err();
    assert!(
        matches!(&error, BudgetError::NoCost { arm, reason } if arm == "cheap" && reason.contains("a bad world")),
        "{error}"
    );
}
