//! A heat map over two factors: a difference in colours by who is ahead and how far, or the mean of the only arm.

use experiments::sweep::{PointResult, Spread};
use scenarios::plan::Level;

use crate::figures::{factor, gap_words, number, signed, unit_words};
use crate::plots::map::square::Fill;
use crate::plots::page::{BODY, BOTTOM, FAINT, MARGIN, RIGHT, STRONG, centred, left, started};
use crate::plots::picture::{Area, Picture, at};
use crate::sentences::{capitalised, label};
use crate::sweep::SweepReport;

use super::labels::{self, wrapped};
use super::shades::{self, Shades, draw_legend};
use super::{BY_ITSELF, as_number, factor_words, footer, level_words};

/// Room for the names of rows \[points\].
const ROW_NAMES: f64 = 260.0;
/// Most rows and columns whose numbers can be read.
const MOST_SQUARES: usize = 12;
/// Most rows that have room for an interval below each figure.
const MOST_INTERVALS: usize = 9;
/// Room below the squares for names, factors and the first line of the legend \[points\].
const BELOW: f64 = 118.0;

/// The page, or nothing if points are no grid or too many.
pub fn heat_map(report: &SweepReport, arm: Option<usize>) -> Option<Picture> {
    let sides = [ordered(report, 0), ordered(report, 1)];
    let is_grid = report.design == "grid" && sides[0].len() * sides[1].len() == report.levels.len();
    if !is_grid || sides.iter().any(|side| side.len() > MOST_SQUARES) {
        return None;
    }
    let of_point = |point: &PointResult| arm.map_or(point.arms[0], |arm| point.differences[arm - 1]);
    let spreads: Vec<Spread> = report.swept.points.iter().map(of_point).collect();
    let shades = Shades::new(report, arm, &spreads);
    let legend = shades.legend(report);
    let has_intervals = sides[1].len() <= MOST_INTERVALS;
    let (mut picture, top) = started(
        &report.headlines()[arm.map_or(0, |arm| arm - 1)],
        &words(report, arm, has_intervals),
    );
    let grid = Grid::new(sides, top + 8.0, legend.len());
    for (levels, spread) in report.levels.iter().zip(&spreads) {
        let (square, fill) = (grid.square(levels)?, shades.fill(report, spread));
        fill.paint(&mut picture, square);
        let figures = figures(report, arm.is_some(), spread, has_intervals);
        write(&mut picture, fill, &square, figures);
    }
    let y = grid.name_sides(&mut picture);
    let [under, beside] = [0, 1].map(|index| factor_words(&report.factors[index]));
    let both = BODY.fitted(&format!("across: {under}   ·   up: {beside}"), RIGHT - MARGIN);
    picture.text(left(&both, at(MARGIN, y), FAINT));
    draw_legend(&mut picture, &legend, y + 42.0);
    footer(&mut picture, report);
    Some(picture)
}

/// What the figures are.
fn words(report: &SweepReport, arm: Option<usize>, has_intervals: bool) -> Vec<String> {
    let (unit, subject) = (report.outcome.row().unit, label(report.outcome));
    let interval = if has_intervals { " (±: 95 %)" } else { "" };
    match arm {
        Some(arm) => vec![
            format!(
                "{} minus {} in {subject}, {}{interval}; in brackets: cannot be told apart.",
                report.arm(arm),
                report.arm(0),
                gap_words(unit)
            ),
            BY_ITSELF.to_owned(),
        ],
        None => vec![format!(
            "{} of {}, {}{interval}.",
            capitalised(&subject),
            report.arm(0),
            unit_words(unit)
        )],
    }
}

/// The levels of a factor: numbers rising, names in the order in which they first come.
fn ordered(report: &SweepReport, factor: usize) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    for point in &report.levels {
        if !levels.contains(&point[factor]) {
            levels.push(point[factor].clone());
        }
    }
    if levels.iter().all(|level| as_number(level).is_some()) {
        let value = |level: &Level| as_number(level).unwrap_or_default();
        levels.sort_by(|one, other| value(one).total_cmp(&value(other)));
    }
    levels
}

/// Where squares lie; the first level of a factor is on the left, or at the bottom.
struct Grid {
    sides: [Vec<Level>; 2],
    /// Names of the columns, in lines.
    columns: Vec<Vec<String>>,
    area: Area,
    width: f64,
    height: f64,
}

