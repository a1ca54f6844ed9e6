//! Where the one arm stops winning and the other begins, and how sure that is: a bootstrap over worlds.
//!
//! A replicate gives every world a random weight, the same in all squares, so that what squares share by sharing worlds is
//! kept (Bayesian bootstrap; Rubin 1981, Annals of Statistics 9:130).

use crate::chance::{Purpose, key};
use crate::statistics::quantile_of_sorted;

/// Replicates of the bootstrap.
const REPLICATES: u64 = 1_000;

/// Share of replicates left out at either end of an interval.
const TAIL: f64 = 0.025;

/// For each square, in each world whether the other arm is better: 1, 0, ½ for a tie; `None` where that is not known.
pub(super) type Wins = Vec<Vec<Option<f64>>>;

/// Where the frontier crosses a row of the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// Index of the row.
    pub row: usize,
    /// Place along the horizontal axis, in its unit, where either arm is better in half of the worlds.
    pub place: f64,
    /// Ends of its 95 % interval; `None` at an end that lies beyond the map.
    pub ci95: (Option<f64>, Option<f64>),
}

/// What the bootstrap says of a map.
pub(super) struct Bootstrap {
    /// For each square the share of replicates in which the other arm is better in more than half of the worlds.
    pub(super) other_ahead: Vec<Option<f64>>,
    /// The frontier, row by row, where it crosses a row exactly once.
    pub(super) crossings: Vec<Crossing>,
}

/// Whether the frontier may run through a square with this share of replicates.
pub(super) fn is_in_band(other_ahead: f64) -> bool {
    other_ahead > TAIL && other_ahead < 1.0 - TAIL
}

/// Bootstraps the map of `columns`, whose squares come row by row.
pub(super) fn bootstrap(seed: u64, columns: &[f64], wins: &Wins) -> Bootstrap {
    let worlds = wins.iter().map(Vec::len).max().unwrap_or(0);
    let mut ahead = vec![0.0; wins.len()];
    let even = weighted_shares(wins, &vec![1.0; worlds]);
    let mut found: Vec<Option<Found>> = even
        .chunks(columns.len())
        .map(|row| Found::of(columns, row))
        .collect();
    for replicate in 0..REPLICATES {
        let chance = key(seed, Purpose::Bootstrap, replicate);
        let weights: Vec<f64> = (0..worlds as u64)
            .map(|world| chance.exponential(world))
            .collect();
        let shares = weighted_shares(wins, &weights);
        for (ahead, share) in ahead.iter_mut().zip(&shares) {
            *ahead += share.map_or(0.0, points);
        }
        for (found, shares) in found.iter_mut().zip(shares.chunks(columns.len())) {
            if let Some(found) = found {
                found.add(columns, shares);
            }
        }
    }
    let crossings = found.into_iter().enumerate().filter_map(|(row, found)| {
        let found = found?;
        Some(Crossing {
            row,
            place: found.place,
            ci95: found.interval(),
        })
    });
    Bootstrap {
        crossings: crossings.collect(),
        other_ahead: ahead
            .iter()
            .zip(&even)
            .map(|(ahead, share)| share.map(|_| ahead / REPLICATES as f64))
            .collect(),
    }
}

fn points(share: f64) -> f64 {
    match share.total_cmp(&0.5) {
        std::cmp::Ordering::Greater => 1.0,
        std::cmp::Ordering::Equal => 0.5,
        std::cmp::Ordering::Less => 0.0,
    }
}

fn weighted_shares(wins: &Wins, weights: &[f64]) -> Vec<Option<f64>> {
    let of_square = |square: &Vec<Option<f64>>| {
        let (mut sum, mut total) = (0.0, 0.0);
        for (win, weight) in square.iter().zip(weights) {
            if let Some(win) = win {
                sum += win * weight;
                total += weight;
            }
        }
        (total > 0.0).then(|| sum / total)
    };
    wins.iter().map(of_square).collect()
}

/// A row that passes one half exactly once, and where its replicates do.
struct Found {
    place: f64,
    /// Whether the other arm is ahead to the right of it.
    is_rising: bool,
    /// Where each replicate passes first and last.
    replicates: [Vec<f64>; 2],
}

impl Found {
    fn of(columns: &[f64], shares: &[Option<f64>]) -> Option<Self> {
        match passes(columns, shares)[..] {
            [(place, is_rising)] => Some(Self {
                place,
                is_rising,
                replicates: [Vec::new(), Vec::new()],
            }),
            _ => None,
        }
    }

    /// Adds a replicate. Where an end of its row is won by the arm that should win the other end, the frontier lies beyond
    /// that end too: so one that never passes one half lies wholly beyond the left or the right end.
    fn add(&mut self, columns: &[f64], shares: &[Option<f64>]) {
        let passes = passes(columns, shares);
        let leads = |shares: &mut dyn Iterator<Item = &Option<f64>>| {
            shares.flatten().next().map(|share| *share > 0.5)
        };
        let left = leads(&mut shares.iter()).is_some_and(|leads| leads == self.is_rising);
        let right = leads(&mut shares.iter().rev()).is_some_and(|leads| leads != self.is_rising);
        let beyond_left = left.then_some(f64::NEG_INFINITY);
        let beyond_right = right.then_some(f64::INFINITY);
        let places = || {
            let within = passes.iter().map(|(place, _)| *place);
            beyond_left.into_iter().chain(within).chain(beyond_right)
        };
        self.replicates[0].extend(places().next());
        self.replicates[1].extend(places().last());
    }

