//! Lines over the only factor, or marks where it is a name: arms above, their difference below.

use experiments::sweep::Spread;

use crate::figures::{factor, gap_words, unit_words};
use crate::plots::axis::Axis;
use crate::plots::page::{
    BODY, BOTTOM, FAINT, MARGIN, RIGHT, STRONG, arm_name, centred, horizontal_axis, left, right, started,
};
use crate::plots::palette::{GREY, INK, Look, tint};
use crate::plots::picture::{Colour, Finish, Line, Mark, Picture, at};
use crate::sentences::{capitalised, label};
use crate::sweep::SweepReport;

use super::labels::{LINE, below, wrapped};
use super::{BY_ITSELF, as_number, factor_words, footer, level_words};

/// Room left of a panel for its ticks \[points\].
const TICKS: f64 = 130.0;
/// Room below the panels for the axis and its words \[points\].
const AXIS_ROOM: f64 = 84.0;
/// How far the marks of two arms are moved aside so that their intervals do not meet \[points\].
const ASIDE: f64 = 9.0;
/// How strong the colour of a band is, and that of its edges, which still show under another band.
const BAND: [f64; 2] = [0.2, 0.55];

/// The first arm and another over the only factor, and their difference below; or the only arm.
pub fn lines(report: &SweepReport, other: Option<usize>) -> Picture {
    let headline = &report.headlines()[other.map_or(0, |arm| arm - 1)];
    let scene = Scene::new(report);
    let shape = if scene.is_numeric { "Bands" } else { "Lines" };
    let mut words = vec![format!(
        "{} over {}. {shape}: 95 % interval at each point.",
        capitalised(&label(report.outcome)),
        factor_words(&report.factors[0])
    )];
    words.extend(other.map(|_| BY_ITSELF.to_owned()));
    let (mut picture, top) = started(headline, &words);
    let names = scene.names();
    let lines_of_names = names.iter().map(Vec::len).max().unwrap_or(1) as f64;
    let bottom = BOTTOM - AXIS_ROOM - LINE * (lines_of_names - 1.0);
    let middle = other.map_or(bottom, |_| top + 0.52 * (bottom - top));
    arms_panel(&mut picture, &scene, other, [top, middle]);
    if let Some(arm) = other {
        gap_panel(&mut picture, &scene, arm, [middle, bottom]);
    }
    scene.axis(&mut picture, &names, bottom);
    footer(&mut picture, report);
    picture
}

/// Where the points of the only factor lie.
struct Scene<'a> {
    report: &'a SweepReport,
    across: Axis,
    /// Where each point lies on the axis, and its number; from left to right.
    places: Vec<(f64, usize)>,
    /// Whether the factor has numbers, so that lines between points mean something.
    is_numeric: bool,
}

impl<'a> Scene<'a> {
    fn new(report: &'a SweepReport) -> Self {
        let numbers = report.levels.iter().map(|levels| as_number(&levels[0]));
        let is_numeric = numbers.clone().all(|number| number.is_some());
        let mut places: Vec<(f64, usize)> = numbers
            .enumerate()
            .map(|(point, number)| (number.filter(|_| is_numeric).unwrap_or(point as f64), point))
            .collect();
        places.sort_by(|one, other| one.0.total_cmp(&other.0));
        let values = places.iter().map(|(place, _)| *place);
        let mut across = Axis::around(values, MARGIN + TICKS, RIGHT - 40.0);
        if !is_numeric {
            (across.low, across.high) = (-0.5, places.len() as f64 - 0.5);
        }
        Self {
            report,
            across,
            places,
            is_numeric,
        }
    }

    /// Names of levels in lines, none for numbers.
    fn names(&self) -> Vec<Vec<String>> {
        let room = (self.across.to - self.across.from) / self.places.len() as f64 - 14.0;
        let name =
            |(_, point): &(f64, usize)| wrapped(BODY, &level_words(&self.report.levels[*point][0]), room);
        let named = self.places.iter().filter(|_| !self.is_numeric);
        named.map(name).collect()
    }

