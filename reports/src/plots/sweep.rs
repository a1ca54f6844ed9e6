//! What happens across settings: lines over one factor, heat maps over two, with numbers in the squares.

use experiments::sweep::{PointResult, Spread};
use scenarios::plan::{Factor, Level};
use sim_core::outcomes::Direction;

use crate::figures::{factor, gap_words, number, signed, unit_words};
use crate::sentences::label;
use crate::sweep::SweepReport;

use super::axis::Axis;
use super::lettering::Style;
use super::page::{
    BODY, BOTTOM, FAINT, MARGIN, RIGHT, STRONG, arm_name, centred, footer_of, left, right, started,
};
use super::palette::{GREY, GRID, INK, Look, PALE_FIRST, PALE_OTHER, WHITE, tint};
use super::picture::{Area, Colour, Finish, Line, Mark, Picture, at};

/// Room left of a panel for its ticks or names \[points\].
const TICKS: f64 = 130.0;
/// Room for the names of rows of a heat map \[points\].
const ROW_NAMES: f64 = 260.0;
/// Most rows and columns of a heat map whose numbers can be read.
const MOST_SQUARES: usize = 12;

/// Every page with its name: none unless one factor differs, or two in a grid.
pub fn pictures(report: &SweepReport) -> Vec<(String, Picture)> {
    let others: Vec<usize> = (1..report.arms.len()).collect();
    let named = |stem: &str, index: usize| {
        if index == 0 {
            stem.to_owned()
        } else {
            format!("{stem}-{}", index + 1)
        }
    };
    match report.factors.as_slice() {
        [_] if others.is_empty() => vec![("sweep-lines".to_owned(), lines(report, None))],
        [_] => {
            let page =
                |(index, arm): (usize, &usize)| (named("sweep-lines", index), lines(report, Some(*arm)));
            others.iter().enumerate().map(page).collect()
        }
        [_, _] => {
            let wanted: Vec<Option<usize>> = if others.is_empty() {
                vec![None]
            } else {
                others.iter().copied().map(Some).collect()
            };
            let maps = wanted
                .iter()
                .enumerate()
                .filter_map(|(index, arm)| Some((named("sweep-map", index), map(report, *arm)?)));
            maps.collect()
        }
        _ => Vec::new(),
    }
}

/// Where a point lies on the axis of the only factor: its number, or its place in the list of names.
fn positions(report: &SweepReport) -> Vec<(f64, usize)> {
    let place = |(index, levels): (usize, &Vec<Level>)| {
        let number = match &levels[0] {
            Level::Value(value) => value.as_number(),
            Level::Name(_) => None,
        };
        (number.unwrap_or(index as f64), index)
    };
    let mut places: Vec<(f64, usize)> = report.levels.iter().enumerate().map(place).collect();
    places.sort_by(|one, other| one.0.total_cmp(&other.0));
    places
}

fn is_numeric(report: &SweepReport) -> bool {
    report
        .levels
        .iter()
        .all(|levels| matches!(&levels[0], Level::Value(value) if value.as_number().is_some()))
}

