//! Twenty marks of a difference around zero, and who is better on which side; marks and words come from one count.

use sim_core::outcomes::Direction;

use crate::figures::{factor, gap_range, signed};
use crate::sentences::{PairView, Split};

use super::axis::Axis;
use super::dotplot::{Side, fitting_size, stacked_from_zero};
use super::page::{BODY, STRONG, TITLE, left, lines_of_words, right};
use super::palette::{GREY, INK, Look};
use super::picture::{Finish, Mark, Picture, Point, at};

/// Largest mark \[points\].
pub const LARGEST_MARK: u32 = 46;
/// Space between the zero line and the words beside it \[points\].
const GAP: f64 = 18.0;
/// Share of the axis that each side of zero has at least, for its words.
const SIDE_SHARE: f64 = 0.3;

/// A pair's marks in the unit they are shown in, lowest first.
pub fn shown_marks(view: &PairView) -> Vec<f64> {
    view.difference
        .summary
        .marks
        .iter()
        .map(|mark| mark * factor(view.outcome.row().unit))
        .collect()
}

/// An axis for differences, with room on both sides of zero.
pub fn axis(values: impl IntoIterator<Item = f64>, from: f64, to: f64) -> Axis {
    Axis::around(values, from, to)
        .centring(0.0, SIDE_SHARE)
        .padded(0.04)
}

/// Adds the marks above `base`: filled where the arm is better, open where the first is, grey where they are equal.
pub fn marks(picture: &mut Picture, view: &PairView, axis: &Axis, base: f64, height: f64) {
    let (values, sides) = (shown_marks(view), sides(view));
    let stacks = |size| stacked_from_zero(&values, &sides, axis, size);
    let size = fitting_size(height, LARGEST_MARK, stacks);
    for (stand, side) in stacks(size).iter().zip(&sides) {
        let centre = at(stand.x, base - (stand.level as f64 + 0.5) * size - 2.0);
        match side {
            Side::Zero => picture
                .marks
                .push(Mark::Circle(centre, size / 2.0 - 1.0, GREY, Finish::Filled)),
            side if *side == better_side(view) => {
                Look::Other.mark(picture, centre, size - 2.0, Finish::Filled)
            }
            _ => Look::First.mark(picture, centre, size - 2.0, Finish::Outlined(4.0)),
        }
    }
}

/// The side on which the arm is better; for neutral outcomes, has more.
fn better_side(view: &PairView) -> Side {
    match view.outcome.row().direction {
        Direction::Lower => Side::Negative,
        Direction::Higher | Direction::Neutral => Side::Positive,
    }
}

/// On which side each mark stands, lowest first.
fn sides(view: &PairView) -> Vec<Side> {
    let Split { arm, baseline, same } = view.split();
    let (negative, positive) = if better_side(view) == Side::Negative {
        (arm, baseline)
    } else {
        (baseline, arm)
    };
    let repeated = |side, count: u32| std::iter::repeat_n(side, count as usize);
    repeated(Side::Negative, negative)
        .chain(repeated(Side::Zero, same))
        .chain(repeated(Side::Positive, positive))
        .collect()
}

/// Adds the line at zero.
pub fn zero_line(picture: &mut Picture, axis: &Axis, top: f64, base: f64) {
    let zero = axis.place(0.0);
    picture.rule(at(zero, top), at(zero, base), INK, 2.5);
}

/// Words for the arm's side and for the first arm's side, without the arms' names if they stand elsewhere.
pub struct SideWords {
    /// On the side where the arm is better.
    pub arm: (String, String),
    /// On the side where the first arm is better.
    pub baseline: (String, String),
}

impl SideWords {
    /// `empowered better in 16` and `safe better in 4`.
    pub fn named(view: &PairView) -> Self {
        let split = view.split();
        let words = |worlds: u32| match view.may_be_counted() {
            true => format!(" {} in {worlds}", word(view)),
            false => format!(" {}", word(view)),
        };
        Self {
            arm: (view.arm.to_owned(), words(split.arm)),
            baseline: (view.baseline.to_owned(), words(split.baseline)),
        }
    }

    /// `better in 16` and `safe better in 4`: the arm's own name stands beside.
    pub fn beside_name(view: &PairView) -> Self {
        let named = Self::named(view);
        Self {
            arm: (String::new(), named.arm.1.trim_start().to_owned()),
            ..named
        }
    }

    /// Adds the words left and right of zero at the baseline `y`.
    pub fn draw(&self, picture: &mut Picture, view: &PairView, axis: &Axis, y: f64) {
        let zero = axis.place(0.0);
        let (before, after) = ((zero - GAP - axis.from), (axis.to - zero - GAP));
        let (arm, first) = (Look::Other.colour(), Look::First.colour());
        let (to_left, to_right) = match better_side(view) {
            Side::Negative => ((cut(&self.arm, before), arm), (cut(&self.baseline, after), first)),
            _ => ((cut(&self.baseline, before), first), (cut(&self.arm, after), arm)),
        };
        picture.text(right(&to_left.0, at(zero - GAP, y), STRONG.coloured(to_left.1)));
        picture.text(left(&to_right.0, at(zero + GAP, y), STRONG.coloured(to_right.1)));
    }
}

fn word(view: &PairView) -> &'static str {
    if view.outcome.row().direction == Direction::Neutral {
        "more"
    } else {
        "better"
    }
}

/// A name and the count after it; only the name is cut.
fn cut((name, count): &(String, String), room: f64) -> String {
    format!("{}{count}", STRONG.fitted(name, room - STRONG.width(count)))
}

/// Adds a heading and the figures of the difference, from `corner` on.
pub fn words(picture: &mut Picture, view: &PairView, corner: Point, limit: f64) {
    picture.text(left("Difference, same world", corner, TITLE));
    let [_, p10, _, _, _, p90, _] = view.difference.summary.quantiles;
    let same = view.split().same;
    let typical = format!("typical {}", view.typical_gap());
    let plain = format!(
        "typical {}",
        signed(view.difference.summary.quantiles[3] * factor(view.outcome.row().unit))
    );
    let mut lines = vec![
        BODY.first_fitting([typical, plain], limit),
        format!("8 of 10 worlds: {}", gap_range(p10, p90, view.outcome.row().unit)),
        "1 mark = 1 world in 20".to_owned(),
    ];
    if same > 0 {
        lines.push(format!("grey: the same in {same} of 20"));
    }
    lines_of_words(picture, &lines, at(corner.x, corner.y + 34.0), limit);
}