    fn axis(&self, picture: &mut Picture, names: &[Vec<String>], y: f64) {
        let (across, words) = (&self.across, factor_words(&self.report.factors[0]));
        if self.is_numeric {
            horizontal_axis(picture, across, &across.ticks(7), y, &words);
            return;
        }
        picture.rule(at(across.from, y), at(across.to, y), GREY, 2.0);
        for ((place, _), name) in self.places.iter().zip(names) {
            below(picture, name, at(across.place(*place), y + 34.0));
        }
        let middle = (across.from + across.to) / 2.0;
        let most = names.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let y = y + 66.0 + LINE * (most - 1.0);
        picture.text(centred(&words, at(middle, y), FAINT));
    }

    fn curve(&self, look: Look, aside: f64, spread: impl Fn(usize) -> Spread) -> Curve {
        let scale = factor(self.report.outcome.row().unit);
        let places = self.places.iter().filter_map(|(place, point)| {
            let spread = spread(*point);
            Some(Place {
                x: self.across.place(*place),
                mean: scale * spread.mean?,
                ends: spread.ci95.map(|(low, high)| [scale * low, scale * high]),
            })
        });
        Curve {
            look,
            places: places.collect(),
            aside: if self.is_numeric { 0.0 } else { aside },
        }
    }
}

/// Adds the first arm and another, or the only one.
fn arms_panel(picture: &mut Picture, scene: &Scene, other: Option<usize>, [top, bottom]: [f64; 2]) {
    let report = scene.report;
    let mut x = MARGIN + TICKS;
    let mut curves = Vec::new();
    for arm in std::iter::once(0).chain(other) {
        let look = Look::of(arm);
        x = arm_name(picture, look, &report.arm(arm), at(x, top + 24.0), 500.0) + 50.0;
        let aside = match (other, look) {
            (None, _) => 0.0,
            (_, Look::First) => -ASIDE,
            (_, Look::Other) => ASIDE,
        };
        curves.push(scene.curve(look, aside, |point| report.swept.points[point].arms[arm]));
    }
    let panel = Panel {
        top: top + 62.0,
        bottom: bottom - 12.0,
        unit: unit_words(report.outcome.row().unit),
        is_gap: false,
    };
    panel.draw(picture, scene, &curves);
}

/// Adds the difference of an arm to the first one.
fn gap_panel(picture: &mut Picture, scene: &Scene, arm: usize, [top, bottom]: [f64; 2]) {
    let report = scene.report;
    let title = format!("{} minus {}", report.arm(arm), report.arm(0));
    picture.text(left(&title, at(MARGIN + TICKS, top + 34.0), STRONG));
    let curve = scene.curve(Look::Other, 0.0, |point| {
        report.swept.points[point].differences[arm - 1]
    });
    let panel = Panel {
        top: top + 72.0,
        bottom,
        unit: gap_words(report.outcome.row().unit),
        is_gap: true,
    };
    panel.draw(picture, scene, &[curve]);
}

/// A part of the page with values upwards.
struct Panel<'a> {
    top: f64,
    bottom: f64,
    unit: &'a str,
    is_gap: bool,
}

impl Panel<'_> {
    /// Adds all bands first, so that none hides the lines to read values off, or the line or the marks of another arm.
    fn draw(&self, picture: &mut Picture, scene: &Scene, curves: &[Curve]) {
        let ends = curves.iter().flat_map(|curve| &curve.places);
        let values = ends.flat_map(|place| place.ends.unwrap_or([place.mean; 2]));
        let mut up = Axis::around(values, self.bottom, self.top);
        if self.is_gap {
            up = up.reaching(0.0);
        }
        if scene.is_numeric {
            curves.iter().for_each(|curve| curve.fill(picture, &up));
            curves.iter().for_each(|curve| curve.edges(picture, &up));
        }
        self.grid(picture, &scene.across, &up);
        for curve in curves {
            if scene.is_numeric {
                curve.line(picture, &up);
            }
            if !scene.is_numeric || !curve.has_band() {
                curve.intervals(picture, &up);
            }
        }
        curves.iter().for_each(|curve| curve.marks(picture, &up));
    }

    fn grid(&self, picture: &mut Picture, across: &Axis, up: &Axis) {
        let mut ticks = up.ticks(4);
        if self.is_gap {
            ticks = ticks.signed();
        }
        let mut rule = |value: f64, colour: Colour, thickness: f64| {
            let y = up.place(value);
            picture.rule(at(across.from, y), at(across.to, y), colour, thickness);
        };
        // Darker than on a white page: it must show on bands.
        ticks
            .values
            .iter()
            .for_each(|value| rule(*value, tint(GREY, 0.45), 1.5));
        if self.is_gap {
            rule(0.0, INK, 2.5);
        }
        for (value, name) in ticks.values.iter().zip(&ticks.names) {
            let y = up.place(*value) + BODY.half_height();
            picture.text(right(name, at(across.from - 12.0, y), BODY));
        }
        let unit = ticks.unit(self.unit);
        picture.text(right(&unit, at(across.to, self.top - 38.0), FAINT));
    }
}