/// The first arm and another over the only factor, and their difference below; or the only arm.
fn lines(report: &SweepReport, other: Option<usize>) -> Picture {
    let unit = report.outcome.row().unit;
    let headline = &report.headlines()[other.map_or(0, |arm| arm - 1)];
    let shape = if is_numeric(report) { "Bands" } else { "Lines" };
    let subject = capital(&label(report.outcome));
    let words = format!(
        "{subject} over {}. {shape}: 95 % interval at each point.",
        factor_words(&report.factors[0])
    );
    let (mut picture, top) = started(headline, &[words]);
    let places = positions(report);
    let mut across = Axis::around(
        places.iter().map(|(place, _)| *place),
        MARGIN + TICKS,
        RIGHT - 40.0,
    );
    if !is_numeric(report) {
        across = Axis {
            low: -0.5,
            high: places.len() as f64 - 0.5,
            ..across
        };
    }

    let bottom = BOTTOM - 84.0;
    let middle = if other.is_some() {
        top + 0.52 * (bottom - top)
    } else {
        bottom
    };
    let mut x = MARGIN + TICKS;
    for arm in std::iter::once(0).chain(other) {
        x = arm_name(
            &mut picture,
            Look::of(arm),
            &report.arm(arm),
            at(x, top + 24.0),
            500.0,
        ) + 50.0;
    }
    let arms: Vec<usize> = std::iter::once(0).chain(other).collect();
    let own: Vec<(Look, Vec<Spread>)> = arms
        .iter()
        .map(|arm| {
            (
                Look::of(*arm),
                places
                    .iter()
                    .map(|(_, point)| report.swept.points[*point].arms[*arm])
                    .collect(),
            )
        })
        .collect();
    panel(
        &mut picture,
        report,
        &across,
        &places,
        &own,
        Panel {
            top: top + 62.0,
            bottom: middle - 12.0,
            unit: unit_words(unit),
            is_gap: false,
        },
    );
    if let Some(arm) = other {
        let title = format!("{} minus {}", report.arm(arm), report.arm(0));
        picture.text(left(&title, at(MARGIN + TICKS, middle + 34.0), STRONG));
        let gaps = places
            .iter()
            .map(|(_, point)| report.swept.points[*point].differences[arm - 1])
            .collect();
        panel(
            &mut picture,
            report,
            &across,
            &places,
            &[(Look::Other, gaps)],
            Panel {
                top: middle + 72.0,
                bottom,
                unit: gap_words(unit),
                is_gap: true,
            },
        );
    }
    across_axis(&mut picture, report, &across, &places, bottom);
    footer(&mut picture, report);
    picture
}

/// A part of the page with values upwards.
#[derive(Clone, Copy)]
struct Panel<'a> {
    top: f64,
    bottom: f64,
    unit: &'a str,
    is_gap: bool,
}

fn panel(
    picture: &mut Picture,
    report: &SweepReport,
    across: &Axis,
    places: &[(f64, usize)],
    rows: &[(Look, Vec<Spread>)],
    panel: Panel,
) {
    let scale = factor(report.outcome.row().unit);
    let ends = |spread: &Spread| {
        spread
            .ci95
            .map_or([spread.mean.unwrap_or(f64::NAN); 2], |(low, high)| [low, high])
    };
    let values = rows
        .iter()
        .flat_map(|(_, spreads)| spreads)
        .flat_map(ends)
        .map(|value| scale * value);
    let mut up = Axis::around(values, panel.bottom, panel.top);
    if panel.is_gap {
        up = up.reaching(0.0);
    }
    let ticks = if panel.is_gap {
        up.ticks(4).signed()
    } else {
        up.ticks(4)
    };
    for (value, name) in ticks.values.iter().zip(&ticks.names) {
        let y = up.place(*value);
        picture.rule(at(across.from, y), at(across.to, y), GRID, 1.5);
        picture.text(right(name, at(across.from - 12.0, y + BODY.half_height()), BODY));
    }
    picture.text(right(
        &ticks.unit(panel.unit),
        at(across.to, panel.top - 38.0),
        FAINT,
    ));

    if panel.is_gap {
        picture.rule(
            at(across.from, up.place(0.0)),
            at(across.to, up.place(0.0)),
            INK,
            2.0,
        );
    }
    for (look, spreads) in rows {
        let known: Vec<(f64, &Spread)> = places
            .iter()
            .zip(spreads)
            .filter(|(_, spread)| spread.mean.is_some())
            .map(|((place, _), spread)| (across.place(*place), spread))
            .collect();
        let shape = match (is_numeric(report), rows.len()) {
            (true, _) => Shape::Line,
            (false, 1) => Shape::Marks(0.0),
            (false, _) => Shape::Marks(if *look == Look::First { -9.0 } else { 9.0 }),
        };
        band(picture, &up, scale, &known, *look, shape);
    }
}

