//! The event log: what happened, to whom, and which earlier event led to it.

use std::fmt;

use crate::organisation::Idea;
use crate::random::Key;

/// Detail of an item that work showed cannot be built.
pub const IMPOSSIBLE: &str = "turned out impossible to build";
/// Detail of a plan that changed because somebody asked for something now.
pub const PUT_FIRST: &str = "put first";

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EventKind {
    /// A need became visible to a team.
    Heard,
    /// An idea was committed to a plan.
    Committed,
    /// Work on an item started.
    Started,
    /// A test shifted the belief in an idea.
    Tested,
    /// An idea or item was given up on evidence.
    Killed,
    /// An idea left a full backlog.
    Expired,
    /// A team found in time that another one had started on the same need.
    DuplicateAvoided,
    /// A stakeholder asked for something now.
    Requested,
    /// A request was refused.
    Refused,
    /// A date was promised.
    DatePromised,
    /// A date was asked for and not given.
    DateDeclined,
    /// A promised date was missed.
    DateMissed,
    /// A promised date was kept.
    DateKept,
    /// A committed plan was changed.
    PlanChanged,
    /// An item waits for another team.
    Blocked,
    /// Another team did its part.
    Unblocked,
    /// Work on an item was finished.
    Finished,
    /// A release failed and is tried again.
    ReleaseFailed,
    /// An item went live.
    Shipped,
    /// An item was taken back after its effect was measured.
    RolledBack,
    /// An effect was measured as good.
    MovedMetric,
    /// Somebody left a team.
    Left,
    /// A product person was trained.
    Trained,
    /// A product person rose to the next level.
    Promoted,
    /// A product person left the company.
    Resigned,
    /// A product person joined the company.
    Hired,
    /// A product person went into operations, data or research.
    ToOperations,
    /// A product person became a leader of others.
    ToLeadership,
    /// A team was invited to change, and its training began.
    Invited,
    /// A team went over to another operating model.
    Adopted,
    /// A team that has adopted works by more of the new model from now on.
    Advanced,
    /// A product line goes over to what its teams have in common in the new model, or to more of it.
    LineAdvanced,
    /// A team went back to the old one.
    Reverted,
    /// The sponsor of a change left.
    SponsorLeft,
    /// Work was announced that must be live by a date.
    MandateAnnounced,
    /// A mandate went live by its deadline.
    MandateMet,
    /// The deadline of a mandate passed: part of the line's revenue stops.
    MandateMissed,
    /// A mandate went live after its deadline: revenue flows again.
    RevenueResumed,
    /// An issue in sales, marketing or customer success was taken up.
    IssueTaken,
    /// An issue in sales, marketing or customer success was left to itself.
    IssueLeft,
    /// People moved from one product line to another.
    TeamsMoved,
    /// Cash fell below zero: the company ended.
    Insolvent,
    /// Product manager and product owner fell out over who decides.
    BoundaryConflict,
    /// A need that the product manager knew of entered the owner's backlog.
    HandedOver,
    /// A decision that waited too long between them was taken by their leaders.
    Escalated,
    /// The product owner had kept bad news back.
    NewsKeptBack,
}

