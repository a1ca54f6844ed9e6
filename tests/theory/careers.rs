//! How craft grows, fades and is chosen: learning curves, forgetting, renewal and selection in closed form.

use super::selection::selection_differential;

/// Craft after so many hours of practice: what is missing shrinks exponentially, 1 − (1 − c)·e^(−hours/H).
///
/// Source: the exponential learning curve of a task with a ceiling (Estes 1950; Heathcote, Brown and Mewhort 2000 find it
/// for single learners).
pub fn practised(start: f64, hours: f64, hours_to_e: f64) -> f64 {
    1.0 - (1.0 - start) * (-hours / hours_to_e).exp()
}

/// Craft after so many weeks without practice: c·2^(−weeks/half-life).
pub fn forgotten(start: f64, weeks: f64, half_life_weeks: f64) -> f64 {
    start * 0.5_f64.powf(weeks / half_life_weeks)
}

/// What is left after some weeks of a lift by training, if a share `rooted` of what fades takes root.
pub fn left_of_training(lift: f64, weeks: f64, half_life_weeks: f64, rooted: f64) -> f64 {
    let fresh = 0.5_f64.powf(weeks / half_life_weeks);
    lift * (fresh + rooted * (1.0 - fresh))
}

/// Mean craft of a seat in the long run, if in each step its holder first learns, c → a + b·c, and then leaves with
/// probability p for somebody of craft c₀: the renewal equation m = p·c₀ + (1 − p)·(a + b·m) solved for m.
pub fn stationary(newcomer: f64, leaving: f64, (gained, kept): (f64, f64)) -> f64 {
    (leaving * newcomer + (1.0 - leaving) * gained) / (1.0 - (1.0 - leaving) * kept)
}

/// Expected craft of the hired beyond that of candidates, in their standard deviations, if the best `share` by a signal of
/// correlation `accuracy` is good enough: the breeder's equation ρ·i (Lush 1937; Brogden 1946 for hiring).
pub fn expected_of_hired(accuracy: f64, share: f64) -> f64 {
    accuracy * selection_differential(share)
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    #[test]
    fn yardsticks_agree_with_cases_that_can_be_worked_out_by_hand() {
        assert_close(practised(0.2, 0.0, 100.0), 0.2, 1e-15);
        assert_close(practised(0.5, 100.0 * std::f64::consts::LN_2, 100.0), 0.75, 1e-12);
        assert_close(forgotten(0.8, 52.0, 26.0), 0.2, 1e-12);
        assert_close(left_of_training(0.2, 55.0, 55.0, 0.0), 0.1, 1e-12);
        assert_close(left_of_training(0.2, 55.0, 55.0, 1.0), 0.2, 1e-12);
        assert_close(stationary(0.3, 1.0, (0.1, 0.9)), 0.3, 1e-12);
        assert_close(stationary(0.3, 0.0, (0.1, 0.8)), 0.5, 1e-12);
        assert_close(expected_of_hired(0.5, 0.2), 0.5 * 1.3998, 5e-5);
    }
}
