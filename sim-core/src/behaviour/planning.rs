//! What is worked on next: committed at planning events, or pulled when a place is free.

use super::support::{self, Planning};
use super::{capacity, mandates, pair, trust};
use crate::events::{EventKind, Subject};
use crate::organisation::{Idea, IdeaId, Kind, Organisation, Team};
use crate::policy::{FORECAST_WEEKS, Policy};
use crate::simulation::{Context, Records};
use crate::world::need_draw;

/// Share of what was promised that must be finished for the promise to count as kept.
const PROMISE_KEPT_SHARE: f64 = 0.8;

/// Longest time that a team looks back on when it forecasts \[weeks\].
const LONGEST_MEMORY: i32 = 104;

/// Weeks between two comparisons of a team's judgement with the truth; a backlog changes little in less.
const JUDGED_WEEKS: i32 = 24;
/// Most candidates that a forecast counts on.
const MOST_CANDIDATES: usize = 16;

/// Planning events, decisions on support, and starts of the week.
pub fn step(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>) {
    for team in 0..organisation.teams.len() {
        let policy = context.policy(&organisation.teams[team]);
        let event = policy.is_planning_week();
        if event {
            let planning = policy.time.planning_share * policy.parameters.company.team_capacity;
            let state = &mut organisation.teams[team];
            state.overhead += planning * state.staffing;
        }
        if event && policy.plans() {
            settle_promise(policy, organisation, team);
            support::decide(context, organisation, team, Planning::Event);
            mandates::decide(context, organisation, team, Planning::Event);
            fill(context, organisation, records, team);
        } else {
            support::decide(context, organisation, team, Planning::Between);
            mandates::decide(context, organisation, team, Planning::Between);
        }
        start(context, policy, organisation, records, team);
        if event && context.week - organisation.teams[team].forecast_week >= FORECAST_WEEKS {
            forecast(context, organisation, records, team);
        }
    }
}

/// Whether the last plan was kept shows at the next event.
fn settle_promise(policy: &Policy, organisation: &mut Organisation, team: usize) {
    let state = &organisation.teams[team];
    let line = &mut organisation.lines[state.line];
    if state.committed > 0.0 {
        if state.kept >= PROMISE_KEPT_SHARE * state.committed {
            trust::raise(policy, &mut line.trust, 1.0);
        } else {
            trust::lower(policy, &mut line.trust, 1.0);
        }
    }
}

/// Fills the planned capacity with the best candidates; the last one may exceed it.
fn fill(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>, team: usize) {
    let ranking = context.ranking(&organisation.teams[team]);
    let planned = planned_capacity(ranking.policy, organisation, team);
    let mut load = organisation.teams[team].committed_rest(&organisation.ideas);
    judge(context, organisation, records, team);
    let backlog = organisation.teams[team].backlog;
    while load < planned {
        let next = ranking.next(
            &organisation.ideas,
            &organisation.backlogs[backlog],
            planned - load,
        );
        let Some(place) = next else { break };
        let id = organisation.backlogs[backlog].take(place);
        let idea = &mut organisation.ideas[id];
        let subject = Subject::of(team, idea);
        idea.last_event = records
            .log
            .note(context.week, EventKind::Committed, subject, String::new);
        load += idea.estimate;
        support::find(context, organisation, team, id);
        organisation.teams[team].plan.push_back(id);
    }
    let state = &mut organisation.teams[team];
    state.committed = 0.0;
    state.kept = 0.0;
    for id in state.in_work.iter().chain(&state.plan) {
        let idea = &mut organisation.ideas[*id];
        idea.committed = true;
        state.committed += idea.estimate;
    }
}

/// Load factor times the pace of the team times the weeks until the next event without slack \[team-weeks\].
fn planned_capacity(policy: &Policy, organisation: &Organisation, team: usize) -> f64 {
    let commitment = &policy.parameters.commitment;
    let weeks = f64::from(commitment.cadence_weeks - commitment.slack_weeks);
    commitment.load_factor * weeks * capacity::pace(policy, &organisation.teams[team])
}

/// At a moment of choice, but not more often than every [`JUDGED_WEEKS`], judgement is compared with the truth.
fn judge(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>, team: usize) {
    let state = &mut organisation.teams[team];
    if records.measures.counting && context.week - state.judged >= JUDGED_WEEKS {
        state.judged = context.week;
        let backlog = &organisation.backlogs[state.backlog];
        records
            .measures
            .judge(context.policy(state), &organisation.ideas, backlog);
    }
}

/// Starts items while there are places; returns how many were started.
#[inline]
pub fn start(
    context: &Context<'_>,
    policy: &Policy,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
) -> usize {
    let state = &organisation.teams[team];
    let places = policy.parameters.commitment.wip_limit as usize;
    if state.in_work.len() >= places || (state.plan.is_empty() && !may_pull(policy)) {
        return 0;
    }
    start_next(context, policy, organisation, records, team)
}

