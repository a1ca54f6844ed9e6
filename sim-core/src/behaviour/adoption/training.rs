//! The training of a transformation: who of an invited team is taught, what it takes, and who then chooses other work.

use super::super::{business, careers};
use crate::organisation::{NO_WEEK, Organisation, Team};
use crate::random::Key;
use crate::simulation::{Context, Records};
use crate::transition::Transition;
use crate::world::person_draw;

/// A team is invited: its fees are paid, its certificates are handed out, and its training begins.
pub fn begin(
    context: &Context<'_>,
    transition: &Transition,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
) {
    let state = &mut organisation.teams[team];
    state.adoption.trained = context.week + transition.training_weeks;
    let change = &transition.parameters;
    let growth = context.policy(state).growth;
    for person in state.seats.people_mut() {
        growth.certify(&mut person.craft, change.certification);
    }
    let certified = change.certification * state.seats.people_in_all();
    let taught = people_in_training(context, transition, state, team);
    let fee = taught * transition.training_fee + certified * transition.certification_fee;
    records.measures.pay(context.common, fee);
    business::pay(organisation, fee);
}

/// A team in training spends its hours on it; at the end of the last week everybody in it has learnt, and some choose
/// other work. Returns whether that week has come.
pub fn step(
    context: &Context<'_>,
    transition: &Transition,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
) -> bool {
    let trained = organisation.teams[team].adoption.trained;
    if trained == NO_WEEK || context.week > trained {
        return false;
    }
    if context.week == trained {
        organisation.teams[team].adoption.training_hours = 0.0;
        finish(context, transition, organisation, records, team);
        return true;
    }
    let people = people_in_training(context, transition, &organisation.teams[team], team);
    organisation.teams[team].adoption.training_hours = people * transition.training_hours;
    false
}

fn finish(
    context: &Context<'_>,
    transition: &Transition,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
) {
    let change = &transition.parameters;
    let cause = organisation.teams[team].adoption.last_event;
    for place in 0..organisation.teams[team].seats.people().len() {
        let state = &organisation.teams[team];
        if !is_in_training(context, transition, state, team, place) {
            continue;
        }
        let luck = person_key(context, state, team, place).uniform(person_draw::CHOOSES);
        let weeks = transition.weeks_taught;
        let event = careers::teach(context, organisation, records, team, place, weeks, cause);
        if luck < change.self_selection {
            careers::go_to_operations(context, organisation, records, team, place, event);
        }
    }
}

/// People of a team who are in training, where one with other teams too counts in part.
fn people_in_training(context: &Context<'_>, transition: &Transition, state: &Team, team: usize) -> f64 {
    let places = 0..state.seats.people().len();
    let taught = places.filter(|place| is_in_training(context, transition, state, team, *place));
    taught.count() as f64 * state.seats.people_per_seat
}

/// Whether somebody is among those of a team who are trained: chosen, and there when training began.
fn is_in_training(
    context: &Context<'_>,
    transition: &Transition,
    state: &Team,
    team: usize,
    place: usize,
) -> bool {
    let luck = person_key(context, state, team, place).uniform(person_draw::TAUGHT);
    let began = state.adoption.trained - transition.training_weeks;
    state.seats.people()[place].joined <= began && luck < transition.parameters.training
}

fn person_key(context: &Context<'_>, state: &Team, team: usize, place: usize) -> Key {
    let seat = context.world.seat_key(team, place);
    context
        .world
        .person_key(seat, state.seats.people()[place].ordinal)
}
