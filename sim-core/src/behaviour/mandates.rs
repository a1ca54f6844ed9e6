//! Mandates: announced, put into plans against everything else that is wanted, done first when time runs out, and met
//! only when all of their parts are live.

use super::support::{self, Planning};
use super::{capacity, stakeholders, trust};
use crate::belief;
use crate::events::{EventKind, Subject};
use crate::math::{exp, ln};
use crate::organisation::{Idea, Kind, Mandate, Organisation, Team};
use crate::policy::Policy;
use crate::sight::acumen;
use crate::simulation::{Chooser, Context, Records};
use crate::world::Source;

/// Weeks between two chances for a mandate to come to a line.
const QUARTER: i32 = 13;
/// Number of the first mandate at a set date; those that come by chance have the number of their quarter.
const SET: u64 = 1 << 16;

/// Mandates are announced from week 0 on, and deadlines pass.
pub fn step(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>) {
    let mandates = &context.common.parameters.mandates;
    if context.week < 0 {
        return;
    }
    for (number, line, deadline) in [
        (SET, mandates.line, mandates.deadline_week),
        (SET + 1, mandates.second_line, mandates.second_deadline_week),
    ] {
        let announced = deadline.saturating_sub(mandates.notice_weeks);
        if line > 0 && context.week == announced as i32 {
            announce(
                context,
                organisation,
                records,
                line as usize - 1,
                number,
                deadline as i32,
            );
        }
    }
    if mandates.per_line_year > 0.0 && context.week % QUARTER == 0 {
        let chance = 1.0 - exp(-0.25 * mandates.per_line_year);
        let quarter = (context.week / QUARTER) as u64;
        let deadline = context.week + mandates.notice_weeks as i32;
        for line in 0..organisation.lines.len() {
            if context.world.mandate_uniform(line, quarter) < chance {
                announce(context, organisation, records, line, quarter, deadline);
            }
        }
    }
    for line in 0..organisation.lines.len() {
        if !organisation.lines[line].mandates.is_empty() {
            pass_deadlines(context, organisation, records, line);
        }
    }
}

/// Every team of the line has its part of the work from now on.
fn announce(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    line: usize,
    number: u64,
    deadline: i32,
) {
    let parameters = &context.common.parameters;
    let mandates = &parameters.mandates;
    let teams = organisation.teams_of(parameters, line);
    if context
        .prevented
        .holds(EventKind::MandateAnnounced, context.week, teams.start, None)
    {
        return;
    }
    let key = context.world.mandate_key(line, number);
    let subject = Subject {
        team: teams.start,
        need: None,
        cause: None,
    };
    let event = records
        .log
        .note(context.week, EventKind::MandateAnnounced, subject, || {
            format!("product line {}, due in week {deadline}", line + 1)
        });
    let mandate = Mandate {
        key,
        deadline,
        parts_left: teams.len() as u32,
        stake: mandates.stake,
        missed: false,
        event,
    };
    let state = &mut organisation.lines[line];
    let revenue = parameters.company.base_revenue * state.places + state.live.realised().max(0.0);
    state.mandates.push(mandate);
    let count = teams.len() as f64;
    let estimate = parameters.environment.build_cost_multiplier * mandates.effort / count;
    for team in teams {
        let policy = context.policy(&organisation.teams[team]);
        let idea = Idea {
            key: mandate.part(team),
            born: context.week,
            visible: context.week,
            estimate,
            log_estimate: ln(estimate),
            effort: estimate,
            due: deadline,
            dependencies: belief::dependencies(policy, context.world, mandate.part(team), team),
            last_event: event,
            ..part(
                policy,
                &organisation.teams[team],
                mandates.stake * revenue / count,
            )
        };
        let subject = Subject {
            team,
            need: Some(idea.key),
            cause: event,
        };
        let heard = records.log.note(context.week, EventKind::Heard, subject, || {
            format!("must be done, estimated at {estimate:.1} team-weeks")
        });
        let subject = Subject {
            cause: heard,
            ..subject
        };
        let last_event = records
            .log
            .note(context.week, EventKind::DatePromised, subject, || {
                format!("week {deadline}")
            });
        let id = organisation.ideas.add(Idea { last_event, ..idea });
        organisation.teams[team].must_do.push(id);
    }
}

/// What a team's part of a mandate looks like to those who choose: executives claim what is at stake; who has no acumen
/// does not see it. Going live brings nothing but that nothing is lost.
fn part(policy: &Policy, team: &Team, stake: f64) -> Idea {
    let seen = acumen(&policy.parameters, team.sight.ability.craft.business) * stake;
    Idea {
        kind: Kind::Mandate,
        source: Source::Executives,
        unit: policy.parameters.environment.value_scale,
        claim: stake,
        mean: seen,
        belief: seen,
        precision: 1.0,
        first_judgement: seen,
        ..Idea::UNTOUCHED
    }
}

