//! Which assumptions matter: the tornado of a screening, and how much of the variation each part explains.

mod shares;
mod tornado;

use experiments::sensitivity::FactorKind;
use experiments::statistics::Bootstrapped;

use crate::sensitivity::SensitivityReport;

use super::axis::{Axis, Ticks};
use super::page::{BODY, BOTTOM, MARGIN, footer_of, grid_lines, left};
use super::palette::INK;
use super::picture::{Mark, Picture, at};

/// Most rows of a page.
const MOST_ROWS: usize = 13;
/// Room for names \[points\].
const NAMES: f64 = 560.0;
/// Room for an axis and its words \[points\].
const AXIS: f64 = 84.0;

/// Every page with its name.
pub fn pictures(report: &SensitivityReport) -> Vec<(&'static str, Picture)> {
    let mut pictures = vec![("tornado", tornado::tornado(report))];
    if !report.is_all_chance() {
        pictures.push((
            "what-matters",
            shares::shares(report, &report.parameters(), FactorKind::Parameter),
        ));
        pictures.push((
            "what-matters-by-group",
            shares::shares(report, &report.groups(), FactorKind::Group),
        ));
    }
    pictures
}

/// Rows of equal height between a top and the axis.
struct Rows {
    top: f64,
    height: f64,
    count: usize,
}

impl Rows {
    fn new(top: f64, count: usize) -> Self {
        let height = ((BOTTOM - AXIS - top) / count.max(1) as f64).min(64.0);
        Self { top, height, count }
    }

    fn middle(&self, row: usize) -> f64 {
        self.top + (row as f64 + 0.5) * self.height
    }

    fn bottom(&self) -> f64 {
        self.top + self.count as f64 * self.height
    }
}

fn grid(picture: &mut Picture, axis: &Axis, ticks: &Ticks, rows: &Rows) {
    grid_lines(picture, axis, ticks, (rows.top, rows.bottom()));
}

/// Adds the line at which nothing changes, or nothing is explained.
fn zero(picture: &mut Picture, axis: &Axis, rows: &Rows) {
    let x = axis.place(0.0);
    picture.rule(at(x, rows.top), at(x, rows.bottom()), INK, 2.0);
}

fn name(picture: &mut Picture, words: &str, y: f64) {
    let words = BODY.fitted(words, NAMES - 20.0);
    picture.text(left(&words, at(MARGIN, y + BODY.half_height()), BODY));
}

/// A line over the interval; an arrow head where it goes on beyond its axis.
fn whisker(picture: &mut Picture, axis: &Axis, estimate: Bootstrapped, y: f64) {
    let place = |value: f64| axis.place(value.clamp(axis.low, axis.high));
    let (from, to) = (place(estimate.low), place(estimate.high));
    picture.rule(at(from, y), at(to, y), INK, 3.0);
    for (is_cut, tip, back) in [
        (estimate.low < axis.low, from, 13.0),
        (estimate.high > axis.high, to, -13.0),
    ] {
        if is_cut {
            let corners = vec![at(tip, y), at(tip + back, y - 7.0), at(tip + back, y + 7.0)];
            picture.marks.push(Mark::Shape(corners, INK));
        }
    }
}

fn scaled(estimate: Bootstrapped, scale: f64) -> Bootstrapped {
    Bootstrapped {
        value: scale * estimate.value,
        low: scale * estimate.low,
        high: scale * estimate.high,
    }
}

fn footer(picture: &mut Picture, report: &SensitivityReport, design: String) {
    let mut words = vec![design];
    words.extend(report.design());

    if report.arms.len() > 1 {
        words.push("same market and luck for both".to_owned());
    }
    words.push("what-if, not a forecast".to_owned());
    footer_of(picture, &words);
}

/// A made-up report; made once, as its experiment takes a while.
#[cfg(test)]
fn made_up() -> SensitivityReport {
    static MADE: std::sync::LazyLock<SensitivityReport> =
        std::sync::LazyLock::new(|| report_of(super::fixture::sensitivity()));
    MADE.clone()
}

/// A made-up report of these findings.
#[cfg(test)]
pub(super) fn report_of((screening, explained): super::fixture::Found) -> SensitivityReport {
    SensitivityReport {
        arms: vec!["safe".to_owned(), "empowered".to_owned()],
        outcome: sim_core::outcomes::Outcome::ShippedValue,
        seed: 2026,
        span: sim_core::simulation::Span::default(),
        ranking: experiments::sensitivity::indices::Ranking::Values,
        screening,
        explained,
    }
}
