//! What happened to the work: how much of what was shipped helped, did nothing or harmed, and what was not shipped;
//! shares as bars with their words in them, never without how much they vary.

use experiments::result::{BasisResult, Comparison, Summary};
use sim_core::outcomes::Outcome;

use crate::figures::{fixed, quantity, range};

use super::lettering::Style;
use super::page::{
    BODY, BOTTOM, MARGIN, RIGHT, TITLE, WORDS, arm_name, centred, footer, left, right, started, summary,
};
use super::palette::{INK, Look, WHITE, tint};
use super::picture::{Area, Colour, Finish, Mark, Picture, at};

/// Shares of shipped items from left to right, and their words.
const SHARES: [(Outcome, &str); 3] = [
    (Outcome::HelpedShare, "helped"),
    (Outcome::FlatShare, "did nothing"),
    (Outcome::HarmedShare, "harmed"),
];
/// Counts of items that were not shipped or built twice, and their words.
const COUNTS: [(Outcome, &str); 2] = [
    (Outcome::ItemsKilled, "given up before going live"),
    (Outcome::Duplicates, "built twice"),
];
/// Thickest bar \[points\].
const THICKEST: f64 = 132.0;

/// Space between words under the bar \[points\].
const BETWEEN_WORDS: f64 = 26.0;

/// How large an arm is drawn.
#[derive(Debug, Clone, Copy)]
struct Size {
    /// Thickness of the bar \[points\].
    bar: f64,
    /// Style of the words around it.
    style: Style,
}

impl Size {
    /// Larger where fewer arms share the page; `height` is the room for each \[points\].
    fn of(arms: usize, height: f64) -> Self {
        let style = if arms > 2 { BODY } else { WORDS };
        Self {
            bar: (height - 62.0 - 4.2 * style.size).clamp(44.0, THICKEST),
            style,
        }
    }
}

/// The page for some arms, or nothing if none knows what its items did.
pub fn work(comparison: &Comparison, basis: &BasisResult, arms: &[usize]) -> Option<Picture> {
    let known: Vec<usize> = arms
        .iter()
        .copied()
        .filter(|arm| shares(basis, *arm).is_some())
        .collect();
    if known.is_empty() {
        return None;
    }
    let words = "Average shares by effect at launch; in brackets: 8 of 10 worlds.";
    let (mut picture, top) = started(&headline(basis, &known), &[words.to_owned()]);
    let block = (BOTTOM - top) / arms.len() as f64;
    let size = Size::of(arms.len(), block);
    for (index, arm) in arms.iter().enumerate() {
        arm_block(&mut picture, basis, *arm, top + index as f64 * block, size);
    }
    footer(&mut picture, comparison, basis);
    Some(picture)
}

/// The three shares, if all are known.
fn shares(basis: &BasisResult, arm: usize) -> Option<[&Summary; 3]> {
    let [helped, flat, harmed] = SHARES.map(|(outcome, _)| summary(basis, arm, outcome));
    Some([helped?, flat?, harmed?])
}

/// Of twenty shipped items, how many helped: the average share in twentieths.
fn headline(basis: &BasisResult, arms: &[usize]) -> String {
    let helped = arms.iter().filter_map(|arm| {
        let [helped, _, _] = shares(basis, *arm)?;
        Some(format!(
            "{} {}",
            basis.arms[*arm].name,
            (helped.mean * 20.0).round()
        ))
    });
    format!(
        "How many of 20 shipped items helped: {}.",
        helped.collect::<Vec<_>>().join(", ")
    )
}

fn arm_block(picture: &mut Picture, basis: &BasisResult, arm: usize, top: f64, size: Size) {
    let (look, style) = (Look::of(arm), size.style);
    let shipped = shipped_words(basis, arm);
    let room = RIGHT - MARGIN - style.width(&shipped) - 30.0;
    arm_name(picture, look, &basis.arms[arm].name, at(MARGIN, top + 34.0), room);
    picture.text(right(&shipped, at(RIGHT, top + 34.0), style));
    let bar = Area::new(MARGIN, top + 52.0, RIGHT, top + 52.0 + size.bar);
    match shares(basis, arm) {
        Some(shares) => bars(picture, look, shares, &bar, style),
        None => picture.text(left(
            "effect of items not known",
            at(MARGIN, bar.from.y + 40.0),
            style,
        )),
    }
    let counts = style.fitted(&count_words(basis, arm), RIGHT - MARGIN);
    picture.text(left(&counts, at(MARGIN, bar.to.y + 3.2 * style.size), style));
}

