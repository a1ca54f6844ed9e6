//! Integrals of functions of one number; knows no distribution.

/// Integral of `function` from `low` to `high` by Simpson's rule on `intervals` equal intervals, an even number.
///
/// The error falls with the fourth power of the step for smooth functions.
pub fn integral(function: impl Fn(f64) -> f64, low: f64, high: f64, intervals: u32) -> f64 {
    let step = (high - low) / f64::from(intervals);
    let weight = |node| match node {
        0 => 1.0,
        _ if node == intervals => 1.0,
        _ if node % 2 == 1 => 4.0,
        _ => 2.0,
    };
    (0..=intervals)
        .map(|node| weight(node) * function(low + f64::from(node) * step))
        .sum::<f64>()
        * step
        / 3.0
}

/// Where a rising function passes through zero between `low` and `high`, by bisection to 2⁻⁴⁵ of their distance.
pub fn root_of_rising(function: impl Fn(f64) -> f64, low: f64, high: f64) -> f64 {
    let halve = |(low, high): (f64, f64), _| {
        let middle = 0.5 * (low + high);
        if function(middle) < 0.0 {
            (middle, high)
        } else {
            (low, middle)
        }
    };
    (0..45).fold((low, high), halve).0
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    #[test]
    fn cubic_functions_are_integrated_exactly() {
        assert_close(integral(|x| x * x * x - x, 1.0, 3.0, 2), 16.0, 1e-12);
    }

    #[test]
    fn the_root_of_a_rising_function_is_found() {
        assert_close(root_of_rising(|x| x * x - 2.0, 0.0, 5.0), 2.0_f64.sqrt(), 1e-12);
    }
}
