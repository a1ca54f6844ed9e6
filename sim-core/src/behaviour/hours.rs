//! How product people's hours are spent: duties first, discovery from what is left.

use crate::organisation::Organisation;
use crate::simulation::Context;

/// Works out the hours of every team.
pub fn step(context: &Context<'_>, organisation: &mut Organisation) {
    let effect = context.common.parameters.behaviour.starvation_effect;
    for team in &mut organisation.teams {
        let time = &context.policy(team).time;
        let trust = organisation.lines[team.line].trust;
        let duties = time.fixed_duty_hours + team.sight.story_hours + time.stakeholder_hours * (1.0 - trust);
        let left = team.seats.hours_here(time.product_hours) - duties;
        team.starvation = if left < 0.0 { effect * -left / duties } else { 0.0 };
        team.duties_done = if left < 0.0 { 1.0 + left / duties } else { 1.0 };
        team.discovery_hours = left.clamp(0.0, time.wanted_hours);
        team.seats.practised += team.discovery_hours;
    }
}
