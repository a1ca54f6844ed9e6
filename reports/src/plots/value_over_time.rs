//! How it unfolds: bands of worlds and a few of them week by week, what adds up above and what comes in each week
//! below; no mean, since no world is like it.

use experiments::result::{ArmResult, BasisResult, Comparison};
use sim_core::outcomes::{Outcome, Series};

use crate::figures::{count, counted_noun, number};

use super::axis::{Axis, Ticks};
use super::page::{
    BODY, BOTTOM, FAINT, MARGIN, NOTE, RIGHT, STRONG, arm_name, centred, footer, left, right, started,
    summary,
};
use super::palette::{GREY, GRID, Look, QUIET, tint};
use super::picture::{Area, Colour, Line, Mark, Picture, Point, at};

/// Room for the figures left of the first panel \[points\].
const FIGURES: f64 = 96.0;
/// Room for the names of the bands right of each panel \[points\].
const BAND_NAMES: f64 = 92.0;
/// Space between panels \[points\].
const BETWEEN: f64 = 34.0;
/// Distances between named weeks.
const WEEK_STEPS: [u32; 11] = [1, 2, 4, 13, 26, 52, 104, 260, 520, 1040, 2600];

/// A panel: one arm's series on its axes.
struct Panel<'a> {
    arm: &'a ArmResult,
    look: Look,
    series: Series,
    area: Area,
    weeks: Axis,
    values: Axis,
}

/// The page for some arms, or nothing if they have no weekly series.
pub fn value_over_time(comparison: &Comparison, basis: &BasisResult, arms: &[usize]) -> Option<Picture> {
    if arms.iter().any(|arm| basis.arms[*arm].weekly.is_empty()) {
        return None;
    }
    let worlds = arms
        .iter()
        .map(|arm| basis.arms[*arm].sample_worlds.len())
        .max()
        .unwrap_or(0);
    let same = if arms.len() > 1 {
        "the same for all"
    } else {
        "for example"
    };
    let words = format!("Bands: where 5 and where 8 of 10 worlds are. Thin lines: {worlds} worlds, {same}.");
    let (mut picture, top) = started(&headline(basis, arms), &[words]);
    let names = top + 26.0;
    let middle = names + 60.0 + 0.58 * (BOTTOM - 70.0 - names - 110.0);
    row(
        &mut picture,
        basis,
        arms,
        Series::ShippedValue,
        [names + 60.0, middle],
        "Value so far (adds up)",
    );
    row(
        &mut picture,
        basis,
        arms,
        Series::ValueRate,
        [middle + 60.0, BOTTOM - 70.0],
        "Value per week",
    );
    for (column, arm) in arms.iter().enumerate() {
        let (from, to) = columns(column, arms.len());
        arm_name(
            &mut picture,
            Look::of(*arm),
            &basis.arms[*arm].name,
            at(from, names),
            to - from + BAND_NAMES,
        );
        week_axis(&mut picture, &week_scale(basis, from, to));
        if let Some(week) = comparison.fork_week.filter(|week| *week > 0) {
            let x = week_scale(basis, from, to).place(f64::from(week));
            fork_mark(&mut picture, at(x, names + 60.0), middle);
            fork_mark(&mut picture, at(x, middle + 60.0), BOTTOM - 70.0);
        }
    }
    footer(&mut picture, comparison, basis);
    Some(picture)
}

/// Where the panels of a column begin and end \[points\].
pub(super) fn columns(column: usize, count: usize) -> (f64, f64) {
    let width = (RIGHT - MARGIN - FIGURES) / count as f64;
    let from = MARGIN + FIGURES + column as f64 * width;
    let gap = if column + 1 < count { BETWEEN } else { 0.0 };
    (from, from + width - BAND_NAMES - gap)
}

fn headline(basis: &BasisResult, arms: &[usize]) -> String {
    let weeks = arms.first().map_or(0, |arm| basis.arms[*arm].weekly.len());
    let ends = arms.iter().filter_map(|arm| {
        let end = summary(basis, *arm, Outcome::ShippedValue)?.quantiles[3];
        Some(format!("{} {}", basis.arms[*arm].name, number(end)))
    });
    let ends = ends.collect::<Vec<_>>().join(", ");
    let unit = Outcome::ShippedValue.row().unit;
    format!(
        "Typical value after {}: {ends} {unit}.",
        counted_noun(weeks as u64, "week", "weeks")
    )
}

pub(super) fn week_scale(basis: &BasisResult, from: f64, to: f64) -> Axis {
    let weeks = basis.arms.iter().map(|arm| arm.weekly.len()).max().unwrap_or(1);
    Axis {
        low: 0.0,
        high: weeks.max(2) as f64,
        from,
        to,
    }
}

