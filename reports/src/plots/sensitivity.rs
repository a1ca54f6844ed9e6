//! Which assumptions matter: the tornado of a screening, and how much of the variation each part explains.

use experiments::sensitivity::indices::{FactorIndices, Ranking};
use experiments::sensitivity::{Factor, FactorKind, ScreenedParameter};
use experiments::statistics::Bootstrapped;
use sim_core::outcomes::Direction;

use crate::figures::{counted_noun, factor, gap, gap_words, number};
use crate::sensitivity::{SensitivityReport, interval_words, percent, plain_name};

use super::axis::{Axis, Ticks};
use super::page::{
    BODY, BOTTOM, FAINT, MARGIN, RIGHT, STRONG, footer_of, horizontal_axis, left, right, started,
};
use super::palette::{GREY, GRID, INK, Look, WHITE, tint};
use super::picture::{Area, Colour, Finish, Mark, Picture, Point, at};

/// Most rows of a page.
const MOST_ROWS: usize = 13;
/// Room for names \[points\].
const NAMES: f64 = 590.0;
/// Room for figures behind the bars \[points\].
const FIGURES: f64 = 150.0;
/// Room for an axis and its words \[points\].
const AXIS: f64 = 84.0;

/// Every page with its name.
pub fn pictures(report: &SensitivityReport) -> Vec<(&'static str, Picture)> {
    let mut pictures = vec![("tornado", tornado(report))];
    if !report.is_all_chance() {
        pictures.push((
            "what-matters",
            shares(report, &report.parameters(), FactorKind::Parameter),
        ));
        pictures.push((
            "what-matters-by-group",
            shares(report, &report.groups(), FactorKind::Group),
        ));
    }
    pictures
}

/// Mean effects as bars from nothing, largest size first, with their intervals.
fn tornado(report: &SensitivityReport) -> Picture {
    let unit = report.outcome.row().unit;
    let shown: Vec<&ScreenedParameter> = report.screening.parameters.iter().take(MOST_ROWS).collect();
    let headline = shown.first().map_or_else(
        || "No parameter is uncertain.".to_owned(),
        |first| {
            let change = gap(first.effect.mean.value, unit);
            format!(
                "Most depends on {}: {change} from low to high.",
                plain_name(&first.name)
            )
        },
    );
    let words = [
        format!(
            "Change of {} when one parameter rises through its range.",
            plain_subject(report)
        ),
        "Bar: mean over plausible companies; line: 95 % interval; size: in either direction, without chance."
            .to_owned(),
    ];
    let (mut picture, top) = started(&headline, &words);
    let scale = factor(unit);
    let ends = shown
        .iter()
        .flat_map(|parameter| [parameter.effect.mean.low, parameter.effect.mean.high]);
    let axis = Axis::around(ends.map(|end| scale * end), MARGIN + NAMES, RIGHT - FIGURES).reaching(0.0);
    picture.text(right("size", at(RIGHT, top), FAINT));
    let rows = Rows::new(top + 16.0, shown.len());
    let ticks = axis.ticks(6).signed();
    grid(&mut picture, &axis, &ticks, &rows);
    for (index, parameter) in shown.iter().enumerate() {
        let (y, effect) = (rows.middle(index), &parameter.effect);
        name(&mut picture, &parameter.name, y);
        let (from, to) = (axis.place(0.0), axis.place(scale * effect.mean.value));
        let bar = Area::new(
            from.min(to),
            y - 0.3 * rows.height,
            from.max(to),
            y + 0.3 * rows.height,
        );
        let colour = colour(report, effect.mean.value);
        picture.marks.push(Mark::Rectangle(bar, colour, Finish::Filled));
        whisker(&mut picture, &axis, scaled(effect.mean, scale), y);
        picture.text(right(
            &number(scale * effect.size.value),
            at(RIGHT, y + BODY.half_height()),
            BODY,
        ));
    }
    picture.rule(
        at(axis.place(0.0), rows.top),
        at(axis.place(0.0), rows.bottom()),
        INK,
        2.0,
    );
    horizontal_axis(
        &mut picture,
        &axis,
        &ticks,
        rows.bottom(),
        &axis_words(report, &ticks),
    );
    footer(
        &mut picture,
        report,
        counted_noun(report.screening.trajectories.into(), "trajectory", "trajectories"),
    );
    picture
}

/// The colour of whoever gains; of the first arm where nobody does.
fn colour(report: &SensitivityReport, change: f64) -> Colour {
    let second_gains = match report.outcome.row().direction {
        Direction::Higher => change > 0.0,
        Direction::Lower => change < 0.0,
        Direction::Neutral => false,
    };
    if report.arms.len() > 1 && second_gains {
        Look::Other.colour()
    } else {
        Look::First.colour()
    }
}

fn axis_words(report: &SensitivityReport, ticks: &Ticks) -> String {
    let unit = ticks.unit(gap_words(report.outcome.row().unit));
    match (report.arms.as_slice(), report.outcome.row().direction) {
        ([first, second], Direction::Higher) => {
            format!("\u{2212} helps {first}   ·   {unit}   ·   + helps {second}")
        }
        ([first, second], Direction::Lower) => {
            format!("\u{2212} helps {second}   ·   {unit}   ·   + helps {first}")
        }
        _ => unit,
    }
}

/// The subject of a screening, which looks at values always.
fn plain_subject(report: &SensitivityReport) -> String {
    SensitivityReport {
        ranking: Ranking::Values,
        ..report.clone()
    }
    .subject()
}

