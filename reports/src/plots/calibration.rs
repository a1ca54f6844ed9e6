//! Two pages of a calibration: the observed history beside simulated ones, and what is left possible, pair by pair.

use experiments::calibration::{Fit, Inference, Prior};

use crate::calibration::{CalibrationReport, headline, short_name};
use crate::figures::{count, number, unit_words};

use super::axis::Axis;
use super::page::{
    BODY, BOTTOM, FAINT, MARGIN, NOTE, RIGHT, TITLE, centred, footer_of, horizontal_axis, left, right,
    started,
};
use super::palette::{GREY, GRID, INK, Look, WHITE, tint};
use super::picture::{Area, Finish, Mark, Picture, at};

/// Both pages with their names.
pub fn pictures(report: &CalibrationReport) -> Vec<(&'static str, Picture)> {
    vec![("figures", predictive(report)), ("pairs", pairs(report))]
}

fn last_words(report: &CalibrationReport) -> Vec<String> {
    vec![
        format!("{} companies simulated", count(report.found.simulations)),
        format!("works like {}", report.scenario.operating_model),
        format!("seed {}", report.seed),
        "what-if, not a forecast".to_owned(),
    ]
}

/// Room for words left of the bands \[points\].
const WORDS_ROOM: f64 = 720.0;
/// Room for figures right of them \[points\].
const FIGURES_ROOM: f64 = 310.0;
/// Room for the axis below \[points\].
const AXIS_ROOM: f64 = 78.0;
/// Farthest place shown, in half widths of the 90 % range.
const FARTHEST: f64 = 4.0;
/// Most rows for which letters are large enough.
const MOST_ROWS: usize = 25;

/// The observed figures against those of histories simulated from the posterior.
fn predictive(report: &CalibrationReport) -> Picture {
    let fits: Vec<&Fit> = report.found.fits.iter().take(MOST_ROWS).collect();
    let outside = fits.iter().filter(|fit| is_outside(fit)).count();
    let title = match outside {
        0 => "Every figure of the history lies in the range of simulated ones.".to_owned(),
        1 => "One figure of the history lies outside the range of simulated ones.".to_owned(),
        some => format!(
            "{some} of {} figures of the history lie outside the range of simulated ones.",
            fits.len()
        ),
    };
    let title = if report.found.is_out_of_reach() {
        headline(report)
    } else {
        title
    };
    let expected = (0.1 * fits.len() as f64).round();
    let words = format!(
        "Band: 9 of 10 histories simulated from what is left possible (dark: 5 of 10). Thin line: before anything was known. Circle: observed; \
         about {expected} of {} outside would be usual.",
        fits.len()
    );
    let (mut picture, top) = started(&title, &[words]);
    let axis = Axis {
        low: -FARTHEST,
        high: FARTHEST,
        from: MARGIN + WORDS_ROOM,
        to: RIGHT - FIGURES_ROOM,
    };
    let height = ((BOTTOM - AXIS_ROOM - top) / fits.len() as f64).min(48.0);
    let bottom = top + height * fits.len() as f64;
    let ticks = axis.ticks(5);
    for value in &ticks.values {
        picture.rule(
            at(axis.place(*value), top),
            at(axis.place(*value), bottom),
            GRID,
            1.5,
        );
    }
    for (place, fit) in fits.iter().enumerate() {
        row(
            &mut picture,
            fit,
            &axis,
            (top + (place as f64 + 0.5) * height, height),
        );
    }
    horizontal_axis(
        &mut picture,
        &axis,
        &ticks,
        bottom,
        "distance from the middle, in half bands",
    );
    footer_of(&mut picture, &last_words(report));
    picture
}

fn is_outside(fit: &Fit) -> bool {
    fit.observed < fit.predicted[0] || fit.observed > fit.predicted[4]
}

fn row(picture: &mut Picture, fit: &Fit, axis: &Axis, (y, height): (f64, f64)) {
    let baseline = y + BODY.half_height();
    let middle = fit.predicted[2];
    let half = (0.5 * (fit.predicted[4] - fit.predicted[0])).max(1e-9);
    let place = |figure: f64| axis.place(((figure - middle) / half).clamp(-FARTHEST, FARTHEST));
    let band = |picture: &mut Picture, low: f64, high: f64, share: f64| {
        let thick = 0.3 * height.min(40.0);
        picture.marks.push(Mark::Rectangle(
            Area::new(place(low), y - thick, place(high), y + thick),
            tint(Look::First.colour(), share),
            Finish::Filled,
        ));
    };
    picture.rule(at(place(fit.prior[0]), y), at(place(fit.prior[2]), y), GREY, 2.0);
    band(picture, fit.predicted[0], fit.predicted[4], 0.25);
    band(picture, fit.predicted[1], fit.predicted[3], 0.55);
    Look::Other.mark(
        picture,
        at(place(fit.observed), y),
        (0.5 * height).clamp(12.0, 18.0),
        Finish::Filled,
    );
    named(picture, fit, baseline);
    let shown = |figure: f64| number(fit.summary.shown(figure) * crate::figures::factor(fit.summary.unit));
    let figures = format!(
        "{} ({} to {})",
        shown(fit.observed),
        shown(fit.predicted[0]),
        shown(fit.predicted[4])
    );
    let style = if is_outside(fit) {
        BODY.coloured(Look::Other.colour())
    } else {
        BODY
    };
    picture.text(right(
        &style.fitted(&figures, FIGURES_ROOM - 20.0),
        at(RIGHT, baseline),
        style,
    ));
}

