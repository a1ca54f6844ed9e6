//! A picture as a list of marks in page points; knows no file format and no result.

use super::lettering::Style;

/// Width of every page \[points\].
pub const WIDTH: f64 = 1600.0;
/// Height of every page \[points\].
pub const HEIGHT: f64 = 1000.0;

/// A colour, red, green and blue from 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

/// A place on the page, from its upper left corner \[points\].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

/// Shorthand for [`Point`].
pub fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

/// A rectangle by two opposite corners.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Upper left corner.
    pub from: Point,
    /// Lower right corner.
    pub to: Point,
}

impl Area {
    /// The rectangle between `left` and `right`, `top` and `bottom`.
    pub fn new(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        Self {
            from: at(left, top),
            to: at(right, bottom),
        }
    }

    /// Its width \[points\].
    pub fn width(&self) -> f64 {
        self.to.x - self.from.x
    }

    /// Whether it shares more than an edge with `other`.
    #[cfg(test)]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from.x < other.to.x
            && other.from.x < self.to.x
            && self.from.y < other.to.y
            && other.from.y < self.to.y
    }
}

/// How a closed shape is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Finish {
    /// Filled.
    Filled,
    /// Its outline only, so many points thick.
    Outlined(f64),
}

/// Lengths of the strokes and the gaps of a line \[points\].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dash {
    /// Length of a stroke.
    pub stroke: f64,
    /// Length of a gap.
    pub gap: f64,
}

/// A line through points.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The points, at least two.
    pub points: Vec<Point>,
    /// Its colour.
    pub colour: Colour,
    /// Its thickness \[points\].
    pub thickness: f64,
    /// Dashes; solid without.
    pub dash: Option<Dash>,
}

/// Where the point of a text lies in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At its start.
    Left,
    /// In its middle.
    Centre,
    /// At its end.
    Right,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// What it says.
    pub words: String,
    /// Where its baseline is, and by `align` which part of it.
    pub at: Point,
    /// How it looks.
    pub style: Style,
    /// Which part of the text lies at the point.
    pub align: Align,
}

#[cfg(test)]
impl Text {
    /// The box that its letters fill.
    pub fn area(&self) -> Area {
        let (width, size) = (self.style.width(&self.words), self.style.size);
        let left = match self.align {
            Align::Left => self.at.x,
            Align::Centre => self.at.x - width / 2.0,
            Align::Right => self.at.x - width,
        };
        Area::new(
            left,
            self.at.y - 0.76 * size,
            left + width,
            self.at.y + 0.24 * size,
        )
    }
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A rectangle.
    Rectangle(Area, Colour, Finish),
    /// A circle by centre and radius.
    Circle(Point, f64, Colour, Finish),
    /// A filled shape through points.
    Shape(Vec<Point>, Colour),
    /// A line.
    Line(Line),
    /// A text.
    Text(Text),
}

impl Mark {
    /// Whether it lies on the page or near it; values that are not finite have no place.
    pub fn is_near_page(&self) -> bool {
        let near = |point: &Point| point.x.abs() < 3.0 * WIDTH && point.y.abs() < 3.0 * HEIGHT;
        match self {
            Self::Rectangle(area, ..) => near(&area.from) && near(&area.to),
            Self::Circle(centre, ..) => near(centre),
            Self::Shape(points, _) => points.iter().all(near),
            Self::Line(line) => line.points.iter().all(near),
            Self::Text(text) => near(&text.at),
        }
    }
}

/// A page: what it shows in words, and its marks from back to front.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Picture {
    /// What it shows, for people who cannot see it.
    pub description: String,
    /// Its marks, later ones over earlier ones.
    pub marks: Vec<Mark>,
}

impl Picture {
    /// Adds a straight solid line.
    pub fn rule(&mut self, from: Point, to: Point, colour: Colour, thickness: f64) {
        self.marks.push(Mark::Line(Line {
            points: vec![from, to],
            colour,
            thickness,
            dash: None,
        }));
    }

    /// Adds a text, unless it says nothing.
    pub fn text(&mut self, text: Text) {
        if !text.words.is_empty() {
            self.marks.push(Mark::Text(text));
        }
    }

    /// All texts.
    #[cfg(test)]
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.marks.iter().filter_map(|mark| match mark {
            Mark::Text(text) => Some(text),
            _ => None,
        })
    }
}
