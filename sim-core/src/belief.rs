//! What choosers believe about a need, and how evidence changes it.

use crate::math::exp;
use crate::organisation::{Dependency, Idea, Kind};
use crate::parameters::Parameters;
use crate::policy::Policy;
use crate::random::{Key, student_t3_density};
use crate::sight::{Perception, Sight, View};
use crate::world::{Need, Source, World};

/// s = v + (a′−a)·d − (1−c)·v_company − (1−l)·(v − v_company): the value of a solution that choosers can see.
pub fn perceived(view: &View, value: f64, delight: f64, company_value: f64) -> f64 {
    value + view.delight_bias * delight
        - (1.0 - view.alignment) * company_value
        - (1.0 - view.local) * (value - company_value)
}

/// What evidence on an idea tends to: of a solution what those who choose now can see, of anything else all of it.
pub fn visible_value(view: &View, idea: &Idea) -> f64 {
    match idea.kind {
        Kind::Solution => perceived(view, idea.value, idea.delight, idea.company_value),
        Kind::Iteration | Kind::Mandate => idea.value,
    }
}

/// The idea that a team forms when a need becomes visible to it.
#[inline(always)]
pub fn form(
    policy: &Policy,
    sight: &Sight,
    world: &World,
    need: &Need,
    source: Source,
    team: usize,
    week: i32,
) -> Idea {
    let parameters = &policy.parameters;
    let perception = &sight.perception;
    let seen = perceived(&perception.view, need.value, need.delight, need.company_value);
    let first = seen / need.unit + world.first_estimate_error(parameters, need.key, perception.errors);
    let (prior, weight) = (perception.prior_precision, perception.first_precision);
    let precision = prior + weight;
    let mean = need.unit * (prior * perception.prior_mean + weight * first) / precision;
    let claim = match source {
        Source::Search => mean,
        _ => seen + need.unit * world.claim_error(parameters, need.key, source),
    };
    let belief = believed(policy, perception, mean, precision, need.unit);
    let claim_weight = policy.claim_weights[source as usize];
    Idea {
        key: need.key,
        source,
        born: need.born,
        visible: week,
        unit: need.unit,
        value: need.value,
        delight: need.delight,
        company_value: need.company_value,
        claim,
        mean,
        belief,
        precision,
        first_judgement: weighed(belief, claim, claim_weight),
        estimate: need.estimate,
        log_estimate: need.log_estimate,
        effort: need.estimate,
        dependencies: dependencies(policy, world, need.key, team),
        ..Idea::UNTOUCHED
    }
}

/// μ = m + γ·(claim − m): the belief that governance lets count.
#[inline]
pub fn judgement(policy: &Policy, idea: &Idea) -> f64 {
    let weight = policy.claim_weights[idea.source as usize];
    weighed(idea.belief, idea.claim, weight)
}

#[inline]
fn weighed(belief: f64, claim: f64, claim_weight: f64) -> f64 {
    belief + claim_weight * (claim - belief)
}

/// The work of others that a team's solution of a need takes, which nobody knows at first.
pub fn dependencies(policy: &Policy, world: &World, key: Key, team: usize) -> [Dependency; 2] {
    world
        .partners(&policy.parameters, key, team)
        .map(|partner| partner.map_or(Dependency::Clear, Dependency::Hidden))
}

/// Updates the belief in an idea by one quantum of evidence.
#[inline]
pub fn learn(policy: &Policy, sight: &Sight, world: &World, idea: &mut Idea) {
    let precision = sight.evidence.precision;
    let error = world.evidence_error(idea.key, idea.tests) / sight.evidence.root_precision;
    let observed = visible_value(&sight.perception.view, idea) + idea.unit * error;
    let sum = idea.precision + precision;
    idea.mean += (observed - idea.mean) * (precision / sum);
    idea.precision = sum;
    idea.tests = idea.tests.saturating_add(1);
    idea.belief = believed(policy, &sight.perception, idea.mean, sum, idea.unit);
}

/// The normal mean, or the exact posterior mean where that is asked for.
#[inline]
fn believed(policy: &Policy, perception: &Perception, mean: f64, precision: f64, unit: f64) -> f64 {
    if policy.parameters.behaviour.exact_belief {
        exact_mean(policy, perception, mean, precision, unit)
    } else {
        mean
    }
}

/// The posterior mean under the truncated Student-t prior, by quadrature over the product of prior and likelihood.
#[cold]
fn exact_mean(policy: &Policy, perception: &Perception, mean: f64, precision: f64, unit: f64) -> f64 {
    // Craft may have moved the prior since the idea was formed; its first estimate is never less than that.
    let weight = (precision - perception.prior_precision).max(perception.first_precision);
    let observed = (mean / unit * precision - perception.prior_precision * perception.prior_mean) / weight;
    unit * posterior_mean(&policy.parameters, observed, weight)
}

/// Posterior mean of a value \[value units\] with a truncated Student-t prior, given the precision-weighted mean of
/// normal observations and their total precision.
pub fn posterior_mean(parameters: &Parameters, observed: f64, precision: f64) -> f64 {
    const STEPS: usize = 2000;
    let environment = &parameters.environment;
    let (location, spread) = (environment.value_location, environment.value_spread);
    let reach = environment.value_maximum.min(1e4) * spread;
    let likelihood_reach = 10.0 / precision.sqrt();
    let low = (observed - likelihood_reach).max(location - reach).min(location);
    let high = (observed + likelihood_reach).min(location + reach).max(location);
    let width = (high - low) / STEPS as f64;
    let (mut weights, mut sum) = (0.0, 0.0);
    for step in 0..=STEPS {
        let value = low + width * step as f64;
        let miss = value - observed;
        // The trapezoidal rule counts either end half.
        let part = if step == 0 || step == STEPS { 0.5 } else { 1.0 };
        let density =
            part * student_t3_density((value - location) / spread) * exp(-0.5 * precision * miss * miss);
        weights += density;
        sum += density * value;
    }
    if weights > 0.0 { sum / weights } else { observed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_belief_shrinks_small_observations_and_trusts_large_ones() {
        let mut parameters = Parameters::default();
        parameters.environment.value_location = 0.0;
        let small = posterior_mean(&parameters, 1.0, 0.25) / 1.0;
        let large = posterior_mean(&parameters, 15.0, 0.25) / 15.0;
        assert!(small < 0.5, "{small}");
        assert!(large > 0.85, "{large}");
        assert!(posterior_mean(&parameters, 0.0, 0.25).abs() < 1e-12);
    }
}
