//! A block as plain data: every bit of it, nothing else.

use experiments::block::{Block, Row};
use experiments::result::Basis;
use experiments::statistics::Sketch;
use experiments::weekly::{WeeklyCell, WeeklyTally};
use serde::{Deserialize, Serialize};
use sim_core::outcomes::{Outcome, Outcomes, Series, WeekRecord};

/// A block as plain data.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct BlockRecord {
    worlds: u64,
    rows: Vec<RowRecord>,
    twins: Vec<RowRecord>,
    weekly: Vec<Vec<CellRecord>>,
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

#[derive(Debug, Serialize, Deserialize)]
struct CellRecord {
    sum: f64,
    /// Step from the bucket before (the first from zero), and count: small numbers take few bytes.
    steps: Vec<(i32, u32)>,
}

impl From<&Block> for BlockRecord {
    fn from(block: &Block) -> Self {
        let cells = |tally: &WeeklyTally| tally.weeks.iter().flatten().map(CellRecord::from).collect();
        Self {
            worlds: block.worlds,
            rows: block.rows.iter().map(RowRecord::from).collect(),
            twins: block.twins.iter().map(RowRecord::from).collect(),
            weekly: block.weekly.iter().map(cells).collect(),
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
            weekly: self.weekly.into_iter().map(weekly_tally).collect::<Option<_>>()?,
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

impl From<&WeeklyCell> for CellRecord {
    fn from(cell: &WeeklyCell) -> Self {
        let mut before = 0;
        let step = |(bucket, count): &(i32, u32)| {
            let step = bucket.wrapping_sub(before);
            before = *bucket;
            (step, *count)
        };
        Self {
            sum: cell.sum,
            steps: cell.sketch.buckets().iter().map(step).collect(),
        }
    }
}

impl CellRecord {
    fn into_cell(self) -> Option<WeeklyCell> {
        let mut bucket = 0i32;
        let buckets = self.steps.into_iter().map(|(step, count)| {
            bucket = bucket.wrapping_add(step);
            (bucket, count)
        });
        Some(WeeklyCell {
            sum: self.sum,
            sketch: Sketch::from_buckets(buckets.collect())?,
        })
    }
}

fn weekly_tally(cells: Vec<CellRecord>) -> Option<WeeklyTally> {
    let cells: Vec<WeeklyCell> = cells
        .into_iter()
        .map(CellRecord::into_cell)
        .collect::<Option<_>>()?;
    let mut cells = cells.into_iter();
    let mut weeks = Vec::with_capacity(cells.len() / Series::COUNT);
    while cells.len() >= Series::COUNT {
        weeks.push(std::array::from_fn(|_| cells.next().unwrap_or_default()));
    }
    (cells.len() == 0).then_some(WeeklyTally { weeks })
}
