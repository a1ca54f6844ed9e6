//! Belief: updating against conjugate formulas, exact belief against quadrature, testing under fat tails against the
//! published theory.

use sim_core::belief::{form, learn, perceived, posterior_mean, visible_value};
use sim_core::organisation::Idea;
use sim_core::parameters::Parameters;
use sim_core::policy::Policy;
use sim_core::world::{Need, Source, World};

use super::setting::{loaded, pulling};
use super::{Comparison, Effort};
use crate::theory::belief::{NormalBelief, Prior, Tail};
use crate::theory::fat_tails::value_of_tested_idea;

/// Needs of one world, as one team sees them.
pub struct Needs {
    /// What the operating model makes of needs.
    pub policy: Policy,
    /// The world.
    pub world: World,
}

impl Needs {
    /// The needs of the first team of a world.
    pub fn new(parameters: &Parameters) -> Self {
        Self {
            policy: Policy::new(parameters),
            world: World::new(parameters, 20_261_121, 0, 0),
        }
    }

    /// Need number `ordinal`, and the idea that a search makes of it.
    pub fn idea(&self, ordinal: u64) -> (Need, Idea) {
        let key = self.world.need_key(0, ordinal);
        let need = self.world.need(&self.policy.parameters, key, 0);
        let idea = form(
            &self.policy,
            &self.policy.start,
            &self.world,
            &need,
            Source::Search,
            0,
            0,
        );
        (need, idea)
    }
}

/// Normal updating, one quantum after the other, and that its prior has the moments of the world.
pub fn beliefs(effort: Effort) -> Vec<Comparison> {
    let mut checks = Vec::new();
    for name in ["safe", "empowered", "reference-continuous"] {
        let needs = Needs::new(&loaded(name, &[]));
        checks.extend((0..3).map(|ordinal| updating(name, &needs, ordinal)));
        if name != "reference-continuous" {
            checks.extend(calibration(name, &needs, 100_000 * u64::from(effort.0)));
        }
    }
    checks
}

/// Mean after five quanta against the conjugate formula fed with the same observations.
fn updating(name: &str, needs: &Needs, ordinal: u64) -> Comparison {
    let (need, mut idea) = needs.idea(ordinal);
    let (policy, world) = (&needs.policy, &needs.world);
    let perception = &policy.start.perception;
    let seen = perceived(&perception.view, need.value, need.delight, need.company_value) / need.unit;
    let first_noise = 1.0 / perception.first_precision.sqrt();
    let first = seen + world.first_estimate_error(&policy.parameters, need.key, perception.errors);
    let prior = NormalBelief {
        mean: perception.prior_mean,
        precision: perception.prior_precision,
    };
    let mut theory = prior.updated(first, first_noise, 1);
    let noise = 1.0 / policy.start.evidence.precision.sqrt();
    for quantum in 0..5 {
        learn(policy, &policy.start, world, &mut idea);
        theory = theory.updated(seen + noise * world.evidence_error(need.key, quantum), noise, 1);
    }
    Comparison::exact(
        format!("belief after five quanta of evidence, {name}, need {ordinal}: mean × precision"),
        "1/value units",
        theory.mean * theory.precision,
        idea.mean / need.unit * idea.precision,
    )
}

/// With a prior of the right mean and variance, truth regresses on the belief with slope 1 and no shift, whatever the
/// shape of the prior (linear Bayes, Hartigan 1969).
fn calibration(name: &str, needs: &Needs, count: u64) -> Vec<Comparison> {
    let mut shifts = Vec::new();
    let mut products = Vec::new();
    let mut spread = 0.0;
    let sim_core::sight::Perception {
        prior_mean: centre,
        ref view,
        ..
    } = needs.policy.start.perception;
    for ordinal in 0..count {
        let (need, idea) = needs.idea(ordinal);
        let (truth, belief) = (visible_value(view, &idea) / need.unit, idea.belief / need.unit);
        shifts.push(truth - belief);
        products.push((truth - belief) * (belief - centre));
        spread += (belief - centre) * (belief - centre) / count as f64;
    }
    for product in &mut products {
        *product = 1.0 + *product / spread;
    }
    vec![
        Comparison::of_sample(
            format!("what is perceived less first belief, {name}: mean"),
            "value units",
            0.0,
            &shifts,
        ),
        Comparison::of_sample(
            format!("slope of what is perceived on first belief, {name}"),
            "ratio",
            1.0,
            &products,
        ),
    ]
}

