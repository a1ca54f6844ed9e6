//! The discounted cost of an arm's teams, the yardstick of gaps and precision.

use sim_core::parameters::Parameters;
use sim_core::simulation::Span;

const WEEKS_PER_YEAR: f64 = 52.0;

/// Discounted cost of the teams from week 0 to the horizon [team-week costs]: teams × capacity × Σ (1+r)^(−w/52).
pub(crate) fn team_cost(parameters: &Parameters, span: Span) -> f64 {
    let company = &parameters.company;
    let growth = 1.0 + company.discount_per_year;
    let factors = (0..span.horizon_weeks).map(|week| libm::pow(growth, -f64::from(week) / WEEKS_PER_YEAR));
    f64::from(company.teams) * company.team_capacity * factors.sum::<f64>()
}
