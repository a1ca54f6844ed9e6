//! All arms of a replication live in the same world, and looking at a run changes nothing in it.

use std::collections::BTreeSet;
use std::sync::Arc;

use sim_core::events::{Event, EventKind};
use sim_core::parameters::{DatePolicy, Parameters, Style};
use sim_core::simulation::{Request, Run, Simulation, Span, WorldKey, run, world};

use crate::likeness::{assert_same, first_difference};
use crate::watch::ALL;

const SPAN: Span = Span {
    warm_up_weeks: 52,
    horizon_weeks: 104,
};

fn key(replication: u64) -> WorldKey {
    WorldKey {
        seed: 2026,
        replication,
    }
}

/// An operating model that differs from the default in every group.
fn other_model() -> Parameters {
    let mut other = Parameters::default();
    other.commitment.style = Style::Pull;
    other.commitment.cadence_weeks = 2;
    other.commitment.planning_hours = 2.0;
    other.discovery.hours = 9.0;
    other.discovery.team_share = 0.05;
    other.discovery.kill_threshold = -0.2;
    other.customer_access.product_people = 0.7;
    other.incentives.outcome_weight = 0.8;
    other.strategy.clarity = 0.8;
    other.roles.hand_offs = 1;
    other.governance.executive_weight = 0.1;
    other.governance.date_policy = DatePolicy::Never;
    other.release.cadence_weeks = 0;
    other
}

/// Loud needs as teams hear of them: team, need, week. What teams find by search is their own doing.
fn heard_from_others(run: &Run) -> BTreeSet<(u32, u64, i32)> {
    run.events
        .iter()
        .filter(|event| event.kind == EventKind::Heard && !event.detail.starts_with("from search"))
        .filter_map(|event| Some((event.team, event.need?, event.week)))
        .collect()
}

fn leavers(run: &Run) -> Vec<(u32, i32)> {
    let left = run.events.iter().filter(|event| event.kind == EventKind::Left);
    left.map(|event| (event.team, event.week)).collect()
}

/// The rules of a week, in the order in which they are told.
fn told(simulation: &mut Simulation) -> Vec<&'static str> {
    let mut rules = Vec::new();
    simulation.step_telling(&mut |rule| rules.push(rule));
    rules
}

#[test]
fn telling_of_rules_changes_nothing_and_names_each_of_them_once_in_a_week() {
    let parameters = Parameters::default();
    let mut simulation = Simulation::new(&parameters, SPAN, key(3), ALL);
    let rules = told(&mut simulation);
    assert_eq!((rules[0], rules[rules.len() - 1]), ("business", "measures"));
    assert_eq!(rules.iter().collect::<BTreeSet<_>>().len(), rules.len());
    while simulation.week() < SPAN.horizon_weeks as i32 {
        assert_eq!(told(&mut simulation), rules);
    }
    assert!(told(&mut simulation).is_empty(), "no week is left");
    assert_same(&simulation.finish(), &run(&parameters, SPAN, key(3), ALL), "told");
}

#[test]
fn the_same_parameters_in_the_same_world_give_the_same_run() {
    for parameters in [Parameters::default(), other_model()] {
        let once = run(&parameters, SPAN, key(3), ALL);
        assert_same(
            &once,
            &run(&parameters.clone(), SPAN, key(3), ALL),
            "the same again",
        );
        let other_seed = WorldKey { seed: 2027, ..key(3) };
        for world in [key(4), other_seed] {
            let elsewhere = run(&parameters, SPAN, world, ALL);
            assert!(first_difference(&once.outcomes, &elsewhere.outcomes).is_some());
        }
    }
}

#[test]
fn arms_that_share_a_world_drawn_beforehand_run_as_alone() {
    let weeks = SPAN.warm_up_weeks + SPAN.horizon_weeks;
    let default = Parameters::default();
    let by_week = world(&default, SPAN, key(5));
    assert!(by_week.arising(0, 0).is_none());
    let drawn = Arc::new(by_week.drawn(&default, weeks));
    assert!(drawn.arising(0, SPAN.horizon_weeks as i32 - 1).is_some());
    for parameters in [default, other_model()] {
        let alone = run(&parameters, SPAN, key(5), ALL);
        let mut simulation = Simulation::within(Arc::clone(&drawn), &parameters, SPAN, ALL);
        while simulation.step() {}
        assert_same(&simulation.finish(), &alone, "shared");
    }
}

