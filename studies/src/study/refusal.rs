//! When a folder is refused, and what makes the study in it another one.

use std::fs;
use std::path::Path;

use crate::error::StudyError;
use crate::log::LOG_FILE;
use crate::manifest::{Manifest, Status};

/// Differences that are named; of more, only how many.
const NAMED: usize = 3;

pub(super) fn refuse_used_folder(folder: &Path, wanted: &Manifest) -> Result<(), StudyError> {
    refuse_files_above(folder)?;
    let path = folder.to_owned();
    match Manifest::read(folder) {
        Err(StudyError::NoStudy { .. }) => refuse_other_files(folder),
        Err(StudyError::NoComparison { experiment, .. }) => Err(StudyError::OtherStudy {
            path,
            difference: format!("one of `orgsim {experiment}`"),
        }),
        Err(error) => Err(error),
        Ok(held) => Err(
            match (difference(&held, wanted), held.status, held.replications) {
                (Some(difference), ..) => StudyError::OtherStudy { path, difference },
                (None, Status::Finished, Some(replications)) => StudyError::Finished { path, replications },
                (None, ..) => StudyError::Unfinished { path },
            },
        ),
    }
}

pub(crate) fn refuse_files_above(folder: &Path) -> Result<(), StudyError> {
    let nearest = folder.ancestors().find(|path| path.exists());
    match nearest {
        Some(path) if !path.is_dir() => Err(StudyError::NotAFolder {
            path: path.to_owned(),
        }),
        _ => Ok(()),
    }
}

pub(crate) fn refuse_other_files(folder: &Path) -> Result<(), StudyError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(StudyError::write(folder))?,
    };
    for entry in entries {
        let entry = entry.map_err(StudyError::read(folder))?;
        // A process that was killed at its very start leaves only an empty log and the beginning of a manifest.
        let is_of_beginning = entry.file_name() == ".manifest.json.part"
            || entry.file_name() == LOG_FILE && entry.metadata().is_ok_and(|log| log.len() == 0);
        if !is_of_beginning {
            return Err(StudyError::NotEmpty {
                path: folder.to_owned(),
            });
        }
    }
    Ok(())
}

/// What makes the study that is held another one than the one that is wanted, in words.
pub(crate) fn difference(held: &Manifest, wanted: &Manifest) -> Option<String> {
    if held.arm_names() != wanted.arm_names() {
        return Some(format!(
            "{} there, {} here",
            held.arm_names().join(" against "),
            wanted.arm_names().join(" against ")
        ));
    }
    let mut all = plan_differences(held, wanted);
    all.extend(setting_differences(held, wanted));
    if all.is_empty() {
        return (held.identity() != wanted.identity()).then(|| "other parameters".to_owned());
    }
    let more = match all.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    all.truncate(NAMED);
    Some(all.join("; ") + &more)
}

/// What differs between two studies of the same arms, apart from their settings.
fn plan_differences(held: &Manifest, wanted: &Manifest) -> Vec<String> {
    let weeks = |manifest: &Manifest| {
        format!(
            "{} weeks of warm-up and {}",
            manifest.warm_up_weeks, manifest.horizon_weeks
        )
    };
    let history = |manifest: &Manifest| {
        manifest
            .fork_week
            .map_or_else(|| "none".to_owned(), |week| format!("up to week {week}"))
    };
    let slice = |manifest: &Manifest| manifest.slice.clone().unwrap_or_else(|| "1/1".to_owned());
    let plausible = |manifest: &Manifest| if manifest.plausible { "too" } else { "not" };
    let rows = [
        ("engine", held.engine.clone(), wanted.engine.clone()),
        ("seed", held.seed.to_string(), wanted.seed.to_string()),
        ("simulates", weeks(held), weeks(wanted)),
        ("verdict on", held.primary.clone(), wanted.primary.clone()),
        ("chooser", held.chooser.clone(), wanted.chooser.clone()),
        ("ends", held.stopping.words(), wanted.stopping.words()),
        (
            "smallest gap worth naming, as a share of team cost",
            held.smallest_gap_share.to_string(),
            wanted.smallest_gap_share.to_string(),
        ),
        ("shared history", history(held), history(wanted)),
        ("slice", slice(held), slice(wanted)),
        (
            "plausible companies",
            plausible(held).to_owned(),
            plausible(wanted).to_owned(),
        ),
    ];
    let differing = rows.into_iter().filter(|(_, held, wanted)| held != wanted);
    differing
        .map(|(what, held, wanted)| format!("{what} {held} there, {wanted} here"))
        .collect()
}

/// Settings that differ; one that differs in every arm alike is named once.
fn setting_differences(held: &Manifest, wanted: &Manifest) -> Vec<String> {
    let mut found: Vec<(String, Vec<&str>)> = Vec::new();
    for (held, wanted) in held.scenarios.iter().zip(&wanted.scenarios) {
        for (one, other) in held.settings.iter().zip(&wanted.settings) {
            if (&one.path, &one.value, &one.low, &one.high)
                == (&other.path, &other.value, &other.low, &other.high)
            {
                continue;
            }
            let words = format!(
                "{} = {} there, {} here",
                one.path,
                range_words(one),
                range_words(other)
            );
            match found.iter_mut().find(|(known, _)| *known == words) {
                Some((_, arms)) => arms.push(&held.name),
                None => found.push((words, vec![&held.name])),
            }
        }
    }
    let of_arms = |(words, arms): (String, Vec<&str>)| {
        if arms.len() == held.scenarios.len() {
            words
        } else {
            format!("{words} (in {})", arms.join(", "))
        }
    };
    found.into_iter().map(of_arms).collect()
}

fn range_words(setting: &scenarios::ResolvedSetting) -> String {
    match (&setting.low, &setting.high) {
        (Some(low), Some(high)) => format!("{} ({low} to {high})", setting.value),
        _ => setting.value.clone(),
    }
}
