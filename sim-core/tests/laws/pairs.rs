//! Pairs and chains of product people, whatever their parameters: books balance, trust stays within its bounds, nothing
//! stays between two who are no longer two, and what is asked for is read out again.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sim_core::events::EventKind;
use sim_core::outcomes::Outcome;
use sim_core::parameters::{Parameters, Structure};
use sim_core::simulation::{Simulation, Span, WorldKey, run};

use crate::plausible::parameters;
use crate::watch::{ALL, watched};

const KEY: WorldKey = WorldKey {
    seed: 8,
    replication: 2,
};
const SPAN: Span = Span {
    warm_up_weeks: 40,
    horizon_weeks: 80,
};

fn pair() -> Parameters {
    let mut parameters = Parameters::default();
    parameters.roles.structure = Structure::Pair;
    parameters
}

#[test]
fn pairs_and_chains_of_any_kind_stay_within_their_bounds_and_their_books_balance() {
    let config = Config {
        cases: 200,
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let worlds = (parameters(), 0u64..1000, prop::bool::ANY);
    let result = runner.run(&worlds, |(mut parameters, seed, chain)| {
        let structure = if chain { Structure::Chain } else { Structure::Pair };
        parameters.roles.structure = structure;
        parameters.roles.product_people_per_team = parameters.roles.product_people_per_team.max(0.1);
        parameters.behaviour.exact_belief = false;
        let span = Span {
            warm_up_weeks: 20,
            horizon_weeks: 50,
        };
        watched(&parameters, span, WorldKey { seed, replication: 0 });
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
}

#[test]
fn who_starts_with_a_higher_vote_never_ends_with_a_lower_one() {
    let votes = [1.0, 1.7, 2.5, 3.0, 3.6, 4.4, 5.0].map(|vote| {
        let mut parameters = pair();
        parameters.company.fist_to_five = vote;
        let outcomes = run(&parameters, SPAN, KEY, ALL).outcomes;
        outcomes.get(Outcome::FistToFive).expect("there is a pair")
    });
    assert!(votes.windows(2).all(|pair| pair[0] < pair[1]), "{votes:?}");
    assert!(votes.iter().all(|vote| (1.0..=5.0).contains(vote)));
}

#[test]
fn nothing_stays_between_two_who_are_no_longer_two() {
    let mut parameters = pair();
    parameters.behaviour.decision_weeks = 8.0;
    parameters.commitment.backlog_limit = 10_000;
    let one = Parameters {
        roles: sim_core::parameters::Roles {
            structure: Structure::One,
            ..parameters.roles.clone()
        },
        ..parameters.clone()
    };
    let mut simulation = Simulation::new(&parameters, SPAN, KEY, ALL);
    while simulation.week() < 10 && simulation.step() {}
    let waiting = |simulation: &Simulation| -> usize {
        let pairs = simulation.organisation().teams.iter();
        pairs
            .filter_map(|team| team.pair.as_ref())
            .map(|pair| pair.open.len())
            .sum()
    };
    let held = |simulation: &Simulation| -> usize {
        let backlogs = simulation.organisation().backlogs.iter();
        backlogs.map(sim_core::organisation::Backlog::len).sum()
    };
    let open = waiting(&simulation);
    assert!(open > 10, "{open} decisions wait");
    let fork = simulation.fork(&one);
    assert_eq!(waiting(&fork), 0);
    assert_eq!(held(&fork), held(&simulation) + open);
    let back = fork.fork(&parameters);
    let trust = back.organisation().teams[0].pair.as_ref().map(|pair| pair.trust);
    assert_eq!(trust, Some(0.25 * (parameters.company.fist_to_five - 1.0)));
}

#[test]
fn events_of_pairs_name_what_led_to_them() {
    let mut parameters = pair();
    parameters.roles.candour = 0.0;
    parameters.roles.role_clarity = 0.0;
    parameters.roles.escalation_weeks = 2;
    parameters.behaviour.decision_weeks = 4.0;
    let run = run(&parameters, SPAN, KEY, ALL);
    let kinds = |kind: EventKind| run.events.iter().filter(move |event| event.kind == kind);
    for kind in [
        EventKind::HandedOver,
        EventKind::Escalated,
        EventKind::NewsKeptBack,
        EventKind::BoundaryConflict,
    ] {
        assert!(kinds(kind).count() > 5, "{kind} is rare");
    }
    let cause =
        |event: &sim_core::simulation::Event| event.cause.map(|number| run.events[number as usize].kind);
    assert!(kinds(EventKind::HandedOver).all(|event| cause(event) == Some(EventKind::Heard)));
    let late = kinds(EventKind::DateMissed).filter(|event| cause(event) == Some(EventKind::NewsKeptBack));
    assert!(late.count() > 0, "no missed date was a surprise");
}
