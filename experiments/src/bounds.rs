//! Bounds on choosing: each arm with a die and with somebody who knows every true value, in the same worlds.

use std::sync::atomic::AtomicBool;

use sim_core::simulation::Chooser;

use crate::collection::{collect, pool};
use crate::comparison::ComparisonPlan;
use crate::design::{Contender, Design};
use crate::engine::Engine;
use crate::error::ComparisonError;
use crate::observer::Observer;
use crate::result::{Basis, Summary};
use crate::stopping::Stopping;

/// The primary outcome of one arm under three choosers, in the same worlds.
#[derive(Debug, Clone, PartialEq)]
pub struct ArmBounds {
    /// Name of the arm.
    pub arm: String,
    /// If a die chose; `None` if no world succeeded.
    pub random: Option<Summary>,
    /// With people who have beliefs and incentives.
    pub believing: Option<Summary>,
    /// If somebody who knows every true value chose.
    pub omniscient: Option<Summary>,
}

const CHOOSERS: [Chooser; 3] = [Chooser::Random, Chooser::Believing, Chooser::Omniscient];

/// Runs every arm of `plan` under each chooser in the first `worlds` worlds of the comparison.
///
/// # Errors
/// If the plan is not usable, threads cannot be started, or `observer` gives up.
pub fn bounds(
    plan: &ComparisonPlan,
    worlds: u64,
    engine: &impl Engine,
    observer: &mut dyn Observer,
    cancel: &AtomicBool,
) -> Result<Vec<ArmBounds>, ComparisonError> {
    let plan = ComparisonPlan {
        stopping: Stopping::Fixed(worlds),
        plausible: false,
        ..plan.clone()
    };
    plan.check()?;
    let design = design(&plan)?;
    let pool = pool(plan.threads)?;
    let result = collect(&design, engine, &pool, observer, cancel)?.finish();
    let primary = |place: usize| {
        let outcomes = &result.arms[place].outcomes;
        outcomes
            .iter()
            .find(|(outcome, _)| *outcome == plan.primary)
            .map(|(_, summary)| summary.clone())
    };
    let arm_bounds = |(place, arm): (usize, &scenarios::Scenario)| ArmBounds {
        arm: arm.name.clone(),
        random: primary(3 * place),
        believing: primary(3 * place + 1),
        omniscient: primary(3 * place + 2),
    };
    Ok(plan.arms.iter().enumerate().map(arm_bounds).collect())
}

fn design(plan: &ComparisonPlan) -> Result<Design, ComparisonError> {
    let mut design = plan.design(Basis::Settings)?;
    let with_chooser = |arm: &Contender, chooser| Contender {
        chooser,
        ..arm.clone()
    };
    let all = |arm: &Contender| CHOOSERS.map(|chooser| with_chooser(arm, chooser));
    design.contenders = design.contenders.iter().flat_map(all).collect();
    design.pairs = Vec::new();
    design.weekly_worlds = 0;
    Ok(design)
}
