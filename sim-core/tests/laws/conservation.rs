//! Nothing is lost, nothing comes from nowhere, nothing leaves its bounds, nothing panics.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sim_core::parameters::{Parameters, Style};
use sim_core::simulation::{Chooser, Request, Span, WorldKey, run};

use crate::plausible::parameters;
use crate::watch::watched;

const CASES: u32 = 300;

/// The same cases in every run of the tests.
fn fixed_runner() -> TestRunner {
    let config = Config {
        cases: CASES,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

#[test]
fn any_valid_parameters_give_a_run_whose_books_balance() {
    let worlds = (parameters(), 0u64..1000, 0u32..40, 1u32..70);
    let result = fixed_runner().run(&worlds, |(parameters, seed, warm_up_weeks, horizon_weeks)| {
        let span = Span {
            warm_up_weeks,
            horizon_weeks,
        };
        watched(&parameters, span, WorldKey { seed, replication: 0 });
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
}

#[test]
fn bounds_are_runs_like_any_other() {
    let result = fixed_runner().run(&(parameters(), 0u64..1000), |(parameters, seed)| {
        for chooser in [Chooser::Random, Chooser::Omniscient] {
            let request = Request {
                chooser,
                ..Request::default()
            };
            let span = Span {
                warm_up_weeks: 10,
                horizon_weeks: 30,
            };
            let run = run(&parameters, span, WorldKey { seed, replication: 1 }, request);
            prop_assert_eq!(run.team_weeks, u64::from(parameters.company.teams) * 40);
        }
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
}

#[test]
fn the_books_of_long_runs_balance_too() {
    let mut pull = Parameters::default();
    pull.commitment.style = Style::Pull;
    pull.commitment.cadence_weeks = 2;
    pull.discovery.kill_threshold = -0.2;
    pull.release.cadence_weeks = 0;
    let mut shared = pull.clone();
    shared.commitment.shared_backlog = true;
    for parameters in [Parameters::default(), pull, shared] {
        for replication in 0..3 {
            watched(
                &parameters,
                Span::default(),
                WorldKey {
                    seed: 11,
                    replication,
                },
            );
        }
    }
}
