//! The tape of an experiment: what every run gave, in the order in which runs are made, kept in shards so that none is made
//! twice.
//!
//! An experiment makes the same runs in the same order whenever it is run, so a place on the tape is enough to know a run.
//! A part of the tape that is lost is simply made again.

use std::path::{Path, PathBuf};
use std::time::Instant;

use experiments::evaluation::Evaluated;
use serde::{Deserialize, Serialize};

use crate::error::StudyError;
use crate::keeper::KEEP_EVERY;
use crate::shard::Shard;

/// Runs in a chunk of the tape.
const CHUNK_RUNS: u64 = 100;

/// Chunks in a shard: ten million runs make a thousand files.
const SHARD_CHUNKS: u64 = 100;

/// Neighbouring runs, of which at most the first of the first chunk and the last of the last one are missing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Chunk {
    /// Place of the first run on the tape.
    first: u64,
    /// What each run gave; not a number if it failed.
    values: Vec<f64>,
    /// Runs that failed, by their place in `values`, and why.
    failures: Vec<(u32, String)>,
}

impl Chunk {
    fn starting(first: u64) -> Self {
        Self {
            first,
            values: Vec::new(),
            failures: Vec::new(),
        }
    }

    /// The place behind its last run.
    fn end(&self) -> u64 {
        self.first + self.values.len() as u64
    }

    fn push(&mut self, evaluated: &Evaluated) {
        if let Err(reason) = evaluated {
            self.failures.push((self.values.len() as u32, reason.clone()));
        }
        self.values.push(*evaluated.as_ref().unwrap_or(&f64::NAN));
    }

    fn get(&self, place: u64) -> Option<Evaluated> {
        let within = usize::try_from(place.checked_sub(self.first)?).ok()?;
        let value = *self.values.get(within)?;
        let reason = self
            .failures
            .iter()
            .find(|(failed, _)| *failed as usize == within);
        Some(reason.map_or(Ok(value), |(_, reason)| Err(reason.clone())))
    }

    fn is_sound(&self, index: u64) -> bool {
        let all = index * CHUNK_RUNS..=(index + 1) * CHUNK_RUNS;
        all.contains(&self.first) && all.contains(&self.end())
    }
}

fn path_of(shards: &Path, shard: u64) -> PathBuf {
    shards.join(format!("runs-{shard:06}.shard"))
}

/// Reads a tape; holds one shard at a time.
#[derive(Debug)]
pub(crate) struct TapeReader {
    shards: PathBuf,
    experiment: u64,
    shard: Option<(u64, Option<Shard>)>,
    chunk: Option<(u64, Option<Chunk>)>,
}

impl TapeReader {
    pub(crate) fn new(shards: &Path, experiment: u64) -> Self {
        Self {
            shards: shards.to_owned(),
            experiment,
            shard: None,
            chunk: None,
        }
    }

    /// What the run at a place gave, if it is on the tape.
    pub(crate) fn run(&mut self, place: u64) -> Result<Option<Evaluated>, StudyError> {
        let index = place / CHUNK_RUNS;
        if self.chunk.as_ref().is_none_or(|(read, _)| *read != index) {
            self.chunk = Some((index, self.read(index)?));
        }
        let chunk = self.chunk.as_ref().and_then(|(_, chunk)| chunk.as_ref());
        Ok(chunk.and_then(|chunk| chunk.get(place)))
    }

    fn read(&mut self, index: u64) -> Result<Option<Chunk>, StudyError> {
        let number = index / SHARD_CHUNKS;
        let path = path_of(&self.shards, number);
        if self.shard.as_ref().is_none_or(|(read, _)| *read != number) {
            self.shard = Some((number, Shard::read(&path, self.experiment)?));
        }
        let Some((_, Some(shard))) = &self.shard else {
            return Ok(None);
        };
        chunk_of(shard, index).map_err(|reason| StudyError::BadShard { path, reason })
    }
}

fn chunk_of(shard: &Shard, index: u64) -> Result<Option<Chunk>, String> {
    match shard.get::<Chunk>(index)? {
        Some(chunk) if !chunk.is_sound(index) => Err(format!("block {index} does not make sense")),
        chunk => Ok(chunk),
    }
}

/// Writes a tape, so that finished runs are on disk after some seconds at the latest, and after [`Self::flush`].
#[derive(Debug)]
pub(crate) struct TapeWriter {
    shards: PathBuf,
    experiment: u64,
    /// The shard that grows, with its number.
    shard: Option<(u64, Shard)>,
    /// The chunk that grows.
    chunk: Option<Chunk>,
    is_unwritten: bool,
    last_written: Instant,
}

impl TapeWriter {
    pub(crate) fn new(shards: &Path, experiment: u64) -> Self {
        Self {
            shards: shards.to_owned(),
            experiment,
            shard: None,
            chunk: None,
            is_unwritten: false,
            last_written: Instant::now(),
        }
    }

