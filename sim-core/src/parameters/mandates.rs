//! Work that must be done by a date, or revenue stops: when it comes, how much it is, and what is at stake.

use super::Provenance::Assumed;
use super::setting::group;

group! {
    /// Work that must be live by a date, or part of a line's revenue stops until it is.
    Mandates mandates "mandates"
    per_line_year: f64 = 0.0, "mandates per line and year", 0 => 12.0, None, Constant,
        Assumed("none by default; environments with regulators have them");
        "Rate at which mandates come to a product line by chance, at most one a quarter."
    line: u32 = 0, "number of a line", 0 => 100_000.0, None, Constant,
        Assumed("none by default");
        "Product line, from 1, that has a mandate at a set date; 0: there is none."
    deadline_week: u32 = 52, "weeks", 0 => 520.0, None, Constant,
        Assumed("a year ahead; without effect unless a line is named");
        "Last week at whose end the mandate at a set date may go live without loss."
    second_line: u32 = 0, "number of a line", 0 => 100_000.0, None, Constant,
        Assumed("none by default");
        "Product line, from 1, that has a second mandate at a set date; 0: there is none."
    second_deadline_week: u32 = 104, "weeks", 0 => 520.0, None, Constant,
        Assumed("two years ahead; without effect unless a line is named");
        "Last week at whose end the second mandate may go live without loss."
    notice_weeks: u32 = 39, "weeks", 1 => 520.0, None, Constant,
        Assumed("three quarters between a rule and its date; no good source");
        "Weeks from the announcement of a mandate to its deadline."
    effort: f64 = 24.0, "team-weeks", 0.1 => 100_000.0, None, Constant,
        Assumed("six weeks of all four teams of a line; no good source");
        "Estimated work of one mandate, shared out equally among the teams of its line."
    stake: f64 = 0.5, "share", 0 => 1.0, None, Constant,
        Assumed("half of what the line takes depends on it; no good source");
        "Share of the line's revenue that stops from the deadline until the mandate is live."
}
