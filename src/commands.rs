//! The commands, one file each; never a model, never a statistic.

mod compare;
mod completions;
mod extend;
mod init;
mod outcomes;
mod parameters;
mod rerun;
mod run;
mod scenarios;

use crate::arguments::Command;
use crate::failure::Failure;

/// Does what was asked for.
///
/// # Errors
/// Whatever the command could not do.
pub fn execute(command: Command) -> Result<(), Failure> {
    match command {
        Command::Compare(arguments) => compare::execute(&arguments),
        Command::Rerun(arguments) => rerun::execute(&arguments),
        Command::Extend(arguments) => extend::execute(&arguments),
        Command::Run(arguments) => run::execute(&arguments),
        Command::Init(arguments) => init::execute(&arguments),
        Command::Outcomes(arguments) => outcomes::execute(&arguments),
        Command::Parameters(arguments) => parameters::execute(&arguments),
        Command::Scenarios(arguments) => scenarios::execute(&arguments),
        Command::Completions(arguments) => completions::execute(&arguments),
    }
}
