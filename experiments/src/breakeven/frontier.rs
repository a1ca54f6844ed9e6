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
    /// Ends of its 95 % interval; `None` if more than one in twenty replicates does not cross the row exactly once.
    pub ci95: Option<(f64, f64)>,
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
    let rows = wins.len() / columns.len().max(1);
    let mut ahead = vec![0.0; wins.len()];
    let mut places: Vec<Vec<f64>> = vec![Vec::new(); rows];
    for replicate in 0..REPLICATES {
        let chance = key(seed, Purpose::Bootstrap, replicate);
        let weights: Vec<f64> = (0..worlds as u64)
            .map(|world| chance.exponential(world))
            .collect();
        let shares = weighted_shares(wins, &weights);
        for (ahead, share) in ahead.iter_mut().zip(&shares) {
            *ahead += share.map_or(0.0, points);
        }
        for (row, shares) in shares.chunks(columns.len()).enumerate() {
            places[row].extend(crossing(columns, shares));
        }
    }
    let even = vec![1.0; worlds];
    let shares = weighted_shares(wins, &even);
    let crossings = shares
        .chunks(columns.len())
        .enumerate()
        .filter_map(|(row, shares)| {
            Some(Crossing {
                row,
                place: crossing(columns, shares)?,
                ci95: interval(&mut places[row]),
            })
        });
    Bootstrap {
        crossings: crossings.collect(),
        other_ahead: ahead
            .iter()
            .zip(&shares)
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

/// Where a row passes one half, by straight lines between squares; `None` if it does not do so exactly once.
fn crossing(columns: &[f64], shares: &[Option<f64>]) -> Option<f64> {
    let known: Vec<(f64, f64)> = columns
        .iter()
        .zip(shares)
        .filter_map(|(place, share)| Some((*place, (*share)? - 0.5)))
        .collect();
    let mut passes = known
        .windows(2)
        .filter(|pair| (pair[0].1 > 0.0) != (pair[1].1 > 0.0));
    let (first, second) = (passes.next(), passes.next());
    match (first, second) {
        (Some([(from, one), (to, other)]), None) => Some(from + (to - from) * one / (one - other)),
        _ => None,
    }
}

fn interval(places: &mut [f64]) -> Option<(f64, f64)> {
    if (places.len() as f64) < (1.0 - 2.0 * TAIL) * REPLICATES as f64 {
        return None;
    }
    places.sort_by(f64::total_cmp);
    Some((
        quantile_of_sorted(places, TAIL)?,
        quantile_of_sorted(places, 1.0 - TAIL)?,
    ))
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
            let (low, high) = crossing.ci95.unwrap();
            assert!(low < 0.5 && 0.5 < high, "{low} {high}");
            // Standard deviation of a share of one half among 400 is 0.025, and the line has slope 1.
            assert!((0.06..0.14).contains(&(high - low)), "{low} {high}");
        }
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
