//! Heads of product and the chief product officer: they leave like others, and those who can lead rise to their posts.

use super::super::support::weekly_probability;
use super::{hiring, moves};
use crate::costs::{MIDDLING_CRAFT, WEEKS_PER_YEAR};
use crate::events::{EventKind, Subject};
use crate::growth::STEP_WEEKS;
use crate::math::exp;
use crate::organisation::{Leader, Level, Organisation};
use crate::parameters::Ladder;
use crate::policy::Policy;
use crate::random::Key;
use crate::simulation::{Context, Records};
use crate::world::SeatDraw;

/// Leaders at the start.
pub fn open(context: &Context<'_>, organisation: &mut Organisation) {
    let policy = context.common;
    organisation.chief = hiring::leader(context, policy, context.world.chief_key(), 0);
    for (index, line) in organisation.lines.iter_mut().enumerate() {
        line.head = hiring::leader(context, policy, context.world.head_key(index), 0);
    }
}

/// Leaders of the last four weeks.
pub fn step(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>) {
    let company = context.company_policy(organisation);
    let post = context.world.chief_key();
    if company.parameters.careers.chief > 0.0
        && leaves(context, company, post, &organisation.chief)
        && !stays(context, organisation, 0)
    {
        replace_chief(context, organisation, records);
    }
    for line in 0..organisation.lines.len() {
        let policy = context.line_policy(organisation, line);
        let post = context.world.head_key(line);
        if policy.parameters.careers.leaders_per_line > 0.0
            && leaves(context, policy, post, &organisation.lines[line].head)
            && !stays(context, organisation, line)
        {
            let cause = note(
                context,
                organisation,
                records,
                line,
                EventKind::Resigned,
                None,
                "head of product",
            );
            replace_head(context, organisation, records, line, cause);
        }
    }
}

fn leaves(context: &Context<'_>, policy: &Policy, post: Key, leader: &Leader) -> bool {
    let behaviour = &policy.parameters.behaviour;
    let rate = behaviour.product_attrition_per_year * f64::from(STEP_WEEKS) / WEEKS_PER_YEAR;
    let offers = exp(behaviour.outside_effect * (leader.craft.overall() - MIDDLING_CRAFT));
    context.world.seat_uniform(post, context.week, SeatDraw::Leaves) < weekly_probability(rate * offers)
}

/// Whether nobody resigns this week from the first team of a line, which is where its leaders are written down.
fn stays(context: &Context<'_>, organisation: &Organisation, line: usize) -> bool {
    let team = organisation.teams_of(&context.common.parameters, line).start;
    context
        .prevented
        .holds(EventKind::Resigned, context.week, team, None)
}

fn replace_chief(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>) {
    let policy = context.company_policy(organisation);
    let cause = note(
        context,
        organisation,
        records,
        0,
        EventKind::Resigned,
        None,
        "chief product officer",
    );
    let ordinal = organisation.chief.ordinal + 1;
    let Some(line) = best_head(context, policy, organisation) else {
        organisation.chief = hiring::leader(context, policy, context.world.chief_key(), ordinal);
        note(
            context,
            organisation,
            records,
            0,
            EventKind::Hired,
            cause,
            "chief product officer",
        );
        return;
    };
    let craft = organisation.lines[line].head.craft;
    organisation.chief = Leader { craft, ordinal };
    let event = note(
        context,
        organisation,
        records,
        line,
        EventKind::ToLeadership,
        cause,
        "chief product officer",
    );
    replace_head(context, organisation, records, line, event);
}

/// On one ladder the best product person of the line who can lead becomes its head; otherwise somebody from outside.
fn replace_head(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    line: usize,
    cause: Option<u32>,
) {
    let policy = context.line_policy(organisation, line);
    let ordinal = organisation.lines[line].head.ordinal + 1;
    let Some((team, place)) = best_senior(context, policy, organisation, line) else {
        organisation.lines[line].head =
            hiring::leader(context, policy, context.world.head_key(line), ordinal);
        note(
            context,
            organisation,
            records,
            line,
            EventKind::Hired,
            cause,
            "head of product",
        );
        return;
    };
    let craft = organisation.teams[team].seats.people()[place].knows();
    organisation.lines[line].head = Leader { craft, ordinal };
    let subject = Subject {
        team,
        need: None,
        cause,
    };
    let event = records
        .log
        .note(context.week, EventKind::ToLeadership, subject, || {
            format!("head of product, craft {:.2}", craft.overall())
        });
    moves::refill(context, organisation, records, team, place, event);
}

/// The experienced head with most craft, if the ladder goes on above lines.
fn best_head(context: &Context<'_>, policy: &Policy, organisation: &Organisation) -> Option<usize> {
    let rises = |line: &usize| {
        let careers = &context.line_policy(organisation, *line).parameters.careers;
        careers.leaders_per_line > 0.0 && organisation.lines[*line].head.is_experienced()
    };
    let craft = |line: &usize| organisation.lines[*line].head.craft.overall();
    (0..organisation.lines.len())
        .filter(|_| policy.parameters.careers.ladder == Ladder::One)
        .filter(rises)
        .reduce(|best, line| if craft(&line) > craft(&best) { line } else { best })
}

/// The senior of the line with most craft, if the ladder goes on above seniors.
fn best_senior(
    context: &Context<'_>,
    policy: &Policy,
    organisation: &Organisation,
    line: usize,
) -> Option<(usize, usize)> {
    if policy.parameters.careers.ladder == Ladder::Split {
        return None;
    }
    let mut best: Option<(usize, usize, f64)> = None;
    for team in organisation.teams_of(&context.common.parameters, line) {
        for (place, person) in organisation.teams[team].seats.people().iter().enumerate() {
            let overall = person.knows().overall();
            let is_able = person.level == Level::Senior && overall >= Level::SENIOR_FROM;
            if is_able && best.is_none_or(|(_, _, craft)| overall > craft) {
                best = Some((team, place, overall));
            }
        }
    }
    best.map(|(team, place, _)| (team, place))
}

/// Writes down what happened to the post of a line's head, or to that above all lines, at the first team of a line.
fn note(
    context: &Context<'_>,
    organisation: &Organisation,
    records: &mut Records<'_>,
    line: usize,
    kind: EventKind,
    cause: Option<u32>,
    post: &'static str,
) -> Option<u32> {
    let subject = Subject {
        team: organisation.teams_of(&context.common.parameters, line).start,
        need: None,
        cause,
    };
    records.log.note(context.week, kind, subject, || post.to_owned())
}
