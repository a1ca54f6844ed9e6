//! How fast replications become summaries: each estimator, weekly bands, and a comparison whose worlds are known already;
//! simulates nothing while it measures.

mod common;

use std::hint::black_box;
use std::sync::atomic::AtomicBool;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use experiments::block::{BLOCK_WORLDS, Block};
use experiments::error::KeeperError;
use experiments::result::{Basis, Comparison, QUANTILE_LEVELS};
use experiments::statistics::{Estimate, IntervalRule, Moments, Sketch, Values};
use experiments::weekly::{WeeklyBlock, WeeklyTally};
use experiments::{ComparisonPlan, Observer, Simulator, compare};
use sim_core::outcomes::{Outcome, WeekRecord};
use sim_core::simulation::{Request, run};

use common::{group, plan, scenario, span, world};

/// Worlds that there are.
const WORLDS: u64 = 1_000;

/// Blocks of a comparison, kept by one that simulates them and handed over, not copied, to one that knows them.
#[derive(Clone, Default)]
struct Kept(Vec<Option<Block>>);

impl Observer for Kept {
    fn known(&mut self, _basis: Basis, index: u64) -> Result<Option<Block>, KeeperError> {
        Ok(self.0.get_mut(index as usize).and_then(Option::take))
    }

    fn finished(&mut self, block: &Block) -> Result<(), KeeperError> {
        self.0.push(Some(block.clone()));
        Ok(())
    }
}

fn comparison(plan: &ComparisonPlan, kept: &mut Kept) -> Comparison {
    compare(plan, &Simulator, kept, &AtomicBool::new(false)).expect("the plan can be run")
}

/// What an arm shipped in each world.
fn shipped_value(kept: &Kept, arm: u32) -> Vec<f64> {
    let rows = kept.0.iter().flatten().flat_map(|block| &block.rows);
    let of_arm = rows.filter(|row| row.arm == arm);
    of_arm
        .filter_map(|row| row.outcomes.get(Outcome::ShippedValue))
        .collect()
}

/// The weekly records of a block of worlds.
fn records() -> Vec<Vec<WeekRecord>> {
    let scenario = scenario("safe", &[]);
    let request = Request {
        weekly: true,
        ..Request::default()
    };
    let record = |replication| run(&scenario.parameters, span(&scenario), world(replication), request).weekly;
    (0..BLOCK_WORLDS).map(record).collect()
}

/// One outcome of one arm, or of one pair.
fn estimators(criterion: &mut Criterion, kept: &Kept) {
    let mut group = group(criterion, "estimators", 1);
    group.throughput(Throughput::Elements(WORLDS));
    let (safe, empowered) = (shipped_value(kept, 0), shipped_value(kept, 1));
    group.bench_function("mean", |bencher| {
        bencher.iter(|| Estimate::of(black_box(&safe).iter().copied()));
    });
    group.bench_function("paired-difference", |bencher| {
        bencher.iter(|| {
            let mut differences = Moments::default();
            let pairs = black_box(&empowered).iter().zip(black_box(&safe));
            pairs.for_each(|(arm, baseline)| differences.add(arm - baseline));
            Estimate::from_moments(&differences, IntervalRule::AnyTime)
        });
    });
    group.bench_function("quantiles", |bencher| {
        bencher.iter(|| Values::exact(black_box(&safe).clone()).quantiles(&QUANTILE_LEVELS));
    });
    group.bench_function("quantiles-of-sketch", |bencher| {
        bencher.iter(|| {
            let sketch = Sketch::of(black_box(&safe).iter().copied());
            QUANTILE_LEVELS.map(|level| sketch.quantile(level))
        });
    });
}

/// Every weekly series of one arm.
fn bands(criterion: &mut Criterion, kept: &Kept) {
    let mut group = group(criterion, "bands", 1);
    let records = records();
    group.throughput(Throughput::Elements(BLOCK_WORLDS));
    group.bench_function("of-a-block", |bencher| {
        bencher.iter(|| WeeklyBlock::of(black_box(&records)));
    });
    group.throughput(Throughput::Elements(WORLDS));
    group.bench_function("of-all-blocks", |bencher| {
        bencher.iter(|| {
            let mut all = WeeklyTally::default();
            let blocks = black_box(kept).0.iter().flatten();
            blocks.for_each(|block| all.add(&block.weekly[0]));
            all.bands()
        });
    });
}

/// Every outcome, pair and band of a comparison, from finished blocks.
fn known_worlds(criterion: &mut Criterion, kept: &Kept) {
    let mut group = group(criterion, "known-worlds", 1);
    for worlds in [WORLDS / 10, WORLDS] {
        let plan = plan(worlds);
        group.throughput(Throughput::Elements(worlds));
        group.bench_function(BenchmarkId::from_parameter(worlds), |bencher| {
            bencher.iter_batched(
                || kept.clone(),
                |mut kept| (comparison(&plan, &mut kept), kept),
                BatchSize::PerIteration,
            );
        });
    }
}

fn summaries(criterion: &mut Criterion) {
    let mut kept = Kept::default();
    comparison(&plan(WORLDS), &mut kept);
    estimators(criterion, &kept);
    bands(criterion, &kept);
    known_worlds(criterion, &kept);
}

criterion_group!(benches, summaries);
criterion_main!(benches);
