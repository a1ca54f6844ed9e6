//! Constants that follow from the parameters, worked out once per run for each way of working; never any state.

use crate::costs;
use crate::math::{self, exp, ln};
use crate::parameters::{DatePolicy, Parameters, Style};
use crate::world::{self, Source};

/// Hours in the working week of one person.
pub const HOURS_PER_WEEK: f64 = 40.0;
/// Weeks that pull teams look ahead, and that a forecast of deliveries spans.
pub const FORECAST_WEEKS: i32 = 12;
/// Weeks in a quarter.
pub const QUARTER_WEEKS: f64 = 13.0;

/// How choosers see needs: what of their value is visible, and with what prior.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Perception {
    /// a′ − a: by how much too much delight counts.
    pub delight_bias: f64,
    /// c: share of the company's interest that choosers see.
    pub alignment: f64,
    /// Mean of the prior \[value units\].
    pub prior_mean: f64,
    /// Precision of the prior \[1/value units²\].
    pub prior_precision: f64,
    /// Precision of the first estimate \[1/value units²\].
    pub first_precision: f64,
    /// Weight γ of a claim against own belief, by [`Source`].
    pub claim_weights: [f64; Source::COUNT],
}

/// How a team's time is spent, as shares or hours that do not change during a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Time {
    /// Share of nominal capacity left for delivery in an ordinary week.
    pub delivery_share: f64,
    /// Share of a week's capacity that a planning event takes.
    pub planning_share: f64,
    /// The same spread over all weeks.
    pub planning_share_per_week: f64,
    /// Estimated effort that teams expect to finish with one team-week of work, by their experience of scope and of
    /// switching.
    pub estimated_per_real: f64,
    /// Hours of product people per team and week besides stakeholders and discovery.
    pub fixed_duty_hours: f64,
    /// Hours of product people per team and week at no trust; falls to zero at full trust.
    pub stakeholder_hours: f64,
    /// Hours that product people of a team have in a week.
    pub product_hours: f64,
    /// Hours that product people of a team want to spend on discovery.
    pub wanted_hours: f64,
    /// Hours of engineers of a team on discovery in a week.
    pub engineer_hours: f64,
}

/// How people move, as far as it does not change during a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct People {
    /// What the operating model itself does to morale.
    pub attraction: f64,
    /// Share of the way that morale goes in a week to what the work deserves.
    pub morale_pace: f64,
    /// Share of what newcomers lack that is still missing a week later.
    pub learning: f64,
    /// Rate at which somebody leaves a team of neutral morale \[1/week\].
    pub leaving_per_week: f64,
    /// The same in a team without any morale \[1/week\].
    pub highest_leaving_per_week: f64,
}

/// What discovery yields.
#[derive(Debug, Clone, Copy, PartialEq)]
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

/// Every constant that follows from a set of parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// The parameters themselves.
    pub parameters: Parameters,
    /// Weeks until the next planning event, the whole cadence in the week of an event: all that is not constant here.
    pub weeks_left: i32,
    /// How choosers see needs.
    pub perception: Perception,
    /// How time is spent.
    pub time: Time,
    /// What discovery yields.
    pub evidence: Evidence,
    /// How people move.
    pub people: People,
    /// Probability that a dependency is found when work is committed.
    pub dependency_found: f64,
    /// Share of a need's worth that survives on its way to those who build it.
    pub fit: f64,
    /// √n/σ of the measurement after release \[1/value units\]; 0 without data.
    pub measurement_power: f64,
    /// Cost of one week \[team-week costs\].
    pub weekly_cost: f64,
    /// Probability that a release of a single item fails.
    pub single_release_risk: f64,
    /// Weekly discount factor.
    pub discount: f64,
    /// Weekly factors of wear of good and of harmful items.
    pub wear: (f64, f64),
    /// Buffer on a promised date, as a factor on the expected time; `None` if no date is given.
    pub date_buffer: Option<f64>,
}

impl Policy {
    /// Works out every constant.
    pub fn new(parameters: &Parameters) -> Self {
        let environment = &parameters.environment;
        let time = time(parameters);
        Self {
            perception: perception(parameters),
            evidence: evidence(parameters),
            people: people(parameters),
            dependency_found: dependency_found(parameters, &time),
            fit: fit(parameters),
            measurement_power: (environment.test_information * parameters.customer_access.data).sqrt(),
            weekly_cost: costs::weekly(parameters).total(),
            single_release_risk: 1.0 - exp(-parameters.behaviour.integration_risk),
            discount: costs::weekly_discount(parameters),
            wear: (
                math::half_life_decay(1.0, environment.wear_half_life_weeks),
                math::half_life_decay(1.0, environment.harm_half_life_weeks),
            ),
            date_buffer: match parameters.governance.date_policy {
                DatePolicy::Never => None,
                DatePolicy::Always => Some(1.0),
                // From the mean, which pace reckons with, to what nine cases of ten stay below if only scope is uncertain.
                DatePolicy::HighIntegrity => {
                    let noise = environment.estimate_noise;
                    Some(exp(1.281_6 * noise - 0.5 * square(noise)).max(1.0))
                }
            },
            time,
            weeks_left: 0,
            parameters: parameters.clone(),
        }
    }

