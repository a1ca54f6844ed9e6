//! What teams see and find out follows the craft of their people, once that has moved noticeably.

use super::super::pair;
use super::hiring;
use crate::costs::MIDDLING_CRAFT;
use crate::math::exp;
use crate::organisation::{Craft, Leader, Organisation, Team};
use crate::policy::Policy;
use crate::sight::{Ability, Sight};
use crate::simulation::Context;

/// Gives a team as many product people as its policy has; true if that changed who is there.
pub fn seat(context: &Context<'_>, organisation: &mut Organisation, team: usize) -> bool {
    let state = &mut organisation.teams[team];
    let policy = context.policy(state);
    let people = policy.parameters.roles.product_people_per_team;
    if people == state.seats.people_in_all() {
        return false;
    }
    state
        .seats
        .resize(people, |place| hiring::at_the_start(context, policy, team, place));
    true
}

/// The people of a team see with the eyes of another policy. Unless others judge now, their craft is what was noticed last,
/// so that a change into the same policy changes nothing.
pub fn switch(context: &Context<'_>, organisation: &mut Organisation, team: usize, others_judge: bool) {
    let noticed = organisation.teams[team].sight.ability.craft;
    let mut ability = ability(context, organisation, team);
    if !others_judge && !ability.craft.is_far_from(&noticed) {
        ability.craft = noticed;
    }
    see(context, &mut organisation.teams[team], ability);
}

/// Looks again if craft, or what others do for the team, has moved noticeably.
pub fn notice(context: &Context<'_>, organisation: &mut Organisation, team: usize) {
    let ability = ability(context, organisation, team);
    if ability.has_changed(&organisation.teams[team].sight.ability) {
        see(context, &mut organisation.teams[team], ability);
    }
}

/// Works out what a team sees.
pub fn look(context: &Context<'_>, organisation: &mut Organisation, team: usize) {
    let ability = ability(context, organisation, team);
    see(context, &mut organisation.teams[team], ability);
}

fn see(context: &Context<'_>, team: &mut Team, ability: Ability) {
    let policy = context.policy(team);
    let perception = pair::perception(policy, team, &ability);
    team.sight = Sight::new(&policy.parameters, &policy.time, ability, perception);
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
