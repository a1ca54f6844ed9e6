//! Equal budgets: the capacity of cheaper arms grows until every arm costs the same in the same worlds.
//!
//! What an arm costs is measured, not worked out: people who are hired, craft that grows and changes that teams go through
//! are paid for as they come.

use std::sync::atomic::AtomicBool;

use scenarios::{Origin, Scenario};
use sim_core::outcomes::Outcome;
use sim_core::parameters::{Parameters, Value, find};
use sim_core::simulation::Span;

use crate::comparison::DEFAULT_SMALLEST_GAP_SHARE;
use crate::engine::Engine;
use crate::error::ComparisonError;
use crate::evaluation::{Evaluated, Evaluator, Listed, Setting, Stage, Watch};
use crate::statistics::Moments;

/// Worlds in which costs are measured, unless fewer are asked for.
pub const DEFAULT_WORLDS: u64 = 200;

/// Relative difference of mean total costs that counts as equal.
const TOLERANCE: f64 = 1e-4;

/// Relative difference that will do where costs jump: a quarter of the smallest gap that a verdict names.
const NEAR: f64 = 0.25 * DEFAULT_SMALLEST_GAP_SHARE;

/// Tries for each arm beyond the first. Where nothing jumps two are usual; where companies can become insolvent, costs jump.
const MOST_TRIES: usize = 14;

/// A try lies at least this share of the bracket away from its ends, so that jumps cannot hold it up.
const LEAST_STEP: f64 = 0.1;

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

/// What an equal budget changed in one arm. Costs are means over the worlds of the pilot that came to their end in this
/// arm and in the dearest one.
#[derive(Debug, Clone, PartialEq)]
pub struct BudgetChange {
    /// Name of the arm.
    pub arm: String,
    /// Name of the dearest arm.
    pub dearest: String,
    /// Worlds over which costs are means.
    pub worlds: u64,
    /// Team capacity before \[team-weeks per week\].
    pub capacity_before: f64,
    /// Team capacity after \[team-weeks per week\].
    pub capacity_after: f64,
    /// Mean total cost before \[team-week costs\].
    pub cost_before: f64,
    /// Mean total cost after \[team-week costs\].
    pub cost_after: f64,
    /// Mean total cost of the dearest arm \[team-week costs\].
    pub budget: f64,
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
    /// Costs that jump over the budget.
    #[error(
        "{arm} cannot be given the budget of {dearest}: its cost jumps over {budget:.1} team-week costs, and the nearest \
         found is {cost:.1}, with company.team_capacity {capacity:.4}; compare without an equal budget"
    )]
    NotMet {
        /// The cheaper arm.
        arm: String,
        /// The dearest arm.
        dearest: String,
        /// The capacity that comes nearest \[team-weeks per week\].
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

/// Scales `company.team_capacity` of every arm but the dearest until its mean total cost in the worlds of the pilot is that
/// of the dearest one: to one part in 10⁴, or, where costs jump, to the standard error of the paired difference or to one
/// part in 200, whichever is more.
///
/// The capacity is found by the secant method within a bracket, from the slope of a cost in proportion to capacity.
///
/// # Errors
/// If what an arm costs is unknown, the capacity needed is out of range, costs jump over the budget, or somebody cancels;
/// `arms` may then have been changed in part.
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
        measured: 0,
        expected: 3 * arms.len() as u64,
    };
    let mut costs = Vec::with_capacity(arms.len());
    let mut means = Vec::with_capacity(arms.len());
    for arm in arms.iter() {
        let own = meter.costs(arm)?;
        means.push(own.mean().map_err(|reason| no_cost(arm, reason))?);
        costs.push(own);
    }
    let Some(place) = (0..arms.len()).max_by(|a, b| means[*a].total_cmp(&means[*b])) else {
        return Ok(Vec::new());
    };
    let dearest = Dearest {
        name: arms[place].name.clone(),
        costs: costs[place].clone(),
    };
    let mut changes = Vec::new();
    for (arm, costs) in arms.iter_mut().zip(&costs) {
        let before = dearest.against(arm, costs)?;
        if !before.is_equal() {
            changes.extend(raise(arm, before, &dearest, &mut meter)?);
        }
    }
    Ok(changes)
}

