//! A slice of worlds, simulated: every arm in each of them, one world after the other, on one thread.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use sim_core::outcomes::{Outcome, Outcomes, WeekRecord};
use sim_core::parameters::Parameters;
use sim_core::simulation::{Request, Run, WorldKey};

use crate::block::{BLOCK_WORLDS, Block, Row, SAMPLE_WORLDS};
use crate::design::{Design, Wanted};
use crate::engine::{Engine, Terms, attempt, catch};
use crate::fork::Past;
use crate::plausible::{TWIN_EVERY, VIABILITY_WORLDS, VIABLE_RETURN};
use crate::result::Basis;
use crate::weekly::WeeklyBlock;

/// Marks replications on which viability is judged, so that they never meet those of the comparison.
pub(crate) const VIABILITY_MARK: u64 = 1 << 63;

/// Marks the second world of a company.
pub(crate) const TWIN_MARK: u64 = 1 << 62;

/// What workers and collector share.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    /// Set when no further world is needed.
    pub(crate) abandon: AtomicBool,
    /// Worlds that workers have finished.
    pub(crate) worlds_done: AtomicU64,
}

/// Simulates the slice that is wanted; `None` if it was abandoned.
pub(crate) fn simulate(
    design: &Design,
    engine: &impl Engine,
    wanted: Wanted,
    shared: &Shared,
) -> Option<Block> {
    let mut slice = Slice::new(design, wanted.index);
    let first = wanted.index * BLOCK_WORLDS;
    for number in first..first + wanted.worlds {
        if shared.abandon.load(Ordering::Relaxed) {
            return None;
        }
        if slice.simulate_world(design, engine, number, &shared.abandon)? {
            shared.worlds_done.fetch_add(1, Ordering::Relaxed);
            slice.kept += 1;
        }
        slice.block.worlds += 1;
        if slice.kept >= wanted.kept_at_most {
            break;
        }
    }
    Some(slice.finish())
}

/// A block that is being filled.
struct Slice {
    block: Block,
    kept: u64,
    /// For each arm, the weekly records of the worlds so far.
    weekly: Vec<Vec<Vec<WeekRecord>>>,
}

impl Slice {
    fn new(design: &Design, index: u64) -> Self {
        let block = Block {
            basis: design.basis,
            index,
            worlds: 0,
            rows: Vec::new(),
            twins: Vec::new(),
            weekly: Vec::new(),
            samples: Vec::new(),
            redrawn: 0,
            team_weeks: 0,
        };
        Self {
            block,
            kept: 0,
            weekly: vec![Vec::new(); design.contenders.len()],
        }
    }

    /// Simulates one world in every arm; `false` if its company is not viable, `None` if it was abandoned.
    fn simulate_world(
        &mut self,
        design: &Design,
        engine: &impl Engine,
        number: u64,
        abandon: &AtomicBool,
    ) -> Option<bool> {
        let Some(companies) = &design.companies else {
            let parameters: Vec<&Parameters> = design.contenders.iter().map(|arm| &arm.parameters).collect();
            let rows = self.run_arms(design, engine, &parameters, (number, number), abandon)?;
            self.block.rows.extend(rows);
            return Some(true);
        };
        let company = match companies.company(number) {
            Ok(company) => company,
            Err(reason) => return Some(self.fail(design, number, &reason)),
        };
        self.block.redrawn += company.redrawn;
        match self.is_viable(design, engine, &company.arms[0], number, abandon)? {
            Err(reason) => return Some(self.fail(design, number, &reason)),
            Ok(false) => return Some(false),
            Ok(true) => {}
        }
        let parameters: Vec<&Parameters> = company.arms.iter().collect();
        let rows = self.run_arms(design, engine, &parameters, (number, number), abandon)?;
        self.block.rows.extend(rows);
        if number.is_multiple_of(TWIN_EVERY) {
            let twin = (number, TWIN_MARK | number);
            let twins = self.run_arms(design, engine, &parameters, twin, abandon)?;
            self.block.twins.extend(twins);
        }
        Some(true)
    }

