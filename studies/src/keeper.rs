//! Keeps the blocks of a running comparison in shards, and hands back those that are there already, or in its slices.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use experiments::block::Block;
use experiments::error::KeeperError;
use experiments::result::Basis;
use experiments::{Observer, Progress, Slice};

use crate::error::StudyError;
use crate::shard::{Place, SHARD_BLOCKS, Shard};

/// Finished worlds are on disk after this time at the latest, and at the end.
pub(crate) const KEEP_EVERY: Duration = Duration::from_secs(2);

/// Keeps blocks in the shards of one study.
pub(crate) struct Keeper<'a> {
    shards: PathBuf,
    study: u64,
    progress: &'a mut dyn FnMut(Progress),
    own: Reader,
    /// Slices that are joined: what they know is kept here, too.
    parts: Vec<(Slice, Reader)>,
    /// The shard that grows.
    growing: Option<(Place, Shard)>,
    unwritten: bool,
    last_written: Instant,
}

impl<'a> Keeper<'a> {
    pub(crate) fn new(
        shards: PathBuf,
        study: u64,
        parts: &[(Slice, PathBuf)],
        progress: &'a mut dyn FnMut(Progress),
    ) -> Self {
        let last_written = Instant::now();
        let reader = |(slice, shards): &(Slice, PathBuf)| (*slice, Reader::new(shards.clone(), study));
        Self {
            own: Reader::new(shards.clone(), study),
            parts: parts.iter().map(reader).collect(),
            shards,
            study,
            progress,
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
        if shard.len() == SHARD_BLOCKS || self.last_written.elapsed() >= KEEP_EVERY {
            self.flush()
        } else {
            Ok(())
        }
    }
}

impl Observer for Keeper<'_> {
    fn known(&mut self, basis: Basis, index: u64) -> Result<Option<Block>, KeeperError> {
        if let Some(block) = self.own.block(basis, index)? {
            return Ok(Some(block));
        }
        let part = self.parts.iter_mut().find(|(slice, _)| slice.holds(index));
        Ok(part
            .map(|(_, reader)| reader.block(basis, index))
            .transpose()?
            .flatten())
    }

    fn finished(&mut self, block: &Block) -> Result<(), KeeperError> {
        Ok(self.keep(block)?)
    }

    fn reused(&mut self, block: &Block) -> Result<(), KeeperError> {
        if self.parts.is_empty() {
            return Ok(());
        }
        Ok(self.keep(block)?)
    }

    fn progress(&mut self, progress: Progress) {
        (self.progress)(progress);
    }
}

/// Reads blocks of worlds from a folder of shards; holds one shard at a time.
#[derive(Debug)]
pub(crate) struct Reader {
    shards: PathBuf,
    study: u64,
    read: Option<(Place, Option<Shard>)>,
}

impl Reader {
    pub(crate) fn new(shards: PathBuf, study: u64) -> Self {
        Self {
            shards,
            study,
            read: None,
        }
    }

    /// The block, if it is there.
    pub(crate) fn block(&mut self, basis: Basis, index: u64) -> Result<Option<Block>, StudyError> {
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
}
