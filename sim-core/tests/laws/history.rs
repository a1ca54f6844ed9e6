//! The history of work items is that of the event log, and keeping it changes nothing.

use sim_core::events::EventKind;
use sim_core::parameters::Parameters;
use sim_core::simulation::{Simulation, Span, WorldKey, run};

use crate::books::lives;
use crate::likeness::assert_same;
use crate::watch::ALL;

const SPAN: Span = Span {
    warm_up_weeks: 20,
    horizon_weeks: 80,
};

const KEY: WorldKey = WorldKey {
    seed: 5,
    replication: 3,
};

fn parameters(shared_backlog: bool) -> Parameters {
    let mut parameters = Parameters::default();
    parameters.commitment.shared_backlog = shared_backlog;
    parameters.release.cadence_weeks = 4;
    parameters
}

#[test]
fn every_item_is_in_the_history_with_the_weeks_of_the_event_log() {
    for shared_backlog in [false, true] {
        let parameters = parameters(shared_backlog);
        let mut simulation = Simulation::new(&parameters, SPAN, KEY, ALL);
        simulation.keep_history();
        while simulation.step() {}
        let history = simulation.clone().into_history();
        let events = simulation.finish().events;
        let lives = lives(&parameters, &events);
        assert_eq!(history.len(), lives.len());
        let weeks = |items: Vec<[Option<i32>; 3]>| {
            let mut items = items;
            items.sort_unstable();
            items
        };
        let kept = history
            .iter()
            .map(|item| [Some(item.created), item.started, item.finished]);
        let logged = lives
            .values()
            .map(|life| [life.heard, life.started, life.finished]);
        assert_eq!(weeks(kept.collect()), weeks(logged.collect()));
        let dropped = history.iter().filter(|item| item.dropped.is_some()).count();
        let killed = lives.values().filter(|life| {
            life.started.is_some() && life.ends.iter().any(|(_, kind)| *kind == EventKind::Killed)
        });
        assert_eq!(dropped, killed.count());
        let known = history.iter().filter(|item| item.effect.is_some()).count();
        let shipped = lives.values().filter(|life| life.shipped.is_some()).count();
        assert!(known > 0 && known <= shipped, "{known} {shipped}");
        assert!(
            history
                .iter()
                .all(|item| item.effort.is_some() == item.finished.is_some())
        );
    }
}

#[test]
fn keeping_it_changes_nothing() {
    let parameters = parameters(false);
    let plain = run(&parameters, SPAN, KEY, ALL);
    let mut simulation = Simulation::new(&parameters, SPAN, KEY, ALL);
    simulation.keep_history();
    while simulation.step() {}
    assert_same(&simulation.finish(), &plain, "with a history");
    assert!(
        Simulation::new(&parameters, SPAN, KEY, ALL)
            .into_history()
            .is_empty()
    );
}
