//! What benches have in common: scenarios, worlds, plans, and groups of benchmarks; never a benchmark itself.

#![allow(dead_code, reason = "no bench needs all of it")]

use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, SamplingMode};
use experiments::{ComparisonPlan, Stopping};
use scenarios::Scenario;
use sim_core::simulation::{Span, WorldKey};

/// Seed of every world.
pub const SEED: u64 = 2026;

/// A library scenario with some settings changed.
pub fn scenario(name: &str, overrides: &[String]) -> Scenario {
    scenarios::load(name, None, overrides).expect("the library loads")
}

/// The weeks of a scenario: its own warm-up, then the usual horizon.
pub fn span(scenario: &Scenario) -> Span {
    Span {
        warm_up_weeks: scenario.warm_up_weeks,
        ..Span::default()
    }
}

/// The world of a replication.
pub fn world(replication: u64) -> WorldKey {
    WorldKey {
        seed: SEED,
        replication,
    }
}

/// `safe` and `empowered` in so many worlds under the settings, on one thread, so that times of a busy machine can be
/// compared.
pub fn plan(worlds: u64) -> ComparisonPlan {
    let arms = vec![scenario("safe", &[]), scenario("empowered", &[])];
    ComparisonPlan {
        span: span(&arms[0]),
        stopping: Stopping::Fixed(worlds),
        plausible: false,
        threads: 1,
        ..ComparisonPlan::new(arms, SEED)
    }
}

/// A group whose benchmarks take `seconds` each, beside what is spent on warming up.
pub fn group<'a>(criterion: &'a mut Criterion, name: &str, seconds: u64) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group
        .sample_size(10)
        .sampling_mode(SamplingMode::Flat)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(seconds));
    group
}
