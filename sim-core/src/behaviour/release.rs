//! Finished work goes live, alone or in trains; its effect is measured, and what harms may be taken back.

use super::support::weekly_probability;
use super::{mandates, market, pair, stakeholders, trust};
use crate::events::{EventKind, Subject};
use crate::history::Effect;
use crate::math::{half_life_decay, ln};
use crate::organisation::{Idea, Kind, Line, Measurement, NO_WEEK, Organisation, Team, Waiting};
use crate::policy::Policy;
use crate::simulation::{Context, Records};
use crate::world::need_draw;

/// Releases and measurements of the week in every product line.
pub fn step(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>) {
    for line in 0..organisation.lines.len() {
        let policy = context.line_policy(organisation, line);
        if policy.parameters.release.cadence_weeks == 0 {
            release_on_demand(context, organisation, records, line);
        } else {
            release_train(context, policy, organisation, records, line);
        }
        measure(context, organisation, records, line);
        trust::fade(context.common, &mut organisation.lines[line].trust, 0.5);
    }
}

/// Every finished item is a release of its own.
fn release_on_demand(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    line: usize,
) {
    if organisation.lines[line].waiting.is_empty() {
        return;
    }
    let behaviour = &context.common.parameters.behaviour;
    let risk = context.common.single_release_risk;
    let mut place = 0;
    while let Some(waiting) = organisation.lines[line].waiting.get(place) {
        if waiting.ready > context.week {
            place += 1;
            continue;
        }
        let team = waiting.team as usize;
        let first_try = !waiting.reworked;
        let key = organisation.ideas[waiting.idea].key;
        let fails = first_try
            && key.uniform(need_draw::RELEASE) < risk
            && !context
                .prevented
                .holds(EventKind::ReleaseFailed, context.week, team, Some(key));
        if first_try {
            organisation.teams[team].overhead += behaviour.release_cost;
            count_release(records, fails);
        }
        if fails {
            rework(context, organisation, records, line, place);
            place += 1;
        } else {
            let waiting = organisation.lines[line].waiting.remove(place);
            take_part(context, organisation, records, team);
            go_live(context, organisation, records, line, &waiting);
        }
    }
}

/// All that is finished goes out together, at the end of the cadence; a failed train is tried again.
fn release_train(
    context: &Context<'_>,
    policy: &Policy,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    line: usize,
) {
    let (behaviour, release) = (&policy.parameters.behaviour, &policy.parameters.release);
    let departs = stakeholders::next_release(release.cadence_weeks, context.week) == context.week;
    if !departs && organisation.lines[line].waiting.is_empty() {
        return;
    }
    let boards = |waiting: &Waiting| waiting.ready <= context.week && (departs || waiting.reworked);
    let batch = organisation.lines[line]
        .waiting
        .iter()
        .filter(|waiting| boards(waiting) && !waiting.reworked)
        .count();
    let mut fails = false;
    if departs {
        for team in organisation.teams_of(&policy.parameters, line) {
            organisation.teams[team].overhead += behaviour.release_cost;
        }
        if batch > 0 {
            let risk = weekly_probability(behaviour.integration_risk * batch as f64);
            fails = context.world.line_uniform(line, context.week) < risk
                && !context
                    .prevented
                    .holds_for_train(context.week, |team| organisation.teams[team].line == line);
            count_release(records, fails);
        }
    }
    let mut place = 0;
    while let Some(waiting) = organisation.lines[line].waiting.get(place) {
        if !boards(waiting) {
            place += 1;
        } else if fails && !waiting.reworked {
            rework(context, organisation, records, line, place);
            place += 1;
        } else {
            let waiting = organisation.lines[line].waiting.remove(place);
            take_part(context, organisation, records, waiting.team as usize);
            go_live(context, organisation, records, line, &waiting);
        }
    }
}

fn count_release(records: &mut Records<'_>, failed: bool) {
    if records.measures.counting {
        records.measures.releases += 1.0;
        if failed {
            records.measures.release_failures += 1.0;
        }
    }
}

/// A team takes part in a release; however many of its items are in it, it counts once a week.
fn take_part(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>, team: usize) {
    let state = &mut organisation.teams[team];
    if records.measures.counting && state.last_release != context.week {
        state.last_release = context.week;
        records.measures.deploys += 1.0;
    }
}

