//! The same study is the same bytes: run at once, interrupted, extended, run again from its manifest.

use std::sync::atomic::{AtomicBool, Ordering};

use experiments::result::Stopped;
use experiments::{ComparisonPlan, Stopping};
use studies::Study;
use studies::manifest::Status;

use crate::toy::{assert_same_files, engine, files, plan, run};

#[test]
fn a_finished_study_knows_what_it_is_and_gives_every_row() {
    let folder = tempfile::tempdir().unwrap();
    let mut study = Study::create(folder.path(), &plan(60)).unwrap();
    assert_eq!(study.manifest().status, Status::Running);
    let comparison = run(&mut study).unwrap();
    for basis in [&comparison.settings, comparison.plausible.as_ref().unwrap()] {
        let rows: Vec<_> = study.rows(basis).map(Result::unwrap).collect();
        assert_eq!(rows.len(), 120);
        assert!(
            rows.windows(2)
                .all(|pair| (pair[0].replication, pair[0].arm) < (pair[1].replication, pair[1].arm))
        );
    }
    let manifest = study.manifest();
    assert_eq!(
        (manifest.status, manifest.replications, manifest.worlds_failed),
        (Status::Finished, Some(60), Some(0))
    );
    assert_eq!(manifest.bases.len(), 2);
    let names: Vec<String> = files(folder.path()).into_keys().collect();
    assert_eq!(
        names,
        [
            "manifest.json",
            "shards/plausible-000000.shard",
            "shards/settings-000000.shard"
        ]
    );
}

#[test]
fn threads_and_reruns_give_the_same_bytes() {
    let (one, two, three) = (
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
    );
    run(&mut Study::create(
        one.path(),
        &ComparisonPlan {
            threads: 1,
            ..plan(120)
        },
    )
    .unwrap())
    .unwrap();
    run(&mut Study::create(
        two.path(),
        &ComparisonPlan {
            threads: 3,
            ..plan(120)
        },
    )
    .unwrap())
    .unwrap();
    assert_same_files(one.path(), two.path());
    let stored = Study::open(one.path()).unwrap().plan().clone();
    run(&mut Study::create(three.path(), &stored).unwrap()).unwrap();
    assert_same_files(one.path(), three.path());
}

#[test]
fn an_interrupted_study_goes_on_to_the_same_bytes() {
    let (whole, cut) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let direct = run(&mut Study::create(whole.path(), &plan(2100)).unwrap()).unwrap();
    let mut study = Study::create(cut.path(), &plan(2100)).unwrap();
    let cancel = AtomicBool::new(false);
    let comparison = study
        .run(
            &engine,
            &mut |progress| cancel.store(progress.worlds_done >= 300, Ordering::Relaxed),
            &cancel,
        )
        .unwrap();
    assert_eq!(comparison.settings.stopped, Stopped::Interrupted);
    assert!(comparison.settings.replications > 0);
    study.finish(&comparison).unwrap();
    assert_eq!(
        study.manifest().status,
        Status::Running,
        "an interrupted study is never finished"
    );
    drop(study);
    let resumed = run(&mut Study::resume_plan(cut.path(), &plan(2100)).unwrap()).unwrap();
    assert_same_files(whole.path(), cut.path());
    assert_eq!(format!("{direct:?}"), format!("{resumed:?}"));
    assert_eq!(files(whole.path()).len(), 7, "a thousand worlds share a shard");
}

#[test]
fn extending_gives_the_study_that_would_have_been_made_at_once() {
    let (direct, extended) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let expected = run(&mut Study::create(direct.path(), &plan(333)).unwrap()).unwrap();
    run(&mut Study::create(extended.path(), &plan(130)).unwrap()).unwrap();
    let found = run(&mut Study::extend(extended.path(), 333).unwrap()).unwrap();
    assert_eq!(format!("{expected:?}"), format!("{found:?}"));
    assert_same_files(direct.path(), extended.path());
}

#[test]
fn a_study_that_stopped_by_itself_can_be_extended() {
    let folder = tempfile::tempdir().unwrap();
    let settled = ComparisonPlan {
        stopping: Stopping::Settled,
        plausible: false,
        ..plan(1)
    };
    let found = run(&mut Study::create(folder.path(), &settled).unwrap()).unwrap();
    assert_eq!(
        (found.settings.replications, found.settings.stopped),
        (400, Stopped::Settled)
    );
    let found = run(&mut Study::extend(folder.path(), 450).unwrap()).unwrap();
    assert_eq!(
        (found.settings.replications, found.settings.stopped),
        (450, Stopped::AsAsked)
    );
}

#[test]
fn the_manifest_keeps_every_value_to_the_last_bit() {
    let folder = tempfile::tempdir().unwrap();
    let plan = ComparisonPlan {
        stopping: Stopping::Precision(0.1 + 0.2),
        smallest_gap_share: 1.0 / 3.0,
        fork_week: Some(3),
        ..plan(1)
    };
    drop(Study::create(folder.path(), &plan).unwrap());
    let stored = Study::open(folder.path()).unwrap().plan().clone();
    assert_eq!(stored, ComparisonPlan { threads: 0, ..plan });
}
