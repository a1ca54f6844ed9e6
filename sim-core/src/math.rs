//! Portable arithmetic: the same bits on every machine, from additions, multiplications and divisions only.

use core::f64::consts::{LN_2, LOG2_E};
use std::sync::LazyLock;

const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
/// Adding and subtracting 1.5 · 2^52 rounds to the nearest whole number.
const ROUND: f64 = 6_755_399_441_055_744.0;
/// Steps of the table of powers between 1 and 2.
const STEPS: i64 = 128;

/// 2^(step / 128), with the exponent of the step taken off its bits, so that whole powers of two are added to them.
static POWERS: [i64; STEPS as usize] = powers();

/// e^x, to about one unit in the last place; 0 below −708 and infinite above 709.
///
/// x = (k/128)·ln 2 + r with |r| ≤ ln 2/256: 2^(k/128) from a table, and e^r by its Taylor series to r⁵, after P. Tang
/// (1989), "Table-driven implementation of the exponential function in IEEE floating-point arithmetic".
#[inline]
pub fn exp(x: f64) -> f64 {
    // One comparison finds all that is out of the ordinary, NaN too.
    if x.abs() < 708.0 {
        exp_within_reach(x)
    } else {
        exp_far_from_zero(x)
    }
}

#[cold]
fn exp_far_from_zero(x: f64) -> f64 {
    match x {
        _ if x.is_nan() => x,
        _ if x <= -708.0 => 0.0,
        _ if x > 709.0 => f64::INFINITY,
        _ => exp_within_reach(x),
    }
}

#[inline]
fn exp_within_reach(x: f64) -> f64 {
    let shifted = x * (LOG2_E * STEPS as f64) + ROUND;
    let whole = shifted - ROUND;
    let r = (x - whole * (LN_2_HIGH / STEPS as f64)) - whole * (LN_2_LOW / STEPS as f64);
    let step = shifted.to_bits() as i64;
    let power = POWERS[(step & (STEPS - 1)) as usize].wrapping_add(step << (52 - STEPS.trailing_zeros()));
    let power = f64::from_bits(power as u64);
    let r2 = r * r;
    let series = r + r2 * ((0.5 + r * (1.0 / 6.0)) + r2 * (1.0 / 24.0 + r * (1.0 / 120.0)));
    power + power * series
}

const fn powers() -> [i64; STEPS as usize] {
    let mut powers = [0; STEPS as usize];
    let mut step = 0;
    while step < STEPS {
        // The lower half from above 1, the upper half from below 2, so that the series stays short.
        let half = if 2 * step < STEPS { 0 } else { STEPS };
        let near = (step - half) as f64 / STEPS as f64;
        let power = exp_near_zero(near * LN_2_HIGH, near * LN_2_LOW) * (if half == 0 { 1.0 } else { 2.0 });
        powers[step as usize] = power.to_bits() as i64 - (step << (52 - STEPS.trailing_zeros()));
        step += 1;
    }
    powers
}

/// e^(r + rest) for |r| ≤ 0.35 by the Taylor series of e^r to r^15, from its last term to the first.
const fn exp_near_zero(r: f64, rest: f64) -> f64 {
    let mut sum = 0.0;
    let mut term = 15;
    while term > 1 {
        sum = (1.0 + sum) * r / term as f64;
        term -= 1;
    }
    let growth = r + r * sum;
    // The rest is added before 1 takes the last digits.
    1.0 + (growth + rest * (1.0 + growth))
}

/// Natural logarithm of a positive number, to about two units in the last place; −∞ at zero, not a number below.
///
/// x = 2^e · m with m in [√½, √2), then 2·artanh((m−1)/(m+1)) as a series.
#[inline]
pub fn ln(x: f64) -> f64 {
    if x <= 0.0 || x.is_nan() {
        return if x == 0.0 { f64::NEG_INFINITY } else { f64::NAN };
    }
    if x == f64::INFINITY {
        return x;
    }
    if x < f64::MIN_POSITIVE {
        return ln(x * 18_014_398_509_481_984.0) - 54.0 * LN_2;
    }
    const ROOT_HALF_BITS: u64 = 0x3FE6_A09E_667F_3BCD;
    let offset = x.to_bits().wrapping_sub(ROOT_HALF_BITS);
    let exponent = (offset as i64) >> 52;
    let mantissa = f64::from_bits((offset & 0x000F_FFFF_FFFF_FFFF).wrapping_add(ROOT_HALF_BITS));
    let whole = exponent as f64;
    let f = (mantissa - 1.0) / (mantissa + 1.0);
    let s = f * f;
    let tail = s
        * (1.0 / 3.0
            + s * (1.0 / 5.0
                + s * (1.0 / 7.0
                    + s * (1.0 / 9.0
                        + s * (1.0 / 11.0
                            + s * (1.0 / 13.0 + s * (1.0 / 15.0 + s * (1.0 / 17.0 + s / 19.0))))))));
    whole * LN_2_HIGH + (whole * LN_2_LOW + 2.0 * (f + f * tail))
}

/// 2^(−weeks / half_life): what is left after `weeks`; 1 for an infinite half-life.
#[inline]
pub fn half_life_decay(weeks: f64, half_life_weeks: f64) -> f64 {
    exp(-LN_2 * weeks / half_life_weeks)
}

/// base^exponent for a non-negative base.
pub fn power(base: f64, exponent: f64) -> f64 {
    if base == 0.0 {
        return if exponent == 0.0 {
            1.0
        } else if exponent > 0.0 {
            0.0
        } else {
            f64::INFINITY
        };
    }
    exp(exponent * ln(base))
}

