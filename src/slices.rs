//! Slices that are run apart: where they go, and what is said when one is finished.

use std::path::Path;

use experiments::Slice;
use serde_json::json;

use crate::again;
use crate::arguments::Speech;
use crate::failure::Failure;
use crate::output::print;

/// Version of the shape of the JSON object.
const SCHEMA: u32 = 1;

/// The end of a folder's name: `-slice-2-of-4`, or nothing for everything.
pub fn place(slice: Slice) -> String {
    if slice.is_whole() {
        String::new()
    } else {
        format!("-slice-{}-of-{}", slice.number(), slice.of())
    }
}

/// Says that a slice is finished, what it holds, and how it is joined with the others.
///
/// # Errors
/// If standard output cannot be written.
pub fn say(speech: Speech, slice: Slice, folder: &Path, holds: &str) -> Result<(), Failure> {
    match speech {
        Speech::Silent => Ok(()),
        Speech::Json => {
            let object = json!({
                "schema": SCHEMA,
                "slice": slice.to_string(),
                "holds": holds,
                "folder": folder.display().to_string(),
            });
            print(&format!("{object}\n"))
        }
        Speech::Words => print(&format!(
            "Slice {slice} is finished: {holds}.\n\n\
             Files: {}\n\
             When all {} slices are there: orgsim merge {} … --out DIR\n",
            folder.display(),
            slice.of(),
            again::quoted(&folder.display().to_string()),
        )),
    }
}
