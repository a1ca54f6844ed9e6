//! The tables of a comparison as bytes; never computes a figure, never rounds one.

use std::io;

use csv::Writer;
use experiments::result::{BasisResult, Comparison, Difference, Summary};
use experiments::statistics::IntervalRule;
use sim_core::outcomes::{Outcome, Series};

use crate::rows::{Cell, Column, Format, Kind, TableWriter};

/// Columns of a distribution over worlds, in the order of [`distribution_cells`].
const DISTRIBUTION: [&str; 10] = [
    "replications",
    "mean",
    "standard_error",
    "ci95_low",
    "ci95_high",
    "p05",
    "p25",
    "p50",
    "p75",
    "p95",
];

/// `summary.csv`: the distribution of each outcome of each arm on each basis.
///
/// # Errors
/// Only if memory for the table cannot be had.
pub fn summary_csv(comparison: &Comparison) -> io::Result<Vec<u8>> {
    let mut table = started(&["basis", "arm", "outcome", "unit"], &DISTRIBUTION, &[])?;
    for basis in bases(comparison) {
        for arm in &basis.arms {
            for (outcome, summary) in &arm.outcomes {
                let row = outcome.row();
                let head = [basis.basis.word(), &arm.name, row.name, row.unit].map(str::to_owned);
                table.write_record(head.into_iter().chain(distribution_cells(summary)))?;
            }
        }
    }
    finished(table)
}

/// `differences.csv`: the paired difference, arm minus baseline, of each outcome of each pair on each basis.
///
/// Column `interval` says what `ci95_low` and `ci95_high` are; see [`interval_word`].
///
/// # Errors
/// Only if memory for the table cannot be had.
pub fn differences_csv(comparison: &Comparison) -> io::Result<Vec<u8>> {
    let tail = [
        "better_in_20",
        "probability_better",
        "variance_reduction",
        "verdict",
        "interval",
        "ignorance_share",
        "companies_better",
    ];
    let mut table = started(
        &["basis", "arm", "baseline", "outcome", "unit"],
        &DISTRIBUTION,
        &tail,
    )?;
    for basis in bases(comparison) {
        for pair in &basis.pairs {
            let (arm, baseline) = (&basis.arms[pair.arm].name, &basis.arms[pair.baseline].name);
            for (outcome, difference) in &pair.outcomes {
                let row = outcome.row();
                let head = [basis.basis.word(), arm, baseline, row.name, row.unit].map(str::to_owned);
                let interval = interval_word(comparison.primary, *outcome, basis.interval_rule, difference);
                let cells = head.into_iter().chain(distribution_cells(&difference.summary));
                let last = [
                    interval.to_owned(),
                    figure_if_known(difference.ignorance_share),
                    figure_if_known(difference.companies_better),
                ];
                table.write_record(cells.chain(judgement_cells(difference)).chain(last))?;
            }
        }
    }
    finished(table)
}

/// `weekly`: bands of each weekly series of each arm under the settings.
///
/// # Errors
/// Only if memory for the table cannot be had.
pub fn weekly_table(comparison: &Comparison, format: Format) -> io::Result<Vec<u8>> {
    let quantiles = ["p05", "p10", "p25", "p50", "p75", "p90", "p95"];
    let mut columns = vec![
        Column::new("arm", Kind::Text),
        Column::of("week", Kind::Whole, "weeks from week 0"),
        Column::new("outcome", Kind::Text),
        Column::new("unit", Kind::Text),
    ];
    let figures = std::iter::once("mean").chain(quantiles);
    columns.extend(figures.map(|name| Column::of(name, Kind::Number, "as in column `unit`")));
    let mut table = TableWriter::new(Vec::new(), format, &columns)?;
    for arm in &comparison.settings.arms {
        for (week, bands) in arm.weekly.iter().enumerate() {
            for (series, band) in Series::ALL.iter().zip(bands) {
                let head = [
                    Cell::Text(&arm.name),
                    Cell::Whole(week as u64),
                    Cell::Text(series.name()),
                    Cell::Text(series.unit()),
                ];
                let figures = std::iter::once(band.mean).chain(band.quantiles);
                let known = |value: f64| Cell::Number(value.is_finite().then_some(value));
                table.push(head.into_iter().chain(figures.map(known)))?;
            }
        }
    }
    table.finish()
}

