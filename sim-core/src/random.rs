//! Chance as a pure function: every draw is named by seed, replication, purpose, entity and number.
//!
//! One ChaCha8 stream per purpose and replication hands out 64-bit keys, one for each team, line or need. Every later
//! chance about that entity is a numbered draw from its key by the SplitMix64 output function (Steele, Lea and Flood
//! 2014), so it depends on nothing that anybody decides: all arms of a replication meet the same luck.

use std::sync::LazyLock;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::math::{self, Cubic, cubic};

/// What a stream of keys is for. Numbers are never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum Purpose {
    /// Keys of teams.
    Teams = 1,
    /// Keys of product lines.
    Lines = 2,
    /// Key of the company.
    Company = 3,
    /// Keys of what befalls the business of a product line.
    Business = 16,
}

/// A stream of keys for one purpose in one replication.
pub fn keys(seed: u64, replication: u64, purpose: Purpose) -> impl Iterator<Item = Key> {
    let mut state = [0; 32];
    state[..8].copy_from_slice(&seed.to_le_bytes());
    state[8..16].copy_from_slice(&replication.to_le_bytes());
    state[16..24].copy_from_slice(&(purpose as u64).to_le_bytes());
    let mut generator = ChaCha8Rng::from_seed(state);
    core::iter::repeat_with(move || Key(generator.next_u64()))
}

/// The key of an entity: names its chance, draw by draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(pub u64);

impl Key {
    /// Draw number `number`: 64 random bits.
    #[inline]
    pub fn bits(self, number: u64) -> u64 {
        const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
        let mut z = self.0.wrapping_add(number.wrapping_add(1).wrapping_mul(GOLDEN));
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Draw number `number` as a uniform number in [0, 1).
    #[inline]
    pub fn uniform(self, number: u64) -> f64 {
        // Signed numbers are converted in one step.
        (self.bits(number) >> 11) as i64 as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// Draw number `number` from a symmetric distribution.
    #[inline]
    pub fn symmetric(self, number: u64, quantiles: &Quantiles) -> f64 {
        quantiles.at(self.bits(number))
    }

    /// Draw number `number` from the exponential distribution of mean 1.
    #[inline]
    pub fn exponential(self, number: u64) -> f64 {
        -math::ln(1.0 - self.uniform(number))
    }

    /// A key of its own for part `number` of this entity.
    #[inline]
    pub fn child(self, number: u64) -> Self {
        Self(self.bits(number))
    }
}

/// Quantile function of a distribution symmetric about zero, tabulated for draws from 64 random bits.
///
/// Cells are sixteenths of octaves of the tail probability, so that each cell spans the same ratio of probabilities
/// from the middle to the far tail; within a cell the quantile is a cubic with exact values and slopes at both ends.
#[derive(Debug, Clone)]
pub struct Quantiles {
    cells: Vec<Cubic>,
}

const CELL_BITS: u32 = 4;
const OCTAVES: u64 = 54;
/// The cell of one step of 2^−54.
const FIRST_STEP: u64 = 1023 << CELL_BITS;
/// Index of the cell of the smallest tail probability, 2^−54.
const FIRST_CELL: u64 = (1023 - OCTAVES) << CELL_BITS;

impl Quantiles {
    /// Tabulates from `upper(p)`, the value exceeded with probability p ≤ ½, and `density` at a value.
    fn new(upper: impl Fn(f64) -> f64, density: impl Fn(f64) -> f64) -> Self {
        let node = |index: u64| f64::from_bits((FIRST_CELL + index) << (52 - CELL_BITS));
        let cell = |index: u64| {
            let (start, end) = (node(index), node(index + 1));
            let width = end - start;
            let (low, high) = (upper(start), upper(end));
            let (low_slope, high_slope) = (-width / density(low), -width / density(high));
            cubic((low, low_slope), (high, high_slope))
        };
        Self {
            cells: (0..(OCTAVES - 1) << CELL_BITS).map(cell).collect(),
        }
    }

    /// Standard normal: a mathematical constant, worked out at first use.
    pub fn normal() -> &'static Self {
        static TABLE: LazyLock<Quantiles> =
            LazyLock::new(|| Quantiles::new(normal_upper, math::normal_density));
        &TABLE
    }

    /// Student's t with three degrees of freedom: a mathematical constant, worked out at first use.
    pub fn student_t3() -> &'static Self {
        static TABLE: LazyLock<Quantiles> =
            LazyLock::new(|| Quantiles::new(student_t3_upper, student_t3_density));
        &TABLE
    }

