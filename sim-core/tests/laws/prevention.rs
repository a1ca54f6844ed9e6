//! An event that is prevented does not happen; nothing before it changes, and preventing nothing changes nothing.

use sim_core::events::{Event, EventKind};
use sim_core::parameters::{Parameters, Style};
use sim_core::simulation::{Run, Simulation, Span, WorldKey};

use crate::likeness::assert_same;
use crate::watch::ALL;

const SPAN: Span = Span {
    warm_up_weeks: 52,
    horizon_weeks: 156,
};

/// An organisation that plans in trains, one that pulls and releases on demand, and one that goes over from the first to
/// the second; all with everything that may happen.
fn all() -> [Parameters; 3] {
    let mut planning = Parameters::default();
    planning.discovery.kill_threshold = 1.0;
    planning.customer_access.data = 0.8;
    planning.release.rollback = true;
    planning.mandates.per_line_year = 1.0;
    planning.behaviour.product_attrition_per_year = 0.5;
    let mut pulling = planning.clone();
    pulling.commitment.style = Style::Pull;
    pulling.release.cadence_weeks = 0;
    let mut changing = planning.clone();
    changing.transformation.sponsor_leaving_per_year = 0.8;
    changing.transformation.backsliding_per_year = 0.8;
    changing.transformation.adoption_per_year = 4.0;
    changing.transformation.line_threshold = 0.3;
    changing.target = Some(Box::new(pulling.clone()));
    [planning, pulling, changing]
}

fn run_without(parameters: &Parameters, replication: u64, event: Option<&Event>) -> Run {
    let key = WorldKey { seed: 7, replication };
    let mut simulation = Simulation::new(parameters, SPAN, key, ALL);
    if let Some(event) = event {
        simulation.prevent(event);
    }
    while simulation.step() {}
    simulation.finish()
}

/// What happened before `week`, as text; figures of the log are those of the run.
fn before(run: &Run, week: i32) -> Vec<String> {
    let events = run.events.iter().take_while(|event| event.week < week);
    events.map(|event| format!("{event:?}")).collect()
}

#[test]
fn every_kind_that_can_be_prevented_is() {
    let mut seen: Vec<EventKind> = Vec::new();
    for (replication, parameters) in all().iter().enumerate() {
        let as_it_was = run_without(parameters, replication as u64, None);
        let mut kinds: Vec<EventKind> = Vec::new();
        for event in &as_it_was.events {
            if event.week < 20 || event.instead().is_none() || kinds.contains(&event.kind) {
                continue;
            }
            kinds.push(event.kind);
            let without = run_without(parameters, replication as u64, Some(event));
            assert_eq!(
                before(&as_it_was, event.week),
                before(&without, event.week),
                "{event:?}"
            );
            let happens = without.events.iter().any(|other| {
                (other.week, other.kind, other.team, other.need)
                    == (event.week, event.kind, event.team, event.need)
            });
            assert!(!happens, "{event:?}");
        }
        seen.extend(kinds);
    }
    for kind in [
        EventKind::Heard,
        EventKind::Killed,
        EventKind::Started,
        EventKind::PlanChanged,
        EventKind::Blocked,
        EventKind::ReleaseFailed,
        EventKind::Shipped,
        EventKind::RolledBack,
        EventKind::DateMissed,
        EventKind::Left,
        EventKind::Resigned,
        EventKind::MandateAnnounced,
        EventKind::SponsorLeft,
        EventKind::Reverted,
        EventKind::Advanced,
        EventKind::LineAdvanced,
    ] {
        assert!(seen.contains(&kind), "none of these runs has {kind}");
    }
}

/// A head of product or a chief product officer who does not resign keeps the post, and nobody rises to it.
#[test]
fn leaders_can_be_kept() {
    let [parameters, ..] = all();
    let (replication, event) = (0..20)
        .find_map(|replication| {
            let run = run_without(&parameters, replication, None);
            let mut events = run.events.into_iter();
            let left = events.find(|event| {
                event.week > 0 && event.kind == EventKind::Resigned && !event.detail.contains("craft")
            })?;
            Some((replication, left))
        })
        .expect("some leader resigns in one of 20 runs");
    let without = run_without(&parameters, replication, Some(&event));
    let mut that_week = without.events.iter().filter(|other| other.week == event.week);
    assert!(that_week.all(|other| (other.kind, &other.detail) != (EventKind::Resigned, &event.detail)));
}

#[test]
fn preventing_what_never_was_changes_nothing() {
    let [parameters, ..] = all();
    let as_it_was = run_without(&parameters, 5, None);
    let mut elsewhere = as_it_was
        .events
        .iter()
        .find(|event| event.kind == EventKind::Shipped && event.week > 10)
        .expect("something is shipped")
        .clone();
    elsewhere.need = Some(1);
    assert!(elsewhere.instead().is_some());
    assert_same(
        &run_without(&parameters, 5, Some(&elsewhere)),
        &as_it_was,
        "nothing is prevented",
    );
}