    /// Runs every arm in the world `number` under the key `replication`; `None` if it was abandoned.
    fn run_arms(
        &mut self,
        design: &Design,
        engine: &impl Engine,
        parameters: &[&Parameters],
        (number, replication): (u64, u64),
        abandon: &AtomicBool,
    ) -> Option<Vec<Row>> {
        let key = WorldKey {
            seed: design.seed,
            replication,
        };
        let weekly = number < design.weekly_worlds;
        let terms = Terms {
            past: design.fork_week.map(|until| Past {
                parameters: parameters[0],
                until,
            }),
            ..terms(design, abandon)
        };
        if parameters.len() > 1 {
            // What breaks here breaks again in the first run, which says so.
            let _ = catch(|| engine.expect_runs(parameters[0], design.span, key));
        }
        let mut runs = Vec::with_capacity(parameters.len());
        for (arm, parameters) in design.contenders.iter().zip(parameters) {
            let request = Request {
                chooser: arm.chooser,
                weekly,
                events: false,
            };
            runs.push(attempt(engine, parameters, key, request, terms)?);
        }
        if weekly && runs.iter().all(Result::is_ok) {
            for (records, run) in self.weekly.iter_mut().zip(runs.iter_mut().flatten()) {
                records.push(std::mem::take(&mut run.weekly));
            }
        }
        let rows: Vec<Row> = runs
            .into_iter()
            .enumerate()
            .map(|(arm, run)| row(arm, number, run))
            .collect();
        self.block.team_weeks += rows.iter().map(|row| row.team_weeks).sum::<u64>();
        Some(rows)
    }

    fn fail(&mut self, design: &Design, number: u64, reason: &str) -> bool {
        let failed = |arm| row(arm, number, Err(reason.to_owned()));
        self.block.rows.extend((0..design.contenders.len()).map(failed));
        true
    }

    /// Whether the baseline returns enough on its team cost, on average over worlds kept apart from the comparison;
    /// `None` if it was abandoned.
    fn is_viable(
        &mut self,
        design: &Design,
        engine: &impl Engine,
        baseline: &Parameters,
        number: u64,
        abandon: &AtomicBool,
    ) -> Option<Result<bool, String>> {
        let mut sum = 0.0;
        for world in 0..VIABILITY_WORLDS {
            let replication = VIABILITY_MARK | (number * VIABILITY_WORLDS + world);
            let key = WorldKey {
                seed: design.seed,
                replication,
            };
            let request = Request {
                chooser: design.contenders[0].chooser,
                ..Request::default()
            };
            // A company is not lost because the outcome that is compared is missing where it is only judged.
            let terms = Terms {
                primary: Outcome::ReturnOnTeamCost,
                ..terms(design, abandon)
            };
            let run = match attempt(engine, baseline, key, request, terms)? {
                Err(reason) => return Some(Err(format!("while judging viability, {reason}"))),
                Ok(run) => run,
            };
            self.block.team_weeks += run.team_weeks;
            // A company without a known return is not known to be viable.
            sum += run
                .outcomes
                .get(Outcome::ReturnOnTeamCost)
                .unwrap_or(f64::NEG_INFINITY);
        }
        Some(Ok(sum / VIABILITY_WORLDS as f64 >= VIABLE_RETURN))
    }

    fn finish(mut self) -> Block {
        if self.weekly.iter().any(|worlds| !worlds.is_empty()) {
            self.block.weekly = self.weekly.iter().map(|worlds| WeeklyBlock::of(worlds)).collect();
        }
        if self.block.index == 0 && self.block.basis == Basis::Settings {
            self.weekly
                .iter_mut()
                .for_each(|worlds| worlds.truncate(SAMPLE_WORLDS));
            self.block.samples = self.weekly;
        }
        self.block
    }
}

fn terms<'a>(design: &Design, stop: &'a AtomicBool) -> Terms<'a> {
    Terms {
        span: design.span,
        primary: design.primary,
        stop,
        past: None,
    }
}

fn row(arm: usize, replication: u64, run: Result<Run, String>) -> Row {
    let arm = arm as u32;
    match run {
        Ok(run) => Row {
            arm,
            replication,
            status: Ok(()),
            outcomes: run.outcomes,
            team_weeks: run.team_weeks,
        },
        Err(reason) => Row {
            arm,
            replication,
            status: Err(reason),
            outcomes: Outcomes::default(),
            team_weeks: 0,
        },
    }
}
