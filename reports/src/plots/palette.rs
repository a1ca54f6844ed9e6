//! Colours, shapes and dashes: two arms to a plot, told apart without colour too; never good or bad.

use super::picture::{Area, Colour, Dash, Finish, Mark, Picture, Point, at};

/// Text and axes.
pub const INK: Colour = Colour(0x22, 0x22, 0x22);
/// Text that matters less.
pub const QUIET: Colour = Colour(0x55, 0x55, 0x55);
/// Rules, and marks that belong to neither arm.
pub const GREY: Colour = Colour(0x76, 0x76, 0x76);
/// Lines to read a value off.
pub const GRID: Colour = Colour(0xe0, 0xe0, 0xe0);
/// Where the first arm is ahead, but not far.
pub const PALE_FIRST: Colour = Colour(0x8c, 0xbf, 0xe0);
/// Where the other arm is.
pub const PALE_OTHER: Colour = Colour(0xf2, 0xb4, 0x8c);
/// The page.
pub const WHITE: Colour = Colour(0xff, 0xff, 0xff);

/// One of the two looks in a plot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The first arm: blue, square, dashed.
    First,
    /// The arm compared with it: rust, round, solid.
    Other,
}

impl Look {
    /// The look of the arm with this index.
    pub fn of(arm: usize) -> Self {
        if arm == 0 { Self::First } else { Self::Other }
    }

    /// Colour of its marks, lines and names.
    pub fn colour(self) -> Colour {
        match self {
            Self::First => Colour(0x00, 0x72, 0xb2),
            Self::Other => Colour(0xc4, 0x4e, 0x00),
        }
    }

    /// Dashes of its lines.
    pub fn dash(self) -> Option<Dash> {
        match self {
            Self::First => Some(Dash {
                stroke: 9.0,
                gap: 5.0,
            }),
            Self::Other => None,
        }
    }

    /// Adds its mark, a square or a circle, `size` points wide.
    pub fn mark(self, picture: &mut Picture, centre: Point, size: f64, finish: Finish) {
        // A line is drawn half outside; the outline must not make the mark larger.
        let half = match finish {
            Finish::Filled => size / 2.0,
            Finish::Outlined(thickness) => size / 2.0 - thickness / 2.0,
        };
        picture.marks.push(match self {
            Self::First => {
                let corner = 0.92 * half;
                let (x, y) = (centre.x, centre.y);
                Mark::Rectangle(
                    Area::new(x - corner, y - corner, x + corner, y + corner),
                    self.colour(),
                    finish,
                )
            }
            Self::Other => Mark::Circle(at(centre.x, centre.y), half, self.colour(), finish),
        });
    }
}

/// `colour` thinned with white: `share` of it is left.
pub fn tint(colour: Colour, share: f64) -> Colour {
    let mix = |part: u8| (255.0 - share * (255.0 - f64::from(part))).round() as u8;
    Colour(mix(colour.0), mix(colour.1), mix(colour.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance as in WCAG 2.2.
    fn luminance(colour: Colour) -> f64 {
        let linear = |part: u8| {
            let share = f64::from(part) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(colour.0) + 0.7152 * linear(colour.1) + 0.0722 * linear(colour.2)
    }

    #[test]
    fn everything_that_must_be_read_has_a_contrast_of_four_and_a_half_on_the_page() {
        for colour in [INK, QUIET, GREY, Look::First.colour(), Look::Other.colour()] {
            let contrast = 1.05 / (luminance(colour) + 0.05);
            assert!(contrast >= 4.5, "{colour:?} {contrast}");
        }
    }

    #[test]
    fn the_two_looks_differ_without_colour() {
        assert_ne!(Look::First.dash(), Look::Other.dash());
        let mut picture = Picture::default();
        for look in [Look::First, Look::Other] {
            look.mark(&mut picture, at(10.0, 10.0), 10.0, Finish::Filled);
        }
        assert!(matches!(
            picture.marks[..],
            [Mark::Rectangle(..), Mark::Circle(..)]
        ));
    }
}
