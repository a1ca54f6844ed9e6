//! What is left of knowledge after it has passed through several hands; says nothing about who they are.

/// Share of tacit knowledge left after `hand_offs` hand-offs that each keep `retention` \[share\].
pub fn share_retained(retention: f64, hand_offs: i32) -> f64 {
    retention.powi(hand_offs)
}

/// Fit of a solution to its need when a share of the need is carried by tacit knowledge alone, and engineers' own
/// access to customers makes up for its loss \[share\].
pub fn fit(tacit_share: f64, retention: f64, hand_offs: i32, engineers_access: f64) -> f64 {
    1.0 - tacit_share * (1.0 - share_retained(retention, hand_offs)) * (1.0 - engineers_access)
}

/// Probability that a yes-or-no message arrives unchanged after `relays` relays that each turn it round with
/// probability `error`: ½(1 + (1 − 2e)^k). Source: binary symmetric channels in series (Shannon 1948).
pub fn relay_fidelity(error: f64, relays: i32) -> f64 {
    0.5 * (1.0 + (1.0 - 2.0 * error).powi(relays))
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    #[test]
    fn relays_lose_messages_as_tabulated() {
        let table = [
            (0.1, [0.9, 0.82, 0.756, 0.7048, 0.6638]),
            (0.05, [0.95, 0.905, 0.8645, 0.8280, 0.7952]),
            (0.2, [0.8, 0.68, 0.608, 0.5648, 0.5389]),
        ];
        for (error, fidelities) in table {
            for (relays, fidelity) in (1..).zip(fidelities) {
                assert_close(relay_fidelity(error, relays), fidelity, 5.1e-5);
            }
        }
    }

    #[test]
    fn fit_falls_with_hands_and_only_by_what_is_tacit() {
        assert_close(share_retained(0.7, 3), 0.343, 1e-12);
        assert_close(fit(0.3, 0.7, 3, 0.0), 1.0 - 0.3 * 0.657, 1e-12);
        assert_close(fit(0.3, 0.7, 3, 0.5), 1.0 - 0.15 * 0.657, 1e-12);
        assert_eq!(
            (
                fit(0.3, 0.7, 0, 0.0),
                fit(0.0, 0.7, 5, 0.0),
                fit(0.3, 0.7, 5, 1.0)
            ),
            (1.0, 1.0, 1.0)
        );
    }
}
