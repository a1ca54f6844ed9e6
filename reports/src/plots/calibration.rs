//! Two pages of a calibration: the observed history beside simulated ones, and what is left possible, pair by pair.

use experiments::calibration::{Fit, Inference, Prior};

use crate::calibration::{CalibrationReport, headline, short_name, shown, unit_for_people};
use crate::figures::{count, number};

use super::axis::Axis;
use super::page::{
    BODY, BOTTOM, FAINT, MARGIN, NOTE, RIGHT, TITLE, centred, footer_of, left, right, started,
};
use super::palette::{GREY, GRID, INK, Look, WHITE, tint};
use super::picture::{Area, Colour, Finish, Mark, Picture, Point, at};

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
const WORDS_ROOM: f64 = 660.0;
/// Room for figures right of them \[points\].
const FIGURES_ROOM: f64 = 310.0;
/// Room for the heads of columns \[points\].
const HEADS_ROOM: f64 = 34.0;
/// Room for the axis below \[points\].
const AXIS_ROOM: f64 = 78.0;
/// Farthest place shown, in half widths of the band: the ends of the band are at 1, and an arrow tells what lies farther.
const FARTHEST: f64 = 2.6;
/// Most rows that can be read from afar.
const MOST_ROWS: usize = 12;
/// Length of an arrow's head \[points\].
const ARROW: f64 = 13.0;

/// The observed figures against those of histories simulated from the posterior.
fn predictive(report: &CalibrationReport) -> Picture {
    let all = &report.found.fits;
    let fits = most_telling(all);
    let outside = all.iter().filter(|fit| is_outside(fit)).count();
    let title = match (report.found.is_out_of_reach(), outside) {
        (true, _) => headline(report),
        (false, 0) => "Every figure of the history lies in the range of simulated ones.".to_owned(),
        (false, 1) => format!(
            "One of {} figures of the history lies outside the simulated range.",
            all.len()
        ),
        (false, some) => format!(
            "{some} of {} figures of the history lie outside the simulated range.",
            all.len()
        ),
    };
    let expected = (0.1 * all.len() as f64).round();
    let words = format!(
        "Circle: your history; about {expected} of {} outside would be usual. Band: 9 of 10 histories simulated from what is left \
         possible (dark: 5 of 10). Thin line: before your history was known. An arrow: farther out than shown.",
        all.len()
    );
    let (mut picture, top) = started(&title, &[words]);
    let top = top + HEADS_ROOM;
    let axis = Axis {
        low: -FARTHEST,
        high: FARTHEST,
        from: MARGIN + WORDS_ROOM,
        to: RIGHT - FIGURES_ROOM,
    };
    let height = ((BOTTOM - AXIS_ROOM - top) / fits.len().max(1) as f64).min(48.0);
    let bottom = top + height * fits.len() as f64;
    heads(&mut picture, &fits, all, top - 14.0);
    band_axis(&mut picture, &axis, top, bottom);
    for (place, fit) in fits.iter().enumerate() {
        let middle = top + (place as f64 + 0.5) * height;
        row(&mut picture, fit, &axis, (middle, height));
    }
    footer_of(&mut picture, &last_words(report));
    picture
}

/// The figures that matter most, in their usual order: those outside of their bands, the farthest first, and then those of
/// which the history left least possible.
fn most_telling(fits: &[Fit]) -> Vec<&Fit> {
    let left_possible = |fit: &Fit| {
        let before = fit.prior[2] - fit.prior[0];
        let after = fit.predicted[4] - fit.predicted[0];
        if before > 0.0 { after / before } else { 1.0 }
    };
    let rank = |fit: &Fit| {
        if is_outside(fit) {
            -half_bands(fit, fit.observed).abs()
        } else {
            left_possible(fit)
        }
    };
    let mut order: Vec<usize> = (0..fits.len()).collect();
    order.sort_by(|one, other| rank(&fits[*one]).total_cmp(&rank(&fits[*other])));
    order.truncate(MOST_ROWS);
    order.sort_unstable();
    order.into_iter().map(|place| &fits[place]).collect()
}

