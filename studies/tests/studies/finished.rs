//! What is finished is read back as it was found; anything else is refused, and nothing is changed by reading.

use std::fs;

use sim_core::outcomes::Outcome;
use sim_core::simulation::Span;
use studies::manifest::MANIFEST_FILE;
use studies::{
    ExperimentFolder, ExperimentManifest, Finished, FinishedStudy, Study, StudyError, VERDICT_FILE,
};

use crate::toy::{files, plan, run, scenario};

#[test]
fn a_finished_study_is_read_as_it_was_found_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut study = Study::create(folder.path(), &plan(60)).unwrap();
    let comparison = run(&mut study).unwrap();
    let rows: Vec<_> = study.rows(&comparison.settings).map(Result::unwrap).collect();
    drop(study);
    let (before, log) = (
        files(folder.path()),
        fs::read(folder.path().join("log.jsonl")).unwrap(),
    );
    let found = FinishedStudy::read(folder.path()).unwrap();
    assert_eq!(found.comparison, comparison);
    assert_eq!(found.plan.arms.len(), 2);
    let again: Vec<_> = found.rows(&comparison.settings).map(Result::unwrap).collect();
    assert_eq!(again.len(), rows.len());
    assert!(matches!(Finished::read(folder.path()), Ok(Finished::Study(_))));
    assert_eq!(files(folder.path()), before);
    assert_eq!(fs::read(folder.path().join("log.jsonl")).unwrap(), log);
}

#[test]
fn worlds_that_are_missing_are_missed_and_not_simulated() {
    let folder = tempfile::tempdir().unwrap();
    run(&mut Study::create(folder.path(), &plan(60)).unwrap()).unwrap();
    fs::remove_file(folder.path().join("shards/settings-000000.shard")).unwrap();
    let refused = FinishedStudy::read(folder.path()).unwrap_err();
    assert!(
        matches!(
            refused,
            StudyError::MissingRows {
                found: 0,
                wanted: 60,
                ..
            }
        ),
        "{refused}"
    );
}

#[test]
fn what_is_not_finished_or_not_of_this_engine_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let refused = FinishedStudy::read(folder.path()).unwrap_err();
    assert!(matches!(refused, StudyError::NoStudy { .. }), "{refused}");
    drop(Study::create(folder.path(), &plan(60)).unwrap());
    let refused = FinishedStudy::read(folder.path()).unwrap_err();
    assert!(matches!(refused, StudyError::Unfinished { .. }), "{refused}");
    let manifest = folder.path().join(MANIFEST_FILE);
    let text = fs::read_to_string(&manifest).unwrap();
    let engine = format!("\"engine\": \"{}\"", studies::manifest::ENGINE);
    fs::write(&manifest, text.replace(&engine, "\"engine\": \"0.0.9\"")).unwrap();
    let refused = FinishedStudy::read(folder.path()).unwrap_err();
    assert!(matches!(refused, StudyError::OtherEngine { .. }), "{refused}");
    fs::write(&manifest, &text[..text.len() / 2]).unwrap();
    let refused = FinishedStudy::read(folder.path()).unwrap_err();
    assert!(matches!(refused, StudyError::BadManifest { .. }), "{refused}");
}

#[test]
fn an_experiment_is_read_once_it_is_finished_and_its_verdict_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("experiment");
    let manifest = ExperimentManifest::new(
        "attribute",
        7,
        Span::default(),
        Outcome::ShippedValue,
        serde_json::Map::new(),
        &[scenario("a", 0.3)],
    );
    let mut begun = ExperimentFolder::begin(&path, manifest).unwrap();
    let files: [(&str, &[u8]); 2] = [("plots/b.svg", b"<svg/>"), ("a.csv", b"x\n")];
    begun.write(files).unwrap();
    let refused = Finished::read(&path).unwrap_err();
    assert!(matches!(refused, StudyError::Unfinished { .. }), "{refused}");
    begun.finish().unwrap();
    let refused = Finished::read(&path).unwrap_err();
    assert!(matches!(refused, StudyError::NoVerdict { .. }), "{refused}");
    begun.write([(VERDICT_FILE, b"{}".as_slice())]).unwrap();
    let Ok(Finished::Experiment(found)) = Finished::read(&path) else {
        panic!("it holds an experiment")
    };
    assert_eq!(
        (&found.manifest, found.verdict.as_slice()),
        (begun.manifest(), b"{}".as_slice())
    );
    assert_eq!(found.plots, [("b".to_owned(), b"<svg/>".to_vec())]);
    assert_eq!(found.tables, ["a.csv"]);
    let refused = FinishedStudy::read(&path).unwrap_err();
    assert!(matches!(refused, StudyError::NoComparison { .. }), "{refused}");
}
