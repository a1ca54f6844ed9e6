//! Who works on which product line: standing teams that move to where one more brings most, or projects that are funded
//! by claims once a year.

use core::cmp::Ordering;

use crate::events::{EventKind, Subject};
use crate::organisation::Organisation;
use crate::parameters::{Funding, Parameters};
use crate::policy::Policy;
use crate::sight::acumen;
use crate::simulation::{Context, Records};

/// Weeks between two budgets for projects.
const BUDGET_WEEKS: i32 = 52;
/// A line's budget for projects is between this share of its even share and its inverse.
const SMALLEST_BUDGET: f64 = 0.5;

/// Decisions that are due this week.
pub fn step(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>) {
    let policy = context.company_policy(organisation);
    let governance = &policy.parameters.governance;
    match (governance.funding, governance.reallocation_cadence_weeks as i32) {
        (Funding::Standing, 0) => {}
        (Funding::Standing, cadence) => {
            if context.week.rem_euclid(cadence) == 0 && organisation.lines.len() > 1 {
                move_one(context, policy, organisation, records);
            }
        }
        (Funding::Project, _) => {
            if context.week.rem_euclid(BUDGET_WEEKS) == 0 {
                fund_projects(context, policy, organisation, records);
            }
        }
    }
}

/// One team moves from where it is thought to bring least to where it is thought to bring most, if until the next look
/// it is thought to bring more than it loses while it learns.
fn move_one(
    context: &Context<'_>,
    policy: &Policy,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
) {
    perceive(context, organisation, policy);
    let lines = &organisation.lines;
    let prospect = |line: &usize| lines[*line].prospect;
    let by_prospect = |a: &usize, b: &usize| prospect(a).total_cmp(&prospect(b));
    // Of equal lines the first.
    let best = (0..lines.len()).rev().max_by(by_prospect);
    let worst = (0..lines.len())
        .filter(|line| lines[*line].staff >= 2.0)
        .min_by(by_prospect);
    let (Some(best), Some(worst)) = (best, worst) else {
        return;
    };
    let behaviour = &policy.parameters.behaviour;
    let gain = (prospect(&best) - prospect(&worst))
        * f64::from(policy.parameters.governance.reallocation_cadence_weeks);
    // A newcomer's gap shrinks by exp(−2/ramp) a week: in all, half a ramp of what newcomers lack at first.
    let lost_weeks = 0.5 * behaviour.ramp_weeks * (1.0 - behaviour.newcomer_output);
    let price = lost_weeks * (prospect(&best) + behaviour.cost_weight).max(0.0);
    // Where nobody judges what ideas are worth, the gain is not a number, and nobody moves.
    if gain.partial_cmp(&price) != Some(Ordering::Greater) {
        return;
    }
    let subject = Subject {
        team: organisation.teams_of(&policy.parameters, best).start,
        need: None,
        cause: None,
    };
    let (low, high) = (prospect(&worst), prospect(&best));
    records
        .log
        .note(context.week, EventKind::TeamsMoved, subject, || {
            format!(
                "one team from product line {} ({low:.2} over cost) to {} ({high:.2})",
                worst + 1,
                best + 1
            )
        });
    let (from, to) = (organisation.lines[worst].staff, organisation.lines[best].staff);
    staff(organisation, &policy.parameters, worst, from - 1.0);
    staff(organisation, &policy.parameters, best, to + 1.0);
}

/// What one more team would bring each line, as a head of product sees it: the worth over cost of the best ideas its
/// teams have not taken, with an error that acumen and data make smaller.
fn perceive(context: &Context<'_>, organisation: &mut Organisation, policy: &Policy) {
    let parameters = &policy.parameters;
    let ability = &organisation.teams[0].sight.ability;
    let craft = if parameters.careers.chief > 0.0 {
        organisation.chief.craft.business
    } else {
        ability.craft.business
    };
    let insight = (acumen(parameters, craft) * ability.data).sqrt();
    let noise = parameters.behaviour.allocation_noise * (1.0 - insight);
    for line in 0..organisation.lines.len() {
        let teams = organisation.teams_of(parameters, line);
        let count = teams.len() as f64;
        let worth: f64 = teams.map(|team| best_worth(context, organisation, team)).sum();
        let error = if noise > 0.0 {
            noise * context.world.perception_error(line, context.week)
        } else {
            0.0
        };
        organisation.lines[line].prospect = worth / count + error;
    }
}

