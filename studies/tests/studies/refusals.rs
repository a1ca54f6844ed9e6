//! A folder that is in use for something else stays as it is, and the message says what to do.

use std::fs;
use std::path::Path;

use experiments::ComparisonPlan;
use studies::{Reading, Study};

use crate::toy::{files, plan, run, scenario};

fn message<T: std::fmt::Debug>(refused: Result<T, studies::StudyError>) -> String {
    refused.expect_err("it should be refused").to_string()
}

fn finished(folder: &Path) {
    run(&mut Study::create(folder, &plan(30)).expect("the folder is empty")).expect("it runs");
}

#[test]
fn another_study_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    finished(folder.path());
    let before = files(folder.path());
    let other = ComparisonPlan { seed: 7, ..plan(30) };
    let text = message(Study::create(folder.path(), &other));
    assert!(
        text.ends_with("holds another study: seed 2026 there, 7 here"),
        "{text}"
    );
    let changed = ComparisonPlan {
        arms: vec![scenario("a", 0.3), scenario("b", 0.45)],
        ..plan(30)
    };
    let text = message(Study::create(folder.path(), &changed));
    assert!(
        text.contains("strategy.clarity = 0.4 (0.2 to 0.7) there, 0.45 (") && text.ends_with(" here (in b)"),
        "{text}"
    );
    let text = message(Study::resume_plan(folder.path(), &changed));
    assert!(text.contains("holds another study"), "{text}");
    let text = message(Study::create(folder.path(), &plan(31)));
    assert!(
        text.ends_with("ends at 30 replications there, at 31 replications here"),
        "{text}"
    );
    assert_eq!(files(folder.path()), before);
}

#[test]
fn the_same_study_is_continued_only_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    drop(Study::create(folder.path(), &plan(30)).unwrap());
    assert!(message(Study::create(folder.path(), &plan(30))).contains("not finished yet"));
    run(&mut Study::resume(folder.path()).unwrap()).unwrap();
    let text = message(Study::create(folder.path(), &plan(30)));
    assert!(
        text.contains("finished with 30 replications: add to it with `orgsim extend`"),
        "{text}"
    );
    let text = message(Study::extend(folder.path(), 30));
    assert!(
        text.contains("has 30 replications already: ask for more than that, not 30"),
        "{text}"
    );
}

#[test]
fn folders_with_other_files_are_refused_and_empty_ones_taken() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thesis.tex"), b"years of work").unwrap();
    assert!(message(Study::create(folder.path(), &plan(30))).contains("holds other files and no study"));
    assert!(message(Study::open(folder.path())).contains("holds no study"));
    let empty = folder.path().join("deep/inside");
    fs::create_dir_all(&empty).unwrap();
    fs::write(empty.join(".manifest.json.part"), b"{").unwrap();
    Study::create(&empty, &plan(30)).unwrap();
}

#[test]
fn only_one_process_works_on_a_study() {
    let folder = tempfile::tempdir().unwrap();
    let held = Study::create(folder.path(), &plan(30)).unwrap();
    for refused in [
        Study::resume(folder.path()),
        Study::create(folder.path(), &plan(30)),
    ] {
        assert!(message(refused).contains("is in use by another orgsim"));
    }
    assert!(message(Reading::start(folder.path())).contains("is in use by another orgsim"));
    drop(held);
    let readers = [Reading::start(folder.path()), Reading::start(folder.path())];
    assert!(readers.iter().all(Result::is_ok), "many may read");
    assert!(message(Study::resume(folder.path())).contains("is in use by another orgsim"));
    drop(readers);
    Study::resume(folder.path()).unwrap();
}

#[test]
fn a_folder_in_which_another_process_has_just_begun_is_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let log = fs::File::create(folder.path().join("log.jsonl")).unwrap();
    log.lock().unwrap();
    assert!(message(Study::create(folder.path(), &plan(30))).contains("is in use by another orgsim"));
    log.unlock().unwrap();
    Study::create(folder.path(), &plan(30)).expect("it died before it wrote anything");
}

#[test]
fn a_place_that_cannot_be_written_is_named_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), b"").unwrap();
    let text = message(Study::create(&folder.path().join("file/study"), &plan(30)));
    assert!(
        text.contains("/file is a file, and a study needs a folder"),
        "{text}"
    );
}

#[test]
fn another_version_of_the_engine_does_not_add_to_a_study() {
    let folder = tempfile::tempdir().unwrap();
    finished(folder.path());
    let mut manifest = studies::Manifest::read(folder.path()).unwrap();
    manifest.engine = "0.0.1".to_owned();
    manifest.study = format!("{:016x}", manifest.identity());
    manifest.write(folder.path()).unwrap();
    for refused in [Study::resume(folder.path()), Study::extend(folder.path(), 50)] {
        assert!(message(refused).contains("was made by engine 0.0.1, and this is engine"));
    }
    Study::open(folder.path()).expect("it can still be read");
}
