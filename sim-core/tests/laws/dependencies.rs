//! Work that waits for other teams, under the hardest coupling there is.

use sim_core::events::{Event, EventKind};
use sim_core::parameters::Parameters;
use sim_core::simulation::{Span, WorldKey, run};

use crate::watch::ALL;

const SPAN: Span = Span {
    warm_up_weeks: 52,
    horizon_weeks: 156,
};
/// Half a year before the end: whoever is blocked later may still wait when the run ends.
const LAST_WEEK: i32 = 130;

fn frees(event: &Event, later: &Event) -> bool {
    later.kind == EventKind::Unblocked && later.team == event.team && later.need == event.need
}

#[test]
fn cyclic_waits_never_last() {
    let mut parameters = Parameters::default();
    parameters.environment.coupling = 2.0;
    parameters.commitment.planning_hours = 0.0;
    parameters.discovery.hours = 0.0;
    let key = WorldKey {
        seed: 3,
        replication: 1,
    };
    let events = run(&parameters, SPAN, key, ALL).events;
    let blocked = |event: &&Event| event.kind == EventKind::Blocked && event.week < LAST_WEEK;
    let mut waits = 0;
    for event in events.iter().filter(blocked) {
        let later = &events[event.number as usize..];
        assert!(later.iter().any(|later| frees(event, later)), "{event:?}");
        waits += 1;
    }
    assert!(waits > 100, "{waits}");
}
