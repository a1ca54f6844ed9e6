//! From one scenario to another, group by group: a waterfall of Shapley values, each with its interval.

use experiments::attribution::{Attribution, Part};
use experiments::statistics::towards_better;

use crate::attribution::headline;
use crate::estimates::{difference_figures, percent};
use crate::figures::{count, counted_noun, factor, quantity};
use crate::sentences::{label, plain};

use super::axis::Axis;
use super::page::{
    BODY, BOTTOM, MARGIN, RIGHT, STRONG, TITLE, axis_unit, footer_of, grid_lines, horizontal_axis,
    last_words, left, right, started,
};
use super::palette::{INK, Look};
use super::picture::{Area, Finish, Mark, Picture, at};
use super::shortened;

/// Room for names left of the bars \[points\].
const NAMES: f64 = 340.0;
/// Room for figures right of the bars \[points\].
const FIGURES: f64 = 440.0;
/// Room for shares in it \[points\].
const SHARES: f64 = 130.0;
/// Room for the axis below the bars \[points\].
const AXIS_ROOM: f64 = 78.0;

/// One group, and where it leads from and to.
struct Row<'a> {
    part: &'a Part,
    from: f64,
    to: f64,
}

/// The page.
pub fn waterfall(found: &Attribution) -> Picture {
    let words = format!(
        "Each bar is what a group of changes adds to {}, on average over all orders in which they may come. Line: 95 % \
         interval. In outline: {} does better there.",
        label(found.outcome),
        shortened(&found.from)
    );
    let (mut picture, top) = started(&headline(found), &[words]);
    let factor = factor(found.outcome.row().unit);
    let rows = rows(found, factor);
    let axis = axis(found, &rows, factor);
    let height = ((BOTTOM - AXIS_ROOM - top) / (rows.len() + 2) as f64).min(84.0);
    let bottom = top + height * (rows.len() + 2) as f64;
    let ticks = axis.ticks(6);
    grid_lines(&mut picture, &axis, &ticks, (top, bottom));
    let middle = |row: usize| top + (row as f64 + 0.5) * height;
    end(&mut picture, found, Look::First, &axis, middle(0));
    for (place, row) in rows.iter().enumerate() {
        // From the end of the row before down to this one.
        let x = axis.place(row.from);
        picture.rule(at(x, middle(place)), at(x, middle(place + 1)), INK, 1.5);
        bar(&mut picture, found, row, &axis, middle(place + 1), height);
    }
    let x = axis.place(found.after.mean * factor);
    picture.rule(at(x, middle(rows.len())), at(x, middle(rows.len() + 1)), INK, 1.5);
    end(&mut picture, found, Look::Other, &axis, middle(rows.len() + 1));
    let unit = ticks.unit(axis_unit(found.outcome));
    horizontal_axis(
        &mut picture,
        &axis,
        &ticks,
        bottom,
        &format!("{}, {unit}", label(found.outcome)),
    );
    foot(&mut picture, found);
    picture
}

fn rows(found: &Attribution, factor: f64) -> Vec<Row<'_>> {
    let mut so_far = found.before.mean * factor;
    let mut rows = Vec::new();
    for part in &found.parts {
        let from = so_far;
        so_far += part.value.mean * factor;
        rows.push(Row {
            part,
            from,
            to: so_far,
        });
    }
    rows
}

fn axis(found: &Attribution, rows: &[Row], factor: f64) -> Axis {
    let whiskers = rows.iter().flat_map(|row| {
        let (low, high) = row
            .part
            .value
            .ci95
            .unwrap_or((row.part.value.mean, row.part.value.mean));
        [
            row.from + low * factor,
            row.from + high * factor,
            row.from,
            row.to,
        ]
    });
    let ends = [found.before.mean * factor, found.after.mean * factor];
    Axis::around(whiskers.chain(ends), MARGIN + NAMES, RIGHT - FIGURES)
}

/// Adds the row of one of the two scenarios.
fn end(picture: &mut Picture, found: &Attribution, look: Look, axis: &Axis, y: f64) {
    let (name, estimate) = match look {
        Look::First => (&found.from, &found.before),
        Look::Other => (&found.to, &found.after),
    };
    let (unit, baseline) = (found.outcome.row().unit, y + TITLE.half_height());
    let name = TITLE.fitted(name, NAMES - 20.0);
    picture.text(left(&name, at(MARGIN, baseline), TITLE.coloured(look.colour())));
    look.mark(
        picture,
        at(axis.place(estimate.mean * factor(unit)), y),
        22.0,
        Finish::Filled,
    );
    let figure = quantity(estimate.mean, unit);
    picture.text(right(
        &figure,
        at(RIGHT, y + BODY.half_height()),
        STRONG.coloured(look.colour()),
    ));
}

/// Adds a group: filled where it moves towards what is better, in outline where it moves away.
fn bar(picture: &mut Picture, found: &Attribution, row: &Row, axis: &Axis, y: f64, height: f64) {
    let half = 0.34 * height;
    let is_gain = towards_better(found.outcome) * row.part.value.mean >= 0.0;
    let (colour, finish) = if is_gain {
        (Look::Other.colour(), Finish::Filled)
    } else {
        (Look::First.colour(), Finish::Outlined(4.0))
    };
    let (from, to) = (axis.place(row.from), axis.place(row.to));
    // However small, it is there.
    let (start, stop) = (from.min(to), from.max(to).max(from.min(to) + 3.0));
    picture.marks.push(Mark::Rectangle(
        Area::new(start, y - half, stop, y + half),
        colour,
        finish,
    ));
    if let Some((low, high)) = row.part.value.ci95 {
        let factor = factor(found.outcome.row().unit);
        let [low, high] = [low, high].map(|end| axis.place(row.from + end * factor));
        picture.rule(at(low, y), at(high, y), INK, 3.0);
        for x in [low, high] {
            picture.rule(at(x, y - 7.0), at(x, y + 7.0), INK, 3.0);
        }
    }
    let baseline = y + BODY.half_height();
    picture.text(left(
        &BODY.fitted(&plain(row.part.group), NAMES - 20.0),
        at(MARGIN, baseline),
        BODY,
    ));
    let figures = difference_figures(Some(&row.part.value), found.outcome);
    picture.text(right(&figures, at(RIGHT - SHARES, baseline), BODY));
    picture.text(right(&share(row.part), at(RIGHT, baseline), BODY));
}

/// The share of the gap, where it may be told.
fn share(part: &Part) -> String {
    match &part.share {
        Some(share) if part.value.has_a_sign() => percent(share.mean),
        _ => "not settled".to_owned(),
    }
}

fn foot(picture: &mut Picture, found: &Attribution) {
    let mut words = vec![counted_noun(found.gap.count, "world", "worlds")];
    if found.worlds_failed > 0 {
        words.push(format!("{} failed, left out", count(found.worlds_failed)));
    }
    words.push("Shapley values, same worlds for all".to_owned());
    words.extend(last_words(found.span, found.seed));
    footer_of(picture, &words);
}
