//! Which events are worth a run without them, by what they move at first sight; it decides nothing but what is run.

use std::collections::BTreeMap;

use sim_core::events::{Event, EventKind};

use super::StoryPlan;

/// Most events of one arm that are tried when both arms are told, by kind; twice as many when only one is.
const TRIED: [(EventKind, usize); 15] = [
    (EventKind::Shipped, 20),
    (EventKind::Heard, 10),
    (EventKind::Killed, 6),
    (EventKind::Blocked, 6),
    (EventKind::PlanChanged, 4),
    (EventKind::ReleaseFailed, 4),
    (EventKind::MandateAnnounced, 4),
    (EventKind::Resigned, 4),
    (EventKind::RolledBack, 3),
    (EventKind::DateMissed, 2),
    (EventKind::Left, 2),
    (EventKind::LineAdvanced, 4),
    (EventKind::Advanced, 4),
    (EventKind::Reverted, 2),
    (EventKind::SponsorLeft, 1),
];

/// Whose events they are, and what tells one event from another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Screen<'a> {
    pub(super) plan: &'a StoryPlan,
    pub(super) arm: usize,
    pub(super) events: &'a [Event],
}

/// What is prevented together: kind, week, place and need.
type Identity = (EventKind, i32, u32, Option<u64>);

impl<'a> Screen<'a> {
    /// How many events could be prevented, and those of them that are tried.
    pub(super) fn tried(self) -> (u64, Vec<&'a Event>) {
        let times = if self.plan.only.is_some() { 2 } else { 1 };
        let shipped = shipped(self.events);
        let mut by_kind: BTreeMap<EventKind, Vec<(f64, &Event)>> = BTreeMap::new();
        let mut seen: BTreeMap<Identity, ()> = BTreeMap::new();
        for event in self.events.iter().filter(|event| self.is_its_own(event)) {
            if seen.insert(self.identity(event), ()).is_none() {
                let found = by_kind.entry(event.kind).or_default();
                found.push((self.stake(event, &shipped), event));
            }
        }
        let mut tried = Vec::new();
        for (kind, most) in TRIED {
            let mut found = by_kind.remove(&kind).unwrap_or_default();
            found.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.number.cmp(&other.1.number)));
            tried.extend(found.into_iter().take(most * times).map(|(_, event)| event));
        }
        (seen.len() as u64, tried)
    }

    /// Whether the event can be prevented and is not part of a history that is told with the baseline.
    fn is_its_own(self, event: &Event) -> bool {
        let shared = self
            .plan
            .past
            .as_ref()
            .is_some_and(|(_, until)| self.arm > 0 && event.week < *until);
        event.week >= 0 && !shared && event.instead().is_some()
    }

    fn identity(self, event: &Event) -> Identity {
        if event.kind == EventKind::ReleaseFailed && self.goes_by_train(event) {
            return (event.kind, event.week, self.line(event), None);
        }
        (event.kind, event.week, event.team, event.need)
    }

    /// Whether all that was finished went out together in this week.
    fn goes_by_train(self, event: &Event) -> bool {
        let own = &self.plan.arms[self.arm];
        let started = match &self.plan.past {
            Some((history, until)) if event.week < *until => history,
            _ => own,
        };
        let cadences = [Some(started), started.target.as_deref()];
        cadences.into_iter().flatten().any(|parameters| {
            let cadence = parameters.release.cadence_weeks as i32;
            cadence > 0 && event.week.rem_euclid(cadence) == cadence - 1
        })
    }

    /// Index of the product line of an event.
    pub(super) fn line(self, event: &Event) -> u32 {
        event.team / self.plan.arms[0].company.teams_per_line.max(1)
    }

    /// How many items share an event: those of a release that failed; 1 otherwise.
    pub(super) fn items(self, event: &Event) -> usize {
        let same = self
            .events
            .iter()
            .filter(|other| self.identity(other) == self.identity(event));
        if event.kind == EventKind::ReleaseFailed {
            same.count()
        } else {
            1
        }
    }

    /// When the item of an event went live afterwards, by its own team if by that.
    pub(super) fn live(self, event: &Event) -> Option<i32> {
        let later = self.events.get(event.number as usize + 1..).unwrap_or_default();
        let is_live = |other: &&Event| other.kind == EventKind::Shipped && other.need == event.need;
        event.need?;
        let of_team = later
            .iter()
            .filter(is_live)
            .find(|other| other.team == event.team);
        of_team
            .or_else(|| later.iter().find(is_live))
            .map(|event| event.week)
    }

    /// The chain of events that led to `event`, first to last.
    pub(super) fn causes(self, event: &Event) -> Vec<Event> {
        let mut chain = Vec::new();
        let mut next = event.cause;
        while let Some(cause) = next.and_then(|number| self.events.get(number as usize)) {
            chain.push(cause.clone());
            next = cause.cause.filter(|number| *number < cause.number);
        }
        chain.reverse();
        chain
    }

    /// Value that an event seems to move \[team-week costs\].
    fn stake(self, event: &Event, shipped: &BTreeMap<(u32, u64), (i32, f64)>) -> f64 {
        let item = event.need.and_then(|need| shipped.get(&(event.team, need)));
        let weeks_left = |week: i32| f64::from((self.plan.span.horizon_weeks as i32 - week).max(0));
        match (event.kind, item) {
            (EventKind::Blocked | EventKind::ReleaseFailed | EventKind::DateMissed, Some((_, rate))) => {
                rate.abs()
            }
            (EventKind::RolledBack, Some((_, rate))) => rate.abs() * weeks_left(event.week),
            (_, Some((week, rate))) => rate.abs() * weeks_left(*week),
            // What was never built has no realised value; early decisions have more time to matter.
            (_, None) => 1e-6 * weeks_left(event.week),
        }
    }
}

/// Week and rate at which each need went live, by team.
fn shipped(events: &[Event]) -> BTreeMap<(u32, u64), (i32, f64)> {
    let items = events.iter().filter_map(|event| {
        let rate = event.rate_at_launch()?;
        Some(((event.team, event.need?), (event.week, rate)))
    });
    items.collect()
}
