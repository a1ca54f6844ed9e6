//! `orgsim extend`: more replications for a finished study.

use reports::json::comparison_json;
use reports::verdict::verdict_text;
use studies::Study;

use crate::arguments::{Extend, Speech};
use crate::closing::closing;
use crate::execution::{Manner, complete, refuse_lost_worlds};
use crate::failure::Failure;
use crate::output::print;
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
    let comparison = complete(&mut study, manner, |comparison, measurements| match speech {
        Speech::Silent => Ok(()),
        Speech::Json => print(&format!("{}\n", comparison_json(comparison, measurements))),
        Speech::Words => print(&verdict_text(comparison)),
    })?;
    if speech == Speech::Words {
        print(&closing(&study))?;
    }
    refuse_lost_worlds(&comparison)
}

fn speech(arguments: &Extend) -> Speech {
    Speech::of(arguments.json, arguments.quiet)
}
