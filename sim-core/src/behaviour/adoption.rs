//! A transformation: teams are invited and trained, adopt, learn, and may go back; lines follow when most of their teams
//! have.

mod training;

use core::ops::Range;

use super::support::weekly_probability;
use super::{business, careers, switch};
use crate::costs::WEEKS_PER_YEAR;
use crate::events::{EventKind, Subject};
use crate::math::exp;
use crate::organisation::{Adoption, NO_WEEK, Organisation, Progress};
use crate::simulation::{Context, Records};
use crate::transition::{Reached, Stage, Transition};
use crate::world::ChangeDraw;

/// What moves teams in one week, the same for all of them.
struct Drive {
    /// Weeks since the change began.
    weeks: i32,
    /// How effective the sponsor is now \[0-1\].
    sponsor: f64,
    /// Share of all teams that have adopted.
    company_share: f64,
}

/// The week of a transformation, if there is one.
pub fn step(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>) {
    let Some((transition, begin)) = context.transition else {
        return;
    };
    let weeks = context.week - begin;
    if weeks < 0 {
        return;
    }
    if weeks == 0 {
        records
            .measures
            .start_change(context.common, transition.weekly_cost);
        business::pay(organisation, transition.weekly_cost);
    }
    leave(context, transition, organisation, records);
    let mut changed = false;
    let drive = Drive {
        weeks,
        sponsor: sponsor(transition, &organisation.progress),
        company_share: f64::from(organisation.progress.adopted) / organisation.teams.len() as f64,
    };
    for line in 0..organisation.lines.len() {
        let teams = organisation.teams_of(&context.common.parameters, line);
        let line_share = f64::from(organisation.lines[line].adopted) / teams.len() as f64;
        for team in teams.clone() {
            changed |= move_team(
                context,
                transition,
                organisation,
                records,
                team,
                &drive,
                line_share,
            );
        }
        follow(context, transition, organisation, records, line, teams.clone());
        for team in teams {
            changed |= change_over(context, transition, organisation, records, team);
        }
    }
    if changed {
        careers::notice(context, organisation, records);
    }
    count(organisation, records);
}

/// The sponsor may leave, once.
fn leave(
    context: &Context<'_>,
    transition: &Transition,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
) {
    let rate = transition.parameters.sponsor_leaving_per_year / WEEKS_PER_YEAR;
    let luck = context.world.change_uniform(0, context.week, ChangeDraw::Sponsor);
    let leaves = organisation.progress.has_sponsor
        && luck < weekly_probability(rate)
        && !context
            .prevented
            .holds(EventKind::SponsorLeft, context.week, 0, None);
    if leaves {
        organisation.progress.has_sponsor = false;
        let subject = Subject {
            team: 0,
            need: None,
            cause: None,
        };
        records
            .log
            .note(context.week, EventKind::SponsorLeft, subject, String::new);
    }
}

/// How effective the sponsor is: without one, as far as the C-suite owns the change; less while output of those who have
/// changed has fallen and nobody else can be blamed.
fn sponsor(transition: &Transition, progress: &Progress) -> f64 {
    let change = &transition.parameters;
    let present = if progress.has_sponsor {
        1.0
    } else {
        change.c_suite_ownership
    };
    let fallen = if change.learning_loss > 0.0 && !change.published_framework {
        (progress.slump / change.learning_loss).min(1.0)
    } else {
        0.0
    };
    change.sponsor * present * (1.0 - change.blame_avoidance * fallen)
}

/// One team's week: it is invited, trained, adopts or goes back, goes on to its next stage, and learns. Returns whether
/// its people have come, gone or been taught.
fn move_team(
    context: &Context<'_>,
    transition: &Transition,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    drive: &Drive,
    line_share: f64,
) -> bool {
    let week = context.week;
    let invited = transition.invited(team);
    let state = &mut organisation.teams[team].adoption;
    let mut subject = Subject {
        team,
        need: None,
        cause: state.last_event,
    };
    if drive.weeks == invited {
        state.last_event = records.log.note(week, EventKind::Invited, subject, String::new);
        subject.cause = state.last_event;
        training::begin(context, transition, organisation, records, team);
    }
    let is_taught = training::step(context, transition, organisation, records, team);
    let state = &mut organisation.teams[team].adoption;
    let change = &transition.parameters;
    let toll = exp(-change.sponsor_effect * (1.0 - drive.sponsor));
    if state.is_adopted() {
        let unsponsored = 1.0 + (change.unsponsored_backsliding - 1.0) * (1.0 - drive.sponsor);
        let rate = change.backsliding_per_year * unsponsored / WEEKS_PER_YEAR;
        let goes_back = context.world.change_uniform(team, week, ChangeDraw::Reversion)
            < weekly_probability(rate)
            && !context.prevented.holds(EventKind::Reverted, week, team, None);
        if goes_back {
            state.since = NO_WEEK;
            state.last_event = records.log.note(week, EventKind::Reverted, subject, String::new);
        }
    } else if drive.weeks >= invited && !transition.stages.is_empty() {
        let share = change.line_weight * line_share + (1.0 - change.line_weight) * drive.company_share;
        let rate = (change.adoption_per_year * toll + change.imitation_per_year * share) * transition.willing;
        let luck = context.world.change_uniform(team, week, ChangeDraw::Adoption);
        if luck < weekly_probability(rate / WEEKS_PER_YEAR) {
            state.since = week;
            state.last_event = records.log.note(week, EventKind::Adopted, subject, || {
                format!("{:.0} percent of its line had before", 100.0 * line_share)
            });
        }
    }
    state.learning_gap *= transition.learning;
    let stage = if state.is_adopted() {
        transition.stage(week - state.since)
    } else {
        0
    };
    let stage = if stage > state.stage {
        advance(context, transition, records, state, team, stage)
    } else {
        stage
    };
    state.stage = stage;
    is_taught || drive.weeks == invited
}

