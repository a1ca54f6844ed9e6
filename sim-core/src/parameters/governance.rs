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

choice! {
    /// How product lines are paid for.
    Funding {
        /// Teams are standing, and move when a head of product sees a better use for them.
        Standing = "standing",
        /// Budgets for projects are dealt out once a year by what is claimed, and people with them.
        Project = "project",
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
    funding: Funding = Funding::Standing, "choice", 0 => 0.0, None, Lever,
        Assumed("teams belong to product lines");
        "Whether product lines have standing teams or projects that are funded by claims once a year."
    reallocation_cadence_weeks: u32 = 0, "weeks", 0 => 520.0, None, Lever,
        Assumed("teams stay where they are by default");
        "Weeks between looks at where one more team would bring most, with standing teams; 0: never."
}
