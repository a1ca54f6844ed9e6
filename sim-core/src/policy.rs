//! Constants that follow from the parameters, worked out once per run for each way of working; never any state.

use crate::costs;
use crate::growth::Growth;
use crate::math::{self, exp, ln};
use crate::organisation::Reach;
use crate::parameters::{DatePolicy, IssuesOwner, LaunchOwner, Parameters, Style};
use crate::sight::{Ability, Outlook, Perception, Sight};
use crate::world::Source;

mod pair;

pub use pair::{Accord, Pairing};

/// Hours in the working week of one person.
pub const HOURS_PER_WEEK: f64 = 40.0;
/// Weeks that pull teams look ahead, and that a forecast of deliveries spans.
pub const FORECAST_WEEKS: i32 = 12;
/// Weeks in a quarter.
pub const QUARTER_WEEKS: f64 = 13.0;

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
    /// Hours of product people per team and week besides stories, stakeholders and discovery.
    pub fixed_duty_hours: f64,
    /// Hours of product people per team and week for stories, if they are of middling craft at that.
    pub story_hours: f64,
    /// Hours of product people per team and week at no trust; falls to zero at full trust.
    pub stakeholder_hours: f64,
    /// Hours that product people of a team have in a week, less those they spend on learning from one another.
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

/// How launch work makes items reach users.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Launch {
    /// Launch work for one item, in units that reach the share 1 − 1/e of its users; infinite where none is needed.
    pub work: f64,
    /// Whether product people do it, so that it suffers when they lack hours.
    pub by_product: bool,
    /// Share of those not reached who come by themselves.
    pub unaided: f64,
}

impl Launch {
    /// How an item reaches users if the share `done` of the launch work is done.
    pub fn reach(&self, done: f64) -> Reach {
        let work = if self.by_product {
            self.work * done
        } else {
            self.work
        };
        Reach {
            reached: 1.0 - exp(-work),
            unaided: self.unaided,
        }
    }
}

