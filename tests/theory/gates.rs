//! What waiting for a planning event costs: delay and staleness of ideas that arrive evenly between events.

/// Wait until the next planning event of ideas that arrive at any moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GateWait {
    /// Mean, half of the cadence \[weeks\].
    pub mean_weeks: f64,
    /// Standard deviation, the cadence over √12 \[weeks\].
    pub deviation_weeks: f64,
    /// Quantile 95 %, as the wait is uniform \[weeks\].
    pub p95_weeks: f64,
}

/// Wait until the next event for events `cadence_weeks` apart: uniform between 0 and the cadence.
pub fn gate_wait(cadence_weeks: f64) -> GateWait {
    GateWait {
        mean_weeks: cadence_weeks / 2.0,
        deviation_weeks: cadence_weeks / 12.0_f64.sqrt(),
        p95_weeks: 0.95 * cadence_weeks,
    }
}

/// Mean time from idea to delivery if everything planned is delivered at the end of the cadence \[weeks\].
pub fn lead_time_weeks(cadence_weeks: f64) -> f64 {
    1.5 * cadence_weeks
}

/// Mean wait in whole weeks of ideas that arrive in any week alike, those of the week of an event going in at once
/// \[weeks\]: the mean of 0, 1, …, cadence − 1.
pub fn mean_wait_whole_weeks(cadence_weeks: u32) -> f64 {
    f64::from(cadence_weeks - 1) / 2.0
}

/// Mean share of value left at the event if value fades at `staleness_per_week`, above 0 \[share\]: the mean of
/// exp(−θt) over a uniform wait.
pub fn share_left_at_gate(cadence_weeks: f64, staleness_per_week: f64) -> f64 {
    let faded = staleness_per_week * cadence_weeks;
    -(-faded).exp_m1() / faded
}

/// The same for waits of 0, 1, …, cadence − 1 whole weeks \[share\]: a geometric sum.
pub fn share_left_whole_weeks(cadence_weeks: u32, staleness_per_week: f64) -> f64 {
    let cadence_weeks = f64::from(cadence_weeks);
    (-staleness_per_week * cadence_weeks).exp_m1() / (cadence_weeks * (-staleness_per_week).exp_m1())
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    #[test]
    fn a_gate_costs_half_its_cadence_in_wait() {
        let ten = gate_wait(10.0);
        assert_eq!(
            (ten.mean_weeks, ten.p95_weeks, lead_time_weeks(10.0)),
            (5.0, 9.5, 15.0)
        );
        assert_close(ten.deviation_weeks, 2.886_751, 1e-6);
        assert_eq!((gate_wait(12.0).mean_weeks, lead_time_weeks(12.0)), (6.0, 18.0));
    }

    #[test]
    fn staleness_at_the_gate_is_as_tabulated() {
        for (cadence, share) in [
            (1.0, 0.9754),
            (2.0, 0.9516),
            (4.0, 0.9063),
            (10.0, 0.7869),
            (12.0, 0.7520),
        ] {
            assert_close(share_left_at_gate(cadence, 0.05), share, 5e-5);
        }
    }

    #[test]
    fn whole_weeks_are_the_mean_of_their_cases() {
        assert_close(mean_wait_whole_weeks(4), 1.5, 0.0);
        let cases: f64 = (0..4).map(|week| (-0.05 * f64::from(week)).exp()).sum();
        assert_close(share_left_whole_weeks(4, 0.05), cases / 4.0, 1e-12);
        assert_close(share_left_whole_weeks(1, 0.05), 1.0, 1e-12);
    }
}
