//! Which world of a study is told.

use sim_core::outcomes::{Direction, Outcome};

/// Which world of a study is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// The one nearest to the median difference.
    Typical,
    /// The second worst of 20 for the arm: the extreme itself would be noise.
    Worst,
    /// The second best of 20 for the arm.
    Best,
    /// The one with this number.
    Number(u64),
}

/// A world of a study: its number, and arm minus baseline in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorldGap {
    /// Number of the replication.
    pub replication: u64,
    /// Arm minus baseline.
    pub gap: f64,
}

/// The world that is picked: of several equally near ones the first. `None` if there is none, or none of this number.
pub fn pick(worlds: &[WorldGap], pick: Pick, outcome: Outcome) -> Option<WorldGap> {
    let level = match (pick, outcome.row().direction) {
        (Pick::Number(number), _) => {
            let mut found = worlds.iter().filter(|world| world.replication == number);
            return found.next().copied();
        }
        (Pick::Typical, _) => 0.5,
        (Pick::Worst, Direction::Lower) | (Pick::Best, Direction::Higher | Direction::Neutral) => 0.925,
        (Pick::Best, Direction::Lower) | (Pick::Worst, Direction::Higher | Direction::Neutral) => 0.075,
    };
    let mut sorted: Vec<&WorldGap> = worlds.iter().filter(|world| world.gap.is_finite()).collect();
    sorted.sort_by(|one, other| {
        let by_gap = one.gap.total_cmp(&other.gap);
        by_gap.then(one.replication.cmp(&other.replication))
    });
    let last = sorted.len().checked_sub(1)?;
    Some(*sorted[(level * last as f64).round() as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worlds_are_picked_by_their_place_among_all() {
        let worlds: Vec<WorldGap> = (0..40)
            .map(|number: u32| WorldGap {
                replication: u64::from(number),
                gap: f64::from((number * 7) % 40),
            })
            .collect();
        let gap = |how, outcome| pick(&worlds, how, outcome).map(|world| world.gap);
        assert_eq!(gap(Pick::Typical, Outcome::ShippedValue), Some(20.0));
        assert_eq!(gap(Pick::Worst, Outcome::ShippedValue), Some(3.0));
        assert_eq!(gap(Pick::Best, Outcome::ShippedValue), Some(36.0));
        assert_eq!(gap(Pick::Worst, Outcome::LeadTimeWeeks), Some(36.0));
        assert_eq!(gap(Pick::Number(3), Outcome::ShippedValue), Some(21.0));
        assert_eq!(gap(Pick::Number(40), Outcome::ShippedValue), None);
        assert_eq!(pick(&[], Pick::Typical, Outcome::ShippedValue), None);
    }
}
