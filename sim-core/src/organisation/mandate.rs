//! A mandate: work of a whole line that must be live by a date, or part of the line's revenue stops.

use crate::random::Key;

/// A mandate that is not live yet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mandate {
    /// Names its luck; the part of team t is child t.
    pub key: Key,
    /// Last week at whose end it may go live without loss.
    pub deadline: i32,
    /// Parts, one for each team of the line, that are not live yet.
    pub parts_left: u32,
    /// Share of the line's revenue that stops after the deadline.
    pub stake: f64,
    /// Whether the deadline has been missed.
    pub missed: bool,
    /// Number of its last event in the log.
    pub event: Option<u32>,
}

impl Mandate {
    /// The key of a team's part.
    pub fn part(&self, team: usize) -> Key {
        self.key.child(team as u64)
    }
}
