//! Work that waits for other teams: whoever waits is owed it by somebody, and joint planning saves what it should.

use sim_core::events::{Event, EventKind};
use sim_core::organisation::{Dependency, Idea, Organisation, Team};
use sim_core::outcomes::Outcome;
use sim_core::parameters::{Parameters, Style};
use sim_core::simulation::{Request, Simulation, Span, WorldKey, run};

use crate::watch::ALL;

const SPAN: Span = Span {
    warm_up_weeks: 52,
    horizon_weeks: 156,
};

/// Half a year before the end: whoever is blocked later may still wait when the run ends.
const LAST_WEEK: i32 = 130;

fn key(replication: u64) -> WorldKey {
    WorldKey { seed: 3, replication }
}

/// A tangled company whose plans change on evidence.
fn tangled() -> Parameters {
    let mut parameters = Parameters::default();
    parameters.environment.coupling = 1.5;
    parameters.discovery.hours = 12.0;
    parameters.roles.product_people_per_team = 2.0;
    parameters.commitment.change_cost = 0.0;
    parameters
}

/// Ideas that wait for a team which owes them nothing, so that nobody will ever free them.
fn forgotten(organisation: &Organisation) -> Vec<(usize, u64)> {
    let mut forgotten = Vec::new();
    for (place, team) in organisation.teams.iter().enumerate() {
        let held = team.in_work.iter().chain(&team.plan);
        let candidates = organisation.backlogs[team.backlog].ids();
        for idea in held.chain(candidates).map(|id| &organisation.ideas[*id]) {
            if asked_by(idea) != owed_to(organisation, place, idea) {
                forgotten.push((place, idea.key.0));
            }
        }
    }
    forgotten
}

/// Work that teams owe to ideas that nobody holds any more.
fn for_nobody(organisation: &Organisation) -> Vec<(u32, u64)> {
    let waits = |team: &Team, key: u64| {
        let held = team.in_work.iter().chain(&team.plan);
        held.chain(organisation.backlogs[team.backlog].ids())
            .any(|id| organisation.ideas[*id].key.0 == key)
    };
    let owed = organisation.teams.iter().flat_map(|server| {
        let lists = server.promised_support.iter().chain(&server.asked_support);
        lists.map(|support| (support.team, support.key.0))
    });
    owed.filter(|(team, key)| !waits(&organisation.teams[*team as usize], *key))
        .collect()
}

fn asked_by(idea: &Idea) -> usize {
    let open = |dependency: &&Dependency| matches!(dependency, Dependency::Open(_));
    idea.dependencies.iter().filter(open).count()
}

fn owed_to(organisation: &Organisation, team: usize, idea: &Idea) -> usize {
    let lists = organisation
        .teams
        .iter()
        .flat_map(|server| server.promised_support.iter().chain(&server.asked_support));
    lists
        .filter(|support| support.team as usize == team && support.key == idea.key)
        .count()
}

#[test]
fn whoever_waits_is_owed_what_it_waits_for() {
    let mut pull = tangled();
    pull.commitment.style = Style::Pull;
    let mut overlapping = tangled();
    overlapping.environment.overlap_share = 0.8;
    overlapping.strategy.clarity = 0.9;
    for parameters in [tangled(), pull, overlapping] {
        let mut simulation = Simulation::new(&parameters, SPAN, key(0), Request::default());
        while simulation.step() {
            let forgotten = forgotten(simulation.organisation());
            let week = simulation.week() - 1;
            assert!(forgotten.is_empty(), "after week {week}: {forgotten:?}");
            let for_nobody = for_nobody(simulation.organisation());
            assert!(for_nobody.is_empty(), "after week {week}: {for_nobody:?}");
        }
    }
}

#[test]
fn cyclic_waits_never_last() {
    let mut parameters = tangled();
    parameters.environment.coupling = 2.0;
    parameters.commitment.planning_hours = 0.0;
    let events = run(&parameters, SPAN, key(1), ALL).events;
    let blocked = |event: &&Event| event.kind == EventKind::Blocked && event.week < LAST_WEEK;
    let mut waits = 0;
    for event in events.iter().filter(blocked) {
        let later = &events[event.number as usize..];
        assert!(later.iter().any(|later| frees(event, later)), "{event:?}");
        waits += 1;
    }
    assert!(waits > 100, "{waits}");
}

fn frees(event: &Event, later: &Event) -> bool {
    later.kind == EventKind::Unblocked && later.team == event.team && later.need == event.need
}

/// Dependencies that planning finds cost their nominal effort, those it misses `missed_dependency_effort` times that:
/// where all are found, the ratio is without effect.
#[test]
fn a_dependency_that_planning_found_costs_no_more_for_those_it_misses() {
    let shipped = |missed_dependency_effort: f64| {
        let mut parameters = Parameters::default();
        parameters.behaviour.dependency_hours = 0.1;
        parameters.commitment.planning_hours = 60.0;
        parameters.commitment.pull_when_empty = false;
        parameters.environment.requests_per_team_quarter = 0.0;
        parameters.discovery.hours = 0.0;
        parameters.behaviour.missed_dependency_effort = missed_dependency_effort;
        run(&parameters, SPAN, key(2), Request::default())
            .outcomes
            .get(Outcome::ItemsShipped)
    };
    assert_eq!(shipped(1.0), shipped(4.0));
}
