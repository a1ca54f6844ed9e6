//! How much of the variation is chance, and how much of the rest each factor explains; all on one scale.

use experiments::sensitivity::indices::FactorIndices;
use experiments::sensitivity::{Factor, FactorKind};
use experiments::statistics::Bootstrapped;

use crate::figures::counted_noun;
use crate::plots::axis::Axis;
use crate::plots::page::{BODY, FAINT, MARGIN, RIGHT, STRONG, horizontal_axis, left, right, started};
use crate::plots::palette::{GREY, INK, Look, WHITE, tint};
use crate::plots::picture::{Area, Colour, Finish, Mark, Picture, at};
use crate::sensitivity::{SensitivityReport, interval_words, percent};

use super::{MOST_ROWS, NAMES, Rows, footer, grid, name, scaled, whisker, zero};

/// Room for figures behind the bars \[points\].
const FIGURES: f64 = 130.0;
/// How far the scale goes at most below nothing and above all, where no share can be \[%\].
const MOST_BEYOND: f64 = 30.0;

/// Chance as a strip of its own, then two bars for each factor.
pub fn shares(
    report: &SensitivityReport,
    factors: &[(&Factor, &FactorIndices)],
    kind: FactorKind,
) -> Picture {
    let factors = &factors[..factors.len().min(MOST_ROWS)];
    let axis = scale(factors, report.explained.indices.chance);
    let is_cut = estimates(factors).any(|share| is_beyond(share, &axis));
    let words = [format!(
        "Why {} varies, by {}. Lines: 95 % intervals{}.",
        report.subject(),
        kind.word(),
        if is_cut { "; arrow: it goes on" } else { "" }
    )];
    let (mut picture, mut top) = started(&report.headline_by(kind), &words);
    if let Some(chance) = report.explained.indices.chance {
        strip(&mut picture, &axis, chance, top);
        top += 88.0;
    }
    legend(&mut picture, top);
    let rows = Rows::new(top + 20.0, factors.len());
    let ticks = axis.ticks(6);
    grid(&mut picture, &axis, &ticks, &rows);
    for (index, found) in factors.iter().enumerate() {
        row(&mut picture, &axis, &rows, index, found);
    }
    zero(&mut picture, &axis, &rows);
    picture.text(right("alone", at(RIGHT, top), FAINT));
    let words = "% of all variation (chance), or of what is not chance (the others)";
    horizontal_axis(&mut picture, &axis, &ticks, rows.bottom(), words);
    let samples = counted_noun(report.explained.rows.into(), "sample", "samples");
    footer(&mut picture, report, samples);
    picture
}

/// All shares of the factors.
fn estimates(factors: &[(&Factor, &FactorIndices)]) -> impl Iterator<Item = Bootstrapped> {
    let both = factors.iter().flat_map(|(_, found)| [found.first, found.total]);
    both.flatten()
}

fn is_beyond(share: Bootstrapped, axis: &Axis) -> bool {
    100.0 * share.low < axis.low || 100.0 * share.high > axis.high
}

/// From nothing to all, and as far beyond as intervals go, within bounds.
fn scale(factors: &[(&Factor, &FactorIndices)], chance: Option<Bootstrapped>) -> Axis {
    let (mut low, mut high) = (0.0_f64, 100.0_f64);
    for share in estimates(factors).chain(chance) {
        low = low.min(100.0 * share.low);
        high = high.max(100.0 * share.high);
    }
    Axis {
        low: low.max(-MOST_BEYOND),
        high: high.min(100.0 + MOST_BEYOND),
        from: MARGIN + NAMES,
        to: RIGHT - FIGURES,
    }
}

/// Adds the name of a factor, its two bars, and its share alone.
fn row(
    picture: &mut Picture,
    axis: &Axis,
    rows: &Rows,
    index: usize,
    (factor, found): &(&Factor, &FactorIndices),
) {
    let y = rows.middle(index);
    name(picture, &display(factor), y);
    for (estimate, look, side) in [(found.first, Look::Other, -0.2), (found.total, Look::First, 0.2)] {
        if let Some(estimate) = estimate {
            let place = [y + side * rows.height, 0.17 * rows.height];
            bar(picture, axis, scaled(estimate, 100.0), place, look.colour());
        }
    }
    let label = found.first.map_or_else(String::new, |first| percent(first.value));
    let place = at(RIGHT, y + BODY.half_height());
    picture.text(right(&label, place, STRONG.coloured(Look::Other.colour())));
}

