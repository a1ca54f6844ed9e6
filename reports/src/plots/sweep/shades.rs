//! Colours of the squares of a heat map, by classes whose limits are in the legend.

use experiments::sweep::Spread;
use sim_core::outcomes::Direction;

use crate::figures::{factor, number};
use crate::plots::axis::Axis;
use crate::plots::map::square::Fill;
use crate::plots::page::{BODY, MARGIN, left};
use crate::plots::palette::{Look, PALE_FIRST, PALE_OTHER, WHITE, tint};
use crate::plots::picture::{Area, Picture, at};
use crate::sweep::SweepReport;

/// Widest name of an arm in the legend \[points\].
const NAME: f64 = 380.0;
/// Distance between the lines of the legend \[points\].
pub const LINE: f64 = 38.0;
/// How strong the colours of means are, from the lowest class to the highest.
const STRENGTHS: [f64; 5] = [0.0, 0.18, 0.36, 0.54, 1.0];

/// How squares are coloured; limits are as shown, in percent for shares.
pub enum Shades {
    /// Differences of an arm to the first: full colour above the limit, pale up to it, hatched if not settled.
    Gaps {
        /// Half of the largest settled difference, rounded to one figure; nothing if none is settled.
        limit: Option<f64>,
        /// The arm.
        arm: usize,
    },
    /// Means of the only arm: the stronger, the higher.
    Means {
        /// Where one class ends and the next begins.
        limits: Vec<f64>,
    },
}

impl Shades {
    /// Classes for the differences of `arm`, or for the means of the only one.
    pub fn new(report: &SweepReport, arm: Option<usize>, spreads: &[Spread]) -> Self {
        let scale = factor(report.outcome.row().unit);
        match arm {
            Some(arm) => {
                let settled = spreads.iter().filter(|spread| report.sign(spread) != 0);
                let sizes = settled.filter_map(|spread| Some(scale * spread.mean?.abs()));
                Self::Gaps {
                    limit: sizes.reduce(f64::max).map(|largest| rounded(largest / 2.0)),
                    arm,
                }
            }
            None => Self::Means {
                limits: round_limits(spreads.iter().filter_map(|spread| Some(scale * spread.mean?))),
            },
        }
    }

    /// What a square is filled with.
    pub fn fill(&self, report: &SweepReport, spread: &Spread) -> Fill {
        let Some(mean) = spread.mean else {
            return Fill::Plain(WHITE);
        };
        let shown = factor(report.outcome.row().unit) * mean;
        match self {
            Self::Gaps { limit, .. } => {
                let is_far = limit.is_some_and(|limit| shown.abs() > limit);
                match (ahead(report, spread), is_far) {
                    (None, _) => Fill::Hatched,
                    (Some(Look::First), true) => Fill::Plain(Look::First.colour()),
                    (Some(Look::First), false) => Fill::Plain(PALE_FIRST),
                    (Some(Look::Other), true) => Fill::Plain(Look::Other.colour()),
                    (Some(Look::Other), false) => Fill::Plain(PALE_OTHER),
                }
            }
            Self::Means { limits } => class_fill(
                limits.iter().filter(|limit| shown > **limit).count(),
                limits.len(),
            ),
        }
    }

    /// The lines of the legend.
    pub fn legend(&self, report: &SweepReport) -> Vec<Vec<(Fill, String)>> {
        match self {
            Self::Gaps { limit, arm } => gap_legend(report, *arm, *limit),
            Self::Means { limits } => vec![mean_legend(limits)],
        }
    }
}

/// Who is ahead, if that is settled.
fn ahead(report: &SweepReport, spread: &Spread) -> Option<Look> {
    match report.sign(spread) {
        0 => None,
        1 => Some(Look::Other),
        _ => Some(Look::First),
    }
}

fn class_fill(class: usize, last: usize) -> Fill {
    let strength = STRENGTHS[class * (STRENGTHS.len() - 1) / last.max(1)];
    Fill::Plain(tint(Look::First.colour(), strength))
}

/// With one figure that is not zero.
fn rounded(value: f64) -> f64 {
    format!("{value:.0e}").parse().unwrap_or(value)
}

