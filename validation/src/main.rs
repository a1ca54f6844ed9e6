//! The long statistical validation: runs every check and writes docs/validation.md; no check of it is a test.

mod arms;
mod axes;
mod calibration;
mod careers;
mod change;
mod docking;
mod facts;
mod frontier;
mod interplay;
mod intervals;
mod library;
mod limit_cases;
#[path = "../../tests/limits/mod.rs"]
mod limits;
mod methods;
mod page;
mod peeling;
mod recovery;
#[path = "../../experiments/tests/promises/textbook.rs"]
#[allow(dead_code, reason = "some of it is for tests alone")]
mod textbook;
#[path = "../../tests/theory/mod.rs"]
#[allow(dead_code, reason = "yardsticks that only their own tests lay on something")]
mod theory;
#[path = "../../experiments/tests/promises/toy.rs"]
#[allow(dead_code, reason = "most of it is for tests alone")]
mod toy;
mod warm_up;

use std::path::{Path, PathBuf};
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
    ("intervals", intervals::write),
    ("methods", methods::write),
    ("recovery", recovery::write),
];

const USAGE: &str = "usage: validation [--only CHAPTER]... [PATH]\n       validation --library";

fn main() -> ExitCode {
    let is_library = std::env::args().nth(1).is_some_and(|word| word == "--library");
    let written = if is_library {
        write_library()
    } else {
        Wanted::from_arguments().and_then(|wanted| wanted.write())
    };
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("error: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn write_library() -> Result<(), String> {
    let (page, plots) = library::page()?;
    for plot in plots {
        save(
            &documents()
                .join(library::PICTURES)
                .join(format!("{}.png", plot.name)),
            &plot.png,
        )?;
    }
    save(&documents().join("scenarios.md"), page.as_bytes())
}

/// The folder of the product's documents.
fn documents() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

fn save(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let shown = path.display();
    std::fs::write(path, bytes).map_err(|error| format!("{shown} cannot be written: {error}"))?;
    eprintln!("{shown} is written");
    Ok(())
}

/// Which chapters are to be written, and where.
struct Wanted {
    path: PathBuf,
    chapters: Vec<&'static Chapter>,
}

impl Wanted {
    fn from_arguments() -> Result<Self, String> {
        let mut path = documents().join("validation.md");
        let mut chapters = Vec::new();
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            if word == "--only" {
                let name = words.next().ok_or(USAGE)?;
                let chapter = CHAPTERS.iter().find(|(known, _)| *known == name);
                let known: Vec<&str> = CHAPTERS.iter().map(|(name, _)| *name).collect();
                chapters.push(
                    chapter.ok_or_else(|| format!("there is no chapter `{name}`: {}", known.join(", ")))?,
                );
            } else {
                path = PathBuf::from(word);
            }
        }
        Ok(Self { path, chapters })
    }

    /// Writes the whole page, or puts single chapters in the place of those of the same title.
    fn write(&self) -> Result<(), String> {
        let text = if self.chapters.is_empty() {
            worked(CHAPTERS.iter()).into_text()
        } else {
            let old = std::fs::read_to_string(&self.path)
                .map_err(|error| format!("{} cannot be read: {error}", self.path.display()))?;
            worked(self.chapters.iter().copied()).laid_over(&old)
        };
        save(&self.path, text.as_bytes())
    }
}

fn worked<'c>(chapters: impl Iterator<Item = &'c Chapter>) -> Page {
    let started = Instant::now();
    let mut page = Page::new();
    for (name, write) in chapters {
        eprintln!("[{:4} s] {name}", started.elapsed().as_secs());
        write(&mut page);
    }
    eprintln!("[{:4} s] done", started.elapsed().as_secs());
    page
}
