//! Break-even: on a map of two parameters, where each of two scenarios is the better one.
//!
//! Both are run in the same worlds in every square, so that neighbouring squares differ by what was set, not by luck.
//! Squares whose class is in doubt get more worlds than those that are clear.

mod axis;
mod classes;
mod corner;
mod frontier;

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use scenarios::Scenario;
use sim_core::outcomes::{Direction, Outcome};
use sim_core::parameters::Parameters;
use sim_core::simulation::Span;

pub use axis::Axis;
pub use classes::{Ahead, CLASS_EDGES, class};
pub use corner::Corner;
pub use frontier::Crossing;

use crate::engine::Engine;
use crate::error::ComparisonError;
use crate::evaluation::{Evaluated, Evaluator, Listed, Setting, Stage, Watch, refuse_too_many};
use crate::statistics::{Estimate, Share, towards_better};
use frontier::{bootstrap, is_in_band};

/// Squares along each side unless a number is asked for.
pub const DEFAULT_SQUARES: usize = 9;

/// Worlds for each square on average, unless a number is asked for.
pub const DEFAULT_WORLDS: u64 = 60;

/// Every square gets two thirds of the worlds at first; the last third of all goes where the class is in doubt.
const STEP_SHARE: u64 = 3;

/// No square gets more than so many times the average.
const MOST_SHARE: u64 = 4;

/// What is to be mapped.
#[derive(Debug, Clone, PartialEq)]
pub struct MapPlan {
    /// The two scenarios.
    pub arms: [Scenario; 2],
    /// Weeks to simulate.
    pub span: Span,
    /// Seed of the worlds.
    pub seed: u64,
    /// The outcome that decides.
    pub outcome: Outcome,
    /// What changes from left to right.
    pub x: Axis,
    /// What changes from bottom to top.
    pub y: Axis,
    /// Squares along each side.
    pub squares: usize,
    /// Worlds for each square on average \[worlds\].
    pub worlds: u64,
    /// Threads; 0 means all cores. Results do not depend on it.
    pub threads: usize,
}

/// One square of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Square {
    /// Value of the horizontal parameter.
    pub x: f64,
    /// Value of the vertical parameter.
    pub y: f64,
    /// Worlds tried.
    pub worlds: u64,
    /// Worlds left out because a run failed.
    pub worlds_failed: u64,
    /// Share of worlds in which the second arm is better, ties counting half; `None` if all failed.
    pub better: Option<Share>,
    /// Mean difference, second arm minus first.
    pub difference: Option<Estimate>,
    /// Who is ahead; `None` if that is unknown.
    pub ahead: Option<Ahead>,
    /// Whether the class may as well be a neighbouring one.
    pub is_on_edge: bool,
    /// Share of bootstrap replicates in which the second arm is better in more than half of the worlds.
    pub other_ahead: Option<f64>,
    /// Whether the frontier may run through this square.
    pub is_in_band: bool,
    /// What went wrong first.
    pub first_failure: Option<String>,
}

impl Square {
    /// In how many of 20 worlds the second arm is better.
    pub fn better_in_20(&self) -> Option<u32> {
        self.better.map(|share| (20.0 * share.share).round() as u32)
    }
}

/// All that a map says.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakEvenMap {
    /// Names of the two arms.
    pub arms: [String; 2],
    /// Weeks simulated.
    pub span: Span,
    /// Seed.
    pub seed: u64,
    /// The outcome that decides.
    pub outcome: Outcome,
    /// What changes from left to right.
    pub x: Axis,
    /// What changes from bottom to top.
    pub y: Axis,
    /// Values of the columns, from left to right.
    pub columns: Vec<f64>,
    /// Values of the rows, from bottom to top.
    pub rows: Vec<f64>,
    /// Squares, row by row.
    pub squares: Vec<Square>,
    /// Where the frontier crosses rows.
    pub crossings: Vec<Crossing>,
    /// The part of the map that tells best where the first arm is ahead.
    pub first_wins: Option<Corner>,
    /// Runs of the engine.
    pub runs: u64,
}

impl BreakEvenMap {
    /// Number of squares with this answer.
    pub fn count(&self, ahead: Ahead) -> usize {
        self.squares
            .iter()
            .filter(|square| square.ahead == Some(ahead))
            .count()
    }

    /// Number of squares in which nothing is known.
    pub fn unknown(&self) -> usize {
        self.squares
            .iter()
            .filter(|square| square.ahead.is_none())
            .count()
    }
}

