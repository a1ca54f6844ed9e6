//! Equal budgets: the capacity of cheaper arms grows until every arm costs the same.

use scenarios::Scenario;
use sim_core::parameters::{Parameters, Value, find};

/// Relative difference of total costs that counts as equal.
const TOLERANCE: f64 = 1e-9;

/// What an equal budget changed in one arm.
#[derive(Debug, Clone, PartialEq)]
pub struct BudgetChange {
    /// Name of the arm.
    pub arm: String,
    /// Team capacity before \[team-weeks per week\].
    pub capacity_before: f64,
    /// Team capacity after \[team-weeks per week\].
    pub capacity_after: f64,
    /// Total cost after, the same in all arms \[team-week costs\].
    pub total_cost: f64,
}

/// Why budgets could not be made equal.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum BudgetError {
    /// The arm goes through a transformation, whose cost nobody knows before it has run.
    #[error(
        "{arm} goes through a transformation, and what that costs depends on how it goes: training, coaching and weeks of \
         learning are paid for as teams come to them, so budgets cannot be made equal beforehand; compare without an equal \
         budget and look at net_value, which takes off every cost of the change"
    )]
    Changes {
        /// The arm.
        arm: String,
    },
    /// The capacity needed is outside the range of the parameter.
    #[error(
        "{arm} cannot be given the budget of {dearest}: at the largest company.team_capacity, {high}, it still costs \
         {cost:.1} of {budget:.1} team-week costs; compare without an equal budget"
    )]
    OutOfRange {
        /// The cheaper arm.
        arm: String,
        /// The dearest arm.
        dearest: String,
        /// Largest capacity allowed \[team-weeks per week\].
        high: f64,
        /// Cost of the cheaper arm there \[team-week costs\].
        cost: f64,
        /// Cost of the dearest arm \[team-week costs\].
        budget: f64,
    },
    /// A cost that is not a number.
    #[error("the total cost of {arm} is not a finite number, so budgets cannot be made equal")]
    NoCost {
        /// The arm.
        arm: String,
    },
}

/// Scales `company.team_capacity` of every arm but the dearest until all cost the same, to one part in 10⁹.
///
/// `cost` gives the total cost of parameters and must not fall when capacity grows \[team-week costs\].
///
/// # Errors
/// If an arm goes through a transformation, a cost is not finite or the capacity needed is out of range; `arms` may then have been changed in part.
pub fn equal_budget(
    arms: &mut [Scenario],
    cost: impl Fn(&Parameters) -> f64,
) -> Result<Vec<BudgetChange>, BudgetError> {
    if let Some(changing) = arms.iter().find(|arm| arm.parameters.target.is_some()) {
        return Err(BudgetError::Changes {
            arm: changing.name.clone(),
        });
    }
    let mut costs = Vec::with_capacity(arms.len());
    for arm in arms.iter() {
        let total = cost(&arm.parameters);
        if !total.is_finite() {
            return Err(BudgetError::NoCost {
                arm: arm.name.clone(),
            });
        }
        costs.push(total);
    }
    let Some(dearest) = (0..arms.len()).max_by(|a, b| costs[*a].total_cmp(&costs[*b])) else {
        return Ok(Vec::new());
    };
    let (budget, dearest) = (costs[dearest], arms[dearest].name.clone());
    let mut changes = Vec::new();
    for (arm, total) in arms.iter_mut().zip(costs) {
        if (total - budget).abs() > TOLERANCE * budget.abs() {
            changes.push(raise(arm, budget, &dearest, &cost)?);
        }
    }
    Ok(changes)
}

fn raise(
    arm: &mut Scenario,
    budget: f64,
    dearest: &str,
    cost: &impl Fn(&Parameters) -> f64,
) -> Result<BudgetChange, BudgetError> {
    let high = find("company", "team_capacity").map_or(f64::NAN, |parameter| parameter.high);
    let before = arm.parameters.company.team_capacity;
    let cost_at = |capacity: f64| {
        let mut parameters = arm.parameters.clone();
        parameters.company.team_capacity = capacity;
        cost(&parameters)
    };
    let most = cost_at(high);
    if most.is_nan() || most < budget {
        let arm = arm.name.clone();
        return Err(BudgetError::OutOfRange {
            arm,
            dearest: dearest.to_owned(),
            high,
            cost: most,
            budget,
        });
    }
    let after = bisect(before, high, budget, cost_at);
    set_capacity(arm, after);
    let total_cost = cost(&arm.parameters);
    Ok(BudgetChange {
        arm: arm.name.clone(),
        capacity_before: before,
        capacity_after: after,
        total_cost,
    })
}

/// Halves the bracket until the cost meets the budget or the bracket cannot be halved any more.
fn bisect(mut low: f64, mut high: f64, budget: f64, cost_at: impl Fn(f64) -> f64) -> f64 {
    loop {
        let middle = 0.5 * (low + high);
        let miss = cost_at(middle) - budget;
        if miss.abs() <= 0.01 * TOLERANCE * budget.abs() || middle <= low || middle >= high {
            return middle;
        }
        if miss < 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
}

fn set_capacity(arm: &mut Scenario, capacity: f64) {
    arm.parameters.company.team_capacity = capacity;
    for origin in &mut arm.origins {
        if (origin.parameter.group, origin.parameter.name) == ("company", "team_capacity") {
            origin.value = Value::Number(capacity);
            origin.plausible = None;
            origin.provenance = "assumed".to_owned();
            origin.source = "scaled until every arm has the same total cost".to_owned();
            origin.place = "equal budget".to_owned();
        }
    }
}