/// What the columns hold, and how many figures are not among them.
fn heads(picture: &mut Picture, fits: &[&Fit], all: &[Fit], baseline: f64) {
    let count_outside = |fits: &mut dyn Iterator<Item = &Fit>| fits.filter(|fit| is_outside(fit)).count();
    let left_out = all.len() - fits.len();
    if left_out > 0 {
        let outside = count_outside(&mut all.iter()) - count_outside(&mut fits.iter().copied());
        let where_they_lie = match outside {
            0 => "all inside".to_owned(),
            some => format!("{some} of them outside"),
        };
        let words = format!(
            "The {} most telling of {} figures; the others, {where_they_lie}: figures.csv",
            fits.len(),
            all.len()
        );
        let words = NOTE.fitted(&words, RIGHT - FIGURES_ROOM - MARGIN);
        picture.text(left(&words, at(MARGIN, baseline), NOTE));
    }
    let words = NOTE.fitted("yours (9 of 10 simulated)", FIGURES_ROOM - 20.0);
    picture.text(right(&words, at(RIGHT, baseline), NOTE));
}

/// The ends and the middle of the bands, which all have one width: their values stand beside them.
fn band_axis(picture: &mut Picture, axis: &Axis, top: f64, bottom: f64) {
    picture.rule(at(axis.from, bottom), at(axis.to, bottom), GREY, 2.0);
    for (value, name) in [(-1.0, "low end"), (0.0, "middle"), (1.0, "high end")] {
        let x = axis.place(value);
        picture.rule(at(x, top), at(x, bottom), GRID, 1.5);
        picture.rule(at(x, bottom), at(x, bottom + 8.0), GREY, 2.0);
        picture.text(centred(name, at(x, bottom + 34.0), BODY));
    }
    let words = BODY.fitted("of 9 of 10 simulated histories", axis.to - axis.from);
    picture.text(centred(
        &words,
        at((axis.from + axis.to) / 2.0, bottom + 66.0),
        FAINT,
    ));
}

fn is_outside(fit: &Fit) -> bool {
    fit.observed < fit.predicted[0] || fit.observed > fit.predicted[4]
}

/// How far a figure lies from the middle of the band, in half widths of the band.
fn half_bands(fit: &Fit, figure: f64) -> f64 {
    let half = 0.5 * (fit.predicted[4] - fit.predicted[0]);
    (figure - 0.5 * (fit.predicted[4] + fit.predicted[0])) / half.max(1e-9)
}

