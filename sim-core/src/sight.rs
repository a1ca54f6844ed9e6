//! What product people see and find out: their craft put together with what their operating model gives them; the one
//! place where the two meet. Never any state.

use crate::math::{self, exp};
use crate::organisation::Craft;
use crate::parameters::{Parameters, Structure};
use crate::policy::{QUARTER_WEEKS, Time};
use crate::world;

/// What depends on people: their craft, and what leaders and people in operations do for them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Ability {
    /// Mean craft of those who hold the team's seats.
    pub craft: Craft,
    /// Share of the company's interest that choosers see without any joint planning, as it reaches the team \[0-1\].
    pub clarity: f64,
    /// How directly product people reach customers \[0-1\].
    pub access: f64,
    /// How much of what customers do can be measured \[0-1\].
    pub data: f64,
}

impl Ability {
    /// With the craft that the company starts with, able leaders, and nobody gone into operations.
    pub fn at_start(parameters: &Parameters) -> Self {
        let company = &parameters.company;
        Self {
            craft: Craft {
                discovery: company.discovery_craft,
                business: company.business_craft,
                backlog: company.backlog_craft,
                influence: company.influence_craft,
            },
            clarity: parameters.strategy.clarity,
            access: parameters.customer_access.product_people,
            data: parameters.customer_access.data,
        }
    }

    /// Whether any craft has moved noticeably, or anything else at all: leaders and people in operations come and go at
    /// once, craft drifts.
    pub fn has_changed(&self, before: &Self) -> bool {
        self.craft.is_far_from(&before.craft)
            || self.clarity != before.clarity
            || self.access != before.access
            || self.data != before.data
    }
}

/// What of a need's worth somebody sees.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct View {
    /// a′ − a: by how much too much delight counts.
    pub delight_bias: f64,
    /// c: share of the company's interest that is seen.
    pub alignment: f64,
    /// Share of what the need is worth by itself, strategy aside, that is seen.
    pub local: f64,
}

/// How choosers see needs: what of their value is visible, and with what prior.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Perception {
    /// What they see.
    pub view: View,
    /// How much of a first estimate's error is that of the person who orders the backlog, and how much of somebody who
    /// judges apart from them.
    pub errors: [f64; 2],
    /// Mean of the prior \[value units\].
    pub prior_mean: f64,
    /// Precision of the prior \[1/value units²\].
    pub prior_precision: f64,
    /// Precision of the first estimate \[1/value units²\].
    pub first_precision: f64,
}

/// What discovery yields.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Evidence {
    /// Quanta from one hour of testing by product people.
    pub tests_per_hour: f64,
    /// Quanta from engineers in a week.
    pub engineer_tests: f64,
    /// Precision of a quantum \[1/value units²\].
    pub precision: f64,
    /// Its square root \[1/value units\].
    pub root_precision: f64,
    /// Search of one hour, in units that find a given quiet need with probability 1 − 1/e.
    pub search_per_hour: f64,
    /// Share of product people's discovery that searches.
    pub search_share: f64,
    /// Customer contacts in one hour of discovery by product people.
    pub contacts_per_hour: f64,
    /// Customer contacts of engineers in a week.
    pub engineer_contacts: f64,
}

/// What the product people of a team see and find out under an operating model.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Sight {
    /// What it was worked out from.
    pub ability: Ability,
    /// How they see needs.
    pub perception: Perception,
    /// What their discovery yields.
    pub evidence: Evidence,
    /// √n/σ of the measurement after release \[1/value units\]; 0 without data.
    pub measurement_power: f64,
    /// Hours that their stories take each week.
    pub story_hours: f64,
}

impl Sight {
    /// Works out what people of this ability, who see needs so, find out.
    pub fn new(parameters: &Parameters, time: &Time, ability: Ability, perception: Perception) -> Self {
        let skill_at_stories = parameters.behaviour.story_craft_effect * (0.5 - ability.craft.backlog);
        Self {
            ability,
            perception,
            evidence: evidence(parameters, time, &ability),
            measurement_power: (parameters.environment.test_information * ability.data).sqrt(),
            story_hours: time.story_hours * (1.0 + skill_at_stories),
        }
    }
}

/// What all who look at needs have in common, whatever their craft.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlook {
    /// Variance of the value of a need in units of its spread.
    value_variance: f64,
    /// Share of the company's interest that joint planning leaves unsaid.
    unsaid: f64,
}

impl Outlook {
    /// Of an operating model in its market.
    pub fn new(parameters: &Parameters) -> Self {
        let joint_hours = joint_hours_per_quarter(parameters);
        Self {
            value_variance: world::truncated_t3_variance(parameters.environment.value_maximum),
            unsaid: exp(-joint_hours / parameters.behaviour.alignment_hours),
        }
    }
}

/// Joint planning hours per person and quarter.
fn joint_hours_per_quarter(parameters: &Parameters) -> f64 {
    let commitment = &parameters.commitment;
    commitment.planning_hours * commitment.joint_share * QUARTER_WEEKS / f64::from(commitment.cadence_weeks)
}

/// Business craft with what hiring and leadership make up for; it is paid for like any craft \[0-1\].
pub fn acumen(parameters: &Parameters, business_craft: f64) -> f64 {
    1.0 - (1.0 - business_craft) * (1.0 - parameters.strategy.acumen_sought)
}

