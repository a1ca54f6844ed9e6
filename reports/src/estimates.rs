//! Estimates and shares with their intervals: cells, JSON and words; one form for every experiment.

use experiments::statistics::{Estimate, Share};
use serde_json::{Value, json};
use sim_core::outcomes::Outcome;

use crate::figures::{factor, fixed, gap, gap_range, number, quantity, range, signed};
use crate::tables::{figure, figure_if_known};

/// Heads of [`outcome_cells`].
pub(crate) const OUTCOME_HEADS: [&str; 2] = ["outcome", "unit"];

/// What figures are of, and their unit: in every table of figures, so that it can be read by itself.
pub(crate) fn outcome_cells(outcome: Outcome) -> [String; 2] {
    let row = outcome.row();
    [row.name, row.unit].map(str::to_owned)
}

/// Heads of [`cells`] behind `name`.
pub(crate) fn heads(name: &str) -> [String; 4] {
    ["", "_standard_error", "_ci95_low", "_ci95_high"].map(|end| format!("{name}{end}"))
}

/// Mean, standard error and ends of the interval; empty where unknown.
pub(crate) fn cells(estimate: Option<&Estimate>) -> [String; 4] {
    let ci95 = estimate.and_then(|estimate| estimate.ci95);
    [
        estimate.map_or_else(String::new, |estimate| figure(estimate.mean)),
        figure_if_known(estimate.and_then(|estimate| estimate.standard_error)),
        figure_if_known(ci95.map(|(low, _)| low)),
        figure_if_known(ci95.map(|(_, high)| high)),
    ]
}

/// The estimate as an object; `null` if it is unknown.
pub(crate) fn object(estimate: Option<&Estimate>) -> Value {
    estimate.map_or(Value::Null, |estimate| {
        json!({
            "mean": estimate.mean,
            "standard_error": estimate.standard_error,
            "ci95_low": estimate.ci95.map(|(low, _)| low),
            "ci95_high": estimate.ci95.map(|(_, high)| high),
            "count": estimate.count,
        })
    })
}

/// The share as an object.
pub(crate) fn share_object(share: Option<&Share>) -> Value {
    share.map_or(Value::Null, |share| {
        json!({
            "share": share.share,
            "ci95_low": share.ci95.0,
            "ci95_high": share.ci95.1,
            "count": share.count,
        })
    })
}

/// `+510 team-week costs (+480 to +540)`: a difference with its interval.
pub(crate) fn difference_words(estimate: &Estimate, outcome: Outcome) -> String {
    let unit = outcome.row().unit;
    match estimate.ci95 {
        Some((low, high)) => format!("{} ({})", gap(estimate.mean, unit), gap_range(low, high, unit)),
        None => format!("{} (interval unknown)", gap(estimate.mean, unit)),
    }
}

/// The same without the unit, for tables that name it: `+510 (+480 to +540)`.
pub(crate) fn difference_figures(estimate: Option<&Estimate>, outcome: Outcome) -> String {
    let unit = outcome.row().unit;
    let Some(estimate) = estimate else {
        return "unknown".to_owned();
    };
    let mean = signed(estimate.mean * factor(unit));
    match estimate.ci95 {
        Some((low, high)) => format!("{mean} ({})", gap_range(low, high, unit)),
        None => mean,
    }
}

/// `2,100 team-week costs (2,050 to 2,150)`: a mean with its interval.
pub(crate) fn mean_words(estimate: &Estimate, outcome: Outcome) -> String {
    let unit = outcome.row().unit;
    match estimate.ci95 {
        Some((low, high)) => format!("{} ({})", quantity(estimate.mean, unit), range(low, high, unit)),
        None => format!("{} (interval unknown)", quantity(estimate.mean, unit)),
    }
}

/// The same without the unit, for tables that name it.
pub(crate) fn mean_figures(estimate: &Estimate, outcome: Outcome) -> String {
    let unit = outcome.row().unit;
    let mean = number(estimate.mean * factor(unit));
    match estimate.ci95 {
        Some((low, high)) => format!("{mean} ({})", range(low, high, unit)),
        None => mean,
    }
}

/// `41 %`: a share in whole percent.
pub(crate) fn percent(share: f64) -> String {
    format!("{} %", fixed(100.0 * share, 0))
}

/// `41 % (38 to 44 %)`: an estimate that is a share, with its interval.
pub(crate) fn share_words(estimate: &Estimate) -> String {
    match estimate.ci95 {
        Some(ci95) => with_interval(estimate.mean, ci95),
        None => percent(estimate.mean),
    }
}

/// `41 % (38 to 44 %)`: a share of worlds or companies with its interval.
pub(crate) fn counted_share_words(share: &Share) -> String {
    with_interval(share.share, share.ci95)
}

/// Shares nearer to none or all than whole percent can say get a decimal place.
fn with_interval(share: f64, (low, high): (f64, f64)) -> String {
    let is_fine = high < 0.01 || low > 0.99;
    let places = usize::from(is_fine);
    let [share, low, high] = [share, low, high].map(|share| fixed(100.0 * share, places));
    format!("{share} % ({low} to {high} %)")
}
