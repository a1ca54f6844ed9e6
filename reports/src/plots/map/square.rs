//! How a square of a map looks: in the colour of whoever is ahead, or hatched and in brackets where that is not settled.

use crate::plots::palette::{GREY, GRID, INK, Look, QUIET, WHITE};
use crate::plots::picture::{Area, Colour, Finish, Mark, Picture, at};

/// Distance between the lines of a hatched square, along its edges \[points\].
const HATCH: f64 = 18.0;

/// What a square is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// A colour: what it says is settled.
    Plain(Colour),
    /// White with oblique lines: it is not.
    Hatched,
}

impl Fill {
    /// Adds the square.
    pub fn paint(self, picture: &mut Picture, area: Area) {
        let colour = match self {
            Self::Plain(colour) => colour,
            Self::Hatched => WHITE,
        };
        picture.marks.push(Mark::Rectangle(area, colour, Finish::Filled));
        if self == Self::Hatched {
            hatch(picture, &area);
        }
        picture
            .marks
            .push(Mark::Rectangle(area, GREY, Finish::Outlined(1.0)));
    }

    /// Colour of the figures in it.
    pub fn ink(self) -> Colour {
        let is_dark = |colour| {
            [Look::First, Look::Other]
                .iter()
                .any(|look| look.colour() == colour)
        };
        match self {
            Self::Hatched => QUIET,
            Self::Plain(colour) if is_dark(colour) => WHITE,
            Self::Plain(_) => INK,
        }
    }

    /// The figure as it stands in the square: `(+50)` where it is not settled.
    pub fn figure(self, words: String) -> String {
        match self {
            Self::Plain(_) => words,
            Self::Hatched => format!("({words})"),
        }
    }
}

/// Adds oblique lines. They lie where x + y is a whole number of steps, so that they go on from square to square.
fn hatch(picture: &mut Picture, area: &Area) {
    let Area { from, to } = *area;
    let first = ((from.x + from.y) / HATCH).floor() as i64 + 1;
    let last = ((to.x + to.y) / HATCH).ceil() as i64 - 1;
    for sum in (first..=last).map(|step| step as f64 * HATCH) {
        let (left, right) = (from.x.max(sum - to.y), to.x.min(sum - from.y));
        picture.rule(at(left, sum - left), at(right, sum - right), GRID, 2.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plots::palette::PALE_OTHER;

    #[test]
    fn hatching_stays_in_its_square() {
        let mut picture = Picture::default();
        Fill::Hatched.paint(&mut picture, Area::new(10.0, 20.0, 110.0, 60.0));
        let lines = picture.marks.iter().filter_map(|mark| match mark {
            Mark::Line(line) => Some(&line.points),
            _ => None,
        });
        let points: Vec<_> = lines.flatten().collect();
        assert!(points.len() >= 10);
        let is_inside = |x: f64, y: f64| (10.0..=110.0).contains(&x) && (20.0..=60.0).contains(&y);
        assert!(
            points.iter().all(|point| is_inside(point.x, point.y)),
            "{points:?}"
        );
    }

    #[test]
    fn what_is_not_settled_is_in_brackets_and_quiet() {
        assert_eq!(Fill::Hatched.figure("+280".to_owned()), "(+280)");
        assert_eq!(Fill::Plain(PALE_OTHER).figure("+280".to_owned()), "+280");
        let inks = [
            Fill::Hatched,
            Fill::Plain(PALE_OTHER),
            Fill::Plain(Look::Other.colour()),
        ]
        .map(Fill::ink);
        assert_eq!(inks, [QUIET, INK, WHITE]);
    }
}