/// What a row shows, and its unit in a quieter colour behind.
fn named(picture: &mut Picture, fit: &Fit, baseline: f64) {
    let limit = WORDS_ROOM - 24.0;
    let name = BODY.fitted(fit.summary.meaning, limit);
    let width = BODY.width(&name);
    picture.text(left(&name, at(MARGIN, baseline), BODY));
    let unit = match fit.summary.unit {
        "correlation" => "",
        unit => unit_words(unit),
    };
    let unit = FAINT.fitted(unit, limit - width - 14.0);
    picture.text(left(&unit, at(MARGIN + width + 14.0, baseline), FAINT));
}

/// Room for the names of rows \[points\].
const NAMES: f64 = 390.0;
/// Room between panels \[points\].
const GAP: f64 = 14.0;
/// Room below the panels for ticks and names \[points\].
const TICKS_ROOM: f64 = 104.0;
/// Bars of a histogram.
const BARS: usize = 24;
/// Draws shown in a panel.
const SHOWN: usize = 400;

/// One parameter on the scale on which its prior is even.
struct Side<'a> {
    row: &'a Inference,
    /// Shares of the prior below each draw.
    shares: Vec<f64>,
    /// Ends of what is shown, as shares.
    ends: (f64, f64),
}

impl Side<'_> {
    fn prior(&self) -> Prior {
        self.row.prior
    }

    fn axis(&self, from: f64, to: f64) -> Axis {
        Axis {
            low: self.ends.0,
            high: self.ends.1,
            from,
            to,
        }
    }

    fn end_names(&self) -> [String; 2] {
        [self.ends.0, self.ends.1].map(|share| number(self.prior().value(share)))
    }
}

fn sides(report: &CalibrationReport) -> Vec<Side<'_>> {
    let found = &report.found;
    let side = |(place, row): (usize, &'_ Inference)| {
        let shares: Vec<f64> = found
            .draws
            .iter()
            .map(|draw| row.prior.share_below(draw[place]))
            .collect();
        let mut sorted = shares.clone();
        sorted.sort_by(f64::total_cmp);
        let at = |share: f64| sorted[((sorted.len() - 1) as f64 * share) as usize];
        let margin = 0.15 * (at(0.995) - at(0.005)).max(0.01);
        (
            shares,
            ((at(0.005) - margin).max(0.0), (at(0.995) + margin).min(1.0)),
        )
    };
    found
        .parameters
        .iter()
        .enumerate()
        .map(|(place, row)| {
            let (shares, ends) = side((place, row));
            Side { row, shares, ends }
        })
        .collect()
}

/// What is left possible of each parameter, and of each two together.
fn pairs(report: &CalibrationReport) -> Picture {
    let words = "Diagonal: what is left possible; the line is what was held possible before. Below: draws of two parameters \
                 together. Above: their correlation."
        .to_owned();
    let (mut picture, top) = started(&headline(report), &[words]);
    let sides = sides(report);
    let many = sides.len() as f64;
    let width = ((RIGHT - MARGIN - NAMES) / many).min(420.0);
    let height = (BOTTOM - TICKS_ROOM - top) / many;
    for (down, side) in sides.iter().enumerate() {
        let y = (top + height * down as f64, top + height * (down + 1) as f64 - GAP);
        names(&mut picture, side, (y.0 + y.1) / 2.0);
        for (across, other) in sides.iter().enumerate() {
            let x = MARGIN + NAMES + width * across as f64;
            let panel = Area::new(x, y.0, x + width - GAP, y.1);
            if across == down {
                histogram(&mut picture, side, &panel);
            } else if across < down {
                cloud(&mut picture, (other, side), &panel);
            } else {
                correlation(&mut picture, report.found.correlations[down][across], &panel);
            }
        }
    }
    let bottom = BOTTOM - TICKS_ROOM - GAP;
    for (across, side) in sides.iter().enumerate() {
        let x = MARGIN + NAMES + width * across as f64;
        let [low, high] = side.end_names();
        picture.text(left(&low, at(x, bottom + 30.0), NOTE));
        picture.text(right(&high, at(x + width - GAP, bottom + 30.0), NOTE));
        let lines = NOTE.broken(&short_name(side.row), width - GAP);
        for (line, words) in lines.iter().take(2).enumerate() {
            let y = bottom + 60.0 + 27.0 * line as f64;
            picture.text(centred(words, at(x + (width - GAP) / 2.0, y), NOTE.coloured(INK)));
        }
    }
    footer_of(&mut picture, &last_words(report));
    picture
}

