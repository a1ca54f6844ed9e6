//! `--bounds`: what choosing by a die and choosing with known true values would give, as a table and as JSON.

use experiments::bounds::{ArmBounds, bounds};
use experiments::result::Summary;
use experiments::{ComparisonPlan, Observer, Progress, Simulator};
use reports::figures::{count, number, quantity};
use serde_json::{Value, json};
use sim_core::outcomes::Outcome;

use crate::arguments::Speech;
use crate::failure::Failure;
use crate::interruption;
use crate::output::columns;
use crate::progress::Bar;

/// Worlds in which choosers are compared, unless fewer are asked for.
const WORLDS: u64 = 200;

const INTERRUPTED: &str = "interrupted while bounds were computed; the comparison itself is kept\n  \
                           = help: to go on, give the same command again with --resume";

struct Watcher(Bar);

impl Observer for Watcher {
    fn progress(&mut self, progress: Progress) {
        self.0.show_worlds(progress);
    }
}

/// Runs every arm of `plan` under each chooser.
///
/// # Errors
/// If the plan cannot be used, or somebody interrupts.
pub fn found(plan: &ComparisonPlan, speech: Speech) -> Result<Vec<ArmBounds>, Failure> {
    let worlds = plan.stopping.at_most(WORLDS);
    let cancel = interruption::watched();
    let mut watcher = Watcher(Bar::new(speech, "worlds"));
    let found = bounds(plan, worlds, &Simulator, &mut watcher, cancel);
    watcher.0.clear();
    if interruption::was_interrupted() {
        return Err(Failure::Interrupted(INTERRUPTED.to_owned()));
    }
    Ok(found?)
}

/// The bounds as a table.
pub fn text(bounds: &[ArmBounds], primary: Outcome) -> String {
    let heads = ["", "a die chooses", "as they choose", "true values are known"]
        .map(str::to_owned)
        .to_vec();
    let row = |arm: &ArmBounds| {
        let cells =
            [&arm.random, &arm.believing, &arm.omniscient].map(|summary| cell(summary.as_ref(), primary));
        std::iter::once(arm.arm.clone()).chain(cells).collect()
    };
    let rows: Vec<Vec<String>> = std::iter::once(heads).chain(bounds.iter().map(row)).collect();
    let worlds = bounds
        .iter()
        .filter_map(|arm| arm.believing.as_ref())
        .map(|summary| summary.replications)
        .max();
    format!(
        "\nBounds on choosing: mean {} ± its standard error, in {} worlds\n{}",
        primary.row().name,
        count(worlds.unwrap_or(0)),
        columns(&rows)
    )
}

fn cell(summary: Option<&Summary>, primary: Outcome) -> String {
    let Some(summary) = summary else {
        return "unknown".to_owned();
    };
    let mean = quantity(summary.mean, primary.row().unit);
    match summary.standard_error {
        Some(error) => format!(
            "{mean} ± {}",
            number(error * reports::figures::factor(primary.row().unit))
        ),
        None => mean,
    }
}

/// The bounds as JSON.
pub fn object(bounds: &[ArmBounds]) -> Value {
    bounds.iter().map(of_arm).collect()
}

fn of_arm(arm: &ArmBounds) -> Value {
    json!({
        "arm": arm.arm,
        "random": of_summary(arm.random.as_ref()),
        "believing": of_summary(arm.believing.as_ref()),
        "omniscient": of_summary(arm.omniscient.as_ref()),
    })
}

fn of_summary(summary: Option<&Summary>) -> Value {
    summary.map_or(Value::Null, |summary| {
        json!({
            "replications": summary.replications,
            "mean": summary.mean,
            "standard_error": summary.standard_error,
        })
    })
}
