//! Product people learn from what they did in the last weeks, and from better ones nearby.

use super::hiring;
use crate::growth::{Better, Hours, STEP_WEEKS};
use crate::organisation::{Craft, Organisation, Person, Team};
use crate::policy::Policy;
use crate::simulation::Context;

/// The best product person of a line: who it is, and hours of discovery a week.
#[derive(Clone, Copy)]
struct Best {
    team: usize,
    place: usize,
    craft: Craft,
    practised: f64,
}

/// Somebody one can learn from: the craft, what an hour is worth, and hours of discovery a week that can be watched.
#[derive(Clone, Copy)]
struct Model {
    better: Better,
    practised: f64,
}

/// Everybody has four weeks behind them.
pub fn step(context: &Context<'_>, organisation: &mut Organisation) {
    let watched = context.policies.iter().any(|policy| {
        let careers = &policy.parameters.careers;
        careers.mentoring_hours + careers.shadowing_hours > 0.0
    });
    let best_of_all = if watched {
        best_of(context, organisation, 0..organisation.teams.len())
    } else {
        None
    };
    let leader = leader_of_change(context);
    for line in 0..organisation.lines.len() {
        let teams = organisation.teams_of(&context.common.parameters, line);
        let best_of_line = if watched {
            best_of(context, organisation, teams.clone())
        } else {
            None
        };
        for team in teams {
            let policy = context.policy(&organisation.teams[team]);
            let head = head_of(policy, organisation, line);
            let trust = organisation.lines[line].trust;
            let state = &mut organisation.teams[team];
            let hours = hours_of(policy, state, trust);
            for (place, person) in state.seats.people_mut().iter_mut().enumerate() {
                let is_another = |best: &Best| best.team != team || best.place != place;
                let afar = policy.parameters.behaviour.watching_afar;
                let models = [
                    best_of_line.filter(is_another).map(|best| model(&best, 1.0)),
                    head,
                    leader,
                    best_of_all.filter(is_another).map(|best| model(&best, afar)),
                ];
                let chosen = most_to_learn(person, models);
                let hours = Hours {
                    shadowing: chosen.map_or(0.0, |model| hours.shadowing.min(model.practised)),
                    ..hours
                };
                policy
                    .growth
                    .step(person, &hours, chosen.map(|model| model.better).as_ref());
            }
            state.seats.practised = 0.0;
        }
    }
}

fn best_of(
    context: &Context<'_>,
    organisation: &Organisation,
    teams: core::ops::Range<usize>,
) -> Option<Best> {
    let mut best: Option<Best> = None;
    for team in teams {
        let state = &organisation.teams[team];
        let practised = practised(context.policy(state), state);
        for (place, person) in state.seats.people().iter().enumerate() {
            let craft = person.can();
            if best.is_none_or(|best| craft.overall() > best.craft.overall()) {
                best = Some(Best {
                    team,
                    place,
                    craft,
                    practised,
                });
            }
        }
    }
    best
}

fn model(best: &Best, reach: f64) -> Model {
    Model {
        better: Better {
            craft: best.craft,
            reach,
        },
        practised: best.practised,
    }
}

/// A head is there for being watched, as far as there is one.
fn head_of(policy: &Policy, organisation: &Organisation, line: usize) -> Option<Model> {
    let reach = policy.parameters.careers.leaders_per_line;
    (reach > 0.0).then(|| Model {
        better: Better {
            craft: organisation.lines[line].head.craft,
            reach,
        },
        practised: f64::INFINITY,
    })
}

/// The leaders who came with a transformation are there for being watched too, by as many teams as they look after.
fn leader_of_change(context: &Context<'_>) -> Option<Model> {
    let (transition, begin) = context.transition?;
    (context.week >= begin && transition.looked_after > 0.0).then(|| Model {
        better: Better {
            craft: hiring::experienced(context.common),
            reach: transition.looked_after,
        },
        practised: f64::INFINITY,
    })
}

/// The one from whom an hour teaches most; nobody if all are behind.
fn most_to_learn<const MODELS: usize>(person: &Person, models: [Option<Model>; MODELS]) -> Option<Model> {
    let knows = person.knows().overall();
    let lead = |model: &Model| model.better.reach * (model.better.craft.overall() - knows);
    let mut chosen: Option<Model> = None;
    for model in models.into_iter().flatten() {
        if lead(&model) > chosen.as_ref().map_or(0.0, lead) {
            chosen = Some(model);
        }
    }
    chosen
}

/// Hours of discovery of one person in a week, over the last weeks.
fn practised(policy: &Policy, team: &Team) -> f64 {
    let people = policy.parameters.roles.product_people_per_team;
    if people > 0.0 {
        team.seats.practised / (people * f64::from(STEP_WEEKS))
    } else {
        0.0
    }
}

/// What one person does in a week: discovery trains discovery; business is learnt where people answer for outcomes;
/// stories train the craft of backlogs, stakeholders that of influence.
fn hours_of(policy: &Policy, team: &Team, trust: f64) -> Hours {
    let parameters = &policy.parameters;
    let people = parameters.roles.product_people_per_team;
    if people == 0.0 {
        return Hours::default();
    }
    let discovery = practised(policy, team);
    Hours {
        practice: Craft {
            discovery,
            business: (discovery + parameters.behaviour.line_hours) * parameters.incentives.outcome_weight,
            backlog: team.sight.story_hours / people,
            influence: policy.time.stakeholder_hours * (1.0 - trust) / people,
        },
        mentoring: parameters.careers.mentoring_hours,
        shadowing: parameters.careers.shadowing_hours,
    }
}
