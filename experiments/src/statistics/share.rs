//! A share of worlds or companies with how sure one can be of it.

use super::normal::normal_quantile;

/// A share and its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// How many were looked at.
    pub count: u64,
    /// The share.
    pub share: f64,
    /// Ends of its 95 % interval.
    pub ci95: (f64, f64),
}

impl Share {
    /// The share of `hits` among `count`, ties counting half a hit; `None` among none. Interval by [`wilson`].
    pub fn of(hits: f64, count: u64) -> Option<Self> {
        (count > 0).then(|| Self {
            count,
            share: hits / count as f64,
            ci95: wilson(hits, count, 0.05),
        })
    }
}

/// The score interval of a share that is missed with `miss_probability` (Wilson 1927, Journal of the American Statistical
/// Association 22:209); it keeps within 0 to 1 and has a width at 0 and at 1 too.
pub fn wilson(hits: f64, count: u64, miss_probability: f64) -> (f64, f64) {
    let z = normal_quantile(1.0 - miss_probability / 2.0);
    let (count, square) = (count as f64, z * z);
    let share = hits / count;
    let middle = (share + square / (2.0 * count)) / (1.0 + square / count);
    let spread =
        z / (1.0 + square / count) * (share * (1.0 - share) / count + square / (4.0 * count * count)).sqrt();
    ((middle - spread).max(0.0), (middle + spread).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_those_of_published_examples() {
        // Newcombe 1998 (Statistics in Medicine 17:857), table I, method 3.
        for (hits, count, low, high) in [
            (81.0, 263, 0.2553, 0.3662),
            (15.0, 148, 0.0624, 0.1605),
            (0.0, 20, 0.0, 0.1611),
            (1.0, 29, 0.0061, 0.1718),
        ] {
            let (found_low, found_high) = wilson(hits, count, 0.05);
            assert!(
                (found_low - low).abs() < 6e-5 && (found_high - high).abs() < 6e-5,
                "{hits} of {count}"
            );
        }
    }

    #[test]
    fn a_share_of_nothing_is_unknown() {
        assert_eq!(Share::of(0.0, 0), None);
    }
}
