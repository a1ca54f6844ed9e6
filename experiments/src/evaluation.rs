//! Many runs of many design points: which parameters in which world, in parallel, back in a fixed order.
//!
//! The worlds come from replication numbers, so points that run in one replication share its luck. A run that fails is a
//! row like any other. What a run gives depends on its parameters and its world alone, never on threads.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::ThreadPool;
use rayon::prelude::*;
use sim_core::outcomes::{Outcome, Outcomes};
use sim_core::parameters::Parameters;
use sim_core::simulation::{Request, Span, WorldKey};

use crate::collection::pool;
use crate::engine::{Engine, Terms, attempt};
use crate::error::ComparisonError;

/// Runs of one thread between two looks at progress and cancellation.
const BATCH: u64 = 16;

/// What all runs of an experiment have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// Weeks to simulate.
    pub span: Span,
    /// Seed of the worlds.
    pub seed: u64,
    /// The outcome that every run must have: one without it has failed.
    pub outcome: Outcome,
    /// Threads; 0 means all cores. Results do not depend on it.
    pub threads: usize,
}

/// One run that is wanted: parameters in a world.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// What runs.
    pub parameters: Cow<'a, Parameters>,
    /// Number of the world it runs in.
    pub replication: u64,
}

/// The runs of an experiment, by number from 0.
pub trait Runs: Sync {
    /// How many there are.
    fn count(&self) -> u64;

    /// The run with this number; a function of the number alone.
    ///
    /// # Errors
    /// Why there is no such company, in words: the run then counts as failed.
    fn wanted(&self, number: u64) -> Result<Wanted<'_>, String>;
}

/// What a run reports, or what went wrong, in words.
pub type Evaluated = Result<Outcomes, String>;

/// Who watches an experiment, from the thread that started it.
pub trait Watch {
    /// Told several times a second how many runs are done, of how many.
    fn progress(&mut self, done: u64, of: u64);
}

impl<F: FnMut(u64, u64)> Watch for F {
    fn progress(&mut self, done: u64, of: u64) {
        self(done, of);
    }
}

/// Whether an experiment came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Ending {
    /// Every run was made.
    Complete,
    /// Somebody cancelled, or `take` had enough: runs after those that were taken are missing.
    Cut,
}

/// Threads that evaluate, to be used for several rounds of one experiment.
#[derive(Debug)]
pub struct Evaluator<'e, E> {
    engine: &'e E,
    setting: Setting,
    pool: ThreadPool,
}

impl<'e, E: Engine> Evaluator<'e, E> {
    /// Starts the threads.
    ///
    /// # Errors
    /// If the system refuses them.
    pub fn new(engine: &'e E, setting: Setting) -> Result<Self, ComparisonError> {
        let pool = pool(setting.threads)?;
        Ok(Self {
            engine,
            setting,
            pool,
        })
    }

    /// Makes every run and hands each to `take`, in rising order, on the calling thread; holds a bounded number of them.
    ///
    /// When `cancel` is set it ends within a week of each run, and when `take` breaks after a run of each thread.
    pub fn each(
        &self,
        runs: &impl Runs,
        watch: &mut dyn Watch,
        cancel: &AtomicBool,
        mut take: impl FnMut(u64, Evaluated) -> ControlFlow<()>,
    ) -> Ending {
        let (count, batch) = (runs.count(), BATCH * self.pool.current_num_threads() as u64);
        let mut first = 0;
        while first < count {
            let last = count.min(first.saturating_add(batch));
            let results: Vec<Option<Evaluated>> = self.pool.install(|| {
                let numbers = (first..last).into_par_iter();
                numbers
                    .map(|number| self.evaluate(runs, number, cancel))
                    .collect()
            });
            for (number, result) in (first..last).zip(results) {
                match result.map(|evaluated| take(number, evaluated)) {
                    Some(ControlFlow::Continue(())) => {}
                    Some(ControlFlow::Break(())) | None => return Ending::Cut,
                }
            }
            first = last;
            watch.progress(first, count);
        }
        Ending::Complete
    }

    /// Makes every run and gives all of them, in order; `None` if somebody cancelled.
    pub fn all(
        &self,
        runs: &impl Runs,
        watch: &mut dyn Watch,
        cancel: &AtomicBool,
    ) -> Option<Vec<Evaluated>> {
        let mut results = Vec::new();
        let ending = self.each(runs, watch, cancel, |_, evaluated| {
            results.push(evaluated);
            ControlFlow::Continue(())
        });
        (ending == Ending::Complete).then_some(results)
    }

    /// `None` if somebody cancelled.
    fn evaluate(&self, runs: &impl Runs, number: u64, cancel: &AtomicBool) -> Option<Evaluated> {
        if cancel.load(Ordering::Relaxed) {
            return None;
        }
        let wanted = match runs.wanted(number) {
            Ok(wanted) => wanted,
            Err(reason) => return Some(Err(reason)),
        };
        let key = WorldKey {
            seed: self.setting.seed,
            replication: wanted.replication,
        };
        let terms = Terms {
            span: self.setting.span,
            primary: self.setting.outcome,
            stop: cancel,
            past: None,
        };
        let run = attempt(self.engine, &wanted.parameters, key, Request::default(), terms)?;
        Some(run.map(|run| run.outcomes))
    }
}

/// A list of design points, each run in the same worlds: point by point within each world, so that any number of
/// finished worlds is balanced.
#[derive(Debug, Clone, Copy)]
pub struct Crossed<'a> {
    /// The design points.
    pub points: &'a [Parameters],
    /// Number of the first world.
    pub first_world: u64,
    /// How many worlds.
    pub worlds: u64,
}

impl Runs for Crossed<'_> {
    fn count(&self) -> u64 {
        self.worlds.saturating_mul(self.points.len() as u64)
    }

    fn wanted(&self, number: u64) -> Result<Wanted<'_>, String> {
        let points = self.points.len() as u64;
        Ok(Wanted {
            parameters: Cow::Borrowed(&self.points[(number % points) as usize]),
            replication: self.first_world + number / points,
        })
    }
}

/// Runs that are written out: each a design point in a world.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    /// The design points.
    pub points: &'a [Parameters],
    /// For each run the index of its point, and the number of its world.
    pub runs: &'a [(usize, u64)],
}

impl Runs for Listed<'_> {
    fn count(&self) -> u64 {
        self.runs.len() as u64
    }

    fn wanted(&self, number: u64) -> Result<Wanted<'_>, String> {
        let (point, replication) = self.runs[number as usize];
        Ok(Wanted {
            parameters: Cow::Borrowed(&self.points[point]),
            replication,
        })
    }
}
