//! How finished work reaches customers, and whether it can be taken back.

use super::Provenance::Assumed;
use super::setting::group;

group! {
    /// How finished work reaches customers.
    Release release "release"
    cadence_weeks: u32 = 10, "weeks", 0 => 104.0, None, Lever,
        Assumed("release with each planning interval; DORA 2019 medium performers: weekly to monthly");
        "Weeks between releases of a product line; 0 releases on demand."
    rollback: bool = true, "switch", 0 => 1.0, None, Lever,
        Assumed("possible in most software");
        "Whether an item measured as harmful is taken back."
    engineers_per_line: f64 = 0.0, "people per line", 0 => 20.0, None, Lever,
        Assumed("none by default");
        "People who run releases, for each product line."
}
