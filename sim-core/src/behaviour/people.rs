//! Morale follows the work, people leave, newcomers learn.

use super::support::weekly_probability;
use crate::events::{EventKind, Subject};
use crate::math::exp;
use crate::organisation::{Organisation, Team};
use crate::policy::{FORECAST_WEEKS, Policy};
use crate::simulation::{Context, Records};
use crate::world::TeamDraw;

/// Weeks after which nobody remembers that a team once started on a need.
const MEMORY_WEEKS: i32 = 260;

/// Morale, attrition and learning of the week.
pub fn step(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>) {
    for (index, team) in organisation.teams.iter_mut().enumerate() {
        let policy = context.policy(team);
        let people = &policy.people;
        let trust = organisation.lines[team.line].trust;
        team.morale += people.morale_pace * (deserved_morale(policy, team, trust) - team.morale);
        team.newcomer_gap *= people.learning;
        if people.leaving_per_week > 0.0 {
            leave(context, policy, team, records, index);
        }
    }
    if context.week.rem_euclid(FORECAST_WEEKS) == 0 {
        for line in &mut organisation.lines {
            line.started
                .retain(|(_, _, week)| context.week - week <= MEMORY_WEEKS);
        }
    }
}

fn deserved_morale(policy: &Policy, team: &Team, trust: f64) -> f64 {
    let overload = 0.5 * (team.pressure + team.starvation);
    let drivers = policy.people.attraction + (trust - 0.5) - overload;
    (0.5 + policy.parameters.behaviour.morale_driver_weight * drivers).clamp(0.0, 1.0)
}

/// At most one person of a team leaves in a week; a newcomer takes the place and has to learn.
fn leave(context: &Context<'_>, policy: &Policy, team: &mut Team, records: &mut Records<'_>, index: usize) {
    let (people, behaviour) = (&policy.people, &policy.parameters.behaviour);
    let luck = context
        .world
        .team_uniform(index, context.week, TeamDraw::Attrition);
    // The probability is below its rate, and the rate below that of a team without morale: most weeks end here.
    if luck >= people.highest_leaving_per_week {
        return;
    }
    if context
        .prevented
        .holds(EventKind::Left, context.week, index, None)
    {
        return;
    }
    let unhappiness = exp(behaviour.attrition_morale_effect * (0.5 - team.morale));
    if luck >= weekly_probability(people.leaving_per_week * unhappiness) {
        return;
    }
    let missing = (1.0 - behaviour.newcomer_output) / policy.parameters.company.people_per_team;
    team.newcomer_gap = (team.newcomer_gap + missing).min(1.0);
    if records.measures.counting {
        records.measures.leavers += 1.0;
    }
    let subject = Subject {
        team: index,
        need: None,
        cause: None,
    };
    records.log.note(context.week, EventKind::Left, subject, || {
        format!("morale {:.2}", team.morale)
    });
}
