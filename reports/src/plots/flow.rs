//! How work flows: six measures, each on its own axis with its unit, each arm with its typical world and its bands.

use experiments::result::{BasisResult, Comparison, Summary};
use sim_core::outcomes::{Direction, Outcome};

use crate::figures::{factor, number, quantity};
use crate::sentences::label;

use super::axis::Axis;
use super::page::{
    BOTTOM, FAINT, MARGIN, NOTE, RIGHT, TITLE, arm_name, axis_unit, centred, footer, left, started, summary,
};
use super::palette::{GREY, INK, Look, tint};
use super::picture::{Area, Finish, Mark, Picture, Point, at};

/// The measures, in reading order.
const MEASURES: [Outcome; 6] = [
    Outcome::LeadTimeWeeks,
    Outcome::Predictability,
    Outcome::WorkInProgress,
    Outcome::FlowEfficiency,
    Outcome::DeploysPerQuarter,
    Outcome::ReleaseFailures,
];
/// Space between panels \[points\].
const BETWEEN: f64 = 56.0;
/// Room for the title of a panel \[points\].
const TITLE_ROOM: f64 = 66.0;
/// Room for the axis of a panel \[points\].
const AXIS_ROOM: f64 = 52.0;

/// Room for the figure right of the bars \[points\].
const FIGURE: f64 = 96.0;
/// The same where the name of the arm stands before it, because a colour stands for more than one \[points\].
const NAMED_FIGURE: f64 = 212.0;

/// The page for some arms, or nothing if none of the measures is known.
pub fn flow(comparison: &Comparison, basis: &BasisResult, arms: &[usize]) -> Option<Picture> {
    let measures: Vec<Outcome> = MEASURES
        .into_iter()
        .filter(|outcome| arms.iter().any(|arm| summary(basis, *arm, *outcome).is_some()))
        .collect();
    if measures.is_empty() {
        return None;
    }
    let words = "Mark and figure: the typical world. Box: 5 of 10 worlds. Line: 8 of 10 worlds.";
    let (mut picture, top) = started(&headline(basis, arms, &measures), &[words.to_owned()]);
    let mut x = MARGIN;
    for arm in arms {
        x = arm_name(
            &mut picture,
            Look::of(*arm),
            &basis.arms[*arm].name,
            at(x, top + 24.0),
            460.0,
        ) + 44.0;
    }
    for (index, outcome) in measures.iter().enumerate() {
        panel(
            &mut picture,
            basis,
            arms,
            *outcome,
            cell(index, measures.len(), top + 52.0),
        );
    }
    footer(&mut picture, comparison, basis);
    Some(picture)
}

/// The first measure in words: what it is for each arm.
fn headline(basis: &BasisResult, arms: &[usize], measures: &[Outcome]) -> String {
    let outcome = measures[0];
    let values = arms.iter().filter_map(|arm| {
        let median = summary(basis, *arm, outcome)?.quantiles[3];
        Some(format!(
            "{} {}",
            basis.arms[*arm].name,
            quantity(median, outcome.row().unit)
        ))
    });
    format!(
        "Typical {}: {}.",
        label(outcome),
        values.collect::<Vec<_>>().join(", ")
    )
}

fn typical(outcome: Outcome, summary: &Summary) -> String {
    number(summary.quantiles[3] * factor(outcome.row().unit))
}

/// The place of a panel: three to a row, or fewer if there are fewer.
fn cell(index: usize, count: usize, top: f64) -> Area {
    let columns = count.min(3);
    let rows = count.div_ceil(columns);
    let width = (RIGHT - MARGIN - (columns - 1) as f64 * BETWEEN) / columns as f64;
    let height = ((BOTTOM - top) / rows as f64).min(420.0);
    let corner = at(
        MARGIN + (index % columns) as f64 * (width + BETWEEN),
        top + (index / columns) as f64 * height,
    );
    Area::new(corner.x, corner.y, corner.x + width, corner.y + height - 14.0)
}

