//! The folder of an experiment: its manifest, the tape of its runs, its result files; created once, resumed without
//! making a run twice.
//!
//! A folder belongs to one experiment: the same one may be written again, to the same bytes, and anything else is refused
//! before any run.

mod manifest;
mod recorder;

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use experiments::evaluation::{Evaluated, Watch};

use crate::error::StudyError;
use crate::log::{Entry, Log, unix_seconds};
use crate::manifest::{ENGINE, Status};
use crate::merge::Parts;
use crate::study::refusal::{refuse_files_above, refuse_other_files};
use crate::tape::{TapeReader, TapeWriter};
use crate::whole::{sweep, write_whole};
pub use manifest::ExperimentManifest;
use manifest::SliceRuns;
pub(crate) use manifest::difference;
use recorder::Recorder;

/// Name of the file with what was found, in sentences and tables; written last, so where it is, everything is.
pub const VERDICT_FILE: &str = "verdict.json";

/// The folder of an experiment, held by this process alone.
#[derive(Debug)]
pub struct ExperimentFolder {
    path: PathBuf,
    manifest: ExperimentManifest,
    log: Log,
    writer: TapeWriter,
    reader: TapeReader,
    /// Runs of the rounds before this one.
    before: u64,
    /// Runs of this round.
    round: u64,
    was_finished: bool,
}

impl ExperimentFolder {
    /// Starts the experiment in `path`, which must be new, empty, or hold this very experiment, finished.
    ///
    /// # Errors
    /// If the folder holds something else, cannot be used, or is in use.
    pub fn begin(path: &Path, manifest: ExperimentManifest) -> Result<Self, StudyError> {
        refuse_files_above(path)?;
        match refuse_another(path, &manifest) {
            Err(StudyError::NoStudy { .. }) => {}
            Err(error) => return Err(error),
            Ok(held) if held.status == Status::Finished => return Self::open(path, held),
            Ok(_) => {
                return Err(StudyError::Unfinished {
                    path: path.to_owned(),
                });
            }
        }
        let held = Log::open_existing(path)?;
        refuse_other_files(path)?;
        fs::create_dir_all(path).map_err(StudyError::write(path))?;
        let log = held.map_or_else(|| Log::open(path), Ok)?;
        let mut folder = Self::with(path, manifest, log);
        folder.manifest.write(path)?;
        folder.log.add(&Entry::Created {
            unix_seconds: unix_seconds(),
        })?;
        Ok(folder)
    }

    /// Goes on with the experiment in `path`.
    ///
    /// # Errors
    /// If it holds none or another one, or is in use.
    pub fn resume(path: &Path, manifest: &ExperimentManifest) -> Result<Self, StudyError> {
        Self::open(path, refuse_another(path, manifest)?)
    }

    /// Opens the experiment in `path` to bring it to so many worlds at each place. Until every one is there, the folder
    /// goes on holding the experiment as it was.
    ///
    /// # Errors
    /// If it holds none, one that worlds cannot be added to, one that has as many, or a slice, or is in use.
    pub fn extend(path: &Path, replications: u64) -> Result<Self, StudyError> {
        let mut held = ExperimentManifest::read(path)?;
        refuse_other_engine(path, &held)?;
        if let Some(slice) = held.slice {
            return Err(StudyError::IsSlice {
                path: path.to_owned(),
                slice,
            });
        }
        let have = held.counted(path)?;
        if replications < have || (replications == have && held.status == Status::Finished) {
            return Err(StudyError::NothingToAdd {
                path: path.to_owned(),
                have,
                asked: replications,
            });
        }
        held.replications = Some(replications);
        held.status = Status::Running;
        let mut folder = Self::open(path, held)?;
        folder.log.add(&Entry::Extended {
            unix_seconds: unix_seconds(),
            replications_before: Some(have),
            replications,
        })?;
        Ok(folder)
    }

    fn open(path: &Path, held: ExperimentManifest) -> Result<Self, StudyError> {
        let log = Log::open(path)?;
        let mut folder = Self::with(path, held, log);
        for part in [path.to_owned(), folder.shards(), path.join("plots")] {
            sweep(&part)?;
        }
        folder.log.add(&Entry::Resumed {
            unix_seconds: unix_seconds(),
        })?;
        Ok(folder)
    }

