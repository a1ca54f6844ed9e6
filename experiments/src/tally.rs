//! The running account of a basis: every block added in order, in bounded memory; it decides when worlds suffice.

mod account;
mod summary;

use sim_core::outcomes::{Outcome, WeekRecord};

use crate::block::{Block, Row, SAMPLE_WORLDS};
use crate::design::Design;
use crate::result::Stopped;
use crate::stopping::Look;
use crate::weekly::WeeklyTally;
use account::{ArmAccount, PairAccount};

/// The running account of a basis.
pub(crate) struct Tally<'a> {
    design: &'a Design,
    arms: Vec<ArmAccount>,
    pairs: Vec<PairAccount>,
    weekly: Vec<WeeklyTally>,
    samples: Vec<Vec<Vec<WeekRecord>>>,
    worlds: u64,
    failed: u64,
    dropped: u64,
    redrawn: u64,
    team_weeks: u64,
    first_failure: Option<String>,
    next_look: u64,
    stopped: Option<Stopped>,
}

impl<'a> Tally<'a> {
    pub(crate) fn new(design: &'a Design) -> Self {
        let arms = design.contenders.len();
        Self {
            design,
            arms: vec![ArmAccount::default(); arms],
            pairs: design
                .pairs
                .iter()
                .map(|(arm, baseline)| PairAccount::new(*arm, *baseline))
                .collect(),
            weekly: vec![WeeklyTally::default(); arms],
            samples: vec![Vec::new(); arms],
            worlds: 0,
            failed: 0,
            dropped: 0,
            redrawn: 0,
            team_weeks: 0,
            first_failure: None,
            next_look: design.rule.next_look(0),
            stopped: None,
        }
    }

    /// Worlds tried so far.
    pub(crate) fn worlds(&self) -> u64 {
        self.worlds
    }

    /// Why no further world is needed, if so.
    pub(crate) fn stopped(&self) -> Option<Stopped> {
        self.stopped
    }

    /// Ends replication for a reason from outside.
    pub(crate) fn stop(&mut self, reason: Stopped) {
        self.stopped = Some(reason);
    }

    /// Worlds that will be needed, as far as can be seen now.
    pub(crate) fn worlds_expected(&self) -> u64 {
        self.design.rule.expected(self.worlds, &self.looks())
    }

    /// Adds the next block, up to the world at which the rule is met.
    pub(crate) fn add(&mut self, block: &Block) {
        self.redrawn += block.redrawn;
        self.team_weeks += block.team_weeks;
        for (mine, other) in self.weekly.iter_mut().zip(&block.weekly) {
            mine.add(other);
        }
        for (mine, other) in self.samples.iter_mut().zip(&block.samples) {
            mine.extend(
                other
                    .iter()
                    .take(SAMPLE_WORLDS - mine.len().min(SAMPLE_WORLDS))
                    .cloned(),
            );
        }
        let mut kept = 0;
        let mut looked_at = block.worlds;
        for rows in block.worlds_kept() {
            kept += 1;
            self.add_world(rows, block);
            if self.stopped.is_some() {
                looked_at = rows[0].replication - block.first_world() + 1;
                break;
            }
        }
        self.dropped += looked_at - kept;
    }

    fn add_world(&mut self, rows: &[Row], block: &Block) {
        self.worlds += 1;
        if let Some(reason) = rows.iter().find_map(|row| row.status.as_ref().err()) {
            self.failed += 1;
            self.first_failure.get_or_insert_with(|| reason.clone());
        } else {
            self.add_outcomes(rows, block);
        }
        if self.worlds >= self.next_look {
            self.stopped = self.design.rule.decide(self.worlds, &self.looks());
            self.next_look = self.design.rule.next_look(self.worlds);
        }
    }

    fn add_outcomes(&mut self, rows: &[Row], block: &Block) {
        let first = block
            .twins
            .partition_point(|twin| twin.replication < rows[0].replication);
        let twins = block.twins[first..]
            .chunk_by(|a, b| a.replication == b.replication)
            .next();
        let twins = twins.filter(|twins| {
            twins[0].replication == rows[0].replication && twins.iter().all(|twin| twin.status.is_ok())
        });
        if self.arms.iter().any(ArmAccount::is_full) {
            self.pairs
                .iter_mut()
                .for_each(|pair| pair.start_sketches(&self.arms));
            self.arms.iter_mut().for_each(ArmAccount::start_sketches);
        }
        for pair in &mut self.pairs {
            pair.add(rows, twins);
        }
        for (account, row) in self.arms.iter_mut().zip(rows) {
            account.add(&row.outcomes);
        }
    }

    /// Every arm against the first, in the primary outcome.
    fn looks(&self) -> Vec<Look> {
        let primary = self.design.primary;
        let baseline_mean = self.arms[0].moments(primary).mean().unwrap_or(f64::NAN);
        let against_first = self.pairs.iter().filter(|pair| pair.baseline == 0);
        against_first
            .map(|pair| Look {
                difference: *pair.difference(primary),
                baseline_mean,
            })
            .collect()
    }

    fn interval_miss_probability(&self, outcome: Outcome, reported: usize) -> f64 {
        let all = crate::stopping::MISS_PROBABILITY;
        if outcome == self.design.primary {
            all
        } else {
            all / reported.saturating_sub(1).max(1) as f64
        }
    }
}
