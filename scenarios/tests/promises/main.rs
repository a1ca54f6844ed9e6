//! What the crate promises: the library loads, files say what is wrong with them, and nothing is lost in writing.

mod library;
mod loading;
mod messages;
mod round_trip;
mod views;

use std::path::{Path, PathBuf};

use scenarios::{Scenario, ScenarioError, load};

/// No overrides.
const NONE: [&str; 0] = [];

/// A folder of its own for the files of one test.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file and returns its path as text.
    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).expect("a folder");
        std::fs::write(&path, content).expect("a file");
        path.display().to_string()
    }

    /// The message without the folder's own, ever changing name.
    fn message(&self, problem: &ScenarioError) -> String {
        problem
            .to_string()
            .replace(&format!("{}/", self.0.path().display()), "")
    }
}

/// Loads without environment and overrides.
fn plain(reference: &str) -> Scenario {
    load(reference, None, &NONE).unwrap_or_else(|problem| panic!("{problem}"))
}
