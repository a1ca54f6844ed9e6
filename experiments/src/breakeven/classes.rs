//! What a square of a map says: in how many of 20 worlds the other arm is better, in which class that is, who is ahead.

use crate::statistics::{Share, wilson};

/// Shares at which one class ends and the next begins: halfway between 4 and 5, 8 and 9, 11 and 12, 15 and 16 of 20.
pub const CLASS_EDGES: [f64; 4] = [0.225, 0.425, 0.575, 0.775];

/// Probability that the interval by which an edge is judged misses the share.
const EDGE_MISS_PROBABILITY: f64 = 0.1;

/// Who is ahead in a square.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ahead {
    /// The first arm: it is better in more than half of all worlds.
    First,
    /// The other arm.
    Other,
    /// Not settled: the interval of the share holds one half.
    NotSettled,
}

impl Ahead {
    /// Who is ahead where the other arm is better in this share of worlds.
    pub fn of(share: &Share) -> Self {
        match share.ci95 {
            (_, high) if high < 0.5 => Self::First,
            (low, _) if low > 0.5 => Self::Other,
            _ => Self::NotSettled,
        }
    }
}

/// The class of a share, 0 for 0 to 4 of 20 worlds up to 4 for 16 to 20.
pub fn class(share: f64) -> usize {
    CLASS_EDGES.iter().filter(|edge| share >= **edge).count()
}

/// Whether the share may as well lie in a neighbouring class: its 90 % interval holds an edge.
pub fn is_on_edge(share: &Share) -> bool {
    let (low, high) = wilson(
        share.share * share.count as f64,
        share.count,
        EDGE_MISS_PROBABILITY,
    );
    CLASS_EDGES.iter().any(|edge| low < *edge && *edge < high)
}

/// How near a share is to one half, in standard errors: small values are worth more worlds.
pub fn certainty(share: &Share) -> f64 {
    let (low, high) = share.ci95;
    (share.share - 0.5).abs() / (high - low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_those_of_counts_of_twenty() {
        for count in 0..=20_u32 {
            let expected = match count {
                0..=4 => 0,
                5..=8 => 1,
                9..=11 => 2,
                12..=15 => 3,
                _ => 4,
            };
            assert_eq!(class(f64::from(count) / 20.0), expected, "{count}");
        }
    }

    #[test]
    fn no_winner_is_named_while_the_interval_holds_one_half() {
        assert_eq!(Ahead::of(&Share::of(35.0, 60).unwrap()), Ahead::NotSettled);
        assert_eq!(Ahead::of(&Share::of(50.0, 60).unwrap()), Ahead::Other);
        assert_eq!(Ahead::of(&Share::of(10.0, 60).unwrap()), Ahead::First);
    }

    #[test]
    fn edges_are_settled_by_more_worlds_or_never() {
        assert!(is_on_edge(&Share::of(30.0, 60).unwrap()));
        assert!(!is_on_edge(&Share::of(500.0, 1_000).unwrap()));
        assert!(!is_on_edge(&Share::of(60.0, 60).unwrap()));
        assert!(is_on_edge(&Share::of(0.425 * 4_000.0, 4_000).unwrap()));
    }
}
