//! What differs between two scenarios, parameter by parameter; never what the difference does.

use crate::scenario::{Origin, Scenario};

/// A parameter whose value or plausible range differs between two scenarios.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// How it is in the first scenario.
    pub before: Origin,
    /// How it is in the second scenario.
    pub after: Origin,
}

/// The parameters whose value or plausible range differ between `a` and `b`, in the order of the table.
pub fn diff(a: &Scenario, b: &Scenario) -> Vec<Change> {
    let pairs = a.origins.iter().zip(&b.origins);
    pairs
        .filter(|(before, after)| before.value != after.value || before.plausible != after.plausible)
        .map(|(before, after)| Change {
            before: before.clone(),
            after: after.clone(),
        })
        .collect()
}
