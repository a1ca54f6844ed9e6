//! How fast worlds are made: what is prepared for a replication, and the needs that arise in it; never what people make of
//! them.

mod common;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use sim_core::random::Key;
use sim_core::simulation;
use sim_core::world::World;

use common::{SEED, group, scenario, span, world};

/// Needs of each team that are drawn.
const NEEDS: u64 = 1_000;

/// The world of a replication before its first week, per team-week. That of 1,000 teams is too large to be drawn
/// beforehand.
fn preparation(criterion: &mut Criterion) {
    let mut group = group(criterion, "preparation", 1);
    for teams in [1, 12, 1_000] {
        let scenario = scenario("empowered", &[format!("company.teams={teams}")]);
        let span = span(&scenario);
        let weeks = u64::from(span.warm_up_weeks + span.horizon_weeks);
        let mut replication = 0;
        group.throughput(Throughput::Elements(teams * weeks));
        group.bench_function(BenchmarkId::from_parameter(teams), |bencher| {
            bencher.iter(|| {
                replication += 1;
                let parameters = black_box(&scenario.parameters);
                simulation::world(parameters, span, world(replication)).drawn(parameters, weeks as u32)
            });
        });
    }
}

/// Each part of a need by itself, and a need as a team meets it.
fn needs(criterion: &mut Criterion) {
    let mut group = group(criterion, "needs", 1);
    for name in ["safe", "reference-quarterly"] {
        let parameters = &scenario(name, &[]).parameters;
        let world = &World::new(parameters, SEED, 0, 0);
        let teams = parameters.company.teams as usize;
        let named = || (0..teams).flat_map(|team| (0..NEEDS).map(move |need| (team, need)));
        let keys: Vec<Key> = named().map(|(team, need)| world.need_key(team, need)).collect();
        group.throughput(Throughput::Elements(keys.len() as u64));
        let mut part = |part: &str, draw: &dyn Fn()| {
            group.bench_function(BenchmarkId::new(name, part), |bencher| bencher.iter(draw));
        };
        part("key", &|| {
            each(named(), |(team, need)| world.need_key(team, need))
        });
        part("source", &|| each(&keys, |key| world.source(parameters, *key)));
        part("need", &|| each(&keys, |key| world.need(parameters, *key, 0)));
        part("first-estimate", &|| {
            each(&keys, |key| {
                world.first_estimate_error(parameters, *key, [1.0, 0.0])
            });
        });
        part("all", &|| {
            each(named(), |(team, need)| {
                let key = world.need_key(team, need);
                let source = world.source(parameters, key)?;
                let error = world.first_estimate_error(parameters, key, [1.0, 0.0]);
                Some((source, world.need(parameters, key, 0), error))
            });
        });
    }
}

/// Draws something for each of them.
fn each<T, D>(things: impl IntoIterator<Item = T>, draw: impl Fn(T) -> D) {
    for thing in things {
        black_box(draw(thing));
    }
}

criterion_group!(benches, preparation, needs);
criterion_main!(benches);
