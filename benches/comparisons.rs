//! How fast `safe` and `empowered` are compared from beginning to end, in memory, in a study folder and by the program;
//! never what is found.

mod common;

use std::path::Path;
use std::process::Command;
use std::sync::atomic::AtomicBool;

use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use experiments::block::BLOCK_WORLDS;
use experiments::result::Comparison;
use experiments::{ComparisonPlan, Simulator, compare};
use studies::Study;
use tempfile::tempdir;

use common::{SEED, group, plan};

/// Worlds, and as many plausible companies: one block of each, so that what does not grow with worlds shows.
const WORLDS: u64 = BLOCK_WORLDS;

fn in_memory(plan: &ComparisonPlan) -> Comparison {
    compare(plan, &Simulator, &mut (), &AtomicBool::new(false)).expect("the plan can be run")
}

/// Manifest, log and shards; the tables are the program's.
fn in_folder(plan: &ComparisonPlan, folder: &Path) -> Comparison {
    let mut study = Study::create(folder, plan).expect("the folder is new");
    let comparison = study.run(&Simulator, &mut |_| (), &AtomicBool::new(false));
    let comparison = comparison.expect("worlds can be kept");
    study.finish(&comparison).expect("the manifest can be written");
    comparison
}

/// `orgsim compare`, from its start to its last file.
fn by_program(options: &[&str], folder: &Path) {
    let status = Command::new(env!("CARGO_BIN_EXE_orgsim"))
        .args(["compare", "safe", "empowered", "--no-uncertain"])
        .args(["--threads", "1", "--quiet"])
        .args(["--replications", &WORLDS.to_string(), "--seed", &SEED.to_string()])
        .arg("--out")
        .arg(folder)
        .args(options)
        .status()
        .expect("the program can be started");
    assert!(status.success(), "{status}");
}

/// Work in a new folder, whose making and removal are not measured.
fn with_folder<T>(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, work: impl Fn(&Path) -> T) {
    group.bench_function(name, |bencher| {
        bencher.iter_batched(
            || tempdir().expect("there is room for a folder"),
            |folder| (work(&folder.path().join("study")), folder),
            BatchSize::PerIteration,
        );
    });
}

/// Paired worlds on one thread, under the settings; `memory-plausible` goes over plausible companies, too.
fn comparisons(criterion: &mut Criterion) {
    let mut group = group(criterion, "comparisons", 3);
    group.throughput(Throughput::Elements(WORLDS));
    let settings = plan(WORLDS);
    let both = ComparisonPlan {
        plausible: true,
        ..settings.clone()
    };
    group.bench_function("memory", |bencher| bencher.iter(|| in_memory(&settings)));
    group.bench_function("memory-plausible", |bencher| bencher.iter(|| in_memory(&both)));
    with_folder(&mut group, "folder", |folder| in_folder(&settings, folder));
    with_folder(&mut group, "program", |folder| {
        by_program(&["--no-plots"], folder)
    });
    with_folder(&mut group, "program-plots", |folder| by_program(&[], folder));
}

criterion_group!(benches, comparisons);
criterion_main!(benches);
