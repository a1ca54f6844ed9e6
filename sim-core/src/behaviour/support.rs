//! Work for other teams: found in joint planning and promised, or missed and asked for later.

use super::stakeholders;
use crate::events::{EventKind, Subject};
use crate::math::exp;
use crate::organisation::{Dependency, Idea, IdeaId, Organisation, Support};
use crate::policy::Policy;
use crate::sight::Sight;
use crate::simulation::{Context, Records};
use crate::world::need_draw;

/// When an item is committed, joint planning finds some of what it needs from others, who promise it.
pub fn find(context: &Context<'_>, organisation: &mut Organisation, team: usize, id: IdeaId) {
    let policy = context.policy(&organisation.teams[team]);
    let idea = &mut organisation.ideas[id];
    for slot in 0..idea.dependencies.len() {
        let Dependency::Hidden(partner) = idea.dependencies[slot] else {
            continue;
        };
        let server = context.policy(&organisation.teams[partner as usize]);
        if idea.key.uniform(need_draw::DEPENDENCY_FOUND + slot as u64) < policy.dependency_found_with(server)
        {
            idea.dependencies[slot] = Dependency::Open(partner);
            let support = ask(
                server,
                &organisation.teams[partner as usize].sight,
                team,
                idea,
                1.0,
                context.week,
            );
            organisation.teams[partner as usize]
                .promised_support
                .push_back(support);
        }
    }
}

/// An item leaves the plan before its work has started: it no longer needs what it asked others for.
pub fn withdraw(organisation: &mut Organisation, team: usize, id: IdeaId) {
    let idea = &mut organisation.ideas[id];
    for dependency in &mut idea.dependencies {
        if let Dependency::Open(partner) = *dependency {
            *dependency = Dependency::Hidden(partner);
            organisation.teams[partner as usize]
                .promised_support
                .retain(|support| support.team as usize != team || support.key != idea.key);
        }
    }
}

/// When work starts, what was missed comes to light: it is asked for, and the item waits.
pub fn discover(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    id: IdeaId,
) {
    let idea = &mut organisation.ideas[id];
    for slot in 0..idea.dependencies.len() {
        let Dependency::Hidden(partner) = idea.dependencies[slot] else {
            continue;
        };
        let subject = Subject::of(team, idea);
        if context
            .prevented
            .holds(EventKind::Blocked, context.week, team, subject.need)
        {
            idea.dependencies[slot] = Dependency::Clear;
            continue;
        }
        idea.dependencies[slot] = Dependency::Open(partner);
        idea.last_event = records.log.note(context.week, EventKind::Blocked, subject, || {
            format!("waits for team {partner}, which nobody had asked")
        });
        let server = context.policy(&organisation.teams[partner as usize]);
        let ratio = server.parameters.behaviour.missed_dependency_effort;
        let support = ask(
            server,
            &organisation.teams[partner as usize].sight,
            team,
            idea,
            ratio,
            context.week,
        );
        organisation.teams[partner as usize].asked_support.push(support);
    }
}

/// Work for `team` as a team that works by the policy `server` and sees so much perceives it.
fn ask(server: &Policy, sight: &Sight, team: usize, idea: &Idea, effort_ratio: f64, week: i32) -> Support {
    Support {
        team: team as u32,
        key: idea.key,
        rest: effort_ratio * server.parameters.environment.dependency_effort,
        perceived: sight.perception.view.alignment * idea.company_value.max(0.0),
        asked: week,
        event: idea.last_event,
    }
}

/// A team decides on what others have asked of it: against its own best idea, and in a plan only at the next event,
/// at the cost of a change, or when the others have waited too long.
#[inline]
pub fn decide(context: &Context<'_>, organisation: &mut Organisation, team: usize, planning: Planning) {
    if !organisation.teams[team].asked_support.is_empty() {
        weigh(context, organisation, team, planning);
    }
}

fn weigh(context: &Context<'_>, organisation: &mut Organisation, team: usize, planning: Planning) {
    let policy = context.policy(&organisation.teams[team]);
    let parameters = &policy.parameters;
    let (behaviour, commitment) = (&parameters.behaviour, &parameters.commitment);
    let backlog = &organisation.backlogs[organisation.teams[team].backlog];
    let rival = backlog
        .leaders()
        .next()
        .map_or(commitment.start_threshold, |best| best.value);
    let committed = policy.plans() && planning == Planning::Between;
    let state = &mut organisation.teams[team];
    let mut place = 0;
    while place < state.asked_support.len() {
        let support = state.asked_support[place];
        let weight = parameters.incentives.outcome_weight;
        let utility =
            weight * (behaviour.payoff_weeks * support.perceived - behaviour.cost_weight * support.rest);
        let waited = context.week - support.asked >= behaviour.dependency_escalation_weeks as i32;
        let wanted = if committed {
            utility > commitment.change_cost
        } else {
            utility > rival * support.rest
        };
        if waited || wanted {
            state
                .promised_support
                .push_back(state.asked_support.remove(place));
            if committed {
                stakeholders::change_plan(context, state);
            }
        } else {
            place += 1;
        }
    }
}

/// Whether a planning event is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planning {
    /// Everything is open.
    Event,
    /// The plan stands until the next event.
    Between,
}

/// Promised work for others comes first; returns the capacity that is left \[team-weeks\].
pub fn serve(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    mut capacity: f64,
) -> f64 {
    while let Some(support) = organisation.teams[team].promised_support.front_mut() {
        if support.rest > capacity {
            support.rest -= capacity;
            return 0.0;
        }
        capacity -= support.rest;
        let done = *support;
        organisation.teams[team].promised_support.pop_front();
        clear(context, organisation, records, team, &done);
    }
    capacity
}

/// The waiting team can go on.
fn clear(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    server: usize,
    support: &Support,
) {
    let waiting = &organisation.teams[support.team as usize];
    let mut unfinished = waiting.in_work.iter().chain(&waiting.plan);
    let Some(id) = unfinished.find(|id| organisation.ideas[**id].key == support.key) else {
        return;
    };
    let idea = &mut organisation.ideas[*id];
    for dependency in &mut idea.dependencies {
        if *dependency == Dependency::Open(server as u32) {
            *dependency = Dependency::Clear;
            break;
        }
    }
    let subject = Subject {
        team: support.team as usize,
        need: Some(support.key),
        cause: support.event,
    };
    let event = records.log.note(context.week, EventKind::Unblocked, subject, || {
        format!("team {server} did its part")
    });
    if event.is_some() {
        idea.last_event = event;
    }
}

/// Weekly probability of an event with the given rate a week.
pub fn weekly_probability(rate_per_week: f64) -> f64 {
    1.0 - exp(-rate_per_week)
}
