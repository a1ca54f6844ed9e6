//! Where a rising function reaches a target: Newton's steps, kept within a shrinking bracket.

/// Solves `function(x) = target` for a non-decreasing `function` with derivative `slope` on `low..=high`.
///
/// A Newton step that leaves the bracket is replaced by halving it, so the search always ends (Press et al. 2007,
/// "Numerical Recipes", §9.4, `rtsafe`). Ends when a step is below one part in 10¹⁴.
pub(super) fn rising_root(
    function: impl Fn(f64) -> f64,
    slope: impl Fn(f64) -> f64,
    target: f64,
    bracket: (f64, f64),
    start: f64,
) -> f64 {
    const STEPS: usize = 200;
    let (mut low, mut high) = bracket;
    let mut x = start;
    for _ in 0..STEPS {
        let miss = function(x) - target;
        if miss == 0.0 {
            return x;
        }
        if miss < 0.0 {
            low = x;
        } else {
            high = x;
        }
        let newton = x - miss / slope(x);
        let next = if newton > low && newton < high {
            newton
        } else {
            0.5 * (low + high)
        };
        if (next - x).abs() <= 1e-14 * x.abs() {
            return next;
        }
        x = next;
    }
    x
}
