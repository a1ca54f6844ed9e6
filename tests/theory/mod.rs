//! What theory says about limit cases: pure functions with their sources, each tested against published or worked-out
//! values; never the engine.

pub mod belief;
pub mod careers;
pub mod diffusion;
pub mod fat_tails;
pub mod gates;
pub mod hand_offs;
pub mod normal;
pub mod quadrature;
pub mod queueing;
pub mod selection;
pub mod sequencing;
pub mod significance;
pub mod slots;

/// Fails unless `found` is within `tolerance` of `expected`.
#[cfg(test)]
#[track_caller]
fn assert_close(found: f64, expected: f64, tolerance: f64) {
    let distance = (found - expected).abs();
    assert!(
        distance <= tolerance,
        "found {found}, expected {expected} ± {tolerance}"
    );
}
