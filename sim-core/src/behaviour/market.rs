//! New needs arise; loud ones are heard by teams, quiet ones wait to be found.

use super::pair;
use crate::belief;
use crate::events::{EventKind, Subject};
use crate::organisation::{Idea, IdeaId, Organisation, Quiet, Team};
use crate::policy::{FORECAST_WEEKS, Policy};
use crate::simulation::{Context, Records};
use crate::world::{Arising, Need, Source, need_draw};

/// Needs arise in the market of every team.
pub fn step(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>) {
    let mut line = (usize::MAX, 1.0);
    for team in 0..organisation.teams.len() {
        if let Some(drawn) = context.world.arising(team, context.week) {
            organisation.teams[team].needs += drawn.len() as u64;
            for arising in drawn {
                arise(context, organisation, records, team, arising);
            }
        } else {
            draw(context, organisation, records, team, &mut line);
        }
        if context.week.rem_euclid(FORECAST_WEEKS) == 0 {
            forget_quiet(context.common, &mut organisation.teams[team], context.week);
        }
    }
}

/// Needs arise in a world that is not drawn beforehand. Teams of a line stand together, so what its needs are
/// worth this week is worked out once: `prospects` are those of the line that had a need last.
#[inline(always)]
fn draw(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    (line, prospects): &mut (usize, f64),
) {
    let parameters = &context.common.parameters;
    for () in context.world.arrivals(team, context.week) {
        let state = &mut organisation.teams[team];
        let key = context.world.need_key(team, state.needs);
        state.needs += 1;
        if state.line != *line {
            *line = state.line;
            *prospects = context.world.prospects(parameters, *line, context.week);
        }
        let arising = context.world.arise(parameters, key, context.week, *prospects);
        arise(context, organisation, records, team, &arising);
    }
}

/// A loud need reaches its team, and perhaps others of the line; a quiet one waits to be found.
#[inline(always)]
fn arise(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    arising: &Arising,
) {
    match arising {
        Arising::Loud(need, source) => hear(context, organisation, records, team, need, *source),
        Arising::Quiet {
            key,
            prospects,
            search,
        } => {
            let state = &mut organisation.teams[team];
            let found_at = state.search + search;
            state.quiet.push(Quiet {
                key: *key,
                born: context.week,
                found_at,
                prospects: *prospects,
            });
            state.next_found_at = state.next_found_at.min(found_at);
        }
    }
}

#[inline(always)]
fn hear(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    need: &Need,
    source: Source,
) {
    let policy = context.policy(&organisation.teams[team]);
    let parameters = &policy.parameters;
    let sight = &organisation.teams[team].sight;
    let mut idea = belief::form(policy, sight, context.world, need, source, team, context.week);
    if parameters.environment.overlap_share > 0.0 && !parameters.commitment.shared_backlog {
        idea.overlapping = reach_others(context, organisation, records, team, need, source);
    }
    add(context, organisation, records, team, idea);
}

/// Whether other teams of the line hear a need too; if so it becomes an idea of theirs.
fn reach_others(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    need: &Need,
    source: Source,
) -> bool {
    let parameters = &context.common.parameters;
    let line = organisation.teams_of(parameters, organisation.teams[team].line);
    let share = parameters.environment.overlap_share;
    let hears = |other: &usize| *other != team && need.key.uniform(need_draw::HEARD + *other as u64) < share;
    let mut reaches = false;
    for other in line.filter(hears) {
        reaches = true;
        let state = &organisation.teams[other];
        let policy = context.policy(state);
        let idea = Idea {
            overlapping: true,
            ..belief::form(
                policy,
                &state.sight,
                context.world,
                need,
                source,
                other,
                context.week,
            )
        };
        add(context, organisation, records, other, idea);
    }
    reaches
}

/// An idea becomes visible to a team, or to its product manager first.
#[inline(always)]
pub fn add(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    mut idea: Idea,
) {
    if context
        .prevented
        .holds(EventKind::Heard, context.week, team, Some(idea.key))
    {
        return;
    }
    let subject = Subject::of(team, &idea);
    let (source, estimate) = (idea.source, idea.estimate);
    idea.last_event = records
        .log
        .note(context.week, EventKind::Heard, subject, move || {
            format!("from {}, estimated at {estimate:.1} team-weeks", source.word())
        });
    let backlog = organisation.teams[team].backlog;
    let id = organisation.ideas.add(idea);
    records
        .history
        .created(context.week, team, backlog, &organisation.ideas[id]);
    if !pair::holds(context, organisation, records, team, id) {
        put(context, organisation, records, team, id);
    }
}

/// Puts an idea into a team's backlog; a full one loses its least believed idea.
#[inline]
pub fn put(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    id: IdeaId,
) {
    let Organisation {
        teams,
        backlogs,
        ideas,
        ..
    } = organisation;
    let idea = &ideas[id];
    let score = context.ranking(&teams[team]).score(idea);
    let backlog = &mut backlogs[teams[team].backlog];
    if let Some(expired) = backlog.add(id, idea.standing(score)) {
        let subject = Subject {
            team,
            need: Some(ideas[expired].key),
            cause: ideas[expired].last_event,
        };
        records
            .log
            .note(context.week, EventKind::Expired, subject, String::new);
        ideas.remove(expired);
    }
}

/// Quiet needs that have gone stale thrice over are nobody's need any more.
fn forget_quiet(policy: &Policy, team: &mut Team, week: i32) {
    const LONGEST_WEEKS: f64 = 520.0;
    let oldest = (3.0 * policy.parameters.environment.staleness_half_life_weeks).min(LONGEST_WEEKS);
    team.quiet.retain(|quiet| f64::from(week - quiet.born) <= oldest);
    team.look_for_next();
}
