//! The log of a study: when it was worked on and for how long. Nothing else in a study knows the time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;

use crate::error::StudyError;

/// Name of the log in a study folder.
pub const LOG_FILE: &str = "log.jsonl";

/// The log, open for one process alone; others are refused until it is closed.
#[derive(Debug)]
pub(crate) struct Log {
    path: PathBuf,
    file: File,
}

/// One line of the log.
#[derive(Debug, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(crate) enum Entry {
    Created {
        unix_seconds: u64,
    },
    Resumed {
        unix_seconds: u64,
    },
    Extended {
        unix_seconds: u64,
        replications_before: Option<u64>,
        replications: u64,
    },
    Ran {
        unix_seconds: u64,
        elapsed_seconds: f64,
        threads: usize,
        team_weeks: u64,
        interrupted: bool,
    },
}

impl Log {
    /// Opens the log of the study in `folder`.
    ///
    /// # Errors
    /// If the system refuses, or another process has it.
    pub(crate) fn open(folder: &Path) -> Result<Self, StudyError> {
        let path = folder.join(LOG_FILE);
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(StudyError::write(&path))?;
        refuse_locked(folder, file.try_lock())?;
        Ok(Self { path, file })
    }

    /// Opens the log if there is one already.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub(crate) fn open_existing(folder: &Path) -> Result<Option<Self>, StudyError> {
        let is_there = folder.join(LOG_FILE).is_file();
        is_there.then(|| Self::open(folder)).transpose()
    }

    /// Adds a line.
    pub(crate) fn add(&mut self, entry: &Entry) -> Result<(), StudyError> {
        let mut line = serde_json::to_string(entry).unwrap_or_default();
        line.push('\n');
        self.file
            .write_all(line.as_bytes())
            .map_err(StudyError::write(&self.path))
    }
}

/// Keeps everybody from changing a study while it is read; others may read it too.
#[derive(Debug)]
pub struct Reading {
    /// The lock lives as long as the file is open; `None` where there is nothing to lock.
    _log: Option<File>,
}

impl Reading {
    /// Starts to read the study in `folder`.
    ///
    /// # Errors
    /// If another process works on it.
    pub fn start(folder: &Path) -> Result<Self, StudyError> {
        let log = File::open(folder.join(LOG_FILE)).ok();
        if let Some(log) = &log {
            refuse_locked(folder, log.try_lock_shared())?;
        }
        Ok(Self { _log: log })
    }
}

/// Where files cannot be locked, nobody is kept out.
fn refuse_locked(folder: &Path, locked: Result<(), TryLockError>) -> Result<(), StudyError> {
    match locked {
        Err(TryLockError::WouldBlock) => Err(StudyError::InUse {
            path: folder.to_owned(),
        }),
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
    }
}

/// Seconds since 1970.
pub(crate) fn unix_seconds() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |time| time.as_secs())
}
