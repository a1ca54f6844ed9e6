//! When work is promised, how much of it, and what changing the promise costs.

use super::Provenance::{Assumed, Measured};
use super::setting::{choice, group};

choice! {
    /// How a team gets its next item.
    Style {
        /// Work is chosen at planning events for the whole cadence.
        Plan = "plan",
        /// Work is chosen when a place is free.
        Pull = "pull",
    }
}

group! {
    /// When work is promised, how much, and what changing it costs.
    Commitment commitment "commitment"
    style: Style = Style::Plan, "choice", 0 => 0.0, None, Lever,
        Assumed("the default operating model commits quarterly");
        "Whether work is committed at planning events or pulled when a place is free."
    cadence_weeks: u32 = 10, "weeks", 1 => 104.0, None, Lever,
        Measured("SAFe: planning intervals of 8 to 12 weeks");
        "Weeks between planning events."
    load_factor: f64 = 0.9, "share", 0 => 2.0, None, Lever,
        Assumed("no good source; SAFe aims at 80 to 100 percent of planned value delivered");
        "Share of planned capacity that is filled at a planning event."
    slack_weeks: u32 = 0, "weeks", 0 => 12.0, None, Lever,
        Assumed("none by default; SAFe sets one iteration of innovation and planning aside");
        "Weeks at the end of a cadence without new work: spill-over is finished and debt is repaid."
    change_cost: f64 = 0.2, "team-weeks", 0 => 1e9, None, Lever,
        Assumed("0.2 team-weeks are eight days of one person: renegotiation with everybody who relied on the plan; no good source");
        "Cost of changing a committed plan by one item before the next planning event."
    planning_hours: f64 = 16.0, "hours per person and event", 0 => 80.0, None, Lever,
        Measured("SAFe: two days, all people of the train");
        "Hours of every person in one planning event."
    joint_share: f64 = 0.6, "share", 0 => 1.0, None, Lever,
        Assumed("the part of planning in which other teams are present");
        "Share of planning hours spent with the other teams."
    ceremony_share: f64 = 0.15, "share of time", 0 => 0.9, None, Lever,
        Measured("Scrum Guide: at most 12.5 percent without refinement; SAFe events itemised come to 15 to 25 percent");
        "Share of everybody's time for regular meetings besides planning events."
    debt_share: f64 = 0.05, "share of capacity", 0 => 0.9, None, Lever,
        Assumed("no good source");
        "Share of capacity spent on repaying technical debt all the time."
    wip_limit: u32 = 2, "items per team", 1 => 20.0, None, Lever,
        Assumed("no good source");
        "Items that a team has in work at the same time."
    start_threshold: f64 = 0.0, "value over cost", -1e9 => 1e9, None, Lever,
        Assumed("nothing is started that its chooser expects to lose by");
        "Smallest utility per estimated effort at which an idea is committed or started."
    pull_when_empty: bool = true, "switch", 0 => 1.0, None, Lever,
        Assumed("teams that have finished their plan take the next best idea");
        "Whether a team pulls the next idea when its plan is done before the next planning event."
    backlog_limit: u32 = 64, "ideas", 1 => 10_000.0, None, Lever,
        Assumed("nobody keeps longer lists in mind");
        "Visible ideas a backlog holds; beyond it the one with the lowest belief leaves."
    shared_backlog: bool = false, "switch", 0 => 1.0, None, Lever,
        Assumed("each team has its own backlog by default");
        "Whether the teams of a line share one backlog."
    carry_leftover_capacity: bool = true, "switch", 0 => 1.0, None, Constant,
        Assumed("people go on with the next item within the same week");
        "Whether what is left of a week's capacity when an item is finished goes to the next one."
}
