//! A break-even map: in how many of 20 worlds the other arm is better, square by square, with the frontier.

pub(super) mod square;

use experiments::breakeven::{Ahead, BreakEvenMap, Square, class};

use crate::breakeven::{axis_words, headline, square_words};
use crate::figures::{count, number};
use crate::sentences::{capitalised, label};

use super::lettering::Style;
use super::page::{
    BODY, BOTTOM, FAINT, MARGIN, RIGHT, STRONG, centred, footer_of, last_words, left, lines_of_words, right,
    started,
};
use super::palette::{INK, Look, PALE_FIRST, PALE_OTHER, WHITE};
use super::picture::{Area, Dash, Line, Mark, Picture, Point, at};
use super::shortened;
use square::Fill;

/// Room for values left of the squares \[points\].
const VALUES: f64 = 130.0;
/// Right end of the squares \[points\].
const SQUARES_END: f64 = 1060.0;
/// Room for values and name below the squares \[points\].
const AXIS_ROOM: f64 = 78.0;

/// The page.
pub fn map(map: &BreakEvenMap) -> Picture {
    let words = format!(
        "{} at the end of {} weeks, same worlds in every square{}.",
        capitalised(&label(map.outcome)),
        map.span.horizon_weeks,
        precision(map)
    );
    let (mut picture, top) = started(&headline(map), &[words]);
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

/// How well the least known square is known: `; numbers known to ±5 or better (95 %)`.
fn precision(map: &BreakEvenMap) -> String {
    let shares = map.squares.iter().filter_map(|square| square.better);
    shares
        .map(|share| 20.0 * (share.ci95.1 - share.ci95.0) / 2.0)
        .reduce(f64::max)
        .map_or_else(String::new, |widest| {
            format!("; numbers known to ±{} or better (95 %)", number(widest.ceil()))
        })
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

/// In full colour where one is ahead in nearly all worlds, in its pale one where in fewer, and hatched where that is not
/// settled: colours say what the headline counts.
fn fill(square: &Square) -> Fill {
    let Some((share, ahead)) = square.better.zip(square.ahead) else {
        return Fill::Plain(WHITE);
    };
    match (ahead, class(share.share)) {
        (Ahead::NotSettled, _) => Fill::Hatched,
        (Ahead::First, 0) => Fill::Plain(Look::First.colour()),
        (Ahead::First, _) => Fill::Plain(PALE_FIRST),
        (Ahead::Other, 4) => Fill::Plain(Look::Other.colour()),
        (Ahead::Other, _) => Fill::Plain(PALE_OTHER),
    }
}

fn paint(picture: &mut Picture, square: &Square, grid: &Grid, place: usize) {
    let (area, fill) = (grid.square(place), fill(square));
    fill.paint(picture, area);
    let words = fill.figure(square_words(square));
    let style = figure_style(grid).coloured(fill.ink());
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

/// Adds a line between neighbouring squares on either side of one half.
fn frontier(picture: &mut Picture, map: &BreakEvenMap, grid: &Grid) {
    let is_other = |place: usize| map.squares[place].better.map(|share| share.share > 0.5);
    let differ = |one: usize, other: usize| matches!((is_other(one), is_other(other)), (Some(one), Some(other)) if one != other);
    for place in 0..map.squares.len() {
        let area = grid.square(place);
        if place % grid.columns + 1 < grid.columns && differ(place, place + 1) {
            half_line(picture, at(area.to.x, area.from.y), area.to);
        }
        if place / grid.columns + 1 < grid.rows && differ(place, place + grid.columns) {
            half_line(picture, area.from, at(area.to.x, area.from.y));
        }
    }
}

/// Adds a piece of that line: dashed, as it goes by estimates that may not be settled.
fn half_line(picture: &mut Picture, from: Point, to: Point) {
    picture.marks.push(Mark::Line(Line {
        points: vec![from, to],
        colour: INK,
        thickness: 4.0,
        dash: Some(Dash {
            stroke: 10.0,
            gap: 6.0,
        }),
    }));
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

/// Distance between the lines of the legend \[points\].
const LEGEND_LINE: f64 = 44.0;

/// Adds what colours, figures and lines mean.
fn legend(picture: &mut Picture, map: &BreakEvenMap, top: f64) {
    let x = SQUARES_END + 50.0;
    let [first, other] = map.arms.each_ref().map(|name| shortened(name));
    let words = [format!("In how many of 20 worlds {other} is better:")];
    lines_of_words(picture, &words, at(x, top + 20.0), RIGHT - x);
    let mut y = top + 112.0;
    arm_ahead(picture, &other, Look::Other, at(x, y));
    for (fill, words) in [
        (Fill::Plain(Look::Other.colour()), "16 to 20"),
        (Fill::Plain(PALE_OTHER), "fewer, but settled (95 %)"),
        (Fill::Hatched, "(…) not settled who is ahead"),
        (Fill::Plain(PALE_FIRST), "more, but settled (95 %)"),
        (Fill::Plain(Look::First.colour()), "0 to 4"),
    ] {
        y += LEGEND_LINE;
        fill.paint(picture, Area::new(x, y - 24.0, x + 44.0, y + 8.0));
        picture.text(left(words, at(x + 60.0, y), BODY));
    }
    y += LEGEND_LINE;
    arm_ahead(picture, &first, Look::First, at(x, y));
    y += 1.5 * LEGEND_LINE;
    half_line(picture, at(x, y - 8.0), at(x + 44.0, y - 8.0));
    picture.text(left("about where each wins half", at(x + 60.0, y), BODY));
    y += LEGEND_LINE;
    picture.text(left("~", at(x + 14.0, y), STRONG));
    picture.text(left("may lie in the next class", at(x + 60.0, y), BODY));
    if map.unknown() > 0 {
        y += LEGEND_LINE;
        picture.text(left("?", at(x + 14.0, y), STRONG));
        picture.text(left("not known: runs failed", at(x + 60.0, y), BODY));
    }
}

/// Adds `NAME ahead` in the colour of the arm.
fn arm_ahead(picture: &mut Picture, name: &str, look: Look, place: Point) {
    let name = STRONG.fitted(name, RIGHT - place.x - STRONG.width(" ahead"));
    let words = format!("{name} ahead");
    picture.text(left(&words, place, STRONG.coloured(look.colour())));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plots::fixture::decisions;
    use crate::plots::picture::{Colour, Finish};

    /// Squares of this colour, less the one in the legend.
    fn squares_in(picture: &Picture, colour: Colour) -> usize {
        let is_square =
            |mark: &&Mark| matches!(mark, Mark::Rectangle(_, found, Finish::Filled) if *found == colour);
        picture.marks.iter().filter(is_square).count() - 1
    }

    #[test]
    fn only_settled_squares_have_a_colour() {
        let mut found = decisions::break_even("safe");
        // A map on which the first is ahead nowhere for sure has no square in its colours.
        for lost in [false, true] {
            if lost {
                for square in &mut found.squares {
                    square.ahead = square.ahead.map(|ahead| match ahead {
                        Ahead::First => Ahead::NotSettled,
                        _ => ahead,
                    });
                }
            }
            let picture = map(&found);
            let sides = [
                (Ahead::First, [Look::First.colour(), PALE_FIRST]),
                (Ahead::Other, [Look::Other.colour(), PALE_OTHER]),
            ];
            for (ahead, colours) in sides {
                let drawn: usize = colours.iter().map(|colour| squares_in(&picture, *colour)).sum();
                assert_eq!(drawn, found.count(ahead), "{ahead:?} {lost}");
            }
            assert_eq!(squares_in(&picture, WHITE), found.count(Ahead::NotSettled));
            let in_brackets = picture.texts().filter(|text| {
                let inside = text
                    .words
                    .strip_prefix('(')
                    .and_then(|words| words.strip_suffix(')'));
                inside.is_some_and(|words| words.trim_end_matches('~').parse::<u32>().is_ok())
            });
            assert_eq!(in_brackets.count(), found.count(Ahead::NotSettled));
        }
    }
}
