//! A run that is watched week by week: breaks at the first state that no organisation can be in.

use std::collections::BTreeMap;

use sim_core::events::{Event, EventKind};
use sim_core::organisation::{Craft, Kind, Organisation};
use sim_core::outcomes::{Direction, Outcome, Outcomes, Series};
use sim_core::parameters::Parameters;
use sim_core::simulation::{Request, Run, Simulation, Span, WorldKey};

use crate::books::{Holder, Life, lives, open};

/// Everything asked for.
pub const ALL: Request = Request {
    chooser: sim_core::simulation::Chooser::Believing,
    weekly: true,
    events: true,
};

/// Runs week by week, checks every week and the books at the end, and returns the run.
#[track_caller]
pub fn watched(parameters: &Parameters, span: Span, key: WorldKey) -> Run {
    let mut simulation = Simulation::new(parameters, span, key, ALL);
    let mut week = simulation.week();
    while simulation.step() {
        assert_eq!(simulation.week(), week + 1, "time goes on by one week");
        week += 1;
        check_state(simulation.organisation());
    }
    assert_eq!(week, span.horizon_weeks as i32);
    let open = open(simulation.organisation());
    let in_operations = in_operations(simulation.organisation());
    let run = simulation.finish();
    let lives = check_books(parameters, &run, &open);
    check_people(&run.events, in_operations);
    check_outcomes(&run.outcomes);
    let lived = lived_weeks(span, &run);
    check_little(parameters, lived, &run, &lives);
    check_value(parameters, span, &run, &lives);
    run
}

/// Crafts are never below nothing and never above everything.
fn check_craft(craft: Craft, whose: &str) {
    for craft in [craft.discovery, craft.business, craft.backlog, craft.influence] {
        assert!(
            (0.0..=1.0 + 1e-12).contains(&craft),
            "craft of {whose} is {craft}"
        );
    }
}

/// Weeks from week 0 to the end of the run, or of the company.
fn lived_weeks(span: Span, run: &Run) -> i32 {
    let end = run.events.iter().find(|event| event.kind == EventKind::Insolvent);
    end.map_or(span.horizon_weeks as i32, |event| event.week)
}

fn check_state(organisation: &Organisation) {
    let within = |value: f64, what: &str| assert!((0.0..=1.0).contains(&value), "{what} is {value}");
    for line in &organisation.lines {
        within(line.trust, "trust");
        check_craft(line.head.craft, "a head of product");
    }
    let teams = organisation.teams.len() as f64;
    let staff: f64 = organisation.lines.iter().map(|line| line.staff).sum();
    let staffing: f64 = organisation.teams.iter().map(|team| team.staffing).sum();
    for people in [staff, staffing] {
        assert!((people - teams).abs() < 1e-6 * teams, "{people} of {teams} teams");
    }
    for team in &organisation.teams {
        assert!(team.staffing > 0.0);
        within(team.morale, "morale");
        for person in team.seats.people() {
            check_craft(person.craft, "a product person");
            check_craft(person.fresh, "a trained person");
            check_craft(person.knows(), "a product person, training included");
            within(person.gap, "the gap of a new product person");
        }
        within(team.pressure, "pressure");
        within(team.newcomer_gap, "the gap of newcomers");
        within(team.starvation, "starvation");
        if let Some(pair) = &team.pair {
            within(pair.trust, "trust within a pair");
            within(pair.attention, "attention");
            within(pair.accord.share, "accord");
            within(pair.accord.fit, "fit");
            assert!(pair.accord.decision_weeks >= 0.0 && pair.accord.decision_weeks.is_finite());
        }
        assert!(team.debt >= 0.0 && team.debt.is_finite(), "debt is {}", team.debt);
        assert!(team.overhead >= 0.0 && team.overhead.is_finite());
        for id in &team.in_work {
            let idea = &organisation.ideas[*id];
            assert!(
                idea.done >= 0.0 && idea.done <= idea.effort,
                "work done is bounded by effort"
            );
        }
    }
    let candidates = organisation.backlogs.iter().flat_map(|backlog| backlog.ids());
    for idea in candidates.map(|id| &organisation.ideas[*id]) {
        assert!(
            idea.kind != Kind::Mandate,
            "a mandate is nobody's choice among others"
        );
        assert!(idea.belief.is_finite() && idea.precision > 0.0, "{idea:?}");
    }
}

