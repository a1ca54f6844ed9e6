//! Who gets a seat or a post: chosen among candidates by what can be seen of them.

use crate::organisation::{Craft, Leader, Level, Person};
use crate::parameters::{Ladder, Parameters};
use crate::policy::Policy;
use crate::random::{Key, normal_upper};
use crate::simulation::Context;
use crate::world::person_draw;

/// Hours that a two-day class takes.
const CLASS_HOURS: f64 = 16.0;
/// Weeks before the first one within which people joined who are there at the start.
const EARLIER_WEEKS: f64 = 104.0;

/// Correlation of what is seen of candidates with their craft. Certificates say nothing about it, so whatever weight w
/// they have is weight of noise: ρ·(1 − w)/√((1 − w)² + w²), both signals being standardised.
pub fn accuracy(parameters: &Parameters) -> f64 {
    let weight = parameters.careers.certificate_weight;
    let evidence = 1.0 - weight;
    parameters.behaviour.hiring_accuracy * evidence / (evidence * evidence + weight * weight).sqrt()
}

/// How good the hired person is, in standard deviations of candidates: the signal is one of the best
/// `careers.selected_share`, and craft follows it with the correlation of [`accuracy`].
pub fn standing(policy: &Policy, context: &Context<'_>, person: Key) -> f64 {
    let share = policy.parameters.careers.selected_share;
    let tail = share * (1.0 - person.uniform(person_draw::SIGNAL));
    let signal = if tail < 0.5 {
        normal_upper(tail)
    } else {
        -normal_upper((1.0 - tail).max(1e-16))
    };
    let accuracy = accuracy(&policy.parameters);
    let rest = (1.0 - accuracy * accuracy).sqrt();
    accuracy * signal + rest * person.symmetric(person_draw::TALENT, context.world.normal())
}

/// Somebody of this standing among people like those with whom the company started.
fn of_standing(policy: &Policy, standing: f64) -> Craft {
    let shift = policy.parameters.company.craft_spread * standing;
    policy
        .start
        .ability
        .craft
        .map(|craft| (craft + shift).clamp(0.0, 1.0))
}

/// The highest rung that a ladder has for product people of teams.
pub fn top(parameters: &Parameters) -> Level {
    match parameters.careers.ladder {
        Ladder::One => Level::Senior,
        Ladder::Split => Level::Manager,
    }
}

/// Whoever holds a seat when the story begins, on the rung that is deserved: the same person whatever the ladder.
pub fn at_the_start(context: &Context<'_>, policy: &Policy, team: usize, place: usize) -> Person {
    let key = context.world.person_key(context.world.seat_key(team, place), 0);
    let standing = key.symmetric(person_draw::TALENT, context.world.normal());
    let earlier = (EARLIER_WEEKS * key.uniform(person_draw::JOINED)) as i32;
    let craft = of_standing(policy, standing);
    Person {
        craft,
        fresh: Craft::default(),
        gap: 0.0,
        level: Level::deserved(craft.overall()),
        joined: context.week - earlier,
        ordinal: 0,
        trained: false,
    }
}

/// A newcomer, who still has to find the way.
pub fn newcomer(context: &Context<'_>, policy: &Policy, seat: Key, ordinal: u32) -> Person {
    let parameters = &policy.parameters;
    let person = context.world.person_key(seat, ordinal);
    let mut craft = of_standing(policy, standing(policy, context, person));
    policy
        .growth
        .certify(&mut craft, parameters.careers.certification);
    Person {
        craft,
        fresh: Craft::default(),
        gap: 1.0 - parameters.behaviour.newcomer_output,
        level: Level::deserved(craft.overall()).min(top(parameters)),
        joined: context.week,
        ordinal,
        trained: false,
    }
}

/// Hours of a team that one newcomer costs: candidates are looked at until one is good enough, and a class takes its time.
pub fn hours(parameters: &Parameters) -> f64 {
    let careers = &parameters.careers;
    parameters.behaviour.hours_per_candidate / careers.selected_share + CLASS_HOURS * careers.certification
}

/// A leader from the market, or at the start: one who has done it before, or somebody of the company's usual craft.
pub fn leader(context: &Context<'_>, policy: &Policy, post: Key, ordinal: u32) -> Leader {
    let person = context.world.person_key(post, ordinal);
    let share = policy.parameters.company.experienced_leaders;
    let craft = if person.uniform(person_draw::EXPERIENCED) < share {
        experienced(policy)
    } else {
        policy.start.ability.craft
    };
    Leader { craft, ordinal }
}

/// Craft of a leader who has done it before.
pub fn experienced(policy: &Policy) -> Craft {
    let usual = policy.start.ability.craft;
    usual.map(|craft| craft.max(Leader::EXPERIENCED_CRAFT))
}