/// A team goes on to a later stage and has to learn what is new in it; returns the stage that it has reached.
fn advance(
    context: &Context<'_>,
    transition: &Transition,
    records: &mut Records<'_>,
    state: &mut Adoption,
    team: usize,
    stage: u32,
) -> u32 {
    if context
        .prevented
        .holds_for_good(EventKind::Advanced, context.week, team)
    {
        return state.stage;
    }
    let reached = &transition.stages[state.stage as usize..stage as usize];
    let loss = transition.parameters.learning_loss;
    for Stage { learning, .. } in reached {
        state.learning_gap += (1.0 - state.learning_gap) * loss * learning;
    }
    if reached.iter().any(|stage| !stage.of_teams.is_empty()) {
        let subject = Subject {
            team,
            need: None,
            cause: state.last_event,
        };
        state.last_event = records.log.note(context.week, EventKind::Advanced, subject, || {
            words(reached, |stage| &stage.of_teams)
        });
    }
    stage
}

/// What changes in some stages, in words.
fn words<'a>(stages: &'a [Stage], groups: impl Fn(&'a Stage) -> &'a Vec<&'static str>) -> String {
    let names: Vec<&str> = stages.iter().flat_map(groups).copied().collect();
    names.join(", ")
}

/// A line reaches the stages that most of its teams have behind them.
fn follow(
    context: &Context<'_>,
    transition: &Transition,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    line: usize,
    teams: Range<usize>,
) {
    let first = teams.start;
    let teams = &organisation.teams[teams];
    let needed = transition.parameters.line_threshold * teams.len() as f64;
    let ready = |stage: &u32| teams.iter().filter(|team| team.adoption.stage >= *stage).count() as f64;
    let mut stages = (1..=transition.stages.len() as u32).rev();
    let stage = stages.find(|stage| ready(stage) >= needed).unwrap_or(0);
    let old = organisation.lines[line].stage;
    if stage > old {
        if context
            .prevented
            .holds_for_good(EventKind::LineAdvanced, context.week, first)
        {
            return;
        }
        let reached = &transition.stages[old as usize..stage as usize];
        if reached.iter().any(|stage| !stage.of_lines.is_empty()) {
            let last = teams.iter().filter_map(|team| team.adoption.last_event).max();
            let subject = Subject {
                team: first,
                need: None,
                cause: last,
            };
            records
                .log
                .note(context.week, EventKind::LineAdvanced, subject, || {
                    words(reached, |stage| &stage.of_lines)
                });
        }
    }
    organisation.lines[line].stage = stage;
}

/// A team works by what it and its line have reached from now on; returns whether that is new.
fn change_over(
    context: &Context<'_>,
    transition: &Transition,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
) -> bool {
    let state = &organisation.teams[team];
    let policy = transition.policy(Reached {
        team: state.adoption.stage,
        line: organisation.lines[state.line].stage,
    });
    let is_new = policy != state.policy;
    if is_new {
        switch::one(context, organisation, records, team, policy);
    }
    is_new
}

/// How far lines and the company have gone at the end of the week.
fn count(organisation: &mut Organisation, records: &mut Records<'_>) {
    for line in &mut organisation.lines {
        line.adopted = 0;
    }
    let (mut adopted, mut lost, mut lost_by_adopted) = (0, 0.0, 0.0);
    for team in &organisation.teams {
        if team.adoption.is_adopted() {
            adopted += 1;
            organisation.lines[team.line].adopted += 1;
            lost_by_adopted += team.adoption.learning_gap;
        }
        lost += team.adoption.learning_gap;
    }
    organisation.progress.adopted = adopted;
    organisation.progress.slump = lost_by_adopted / f64::from(adopted.max(1));
    records.measures.lose_to_learning(lost);
}
