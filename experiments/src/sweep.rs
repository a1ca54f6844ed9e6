//! What happens across settings: many design points, each arm of each in the same worlds, with intervals.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;

use sim_core::parameters::Parameters;

use crate::engine::Engine;
use crate::error::ComparisonError;
use crate::evaluation::{Ending, Evaluator, Runs, Setting, Wanted, Watch};
use crate::statistics::{IntervalRule, Moments};

/// One design point: each arm's parameters, or why there are none.
pub type Point = Vec<Result<Parameters, String>>;

/// What is to be swept.
#[derive(Debug, Clone, PartialEq)]
pub struct Sweep {
    /// The points, each with the same number of arms.
    pub points: Vec<Point>,
    /// Worlds at each point.
    pub worlds: u64,
    /// Weeks, seed, outcome, threads.
    pub setting: Setting,
}

/// An outcome, or a difference of it, over the worlds of one point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Worlds in which it is known.
    pub worlds: u64,
    /// Mean; `None` without worlds.
    pub mean: Option<f64>,
    /// Standard error of the mean; `None` below two worlds.
    pub standard_error: Option<f64>,
    /// Student's 95 % interval of the mean, for a number of worlds fixed in advance; `None` below two worlds.
    pub ci95: Option<(f64, f64)>,
}

impl Spread {
    fn of(moments: &Moments) -> Self {
        Self {
            worlds: moments.count(),
            mean: moments.mean(),
            standard_error: moments.standard_error(),
            ci95: IntervalRule::FixedNumber.interval(moments, 0.05),
        }
    }
}

/// What was found at one point.
#[derive(Debug, Clone, PartialEq)]
pub struct PointResult {
    /// The outcome in each arm.
    pub arms: Vec<Spread>,
    /// Each arm's paired difference to the first, over worlds in which both are known; the first arm has none.
    pub differences: Vec<Spread>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Swept {
    /// Each point.
    pub points: Vec<PointResult>,
    /// Worlds at each point.
    pub worlds: u64,
    /// Every run's outcome, world by world, in each the points, in each the arms; not a number where it failed.
    pub values: Vec<f64>,
    /// Why runs failed, by number.
    pub failures: BTreeMap<u64, String>,
}

/// Makes every run of the sweep; `None` if somebody cancelled.
///
/// # Errors
/// If threads cannot be had.
pub fn sweep(
    plan: &Sweep,
    engine: &impl Engine,
    watch: &mut dyn Watch,
    cancel: &AtomicBool,
) -> Result<Option<Swept>, ComparisonError> {
    let evaluator = Evaluator::new(engine, plan.setting)?;
    let mut values = Vec::new();
    let mut failures = BTreeMap::new();
    let ending = evaluator.each(plan, watch, cancel, |number, evaluated| {
        let outcome = plan.setting.outcome;
        values.push(match evaluated {
            Ok(outcomes) => outcomes.get(outcome).unwrap_or(f64::NAN),
            Err(reason) => {
                failures.insert(number, reason);
                f64::NAN
            }
        });
        ControlFlow::Continue(())
    });
    Ok((ending == Ending::Complete).then(|| Swept {
        points: results(plan, &values),
        worlds: plan.worlds,
        values,
        failures,
    }))
}

fn results(plan: &Sweep, values: &[f64]) -> Vec<PointResult> {
    let arms = plan.arms();
    let mut tallies =
        vec![(vec![Moments::default(); arms], vec![Moments::default(); arms - 1]); plan.points.len()];
    for world in values.chunks(arms * plan.points.len()) {
        for (values, (own, differences)) in world.chunks(arms).zip(&mut tallies) {
            for (value, moments) in values.iter().zip(own).filter(|(value, _)| value.is_finite()) {
                moments.add(*value);
            }
            for (value, moments) in values[1..].iter().zip(differences) {
                let difference = value - values[0];
                if difference.is_finite() {
                    moments.add(difference);
                }
            }
        }
    }
    let point = |(own, differences): &(Vec<Moments>, Vec<Moments>)| PointResult {
        arms: own.iter().map(Spread::of).collect(),
        differences: differences.iter().map(Spread::of).collect(),
    };
    tallies.iter().map(point).collect()
}

impl Sweep {
    fn arms(&self) -> usize {
        self.points.first().map_or(1, Vec::len)
    }
}

/// Every point in world 0, then every point in world 1, and so on: any number of finished worlds is balanced.
impl Runs for Sweep {
    fn count(&self) -> u64 {
        self.worlds * (self.points.len() * self.arms()) as u64
    }

    fn wanted(&self, number: u64) -> Result<Wanted<'_>, String> {
        let (arms, points) = (self.arms() as u64, self.points.len() as u64);
        let point = &self.points[(number / arms % points) as usize];
        let parameters = point[(number % arms) as usize].as_ref().map_err(Clone::clone)?;
        Ok(Wanted {
            parameters: Cow::Borrowed(parameters),
            replication: number / (arms * points),
        })
    }
}
