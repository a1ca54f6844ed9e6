//! `--equal-budget`: what every arm costs is made equal before they are compared, and what that took is said.

use experiments::budget::{BudgetChange, BudgetError, DEFAULT_WORLDS, Pilot, equal_budget};
use experiments::{ComparisonError, ComparisonPlan, Simulator};
use reports::figures::{count, factor, number, quantity};
use sim_core::outcomes::Outcome;

use crate::arguments::Speech;
use crate::failure::Failure;
use crate::interruption;
use crate::progress::Bar;

const INTERRUPTED: &str = "interrupted while budgets were made equal, before any world was compared\n  \
                           = help: to start again, give the same command again";

/// Gives cheaper arms of `plan` more capacity and says how much.
///
/// # Errors
/// If the plan cannot be used, budgets cannot be made equal, or somebody interrupts.
pub fn equalised(plan: &mut ComparisonPlan, speech: Speech) -> Result<String, Failure> {
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
        Ok(changes) => Ok(changes
            .iter()
            .map(|change| sentence(change, pilot.worlds))
            .collect()),
        Err(BudgetError::Runs(ComparisonError::Stopped)) => Err(Failure::Interrupted(INTERRUPTED.to_owned())),
        Err(BudgetError::Runs(error)) => Err(error.into()),
        Err(error) => Err(Failure::Input(error.to_string())),
    }
}

fn sentence(change: &BudgetChange, worlds: u64) -> String {
    let unit = Outcome::TotalCost.row().unit;
    format!(
        "Equal budget: the team capacity of {} grows from {} to {:.4} team-weeks per week; its mean cost over the first {} \
         worlds, {} before, is then that of the dearest arm, {}.\n",
        change.arm,
        change.capacity_before,
        change.capacity_after,
        count(worlds),
        number(change.cost_before * factor(unit)),
        quantity(change.cost_after, unit),
    )
}
