//! The market, the work and what they cost; nothing an operating model can change.

use super::Provenance::{Assumed, Measured};
use super::setting::{choice, group};

choice! {
    /// Shape of the distribution of estimated effort.
    EffortShape {
        /// Lognormal: most solutions are small, some are large.
        Lognormal = "lognormal",
        /// Exponential with the same median: for checks against queueing theory.
        Exponential = "exponential",
    }
}

group! {
    /// The market, the work and its costs, shared by all arms.
    Environment environment "environment"
    opportunities_per_team_week: f64 = 0.8, "needs per team and week", 0 => 20.0, Some((0.4, 1.6)), Uncertainty,
        Assumed("several times what a team can build, so that choosing matters; swept");
        "Rate at which new needs arise in the market of one team."
    loud_share: f64 = 0.6, "share", 0 => 1.0, Some((0.35, 0.85)), Uncertainty,
        Assumed("no good source; a minority of needs has to be looked for");
        "Share of needs that arrive by themselves through stakeholders; the others are quiet until somebody searches."
    loudness_value_correlation: f64 = 0.0, "correlation", -0.9 => 0.9, Some((-0.2, 0.3)), Uncertainty,
        Assumed("independent unless shown otherwise; swept");
        "Correlation of how loud a need is with what it is worth."
    overlap_share: f64 = 0.1, "probability", 0 => 1.0, Some((0.02, 0.25)), Uncertainty,
        Assumed("no good source; swept");
        "Probability that another team of the line hears the same need."
    sales_share: f64 = 0.3, "share", 0 => 1.0, None, Constant,
        Assumed("no good source");
        "Share of loud needs that come from sales."
    executive_share: f64 = 0.2, "share", 0 => 1.0, None, Constant,
        Assumed("no good source");
        "Share of loud needs that come from executives."
    engineering_share: f64 = 0.15, "share", 0 => 1.0, None, Constant,
        Assumed("no good source");
        "Share of loud needs that come from engineers; what is left comes from customers."
    value_scale: f64 = 0.27, "team-week costs per week", 0.0001 => 1000.0, Some((0.19, 0.4)), Uncertainty,
        Assumed("tuned so that quarterly commitment as practised returns about 1.2 times its cost, and nothing else");
        "Unit of value: multiplies location, spread, flat band and every noise of judgement alike."
    value_location: f64 = 0.1, "value units", -10.0 => 10.0, Some((-0.2, 0.4)), Uncertainty,
        Measured("set so that about 40, 35 and 25 percent of what the baseline ships is good, flat and harmful; Kohavi et al. 2009 found thirds");
        "Location of the distribution of what needs of middle size are worth."
    value_spread: f64 = 1.0, "value units", 0 => 10.0, None, Constant,
        Assumed("by definition of the value unit");
        "Scale of the Student-t distribution (3 degrees of freedom) of what needs are worth."
    value_maximum: f64 = 20.0, "spreads", 1 => 1e12, Some((10.0, 60.0)), Uncertainty,
        Assumed("fat tails as Azevedo et al. 2020 found, cut where means and intervals stay finite; swept");
        "Largest distance of a need's value from the location."
    size_elasticity: f64 = 0.7, "exponent", 0 => 2.0, Some((0.4, 1.0)), Uncertainty,
        Assumed("value grows with size less than proportionally; no good source");
        "Power of a solution's size with which its value grows."
    flat_band: f64 = 0.33, "value units", 0 => 10.0, None, Constant,
        Measured("set together with the location so that about 35 percent of what is shipped is flat; Kohavi et al. 2009");
        "Realised rates within plus or minus this band, scaled by size, count as having done nothing."
    delight_share: f64 = 0.6, "share", 0 => 1.0, None, Constant,
        Assumed("no good source");
        "Weight of delighting users in what a need is worth; the rest is business viability."
    delight_spread: f64 = 0.8, "value units", 0 => 10.0, Some((0.3, 1.5)), Uncertainty,
        Assumed("no good source; swept");
        "Standard deviation of the gap between delight and viability of a need."
    local_share: f64 = 0.6, "share", 0 => 1.0, None, Constant,
        Assumed("no good source");
        "Part of a need's value that shows within the team's own product; the rest shows only in the company's strategy."
    local_spread: f64 = 0.8, "value units", 0 => 10.0, Some((0.3, 1.5)), Uncertainty,
        Assumed("no good source; swept");
        "Standard deviation of the shift of value between team and company."
    infeasible_share: f64 = 0.1, "probability", 0 => 1.0, Some((0.03, 0.2)), Uncertainty,
        Assumed("no good source; a tenth of experiments are aborted on their first day, for bugs, at Microsoft (Kohavi)");
        "Probability that a solution cannot be built as imagined."
    effort_median: f64 = 1.6, "team-weeks", 0.05 => 100.0, Some((1.0, 3.0)), Uncertainty,
        Assumed("features of one to a few team-weeks");
        "Median estimated effort of a solution."
    effort_spread: f64 = 0.6, "ln units", 0 => 3.0, None, Constant,
        Assumed("no good source: most features between half and twice the median");
        "Standard deviation of the logarithm of estimated effort."
    effort_shape: EffortShape = EffortShape::Lognormal, "choice", 0 => 0.0, None, Constant,
        Assumed("lognormal as in public data sets; exponential only for checks against queueing theory");
        "Shape of the distribution of estimated effort."
    build_cost_multiplier: f64 = 1.0, "ratio", 0.05 => 10.0, None, Constant,
        Assumed("1 by definition; below 1 where tools make building cheaper");
        "Effort of every solution relative to the default, its value unchanged."
    estimate_noise: f64 = 0.6, "ln units", 0 => 2.0, Some((0.36, 0.8)), Uncertainty,
        Measured("ln(actual/estimate): 0.36 for projects (Kitchenham 2002) to 0.80 for features (CESAW)");
        "Standard deviation of the logarithm of actual over estimated effort: hidden scope, a heavy-tailed multiple."
    capacity_noise: f64 = 0.2, "ln units", 0 => 2.0, Some((0.1, 0.35)), Uncertainty,
        Assumed("absence, incidents and the like; no good source");
        "Standard deviation of the logarithm of a team's weekly capacity."
    coupling: f64 = 0.6, "dependencies per item", 0 => 2.0, Some((0.2, 1.2)), Uncertainty,
        Assumed("two dependencies for each three or four features of a planning interval; no good source, swept");
        "Mean number of other teams whose work an item needs, at most two."
    dependency_effort: f64 = 0.4, "team-weeks", 0 => 20.0, Some((0.1, 1.0)), Uncertainty,
        Assumed("no good source; swept");
        "Work that the serving team does for one dependency."
    staleness_half_life_weeks: f64 = 78.0, "weeks", 1 => f64::INFINITY, Some((39.0, 156.0)), Uncertainty,
        Assumed("volatility of the market; no good source, swept");
        "Weeks from a need's birth until shipping it brings half as much."
    harm_staleness_half_life_weeks: f64 = f64::INFINITY, "weeks", 1 => f64::INFINITY, None, Constant,
        Assumed("harm does not shrink because it comes late");
        "Weeks from a need's birth until a harmful solution does half its harm."
    wear_half_life_weeks: f64 = 104.0, "weeks", 1 => f64::INFINITY, Some((52.0, 260.0)), Uncertainty,
        Assumed("no good source; swept");
        "Weeks in use until a shipped solution brings half as much."
    harm_half_life_weeks: f64 = 104.0, "weeks", 1 => f64::INFINITY, Some((26.0, 416.0)), Uncertainty,
        Assumed("equal to wear by default: harm is noticed and repaired; swept");
        "Weeks in use until a harmful solution does half as much harm."
    requests_per_team_quarter: f64 = 1.5, "requests", 0 => 50.0, Some((0.5, 4.0)), Uncertainty,
        Assumed("no good source; vendor surveys have almost half of plans driven by such requests");
        "Rate at which stakeholders of middling trust ask for something now."
    date_asks_per_team_quarter: f64 = 1.0, "asks", 0 => 50.0, Some((0.3, 3.0)), Uncertainty,
        Assumed("no good source");
        "Rate at which stakeholders of middling trust ask when something will be done."
    issues_per_team_quarter: f64 = 0.5, "issues", 0 => 50.0, Some((0.2, 1.5)), Uncertainty,
        Assumed("a third of the requests; no good source");
        "Rate at which issues in sales, marketing or customer success arise that the product has a part in."
    line_spread: f64 = 0.3, "ln units", 0 => 2.0, Some((0.1, 0.6)), Uncertainty,
        Assumed("of three product lines the best has needs worth some two thirds more than the worst; no good source, swept");
        "Standard deviation of the logarithm of what needs are worth in one product line relative to others."
    line_shift_weeks: u32 = 104, "weeks", 1 => 1000.0, None, Constant,
        Assumed("the prospects of a product change within some two years; no good source");
        "Weeks after which the prospects of a product line have nothing to do with those of before."
    test_information: f64 = 6.0, "1/value units squared", 0 => 1e6, Some((1.0, 30.0)), Uncertainty,
        Assumed("a good effect of one value unit is told from none in most cases if all data are used");
        "Sample size over noise variance of the measurement after release, at full data access."
}
