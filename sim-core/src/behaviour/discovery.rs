//! Evidence is gathered, quiet needs are found, and hopeless ideas are dropped.

use super::{market, release, stakeholders, support, trust};
use crate::belief;
use crate::choice::Ranking;
use crate::events::{EventKind, Subject};
use crate::organisation::{Backlog, Idea, IdeaId, Ideas, Kind, NO_WEEK, Organisation, Team};
use crate::parameters::Aim;
use crate::policy::Policy;
use crate::simulation::{Chooser, Context, Records};
use crate::world::{Source, need_draw};

/// How many of the best ranked ideas are considered for evidence.
const SHORT_LIST: usize = 8;
/// Most quanta of evidence a team can gather in a week.
const MOST_TESTS: usize = 8;

// Ideas to test are taken from those that a backlog has at hand in order.
const _: () = assert!(SHORT_LIST <= Backlog::FEWEST_LEADERS && MOST_TESTS <= Backlog::FEWEST_LEADERS);

/// Discovery of the week in every team.
pub fn step(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>) {
    for team in 0..organisation.teams.len() {
        let state = &mut organisation.teams[team];
        let policy = context.policy(state);
        if !policy.discovers() {
            continue;
        }
        let evidence = state.sight.evidence;
        let hours = state.discovery_hours;
        state.discovery_hours += policy.time.engineer_hours;
        if records.measures.counting {
            records.measures.contacts += hours * evidence.contacts_per_hour + evidence.engineer_contacts;
        }
        state.search += hours * evidence.search_share * evidence.search_per_hour;
        state.tests_due += hours * evidence.tests_per_hour + evidence.engineer_tests;
        let tests = whole_tests(state);
        if state.search >= state.next_found_at {
            find(context, organisation, records, team);
        }
        if tests > 0 && evidence.precision > 0.0 {
            gather(context, organisation, records, team, tests.min(MOST_TESTS));
        }
    }
}

/// Quanta of evidence that have become whole; the rest is saved up.
#[inline]
fn whole_tests(team: &mut Team) -> usize {
    if team.tests_due < 1.0 {
        return 0;
    }
    let tests = team.tests_due as usize;
    team.tests_due -= tests as f64;
    tests
}

/// Quiet needs that search has come close enough to are found.
fn find(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>, team: usize) {
    let state = &organisation.teams[team];
    let (policy, reached) = (context.policy(state), state.search);
    let (mut place, mut next_found_at) = (0, f64::INFINITY);
    while let Some(&quiet) = organisation.teams[team].quiet.get(place) {
        if quiet.found_at > reached {
            next_found_at = next_found_at.min(quiet.found_at);
            place += 1;
            continue;
        }
        organisation.teams[team].quiet.swap_remove(place);
        let need = context
            .world
            .need(&policy.parameters, quiet.key, quiet.born)
            .scaled(quiet.prospects);
        let idea = belief::form(
            policy,
            &organisation.teams[team].sight,
            context.world,
            &need,
            Source::Search,
            team,
            context.week,
        );
        market::add(context, organisation, records, team, idea);
    }
    organisation.teams[team].next_found_at = next_found_at;
}

/// Gathers quanta of evidence where the operating model aims them.
fn gather(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    tests: usize,
) {
    let ranking = context.ranking(&organisation.teams[team]);
    match ranking.policy.parameters.discovery.aim {
        Aim::Score => {
            let leaders = organisation.backlogs[organisation.teams[team].backlog].leaders();
            let mut places = [0; MOST_TESTS];
            let places = &mut places[..tests.min(leaders.len())];
            for (place, candidate) in places.iter_mut().zip(leaders) {
                *place = candidate.place as usize;
            }
            // From the back, so that ideas that are dropped do not move those still to be looked at. All tests are made
            // before anything follows from one, so that none has to wait for what follows from another.
            places.sort_unstable();
            let beliefs = test(context, organisation, team, places);
            for (place, before) in places.iter().zip(&beliefs[..places.len()]).rev() {
                conclude(context, organisation, records, team, *place, *before);
            }
        }
        Aim::Information => {
            let precision = organisation.teams[team].sight.evidence.precision;
            for _ in 0..tests {
                let backlog = &organisation.backlogs[organisation.teams[team].backlog];
                let Some(place) = most_informative(&ranking, precision, &organisation.ideas, backlog) else {
                    return;
                };
                let [before, ..] = test(context, organisation, team, &[place]);
                conclude(context, organisation, records, team, place, before);
            }
        }
    }
}

