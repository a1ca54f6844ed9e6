//! Morale follows the work, people leave, newcomers learn.

use super::support::weekly_probability;
use crate::costs::WEEKS_PER_YEAR;
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
    let policy = context.policy;
    let behaviour = &policy.parameters.behaviour;
    let work = attraction_of_work(policy);
    let pace = 1.0 - exp(-1.0 / behaviour.morale_weeks);
    let highest_unhappiness = exp(0.5 * behaviour.attrition_morale_effect);
    let learning = exp(-2.0 / behaviour.ramp_weeks);
    for index in 0..organisation.teams.len() {
        let team = &mut organisation.teams[index];
        let trust = organisation.lines[team.line].trust;
        let deserved = deserved_morale(policy, team, work, trust);
        team.morale += pace * (deserved - team.morale);
        team.newcomer_gap *= learning;
        if behaviour.attrition_per_year > 0.0 {
            leave(context, team, records, index, highest_unhappiness);
        }
    }
    if context.week.rem_euclid(FORECAST_WEEKS) == 0 {
        for line in &mut organisation.lines {
            line.started
                .retain(|(_, _, week)| context.week - week <= MEMORY_WEEKS);
        }
    }
}

/// What the operating model itself does to morale: customer contact, autonomy, role clarity and visible outcomes, each
/// by its distance from what is usual in either kind of company.
fn attraction_of_work(policy: &Policy) -> f64 {
    const USUAL_CONTACT: f64 = 0.25;
    const USUAL_AUTONOMY: f64 = 0.5;
    const USUAL_CLARITY: f64 = 0.6;
    const USUAL_OUTCOMES: f64 = 0.45;
    let parameters = &policy.parameters;
    let governance = &parameters.governance;
    let dictated = 0.25
        * (governance.sales_weight
            + governance.executive_weight
            + governance.engineering_weight
            + governance.customer_weight);
    let autonomy = (1.0 - governance.request_acceptance) * (1.0 - dictated);
    let outcomes = (parameters.customer_access.data * parameters.incentives.outcome_weight).sqrt();
    (parameters.customer_access.engineers - USUAL_CONTACT)
        + (autonomy - USUAL_AUTONOMY)
        + (parameters.roles.role_clarity - USUAL_CLARITY)
        + (outcomes - USUAL_OUTCOMES)
}

fn deserved_morale(policy: &Policy, team: &Team, work: f64, trust: f64) -> f64 {
    let overload = 0.5 * (team.pressure + team.starvation);
    let level = 0.5 + policy.parameters.behaviour.morale_driver_weight * (work + (trust - 0.5) - overload);
    level.clamp(0.0, 1.0)
}

/// At most one person of a team leaves in a week; a newcomer takes the place and has to learn.
fn leave(
    context: &Context<'_>,
    team: &mut Team,
    records: &mut Records<'_>,
    index: usize,
    highest_unhappiness: f64,
) {
    let parameters = &context.policy.parameters;
    let behaviour = &parameters.behaviour;
    let people = parameters.company.people_per_team;
    let usual = people * behaviour.attrition_per_year / WEEKS_PER_YEAR;
    let luck = context
        .world
        .team_uniform(index, context.week, TeamDraw::Attrition);
    // The probability is below its rate, and the rate below that of a team without morale: most weeks end here.
    if luck >= usual * highest_unhappiness {
        return;
    }
    let unhappiness = exp(behaviour.attrition_morale_effect * (0.5 - team.morale));
    if luck >= weekly_probability(usual * unhappiness) {
        return;
    }
    team.newcomer_gap = (team.newcomer_gap + (1.0 - behaviour.newcomer_output) / people).min(1.0);
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
