//! Uniform numbers keyed by (seed, name, company): the same for every arm that asks by the same name, whatever else is
//! drawn.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::DEPENDENCES;
use crate::statistics::{normal_cumulative, normal_quantile};

/// The uniform numbers of one parameter.
#[derive(Debug)]
pub(super) struct UniformStream {
    own: Keyed,
    follows: Option<(Keyed, f64)>,
}

impl UniformStream {
    /// The stream called `path`: a parameter's path, or that and a distribution.
    pub(super) fn new(seed: u64, path: &str) -> Self {
        let dependence = DEPENDENCES.iter().find(|(_, second, _)| *second == path);
        let follows = dependence.map(|(first, _, correlation)| (Keyed::new(seed, first), *correlation));
        Self {
            own: Keyed::new(seed, path),
            follows,
        }
    }

    /// A number within 0 to 1, both excluded, for one draw of one company.
    pub(super) fn uniform(&self, company: u64, attempt: u64) -> f64 {
        let own = self.own.uniform(company, attempt);
        let Some((leader, correlation)) = &self.follows else {
            return own;
        };
        coupled(leader.uniform(company, attempt), own, *correlation)
    }
}

/// The uniform number that follows `leader` with this correlation of normal scores, from a number of its own.
pub(super) fn coupled(leader: f64, own: f64, correlation: f64) -> f64 {
    let rest = (1.0 - correlation * correlation).sqrt();
    normal_cumulative(correlation * normal_quantile(leader) + rest * normal_quantile(own))
}

/// A ChaCha8 generator whose key is (seed, purpose, parameter); a company is a stream of it, an attempt a place there.
#[derive(Debug)]
struct Keyed(ChaCha8Rng);

impl Keyed {
    fn new(seed: u64, path: &str) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(b"company.");
        key[16..].copy_from_slice(&fingerprint(path).to_le_bytes());
        Self(ChaCha8Rng::from_seed(key))
    }

    fn uniform(&self, company: u64, attempt: u64) -> f64 {
        let mut generator = self.0.clone();
        generator.set_stream(company);
        generator.set_word_pos(2 * u128::from(attempt));
        ((generator.next_u64() >> 12) as f64 + 0.5) / (1u64 << 52) as f64
    }
}

/// FNV-1a with 128 bits (Fowler, Noll and Vo; RFC 9923): tells the names of parameters apart.
fn fingerprint(text: &str) -> u128 {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    text.bytes()
        .fold(OFFSET, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::PairMoments;

    #[test]
    fn the_numbers_never_change() {
        let stream = UniformStream::new(2026, "environment.coupling");
        let found: Vec<u64> = (0..3)
            .map(|company| stream.uniform(company, 0).to_bits())
            .collect();
        assert_eq!(
            found, PINNED,
            "drawing companies differently breaks every stored result: {found:#x?}"
        );
    }

    const PINNED: [u64; 3] = [
        0x3fb6_d3d9_d1ac_0678,
        0x3fe1_d642_c37b_987d,
        0x3fef_156a_a6ce_1ed5,
    ];

    #[test]
    fn numbers_differ_between_parameters_companies_attempts_and_seeds() {
        let one = UniformStream::new(1, "environment.coupling").uniform(0, 0);
        for other in [
            UniformStream::new(1, "environment.loud_share").uniform(0, 0),
            UniformStream::new(1, "environment.coupling").uniform(1, 0),
            UniformStream::new(1, "environment.coupling").uniform(0, 1),
            UniformStream::new(2, "environment.coupling").uniform(0, 0),
        ] {
            assert_ne!(one, other);
        }
    }

    #[test]
    fn stated_dependences_are_there_and_margins_stay_uniform() {
        for (first, second, correlation) in DEPENDENCES {
            let (leader, follower) = (UniformStream::new(5, first), UniformStream::new(5, second));
            let (mut scores, mut margin) = (PairMoments::default(), PairMoments::default());
            // 20,000 draws: standard errors below 0.008, so 0.03 is a false alarm in 5,000 seeds.
            for company in 0..20_000 {
                let (u, v) = (leader.uniform(company, 0), follower.uniform(company, 0));
                scores.add(normal_quantile(u), normal_quantile(v));
                margin.add(v, v * v);
            }
            assert!((scores.covariance().unwrap() - correlation).abs() < 0.03);
            assert!((margin.first().mean().unwrap() - 0.5).abs() < 0.01);
            assert!((margin.second().mean().unwrap() - 1.0 / 3.0).abs() < 0.01);
        }
    }
}