/// Exact posterior means against an independent quadrature, alone and through several quanta of evidence.
pub fn exact_beliefs() -> Vec<Comparison> {
    let parameters = loaded("safe", &["roles.structure=one", "behaviour.exact_belief=true"]);
    let environment = &parameters.environment;
    let prior = Prior {
        location: environment.value_location,
        scale: environment.value_spread,
        tail: Tail::Student(3.0),
        reach_scales: environment.value_maximum,
    };
    let cases = [(0.5, 5.0), (4.0, 2.0), (-6.0, 1.5), (12.0, 1.5), (9.0, 0.8)];
    let direct = cases.map(|(observed, noise): (f64, f64)| Comparison {
        standard_error: Some(QUADRATURE),
        ..Comparison::exact(
            format!("exact belief after one observation of {observed} with noise {noise}"),
            "value units",
            prior.posterior_mean(observed, noise),
            posterior_mean(&parameters, observed, noise.powi(-2)),
        )
    });
    let needs = Needs::new(&parameters);
    let through = (0..3).map(|ordinal| through_evidence(&needs, &prior, ordinal));
    direct.into_iter().chain(through).collect()
}

/// Error allowed to two quadratures of different rules, as if it were a standard error \[value units\].
const QUADRATURE: f64 = 2e-5;

/// The belief of an idea with three quanta against the posterior mean for all that was observed.
fn through_evidence(needs: &Needs, prior: &Prior, ordinal: u64) -> Comparison {
    let (need, mut idea) = needs.idea(ordinal);
    let (policy, world) = (&needs.policy, &needs.world);
    let seen = visible_value(&policy.start.perception.view, &idea) / need.unit;
    let quantum = policy.start.evidence.precision;
    let first = policy.parameters.behaviour.first_estimate_noise.powi(-2);
    let mut sum = first
        * (seen + world.first_estimate_error(&policy.parameters, need.key, policy.start.perception.errors));
    for number in 0..3 {
        learn(policy, &policy.start, world, &mut idea);
        sum += quantum * (seen + world.evidence_error(need.key, number) / quantum.sqrt());
    }
    let precision = first + 3.0 * quantum;
    Comparison {
        standard_error: Some(QUADRATURE),
        ..Comparison::exact(
            format!("exact belief after a first estimate and three quanta, need {ordinal}"),
            "value units",
            prior.posterior_mean(sum / precision, precision.powf(-0.5)),
            idea.belief / need.unit,
        )
    }
}

/// Expected value of an idea that is tested once and launched if it is expected to do good (Azevedo et al. 2020).
pub fn fat_tails(effort: Effort) -> Vec<Comparison> {
    [5.0, 2.0, 1.0, 0.5]
        .map(|noise: f64| {
            let parameters = pulling(&[
                "environment.value_location=-0.5",
                "environment.value_maximum=200",
                "behaviour.prior_weight=1",
                "behaviour.exact_belief=true",
                &format!("behaviour.first_estimate_noise={noise}"),
            ]);
            let needs = Needs::new(&parameters);
            let value = |ordinal| {
                let (need, idea) = needs.idea(ordinal);
                if idea.belief > 0.0 { need.value } else { 0.0 }
            };
            let values: Vec<f64> = (0..25_000 * u64::from(effort.0)).map(value).collect();
            let prior = Prior::whole(-0.5, 1.0, Tail::Student(3.0));
            Comparison::of_sample(
                format!("value of an idea tested with noise {noise} and launched if promising, location −0.5, t with 3 degrees of freedom"),
                "value units",
                value_of_tested_idea(&prior, noise),
                &values,
            )
        })
        .to_vec()
}
