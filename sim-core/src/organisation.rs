//! The state of an organisation: backlogs, teams and product lines; never any rule.

mod adoption;
mod backlog;
mod business;
mod idea;
mod ideas;
mod line;
mod live;
mod mandate;
mod pair;
mod ranks;
mod seats;
mod team;

pub use adoption::{Adoption, Progress};
pub use backlog::{Backlog, Standing};
pub use business::{Books, Business};
pub use idea::{Dependency, Idea, Kind, NO_WEEK};
pub use ideas::{IdeaId, Ideas};
pub use line::{Line, Measurement, Waiting};
pub use live::{Live, Rates, Reach};
pub use mandate::Mandate;
pub use pair::{OpenDecision, Pair};
pub use ranks::Ranked;
pub use seats::{Craft, Leader, Level, MOST_SEATS, Operations, Person, Seats, Staffing};
pub use team::{Quiet, Support, Team};

use crate::parameters::Parameters;
use crate::policy::Policy;

/// Everything that changes from week to week besides the luck of the world.
#[derive(Debug, Clone)]
pub struct Organisation {
    /// Teams, line by line.
    pub teams: Vec<Team>,
    /// Product lines.
    pub lines: Vec<Line>,
    /// Backlogs: one for each team, or one for each line if they are shared.
    pub backlogs: Vec<Backlog>,
    /// All ideas that lie in backlogs, plans, in work or waiting for release.
    pub ideas: Ideas,
    /// Its chief product officer, if the operating model has any.
    pub chief: Leader,
    /// How it is staffed with product people.
    pub staffing: Staffing,
    /// How far a transformation has gone.
    pub progress: Progress,
    /// The company's money.
    pub business: Business,
}

impl Organisation {
    /// An organisation before its first week.
    pub fn new(policy: &Policy) -> Self {
        let parameters = &policy.parameters;
        let per_line = parameters.company.teams_per_line;
        let shared = parameters.commitment.shared_backlog;
        let backlog_of = |team: u32| if shared { team / per_line } else { team };
        let backlogs = if shared {
            parameters.lines()
        } else {
            parameters.company.teams
        };
        // Usual backlogs when they are full, and what teams have committed or finished.
        let room =
            (backlogs * parameters.commitment.backlog_limit.min(64) + 24 * parameters.company.teams) as usize;
        Self {
            teams: (0..parameters.company.teams)
                .map(|team| Team::new(policy, (team / per_line) as usize, backlog_of(team) as usize))
                .collect(),
            lines: (0..parameters.lines())
                .map(|line| Line::new(parameters, line))
                .collect(),
            backlogs: (0..backlogs)
                .map(|_| Backlog::new(parameters.commitment.backlog_limit as usize))
                .collect(),
            ideas: Ideas::with_capacity(room),
            chief: Leader::default(),
            staffing: Staffing::default(),
            progress: Progress::NONE,
            business: Business {
                cash: parameters.company.initial_cash * f64::from(parameters.company.teams),
                weeks: 0,
                insolvent: None,
            },
        }
    }

    /// Puts the ideas of all backlogs, unranked, into backlogs as `policy` wants them: a team's ideas into its own or
    /// its line's, those of a line in turn into those of its teams. Returns the ideas for which there is no room, each
    /// with a team that had it.
    pub fn regroup(&mut self, policy: &Policy) -> Vec<(usize, IdeaId)> {
        let parameters = &policy.parameters;
        let mut new = Self::new(policy);
        let mut homeless = Vec::new();
        for line in 0..self.lines.len() {
            let teams = self.teams_of(parameters, line);
            let was_shared =
                teams.len() > 1 && self.teams[teams.start].backlog == self.teams[teams.end - 1].backlog;
            let holders = if was_shared {
                teams.start..teams.start + 1
            } else {
                teams.clone()
            };
            for holder in holders {
                let held = self.backlogs[self.teams[holder].backlog].ids();
                for (turn, id) in held.iter().enumerate() {
                    let owner = if was_shared {
                        teams.start + turn % teams.len()
                    } else {
                        holder
                    };
                    let home = &mut new.backlogs[new.teams[owner].backlog];
                    let left = home.add(*id, self.ideas[*id].standing(0.0));
                    homeless.extend(left.map(|id| (owner, id)));
                }
            }
        }
        for (team, new) in self.teams.iter_mut().zip(&new.teams) {
            team.backlog = new.backlog;
        }
        self.backlogs = new.backlogs;
        homeless
    }

    /// Makes room for what teams hold where they work as `parameters` say, so that no list grows in an ordinary week.
    pub fn make_room(&mut self, parameters: &Parameters) {
        let places = parameters.commitment.wip_limit as usize + 1;
        for team in &mut self.teams {
            team.in_work.reserve(places.saturating_sub(team.in_work.len()));
        }
        let ideas = parameters.commitment.backlog_limit as usize;
        for backlog in &mut self.backlogs {
            backlog.reserve(ideas);
        }
    }

    /// Whether the teams of a line share one backlog.
    pub fn shares_backlogs(&self) -> bool {
        self.backlogs.len() < self.teams.len()
    }

    /// Value rate of live items that nobody gets in this week, because it has not reached users or revenue has stopped
    /// \[team-week costs per week\].
    pub fn withheld(&self, week: i32) -> f64 {
        self.lines.iter().map(|line| line.withheld(week)).sum()
    }

    /// The teams of a line, as a range of indices.
    pub fn teams_of(&self, parameters: &Parameters, line: usize) -> core::ops::Range<usize> {
        let per_line = parameters.company.teams_per_line as usize;
        line * per_line..((line + 1) * per_line).min(self.teams.len())
    }
}