/// What the interval of a difference is: `any time` (holds however often one looks), `fixed size` (the number of worlds
/// was set beforehand), `simultaneous` (all outcomes together) or `not adjusted`.
pub fn interval_word(
    primary: Outcome,
    outcome: Outcome,
    rule: IntervalRule,
    difference: &Difference,
) -> &'static str {
    if outcome == primary {
        match rule {
            IntervalRule::FixedNumber => "fixed size",
            IntervalRule::AnyTime => "any time",
        }
    } else if difference.adjusted {
        "simultaneous"
    } else {
        "not adjusted"
    }
}

/// The settings basis, then the plausible one if there is one.
pub(crate) fn bases(comparison: &Comparison) -> impl Iterator<Item = &BasisResult> {
    std::iter::once(&comparison.settings).chain(&comparison.plausible)
}

/// A figure in its shortest form that reads back to the same bits; empty if it is not finite.
pub(crate) fn figure(value: f64) -> String {
    let size = value.abs();
    if !value.is_finite() {
        String::new()
    } else if size == 0.0 {
        "0".to_owned()
    } else if (1e-5..1e16).contains(&size) {
        value.to_string()
    } else {
        format!("{value:e}")
    }
}

/// The figure, or an empty cell if it is unknown.
pub(crate) fn figure_if_known(value: Option<f64>) -> String {
    value.map_or_else(String::new, figure)
}

pub(crate) fn started(first: &[&str], second: &[&str], third: &[&str]) -> io::Result<Writer<Vec<u8>>> {
    let mut table = Writer::from_writer(Vec::new());
    table.write_record(first.iter().chain(second).chain(third))?;
    Ok(table)
}

pub(crate) fn finished(table: Writer<Vec<u8>>) -> io::Result<Vec<u8>> {
    table.into_inner().map_err(|error| error.into_error())
}

fn distribution_cells(summary: &Summary) -> [String; 10] {
    let [p05, _, p25, p50, p75, _, p95] = summary.quantiles;
    [
        summary.replications.to_string(),
        figure(summary.mean),
        figure_if_known(summary.standard_error),
        figure_if_known(summary.ci95.map(|(low, _)| low)),
        figure_if_known(summary.ci95.map(|(_, high)| high)),
        figure(p05),
        figure(p25),
        figure(p50),
        figure(p75),
        figure(p95),
    ]
}

fn judgement_cells(difference: &Difference) -> [String; 4] {
    [
        difference
            .better_in_20
            .map_or_else(String::new, |worlds| worlds.to_string()),
        figure_if_known(difference.probability_better),
        figure_if_known(difference.variance_reduction),
        difference
            .verdict
            .map_or_else(String::new, |verdict| verdict.word().to_owned()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_back_to_the_same_bits() {
        for value in [
            0.1 + 0.2,
            1.0,
            -2.5e-300,
            1.797e308,
            123_456_789.125,
            1e15,
            1e16,
            f64::MIN_POSITIVE,
        ] {
            assert_eq!(
                figure(value).parse::<f64>().unwrap().to_bits(),
                value.to_bits(),
                "{value:e}"
            );
        }
        assert_eq!(figure(-0.0), "0");
        assert_eq!(figure(f64::NAN), "");
        assert_eq!(figure_if_known(None), "");
    }

    #[test]
    fn every_outcome_has_a_column_name_without_blanks() {
        for outcome in Outcome::ALL {
            assert!(!outcome.column().contains(' '), "{}", outcome.column());
        }
    }
}
