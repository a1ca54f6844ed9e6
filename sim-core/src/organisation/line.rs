//! A product line: what waits for release, what is measured, and how stakeholders see it.

use super::{Books, IdeaId, Leader, Live, Mandate, Operations, Reach};
use crate::parameters::Parameters;
use crate::random::Key;

/// A finished item that waits for release.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Waiting {
    /// The item.
    pub idea: IdeaId,
    /// The team that built it.
    pub team: u32,
    /// Week from which it may go live; later than now only after a failed release.
    pub ready: i32,
    /// Whether a release of it has failed before.
    pub reworked: bool,
}

/// An effect that will be measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measurement {
    /// Key of the item.
    pub key: Key,
    /// The team that built it.
    pub team: u32,
    /// Week of the measurement.
    pub week: i32,
    /// Value rate at launch \[team-week costs per week\]; negative for harm.
    pub rate: f64,
    /// How it reaches users.
    pub reach: Reach,
    /// Whether the rate counts, because the item went live in or after week 0.
    pub counted: bool,
    /// Fit of the item.
    pub fit: f64,
    /// Unit of the item's value.
    pub unit: f64,
    /// Estimated effort of the item \[team-weeks\].
    pub estimate: f64,
    /// Week the need arose.
    pub born: i32,
    /// Number of the event of going live.
    pub event: Option<u32>,
}

/// A product line.
#[derive(Debug, Clone)]
pub struct Line {
    /// Finished items that wait for release, in the order in which they were finished.
    pub waiting: Vec<Waiting>,
    /// Effects to be measured, earliest first.
    pub measurements: std::collections::VecDeque<Measurement>,
    /// Needs that more than one team may hear, on which somebody has started: key, team, week.
    pub started: Vec<(Key, u32, i32)>,
    /// Trust of stakeholders \[0-1\].
    pub trust: f64,
    /// Its head of product, if the operating model has any.
    pub head: Leader,
    /// Product people who have gone into operations, data and research.
    pub operations: Operations,
    /// Teams that had adopted the model of a transformation at the end of last week.
    pub adopted: u32,
    /// Stages of a transformation that most of its teams have behind them, so that it plans and releases accordingly.
    pub stage: u32,
    /// What its live items bring since week 0.
    pub live: Live,
    /// Mandates that are not live yet.
    pub mandates: Vec<Mandate>,
    /// What it took and spent since week 0.
    pub books: Books,
    /// Number of its places for teams: as many as it had at first.
    pub places: f64,
    /// Teams that work on it now.
    pub staff: f64,
    /// What one more team is thought to bring at a decision about who works on what.
    pub prospect: f64,
}

impl Line {
    /// A line before its first week.
    pub fn new(parameters: &Parameters, line: u32) -> Self {
        let per_line = parameters.company.teams_per_line;
        let places = f64::from(per_line.min(parameters.company.teams - line * per_line));
        // Room for what is usual, so that no list grows in an ordinary run.
        let room = 16 * parameters.company.teams_per_line.min(32) as usize;
        Self {
            waiting: Vec::with_capacity(room),
            measurements: std::collections::VecDeque::with_capacity(room),
            started: Vec::with_capacity(room),
            trust: parameters.company.initial_trust,
            head: Leader::default(),
            operations: Operations::default(),
            adopted: 0,
            stage: 0,
            live: Live::default(),
            mandates: Vec::with_capacity(4),
            books: Books::default(),
            places,
            staff: places,
            prospect: 0.0,
        }
    }

    /// Share of its revenue that is stopped in this week by mandates that are overdue.
    pub fn stopped_share(&self, week: i32) -> f64 {
        let overdue = self.mandates.iter().filter(|mandate| week > mandate.deadline);
        overdue.map(|mandate| mandate.stake).sum::<f64>().min(1.0)
    }

    /// Value rate of its live items that nobody gets in this week \[team-week costs per week\].
    pub fn withheld(&self, week: i32) -> f64 {
        self.live.unreached() + self.stopped_share(week) * self.live.realised()
    }
}