/// Every constant that follows from a set of parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// The parameters themselves.
    pub parameters: Parameters,
    /// Weeks until the next planning event, the whole cadence in the week of an event: all that is not constant here.
    pub weeks_left: i32,
    /// What all who look at needs have in common.
    pub outlook: Outlook,
    /// What product people of the craft that the company starts with see and find out; in a pair of usual trust.
    pub start: Sight,
    /// Weight γ of a claim against own belief, by [`Source`].
    pub claim_weights: [f64; Source::COUNT],
    /// Two product people instead of one, if there are.
    pub pairing: Option<Pairing>,
    /// How time is spent.
    pub time: Time,
    /// How people move.
    pub people: People,
    /// How craft grows and fades.
    pub growth: Growth,
    /// Whether anything ever changes about product people.
    pub people_change: bool,
    /// How launch work makes items reach users.
    pub launch: Launch,
    /// Share of those who come to an item by themselves that has not come a week later.
    pub waiting: f64,
    /// Probability that a dependency is found when work is committed.
    pub dependency_found: f64,
    /// Share of a need's worth that survives on its way to those who build it; in a pair of usual trust.
    pub fit: f64,
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
        let pairing = Pairing::new(parameters);
        let usual = pairing.map(|pairing| (pairing, pairing.at(parameters, pairing.usual_trust)));
        let (outlook, ability) = (Outlook::new(parameters), Ability::at_start(parameters));
        let perception = match &usual {
            Some((pairing, accord)) => pairing.perception(parameters, &outlook, &ability, accord),
            None => Perception::of_one(parameters, &outlook, &ability),
        };
        Self {
            start: Sight::new(parameters, &time, ability, perception),
            outlook,
            pairing,
            fit: usual.map_or_else(|| fit(parameters, kept(parameters)), |(_, accord)| accord.fit),
            claim_weights: claim_weights(parameters),
            people: people(parameters),
            growth: Growth::new(parameters),
            people_change: people_change(parameters),
            launch: launch(parameters),
            waiting: math::half_life_decay(1.0, parameters.behaviour.reach_half_life_weeks),
            dependency_found: dependency_found(parameters, &time),
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

    /// Probability that a dependency on a team that works by `other` is found when work is committed: the two meet for as
    /// long as the one with less time does, and miss each other where they commit in other ways or at other times.
    #[inline]
    pub fn dependency_found_with(&self, other: &Self) -> f64 {
        if core::ptr::eq(self, other) {
            return self.dependency_found;
        }
        let (mine, theirs) = (&self.parameters.commitment, &other.parameters.commitment);
        let met = self.dependency_found.min(other.dependency_found);
        if (mine.style, mine.cadence_weeks) == (theirs.style, theirs.cadence_weeks) {
            met
        } else {
            met * (1.0 - self.parameters.transformation.friction)
        }
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

fn claim_weights(parameters: &Parameters) -> [f64; Source::COUNT] {
    let governance = &parameters.governance;
    [
        governance.sales_weight,
        governance.executive_weight,
        governance.engineering_weight,
        governance.customer_weight,
        0.0,
    ]
}

fn time(parameters: &Parameters) -> Time {
    let (commitment, roles, behaviour) = (&parameters.commitment, &parameters.roles, &parameters.behaviour);
    let careers = &parameters.careers;
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
        fixed_duty_hours: meeting_hours + people * behaviour.line_hours + launch_duties(parameters),
        story_hours: (1.0 - roles.engineers_write_stories) * story_hours,
        stakeholder_hours: (1.0 - roles.engineers_write_stories) * stakeholder_hours,
        product_hours: people * (HOURS_PER_WEEK - 2.0 * careers.mentoring_hours - careers.shadowing_hours),
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

/// Whether product people learn, forget, come, go or are led under these parameters.
fn people_change(parameters: &Parameters) -> bool {
    let (careers, behaviour) = (&parameters.careers, &parameters.behaviour);
    let rates = [
        behaviour.product_attrition_per_year,
        careers.training_share,
        careers.mentoring_hours,
        careers.shadowing_hours,
    ];
    rates.into_iter().any(|rate| rate > 0.0)
        || behaviour.practice_hours.is_finite()
        || behaviour.forgetting_half_life_weeks.is_finite()
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

/// Hours of product people per team and week for launch work and issues that they answer for.
fn launch_duties(parameters: &Parameters) -> f64 {
    let launch = &parameters.launch;
    let work = if launch.owner == LaunchOwner::Product {
        launch.hours
    } else {
        0.0
    };
    let issues = if launch.issues_owner == IssuesOwner::Product {
        issue_hours(parameters)
    } else {
        0.0
    };
    work + issues
}

/// Hours per team and week that functions of their own spend on launch work and issues.
pub fn function_hours(parameters: &Parameters) -> f64 {
    let launch = &parameters.launch;
    let work = if launch.owner == LaunchOwner::Marketing {
        launch.hours
    } else {
        0.0
    };
    let issues = if launch.issues_owner == IssuesOwner::Functions {
        issue_hours(parameters)
    } else {
        0.0
    };
    work + issues
}

fn issue_hours(parameters: &Parameters) -> f64 {
    parameters.environment.issues_per_team_quarter / QUARTER_WEEKS * parameters.behaviour.issue_hours
}

/// Launch work per item; who does it in another function knows the product through one more pair of hands.
fn launch(parameters: &Parameters) -> Launch {
    let (launch, behaviour) = (&parameters.launch, &parameters.behaviour);
    let understood = match launch.owner {
        LaunchOwner::Product => 1.0,
        LaunchOwner::Marketing => 1.0 - behaviour.tacit_share * (1.0 - behaviour.retention),
        LaunchOwner::Nobody => 0.0,
    };
    let per_item = understood * launch.hours / items_per_week(parameters, &time(parameters));
    Launch {
        work: if behaviour.launch_hours_per_item == 0.0 {
            f64::INFINITY
        } else {
            per_item / behaviour.launch_hours_per_item
        },
        by_product: launch.owner == LaunchOwner::Product && behaviour.launch_hours_per_item > 0.0,
        unaided: behaviour.unaided_reach,
    }
}

/// Items that a team expects to finish in a week.
fn items_per_week(parameters: &Parameters, time: &Time) -> f64 {
    let net =
        (time.delivery_share - time.planning_share_per_week).max(0.0) * parameters.company.team_capacity;
    (net * time.estimated_per_real / mean_estimate(parameters)).max(1e-9)
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

/// Share of tacit knowledge that all hand-offs keep.
fn kept(parameters: &Parameters) -> f64 {
    math::power(
        parameters.behaviour.retention,
        f64::from(parameters.roles.hand_offs),
    )
}

/// Share of a need's worth that survives hand-offs which keep this share of tacit knowledge.
fn fit(parameters: &Parameters, kept: f64) -> f64 {
    1.0 - parameters.behaviour.tacit_share * (1.0 - kept) * (1.0 - parameters.customer_access.engineers)
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
    fn hand_offs_keep_what_retention_says() {
        let mut parameters = Parameters::default();
        parameters.behaviour.tacit_share = 1.0;
        parameters.behaviour.retention = 0.7;
        parameters.customer_access.engineers = 0.0;
        for (hand_offs, expected) in [(0, 1.0), (1, 0.7), (2, 0.49), (3, 0.343)] {
            parameters.roles.hand_offs = hand_offs;
            assert!((fit(&parameters, kept(&parameters)) - expected).abs() < 1e-12);
        }
        parameters.customer_access.engineers = 1.0;
        assert!(
            (fit(&parameters, kept(&parameters)) - 1.0).abs() < 1e-12,
            "engineers who hear customers lose nothing"
        );
    }
}
