//! How far a team, a line and the whole company have gone in a transformation.

use super::NO_WEEK;

/// A team's place in a transformation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Adoption {
    /// Week in which it adopted; [`NO_WEEK`] while it has not.
    pub since: i32,
    /// Stages of the change that it has behind it.
    pub stage: u32,
    /// Week at whose end its training is over; [`NO_WEEK`] before it was invited.
    pub trained: i32,
    /// Hours of its product people that training takes this week.
    pub training_hours: f64,
    /// Share of output that it loses while what it does is new.
    pub learning_gap: f64,
    /// Number of the last event of its change in the log.
    pub last_event: Option<u32>,
}

impl Adoption {
    /// Before anything has changed.
    pub const NONE: Self = Self {
        since: NO_WEEK,
        stage: 0,
        trained: NO_WEEK,
        training_hours: 0.0,
        learning_gap: 0.0,
        last_event: None,
    };

    /// Whether the team works by the new model, in part or in whole.
    pub fn is_adopted(&self) -> bool {
        self.since != NO_WEEK
    }
}

/// How far a company has gone, as of the end of last week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// Teams that have adopted.
    pub adopted: u32,
    /// Share of output that those teams lose while what they do is new, on average; 0 without any.
    pub slump: f64,
    /// Whether the sponsor is still there.
    pub has_sponsor: bool,
}

impl Progress {
    /// Before anything has changed.
    pub const NONE: Self = Self {
        adopted: 0,
        slump: 0.0,
        has_sponsor: true,
    };
}
