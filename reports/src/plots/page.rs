//! What every page has: a headline that is a sentence, words below it, and a footer that says what the worlds were.

use experiments::result::{Basis, BasisResult, Comparison, Summary};
use sim_core::outcomes::Outcome;
use sim_core::simulation::Span;

use crate::figures::{counted_noun, gap_words, quantity, range, unit_words};
use crate::sentences::worlds;

use super::axis::{Axis, Ticks};
use super::lettering::{Style, Weight};
use super::palette::{GREY, GRID, INK, Look, QUIET};
use super::picture::{Align, Finish, HEIGHT, Picture, Point, Text, WIDTH, at};

/// Left and right margin \[points\].
pub const MARGIN: f64 = 60.0;
/// Right end of everything \[points\].
pub const RIGHT: f64 = WIDTH - MARGIN;
/// Lowest place for marks and words above the footer \[points\].
pub const BOTTOM: f64 = 928.0;
/// The sentence that matters most.
pub const HEADLINE: Style = Style {
    size: 44.0,
    weight: Weight::Bold,
    colour: INK,
};
/// Names and titles.
pub const TITLE: Style = Style {
    size: 28.0,
    weight: Weight::Bold,
    colour: INK,
};
/// Sentences below the headline.
pub const WORDS: Style = Style {
    size: 28.0,
    weight: Weight::Regular,
    colour: INK,
};
/// Figures and labels.
pub const BODY: Style = Style {
    size: 24.0,
    weight: Weight::Regular,
    colour: INK,
};
/// Labels that stand out.
pub const STRONG: Style = Style {
    size: 24.0,
    weight: Weight::Bold,
    colour: INK,
};
/// Units of axes.
pub const FAINT: Style = Style {
    size: 24.0,
    weight: Weight::Regular,
    colour: QUIET,
};
/// The footer and what else matters least; nothing is smaller.
pub const NOTE: Style = Style {
    size: 22.0,
    weight: Weight::Regular,
    colour: QUIET,
};

/// A page with its headline and words; and where the rest may begin \[points\].
pub fn started(headline: &str, words: &[String]) -> (Picture, f64) {
    let mut picture = Picture {
        description: format!("{headline} {}", words.join(" ")),
        ..Picture::default()
    };
    let mut y = 30.0;
    for line in HEADLINE.broken(headline, RIGHT - MARGIN) {
        y += 1.16 * HEADLINE.size;
        picture.text(left(&line, at(MARGIN, y), HEADLINE));
    }
    y += 8.0;
    for line in words.iter().flat_map(|words| WORDS.broken(words, RIGHT - MARGIN)) {
        y += 1.32 * WORDS.size;
        picture.text(left(&line, at(MARGIN, y), WORDS));
    }
    (picture, y + 26.0)
}

/// Adds the footer: how many worlds, what they share, how long, which seed.
pub fn footer(picture: &mut Picture, comparison: &Comparison, basis: &BasisResult) {
    let mut words = vec![worlds(basis.replications)];
    if basis.worlds_failed > 0 {
        words.push(format!("{} failed, left out", worlds(basis.worlds_failed)));
    }
    if basis.basis == Basis::Plausible {
        let dropped = counted_noun(basis.companies_dropped, "company", "companies");
        words.push(format!("plausible companies, {dropped} dropped"));
    }
    if basis.arms.len() > 1 {
        words.push("same market and luck for all".to_owned());
    }
    words.extend(last_words(comparison.span, comparison.seed));
    footer_of(picture, &words);
}

/// How long, which seed, and what no figure is: the end of every footer.
pub fn last_words(span: Span, seed: u64) -> [String; 3] {
    [
        counted_noun(span.horizon_weeks.into(), "week", "weeks"),
        format!("seed {seed}"),
        "what-if, not a forecast".to_owned(),
    ]
}

/// Adds a footer of these words, with points between.
pub fn footer_of(picture: &mut Picture, words: &[String]) {
    let line = NOTE.fitted(&words.join(" · "), RIGHT - MARGIN);
    picture.rule(at(MARGIN, HEIGHT - 54.0), at(RIGHT, HEIGHT - 54.0), GRID, 1.5);
    picture.text(left(&line, at(MARGIN, HEIGHT - 22.0), NOTE));
}

/// A text that starts at its point.
pub fn left(words: &str, at: Point, style: Style) -> Text {
    Text {
        words: words.to_owned(),
        at,
        style,
        align: Align::Left,
    }
}

