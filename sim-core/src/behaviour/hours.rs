//! How product people's hours are spent: duties first, discovery from what is left.

use crate::organisation::{Organisation, Pair};
use crate::policy::Pairing;
use crate::simulation::Context;

/// Works out the hours of every team.
pub fn step(context: &Context<'_>, organisation: &mut Organisation) {
    let effect = context.common.parameters.behaviour.starvation_effect;
    for team in &mut organisation.teams {
        let policy = context.policy(team);
        let time = &policy.time;
        let trust = organisation.lines[team.line].trust;
        let here = team.seats.hours_here(time.product_hours);
        let available = (here - team.adoption.training_hours).max(0.0);
        let duties = Duties {
            everybody: time.fixed_duty_hours,
            stories: team.sight.story_hours,
            stakeholders: time.stakeholder_hours * (1.0 - trust),
        };
        let hours = match (&policy.pairing, &mut team.pair) {
            (Some(pairing), Some(pair)) => divided(pairing, pair, available, &duties),
            _ => Hours::new(available, duties.everybody + duties.stories + duties.stakeholders),
        };
        let undone = if hours.lacking > 0.0 {
            hours.lacking / hours.duties
        } else {
            0.0
        };
        team.starvation = effect * undone;
        team.duties_done = 1.0 - undone;
        team.discovery_hours = hours.spare.min(time.wanted_hours);
        team.seats.practised += team.discovery_hours;
    }
}

/// Duties of a team's product people \[hours/week\].
struct Duties {
    everybody: f64,
    stories: f64,
    stakeholders: f64,
}

/// What duties take of hours, what they lack, and what they leave \[hours/week\].
struct Hours {
    duties: f64,
    lacking: f64,
    spare: f64,
}

impl Hours {
    fn new(available: f64, duties: f64) -> Self {
        let left = available - duties;
        Self {
            duties,
            lacking: (-left).max(0.0),
            spare: left.max(0.0),
        }
    }
}

/// The hours of a pair: the owner writes stories, the manager sees stakeholders. The one helps the other out as far as
/// what has to be known for it passes between them.
fn divided(pairing: &Pairing, pair: &mut Pair, available: f64, duties: &Duties) -> Hours {
    let (managers, owners) = (pairing.managers, 1.0 - pairing.managers);
    let owner = Hours::new(
        owners * available,
        owners * duties.everybody + pairing.owner_hours + duties.stories,
    );
    let manager = Hours::new(
        managers * available,
        managers * duties.everybody + pairing.manager_hours + duties.stakeholders,
    );
    pair.attention = if manager.lacking > 0.0 {
        managers * available / manager.duties
    } else {
        1.0
    };
    let (lacking, spare) = (owner.lacking + manager.lacking, owner.spare + manager.spare);
    let helped = pair.accord.share * lacking.min(spare);
    Hours {
        duties: owner.duties + manager.duties,
        lacking: lacking - helped,
        spare: spare - helped,
    }
}