/// A deadline that has passed without everything live: revenue stops, and trust falls.
fn pass_deadlines(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    line: usize,
) {
    let team = organisation.teams_of(&context.common.parameters, line).start;
    let state = &mut organisation.lines[line];
    for place in 0..state.mandates.len() {
        let mandate = state.mandates[place];
        if mandate.missed || context.week <= mandate.deadline {
            continue;
        }
        trust::lower(context.common, &mut state.trust, 1.0);
        let subject = Subject {
            team,
            need: None,
            cause: mandate.event,
        };
        let event = records
            .log
            .note(context.week, EventKind::MandateMissed, subject, || {
                format!(
                    "product line {}: {:.0} % of its revenue stops, {} parts are not live",
                    line + 1,
                    100.0 * mandate.stake,
                    mandate.parts_left
                )
            });
        state.mandates[place].missed = true;
        state.mandates[place].event = event.or(mandate.event);
    }
}

/// A team decides whether its parts of mandates go into its plan: against its own best idea, and in a plan between
/// events at the cost of a change.
#[inline]
pub fn decide(context: &Context<'_>, organisation: &mut Organisation, team: usize, planning: Planning) {
    if !organisation.teams[team].must_do.is_empty() {
        weigh(context, organisation, team, planning);
    }
}

fn weigh(context: &Context<'_>, organisation: &mut Organisation, team: usize, planning: Planning) {
    let ranking = context.ranking(&organisation.teams[team]);
    let policy = ranking.policy;
    let commitment = &policy.parameters.commitment;
    let backlog = &organisation.backlogs[organisation.teams[team].backlog];
    let rival = backlog
        .leaders()
        .next()
        .map_or(commitment.start_threshold, |best| best.value);
    let committed = policy.plans() && planning == Planning::Between;
    let mut place = 0;
    while place < organisation.teams[team].must_do.len() {
        let id = organisation.teams[team].must_do[place];
        let idea = &organisation.ideas[id];
        let urgency = urgency(policy, &organisation.teams[team], idea, context.week);
        let utility = urgency * ranking.score(idea);
        let wanted = context.chooser != Chooser::Believing
            || if committed {
                utility * idea.estimate > commitment.change_cost
            } else {
                utility > rival
            };
        if !wanted {
            place += 1;
            continue;
        }
        let state = &mut organisation.teams[team];
        state.must_do.remove(place);
        state.plan.push_front(id);
        if committed {
            stakeholders::change_plan(context, state);
        } else {
            support::find(context, organisation, team, id);
        }
    }
}

/// Share of the time left until the last release before the deadline that the work will take, at most 1.
fn urgency(policy: &Policy, team: &Team, idea: &Idea, week: i32) -> f64 {
    let left = last_release(policy.parameters.release.cadence_weeks, idea.due) - week + 1;
    if left <= 0 {
        return 1.0;
    }
    (idea.expected_rest() / capacity::pace(policy, team) / f64::from(left)).min(1.0)
}

/// The last week up to `week` at whose end a release goes out.
fn last_release(cadence_weeks: u32, week: i32) -> i32 {
    if cadence_weeks == 0 {
        return week;
    }
    week - (week + 1).rem_euclid(cadence_weeks as i32)
}

/// Parts of mandates for which time runs out get all that a team can do; returns what is left of its capacity.
#[inline]
pub fn first(
    context: &Context<'_>,
    organisation: &mut Organisation,
    policy: &Policy,
    team: usize,
    capacity: f64,
) -> f64 {
    let state = &organisation.teams[team];
    if organisation.lines[state.line].mandates.is_empty() {
        return capacity;
    }
    let mut left = capacity;
    for place in 0..state.in_work.len() {
        let state = &organisation.teams[team];
        let id = state.in_work[place];
        let idea = &organisation.ideas[id];
        let is_late = idea.kind == Kind::Mandate
            && !idea.is_blocked()
            && urgency(policy, state, idea, context.week) >= 1.0;
        if is_late {
            let idea = &mut organisation.ideas[id];
            let work = (idea.effort - idea.done).min(left).max(0.0);
            idea.done += work;
            left -= work;
        }
    }
    left
}

/// A part of a mandate is live; if it was the last one, so is the mandate.
pub fn went_live(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    line: usize,
    team: usize,
    idea: &Idea,
) {
    let mandates = &mut organisation.lines[line].mandates;
    let Some(place) = mandates.iter().position(|mandate| mandate.part(team) == idea.key) else {
        return;
    };
    mandates[place].parts_left -= 1;
    if mandates[place].parts_left > 0 {
        return;
    }
    let mandate = mandates.remove(place);
    let subject = Subject {
        team,
        need: None,
        cause: idea.last_event,
    };
    let late = context.week - mandate.deadline;
    if late <= 0 {
        records
            .log
            .note(context.week, EventKind::MandateMet, subject, String::new);
    } else {
        records
            .log
            .note(context.week, EventKind::RevenueResumed, subject, || {
                format!("{late} weeks late")
            });
    }
}
