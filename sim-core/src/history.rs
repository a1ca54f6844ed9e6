//! The history that a tracker of work items would hold: when each was created, started and done, by whom, at what effort.

use std::collections::BTreeMap;

use crate::organisation::{Idea, Kind};

/// What a shipped item did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Effect {
    /// Its rate at launch lies above the flat band.
    Helped,
    /// Its rate at launch lies within the flat band.
    Flat,
    /// Its rate at launch lies below the flat band.
    Harmed,
}

impl Effect {
    /// The effect of a value rate, both in the same unit as the half width of the flat band.
    pub fn of(rate: f64, band: f64) -> Self {
        if rate > band {
            Self::Helped
        } else if rate < -band {
            Self::Harmed
        } else {
            Self::Flat
        }
    }

    /// The fixed word of files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Helped => "helped",
            Self::Flat => "flat",
            Self::Harmed => "harmed",
        }
    }
}

/// One work item of one team. Weeks are those of the run, negative during warm-up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Item {
    /// The team that works on it, or the one that heard of it.
    pub team: u32,
    /// Week in which it became visible.
    pub created: i32,
    /// Week in which work on it started.
    pub started: Option<i32>,
    /// Week in which all work on it was done.
    pub finished: Option<i32>,
    /// Week in which it was given up after work had started.
    pub dropped: Option<i32>,
    /// Effort as estimated before any work \[team-weeks\].
    pub estimate: Option<f64>,
    /// Effort that it took \[team-weeks\]; known when it is finished.
    pub effort: Option<f64>,
    /// What it did; known when it is live, and never of improvements of what was live before.
    pub effect: Option<Effect>,
}

/// Keeps the history of a run; nothing unless somebody asked for it. Ideas that leave a backlog unbuilt stay open in it,
/// as they do in most trackers.
#[derive(Debug, Clone, Default)]
pub(crate) struct History {
    kept: Option<Kept>,
}

#[derive(Debug, Clone, Default)]
struct Kept {
    items: Vec<Item>,
    /// Place of the items that may still change, by backlog and need.
    open: BTreeMap<(usize, u64), usize>,
}

impl History {
    /// From now on items are written down.
    pub(crate) fn keep(&mut self) {
        self.kept = Some(Kept::default());
    }

    /// The items, in the order in which they became visible.
    pub(crate) fn into_items(self) -> Vec<Item> {
        self.kept.unwrap_or_default().items
    }

    /// An idea became visible.
    #[inline]
    pub(crate) fn created(&mut self, week: i32, team: usize, backlog: usize, idea: &Idea) {
        if let Some(kept) = &mut self.kept {
            kept.open(week, team, backlog, idea);
        }
    }

    /// Work on an idea started.
    #[inline]
    pub(crate) fn started(&mut self, week: i32, team: usize, backlog: usize, idea: &Idea) {
        self.change(backlog, idea, |item| {
            item.team = team as u32;
            item.started = Some(week);
        });
    }

    /// All work on an item was done.
    #[inline]
    pub(crate) fn finished(&mut self, week: i32, backlog: usize, idea: &Idea) {
        self.change(backlog, idea, |item| {
            item.finished = Some(week);
            item.effort = Some(idea.done);
        });
    }

    /// An item in work was given up.
    #[inline]
    pub(crate) fn dropped(&mut self, week: i32, backlog: usize, idea: &Idea) {
        self.change(backlog, idea, |item| item.dropped = Some(week));
    }

    /// An item went live.
    #[inline]
    pub(crate) fn live(&mut self, backlog: usize, idea: &Idea, effect: Effect) {
        if idea.kind == Kind::Solution {
            self.change(backlog, idea, |item| item.effect = Some(effect));
        }
    }

    #[inline]
    fn change(&mut self, backlog: usize, idea: &Idea, change: impl FnOnce(&mut Item)) {
        if let Some(kept) = &mut self.kept {
            kept.change(backlog, idea, change);
        }
    }
}

impl Kept {
    #[cold]
    #[inline(never)]
    fn open(&mut self, week: i32, team: usize, backlog: usize, idea: &Idea) {
        self.open.insert((backlog, idea.key.0), self.items.len());
        self.items.push(Item {
            team: team as u32,
            created: week,
            started: None,
            finished: None,
            dropped: None,
            estimate: Some(idea.estimate),
            effort: None,
            effect: None,
        });
    }

    #[cold]
    #[inline(never)]
    fn change(&mut self, backlog: usize, idea: &Idea, change: impl FnOnce(&mut Item)) {
        let place = self.open.get(&(backlog, idea.key.0));
        if let Some(item) = place.and_then(|place| self.items.get_mut(*place)) {
            change(item);
        }
    }
}
