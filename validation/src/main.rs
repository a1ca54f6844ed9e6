//! The long statistical validation: runs every check and writes docs/validation.md; no check of it is a test.

mod arms;
mod axes;
mod calibration;
mod careers;
mod docking;
mod facts;
mod frontier;
mod interplay;
mod limit_cases;
#[path = "../../tests/limits/mod.rs"]
mod limits;
mod page;
mod peeling;
#[path = "../../tests/theory/mod.rs"]
#[allow(dead_code, reason = "yardsticks that only their own tests lay on something")]
mod theory;
mod warm_up;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use page::Page;

/// A chapter of the page, and how it is called while it is at work.
type Chapter = (&'static str, fn(&mut Page));

const CHAPTERS: &[Chapter] = &[
    ("limit cases against theory", limit_cases::write),
    ("docking", docking::write),
    ("warm-up", warm_up::write),
    ("calibration", calibration::write),
    ("stylised facts", facts::write),
    ("where the quarterly model wins", frontier::write),
];

fn main() -> ExitCode {
    let path = std::env::args_os().nth(1).map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/validation.md"),
        PathBuf::from,
    );
    let started = Instant::now();
    let mut page = Page::new();
    for (name, write) in CHAPTERS {
        eprintln!("[{:4} s] {name}", started.elapsed().as_secs());
        write(&mut page);
    }
    if let Err(error) = std::fs::write(&path, page.into_text()) {
        eprintln!("error: {} cannot be written: {error}", path.display());
        return ExitCode::FAILURE;
    }
    eprintln!(
        "[{:4} s] {} is written",
        started.elapsed().as_secs(),
        path.display()
    );
    ExitCode::SUCCESS
}
