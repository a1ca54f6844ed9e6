//! Speed of the engine in team-weeks per second: its arms beside the plain peer, and how time grows with teams and weeks;
//! never whether results are right.

mod common;
#[path = "peers/plain_rust.rs"]
mod plain_rust;

use std::hint::black_box;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use scenarios::Scenario;
use sim_core::simulation::{Request, Span, run};

use common::{SEED, group, scenario, span, world};
use plain_rust::Arm;

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
            run(
                black_box(&scenario.parameters),
                span,
                world(replication),
                Request::default(),
            )
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
    let mut group = group(criterion, "arms", 3);
    peer(&mut group, "peer-quarterly", Arm::Quarterly);
    peer(&mut group, "peer-continuous", Arm::Continuous);
    for name in ["reference-quarterly", "reference-continuous", "safe", "empowered"] {
        let scenario = scenario(name, &[]);
        engine(
            &mut group,
            BenchmarkId::from_parameter(name),
            &scenario,
            span(&scenario),
        );
    }
}

/// Time grows linearly with teams: team-weeks per second stay the same until the state outgrows the caches.
fn teams(criterion: &mut Criterion) {
    let mut group = group(criterion, "teams", 3);
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
    let mut group = group(criterion, "weeks", 3);
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
