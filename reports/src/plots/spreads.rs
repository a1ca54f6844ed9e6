//! A row for each of many scenarios: what 8 of 10 worlds lie within, and the middle one.

use sim_core::simulation::Span;

use crate::figures::{counted_noun, number};

use super::axis::Axis;
use super::page::{
    BODY, BOTTOM, MARGIN, RIGHT, footer_of, grid_lines, horizontal_axis, last_words, left, right, started,
};
use super::palette::{GREY, Look};
use super::picture::{Finish, Picture, at};

/// What 8 of 10 worlds of a scenario lie within, and the middle one, in the unit of the picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// What the row is called.
    pub name: String,
    /// The value that one world in ten is below.
    pub low: f64,
    /// The middle world.
    pub middle: f64,
    /// The value that one world in ten is above.
    pub high: f64,
    /// Whether it is the one that the others are compared with.
    pub is_baseline: bool,
}

/// Scenarios beside one another in worlds of one seed.
#[derive(Debug, Clone, PartialEq)]
pub struct Spreads {
    /// The sentence that matters most.
    pub headline: String,
    /// What is shown, with its unit: the words of the axis.
    pub axis: String,
    /// The value to compare with: even, or no difference.
    pub mark: f64,
    /// The rows, in their order.
    pub rows: Vec<Spread>,
    /// Worlds of each row.
    pub worlds: u64,
    /// Weeks that were simulated.
    pub span: Span,
    /// Seed of the worlds.
    pub seed: u64,
}

/// Room for names left of the rows \[points\].
const NAMES: f64 = 430.0;
/// Room for figures right of them \[points\].
const FIGURES: f64 = 330.0;
/// Room for the axis below them \[points\].
const AXIS_ROOM: f64 = 78.0;

/// The page.
pub fn spreads(found: &Spreads) -> Picture {
    let words = "Dot: the middle world. Line: 8 of 10 worlds.".to_owned();
    let (mut picture, top) = started(&found.headline, &[words]);
    let ends = found.rows.iter().flat_map(|row| [row.low, row.high]);
    let axis = Axis::around(ends.chain([found.mark]), MARGIN + NAMES, RIGHT - FIGURES);
    let height = ((BOTTOM - AXIS_ROOM - top) / found.rows.len() as f64).min(64.0);
    let bottom = top + height * found.rows.len() as f64;
    let ticks = axis.ticks(6);
    grid_lines(&mut picture, &axis, &ticks, (top, bottom));
    picture.rule(
        at(axis.place(found.mark), top),
        at(axis.place(found.mark), bottom),
        GREY,
        3.0,
    );
    for (place, spread) in found.rows.iter().enumerate() {
        row(&mut picture, spread, &axis, top + (place as f64 + 0.5) * height);
    }
    horizontal_axis(&mut picture, &axis, &ticks, bottom, &found.axis);
    let mut words = vec![counted_noun(found.worlds, "world", "worlds") + " each, the same luck for all"];
    words.extend(last_words(found.span, found.seed));
    footer_of(&mut picture, &words);
    picture
}

fn row(picture: &mut Picture, spread: &Spread, axis: &Axis, y: f64) {
    let look = if spread.is_baseline {
        Look::First
    } else {
        Look::Other
    };
    let baseline = y + BODY.half_height();
    let name = BODY.fitted(&spread.name, NAMES - 24.0);
    picture.text(left(&name, at(MARGIN, baseline), BODY.coloured(look.colour())));
    picture.rule(
        at(axis.place(spread.low), y),
        at(axis.place(spread.high), y),
        look.colour(),
        4.0,
    );
    look.mark(picture, at(axis.place(spread.middle), y), 18.0, Finish::Filled);
    let figures = format!(
        "{} ({} to {})",
        number(spread.middle),
        number(spread.low),
        number(spread.high)
    );
    picture.text(right(&figures, at(RIGHT, baseline), BODY));
}
