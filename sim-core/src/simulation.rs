//! One run: a set of parameters in one world, week by week.

use crate::behaviour;
use crate::belief;
use crate::choice::Ranking;
pub use crate::events::Event;
use crate::events::{EventKind, EventLog, Subject};
use crate::math::NormalTable;
use crate::measures::Measures;
use crate::organisation::{Kind, Organisation};
use crate::outcomes::{Outcomes, WeekRecord};
use crate::parameters::Parameters;
use crate::policy::Policy;
use crate::world::World;

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
    /// Weeks before week 0 under the same parameters \[weeks\].
    pub warm_up_weeks: u32,
    /// Weeks from week 0 on \[weeks\].
    pub horizon_weeks: u32,
}

impl Default for Span {
    fn default() -> Self {
        Self {
            warm_up_weeks: 104,
            horizon_weeks: 156,
        }
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
    /// Simulated team-weeks, warm-up too \[team-weeks\].
    pub team_weeks: u64,
}

/// Runs `parameters` in the world `key`.
pub fn run(parameters: &Parameters, span: Span, key: WorldKey, request: Request) -> Run {
    let mut simulation = Simulation::new(parameters, span, key, request);
    while simulation.step() {}
    simulation.finish()
}

/// What the rules of a week may look at and never change.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub policy: &'a Policy,
    pub world: &'a World,
    pub ranking: Ranking<'a>,
    pub week: i32,
    /// Weeks until the next planning event; the whole cadence in the week of an event.
    pub weeks_left: i32,
}

impl Context<'_> {
    /// Whether a planning event is due.
    pub fn is_planning_week(&self) -> bool {
        self.weeks_left == self.policy.parameters.commitment.cadence_weeks as i32
    }
}

/// Where the rules of a week write down what happened.
#[derive(Debug)]
pub(crate) struct Records<'a> {
    pub measures: &'a mut Measures,
    pub log: &'a mut EventLog,
}

/// A run in progress. A clone is a snapshot: it goes on exactly as the original would.
#[derive(Debug, Clone)]
pub struct Simulation {
    policy: Policy,
    world: World,
    normal: &'static NormalTable,
    request: Request,
    span: Span,
    week: i32,
    organisation: Organisation,
    measures: Measures,
    log: EventLog,
    team_weeks: u64,
}

impl Simulation {
    /// A run before its first week.
    pub fn new(parameters: &Parameters, span: Span, key: WorldKey, request: Request) -> Self {
        let first_week = -i32::try_from(span.warm_up_weeks).unwrap_or(i32::MAX);
        Self {
            policy: Policy::new(parameters),
            world: World::new(parameters, key.seed, key.replication, first_week),
            normal: NormalTable::shared(),
            request,
            span,
            week: first_week,
            organisation: Organisation::new(parameters),
            measures: Measures::new(),
            log: if request.events {
                EventLog::kept()
            } else {
                EventLog::default()
            },
            team_weeks: 0,
        }
    }

    /// The week that comes next; negative during warm-up.
    pub fn week(&self) -> i32 {
        self.week
    }

    /// The state of the organisation.
    pub fn organisation(&self) -> &Organisation {
        &self.organisation
    }

    /// Goes on under another operating model from the next week, in the same world and with the same history.
    ///
    /// Company, environment and behaviour are those of the world and stay as they are; only operating-model groups of
    /// `parameters` count. What people believe, claim, have planned and have promised stays; backlogs are put together
    /// or dealt out, team by team in turn, where the new model shares them or does not, and lose their least believed
    /// ideas where it has room for fewer.
    pub fn fork(&self, parameters: &Parameters) -> Self {
        let mut fork = self.clone();
        let old = &self.policy.parameters;
        fork.policy = Policy::new(&Parameters {
            company: old.company.clone(),
            environment: old.environment.clone(),
            behaviour: old.behaviour.clone(),
            ..parameters.clone()
        });
        fork.see_again();
        let (old, new) = (&old.commitment, &fork.policy.parameters.commitment);
        if (old.shared_backlog, old.backlog_limit) != (new.shared_backlog, new.backlog_limit) {
            fork.regroup();
        }
        fork.rank_again();
        fork
    }

    /// Those who choose now may see more of a need than those before, so evidence will tell them something else.
    fn see_again(&mut self) {
        let (policy, world) = (&self.policy, &self.world);
        for idea in self.organisation.ideas.iter_mut() {
            if idea.kind == Kind::Solution {
                let need = world.need(&policy.parameters, idea.key, idea.born);
                idea.perceived = belief::perceived(policy, &need);
            }
        }
    }

    /// Puts ideas into the backlogs of the new model; those for which there is no room end.
    fn regroup(&mut self) {
        for (team, id) in self.organisation.regroup(&self.policy.parameters) {
            let idea = &self.organisation.ideas[id];
            let subject = Subject {
                team,
                need: Some(idea.key),
                cause: idea.last_event,
            };
            self.log.note(self.week, EventKind::Expired, subject, String::new);
            self.organisation.ideas.remove(id);
        }
    }

    /// Those who choose by other rules than yesterday rank every idea anew.
    fn rank_again(&mut self) {
        let ranking = Ranking {
            policy: &self.policy,
            normal: self.normal,
            chooser: self.request.chooser,
        };
        for backlog in &mut self.organisation.backlogs {
            for place in 0..backlog.len() {
                let idea = &self.organisation.ideas[backlog.ids()[place]];
                backlog.rank(place, ranking.score(idea), idea.belief);
            }
        }
    }

    /// Simulates one week; false if there was none left.
    pub fn step(&mut self) -> bool {
        if self.week >= self.span.horizon_weeks as i32 {
            return false;
        }
        self.measures.counting = self.week >= 0;
        let cadence = self.policy.parameters.commitment.cadence_weeks as i32;
        let context = Context {
            policy: &self.policy,
            world: &self.world,
            ranking: Ranking {
                policy: &self.policy,
                normal: self.normal,
                chooser: self.request.chooser,
            },
            week: self.week,
            weeks_left: cadence - self.week.rem_euclid(cadence),
        };
        let mut records = Records {
            measures: &mut self.measures,
            log: &mut self.log,
        };
        behaviour::week(&context, &mut self.organisation, &mut records);
        self.measures.observe(&self.organisation, self.request.weekly);
        self.team_weeks += self.organisation.teams.len() as u64;
        self.week += 1;
        true
    }

    /// Ends the run and returns what was asked for.
    pub fn finish(self) -> Run {
        let (outcomes, weekly) = self.measures.finish(&self.policy, &self.organisation, self.span);
        Run {
            outcomes,
            weekly,
            events: self.log.into_events(),
            team_weeks: self.team_weeks,
        }
    }
}
