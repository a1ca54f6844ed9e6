//! What happens to a team whatever it decides: the ideas that reach it and the capacity it has; never a decision.

use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, LogNormal, Normal, Poisson, StudentT};

use super::setting::Setting;

/// Degrees of freedom of the distribution of value.
const VALUE_DEGREES_OF_FREEDOM: f64 = 3.0;

/// An idea, with what its team believes of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Idea {
    /// True value; no decision may look at it \[value units\].
    pub value: f64,
    /// Effort to build it, known \[team-weeks\].
    pub effort_team_weeks: f64,
    /// Mean of what the team believes the value to be \[value units\].
    pub estimate: f64,
    /// Precision of that belief \[1/value units squared\].
    pub precision: f64,
    /// Week of arrival.
    pub born_week: u32,
}

impl Idea {
    /// What decides its rank \[value units per team-week\].
    pub fn score(&self) -> f64 {
        self.estimate / self.effort_team_weeks
    }
}

/// One week of one team.
#[derive(Debug, Clone)]
pub struct TeamWeek {
    /// Ideas that arrive, in this order.
    pub ideas: Vec<Idea>,
    /// Capacity \[team-weeks\].
    pub capacity_team_weeks: f64,
}

/// Draws all weeks of all teams.
pub fn draw(setting: &Setting, generator: &mut ChaCha8Rng) -> Vec<Vec<TeamWeek>> {
    let team = |generator: &mut ChaCha8Rng| {
        (0..setting.weeks)
            .map(|week| draw_week(setting, week, generator))
            .collect()
    };
    (0..setting.teams).map(|_| team(generator)).collect()
}

fn draw_week(setting: &Setting, week: u32, generator: &mut ChaCha8Rng) -> TeamWeek {
    let arrivals = Poisson::new(setting.arrivals_per_team_week).expect("the arrival rate is above 0");
    let capacity = LogNormal::new(0.0, setting.capacity_log_deviation).expect("the deviation is finite");
    let count = arrivals.sample(generator) as u64;
    TeamWeek {
        ideas: (0..count).map(|_| draw_idea(setting, week, generator)).collect(),
        capacity_team_weeks: capacity.sample(generator),
    }
}

fn draw_idea(setting: &Setting, born_week: u32, generator: &mut ChaCha8Rng) -> Idea {
    let student = StudentT::new(VALUE_DEGREES_OF_FREEDOM).expect("3 degrees of freedom are allowed");
    let effort = LogNormal::new(setting.effort_log_mean, setting.effort_log_deviation)
        .expect("the deviation is finite");
    let error = Normal::new(0.0, setting.first_estimate_noise).expect("the deviation is finite");
    let value = setting.value_location + setting.value_scale * student.sample(generator);
    Idea {
        value,
        effort_team_weeks: effort.sample(generator),
        estimate: value + error.sample(generator),
        precision: 1.0 / setting.first_estimate_noise.powi(2),
        born_week,
    }
}
