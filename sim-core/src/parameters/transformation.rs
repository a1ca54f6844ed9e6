//! How an organisation goes over from one operating model to another; of no effect without a target.

use super::Provenance::{Assumed, Measured, Seed};
use super::setting::{choice, group};

choice! {
    /// What a wave consists of.
    WaveOf {
        /// Whole product lines, in their order.
        Lines = "lines",
        /// Teams, in their order.
        Teams = "teams",
    }
}

group! {
    /// How an organisation goes over from one operating model to another.
    Transformation transformation "transformation"
    waves: u32 = 3, "waves", 1 => 100_000.0, None, Lever,
        Assumed("one product line after the other in the default company");
        "Parts in which the organisation is invited to change, each with its training."
    wave_weeks: u32 = 26, "weeks", 0 => 520.0, None, Lever,
        Assumed("half a year for each cohort");
        "Weeks from one wave to the next; the first comes in week 0."
    wave_of: WaveOf = WaveOf::Lines, "choice", 0 => 0.0, None, Lever,
        Assumed("who plans and releases together changes together");
        "What a wave consists of."
    sponsor: f64 = 0.6, "0-1", 0 => 1.0, None, Lever,
        Assumed("half of all sponsors are rated poor to fair (Prosci 2005)");
        "How effective the sponsor of the change is."
    c_suite_ownership: f64 = 0.5, "0-1", 0 => 1.0, None, Lever,
        Seed("Perri: the C-suite must own it; run by middle managers it fails");
        "How far the whole C-suite owns the change, instead of middle managers whose roles it puts at risk."
    one_ladder: f64 = 0.0, "share", 0 => 1.0, None, Lever,
        Seed("Perri: one career ladder, without a separate track for owners");
        "Share of those whose role goes who are given a place on one ladder."
    training: f64 = 0.5, "share", 0 => 1.0, None, Lever,
        Seed("Perri: train everybody on real product skills");
        "Share of product people of a wave who are trained."
    training_hours: f64 = 80.0, "hours per person", 0 => 2000.0, None, Lever,
        Assumed("two weeks of courses and exercises, eight hours a week");
        "Hours of training of a product person, taken from the week's work; 40 teach as much as a week of regular training."
    certification: f64 = 0.0, "share", 0 => 1.0, None, Lever,
        Seed("Perri: a two-day certificate makes certified managers of backlogs");
        "Share of product people of a wave who get a two-day certificate."
    experienced_leaders: f64 = 0.0, "people per line", 0 => 20.0, None, Lever,
        Seed("Perri: bring in directors who have done it before");
        "Leaders hired for each product line who have worked in this way before, to be watched."
    self_selection: f64 = 0.0, "share", 0 => 1.0, None, Lever,
        Seed("Perri: of 365 people trained many went into operations, data or research");
        "Share of those trained who then choose operations, data or research of their line; newcomers take their seats."
    product_operations: f64 = 1.0, "share", 0 => 1.0, None, Lever,
        Seed("Perri: without access to customers and data discovery is impossible");
        "Share of the way to the target's access and data that product operations open."
    published_framework: bool = false, "switch", 0 => 1.0, None, Lever,
        Seed("Perri: executives love a map, and nobody is fired for following it");
        "Whether a published framework is followed with its consultants, which covers the sponsor against blame."
    commitment_after_weeks: f64 = 0.0, "weeks", 0 => f64::INFINITY, None, Lever,
        Assumed("at once");
        "Weeks from a team's adoption to its new way of committing; infinite for never."
    discovery_after_weeks: f64 = 0.0, "weeks", 0 => f64::INFINITY, None, Lever,
        Assumed("at once");
        "Weeks from a team's adoption to its new discovery; infinite for never."
    customer_access_after_weeks: f64 = 0.0, "weeks", 0 => f64::INFINITY, None, Lever,
        Assumed("at once");
        "Weeks from a team's adoption to its new access to customers and data; infinite for never."
    incentives_after_weeks: f64 = 0.0, "weeks", 0 => f64::INFINITY, None, Lever,
        Assumed("at once");
        "Weeks from a team's adoption to its new incentives; infinite for never."
    strategy_after_weeks: f64 = 0.0, "weeks", 0 => f64::INFINITY, None, Lever,
        Assumed("at once");
        "Weeks from a team's adoption to the new strategy; infinite for never."
    roles_after_weeks: f64 = 0.0, "weeks", 0 => f64::INFINITY, None, Lever,
        Assumed("at once");
        "Weeks from a team's adoption to its new roles; infinite for never."
    careers_after_weeks: f64 = 0.0, "weeks", 0 => f64::INFINITY, None, Lever,
        Assumed("at once");
        "Weeks from a team's adoption to its new ladders, training and hiring; infinite for never."
    governance_after_weeks: f64 = 0.0, "weeks", 0 => f64::INFINITY, None, Lever,
        Assumed("at once");
        "Weeks from a team's adoption to its new governance; infinite for never."
    release_after_weeks: f64 = 0.0, "weeks", 0 => f64::INFINITY, None, Lever,
        Assumed("at once");
        "Weeks from a team's adoption to its readiness for the new way of releasing; infinite for never."
    launch_after_weeks: f64 = 0.0, "weeks", 0 => f64::INFINITY, None, Lever,
        Assumed("at once");
        "Weeks from a team's adoption to its new way of launching; infinite for never."
    adoption_per_year: f64 = 0.7, "1/year", 0 => 52.0, Some((0.3, 1.5)), Uncertainty,
        Measured("intensive help moved practices from 26 to 64 percent within a year (Bloom et al. 2013): -ln(36/74)");
        "Rate at which an invited team changes without any example, with a perfect sponsor and no resistance."
    sponsor_effect: f64 = 2.32, "ln units", 0 => 10.0, Some((1.0, 2.6)), Uncertainty,
        Measured("0.79 against 0.27 of changes meet their objectives with a very effective and an ineffective sponsor (Prosci 2023): 2.3 logits, self-reported");
        "ln of the ratio of that rate with a perfect sponsor and with none."
    imitation_per_year: f64 = 0.38, "1/year", 0 => 52.0, Some((0.2, 0.6)), Uncertainty,
        Measured("0.38, mean of diffusion studies (Sultan, Farley and Lehmann 1990)");
        "By how much that rate rises when all others have changed."
    line_weight: f64 = 0.6, "share", 0 => 1.0, Some((0.3, 0.9)), Uncertainty,
        Assumed("teams see those of their own line more often; no good source");
        "Weight of the team's own line among those whose example counts; the rest is the company."
    resistance: f64 = 0.7, "share", 0 => 1.0, Some((0.3, 0.9)), Uncertainty,
        Assumed("no good source; lack of directors' time and misaligned pay blocked change in Bloom et al. 2020 and Atkin et al. 2017");
        "Share of the rate that middle managers block when their roles are at risk and nobody above owns the change."
    sponsor_leaving_per_year: f64 = 0.2, "1/year", 0 => 52.0, Some((0.1, 0.4)), Uncertainty,
        Assumed("executives stay about five years; no good source for sponsors");
        "Rate at which the sponsor leaves."
    backsliding_per_year: f64 = 0.08, "1/year", 0 => 52.0, Some((0.05, 0.12)), Uncertainty,
        Measured("half of the adopted practices were dropped after 8 to 9 years (Bloom et al. 2020)");
        "Rate at which a team that has changed goes back, with a perfect sponsor."
    unsponsored_backsliding: f64 = 3.0, "ratio", 1 => 100.0, Some((1.5, 6.0)), Uncertainty,
        Assumed("turnover of managers and lack of directors' time are the causes named by Bloom et al. 2020; size assumed");
        "By what factor that rate is higher without any sponsor."
    blame_avoidance: f64 = 0.3, "0-1", 0 => 1.0, Some((0.0, 0.8)), Uncertainty,
        Seed("Perri: executives love a map, and nobody is fired for following it");
        "Share of the sponsor's support that goes when output of teams that have changed falls as far as it can, unless a published framework takes the blame."
    learning_loss: f64 = 0.25, "share", 0 => 1.0, Some((0.1, 0.4)), Uncertainty,
        Assumed("a fall of 15 percent, 5 to 40, for half a year is all that consultants draw; no good source, swept");
        "Share of output that a team loses at first when all it does is new; in proportion to the groups that change."
    learning_weeks: f64 = 26.0, "weeks", 1 => 260.0, Some((8.0, 52.0)), Uncertainty,
        Assumed("half a year, 2 to 18 months; no good source, swept");
        "Weeks in which a team makes up most of that loss, without experienced leaders and without resistance."
    friction: f64 = 0.25, "share", 0 => 1.0, Some((0.1, 0.5)), Uncertainty,
        Assumed("no good source; swept");
        "Share of dependencies missed besides because one of two teams plans when or as the other does not."
    line_threshold: f64 = 0.75, "share", 0 => 1.0, Some((0.5, 1.0)), Uncertainty,
        Assumed("a train changes when most of its teams have; no good source");
        "Share of a line's teams that must be ready before it plans and releases in the new way."
    leader_reach: f64 = 5.0, "teams per leader", 0 => 100.0, Some((3.0, 8.0)), Uncertainty,
        Assumed("0.2 of an expert for each newcomer (Abdel-Hamid and Madnick 1991)");
        "Teams of which one experienced leader can look after all but 1/e."
    training_fee: f64 = 1.0, "weeks of pay", 0 => 100.0, None, Constant,
        Assumed("usual price of two weeks of courses");
        "Fee for the training of one product person."
    certification_fee: f64 = 0.7, "weeks of pay", 0 => 100.0, None, Constant,
        Assumed("price of a two-day course and two days of pay");
        "What a certificate costs."
    leader_pay: f64 = 2.0, "engineer salaries", 0 => 20.0, None, Constant,
        Assumed("a director's pay");
        "Pay of an experienced leader."
    ownership_cost: f64 = 0.2, "team-week costs per week", 0 => 100.0, None, Constant,
        Assumed("a twentieth of the time of six executives");
        "What it costs when the whole C-suite owns the change."
    framework_cost: f64 = 0.02, "team-week costs per team and week", 0 => 5.0, None, Constant,
        Assumed("licences and consultants: one for every six teams or so");
        "What following a published framework costs a team."
    ladder_cost: f64 = 0.05, "share", 0 => 1.0, None, Constant,
        Assumed("regrading raises pay a little; no good source");
        "By what share pay of product people rises when all get a place on one ladder."
}
