//! Work gets done: capacity, its losses, and what it goes into.

use super::{capacity, mandates, pair, planning, release, support};
use crate::events::{EventKind, IMPOSSIBLE, Subject};
use crate::organisation::{Idea, Ideas, NO_WEEK, Organisation, Team, Waiting};
use crate::policy::{FORECAST_WEEKS, Policy};
use crate::simulation::{Context, Records};

/// Work of the week in every team.
pub fn step(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>) {
    // Luck of all teams first: what is worked out for one does not have to wait for what another one does with its own.
    for (number, team) in organisation.teams.iter_mut().enumerate() {
        team.luck = context
            .world
            .luck(&context.common.parameters, number, context.week);
    }
    for team in 0..organisation.teams.len() {
        work(context, organisation, records, team);
    }
}

/// A team's week: overhead, promises to others, own items, and clean-up in what time is left.
fn work(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>, team: usize) {
    let Organisation { teams, ideas, .. } = organisation;
    let state = &mut teams[team];
    let policy = context.policy(state);
    let condition = capacity::condition(policy, state);
    state.pressure = pressure(context, policy, ideas, state, condition);
    let shortcuts = state.pressure * policy.parameters.behaviour.shortcut_gain;
    let all = capacity::weekly(policy, state, condition) * state.luck * (1.0 + shortcuts);
    let overhead = state.overhead.min(all);
    state.overhead -= overhead;
    let own = support::serve(context, organisation, records, team, all - overhead);
    let idle = deliver(context, policy, organisation, records, team, own);
    let Organisation { teams, ideas, .. } = organisation;
    let state = &mut teams[team];
    for id in &state.in_work {
        let idea = &mut ideas[*id];
        if !idea.is_blocked() {
            idea.active_weeks = idea.active_weeks.saturating_add(1);
        }
    }
    age_debt(policy, state, own - idle, idle);
}

/// How hard a team is pressed to deliver: by a plan or a date it is behind, and by managers who count output \[0-1\].
fn pressure(context: &Context<'_>, policy: &Policy, ideas: &Ideas, team: &Team, condition: f64) -> f64 {
    let push = 1.0 - policy.parameters.incentives.manager_outcome_weight;
    if push == 0.0 || policy.parameters.behaviour.shortcut_gain == 0.0 {
        return 0.0;
    }
    let pace = capacity::pace_in(policy, team, condition);
    let behind = |work: f64, weeks: i32| (work / (pace * f64::from(weeks.max(1))) - 1.0).clamp(0.0, 1.0);
    let mut most = 0.0_f64;
    if policy.plans() {
        most = behind(team.committed_rest(ideas), policy.weeks_left);
    }
    for idea in team
        .in_work
        .iter()
        .map(|id| &ideas[*id])
        .filter(|idea| idea.due != NO_WEEK)
    {
        most = most.max(behind(idea.expected_rest(), idea.due - context.week + 1));
    }
    push * most
}

/// Own items get what capacity is left; returns what nothing could be done with \[team-weeks\].
fn deliver(
    context: &Context<'_>,
    policy: &Policy,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    own: f64,
) -> f64 {
    let parameters = &policy.parameters;
    let in_work = organisation.teams[team].in_work.len();
    let switching = 1.0 - parameters.behaviour.switching_loss * in_work.saturating_sub(1) as f64;
    let mut left = mandates::first(context, organisation, policy, team, own * switching.max(0.1));
    loop {
        left = share_out(context, policy, organisation, records, team, left);
        if left <= 0.0 || planning::start(context, policy, organisation, records, team) == 0 {
            return left;
        }
    }
}