/// The short-listed idea for which one quantum of evidence is worth most: the knowledge gradient of Frazier, Powell and
/// Dayanik (2008), s·f(−|gap|/s) with f(z) = z·Φ(z) + φ(z) and s the standard deviation of the change in score.
fn most_informative(
    ranking: &Ranking<'_>,
    precision: f64,
    ideas: &Ideas,
    backlog: &Backlog,
) -> Option<usize> {
    let first = backlog.leaders().next()?;
    let second_score = backlog
        .leaders()
        .nth(1)
        .map_or(ranking.policy.parameters.commitment.start_threshold, |second| {
            second.value
        });
    let mut best = (first.place, f64::NEG_INFINITY);
    for (rank, candidate) in backlog.leaders().take(SHORT_LIST).enumerate() {
        let rival = if rank == 0 { second_score } else { first.value };
        let gap = (candidate.value - rival).abs();
        let spread = spread_of_change(
            ranking.policy,
            precision,
            &ideas[backlog.ids()[candidate.place as usize]],
        );
        // f is highest at 0, where it is below 0.4: most are passed over without working it out.
        if spread * 0.4 > best.1 {
            let gain = spread * ranking.normal.loss(gap / spread);
            if gain > best.1 {
                best = (candidate.place, gain);
            }
        }
    }
    Some(best.0 as usize)
}

/// Standard deviation of the change in score that one quantum of evidence brings; 0 if evidence cannot change it.
fn spread_of_change(policy: &Policy, precision: f64, idea: &Idea) -> f64 {
    // The variance that it takes away, 1/p − 1/(p + q).
    let known = idea.precision.max(1e-12);
    let shift = (precision / (known * (known + precision))).sqrt();
    let weight =
        policy.parameters.incentives.outcome_weight * (1.0 - policy.claim_weights[idea.source as usize]);
    (weight * policy.parameters.behaviour.payoff_weeks * idea.unit * shift / idea.estimate).max(0.0)
}

/// One quantum of evidence on each of these ideas; returns what was believed of them before.
#[inline]
fn test(
    context: &Context<'_>,
    organisation: &mut Organisation,
    team: usize,
    places: &[usize],
) -> [f64; MOST_TESTS] {
    let Organisation {
        teams,
        backlogs,
        ideas,
        ..
    } = organisation;
    let (state, policy) = (&teams[team], context.policy(&teams[team]));
    let ids = backlogs[state.backlog].ids();
    let mut beliefs = [0.0; MOST_TESTS];
    for (before, place) in beliefs.iter_mut().zip(places) {
        let idea = &mut ideas[ids[*place]];
        *before = idea.belief;
        belief::learn(policy, &state.sight, context.world, idea);
    }
    beliefs
}