/// How values over a factor are drawn.
#[derive(Clone, Copy)]
enum Shape {
    /// A line with its band.
    Line,
    /// Marks with their intervals, moved aside so that those of two arms do not meet \[points\].
    Marks(f64),
}

fn band(picture: &mut Picture, up: &Axis, scale: f64, known: &[(f64, &Spread)], look: Look, shape: Shape) {
    let (is_line, shift) = match shape {
        Shape::Line => (true, 0.0),
        Shape::Marks(shift) => (false, shift),
    };

    let height = |value: f64| up.place(scale * value);
    let ends: Vec<(f64, f64, f64)> = known
        .iter()
        .filter_map(|(x, spread)| spread.ci95.map(|(low, high)| (*x, height(low), height(high))))
        .collect();
    if is_line && ends.len() > 1 {
        let lower = ends.iter().map(|(x, low, _)| at(*x, *low));
        let upper = ends.iter().rev().map(|(x, _, high)| at(*x, *high));
        picture.marks.push(Mark::Shape(
            lower.chain(upper).collect(),
            tint(look.colour(), 0.22),
        ));
    } else {
        for (x, low, high) in &ends {
            picture.rule(at(x + shift, *low), at(x + shift, *high), look.colour(), 4.0);
        }
    }
    if is_line && known.len() > 1 {
        let points = known
            .iter()
            .map(|(x, spread)| at(*x, height(spread.mean.unwrap_or_default())))
            .collect();
        picture.marks.push(Mark::Line(Line {
            points,
            colour: look.colour(),
            thickness: 4.0,
            dash: look.dash(),
        }));
    }
    for (x, spread) in known {
        look.mark(
            picture,
            at(x + shift, height(spread.mean.unwrap_or_default())),
            15.0,
            Finish::Filled,
        );
    }
}

fn across_axis(picture: &mut Picture, report: &SweepReport, across: &Axis, places: &[(f64, usize)], y: f64) {
    let words = factor_words(&report.factors[0]);
    if is_numeric(report) {
        super::page::horizontal_axis(picture, across, &across.ticks(7), y, &words);
        return;
    }
    picture.rule(at(across.from, y), at(across.to, y), GREY, 2.0);
    let room = (across.to - across.from) / places.len() as f64 - 14.0;
    for (place, point) in places {
        let name = BODY.fitted(&report.level(*point, 0), room);
        picture.text(centred(&name, at(across.place(*place), y + 34.0), BODY));
    }
    picture.text(centred(
        &words,
        at((across.from + across.to) / 2.0, y + 66.0),
        FAINT,
    ));
}

/// `environment.coupling, share`: a factor and its unit.
fn factor_words(factor: &Factor) -> String {
    match factor.unit() {
        "" | "-" => factor.name(),
        unit => format!("{} [{unit}]", factor.name()),
    }
}

