//! Who does what, and through how many hands knowledge passes.

use super::Provenance::{Assumed, Measured, Seed};
use super::setting::{choice, group};

choice! {
    /// Who does the work of product people.
    Structure {
        /// One person does all of it.
        One = "one",
        /// A product manager looks after the market, a product owner after the backlog.
        Pair = "pair",
        /// Product owners without a product manager.
        OwnerOnly = "owner-only",
        /// Between product manager and product owner, business analysts pass things on.
        Chain = "chain",
        /// Nobody but the engineers.
        None = "none",
    }
}

choice! {
    /// Whom product managers and product owners report to.
    Reporting {
        /// The same leader.
        Same = "same",
        /// Leaders of their own.
        Separate = "separate",
    }
}

group! {
    /// Who does what, through how many hands.
    Roles roles "roles"
    structure: Structure = Structure::One, "choice", 0 => 0.0, None, Lever,
        Assumed("one person does all of it unless an operating model says otherwise");
        "Who does the work of product people: one person, a pair, a product owner alone, a chain, or none."
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
    owners_per_manager: f64 = 2.3, "people per person", 0.2 => 20.0, None, Lever,
        Measured("0.7 product owners and 0.3 product managers for a team (SAFe guidance: an owner for 1 to 2 teams, a manager for 2 to 4 owners)");
        "Product owners, and analysts, for each product manager of a pair or chain."
    analysts: u32 = 1, "hand-overs", 1 => 9.0, None, Lever,
        Assumed("one by default, where there is a chain at all");
        "Business analysts through whose hands things pass between product manager and product owner of a chain."
    manager_say: f64 = 0.5, "0-1", 0 => 1.0, None, Lever,
        Assumed("no good source; Productside webinar: the owner refines the backlog, the manager aligns the roadmap");
        "Decision rights of a pair in the order of the backlog: 0 the product owner decides, 1 the product manager, 0.5 both alike."
    reporting: Reporting = Reporting::Separate, "choice", 0 => 0.0, None, Lever,
        Seed("Perri 2022: product manager and product owner have different career paths and different reporting lines");
        "Whether product managers and product owners report to the same leader."
    ritual_hours: f64 = 1.0, "hours per manager and week", 0 => 40.0, None, Lever,
        Assumed("no good source; one-on-ones and retrospectives of an hour");
        "Hours that a product manager keeps free for talks with the product owners, shared among them; an owner pays the own part."
    artefact_hours: f64 = 0.5, "hours per person and week", 0 => 40.0, None, Lever,
        Assumed("no good source");
        "Hours that each of a pair spends on shared documents: outcome trees, story maps, definitions of ready and done."
    escalation_weeks: u32 = 4, "weeks", 0 => 520.0, None, Lever,
        Assumed("no good source; about a reporting period");
        "Weeks after which an open decision of a pair goes to its leaders, who decide at once."
    candour: f64 = 0.3, "probability", 0 => 1.0, None, Lever,
        Assumed("no good source; Productside webinar: bad news must be fast");
        "Share of bad news that a product owner passes on at once even to somebody not trusted at all."
}
