//! Measurement after release: how often items of a known effect are taken back, or counted as a success.

use sim_core::events::EventKind;
use sim_core::simulation::Span;

use super::setting::{events, pulling};
use super::{Comparison, Effort};
use crate::theory::normal::probability_below;
use crate::theory::significance::{Experiment, false_positive_risk};

const BAR: f64 = 1.64;
const INFORMATION: f64 = 6.0;
const SPAN: Span = Span {
    warm_up_weeks: 0,
    horizon_weeks: 800,
};

/// What measurement says about items of effects 0, ±½ and 1, and the false-positive risk that follows.
pub fn measurements(effort: Effort) -> Vec<Comparison> {
    let effects = [0.0, -0.5, 0.5, 1.0];
    let shares = effects.map(|effect| shares(effort, effect));
    let mut checks = Vec::new();
    for (effect, (taken_back, moved)) in effects.iter().zip(&shares) {
        let clarity = effect * INFORMATION.sqrt();
        checks.push(share(
            format!("items of effect {effect} taken back, Φ(−effect·√n/σ − z)"),
            probability_below(-clarity - BAR),
            *taken_back,
        ));
        checks.push(share(
            format!("items of effect {effect} measured as good, Φ(effect·√n/σ − z)"),
            probability_below(clarity - BAR),
            *moved,
        ));
    }
    checks.push(risk(shares[0].1, shares[3].1));
    checks
}

/// Successes and trials.
type Share = (f64, f64);

fn share(what: String, theory: f64, (successes, trials): Share) -> Comparison {
    Comparison {
        what,
        unit: "share",
        theory,
        found: successes / trials,
        standard_error: Some((theory * (1.0 - theory) / trials).sqrt()),
    }
}

/// Share of successes that do nothing if one idea in three works, from the shares of either kind.
fn risk((false_alarms, zeros): Share, (hits, ones): Share) -> Comparison {
    let found = |false_alarm_rate: f64, power: f64| {
        false_positive_risk(Experiment {
            success_rate: 1.0 / 3.0,
            false_alarm_rate,
            power,
        })
    };
    let power = probability_below(INFORMATION.sqrt() - BAR);
    let alarm = probability_below(-BAR);
    let theory = found(alarm, power);
    // The risk follows the odds of alarm and power; power is known ten times better than the alarm rate.
    let relative = ((1.0 - alarm) / alarm / zeros + (1.0 - power) / power / ones).sqrt();
    Comparison {
        what: "false-positive risk of a measured success if one item in three works".to_owned(),
        unit: "share",
        theory,
        found: found(false_alarms / zeros, hits / ones),
        standard_error: Some(theory * (1.0 - theory) * relative),
    }
}

/// Shares of items of one effect that are taken back, and that are measured as good.
fn shares(effort: Effort, effect: f64) -> (Share, Share) {
    let parameters = pulling(&[
        "environment.value_spread=0",
        &format!("environment.value_location={effect}"),
        "environment.staleness_half_life_weeks=inf",
        "environment.harm_staleness_half_life_weeks=inf",
        &format!("environment.test_information={INFORMATION}"),
        &format!("behaviour.rollback_threshold={BAR}"),
        "customer_access.data=1",
        "release.rollback=true",
        "company.teams=20",
    ]);
    let last = SPAN.horizon_weeks as i32 - parameters.behaviour.measure_weeks as i32;
    let (mut shipped, mut taken_back, mut moved) = (0.0, 0.0, 0.0);
    for replication in 0..u64::from(2 * effort.0) {
        for event in events(&parameters, SPAN, replication) {
            match event.kind {
                EventKind::Shipped if event.week < last => shipped += 1.0,
                EventKind::RolledBack => taken_back += 1.0,
                EventKind::MovedMetric => moved += 1.0,
                _ => {}
            }
        }
    }
    ((taken_back, shipped), (moved, shipped))
}
