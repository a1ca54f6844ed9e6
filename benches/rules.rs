//! What each rule of the week takes, in time per team-week; never whether results are right.
//!
//! Reading the clock is not taken off: a rule with nothing to do takes what `clock` does, about 2 ns per team-week with 12
//! teams. Rules that are timed are called one by one, where the engine has them in one piece.

mod common;

use std::cell::LazyCell;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use scenarios::Scenario;
use sim_core::simulation::{Request, Simulation};

use common::{group, scenario, span, world};

/// As many rounds as a benchmark has samples.
const ROUNDS: usize = 10;
/// Worlds of a round.
const WORLDS: u64 = 200;

/// Times of rules, in the order in which they come.
struct Stopwatch {
    times: Vec<(&'static str, Duration)>,
    started: Instant,
}

impl Stopwatch {
    fn new() -> Self {
        Self {
            times: Vec::new(),
            started: Instant::now(),
        }
    }

    fn start(&mut self) {
        self.started = Instant::now();
    }

    /// Adds the time since the last start to that of `rule`, and starts anew when that is written down.
    fn stop(&mut self, rule: &'static str) {
        let time = self.started.elapsed();
        match self.times.iter_mut().find(|(name, _)| *name == rule) {
            Some((_, sum)) => *sum += time,
            None => self.times.push((rule, time)),
        }
        self.start();
    }
}

/// What rules took in some worlds.
struct Round {
    times: Vec<(&'static str, Duration)>,
    team_weeks: u64,
}

impl Round {
    fn new(scenario: &Scenario, worlds: impl Iterator<Item = u64>) -> Self {
        let mut stopwatch = Stopwatch::new();
        let team_weeks = worlds
            .map(|replication| watch(scenario, replication, &mut stopwatch))
            .sum();
        Self {
            times: stopwatch.times,
            team_weeks,
        }
    }

    /// The time of a rule in so many team-weeks.
    fn time(&self, rule: &str, team_weeks: u64) -> Duration {
        let mut times = self.times.iter();
        let time = times.find(|(name, _)| *name == rule).map(|(_, time)| *time);
        time.unwrap_or_default()
            .mul_f64(team_weeks as f64 / self.team_weeks as f64)
    }
}

/// Runs a world, warm-up too, and returns its team-weeks.
fn watch(scenario: &Scenario, replication: u64, stopwatch: &mut Stopwatch) -> u64 {
    let (span, key) = (span(scenario), world(replication));
    let mut simulation = Simulation::new(&scenario.parameters, span, key, Request::default());
    stopwatch.start();
    while simulation.step_telling(&mut |rule| stopwatch.stop(rule)) {
        stopwatch.stop("clock");
    }
    simulation.finish().team_weeks
}

/// An iteration is one team-week. All rules of a scenario are timed in the same rounds of worlds; each benchmark takes its
/// samples from them, one round each.
fn rules(criterion: &mut Criterion) {
    let mut group = group(criterion, "rules", 1);
    group.warm_up_time(Duration::from_nanos(1));
    for name in ["safe", "empowered", "reference-quarterly", "reference-continuous"] {
        let scenario = scenario(name, &[]);
        let round = |first| Round::new(&scenario, first..first + WORLDS);
        let firsts = (0..).step_by(WORLDS as usize).take(ROUNDS);
        let rounds = LazyCell::new(|| firsts.map(round).collect::<Vec<_>>());
        for (rule, _) in Round::new(&scenario, 0..1).times {
            let mut turn = 0;
            group.bench_function(BenchmarkId::new(name, rule), |bencher| {
                turn += 1;
                let round = &rounds[turn % ROUNDS];
                bencher.iter_custom(|team_weeks| round.time(rule, team_weeks));
            });
        }
    }
}

criterion_group!(benches, rules);
criterion_main!(benches);
