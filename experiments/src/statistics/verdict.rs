//! What may be said about a difference, and whether more worlds could still change it.

use sim_core::outcomes::{Direction, Outcome};

use crate::result::Verdict;

/// The verdict on a difference (arm minus baseline) of an outcome; `None` for neutral outcomes.
///
/// An interval that lies within ±`gap` means no practical difference. Otherwise no winner is named while the interval
/// holds zero; once it does not, the sign of the mean decides, if the mean is at least the smallest gap worth naming.
pub fn verdict(mean: f64, interval: Option<(f64, f64)>, gap: f64, direction: Direction) -> Option<Verdict> {
    if direction == Direction::Neutral {
        return None;
    }
    let Some((low, high)) = interval else {
        return Some(Verdict::NotSettled);
    };
    if low >= -gap && high <= gap {
        return Some(Verdict::NoPracticalDifference);
    }
    // Written so that not-a-number settles nothing.
    let excludes_zero = low > 0.0 || high < 0.0;
    if !excludes_zero {
        return Some(Verdict::NotSettled);
    }
    if mean.abs() < gap {
        return Some(Verdict::NoPracticalDifference);
    }
    let is_better = (mean > 0.0) == (direction == Direction::Higher);
    Some(if is_better {
        Verdict::Better
    } else {
        Verdict::Worse
    })
}

/// By what differences of an outcome are multiplied so that more is better; outcomes without a better direction stay.
pub fn towards_better(outcome: Outcome) -> f64 {
    match outcome.row().direction {
        Direction::Higher | Direction::Neutral => 1.0,
        Direction::Lower => -1.0,
    }
}

/// Whether the verdict is settled: the interval lies wholly beyond the smallest gap on one side, or wholly within it.
pub fn is_settled(interval: Option<(f64, f64)>, gap: f64) -> bool {
    interval.is_some_and(|(low, high)| low > gap || high < -gap || (low >= -gap && high <= gap))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_winner_is_named_while_the_interval_holds_zero() {
        assert_eq!(
            verdict(5.0, Some((-1.0, 11.0)), 2.0, Direction::Higher),
            Some(Verdict::NotSettled)
        );
        assert_eq!(
            verdict(5.0, None, 2.0, Direction::Higher),
            Some(Verdict::NotSettled)
        );
    }

    #[test]
    fn a_gap_below_the_smallest_worth_naming_is_no_practical_difference() {
        assert_eq!(
            verdict(0.5, Some((-1.0, 2.0)), 2.0, Direction::Higher),
            Some(Verdict::NoPracticalDifference)
        );
        assert_eq!(
            verdict(1.5, Some((0.5, 2.5)), 2.0, Direction::Higher),
            Some(Verdict::NoPracticalDifference)
        );
        assert_eq!(
            verdict(0.0, Some((0.0, 0.0)), 0.0, Direction::Higher),
            Some(Verdict::NoPracticalDifference)
        );
    }

    #[test]
    fn the_better_direction_is_the_outcomes_own() {
        assert_eq!(
            verdict(5.0, Some((1.0, 9.0)), 2.0, Direction::Higher),
            Some(Verdict::Better)
        );
        assert_eq!(
            verdict(5.0, Some((1.0, 9.0)), 2.0, Direction::Lower),
            Some(Verdict::Worse)
        );
        assert_eq!(
            verdict(-5.0, Some((-9.0, -1.0)), 2.0, Direction::Lower),
            Some(Verdict::Better)
        );
        assert_eq!(verdict(-5.0, Some((-9.0, -1.0)), 2.0, Direction::Neutral), None);
    }

    #[test]
    fn settled_means_wholly_beyond_or_wholly_within_the_gap() {
        assert!(is_settled(Some((2.1, 9.0)), 2.0));
        assert!(is_settled(Some((-9.0, -2.1)), 2.0));
        assert!(is_settled(Some((-1.0, 1.9)), 2.0));
        assert!(!is_settled(Some((0.5, 9.0)), 2.0));
        assert!(!is_settled(Some((-3.0, 1.0)), 2.0));
        assert!(!is_settled(Some((f64::NAN, f64::NAN)), 2.0));
        assert!(!is_settled(None, 2.0));
    }
}
