//! Chance of experiments, apart from that of worlds: every draw is named by seed, purpose and numbers.

use sim_core::random::Key;

/// What draws are for. Numbers are never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub(crate) enum Purpose {
    /// Orders in which groups of parameters change.
    Orders = 1,
    /// Weights of worlds in a bootstrap.
    Bootstrap = 2,
    /// Which figures of a simulated history are hidden.
    Hiding = 3,
    /// Draws of equal weight from weighted ones.
    Resampling = 4,
}

/// The key of part `number` of an experiment under `seed`.
pub(crate) fn key(seed: u64, purpose: Purpose, number: u64) -> Key {
    // The engine's keys come from another generator, so equal seeds share nothing with them.
    Key(seed).child(purpose as u64).child(number)
}

/// An order of `count` things, each order as likely as any other (Fisher and Yates; Durstenfeld 1964).
pub(crate) fn order(key: Key, count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for place in (1..count).rev() {
        let other = (key.uniform(place as u64) * (place + 1) as f64) as usize;
        order.swap(place, other);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn every_order_is_as_likely_as_any_other() {
        let mut counts: BTreeMap<Vec<usize>, u32> = BTreeMap::new();
        for number in 0..6_000 {
            *counts
                .entry(order(key(1, Purpose::Orders, number), 3))
                .or_default() += 1;
        }
        // Each of six orders 1,000 times, standard deviation 29: 130 away is a false alarm in 20,000 seeds.
        assert_eq!(counts.len(), 6);
        assert!(
            counts.values().all(|count| count.abs_diff(1_000) < 130),
            "{counts:?}"
        );
    }

    #[test]
    fn draws_differ_between_seeds_purposes_and_numbers() {
        let one = key(1, Purpose::Orders, 0);
        for other in [
            key(2, Purpose::Orders, 0),
            key(1, Purpose::Bootstrap, 0),
            key(1, Purpose::Orders, 1),
        ] {
            assert_ne!(one, other);
        }
    }
}