/// Values of two factors in squares: a difference in colours by who is ahead and how far, or the mean of the only arm.
fn map(report: &SweepReport, arm: Option<usize>) -> Option<Picture> {
    let columns = distinct(report, 0);
    let rows = distinct(report, 1);
    let is_grid = report.design == "grid" && columns.len() * rows.len() == report.levels.len();
    if !is_grid || columns.len() > MOST_SQUARES || rows.len() > MOST_SQUARES {
        return None;
    }
    let unit = report.outcome.row().unit;
    let spread = |point: &PointResult| arm.map_or(point.arms[0], |arm| point.differences[arm - 1]);
    let what = match arm {
        Some(arm) => format!(
            "{} minus {} in {}, {}; ~ cannot be told from nothing (95 %).",
            report.arm(arm),
            report.arm(0),
            label(report.outcome),
            gap_words(unit)
        ),
        None => format!(
            "{} of {}, {}; ±: half of the 95 % interval.",
            capital(&label(report.outcome)),
            report.arm(0),
            unit_words(unit)
        ),
    };
    let (mut picture, top) = started(&report.headlines()[arm.map_or(0, |arm| arm - 1)], &[what]);
    let area = Area::new(MARGIN + ROW_NAMES, top + 8.0, RIGHT, BOTTOM - 130.0);
    let (width, height) = (
        area.width() / columns.len() as f64,
        (area.to.y - area.from.y) / rows.len() as f64,
    );
    let spreads: Vec<Spread> = report.swept.points.iter().map(spread).collect();
    let shades = Shades::new(report, arm.is_some(), &spreads);
    for (point, levels) in report.levels.iter().enumerate() {
        let column = columns.iter().position(|level| *level == levels[0])?;
        // The first level lies at the bottom, as on any axis.
        let row = rows.len() - 1 - rows.iter().position(|level| *level == levels[1])?;
        let from = at(
            area.from.x + column as f64 * width,
            area.from.y + row as f64 * height,
        );
        let square = Area::new(
            from.x + 2.0,
            from.y + 2.0,
            from.x + width - 2.0,
            from.y + height - 2.0,
        );
        square_of(&mut picture, report, &square, &spreads[point], &shades);
    }
    for (index, level) in columns.iter().enumerate() {
        let words = BODY.fitted(&level_words(level), width - 8.0);
        picture.text(centred(
            &words,
            at(area.from.x + (index as f64 + 0.5) * width, area.to.y + 32.0),
            BODY,
        ));
    }
    for (index, level) in rows.iter().enumerate() {
        let y = area.to.y - (index as f64 + 0.5) * height + BODY.half_height();
        picture.text(right(
            &BODY.fitted(&level_words(level), ROW_NAMES - 20.0),
            at(area.from.x - 14.0, y),
            BODY,
        ));
    }
    let under = format!("across: {}", factor_words(&report.factors[0]));
    let beside = format!("up: {}", factor_words(&report.factors[1]));
    picture.text(left(
        &BODY.fitted(&format!("{under}   ·   {beside}"), RIGHT - MARGIN),
        at(MARGIN, area.to.y + 72.0),
        FAINT,
    ));
    shades.legend(&mut picture, report, arm, area.to.y + 112.0);
    footer(&mut picture, report);
    Some(picture)
}

/// The levels of a factor in the order in which they first come.
fn distinct(report: &SweepReport, factor: usize) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    for point in &report.levels {
        if !levels.contains(&point[factor]) {
            levels.push(point[factor].clone());
        }
    }
    levels
}

fn level_words(level: &Level) -> String {
    match level {
        Level::Value(value) => value.as_number().map_or_else(|| value.to_string(), number),
        Level::Name(name) => name.clone(),
    }
}

fn square_of(picture: &mut Picture, report: &SweepReport, square: &Area, spread: &Spread, shades: &Shades) {
    let unit = report.outcome.row().unit;
    let open = shades.is_gap && report.sign(spread) == 0;
    let (fill, ink) = shades.of(spread.mean, open);
    picture.marks.push(Mark::Rectangle(*square, fill, Finish::Filled));
    picture
        .marks
        .push(Mark::Rectangle(*square, GREY, Finish::Outlined(1.0)));
    let (x, y) = (
        (square.from.x + square.to.x) / 2.0,
        (square.from.y + square.to.y) / 2.0,
    );
    let Some(mean) = spread.mean else {
        picture.text(centred("?", at(x, y + STRONG.half_height()), STRONG));
        return;
    };
    let figure = if shades.is_gap {
        signed(factor(unit) * mean)
    } else {
        number(factor(unit) * mean)
    };
    let words = if open { format!("~{figure}") } else { figure };
    let half = spread
        .ci95
        .map(|(low, high)| format!("±{}", number(factor(unit) * (high - low) / 2.0)));
    let style = |style: Style| style.coloured(ink);
    let both = square.to.y - square.from.y > 56.0 && half.is_some();
    let baseline = if both { y - 5.0 } else { y + STRONG.half_height() };
    picture.text(centred(
        &STRONG.fitted(&words, square.width() - 4.0),
        at(x, baseline),
        style(STRONG),
    ));
    if let (true, Some(half)) = (both, half) {
        picture.text(centred(
            &BODY.fitted(&half, square.width() - 4.0),
            at(x, y + 22.0),
            style(BODY),
        ));
    }
}

