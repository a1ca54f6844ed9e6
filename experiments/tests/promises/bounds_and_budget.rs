//! Bounds bracket what people choose; equal budgets are equal and say what they changed.

use std::sync::atomic::AtomicBool;

use experiments::bounds::bounds;
use experiments::budget::{BudgetError, equal_budget};
use sim_core::parameters::Parameters;

use crate::toy::{engine, plan, scenario};

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

fn cost(parameters: &Parameters) -> f64 {
    100.0 * parameters.company.team_capacity + 30.0 * parameters.strategy.clarity
}

#[test]
fn equal_budgets_raise_the_capacity_of_cheaper_arms_until_costs_are_equal() {
    let mut arms = vec![
        scenario("cheap", &[("strategy.clarity", 0.1)], &[]),
        scenario("dear", &[("strategy.clarity", 0.9)], &[]),
        scenario("middle", &[("strategy.clarity", 0.5)], &[]),
    ];
    let changes = equal_budget(&mut arms, cost).unwrap();
    assert_eq!(
        changes
            .iter()
            .map(|change| change.arm.as_str())
            .collect::<Vec<_>>(),
        ["cheap", "middle"]
    );
    for arm in &arms {
        assert!((cost(&arm.parameters) / 127.0 - 1.0).abs() < 1e-9, "{}", arm.name);
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
    assert!((arms[0].parameters.company.team_capacity - 1.24).abs() < 1e-6);
    assert_eq!(arms[1].parameters.company.team_capacity, 1.0);
}

#[test]
fn the_budget_of_a_change_cannot_be_made_equal_and_net_value_is_named_instead() {
    let mut arms = ["safe", "safe+full"]
        .map(|name| scenarios::load::<&str>(name, None, &[]).expect("the library has it"));
    let before = arms.clone();
    let error = equal_budget(&mut arms, cost).unwrap_err();
    assert_eq!(
        error,
        BudgetError::Changes {
            arm: "safe+full".to_owned()
        }
    );
    assert!(error.to_string().contains("net_value"), "{error}");
    assert_eq!(arms, before);
}

#[test]
fn a_budget_out_of_reach_is_refused_by_name() {
    let mut arms = vec![
        scenario("cheap", &[("strategy.clarity", 0.0)], &[]),
        scenario("dear", &[], &[]),
    ];
    let steep = |parameters: &Parameters| {
        if parameters.strategy.clarity > 0.0 {
            1e6
        } else {
            parameters.company.team_capacity
        }
    };
    let error = equal_budget(&mut arms, steep).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("cheap cannot be given the budget of dear"),
        "{error}"
    );
    let error = equal_budget(&mut arms, |_| f64::NAN).unwrap_err();
    assert_eq!(
        error,
        BudgetError::NoCost {
            arm: "cheap".to_owned()
        }
    );
}
