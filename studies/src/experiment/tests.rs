//! Folders of experiments: one experiment each, resumed and sliced without making a run twice.

use experiments::Slice;
use serde_json::{Map, Value};
use sim_core::outcomes::Outcome;
use sim_core::simulation::Span;

use super::*;
use crate::manifest::MANIFEST_FILE;

fn manifest(seed: u64) -> ExperimentManifest {
    let options = Map::from_iter([("points".to_owned(), Value::from(8))]);
    ExperimentManifest::new(
        "sweep",
        seed,
        Span::default(),
        Outcome::ShippedValue,
        options,
        &[],
    )
    .with_replications(3)
}

#[test]
fn a_folder_belongs_to_one_experiment() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new");
    let mut begun = ExperimentFolder::begin(&path, manifest(1)).unwrap();
    begun.write([("plots/a.svg", b"x".as_slice())]).unwrap();
    let in_use = ExperimentFolder::resume(&path, &manifest(1)).unwrap_err();
    assert!(matches!(in_use, StudyError::InUse { .. }), "{in_use}");
    drop(begun);
    let unfinished = ExperimentFolder::begin(&path, manifest(1)).unwrap_err();
    assert!(
        matches!(unfinished, StudyError::Unfinished { .. }),
        "{unfinished}"
    );
    begun = ExperimentFolder::resume(&path, &manifest(1)).unwrap();
    begun.finish().unwrap();
    drop(begun);
    let before = fs::read(path.join(MANIFEST_FILE)).unwrap();
    let mut again = ExperimentFolder::begin(&path, manifest(1)).unwrap();
    assert!(again.was_finished());
    again.finish().unwrap();
    assert_eq!(fs::read(path.join(MANIFEST_FILE)).unwrap(), before);
    drop(again);
    let refused = ExperimentFolder::begin(&path, manifest(2))
        .unwrap_err()
        .to_string();
    assert!(
        refused.contains("holds another study: seed 1 there, 2 here"),
        "{refused}"
    );
}

#[test]
fn folders_in_use_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("notes.txt"), b"x").unwrap();
    let refused = ExperimentFolder::begin(folder.path(), manifest(1)).unwrap_err();
    assert!(matches!(refused, StudyError::NotEmpty { .. }), "{refused}");
    let refused = ExperimentFolder::resume(folder.path(), &manifest(1)).unwrap_err();
    assert!(matches!(refused, StudyError::NoStudy { .. }), "{refused}");
    fs::write(folder.path().join(MANIFEST_FILE), b"{\"schema\": 1}").unwrap();
    let refused = ExperimentFolder::begin(folder.path(), manifest(1)).unwrap_err();
    assert!(matches!(refused, StudyError::OtherStudy { .. }), "{refused}");
}

#[test]
fn manifests_of_other_versions_and_changed_ones_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    drop(ExperimentFolder::begin(folder.path(), manifest(1)).unwrap());
    let path = folder.path().join(MANIFEST_FILE);
    let text = fs::read_to_string(&path).unwrap();
    let message = |changed: &str| {
        fs::write(&path, changed).unwrap();
        ExperimentFolder::resume(folder.path(), &manifest(1))
            .unwrap_err()
            .to_string()
    };
    assert!(message(&text.replace("\"seed\": 1", "\"seed\": 3")).contains("changed after it was written"));
    assert!(message(&text[..60]).contains("is not a usable manifest"));
    let mut older = manifest(1);
    older.engine = "0.0.9".to_owned();
    older.study = format!("{:016x}", older.identity());
    older.write(folder.path()).unwrap();
    let said = ExperimentFolder::resume(folder.path(), &manifest(1)).unwrap_err();
    assert!(matches!(said, StudyError::OtherEngine { .. }), "{said}");
}

/// Two rounds of runs that count how many were made; the second depends on the first.
fn rounds(watch: &mut dyn Watch, made: &mut u64, cancel_at: u64) -> Result<f64, StudyError> {
    let mut sum = 0.0;
    for (round, count) in [(0, 250), (1, 130)] {
        let wanted = watch.round(count);
        for number in wanted.clone() {
            if *made == cancel_at {
                return Err(experiments::ComparisonError::Stopped.into());
            }
            let known = watch
                .known(number)
                .map_err(experiments::ComparisonError::Keeper)?;
            let value = match known {
                Some(known) => known,
                None => {
                    *made += 1;
                    let value = Ok((round * 1000 + number) as f64);
                    watch
                        .finished(number, &value)
                        .map_err(experiments::ComparisonError::Keeper)?;
                    value
                }
            };
            sum += value.unwrap_or_default();
        }
        if wanted != (0..count) {
            return Err(experiments::ComparisonError::Stopped.into());
        }
    }
    Ok(sum)
}

fn run(folder: &mut ExperimentFolder, cancel_at: u64) -> (Result<f64, StudyError>, u64) {
    let mut made = 0;
    let sum = folder.watched(&mut |_, _| {}, |watch| rounds(watch, &mut made, cancel_at));
    (sum, made)
}

