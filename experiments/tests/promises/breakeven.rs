//! A break-even map finds a known frontier, spends its worlds where they are needed, and refuses axes that are none.

use std::sync::atomic::AtomicBool;

use experiments::breakeven::{Ahead, Axis, BreakEvenMap, MapPlan, map};
use experiments::{ComparisonError, Engine};
use sim_core::outcomes::{Outcome, Outcomes};
use sim_core::parameters::{Parameters, find};
use sim_core::simulation::{Request, Run, Span, WorldKey};

use crate::toy::{luck, normal, scenario};

/// The arm with hand-offs is worth loud share less coupling and luck of its own; the other nothing: break-even where both
/// are equal.
fn rivals(parameters: &Parameters, _: Span, key: WorldKey, _: Request) -> Run {
    let mut outcomes = Outcomes::default();
    let lead = parameters.environment.loud_share - parameters.environment.coupling;
    let has_lead = f64::from(parameters.roles.hand_offs);
    outcomes.set(
        Outcome::ShippedValue,
        has_lead * (lead + 0.1 * normal(&mut luck(key))),
    );
    Run {
        outcomes,
        weekly: Vec::new(),
        events: Vec::new(),
        team_weeks: 1,
    }
}

fn axis(path: &str, low: f64, high: f64) -> Axis {
    let (group, name) = path.split_once('.').expect("a path");
    Axis {
        parameter: find(group, name).expect("a parameter"),
        arm: None,
        low,
        high,
    }
}

fn plan() -> MapPlan {
    MapPlan {
        arms: [
            scenario("without", &[("roles.hand_offs", 0.0)], &[]),
            scenario("with", &[("roles.hand_offs", 1.0)], &[]),
        ],
        span: Span {
            warm_up_weeks: 4,
            horizon_weeks: 12,
        },
        seed: 5,
        outcome: Outcome::ShippedValue,
        x: axis("environment.loud_share", 0.0, 1.0),
        y: axis("environment.coupling", 0.0, 1.0),
        squares: 9,
        worlds: 60,
        threads: 2,
    }
}

fn found(plan: &MapPlan, engine: &impl Engine) -> BreakEvenMap {
    map(plan, engine, &mut |_: u64, _: u64| (), &AtomicBool::new(false)).expect("it works")
}

#[test]
fn a_known_frontier_is_found_with_its_band_around_it() {
    let found = found(&plan(), &rivals);
    assert_eq!(found.squares.len(), 81);
    for square in &found.squares {
        let lead = square.x - square.y;
        if lead.abs() > 0.3 {
            let expected = if lead > 0.0 { Ahead::Other } else { Ahead::First };
            assert_eq!(square.ahead, Some(expected), "{square:?}");
            assert!(!square.is_in_band && !square.is_on_edge, "{square:?}");
        }
        if lead.abs() < 0.01 {
            assert!(square.is_in_band, "{square:?}");
        }
    }
    assert!(found.crossings.len() >= 7, "{:?}", found.crossings);
    for crossing in &found.crossings {
        let place = found.rows[crossing.row];
        let (low, high) = crossing.ci95;
        // Only where the frontier leaves the map may an end lie beyond it.
        assert!(low.is_some() || place < 0.2, "{crossing:?}");
        assert!(high.is_some() || place > 0.8, "{crossing:?}");
        let is_within =
            low.is_none_or(|low| low <= crossing.place) && high.is_none_or(|high| crossing.place <= high);
        assert!((crossing.place - place).abs() < 0.06 && is_within, "{crossing:?}");
    }
}

#[test]
fn worlds_go_where_the_class_is_in_doubt_and_not_beyond_the_budget() {
    let found = found(&plan(), &rivals);
    let worlds = |near: bool| -> Vec<u64> {
        let squares = found
            .squares
            .iter()
            .filter(|square| ((square.x - square.y).abs() < 0.01) == near);
        squares.map(|square| square.worlds).collect()
    };
    assert!(
        worlds(true).iter().all(|worlds| *worlds > 60),
        "{:?}",
        worlds(true)
    );
    assert!(worlds(false).contains(&40));
    assert!(found.squares.iter().map(|square| square.worlds).sum::<u64>() <= 81 * 60);
    assert!(found.runs <= 2 * 81 * 60);
}

#[test]
fn figures_are_the_same_at_any_number_of_threads() {
    let at = |threads| found(&MapPlan { threads, ..plan() }, &rivals);
    assert_eq!(format!("{:?}", at(1)), format!("{:?}", at(3)));
}

#[test]
fn an_arm_that_no_axis_moves_runs_once_for_all_squares() {
    let of_other = Axis {
        arm: Some(1),
        ..axis("strategy.clarity", 0.0, 1.0)
    };
    let found = found(
        &MapPlan {
            x: of_other,
            ..plan()
        },
        &rivals,
    );
    // 81 settings of the other arm, 9 of this one.
    assert!(found.runs < 2 * 81 * 60, "{}", found.runs);
}

#[test]
fn squares_that_cannot_be_are_unknown_with_a_reason_and_the_rest_stands() {
    let short = |name, hand_offs| {
        let values = [("roles.hand_offs", hand_offs), ("commitment.cadence_weeks", 4.0)];
        scenario(name, &values, &[])
    };
    let plan = MapPlan {
        arms: [short("without", 0.0), short("with", 1.0)],
        x: axis("commitment.slack_weeks", 0.0, 8.0),
        ..plan()
    };
    let found = found(&plan, &rivals);
    let unknown = found
        .squares
        .iter()
        .filter(|square| square.ahead.is_none())
        .collect::<Vec<_>>();
    assert!(!unknown.is_empty() && unknown.len() < found.squares.len());
    for square in unknown {
        let reason = square.first_failure.as_deref().expect("a reason");
        assert!(reason.contains("slack weeks leave no week to work"), "{reason}");
        assert_eq!(square.worlds_failed, square.worlds);
    }
}

#[test]
fn axes_that_are_none_are_refused() {
    let refused = |plan: &MapPlan| plan.check().expect_err("it is refused").to_string();
    let with_x = |x: Axis| MapPlan { x, ..plan() };
    assert!(
        refused(&with_x(axis("environment.coupling", 0.0, 1.0)))
            .starts_with("both axes set environment.coupling")
    );
    assert!(
        refused(&with_x(axis("commitment.style", 0.0, 1.0))).starts_with("commitment.style is no number")
    );
    for (low, high) in [
        (0.5, 0.5),
        (0.9, 0.1),
        (0.0, 7.0),
        (f64::NAN, 1.0),
        (0.0, f64::INFINITY),
    ] {
        let words = refused(&with_x(axis("environment.loud_share", low, high)));
        assert!(words.contains("is not possible"), "{words}");
    }
    let neutral = MapPlan {
        outcome: Outcome::ItemsShipped,
        ..plan()
    };
    assert!(matches!(neutral.check(), Err(ComparisonError::NoBetter { .. })));
    let [one, _] = plan().arms;
    let same = MapPlan {
        arms: [one.clone(), one],
        ..plan()
    };
    assert!(matches!(same.check(), Err(ComparisonError::IdenticalArms { .. })));
}