/// Density of the standard normal distribution.
#[inline]
pub fn normal_density(x: f64) -> f64 {
    const INVERSE_ROOT_TWO_PI: f64 = 0.398_942_280_401_432_7;
    INVERSE_ROOT_TWO_PI * exp(-0.5 * x * x)
}

/// Distribution function of the standard normal distribution.
pub fn normal_probability(x: f64) -> f64 {
    0.5 * libm::erfc(-x * core::f64::consts::FRAC_1_SQRT_2)
}

/// The standard normal distribution function and its loss function as tables: cubic Hermite interpolation with exact
/// slopes.
///
/// Absolute error below 6e-8; exact limits beyond eight standard deviations.
#[derive(Debug, Clone)]
pub struct NormalTable {
    /// Cells of Φ.
    probabilities: Vec<Cubic>,
    /// Cells of φ(x) − x·(1−Φ(x)) from x = 0 on.
    losses: Vec<Cubic>,
}

impl NormalTable {
    const REACH: f64 = 8.0;
    const PER_UNIT: f64 = 16.0;

    /// The table: a mathematical constant, worked out at first use.
    pub fn shared() -> &'static Self {
        static TABLE: LazyLock<NormalTable> = LazyLock::new(NormalTable::new);
        &TABLE
    }

    fn new() -> Self {
        let count = (2.0 * Self::REACH * Self::PER_UNIT) as usize;
        let node = |index: usize| {
            let x = index as f64 / Self::PER_UNIT - Self::REACH;
            (normal_probability(x), normal_density(x) / Self::PER_UNIT)
        };
        let loss_node = |index: usize| {
            let x = index as f64 / Self::PER_UNIT;
            let above = normal_probability(-x);
            ((normal_density(x) - x * above).max(0.0), -above / Self::PER_UNIT)
        };
        Self {
            probabilities: (0..=count)
                .map(|index| cubic(node(index), node(index + 1)))
                .collect(),
            losses: (0..=count / 2)
                .map(|index| cubic(loss_node(index), loss_node(index + 1)))
                .collect(),
        }
    }

    /// Φ(x).
    #[inline]
    pub fn probability(&self, x: f64) -> f64 {
        if x >= Self::REACH {
            return 1.0;
        }
        if x <= -Self::REACH || x.is_nan() {
            return 0.0;
        }
        interpolated(&self.probabilities, (x + Self::REACH) * Self::PER_UNIT)
    }

    /// The loss function E[max(0, Z − x)] = φ(x) − x·(1−Φ(x)) for x ≥ 0.
    #[inline]
    pub fn loss(&self, x: f64) -> f64 {
        if x >= Self::REACH {
            0.0
        } else {
            interpolated(&self.losses, x.max(0.0) * Self::PER_UNIT).max(0.0)
        }
    }
}

/// Coefficients of a cubic in the way through a cell, from 0 to 1; lowest power first.
pub type Cubic = [f64; 4];

/// The cubic with the given value and slope, for the width of the cell, at either end.
pub fn cubic((low, low_slope): (f64, f64), (high, high_slope): (f64, f64)) -> Cubic {
    let rise = high - low;
    [
        low,
        low_slope,
        3.0 * rise - 2.0 * low_slope - high_slope,
        low_slope + high_slope - 2.0 * rise,
    ]
}

/// The value of a cubic at `t`.
#[inline]
pub fn at([a, b, c, d]: Cubic, t: f64) -> f64 {
    a + t * (b + t * (c + t * d))
}

/// The value at a position, counted in cells.
#[inline]
fn interpolated(cells: &[Cubic], position: f64) -> f64 {
    let index = position as usize;
    at(cells[index], position - index as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn exp_agrees_with_the_reference_library(x in -700.0..700.0f64) {
            let expected = libm::exp(x);
            prop_assert!((exp(x) - expected).abs() <= 3.1e-16 * expected);
        }

        #[test]
        fn ln_agrees_with_the_reference_library(exponent in -700.0..700.0f64) {
            let x = libm::exp(exponent);
            let expected = libm::log(x);
            prop_assert!((ln(x) - expected).abs() <= 4e-16 * expected.abs().max(1.0));
        }

        #[test]
        fn the_table_agrees_with_the_normal_distribution(x in -9.0..9.0f64) {
            prop_assert!((NormalTable::shared().probability(x) - normal_probability(x)).abs() < 6e-8);
        }
    }

    #[test]
    fn the_loss_table_agrees_with_its_formula() {
        for step in 0..900 {
            let x = f64::from(step) * 0.01;
            let expected = normal_density(x) - x * normal_probability(-x);
            assert!((NormalTable::shared().loss(x) - expected).abs() < 6e-8, "{x}");
        }
    }

    #[test]
    fn ends_of_the_number_line_are_handled() {
        assert_eq!(exp(f64::NEG_INFINITY), 0.0);
        assert_eq!(exp(f64::INFINITY), f64::INFINITY);
        assert!(exp(f64::NAN).is_nan());
        assert_eq!(exp(0.0), 1.0);
        assert_eq!(ln(0.0), f64::NEG_INFINITY);
        assert!(ln(-1.0).is_nan());
        assert_eq!(ln(1.0), 0.0);
        assert_eq!(half_life_decay(1e9, f64::INFINITY), 1.0);
        assert!((half_life_decay(52.0, 52.0) - 0.5).abs() < 1e-15);
    }

    #[test]
    fn bits_never_change() {
        assert_eq!(exp(0.123_456_789).to_bits(), 4_607_774_196_810_370_771);
        assert_eq!(ln(123.456).to_bits(), 4_617_108_222_694_531_938);
    }
}