/// A release failed: its items cost work again and wait.
fn rework(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    line: usize,
    place: usize,
) {
    let behaviour = &context.common.parameters.behaviour;
    let waiting = &mut organisation.lines[line].waiting[place];
    waiting.reworked = true;
    waiting.ready = context.week + behaviour.rework_weeks as i32;
    let team = waiting.team as usize;
    let idea = &mut organisation.ideas[waiting.idea];
    let subject = Subject::of(team, idea);
    idea.last_event = records
        .log
        .note(context.week, EventKind::ReleaseFailed, subject, String::new);
    organisation.teams[team].overhead += behaviour.rework_share * idea.done;
}

/// An item reaches customers.
fn go_live(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    line: usize,
    &Waiting { idea: id, team, .. }: &Waiting,
) {
    let Organisation {
        teams, lines, ideas, ..
    } = organisation;
    let (place, line, idea) = (line, &mut lines[line], &mut ideas[id]);
    let state = &mut teams[team as usize];
    let policy = context.policy(state);
    if context
        .prevented
        .holds(EventKind::Shipped, context.week, team as usize, Some(idea.key))
    {
        records.measures.thrown_away(idea);
        records.history.dropped(context.week, state.backlog, idea);
        ideas.remove(id);
        return;
    }
    let rate = if idea.duplicate {
        0.0
    } else {
        rate_at_launch(policy, idea, context.week)
    };
    let effect = Effect::of(rate, policy.parameters.environment.flat_band * idea.unit);
    records.measures.went_live(idea, (rate, effect), context.week);
    records.history.live(state.backlog, idea, effect);
    let reach = policy.launch.reach(state.duties_done);
    if records.measures.counting {
        line.live.add(rate, reach);
    }
    if idea.duplicate && records.measures.counting {
        records.measures.duplicates += 1.0;
    }
    let subject = Subject {
        team: team as usize,
        need: Some(idea.key),
        cause: idea.last_event,
    };
    idea.last_event = records.log.note(context.week, EventKind::Shipped, subject, || {
        format!(
            "{rate:+.4} team-week costs a week{}{}",
            if idea.duplicate { ", a duplicate" } else { "" },
            if reach.reached < 1.0 {
                format!(", {:.4} of users reached at once", reach.reached)
            } else {
                String::new()
            }
        )
    });
    settle_date(context, line, state, records, subject.team, idea);
    if state.sight.measurement_power > 0.0 && !idea.duplicate && idea.kind == Kind::Solution {
        line.measurements.push_back(Measurement {
            key: idea.key,
            team,
            week: context.week + policy.parameters.behaviour.measure_weeks as i32,
            rate,
            reach,
            counted: records.measures.counting,
            fit: idea.fit,
            unit: idea.unit,
            estimate: idea.estimate,
            born: idea.born,
            event: idea.last_event,
        });
    }
    if idea.kind == Kind::Mandate {
        let part = idea.clone();
        mandates::went_live(context, organisation, records, place, team as usize, &part);
    }
    organisation.ideas.remove(id);
}

/// fit·v⁺·2^(−g/h_s) − v⁻·2^(−g/h_x), g weeks after the need arose.
fn rate_at_launch(policy: &Policy, idea: &Idea, week: i32) -> f64 {
    let environment = &policy.parameters.environment;
    let age = f64::from(week - idea.born);
    if idea.value > 0.0 {
        idea.fit * idea.value * half_life_decay(age, environment.staleness_half_life_weeks)
    } else if environment.harm_staleness_half_life_weeks.is_infinite() {
        idea.value
    } else {
        idea.value * half_life_decay(age, environment.harm_staleness_half_life_weeks)
    }
}

/// A promised date was kept or missed.
fn settle_date(
    context: &Context<'_>,
    line: &mut Line,
    state: &mut Team,
    records: &mut Records<'_>,
    team: usize,
    idea: &Idea,
) {
    if idea.due == NO_WEEK {
        return;
    }
    let mut subject = Subject::of(team, idea);
    if context.week <= idea.due {
        trust::raise(context.common, &mut line.trust, 1.0);
        records
            .log
            .note(context.week, EventKind::DateKept, subject, String::new);
    } else {
        if idea.held_back {
            subject.cause = pair::learn_late(context, state, records, subject);
        }
        let late = context.week - idea.due;
        miss_date(context, line, records, idea, subject, || {
            format!("{late} weeks late")
        });
    }
}