impl View {
    /// The view of somebody who sees this share of the picture of strategy and business. Joint planning speaks to all
    /// alike.
    pub fn new(parameters: &Parameters, outlook: &Outlook, ability: &Ability, share: f64) -> Self {
        let acumen = share * acumen(parameters, ability.craft.business);
        Self {
            delight_bias: (1.0 - parameters.environment.delight_share) * (1.0 - acumen),
            alignment: 1.0 - (1.0 - share * ability.clarity) * outlook.unsaid,
            local: 1.0,
        }
    }

    /// The mean of two views, `weight` that of the other one.
    fn mixed(self, other: Self, weight: f64) -> Self {
        let mix = |own: f64, other: f64| own + weight * (other - own);
        Self {
            delight_bias: mix(self.delight_bias, other.delight_bias),
            alignment: mix(self.alignment, other.alignment),
            local: mix(self.local, other.local),
        }
    }
}

impl Perception {
    /// How one product person, or engineers on their own, see needs.
    pub fn of_one(parameters: &Parameters, outlook: &Outlook, ability: &Ability) -> Self {
        let share = match parameters.roles.structure {
            Structure::OwnerOnly | Structure::None => parameters.behaviour.owner_view,
            Structure::One | Structure::Pair | Structure::Chain => 1.0,
        };
        let view = View::new(parameters, outlook, ability, share);
        Self::new(parameters, outlook, view, [1.0, 0.0])
    }

    /// How two see needs together: the mean of their judgements, in which the other one's has this weight. Their errors
    /// are partly the same.
    pub fn of_two(
        parameters: &Parameters,
        outlook: &Outlook,
        (own, other): (View, View),
        weight: f64,
    ) -> Self {
        let shared = parameters.behaviour.shared_error;
        let apart = (1.0 - square(shared)).sqrt();
        let errors = [1.0 - weight + weight * shared, weight * apart];
        Self::new(parameters, outlook, own.mixed(other, weight), errors)
    }

    fn new(parameters: &Parameters, outlook: &Outlook, view: View, errors: [f64; 2]) -> Self {
        let (environment, behaviour) = (&parameters.environment, &parameters.behaviour);
        let (unseen_strategy, unseen_local) = (1.0 - view.alignment, 1.0 - view.local);
        let seen =
            1.0 - unseen_strategy * (1.0 - environment.local_share) - unseen_local * environment.local_share;
        let spread = environment.value_spread * seen;
        let variance = spread * spread * outlook.value_variance
            + square(view.delight_bias * environment.delight_spread)
            + square((unseen_strategy - unseen_local) * environment.local_spread);
        let error_variance = square(behaviour.first_estimate_noise) * (square(errors[0]) + square(errors[1]));
        Self {
            view,
            errors,
            prior_mean: environment.value_location * seen,
            prior_precision: behaviour.prior_weight / variance.max(1e-12),
            first_precision: 1.0 / error_variance.max(1e-12),
        }
    }
}

fn evidence(parameters: &Parameters, time: &Time, ability: &Ability) -> Evidence {
    let behaviour = &parameters.behaviour;
    let engineers_access = parameters.customer_access.engineers;
    let strength = |access: f64| complement(ability.craft.discovery, access, behaviour.craft_access_exponent);
    let by_product = strength(ability.access);
    let by_engineers = strength(engineers_access);
    let tests_per_hour = (1.0 - parameters.discovery.search_share) / behaviour.hours_per_test;
    let engineers = parameters.discovery.team_share * parameters.company.team_capacity;
    let engineer_tests = engineers * behaviour.engineer_tests_per_week;
    let product_tests = tests_per_hour * time.wanted_hours;
    let all = product_tests + engineer_tests;
    let mean_square = if all > 0.0 {
        (product_tests * square(by_product) + engineer_tests * square(by_engineers)) / all
    } else {
        square(by_product)
    };
    let precision = mean_square / square(behaviour.evidence_noise);
    Evidence {
        tests_per_hour,
        engineer_tests,
        precision,
        root_precision: precision.sqrt(),
        search_per_hour: by_product / behaviour.search_hours_per_need,
        search_share: parameters.discovery.search_share,
        contacts_per_hour: ability.access / behaviour.hours_per_test,
        engineer_contacts: engineer_tests * engineers_access,
    }
}

/// Constant elasticity of substitution of two inputs of equal weight; exponent 0 is their geometric mean.
fn complement(first: f64, second: f64, exponent: f64) -> f64 {
    if exponent <= 0.0 && (first == 0.0 || second == 0.0) {
        return 0.0;
    }
    if exponent.abs() < 1e-9 {
        return (first * second).sqrt();
    }
    let mean = 0.5 * (math::power(first, exponent) + math::power(second, exponent));
    math::power(mean, 1.0 / exponent)
}

fn square(x: f64) -> f64 {
    x * x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complementarity_runs_from_minimum_to_mean() {
        assert!((complement(0.2, 0.8, 1.0) - 0.5).abs() < 1e-12);
        assert!((complement(0.2, 0.8, 0.0) - 0.4).abs() < 1e-12);
        assert!((complement(0.2, 0.8, -20.0) - 0.2).abs() < 0.01);
        assert_eq!(complement(0.0, 0.8, 0.0), 0.0);
        assert!((complement(0.0, 0.8, 1.0) - 0.4).abs() < 1e-12);
        assert!((complement(0.6, 0.6, -3.0) - 0.6).abs() < 1e-12);
    }
}
