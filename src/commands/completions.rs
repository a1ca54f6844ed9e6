//! `orgsim completions`: a completion script for a shell.

use clap::CommandFactory;

use crate::arguments::{Arguments, Completions};
use crate::failure::Failure;
use crate::output;

/// Prints the script.
///
/// # Errors
/// If standard output cannot be written.
pub fn execute(arguments: &Completions) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "orgsim", &mut script);
    output::print(&String::from_utf8_lossy(&script))
}
