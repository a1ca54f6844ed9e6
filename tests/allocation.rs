//! The weekly loop takes no memory from the system once it has warmed up; says nothing about speed.

use allocation_counter::measure;
use sim_core::simulation::{Request, Simulation, Span, WorldKey};

/// Allocations in weeks 60 to 155 after the start of a run with 12 teams, in the worst of some worlds.
fn most_allocations(name: &str) -> u64 {
    let scenario = scenarios::load::<&str>(name, None, &[]).expect("the library loads");
    let allocations = |replication| {
        let key = WorldKey {
            seed: 2026,
            replication,
        };
        let span = Span {
            warm_up_weeks: 0,
            horizon_weeks: 156,
        };
        let mut simulation = Simulation::new(&scenario.parameters, span, key, Request::default());
        while simulation.week() < 60 {
            simulation.step();
        }
        measure(|| while simulation.step() {}).count_total
    };
    (0..50).map(allocations).max().expect("some worlds")
}

#[test]
fn reference_arms_allocate_nothing_in_the_weekly_loop() {
    assert_eq!(most_allocations("reference-quarterly"), 0);
    assert_eq!(most_allocations("reference-continuous"), 0);
}

/// Lists of needs, promises and items start with room for what is usual; the rare longer one grows once.
#[test]
fn the_full_model_allocates_at_most_when_a_list_is_longer_than_ever_before() {
    for name in ["safe", "empowered"] {
        let allocations = most_allocations(name);
        assert!(allocations <= 4, "{name}: {allocations}");
    }
}

#[test]
fn the_counter_counts() {
    assert!(measure(|| drop(std::hint::black_box(vec![0u8; 100]))).count_total > 0);
}