fn row(picture: &mut Picture, fit: &Fit, axis: &Axis, (y, height): (f64, f64)) {
    let place = |figure: f64| axis.place(half_bands(fit, figure).clamp(-FARTHEST, FARTHEST));
    let band = |picture: &mut Picture, low: f64, high: f64, share: f64| {
        let thick = 0.3 * height.min(40.0);
        picture.marks.push(Mark::Rectangle(
            Area::new(place(low), y - thick, place(high), y + thick),
            tint(Look::First.colour(), share),
            Finish::Filled,
        ));
    };
    picture.rule(at(place(fit.prior[0]), y), at(place(fit.prior[2]), y), GREY, 2.0);
    for figure in [fit.prior[0], fit.prior[2]] {
        if let Some(side) = off_the_scale(fit, figure) {
            arrow(picture, at(place(figure), y), side, GREY);
        }
    }
    band(picture, fit.predicted[0], fit.predicted[4], 0.25);
    band(picture, fit.predicted[1], fit.predicted[3], 0.55);
    let observed = at(place(fit.observed), y);
    match off_the_scale(fit, fit.observed) {
        Some(side) => arrow(picture, observed, 1.5 * side, Look::Other.colour()),
        None => {
            let size = (0.5 * height).clamp(12.0, 18.0);
            Look::Other.mark(picture, observed, size, Finish::Filled);
        }
    }
    let baseline = y + BODY.half_height();
    named(picture, fit, baseline);
    let figures = format!(
        "{} ({} to {})",
        shown(fit, fit.observed),
        shown(fit, fit.predicted[0]),
        shown(fit, fit.predicted[4])
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

/// On which side of the picture a figure lies, −1 or 1, if it lies beyond.
fn off_the_scale(fit: &Fit, figure: f64) -> Option<f64> {
    let far = half_bands(fit, figure);
    (far.abs() > FARTHEST).then(|| far.signum())
}

/// The head of an arrow whose point is at `point`, to the right if `size` is above zero.
fn arrow(picture: &mut Picture, point: Point, size: f64, colour: Colour) {
    let back = point.x - ARROW * size;
    let half = 0.55 * ARROW * size.abs();
    picture.marks.push(Mark::Shape(
        vec![point, at(back, point.y - half), at(back, point.y + half)],
        colour,
    ));
}

/// What a row shows, and its unit in a quieter colour behind.
fn named(picture: &mut Picture, fit: &Fit, baseline: f64) {
    let limit = WORDS_ROOM - 24.0;
    let name = BODY.fitted(fit.summary.meaning, limit);
    let width = BODY.width(&name);
    picture.text(left(&name, at(MARGIN, baseline), BODY));
    let unit = FAINT.fitted(&unit_for_people(fit.summary.unit), limit - width - 14.0);
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
    let words = "Diagonal: what is left possible, and in figures the range that holds 90 % of it; the line is what was held \
                 possible before. Below: draws of two parameters together. Above: their correlation."
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
            format!("90 %: {} to {}", number(row.ci90.0), number(row.ci90.1)),
        ),
        (NOTE.size, FAINT, unit_for_people(row.prior.parameter.unit)),
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
    use crate::calibration::made_up;

    fn said(picture: &Picture) -> Vec<&str> {
        picture.texts().map(|text| text.words.as_str()).collect()
    }

    #[test]
    fn few_figures_are_shown_and_those_outside_are_among_them() {
        let mut report = made_up(6);
        let all = report.found.fits.len();
        assert!(all > MOST_ROWS);
        for fit in &mut report.found.fits {
            fit.observed = 0.0;
        }
        report.found.fits[all - 1].observed = 0.3;
        // The history says more of this one than of all others that lie inside.
        report.found.fits[7].prior = [-20.0, 0.0, 20.0];
        let shown = most_telling(&report.found.fits);
        let names: Vec<&str> = shown.iter().map(|fit| fit.summary.name).collect();
        assert_eq!(names.len(), MOST_ROWS);
        assert!(names.contains(&report.found.fits[7].summary.name));
        assert_eq!(names.last(), Some(&report.found.fits[all - 1].summary.name));
        let picture = predictive(&report);
        let words = said(&picture).join("\n");
        assert!(
            words.contains(&format!(
                "The 12 most telling of {all} figures; the others, all inside"
            )),
            "{words}"
        );
        for fit in &mut report.found.fits {
            fit.observed = 0.3;
        }
        let words = said(&predictive(&report)).join("\n");
        assert!(
            words.contains(&format!("{} of them outside", all - MOST_ROWS)),
            "{words}"
        );
    }

    #[test]
    fn what_goes_on_beyond_the_picture_has_an_arrow() {
        let arrows = |observed: f64, prior: [f64; 3]| {
            let mut report = made_up(2);
            report.found.fits.truncate(1);
            report.found.fits[0].observed = observed;
            report.found.fits[0].prior = prior;
            let picture = predictive(&report);
            let shapes = picture.marks.iter().filter_map(|mark| match mark {
                Mark::Shape(points, colour) => Some((points[0].x > points[1].x, *colour)),
                _ => None,
            });
            shapes.collect::<Vec<_>>()
        };
        // The band is 0.4 wide.
        assert_eq!(arrows(0.1, [-0.5, 0.0, 0.5]), []);
        assert_eq!(arrows(0.1, [-0.6, 0.0, 0.5]), [(false, GREY)]);
        assert_eq!(
            arrows(0.6, [-0.5, 0.0, 0.6]),
            [(true, GREY), (true, Look::Other.colour())]
        );
    }

    #[test]
    fn units_can_be_read_and_ranges_say_how_much_they_hold() {
        let report = made_up(6);
        for (name, picture) in pictures(&report) {
            let words = said(&picture);
            assert!(
                words.iter().all(|words| !words.starts_with("ln ")),
                "{name}: {words:?}"
            );
        }
        let picture = pairs(&report);
        let ranges = said(&picture)
            .into_iter()
            .filter(|words| words.starts_with("90 %: "));
        assert_eq!(ranges.count(), 6);
    }

    #[test]
    fn nothing_overlaps_and_nothing_leaves_the_page() {
        for parameters in [1, 3, 6] {
            let report = made_up(parameters);
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
