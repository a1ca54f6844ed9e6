//! Places spread evenly over the unit cube: the scrambled Sobol' sequence and Latin hypercubes.

use crate::keyed::{generator, shuffle, unit};

/// Longest scrambled Sobol' sequence \[points\].
pub const SOBOL_POINTS: u32 = 1 << 16;

/// Dimensions of one sequence; further ones come from an independently scrambled sequence of the same seed.
const SEQUENCE_DIMENSIONS: usize = sobol_burley::NUM_DIMENSIONS as usize;

/// One coordinate of a point of the Sobol' sequence (Sobol' 1967; direction numbers of Joe and Kuo 2008, SIAM Journal on
/// Scientific Computing 30:2635) with Owen's scrambling (Owen 1995; hashed after Burley 2020, Journal of Computer Graphics
/// Techniques 9:4), within 0 to 1, both excluded.
///
/// `index` must be below [`SOBOL_POINTS`]. Any first 2ᵏ points have one point in each of 2ᵏ equal intervals of every
/// coordinate.
pub fn scrambled_sobol(index: u32, dimension: usize, seed: u64) -> f64 {
    let sequence = (dimension / SEQUENCE_DIMENSIONS) as u32;
    let key = (seed ^ (seed >> 32)) as u32 ^ sequence.wrapping_mul(0x9e37_79b9);
    let coordinate = (dimension % SEQUENCE_DIMENSIONS) as u32;
    // The sequence has 24 bits; the middle of its smallest interval is never 0.
    f64::from(sobol_burley::sample(index, coordinate, key)) + 1.0 / f64::from(1u32 << 25)
}

/// A Latin hypercube: `points` places, each coordinate with exactly one place in each of `points` equal intervals, paired
/// at random (McKay, Beckman and Conover 1979, Technometrics 21:239).
pub fn latin_hypercube(points: usize, dimensions: usize, seed: u64) -> Vec<Vec<f64>> {
    let mut places = vec![vec![0.0; dimensions]; points];
    for dimension in 0..dimensions {
        let mut generator = generator(seed, b"latinhyp", dimension as u64);
        let mut strata: Vec<usize> = (0..points).collect();
        shuffle(&mut generator, &mut strata);
        for (place, stratum) in places.iter_mut().zip(strata) {
            place[dimension] = (stratum as f64 + unit(&mut generator)) / points as f64;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// How many of `values` lie in each of `parts` equal intervals of 0 to 1.
    fn counts(values: impl Iterator<Item = f64>, parts: usize) -> Vec<usize> {
        let mut counts = vec![0; parts];
        values.for_each(|value| counts[(value * parts as f64) as usize] += 1);
        counts
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_latin_hypercube_has_one_place_in_each_stratum(points in 1_usize..200, dimensions in 1_usize..6, seed: u64) {
            let places = latin_hypercube(points, dimensions, seed);
            for dimension in 0..dimensions {
                let values = places.iter().map(|place| place[dimension]);
                prop_assert!(counts(values, points).iter().all(|count| *count == 1));
            }
        }

        #[test]
        fn the_first_points_of_the_sobol_sequence_are_balanced(power in 1_u32..10, dimension in 0_usize..300, seed: u64) {
            let points = 1 << power;
            let values = (0..points).map(|index| scrambled_sobol(index, dimension, seed));
            prop_assert!(counts(values, points as usize).iter().all(|count| *count == 1));
        }

        #[test]
        fn two_neighbouring_coordinates_are_balanced_together(seed: u64) {
            // The first two coordinates are a (0, m, 2)-net: every elementary box of 2⁸ has one of 2⁸ points.
            for wide in 0..=8 {
                let mut boxes = vec![0; 256];
                for index in 0..256 {
                    let place = |dimension, parts: usize| (scrambled_sobol(index, dimension, seed) * parts as f64) as usize;
                    boxes[place(0, 1 << wide) * (256 >> wide) + place(1, 256 >> wide)] += 1;
                }
                prop_assert!(boxes.iter().all(|count| *count == 1), "{wide}");
            }
        }

        #[test]
        fn every_coordinate_is_inside(index in 0_u32..65_536, dimension in 0_usize..1000, seed: u64) {
            let value = scrambled_sobol(index, dimension, seed);
            prop_assert!(value > 0.0 && value < 1.0);
        }
    }

    #[test]
    fn the_sequence_never_changes() {
        let found: Vec<u64> = [(0, 0), (1, 3), (77, 255), (77, 256)]
            .map(|(index, dimension)| (scrambled_sobol(index, dimension, 2026) * f64::from(1 << 25)) as u64)
            .to_vec();
        assert_eq!(found, PINNED, "another sequence breaks every stored result");
    }

    const PINNED: [u64; 4] = [13_468_749, 23_750_997, 30_593_601, 17_612_437];
}
