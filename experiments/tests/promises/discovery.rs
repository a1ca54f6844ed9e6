//! A search over companies finds a planted box, confirms it on fresh ones, and finds nothing where nothing is.

use std::sync::atomic::AtomicBool;

use experiments::discovery::{Discovery, DiscoveryPlan, discover};
use experiments::regret::{RegretPlan, Situation, regrets};
use experiments::result::Verdict;
use experiments::{ComparisonError, Engine};
use scenarios::Scenario;
use sim_core::outcomes::{Outcome, Outcomes};
use sim_core::parameters::Parameters;
use sim_core::simulation::{Request, Run, Span, WorldKey};

use crate::toy::{luck, normal, scenario};

const SPAN: Span = Span {
    warm_up_weeks: 4,
    horizon_weeks: 12,
};

const RANGES: &[(&str, f64, f64)] = &[
    ("environment.coupling", 0.0, 2.0),
    ("environment.loud_share", 0.1, 1.0),
    ("behaviour.retention", 0.5, 1.0),
    ("company.discovery_craft", 0.0, 1.0),
];

/// The arm with hand-offs loses 1 where coupling is high and craft low, and gains 1 elsewhere; luck of 1.
fn planted(parameters: &Parameters, _: Span, key: WorldKey, _: Request) -> Run {
    let is_bad = parameters.environment.coupling > 0.8 && parameters.company.discovery_craft < 0.5;
    gain(parameters, key, if is_bad { -1.0 } else { 1.0 })
}

fn gain(parameters: &Parameters, key: WorldKey, lead: f64) -> Run {
    let mut outcomes = Outcomes::default();
    let own = lead + normal(&mut luck(key));
    outcomes.set(
        Outcome::ShippedValue,
        10.0 + f64::from(parameters.roles.hand_offs) * own,
    );
    outcomes.set(Outcome::ReturnOnTeamCost, 1.0);
    Run {
        outcomes,
        weekly: Vec::new(),
        events: Vec::new(),
        team_weeks: 1,
    }
}

fn arms() -> [Scenario; 2] {
    let values = [
        ("environment.coupling", 0.8),
        ("environment.loud_share", 0.5),
        ("company.discovery_craft", 0.5),
    ];
    let with = |hand_offs| [&values[..], &[("roles.hand_offs", hand_offs)]].concat();
    [
        scenario("without", &with(0.0), RANGES),
        scenario("with", &with(1.0), RANGES),
    ]
}

fn plan() -> DiscoveryPlan {
    DiscoveryPlan {
        arms: arms(),
        span: SPAN,
        seed: 21,
        outcome: Outcome::ShippedValue,
        companies: 600,
        worlds: 8,
        smallest_gap: 0.1,
        threads: 2,
    }
}

fn found(plan: &DiscoveryPlan, engine: &impl Engine) -> Discovery {
    discover(plan, engine, &mut |_: u64, _: u64| (), &AtomicBool::new(false)).expect("it works")
}

#[test]
fn a_planted_box_is_found_and_confirmed_on_fresh_companies() {
    let found = found(&plan(), &planted);
    let first = &found.boxes[0];
    let names: Vec<String> = first
        .quasi_p
        .iter()
        .map(|(axis, _)| found.dimensions[*axis].parameter.path())
        .collect();
    assert_eq!(names, ["company.discovery_craft", "environment.coupling"]);
    let limits = |axis: usize| first.step.region.limits[first.quasi_p[axis].0];
    assert!((limits(0).high.unwrap() - 0.5).abs() < 0.08, "{first:?}");
    assert!((limits(1).low.unwrap() - 0.8).abs() < 0.15, "{first:?}");
    let fresh = first.confirmation.as_ref().expect("enough fresh companies");
    assert_eq!(fresh.verdict, Verdict::Worse);
    assert!(fresh.failing.share > 0.8, "{fresh:?}");
    assert!(first.quasi_p.iter().all(|(_, quasi_p)| *quasi_p < 0.05));
}

