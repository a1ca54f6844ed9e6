//! The books of a run, kept from its event log alone; never looks into the engine while it runs.

use std::collections::BTreeMap;

use sim_core::events::{Event, EventKind};
use sim_core::organisation::{IdeaId, Organisation};
use sim_core::parameters::Parameters;

/// Who holds an idea: the index of a backlog, and the need.
pub type Holder = (usize, u64);

/// What became of one idea of one backlog.
#[derive(Debug, Clone, Default)]
pub struct Life {
    pub heard: Option<i32>,
    pub started: Option<i32>,
    pub finished: Option<i32>,
    pub shipped: Option<i32>,
    pub rolled_back: Option<i32>,
    /// Weeks and kinds of events that end an idea: exactly one, unless it is still open.
    pub ends: Vec<(i32, EventKind)>,
    /// Rate at launch, as far as the log prints it.
    pub rate: Option<f64>,
    /// Weeks in which a date was promised, and kept or missed.
    pub dated: Option<i32>,
    pub date_settled: Option<i32>,
    /// Share of its users that launch work reached at once.
    pub reached: f64,
}

impl Life {
    /// The week in which it left work, finished or given up; `None` if it never was in work or still is.
    pub fn left_work(&self) -> Option<i32> {
        self.started?;
        self.finished.or_else(|| self.ends.first().map(|(week, _)| *week))
    }
}

/// Every idea that was ever heard of or mentioned.
pub fn lives(parameters: &Parameters, events: &[Event]) -> BTreeMap<Holder, Life> {
    let mut lives: BTreeMap<Holder, Life> = BTreeMap::new();
    for event in events {
        let Some(need) = event.need else { continue };
        let holder = (backlog_of(parameters, event.team), need);
        note(lives.entry(holder).or_default(), event);
    }
    lives
}

fn backlog_of(parameters: &Parameters, team: u32) -> usize {
    let team = if parameters.commitment.shared_backlog {
        team / parameters.company.teams_per_line
    } else {
        team
    };
    team as usize
}

#[track_caller]
fn note(life: &mut Life, event: &Event) {
    let once = |place: &mut Option<i32>| {
        assert_eq!(*place, None, "{} happens twice: {event:?}", event.kind);
        *place = Some(event.week);
    };
    match event.kind {
        EventKind::Heard => once(&mut life.heard),
        EventKind::Started => once(&mut life.started),
        EventKind::Finished => once(&mut life.finished),
        EventKind::RolledBack => once(&mut life.rolled_back),
        EventKind::DatePromised => once(&mut life.dated),
        EventKind::DateKept | EventKind::DateMissed => once(&mut life.date_settled),
        EventKind::Shipped => {
            once(&mut life.shipped);
            life.reached = reached(&event.detail);
            life.rate = event.detail.split(' ').next().and_then(|word| word.parse().ok());
            life.ends.push((event.week, event.kind));
        }
        EventKind::Killed | EventKind::Expired | EventKind::DuplicateAvoided => {
            life.ends.push((event.week, event.kind));
        }
        _ => {}
    }
}

/// As in `+0.1234 team-week costs a week, 0.5678 of users reached at once`.
fn reached(detail: &str) -> f64 {
    let share = detail.strip_suffix(" of users reached at once");
    let word = share.and_then(|head| head.rsplit(' ').next());
    word.map_or(1.0, |word| word.parse().expect("a share"))
}

/// The ideas that are still open, wherever they lie; an idea that lies in two places is listed twice.
pub fn open(organisation: &Organisation) -> Vec<Holder> {
    let mut open = Vec::new();
    let need = |id: &IdeaId| organisation.ideas[*id].key.0;
    for (place, backlog) in organisation.backlogs.iter().enumerate() {
        open.extend(backlog.ids().iter().map(|id| (place, need(id))));
    }
    for team in &organisation.teams {
        let held = team.plan.iter().chain(&team.in_work).chain(&team.must_do);
        open.extend(held.map(|id| (team.backlog, need(id))));
    }
    for team in &organisation.teams {
        let undecided = team.pair.iter().flat_map(|pair| &pair.open);
        open.extend(undecided.map(|open| (team.backlog, need(&open.idea))));
    }
    for line in &organisation.lines {
        let waiting = line.waiting.iter();
        open.extend(waiting.map(|item| (organisation.teams[item.team as usize].backlog, need(&item.idea))));
    }
    assert_eq!(
        open.len(),
        organisation.ideas.len(),
        "every live idea lies in one list"
    );
    open.sort_unstable();
    open
}
