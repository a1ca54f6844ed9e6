//! Ctrl-C and requests to end: the first asks the study to stop, the second ends the program; never touches a file.

use std::process;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::output::tell;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Exit code of an interrupted program.
const EXIT_CODE: i32 = 130;

/// From now on, whether somebody interrupted.
pub fn watched() -> &'static AtomicBool {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Without a listener Ctrl-C still ends the program, and nothing is half-written.
        let _ = ctrlc::set_handler(interrupt);
    });
    &INTERRUPTED
}

fn interrupt() {
    if INTERRUPTED.swap(true, Ordering::Relaxed) {
        process::exit(EXIT_CODE);
    }
    tell("\nInterrupted: keeping what is finished. Press Ctrl-C again to end at once.\n");
}

/// Whether somebody interrupted.
pub fn was_interrupted() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}
