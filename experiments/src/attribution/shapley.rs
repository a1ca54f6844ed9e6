//! Shapley values of a game: what each player adds, on average over all orders in which players may join.
//!
//! Shapley 1953, "A value for n-person games"; sampled orders after Castro, Gómez and Tejada 2009 (Computers & Operations
//! Research 36:1726), each with its reverse after Mitchell, Cooper, Frank and Holmes 2022 (Journal of Machine Learning
//! Research 23:43).

/// A set of players, one bit each: player i is in it if bit i is set.
pub type Coalition = u32;

/// The coalition of all `players`.
pub fn everybody(players: usize) -> Coalition {
    ((1_u64 << players) - 1) as Coalition
}

/// Shapley values from the worth of all 2ⁿ coalitions: φᵢ = Σ over S without i of (v(S ∪ i) − v(S)) / (n · C(n − 1, |S|)).
pub fn exact(players: usize, worth: impl Fn(Coalition) -> f64) -> Vec<f64> {
    let mut values = vec![0.0; players];
    for coalition in 0..=everybody(players) {
        let before = worth(coalition);
        let weight = 1.0 / (players as f64 * choices(players - 1, coalition.count_ones()));
        for (player, value) in values.iter_mut().enumerate() {
            if coalition & (1 << player) == 0 {
                *value += weight * (worth(coalition | (1 << player)) - before);
            }
        }
    }
    values
}

/// What each player adds on joining when players join in `order`: an unbiased estimate of the Shapley values if the
/// order is drawn evenly from all.
pub fn along(order: &[usize], worth: impl Fn(Coalition) -> f64) -> Vec<f64> {
    let mut values = vec![0.0; order.len()];
    for (place, coalition) in joined(order).into_iter().enumerate().skip(1) {
        let before = coalition & !(1 << order[place - 1]);
        values[order[place - 1]] = worth(coalition) - worth(before);
    }
    values
}

/// The coalitions that form when players join in `order`, from nobody to everybody.
pub fn joined(order: &[usize]) -> Vec<Coalition> {
    let mut coalition = 0;
    let mut coalitions = vec![coalition];
    coalitions.extend(order.iter().map(|player| {
        coalition |= 1 << player;
        coalition
    }));
    coalitions
}

/// Number of ways to choose `chosen` of `players`.
fn choices(players: usize, chosen: u32) -> f64 {
    (0..chosen).fold(1.0, |count, taken| {
        count * (players as f64 - f64::from(taken)) / (f64::from(taken) + 1.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            assert!(
                (found - expected).abs() < 1e-9 * (1.0 + expected.abs()),
                "{found} is not {expected}"
            );
        }
    }

    /// Mean over all orders, which is the definition.
    fn over_all_orders(players: usize, worth: &impl Fn(Coalition) -> f64) -> Vec<f64> {
        let (mut sums, mut count) = (vec![0.0; players], 0.0);
        each_order(&mut (0..players).collect::<Vec<_>>(), 0, &mut |order| {
            let added = along(order, worth);
            sums.iter_mut().zip(added).for_each(|(sum, value)| *sum += value);
            count += 1.0;
        });
        sums.iter().map(|sum| sum / count).collect()
    }

    fn each_order(order: &mut Vec<usize>, from: usize, told: &mut impl FnMut(&[usize])) {
        if from == order.len() {
            return told(order);
        }
        for place in from..order.len() {
            order.swap(from, place);
            each_order(order, from + 1, told);
            order.swap(from, place);
        }
    }

    /// Two have a left glove, one a right one; a pair is worth 1. Known: 1/6, 1/6, 4/6.
    #[test]
    fn the_glove_game_has_its_known_values() {
        let worth = |coalition: Coalition| {
            let (left, right) = ((coalition & 0b011).count_ones(), (coalition & 0b100).count_ones());
            f64::from(left.min(right))
        };
        close(&exact(3, worth), &[1.0 / 6.0, 1.0 / 6.0, 4.0 / 6.0]);
    }

    /// Littlechild and Owen 1973: a runway costs what its largest user needs; each step is shared by those who need it.
    #[test]
    fn the_airport_game_shares_each_step_of_the_runway() {
        let needs = [8.0, 11.0, 13.0, 18.0];
        let worth = |coalition: Coalition| {
            let lengths = needs
                .iter()
                .enumerate()
                .filter(|(player, _)| coalition & (1 << player) != 0);
            lengths.fold(0.0_f64, |longest, (_, need)| longest.max(*need))
        };
        close(&exact(4, worth), &[2.0, 3.0, 4.0, 9.0]);
    }

    /// Weights 4, 3, 2, 1 with 6 of 10 votes to win: power indices 5/12, 3/12, 3/12, 1/12 (Shapley and Shubik 1954).
    #[test]
    fn weighted_voting_has_its_known_power() {
        let weights = [4, 3, 2, 1];
        let worth = |coalition: Coalition| {
            let votes: i32 = (0..4)
                .filter(|player| coalition & (1 << player) != 0)
                .map(|player| weights[player])
                .sum();
            f64::from(u8::from(votes >= 6))
        };
        close(
            &exact(4, worth),
            &[5.0 / 12.0, 3.0 / 12.0, 3.0 / 12.0, 1.0 / 12.0],
        );
        close(&over_all_orders(4, &worth), &exact(4, worth));
    }

    #[test]
    fn one_player_earns_everything() {
        close(&exact(1, |coalition| 5.0 + 2.0 * f64::from(coalition)), &[2.0]);
    }

    /// An arbitrary game of `players`: a worth for each coalition.
    fn game(players: usize) -> impl Strategy<Value = Vec<f64>> {
        proptest::collection::vec(-100.0..100.0_f64, 1 << players)
    }

    proptest! {
        #[test]
        fn values_add_up_to_the_gap_between_nobody_and_everybody(worth in game(5), order in Just((0..5).collect::<Vec<usize>>()).prop_shuffle()) {
            let of = |coalition: Coalition| worth[coalition as usize];
            let gap = worth[31] - worth[0];
            for values in [exact(5, of), along(&order, of)] {
                prop_assert!((values.iter().sum::<f64>() - gap).abs() < 1e-9);
            }
        }

        #[test]
        fn the_closed_form_is_the_mean_over_all_orders(worth in game(4)) {
            let of = |coalition: Coalition| worth[coalition as usize];
            for (closed, mean) in exact(4, of).iter().zip(over_all_orders(4, &of)) {
                prop_assert!((closed - mean).abs() < 1e-9);
            }
        }

        #[test]
        fn players_who_add_the_same_everywhere_earn_the_same(worth in game(4)) {
            // Worth depends on players 0 and 1 only through how many of them are there.
            let of = |coalition: Coalition| {
                let alike = (coalition & 0b11).count_ones();
                worth[((coalition & 0b1100) | alike.min(2)) as usize]
            };
            let values = exact(4, of);
            prop_assert!((values[0] - values[1]).abs() < 1e-9);
        }

        #[test]
        fn a_player_who_changes_nothing_earns_nothing(worth in game(4), order in Just((0..5).collect::<Vec<usize>>()).prop_shuffle()) {
            let of = |coalition: Coalition| worth[(coalition & 0b1111) as usize];
            prop_assert!(exact(5, of)[4].abs() < 1e-9);
            prop_assert_eq!(along(&order, of)[4], 0.0);
        }
    }
}