#[test]
fn a_world_that_is_too_large_is_not_drawn_beforehand() {
    let mut parameters = Parameters::default();
    parameters.company.teams = 200;
    let weeks = SPAN.warm_up_weeks + SPAN.horizon_weeks;
    let world = world(&parameters, SPAN, key(5)).drawn(&parameters, weeks);
    assert!(world.arising(0, 0).is_none());
}

#[test]
fn asking_for_more_changes_no_outcome() {
    for parameters in [Parameters::default(), other_model()] {
        let all = run(&parameters, SPAN, key(0), ALL);
        for (weekly, events) in [(false, false), (true, false), (false, true)] {
            let request = Request {
                weekly,
                events,
                ..ALL
            };
            let asked = run(&parameters, SPAN, key(0), request);
            assert_eq!(
                first_difference(&asked.outcomes, &all.outcomes),
                None,
                "{request:?}"
            );
        }
    }
}

#[test]
fn a_switch_of_policy_changes_neither_arrivals_nor_who_hears_of_them() {
    for replication in 0..3 {
        let one = heard_from_others(&run(&Parameters::default(), SPAN, key(replication), ALL));
        let other = heard_from_others(&run(&other_model(), SPAN, key(replication), ALL));
        assert!(one.len() > 500, "{}", one.len());
        assert!(one == other, "{:?}", one.symmetric_difference(&other).next());
    }
}

#[test]
fn who_leaves_is_luck_of_the_world_where_morale_has_no_say() {
    let with = |mut parameters: Parameters| {
        parameters.behaviour.attrition_morale_effect = 0.0;
        leavers(&run(&parameters, SPAN, key(1), ALL))
    };
    let one = with(Parameters::default());
    assert!(one.len() > 20);
    assert_eq!(one, with(other_model()));
}

#[test]
fn lower_attrition_keeps_a_part_of_the_same_leavers() {
    let with = |attrition_per_year: f64| {
        let mut parameters = Parameters::default();
        parameters.behaviour.attrition_morale_effect = 0.0;
        parameters.behaviour.attrition_per_year = attrition_per_year;
        leavers(&run(&parameters, SPAN, key(1), ALL))
    };
    let (few, many) = (with(0.1), with(0.2));
    assert!(few.len() < many.len() && !few.is_empty());
    assert!(few.iter().all(|leaver| many.contains(leaver)));
}

#[test]
fn quiet_needs_are_found_in_the_order_of_the_world_whoever_searches() {
    let found = |hours: f64| -> Vec<u64> {
        let mut parameters = other_model();
        parameters.discovery.hours = hours;
        parameters.discovery.search_share = 1.0;
        parameters.behaviour.iteration_closure = 0.0;
        let run = run(&parameters, SPAN, key(2), ALL);
        let by_search =
            |event: &&Event| event.kind == EventKind::Heard && event.detail.starts_with("from search");
        run.events
            .iter()
            .filter(by_search)
            .filter_map(|event| event.need)
            .collect()
    };
    let (little, much) = (found(4.0), found(16.0));
    assert!(little.len() < much.len() && little.len() > 50);
    // Needs of the same keys, most of them; those that were forgotten before they were found differ.
    let much: BTreeSet<u64> = much.into_iter().collect();
    let shared = little.iter().filter(|need| much.contains(need)).count();
    assert!(
        shared as f64 > 0.9 * little.len() as f64,
        "{shared} of {}",
        little.len()
    );
}

#[test]
fn one_more_team_in_a_line_of_its_own_changes_nobody_elses_history() {
    for mut parameters in [Parameters::default(), other_model()] {
        // With dependencies the newcomers could be asked for work, which is no longer somebody else's history.
        parameters.environment.coupling = 0.0;
        parameters.company.teams = 8;
        let before = history(&run(&parameters, SPAN, key(5), ALL), 8);
        parameters.company.teams = 9;
        let after = history(&run(&parameters, SPAN, key(5), ALL), 8);
        let first = before.iter().zip(&after).find(|(one, other)| one != other);
        assert_eq!(first, None);
        assert_eq!(before.len(), after.len());
        assert!(before.len() > 1000);
    }
}

/// Events of the first teams, without the numbers that the whole company shares.
fn history(run: &Run, teams: u32) -> Vec<(i32, u32, EventKind, Option<u64>, String)> {
    let told = |event: &Event| {
        (
            event.week,
            event.team,
            event.kind,
            event.need,
            event.detail.clone(),
        )
    };
    run.events
        .iter()
        .filter(|event| event.team < teams)
        .map(told)
        .collect()
}