/// A promised date cannot be kept, or has not been.
pub fn miss_date(
    context: &Context<'_>,
    line: &mut Line,
    records: &mut Records<'_>,
    idea: &Idea,
    subject: Subject,
    why: impl FnOnce() -> String,
) {
    if context
        .prevented
        .holds(EventKind::DateMissed, context.week, subject.team, subject.need)
    {
        return;
    }
    trust::lower(context.common, &mut line.trust, 1.0);
    if idea.held_back {
        // Nobody was warned: that is a second miss.
        trust::lower(context.common, &mut line.trust, 1.0);
    }
    records
        .log
        .note(context.week, EventKind::DateMissed, subject, why);
}

/// Effects of items that went live some weeks ago are measured.
fn measure(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>, line: usize) {
    while let Some(&measurement) = organisation.lines[line].measurements.front() {
        if measurement.week > context.week {
            return;
        }
        organisation.lines[line].measurements.pop_front();
        let state = &organisation.teams[measurement.team as usize];
        if state.sight.measurement_power == 0.0 {
            // Nobody collects the data any more.
            continue;
        }
        let policy = context.policy(state);
        let clarity = measurement.rate / measurement.unit * state.sight.measurement_power;
        let bar = policy.parameters.behaviour.rollback_threshold;
        let luck = measurement.key.uniform(need_draw::MEASUREMENT);
        let subject = Subject {
            team: measurement.team as usize,
            need: Some(measurement.key),
            cause: measurement.event,
        };
        let is_taken_back = policy.parameters.release.rollback
            && luck < context.normal.probability(-clarity - bar)
            && !context
                .prevented
                .holds(EventKind::RolledBack, context.week, subject.team, subject.need);
        if is_taken_back {
            records
                .log
                .note(context.week, EventKind::RolledBack, subject, String::new);
            take_back(policy, &mut organisation.lines[line], records, &measurement);
            continue;
        }
        if 1.0 - luck < context.normal.probability(clarity - bar) {
            trust::raise(policy, &mut organisation.lines[line].trust, 1.0);
            records
                .log
                .note(context.week, EventKind::MovedMetric, subject, String::new);
        }
        propose_iteration(context, organisation, records, &measurement);
    }
}

fn take_back(policy: &Policy, line: &mut Line, records: &mut Records<'_>, measurement: &Measurement) {
    if measurement.counted {
        let weeks = f64::from(policy.parameters.behaviour.measure_weeks);
        let environment = &policy.parameters.environment;
        let half_life = if measurement.rate >= 0.0 {
            environment.wear_half_life_weeks
        } else {
            environment.harm_half_life_weeks
        };
        let rate = measurement.rate * half_life_decay(weeks, half_life);
        records.measures.take_back(rate);
        let waiting = half_life_decay(weeks, policy.parameters.behaviour.reach_half_life_weeks);
        line.live.take_back(rate, measurement.reach, waiting);
    }
}

/// What data say about an item suggests how much a better fit would bring; that becomes an idea like any other, but one
/// that nobody asked for, so it earns credit only through outcomes.
fn propose_iteration(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    measurement: &Measurement,
) {
    let team = &organisation.teams[measurement.team as usize];
    let policy = context.policy(team);
    let behaviour = &policy.parameters.behaviour;
    let fit = measurement.fit;
    if behaviour.iteration_closure == 0.0 || fit >= 1.0 || fit <= 0.0 {
        return;
    }
    let key = measurement.key.child(need_draw::ITERATION);
    let sight = &team.sight;
    let power = sight.measurement_power;
    let observed = measurement.rate / measurement.unit + context.world.evidence_error(key, 0) / power;
    let prior = sight.perception.prior_precision;
    let precision = prior + power * power;
    let effect = (prior * sight.perception.prior_mean + power * power * observed) / precision;
    let share = behaviour.iteration_closure * (1.0 - fit) / fit;
    let mean = effect * share * measurement.unit;
    if mean <= 0.0 {
        return;
    }
    let estimate = behaviour.iteration_effort_share * measurement.estimate;
    let gap = measurement.rate.max(0.0) * (1.0 - fit) / fit;
    let idea = Idea {
        key,
        kind: Kind::Iteration,
        born: context.week,
        visible: context.week,
        unit: measurement.unit,
        value: behaviour.iteration_closure * gap,
        mean,
        belief: mean,
        precision: precision / (share * share),
        first_judgement: mean,
        estimate,
        log_estimate: ln(estimate),
        effort: estimate,
        tests: 1,
        last_event: measurement.event,
        ..Idea::UNTOUCHED
    };
    market::add(context, organisation, records, measurement.team as usize, idea);
}
