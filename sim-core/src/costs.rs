//! What an operating model costs each week: all heads and fees, in team-week costs; a function of parameters alone.

use crate::math;
use crate::parameters::Parameters;
use crate::policy;
use crate::simulation::Span;

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
}

impl WeeklyCost {
    /// Sum of all items.
    pub fn total(&self) -> f64 {
        self.teams + self.product_people + self.line_people + self.access + self.data + self.strategy
    }
}

/// Cost of one week.
pub fn weekly(parameters: &Parameters) -> WeeklyCost {
    let (company, behaviour, roles) = (&parameters.company, &parameters.behaviour, &parameters.roles);
    let teams = f64::from(company.teams);
    let lines = f64::from(parameters.lines());
    let salary = 1.0 / company.people_per_team;
    let craft = 0.5 * (company.discovery_craft + policy::acumen(parameters));
    // A person of middling craft (0.4) costs the stated salary; the premium spans the whole scale.
    let premium = (1.0 + company.craft_salary_premium * (craft - 0.4)).max(0.0);
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
    }
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

/// Discounted cost from week 0 to the horizon \[team-week costs\].
pub fn total_cost(parameters: &Parameters, span: Span) -> f64 {
    weekly(parameters).total() * discounted_weeks(parameters, span)
}

/// Discounted cost of the teams alone from week 0 to the horizon \[team-week costs\].
pub fn team_cost(parameters: &Parameters, span: Span) -> f64 {
    weekly(parameters).teams * discounted_weeks(parameters, span)
}