fn panel(picture: &mut Picture, basis: &BasisResult, arms: &[usize], outcome: Outcome, area: Area) {
    titles(picture, outcome, &area);
    let found: Vec<(usize, Option<&Summary>)> = arms
        .iter()
        .map(|arm| (*arm, summary(basis, *arm, outcome)))
        .collect();
    let factor = factor(outcome.row().unit);
    let shown = found
        .iter()
        .filter_map(|(_, summary)| *summary)
        .flat_map(|summary| &summary.quantiles[1..6]);
    let figure = if names_its_rows(arms) {
        NAMED_FIGURE
    } else {
        FIGURE
    };
    // From zero, so that a difference without weight does not look like one.
    let axis = Axis::around(
        shown.map(|value| value * factor).chain([0.0]),
        area.from.x + 14.0,
        area.to.x - figure,
    )
    .starting(0.0);
    let base = area.to.y - AXIS_ROOM;
    let row = (base - area.from.y - TITLE_ROOM) / arms.len() as f64;
    for (index, (arm, summary)) in found.iter().enumerate() {
        let y = area.from.y + TITLE_ROOM + (index as f64 + 0.5) * row;
        match summary {
            Some(summary) => bands(picture, Look::of(*arm), outcome, summary, &axis, at(area.to.x, y)),
            None => picture.text(left("not known", at(axis.from, y + 8.0), FAINT)),
        }
        if names_its_rows(arms) {
            let name = NOTE.fitted(&basis.arms[*arm].name, NAMED_FIGURE - FIGURE);
            let baseline = y + NOTE.half_height();
            picture.text(left(&name, at(area.to.x - NAMED_FIGURE + 16.0, baseline), NOTE));
        }
    }
    ticks(picture, &axis, base);
}

/// There are two looks: with more arms a row says whose it is.
fn names_its_rows(arms: &[usize]) -> bool {
    arms.len() > 2
}

fn titles(picture: &mut Picture, outcome: Outcome, area: &Area) {
    let unit = match (axis_unit(outcome), outcome.row().direction) {
        (unit, Direction::Higher) => format!("{unit}, more is better"),
        (unit, Direction::Lower) => format!("{unit}, less is better"),
        (unit, Direction::Neutral) => unit.to_owned(),
    };
    let mut letters = label(outcome);
    if let Some(first) = letters.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    picture.text(left(&letters, at(area.from.x, area.from.y + 30.0), TITLE));
    let unit = NOTE.fitted(&unit, area.width());
    picture.text(left(&unit, at(area.from.x, area.from.y + 58.0), NOTE));
}

/// One arm's bars, its typical mark and its figure at the right end of the panel.
fn bands(picture: &mut Picture, look: Look, outcome: Outcome, summary: &Summary, axis: &Axis, end: Point) {
    let place = |level: usize| axis.place(summary.quantiles[level] * factor(outcome.row().unit));
    let y = end.y;
    picture.rule(at(place(1), y), at(place(5), y), look.colour(), 5.0);
    for level in [1, 5] {
        picture.rule(
            at(place(level), y - 11.0),
            at(place(level), y + 11.0),
            look.colour(),
            4.0,
        );
    }
    let half_of_worlds = Area::new(place(2) - 1.5, y - 20.0, place(4) + 1.5, y + 20.0);
    picture.marks.push(Mark::Rectangle(
        half_of_worlds,
        tint(look.colour(), 0.4),
        Finish::Filled,
    ));
    look.mark(picture, at(place(3), y), 20.0, Finish::Filled);
    let words = typical(outcome, summary);
    let x = end.x - TITLE.width(&words);
    picture.text(left(
        &words,
        at(x, y + TITLE.half_height()),
        TITLE.coloured(look.colour()),
    ));
}

fn ticks(picture: &mut Picture, axis: &Axis, base: f64) {
    let ticks = axis.ticks(4);
    picture.rule(at(axis.from, base), at(axis.to, base), GREY, 2.0);
    for (value, name) in ticks.values.iter().zip(&ticks.names) {
        let x = axis.place(*value);
        picture.rule(at(x, base), at(x, base + 8.0), GREY, 2.0);
        picture.text(centred(name, at(x, base + 32.0), NOTE.coloured(INK)));
    }
}
