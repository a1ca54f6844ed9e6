//! Selection: what choosing by an imperfect judgement brings, against the breeder's equation.
//!
//! Truth is not normal in the engine. Compared is a market whose values are cut at one spread, and judgements whose
//! noise is many times larger: then judgements are normal to a good approximation, and truth regresses on them along a
//! straight line. Under the fat tails of other environments the equation is no limit case and is not compared.

use super::belief::Needs;
use super::setting::pulling;
use super::{Comparison, Effort, mean_and_error};
use crate::theory::selection::{expected_disappointment, expected_value_of_chosen, selection_differential};

const CHOSEN_SHARE: f64 = 0.2;
const GROUP: usize = 10;
const NOISE: f64 = 3.0;

/// Judgement, what the best share of ideas and the best of ten are worth, and how much the best of ten disappoints.
pub fn selection(effort: Effort) -> Vec<Comparison> {
    let parameters = pulling(&[
        "environment.value_location=0",
        "environment.value_maximum=1",
        "behaviour.prior_weight=0",
        &format!("behaviour.first_estimate_noise={NOISE}"),
    ]);
    let needs = Needs::new(&parameters);
    let deviation = sim_core::world::truncated_t3_variance(1.0).sqrt();
    let rho = deviation / deviation.hypot(NOISE);
    let pair = |ordinal| {
        let (need, idea) = needs.idea(ordinal);
        (idea.belief / deviation, need.value / deviation)
    };
    let pairs: Vec<(f64, f64)> = (0..200_000 * u64::from(effort.0)).map(pair).collect();
    let best: Vec<(f64, f64)> = pairs.chunks(GROUP).map(best_of).collect();
    let truths = |chosen: &[(f64, f64)]| chosen.iter().map(|(_, truth)| *truth).collect::<Vec<_>>();
    let disappointments: Vec<f64> = best.iter().map(|(belief, truth)| belief - truth).collect();
    vec![
        correlation(&pairs, rho),
        Comparison::of_sample(
            format!("true value of the best {CHOSEN_SHARE} by judgement"),
            "standard deviations",
            rho * selection_differential(CHOSEN_SHARE),
            &truths(&best_share(&pairs)),
        ),
        Comparison::of_sample(
            format!("true value of the best of {GROUP} by judgement"),
            "standard deviations",
            expected_value_of_chosen(rho, GROUP as u32),
            &truths(&best),
        ),
        Comparison::of_sample(
            format!("estimate less true value of the best of {GROUP}, estimates unshrunk"),
            "standard deviations",
            expected_disappointment(rho, GROUP as u32),
            &disappointments,
        ),
    ]
}

fn correlation(pairs: &[(f64, f64)], rho: f64) -> Comparison {
    // Both sides have known means of 0 and deviations, so the mean product estimates the correlation.
    let products: Vec<f64> = pairs.iter().map(|(belief, truth)| belief * truth * rho).collect();
    let (found, standard_error) = mean_and_error(&products);
    Comparison {
        what: "correlation of judgement and truth".to_owned(),
        unit: "correlation",
        theory: rho,
        found,
        standard_error: Some(standard_error),
    }
}

fn best_of(group: &[(f64, f64)]) -> (f64, f64) {
    let best = group.iter().max_by(|one, other| one.0.total_cmp(&other.0));
    *best.expect("groups are not empty")
}

fn best_share(pairs: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut ranked = pairs.to_vec();
    ranked.sort_by(|one, other| other.0.total_cmp(&one.0));
    ranked.truncate((CHOSEN_SHARE * pairs.len() as f64) as usize);
    ranked
}
