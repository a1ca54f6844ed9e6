//! Why a command failed: words for people and the exit code; never prints.

use std::io;
use std::path::Path;

use experiments::ComparisonError;
use scenarios::ScenarioError;
use studies::StudyError;

/// Why a command failed, with what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A study ran and failed.
    #[error("{0}")]
    Study(String),
    /// What was given cannot be used.
    #[error("{0}")]
    Input(String),
    /// A file could not be read or written.
    #[error("{0}")]
    Files(String),
    /// Somebody interrupted.
    #[error("{0}")]
    Interrupted(String),
}

impl Failure {
    /// Exit code of the program, as `orgsim --help` has it.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Study(_) => 1,
            Self::Input(_) => 2,
            Self::Files(_) => 3,
            Self::Interrupted(_) => 130,
        }
    }

    /// Something is wrong, and this is what to do.
    pub fn input(what: &str, hint: &str) -> Self {
        Self::Input(format!("{what}\n  = help: {hint}"))
    }

    /// Several failures as one, none said twice; it is one of files only if all are.
    pub fn together(failures: Vec<Self>) -> Self {
        let all_of_files = failures.iter().all(|failure| matches!(failure, Self::Files(_)));
        let mut words: Vec<String> = Vec::new();
        for said in failures.iter().map(ToString::to_string) {
            if !words.contains(&said) {
                words.push(said);
            }
        }
        let words = words.join("\n\nerror: ");
        if all_of_files {
            Self::Files(words)
        } else {
            Self::Input(words)
        }
    }

    /// Something that was done to a file did not work.
    pub fn file(done: &str, path: &Path, error: &io::Error) -> Self {
        let hint = remedy(error);
        Self::Files(format!(
            "`{}` cannot be {done}: {error}\n  = help: {hint}",
            path.display()
        ))
    }
}

/// What to do where the system refuses a file.
fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "choose a place that you may write to"
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "make room, then try again; no file is half-written"
        }
        io::ErrorKind::NotFound => "check the path; folders on the way must be there",
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            "a file stands where a folder is needed; choose another place"
        }
        _ => "check the place and try again",
    }
}

impl From<ScenarioError> for Failure {
    /// Files that cannot be read are one thing, what they say another.
    fn from(error: ScenarioError) -> Self {
        let is_of_files = |problem: &ScenarioError| {
            matches!(
                problem,
                ScenarioError::MissingFile { .. } | ScenarioError::Unreadable { .. }
            )
        };
        let each: Vec<String> = error.each().iter().map(ToString::to_string).collect();
        let words = each.join("\n\nerror: ");
        if error.each().iter().all(is_of_files) {
            Self::Files(words)
        } else {
            Self::Input(words)
        }
    }
}

impl From<StudyError> for Failure {
    /// What the system refuses is one thing, what was asked for another.
    fn from(error: StudyError) -> Self {
        let mut words = error.to_string();
        if let Some(hint) = hint(&error) {
            words += &format!("\n  = help: {hint}");
        }
        match error {
            StudyError::Write { .. }
            | StudyError::Read { .. }
            | StudyError::BadManifest { .. }
            | StudyError::BadShard { .. }
            | StudyError::MissingRows { .. }
            | StudyError::MissingRuns { .. }
            | StudyError::InUse { .. } => Self::Files(words),
            _ => Self::Input(words),
        }
    }
}

/// What to do, where no command knows better.
fn hint(error: &StudyError) -> Option<&str> {
    match error {
        StudyError::Parts(error) => Some(&error.remedy),
        StudyError::IsSlice { .. } => Some("orgsim merge SLICE … --out DIR, with the folders of all slices"),
        StudyError::NoStudy { .. } => {
            Some("`orgsim compare safe empowered --out DIR` makes one; its last words name its folder")
        }
        StudyError::OtherEngine { .. } => {
            Some("use that version, or begin a new study in a folder of its own")
        }
        StudyError::NoComparison { .. } => {
            Some("name the folder of an `orgsim compare`; its last words name it")
        }
        StudyError::NoVerdict { .. } => {
            Some("give the command that made it again; it writes the same folder")
        }
        StudyError::Write { reason, .. } => Some(remedy(reason)),
        StudyError::NotAFolder { .. } => Some("name a folder"),
        StudyError::OtherStudy { .. } | StudyError::NotEmpty { .. } => {
            Some("name an empty or new folder with --out")
        }
        _ => None,
    }
}

impl From<ComparisonError> for Failure {
    fn from(error: ComparisonError) -> Self {
        Self::from(StudyError::from(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_together_are_said_once_and_are_of_files_only_if_all_are() {
        let (input, files) = (
            || Failure::Input("a".to_owned()),
            || Failure::Files("b".to_owned()),
        );
        let mixed = Failure::together(vec![input(), files(), input()]);
        assert_eq!(
            (mixed.exit_code(), mixed.to_string().as_str()),
            (2, "a\n\nerror: b")
        );
        assert_eq!(Failure::together(vec![files(), files()]).exit_code(), 3);
    }

    #[test]
    fn each_kind_of_failure_has_an_exit_code_of_its_own() {
        let all: [fn(String) -> Failure; 4] = [
            Failure::Study,
            Failure::Input,
            Failure::Files,
            Failure::Interrupted,
        ];
        let codes = all.map(|failure| failure(String::new()).exit_code());
        assert_eq!(codes, [1, 2, 3, 130]);
    }
}
