//! An independent, plain and slow account of the reference model: it holds its rules as written down in
//! `docs/validation.md` and never calls the engine.
//!
//! Every team is alone. Each week ideas arrive, a capacity is drawn, and one of two arms decides what the capacity is
//! spent on. Both arms of a replication meet the same ideas and the same capacities.

mod arms;
#[cfg(test)]
mod check;
mod estimates;
mod setting;
mod world;

pub use arms::Tally;
pub use estimates::Estimate;
pub use setting::Setting;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

/// What both arms made of one replication.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    /// The arm that commits work for a whole cadence.
    pub quarterly: Tally,
    /// The arm that tests ideas every week and pulls the next one when it is free.
    pub continuous: Tally,
}

/// Runs both arms of `setting` in the same world.
pub fn replication(setting: &Setting, seed: u64, replication: u64) -> Pair {
    let teams = world::draw(setting, &mut stream(seed, 2 * replication));
    let mut test_noise = stream(seed, 2 * replication + 1);
    Pair {
        quarterly: teams.iter().map(|team| arms::quarterly(setting, team)).sum(),
        continuous: teams
            .iter()
            .map(|team| arms::continuous(setting, team, &mut test_noise))
            .sum(),
    }
}

/// Runs the replications 0 to `replications - 1`.
pub fn replications(setting: &Setting, seed: u64, replications: u64) -> Vec<Pair> {
    (0..replications)
        .map(|number| replication(setting, seed, number))
        .collect()
}

fn stream(seed: u64, number: u64) -> ChaCha8Rng {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream(number);
    generator
}