    /// Whether anybody has hours for discovery.
    pub fn discovers(&self) -> bool {
        self.time.wanted_hours > 0.0 || self.time.engineer_hours > 0.0
    }

    /// Whether work is committed at planning events.
    pub fn plans(&self) -> bool {
        self.parameters.commitment.style == Style::Plan
    }

    /// Turns the calendar to `week`.
    pub fn turn_to(&mut self, week: i32) {
        let cadence = self.parameters.commitment.cadence_weeks as i32;
        self.weeks_left = cadence - week.rem_euclid(cadence);
    }

    /// Whether a planning event is due.
    #[inline]
    pub fn is_planning_week(&self) -> bool {
        self.weeks_left == self.parameters.commitment.cadence_weeks as i32
    }
}

/// Joint planning hours per person and quarter.
fn joint_hours_per_quarter(parameters: &Parameters) -> f64 {
    let commitment = &parameters.commitment;
    commitment.planning_hours * commitment.joint_share * QUARTER_WEEKS / f64::from(commitment.cadence_weeks)
}

/// Business craft of product people with what hiring and leadership make up for; it is paid for like any craft \[0-1\].
pub fn acumen(parameters: &Parameters) -> f64 {
    1.0 - (1.0 - parameters.company.business_craft) * (1.0 - parameters.strategy.acumen_sought)
}

fn perception(parameters: &Parameters) -> Perception {
    let (environment, behaviour) = (&parameters.environment, &parameters.behaviour);
    let delight_bias = (1.0 - environment.delight_share) * (1.0 - acumen(parameters));
    let joint_hours = joint_hours_per_quarter(parameters);
    let alignment = 1.0 - (1.0 - parameters.strategy.clarity) * exp(-joint_hours / behaviour.alignment_hours);
    let seen = 1.0 - (1.0 - alignment) * (1.0 - environment.local_share);
    let spread = environment.value_spread * seen;
    let variance = spread * spread * world::truncated_t3_variance(environment.value_maximum)
        + square(delight_bias * environment.delight_spread)
        + square((1.0 - alignment) * environment.local_spread);
    let governance = &parameters.governance;
    Perception {
        delight_bias,
        alignment,
        prior_mean: environment.value_location * seen,
        prior_precision: behaviour.prior_weight / variance.max(1e-12),
        first_precision: 1.0 / square(behaviour.first_estimate_noise).max(1e-12),
        claim_weights: [
            governance.sales_weight,
            governance.executive_weight,
            governance.engineering_weight,
            governance.customer_weight,
            0.0,
        ],
    }
}

fn time(parameters: &Parameters) -> Time {
    let (commitment, roles, behaviour) = (&parameters.commitment, &parameters.roles, &parameters.behaviour);
    let team_hours = HOURS_PER_WEEK * parameters.company.people_per_team * parameters.company.team_capacity;
    let cadence = f64::from(commitment.cadence_weeks);
    let planning_share = commitment.planning_hours / HOURS_PER_WEEK;
    let routine = 1.0 - commitment.ceremony_share;
    let after_discovery = routine - parameters.discovery.team_share - commitment.debt_share;
    let net = (after_discovery - planning_share / cadence).max(0.0) * parameters.company.team_capacity;
    let items_per_week = net * estimated_per_real_effort(parameters) / mean_estimate(parameters);
    let story_hours = items_per_week * behaviour.story_hours_per_item * f64::from(1 + roles.hand_offs);
    let stakeholder_hours = 2.0 * behaviour.stakeholder_hours;
    let by_engineers = roles.engineers_write_stories * (story_hours + 0.5 * stakeholder_hours) / team_hours;
    let delivery_share = (after_discovery - by_engineers).max(0.0);
    let people = roles.product_people_per_team;
    let meeting_hours =
        people * (HOURS_PER_WEEK * commitment.ceremony_share + commitment.planning_hours / cadence);
    let zeal = 1.0 - behaviour.incentive_crowding * (1.0 - parameters.incentives.outcome_weight);
    Time {
        delivery_share,
        planning_share,
        planning_share_per_week: planning_share / cadence,
        estimated_per_real: estimated_per_real_effort(parameters),
        fixed_duty_hours: meeting_hours
            + people * behaviour.line_hours
            + (1.0 - roles.engineers_write_stories) * story_hours,
        stakeholder_hours: (1.0 - roles.engineers_write_stories) * stakeholder_hours,
        product_hours: HOURS_PER_WEEK * people,
        wanted_hours: people * parameters.discovery.hours * zeal,
        engineer_hours: parameters.discovery.team_share * team_hours,
    }
}

/// Experience tells teams how much more work than estimated there is on average, and what switching costs.
fn estimated_per_real_effort(parameters: &Parameters) -> f64 {
    let switches = f64::from(parameters.commitment.wip_limit - 1);
    let switching = (1.0 - parameters.behaviour.switching_loss * switches).max(0.1);
    switching * exp(-0.5 * square(parameters.environment.estimate_noise))
}

