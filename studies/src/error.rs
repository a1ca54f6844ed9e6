//! Why a study folder cannot be used, in words for people: which path, what is wrong, what to do.

use std::io;
use std::path::{Path, PathBuf};

use experiments::ComparisonError;

use crate::merge::PartsError;

/// Why a study folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StudyError {
    /// The system refuses to write.
    #[error("{} cannot be written: {reason}; nothing is half-written there, and what was finished before is kept", path.display())]
    Write {
        /// What was to be written.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// The system refuses to read.
    #[error("{} cannot be read: {reason}", path.display())]
    Read {
        /// What was to be read.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// A file stands where a folder is needed.
    #[error("{} is a file, and a study needs a folder", path.display())]
    NotAFolder {
        /// The file.
        path: PathBuf,
    },
    /// The folder is in use for something else.
    #[error("{} holds other files and no study: a study needs an empty or new folder", path.display())]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds no study.
    #[error("{} holds no study (there is no manifest.json)", path.display())]
    NoStudy {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds an experiment, and a comparison is needed.
    #[error("{} holds `orgsim {experiment}`, and a comparison is needed here", path.display())]
    NoComparison {
        /// The folder.
        path: PathBuf,
        /// The command that made it.
        experiment: String,
    },
    /// The folder holds an experiment that was not written to its end.
    #[error("{} holds an experiment that is not finished: there is no verdict.json", path.display())]
    NoVerdict {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds another study.
    #[error("{} holds another study: {difference}", path.display())]
    OtherStudy {
        /// The folder.
        path: PathBuf,
        /// What differs: there, and in the study that is wanted.
        difference: String,
    },
    /// The folder holds this study, interrupted.
    #[error("{} holds a study that is not finished yet", path.display())]
    Unfinished {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds this study, finished.
    #[error(
        "{} holds this study, finished with {replications} replications: add to it with `orgsim extend`, repeat it with \
         `orgsim rerun`, or choose another folder with --out",
        path.display()
    )]
    Finished {
        /// The folder.
        path: PathBuf,
        /// Replications it has.
        replications: u64,
    },
    /// Fewer replications asked for than there are.
    #[error("{} has {have} replications already: ask for more than that, not {asked}", path.display())]
    NothingToAdd {
        /// The folder.
        path: PathBuf,
        /// Replications it has.
        have: u64,
        /// Replications asked for.
        asked: u64,
    },
    /// A slice is taken for the whole study.
    #[error("{} holds slice {slice} of a study, not all of it: join the slices first, with `orgsim merge`", path.display())]
    IsSlice {
        /// The folder.
        path: PathBuf,
        /// The slice.
        slice: String,
    },
    /// Slices that cannot be joined.
    #[error("{0}")]
    Parts(#[from] PartsError),
    /// Another version of the program made the study.
    #[error(
        "{} was made by engine {made_by}, and this is engine {this}: worlds of two versions must not be mixed",
        path.display()
    )]
    OtherEngine {
        /// The folder.
        path: PathBuf,
        /// Version that made it.
        made_by: String,
        /// This version.
        this: &'static str,
    },
    /// Somebody else works on the study.
    #[error("{} is in use by another orgsim: wait until that ends, or choose another folder with --out", path.display())]
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// The manifest does not make sense.
    #[error(
        "{} is not a usable manifest: {reason}; put an untouched copy of it in its place, or delete the folder and start \
         the study again",
        path.display()
    )]
    BadManifest {
        /// The file.
        path: PathBuf,
        /// What is wrong, with line and column if known.
        reason: String,
    },
    /// A shard is not what was written.
    #[error(
        "{} is damaged ({reason}): delete it and give the command that made its study again; only what it held is simulated again",
        path.display()
    )]
    BadShard {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// Rows that should be there are not.
    #[error(
        "{} has rows of {found} worlds only, and the result rests on {wanted}: give the command that made the study again, \
         which simulates the missing ones",
        path.display()
    )]
    MissingRows {
        /// The folder of shards.
        path: PathBuf,
        /// Worlds found.
        found: u64,
        /// Worlds the result rests on.
        wanted: u64,
    },
    /// A run that should be there is not.
    #[error(
        "{} lacks run {run}, on which the result rests: give the same command again, which simulates what is missing",
        path.display()
    )]
    MissingRuns {
        /// The folder of shards.
        path: PathBuf,
        /// The first one that is missing.
        run: u64,
    },
    /// The comparison itself could not run.
    #[error(transparent)]
    Comparison(ComparisonError),
}

impl StudyError {
    pub(crate) fn write(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |reason| Self::Write { path, reason }
    }

    pub(crate) fn read(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |reason| Self::Read { path, reason }
    }
}

impl From<ComparisonError> for StudyError {
    /// An error of a study that went through a comparison comes back as itself.
    fn from(error: ComparisonError) -> Self {
        match error {
            ComparisonError::Keeper(inner) => match inner.downcast::<Self>() {
                Ok(own) => *own,
                Err(other) => Self::Comparison(ComparisonError::Keeper(other)),
            },
            other => Self::Comparison(other),
        }
    }
}
