//! Speed of the engine in team-weeks per second: its arms beside the plain peer, and how time grows with teams and weeks;
//! never whether results are right.

use std::hint::black_box;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{
    BenchmarkGroup, BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main,
};
use scenarios::scenario::Scenario;
use sim_core::simulation::{Request, Span, WorldKey, run};

#[path = "peers/plain_rust.rs"]
mod plain_rust;

use plain_rust::Arm;

const SEED: u64 = 2026;

/// A library scenario with some settings changed.
fn scenario(name: &str, overrides: &[String]) -> Scenario {
    scenarios::load(name, None, overrides).expect("the library loads")
}

/// A group whose benchmarks take a few seconds each.
fn group<'a>(criterion: &'a mut Criterion, name: &str) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group
        .sample_size(10)
        .sampling_mode(SamplingMode::Flat)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3));
    group
}

/// Whole runs of a scenario, one world after another.
fn engine(group: &mut BenchmarkGroup<'_, WallTime>, id: BenchmarkId, scenario: &Scenario, span: Span) {
    let weeks = u64::from(span.warm_up_weeks + span.horizon_weeks);
    group.throughput(Throughput::Elements(
        weeks * u64::from(scenario.parameters.company.teams),
    ));
    let mut replication = 0;
    group.bench_function(id, |bencher| {
        bencher.iter(|| {
            replication += 1;
            let key = WorldKey {
                seed: SEED,
                replication,
            };
            run(black_box(&scenario.parameters), span, key, Request::default())
        });
    });
}

fn peer(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, arm: Arm) {
    group.throughput(Throughput::Elements(u64::from(
        plain_rust::TEAMS * plain_rust::WEEKS,
    )));
    let mut replication = 0;
    group.bench_function(name, |bencher| {
        bencher.iter(|| {
            replication += 1;
            plain_rust::replication(black_box(SEED), replication, arm)
        });
    });
}

/// The reference model in the engine and in the peer, and the full model, with 12 teams each.
fn arms(criterion: &mut Criterion) {
    let mut group = group(criterion, "arms");
    peer(&mut group, "peer-quarterly", Arm::Quarterly);
    peer(&mut group, "peer-continuous", Arm::Continuous);
    for name in ["reference-quarterly", "reference-continuous", "safe", "empowered"] {
        let scenario = scenario(name, &[]);
        let span = Span {
            warm_up_weeks: scenario.warm_up_weeks,
            ..Span::default()
        };
        engine(&mut group, BenchmarkId::from_parameter(name), &scenario, span);
    }
}

/// Time grows linearly with teams: team-weeks per second stay the same until the state outgrows the caches.
fn teams(criterion: &mut Criterion) {
    let mut group = group(criterion, "teams");
    for teams in [1, 12, 100, 1_000, 10_000] {
        let scenario = scenario("empowered", &[format!("company.teams={teams}")]);
        let span = Span {
            warm_up_weeks: 0,
            horizon_weeks: 52,
        };
        engine(&mut group, BenchmarkId::from_parameter(teams), &scenario, span);
    }
}

/// Time grows linearly with weeks: team-weeks per second stay the same.
fn weeks(criterion: &mut Criterion) {
    let mut group = group(criterion, "weeks");
    let scenario = scenario("empowered", &[]);
    for horizon_weeks in [52, 156, 416] {
        let span = Span {
            warm_up_weeks: 0,
            horizon_weeks,
        };
        engine(
            &mut group,
            BenchmarkId::from_parameter(horizon_weeks),
            &scenario,
            span,
        );
    }
}

criterion_group!(benches, arms, teams, weeks);
criterion_main!(benches);
