//! Equal budgets: the capacity of cheaper arms grows until every arm costs the same in the same worlds.
//!
//! What an arm costs is measured, not worked out: people who are hired, craft that grows and changes that teams go through
//! are paid for as they come.

use std::sync::atomic::AtomicBool;

use scenarios::Scenario;
use sim_core::outcomes::Outcome;
use sim_core::parameters::{Parameters, Value, find};
use sim_core::simulation::Span;

use crate::engine::Engine;
use crate::error::ComparisonError;
use crate::evaluation::{Evaluated, Evaluator, Listed, Setting, Stage, Watch};

/// Worlds in which costs are measured, unless fewer are asked for.
pub const DEFAULT_WORLDS: u64 = 200;

/// Relative difference of mean total costs that counts as equal.
const TOLERANCE: f64 = 1e-4;

/// Tries for each arm, the first included. Costs are all but linear in capacity, so two or three are usual.
const MOST_TRIES: u64 = 12;

/// Where costs are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pilot {
    /// Weeks to simulate.
    pub span: Span,
    /// Seed of the worlds.
    pub seed: u64,
    /// How many there are, from replication 0 on.
    pub worlds: u64,
    /// Threads; 0 means all cores. Results do not depend on it.
    pub threads: usize,
}

/// What an equal budget changed in one arm.
#[derive(Debug, Clone, PartialEq)]
pub struct BudgetChange {
    /// Name of the arm.
    pub arm: String,
    /// Team capacity before \[team-weeks per week\].
    pub capacity_before: f64,
    /// Team capacity after \[team-weeks per week\].
    pub capacity_after: f64,
    /// Mean total cost before \[team-week costs\].
    pub cost_before: f64,
    /// Mean total cost after \[team-week costs\].
    pub cost_after: f64,
}

/// Why budgets could not be made equal.
#[derive(Debug, thiserror::Error)]
pub enum BudgetError {
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
    /// Costs that do not follow capacity.
    #[error(
        "{arm} cannot be given the budget of {dearest}: with company.team_capacity {capacity} it costs {cost:.1} of \
         {budget:.1} team-week costs, and no capacity was found that comes closer; compare without an equal budget"
    )]
    NotMet {
        /// The cheaper arm.
        arm: String,
        /// The dearest arm.
        dearest: String,
        /// The last capacity tried \[team-weeks per week\].
        capacity: f64,
        /// Cost of the cheaper arm there \[team-week costs\].
        cost: f64,
        /// Cost of the dearest arm \[team-week costs\].
        budget: f64,
    },
    /// No world tells what an arm costs.
    #[error(
        "what {arm} costs is unknown, so budgets cannot be made equal: {reason}; compare without an equal budget"
    )]
    NoCost {
        /// The arm.
        arm: String,
        /// What went wrong first.
        reason: String,
    },
    /// The runs could not be made.
    #[error(transparent)]
    Runs(#[from] ComparisonError),
}

/// Scales `company.team_capacity` of every arm but the dearest until all have the same mean total cost in the worlds of
/// the pilot, to one part in 10⁴: by the secant method, whose first slope is that of a cost in proportion to capacity.
///
/// # Errors
/// If what an arm costs is unknown, the capacity needed is out of range, costs do not follow capacity, or somebody
/// cancels; `arms` may then have been changed in part.
pub fn equal_budget(
    arms: &mut [Scenario],
    pilot: Pilot,
    engine: &impl Engine,
    watch: &mut dyn Watch,
    cancel: &AtomicBool,
) -> Result<Vec<BudgetChange>, BudgetError> {
    let setting = Setting {
        span: pilot.span,
        seed: pilot.seed,
        outcome: Outcome::TotalCost,
        threads: pilot.threads,
    };
    let mut meter = Meter {
        evaluator: Evaluator::new(engine, setting)?,
        worlds: pilot.worlds,
        watch,
        cancel,
        made: 0,
        tries_expected: arms.len() as u64,
    };
    let mut costs = Vec::with_capacity(arms.len());
    for arm in arms.iter() {
        costs.push(meter.cost(arm)?);
    }
    let Some(dearest) = (0..arms.len()).max_by(|a, b| costs[*a].total_cmp(&costs[*b])) else {
        return Ok(Vec::new());
    };
    let goal = Goal {
        budget: costs[dearest],
        dearest: arms[dearest].name.clone(),
    };
    let mut changes = Vec::new();
    for (arm, cost) in arms.iter_mut().zip(costs) {
        if !goal.is_met_by(cost) {
            changes.push(raise(arm, cost, &goal, &mut meter)?);
        }
    }
    Ok(changes)
}

