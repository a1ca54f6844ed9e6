//! A block: the results of a fixed slice of worlds, complete in itself, in an order that does not depend on threads.

use sim_core::outcomes::{Outcomes, WeekRecord};

use crate::result::Basis;
use crate::weekly::WeeklyBlock;

/// Worlds in a block: worlds `n × BLOCK_WORLDS` up to the next block's first.
pub const BLOCK_WORLDS: u64 = 25;

/// Worlds whose weekly records are kept as samples.
pub const SAMPLE_WORLDS: usize = 7;

/// One run: one arm in one world.
#[derive(Debug, Clone)]
pub struct Row {
    /// Index of the arm.
    pub arm: u32,
    /// Number of the replication; over plausible companies also the number of the company's draw.
    pub replication: u64,
    /// What went wrong, if the run failed.
    pub status: Result<(), String>,
    /// What the run reports; all missing if it failed.
    pub outcomes: Outcomes,
    /// Simulated team-weeks, warm-up too \[team-weeks\]; 0 if it failed.
    pub team_weeks: u64,
}

/// The results of a slice of worlds.
#[derive(Debug, Clone)]
pub struct Block {
    /// Settings or plausible companies.
    pub basis: Basis,
    /// Number of the block from 0.
    pub index: u64,
    /// How many worlds of the slice were looked at, from its first; all unless fewer were wanted.
    pub worlds: u64,
    /// One row for each world that was kept and each arm, world by world. Worlds whose company is not viable have none.
    pub rows: Vec<Row>,
    /// The same companies in a second world, for some of them (plausible companies only).
    pub twins: Vec<Row>,
    /// Weekly series of each arm (settings only; empty otherwise).
    pub weekly: Vec<WeeklyBlock>,
    /// For each arm, weekly records of the block's first [`SAMPLE_WORLDS`] worlds (first block of settings only).
    pub samples: Vec<Vec<Vec<WeekRecord>>>,
    /// Companies drawn again because their parameters contradicted each other.
    pub redrawn: u64,
    /// All simulated team-weeks: rows, twins and checks of viability \[team-weeks\].
    pub team_weeks: u64,
}

impl Block {
    /// Number of the block's first world.
    pub fn first_world(&self) -> u64 {
        self.index * BLOCK_WORLDS
    }

    /// Rows of one world at a time, all arms together.
    pub fn worlds_kept(&self) -> impl Iterator<Item = &[Row]> {
        self.rows.chunk_by(|a, b| a.replication == b.replication)
    }
}
