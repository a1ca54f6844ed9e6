//! What teams see and find out follows the craft of their people, once that has moved noticeably.

use super::super::{pair, switch};
use super::hiring;
use crate::costs::MIDDLING_CRAFT;
use crate::math::exp;
use crate::organisation::{Craft, Leader, Organisation};
use crate::policy::Policy;
use crate::sight::{Ability, Sight};
use crate::simulation::Context;

/// Change in any part of ability after which everything is worked out anew; below it nobody would notice.
const NOTICEABLE: f64 = 0.01;

/// A team works by another policy: its people see with other eyes, and there may be more or fewer of them.
pub fn switch(context: &Context<'_>, organisation: &mut Organisation, team: usize) {
    let state = &mut organisation.teams[team];
    let policy = context.policy(state);
    let people = policy.parameters.roles.product_people_per_team;
    if people != state.seats.people_in_all() {
        state
            .seats
            .resize(people, |place| hiring::at_the_start(context, policy, team, place));
    }
    look(context, organisation, team);
}

/// Looks again if craft, or what others do for the team, has moved noticeably.
pub fn notice(context: &Context<'_>, organisation: &mut Organisation, team: usize) {
    let ability = ability(context, organisation, team);
    if ability.distance(&organisation.teams[team].sight.ability) > NOTICEABLE {
        let before = organisation.teams[team].sight.perception;
        look(context, organisation, team);
        if organisation.teams[team].sight.perception != before {
            switch::see_again(context, organisation, team);
        }
    }
}

/// Works out what a team sees.
pub fn look(context: &Context<'_>, organisation: &mut Organisation, team: usize) {
    let ability = ability(context, organisation, team);
    let state = &mut organisation.teams[team];
    let policy = context.policy(state);
    state.sight = Sight::new(&policy.parameters, &policy.time, ability);
    pair::see_together(policy, state);
}

fn ability(context: &Context<'_>, organisation: &Organisation, team: usize) -> Ability {
    let state = &organisation.teams[team];
    let policy = context.policy(state);
    let line = &organisation.lines[state.line];
    let teams = organisation.teams_of(&policy.parameters, state.line);
    let reach = policy.parameters.behaviour.operations_reach / teams.len() as f64;
    let helped = |given: f64, people: u32| match people {
        0 => given,
        _ => 1.0 - (1.0 - given) * exp(-reach * f64::from(people)),
    };
    let access = &policy.parameters.customer_access;
    Ability {
        craft: craft(organisation, team, teams).unwrap_or(policy.start.ability.craft),
        clarity: clarity(policy, &line.head, &organisation.chief),
        access: helped(access.product_people, line.operations.access),
        data: helped(access.data, line.operations.data),
    }
}

/// Mean craft of those who judge together: the product people of a team, or of all teams that share its backlog.
fn craft(organisation: &Organisation, team: usize, line: core::ops::Range<usize>) -> Option<Craft> {
    let backlog = organisation.teams[team].backlog;
    let together = organisation.teams[line]
        .iter()
        .filter(|other| other.backlog == backlog);
    let crafts = together.filter_map(|other| other.seats.craft());
    let (sum, count) = crafts.fold((None, 0.0), |(sum, count): (Option<Craft>, f64), craft| {
        let sum = sum.map_or(craft, |sum| sum.with(craft, |sum, craft| sum + craft));
        (Some(sum), count + 1.0)
    });
    sum.map(|sum| sum.map(|sum| sum / count))
}

/// The strategy's clarity as it reaches teams: each level of leaders loses a share of it as far as nobody able is there.
fn clarity(policy: &Policy, head: &Leader, chief: &Leader) -> f64 {
    let careers = &policy.parameters.careers;
    let effect = policy.parameters.behaviour.cascade_effect;
    let passed = |attention: f64, leader: &Leader| {
        let able = attention * (leader.craft.overall() / MIDDLING_CRAFT).min(1.0);
        1.0 - effect * (1.0 - able)
    };
    policy.parameters.strategy.clarity * passed(careers.leaders_per_line, head) * passed(careers.chief, chief)
}