impl Grid {
    fn new(sides: [Vec<Level>; 2], top: f64, legend_lines: usize) -> Self {
        let width = (RIGHT - MARGIN - ROW_NAMES) / sides[0].len() as f64;
        let name = |level: &Level| wrapped(BODY, &level_words(level), width - 8.0);
        let columns: Vec<Vec<String>> = sides[0].iter().map(name).collect();
        let lines = columns.iter().map(Vec::len).max().unwrap_or(1);
        let below = BELOW + shades::LINE * (legend_lines as f64 - 1.0) + labels::LINE * (lines as f64 - 1.0);
        let area = Area::new(MARGIN + ROW_NAMES, top, RIGHT, BOTTOM - below);
        Self {
            width,
            height: (area.to.y - area.from.y) / sides[1].len() as f64,
            columns,
            sides,
            area,
        }
    }

    /// The square of a point, if it has one.
    fn square(&self, levels: &[Level]) -> Option<Area> {
        let place = |side: usize| self.sides[side].iter().position(|level| *level == levels[side]);
        let x = self.area.from.x + place(0)? as f64 * self.width;
        let y = self.area.to.y - (place(1)? + 1) as f64 * self.height;
        Some(Area::new(
            x + 2.0,
            y + 2.0,
            x + self.width - 2.0,
            y + self.height - 2.0,
        ))
    }

    /// Adds the names of columns and rows; returns where the line below may be \[points\].
    fn name_sides(&self, picture: &mut Picture) -> f64 {
        let Area { from, to } = self.area;
        for (index, lines) in self.columns.iter().enumerate() {
            let x = from.x + (index as f64 + 0.5) * self.width;
            labels::below(picture, lines, at(x, to.y + 30.0));
        }
        for (index, level) in self.sides[1].iter().enumerate() {
            let (name, room) = (level_words(level), ROW_NAMES - 20.0);
            let lines = if self.height > 2.2 * labels::LINE {
                wrapped(BODY, &name, room)
            } else {
                vec![BODY.fitted(&name, room)]
            };
            let y = to.y - (index as f64 + 0.5) * self.height;
            labels::beside(picture, &lines, at(from.x - 14.0, y));
        }
        let lines = self.columns.iter().map(Vec::len).max().unwrap_or(1);
        to.y + 68.0 + labels::LINE * (lines as f64 - 1.0)
    }
}

/// The mean, and half of its interval if it is wanted and known; a question mark where nothing is known.
fn figures(
    report: &SweepReport,
    is_gap: bool,
    spread: &Spread,
    has_interval: bool,
) -> (String, Option<String>) {
    let Some(mean) = spread.mean else {
        return ("?".to_owned(), None);
    };
    let scale = factor(report.outcome.row().unit);
    let words = if is_gap { signed } else { number };
    let half = spread
        .ci95
        .filter(|_| has_interval)
        .map(|(low, high)| format!("±{}", number(scale * (high - low) / 2.0)));
    (words(scale * mean), half)
}

/// Adds the figures of a square in its middle.
fn write(picture: &mut Picture, fill: Fill, square: &Area, (mean, half): (String, Option<String>)) {
    let (x, y) = (
        (square.from.x + square.to.x) / 2.0,
        (square.from.y + square.to.y) / 2.0,
    );
    let baseline = if half.is_some() {
        y - 4.0
    } else {
        y + STRONG.half_height()
    };
    let room = square.width() - 4.0;
    let mean = STRONG.fitted(&fill.figure(mean), room);
    picture.text(centred(&mean, at(x, baseline), STRONG.coloured(fill.ink())));
    let half = BODY.fitted(&half.unwrap_or_default(), room);
    picture.text(centred(&half, at(x, y + 21.0), BODY.coloured(fill.ink())));
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim_core::parameters::Value;

    #[test]
    fn every_square_of_nine_rows_has_its_interval() {
        let report = super::super::made_up(2, 2);
        let picture = heat_map(&report, Some(1)).expect("a grid");
        let halves = picture.texts().filter(|text| text.words.starts_with('±'));
        assert_eq!(
            (halves.count(), ordered(&report, 1).len()),
            (report.levels.len(), 9)
        );
    }

    #[test]
    fn numbers_rise_and_names_keep_their_order() {
        let mut report = super::super::made_up(2, 2);
        let number = |value: f64| Level::Value(Value::Number(value));
        let name = |name: &str| Level::Name(name.to_owned());
        report.levels = vec![
            vec![number(0.5), name("startup")],
            vec![number(0.05), name("bank")],
            vec![number(0.3), name("startup")],
        ];
        assert_eq!(ordered(&report, 0), [0.05, 0.3, 0.5].map(number));
        assert_eq!(ordered(&report, 1), ["startup", "bank"].map(name));
    }
}