/// What an arm costs in each world; what went wrong in those that failed.
#[derive(Clone)]
struct Costs(Vec<Evaluated>);

impl Costs {
    /// Mean over the worlds that came to their end, or what went wrong first.
    fn mean(&self) -> Result<f64, String> {
        let known: Vec<f64> = self.0.iter().flatten().copied().collect();
        if known.is_empty() {
            let reason = self.0.iter().find_map(|cost| cost.as_ref().err());
            return Err(reason.map_or_else(|| "no world was simulated".to_owned(), Clone::clone));
        }
        Ok(known.iter().sum::<f64>() / known.len() as f64)
    }
}

fn no_cost(arm: &Scenario, reason: String) -> BudgetError {
    BudgetError::NoCost {
        arm: arm.name.clone(),
        reason,
    }
}

/// The arm whose cost is the budget of all.
struct Dearest {
    name: String,
    costs: Costs,
}

impl Dearest {
    /// What another arm costs in the same worlds, those left out in which one of the two failed.
    fn against(&self, arm: &Scenario, costs: &Costs) -> Result<Try, BudgetError> {
        let pairs = costs.0.iter().zip(&self.costs.0);
        let pairs: Vec<(f64, f64)> = pairs
            .filter_map(|(own, budget)| Some((*own.as_ref().ok()?, *budget.as_ref().ok()?)))
            .collect();
        if pairs.is_empty() {
            let reason = format!("in every world it or {} failed", self.name);
            return Err(no_cost(arm, reason));
        }
        let mut gaps = Moments::default();
        pairs.iter().for_each(|(own, budget)| gaps.add(own - budget));
        let worlds = pairs.len() as f64;
        Ok(Try {
            capacity: arm.parameters.company.team_capacity,
            worlds: pairs.len() as u64,
            cost: pairs.iter().map(|(own, _)| own).sum::<f64>() / worlds,
            budget: pairs.iter().map(|(_, budget)| budget).sum::<f64>() / worlds,
            standard_error: gaps.standard_error().unwrap_or(0.0),
        })
    }
}

/// What an arm costs with some capacity.
#[derive(Debug, Clone, Copy)]
struct Try {
    capacity: f64,
    worlds: u64,
    cost: f64,
    budget: f64,
    /// Of the mean difference between cost and budget.
    standard_error: f64,
}

impl Try {
    fn miss(&self) -> f64 {
        self.cost - self.budget
    }

    fn is_equal(&self) -> bool {
        self.miss().abs() <= TOLERANCE * self.budget.abs()
    }

    /// Whether it misses the budget by no more than chance may, or than matters.
    fn will_do(&self) -> bool {
        self.miss().abs() <= self.standard_error.max(NEAR * self.budget.abs())
    }
}

/// Measures total costs.
struct Meter<'m, E> {
    evaluator: Evaluator<'m, E>,
    worlds: u64,
    watch: &'m mut dyn Watch,
    cancel: &'m AtomicBool,
    /// Arms measured so far.
    measured: u64,
    /// Arms that will have been measured in the end, as far as can be seen now.
    expected: u64,
}

impl<E: Engine> Meter<'_, E> {
    fn costs(&mut self, arm: &Scenario) -> Result<Costs, BudgetError> {
        let runs: Vec<(usize, u64)> = (0..self.worlds).map(|world| (0, world)).collect();
        let points = Listed {
            points: std::slice::from_ref(&arm.parameters),
            runs: &runs,
        };
        self.expected = self.expected.max(self.measured + 1);
        let mut stage = Stage {
            watch: self.watch,
            before: self.measured * self.worlds,
            of: self.expected * self.worlds,
        };
        let costs = self.evaluator.all(&points, &mut stage, self.cancel)?;
        self.measured += 1;
        let usable = |cost: f64| {
            let reason = || "it has no total_cost".to_owned();
            if cost.is_finite() { Ok(cost) } else { Err(reason()) }
        };
        Ok(Costs(
            costs.into_iter().map(|cost| cost.and_then(usable)).collect(),
        ))
    }
}

