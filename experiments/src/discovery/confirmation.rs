//! What companies that had no part in finding a box say about it.

use super::{DiscoveryPlan, SearchedCompany, mean_difference, share_failing};
use crate::result::Verdict;
use crate::statistics::{Estimate, Share, verdict};

/// A box tried on fresh companies.
#[derive(Debug, Clone, PartialEq)]
pub struct Confirmation {
    /// Share of fresh companies in which the second scenario is behind on average over a few worlds; luck within
    /// companies pulls it towards one half.
    pub failing: Share,
    /// Mean difference over fresh companies, second scenario minus first; luck within companies does not move it.
    pub difference: Estimate,
    /// What may be said of the second scenario in the box.
    pub verdict: Verdict,
}

/// Fewest fresh companies that say anything.
const FEWEST: usize = 10;

/// What `fresh` companies say; `None` if they are too few.
pub(super) fn confirmed(plan: &DiscoveryPlan, fresh: &[SearchedCompany]) -> Option<Confirmation> {
    if fresh.len() < FEWEST {
        return None;
    }
    let difference = mean_difference(fresh)?;
    let direction = plan.outcome.row().direction;
    Some(Confirmation {
        failing: share_failing(fresh)?,
        verdict: verdict(difference.mean, difference.ci95, plan.smallest_gap, direction)?,
        difference,
    })
}