#[test]
fn fresh_companies_are_none_of_the_search() {
    let found = found(&plan(), &planted);
    assert_eq!(found.companies.len(), 600);
    let numbers: Vec<u64> = found.companies.iter().map(|company| company.number).collect();
    assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]));
    assert_eq!(found.runs, (600 + found.boxes.len() as u64 * 180) * (4 + 16));
}

#[test]
fn where_nobody_fails_no_box_is_told() {
    let always = |parameters: &Parameters, _: Span, key: WorldKey, _: Request| gain(parameters, key, 5.0);
    let found = found(&plan(), &always);
    assert!(found.boxes.is_empty() && found.trajectory.is_empty());
    assert_eq!(found.failing.share, 0.0);
    assert!(found.failing.ci95.1 < 0.01);
}

#[test]
fn boxes_of_pure_luck_are_not_confirmed() {
    let tie = |parameters: &Parameters, _: Span, key: WorldKey, _: Request| gain(parameters, key, 0.0);
    for found_box in found(&plan(), &tie).boxes {
        let fresh = found_box.confirmation.expect("enough fresh companies");
        assert!(
            matches!(
                fresh.verdict,
                Verdict::NotSettled | Verdict::NoPracticalDifference
            ),
            "{fresh:?}"
        );
    }
}

#[test]
fn figures_are_the_same_at_any_number_of_threads() {
    let at = |threads| {
        found(
            &DiscoveryPlan {
                threads,
                companies: 100,
                ..plan()
            },
            &planted,
        )
    };
    assert_eq!(format!("{:?}", at(1)), format!("{:?}", at(3)));
}

#[test]
fn companies_that_are_not_viable_are_dropped_and_none_left_is_told() {
    let poor = |parameters: &Parameters, span: Span, key: WorldKey, request: Request| {
        let mut run = planted(parameters, span, key, request);
        let returned = if parameters.environment.loud_share > 0.5 {
            1.0
        } else {
            0.1
        };
        run.outcomes.set(Outcome::ReturnOnTeamCost, returned);
        run
    };
    let found = found(
        &DiscoveryPlan {
            companies: 100,
            ..plan()
        },
        &poor,
    );
    assert!(found.companies_dropped > 50 && found.companies.len() == 100);
    let broken = |_: &Parameters, _: Span, _: WorldKey, _: Request| -> Run { panic!("no") };
    let nothing = discover(
        &DiscoveryPlan {
            companies: 40,
            ..plan()
        },
        &broken,
        &mut |_: u64, _: u64| (),
        &AtomicBool::new(false),
    );
    assert!(matches!(nothing, Err(ComparisonError::NothingLeft { .. })));
}

#[test]
fn regret_is_what_is_lost_to_the_better_one_in_each_environment() {
    let situation = |environment: &str, coupling: f64| Situation {
        environment: environment.to_owned(),
        arms: arms()
            .into_iter()
            .map(|mut arm| {
                arm.parameters.environment.coupling = coupling;
                arm.parameters.company.discovery_craft = 0.2;
                arm
            })
            .collect(),
        span: SPAN,
    };
    let plan = RegretPlan {
        situations: vec![situation("loose", 0.1), situation("tight", 1.5)],
        outcome: Outcome::ShippedValue,
        seed: 1,
        worlds: 400,
        threads: 2,
    };
    let found = regrets(&plan, &planted, &mut |_: u64, _: u64| (), &AtomicBool::new(false)).unwrap();
    // Luck of 1 over 400 worlds: 0.25 is five standard errors.
    for (situation, [without, with]) in found.iter().zip([[1.0, 0.0], [0.0, 1.0]]) {
        assert!((situation.arms[0].regret - without).abs() < 0.25, "{situation:?}");
        assert!((situation.arms[1].regret - with).abs() < 0.25, "{situation:?}");
        let (low, high) = situation.arms[0].ci95.unwrap();
        assert!(low >= 0.0 && high >= low);
    }
}
