//! Whose claims count, and what becomes of requests and dates.

use super::Provenance::Assumed;
use super::setting::{choice, group};

choice! {
    /// What is answered when somebody asks for a date.
    DatePolicy {
        /// No date is ever given.
        Never = "never",
        /// A date is given after a closer look, with a buffer.
        HighIntegrity = "high-integrity",
        /// The date that is asked for is promised.
        Always = "always",
    }
}

group! {
    /// Whose claims count, and what becomes of requests and dates.
    Governance governance "governance"
    sales_weight: f64 = 0.3, "0-1", 0 => 1.0, None, Lever,
        Assumed("no good source");
        "Weight of a claim by sales against the chooser's own belief."
    executive_weight: f64 = 0.5, "0-1", 0 => 1.0, None, Lever,
        Assumed("no good source");
        "Weight of a claim by an executive against the chooser's own belief."
    engineering_weight: f64 = 0.2, "0-1", 0 => 1.0, None, Lever,
        Assumed("no good source");
        "Weight of a claim by engineers against the chooser's own belief."
    customer_weight: f64 = 0.3, "0-1", 0 => 1.0, None, Lever,
        Assumed("no good source");
        "Weight of a claim by customers against the chooser's own belief."
    request_acceptance: f64 = 0.5, "probability", 0 => 1.0, None, Lever,
        Assumed("no good source");
        "Share of requests that are put first, whatever the plan says."
    date_policy: DatePolicy = DatePolicy::Always, "choice", 0 => 0.0, None, Lever,
        Assumed("the default operating model promises what is asked");
        "What is answered when somebody asks for a date."
}
