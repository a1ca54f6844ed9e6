//! Many runs of many design points: which parameters in which world, in parallel, back in a fixed order.
//!
//! The worlds come from replication numbers, so points that run in one replication share its luck. A run that fails is a
//! row like any other. What a run gives depends on its parameters and its world alone, never on threads.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rayon::ThreadPool;
use rayon::prelude::*;
use scenarios::plan::MOST_RUNS;
use sim_core::outcomes::{Outcome, Outcomes};
use sim_core::parameters::Parameters;
use sim_core::simulation::{Request, Span, WorldKey};

use crate::collection::pool;
use crate::engine::{Engine, Terms, attempt};
use crate::error::{ComparisonError, KeeperError};

/// Runs of one thread between two looks at progress and cancellation, where runs are short.
const BATCH: u64 = 16;

/// Runs are long if so many on one thread take longer than this.
const SLOW: Duration = Duration::from_secs(1);

/// Refuses designs of more runs than an experiment can hold; `design` says what is multiplied.
pub(crate) fn refuse_too_many(runs: u128, design: impl FnOnce() -> String) -> Result<(), ComparisonError> {
    if runs <= u128::from(MOST_RUNS) {
        return Ok(());
    }
    Err(ComparisonError::TooManyRuns {
        design: design(),
        runs,
        most: MOST_RUNS,
    })
}

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

/// The outcome that a run is asked about, or what went wrong, in words.
pub type Evaluated = Result<f64, String>;

/// Who watches an experiment, from the thread that started it: shows progress, keeps runs, hands back those that are
/// known already; never changes a result.
///
/// An experiment makes rounds of runs, the later of which may depend on what the earlier ones gave. As runs are functions
/// of their parameters and worlds alone, the k-th run of an experiment is always the same, whenever it is made.
pub trait Watch {
    /// Told several times a second how many runs are done, of how many.
    fn progress(&mut self, done: u64, of: u64);

    /// A round of so many runs begins: which of them are wanted. If not all are, the experiment ends with the round.
    fn round(&mut self, runs: u64) -> Range<u64> {
        0..runs
    }

    /// What the run with this number of the round gave earlier, if that is known. Asked in rising order.
    ///
    /// # Errors
    /// Whatever should end the experiment.
    fn known(&mut self, number: u64) -> Result<Option<Evaluated>, KeeperError> {
        let _ = number;
        Ok(None)
    }

    /// Takes a run that was made. They come in rising order.
    ///
    /// # Errors
    /// Whatever should end the experiment.
    fn finished(&mut self, number: u64, evaluated: &Evaluated) -> Result<(), KeeperError> {
        let _ = (number, evaluated);
        Ok(())
    }
}

impl<F: FnMut(u64, u64)> Watch for F {
    fn progress(&mut self, done: u64, of: u64) {
        self(done, of);
    }
}

/// Watches several rounds as one: what came before is added to what is done.
pub(crate) struct Stage<'w> {
    pub(crate) watch: &'w mut dyn Watch,
    /// Runs of earlier rounds.
    pub(crate) before: u64,
    /// Runs of all rounds, as far as can be seen now.
    pub(crate) of: u64,
}