fn in_operations(organisation: &Organisation) -> usize {
    let people = organisation.lines.iter().map(|line| line.operations.people());
    people.sum::<u32>() as usize
}

/// People in are people out: each place that somebody leaves is taken by somebody else, so whoever joins replaces one who
/// left the company or went into operations; and nobody is lost there.
fn check_people(events: &[Event], in_operations: usize) {
    let count = |kind| events.iter().filter(|event| event.kind == kind).count();
    assert_eq!(
        count(EventKind::Hired),
        count(EventKind::Resigned) + count(EventKind::ToOperations)
    );
    assert_eq!(count(EventKind::ToOperations), in_operations);
    let vacates = |kind| {
        matches!(
            kind,
            EventKind::Resigned | EventKind::ToOperations | EventKind::ToLeadership
        )
    };
    for event in events.iter().filter(|event| event.kind == EventKind::Hired) {
        let cause = event.cause.map(|cause| events[cause as usize].kind);
        assert!(cause.is_some_and(vacates), "{event:?} fills no empty place");
    }
}

/// Conservation: every idea that is ever heard of ends in exactly one way or is open in exactly one place.
fn check_books(parameters: &Parameters, run: &Run, open: &[Holder]) -> BTreeMap<Holder, Life> {
    for (place, event) in run.events.iter().enumerate() {
        assert_eq!(event.number as usize, place);
        assert!(
            event.cause.is_none_or(|cause| cause < event.number),
            "causes come first: {event:?}"
        );
    }
    let weeks = run.events.windows(2);
    assert!(
        weeks.clone().all(|pair| pair[0].week <= pair[1].week),
        "time never goes back"
    );
    let lives = lives(parameters, &run.events);
    let mut still_open = Vec::new();
    for (holder, life) in &lives {
        check_order(holder, life);
        match life.ends.len() {
            0 => still_open.push(*holder),
            1 => {}
            _ => panic!("{holder:?} ends more than once: {:?}", life.ends),
        }
    }
    assert_eq!(
        still_open, open,
        "what has not ended is open, and nothing else is"
    );
    lives
}

fn check_order(holder: &Holder, life: &Life) {
    let heard = life
        .heard
        .unwrap_or_else(|| panic!("{holder:?} was never heard of"));
    let in_order = |earlier: Option<i32>, later: Option<i32>| match (earlier, later) {
        (Some(earlier), Some(later)) => earlier <= later,
        (None, Some(_)) => false,
        _ => true,
    };
    assert!(in_order(Some(heard), life.started), "{holder:?}: {life:?}");
    assert!(in_order(life.started, life.finished), "{holder:?}: {life:?}");
    assert!(in_order(life.finished, life.shipped), "{holder:?}: {life:?}");
    assert!(in_order(life.shipped, life.rolled_back), "{holder:?}: {life:?}");
    let abandoned = life.ends.iter().any(|(_, kind)| *kind != EventKind::Shipped);
    assert!(
        !(abandoned && life.finished.is_some()),
        "{holder:?}: finished and given up"
    );
    let ended = life.shipped.is_some() || life.ends.iter().any(|(_, kind)| *kind == EventKind::Killed);
    assert_eq!(
        life.date_settled.is_some(),
        life.dated.is_some() && ended,
        "{holder:?}: a promised date is kept or missed when its item goes live or is given up: {life:?}"
    );
}