/// One series of all arms on one axis of values.
fn row(
    picture: &mut Picture,
    basis: &BasisResult,
    arms: &[usize],
    series: Series,
    span: [f64; 2],
    title: &str,
) {
    let [top, bottom] = span;
    let shown = arms.iter().flat_map(|arm| extremes(&basis.arms[*arm], series));
    let values = Axis::around(shown, bottom, top).reaching(0.0);
    let ticks = values.ticks(if bottom - top > 220.0 { 5 } else { 3 });
    let heading = format!("{title}, {}", ticks.unit(series.unit()));
    picture.text(left(&heading, at(MARGIN, top - 16.0), STRONG));
    tick_names(picture, &values, &ticks);
    for (column, arm) in arms.iter().enumerate() {
        let (from, to) = columns(column, arms.len());
        let panel = Panel {
            arm: &basis.arms[*arm],
            look: Look::of(*arm),
            series,
            area: Area::new(from, top, to, bottom),
            weeks: week_scale(basis, from, to),
            values,
        };
        panel.draw(picture, &ticks);
    }
}

/// Largest and smallest figures that are drawn.
fn extremes(arm: &ArmResult, series: Series) -> Vec<f64> {
    let bands = arm.weekly.iter().map(|bands| bands[series as usize].quantiles);
    let bands = bands.flat_map(|quantiles| [quantiles[1], quantiles[5]]);
    bands
        .chain(
            arm.sample_worlds
                .iter()
                .flatten()
                .map(|record| record[series as usize]),
        )
        .collect()
}

pub(super) fn tick_names(picture: &mut Picture, values: &Axis, ticks: &Ticks) {
    for (value, name) in ticks.values.iter().zip(&ticks.names) {
        let place = at(MARGIN + FIGURES - 12.0, values.place(*value) + 8.0);
        picture.text(right(name, place, BODY));
    }
}

impl Panel<'_> {
    fn draw(&self, picture: &mut Picture, ticks: &Ticks) {
        for value in &ticks.values {
            let y = self.values.place(*value);
            picture.rule(at(self.area.from.x, y), at(self.area.to.x, y), GRID, 1.5);
        }
        self.band(picture, [1, 5], 0.22);
        self.band(picture, [2, 4], 0.45);
        for world in &self.arm.sample_worlds {
            let values = world.iter().map(|record| record[self.series as usize]);
            self.line(picture, self.points(values), self.look.colour());
        }
        let zero = self.values.place(0.0);
        picture.rule(at(self.area.from.x, zero), at(self.area.to.x, zero), GREY, 2.0);
        self.band_names(picture);
    }

    /// A value belongs to the end of its week; before the first week nothing has happened.
    fn points(&self, values: impl Iterator<Item = f64>) -> Vec<Point> {
        values
            .enumerate()
            .filter(|(_, value)| value.is_finite())
            .map(|(week, value)| at(self.weeks.place((week + 1) as f64), self.values.place(value)))
            .collect()
    }

    fn band(&self, picture: &mut Picture, [low, high]: [usize; 2], share: f64) {
        let quantile = |level: usize| {
            self.points(
                self.arm
                    .weekly
                    .iter()
                    .map(|bands| bands[self.series as usize].quantiles[level]),
            )
        };
        let mut outline = quantile(high);
        outline.extend(quantile(low).into_iter().rev());
        picture
            .marks
            .push(Mark::Shape(outline, tint(self.look.colour(), share)));
    }

    fn line(&self, picture: &mut Picture, points: Vec<Point>, colour: Colour) {
        if points.len() > 1 {
            picture.marks.push(Mark::Line(Line {
                points,
                colour,
                thickness: 1.5,
                dash: self.look.dash(),
            }));
        }
    }

    /// Names the bands where they end, apart from each other.
    fn band_names(&self, picture: &mut Picture) {
        let Some(last) = self.arm.weekly.last() else {
            return;
        };
        let quantiles = last[self.series as usize].quantiles;
        let x = self.area.to.x + 8.0;
        let inner = self.values.place(quantiles[3]);
        let outer = self
            .values
            .place((quantiles[4] + quantiles[5]) / 2.0)
            .min(inner - 1.25 * NOTE.size);
        picture.text(left("8 of 10", at(x, outer + 8.0), NOTE));
        picture.text(left("5 of 10", at(x, inner + 8.0), STRONG.coloured(QUIET)));
    }
}

/// Where arms part: what is left of it is the same in all of them.
fn fork_mark(picture: &mut Picture, top: Point, bottom: f64) {
    picture.rule(top, at(top.x, bottom), GREY, 2.0);
    picture.text(left("arms part", at(top.x + 8.0, top.y + 34.0), NOTE));
}

pub(super) fn week_axis(picture: &mut Picture, weeks: &Axis) {
    let y = BOTTOM - 70.0;
    let room = (weeks.to - weeks.from) / 70.0;
    let step = WEEK_STEPS
        .iter()
        .find(|step| weeks.high / f64::from(**step) <= room)
        .unwrap_or(&5200);
    for week in (0..=weeks.high as u32).step_by(*step as usize) {
        let x = weeks.place(f64::from(week));
        picture.rule(at(x, y), at(x, y + 8.0), GREY, 2.0);
        picture.text(centred(&count(week.into()), at(x, y + 34.0), BODY));
    }
    let middle = (weeks.from + weeks.to) / 2.0;
    picture.text(centred("week", at(middle, y + 64.0), FAINT));
}
