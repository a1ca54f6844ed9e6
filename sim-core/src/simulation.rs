//! One run: a set of parameters in one world, week by week.

use crate::outcomes::{Outcomes, WeekRecord};
use crate::parameters::Parameters;

/// Which world: the seed of the study and the number of the replication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WorldKey {
    /// Seed of the study.
    pub seed: u64,
    /// Number of the replication, from 0.
    pub replication: u64,
}

/// Who chooses what is built; anything but `Believing` is a bound for comparison, never an operating model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Chooser {
    /// People with beliefs and incentives.
    #[default]
    Believing,
    /// A die.
    Random,
    /// Somebody who knows every true value.
    Omniscient,
}

/// The span of a run: `warm_up_weeks` before week 0, then weeks 0 to `horizon_weeks - 1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Weeks before week 0 under the same parameters [weeks].
    pub warm_up_weeks: u32,
    /// Weeks from week 0 on [weeks].
    pub horizon_weeks: u32,
}

impl Default for Span {
    fn default() -> Self {
        Self { warm_up_weeks: 104, horizon_weeks: 156 }
    }
}

/// What a run is asked for; asking for more changes no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Request {
    /// Who chooses.
    pub chooser: Chooser,
    /// Whether to return the weekly series.
    pub weekly: bool,
    /// Whether to return the event log.
    pub events: bool,
}

/// What a run returns.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The outcomes.
    pub outcomes: Outcomes,
    /// One record for each week from week 0, if asked for; empty otherwise.
    pub weekly: Vec<WeekRecord>,
    /// Every event from the start of warm-up, if asked for; empty otherwise.
    pub events: Vec<Event>,
    /// Simulated team-weeks, warm-up too [team-weeks].
    pub team_weeks: u64,
}

/// Runs `parameters` in the world `key`.
pub fn run(parameters: &Parameters, span: Span, key: WorldKey, request: Request) -> Run {
    let _ = (parameters, span, key, request);
    Run { outcomes: Outcomes::default(), weekly: Vec::new(), events: Vec::new(), team_weeks: 0 }
}

/// Something that happened, and which earlier event caused it.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Number of the event in its run, from 0.
    pub number: u32,
    /// Week, negative during warm-up.
    pub week: i32,
    /// Team, if it happened to one.
    pub team: Option<u32>,
    /// What happened.
    pub kind: &'static str,
    /// Need it is about, if any.
    pub need: Option<u64>,
    /// Details in words.
    pub detail: String,
    /// Number of the earlier event that led to it, if any.
    pub cause: Option<u32>,
}
