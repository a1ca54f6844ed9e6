//! Random generators of an experiment's own choices, each a function of seed, purpose and number alone.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// The generator of one purpose; `number` tells generators of one purpose apart.
pub(crate) fn generator(seed: u64, purpose: &[u8; 8], number: u64) -> ChaCha8Rng {
    let mut key = [0; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8..16].copy_from_slice(purpose);
    let mut generator = ChaCha8Rng::from_seed(key);
    generator.set_stream(number);
    generator
}

/// A number within 0 to 1, both excluded.
pub(crate) fn unit(generator: &mut ChaCha8Rng) -> f64 {
    ((generator.next_u64() >> 12) as f64 + 0.5) / (1u64 << 52) as f64
}

/// A whole number from 0 to `count` − 1, for counts far below 2⁵²; the unevenness is below one in 10⁹.
pub(crate) fn below(generator: &mut ChaCha8Rng, count: usize) -> usize {
    ((unit(generator) * count as f64) as usize).min(count - 1)
}

/// Puts `items` in random order (Fisher and Yates 1938; Durstenfeld 1964, Communications of the ACM 7:420).
pub(crate) fn shuffle<T>(generator: &mut ChaCha8Rng, items: &mut [T]) {
    for last in (1..items.len()).rev() {
        items.swap(last, below(generator, last + 1));
    }
}