    /// Ends of the interval; an infinite one is none on the map.
    fn interval(self) -> (Option<f64>, Option<f64>) {
        let [first, last] = self.replicates.map(|mut places| {
            places.sort_by(f64::total_cmp);
            places
        });
        let on_map = |place: Option<f64>| place.filter(|place| place.is_finite());
        (
            on_map(quantile_of_sorted(&first, TAIL)),
            on_map(quantile_of_sorted(&last, 1.0 - TAIL)),
        )
    }
}

/// Where a row passes one half, by straight lines between squares, and whether the other arm is ahead to the right of it.
fn passes(columns: &[f64], shares: &[Option<f64>]) -> Vec<(f64, bool)> {
    let known: Vec<(f64, f64)> = columns
        .iter()
        .zip(shares)
        .filter_map(|(place, share)| Some((*place, (*share)? - 0.5)))
        .collect();
    let pairs = known.windows(2);
    let passing = pairs.filter(|pair| (pair[0].1 > 0.0) != (pair[1].1 > 0.0));
    let place = |pair: &[(f64, f64)]| {
        let ((from, one), (to, other)) = (pair[0], pair[1]);
        (from + (to - from) * one / (one - other), other > 0.0)
    };
    passing.map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim_core::random::Key;

    const COLUMNS: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];

    /// A map whose other arm wins where its column is beyond the luck of the world.
    fn wins(worlds: u64, rows: usize) -> Wins {
        let square = |column: f64| {
            (0..worlds)
                .map(|world| Some(f64::from(u8::from(column > Key(3).uniform(world)))))
                .collect()
        };
        (0..rows).flat_map(|_| COLUMNS).map(square).collect()
    }

    #[test]
    fn the_frontier_lies_where_half_of_the_worlds_are_won_with_an_interval_of_the_right_width() {
        let found = bootstrap(1, &COLUMNS, &wins(400, 2));
        assert_eq!(found.crossings.len(), 2);
        for crossing in found.crossings {
            let (low, high) = (crossing.ci95.0.unwrap(), crossing.ci95.1.unwrap());
            assert!(low < 0.5 && 0.5 < high, "{low} {high}");
            // Standard deviation of a share of one half among 400 is 0.025, and the line has slope 1.
            assert!((0.06..0.14).contains(&(high - low)), "{low} {high}");
        }
    }

    #[test]
    fn a_frontier_near_an_end_of_the_map_has_a_bound_on_the_other_side() {
        // The share won is 0.52 at the right end, with a standard deviation of 0.025: two replicates in ten never pass one half.
        let near = |columns: [f64; 5]| {
            let square = |column: f64| {
                (0..400)
                    .map(|world| Some(f64::from(u8::from(0.52 * column > Key(3).uniform(world)))))
                    .collect()
            };
            columns.map(square).to_vec()
        };
        let right = &bootstrap(1, &COLUMNS, &near(COLUMNS)).crossings[0];
        assert!(
            right.place > 0.8 && right.ci95.0.unwrap() < right.place && right.ci95.1.is_none(),
            "{right:?}"
        );
        let left = &bootstrap(1, &COLUMNS, &near(COLUMNS.map(|column| 1.0 - column))).crossings[0];
        assert!(
            left.place < 0.2 && left.ci95.0.is_none() && left.ci95.1.unwrap() > left.place,
            "{left:?}"
        );
    }

    #[test]
    fn a_replicate_that_passes_several_times_or_the_wrong_way_counts_as_far_as_it_reaches() {
        let shares = |shares: [f64; 5]| shares.map(Some).to_vec();
        let of = |replicate: [f64; 5]| {
            let mut found = Found::of(&COLUMNS, &shares([0.4, 0.4, 0.6, 0.6, 0.6])).unwrap();
            found.add(&COLUMNS, &shares(replicate));
            found.replicates.map(|places| places[0])
        };
        assert_eq!(of([0.4, 0.6, 0.4, 0.6, 0.6]), [0.125, 0.625]);
        assert_eq!(of([0.6; 5]), [f64::NEG_INFINITY; 2]);
        assert_eq!(of([0.4; 5]), [f64::INFINITY; 2]);
        assert_eq!(of([0.6, 0.6, 0.6, 0.4, 0.4]), [f64::NEG_INFINITY, f64::INFINITY]);
    }

    #[test]
    fn the_band_holds_what_is_not_certain_and_nothing_else() {
        let found = bootstrap(1, &COLUMNS, &wins(400, 1));
        let in_band: Vec<bool> = found
            .other_ahead
            .iter()
            .map(|share| is_in_band(share.unwrap()))
            .collect();
        assert_eq!(in_band, [false, false, true, false, false]);
    }

    #[test]
    fn rows_without_a_crossing_and_squares_without_a_value_are_left_out() {
        let won = vec![Some(1.0); 20];
        let found = bootstrap(
            1,
            &COLUMNS,
            &vec![won.clone(), won.clone(), won.clone(), won, vec![None; 20]],
        );
        assert!(found.crossings.is_empty());
        assert_eq!(found.other_ahead[4], None);
        assert_eq!(found.other_ahead[0], Some(1.0));
    }
}