fn check_outcomes(outcomes: &Outcomes) {
    for outcome in Outcome::ALL {
        let Some(value) = outcomes.get(*outcome) else {
            continue;
        };
        let row = outcome.row();
        assert!(value.is_finite(), "{} is {value}", row.name);
        if row.unit == "share" || row.unit == "0-1" {
            assert!((-1e-9..=1.0 + 1e-9).contains(&value), "{} is {value}", row.name);
        }
        if *outcome == Outcome::FistToFive {
            let trust = outcomes.get(Outcome::DyadTrust).expect("both or neither");
            assert!((value - (1.0 + 4.0 * trust)).abs() < 1e-9 && value <= 5.0 + 1e-9);
        }
        if row.unit == "correlation" {
            assert!(value.abs() <= 1.0 + 1e-9, "{} is {value}", row.name);
        }
        let may_be_negative =
            row.unit.starts_with("team-week costs") || row.unit == "ratio" || row.unit == "correlation";
        assert!(may_be_negative || value >= -1e-9, "{} is {value}", row.name);
        assert!(row.direction != Direction::Higher || !row.meaning.is_empty());
    }
}

/// ∫N dt = Σ time in window, exactly: items in work, counted at the end of each week, are the weeks from the start of
/// each item until it left work, cut to the window.
fn check_little(parameters: &Parameters, horizon: i32, run: &Run, lives: &BTreeMap<Holder, Life>) {
    let in_window = |life: &Life| {
        let from = life.started?.max(0);
        let until = life.left_work().unwrap_or(horizon).clamp(0, horizon);
        Some(f64::from(until - from.min(until)))
    };
    let expected: f64 = lives.values().filter_map(in_window).sum();
    let teams = f64::from(parameters.company.teams);
    let Some(mean) = run.outcomes.get(Outcome::WorkInProgress) else {
        assert_eq!(horizon, 0, "every company that lives has work in progress");
        return;
    };
    let found = mean * teams * f64::from(horizon);
    assert!(
        (found - expected).abs() < 1e-6,
        "∫N dt is {found}, Σ time in window {expected}"
    );
}

/// Live value comes from live items alone: the weekly rate is that of the items shipped from week 0 on and not taken
/// back, each worn by its weeks in use. The log prints rates to four digits, which bounds the error.
fn check_value(parameters: &Parameters, span: Span, run: &Run, lives: &BTreeMap<Holder, Life>) {
    let environment = &parameters.environment;
    let worn = |rate: f64, weeks: i32| {
        let half_life = if rate >= 0.0 {
            environment.wear_half_life_weeks
        } else {
            environment.harm_half_life_weeks
        };
        rate * sim_core::math::half_life_decay(f64::from(weeks), half_life)
    };
    let behaviour = &parameters.behaviour;
    let reached = |life: &Life, weeks: i32| {
        let come = 1.0 - sim_core::math::half_life_decay(f64::from(weeks), behaviour.reach_half_life_weeks);
        life.reached + (1.0 - life.reached) * behaviour.unaided_reach * come
    };
    let live: Vec<(i32, i32, f64, &Life)> = lives
        .values()
        .filter_map(|life| {
            let ended = life.rolled_back.unwrap_or(i32::MAX);
            Some((life.shipped?, ended, life.rate?, life))
        })
        .filter(|(shipped, ..)| *shipped >= 0)
        .collect();
    // From the first stop of revenue on, live value is a matter of mandates; the log does not tell it by line.
    let stopped = run
        .events
        .iter()
        .find(|event| matches!(event.kind, EventKind::MandateMissed | EventKind::Insolvent))
        .map_or(i32::MAX, |event| event.week);
    assert_eq!(run.weekly.len(), span.horizon_weeks as usize);
    for (week, record) in (0..stopped).zip(&run.weekly) {
        let on = live
            .iter()
            .filter(|(shipped, ended, ..)| *shipped <= week && week < *ended);
        let (count, expected, size) = on.fold(
            (0.0, 0.0, 0.0_f64),
            |(count, sum, size), (shipped, _, rate, life)| {
                let rate = worn(*rate, week - shipped);
                let share = reached(life, week - shipped);
                (count + 1.0, sum + rate * share, size + rate.abs())
            },
        );
        let found = record[Series::ValueRate as usize];
        // Four digits of a rate, and four of how many are reached at once.
        let tolerance = 5.1e-5 * (count + 1.0 + size)
            + 1e-9 * size
            + 1e-9 * live.iter().map(|(_, _, rate, _)| rate.abs()).sum::<f64>();
        assert!(
            (found - expected).abs() <= tolerance,
            "week {week}: live value {found}, of live items {expected}"
        );
    }
}