/// A text in the middle of its point.
pub fn centred(words: &str, at: Point, style: Style) -> Text {
    Text {
        align: Align::Centre,
        ..left(words, at, style)
    }
}

/// A text that ends at its point.
pub fn right(words: &str, at: Point, style: Style) -> Text {
    Text {
        align: Align::Right,
        ..left(words, at, style)
    }
}

/// Adds an arm's mark and name, cut to `limit` points; returns where the name ends \[points\].
pub fn arm_name(picture: &mut Picture, look: Look, name: &str, at_baseline: Point, limit: f64) -> f64 {
    let mark = 0.72 * TITLE.size;
    let start = at_baseline.x + mark + 12.0;
    look.mark(
        picture,
        at(at_baseline.x + mark / 2.0, at_baseline.y - TITLE.half_height()),
        mark,
        Finish::Filled,
    );
    let words = TITLE.fitted(name, limit - (start - at_baseline.x));
    picture.text(left(
        &words,
        at(start, at_baseline.y),
        TITLE.coloured(look.colour()),
    ));
    start + TITLE.width(&words)
}

/// Adds small lines of words from `corner` on, each broken where it is wider than `limit`.
pub fn lines_of_words(picture: &mut Picture, lines: &[String], corner: Point, limit: f64) {
    let lines = lines.iter().flat_map(|words| BODY.broken(words, limit));
    for (index, words) in lines.enumerate() {
        let place = at(corner.x, corner.y + 31.0 * index as f64);
        picture.text(left(&words, place, BODY));
    }
}

/// Adds a horizontal axis at height `y` with its ticks and what it shows below.
pub fn horizontal_axis(picture: &mut Picture, axis: &Axis, ticks: &Ticks, y: f64, words: &str) {
    picture.rule(at(axis.from, y), at(axis.to, y), GREY, 2.0);
    let mut free_from = f64::NEG_INFINITY;
    for (value, name) in ticks.values.iter().zip(&ticks.names) {
        let x = axis.place(*value);
        let half = BODY.width(name) / 2.0;
        picture.rule(at(x, y), at(x, y + 8.0), GREY, 2.0);
        if x - half > free_from {
            picture.text(centred(name, at(x, y + 34.0), BODY));
            free_from = x + half + 10.0;
        }
    }
    let words = BODY.fitted(words, axis.to - axis.from);
    picture.text(centred(&words, at((axis.from + axis.to) / 2.0, y + 66.0), FAINT));
}

/// Adds a line up from every tick of a horizontal axis, between two heights.
pub fn grid_lines(picture: &mut Picture, axis: &Axis, ticks: &Ticks, (top, bottom): (f64, f64)) {
    for value in &ticks.values {
        let x = axis.place(*value);
        picture.rule(at(x, top), at(x, bottom), GRID, 1.5);
    }
}

/// `typical 2,100`: the middle world, with the unit.
pub fn typical(outcome: Outcome, summary: &Summary) -> String {
    format!("typical {}", quantity(summary.quantiles[3], outcome.row().unit))
}

/// `8 of 10 worlds: 1,610 to 2,640`, without the unit.
pub fn eight_of_ten(outcome: Outcome, summary: &Summary) -> String {
    let [_, p10, _, _, _, p90, _] = summary.quantiles;
    format!("8 of 10 worlds: {}", range(p10, p90, outcome.row().unit))
}

/// Unit of an axis of values.
pub fn axis_unit(outcome: Outcome) -> &'static str {
    unit_words(outcome.row().unit)
}

/// Unit of an axis of differences.
pub fn gap_unit(outcome: Outcome) -> &'static str {
    gap_words(outcome.row().unit)
}

/// An arm's distribution of one outcome, if it has one.
pub fn summary(basis: &BasisResult, arm: usize, outcome: Outcome) -> Option<&Summary> {
    basis.arms[arm]
        .outcomes
        .iter()
        .find(|(candidate, _)| *candidate == outcome)
        .map(|(_, summary)| summary)
}

/// The arms of each page: the first arm on every page, and with it at most two others.
pub fn pages(basis: &BasisResult) -> Vec<Vec<usize>> {
    let others: Vec<usize> = (1..basis.arms.len()).collect();
    if others.is_empty() {
        return vec![(0..basis.arms.len()).collect()];
    }
    others
        .chunks(2)
        .map(|chunk| std::iter::once(0).chain(chunk.iter().copied()).collect())
        .collect()
}