/// Gives an arm that costs too little the capacity with which it costs as much as the dearest one; `None` if the one it has
/// comes nearest and will do.
fn raise<E: Engine>(
    arm: &mut Scenario,
    before: Try,
    dearest: &Dearest,
    meter: &mut Meter<'_, E>,
) -> Result<Option<BudgetChange>, BudgetError> {
    let original = arm.clone();
    let (plausible, high) = (plausible(arm), largest_capacity());
    let (mut below, mut above, mut best): (Try, Option<Try>, Try) = (before, None, before);
    let mut wanted = before.capacity * before.budget / before.cost;
    for _ in 0..MOST_TRIES {
        set_capacity(
            arm,
            wanted.clamp(before.capacity, high),
            before.capacity,
            plausible,
        );
        let now = dearest.against(arm, &meter.costs(arm)?)?;
        if now.miss().abs() < best.miss().abs() {
            best = now;
        }
        if best.is_equal() {
            break;
        }
        if now.miss() > 0.0 {
            above = Some(now);
        } else {
            below = now;
        }
        if below.capacity >= high {
            break;
        }
        wanted = next(below, above, before);
    }
    if !best.will_do() {
        return Err(unmet(arm, best, dearest, high));
    }
    if best.capacity <= before.capacity {
        *arm = original;
        return Ok(None);
    }
    set_capacity(arm, best.capacity, before.capacity, plausible);
    Ok(Some(BudgetChange {
        arm: arm.name.clone(),
        dearest: dearest.name.clone(),
        worlds: best.worlds,
        capacity_before: before.capacity,
        capacity_after: best.capacity,
        cost_before: before.cost,
        cost_after: best.cost,
        budget: best.budget,
    }))
}

/// Why an arm cannot be given the budget, when this is the nearest that was found.
fn unmet(arm: &Scenario, best: Try, dearest: &Dearest, high: f64) -> BudgetError {
    let (arm, dearest) = (arm.name.clone(), dearest.name.clone());
    let Try {
        capacity,
        cost,
        budget,
        ..
    } = best;
    if capacity >= high && cost < budget {
        return BudgetError::OutOfRange {
            arm,
            dearest,
            high,
            cost,
            budget,
        };
    }
    BudgetError::NotMet {
        arm,
        dearest,
        capacity,
        cost,
        budget,
    }
}

/// The next capacity to try: where the line through both ends of the bracket meets the budget, well within it; without an
/// upper end yet, where the line from the start does, or twice as far as a cost in proportion needs if that does not rise.
fn next(below: Try, above: Option<Try>, before: Try) -> f64 {
    let Some(above) = above else {
        let slope = (below.cost - before.cost) / (below.capacity - before.capacity);
        let slope = if slope > 0.0 {
            slope
        } else {
            0.5 * before.cost / before.capacity
        };
        return below.capacity - below.miss() / slope;
    };
    let share = below.miss() / (below.miss() - above.miss());
    let share = share.clamp(LEAST_STEP, 1.0 - LEAST_STEP);
    below.capacity + share * (above.capacity - below.capacity)
}

fn largest_capacity() -> f64 {
    find("company", "team_capacity").map_or(f64::INFINITY, |parameter| parameter.high)
}

fn capacity_origin(arm: &mut Scenario) -> Option<&mut Origin> {
    arm.origins
        .iter_mut()
        .find(|origin| (origin.parameter.group, origin.parameter.name) == ("company", "team_capacity"))
}

/// The plausible range of an arm's capacity, if it has one.
fn plausible(arm: &mut Scenario) -> Option<(f64, f64)> {
    capacity_origin(arm)?.plausible
}

/// Sets the capacity before and after a change of the operating model: both are in one company. A range that was plausible
/// around the capacity `before` grows alike.
fn set_capacity(arm: &mut Scenario, capacity: f64, before: f64, plausible: Option<(f64, f64)>) {
    let set = |parameters: &mut Parameters| parameters.company.team_capacity = capacity;
    set(&mut arm.parameters);
    arm.parameters.target.as_deref_mut().map(set);
    if let Some(origin) = capacity_origin(arm) {
        let scaled = |end: f64| (end * capacity / before).min(origin.parameter.high);
        origin.plausible = plausible.map(|(low, high)| (scaled(low), scaled(high)));
        origin.value = Value::Number(capacity);
        origin.provenance = "assumed".to_owned();
        origin.source = "scaled until every arm has the same total cost".to_owned();
        origin.place = "equal budget".to_owned();
    }
}
