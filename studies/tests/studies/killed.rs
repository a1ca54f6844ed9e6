//! A process that is killed in the middle of its work loses at most the last seconds of it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::{Duration, Instant};

use experiments::ComparisonPlan;
use sim_core::parameters::Parameters;
use sim_core::simulation::{Request, Run, Span, WorldKey};
use studies::Study;

use crate::toy::{assert_same_files, engine, plan, run};

/// Where the process to be killed works; set only for it.
const FOLDER: &str = "ORGSIM_TEST_KILLED_STUDY";

fn long_plan() -> ComparisonPlan {
    ComparisonPlan {
        plausible: false,
        ..plan(1500)
    }
}

fn slow_engine(parameters: &Parameters, span: Span, key: WorldKey, request: Request) -> Run {
    thread::sleep(Duration::from_millis(3));
    engine(parameters, span, key, request)
}

/// Not a test by itself: the process that the next test starts and kills.
#[test]
fn worker_that_is_killed() {
    let Some(folder) = env::var_os(FOLDER) else { return };
    let mut study = Study::create(Path::new(&folder), &long_plan()).unwrap();
    let _ = study.run(&slow_engine, &mut |_| {}, &AtomicBool::new(false));
    panic!("it should have been killed long before");
}

fn wait_for(path: &Path) {
    let started = Instant::now();
    while !path.exists() {
        assert!(
            started.elapsed() < Duration::from_secs(60),
            "{} never came",
            path.display()
        );
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_killed_study_goes_on_to_the_same_bytes() {
    let (whole, killed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let folder: PathBuf = killed.path().join("study");
    let mut worker = Command::new(env::current_exe().unwrap())
        .args(["--exact", "killed::worker_that_is_killed"])
        .env(FOLDER, &folder)
        .spawn()
        .unwrap();
    let shard = folder.join("shards/settings-000000.shard");
    wait_for(&shard);
    worker.kill().unwrap();
    worker.wait().unwrap();
    let before = fs::metadata(&shard).unwrap().len();
    run(&mut Study::create(whole.path(), &long_plan()).unwrap()).unwrap();
    run(&mut Study::resume_plan(&folder, &long_plan()).unwrap()).unwrap();
    assert!(
        before > 0 && before < fs::metadata(&shard).unwrap().len(),
        "it was killed in the middle"
    );
    assert_same_files(whole.path(), &folder);
}
