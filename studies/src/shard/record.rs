//! A block as plain data: every bit of it, nothing else.

use experiments::block::{Block, Row};
use experiments::result::Basis;
use experiments::weekly::WeeklyBlock;
use serde::{Deserialize, Serialize};
use sim_core::outcomes::{Outcome, Outcomes, WeekRecord};

/// A block as plain data.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct BlockRecord {
    worlds: u64,
    rows: Vec<RowRecord>,
    twins: Vec<RowRecord>,
    weekly: Vec<WeeklyRecord>,
    samples: Vec<Vec<Vec<WeekRecord>>>,
    redrawn: u64,
    team_weeks: u64,
}

#[derive(Debug, Serialize, Deserialize)]
struct RowRecord {
    arm: u32,
    replication: u64,
    failure: Option<String>,
    /// One value for each outcome, not-a-number where missing; none at all if the run failed.
    outcomes: Vec<f64>,
    team_weeks: u64,
}

/// Weekly series of an arm, the cells behind each other.
#[derive(Debug, Serialize, Deserialize)]
struct WeeklyRecord {
    sums: Vec<f64>,
    /// Buckets of each cell.
    lengths: Vec<u32>,
    /// Step from the bucket before (the first of a cell from zero), and count: small numbers take few bytes.
    steps: Vec<(i32, u32)>,
}

impl From<&Block> for BlockRecord {
    fn from(block: &Block) -> Self {
        Self {
            worlds: block.worlds,
            rows: block.rows.iter().map(RowRecord::from).collect(),
            twins: block.twins.iter().map(RowRecord::from).collect(),
            weekly: block.weekly.iter().map(WeeklyRecord::from).collect(),
            samples: block.samples.clone(),
            redrawn: block.redrawn,
            team_weeks: block.team_weeks,
        }
    }
}

impl BlockRecord {
    /// The block; `None` if the record cannot be one.
    pub(super) fn into_block(self, basis: Basis, index: u64) -> Option<Block> {
        let rows = |records: Vec<RowRecord>| {
            records
                .into_iter()
                .map(RowRecord::into_row)
                .collect::<Option<_>>()
        };
        Some(Block {
            basis,
            index,
            worlds: self.worlds,
            rows: rows(self.rows)?,
            twins: rows(self.twins)?,
            weekly: self
                .weekly
                .into_iter()
                .map(WeeklyRecord::into_block)
                .collect::<Option<_>>()?,
            samples: self.samples,
            redrawn: self.redrawn,
            team_weeks: self.team_weeks,
        })
    }
}

impl From<&Row> for RowRecord {
    fn from(row: &Row) -> Self {
        let value = |outcome: &Outcome| row.outcomes.get(*outcome).unwrap_or(f64::NAN);
        let outcomes = if row.status.is_ok() {
            Outcome::ALL.iter().map(value).collect()
        } else {
            Vec::new()
        };
        Self {
            arm: row.arm,
            replication: row.replication,
            failure: row.status.clone().err(),
            outcomes,
            team_weeks: row.team_weeks,
        }
    }
}

impl RowRecord {
    fn into_row(self) -> Option<Row> {
        let expected = if self.failure.is_none() { Outcome::COUNT } else { 0 };
        if self.outcomes.len() != expected {
            return None;
        }
        let mut outcomes = Outcomes::default();
        Outcome::ALL
            .iter()
            .zip(self.outcomes)
            .for_each(|(outcome, value)| outcomes.set(*outcome, value));
        Some(Row {
            arm: self.arm,
            replication: self.replication,
            status: self.failure.map_or(Ok(()), Err),
            outcomes,
            team_weeks: self.team_weeks,
        })
    }
}

impl From<&WeeklyBlock> for WeeklyRecord {
    fn from(block: &WeeklyBlock) -> Self {
        let cells = block.cells();
        let mut record = Self {
            sums: Vec::with_capacity(cells.len()),
            lengths: Vec::with_capacity(cells.len()),
            steps: Vec::with_capacity(block.buckets()),
        };
        for (sum, counts) in cells {
            record.sums.push(sum);
            record.lengths.push(counts.len() as u32);
            let mut before = 0;
            record.steps.extend(counts.iter().map(|(bucket, count)| {
                let step = bucket.wrapping_sub(before);
                before = *bucket;
                (step, *count)
            }));
        }
        record
    }
}

impl WeeklyRecord {
    fn into_block(mut self) -> Option<WeeklyBlock> {
        let mut steps = self.steps.iter_mut();
        for length in &self.lengths {
            let mut bucket = 0i32;
            for (step, _) in steps.by_ref().take(*length as usize) {
                bucket = bucket.wrapping_add(*step);
                *step = bucket;
            }
        }
        WeeklyBlock::from_parts(self.sums, self.lengths, self.steps)
    }
}
