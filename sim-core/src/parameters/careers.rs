//! How product people learn, rise, are chosen and are led.

use super::Provenance::Assumed;
use super::setting::{choice, group};

choice! {
    /// How far a product person can rise.
    Ladder {
        /// One ladder from associate to chief product officer.
        One = "one",
        /// Owners and managers on ladders of their own, which end below senior.
        Split = "split",
    }
}

group! {
    /// How product people learn, rise, are chosen and are led.
    Careers careers "careers"
    ladder: Ladder = Ladder::Split, "choice", 0 => 0.0, None, Lever,
        Assumed("the default operating model has a ladder for product owners and one for product managers");
        "Whether product people rise on one ladder up to its head or on split ones that end below senior."
    leaders_per_line: f64 = 1.0, "people per line", 0 => 1.0, None, Lever,
        Assumed("every line has a head of product, by whatever title");
        "Heads of product for each product line; below 1 a head is shared by several lines."
    chief: f64 = 1.0, "people", 0 => 1.0, None, Lever,
        Assumed("somebody leads product at the top, by whatever title");
        "How much of a chief product officer there is at the top of the company."
    training_share: f64 = 0.1, "1/year", 0 => 4.0, None, Lever,
        Assumed("courses for few; no good source");
        "Rate at which the product people of a team are sent to training together."
    training_weeks: f64 = 1.0, "weeks", 0 => 26.0, None, Lever,
        Assumed("a usual course");
        "Length of one training, in which the person is away."
    mentoring_hours: f64 = 0.0, "hours per person and week", 0 => 10.0, None, Lever,
        Assumed("none by default");
        "Hours that each product person spends with a better one who explains; the other one's hours are spent too."
    shadowing_hours: f64 = 0.0, "hours per person and week", 0 => 10.0, None, Lever,
        Assumed("none by default");
        "Hours that each product person sits in on the discovery of a better one, as far as there is any."
    selected_share: f64 = 0.3, "share of candidates", 0.01 => 1.0, None, Lever,
        Assumed("about three candidates for a place; no good source");
        "The hiring bar: share of candidates that would be good enough by what is seen of them."
    certificate_weight: f64 = 0.2, "0-1", 0 => 1.0, None, Lever,
        Assumed("no good source");
        "Weight of certificates, against what candidates have done, in choosing whom to hire."
    certification: f64 = 0.2, "share of newcomers", 0 => 1.0, None, Lever,
        Assumed("no good source");
        "Share of new product people who are sent to a two-day class for a certificate."
    operations_places: u32 = 0, "people per line", 0 => 20.0, None, Lever,
        Assumed("none by default");
        "Places in operations, data and research for people who find after training that they want to go there."
}
