//! A team: what it works on, what it owes others, and the state it is in.

use std::collections::VecDeque;

use super::{Adoption, IdeaId, Ideas, Pair, Seats};
use crate::policy::Policy;
use crate::random::Key;
use crate::sight::Sight;

/// A quiet need that nobody has found yet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quiet {
    /// Its key.
    pub key: Key,
    /// Week it arose.
    pub born: i32,
    /// Accumulated search at which it is found.
    pub found_at: f64,
    /// What needs of its line were worth when it arose, relative to other lines.
    pub prospects: f64,
}

/// Work that another team waits for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Support {
    /// The team that waits.
    pub team: u32,
    /// Key of the idea that needs it.
    pub key: Key,
    /// Effort left \[team-weeks\].
    pub rest: f64,
    /// Value rate of the waiting idea that the serving team perceives.
    pub perceived: f64,
    /// Week it was asked for.
    pub asked: i32,
    /// Number of the event that asked for it.
    pub event: Option<u32>,
}

/// A team.
#[derive(Debug, Clone)]
pub struct Team {
    /// Index of its product line.
    pub line: usize,
    /// Index of the policy it works by.
    pub policy: u32,
    /// Index of its backlog.
    pub backlog: usize,
    /// Its product people.
    pub seats: Seats,
    /// What they see and find out, as it was when their craft had last moved noticeably.
    pub sight: Sight,
    /// Items in work.
    pub in_work: Vec<IdeaId>,
    /// Items committed and not yet started, next first.
    pub plan: VecDeque<IdeaId>,
    /// Work for other teams that is agreed, first come first served.
    pub promised_support: VecDeque<Support>,
    /// Work for other teams that waits for a decision.
    pub asked_support: Vec<Support>,
    /// Share of their duties that product people have hours for this week.
    pub duties_done: f64,
    /// Parts of mandates that nobody has put into a plan yet.
    pub must_do: Vec<IdeaId>,
    /// Teams that work in its place, by their usual capacity: 1 unless lines were given more or fewer teams.
    pub staffing: f64,
    /// Quiet needs of its market.
    pub quiet: Vec<Quiet>,
    /// Search at which the next quiet need is found.
    pub next_found_at: f64,
    /// Needs that have arisen in its market.
    pub needs: u64,
    /// Accumulated search.
    pub search: f64,
    /// Quanta of evidence saved up, below one.
    pub tests_due: f64,
    /// Work that must be done before anything else: changes of plan, rework, releases \[team-weeks\].
    pub overhead: f64,
    /// Technical debt \[debt units\].
    pub debt: f64,
    /// Morale \[0-1\].
    pub morale: f64,
    /// Its place in a transformation.
    pub adoption: Adoption,
    /// Share of output that newcomers do not deliver yet.
    pub newcomer_gap: f64,
    /// Delivery pressure \[0-1\].
    pub pressure: f64,
    /// Factor by which luck changes its capacity this week.
    pub luck: f64,
    /// Share of capacity lost this week because product people have no hours left for their duties.
    pub starvation: f64,
    /// Estimated effort committed at the last planning event \[team-weeks\].
    pub committed: f64,
    /// Estimated effort finished of what was committed then \[team-weeks\].
    pub kept: f64,
    /// Estimated effort finished since the last forecast \[team-weeks\].
    pub finished: f64,
    /// Week of the last forecast; far in the past before the first.
    pub forecast_week: i32,
    /// Estimated effort of the last forecast, and how much of it was finished in time \[team-weeks\].
    pub forecast: (f64, f64),
    /// Its product people, where there are two or more of them who divide the work.
    pub pair: Option<Box<Pair>>,
    /// Hours of discovery this week, of product people and engineers.
    pub discovery_hours: f64,
    /// Week in which its judgement was last compared with the truth.
    pub judged: i32,
    /// Week of the last release it took part in.
    pub last_release: i32,
}

impl Team {
    /// A team before its first week.
    pub fn new(policy: &Policy, line: usize, backlog: usize) -> Self {
        let parameters = &policy.parameters;
        Self {
            line,
            policy: 0,
            backlog,
            seats: Seats::default(),
            sight: Sight::default(),
            in_work: Vec::with_capacity(parameters.commitment.wip_limit as usize + 1),
            plan: VecDeque::with_capacity(32),
            promised_support: VecDeque::with_capacity(16),
            asked_support: Vec::with_capacity(16),
            must_do: Vec::with_capacity(4),
            duties_done: 1.0,
            staffing: 1.0,
            quiet: Vec::with_capacity(64),
            next_found_at: f64::INFINITY,
            needs: 0,
            search: 0.0,
            tests_due: 0.0,
            overhead: 0.0,
            debt: parameters.company.initial_debt,
            morale: parameters.company.initial_morale,
            adoption: Adoption::NONE,
            newcomer_gap: 0.0,
            pressure: 0.0,
            luck: 1.0,
            starvation: 0.0,
            committed: 0.0,
            kept: 0.0,
            finished: 0.0,
            forecast_week: i32::MIN / 2,
            forecast: (0.0, 0.0),
            pair: Pair::new(policy),
            discovery_hours: 0.0,
            judged: i32::MIN / 2,
            last_release: i32::MIN,
        }
    }

    /// Notes at what search the next of its quiet needs is found.
    pub fn look_for_next(&mut self) {
        self.next_found_at = self
            .quiet
            .iter()
            .map(|quiet| quiet.found_at)
            .fold(f64::INFINITY, f64::min);
    }

    /// Estimated effort of everything committed and unfinished \[team-weeks\].
    pub fn committed_rest(&self, ideas: &Ideas) -> f64 {
        let planned: f64 = self.plan.iter().map(|id| ideas[*id].estimate).sum();
        planned + self.expected_work(ideas)
    }

    /// Estimated effort left of the items in work \[team-weeks\].
    pub fn expected_work(&self, ideas: &Ideas) -> f64 {
        self.in_work.iter().map(|id| ideas[*id].expected_rest()).sum()
    }
}
