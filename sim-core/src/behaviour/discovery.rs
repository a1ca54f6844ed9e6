//! Evidence is gathered, quiet needs are found, and hopeless ideas are dropped.

use super::{market, stakeholders, trust};
use crate::belief;
use crate::choice::Ranking;
use crate::events::{EventKind, Subject};
use crate::organisation::{Backlog, Idea, Organisation};
use crate::parameters::Aim;
use crate::simulation::{Chooser, Context, Records};
use crate::world::{Source, need_draw};

/// How many of the best ranked ideas are considered for evidence.
const SHORT_LIST: usize = 8;
/// Most quanta of evidence a team can gather in a week.
const MOST_TESTS: usize = 8;

/// Discovery of the week in every team.
pub fn step(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>) {
    let evidence = &context.policy.evidence;
    for team in 0..organisation.teams.len() {
        let hours = organisation.teams[team].discovery_hours;
        search(context, organisation, records, team, hours);
        let state = &mut organisation.teams[team];
        state.tests_due += hours * evidence.tests_per_hour + evidence.engineer_tests;
        let tests = state.tests_due as usize;
        state.tests_due -= tests as f64;
        if records.measures.counting {
            records.measures.contacts += hours * evidence.contacts_per_hour + evidence.engineer_contacts;
        }
        organisation.teams[team].discovery_hours += context.policy.time.engineer_hours;
        if tests > 0 && evidence.precision > 0.0 {
            gather(context, organisation, records, team, tests.min(MOST_TESTS));
        }
    }
}

/// Search brings a team closer to every quiet need of its market.
fn search(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    hours: f64,
) {
    let evidence = &context.policy.evidence;
    let state = &mut organisation.teams[team];
    state.search += hours * evidence.search_share * evidence.search_per_hour;
    while organisation.teams[team].search >= organisation.teams[team].next_found_at {
        let state = &mut organisation.teams[team];
        let reached = state.search;
        let Some(place) = state.quiet.iter().position(|quiet| quiet.found_at <= reached) else {
            break;
        };
        let quiet = state.quiet.swap_remove(place);
        state.next_found_at = state
            .quiet
            .iter()
            .map(|quiet| quiet.found_at)
            .fold(f64::INFINITY, f64::min);
        let need = context
            .world
            .need(&context.policy.parameters, quiet.key, quiet.born);
        let idea = belief::form(
            context.policy,
            context.world,
            &need,
            Source::Search,
            team,
            context.week,
        );
        market::add(context, organisation, records, team, idea);
    }
}

/// Gathers quanta of evidence where the operating model aims them.
fn gather(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    tests: usize,
) {
    match context.policy.parameters.discovery.aim {
        Aim::Score => {
            let backlog = &organisation.backlogs[organisation.teams[team].backlog];
            let (mut places, found) = match tests {
                0..=3 => widen(backlog.best_few::<3>()),
                _ => backlog.best_few::<MOST_TESTS>(),
            };
            let places = &mut places[..found.min(tests)];
            // From the back, so that ideas that are dropped do not move those still to be tested.
            places.sort_unstable();
            for place in places.iter().rev() {
                test(context, organisation, records, team, *place);
            }
        }
        Aim::Information => {
            for _ in 0..tests {
                let backlog = &organisation.backlogs[organisation.teams[team].backlog];
                let Some(place) = most_informative(&context.ranking, backlog) else {
                    return;
                };
                test(context, organisation, records, team, place);
            }
        }
    }
}

fn widen((few, found): ([usize; 3], usize)) -> ([usize; MOST_TESTS], usize) {
    let mut places = [0; MOST_TESTS];
    places[..few.len()].copy_from_slice(&few);
    (places, found)
}

/// The short-listed idea for which one quantum of evidence is worth most: the knowledge gradient of Frazier, Powell and
/// Dayanik (2008), s·f(−|gap|/s) with f(z) = z·Φ(z) + φ(z) and s the standard deviation of the change in score.
fn most_informative(ranking: &Ranking<'_>, backlog: &Backlog) -> Option<usize> {
    let (places, found) = backlog.best_few::<SHORT_LIST>();
    let places = &places[..found];
    let first = *places.first()?;
    let best_score = backlog.scores()[first];
    let second_score = places
        .get(1)
        .map_or(ranking.policy.parameters.commitment.start_threshold, |place| {
            backlog.scores()[*place]
        });
    let mut best = (first, f64::NEG_INFINITY);
    for place in places {
        let rival = if *place == first { second_score } else { best_score };
        let gap = (backlog.scores()[*place] - rival).abs();
        let gain = knowledge_gradient(ranking, &backlog.ideas()[*place], gap);
        if gain > best.1 {
            best = (*place, gain);
        }
    }
    Some(best.0)
}