/// A point of a curve that is known.
struct Place {
    x: f64,
    mean: f64,
    ends: Option<[f64; 2]>,
}

/// Values of an arm, or of a difference, over the factor.
struct Curve {
    look: Look,
    places: Vec<Place>,
    /// How far its marks are moved aside \[points\].
    aside: f64,
}

impl Curve {
    /// Where its intervals end, and from left to right.
    fn ends(&self) -> impl DoubleEndedIterator<Item = (f64, [f64; 2])> {
        self.places
            .iter()
            .filter_map(|place| Some((place.x, place.ends?)))
    }

    /// Whether there are two intervals to lay a band through.
    fn has_band(&self) -> bool {
        self.ends().count() > 1
    }

    fn fill(&self, picture: &mut Picture, up: &Axis) {
        if self.has_band() {
            let lower = self.ends().map(|(x, [low, _])| at(x, up.place(low)));
            let upper = self.ends().rev().map(|(x, [_, high])| at(x, up.place(high)));
            let corners = lower.chain(upper).collect();
            picture
                .marks
                .push(Mark::Shape(corners, tint(self.look.colour(), BAND[0])));
        }
    }

    fn edges(&self, picture: &mut Picture, up: &Axis) {
        for end in (0..2).filter(|_| self.has_band()) {
            picture.marks.push(Mark::Line(Line {
                points: self.ends().map(|(x, ends)| at(x, up.place(ends[end]))).collect(),
                colour: tint(self.look.colour(), BAND[1]),
                thickness: 2.0,
                dash: self.look.dash(),
            }));
        }
    }

    fn intervals(&self, picture: &mut Picture, up: &Axis) {
        for (x, [low, high]) in self.ends() {
            let x = x + self.aside;
            picture.rule(
                at(x, up.place(low)),
                at(x, up.place(high)),
                self.look.colour(),
                4.0,
            );
        }
    }

    fn line(&self, picture: &mut Picture, up: &Axis) {
        if self.places.len() > 1 {
            let points = self.places.iter().map(|place| at(place.x, up.place(place.mean)));
            picture.marks.push(Mark::Line(Line {
                points: points.collect(),
                colour: self.look.colour(),
                thickness: 4.0,
                dash: self.look.dash(),
            }));
        }
    }

    fn marks(&self, picture: &mut Picture, up: &Axis) {
        for place in &self.places {
            let centre = at(place.x + self.aside, up.place(place.mean));
            self.look.mark(picture, centre, 15.0, Finish::Filled);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_band_lies_over_a_line_or_a_mark() {
        let picture = lines(&super::super::made_up(2, 1), Some(1));
        let middle = picture
            .texts()
            .find(|text| text.words.contains("minus"))
            .expect("a title")
            .at
            .y;
        let is_band = |mark: &Mark| matches!(mark, Mark::Shape(corners, _) if corners[0].y < middle);
        let last_band = picture.marks.iter().rposition(is_band).expect("a band");
        let under = &picture.marks[..last_band];
        assert_eq!(under.iter().filter(|mark| is_band(mark)).count(), 1);
        assert!(!under.iter().any(|mark| matches!(mark, Mark::Line(_))));
    }
}
