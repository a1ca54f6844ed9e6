//! Keeps the runs of an experiment on its tape, and hands back those that are there already.

use std::ops::Range;

use experiments::error::KeeperError;
use experiments::evaluation::{Evaluated, Watch};

use super::ExperimentFolder;

/// Watches rounds of an experiment for its folder.
pub(super) struct Recorder<'a> {
    folder: &'a mut ExperimentFolder,
    progress: &'a mut dyn FnMut(u64, u64),
}

impl<'a> Recorder<'a> {
    pub(super) fn new(folder: &'a mut ExperimentFolder, progress: &'a mut dyn FnMut(u64, u64)) -> Self {
        Self { folder, progress }
    }
}

impl Watch for Recorder<'_> {
    fn progress(&mut self, done: u64, of: u64) {
        (self.progress)(done, of);
    }

    fn round(&mut self, runs: u64) -> Range<u64> {
        self.folder.before += self.folder.round;
        self.folder.round = runs;
        self.folder.manifest.slice().range(runs)
    }

    fn known(&mut self, number: u64) -> Result<Option<Evaluated>, KeeperError> {
        Ok(self.folder.reader.run(self.folder.before + number)?)
    }

    fn finished(&mut self, number: u64, evaluated: &Evaluated) -> Result<(), KeeperError> {
        Ok(self.folder.writer.add(self.folder.before + number, evaluated)?)
    }
}
