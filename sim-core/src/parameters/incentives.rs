//! What is rewarded: having shipped, or having moved something.

use super::Provenance::Assumed;
use super::setting::group;

group! {
    /// What is rewarded.
    Incentives incentives "incentives"
    outcome_weight: f64 = 0.3, "0-1", 0 => 1.0, None, Lever,
        Assumed("no good source; output is what most organisations count");
        "What teams and product people are rewarded for: 0 for shipping what was asked, 1 for value moved."
    manager_outcome_weight: f64 = 0.3, "0-1", 0 => 1.0, None, Lever,
        Assumed("no good source");
        "The same for managers; where it is low they press for output and shortcuts are taken."
}
