//! The command line of orgsim: words to and from the terminal; no model, no statistics.

mod again;
mod arguments;
mod arms;
mod closing;
mod commands;
mod execution;
// Until the first command that uses it.
#[allow(dead_code)]
mod experiment;
mod failure;
mod fault;
mod interruption;
mod measurement;
mod output;
mod progress;
mod results;

use std::panic;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use arguments::Arguments;
use failure::Failure;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(words) => return say(&words),
    };
    panic::set_hook(Box::new(fault::remember));
    match panic::catch_unwind(|| execute(arguments)).unwrap_or_else(|_| Err(fault::failure())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::tell(&format!("error: {failure}\n"));
            ExitCode::from(failure.exit_code())
        }
    }
}

fn execute(arguments: Arguments) -> Result<(), Failure> {
    match arguments.command {
        Some(command) => commands::execute(command),
        None => output::print(&Arguments::command().render_help().to_string()),
    }
}

/// Prints help, the version, or what is wrong with the arguments, and gives the exit code.
fn say(words: &clap::Error) -> ExitCode {
    // A reader that has gone is no reason to fail.
    let _ = words.print();
    if words.use_stderr() {
        ExitCode::from(2)
    } else {
        ExitCode::SUCCESS
    }
}
