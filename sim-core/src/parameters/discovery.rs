//! Who looks for evidence, how much, and what the evidence may change.

use super::Provenance::{Assumed, Seed};
use super::setting::{choice, group};

choice! {
    /// Which ideas evidence is gathered on.
    Aim {
        /// The ideas ranked highest.
        Score = "score",
        /// The ideas where evidence is most likely to change the choice.
        Information = "information",
    }
}

group! {
    /// Who looks for evidence, and what it may change.
    Discovery discovery "discovery"
    hours: f64 = 3.0, "hours per person and week", 0 => 40.0, None, Lever,
        Seed("Perri 2022: order-taking product owners spend their week on user stories");
        "Hours a week that a product person wants to spend on discovery, if duties leave them."
    team_share: f64 = 0.0, "share of capacity", 0 => 0.9, None, Lever,
        Assumed("engineers take no part by default");
        "Share of a team's capacity spent on discovery."
    search_share: f64 = 0.3, "share of discovery", 0 => 1.0, None, Lever,
        Assumed("no good source");
        "Share of discovery that searches for quiet needs instead of testing known ideas."
    tests_before_build: u32 = 0, "tests", 0 => 20.0, None, Lever,
        Assumed("no test is required by default");
        "Quanta of evidence that ideas should have before they are started; untested ones only start when no tested one is worth it."
    kill_threshold: f64 = -1e9, "value over cost", -1e9 => 1e9, None, Lever,
        Assumed("nothing is killed by default");
        "Ideas with evidence whose expected value over cost, less one, falls below this are killed."
    aim: Aim = Aim::Information, "choice", 0 => 0.0, None, Lever,
        Assumed("Frazier et al. 2008: knowledge gradient");
        "Whether evidence is gathered on the best ranked ideas or where it is most likely to change the choice."
}