impl Watch for Stage<'_> {
    fn progress(&mut self, done: u64, _of: u64) {
        self.watch.progress((self.before + done).min(self.of), self.of);
    }

    fn round(&mut self, runs: u64) -> Range<u64> {
        self.watch.round(runs)
    }

    fn known(&mut self, number: u64) -> Result<Option<Evaluated>, KeeperError> {
        self.watch.known(number)
    }

    fn finished(&mut self, number: u64, evaluated: &Evaluated) -> Result<(), KeeperError> {
        self.watch.finished(number, evaluated)
    }
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

    /// Makes every run that `watch` does not know and hands each to `take`, in rising order, on the calling thread;
    /// holds a bounded number of them. If `watch` wants only some, `take` is left alone.
    ///
    /// # Errors
    /// [`ComparisonError::Stopped`] if `cancel` was set, within a week of each run, or if `watch` wants only some of the
    /// runs, after those; and what `watch` reports.
    pub fn each(
        &self,
        runs: &impl Runs,
        watch: &mut dyn Watch,
        cancel: &AtomicBool,
        mut take: impl FnMut(u64, Evaluated),
    ) -> Result<(), ComparisonError> {
        let count = runs.count();
        let wanted = watch.round(count);
        let is_whole = wanted == (0..count);
        let (mut next, mut pace) = (wanted.start, Pace::new(&self.pool));
        while next < wanted.end {
            let batch = next..wanted.end.min(next.saturating_add(pace.runs()));
            let known: Vec<Option<Evaluated>> = batch
                .clone()
                .map(|number| watch.known(number))
                .collect::<Result<_, _>>()
                .map_err(ComparisonError::Keeper)?;
            let made = pace.timed(|| self.made(runs, &batch, &known, cancel));
            for ((number, known), made) in batch.clone().zip(known).zip(made) {
                let evaluated = match (known, made) {
                    (Some(known), _) => known,
                    (None, None) => return Err(ComparisonError::Stopped),
                    (None, Some(made)) => {
                        watch.finished(number, &made).map_err(ComparisonError::Keeper)?;
                        made
                    }
                };
                if is_whole {
                    take(number, evaluated);
                }
            }
            next = batch.end;
            watch.progress(next - wanted.start, wanted.end - wanted.start);
        }
        if is_whole {
            Ok(())
        } else {
            Err(ComparisonError::Stopped)
        }
    }

    /// Makes every run and gives all of them, in order.
    ///
    /// # Errors
    /// As [`Self::each`].
    pub fn all(
        &self,
        runs: &impl Runs,
        watch: &mut dyn Watch,
        cancel: &AtomicBool,
    ) -> Result<Vec<Evaluated>, ComparisonError> {
        let mut results = Vec::new();
        self.each(runs, watch, cancel, |_, evaluated| results.push(evaluated))?;
        Ok(results)
    }

    /// Makes every run and gives all that each reports, in order; nothing of it is kept or known.
    ///
    /// # Errors
    /// [`ComparisonError::Stopped`] if `cancel` was set.
    pub fn outcomes(
        &self,
        runs: &impl Runs,
        watch: &mut dyn Watch,
        cancel: &AtomicBool,
    ) -> Result<Vec<Result<Outcomes, String>>, ComparisonError> {
        let (count, mut results) = (runs.count(), Vec::new());
        let batch = BATCH * self.pool.current_num_threads() as u64;
        while (results.len() as u64) < count {
            let first = results.len() as u64;
            let numbers = (first..count.min(first + batch)).into_par_iter();
            let made: Option<Vec<_>> = self
                .pool
                .install(|| numbers.map(|number| self.run(runs, number, cancel)).collect());
            results.extend(made.ok_or(ComparisonError::Stopped)?);
            watch.progress(results.len() as u64, count);
        }
        Ok(results)
    }

    /// The runs of a batch that are not known; `None` for those that are, and from where somebody cancelled.
    fn made(
        &self,
        runs: &impl Runs,
        batch: &Range<u64>,
        known: &[Option<Evaluated>],
        cancel: &AtomicBool,
    ) -> Vec<Option<Evaluated>> {
        if known.iter().all(Option::is_some) {
            return vec![None; known.len()];
        }
        let one = |(place, known): (usize, &Option<Evaluated>)| {
            if known.is_some() {
                return None;
            }
            let run = self.run(runs, batch.start + place as u64, cancel)?;
            // A run without the outcome that is asked about has failed before.
            Some(run.map(|outcomes| outcomes.get(self.setting.outcome).unwrap_or(f64::NAN)))
        };
        self.pool
            .install(|| known.par_iter().enumerate().map(one).collect())
    }

    /// `None` if somebody cancelled.
    fn run(&self, runs: &impl Runs, number: u64, cancel: &AtomicBool) -> Option<Result<Outcomes, String>> {
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

/// How many runs are made between two looks at progress and cancellation: fewer where one takes long, so that little is
/// lost when the process is killed. Results do not depend on it.
struct Pace {
    threads: u64,
    is_slow: bool,
}

impl Pace {
    fn new(pool: &ThreadPool) -> Self {
        Self {
            threads: pool.current_num_threads() as u64,
            is_slow: true,
        }
    }

    fn runs(&self) -> u64 {
        if self.is_slow {
            self.threads
        } else {
            BATCH * self.threads
        }
    }

    fn timed<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let runs = self.runs();
        let started = Instant::now();
        let made = work();
        let each = started.elapsed() * self.threads as u32 / runs.max(1) as u32;
        self.is_slow = each * BATCH as u32 > SLOW;
        made
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
