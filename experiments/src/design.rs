//! What one basis of a comparison simulates: its arms, its pairs, its worlds and when they end; runs nothing.

use sim_core::outcomes::Outcome;
use sim_core::parameters::Parameters;
use sim_core::simulation::{Chooser, Span};

use crate::block::{BLOCK_WORLDS, Block};
use crate::plausible::Companies;
use crate::result::Basis;
use crate::slice::Slice;
use crate::stopping::Rule;

/// One basis of a comparison.
#[derive(Debug)]
pub(crate) struct Design {
    pub(crate) basis: Basis,
    pub(crate) seed: u64,
    pub(crate) span: Span,
    pub(crate) primary: Outcome,
    pub(crate) contenders: Vec<Contender>,
    /// Arm and baseline of each pair.
    pub(crate) pairs: Vec<(usize, usize)>,
    pub(crate) rule: Rule,
    /// Which part of the blocks is simulated; `rule` ends this part.
    pub(crate) slice: Slice,
    /// Worlds that are kept of all slices together \[worlds\].
    pub(crate) limit: u64,
    /// Draws of companies, on the plausible basis.
    pub(crate) companies: Option<Companies>,
    /// Smallest gap worth naming of outcomes in team-week costs.
    pub(crate) gap: f64,
    /// Worlds whose weekly series are kept.
    pub(crate) weekly_worlds: u64,
    /// The week up to which all arms share the history of the first one, if they do.
    pub(crate) fork_week: Option<i32>,
}

/// One arm as it runs.
#[derive(Debug, Clone)]
pub(crate) struct Contender {
    pub(crate) name: String,
    pub(crate) parameters: Parameters,
    pub(crate) chooser: Chooser,
}

/// A block of worlds that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) index: u64,
    /// Worlds to look at, from the block's first.
    pub(crate) worlds: u64,
    /// Worlds after which the block is complete even if more could be looked at.
    pub(crate) kept_at_most: u64,
}

impl Design {
    /// Every arm but the first against each earlier one.
    pub(crate) fn all_pairs(arms: usize) -> Vec<(usize, usize)> {
        (1..arms)
            .flat_map(|arm| (0..arm).map(move |baseline| (arm, baseline)))
            .collect()
    }

    /// Largest number of worlds looked at, viable or not: on the plausible basis, four times what is wanted and 400 more.
    fn worlds_at_most(&self) -> u64 {
        if self.companies.is_some() {
            self.limit.saturating_mul(4).saturating_add(400)
        } else {
            self.limit
        }
    }

    /// The `place`-th block of the slice, if there is one.
    pub(crate) fn wanted(&self, place: u64) -> Option<Wanted> {
        let index = self.slice.block(place)?;
        let first = index.checked_mul(BLOCK_WORLDS)?;
        let left = self.worlds_at_most().checked_sub(first)?;
        let worlds = left.min(BLOCK_WORLDS);
        (worlds > 0).then_some(Wanted {
            index,
            worlds,
            kept_at_most: self.limit,
        })
    }

    /// Whether a block from elsewhere is exactly the one that is wanted.
    pub(crate) fn fits(&self, block: &Block, wanted: Wanted) -> bool {
        let looked_at = block.worlds == wanted.worlds;
        let complete = self.companies.is_some() && block.worlds_kept().count() as u64 >= wanted.kept_at_most;
        block.basis == self.basis && block.index == wanted.index && (looked_at || complete)
    }
}
