//! Regret: how much each scenario loses to the best one in every environment (Savage 1951, Journal of the American
//! Statistical Association 46:55).

use std::sync::atomic::AtomicBool;

use scenarios::Scenario;
use sim_core::outcomes::Outcome;
use sim_core::parameters::Parameters;
use sim_core::simulation::Span;

use crate::engine::Engine;
use crate::error::ComparisonError;
use crate::evaluation::{Crossed, Evaluated, Evaluator, Setting, Stage, Watch};
use crate::statistics::{Estimate, towards_better};

/// Worlds in each environment.
pub const REGRET_WORLDS: u64 = 100;

/// Scenarios in one environment.
#[derive(Debug, Clone, PartialEq)]
pub struct Situation {
    /// Name of the environment.
    pub environment: String,
    /// The scenarios in it.
    pub arms: Vec<Scenario>,
    /// Weeks to simulate in it.
    pub span: Span,
}

/// Where regret is to be found.
#[derive(Debug, Clone, PartialEq)]
pub struct RegretPlan {
    /// The situations, all with the same scenarios in the same order.
    pub situations: Vec<Situation>,
    /// The outcome that decides.
    pub outcome: Outcome,
    /// Seed of the worlds.
    pub seed: u64,
    /// Worlds in each situation \[worlds\].
    pub worlds: u64,
    /// Threads; 0 means all cores. Results do not depend on it.
    pub threads: usize,
}

/// What one scenario loses in one environment.
#[derive(Debug, Clone, PartialEq)]
pub struct Regret {
    /// Mean of the outcome.
    pub mean: Estimate,
    /// How far it is behind the best of the others, in the outcome's better direction; 0 if it is ahead.
    pub regret: f64,
    /// Ends of its 95 % interval, not below 0.
    pub ci95: Option<(f64, f64)>,
}

/// Regrets in one environment.
#[derive(Debug, Clone, PartialEq)]
pub struct SituationRegret {
    /// Name of the environment.
    pub environment: String,
    /// For each scenario its regret.
    pub arms: Vec<Regret>,
    /// Worlds left out because a run failed.
    pub worlds_failed: u64,
}

/// Runs every situation. Situations in which nothing came to its end are left out.
///
/// # Errors
/// If threads cannot be started, or somebody stops it.
pub fn regrets(
    plan: &RegretPlan,
    engine: &impl Engine,
    watch: &mut dyn Watch,
    cancel: &AtomicBool,
) -> Result<Vec<SituationRegret>, ComparisonError> {
    let RegretPlan {
        situations,
        outcome,
        seed,
        worlds,
        threads,
    } = plan;
    let (outcome, seed, worlds, threads) = (*outcome, *seed, *worlds, *threads);
    let mut found = Vec::new();
    let all: u64 = situations
        .iter()
        .map(|situation| situation.arms.len() as u64 * worlds)
        .sum();
    let mut before = 0;
    for situation in situations {
        let setting = Setting {
            span: situation.span,
            seed,
            outcome,
            threads,
        };
        let points: Vec<Parameters> = situation.arms.iter().map(|arm| arm.parameters.clone()).collect();
        let crossed = Crossed {
            points: &points,
            first_world: 0,
            worlds,
        };
        let mut stage = Stage {
            watch: &mut *watch,
            before,
            of: all,
        };
        let results = Evaluator::new(engine, setting)?.all(&crossed, &mut stage, cancel)?;
        before += points.len() as u64 * worlds;
        let value = |result: &Evaluated| result.as_ref().ok().copied();
        let sound: Vec<Vec<f64>> = results
            .chunks(points.len())
            .filter_map(|world| world.iter().map(value).collect())
            .collect();
        found.extend(situation_regret(
            situation,
            &sound,
            towards_better(outcome),
            worlds,
        ));
    }
    Ok(found)
}

/// Regrets from the values of each sound world.
fn situation_regret(
    situation: &Situation,
    sound: &[Vec<f64>],
    sign: f64,
    worlds: u64,
) -> Option<SituationRegret> {
    let arms = 0..situation.arms.len();
    let regret = |arm: usize| {
        let behind = arms.clone().filter(|other| *other != arm).filter_map(|other| {
            Estimate::of(sound.iter().map(|values| sign * (values[other] - values[arm])))
        });
        let most = behind.max_by(|one, other| one.mean.total_cmp(&other.mean))?;
        Some(Regret {
            mean: Estimate::of(sound.iter().map(|values| values[arm]))?,
            regret: most.mean.max(0.0),
            ci95: most.ci95.map(|(low, high)| (low.max(0.0), high.max(0.0))),
        })
    };
    Some(SituationRegret {
        environment: situation.environment.clone(),
        arms: arms.clone().map(regret).collect::<Option<_>>()?,
        worlds_failed: worlds - sound.len() as u64,
    })
}
