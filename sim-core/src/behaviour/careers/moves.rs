//! Product people are trained, rise, leave, or go into operations, data and research; somebody else takes the seat.

use super::super::support::weekly_probability;
use super::hiring;
use crate::costs::{MIDDLING_CRAFT, WEEKS_PER_YEAR};
use crate::events::{EventKind, Subject};
use crate::growth::STEP_WEEKS;
use crate::math::exp;
use crate::organisation::{Level, Organisation, Person, Team};
use crate::policy::{HOURS_PER_WEEK, Policy};
use crate::simulation::{Context, Records};
use crate::world::{SeatDraw, person_draw};

/// Weeks from one look at somebody's level to the next.
const REVIEW_WEEKS: i32 = 52;

/// What happens to the people of a team in four weeks.
pub fn step(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>, team: usize) {
    for place in 0..organisation.teams[team].seats.people().len() {
        let policy = context.policy(&organisation.teams[team]);
        let seat = context.world.seat_key(team, place);
        review(context, &mut organisation.teams[team], records, team, place);
        let state = &organisation.teams[team];
        let person = state.seats.people()[place];
        let luck = context.world.seat_uniform(seat, context.week, SeatDraw::Leaves);
        if luck < leaving(policy, state, &person) {
            resign(context, organisation, records, team, place, None);
        }
    }
    let careers = &context.policy(&organisation.teams[team]).parameters.careers;
    let rate = careers.training_share * f64::from(STEP_WEEKS) / WEEKS_PER_YEAR;
    let first = context.world.seat_key(team, 0);
    let luck = context.world.seat_uniform(first, context.week, SeatDraw::Trained);
    if luck < weekly_probability(rate) {
        train(context, organisation, records, team, careers.training_weeks);
    }
}

/// Probability that somebody leaves within four weeks: more who are unhappy, held back, or good.
fn leaving(policy: &Policy, team: &Team, person: &Person) -> f64 {
    let behaviour = &policy.parameters.behaviour;
    let rate = behaviour.product_attrition_per_year * f64::from(STEP_WEEKS) / WEEKS_PER_YEAR;
    if rate == 0.0 {
        return 0.0;
    }
    let overall = person.knows().overall();
    let held_back = f64::from(Level::deserved(overall) as u8) - f64::from(person.level as u8);
    let push = behaviour.attrition_morale_effect * (0.5 - team.morale)
        + behaviour.held_back_effect * held_back.max(0.0)
        + behaviour.outside_effect * (overall - MIDDLING_CRAFT);
    weekly_probability(rate * exp(push))
}

/// Once a year people rise by a rung if they deserve it and the ladder has it.
fn review(context: &Context<'_>, team: &mut Team, records: &mut Records<'_>, index: usize, place: usize) {
    let top = hiring::top(&context.policy(team).parameters);
    let person = &mut team.seats.people_mut()[place];
    let weeks = context.week - person.joined;
    if weeks < REVIEW_WEEKS || weeks % REVIEW_WEEKS >= STEP_WEEKS {
        return;
    }
    let overall = person.knows().overall();
    if Level::deserved(overall) > person.level && person.level.next(top) > person.level {
        person.level = person.level.next(top);
        let level = person.level;
        records
            .log
            .note(context.week, EventKind::Promoted, of(index, None), || {
                format!("{}, craft {overall:.2}", level.word())
            });
    }
}

/// Trains all product people of a team for so many weeks, fees aside: they are away that long, craft rises by what reaches
/// the job, and some find that another job suits them better.
pub fn train(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    weeks: f64,
) {
    for place in 0..organisation.teams[team].seats.people().len() {
        train_person(context, organisation, records, team, place, weeks);
    }
}

fn train_person(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    place: usize,
    weeks: f64,
) {
    let state = &mut organisation.teams[team];
    let policy = context.policy(state);
    state.seats.away += weeks * HOURS_PER_WEEK * state.seats.people_per_seat;
    let person = state.seats.people()[place];
    let before = person.knows().overall();
    let event = teach(context, organisation, records, team, place, weeks, None);
    if !person.trained && opts_out(context, policy, team, place, person.ordinal, before) {
        find_another_job(context, organisation, records, team, place, event);
    }
}

