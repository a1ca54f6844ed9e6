//! Events that are kept from happening, one by one, so that a second run of the same world shows what they were worth.
//!
//! Everything else keeps its keys, so what differs afterwards follows from what did not happen. Rules ask before an event
//! that can be prevented; a run in which nothing is prevented pays a branch for it, and only where such an event is due.

use crate::events::{Event, EventKind, IMPOSSIBLE, PUT_FIRST};
use crate::random::Key;

impl Event {
    /// What happens instead when the event is prevented; `None` if it cannot be, because it follows from others or from
    /// what the world is like.
    ///
    /// What happens to people and changes is prevented in the week of the event only: their luck of later weeks stays. Stages
    /// of a change are prevented from then on, as they are due every week until they are reached.
    pub fn instead(&self) -> Option<&'static str> {
        Some(match self.kind {
            // A team's part of a mandate comes with the mandate.
            EventKind::Heard if self.detail.starts_with("from ") => "the team never learns of the need",
            // What work has shown to be impossible cannot go on.
            EventKind::Killed if self.detail != IMPOSSIBLE => "the idea stays in the backlog",
            EventKind::Started => "the team leaves the item alone, as if it had noticed a duplicate",
            // Only what others asked for can be refused.
            EventKind::PlanChanged if self.detail == PUT_FIRST => "the request is refused",
            EventKind::Blocked => "the item needs nothing of the other team",
            EventKind::ReleaseFailed => "the release works at the first try",
            EventKind::Shipped => "the finished item is thrown away",
            EventKind::RolledBack => "the item stays live",
            EventKind::DateMissed => "nobody minds the date",
            EventKind::Left => "nobody leaves the team that week",
            EventKind::Resigned => {
                "no product person of the team and, if it is the first of its line, no leader resigns that week"
            }
            EventKind::MandateAnnounced => "nothing is announced to the product line that week",
            EventKind::SponsorLeft => "the sponsor does not leave that week",
            EventKind::Advanced => "the team goes no further from then on, and stays back if it goes back",
            EventKind::LineAdvanced => {
                "the product line goes no further from then on, and stays back if it goes back"
            }
            EventKind::Reverted => "the team does not go back that week",
            _ => return None,
        })
    }
}

/// What is kept from happening in a run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Prevented {
    all: Vec<Prevention>,
}

#[derive(Debug, Clone, Copy)]
struct Prevention {
    kind: EventKind,
    week: i32,
    team: usize,
    need: Option<Key>,
}

impl Prevented {
    /// Adds an event.
    pub(crate) fn add(&mut self, event: &Event) {
        self.all.push(Prevention {
            kind: event.kind,
            week: event.week,
            team: event.team as usize,
            need: event.need.map(Key),
        });
    }

    /// Whether an event is prevented: in its week, and if it is about a need, in any later one too, so that what did not
    /// happen does not happen a week later instead.
    #[inline]
    pub(crate) fn holds(&self, kind: EventKind, week: i32, team: usize, need: Option<Key>) -> bool {
        !self.all.is_empty()
            && self.is_any(|one| {
                let is_due = one.week == week || (need.is_some() && one.week < week);
                is_due && one.kind == kind && one.team == team && one.need == need
            })
    }

    /// Whether an event of a team is prevented from some week on: what is due every week until it has happened would
    /// otherwise only be a week late.
    #[inline]
    pub(crate) fn holds_for_good(&self, kind: EventKind, week: i32, team: usize) -> bool {
        !self.all.is_empty() && self.is_any(|one| one.week <= week && one.kind == kind && one.team == team)
    }

    /// Whether the failure of a release is prevented in which several teams take part.
    #[inline]
    pub(crate) fn holds_for_train(&self, week: i32, rides: impl Fn(usize) -> bool) -> bool {
        !self.all.is_empty()
            && self.is_any(|one| one.kind == EventKind::ReleaseFailed && one.week == week && rides(one.team))
    }

    #[cold]
    #[inline(never)]
    fn is_any(&self, test: impl Fn(&Prevention) -> bool) -> bool {
        self.all.iter().any(test)
    }
}
