//! One run: a set of parameters in one world, week by week.

use std::sync::Arc;

use crate::behaviour;
use crate::choice::Ranking;
pub use crate::events::Event;
use crate::events::EventLog;
use crate::history::{History, Item};
use crate::math::NormalTable;
use crate::measures::Measures;
use crate::organisation::{Organisation, Team};
use crate::outcomes::{Outcomes, WeekRecord};
use crate::parameters::Parameters;
use crate::policy::Policy;
use crate::prevention::Prevented;
use crate::transition::Transition;
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
#[derive(Debug, Clone)]
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

/// The world `key`, the same for all runs over these weeks with the same company, environment and behaviour.
pub fn world(parameters: &Parameters, span: Span, key: WorldKey) -> World {
    World::new(parameters, key.seed, key.replication, first_week(span))
}

fn first_week(span: Span) -> i32 {
    -i32::try_from(span.warm_up_weeks).unwrap_or(i32::MAX)
}

/// What the rules of a week may look at and never change.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    /// Ways of working that some team may have, of one company in one environment.
    pub policies: &'a [Policy],
    /// One of them, to read what is the same in all: company, environment, behaviour and what follows from these alone.
    pub common: &'a Policy,
    pub world: &'a World,
    pub normal: &'a NormalTable,
    pub chooser: Chooser,
    pub prevented: &'a Prevented,
    pub week: i32,
    /// The change that is under way, if any, and the week in which it begins.
    pub transition: Option<(&'a Transition, i32)>,
}

impl<'a> Context<'a> {
    /// The policy that a team works by.
    #[inline]
    pub fn policy(&self, team: &Team) -> &'a Policy {
        &self.policies[team.policy as usize]
    }

    /// The policy by which a line plans together and releases; its teams have these practices in common.
    #[inline]
    pub fn line_policy(&self, organisation: &Organisation, line: usize) -> &'a Policy {
        let first = organisation.teams_of(&self.common.parameters, line).start;
        self.policy(&organisation.teams[first])
    }

    /// The policy by which the company as a whole is led: that of its first team.
    #[inline]
    pub fn company_policy(&self, organisation: &Organisation) -> &'a Policy {
        self.line_policy(organisation, 0)
    }

    /// How a team ranks ideas.
    #[inline]
    pub fn ranking(&self, team: &Team) -> Ranking<'a> {
        Ranking {
            policy: self.policy(team),
            normal: self.normal,
            chooser: self.chooser,
        }
    }
}

/// Where the rules of a week write down what happened.
#[derive(Debug)]
pub(crate) struct Records<'a> {
    pub measures: &'a mut Measures,
    pub log: &'a mut EventLog,
    pub history: &'a mut History,
}

/// The change that parameters ask for, if any, and every policy that some team may have; the first is that of the start.
fn ways(parameters: &Parameters) -> (Option<Transition>, Vec<Policy>) {
    match Transition::new(parameters) {
        Some((transition, policies)) => (Some(transition), policies),
        None => (None, vec![Policy::new(parameters)]),
    }
}

/// An organisation before its first week, with room for what it may turn into.
fn organisation(parameters: &Parameters, start: &Policy) -> Organisation {
    let mut organisation = Organisation::new(start);
    if let Some(target) = &parameters.target {
        organisation.make_room(target);
    }
    organisation
}

/// A run in progress. A clone is a snapshot: it goes on exactly as the original would.
#[derive(Debug, Clone)]
pub struct Simulation {
    policies: Vec<Policy>,
    transition: Option<Transition>,
    change_begins: i32,
    world: Arc<World>,
    normal: &'static NormalTable,
    request: Request,
    span: Span,
    week: i32,
    organisation: Organisation,
    prevented: Prevented,
    measures: Measures,
    log: EventLog,
    history: History,
    team_weeks: u64,
}

impl Simulation {
    /// A run before its first week.
    pub fn new(parameters: &Parameters, span: Span, key: WorldKey, request: Request) -> Self {
        let world = Arc::new(world(parameters, span, key));
        Self::within(world, parameters, span, request)
    }