    fn with(path: &Path, manifest: ExperimentManifest, log: Log) -> Self {
        let (shards, identity) = (shards_of(path), manifest.identity());
        Self {
            path: path.to_owned(),
            was_finished: manifest.status == Status::Finished,
            manifest,
            log,
            writer: TapeWriter::new(&shards, identity),
            reader: TapeReader::new(&shards, identity),
            before: 0,
            round: 0,
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the experiment is.
    pub fn manifest(&self) -> &ExperimentManifest {
        &self.manifest
    }

    /// Whether the experiment was finished when the folder was opened: nothing is then simulated again.
    pub fn was_finished(&self) -> bool {
        self.was_finished
    }

    /// Lets `work` run rounds of the experiment under a watch that keeps every run and shows how far it has come.
    ///
    /// # Errors
    /// What `work` reports, or that runs cannot be written; whatever was finished and written is kept.
    pub fn watched<T, E: From<StudyError>>(
        &mut self,
        progress: &mut dyn FnMut(u64, u64),
        work: impl FnOnce(&mut dyn Watch) -> Result<T, E>,
    ) -> Result<T, E> {
        let worked = work(&mut Recorder::new(self, progress));
        self.writer.flush()?;
        if worked.is_ok() && self.manifest.status == Status::Running {
            // From here on result files are replaced: of an extended experiment, those of fewer worlds.
            self.manifest.write(&self.path)?;
        }
        worked
    }

    /// What the first `count` runs gave, in order, read from the shards one by one.
    pub fn runs(&self, count: u64) -> Runs {
        Runs {
            reader: TapeReader::new(&self.shards(), self.manifest.identity()),
            shards: self.shards(),
            places: 0..count,
        }
    }

    /// Takes the runs of all slices over.
    ///
    /// # Errors
    /// If a slice is damaged, or this folder cannot be written.
    pub fn join(&mut self, parts: &Parts) -> Result<(), StudyError> {
        for (manifest, shards) in parts.experiments() {
            let mut reader = TapeReader::new(&shards, self.manifest.identity());
            let Some(runs) = manifest.runs else { continue };
            for place in runs.first..runs.end {
                if let Some(evaluated) = reader.run(place)?
                    && self.reader.run(place)?.is_none()
                {
                    self.writer.add(place, &evaluated)?;
                }
            }
        }
        self.writer.flush()?;
        // What was read before is not what is there now.
        self.reader = TapeReader::new(&self.shards(), self.manifest.identity());
        Ok(())
    }

    /// Writes every file, each whole; names may hold folders.
    ///
    /// # Errors
    /// What the system says; files written before are kept.
    pub fn write<'f>(&self, files: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> Result<(), StudyError> {
        for (name, bytes) in files {
            write_whole(&self.path.join(name), bytes)?;
        }
        Ok(())
    }

    /// Marks the experiment, or its slice, as complete. Call it when every file is written.
    ///
    /// # Errors
    /// If the manifest cannot be written.
    pub fn finish(&mut self) -> Result<(), StudyError> {
        let slice = self.manifest.slice();
        self.manifest.runs = (!slice.is_whole()).then(|| {
            let Range { start, end } = slice.range(self.round);
            SliceRuns {
                first: start,
                end,
                of: self.round,
            }
        });
        self.manifest.status = Status::Finished;
        self.manifest.write(&self.path)
    }

    fn shards(&self) -> PathBuf {
        shards_of(&self.path)
    }
}

pub(crate) fn shards_of(folder: &Path) -> PathBuf {
    folder.join("shards")
}

/// What runs gave, in order.
#[derive(Debug)]
pub struct Runs {
    reader: TapeReader,
    shards: PathBuf,
    places: Range<u64>,
}

impl Iterator for Runs {
    type Item = Result<Evaluated, StudyError>;

    fn next(&mut self) -> Option<Self::Item> {
        let place = self.places.next()?;
        let missing = || StudyError::MissingRuns {
            path: self.shards.clone(),
            run: place,
        };
        Some(self.reader.run(place).and_then(|run| run.ok_or_else(missing)))
    }
}

fn refuse_other_engine(path: &Path, held: &ExperimentManifest) -> Result<(), StudyError> {
    if held.engine == ENGINE {
        return Ok(());
    }
    Err(StudyError::OtherEngine {
        path: path.to_owned(),
        made_by: held.engine.clone(),
        this: ENGINE,
    })
}

/// The manifest that is held, if it is that of the same experiment and slice.
fn refuse_another(path: &Path, wanted: &ExperimentManifest) -> Result<ExperimentManifest, StudyError> {
    let held = ExperimentManifest::read(path)?;
    let path = path.to_owned();
    refuse_other_engine(&path, &held)?;
    match difference(&held, wanted) {
        None => Ok(held),
        Some(difference) => Err(StudyError::OtherStudy { path, difference }),
    }
}

#[cfg(test)]
mod tests;
