//! Every four weeks product people learn and forget, rise, leave, are trained and replaced, and what teams see follows.

mod hiring;
mod leaders;
mod learning;
mod moves;
mod view;

pub use moves::{go_to_operations, teach};
pub use view::{seat, switch};

use crate::costs;
use crate::growth::STEP_WEEKS;
use crate::organisation::{Level, Organisation, Seats, Staffing};
use crate::simulation::{Context, Records};

/// Fills all seats and posts before the first week.
pub fn open(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>) {
    leaders::open(context, organisation);
    for team in 0..organisation.teams.len() {
        let policy = context.policy(&organisation.teams[team]);
        let people = policy.parameters.roles.product_people_per_team;
        organisation.teams[team].seats =
            Seats::new(people, |place| hiring::at_the_start(context, policy, team, place));
    }
    for team in 0..organisation.teams.len() {
        view::look(context, organisation, team);
    }
    take_stock(context, organisation, records);
}

/// Product people of the last four weeks, at the end of them.
pub fn step(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>) {
    let is_due = context.week.rem_euclid(STEP_WEEKS) == STEP_WEEKS - 1;
    // What a transformation teaches fades even where nothing else about people changes.
    let people_change =
        context.transition.is_some() || context.policies.iter().any(|policy| policy.people_change);
    if !is_due || !people_change {
        return;
    }
    learning::step(context, organisation);
    leaders::step(context, organisation, records);
    for team in 0..organisation.teams.len() {
        moves::step(context, organisation, records, team);
    }
    notice(context, organisation, records);
}

/// Teams see with the eyes of those who are there now, and the company notes who that is.
pub fn notice(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>) {
    for team in 0..organisation.teams.len() {
        view::notice(context, organisation, team);
    }
    take_stock(context, organisation, records);
}

/// Notes who is there and what they cost.
pub fn take_stock(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>) {
    let (mut craft, mut seats, mut seniors, mut cost) = (0.0, 0.0, 0.0, 0.0);
    for team in &organisation.teams {
        for person in team.seats.people() {
            let knows = person.knows();
            seats += 1.0;
            craft += person.can().overall();
            seniors += f64::from(u8::from(person.level == Level::Senior));
            cost += costs::of_craft(
                &context.policy(team).parameters,
                team.seats.people_per_seat,
                &knows,
            );
        }
    }
    let (mut posts, mut experienced) = (0.0, 0.0);
    let mut operations = 0.0;
    for line in 0..organisation.lines.len() {
        let head = &organisation.lines[line].head;
        let attention = context
            .line_policy(organisation, line)
            .parameters
            .careers
            .leaders_per_line;
        posts += attention;
        experienced += attention * f64::from(u8::from(head.is_experienced()));
        operations += f64::from(organisation.lines[line].operations.people());
    }
    let chief = context.company_policy(organisation).parameters.careers.chief;
    posts += chief;
    experienced += chief * f64::from(u8::from(organisation.chief.is_experienced()));
    organisation.staffing = Staffing {
        craft: craft / seats,
        senior_share: seniors / seats,
        experienced_share: experienced / posts,
        operations,
    };
    records.measures.craft_cost = cost + operations * costs::of_operations(&context.common.parameters);
}
