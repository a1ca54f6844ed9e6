//! A break-even map: in how many of 20 worlds the other arm is better, square by square, with the frontier.

use experiments::breakeven::{BreakEvenMap, Square, class};

use crate::breakeven::{axis_words, headline, square_words};
use crate::figures::{count, number};
use crate::sentences::label;

use super::lettering::Style;
use super::page::{
    BODY, BOTTOM, FAINT, MARGIN, RIGHT, STRONG, centred, footer_of, last_words, left, lines_of_words, right,
    started,
};
use super::palette::{GREY, INK, Look, PALE_FIRST, PALE_OTHER, WHITE};
use super::picture::{Area, Colour, Finish, Mark, Picture, at};
use super::shortened;

/// Colours of the classes, from the first arm's to the other's, and of the figures in them.
const CLASSES: [(Colour, Colour); 5] = [
    (Colour(0x00, 0x72, 0xb2), WHITE),
    (PALE_FIRST, INK),
    (WHITE, INK),
    (PALE_OTHER, INK),
    (Colour(0xc4, 0x4e, 0x00), WHITE),
];
/// Room for values left of the squares \[points\].
const VALUES: f64 = 130.0;
/// Right end of the squares \[points\].
const SQUARES_END: f64 = 1060.0;
/// Room for values and name below the squares \[points\].
const AXIS_ROOM: f64 = 78.0;

/// The page.
pub fn map(map: &BreakEvenMap) -> Picture {
    let words = format!(
        "{} at the end of {} weeks, same worlds in every square.",
        label(map.outcome),
        map.span.horizon_weeks
    );
    let (mut picture, top) = started(&headline(map), &[crate::sentences::capitalised(&words)]);
    let name = format!("{} [{}]", axis_words(map, &map.y), map.y.parameter.unit);
    picture.text(left(
        &FAINT.fitted(&name, SQUARES_END - MARGIN),
        at(MARGIN, top + 10.0),
        FAINT,
    ));
    let area = Area::new(MARGIN + VALUES, top + 30.0, SQUARES_END, BOTTOM - AXIS_ROOM);
    let grid = Grid::new(map, area);
    for (place, square) in map.squares.iter().enumerate() {
        paint(&mut picture, square, &grid, place);
    }
    frontier(&mut picture, map, &grid);
    values(&mut picture, map, &grid);
    legend(&mut picture, map, area.from.y);
    let mut words = vec![format!("{} squares, {} runs", map.squares.len(), count(map.runs))];
    words.extend(last_words(map.span, map.seed));
    footer_of(&mut picture, &words);
    picture
}

/// Where squares lie; row 0 is at the bottom.
struct Grid {
    area: Area,
    columns: usize,
    rows: usize,
    width: f64,
    height: f64,
}

impl Grid {
    fn new(map: &BreakEvenMap, area: Area) -> Self {
        let (columns, rows) = (map.columns.len(), map.rows.len());
        Self {
            area,
            columns,
            rows,
            width: area.width() / columns as f64,
            height: (area.to.y - area.from.y) / rows as f64,
        }
    }

    fn square(&self, place: usize) -> Area {
        let (column, row) = (place % self.columns, place / self.columns);
        let x = self.area.from.x + column as f64 * self.width;
        let y = self.area.to.y - (row + 1) as f64 * self.height;
        Area::new(x, y, x + self.width, y + self.height)
    }
}

fn paint(picture: &mut Picture, square: &Square, grid: &Grid, place: usize) {
    let area = grid.square(place);
    let (fill, ink) = square
        .better
        .map_or((WHITE, INK), |share| CLASSES[class(share.share)]);
    picture.marks.push(Mark::Rectangle(area, fill, Finish::Filled));
    picture
        .marks
        .push(Mark::Rectangle(area, GREY, Finish::Outlined(1.0)));
    if square.is_in_band {
        let inset = 5.0;
        let inner = Area::new(
            area.from.x + inset,
            area.from.y + inset,
            area.to.x - inset,
            area.to.y - inset,
        );
        picture
            .marks
            .push(Mark::Rectangle(inner, ink, Finish::Outlined(2.0)));
    }
    let words = square_words(square);
    let style = figure_style(grid).coloured(ink);
    if style.width(&words) + 8.0 < grid.width {
        let middle = at(
            (area.from.x + area.to.x) / 2.0,
            (area.from.y + area.to.y) / 2.0 + style.half_height(),
        );
        picture.text(centred(&words, middle, style));
    }
}

/// Figures are large where squares are.
fn figure_style(grid: &Grid) -> Style {
    Style {
        size: (0.5 * grid.height).clamp(22.0, 34.0),
        ..STRONG
    }
}