impl EventKind {
    /// The fixed word of files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Heard => "heard",
            Self::Committed => "committed",
            Self::Started => "started",
            Self::Tested => "tested",
            Self::Killed => "killed",
            Self::Expired => "expired",
            Self::DuplicateAvoided => "duplicate-avoided",
            Self::Requested => "requested",
            Self::Refused => "refused",
            Self::DatePromised => "date-promised",
            Self::DateDeclined => "date-declined",
            Self::DateMissed => "date-missed",
            Self::DateKept => "date-kept",
            Self::PlanChanged => "plan-changed",
            Self::Blocked => "blocked",
            Self::Unblocked => "unblocked",
            Self::Finished => "finished",
            Self::ReleaseFailed => "release-failed",
            Self::Shipped => "shipped",
            Self::RolledBack => "rolled-back",
            Self::MovedMetric => "moved-metric",
            Self::Left => "left",
            Self::Trained => "trained",
            Self::Promoted => "promoted",
            Self::Resigned => "resigned",
            Self::Hired => "hired",
            Self::ToOperations => "to-operations",
            Self::ToLeadership => "to-leadership",
            Self::Invited => "invited",
            Self::Adopted => "adopted",
            Self::Advanced => "advanced",
            Self::LineAdvanced => "line-advanced",
            Self::Reverted => "reverted",
            Self::SponsorLeft => "sponsor-left",
            Self::MandateAnnounced => "mandate-announced",
            Self::MandateMet => "mandate-met",
            Self::MandateMissed => "mandate-missed",
            Self::RevenueResumed => "revenue-resumed",
            Self::IssueTaken => "issue-taken",
            Self::IssueLeft => "issue-left",
            Self::TeamsMoved => "teams-moved",
            Self::Insolvent => "insolvent",
            Self::BoundaryConflict => "boundary-conflict",
            Self::HandedOver => "handed-over",
            Self::Escalated => "escalated",
            Self::NewsKeptBack => "news-kept-back",
        }
    }
}

impl fmt::Display for EventKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.word())
    }
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Number of the event in its run, from 0.
    pub number: u32,
    /// Week, negative during warm-up.
    pub week: i32,
    /// Team it happened to.
    pub team: u32,
    /// What happened.
    pub kind: EventKind,
    /// Need it is about, if any.
    pub need: Option<u64>,
    /// Figures in words; empty if there is nothing to add.
    pub detail: String,
    /// Number of the earlier event that led to it, if any.
    pub cause: Option<u32>,
}

impl Event {
    /// Rate at which the item of an event brought value when it went live \[team-week costs per week\]; `None` for events
    /// of any other kind.
    pub fn rate_at_launch(&self) -> Option<f64> {
        let figure = self.detail.split(' ').next()?;
        (self.kind == EventKind::Shipped)
            .then(|| figure.parse().ok())
            .flatten()
    }
}

/// Where events go; keeps nothing unless somebody asked for the log.
#[derive(Debug, Clone, Default)]
pub struct EventLog {
    events: Option<Vec<Event>>,
}

/// Who and what an event is about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Subject {
    /// The team.
    pub team: usize,
    /// The need, if any.
    pub need: Option<Key>,
    /// The event that led to it, if any.
    pub cause: Option<u32>,
}

impl Subject {
    /// An idea of a team, and what last happened to it.
    #[inline(always)]
    pub fn of(team: usize, idea: &Idea) -> Self {
        Self {
            team,
            need: Some(idea.key),
            cause: idea.last_event,
        }
    }
}

impl EventLog {
    /// A log that keeps events.
    pub fn kept() -> Self {
        Self {
            events: Some(Vec::new()),
        }
    }

    /// Writes an event down and returns its number; costs a branch if nobody asked for the log.
    #[inline(always)]
    pub fn note(
        &mut self,
        week: i32,
        kind: EventKind,
        subject: Subject,
        detail: impl FnOnce() -> String,
    ) -> Option<u32> {
        if self.events.is_some() {
            self.write(week, kind, subject, detail)
        } else {
            None
        }
    }

    // Kept apart, so that words that few runs ask for do not lie between the instructions that all runs need.
    #[cold]
    #[inline(never)]
    fn write(
        &mut self,
        week: i32,
        kind: EventKind,
        subject: Subject,
        detail: impl FnOnce() -> String,
    ) -> Option<u32> {
        let events = self.events.as_mut()?;
        let number = events.len() as u32;
        events.push(Event {
            number,
            week,
            team: subject.team as u32,
            kind,
            need: subject.need.map(|key| key.0),
            detail: detail(),
            cause: subject.cause,
        });
        Some(number)
    }

    /// The events, in the order in which they happened.
    pub fn into_events(self) -> Vec<Event> {
        self.events.unwrap_or_default()
    }
}
