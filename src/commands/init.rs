//! `orgsim init`: a commented company file to edit.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use crate::again;
use crate::arguments::Init;
use crate::failure::Failure;
use crate::output;

/// Writes the file, unless there is one already.
///
/// # Errors
/// If the file exists or cannot be written.
pub fn execute(arguments: &Init) -> Result<(), Failure> {
    let file = &arguments.file;
    if file.extension().is_none_or(|ending| ending != "toml") {
        return Err(Failure::input(
            &format!(
                "`{}` does not end in `.toml`, as scenario files do",
                file.display()
            ),
            "orgsim init my-company.toml",
        ));
    }
    let name = again::quoted(&file.display().to_string());
    write_new(file, &scenarios::template(&name))?;
    output::print(&format!(
        "Wrote {name}. Remove the `#` in front of what you know, then:\n  \
         orgsim scenarios check {name}\n  \
         orgsim compare safe empowered --environment {name}\n"
    ))
}

fn write_new(file: &Path, text: &str) -> Result<(), Failure> {
    let opened = OpenOptions::new().write(true).create_new(true).open(file);
    let mut opened = opened.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::input(
            &format!("`{}` exists and is not overwritten", file.display()),
            "name another file: orgsim init FILE",
        ),
        _ => Failure::file("written", file, &error),
    })?;
    opened.write_all(text.as_bytes()).map_err(|error| {
        // Half a file would stand in the way of the next try; if it cannot be taken away either, that is said already.
        drop(fs::remove_file(file));
        Failure::file("written", file, &error)
    })
}