impl MapPlan {
    /// Checks what can be wrong before a world is simulated.
    ///
    /// # Errors
    /// What is wrong, and what to do.
    pub fn check(&self) -> Result<(), ComparisonError> {
        refuse_neutral(self.outcome)?;
        refuse_identical(&self.arms, [&self.x, &self.y])?;
        if self.x.is_also(&self.y) {
            return Err(ComparisonError::SameAxis {
                path: self.x.parameter.path(),
            });
        }
        for axis in [&self.x, &self.y] {
            if axis.parameter.default.as_number().is_none() {
                return Err(ComparisonError::NoNumber {
                    path: axis.parameter.path(),
                    allowed: axis.parameter.allowed(),
                });
            }
            let is_allowed =
                |value: f64| value.is_finite() && value >= axis.parameter.low && value <= axis.parameter.high;
            if !(axis.low < axis.high && is_allowed(axis.low) && is_allowed(axis.high)) {
                return Err(ComparisonError::BadAxis {
                    path: axis.parameter.path(),
                    low: axis.low,
                    high: axis.high,
                    allowed: axis.parameter.allowed(),
                });
            }
        }
        if !(2..=50).contains(&self.squares) {
            return Err(ComparisonError::BadPlan {
                what: "the number of squares along a side",
                value: self.squares.to_string(),
                allowed: "2 to 50",
            });
        }
        if self.worlds < 6 {
            return Err(ComparisonError::BadPlan {
                what: "the number of worlds for each square",
                value: self.worlds.to_string(),
                allowed: "6 or more",
            });
        }
        let squares = (self.squares * self.squares) as u128;
        refuse_too_many(squares * u128::from(self.worlds) * 2, || {
            format!("{squares} squares of {} worlds with 2 arms", self.worlds)
        })
    }
}

/// Refuses outcomes in which nobody can be better.
pub(crate) fn refuse_neutral(outcome: Outcome) -> Result<(), ComparisonError> {
    if outcome.row().direction == Direction::Neutral {
        return Err(ComparisonError::NoBetter {
            outcome: outcome.row().name,
        });
    }
    Ok(())
}

/// Refuses arms that are equal, unless an axis sets them apart.
fn refuse_identical(arms: &[Scenario; 2], axes: [&Axis; 2]) -> Result<(), ComparisonError> {
    let [first, other] = arms;
    if first.parameters == other.parameters && axes.iter().all(|axis| axis.arm.is_none()) {
        return Err(ComparisonError::IdenticalArms {
            one: first.name.clone(),
            other: other.name.clone(),
        });
    }
    Ok(())
}

/// Draws a map.
///
/// # Errors
/// If the plan is not usable, threads cannot be started, or somebody stops it.
pub fn map(
    plan: &MapPlan,
    engine: &impl Engine,
    watch: &mut dyn Watch,
    cancel: &AtomicBool,
) -> Result<BreakEvenMap, ComparisonError> {
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
    let mut survey = Survey::new(plan);
    let step = (plan.worlds / STEP_SHARE).max(1);
    let all_squares = survey.squares.len() as u64;
    let mut budget = all_squares * plan.worlds;
    let mut wanted = vec![plan.worlds - step; survey.squares.len()];
    budget -= wanted.iter().sum::<u64>();
    loop {
        survey.learn(plan, &evaluator, &wanted, watch, cancel)?;
        let doubtful = survey.doubtful(plan.worlds * MOST_SHARE);
        let affordable = (budget / step) as usize;
        if doubtful.is_empty() || affordable == 0 {
            return Ok(survey.finish(plan));
        }
        for square in doubtful.into_iter().take(affordable) {
            wanted[square] += step;
            budget -= step;
        }
    }
}

/// Which points each square compares, and what is known of them.
struct Survey {
    columns: Vec<f64>,
    rows: Vec<f64>,
    /// Distinct settings of both arms.
    points: Vec<Parameters>,
    /// For each square, row by row, the points of both arms; or why there is no such square.
    squares: Vec<Result<[usize; 2], String>>,
    /// For each point, what is known of each world from the first on.
    known: Vec<Vec<Evaluated>>,
    worlds: Vec<u64>,
    runs: u64,
    better_sign: f64,
}

impl Survey {
    fn new(plan: &MapPlan) -> Self {
        let (columns, rows) = (plan.x.values(plan.squares), plan.y.values(plan.squares));
        let mut points = Vec::new();
        let mut numbers = BTreeMap::new();
        let mut point = |arm: usize, column: usize, row: usize| -> Result<usize, String> {
            // An arm that an axis does not move is the same all along it.
            let name = (
                arm,
                plan.x.moves(arm).then_some(column),
                plan.y.moves(arm).then_some(row),
            );
            if let Some(number) = numbers.get(&name) {
                return Ok(*number);
            }
            let mut parameters = plan.arms[arm].parameters.clone();
            if plan.x.moves(arm) {
                plan.x.set(&mut parameters, columns[column])?;
            }
            if plan.y.moves(arm) {
                plan.y.set(&mut parameters, rows[row])?;
            }
            parameters.check().map_err(|error| error.to_string())?;
            points.push(parameters);
            numbers.insert(name, points.len() - 1);
            Ok(points.len() - 1)
        };
        let mut squares = Vec::new();
        for row in 0..rows.len() {
            for column in 0..columns.len() {
                let both = point(0, column, row).and_then(|first| Ok([first, point(1, column, row)?]));
                squares.push(both);
            }
        }
        Self {
            known: vec![Vec::new(); points.len()],
            worlds: vec![0; squares.len()],
            columns,
            rows,
            points,
            squares,
            runs: 0,
            better_sign: towards_better(plan.outcome),
        }
    }