    /// The value that 64 random bits stand for: the top bit is the sign, the others the tail probability.
    #[inline]
    pub fn at(&self, bits: u64) -> f64 {
        // The tail probability in steps of 2^−54, an odd number; signed numbers are converted in one step.
        let place = (((bits << 1) >> 11 | 1) as i64 as f64).to_bits();
        let index = (place >> (52 - CELL_BITS)) - FIRST_STEP;
        // The bits below those of the cell are the way through it, as a number from 1 to 2 less 1.
        let t = f64::from_bits((place << CELL_BITS) & (u64::MAX >> 12) | 1.0_f64.to_bits()) - 1.0;
        let size = math::at(self.cells[index as usize], t);
        f64::from_bits(size.to_bits() ^ (bits & (1 << 63)))
    }
}

/// The value a standard normal exceeds with probability `tail`, by Newton's method on the distribution function.
pub fn normal_upper(tail: f64) -> f64 {
    let mut x = libm::sqrt((-2.0 * math::ln(2.0 * tail.min(0.5))).max(0.0));
    for _ in 0..60 {
        let miss = math::normal_probability(-x) - tail;
        let density = math::normal_density(x);
        let newton = miss / density;
        let step = newton / (1.0 - (0.5 * x * newton).clamp(-0.5, 0.5));
        x += step;
        if step.abs() < 1e-15 * x.abs().max(1.0) {
            break;
        }
    }
    x.max(0.0)
}

/// Density of Student's t with three degrees of freedom.
pub fn student_t3_density(t: f64) -> f64 {
    let spread = 1.0 + t * t / 3.0;
    2.0 / (core::f64::consts::PI * 3.0_f64.sqrt() * spread * spread)
}

/// Probability that Student's t with three degrees of freedom exceeds t ≥ 0.
pub fn student_t3_tail(t: f64) -> f64 {
    let x = t / 3.0_f64.sqrt();
    if x > 100.0 {
        // The closed form loses its digits to cancellation; its asymptotic series does not.
        let square = 1.0 / (x * x);
        return 2.0 / (3.0 * core::f64::consts::PI) * square / x
            * (1.0 - 1.2 * square + 9.0 / 7.0 * square * square);
    }
    0.5 - (x / (1.0 + x * x) + libm::atan(x)) / core::f64::consts::PI
}

/// The value Student's t with three degrees of freedom exceeds with probability `tail`, by Newton's method.
pub fn student_t3_upper(tail: f64) -> f64 {
    if tail >= 0.5 {
        return 0.0;
    }
    // From the power law of the tail, approached in the logarithm, in which the tail is almost a straight line.
    let mut t = 3.0_f64.sqrt()
        * math::power(2.0 / (3.0 * core::f64::consts::PI * tail), 1.0 / 3.0)
        * (1.0 - 2.0 * tail);
    for _ in 0..100 {
        let probability = student_t3_tail(t);
        let step = (probability - tail) / student_t3_density(t) * (2.0 * tail / (probability + tail));
        t = (t + step).max(t * 0.25);
        if step.abs() < 1e-14 * t {
            break;
        }
    }
    t
}

/// Counts with a Poisson distribution, from its distribution function.
#[derive(Debug, Clone)]
pub struct Poisson {
    /// The distribution function from a count of 0 on, in steps of 2^−53.
    limits: Vec<u64>,
}