fn start_next(
    context: &Context<'_>,
    policy: &Policy,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
) -> usize {
    let places = policy.parameters.commitment.wip_limit as usize;
    let mut started = 0;
    while organisation.teams[team].in_work.len() < places {
        let next = match organisation.teams[team].plan.pop_front() {
            Some(id) => Some(id),
            None if may_pull(policy) => pull(context, organisation, records, team),
            None => None,
        };
        let Some(id) = next else { break };
        if begin(context, organisation, records, team, id) {
            organisation.teams[team].in_work.push(id);
            started += 1;
        }
    }
    started
}

fn may_pull(policy: &Policy) -> bool {
    let commitment = &policy.parameters.commitment;
    if !policy.plans() {
        return true;
    }
    commitment.pull_when_empty && policy.weeks_left > commitment.slack_weeks as i32
}

fn pull(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
) -> Option<IdeaId> {
    let ranking = context.ranking(&organisation.teams[team]);
    judge(context, organisation, records, team);
    let capacity = f64::from(FORECAST_WEEKS) * capacity::pace(ranking.policy, &organisation.teams[team]);
    let free = capacity - organisation.teams[team].expected_work(&organisation.ideas);
    let backlog = organisation.teams[team].backlog;
    let place = ranking.next(&organisation.ideas, &organisation.backlogs[backlog], free)?;
    let id = organisation.backlogs[backlog].take(place);
    support::find(context, organisation, team, id);
    Some(id)
}

/// Work on an item starts, unless another team has started on the same need and that is noticed.
fn begin(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    id: IdeaId,
) -> bool {
    let idea = &mut organisation.ideas[id];
    let subject = Subject::of(team, idea);
    if context
        .prevented
        .holds(EventKind::Started, context.week, team, subject.need)
    {
        support::withdraw(organisation, team, id);
        organisation.ideas.remove(id);
        return false;
    }
    if idea.overlapping {
        let state = &organisation.teams[team];
        let line = &mut organisation.lines[state.line];
        let taken = line
            .started
            .iter()
            .any(|(key, other, _)| *key == idea.key && *other as usize != team);
        if taken {
            let chance = idea.key.uniform(need_draw::NOTICED + team as u64);
            if chance < state.sight.perception.view.alignment {
                records
                    .log
                    .note(context.week, EventKind::DuplicateAvoided, subject, String::new);
                support::withdraw(organisation, team, id);
                organisation.ideas.remove(id);
                return false;
            }
            idea.duplicate = true;
        } else {
            line.started.push((idea.key, team as u32, context.week));
        }
    }
    idea.last_event = records
        .log
        .note(context.week, EventKind::Started, subject, String::new);
    let backlog = organisation.teams[team].backlog;
    records.history.started(context.week, team, backlog, idea);
    meet_reality(context, idea);
    come_by_hand(context, &organisation.teams[team], idea);
    support::discover(context, organisation, records, team, id);
    true
}

/// What an item really takes, and whether it can be built at all, is settled by the world; work brings it to light.
fn meet_reality(context: &Context<'_>, idea: &mut Idea) {
    let parameters = &context.common.parameters;
    idea.effort = context.world.effort(parameters, idea.key, idea.estimate);
    idea.feasible = idea.kind != Kind::Solution || context.world.is_feasible(parameters, idea.key);
}

/// What is left of a need on its way to those who build it, and whether bad news would find its way back.
fn come_by_hand(context: &Context<'_>, team: &Team, idea: &mut Idea) {
    let policy = context.policy(team);
    if idea.kind == Kind::Solution {
        idea.fit = pair::fit(policy, team);
    }
    idea.held_back = pair::keeps_back_news(policy, team, idea.key);
}

/// At its first planning event after the last forecast has run out, a team says what it will finish in the next twelve
/// weeks: what is in work and planned, then up to sixteen of its best candidates, until as much is reached as it finished
/// in twelve weeks since the last forecast. Nothing in the model acts on it.
fn forecast(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>, team: usize) {
    let week = context.week;
    let state = &mut organisation.teams[team];
    records
        .measures
        .forecast_ended(state.forecast.0, state.forecast.1);
    let weeks = f64::from((week - state.forecast_week).clamp(FORECAST_WEEKS, LONGEST_MEMORY));
    let capacity = core::mem::take(&mut state.finished) * f64::from(FORECAST_WEEKS) / weeks;
    let (mut work, mut promised) = (0.0, 0.0);
    for id in state.in_work.iter().chain(&state.plan) {
        let idea = &mut organisation.ideas[*id];
        if work + 0.5 * idea.expected_rest() > capacity {
            break;
        }
        work += idea.expected_rest();
        promised += idea.estimate;
        idea.forecast = week;
    }
    let policy = context.policy(state);
    if work < capacity && (!policy.plans() || policy.parameters.commitment.pull_when_empty) {
        let backlog = &organisation.backlogs[state.backlog];
        let threshold = policy.parameters.commitment.start_threshold;
        for candidate in backlog.in_order().take(MOST_CANDIDATES) {
            let idea = &mut organisation.ideas[backlog.ids()[candidate.place as usize]];
            if idea.forecast == week {
                // Another team that shares the backlog counts on it.
                continue;
            }
            if candidate.value <= threshold || work + 0.5 * idea.estimate > capacity {
                break;
            }
            work += idea.estimate;
            promised += idea.estimate;
            idea.forecast = week;
        }
    }
    state.forecast_week = week;
    state.forecast = (promised, 0.0);
}
