//! An idea: a need as a team sees it, and its way from the backlog to the customer.

use super::Standing;
use crate::random::Key;
use crate::world::Source;

/// A week that never comes.
pub const NO_WEEK: i32 = i32::MAX;

/// What an idea is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A solution to a need.
    Solution,
    /// An improvement of a solution that is already live.
    Iteration,
    /// A team's part of a mandate.
    Mandate,
}

/// Work of another team that an idea needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dependency {
    /// None, or served.
    Clear,
    /// Nobody has noticed yet.
    Hidden(u32),
    /// Asked of the serving team, not yet served.
    Open(u32),
}

/// An idea, visible to a team.
#[derive(Debug, Clone, PartialEq)]
pub struct Idea {
    /// Names its luck; the same for all teams that hear the same need.
    pub key: Key,
    /// What it is.
    pub kind: Kind,
    /// Who brought it.
    pub source: Source,
    /// Week the need arose.
    pub born: i32,
    /// Week it became visible.
    pub visible: i32,
    /// Unit of its value and of all judgements of it \[team-week costs per week\].
    pub unit: f64,
    /// True value rate v, fit and time aside \[team-week costs per week\].
    pub value: f64,
    /// d: the gap between delight and viability \[team-week costs per week\].
    pub delight: f64,
    /// The part of the value that shows only in the company's strategy.
    pub company_value: f64,
    /// What its source says it is worth \[team-week costs per week\].
    pub claim: f64,
    /// Mean of the normal belief \[team-week costs per week\].
    pub mean: f64,
    /// What the chooser believes: the mean, or the exact posterior mean where that is asked for.
    pub belief: f64,
    /// Precision of the belief \[1/value units²\].
    pub precision: f64,
    /// μ before any own evidence \[team-week costs per week\].
    pub first_judgement: f64,
    /// Estimated effort \[team-weeks\].
    pub estimate: f64,
    /// ln of the estimated effort.
    pub log_estimate: f64,
    /// Effort it will take, known to nobody \[team-weeks\]; set when work starts, the estimate before.
    pub effort: f64,
    /// Effort spent so far \[team-weeks\].
    pub done: f64,
    /// Whether it can be built as imagined, known to nobody; set when work starts.
    pub feasible: bool,
    /// Whether another team may hear the same need.
    pub overlapping: bool,
    /// Whether it was built although another team had started on the need.
    pub duplicate: bool,
    /// Whether bad news of it would be kept back; set when work starts.
    pub held_back: bool,
    /// Share of its worth that survived on its way to those who build it; set when work starts.
    pub fit: f64,
    /// Quanta of evidence gathered.
    pub tests: u16,
    /// Weeks in which it was worked on.
    pub active_weeks: u16,
    /// Promised date; [`NO_WEEK`] if none.
    pub due: i32,
    /// Week of the last forecast that counted on it.
    pub forecast: i32,
    /// Whether it was committed at a planning event.
    pub committed: bool,
    /// Other teams whose work it needs.
    pub dependencies: [Dependency; 2],
    /// Number of its last event in the log.
    pub last_event: Option<u32>,
}

impl Idea {
    /// An idea on which nothing has been done: what remains to be said is what it is and what is thought of it.
    pub const UNTOUCHED: Self = Self {
        key: Key(0),
        kind: Kind::Solution,
        source: Source::Search,
        born: 0,
        visible: 0,
        unit: 1.0,
        value: 0.0,
        delight: 0.0,
        company_value: 0.0,
        claim: 0.0,
        mean: 0.0,
        belief: 0.0,
        precision: 0.0,
        first_judgement: 0.0,
        estimate: 0.0,
        log_estimate: 0.0,
        effort: 0.0,
        done: 0.0,
        feasible: true,
        overlapping: false,
        duplicate: false,
        committed: false,
        held_back: false,
        fit: 1.0,
        tests: 0,
        active_weeks: 0,
        due: NO_WEEK,
        forecast: i32::MIN,
        dependencies: [Dependency::Clear; 2],
        last_event: None,
    };

    /// What it is compared by in a backlog, given its score.
    #[inline]
    pub fn standing(&self, score: f64) -> Standing {
        Standing {
            score,
            belief: self.belief,
            claim: (self.source != Source::Search).then_some(self.claim),
        }
    }

    /// Whether it waits for another team.
    pub fn is_blocked(&self) -> bool {
        self.dependencies
            .iter()
            .any(|dependency| matches!(dependency, Dependency::Open(_)))
    }

    /// Effort that the team expects to be left \[team-weeks\]; never nothing while it is unfinished.
    pub fn expected_rest(&self) -> f64 {
        if self.done < self.estimate {
            self.estimate - self.done
        } else {
            0.1 * self.estimate
        }
    }
}
