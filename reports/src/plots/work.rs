//! What happened to the work: how much of what was shipped helped, did nothing or harmed, and what was not shipped;
//! shares as bars with their words in them, never without how much they vary.

use experiments::result::{BasisResult, Comparison, Summary};
use sim_core::outcomes::Outcome;

use crate::figures::{fixed, quantity, range};

use super::page::{
    BODY, BOTTOM, MARGIN, RIGHT, TITLE, arm_name, centred, footer, left, right, started, summary,
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
/// Thickest bar [points].
const THICKEST: f64 = 128.0;

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
    for (index, arm) in arms.iter().enumerate() {
        arm_block(
            &mut picture,
            basis,
            *arm,
            top + index as f64 * block,
            block.min(346.0),
        );
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

fn arm_block(picture: &mut Picture, basis: &BasisResult, arm: usize, top: f64, height: f64) {
    let look = Look::of(arm);
    let shipped = shipped_words(basis, arm);
    let room = RIGHT - MARGIN - BODY.width(&shipped) - 30.0;
    arm_name(picture, look, &basis.arms[arm].name, at(MARGIN, top + 34.0), room);
    picture.text(right(&shipped, at(RIGHT, top + 34.0), BODY));
    let bar = (height - 158.0).clamp(44.0, THICKEST);
    let bar_top = top + 52.0;
    match shares(basis, arm) {
        Some(shares) => bars(picture, look, shares, bar_top, bar),
        None => picture.text(left(
            "effect of items not known",
            at(MARGIN, bar_top + 40.0),
            BODY,
        )),
    }
    picture.text(left(
        &count_words(basis, arm),
        at(MARGIN, bar_top + bar + 76.0),
        BODY,
    ));
}

fn shipped_words(basis: &BasisResult, arm: usize) -> String {
    match summary(basis, arm, Outcome::ItemsShipped) {
        Some(shipped) => format!(
            "shipped: {} ({})",
            quantity(shipped.mean, "items"),
            brackets(shipped)
        ),
        None => "number of shipped items not known".to_owned(),
    }
}

fn count_words(basis: &BasisResult, arm: usize) -> String {
    let words = COUNTS.iter().filter_map(|(outcome, words)| {
        let count = summary(basis, arm, *outcome)?;
        Some(format!(
            "{words}: {} ({})",
            quantity(count.mean, "items"),
            brackets(count)
        ))
    });
    words.collect::<Vec<_>>().join("   ·   ")
}

/// Between which numbers of items 8 of 10 worlds are.
fn brackets(summary: &Summary) -> String {
    range(summary.quantiles[1], summary.quantiles[5], "items")
}

/// A share in whole percent.
fn percent(share: f64) -> String {
    fixed(100.0 * share, 0)
}

fn bars(picture: &mut Picture, look: Look, shares: [&Summary; 3], top: f64, thickness: f64) {
    let total: f64 = shares.iter().map(|share| share.mean).sum();
    let paints = [
        (look.colour(), WHITE),
        (tint(look.colour(), 0.2), INK),
        (INK, WHITE),
    ];
    let mut from = MARGIN;
    let mut free_from = MARGIN;
    for ((share, (_, word)), paint) in shares.iter().zip(SHARES).zip(paints) {
        let length = if total > 0.0 {
            share.mean / total * (RIGHT - MARGIN)
        } else {
            0.0
        };
        let area = Area::new(from, top, from + length, top + thickness);
        let name = format!("{word} {} %", percent(share.mean));
        let mut below = format!(
            "({} to {} %)",
            percent(share.quantiles[1]),
            percent(share.quantiles[5])
        );
        if !named_piece(picture, area, paint, &name) {
            below = format!("{name} {below}");
        }
        free_from = words_below(picture, &below, from, free_from, top + thickness + 32.0);
        from += length;
    }
}

/// Adds a piece of the bar with its words in it; says whether there was room for them.
fn named_piece(picture: &mut Picture, area: Area, (fill, ink): (Colour, Colour), words: &str) -> bool {
    picture.marks.push(Mark::Rectangle(area, fill, Finish::Filled));
    picture.rule(area.from, at(area.from.x, area.to.y), WHITE, 3.0);
    let has_room = TITLE.width(words) + 24.0 < area.width();
    if has_room {
        let middle = at(
            (area.from.x + area.to.x) / 2.0,
            (area.from.y + area.to.y) / 2.0 + TITLE.half_height(),
        );
        picture.text(centred(words, middle, TITLE.coloured(ink)));
    }
    has_room
}

/// Words under a piece of the bar, moved to the right or left if there is no room; returns where the next may begin.
fn words_below(picture: &mut Picture, words: &str, from: f64, free_from: f64, y: f64) -> f64 {
    let words = BODY.fitted(words, RIGHT - MARGIN);
    let width = BODY.width(&words);
    let x = from.min(RIGHT - width).max(free_from);
    picture.text(left(&words, at(x, y), BODY));
    x + width + 26.0
}