/// Worth over cost of a team's best idea, as the team believes; 0 if it has none.
fn best_worth(context: &Context<'_>, organisation: &Organisation, team: usize) -> f64 {
    let state = &organisation.teams[team];
    let backlog = &organisation.backlogs[state.backlog];
    let best = backlog.leaders().next();
    best.map_or(0.0, |best| {
        let idea = &organisation.ideas[backlog.ids()[best.place as usize]];
        context.ranking(state).worth(idea)
    })
}

/// Budgets follow the loudest claims, and many of those who worked together go to other projects.
fn fund_projects(
    context: &Context<'_>,
    policy: &Policy,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
) {
    let parameters = &policy.parameters;
    if organisation.lines.len() > 1 {
        fund(organisation, parameters);
        let subject = Subject {
            team: 0,
            need: None,
            cause: None,
        };
        let staff = organisation.lines.iter().map(|line| line.staff);
        let (low, high) = staff.fold((f64::INFINITY, 0.0_f64), |(low, high), staff| {
            (low.min(staff), high.max(staff))
        });
        records
            .log
            .note(context.week, EventKind::TeamsMoved, subject, || {
                format!("projects are funded: {low:.1} to {high:.1} teams on a product line")
            });
    }
    let (turnover, missing) = (
        parameters.behaviour.project_turnover,
        1.0 - parameters.behaviour.newcomer_output,
    );
    for team in &mut organisation.teams {
        team.newcomer_gap += turnover * (missing - team.newcomer_gap).max(0.0);
    }
}

fn fund(organisation: &mut Organisation, parameters: &Parameters) {
    let mut claimed = 0.0;
    for line in 0..organisation.lines.len() {
        let teams = organisation.teams_of(parameters, line);
        let claims = teams.map(|team| loudest_claim(organisation, team)).sum::<f64>();
        organisation.lines[line].prospect = claims;
        claimed += claims;
    }
    let places: f64 = organisation.lines.iter().map(|line| line.places).sum();
    let mut funded = 0.0;
    for line in &mut organisation.lines {
        let ratio = if claimed > 0.0 {
            line.prospect / line.places * places / claimed
        } else {
            1.0
        };
        line.prospect = line.places * ratio.clamp(SMALLEST_BUDGET, 1.0 / SMALLEST_BUDGET);
        funded += line.prospect;
    }
    for line in 0..organisation.lines.len() {
        let budget = organisation.lines[line].prospect * places / funded;
        staff(organisation, parameters, line, budget);
    }
}

/// What somebody claims the loudest idea of a team's backlog to bring; 0 if there is none.
fn loudest_claim(organisation: &Organisation, team: usize) -> f64 {
    let backlog = &organisation.backlogs[organisation.teams[team].backlog];
    let loudest = backlog.loudest().map(|place| backlog.ids()[place]);
    loudest.map_or(0.0, |id| organisation.ideas[id].claim.max(0.0))
}

/// A line has `staff` teams from now on, shared out evenly over its places; those who are new to it have to learn.
fn staff(organisation: &mut Organisation, parameters: &Parameters, line: usize, staff: f64) {
    let state = &mut organisation.lines[line];
    let stayed = (state.staff / staff).min(1.0);
    let staffing = staff / state.places;
    state.staff = staff;
    for team in organisation.teams_of(parameters, line) {
        let team = &mut organisation.teams[team];
        team.staffing = staffing;
        team.newcomer_gap =
            stayed * team.newcomer_gap + (1.0 - stayed) * (1.0 - parameters.behaviour.newcomer_output);
    }
}
