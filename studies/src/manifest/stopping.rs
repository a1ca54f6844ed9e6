//! When replication ends, as a manifest says it.

use experiments::{ComparisonPlan, Stopping};
use serde::{Deserialize, Serialize};

/// When replication ends, in plain data.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoppingRecord {
    /// The rule.
    pub rule: StoppingWord,
    /// Worlds asked for, under `fixed`.
    pub replications: Option<u64>,
    /// Half width asked for, under `precision` \[share of team cost\].
    pub precision: Option<f64>,
    /// Worlds at most under the settings.
    pub cap: u64,
    /// Viable plausible companies at most.
    pub plausible_cap: u64,
}

/// Words for the rules of [`Stopping`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StoppingWord {
    /// A fixed number.
    Fixed,
    /// Until precise enough.
    Precision,
    /// Until the verdict is settled.
    Settled,
}

impl StoppingRecord {
    pub(super) fn of(plan: &ComparisonPlan) -> Self {
        let (rule, replications, precision) = match plan.stopping {
            Stopping::Fixed(worlds) => (StoppingWord::Fixed, Some(worlds), None),
            Stopping::Precision(share) => (StoppingWord::Precision, None, Some(share)),
            Stopping::Settled => (StoppingWord::Settled, None, None),
        };
        Self {
            rule,
            replications,
            precision,
            cap: plan.cap,
            plausible_cap: plan.plausible_cap,
        }
    }

    /// The rule in words.
    pub(crate) fn words(&self) -> String {
        match (self.rule, self.replications, self.precision) {
            (StoppingWord::Fixed, Some(worlds), _) => format!("at {worlds} replications"),
            (StoppingWord::Precision, _, Some(share)) => {
                format!("precise to {share} or at {} replications", self.cap)
            }
            _ => format!("settled or at {} replications", self.cap),
        }
    }

    pub(super) fn rule(&self) -> Result<Stopping, String> {
        match (self.rule, self.replications, self.precision) {
            (StoppingWord::Fixed, Some(worlds), None) => Ok(Stopping::Fixed(worlds)),
            (StoppingWord::Precision, None, Some(share)) => Ok(Stopping::Precision(share)),
            (StoppingWord::Settled, None, None) => Ok(Stopping::Settled),
            _ => Err(
                "its stopping rule needs replications if fixed, precision if precision, and else neither"
                    .to_owned(),
            ),
        }
    }
}