/// Somebody learns what so many weeks of training teach.
pub fn teach(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    place: usize,
    weeks: f64,
    cause: Option<u32>,
) -> Option<u32> {
    let state = &mut organisation.teams[team];
    let growth = context.policy(state).growth;
    let person = &mut state.seats.people_mut()[place];
    let before = person.knows().overall();
    growth.train(person, weeks);
    let after = person.knows().overall();
    records
        .log
        .note(context.week, EventKind::Trained, of(team, cause), || {
            format!("{weeks} weeks, craft {before:.2} to {after:.2}")
        })
}

/// Whether somebody of this craft finds that another job suits better.
fn opts_out(
    context: &Context<'_>,
    policy: &Policy,
    team: usize,
    place: usize,
    ordinal: u32,
    craft: f64,
) -> bool {
    let person = context
        .world
        .person_key(context.world.seat_key(team, place), ordinal);
    let doubt = (1.0 - craft) / (1.0 - MIDDLING_CRAFT);
    person.uniform(person_draw::OPTS_OUT) < policy.parameters.behaviour.opting_out * doubt
}

/// Into operations, data or research of the line if it has a place, out of the company if not.
fn find_another_job(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    place: usize,
    cause: Option<u32>,
) {
    let state = &organisation.teams[team];
    let places = context.policy(state).parameters.careers.operations_places;
    if organisation.lines[state.line].operations.people() < places {
        go_to_operations(context, organisation, records, team, place, cause);
    } else {
        resign(context, organisation, records, team, place, cause);
    }
}

/// Into operations, data or research of the line; somebody else takes the seat.
pub fn go_to_operations(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    place: usize,
    cause: Option<u32>,
) {
    let state = &organisation.teams[team];
    let operations = &mut organisation.lines[state.line].operations;
    let person = context.world.person_key(
        context.world.seat_key(team, place),
        state.seats.people()[place].ordinal,
    );
    let (job, count) = if person.uniform(person_draw::OPERATIONS) < 0.5 {
        ("data", &mut operations.data)
    } else {
        ("research", &mut operations.access)
    };
    *count += 1;
    let event = records
        .log
        .note(context.week, EventKind::ToOperations, of(team, cause), || {
            job.to_owned()
        });
    refill(context, organisation, records, team, place, event);
}

/// A product person leaves the company.
fn resign(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    place: usize,
    cause: Option<u32>,
) {
    if context
        .prevented
        .holds(EventKind::Resigned, context.week, team, None)
    {
        return;
    }
    if records.measures.counting {
        records.measures.product_leavers += 1.0;
    }
    let state = &organisation.teams[team];
    let (person, morale) = (state.seats.people()[place], state.morale);
    let event = records
        .log
        .note(context.week, EventKind::Resigned, of(team, cause), || {
            let craft = person.knows().overall();
            format!("{}, craft {craft:.2}, morale {morale:.2}", person.level.word())
        });
    refill(context, organisation, records, team, place, event);
}

/// A newcomer takes an empty seat.
pub fn refill(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    place: usize,
    cause: Option<u32>,
) {
    let state = &mut organisation.teams[team];
    let policy = context.policy(state);
    let ordinal = state.seats.people()[place].ordinal + 1;
    let person = hiring::newcomer(context, policy, context.world.seat_key(team, place), ordinal);
    state.seats.people_mut()[place] = person;
    state.seats.away += hiring::hours(&policy.parameters);
    let craft = person.knows().overall();
    records
        .log
        .note(context.week, EventKind::Hired, of(team, cause), || {
            format!("{}, craft {craft:.2}", person.level.word())
        });
}

fn of(team: usize, cause: Option<u32>) -> Subject {
    Subject {
        team,
        need: None,
        cause,
    }
}
