//! `--equal-budget`: what every arm costs is made equal before they are compared, and what that took is said.

use experiments::budget::{BudgetChange, BudgetError, DEFAULT_WORLDS, Pilot, equal_budget};
use experiments::{ComparisonError, ComparisonPlan, Simulator};
use reports::figures::{count, counted_noun};
use serde_json::{Value, json};

use crate::arguments::Speech;
use crate::failure::Failure;
use crate::interruption;
use crate::progress::Bar;

const INTERRUPTED: &str = "interrupted while budgets were made equal; studies that are there stay as they are\n  \
                           = help: give the same command again";

/// Gives cheaper arms of `plan` more capacity and tells how much.
///
/// # Errors
/// If the plan cannot be used, budgets cannot be made equal, or somebody interrupts.
pub fn equalised(plan: &mut ComparisonPlan, speech: Speech) -> Result<Vec<BudgetChange>, Failure> {
    plan.check()?;
    let pilot = Pilot {
        span: plan.span,
        seed: plan.seed,
        worlds: plan.stopping.at_most(DEFAULT_WORLDS),
        threads: plan.threads,
    };
    let mut bar = Bar::new(speech, "runs");
    let changes = equal_budget(
        &mut plan.arms,
        pilot,
        &Simulator,
        &mut |done, of| bar.show("Making budgets equal", done, of),
        interruption::watched(),
    );
    bar.clear();
    match changes {
        Ok(changes) => Ok(changes),
        Err(BudgetError::Runs(ComparisonError::Stopped)) => Err(Failure::Interrupted(INTERRUPTED.to_owned())),
        Err(BudgetError::Runs(error)) => Err(error.into()),
        Err(error) => Err(Failure::Input(error.to_string())),
    }
}

/// What changed, one line for each arm.
pub fn text(changes: &[BudgetChange]) -> String {
    let cost = |cost: f64| count(cost.round() as u64);
    let line = |change: &BudgetChange| {
        format!(
            "Equal budget: the team capacity of {} grows from {} to {:.4} team-weeks per week. Its mean cost over the first {} \
             under these settings, {} team-week costs before, is then {}; {} costs {}.\n",
            change.arm,
            change.capacity_before,
            change.capacity_after,
            counted_noun(change.worlds, "world", "worlds"),
            cost(change.cost_before),
            cost(change.cost_after),
            change.dearest,
            cost(change.budget),
        )
    };
    changes.iter().map(line).collect()
}

/// What changed, as JSON.
pub fn object(changes: &[BudgetChange]) -> Value {
    let of_arm = |change: &BudgetChange| {
        json!({
            "arm": change.arm,
            "dearest": change.dearest,
            "worlds": change.worlds,
            "team_capacity_before": change.capacity_before,
            "team_capacity_after": change.capacity_after,
            "total_cost_before": change.cost_before,
            "total_cost_after": change.cost_after,
            "budget": change.budget,
        })
    };
    changes.iter().map(of_arm).collect()
}
