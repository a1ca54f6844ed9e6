//! Choice: which of several scenarios is best, with as few runs as possible.
//!
//! Scenarios race in the same worlds, and those that are beaten drop out ([`crate::screening`]). One observation is the
//! mean over a batch of worlds, which is nearer to the normal distribution that the guarantee assumes than one world is.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use scenarios::Scenario;
use sim_core::outcomes::Outcome;
use sim_core::parameters::Parameters;
use sim_core::simulation::Span;

use crate::breakeven::refuse_neutral;
use crate::engine::Engine;
use crate::error::ComparisonError;
use crate::evaluation::{Evaluated, Evaluator, Listed, Setting, Stage, Watch};
use crate::screening::{Departure, Promise, Race};
use crate::statistics::{Estimate, IntervalRule, Moments, towards_better};
use crate::stopping::{DEFAULT_CAP, MISS_PROBABILITY};

/// Worlds in a batch.
pub const BATCH_WORLDS: u64 = 10;

/// Batches before the first scenario may drop out.
pub const FIRST_BATCHES: u64 = 10;

/// What is to be chosen from.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoicePlan {
    /// The scenarios.
    pub arms: Vec<Scenario>,
    /// Weeks to simulate.
    pub span: Span,
    /// Seed of the worlds.
    pub seed: u64,
    /// The outcome that decides.
    pub outcome: Outcome,
    /// Smallest lead worth finding, in units of the outcome; above 0.
    pub indifference: f64,
    /// Most worlds that a scenario may take \[worlds\].
    pub cap: u64,
    /// Threads; 0 means all cores. Results do not depend on it.
    pub threads: usize,
}

impl ChoicePlan {
    /// A plan with the default cap.
    pub fn new(arms: Vec<Scenario>, span: Span, seed: u64, outcome: Outcome, indifference: f64) -> Self {
        Self {
            arms,
            span,
            seed,
            outcome,
            indifference,
            cap: DEFAULT_CAP,
            threads: 0,
        }
    }

    /// Checks what can be wrong before a world is simulated.
    ///
    /// # Errors
    /// What is wrong, and what to do.
    pub fn check(&self) -> Result<(), ComparisonError> {
        refuse_neutral(self.outcome)?;
        if self.arms.len() < 2 {
            return Err(ComparisonError::TooFewArms(self.arms.len()));
        }
        for (place, arm) in self.arms.iter().enumerate() {
            if let Some(same) = self.arms[..place]
                .iter()
                .find(|other| other.parameters == arm.parameters)
            {
                return Err(ComparisonError::IdenticalArms {
                    one: same.name.clone(),
                    other: arm.name.clone(),
                });
            }
        }
        if !(self.indifference > 0.0 && self.indifference.is_finite()) {
            return Err(ComparisonError::BadPlan {
                what: "the smallest lead worth finding",
                value: self.indifference.to_string(),
                allowed: "a number above 0",
            });
        }
        Ok(())
    }
}

/// How the race of one scenario went.
#[derive(Debug, Clone, PartialEq)]
pub struct Contestant {
    /// Name of the scenario.
    pub name: String,
    /// Worlds it ran in \[worlds\].
    pub worlds: u64,
    /// Mean of the outcome in them; the interval holds at any time, for one scenario at a time.
    pub mean: Option<Estimate>,
    /// Mean difference to the one that was selected (this minus selected) in the worlds of both, interval likewise.
    pub behind_selected: Option<Estimate>,
    /// When and why it dropped out; `None` if it never did.
    pub departure: Option<Departure>,
}

/// All that a choice found.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Weeks simulated.
    pub span: Span,
    /// Seed.
    pub seed: u64,
    /// The outcome that decides.
    pub outcome: Outcome,
    /// Smallest lead worth finding.
    pub indifference: f64,
    /// The scenarios, in the order in which they were given.
    pub contestants: Vec<Contestant>,
    /// The one that is left; `None` if the cap came first.
    pub selected: Option<usize>,
    /// Worlds that the longest race could have taken, as seen after the first batches \[worlds\].
    pub worlds_at_most: Option<u64>,
    /// Worlds left out because a run in them failed \[worlds\].
    pub worlds_failed: u64,
    /// Worlds tried \[worlds\].
    pub worlds: u64,
    /// What went wrong first.
    pub first_failure: Option<String>,
    /// Runs of the engine.
    pub runs: u64,
}

/// Lets the scenarios race.
///
/// # Errors
/// If the plan is not usable, threads cannot be started, or somebody stops it.
pub fn choose(
    plan: &ChoicePlan,
    engine: &impl Engine,
    watch: &mut dyn Watch,
    cancel: &AtomicBool,
) -> Result<Choice, ComparisonError> {
    plan.check()?;
    let evaluator = Evaluator::new(
        engine,
        Setting {
            span: plan.span,
            seed: plan.seed,
            outcome: plan.outcome,
            threads: plan.threads,
        },
    )?;
    let points: Vec<Parameters> = plan.arms.iter().map(|arm| arm.parameters.clone()).collect();
    let mut meeting = Meeting::new(plan);
    while meeting.race.selected().is_none() && meeting.worlds < plan.cap {
        let racing = meeting.race.racing().to_vec();
        let runs: Vec<(usize, u64)> = (meeting.worlds..meeting.worlds + BATCH_WORLDS)
            .flat_map(|world| racing.iter().map(move |arm| (*arm, world)))
            .collect();
        let listed = Listed {
            points: &points,
            runs: &runs,
        };
        let mut stage = Stage {
            watch: &mut *watch,
            before: meeting.runs,
            of: meeting.runs_expected(),
        };
        let results = evaluator.all(&listed, &mut stage, cancel)?;
        meeting.take(&racing, &runs, results);
    }
    Ok(meeting.finish())
}