    /// Puts the run at a place on the tape; places rise.
    pub(crate) fn add(&mut self, place: u64, evaluated: &Evaluated) -> Result<(), StudyError> {
        if self.chunk.as_ref().is_none_or(|chunk| chunk.end() != place) || place.is_multiple_of(CHUNK_RUNS) {
            self.start_chunk(place)?;
        }
        if let Some(chunk) = &mut self.chunk {
            chunk.push(evaluated);
            self.is_unwritten = true;
        }
        if (place + 1).is_multiple_of(CHUNK_RUNS * SHARD_CHUNKS) || self.last_written.elapsed() >= KEEP_EVERY
        {
            self.flush()?;
        }
        Ok(())
    }

    /// Writes what is not on disk yet.
    pub(crate) fn flush(&mut self) -> Result<(), StudyError> {
        self.keep_chunk()?;
        if let Some((number, shard)) = &self.shard
            && self.is_unwritten
        {
            shard.write(&path_of(&self.shards, *number), self.experiment)?;
            self.is_unwritten = false;
        }
        self.last_written = Instant::now();
        Ok(())
    }

    /// Goes on with the chunk on disk that ends at `place`, or begins one there.
    fn start_chunk(&mut self, place: u64) -> Result<(), StudyError> {
        self.keep_chunk()?;
        self.chunk = None;
        let index = place / CHUNK_RUNS;
        let number = index / SHARD_CHUNKS;
        let path = path_of(&self.shards, number);
        if self.shard.as_ref().is_none_or(|(growing, _)| *growing != number) {
            self.flush()?;
            self.shard = Some((number, Shard::read(&path, self.experiment)?.unwrap_or_default()));
        }
        let held = match &self.shard {
            Some((_, shard)) => {
                chunk_of(shard, index).map_err(|reason| StudyError::BadShard { path, reason })?
            }
            None => None,
        };
        let held = held.filter(|chunk| chunk.end() == place);
        self.chunk = Some(held.unwrap_or_else(|| Chunk::starting(place)));
        Ok(())
    }

    fn keep_chunk(&mut self) -> Result<(), StudyError> {
        let (Some(chunk), Some((number, shard))) = (&self.chunk, &mut self.shard) else {
            return Ok(());
        };
        let path = path_of(&self.shards, *number);
        shard
            .put(chunk.first / CHUNK_RUNS, chunk)
            .map_err(|reason| StudyError::BadShard { path, reason })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUNS: u64 = 23_456;

    fn run(place: u64) -> Evaluated {
        if place % 977 == 5 {
            Err(format!("run {place} broke"))
        } else {
            Ok(place as f64 / 3.0)
        }
    }

    fn write(shards: &Path, places: impl Iterator<Item = u64>) {
        let mut writer = TapeWriter::new(shards, 7);
        for place in places {
            writer.add(place, &run(place)).unwrap();
        }
        writer.flush().unwrap();
    }

    fn bytes(shards: &Path) -> Vec<Vec<u8>> {
        let files = crate::shard::shard_files(shards).unwrap();
        files.iter().map(|path| std::fs::read(path).unwrap()).collect()
    }

    #[test]
    fn a_tape_comes_back_bit_for_bit_however_often_it_was_left() {
        let (whole, left) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        write(whole.path(), 0..RUNS);
        let mut reader = TapeReader::new(whole.path(), 7);
        for place in 0..RUNS {
            assert_eq!(reader.run(place).unwrap(), Some(run(place)), "{place}");
        }
        assert_eq!(reader.run(RUNS).unwrap(), None);
        let leaves = [0, 37, 100, 101, 9_999, 10_000, 10_050, 20_001, RUNS];
        for pair in leaves.windows(2) {
            write(left.path(), pair[0]..pair[1]);
        }
        assert_eq!(bytes(whole.path()), bytes(left.path()));
    }

    #[test]
    fn a_tape_that_begins_in_the_middle_holds_only_its_part() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), 150..320);
        let mut reader = TapeReader::new(folder.path(), 7);
        let known: Vec<u64> = (0..RUNS)
            .filter(|place| reader.run(*place).unwrap().is_some())
            .collect();
        assert_eq!(known, (150..320).collect::<Vec<_>>());
    }

    #[test]
    fn a_lost_shard_is_a_gap_and_a_foreign_one_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), 0..RUNS);
        let before = bytes(folder.path());
        std::fs::remove_file(path_of(folder.path(), 1)).unwrap();
        let mut reader = TapeReader::new(folder.path(), 7);
        let lost: Vec<u64> = (0..RUNS)
            .filter(|place| reader.run(*place).unwrap().is_none())
            .collect();
        assert_eq!(lost, (10_000..20_000).collect::<Vec<_>>());
        write(folder.path(), lost.into_iter());
        assert_eq!(bytes(folder.path()), before);
        let refused = TapeReader::new(folder.path(), 8).run(0).unwrap_err().to_string();
        assert!(refused.contains("belongs to another study"), "{refused}");
    }
}