fn display(factor: &Factor) -> String {
    match factor.kind {
        FactorKind::Rest => format!("{} parameters", factor.name),
        FactorKind::Parameter | FactorKind::Group => factor.name.clone(),
    }
}

/// Adds a bar from nothing with its interval, at this height and half as thick as the second figure.
fn bar(picture: &mut Picture, axis: &Axis, share: Bootstrapped, [y, half]: [f64; 2], colour: Colour) {
    let (from, to) = (
        axis.place(0.0),
        axis.place(share.value.clamp(axis.low, axis.high)),
    );
    let area = Area::new(from.min(to), y - half, from.max(to), y + half);
    picture.marks.push(Mark::Rectangle(area, colour, Finish::Filled));
    whisker(picture, axis, share, y);
}

/// All variation as one strip, on the scale of the bars below: chance, and what is not chance.
fn strip(picture: &mut Picture, axis: &Axis, chance: Bootstrapped, top: f64) {
    let y = top + 24.0;
    let middle = axis.place(100.0 * chance.value.clamp(0.0, 1.0));
    name(picture, "all variation", y);
    let whole = Area::new(axis.place(0.0), y - 22.0, axis.place(100.0), y + 22.0);
    picture
        .marks
        .push(Mark::Rectangle(whole, tint(INK, 0.12), Finish::Filled));
    let part = Area::new(whole.from.x, whole.from.y, middle, whole.to.y);
    picture.marks.push(Mark::Rectangle(part, GREY, Finish::Filled));
    whisker(picture, axis, scaled(chance, 100.0), y + 29.0);
    let words = format!("chance {}", interval_words(chance));
    let rest = format!("not chance {}", percent(1.0 - chance.value));
    let baseline = y + STRONG.half_height();
    let fits = |words: &str, width: f64| STRONG.width(words) + 24.0 < width;
    if fits(&words, part.width()) {
        let style = STRONG.coloured(WHITE);
        picture.text(left(&words, at(part.from.x + 12.0, baseline), style));
        if fits(&rest, whole.to.x - middle) {
            picture.text(right(&rest, at(whole.to.x - 12.0, baseline), STRONG));
        }
    } else if fits(&words, whole.to.x - middle) {
        picture.text(left(&words, at(middle + 12.0, baseline), STRONG));
    } else {
        // Neither part has room, because the axis reaches far beyond the strip: then there is room beside it.
        picture.text(right(&words, at(RIGHT, baseline), STRONG));
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Filled rectangles of a colour, the first of which may be in the legend.
    fn bars(picture: &Picture, colour: Colour) -> Vec<Area> {
        let area = |mark: &Mark| match mark {
            Mark::Rectangle(area, found, Finish::Filled) if *found == colour => Some(*area),
            _ => None,
        };
        picture.marks.iter().filter_map(area).collect()
    }

    fn share(value: f64, low: f64, high: f64) -> Bootstrapped {
        Bootstrapped { value, low, high }
    }

    #[test]
    fn equal_shares_are_equally_long_and_cut_intervals_have_arrow_heads() {
        let mut report = super::super::made_up();
        report.explained.indices.chance = Some(share(0.32, 0.2, 0.4));
        for found in &mut report.explained.indices.factors {
            found.first = Some(share(0.32, 0.1, 0.5));
            found.total = Some(share(0.4, -0.9, 1.9));
        }
        let factors = report.parameters();
        let picture = shares(&report, &factors, FactorKind::Parameter);
        let (chance, alone) = (bars(&picture, GREY), bars(&picture, Look::Other.colour()));
        assert!(
            alone[1..]
                .iter()
                .all(|bar| (bar.width() - chance[0].width()).abs() < 1e-9)
        );
        let heads = picture
            .marks
            .iter()
            .filter(|mark| matches!(mark, Mark::Shape(corners, INK) if corners.len() == 3));
        assert_eq!(heads.count(), 2 * factors.len().min(MOST_ROWS));
        assert!(picture.description.contains("arrow: it goes on"));
    }

    #[test]
    fn the_scale_is_wide_enough_for_most_intervals() {
        let mut report = super::super::made_up();
        for found in &mut report.explained.indices.factors {
            found.first = Some(share(0.3, -0.12, 1.07));
        }
        let picture = shares(&report, &report.groups(), FactorKind::Group);
        assert!(!picture.description.contains("arrow"), "{}", picture.description);
    }
}