/// Colours of squares: five classes. Of differences the middle one is for those that cannot be told from nothing, whatever
/// their size, and no other is white.
struct Shades {
    is_gap: bool,
    /// Ends of the classes between the lowest and the highest.
    ends: [f64; 4],
    colours: [(Colour, Colour); 5],
}

impl Shades {
    fn new(report: &SweepReport, is_gap: bool, spreads: &[Spread]) -> Self {
        let first = Look::First.colour();
        if is_gap {
            let mut colours = [
                (first, WHITE),
                (PALE_FIRST, INK),
                (WHITE, INK),
                (PALE_OTHER, INK),
                (Look::Other.colour(), WHITE),
            ];
            if report.outcome.row().direction == Direction::Lower {
                colours.reverse();
            }
            let settled = spreads.iter().filter(|spread| report.sign(spread) != 0);
            let sizes = settled.filter_map(|spread| spread.mean).map(f64::abs);
            let half = sizes.fold(0.0, f64::max) / 2.0;
            return Self {
                is_gap,
                ends: [-half, 0.0, 0.0, half],
                colours,
            };
        }
        let means = || spreads.iter().filter_map(|spread| spread.mean);
        let (low, high) = (
            means().fold(f64::INFINITY, f64::min),
            means().fold(f64::NEG_INFINITY, f64::max),
        );
        let shades = [0.0, 0.18, 0.36, 0.54, 1.0]
            .map(|share| (tint(first, share), if share > 0.6 { WHITE } else { INK }));
        let step = (high - low) / 5.0;
        Self {
            is_gap,
            ends: [1.0, 2.0, 3.0, 4.0].map(|index| low + index * step),
            colours: shades,
        }
    }

    /// Colours of a square and of the figure in it.
    fn of(&self, mean: Option<f64>, open: bool) -> (Colour, Colour) {
        match mean {
            Some(mean) if !open => self.colours[self.ends.iter().filter(|end| mean > **end).count()],
            _ => (WHITE, INK),
        }
    }

    /// Which colour is good for whom.
    fn legend(&self, picture: &mut Picture, report: &SweepReport, arm: Option<usize>, y: f64) {
        let entries: Vec<(Colour, String)> = match arm {
            Some(arm) => vec![
                (Look::First.colour(), format!("{} far ahead", report.arm(0))),
                (PALE_FIRST, "ahead".to_owned()),
                (WHITE, "cannot be told apart".to_owned()),
                (PALE_OTHER, "ahead".to_owned()),
                (Look::Other.colour(), format!("{} far ahead", report.arm(arm))),
            ],
            None => vec![
                (self.colours[0].0, "lowest".to_owned()),
                (self.colours[4].0, "highest".to_owned()),
            ],
        };
        let mut x = MARGIN;
        for (colour, words) in entries {
            let square = Area::new(x, y - 18.0, x + 22.0, y + 4.0);
            picture
                .marks
                .push(Mark::Rectangle(square, colour, Finish::Filled));
            picture
                .marks
                .push(Mark::Rectangle(square, GREY, Finish::Outlined(1.0)));
            let words = BODY.fitted(&words, 380.0);
            picture.text(left(&words, at(x + 32.0, y), BODY));
            x += 32.0 + BODY.width(&words) + 36.0;
        }
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn footer(picture: &mut Picture, report: &SweepReport) {
    let mut words = report.words();
    words.push("same worlds at every point".to_owned());
    words.push("what-if, not a forecast".to_owned());
    footer_of(picture, &words);
}
