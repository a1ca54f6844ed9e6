//! `orgsim merge`: slices that were run apart, as the one study they are slices of.

use studies::{ExperimentFolder, ExperimentManifest, Manifest, Parts, StudyError, Whole};

use super::{complete_and_tell, sweep};
use crate::arguments::Merge;
use crate::execution::{self, Beginning, open, refused};
use crate::experiment;
use crate::failure::Failure;
use crate::results::Plotting;

/// Joins the slices, and writes what was found.
///
/// # Errors
/// If a slice is missing, double, unfinished, damaged or of another study, files cannot be written, worlds fail, or
/// somebody interrupts.
pub fn execute(arguments: &Merge) -> Result<(), Failure> {
    let parts = Parts::read(&arguments.parts)?;
    match parts.whole() {
        Whole::Comparison(manifest) => comparison(arguments, parts, &manifest),
        Whole::Experiment(manifest) => experiment(arguments, &parts, *manifest),
    }
}

fn comparison(arguments: &Merge, parts: Parts, manifest: &Manifest) -> Result<(), Failure> {
    let mut plan = manifest.plan().map_err(|reason| StudyError::BadManifest {
        path: arguments.parts[0].clone(),
        reason,
    })?;
    plan.threads = arguments.threads.unwrap_or(0);
    let (out, speech) = (&arguments.out, arguments.speech());
    let mut study = open(out, out, &plan, Beginning::Either, speech)?;
    study.join(parts);
    let manner = execution::Manner {
        plotting: plotting(arguments),
        format: arguments.format,
        speech,
        to_go_on: "give the same command again",
    };
    complete_and_tell(&mut study, manner)
}

fn experiment(arguments: &Merge, parts: &Parts, manifest: ExperimentManifest) -> Result<(), Failure> {
    if manifest.experiment != sweep::COMMAND {
        return Err(Failure::input(
            &format!(
                "`orgsim {}` has no slices that could be joined",
                manifest.experiment
            ),
            "join slices of `orgsim compare` or `orgsim sweep`",
        ));
    }
    let out = &arguments.out;
    let folder = match ExperimentFolder::resume(out, &manifest) {
        Err(StudyError::NoStudy { .. }) => ExperimentFolder::begin(out, manifest),
        folder => folder,
    };
    let folder = folder.map_err(|error| refused(out, error))?;
    let manner = experiment::Manner {
        plotting: plotting(arguments),
        format: arguments.format,
        speech: arguments.speech(),
    };
    sweep::merged(folder, parts, arguments.threads.unwrap_or(0), manner)
}

fn plotting(arguments: &Merge) -> Plotting {
    if arguments.no_plots {
        Plotting::Left
    } else {
        Plotting::Drawn
    }
}
