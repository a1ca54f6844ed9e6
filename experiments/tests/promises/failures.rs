//! A run that breaks costs its world, in every arm, and nothing else.

use std::sync::atomic::AtomicBool;

use experiments::block::{Block, Row};
use experiments::error::KeeperError;
use experiments::{ComparisonPlan, Observer, Stopping, compare};
use sim_core::outcomes::Outcome;
use sim_core::parameters::Parameters;
use sim_core::simulation::{Request, Run, Span, WorldKey};

use crate::toy::{engine, plan, scenario};

#[derive(Default)]
struct Rows(Vec<Row>);

impl Observer for Rows {
    fn finished(&mut self, block: &Block) -> Result<(), KeeperError> {
        self.0.extend(block.rows.iter().cloned());
        Ok(())
    }
}

/// Breaks in world 7 of the clearer arm, and gives no value in world 30 of any.
fn fragile(parameters: &Parameters, span: Span, key: WorldKey, request: Request) -> Run {
    assert!(
        key.replication != 7 || parameters.strategy.clarity < 0.8,
        "a backlog without end"
    );
    let mut run = engine(parameters, span, key, request);
    if key.replication == 30 {
        run.outcomes.set(Outcome::ShippedValue, f64::NAN);
    }
    run
}

fn arms() -> Vec<scenarios::Scenario> {
    vec![
        scenario("a", &[("strategy.clarity", 0.2)], &[]),
        scenario("b", &[("strategy.clarity", 0.9)], &[]),
    ]
}

#[test]
fn a_failed_world_is_left_out_of_every_arm_and_counted() {
    let plan = ComparisonPlan {
        stopping: Stopping::Fixed(100),
        ..plan(arms())
    };
    let mut rows = Rows::default();
    let found = compare(&plan, &fragile, &mut rows, &AtomicBool::new(false))
        .unwrap()
        .settings;
    assert_eq!((found.replications, found.worlds_failed), (100, 2));
    assert!(
        found
            .first_failure
            .as_ref()
            .unwrap()
            .starts_with("the run stopped: a backlog without end")
    );
    assert!(!found.loses_too_many_worlds());
    for arm in &found.arms {
        assert!(
            arm.outcomes
                .iter()
                .all(|(outcome, summary)| *outcome == Outcome::PaybackWeek || summary.replications == 98)
        );
    }
    let failed: Vec<(u32, u64)> = rows
        .0
        .iter()
        .filter(|row| row.status.is_err())
        .map(|row| (row.arm, row.replication))
        .collect();
    assert_eq!(failed, [(1, 7), (0, 30), (1, 30)]);
    assert_eq!(rows.0.len(), 200);
}

#[test]
fn too_many_failures_are_said() {
    let breaking = |parameters: &Parameters, span: Span, key: WorldKey, request: Request| {
        assert!(!key.replication.is_multiple_of(10), "every tenth world");
        engine(parameters, span, key, request)
    };
    let plan = ComparisonPlan {
        stopping: Stopping::Fixed(100),
        ..plan(arms())
    };
    let found = compare(&plan, &breaking, &mut (), &AtomicBool::new(false))
        .unwrap()
        .settings;
    assert_eq!(found.worlds_failed, 10);
    assert!(found.loses_too_many_worlds());
}

#[test]
fn a_comparison_whose_every_world_fails_ends_without_figures() {
    let broken = |_: &Parameters, _: Span, _: WorldKey, _: Request| -> Run { panic!("never") };
    let plan = ComparisonPlan {
        cap: 50,
        plausible: true,
        plausible_cap: 50,
        ..plan(arms())
    };
    let found = compare(&plan, &broken, &mut (), &AtomicBool::new(false)).unwrap();
    assert_eq!(
        (found.settings.worlds_failed, found.settings.replications),
        (50, 50)
    );
    assert!(found.settings.arms[0].outcomes.is_empty());
    assert!(found.settings.pairs[0].outcomes.is_empty());
    assert_eq!(found.plausible.unwrap().worlds_failed, 50);
}
