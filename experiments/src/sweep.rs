//! What happens across settings: many design points, each arm of each in the same worlds, with intervals.

use std::borrow::Cow;
use std::sync::atomic::AtomicBool;

use sim_core::parameters::Parameters;

use crate::engine::Engine;
use crate::error::ComparisonError;
use crate::evaluation::{Evaluated, Evaluator, Runs, Setting, Wanted, Watch};
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
    /// Runs of the engine.
    pub runs: u64,
    /// Of these, how many failed.
    pub runs_failed: u64,
    /// Number of the first of them, and why it did.
    pub first_failure: Option<(u64, String)>,
}

/// Makes every run of the sweep: world by world, in each the points, in each the arms. No run is held.
///
/// # Errors
/// If threads cannot be had, or somebody stops it.
pub fn sweep(
    plan: &Sweep,
    engine: &impl Engine,
    watch: &mut dyn Watch,
    cancel: &AtomicBool,
) -> Result<Swept, ComparisonError> {
    let evaluator = Evaluator::new(engine, plan.setting)?;
    let mut account = Account::new(plan);
    evaluator.each(plan, watch, cancel, |number, evaluated| {
        account.add(number, evaluated)
    })?;
    Ok(account.finish(plan))
}

/// What is known of every point so far.
struct Account {
    /// Of each point each arm.
    own: Vec<Vec<Moments>>,
    /// Of each point each arm but the first, less the first.
    differences: Vec<Vec<Moments>>,
    /// The arms of the point that is under way.
    values: Vec<f64>,
    arms: usize,
    next_point: usize,
    runs_failed: u64,
    first_failure: Option<(u64, String)>,
}

impl Account {
    fn new(plan: &Sweep) -> Self {
        let (arms, points) = (plan.arms(), plan.points.len());
        Self {
            own: vec![vec![Moments::default(); arms]; points],
            differences: vec![vec![Moments::default(); arms - 1]; points],
            values: Vec::with_capacity(arms),
            arms,
            next_point: 0,
            runs_failed: 0,
            first_failure: None,
        }
    }

    fn add(&mut self, number: u64, evaluated: Evaluated) {
        self.values.push(evaluated.unwrap_or_else(|reason| {
            self.runs_failed += 1;
            self.first_failure.get_or_insert((number, reason));
            f64::NAN
        }));
        if self.values.len() == self.arms {
            self.add_point();
        }
    }

    fn add_point(&mut self) {
        let (own, differences) = (
            &mut self.own[self.next_point],
            &mut self.differences[self.next_point],
        );
        for (value, moments) in self.values.iter().zip(own).filter(|(value, _)| value.is_finite()) {
            moments.add(*value);
        }
        for (value, moments) in self.values[1..].iter().zip(differences) {
            let difference = value - self.values[0];
            if difference.is_finite() {
                moments.add(difference);
            }
        }
        self.values.clear();
        self.next_point = (self.next_point + 1) % self.own.len();
    }

    fn finish(self, plan: &Sweep) -> Swept {
        let point = |(own, differences): (&Vec<Moments>, &Vec<Moments>)| PointResult {
            arms: own.iter().map(Spread::of).collect(),
            differences: differences.iter().map(Spread::of).collect(),
        };
        Swept {
            points: self.own.iter().zip(&self.differences).map(point).collect(),
            worlds: plan.worlds,
            runs: plan.count(),
            runs_failed: self.runs_failed,
            first_failure: self.first_failure,
        }
    }
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
