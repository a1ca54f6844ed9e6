//! `orgsim extend`: more replications for a finished study.

use studies::Study;

use super::complete_and_tell;
use crate::arguments::{Extend, Speech};
use crate::execution::Manner;
use crate::failure::Failure;
use crate::results::{Plotting, format_of};

/// Brings the study to the number of replications asked for.
///
/// # Errors
/// If there is no study, it has that many, files cannot be written, worlds fail, or somebody interrupts.
pub fn execute(arguments: &Extend) -> Result<(), Failure> {
    let mut study = Study::extend(&arguments.folder, arguments.replications)?;
    study.set_threads(arguments.threads.unwrap_or(0));
    let speech = speech(arguments);
    let manner = Manner {
        plotting: if arguments.no_plots {
            Plotting::Left
        } else {
            Plotting::Drawn
        },
        format: arguments.format.unwrap_or_else(|| format_of(&arguments.folder)),
        speech,
        to_go_on: "give the same command again",
    };
    complete_and_tell(&mut study, manner)
}

fn speech(arguments: &Extend) -> Speech {
    Speech::of(arguments.json, arguments.quiet)
}