/// At most four round values between the lowest and the highest.
fn round_limits(values: impl Iterator<Item = f64> + Clone) -> Vec<f64> {
    let (low, high) = (
        values.clone().fold(f64::INFINITY, f64::min),
        values.fold(f64::NEG_INFINITY, f64::max),
    );
    if low >= high {
        return Vec::new();
    }
    let axis = Axis {
        low,
        high,
        from: 0.0,
        to: 1.0,
    };
    let mut limits = axis.ticks(3).values;
    limits.retain(|limit| low < *limit && *limit < high);
    limits
}

/// A line for each arm; in the first also what is not settled.
fn gap_legend(report: &SweepReport, arm: usize, limit: Option<f64>) -> Vec<Vec<(Fill, String)>> {
    let open = (Fill::Hatched, "cannot be told apart".to_owned());
    let Some(limit) = limit.map(number) else {
        return vec![vec![open]];
    };
    let how = match report.outcome.row().direction {
        Direction::Neutral => "higher",
        Direction::Higher | Direction::Lower => "ahead",
    };
    let of_arm = |arm: usize, pale| {
        let name = BODY.fitted(&report.arm(arm), NAME);
        vec![
            (
                Fill::Plain(Look::of(arm).colour()),
                format!("{name} {how} by more than {limit}"),
            ),
            (Fill::Plain(pale), format!("by {limit} or less")),
        ]
    };
    let mut first = of_arm(0, PALE_FIRST);
    first.push(open);
    vec![of_arm(arm, PALE_OTHER), first]
}

/// `up to 50`, `50 to 60`, `more than 60`.
fn mean_legend(limits: &[f64]) -> Vec<(Fill, String)> {
    let words = |class: usize| {
        let (below, above) = (
            class.checked_sub(1).and_then(|index| limits.get(index)),
            limits.get(class),
        );
        match (below, above) {
            (Some(low), Some(high)) => format!("{} to {}", number(*low), number(*high)),
            (Some(low), None) => format!("more than {}", number(*low)),
            (None, Some(high)) => format!("up to {}", number(*high)),
            (None, None) => "the same everywhere".to_owned(),
        }
    };
    let classes = 0..=limits.len();
    classes
        .map(|class| (class_fill(class, limits.len()), words(class)))
        .collect()
}

/// Adds the legend, its first line at height `y`.
pub fn draw_legend(picture: &mut Picture, lines: &[Vec<(Fill, String)>], y: f64) {
    for (index, line) in lines.iter().enumerate() {
        let y = y + LINE * index as f64;
        let mut x = MARGIN;
        for (fill, words) in line {
            fill.paint(picture, Area::new(x, y - 20.0, x + 36.0, y + 5.0));
            picture.text(left(words, at(x + 46.0, y), BODY));
            x += 46.0 + BODY.width(words) + 36.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_round_and_lie_between() {
        assert_eq!([48.5, 3_685.0, 0.021].map(rounded), [50.0, 4_000.0, 0.02]);
        let limits = round_limits([53.0, 98.0, 71.0].into_iter());
        assert_eq!(limits, [60.0, 80.0]);
        assert_eq!(round_limits([5.0, 5.0].into_iter()), Vec::<f64>::new());
        assert_eq!(round_limits(std::iter::empty()), Vec::<f64>::new());
    }

    #[test]
    fn larger_settled_gaps_are_never_paler_and_open_ones_never_coloured() {
        let report = super::super::made_up(2, 2);
        let gap = |mean: f64, half: f64| Spread {
            worlds: 8,
            mean: Some(mean),
            standard_error: Some(half / 2.0),
            ci95: Some((mean - half, mean + half)),
        };
        let spreads = [gap(1_020.0, 500.0), gap(1_080.0, 2_000.0), gap(2_300.0, 100.0)];
        let shades = Shades::new(&report, Some(1), &spreads);
        let fills = spreads.map(|spread| shades.fill(&report, &spread));
        let full = Fill::Plain(Look::Other.colour());
        assert_eq!(fills, [full, Fill::Hatched, full]);
        let words = &shades.legend(&report)[0][0].1;
        assert_eq!(words, "empowered ahead by more than 1,000");
    }
}