/// Mean of the estimated effort of a solution \[team-weeks\].
pub fn mean_estimate(parameters: &Parameters) -> f64 {
    let environment = &parameters.environment;
    let median = environment.effort_median * environment.build_cost_multiplier;
    match environment.effort_shape {
        crate::parameters::EffortShape::Lognormal => median * exp(0.5 * square(environment.effort_spread)),
        crate::parameters::EffortShape::Exponential => median / core::f64::consts::LN_2,
    }
}

fn evidence(parameters: &Parameters) -> Evidence {
    let (access, behaviour) = (&parameters.customer_access, &parameters.behaviour);
    let craft = parameters.company.discovery_craft;
    let strength = |access: f64| complement(craft, access, behaviour.craft_access_exponent);
    let by_product = strength(access.product_people);
    let by_engineers = strength(access.engineers);
    let tests_per_hour = (1.0 - parameters.discovery.search_share) / behaviour.hours_per_test;
    let engineers = parameters.discovery.team_share * parameters.company.team_capacity;
    let engineer_tests = engineers * behaviour.engineer_tests_per_week;
    let product_tests = tests_per_hour * time(parameters).wanted_hours;
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
        contacts_per_hour: access.product_people / behaviour.hours_per_test,
        engineer_contacts: engineer_tests * access.engineers,
    }
}

fn people(parameters: &Parameters) -> People {
    let behaviour = &parameters.behaviour;
    let leaving = parameters.company.people_per_team * behaviour.attrition_per_year / costs::WEEKS_PER_YEAR;
    People {
        attraction: attraction_of_work(parameters),
        morale_pace: 1.0 - exp(-1.0 / behaviour.morale_weeks),
        learning: exp(-2.0 / behaviour.ramp_weeks),
        leaving_per_week: leaving,
        highest_leaving_per_week: leaving * exp(0.5 * behaviour.attrition_morale_effect),
    }
}

/// What the operating model itself does to morale: customer contact, autonomy, role clarity and visible outcomes, each
/// by its distance from what is usual in either kind of company.
fn attraction_of_work(parameters: &Parameters) -> f64 {
    const USUAL_CONTACT: f64 = 0.25;
    const USUAL_AUTONOMY: f64 = 0.5;
    const USUAL_CLARITY: f64 = 0.6;
    const USUAL_OUTCOMES: f64 = 0.45;
    let governance = &parameters.governance;
    let dictated = 0.25
        * (governance.sales_weight
            + governance.executive_weight
            + governance.engineering_weight
            + governance.customer_weight);
    let autonomy = (1.0 - governance.request_acceptance) * (1.0 - dictated);
    let outcomes = (parameters.customer_access.data * parameters.incentives.outcome_weight).sqrt();
    (parameters.customer_access.engineers - USUAL_CONTACT)
        + (autonomy - USUAL_AUTONOMY)
        + (parameters.roles.role_clarity - USUAL_CLARITY)
        + (outcomes - USUAL_OUTCOMES)
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

fn dependency_found(parameters: &Parameters, time: &Time) -> f64 {
    let commitment = &parameters.commitment;
    let net =
        (time.delivery_share - time.planning_share_per_week).max(0.0) * parameters.company.team_capacity;
    let weeks = f64::from(commitment.cadence_weeks);
    let items = (net * time.estimated_per_real * weeks / mean_estimate(parameters)).max(1e-9);
    let joint_hours_per_item = commitment.planning_hours * commitment.joint_share / items;
    1.0 - exp(-joint_hours_per_item / parameters.behaviour.dependency_hours)
}

fn fit(parameters: &Parameters) -> f64 {
    let behaviour = &parameters.behaviour;
    let hand_offs = f64::from(parameters.roles.hand_offs);
    let kept = math::power(behaviour.retention, hand_offs);
    1.0 - behaviour.tacit_share * (1.0 - kept) * (1.0 - parameters.customer_access.engineers)
}

fn square(x: f64) -> f64 {
    x * x
}

/// ln of the effort that fits an expectation of `capacity` \[team-weeks\]; −∞ if there is none.
pub fn log_capacity(capacity: f64) -> f64 {
    ln(capacity.max(0.0))
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

    #[test]
    fn hand_offs_keep_what_retention_says() {
        let mut parameters = Parameters::default();
        parameters.behaviour.tacit_share = 1.0;
        parameters.behaviour.retention = 0.7;
        parameters.customer_access.engineers = 0.0;
        for (hand_offs, expected) in [(0, 1.0), (1, 0.7), (2, 0.49), (3, 0.343)] {
            parameters.roles.hand_offs = hand_offs;
            assert!((fit(&parameters) - expected).abs() < 1e-12);
        }
        parameters.customer_access.engineers = 1.0;
        assert!(
            (fit(&parameters) - 1.0).abs() < 1e-12,
            "engineers who hear customers lose nothing"
        );
    }
}