/// Shares capacity equally among the items that do not wait; returns what is left when all are finished or wait.
fn share_out(
    context: &Context<'_>,
    policy: &Policy,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    mut capacity: f64,
) -> f64 {
    loop {
        let Organisation { teams, ideas, .. } = &mut *organisation;
        let in_work = &teams[team].in_work;
        let busy = in_work.iter().filter(|id| !ideas[**id].is_blocked()).count();
        if busy == 0 || capacity <= 0.0 {
            return capacity;
        }
        let share = capacity / busy as f64;
        let (mut left, mut finished) = (0.0, 0);
        for id in in_work {
            let idea = &mut ideas[*id];
            if idea.is_blocked() {
                continue;
            }
            let end = end_of_work(policy, idea);
            let need = end - idea.done;
            if share < need {
                idea.done += share;
            } else {
                idea.done = end;
                left += share - need;
                finished += 1;
            }
        }
        if finished == 0 {
            return 0.0;
        }
        finish_done(context, organisation, records, team);
        if !policy.parameters.commitment.carry_leftover_capacity || left <= 1e-12 {
            return 0.0;
        }
        capacity = left;
    }
}

/// Items on which all work is done leave the work of a team, in their order.
fn finish_done(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
) {
    let mut place = 0;
    while let Some(id) = organisation.teams[team].in_work.get(place) {
        let idea = &organisation.ideas[*id];
        if idea.done >= end_of_work(context.common, idea) {
            finish(context, organisation, records, team, place);
        } else {
            place += 1;
        }
    }
}

/// Effort at which an item is finished, or given up because it cannot be built \[team-weeks\]; where that is not passed
/// on, work goes on to its end.
fn end_of_work(policy: &Policy, idea: &Idea) -> f64 {
    if idea.feasible || idea.held_back {
        idea.effort
    } else {
        policy.parameters.behaviour.infeasible_effort_share * idea.effort
    }
}

/// A finished item waits for release; an infeasible one is given up.
fn finish(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    place: usize,
) {
    let Organisation {
        teams, lines, ideas, ..
    } = organisation;
    let state = &mut teams[team];
    let id = state.in_work.remove(place);
    let idea = &mut ideas[id];
    idea.active_weeks = idea.active_weeks.saturating_add(1);
    let mut subject = Subject::of(team, idea);
    if !idea.feasible {
        records.measures.spent(idea.done, false);
        if records.measures.counting {
            records.measures.items_killed += 1.0;
        }
        let step = context.common.parameters.behaviour.morale_event_step;
        state.morale = (state.morale - step).max(0.0);
        if idea.held_back {
            subject.cause = pair::learn_late(context, state, records, subject);
        }
        let cause = records
            .log
            .note(context.week, EventKind::Killed, subject, || IMPOSSIBLE.to_owned());
        if idea.due != NO_WEEK {
            let subject = Subject { cause, ..subject };
            release::miss_date(context, &mut lines[state.line], records, idea, subject, || {
                "given up".to_owned()
            });
        }
        records.history.dropped(context.week, state.backlog, idea);
        ideas.remove(id);
        return;
    }
    state.finished += idea.estimate;
    if idea.committed {
        state.kept += idea.estimate;
    }
    if idea.forecast == state.forecast_week && context.week < state.forecast_week + FORECAST_WEEKS {
        state.forecast.1 += idea.estimate;
    }
    idea.last_event = records.log.note(context.week, EventKind::Finished, subject, || {
        format!("took {:.1} team-weeks, estimated {:.1}", idea.done, idea.estimate)
    });
    records.history.finished(context.week, state.backlog, idea);
    lines[state.line].waiting.push(Waiting {
        idea: id,
        team: team as u32,
        ready: context.week,
        reworked: false,
    });
}

/// Debt grows with work and shortcuts; clean-up, planned or in idle time, removes a share of what there is.
fn age_debt(policy: &Policy, team: &mut Team, worked: f64, idle: f64) {
    let behaviour = &policy.parameters.behaviour;
    let grown = worked * (behaviour.debt_growth + team.pressure * behaviour.shortcut_debt);
    let planned = policy.parameters.commitment.debt_share * policy.parameters.company.team_capacity;
    let clean_up = (planned + idle.max(0.0)) * behaviour.debt_repayment;
    team.debt = (team.debt + grown) / (1.0 + clean_up);
}