fn names(picture: &mut Picture, side: &Side, y: f64) {
    let row = side.row;
    let limit = NAMES - 24.0;
    let lines = [
        (TITLE.size, TITLE, short_name(row)),
        (
            BODY.size,
            BODY,
            format!("{} to {}", number(row.ci90.0), number(row.ci90.1)),
        ),
        (NOTE.size, FAINT, unit_words(row.prior.parameter.unit).to_owned()),
    ];
    let mut baseline = y - 24.0;
    for (_, style, words) in lines {
        let style = if style == TITLE {
            super::page::STRONG
        } else {
            style
        };
        picture.text(left(&style.fitted(&words, limit), at(MARGIN, baseline), style));
        baseline += 30.0;
    }
}

fn frame(picture: &mut Picture, panel: &Area) {
    picture.marks.push(Mark::Rectangle(*panel, WHITE, Finish::Filled));
    picture
        .marks
        .push(Mark::Rectangle(*panel, GRID, Finish::Outlined(1.5)));
}

fn histogram(picture: &mut Picture, side: &Side, panel: &Area) {
    frame(picture, panel);
    let axis = side.axis(panel.from.x, panel.to.x);
    let (low, high) = side.ends;
    let step = (high - low) / BARS as f64;
    let mut counts = [0.0_f64; BARS];
    for share in &side.shares {
        let bar = (share - low) / step;
        if (0.0..BARS as f64).contains(&bar) {
            counts[bar as usize] += 1.0;
        }
    }
    // Density relative to the prior, which is 1 everywhere on this scale.
    let densities = counts.map(|count| count / side.shares.len() as f64 / step);
    let most = densities.iter().copied().fold(1.0, f64::max) * 1.08;
    let y = |density: f64| panel.to.y - density / most * (panel.to.y - panel.from.y);
    for (bar, density) in densities
        .iter()
        .enumerate()
        .filter(|(_, density)| **density > 0.0)
    {
        let from = low + step * bar as f64;
        picture.marks.push(Mark::Rectangle(
            Area::new(axis.place(from), y(*density), axis.place(from + step), panel.to.y),
            tint(Look::First.colour(), 0.7),
            Finish::Filled,
        ));
    }
    picture.rule(at(panel.from.x, y(1.0)), at(panel.to.x, y(1.0)), INK, 2.5);
}

fn cloud(picture: &mut Picture, (across, down): (&Side, &Side), panel: &Area) {
    frame(picture, panel);
    let (x, y) = (
        across.axis(panel.from.x, panel.to.x),
        down.axis(panel.to.y, panel.from.y),
    );
    let inside = |side: &Side, share: f64| (side.ends.0..=side.ends.1).contains(&share);
    for (one, other) in across.shares.iter().zip(&down.shares).take(SHOWN) {
        if inside(across, *one) && inside(down, *other) {
            picture.marks.push(Mark::Circle(
                at(x.place(*one), y.place(*other)),
                2.5,
                tint(Look::First.colour(), 0.8),
                Finish::Filled,
            ));
        }
    }
}

/// Correlations that are small are only noise of the draws: they stand in a quiet colour.
fn correlation(picture: &mut Picture, value: f64, panel: &Area) {
    let hundredths = (100.0 * value).round() / 100.0;
    let style = if value.abs() >= 0.3 { TITLE } else { FAINT };
    let y = (panel.from.y + panel.to.y) / 2.0 + style.half_height();
    let x = (panel.from.x + panel.to.x) / 2.0;
    picture.text(centred(&crate::figures::fixed(hundredths, 2), at(x, y), style));
}

#[cfg(test)]
mod tests {
    use super::super::picture::{HEIGHT, WIDTH};
    use super::*;

    #[test]
    fn nothing_overlaps_and_nothing_leaves_the_page() {
        for parameters in [1, 3, 6] {
            let report = crate::calibration::made_up(parameters);
            for (name, picture) in pictures(&report) {
                let texts: Vec<_> = picture.texts().collect();
                for (place, text) in texts.iter().enumerate() {
                    let area = text.area();
                    assert!(
                        area.from.x >= 0.0 && area.to.x <= WIDTH && area.from.y >= 0.0 && area.to.y <= HEIGHT,
                        "{name}: {text:?}"
                    );
                    for other in &texts[place + 1..] {
                        assert!(
                            !area.overlaps(&other.area()),
                            "{name}, {parameters}: {text:?} {other:?}"
                        );
                    }
                }
            }
        }
    }
}