fn knowledge_gradient(ranking: &Ranking<'_>, idea: &Idea, gap: f64) -> f64 {
    let policy = ranking.policy;
    let added = policy.evidence.precision;
    let shift = (1.0 / idea.precision.max(1e-12) - 1.0 / (idea.precision + added))
        .max(0.0)
        .sqrt();
    let weight = policy.parameters.incentives.outcome_weight * (1.0 - idea.claim_weight);
    let spread = weight * policy.parameters.behaviour.payoff_weeks * idea.unit * shift / idea.estimate;
    if spread <= 0.0 {
        return 0.0;
    }
    spread * ranking.normal.loss(gap / spread)
}

/// One quantum of evidence on one idea, and what follows from it.
fn test(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    place: usize,
) {
    let policy = context.policy;
    let backlog = organisation.teams[team].backlog;
    let backlog = &mut organisation.backlogs[backlog];
    let idea = backlog.idea_mut(place);
    let before = idea.belief;
    belief::learn(policy, context.world, idea, policy.evidence.precision);
    let subject = Subject {
        team,
        need: Some(idea.key),
        cause: idea.last_event,
    };
    idea.last_event = records.log.note(context.week, EventKind::Tested, subject, || {
        format!("belief {before:.4} to {:.4} a week", idea.belief)
    });
    let infeasible = is_shown_infeasible(context, idea);
    let hopeless = context.ranking.worth(idea) < policy.parameters.discovery.kill_threshold;
    if infeasible || hopeless {
        let idea = backlog.take(place);
        drop_idea(
            context,
            organisation,
            records,
            team,
            &idea,
            if infeasible {
                "cannot be built"
            } else {
                "not worth it"
            },
        );
        return;
    }
    let score = context.ranking.score(backlog.idea_mut(place));
    backlog.rank(place, score);
    if policy.plans() {
        swap_into_plan(context, organisation, records, team, place);
    }
}

fn is_shown_infeasible(context: &Context<'_>, idea: &Idea) -> bool {
    let power = context.policy.parameters.behaviour.feasibility_test_power;
    !idea.feasible
        && context.ranking.chooser == Chooser::Believing
        && idea.tests == 1
        && idea.key.uniform(need_draw::FEASIBILITY_TEST) < power
}

/// An idea is given up; where shipping is what counts, that costs credit with those who wanted it.
fn drop_idea(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    idea: &Idea,
    reason: &'static str,
) {
    let subject = Subject {
        team,
        need: Some(idea.key),
        cause: idea.last_event,
    };
    records
        .log
        .note(context.week, EventKind::Killed, subject, || reason.to_owned());
    if records.measures.counting {
        records.measures.items_killed += 1.0;
    }
    if idea.source != Source::Search {
        let line = organisation.teams[team].line;
        let credit = 0.5 * (1.0 - context.policy.parameters.incentives.outcome_weight);
        trust::lower(context.policy, &mut organisation.lines[line], credit);
    }
}

/// Evidence changes a committed plan only if the tested idea beats the weakest promise by more than the change costs.
fn swap_into_plan(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    place: usize,
) {
    let utility = |idea: &Idea| context.ranking.score(idea) * idea.estimate;
    let backlog = organisation.teams[team].backlog;
    let (state, backlog) = (&mut organisation.teams[team], &mut organisation.backlogs[backlog]);
    let weakest = state
        .plan
        .iter()
        .enumerate()
        .min_by(|(_, a), (_, b)| utility(a).total_cmp(&utility(b)));
    let Some((weakest, promised)) = weakest else {
        return;
    };
    let gain = utility(&backlog.ideas()[place]) - utility(promised);
    if gain <= context.policy.parameters.commitment.change_cost {
        return;
    }
    let mut idea = backlog.take(place);
    let subject = Subject {
        team,
        need: Some(idea.key),
        cause: idea.last_event,
    };
    idea.last_event = records
        .log
        .note(context.week, EventKind::PlanChanged, subject, || {
            "evidence replaced a promised item".to_owned()
        });
    idea.committed = true;
    stakeholders::change_plan(context, state);
    let mut replaced = core::mem::replace(&mut state.plan[weakest], idea);
    replaced.committed = false;
    let score = context.ranking.score(&replaced);
    if let Some(expired) = backlog.add(replaced, score) {
        let subject = Subject {
            team,
            need: Some(expired.key),
            cause: expired.last_event,
        };
        records
            .log
            .note(context.week, EventKind::Expired, subject, String::new);
    }
}
