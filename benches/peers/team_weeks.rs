//! Worlds of a library scenario, one after another, and how many team-weeks they were: the work on which instructions
//! are counted.

use std::process::ExitCode;

use clap::Parser;
use sim_core::simulation::{Request, Span, WorldKey, run};

/// Runs worlds of a library scenario and prints how many team-weeks they were
#[derive(Debug, Parser)]
struct Arguments {
    /// Name of the scenario
    scenario: String,
    /// Worlds to run
    worlds: u64,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let scenario = match scenarios::load::<&str>(&arguments.scenario, None, &[]) {
        Ok(scenario) => scenario,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let span = Span {
        warm_up_weeks: scenario.warm_up_weeks,
        ..Span::default()
    };
    let team_weeks = |replication| {
        let key = WorldKey {
            seed: 2026,
            replication,
        };
        run(&scenario.parameters, span, key, Request::default()).team_weeks
    };
    println!("{}", (0..arguments.worlds).map(team_weeks).sum::<u64>());
    ExitCode::SUCCESS
}
