//! What happens across settings: lines over one factor, heat maps over two, with numbers in the squares.

mod heat_map;
mod labels;
mod lines;
mod shades;

use scenarios::plan::{Factor, Level};

use crate::figures::number;
use crate::sweep::SweepReport;

use super::page::footer_of;
use super::picture::Picture;

/// What a count of points does not say, for pages that have one in their headline.
const BY_ITSELF: &str = "Each point is judged by itself at 95 %: without any difference about 1 in 20 would still seem to differ.";

/// Every page with its name: none unless one factor differs, or two in a grid.
pub fn pictures(report: &SweepReport) -> Vec<(String, Picture)> {
    let others = 1..report.arms.len();
    let arms: Vec<Option<usize>> = if others.is_empty() {
        vec![None]
    } else {
        others.map(Some).collect()
    };
    let pages = arms.into_iter().enumerate();
    match report.factors.as_slice() {
        [_] => pages
            .map(|(index, arm)| (named("sweep-lines", index), lines::lines(report, arm)))
            .collect(),
        [_, _] => pages
            .filter_map(|(index, arm)| Some((named("sweep-map", index), heat_map::heat_map(report, arm)?)))
            .collect(),
        _ => Vec::new(),
    }
}

fn named(stem: &str, index: usize) -> String {
    if index == 0 {
        stem.to_owned()
    } else {
        format!("{stem}-{}", index + 1)
    }
}

/// The level as a number, if it is one.
fn as_number(level: &Level) -> Option<f64> {
    match level {
        Level::Value(value) => value.as_number(),
        Level::Name(_) => None,
    }
}

fn level_words(level: &Level) -> String {
    match level {
        Level::Value(value) => value.as_number().map_or_else(|| value.to_string(), number),
        Level::Name(name) => name.clone(),
    }
}

/// `environment.coupling [dependencies per item]`: a factor and its unit.
fn factor_words(factor: &Factor) -> String {
    match factor.unit() {
        "" | "-" => factor.name(),
        unit => format!("{} [{unit}]", factor.name()),
    }
}

fn footer(picture: &mut Picture, report: &SweepReport) {
    let mut words = report.words();
    words.push("same worlds at every point".to_owned());
    words.push("what-if, not a forecast".to_owned());
    footer_of(picture, &words);
}

/// A made-up report with so many arms and factors.
#[cfg(test)]
fn made_up(arm_count: usize, factor_count: usize) -> SweepReport {
    let fits =
        |found: &super::fixture::FoundSweep| found.0.len() == arm_count && found.1.len() == factor_count;
    let found = super::fixture::sweeps().into_iter().find(fits);
    report_of(found.expect("there is one"))
}

/// A made-up report of these findings.
#[cfg(test)]
pub(super) fn report_of((arms, factors, levels, swept): super::fixture::FoundSweep) -> SweepReport {
    SweepReport {
        arms,
        outcome: sim_core::outcomes::Outcome::ShippedValue,
        seed: 2026,
        span: sim_core::simulation::Span::default(),
        design: "grid",
        factors,
        levels,
        swept,
    }
}
