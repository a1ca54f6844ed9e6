//! Stakeholders ask for things now, and for dates; how often depends on their trust.

use super::{capacity, trust};
use crate::events::{EventKind, PUT_FIRST, Subject};
use crate::math::exp;
use crate::organisation::{NO_WEEK, Organisation, Team};
use crate::policy::QUARTER_WEEKS;
use crate::simulation::{Context, Records};
use crate::world::TeamDraw;

/// Requests and date asks of the week.
pub fn step(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>) {
    let parameters = &context.common.parameters;
    let environment = &parameters.environment;
    if environment.requests_per_team_quarter == 0.0 && environment.date_asks_per_team_quarter == 0.0 {
        return;
    }
    for line in 0..organisation.lines.len() {
        let distrust = 2.0 * (1.0 - organisation.lines[line].trust);
        let weekly = |rate: f64| 1.0 - exp(-rate * distrust / QUARTER_WEEKS);
        let request = weekly(environment.requests_per_team_quarter);
        let date_ask = weekly(environment.date_asks_per_team_quarter);
        for team in organisation.teams_of(parameters, line) {
            if context.world.team_uniform(team, context.week, TeamDraw::Request) < request {
                ask_now(context, organisation, records, team);
            }
            if context.world.team_uniform(team, context.week, TeamDraw::DateAsk) < date_ask {
                ask_date(context, organisation, records, team);
            }
        }
    }
}

/// Somebody wants the loudest idea of the backlog built first.
fn ask_now(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>, team: usize) {
    let backlog = &organisation.backlogs[organisation.teams[team].backlog];
    let Some(place) = backlog.loudest() else {
        return;
    };
    let id = backlog.ids()[place];
    let idea = &mut organisation.ideas[id];
    let subject = Subject::of(team, idea);
    let event = records.log.note(context.week, EventKind::Requested, subject, || {
        idea.source.word().to_owned()
    });
    let subject = Subject {
        cause: event,
        ..subject
    };
    let chance = context
        .world
        .team_uniform(team, context.week, TeamDraw::Acceptance);
    let policy = context.policy(&organisation.teams[team]);
    let is_refused = chance >= policy.parameters.governance.request_acceptance
        || context
            .prevented
            .holds(EventKind::PlanChanged, context.week, team, subject.need);
    if is_refused {
        let state = &organisation.teams[team];
        trust::lower(
            policy,
            &mut organisation.lines[state.line].trust,
            cost_of_no(state),
        );
        records
            .log
            .note(context.week, EventKind::Refused, subject, String::new);
        return;
    }
    let backlog = organisation.teams[team].backlog;
    organisation.backlogs[backlog].take(place);
    idea.last_event = records
        .log
        .note(context.week, EventKind::PlanChanged, subject, || {
            PUT_FIRST.to_owned()
        });
    let team = &mut organisation.teams[team];
    change_plan(context, team);
    team.plan.push_front(id);
}

/// Share of a step of trust that it costs a team to say no: half of one at middling influence, less with more.
fn cost_of_no(team: &Team) -> f64 {
    1.0 - team.sight.ability.craft.influence
}

/// A plan changes by one item: it costs what changing costs, and a little morale.
pub fn change_plan(context: &Context<'_>, team: &mut Team) {
    let parameters = &context.policy(team).parameters;
    team.overhead += parameters.commitment.change_cost;
    team.morale = (team.morale - parameters.behaviour.morale_event_step).max(0.0);
}

/// Somebody wants to know when the next undated item will be done.
fn ask_date(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>, team: usize) {
    let line = organisation.teams[team].line;
    let team_state = &mut organisation.teams[team];
    let policy = context.policy(team_state);
    let pace = capacity::pace(policy, team_state);
    let mut work = 0.0;
    for id in team_state.in_work.iter().chain(&team_state.plan) {
        let idea = &mut organisation.ideas[*id];
        work += idea.expected_rest();
        if idea.due != NO_WEEK {
            continue;
        }
        let subject = Subject::of(team, idea);
        let Some(buffer) = policy.date_buffer else {
            trust::lower(
                policy,
                &mut organisation.lines[line].trust,
                cost_of_no(team_state),
            );
            records
                .log
                .note(context.week, EventKind::DateDeclined, subject, String::new);
            return;
        };
        // Work that takes n weeks, this one included, is done at the end of week n − 1 from now.
        let weeks = (buffer * work / pace).min(1e6).ceil() as i32;
        idea.due = next_release(
            policy.parameters.release.cadence_weeks,
            context.week + weeks.max(1) - 1,
        );
        idea.last_event = records
            .log
            .note(context.week, EventKind::DatePromised, subject, || {
                format!("week {}", idea.due)
            });
        if buffer > 1.0 {
            team_state.overhead += policy.parameters.behaviour.date_effort_share * idea.estimate;
        }
        return;
    }
}

/// The first week from `week` on at whose end a release goes out.
pub fn next_release(cadence_weeks: u32, week: i32) -> i32 {
    if cadence_weeks == 0 {
        return week;
    }
    let cadence = cadence_weeks as i32;
    week + (cadence - 1 - week.rem_euclid(cadence))
}
