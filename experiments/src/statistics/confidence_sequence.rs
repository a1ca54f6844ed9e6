//! The asymptotic confidence sequence: an interval that stays valid however often and whenever one looks.

/// Worlds at the first look; the sequence is tightest there.
pub const FIRST_LOOK_WORLDS: u64 = 400;

/// Half width of the two-sided asymptotic confidence sequence for a mean after `count` values of sample `variance`.
///
/// With t values, it is σ̂·√( 2(tρ²+1)/(t²ρ²) · ln( √(tρ²+1)/α ) ): Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas
/// 2024, "Time-uniform central limit theory and asymptotic confidence sequences", Annals of Statistics 52:2613,
/// theorem 2.2. ρ is the one that makes it tightest at t₀ = [`FIRST_LOOK_WORLDS`] (see `squared_rate`).
pub fn anytime_half_width(variance: f64, count: u64, miss_probability: f64) -> f64 {
    let t = count as f64;
    let rate = squared_rate(miss_probability, FIRST_LOOK_WORLDS as f64);
    let spread = t * rate + 1.0;
    (variance * 2.0 * spread / (t * t * rate) * (0.5 * libm::log(spread) - libm::log(miss_probability)))
        .sqrt()
}

/// ρ² that makes the half width smallest at `look` values.
///
/// With x = ρ²t the squared half width is proportional to (x+1)/x · ln((x+1)/α²); its derivative vanishes where
/// x = ln(1+x) − 2 ln α, that is x = −W₋₁(−α²/e) − 1 with Lambert's W. The map contracts, so it is iterated.
fn squared_rate(miss_probability: f64, look: f64) -> f64 {
    let wanted = -2.0 * libm::log(miss_probability);
    let mut x = wanted;
    for _ in 0..60 {
        x = wanted + libm::log1p(x);
    }
    x / look
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_other_rate_is_tighter_at_the_first_look() {
        let best = squared_rate(0.05, 400.0);
        let width =
            |rate: f64| (400.0 * rate + 1.0) / rate * (0.5 * (400.0 * rate + 1.0f64).ln() - 0.05f64.ln());
        for factor in [0.5, 0.9, 0.99, 1.01, 1.1, 2.0] {
            assert!(width(best) < width(best * factor), "{factor}");
        }
    }

    #[test]
    fn it_is_wider_than_a_single_look_and_shrinks_with_more_worlds() {
        let single = 1.959_964 / 400f64.sqrt();
        let first = anytime_half_width(1.0, 400, 0.05);
        assert!(first > 1.4 * single && first < 1.7 * single, "{}", first / single);
        assert!(anytime_half_width(1.0, 1600, 0.05) < 0.6 * first);
    }

    #[test]
    fn without_variance_it_has_no_width() {
        assert_eq!(anytime_half_width(0.0, 1000, 0.05), 0.0);
    }
}