    /// Makes so many worlds of each square known.
    fn learn<E: Engine>(
        &mut self,
        plan: &MapPlan,
        evaluator: &Evaluator<E>,
        wanted: &[u64],
        watch: &mut dyn Watch,
        cancel: &AtomicBool,
    ) -> Result<(), ComparisonError> {
        let mut needed = vec![0; self.points.len()];
        for (square, worlds) in self.squares.iter().zip(wanted) {
            for point in square.iter().flatten() {
                needed[*point] = worlds.max(&needed[*point]).to_owned();
            }
        }
        let longest = needed.iter().copied().max().unwrap_or(0);
        // World by world, so that an early end would leave all squares alike.
        let runs: Vec<(usize, u64)> = (0..longest)
            .flat_map(|world| (0..needed.len()).map(move |point| (point, world)))
            .filter(|(point, world)| *world < needed[*point] && *world >= self.known[*point].len() as u64)
            .collect();
        let mut stage = Stage {
            watch,
            before: self.runs,
            of: self.points.len() as u64 * plan.worlds,
        };
        let listed = Listed {
            points: &self.points,
            runs: &runs,
        };
        let results = evaluator.all(&listed, &mut stage, cancel)?;
        self.runs += runs.len() as u64;
        for ((point, _), result) in runs.into_iter().zip(results) {
            self.known[point].push(result);
        }
        self.worlds = wanted.to_vec();
        Ok(())
    }

    /// Squares whose class is in doubt and that may have more worlds, those nearest to break-even first.
    fn doubtful(&self, most: u64) -> Vec<usize> {
        let mut doubtful: Vec<(f64, usize)> = (0..self.squares.len())
            .filter(|square| self.worlds[*square] < most)
            .filter_map(|square| {
                let share = share_of(&self.wins(square))?;
                classes::is_on_edge(&share).then(|| (classes::certainty(&share), square))
            })
            .collect();
        doubtful.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        doubtful.into_iter().map(|(_, square)| square).collect()
    }

    /// Differences of a square, second arm minus first, world by world; why there is none where there is none.
    fn differences(&self, square: usize) -> Vec<Evaluated> {
        let worlds = self.worlds[square] as usize;
        match &self.squares[square] {
            Err(reason) => vec![Err(reason.clone()); worlds],
            Ok([first, other]) => {
                let pairs = self.known[*first].iter().zip(&self.known[*other]).take(worlds);
                pairs
                    .map(|pair| match pair {
                        (Ok(first), Ok(other)) => Ok(other - first),
                        (Err(reason), _) | (_, Err(reason)) => Err(reason.clone()),
                    })
                    .collect()
            }
        }
    }

    fn wins(&self, square: usize) -> Vec<Option<f64>> {
        let win = |difference: f64| match (self.better_sign * difference).total_cmp(&0.0) {
            _ if difference == 0.0 => 0.5,
            std::cmp::Ordering::Greater => 1.0,
            _ => 0.0,
        };
        self.differences(square)
            .into_iter()
            .map(|difference| difference.ok().map(win))
            .collect()
    }

    fn finish(self, plan: &MapPlan) -> BreakEvenMap {
        let wins: Vec<Vec<Option<f64>>> = (0..self.squares.len()).map(|square| self.wins(square)).collect();
        let bootstrap = bootstrap(plan.seed, &self.columns, &wins);
        let squares: Vec<Square> = (0..self.squares.len())
            .map(|square| self.square(square, &wins[square], bootstrap.other_ahead[square]))
            .collect();
        let won: Vec<bool> = squares
            .iter()
            .map(|square| square.ahead == Some(Ahead::First))
            .collect();
        BreakEvenMap {
            arms: plan.arms.clone().map(|arm| arm.name),
            span: plan.span,
            seed: plan.seed,
            outcome: plan.outcome,
            x: plan.x.clone(),
            y: plan.y.clone(),
            first_wins: corner::best(self.columns.len(), &won),
            columns: self.columns,
            rows: self.rows,
            squares,
            crossings: bootstrap.crossings,
            runs: self.runs,
        }
    }

    fn square(&self, square: usize, wins: &[Option<f64>], other_ahead: Option<f64>) -> Square {
        let differences = self.differences(square);
        let better = share_of(wins);
        Square {
            x: self.columns[square % self.columns.len()],
            y: self.rows[square / self.columns.len()],
            worlds: self.worlds[square],
            worlds_failed: differences
                .iter()
                .filter(|difference| difference.is_err())
                .count() as u64,
            better,
            difference: Estimate::of(differences.iter().flatten().copied()),
            ahead: better.as_ref().map(Ahead::of),
            is_on_edge: better.as_ref().is_some_and(classes::is_on_edge),
            other_ahead,
            is_in_band: other_ahead.is_some_and(is_in_band),
            first_failure: differences.into_iter().find_map(Result::err),
        }
    }
}

fn share_of(wins: &[Option<f64>]) -> Option<Share> {
    let known: Vec<f64> = wins.iter().flatten().copied().collect();
    Share::of(known.iter().sum(), known.len() as u64)
}
