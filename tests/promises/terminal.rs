//! A folder of its own and the program in it, as a person at a terminal has them; knows no command.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A new folder in which the program runs.
pub struct Terminal {
    folder: TempDir,
}

/// What the program said, and how it ended.
#[derive(Debug)]
pub struct Said {
    /// Exit code; `None` if it was killed.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Said {
    /// Everything, as one text for a snapshot.
    pub fn all(&self) -> String {
        format!(
            "{}{}[exit code {}]\n",
            self.out,
            self.err,
            self.code.expect("not killed")
        )
    }
}

impl Terminal {
    /// A terminal in a new, empty folder.
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder for this test"),
        }
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a file into the folder.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder for this file");
        fs::write(path, text).expect("the file can be written");
    }

    /// The text of a file in the folder.
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The program with the words of `line`, not started yet.
    pub fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_orgsim"));
        command
            .args(line.split_whitespace())
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        command.env_remove("COLUMNS").env_remove("RUST_BACKTRACE");
        command
    }

    /// Runs the program with the words of `line`.
    pub fn run(&self, line: &str) -> Said {
        let output = self.command(line).output().expect("the program starts");
        Said {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("words"),
            err: String::from_utf8(output.stderr).expect("words"),
        }
    }

    /// Runs the program, which must succeed; gives what it printed.
    pub fn done(&self, line: &str) -> String {
        let said = self.run(line);
        assert_eq!(said.code, Some(0), "orgsim {line}: {}", said.err);
        said.out
    }

    /// All result files of a study and their bytes, by name.
    pub fn study(&self, folder: &str) -> Vec<(String, Vec<u8>)> {
        let top = self.path(folder);
        let mut files = Vec::new();
        for part in ["", "scenarios", "plots"] {
            for path in files_in(&top.join(part)) {
                let name = path
                    .strip_prefix(&top)
                    .expect("it is in there")
                    .display()
                    .to_string();
                if name != "log.jsonl" {
                    files.push((name, fs::read(&path).expect("the file can be read")));
                }
            }
        }
        assert!(
            files.iter().any(|(name, _)| name == "summary.csv"),
            "{folder} holds no results"
        );
        files
    }
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    paths
}

/// Fails, naming the first file that differs, unless both studies have the same files with the same bytes.
pub fn assert_same_study(one: &[(String, Vec<u8>)], other: &[(String, Vec<u8>)]) {
    let names = |study: &[(String, Vec<u8>)]| study.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(one), names(other));
    for ((name, bytes), (_, others)) in one.iter().zip(other) {
        assert!(bytes == others, "{name} differs");
    }
}