/// A race in progress.
struct Meeting<'a> {
    plan: &'a ChoicePlan,
    race: Race,
    /// For each arm, its value in each sound world.
    values: Vec<BTreeMap<u64, f64>>,
    worlds: u64,
    worlds_failed: u64,
    worlds_at_most: Option<u64>,
    first_failure: Option<String>,
    runs: u64,
}

impl<'a> Meeting<'a> {
    fn new(plan: &'a ChoicePlan) -> Self {
        let promise = Promise {
            miss_probability: MISS_PROBABILITY,
            indifference: plan.indifference,
            first_rounds: FIRST_BATCHES,
        };
        Self {
            plan,
            race: Race::new(plan.arms.len(), promise),
            values: vec![BTreeMap::new(); plan.arms.len()],
            worlds: 0,
            worlds_failed: 0,
            worlds_at_most: None,
            first_failure: None,
            runs: 0,
        }
    }

    /// Runs until the first scenarios may drop out; later, until all have for certain.
    fn runs_expected(&self) -> u64 {
        let rounds = self
            .race
            .rounds_at_most()
            .unwrap_or(FIRST_BATCHES)
            .max(self.race.rounds() + 1);
        let left = rounds - self.race.rounds();
        let most = self.plan.cap.saturating_sub(self.worlds).max(BATCH_WORLDS);
        self.runs + left.saturating_mul(BATCH_WORLDS).min(most) * self.race.racing().len() as u64
    }

    /// Takes one batch: a world in which an arm failed is left out of all.
    fn take(&mut self, racing: &[usize], runs: &[(usize, u64)], values: Vec<Evaluated>) {
        let mut worlds: BTreeMap<u64, Vec<f64>> = BTreeMap::new();
        for ((arm, world), value) in runs.iter().zip(values) {
            let of_world = worlds.entry(*world).or_default();
            match value {
                Ok(value) => of_world.push(value),
                Err(reason) => {
                    let place = &self.plan.arms[*arm].name;
                    self.first_failure
                        .get_or_insert_with(|| format!("world {world}, {place}: {reason}"));
                }
            }
        }
        self.runs += runs.len() as u64;
        self.worlds += BATCH_WORLDS;
        let tried = worlds.len();
        worlds.retain(|_, values| values.len() == racing.len());
        self.worlds_failed += (tried - worlds.len()) as u64;
        if worlds.is_empty() {
            return;
        }
        let sign = towards_better(self.plan.outcome);
        let mean = |place: usize| {
            worlds.values().map(|values| sign * values[place]).sum::<f64>() / worlds.len() as f64
        };
        let observations: Vec<f64> = (0..racing.len()).map(mean).collect();
        for (world, values) in &worlds {
            for (arm, value) in racing.iter().zip(values) {
                self.values[*arm].insert(*world, *value);
            }
        }
        self.race.add(&observations);
        if self.worlds_at_most.is_none() {
            self.worlds_at_most = self.race.rounds_at_most().map(|rounds| rounds * BATCH_WORLDS);
        }
    }

    fn finish(self) -> Choice {
        let selected = self.race.selected();
        let arms = self.plan.arms.iter().enumerate();
        let contestants = arms.map(|(arm, scenario)| Contestant {
            name: scenario.name.clone(),
            worlds: self.values[arm].len() as u64,
            mean: self.estimate(self.values[arm].values().copied()),
            behind_selected: selected.filter(|best| *best != arm).and_then(|best| {
                let of_best = &self.values[best];
                let pairs = self.values[arm]
                    .iter()
                    .filter_map(|(world, value)| Some(value - of_best.get(world)?));
                self.estimate(pairs)
            }),
            departure: self
                .race
                .departures()
                .iter()
                .find(|departure| departure.system == arm)
                .copied(),
        });
        Choice {
            span: self.plan.span,
            seed: self.plan.seed,
            outcome: self.plan.outcome,
            indifference: self.plan.indifference,
            contestants: contestants.collect(),
            selected,
            worlds_at_most: self.worlds_at_most,
            worlds_failed: self.worlds_failed,
            worlds: self.worlds,
            first_failure: self.first_failure.clone(),
            runs: self.runs,
        }
    }

    /// A mean whose number of worlds depended on what was seen.
    fn estimate(&self, values: impl Iterator<Item = f64>) -> Option<Estimate> {
        let mut moments = Moments::default();
        values.for_each(|value| moments.add(value));
        Estimate::from_moments(&moments, IntervalRule::AnyTime)
    }
}