/// Adds a thick line between neighbouring squares on either side of one half.
fn frontier(picture: &mut Picture, map: &BreakEvenMap, grid: &Grid) {
    let is_other = |place: usize| map.squares[place].better.map(|share| share.share > 0.5);
    let differ = |one: usize, other: usize| matches!((is_other(one), is_other(other)), (Some(one), Some(other)) if one != other);
    for place in 0..map.squares.len() {
        let area = grid.square(place);
        if place % grid.columns + 1 < grid.columns && differ(place, place + 1) {
            picture.rule(at(area.to.x, area.from.y), area.to, INK, 7.0);
        }
        if place / grid.columns + 1 < grid.rows && differ(place, place + grid.columns) {
            picture.rule(area.from, at(area.to.x, area.from.y), INK, 7.0);
        }
    }
}

/// Adds the values beside rows and columns, as many as there is room for.
fn values(picture: &mut Picture, map: &BreakEvenMap, grid: &Grid) {
    let every = |room: f64, size: f64| (size / room).ceil().max(1.0) as usize;
    let names: Vec<String> = map.columns.iter().map(|value| number(*value)).collect();
    let widest = names.iter().map(|name| BODY.width(name)).fold(0.0, f64::max);
    for (column, name) in names.iter().enumerate().step_by(every(grid.width, widest + 14.0)) {
        let area = grid.square(column);
        picture.text(centred(
            name,
            at((area.from.x + area.to.x) / 2.0, grid.area.to.y + 32.0),
            BODY,
        ));
    }
    for (row, value) in map.rows.iter().enumerate().step_by(every(grid.height, 34.0)) {
        let area = grid.square(row * grid.columns);
        let place = at(
            area.from.x - 14.0,
            (area.from.y + area.to.y) / 2.0 + BODY.half_height(),
        );
        picture.text(right(&number(*value), place, BODY));
    }
    let name = format!("{} [{}]", axis_words(map, &map.x), map.x.parameter.unit);
    let middle = (grid.area.from.x + grid.area.to.x) / 2.0;
    let name = FAINT.fitted(&name, grid.area.width() + VALUES);
    picture.text(centred(&name, at(middle, grid.area.to.y + 68.0), FAINT));
}

/// Adds what colours, figures and lines mean.
fn legend(picture: &mut Picture, map: &BreakEvenMap, top: f64) {
    let x = SQUARES_END + 50.0;
    let room = RIGHT - x;
    let [first, other] = map.arms.each_ref().map(|name| shortened(name));
    let words = [format!("In how many of 20 worlds {other} is better:")];
    lines_of_words(picture, &words, at(x, top + 20.0), room);
    let mut y = top + 92.0;
    let classes = [
        "0 to 4",
        "5 to 8",
        "9 to 11, too close to call",
        "12 to 15",
        "16 to 20",
    ];
    for (class, words) in classes.iter().enumerate().rev() {
        let (fill, _) = CLASSES[class];
        let swatch = Area::new(x, y - 24.0, x + 44.0, y + 8.0);
        picture.marks.push(Mark::Rectangle(swatch, fill, Finish::Filled));
        picture
            .marks
            .push(Mark::Rectangle(swatch, GREY, Finish::Outlined(1.0)));
        picture.text(left(words, at(x + 60.0, y), BODY));
        let arm = match class {
            0 => Some((&first, Look::First)),
            4 => Some((&other, Look::Other)),
            _ => None,
        };
        if let Some((name, look)) = arm {
            let from = x + 60.0 + BODY.width(words) + 16.0;
            let name = STRONG.fitted(name, RIGHT - from);
            picture.text(left(&name, at(from, y), STRONG.coloured(look.colour())));
        }
        y += 44.0;
    }
    y += 20.0;
    picture.rule(at(x, y - 8.0), at(x + 44.0, y - 8.0), INK, 7.0);
    picture.text(left("where either wins half", at(x + 60.0, y), BODY));
    y += 44.0;
    let boxed = Area::new(x, y - 24.0, x + 44.0, y + 8.0);
    picture
        .marks
        .push(Mark::Rectangle(boxed, INK, Finish::Outlined(2.0)));
    picture.text(left("that line may run here (95 %)", at(x + 60.0, y), BODY));
    y += 44.0;
    picture.text(left("~", at(x + 14.0, y), STRONG));
    picture.text(left("may be in the next class", at(x + 60.0, y), BODY));
    if map.unknown() > 0 {
        y += 44.0;
        picture.text(left("?", at(x + 14.0, y), STRONG));
        picture.text(left("not known: runs failed", at(x + 60.0, y), BODY));
    }
}
