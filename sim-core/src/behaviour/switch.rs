//! Teams go over to another policy: they see, keep and rank their ideas as it says. What they believe, claim, have
//! planned and have promised stays.

use super::{careers, pair};
use crate::events::{EventKind, Subject};
use crate::organisation::{Adoption, IdeaId, Organisation, Progress};
use crate::simulation::{Context, Records};

/// All teams go over to the first policy at once; where it shares backlogs or does not, they are put together or dealt
/// out.
pub fn all(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>) {
    let policy = context.common;
    let mut others_judge = organisation.shares_backlogs() != policy.parameters.commitment.shared_backlog;
    if others_judge {
        for (team, id) in organisation.regroup(policy) {
            expire(context, organisation, records, team, id);
        }
    }
    organisation.progress = Progress::NONE;
    for line in &mut organisation.lines {
        (line.adopted, line.stage) = (0, 0);
    }
    for team in 0..organisation.teams.len() {
        organisation.teams[team].policy = 0;
        organisation.teams[team].adoption = Adoption::NONE;
        others_judge |= careers::seat(context, organisation, team);
    }
    for team in 0..organisation.teams.len() {
        take_over(context, organisation, records, team, others_judge);
    }
    careers::take_stock(context, organisation, records);
}

/// A team with a backlog of its own works by another policy from now on.
pub fn one(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    policy: u32,
) {
    let old = context.policy(&organisation.teams[team]).weekly_cost;
    organisation.teams[team].policy = policy;
    let new = context.policy(&organisation.teams[team]).weekly_cost;
    records.measures.weekly_cost += (new - old) / organisation.teams.len() as f64;
    let others_judge = careers::seat(context, organisation, team);
    take_over(context, organisation, records, team, others_judge);
}

/// A team looks at its ideas with new eyes.
fn take_over(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    others_judge: bool,
) {
    pair::take_over(context, organisation, records, team);
    careers::switch(context, organisation, team, others_judge);
    make_room(context, organisation, records, team);
    rank_again(context, organisation, team);
}

/// A backlog with room for fewer loses its least believed ideas.
fn make_room(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>, team: usize) {
    let state = &organisation.teams[team];
    let (backlog, policy) = (state.backlog, context.policy(state));
    organisation.backlogs[backlog].set_limit(policy.parameters.commitment.backlog_limit as usize);
    while let Some(id) = organisation.backlogs[backlog].drop_excess() {
        expire(context, organisation, records, team, id);
    }
}

fn expire(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    id: IdeaId,
) {
    let idea = &organisation.ideas[id];
    let subject = Subject::of(team, idea);
    records
        .log
        .note(context.week, EventKind::Expired, subject, String::new);
    organisation.ideas.remove(id);
}

/// Those who choose by other rules than yesterday rank every idea anew.
fn rank_again(context: &Context<'_>, organisation: &mut Organisation, team: usize) {
    let Organisation {
        teams,
        backlogs,
        ideas,
        ..
    } = organisation;
    let ranking = context.ranking(&teams[team]);
    let backlog = &mut backlogs[teams[team].backlog];
    for place in 0..backlog.len() {
        let idea = &ideas[backlog.ids()[place]];
        backlog.rank(place, ranking.score(idea), idea.belief);
    }
}