#[test]
fn no_run_is_made_twice_wherever_it_was_left() {
    let whole = tempfile::tempdir().unwrap();
    let mut folder = ExperimentFolder::begin(whole.path(), manifest(1)).unwrap();
    let (expected, made) = run(&mut folder, u64::MAX);
    assert_eq!(made, 380);
    folder.finish().unwrap();
    for cancel_at in [0, 1, 100, 249, 250, 251, 379] {
        let left = tempfile::tempdir().unwrap();
        let mut folder = ExperimentFolder::begin(left.path(), manifest(1)).unwrap();
        assert!(run(&mut folder, cancel_at).0.is_err());
        drop(folder);
        let mut folder = ExperimentFolder::resume(left.path(), &manifest(1)).unwrap();
        let (sum, made) = run(&mut folder, u64::MAX);
        assert_eq!(
            (sum.unwrap(), made),
            (*expected.as_ref().unwrap(), 380 - cancel_at)
        );
        folder.finish().unwrap();
        assert_eq!(bytes(left.path()), bytes(whole.path()));
    }
}

/// Every file but the log.
fn bytes(folder: &Path) -> Vec<Vec<u8>> {
    let mut paths = crate::shard::shard_files(&folder.join("shards")).unwrap();
    paths.push(folder.join(MANIFEST_FILE));
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

fn slices(top: &Path, of: u64) -> Vec<PathBuf> {
    (1..=of)
        .map(|number| {
            let path = top.join(number.to_string());
            let slice = Slice::new(number, of).unwrap();
            let mut folder = ExperimentFolder::begin(&path, manifest(1).sliced(slice)).unwrap();
            assert!(run(&mut folder, u64::MAX).0.is_err());
            folder.finish().unwrap();
            path
        })
        .collect()
}

#[test]
fn slices_join_to_the_same_bytes_and_the_rest_is_made() {
    let top = tempfile::tempdir().unwrap();
    let mut direct = ExperimentFolder::begin(&top.path().join("whole"), manifest(1)).unwrap();
    let (expected, _) = run(&mut direct, u64::MAX);
    direct.finish().unwrap();
    let folders = slices(top.path(), 3);
    let parts = Parts::read(&folders).unwrap();
    let crate::Whole::Experiment(whole) = parts.whole() else {
        panic!("an experiment")
    };
    let mut joined = ExperimentFolder::begin(&top.path().join("joined"), *whole).unwrap();
    joined.join(&parts).unwrap();
    let (sum, made) = run(&mut joined, u64::MAX);
    assert_eq!((sum.unwrap(), made), (expected.unwrap(), 130));
    joined.finish().unwrap();
    assert_eq!(bytes(joined.path()), bytes(direct.path()));
}

#[test]
fn slices_that_are_missing_doubled_damaged_or_foreign_are_refused_with_a_remedy() {
    let top = tempfile::tempdir().unwrap();
    let folders = slices(top.path(), 3);
    let said = |folders: &[PathBuf]| match Parts::read(folders).unwrap_err() {
        StudyError::Parts(error) => format!("{} / {}", error.what, error.remedy),
        other => other.to_string(),
    };
    assert!(said(&folders[..1]).starts_with("slices are missing, 2 of 3: 2/3, 3/3 / run each"));
    assert!(said(&[]).starts_with("no slice"));
    let doubled = [folders.clone(), vec![folders[0].clone()]].concat();
    assert!(said(&doubled).contains("slice 1/3 is there twice"));
    let other = top.path().join("other");
    let mut of_two = ExperimentFolder::begin(&other, manifest(1).sliced(Slice::new(2, 2).unwrap())).unwrap();
    let _ = run(&mut of_two, u64::MAX);
    assert!(said(std::slice::from_ref(&other)).contains("not finished yet"));
    of_two.finish().unwrap();
    assert!(said(&[folders[0].clone(), other.clone()]).contains("they are cut differently"));
    let foreign = top.path().join("foreign");
    let mut seeded =
        ExperimentFolder::begin(&foreign, manifest(9).sliced(Slice::new(2, 3).unwrap())).unwrap();
    let _ = run(&mut seeded, u64::MAX);
    seeded.finish().unwrap();
    assert!(said(&[folders[0].clone(), foreign]).contains("seed 1 there, 9 here"));
    let whole = top.path().join("whole");
    drop(ExperimentFolder::begin(&whole, manifest(1)).unwrap());
    assert!(said(&[whole]).contains("holds a whole study, not a slice"));
    let shard = folders[1].join("shards/runs-000000.shard");
    let good = fs::read(&shard).unwrap();
    fs::write(&shard, &good[..good.len() - 1]).unwrap();
    let words = said(&folders);
    assert!(
        words.contains("runs-000000.shard is damaged (it is cut off)") && words.contains("--resume"),
        "{words}"
    );
    fs::remove_file(&shard).unwrap();
    assert!(said(&folders).contains("lacks 83 of the 83 runs of slice 2/3"));
}

#[test]
fn a_cancelled_experiment_is_no_finished_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut begun = ExperimentFolder::begin(folder.path(), manifest(1)).unwrap();
    assert!(run(&mut begun, 10).0.is_err());
    assert_eq!(
        ExperimentManifest::read(folder.path()).unwrap().status,
        Status::Running
    );
}

/// What an earlier build made says so before anything is written.
#[test]
fn an_experiment_that_does_not_say_how_many_worlds_it_has_is_neither_extended_nor_joined() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old");
    let old = ExperimentManifest {
        replications: None,
        ..manifest(1)
    };
    drop(ExperimentFolder::begin(&path, old).unwrap());
    let refusals = [
        ExperimentFolder::extend(&path, 9).unwrap_err(),
        Parts::read(std::slice::from_ref(&path)).unwrap_err(),
    ];
    for refused in refusals {
        assert!(
            refused.to_string().contains("an earlier build made it"),
            "{refused}"
        );
    }
}
