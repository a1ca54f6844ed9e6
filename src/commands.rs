//! The commands, one file each; never a model, never a statistic.

mod attribute;
mod breakeven;
mod calibrate;
mod choose;
mod claims;
mod compare;
mod completions;
mod discover;
mod extend;
mod init;
mod merge;
mod outcomes;
mod parameters;
mod report;
mod rerun;
mod run;
mod scenarios;
mod sensitivity;
mod story;
mod sweep;

use std::io;

use experiments::result::TOLERABLE_FAILED_SHARE;
use reports::json::comparison_json;
use reports::verdict::verdict_text;
use studies::Study;

use crate::arguments::{Command, Speech};
use crate::closing::closing;
use crate::execution::{Manner, complete, refuse_lost_worlds};
use crate::failure::Failure;
use crate::output::print;

/// Completes a study, says what was found, in words or as one object, and where it is.
fn complete_and_tell(study: &mut Study, manner: Manner) -> Result<(), Failure> {
    let speech = manner.speech;
    let comparison = complete(study, manner, |comparison, measurements| match speech {
        Speech::Silent => Ok(()),
        Speech::Json => print(&format!("{}\n", comparison_json(comparison, measurements))),
        Speech::Words => print(&verdict_text(comparison)),
    })?;
    if speech == Speech::Words {
        print(&closing(study))?;
    }
    refuse_lost_worlds(&comparison)
}

/// Does what was asked for.
///
/// # Errors
/// Whatever the command could not do.
pub fn execute(command: Command) -> Result<(), Failure> {
    match command {
        Command::Attribute(arguments) => attribute::execute(&arguments),
        Command::BreakEven(arguments) => breakeven::execute(&arguments),
        Command::Calibrate(arguments) => calibrate::execute(&arguments),
        Command::Choose(arguments) => choose::execute(&arguments),
        Command::Discover(arguments) => discover::execute(&arguments),
        Command::Compare(arguments) => compare::execute(&arguments),
        Command::Claims(arguments) => claims::execute(&arguments),
        Command::Rerun(arguments) => rerun::execute(&arguments),
        Command::Extend(arguments) => extend::execute(&arguments),
        Command::Report(arguments) => report::execute(&arguments),
        Command::Story(arguments) => story::execute(&arguments),
        Command::Run(arguments) => run::execute(&arguments),
        Command::Sensitivity(arguments) => sensitivity::execute(&arguments),
        Command::Sweep(arguments) => sweep::execute(&arguments),
        Command::Merge(arguments) => merge::execute(&arguments),
        Command::Init(arguments) => init::execute(&arguments),
        Command::Outcomes(arguments) => outcomes::execute(&arguments),
        Command::Parameters(arguments) => parameters::execute(&arguments),
        Command::Scenarios(arguments) => scenarios::execute(&arguments),
        Command::Completions(arguments) => completions::execute(&arguments),
    }
}

/// The bytes of a table.
fn bytes(table: io::Result<Vec<u8>>) -> Result<Vec<u8>, Failure> {
    table.map_err(|error| Failure::Study(format!("a table cannot be made: {error}")))
}

/// Too many lost worlds or companies are a failure, even though every file was written.
fn refuse_lost(what: &str, failed: u64, all: u64, first: Option<&str>) -> Result<(), Failure> {
    if failed as f64 <= TOLERABLE_FAILED_SHARE * all as f64 {
        return Ok(());
    }
    let reason = first.unwrap_or("no reason is known");
    Err(Failure::Study(format!(
        "{failed} of {all} {what} failed, so what is left may be a selection and no verdict can stand; the first one: {reason}\n  \
         = help: change what cannot be combined with --set, and try again"
    )))
}
