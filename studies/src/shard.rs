//! A shard: blocks of finished work in one file with checksums; written whole, read back bit for bit. Knows nothing of
//! what is in a block but, in `record`, how a block of worlds becomes bytes.

mod record;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use experiments::block::Block;
use experiments::result::Basis;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::StudyError;
use crate::whole::WholeFile;
use record::BlockRecord;

/// Blocks of worlds in a shard: a million worlds make a thousand files.
pub const SHARD_BLOCKS: u64 = 40;

/// First bytes of every shard; the last ones count versions.
const MAGIC: &[u8; 16] = b"orgsim shard v2\n";

/// Bytes before the first block: magic, identity of the study, number of blocks, checksum of these.
const HEADER_BYTES: usize = 16 + 8 + 4 + 4;

/// Bytes before each block: its number, its length, its checksum.
const BLOCK_HEADER_BYTES: usize = 8 + 8 + 4;

/// The blocks of one shard, encoded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Shard {
    blocks: BTreeMap<u64, Vec<u8>>,
}

/// Where a shard of worlds is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) basis: Basis,
    pub(crate) number: u64,
}

impl Place {
    /// The shard that holds a block.
    pub(crate) fn of(basis: Basis, block: u64) -> Self {
        Self {
            basis,
            number: block / SHARD_BLOCKS,
        }
    }

    /// Its file.
    pub(crate) fn path(self, shards: &Path) -> PathBuf {
        shards.join(format!("{}-{:06}.shard", self.basis.word(), self.number))
    }
}

impl Shard {
    /// Reads a shard; `None` if there is none.
    pub(crate) fn read(path: &Path, study: u64) -> Result<Option<Self>, StudyError> {
        let bytes = match fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(_) if path.is_dir() => {
                return Err(StudyError::BadShard {
                    path: path.to_owned(),
                    reason: "it is a folder".to_owned(),
                });
            }
            bytes => bytes.map_err(StudyError::read(path))?,
        };
        let bad = |reason: String| StudyError::BadShard {
            path: path.to_owned(),
            reason,
        };
        Self::from_bytes(&bytes, study).map(Some).map_err(bad)
    }

    /// Writes the shard, whole.
    pub(crate) fn write(&self, path: &Path, study: u64) -> Result<(), StudyError> {
        let mut file = WholeFile::create(path)?;
        self.write_to(&mut file, study).map_err(StudyError::write(path))?;
        file.finish()
    }

    /// How many blocks are there.
    pub(crate) fn len(&self) -> u64 {
        self.blocks.len() as u64
    }

    /// Puts a record in, in place of an earlier version of it.
    pub(crate) fn put(&mut self, index: u64, record: &impl Serialize) -> Result<(), String> {
        let bytes = postcard::to_stdvec(record).map_err(|error| error.to_string())?;
        self.blocks.insert(index, bytes);
        Ok(())
    }

    /// Takes a record out, if it is there.
    pub(crate) fn get<R: DeserializeOwned>(&self, index: u64) -> Result<Option<R>, String> {
        let read =
            |bytes: &Vec<u8>| postcard::from_bytes(bytes).map_err(|error| format!("block {index}: {error}"));
        self.blocks.get(&index).map(read).transpose()
    }

    /// Puts a block of worlds in, in place of an earlier version of it.
    pub(crate) fn insert(&mut self, block: &Block) -> Result<(), String> {
        self.put(block.index, &BlockRecord::from(block))
    }

    /// Takes a block of worlds out, if it is there.
    pub(crate) fn block(&self, basis: Basis, index: u64) -> Result<Option<Block>, String> {
        let Some(record) = self.get::<BlockRecord>(index)? else {
            return Ok(None);
        };
        record
            .into_block(basis, index)
            .map(Some)
            .ok_or_else(|| format!("block {index} does not make sense"))
    }

    fn write_to(&self, file: &mut impl Write, study: u64) -> io::Result<()> {
        let mut header = MAGIC.to_vec();
        header.extend(study.to_le_bytes());
        header.extend((self.blocks.len() as u32).to_le_bytes());
        header.extend(crc32fast::hash(&header).to_le_bytes());
        file.write_all(&header)?;
        for (index, block) in &self.blocks {
            file.write_all(&index.to_le_bytes())?;
            file.write_all(&(block.len() as u64).to_le_bytes())?;
            file.write_all(&crc32fast::hash(block).to_le_bytes())?;
            file.write_all(block)?;
        }
        Ok(())
    }

    fn from_bytes(bytes: &[u8], study: u64) -> Result<Self, String> {
        let (header, mut rest) = bytes.split_at_checked(HEADER_BYTES).ok_or("it is cut off")?;
        if &header[..16] != MAGIC {
            return Err("it is no shard of this version of the program".to_owned());
        }
        if number::<4>(&header[28..]) != u64::from(crc32fast::hash(&header[..28])) {
            return Err("the checksum of its head differs".to_owned());
        }
        if number::<8>(&header[16..]) != study {
            return Err("it belongs to another study".to_owned());
        }
        let mut shard = Self::default();
        for _ in 0..number::<4>(&header[24..]) {
            rest = shard.take_block(rest)?;
        }
        if rest.is_empty() {
            Ok(shard)
        } else {
            Err("there is something after its last block".to_owned())
        }
    }

    fn take_block<'b>(&mut self, bytes: &'b [u8]) -> Result<&'b [u8], String> {
        let (header, rest) = bytes
            .split_at_checked(BLOCK_HEADER_BYTES)
            .ok_or("it is cut off")?;
        let index = number::<8>(header);
        let length = usize::try_from(number::<8>(&header[8..])).map_err(|_| "it is cut off")?;
        let (block, rest) = rest.split_at_checked(length).ok_or("it is cut off")?;
        if number::<4>(&header[16..]) != u64::from(crc32fast::hash(block)) {
            return Err(format!("the checksum of block {index} differs"));
        }
        self.blocks.insert(index, block.to_vec());
        Ok(rest)
    }
}

/// Paths of the shards in a folder, by name; none if there is no folder.
pub(crate) fn shard_files(folder: &Path) -> Result<Vec<PathBuf>, StudyError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(StudyError::read(folder))?,
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(StudyError::read(folder))?.path();
        if path.extension().is_some_and(|ending| ending == "shard") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// The number in the first `N` bytes, smallest byte first.
fn number<const N: usize>(bytes: &[u8]) -> u64 {
    bytes[..N]
        .iter()
        .rev()
        .fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests;
