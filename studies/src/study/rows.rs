//! The rows of a study, read from its shards one after the other; never more than one shard in memory.

use std::path::PathBuf;

use experiments::block::Row;
use experiments::result::{Basis, BasisResult};

use crate::error::StudyError;
use crate::keeper::Reader;

/// Rows of a study, in the order of worlds and arms; one shard at a time is in memory.
#[derive(Debug)]
pub struct Rows {
    shards: PathBuf,
    reader: Reader,
    basis: Basis,
    arms: u64,
    rows_left: u64,
    worlds_wanted: u64,
    next_block: u64,
    rows: std::vec::IntoIter<Row>,
}

impl Rows {
    pub(crate) fn new(shards: PathBuf, study: u64, result: &BasisResult, arms: u64) -> Self {
        Self {
            reader: Reader::new(shards.clone(), study),
            shards,
            basis: result.basis,
            arms,
            rows_left: result.replications * arms,
            worlds_wanted: result.replications,
            next_block: 0,
            rows: Vec::new().into_iter(),
        }
    }

    fn next_rows(&mut self) -> Result<Vec<Row>, StudyError> {
        let block = self.reader.block(self.basis, self.next_block)?;
        self.next_block += 1;
        block
            .map(|block| block.rows)
            .ok_or_else(|| StudyError::MissingRows {
                path: self.shards.clone(),
                found: self.worlds_wanted - self.rows_left / self.arms.max(1),
                wanted: self.worlds_wanted,
            })
    }
}

impl Iterator for Rows {
    type Item = Result<Row, StudyError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.rows_left > 0 {
            if let Some(row) = self.rows.next() {
                self.rows_left -= 1;
                return Some(Ok(row));
            }
            match self.next_rows() {
                Ok(rows) => self.rows = rows.into_iter(),
                Err(error) => {
                    self.rows_left = 0;
                    return Some(Err(error));
                }
            }
        }
        None
    }
}
