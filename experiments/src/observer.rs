//! Who watches a comparison: keeps finished blocks, hands back known ones, shows progress; never changes a result.

use crate::block::Block;
use crate::error::KeeperError;
use crate::result::Basis;

/// How far a basis has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Settings or plausible companies.
    pub basis: Basis,
    /// Worlds finished.
    pub worlds_done: u64,
    /// Worlds that will be needed, as far as can be seen now.
    pub worlds_expected: u64,
}

/// Watches a comparison from the thread that called it. Every method has a default that does nothing.
pub trait Observer {
    /// A block that is known already, from an earlier run of the same plan; it is then not computed again.
    ///
    /// # Errors
    /// Whatever should end the comparison.
    fn known(&mut self, basis: Basis, index: u64) -> Result<Option<Block>, KeeperError> {
        let _ = (basis, index);
        Ok(None)
    }

    /// Takes a new block. Blocks come in rising order, and none comes that the result does not rest on.
    ///
    /// # Errors
    /// Whatever should end the comparison.
    fn finished(&mut self, block: &Block) -> Result<(), KeeperError> {
        let _ = block;
        Ok(())
    }

    /// Takes a known block on which the result rests, in the same order as new ones.
    ///
    /// # Errors
    /// Whatever should end the comparison.
    fn reused(&mut self, block: &Block) -> Result<(), KeeperError> {
        let _ = block;
        Ok(())
    }

    /// Told several times a second how far the comparison has come.
    fn progress(&mut self, progress: Progress) {
        let _ = progress;
    }
}

impl Observer for () {}
