//! Damage is found, named and repaired by simulating again what was lost.

use std::fs;
use std::sync::atomic::AtomicBool;

use studies::Study;
use studies::manifest::MANIFEST_FILE;

use crate::toy::{assert_same_files, plan, run};

#[test]
fn a_damaged_shard_is_named_and_replaced_after_it_is_deleted() {
    let (whole, damaged) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    run(&mut Study::create(whole.path(), &plan(60)).unwrap()).unwrap();
    let comparison = run(&mut Study::create(damaged.path(), &plan(60)).unwrap()).unwrap();
    let shard = damaged.path().join("shards/settings-000000.shard");
    let bytes = fs::read(&shard).unwrap();
    for spoilt in [
        &bytes[..bytes.len() / 2],
        &[&bytes[..200], &[bytes[200] ^ 1], &bytes[201..]].concat(),
    ] {
        fs::write(&shard, spoilt).unwrap();
        let mut study = Study::resume(damaged.path()).unwrap();
        let text = run(&mut study).unwrap_err().to_string();
        assert!(
            text.contains("settings-000000.shard is damaged (") && text.contains("delete it and"),
            "{text}"
        );
        let text = study
            .rows(&comparison.settings)
            .find_map(Result::err)
            .unwrap()
            .to_string();
        assert!(text.contains("is damaged"), "{text}");
    }
    fs::remove_file(&shard).unwrap();
    let study = Study::open(damaged.path()).unwrap();
    let text = study
        .rows(&comparison.settings)
        .find_map(Result::err)
        .unwrap()
        .to_string();
    assert!(
        text.contains("rows of 0 worlds only, and the result rests on 60"),
        "{text}"
    );
    drop(study);
    run(&mut Study::resume(damaged.path()).unwrap()).unwrap();
    assert_same_files(whole.path(), damaged.path());
}

#[test]
fn a_study_is_extended_only_after_all_its_shards_were_read() {
    let folder = tempfile::tempdir().unwrap();
    run(&mut Study::create(folder.path(), &plan(60)).unwrap()).unwrap();
    let manifest = fs::read(folder.path().join(MANIFEST_FILE)).unwrap();
    let shard = folder.path().join("shards/settings-000000.shard");
    fs::write(&shard, b"nonsense").unwrap();
    let text = Study::extend(folder.path(), 90).unwrap_err().to_string();
    assert!(
        text.contains("delete it and give the command that made its study again"),
        "{text}"
    );
    assert_eq!(fs::read(folder.path().join(MANIFEST_FILE)).unwrap(), manifest);
    fs::remove_file(&shard).unwrap();
    run(&mut Study::extend(folder.path(), 90).unwrap()).unwrap();
    let direct = tempfile::tempdir().unwrap();
    run(&mut Study::create(direct.path(), &plan(90)).unwrap()).unwrap();
    assert_same_files(direct.path(), folder.path());
}

#[test]
fn an_extension_that_is_left_leaves_the_finished_study() {
    let folder = tempfile::tempdir().unwrap();
    run(&mut Study::create(folder.path(), &plan(60)).unwrap()).unwrap();
    let manifest = fs::read(folder.path().join(MANIFEST_FILE)).unwrap();
    let mut study = Study::extend(folder.path(), 5000).unwrap();
    let interrupted = study.run(&crate::toy::engine, &mut |_| {}, &AtomicBool::new(true));
    study.finish(&interrupted.unwrap()).unwrap();
    drop(study);
    assert_eq!(fs::read(folder.path().join(MANIFEST_FILE)).unwrap(), manifest);
    let finished = Study::create(folder.path(), &plan(60)).unwrap_err().to_string();
    assert!(finished.contains("finished with 60 replications"), "{finished}");
}

#[test]
fn a_shard_of_another_study_is_not_taken_for_ones_own() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    run(&mut Study::create(one.path(), &plan(30)).unwrap()).unwrap();
    let different = experiments::ComparisonPlan { seed: 1, ..plan(30) };
    run(&mut Study::create(other.path(), &different).unwrap()).unwrap();
    let name = "shards/settings-000000.shard";
    fs::copy(other.path().join(name), one.path().join(name)).unwrap();
    let text = run(&mut Study::resume(one.path()).unwrap())
        .unwrap_err()
        .to_string();
    assert!(text.contains("it belongs to another study"), "{text}");
}

#[test]
fn manifests_that_were_changed_or_cut_are_refused_with_the_place() {
    let folder = tempfile::tempdir().unwrap();
    drop(Study::create(folder.path(), &plan(30)).unwrap());
    let path = folder.path().join(MANIFEST_FILE);
    let text = fs::read_to_string(&path).unwrap();
    let message = |changed: &str| {
        fs::write(&path, changed).unwrap();
        Study::open(folder.path()).unwrap_err().to_string()
    };
    assert!(message(&text[..100]).contains("is not a usable manifest: EOF while parsing"));
    assert!(
        message(&text.replace("\"seed\": 2026", "\"seed\": 2027")).contains("changed after it was written")
    );
    assert!(message(&text.replace("\"schema\": 1", "\"schema\": 9")).contains("its schema is 9"));
    let unknown = text.replace("\"seed\"", "\"sead\"");
    assert!(message(&unknown).contains("unknown field `sead`") && message(&unknown).contains("line"));
}

#[test]
fn what_cannot_be_kept_ends_the_study_with_the_path_and_loses_nothing() {
    let (whole, blocked) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    run(&mut Study::create(whole.path(), &plan(60)).unwrap()).unwrap();
    let mut study = Study::create(blocked.path(), &plan(60)).unwrap();
    fs::write(blocked.path().join("shards"), b"in the way").unwrap();
    let text = run(&mut study).unwrap_err().to_string();
    assert!(text.contains("shards"), "{text}");
    drop(study);
    fs::remove_file(blocked.path().join("shards")).unwrap();
    run(&mut Study::resume_plan(blocked.path(), &plan(60)).unwrap()).unwrap();
    assert_same_files(whole.path(), blocked.path());
}
