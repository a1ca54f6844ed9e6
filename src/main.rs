//! The command line of orgsim: words to and from the terminal; no model, no statistics.

mod again;
mod arguments;
mod arms;
mod closing;
mod commands;
mod execution;
mod experiment;
mod failure;
mod fault;
mod held;
mod interruption;
mod measurement;
mod output;
mod progress;
mod reproduction;
mod results;
mod slices;

use std::env;
use std::ffi::OsString;
use std::panic;
use std::process::ExitCode;

use clap::{Command, CommandFactory, FromArgMatches};

use arguments::Arguments;
use failure::Failure;

fn main() -> ExitCode {
    if let Err(failure) = refuse_unreadable(env::args_os().skip(1)) {
        return fail(&failure);
    }
    let parsed = command().try_get_matches();
    let arguments = match parsed.and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => arguments,
        Err(words) => return say(&words),
    };
    panic::set_hook(Box::new(fault::remember));
    match panic::catch_unwind(|| execute(arguments)).unwrap_or_else(|_| Err(fault::failure())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => fail(&failure),
    }
}

fn fail(failure: &Failure) -> ExitCode {
    output::tell(&format!("error: {failure}\n"));
    ExitCode::from(failure.exit_code())
}

/// The command line; a terminal that says it has no columns is taken for one of the usual width.
fn command() -> Command {
    let command = Arguments::command();
    if env::var("COLUMNS").is_ok_and(|columns| columns.trim() == "0") {
        command.term_width(output::WIDTH)
    } else {
        command
    }
}

/// Everything that is given ends up in words, tables and manifests, so it must be text that can be shown.
fn refuse_unreadable(words: impl Iterator<Item = OsString>) -> Result<(), Failure> {
    for (place, word) in words.enumerate() {
        let shown = word.to_string_lossy();
        let what = match word.to_str() {
            None => "is not UTF-8",
            Some(word) if word.contains(char::is_control) => "holds a character that cannot be shown",
            Some(_) => continue,
        };
        return Err(Failure::input(
            &format!("argument {}, `{shown}`, {what}", place + 1),
            "names, values and paths are plain UTF-8 text; rename the file or folder if it is one",
        ));
    }
    Ok(())
}

fn execute(arguments: Arguments) -> Result<(), Failure> {
    match arguments.command {
        Some(command) => commands::execute(command),
        None => output::print(&command().render_help().to_string()),
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