/// Chance as a strip of its own, then two bars for each factor.
fn shares(report: &SensitivityReport, factors: &[(&Factor, &FactorIndices)], kind: FactorKind) -> Picture {
    let words = [format!(
        "Why {} varies, by {}. Lines: 95 % intervals.",
        report.subject(),
        kind.word()
    )];

    let (mut picture, mut top) = started(&report.headline_by(kind), &words);
    if let Some(chance) = report.explained.indices.chance {
        strip(&mut picture, chance, top);
        top += 88.0;
    }
    legend(&mut picture, top);
    let rows = Rows::new(top + 20.0, factors.len().min(MOST_ROWS));
    let estimates = factors
        .iter()
        .flat_map(|(_, found)| [found.first, found.total])
        .flatten();
    let highest = estimates.map(|estimate| estimate.high).fold(0.1, f64::max);
    let axis = Axis {
        low: 0.0,
        high: 100.0 * highest.min(1.2),
        from: MARGIN + NAMES,
        to: RIGHT - FIGURES,
    };
    let ticks = axis.ticks(6);
    grid(&mut picture, &axis, &ticks, &rows);
    for (index, (factor, found)) in factors.iter().take(MOST_ROWS).enumerate() {
        let y = rows.middle(index);
        name(&mut picture, &display(factor), y);
        bar(
            &mut picture,
            &axis,
            found.first,
            y - 0.2 * rows.height,
            0.17 * rows.height,
            Look::Other.colour(),
        );
        bar(
            &mut picture,
            &axis,
            found.total,
            y + 0.2 * rows.height,
            0.17 * rows.height,
            Look::First.colour(),
        );
        let label = found.first.map_or_else(String::new, |first| percent(first.value));
        let place = at(RIGHT, y + BODY.half_height());
        picture.text(right(&label, place, STRONG.coloured(Look::Other.colour())));
    }
    picture.text(right("alone", at(RIGHT, top), FAINT));
    horizontal_axis(
        &mut picture,
        &axis,
        &ticks,
        rows.bottom(),
        "% of the variation that is not chance",
    );
    footer(
        &mut picture,
        report,
        counted_noun(report.explained.rows.into(), "sample", "samples"),
    );
    picture
}

fn display(factor: &Factor) -> String {
    match factor.kind {
        FactorKind::Rest => format!("{} parameters", factor.name),
        FactorKind::Parameter | FactorKind::Group => factor.name.clone(),
    }
}

/// All variation as one strip: chance, and what is not chance.
fn strip(picture: &mut Picture, chance: Bootstrapped, top: f64) {
    let middle = MARGIN + NAMES + chance.value * (RIGHT - MARGIN - NAMES);
    let y = top + 24.0;
    name(picture, "all variation", y);
    let whole = Area::new(MARGIN + NAMES, y - 22.0, RIGHT, y + 22.0);
    picture
        .marks
        .push(Mark::Rectangle(whole, tint(INK, 0.12), Finish::Filled));
    let part = Area::new(whole.from.x, whole.from.y, middle, whole.to.y);
    picture.marks.push(Mark::Rectangle(part, GREY, Finish::Filled));
    let words = format!("chance {}", interval_words(chance));
    let rest = format!("not chance {}", percent(1.0 - chance.value));
    let baseline = y + STRONG.half_height();
    let fits = |words: &str, width: f64| STRONG.width(words) + 24.0 < width;
    if fits(&words, part.width()) {
        picture.text(left(
            &words,
            at(part.from.x + 12.0, baseline),
            STRONG.coloured(WHITE),
        ));
        if fits(&rest, whole.to.x - middle) {
            picture.text(right(&rest, at(RIGHT - 12.0, baseline), STRONG));
        }
    } else {
        picture.text(left(&words, at(middle + 12.0, baseline), STRONG));
    }
    let place = |share: f64| at(whole.from.x + share * whole.width(), y + 29.0);
    picture.rule(place(chance.low), place(chance.high), INK, 3.0);
}

fn legend(picture: &mut Picture, top: f64) {
    let entries = [
        (Look::Other.colour(), "alone: goes if only this were known"),
        (
            Look::First.colour(),
            "with others: stays if only this were unknown",
        ),
    ];
    let mut x = MARGIN;
    for (colour, words) in entries {
        let square = Area::new(x, top - 16.0, x + 18.0, top + 2.0);
        picture
            .marks
            .push(Mark::Rectangle(square, colour, Finish::Filled));
        picture.text(left(words, at(x + 28.0, top), BODY));
        x += 28.0 + BODY.width(words) + 44.0;
    }
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
    for value in &ticks.values {
        let x = axis.place(*value);
        picture.rule(at(x, rows.top), at(x, rows.bottom()), GRID, 1.5);
    }
}

fn name(picture: &mut Picture, words: &str, y: f64) {
    let words = BODY.fitted(words, NAMES - 20.0);
    picture.text(left(&words, at(MARGIN, y + BODY.half_height()), BODY));
}

fn bar(
    picture: &mut Picture,
    axis: &Axis,
    estimate: Option<Bootstrapped>,
    y: f64,
    half: f64,
    colour: Colour,
) {
    let Some(estimate) = estimate else { return };
    let percent = scaled(estimate, 100.0);
    let to = axis.place(percent.value.clamp(axis.low, axis.high));
    let area = Area::new(axis.from, y - half, to.max(axis.from), y + half);
    picture.marks.push(Mark::Rectangle(area, colour, Finish::Filled));
    whisker(picture, axis, percent, y);
}

/// A line over the interval, kept on its axis.
fn whisker(picture: &mut Picture, axis: &Axis, estimate: Bootstrapped, y: f64) {
    let place = |value: f64| -> Point { at(axis.place(value.clamp(axis.low, axis.high)), y) };
    picture.rule(place(estimate.low), place(estimate.high), INK, 3.0);
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