fn shipped_words(basis: &BasisResult, arm: usize) -> String {
    match summary(basis, arm, Outcome::ItemsShipped) {
        Some(shipped) => count_with_brackets("shipped", shipped),
        None => "number of shipped items not known".to_owned(),
    }
}

fn count_words(basis: &BasisResult, arm: usize) -> String {
    let words = COUNTS
        .iter()
        .filter_map(|(outcome, words)| Some(count_with_brackets(words, summary(basis, arm, *outcome)?)));
    words.collect::<Vec<_>>().join("   ·   ")
}

/// A number of items, and between which numbers 8 of 10 worlds are.
fn count_with_brackets(words: &str, count: &Summary) -> String {
    let brackets = range(count.quantiles[1], count.quantiles[5], "items");
    format!("{words}: {} ({brackets})", quantity(count.mean, "items"))
}

/// A share in whole percent.
fn percent(share: f64) -> String {
    fixed(100.0 * share, 0)
}

fn bars(picture: &mut Picture, look: Look, shares: [&Summary; 3], bar: &Area, style: Style) {
    let total: f64 = shares.iter().map(|share| share.mean).sum();
    let tinted = tint(look.colour(), 0.2);
    let paints = [(look.colour(), WHITE), (tinted, INK), (INK, WHITE)];
    let mut from = bar.from.x;
    let mut labels = Vec::new();
    for ((share, (_, word)), paint) in shares.iter().zip(SHARES).zip(paints) {
        let length = if total > 0.0 {
            share.mean / total * bar.width()
        } else {
            0.0
        };
        let area = Area::new(from, bar.from.y, from + length, bar.to.y);
        let name = format!("{word} {} %", percent(share.mean));
        let brackets = format!(
            "({} to {} %)",
            percent(share.quantiles[1]),
            percent(share.quantiles[5])
        );
        let is_named = named_piece(picture, area, paint, &name);
        labels.push((
            from,
            if is_named {
                brackets
            } else {
                format!("{name} {brackets}")
            },
        ));
        from += length;
    }
    labels_below(picture, &labels, bar.to.y + 1.35 * style.size, style);
}

/// Adds a piece of the bar with its words in it; says whether there was room for them.
fn named_piece(picture: &mut Picture, area: Area, (fill, ink): (Colour, Colour), words: &str) -> bool {
    picture.marks.push(Mark::Rectangle(area, fill, Finish::Filled));
    picture.rule(area.from, at(area.from.x, area.to.y), WHITE, 3.0);
    let has_room = TITLE.width(words) + 24.0 < area.width();
    if has_room {
        let x = (area.from.x + area.to.x) / 2.0;
        let y = (area.from.y + area.to.y) / 2.0 + TITLE.half_height();
        picture.text(centred(words, at(x, y), TITLE.coloured(ink)));
    }
    has_room
}

/// Adds words under the pieces of the bar, moved aside where there is no room for all.
fn labels_below(picture: &mut Picture, labels: &[(f64, String)], y: f64, style: Style) {
    let wanted: Vec<(f64, f64)> = labels
        .iter()
        .map(|(from, words)| (*from, style.width(words)))
        .collect();
    for ((_, words), x) in labels.iter().zip(side_by_side(&wanted)) {
        picture.text(left(words, at(x, y), style));
    }
}

/// Where words of some widths begin so that none covers another: as wanted, or else further left.
fn side_by_side(wanted: &[(f64, f64)]) -> Vec<f64> {
    let mut end = RIGHT;
    let places = wanted.iter().rev().map(|(from, width)| {
        let x = from.min(end - width);
        end = x - BETWEEN_WORDS;
        x
    });
    let mut places: Vec<f64> = places.collect();
    places.reverse();
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_narrow_pieces_stand_beside_each_other() {
        let places = side_by_side(&[(60.0, 150.0), (1510.0, 330.0), (1525.0, 330.0)]);
        assert_eq!(places[2], RIGHT - 330.0);
        assert_eq!(places[1], places[2] - BETWEEN_WORDS - 330.0);
        assert_eq!(places[0], 60.0);
    }

    #[test]
    fn words_of_wide_pieces_stand_where_the_pieces_begin() {
        assert_eq!(
            side_by_side(&[(60.0, 150.0), (700.0, 150.0), (1200.0, 150.0)]),
            [60.0, 700.0, 1200.0]
        );
    }
}
