//! `orgsim rerun`: a study again from its manifest, and whether every file comes out the same.

use std::fs;
use std::path::{Path, PathBuf};

use studies::manifest::MANIFEST_FILE;
use studies::{Reading, Study, StudyError};

use crate::arguments::{Rerun, Speech};
use crate::execution::{Manner, complete};
use crate::failure::Failure;
use crate::held::finished_manifest;
use crate::output::print;
use crate::results::{PLOTS, Plotting, SCENARIOS, files_in, format_of};

/// Folders of a study whose files are compared; shards and the log are how it was made, not what was found.
const COMPARED: [&str; 3] = ["", SCENARIOS, PLOTS];

/// Runs the study again and compares every file.
///
/// # Errors
/// If there is no finished study, files cannot be read or written, or a file comes out differently.
pub fn execute(arguments: &Rerun) -> Result<(), Failure> {
    if let Some(out) = &arguments.out
        && out
            .canonicalize()
            .is_ok_and(|out| arguments.folder.canonicalize().is_ok_and(|folder| folder == out))
    {
        return Err(Failure::input(
            &format!("{} is the study itself", out.display()),
            "name a new folder for the new files, or leave out --out: they are then compared and thrown away",
        ));
    }
    let _reading = Reading::start(&arguments.folder)?;
    let manifest = finished_manifest(&arguments.folder)?;
    let temporary = tempfile::tempdir();
    let folder = match (&arguments.out, &temporary) {
        (Some(folder), _) => folder.clone(),
        (None, Ok(folder)) => folder.path().join("study"),
        (None, Err(error)) => return Err(Failure::file("written", &std::env::temp_dir(), error)),
    };
    let mut plan = manifest
        .plan()
        .map_err(|reason| bad_manifest(&arguments.folder, reason))?;
    plan.threads = arguments.threads.unwrap_or(0);
    let mut study = Study::create(&folder, &plan)?;
    complete(&mut study, manner(arguments)?, |_, _| Ok(()))?;
    compare(arguments, &folder)
}

fn bad_manifest(folder: &Path, reason: String) -> Failure {
    StudyError::BadManifest {
        path: folder.join(MANIFEST_FILE),
        reason,
    }
    .into()
}

fn manner(arguments: &Rerun) -> Result<Manner<'static>, Failure> {
    let has_plots = !files_in(&arguments.folder.join(PLOTS))?.is_empty();
    Ok(Manner {
        plotting: if has_plots {
            Plotting::Drawn
        } else {
            Plotting::Left
        },
        format: format_of(&arguments.folder),
        speech: if arguments.quiet {
            Speech::Silent
        } else {
            Speech::Words
        },
        to_go_on: "give the same command again; the study itself is untouched",
    })
}

fn compare(arguments: &Rerun, again: &Path) -> Result<(), Failure> {
    let names = names(again)?;
    let is_different =
        |name: &&PathBuf| read_bytes(&arguments.folder.join(name)) != read_bytes(&again.join(name));
    let different: Vec<String> = names
        .iter()
        .filter(is_different)
        .map(|name| name.display().to_string())
        .collect();
    let (all, folder) = (names.len(), arguments.folder.display());
    if !different.is_empty() {
        return Err(Failure::Study(format!(
            "{} of {all} files did not come out the same: {}\n  = help: they were changed, or made by another build of this \
             version; `orgsim rerun {folder} --out DIR` keeps the new ones",
            different.len(),
            different.join(", ")
        )));
    }
    if arguments.quiet {
        return Ok(());
    }
    let kept = arguments
        .out
        .as_ref()
        .map(|out| format!("; the new ones are in {}", out.display()));
    print(&format!(
        "All {all} files of {folder} came out the same, byte for byte{}.\n",
        kept.unwrap_or_default()
    ))
}

/// The bytes of a file; nothing if it is missing or cannot be read, which never equals a file that was just written.
fn read_bytes(path: &Path) -> Option<Vec<u8>> {
    fs::read(path).ok()
}

/// Every file that is compared, relative to the study.
fn names(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut names = Vec::new();
    for part in COMPARED {
        let files = files_in(&folder.join(part))?;
        let relative = files.iter().filter_map(|path| path.strip_prefix(folder).ok());
        names.extend(
            relative
                .filter(|name| !name.ends_with("log.jsonl"))
                .map(Path::to_owned),
        );
    }
    Ok(names)
}
