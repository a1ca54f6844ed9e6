//! What lies finished in a folder, or why it cannot be used and what to do about it; never changes it.

use std::fs;
use std::path::Path;

use studies::manifest::{ENGINE, MANIFEST_FILE, Status};
use studies::{ExperimentManifest, Finished, FinishedStudy, Manifest, StudyError};

use crate::again::quoted;
use crate::failure::Failure;

/// Most folders within a folder that a message names.
const NAMED: usize = 3;

/// Reads a finished study or experiment.
///
/// # Errors
/// If it is neither, not finished, or of another engine.
pub fn finished(folder: &Path) -> Result<Finished, Failure> {
    Finished::read(folder).map_err(|error| refused(folder, error))
}

/// Reads a finished comparison.
///
/// # Errors
/// If it is none, not finished, or of another engine.
pub fn finished_study(folder: &Path) -> Result<FinishedStudy, Failure> {
    FinishedStudy::read(folder).map_err(|error| refused(folder, error))
}

/// Reads the manifest of a finished comparison of this engine.
///
/// # Errors
/// If it is none, not finished, or of another engine.
pub fn finished_manifest(folder: &Path) -> Result<Manifest, Failure> {
    let manifest = Manifest::read(folder).map_err(|error| refused(folder, error))?;
    manifest.refuse_slice(folder)?;
    let path = folder.to_owned();
    if manifest.engine != ENGINE {
        let made_by = manifest.engine;
        return Err(refused(
            folder,
            StudyError::OtherEngine {
                path,
                made_by,
                this: ENGINE,
            },
        ));
    }
    if manifest.status != Status::Finished {
        return Err(refused(folder, StudyError::Unfinished { path }));
    }
    Ok(manifest)
}

/// The refusal with what to do in this case.
fn refused(folder: &Path, error: StudyError) -> Failure {
    let hint = match &error {
        StudyError::Unfinished { .. } => to_finish(folder),
        StudyError::MissingRows { .. } => format!(
            "shards were deleted or did not come along; put them back, or run the study again in a new folder: orgsim rerun {} --out DIR",
            quoted(&folder.display().to_string())
        ),
        StudyError::NoStudy { .. } => match studies_within(folder).as_slice() {
            [] => return error.into(),
            folders => format!("it holds folders of studies; name them: {}", folders.join(" ")),
        },
        _ => return error.into(),
    };
    Failure::input(&error.to_string(), &hint)
}

fn to_finish(folder: &Path) -> String {
    if let Ok(manifest) = ExperimentManifest::read(folder) {
        if let (Some(worlds), None) = (manifest.replications, &manifest.slice) {
            return to_extend(folder, worlds);
        }
        return format!(
            "finish it first: {} --out {} --resume",
            manifest.command,
            quoted(&folder.display().to_string())
        );
    }
    let asked = Manifest::read(folder)
        .ok()
        .and_then(|manifest| manifest.stopping.replications);
    match asked {
        Some(worlds) => to_extend(folder, worlds),
        None => "finish it first: give the `orgsim compare` that began it again, with --resume".to_owned(),
    }
}

fn to_extend(folder: &Path, worlds: u64) -> String {
    format!(
        "finish it first: orgsim extend {} --replications {worlds}",
        quoted(&folder.display().to_string())
    )
}

/// Folders in this one that hold a study, as a shell takes them; of many the first ones.
fn studies_within(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<String> = entries
        .map(|entry| entry.path())
        .filter(|path| path.join(MANIFEST_FILE).is_file())
        .map(|path| quoted(&path.display().to_string()))
        .collect();
    folders.sort();
    if folders.len() > NAMED {
        folders.truncate(NAMED);
        folders.push("…".to_owned());
    }
    folders
}