/// What every arm is to cost.
struct Goal {
    budget: f64,
    dearest: String,
}

impl Goal {
    fn is_met_by(&self, cost: f64) -> bool {
        (cost - self.budget).abs() <= TOLERANCE * self.budget.abs()
    }
}

/// Measures mean total costs.
struct Meter<'m, E> {
    evaluator: Evaluator<'m, E>,
    worlds: u64,
    watch: &'m mut dyn Watch,
    cancel: &'m AtomicBool,
    /// Runs made so far.
    made: u64,
    /// Means that will have been measured in the end, as far as can be seen now.
    tries_expected: u64,
}

impl<E: Engine> Meter<'_, E> {
    /// Mean total cost of an arm over the worlds that come to their end \[team-week costs\].
    fn cost(&mut self, arm: &Scenario) -> Result<f64, BudgetError> {
        let runs: Vec<(usize, u64)> = (0..self.worlds).map(|world| (0, world)).collect();
        let points = Listed {
            points: std::slice::from_ref(&arm.parameters),
            runs: &runs,
        };
        let mut stage = Stage {
            watch: self.watch,
            before: self.made,
            of: self.tries_expected * self.worlds,
        };
        let costs = self.evaluator.all(&points, &mut stage, self.cancel)?;
        self.made += self.worlds;
        mean(&costs).map_err(|reason| BudgetError::NoCost {
            arm: arm.name.clone(),
            reason,
        })
    }

    fn cost_at(&mut self, arm: &mut Scenario, capacity: f64) -> Result<f64, BudgetError> {
        self.tries_expected = self.tries_expected.max(self.made / self.worlds.max(1) + 1);
        set_capacity(arm, capacity);
        self.cost(arm)
    }
}

/// Mean over what came to its end, or what went wrong first.
fn mean(costs: &[Evaluated]) -> Result<f64, String> {
    let mut sum = 0.0;
    let mut count = 0;
    let mut failure = None;
    for cost in costs {
        match cost {
            Ok(cost) if cost.is_finite() => {
                sum += cost;
                count += 1;
            }
            Ok(_) => failure = failure.or(Some("it has no total_cost")),
            Err(reason) => failure = failure.or(Some(reason)),
        }
    }
    if count > 0 {
        Ok(sum / f64::from(count))
    } else {
        Err(failure.unwrap_or("no world was simulated").to_owned())
    }
}

fn raise<E: Engine>(
    arm: &mut Scenario,
    cost: f64,
    goal: &Goal,
    meter: &mut Meter<'_, E>,
) -> Result<BudgetChange, BudgetError> {
    let high = find("company", "team_capacity").map_or(f64::NAN, |parameter| parameter.high);
    let before = (arm.parameters.company.team_capacity, cost);
    let (mut last, mut slope) = (before, before.1 / before.0);
    for _ in 1..MOST_TRIES {
        let capacity = (last.0 + (goal.budget - last.1) / slope).max(before.0).min(high);
        let now = (capacity, meter.cost_at(arm, capacity)?);
        if goal.is_met_by(now.1) {
            return Ok(BudgetChange {
                arm: arm.name.clone(),
                capacity_before: before.0,
                capacity_after: now.0,
                cost_before: before.1,
                cost_after: now.1,
            });
        }
        if now.0 == high && now.1 < goal.budget {
            return Err(BudgetError::OutOfRange {
                arm: arm.name.clone(),
                dearest: goal.dearest.clone(),
                high,
                cost: now.1,
                budget: goal.budget,
            });
        }
        slope = (now.1 - last.1) / (now.0 - last.0);
        last = now;
    }
    Err(BudgetError::NotMet {
        arm: arm.name.clone(),
        dearest: goal.dearest.clone(),
        capacity: last.0,
        cost: last.1,
        budget: goal.budget,
    })
}

/// Sets it before and after a change of the operating model: both are in one company.
fn set_capacity(arm: &mut Scenario, capacity: f64) {
    let set = |parameters: &mut Parameters| parameters.company.team_capacity = capacity;
    set(&mut arm.parameters);
    arm.parameters.target.as_deref_mut().map(set);
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