impl Poisson {
    /// Tabulates the distribution of the given mean.
    pub fn new(mean: f64) -> Self {
        const STEPS: f64 = 9_007_199_254_740_992.0;
        let mut probability = math::exp(-mean);
        let mut sum = probability;
        let mut limits = Vec::new();
        while sum < 1.0 - 1e-15 && limits.len() < 1000 {
            limits.push((sum * STEPS).ceil() as u64);
            probability *= mean / limits.len() as f64;
            sum += probability;
        }
        Self { limits }
    }

    /// As many items as the count at which the distribution function first exceeds the number in [0, 1) that 64 random
    /// bits stand for.
    #[inline]
    pub fn at(&self, bits: u64) -> impl Iterator<Item = ()> {
        let uniform = bits >> 11;
        self.limits
            .iter()
            .take_while(move |limit| uniform >= **limit)
            .map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_the_normal_distribution_are_exact_to_a_millionth() {
        let table = Quantiles::normal();
        for (bits, expected) in [
            (1u64 << 62, 0.674_489_750_196_081_7),
            (1 << 59, 1.862_731_867_421_652),
            (1 << 53, 3.297_193_345_691_86),
        ] {
            assert!(
                (table.at(bits) - expected).abs() < 1e-6 * expected,
                "{} {expected}",
                table.at(bits)
            );
            assert_eq!(table.at(bits | 1 << 63), -table.at(bits));
        }
    }

    #[test]
    fn quantiles_of_student_t3_invert_its_tail() {
        let table = Quantiles::student_t3();
        for shift in 1..52 {
            let bits = (1u64 << 63 >> shift) | (1 << 11) | (1u64 << 63 >> shift >> 3);
            let tail = (((bits & (u64::MAX >> 1)) >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0;
            let ratio = student_t3_tail(table.at(bits)) / tail;
            assert!((ratio - 1.0).abs() < 1e-5, "tail {tail}: ratio {ratio}");
        }
    }

    #[test]
    fn every_pattern_of_bits_gives_a_finite_value() {
        for table in [Quantiles::normal(), Quantiles::student_t3()] {
            for bits in [0, 1, 1 << 10, u64::MAX >> 1, 1 << 63, u64::MAX, u64::MAX - 1] {
                assert!(table.at(bits).is_finite());
            }
        }
    }

    /// False-alarm rate below 1e-6 for each moment (five standard errors).
    #[test]
    fn draws_have_the_moments_of_their_distributions() {
        let (normal, count) = (Quantiles::normal(), 1_000_000u32);
        let key = Key(2026);
        let (mut sum, mut squares, mut fourth) = (0.0, 0.0, 0.0);
        for number in 0..u64::from(count) {
            let z = key.symmetric(number, normal);
            sum += z;
            squares += z * z;
            fourth += z * z * z * z;
        }
        let n = f64::from(count);
        assert!((sum / n).abs() < 5.0 / n.sqrt());
        assert!((squares / n - 1.0).abs() < 5.0 * 2.0_f64.sqrt() / n.sqrt());
        assert!((fourth / n - 3.0).abs() < 5.0 * 96.0_f64.sqrt() / n.sqrt());
    }

    #[test]
    fn poisson_counts_have_their_mean_and_variance() {
        for mean in [0.0, 0.8, 20.0] {
            let poisson = Poisson::new(mean);
            let n = 200_000u32;
            let counts: Vec<f64> = (0..n)
                .map(|i| f64::from(poisson.at(Key(7).bits(u64::from(i))).count() as u32))
                .collect();
            let average = counts.iter().sum::<f64>() / f64::from(n);
            let variance = counts.iter().map(|c| (c - average) * (c - average)).sum::<f64>() / f64::from(n);
            assert!((average - mean).abs() <= 5.0 * (mean / f64::from(n)).sqrt());
            assert!((variance - mean).abs() <= 5.0 * ((mean + 2.0 * mean * mean) / f64::from(n)).sqrt());
        }
    }

    #[test]
    fn keys_of_a_replication_never_change() {
        let first: Vec<u64> = keys(2026, 0, Purpose::Teams).take(2).map(|key| key.0).collect();
        assert_eq!(first, vec![3_773_870_625_427_234_899, 14_818_393_276_448_221_061]);
    }
}
