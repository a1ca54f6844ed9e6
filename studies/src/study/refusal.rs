//! When a folder is refused, and what makes the study in it another one.

use std::fs;
use std::path::Path;

use crate::error::StudyError;
use crate::manifest::{Manifest, Status};

pub(super) fn refuse_used_folder(folder: &Path, wanted: &Manifest) -> Result<(), StudyError> {
    let path = folder.to_owned();
    match Manifest::read(folder) {
        Err(StudyError::NoStudy { .. }) => refuse_other_files(folder),
        Err(error) => Err(error),
        Ok(held) => Err(
            match (difference(&held, wanted), held.status, held.replications) {
                (Some(held), ..) => StudyError::OtherStudy { path, held },
                (None, Status::Finished, Some(replications)) => StudyError::Finished { path, replications },
                (None, ..) => StudyError::Unfinished { path },
            },
        ),
    }
}

fn refuse_other_files(folder: &Path) -> Result<(), StudyError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(StudyError::write(folder))?,
    };
    for entry in entries {
        // A process that was killed at its very start leaves only the beginning of a manifest.
        if entry.map_err(StudyError::read(folder))?.file_name() != ".manifest.json.part" {
            return Err(StudyError::NotEmpty {
                path: folder.to_owned(),
            });
        }
    }
    Ok(())
}

/// What makes the study that is held another one than the one that is wanted, in words.
pub(super) fn difference(held: &Manifest, wanted: &Manifest) -> Option<String> {
    let words = held.words();
    if held.words() != wanted.words() || held.engine != wanted.engine {
        return Some(if held.engine == wanted.engine {
            words
        } else {
            format!("{words}, engine {}", held.engine)
        });
    }
    for (held, wanted) in held.scenarios.iter().zip(&wanted.scenarios) {
        for (one, other) in held.settings.iter().zip(&wanted.settings) {
            if (&one.path, &one.value, &one.low, &one.high)
                != (&other.path, &other.value, &other.low, &other.high)
            {
                return Some(format!(
                    "{words}, with {} = {} in {}",
                    one.path,
                    range_words(one),
                    held.name
                ));
            }
        }
    }
    plan_difference(held, wanted).map(|difference| format!("{words}, with {difference}"))
}

/// What differs between two studies of the same arms.
fn plan_difference(held: &Manifest, wanted: &Manifest) -> Option<String> {
    let weeks = |manifest: &Manifest| (manifest.warm_up_weeks, manifest.horizon_weeks);
    if weeks(held) != weeks(wanted) {
        return Some(format!(
            "{} weeks of warm-up and {} from week 0",
            held.warm_up_weeks, held.horizon_weeks
        ));
    }
    if held.primary != wanted.primary {
        return Some(format!("its verdict on {}", held.primary));
    }
    if held.chooser != wanted.chooser {
        return Some(format!("another chooser, {}", held.chooser));
    }
    if held.stopping != wanted.stopping {
        return Some(format!("another end: {}", held.stopping.words()));
    }
    if held.smallest_gap_share != wanted.smallest_gap_share {
        return Some(format!(
            "{} of the team cost as the smallest gap worth naming",
            held.smallest_gap_share
        ));
    }
    if held.plausible != wanted.plausible {
        return Some(
            if held.plausible {
                "plausible companies"
            } else {
                "no plausible companies"
            }
            .to_owned(),
        );
    }
    (held.identity() != wanted.identity()).then(|| "other parameters".to_owned())
}

fn range_words(setting: &scenarios::ResolvedSetting) -> String {
    match (&setting.low, &setting.high) {
        (Some(low), Some(high)) => format!("{} ({low} to {high})", setting.value),
        _ => setting.value.clone(),
    }
}