    /// A run before its first week, in a world of the same company, environment and behaviour ([`world`]) over the same weeks.
    pub fn within(world: Arc<World>, parameters: &Parameters, span: Span, request: Request) -> Self {
        let first_week = first_week(span);
        let (transition, policies) = ways(parameters);
        let weeks_kept = if request.weekly { span.horizon_weeks } else { 0 };
        let mut simulation = Self {
            measures: Measures::new(policies[0].weekly_cost, weeks_kept),
            organisation: organisation(parameters, &policies[0]),
            policies,
            transition,
            change_begins: 0,
            world,
            normal: NormalTable::shared(),
            request,
            span,
            week: first_week,
            prevented: Prevented::default(),
            log: if request.events {
                EventLog::kept()
            } else {
                EventLog::default()
            },
            history: History::default(),
            team_weeks: 0,
        };
        let (context, organisation, mut records) = simulation.parts();
        behaviour::careers::open(&context, organisation, &mut records);
        simulation
    }

    /// Keeps the history of work items from the next week on; changes no result.
    pub fn keep_history(&mut self) {
        self.history.keep();
    }

    /// The work items since [`Self::keep_history`], in the order in which they became visible; empty without it.
    pub fn into_history(self) -> Vec<Item> {
        self.history.into_items()
    }

    /// The week that comes next; negative during warm-up.
    pub fn week(&self) -> i32 {
        self.week
    }

    /// The state of the organisation.
    pub fn organisation(&self) -> &Organisation {
        &self.organisation
    }

    /// Keeps an event of another run of the same world from happening in this one, if it can be prevented (see
    /// [`Event::instead`]); otherwise nothing changes.
    pub fn prevent(&mut self, event: &Event) {
        self.prevented.add(event);
    }

    /// Goes on under another operating model from the next week, in the same world and with the same history.
    ///
    /// Company, environment and behaviour are those of the world and stay as they are; only operating-model groups of
    /// `parameters` count. What people believe, claim, have planned and have promised stays; backlogs are put together
    /// or dealt out, team by team in turn, where the new model shares them or does not, and lose their least believed
    /// ideas where it has room for fewer.
    pub fn fork(&self, parameters: &Parameters) -> Self {
        let mut fork = self.clone();
        let old = &self.policies[0].parameters;
        let new = Parameters {
            company: old.company.clone(),
            environment: old.environment.clone(),
            mandates: old.mandates.clone(),
            behaviour: old.behaviour.clone(),
            ..parameters.clone()
        };
        (fork.transition, fork.policies) = ways(&new);
        fork.change_begins = self.week.max(0);
        fork.measures.cost_from_now_on(fork.policies[0].weekly_cost);
        let (context, organisation, mut records) = fork.parts();
        behaviour::switch::all(&context, organisation, &mut records);
        fork
    }

    /// What rules look at, what they change, and where they write down what happened.
    fn parts(&mut self) -> (Context<'_>, &mut Organisation, Records<'_>) {
        let context = Context {
            policies: &self.policies,
            common: &self.policies[0],
            world: &self.world,
            normal: self.normal,
            chooser: self.request.chooser,
            prevented: &self.prevented,
            week: self.week,
            transition: self
                .transition
                .as_ref()
                .map(|transition| (transition, self.change_begins)),
        };
        let records = Records {
            measures: &mut self.measures,
            log: &mut self.log,
            history: &mut self.history,
        };
        (context, &mut self.organisation, records)
    }

    /// Simulates one week; false if there was none left.
    pub fn step(&mut self) -> bool {
        self.go_on(&mut |_| ())
    }

    /// As [`Self::step`]; tells the name of every rule of the week as soon as it has done its work, `measures` last, so that
    /// somebody who has a clock can time it.
    pub fn step_telling(&mut self, tell: &mut dyn FnMut(&'static str)) -> bool {
        // Behind a pointer, so that a program in which nobody is told has the rules in one place and as fast as ever.
        self.go_on(&mut |rule| tell(rule))
    }

    fn go_on(&mut self, tell: &mut impl FnMut(&'static str)) -> bool {
        if self.week >= self.span.horizon_weeks as i32 {
            return false;
        }
        self.measures.counting = self.week >= 0;
        for policy in &mut self.policies {
            policy.turn_to(self.week);
        }
        let (context, organisation, mut records) = self.parts();
        behaviour::week(&context, organisation, &mut records, tell);
        self.measures
            .observe(&self.organisation, self.week, self.request.weekly);
        tell("measures");
        self.team_weeks += self.organisation.teams.len() as u64;
        self.week += 1;
        true
    }

    /// Ends the run and returns what was asked for.
    pub fn finish(self) -> Run {
        let (outcomes, weekly) = self
            .measures
            .finish(&self.policies[0], &self.organisation, self.span);
        Run {
            outcomes,
            weekly,
            events: self.log.into_events(),
            team_weeks: self.team_weeks,
        }
    }
}
