//! `orgsim extend`: more replications for a finished study.

use studies::{ExperimentFolder, Study, StudyError};

use super::{complete_and_tell, sweep};
use crate::arguments::{Extend, Speech};
use crate::execution;
use crate::experiment;
use crate::failure::Failure;
use crate::interruption;
use crate::results::{Plotting, format_of};

/// Brings the study to the number of replications asked for.
///
/// # Errors
/// If there is no study, it has that many, files cannot be written, worlds fail, or somebody interrupts.
pub fn execute(arguments: &Extend) -> Result<(), Failure> {
    let plotting = if arguments.no_plots {
        Plotting::Left
    } else {
        Plotting::Drawn
    };
    let format = arguments.format.unwrap_or_else(|| format_of(&arguments.folder));
    let speech = Speech::of(arguments.json, arguments.quiet);
    match Study::extend(&arguments.folder, arguments.replications) {
        Err(StudyError::NoComparison { experiment, .. }) if experiment == sweep::COMMAND => {
            let manner = experiment::Manner {
                plotting,
                format,
                speech,
            };
            swept(arguments, manner)
        }
        Err(StudyError::NoComparison { path, experiment }) => Err(Failure::input(
            &format!(
                "{} holds `orgsim {experiment}`, to which no worlds can be added",
                path.display()
            ),
            "name the folder of an `orgsim compare` or of an `orgsim sweep`; of others, give the command again with more and a new folder",
        )),
        study => {
            let mut study = study?;
            study.set_threads(arguments.threads.unwrap_or(0));
            let manner = execution::Manner {
                plotting,
                format,
                speech,
                to_go_on: "give the same command again",
            };
            complete_and_tell(&mut study, manner)
        }
    }
}

fn swept(arguments: &Extend, manner: experiment::Manner) -> Result<(), Failure> {
    interruption::watched();
    let folder = ExperimentFolder::extend(&arguments.folder, arguments.replications)?;
    sweep::recorded(folder, arguments.threads.unwrap_or(0), manner)
}