/// What follows from a test.
fn conclude(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    place: usize,
    before: f64,
) {
    let ranking = context.ranking(&organisation.teams[team]);
    let policy = ranking.policy;
    let Organisation {
        teams,
        backlogs,
        ideas,
        ..
    } = organisation;
    let backlog = &mut backlogs[teams[team].backlog];
    let idea = &mut ideas[backlog.ids()[place]];
    let subject = Subject::of(team, idea);
    let now = idea.belief;
    idea.last_event = records
        .log
        .note(context.week, EventKind::Tested, subject, move || {
            format!("belief {before:.4} to {now:.4} a week")
        });
    let reason = if is_shown_infeasible(context, idea) {
        Some("cannot be built")
    } else if ranking.worth(idea) < policy.parameters.discovery.kill_threshold {
        Some("not worth it")
    } else {
        None
    };
    let is_prevented = || {
        context
            .prevented
            .holds(EventKind::Killed, context.week, team, subject.need)
    };
    if let Some(reason) = reason
        && !is_prevented()
    {
        let id = backlog.take(place);
        drop_idea(context, organisation, records, team, id, reason);
        return;
    }
    let has_risen = backlog.rank(place, ranking.score(idea), now);
    if policy.plans() && has_risen {
        swap_into_plan(context, organisation, records, team, place);
    }
}

fn is_shown_infeasible(context: &Context<'_>, idea: &Idea) -> bool {
    let power = context.common.parameters.behaviour.feasibility_test_power;
    power > 0.0
        && idea.tests == 1
        && idea.kind == Kind::Solution
        && context.chooser == Chooser::Believing
        && !context.world.is_feasible(&context.common.parameters, idea.key)
        && idea.key.uniform(need_draw::FEASIBILITY_TEST) < power
}

/// An idea is given up; where shipping is what counts, that costs credit with those who wanted it.
fn drop_idea(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    id: IdeaId,
    reason: &'static str,
) {
    let Organisation {
        teams, lines, ideas, ..
    } = &mut *organisation;
    let (state, idea) = (&teams[team], &ideas[id]);
    let (line, policy) = (&mut lines[state.line], context.policy(state));
    let subject = Subject::of(team, idea);
    let cause = records
        .log
        .note(context.week, EventKind::Killed, subject, || reason.to_owned());
    if idea.due != NO_WEEK {
        // It was in a plan once and came back.
        let subject = Subject { cause, ..subject };
        release::miss_date(context, line, records, idea, subject, || "given up".to_owned());
    }
    if records.measures.counting {
        records.measures.items_killed += 1.0;
    }
    if idea.source != Source::Search {
        let credit = 0.5 * (1.0 - policy.parameters.incentives.outcome_weight);
        trust::lower(policy, &mut line.trust, credit);
    }
    ideas.remove(id);
}

/// Good news about an idea changes a committed plan if it then beats the weakest promise, effort for effort, by more than
/// the change costs. A mandate stays in the plan: it was weighed when it went in, by how little time is left for it.
fn swap_into_plan(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    place: usize,
) {
    let backlog = organisation.teams[team].backlog;
    let Organisation {
        teams,
        backlogs,
        ideas,
        ..
    } = organisation;
    let (state, backlog) = (&mut teams[team], &mut backlogs[backlog]);
    let ranking = context.ranking(state);
    let score = |id: IdeaId| ranking.score(&ideas[id]);
    let weakest = state
        .plan
        .iter()
        .enumerate()
        .filter(|(_, id)| ideas[**id].kind != Kind::Mandate)
        .min_by(|(_, a), (_, b)| score(**a).total_cmp(&score(**b)));
    let Some((weakest, &promised)) = weakest else {
        return;
    };
    let gain = (score(backlog.ids()[place]) - score(promised)) * ideas[promised].estimate;
    if gain <= ranking.policy.parameters.commitment.change_cost {
        return;
    }
    let id = backlog.take(place);
    let idea = &mut ideas[id];
    let subject = Subject::of(team, idea);
    idea.last_event = records
        .log
        .note(context.week, EventKind::PlanChanged, subject, || {
            "evidence replaced a promised item".to_owned()
        });
    idea.committed = true;
    stakeholders::change_plan(context, state);
    let replaced = core::mem::replace(&mut state.plan[weakest], id);
    ideas[replaced].committed = false;
    support::withdraw(organisation, team, replaced);
    market::put(context, organisation, records, team, replaced);
}
