//! Keeps the blocks of a running comparison in shards, and hands back those that are there already.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use experiments::block::Block;
use experiments::error::KeeperError;
use experiments::result::Basis;
use experiments::{Observer, Progress};

use crate::error::StudyError;
use crate::shard::{Place, Shard};

/// Finished worlds are on disk after this time at the latest, and at the end.
const KEEP_EVERY: Duration = Duration::from_secs(2);

/// Keeps blocks in the shards of one study.
pub(crate) struct Keeper<'a> {
    shards: PathBuf,
    study: u64,
    progress: &'a mut dyn FnMut(Progress),
    /// The shard that was read last, for blocks that are known.
    read: Option<(Place, Option<Shard>)>,
    /// The shard that grows.
    growing: Option<(Place, Shard)>,
    unwritten: bool,
    last_written: Instant,
}

impl<'a> Keeper<'a> {
    pub(crate) fn new(shards: PathBuf, study: u64, progress: &'a mut dyn FnMut(Progress)) -> Self {
        let last_written = Instant::now();
        Self {
            shards,
            study,
            progress,
            read: None,
            growing: None,
            unwritten: false,
            last_written,
        }
    }

    /// Writes what is not on disk yet.
    pub(crate) fn flush(&mut self) -> Result<(), StudyError> {
        if let Some((place, shard)) = &self.growing
            && self.unwritten
        {
            shard.write(&place.path(&self.shards), self.study)?;
            self.unwritten = false;
            self.last_written = Instant::now();
        }
        Ok(())
    }

    fn read_block(&mut self, basis: Basis, index: u64) -> Result<Option<Block>, StudyError> {
        let place = Place::of(basis, index);
        let path = place.path(&self.shards);
        if self.read.as_ref().is_none_or(|(read, _)| *read != place) {
            self.read = Some((place, Shard::read(&path, self.study)?));
        }
        let Some((_, Some(shard))) = &self.read else {
            return Ok(None);
        };
        shard
            .block(basis, index)
            .map_err(|reason| StudyError::BadShard { path, reason })
    }

    fn keep(&mut self, block: &Block) -> Result<(), StudyError> {
        let place = Place::of(block.basis, block.index);
        if self.growing.as_ref().is_none_or(|(growing, _)| *growing != place) {
            self.flush()?;
            let shard = Shard::read(&place.path(&self.shards), self.study)?.unwrap_or_default();
            self.growing = Some((place, shard));
        }
        let Some((_, shard)) = &mut self.growing else {
            return Ok(());
        };
        let path = place.path(&self.shards);
        shard
            .insert(block)
            .map_err(|reason| StudyError::BadShard { path, reason })?;
        self.unwritten = true;
        if shard.is_full() || self.last_written.elapsed() >= KEEP_EVERY {
            self.flush()
        } else {
            Ok(())
        }
    }
}

impl Observer for Keeper<'_> {
    fn known(&mut self, basis: Basis, index: u64) -> Result<Option<Block>, KeeperError> {
        Ok(self.read_block(basis, index)?)
    }

    fn finished(&mut self, block: &Block) -> Result<(), KeeperError> {
        Ok(self.keep(block)?)
    }

    fn progress(&mut self, progress: Progress) {
        (self.progress)(progress);
    }
}
