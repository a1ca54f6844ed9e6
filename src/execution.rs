//! A study from opening its folder to its last file, with progress and interruption; never says what it found.

use std::path::{Path, PathBuf};

use experiments::result::{Comparison, Stopped};
use experiments::{ComparisonPlan, Simulator};
use reports::json::Measurements;
use reports::rows::Format;
use studies::{Study, StudyError};

use crate::again;
use crate::arguments::Speech;
use crate::failure::Failure;
use crate::interruption;
use crate::measurement::Stopwatch;
use crate::output::tell;
use crate::progress::Bar;
use crate::results::{Plotting, write_plots, write_tables};

/// What to do with a study that the folder holds already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// Begin, unless there is a finished study of the same plan: then it is read from the folder.
    New,
    /// Go on with the study of the same plan that is there.
    Resumed,
    /// Go on if there is one, begin if there is none.
    Either,
}

/// How a study is to be completed.
#[derive(Debug, Clone, Copy)]
pub struct Manner<'a> {
    /// Whether plots are drawn.
    pub plotting: Plotting,
    /// How large tables are written.
    pub format: Format,
    /// How to speak.
    pub speech: Speech,
    /// What to do after an interruption.
    pub to_go_on: &'a str,
}

/// Opens the study of `plan` in `folder`, which is `out` or within it.
///
/// # Errors
/// If the folder holds something else, or cannot be used.
pub fn open(
    folder: &Path,
    out: &Path,
    plan: &ComparisonPlan,
    beginning: Beginning,
    speech: Speech,
) -> Result<Study, Failure> {
    // From here on an interruption finds somebody who listens.
    interruption::watched();
    let study = match beginning {
        Beginning::New => Study::create(folder, plan),
        Beginning::Resumed => Study::resume_plan(folder, plan),
        Beginning::Either => match Study::resume_plan(folder, plan) {
            Err(StudyError::NoStudy { .. }) => Study::create(folder, plan),
            opened => opened,
        },
    };
    match study {
        Err(StudyError::Finished { .. }) => {
            if speech == Speech::Words {
                tell(&format!(
                    "{} holds this study, finished: its worlds are taken from there.\n\n",
                    folder.display()
                ));
            }
            Ok(Study::resume_plan(folder, plan)?)
        }
        study => study.map_err(|error| refused(out, error)),
    }
}

/// Why the folder is refused, and the command that works.
pub fn refused(out: &Path, error: StudyError) -> Failure {
    let hint = match &error {
        // What stands in the way may lie above the folder.
        StudyError::NotAFolder { path } => {
            let rest = out.strip_prefix(path).unwrap_or(Path::new(""));
            let folder: PathBuf = again::free_folder(path).join(rest).components().collect();
            format!("keep it, and name a folder: {}", again::with_folder(&folder))
        }
        StudyError::OtherStudy { .. } | StudyError::NotEmpty { .. } | StudyError::OtherEngine { .. } => {
            format!(
                "keep it, and give this study a folder of its own: {}",
                again::with_folder(&again::free_folder(out))
            )
        }
        StudyError::Unfinished { .. } => again::with_resume(),
        StudyError::NoStudy { .. } => format!(
            "there is nothing to go on with; begin it: {}",
            again::without_resume()
        ),
        _ => return error.into(),
    };
    Failure::input(&error.to_string(), &hint)
}

/// Simulates what is missing in `study` and writes every file; `found` is told as soon as the tables are there.
///
/// # Errors
/// If somebody interrupted, a file cannot be written, or too many worlds failed.
pub fn complete(
    study: &mut Study,
    manner: Manner,
    found: impl FnOnce(&Comparison, &Measurements) -> Result<(), Failure>,
) -> Result<Comparison, Failure> {
    let stopwatch = Stopwatch::start();
    let comparison = simulate(study, manner)?;
    let measurements = stopwatch.measurements(study.plan().threads);
    write_tables(study, &comparison, manner.format)?;
    found(&comparison, &measurements)?;
    write_plots(study.folder(), &comparison, manner.plotting)?;
    study.finish(&comparison)?;
    Ok(comparison)
}

/// Simulates what is missing in a slice of a study, which has no result files of its own.
///
/// # Errors
/// If somebody interrupted, or a file cannot be written.
pub fn complete_slice(study: &mut Study, manner: Manner) -> Result<Comparison, Failure> {
    let comparison = simulate(study, manner)?;
    study.finish(&comparison)?;
    Ok(comparison)
}

fn simulate(study: &mut Study, manner: Manner) -> Result<Comparison, Failure> {
    let mut bar = Bar::new(manner.speech, "worlds");
    let ran = study.run(
        &Simulator,
        &mut |progress| bar.show_worlds(progress),
        interruption::watched(),
    );
    bar.clear();
    let comparison = ran?;
    refuse_interrupted(study.folder(), &comparison, manner.to_go_on)?;
    Ok(comparison)
}

fn refuse_interrupted(folder: &Path, comparison: &Comparison, to_go_on: &str) -> Result<(), Failure> {
    let last = comparison.plausible.as_ref().unwrap_or(&comparison.settings);
    if last.stopped != Stopped::Interrupted {
        return Ok(());
    }
    Err(Failure::Interrupted(format!(
        "interrupted; every finished world is kept in {}\n  = help: to go on, {to_go_on}",
        folder.display()
    )))
}

/// Too many lost worlds are a failure, even though every file was written.
///
/// # Errors
/// If more worlds failed than results can bear.
pub fn refuse_lost_worlds(comparison: &Comparison) -> Result<(), Failure> {
    for basis in std::iter::once(&comparison.settings).chain(&comparison.plausible) {
        if basis.loses_too_many_worlds() {
            let reason = basis.first_failure.as_deref().unwrap_or("no reason is known");
            return Err(Failure::Study(format!(
                "{} of {} worlds failed ({}), so no verdict can stand; the first one: {reason}\n  \
                 = help: replications.csv names each of them; look at one with `orgsim run SCENARIO --replication K`",
                basis.worlds_failed,
                basis.replications,
                basis.basis.word()
            )));
        }
    }
    Ok(())
}
