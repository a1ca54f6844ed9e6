//! The market of the reference model with single mechanisms switched on again; never a model of its own.

use sim_core::outcomes::Outcome;
use sim_core::parameters::Parameters;
use sim_core::simulation::{Event, Request, Run, Span, WorldKey, run};

const SEED: u64 = 20_261_121;

/// Pulls one item after the other, all capacity goes into delivery, and no luck but that of arrivals and sizes.
pub const PLAIN_PULL: &[&str] = &[
    "discovery.team_share=0",
    "discovery.hours=0",
    "environment.capacity_noise=0",
    "commitment.start_threshold=-1e9",
    "commitment.backlog_limit=10000",
];

/// `reference-continuous` with changes, told as on the command line.
pub fn pulling(changes: &[&str]) -> Parameters {
    loaded("reference-continuous", &[PLAIN_PULL, changes].concat())
}

/// `reference-quarterly` with changes, told as on the command line.
pub fn planning(changes: &[&str]) -> Parameters {
    loaded("reference-quarterly", changes)
}

/// A library model with changes.
pub fn loaded(name: &str, changes: &[&str]) -> Parameters {
    match scenarios::load(name, None, changes) {
        Ok(scenario) => scenario.parameters,
        Err(error) => panic!("a setting of a limit case does not load: {error}"),
    }
}

/// One run in world `replication`.
pub fn world(parameters: &Parameters, span: Span, replication: u64, request: Request) -> Run {
    let key = WorldKey {
        seed: SEED,
        replication,
    };
    run(parameters, span, key, request)
}

/// An outcome of several worlds; worlds without it are left out.
pub fn sample(parameters: &Parameters, span: Span, worlds: u32, outcome: Outcome) -> Vec<f64> {
    let value = |replication| {
        world(parameters, span, replication, Request::default())
            .outcomes
            .get(outcome)
    };
    (0..u64::from(worlds)).filter_map(value).collect()
}

/// The event log of a world.
pub fn events(parameters: &Parameters, span: Span, replication: u64) -> Vec<Event> {
    let request = Request {
        events: true,
        ..Request::default()
    };
    world(parameters, span, replication, request).events
}
