//! Diffusion of something new among many who look at one another.

/// Share of a large population that has adopted at the end of each week.
///
/// Bass (1969), "A new product growth for model consumer durables", Management Science 15(5): who has not adopted does so
/// at the rate innovation + imitation · share of those who have. In steps of a week, at rates per year, each looking at the
/// share of the week before.
pub fn adopted(innovation: f64, imitation: f64, weeks: usize) -> Vec<f64> {
    let next = |share: &f64| {
        let rate = (innovation + imitation * share) / 52.0;
        Some(share + (1.0 - share) * (1.0 - (-rate).exp()))
    };
    std::iter::successors(next(&0.0), next).take(weeks).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::assert_close;

    /// The published curve in continuous time: F(t) = (1 − e^(−(p + q)·t)) / (1 + q/p · e^(−(p + q)·t)).
    fn continuous(innovation: f64, imitation: f64, years: f64) -> f64 {
        let decay = (-(innovation + imitation) * years).exp();
        (1.0 - decay) / (1.0 + imitation / innovation * decay)
    }

    /// Rates of colour television in Bass (1969): p = 0.005, q = 0.84 a year.
    #[test]
    fn weekly_steps_follow_the_published_curve() {
        let weekly = adopted(0.005, 0.84, 12 * 52);
        for years in [2, 5, 8, 12] {
            let expected = continuous(0.005, 0.84, f64::from(years));
            assert_close(weekly[years as usize * 52 - 1], expected, 0.01);
        }
    }

    #[test]
    fn without_imitation_the_wait_is_exponential() {
        let weekly = adopted(0.5, 0.0, 104);
        assert_close(weekly[103], 1.0 - (-1.0_f64).exp(), 1e-12);
    }
}
