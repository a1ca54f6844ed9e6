//! Who does what, and through how many hands knowledge passes.

use super::Provenance::{Assumed, Measured, Seed};
use super::setting::group;

group! {
    /// Who does what, through how many hands.
    Roles roles "roles"
    product_people_per_team: f64 = 1.0, "people per team", 0 => 5.0, None, Lever,
        Measured("one product owner for 1 to 2 teams and one product manager for 2 to 4 product owners (SAFe guidance)");
        "Product people for each team, of all titles together."
    hand_offs: u32 = 3, "hand-offs", 0 => 10.0, None, Lever,
        Seed("Productside webinar: customer, product manager, product owner, team");
        "Hands through which knowledge of a need passes on its way to those who build."
    role_clarity: f64 = 0.5, "0-1", 0 => 1.0, None, Lever,
        Assumed("no good source");
        "How clear it is who decides what."
    engineers_write_stories: f64 = 0.0, "share", 0 => 1.0, None, Lever,
        Assumed("product people write stories by default");
        "Share of the duties of product people (stories, stakeholders) that engineers do themselves, at the cost of capacity."
    coordinators_per_line: f64 = 0.0, "people per line", 0 => 20.0, None, Lever,
        Assumed("none by default");
        "Coaches, release train engineers and the like, for each product line."
}
