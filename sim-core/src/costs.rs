//! What an operating model costs each week: all heads and fees, in team-week costs; a function of parameters alone.

use crate::math;
use crate::organisation::Craft;
use crate::parameters::{Funding, Parameters};
use crate::policy;
use crate::sight;
use crate::simulation::Span;

/// Craft at which a product person earns the stated salary.
pub const MIDDLING_CRAFT: f64 = 0.4;
/// Weeks in a year.
pub const WEEKS_PER_YEAR: f64 = 52.0;

/// Cost of one week, item by item \[team-week costs\].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeeklyCost {
    /// Teams.
    pub teams: f64,
    /// Product people, by craft.
    pub product_people: f64,
    /// Coordinators and release engineers of product lines.
    pub line_people: f64,
    /// Access to customers.
    pub access: f64,
    /// Access to data.
    pub data: f64,
    /// Strategy and its deployment.
    pub strategy: f64,
    /// Heads of product and chief product officer.
    pub leaders: f64,
    /// Fees for regular training.
    pub training: f64,
    /// Launch work and issues that functions of their own take care of.
    pub launch: f64,
    /// Decisions about who works on which product line.
    pub allocation: f64,
}

impl WeeklyCost {
    /// Sum of all items.
    pub fn total(&self) -> f64 {
        self.teams
            + self.product_people
            + self.line_people
            + self.access
            + self.data
            + self.strategy
            + self.leaders
            + self.training
            + self.launch
            + self.allocation
    }
}

/// Cost of one week.
pub fn weekly(parameters: &Parameters) -> WeeklyCost {
    let (company, behaviour, roles) = (&parameters.company, &parameters.behaviour, &parameters.roles);
    let careers = &parameters.careers;
    let teams = f64::from(company.teams);
    let lines = f64::from(parameters.lines());
    let salary = 1.0 / company.people_per_team;
    let premium = premium(parameters, company.discovery_craft, company.business_craft);
    let leaders = lines * careers.leaders_per_line + careers.chief;
    let training = careers.training_share * careers.training_weeks / WEEKS_PER_YEAR;
    let access = &parameters.customer_access;
    WeeklyCost {
        teams: teams * company.team_capacity,
        product_people: teams
            * roles.product_people_per_team
            * company.product_person_cost
            * premium
            * salary,
        line_people: lines * (roles.coordinators_per_line + parameters.release.engineers_per_line) * salary,
        access: teams * behaviour.access_cost * 0.5 * (access.product_people + access.engineers),
        data: teams * behaviour.data_cost * access.data,
        strategy: teams * behaviour.clarity_cost * parameters.strategy.clarity,
        leaders: leaders * company.leader_cost * salary,
        training: teams * roles.product_people_per_team * training * behaviour.training_fee,
        launch: teams * policy::function_hours(parameters) / policy::HOURS_PER_WEEK
            * company.product_person_cost
            * salary,
        allocation: teams * behaviour.allocation_cost * decisions_per_week(parameters),
    }
}

/// Salary of a product person relative to the stated one: a person of middling craft costs that, and the premium spans
/// the whole scale. Business craft is paid for with what is sought beyond it.
fn premium(parameters: &Parameters, discovery_craft: f64, business_craft: f64) -> f64 {
    let craft = 0.5 * (discovery_craft + sight::acumen(parameters, business_craft));
    (1.0 + parameters.company.craft_salary_premium * (craft - MIDDLING_CRAFT)).max(0.0)
}

/// What so many product people of this craft cost in a week beyond the same number with the craft that the company
/// started with, or less than they \[team-week costs\].
pub fn of_craft(parameters: &Parameters, people: f64, craft: &Craft) -> f64 {
    let company = &parameters.company;
    let beyond = premium(parameters, craft.discovery, craft.business)
        - premium(parameters, company.discovery_craft, company.business_craft);
    people * company.product_person_cost * beyond / company.people_per_team
}

/// What one person in operations, data or research costs in a week \[team-week costs\].
pub fn of_operations(parameters: &Parameters) -> f64 {
    parameters.company.product_person_cost / parameters.company.people_per_team
}

/// Decisions about who works on which product line, per week.
fn decisions_per_week(parameters: &Parameters) -> f64 {
    let governance = &parameters.governance;
    match (governance.funding, governance.reallocation_cadence_weeks) {
        (Funding::Project, _) => 1.0 / WEEKS_PER_YEAR,
        (Funding::Standing, 0) => 0.0,
        (Funding::Standing, weeks) => 1.0 / f64::from(weeks),
    }
}

/// What the company spends in a week besides the organisation that is simulated \[team-week costs\].
pub fn elsewhere(parameters: &Parameters) -> f64 {
    let company = &parameters.company;
    f64::from(company.teams) * (company.base_revenue - company.base_contribution)
}

/// Factor by which a week's delay discounts.
pub fn weekly_discount(parameters: &Parameters) -> f64 {
    math::exp(-math::ln(1.0 + parameters.company.discount_per_year) / WEEKS_PER_YEAR)
}

/// Sum of the discount factors of all weeks from week 0 to the horizon \[weeks\].
pub fn discounted_weeks(parameters: &Parameters, span: Span) -> f64 {
    let factor = weekly_discount(parameters);
    let mut weight = 1.0;
    let mut sum = 0.0;
    for _ in 0..span.horizon_weeks {
        sum += weight;
        weight *= factor;
    }
    sum
}

/// Discounted cost of the teams alone from week 0 to the horizon \[team-week costs\].
pub fn team_cost(parameters: &Parameters, span: Span) -> f64 {
    weekly(parameters).teams * discounted_weeks(parameters, span)
}
