//! Faults of the program itself: what is said instead of a crash; never anything about input.

use std::panic::PanicHookInfo;
use std::sync::Mutex;

use crate::failure::Failure;

/// What was said first, by whichever thread.
static FIRST: Mutex<Option<String>> = Mutex::new(None);

/// Keeps the message and the place of the first panic.
pub fn remember(panic: &PanicHookInfo) {
    let place = panic
        .location()
        .map(|place| format!(" ({}:{})", place.file(), place.line()));
    let message = panic.payload_as_str().unwrap_or("no message");
    if let Ok(mut first) = FIRST.lock() {
        first.get_or_insert_with(|| format!("{message}{}", place.unwrap_or_default()));
    }
}

/// The fault as a failure of the study.
pub fn failure() -> Failure {
    let first = FIRST.lock().ok().and_then(|mut first| first.take());
    Failure::Study(format!(
        "a fault of the program, not of your input: {}\n  = help: finished worlds are kept; please report this with the command you gave",
        first.as_deref().unwrap_or("no message")
    ))
}
