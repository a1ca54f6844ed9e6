//! Which assumptions matter: screening of everything uncertain, then how much of the variation each part explains.
//!
//! The value explained is an outcome of one arm, or its paired difference between two. A place in the unit cube is a
//! company ([`crate::plausible`]); companies are not dropped for lack of viability, because that would tie parameters to
//! one another.

mod failures;
pub mod indices;
pub mod morris;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

use scenarios::Scenario;

use crate::engine::Engine;
use crate::error::ComparisonError;
use crate::evaluation::{Evaluated, Evaluator, Runs, Setting, Wanted, Watch, refuse_too_many};
use crate::plausible::{Companies, Dimension, refuse_same};
use crate::sampling::{SOBOL_POINTS, scrambled_sobol};

pub use failures::{FailedPoint, Failures};
use indices::{FactorIndices, Indices, Ranking, Row, indices};
use morris::{Effects, Screened, Trajectory, screened};

/// Part of the range of probabilities through which screening moves a parameter: from its 5 % to its 95 % quantile.
const SCREENED_FROM: f64 = 0.05;

/// Most trajectories of a screening.
pub const MOST_TRAJECTORIES: u32 = 10_000;

/// Columns of a row beside its mixtures: two places in two worlds each.
const PLAIN_COLUMNS: u64 = 4;

/// What is asked, and how hard.
#[derive(Debug, Clone, PartialEq)]
pub struct SensitivityPlan {
    /// One arm, or two whose difference (second minus first) is explained.
    pub arms: Vec<Scenario>,
    /// Weeks, seed, outcome, threads.
    pub setting: Setting,
    /// Trajectories of the screening.
    pub trajectories: u32,
    /// Rows of the design from which indices are estimated; a power of two is best.
    pub rows: u32,
    /// Parameters that get indices of their own: the largest in the screening.
    pub parameters: usize,
    /// Values or ranks.
    pub ranking: Ranking,
}

/// What a factor is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactorKind {
    /// One uncertain parameter.
    Parameter,
    /// All uncertain parameters that have no factor of their own.
    Rest,
    /// All uncertain parameters of one group.
    Group,
}

impl FactorKind {
    /// `parameter`, `rest` or `group`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Parameter => "parameter",
            Self::Rest => "rest",
            Self::Group => "group",
        }
    }
}

/// Coordinates that are known or unknown together.
#[derive(Debug, Clone, PartialEq)]
pub struct Factor {
    /// What it is called.
    pub name: String,
    /// What it is made of.
    pub kind: FactorKind,
    /// Its coordinates, rising.
    coordinates: Vec<usize>,
}

/// What screening found.
#[derive(Debug, Clone, PartialEq)]
pub struct Screening {
    /// Every uncertain parameter with its effect, largest first.
    pub parameters: Vec<ScreenedParameter>,
    /// Trajectories that are complete.
    pub trajectories: u32,
    /// What failed.
    pub failures: Failures,
}

/// An uncertain parameter and its effect.
#[derive(Debug, Clone, PartialEq)]
pub struct ScreenedParameter {
    /// What it is called: its path, and the arm if it belongs to one only.
    pub name: String,
    /// What it is.
    pub dimension: Dimension,
    /// Its effect.
    pub effect: Screened,
    coordinate: usize,
}

/// What the indices say.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// The factors.
    pub factors: Vec<Factor>,
    /// Chance, and the indices of the factors in the same order.
    pub indices: Indices,
    /// Rows that are complete.
    pub rows: u32,
    /// What failed.
    pub failures: Failures,
}

impl Explained {
    /// Each factor with its indices.
    pub fn each(&self) -> impl Iterator<Item = (&Factor, &FactorIndices)> {
        self.factors.iter().zip(&self.indices.factors)
    }
}

/// Runs of the screening and of the indices.
fn runs_expected(plan: &SensitivityPlan, dimensions: &[Dimension]) -> u128 {
    let all = dimensions.len() as u128;
    let groups: BTreeSet<&str> = dimensions
        .iter()
        .map(|dimension| dimension.parameter.group)
        .collect();
    let own = all.min(plan.parameters as u128);
    let factors = own + u128::from(own < all) + groups.len() as u128;
    let screening = u128::from(plan.trajectories) * 2 * (all + 1);
    let explaining = u128::from(plan.rows) * (u128::from(PLAIN_COLUMNS) + factors);
    plan.arms.len() as u128 * (screening + explaining)
}

/// An experiment that may begin.
#[derive(Debug)]
pub struct Sensitivity<'e, E> {
    plan: SensitivityPlan,
    companies: Companies,
    evaluator: Evaluator<'e, E>,
}

impl<'e, E: Engine> Sensitivity<'e, E> {
    /// Checks the plan and starts threads.
    ///
    /// # Errors
    /// What is wrong with the plan and what is allowed, or that threads cannot be had.
    pub fn new(plan: SensitivityPlan, engine: &'e E) -> Result<Self, ComparisonError> {
        let bad = |what, value: String, allowed| Err(ComparisonError::BadPlan { what, value, allowed });
        if !(1..=2).contains(&plan.arms.len()) {
            return bad(
                "the number of arms",
                plan.arms.len().to_string(),
                "one arm, or two whose difference is explained",
            );
        }
        if let [one, other] = plan.arms.as_slice() {
            refuse_same(one, other)?;
        }
        if !(2..=MOST_TRAJECTORIES).contains(&plan.trajectories) {
            return bad(
                "the number of trajectories",
                plan.trajectories.to_string(),
                "2 to 10,000",
            );
        }
        if !(2..=SOBOL_POINTS).contains(&plan.rows) {
            return bad("the number of samples", plan.rows.to_string(), "2 to 65,536");
        }
        let companies = Companies::new(&plan.arms, plan.setting.seed)?;
        if companies.dimensions().is_empty() {
            return bad(
                "the number of uncertain parameters",
                "0".to_owned(),
                "1 or more: give parameters a plausible range in their file",
            );
        }
        refuse_too_many(runs_expected(&plan, companies.dimensions()), || {
            format!("{} trajectories and {} samples", plan.trajectories, plan.rows)
        })?;
        let evaluator = Evaluator::new(engine, plan.setting)?;
        Ok(Self {
            plan,
            companies,
            evaluator,
        })
    }

    /// Screens every uncertain parameter.
    ///
    /// # Errors
    /// If fewer than two trajectories are complete, or somebody stops it.
    pub fn screen(&self, watch: &mut dyn Watch, cancel: &AtomicBool) -> Result<Screening, ComparisonError> {
        let dimensions = self.companies.dimensions().len();
        let walks: Vec<Trajectory> = (0..u64::from(self.plan.trajectories))
            .map(|number| Trajectory::new(dimensions, self.plan.setting.seed, number))
            .collect();
        let steps = dimensions as u64 + 1;
        // Both worlds of a trajectory, one after the other.
        let point = |number: u64| {
            let (trajectory, world, step) = (number / (2 * steps), number / steps % 2, number % steps);
            let place = walks[trajectory as usize].place(step as usize);
            let inside = |level: &f64| SCREENED_FROM + (1.0 - 2.0 * SCREENED_FROM) * level;
            Point {
                place: place.iter().map(inside).collect(),
                world: 2 * trajectory + world,
            }
        };
        let count = 2 * steps * walks.len() as u64;
        let (values, failures) = self.values(count, 2 * steps, &point, watch, cancel)?;
        let mut effects = Vec::new();
        for (walk, values) in walks.iter().zip(values.chunks(2 * steps as usize)) {
            let values: Option<Vec<f64>> = values.iter().copied().collect();
            if let Some(values) = values {
                let (one, other) = values.split_at(steps as usize);
                effects.push(Effects([walk.effects(one), walk.effects(other)]));
            }
        }
        let found =
            screened(&effects, self.plan.setting.seed).ok_or_else(|| too_few("trajectories", &failures))?;
        Ok(Screening {
            parameters: self.named(found),
            trajectories: effects.len() as u32,
            failures,
        })
    }

    fn named(&self, found: Vec<Screened>) -> Vec<ScreenedParameter> {
        let mut parameters: Vec<ScreenedParameter> = found
            .into_iter()
            .enumerate()
            .map(|(coordinate, effect)| ScreenedParameter {
                name: self.name(coordinate),
                dimension: self.companies.dimensions()[coordinate].clone(),
                effect,
                coordinate,
            })
            .collect();
        let rank =
            |parameter: &ScreenedParameter| (parameter.effect.size.value, parameter.effect.mean_absolute);
        parameters.sort_by(|one, other| {
            rank(other)
                .0
                .total_cmp(&rank(one).0)
                .then(rank(other).1.total_cmp(&rank(one).1))
        });
        parameters
    }

    fn name(&self, coordinate: usize) -> String {
        let dimension = &self.companies.dimensions()[coordinate];
        let path = dimension.parameter.path();
        match dimension.arms.as_slice() {
            [only] if self.plan.arms.len() > 1 => format!("{path} ({})", self.plan.arms[*only].name),
            _ => path,
        }
    }

    /// Explains the variation by the largest parameters of `screening`, the rest, and groups.
    ///
    /// # Errors
    /// If fewer than two rows are complete, or somebody stops it.
    pub fn explain(
        &self,
        screening: &Screening,
        watch: &mut dyn Watch,
        cancel: &AtomicBool,
    ) -> Result<Explained, ComparisonError> {
        let factors = self.factors(screening);
        let dimensions = self.companies.dimensions().len();
        // The best coordinates of the sequence go to the parameters that matter most.
        let mut column_of = vec![0; dimensions];
        for (rank, parameter) in screening.parameters.iter().enumerate() {
            column_of[parameter.coordinate] = rank;
        }
        let columns = PLAIN_COLUMNS + factors.len() as u64;
        // Worlds that no trajectory has seen.
        let first_world = 2 * u64::from(self.plan.trajectories);
        let point = |number: u64| {
            let (row, column) = (number / columns, number % columns);
            let half = |matrix: usize, coordinate: usize| {
                let dimension = matrix * dimensions + column_of[coordinate];
                scrambled_sobol(row as u32, dimension, self.plan.setting.seed)
            };
            let is_from_b = |coordinate: usize| match column {
                0 | 1 => false,
                2 | 3 => true,
                _ => factors[(column - PLAIN_COLUMNS) as usize]
                    .coordinates
                    .contains(&coordinate),
            };
            let world = if column < PLAIN_COLUMNS { column % 2 } else { 1 };
            Point {
                place: (0..dimensions)
                    .map(|coordinate| half(usize::from(is_from_b(coordinate)), coordinate))
                    .collect(),
                world: first_world + 2 * row + world,
            }
        };
        let count = columns * u64::from(self.plan.rows);
        let (values, failures) = self.values(count, columns, &point, watch, cancel)?;
        let row = |values: &[Option<f64>]| -> Option<Row> {
            let values: Vec<f64> = values.iter().copied().collect::<Option<_>>()?;
            Some(Row {
                a: [values[0], values[1]],
                b: [values[2], values[3]],
                mixed: values[PLAIN_COLUMNS as usize..].to_vec(),
            })
        };
        let rows: Vec<Row> = values.chunks(columns as usize).filter_map(row).collect();
        let found = indices(&rows, self.plan.ranking, self.plan.setting.seed)
            .ok_or_else(|| too_few("samples", &failures))?;
        Ok(Explained {
            factors,
            indices: found,
            rows: rows.len() as u32,
            failures,
        })
    }

    /// The largest parameters one by one, the rest together, and every group.
    fn factors(&self, screening: &Screening) -> Vec<Factor> {
        let (own, rest) = screening
            .parameters
            .split_at(self.plan.parameters.min(screening.parameters.len()));
        let mut factors: Vec<Factor> = own
            .iter()
            .map(|parameter| Factor {
                name: parameter.name.clone(),
                kind: FactorKind::Parameter,
                coordinates: vec![parameter.coordinate],
            })
            .collect();
        if !rest.is_empty() {
            let mut coordinates: Vec<usize> = rest.iter().map(|parameter| parameter.coordinate).collect();
            coordinates.sort_unstable();
            factors.push(Factor {
                name: format!("the other {}", rest.len()),
                kind: FactorKind::Rest,
                coordinates,
            });
        }
        for (coordinate, dimension) in self.companies.dimensions().iter().enumerate() {
            let group = dimension.parameter.group;
            match factors
                .iter_mut()
                .find(|factor| factor.kind == FactorKind::Group && factor.name == group)
            {
                Some(factor) => factor.coordinates.push(coordinate),
                None => factors.push(Factor {
                    name: group.to_owned(),
                    kind: FactorKind::Group,
                    coordinates: vec![coordinate],
                }),
            }
        }
        factors
    }

    /// The value at every point, and what failed.
    fn values(
        &self,
        points: u64,
        unit: u64,
        point: &(dyn Fn(u64) -> Point + Sync),
        watch: &mut dyn Watch,
        cancel: &AtomicBool,
    ) -> Result<(Vec<Option<f64>>, Failures), ComparisonError> {
        let arms = self.plan.arms.len();
        let runs = InCube {
            companies: &self.companies,
            arms: arms as u64,
            points,
            point,
        };
        let mut values = Vec::new();
        let mut failures = Failures::new(points / unit);
        let mut of_point: Vec<Evaluated> = Vec::new();
        self.evaluator.each(&runs, watch, cancel, |number, evaluated| {
            of_point.push(evaluated);
            if of_point.len() == arms {
                let number = number / arms as u64;
                match self.value(&of_point) {
                    Ok(value) => values.push(Some(value)),
                    Err(reason) => {
                        values.push(None);
                        failures.add(number / unit, point(number), reason);
                    }
                }
                of_point.clear();
            }
        })?;
        failures.locate(|coordinate| self.name(coordinate));
        Ok((values, failures))
    }

    /// The outcome of the only arm, or the second's minus the first's.
    fn value(&self, evaluated: &[Evaluated]) -> Result<f64, String> {
        let mut values = Vec::new();
        for (arm, evaluated) in self.plan.arms.iter().zip(evaluated) {
            let value = evaluated
                .as_ref()
                .map_err(|reason| format!("{}: {reason}", arm.name))?;
            values.push(*value);
        }
        Ok(match values.as_slice() {
            [first, second] => second - first,
            _ => values[0],
        })
    }
}

fn too_few(what: &'static str, failures: &Failures) -> ComparisonError {
    ComparisonError::TooFewComplete {
        what,
        failures: Box::new(failures.clone()),
    }
}

/// A company and the world it lives in.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Its place in the unit cube.
    place: Vec<f64>,
    /// Number of the world.
    world: u64,
}

/// Points of the cube, each in every arm.
struct InCube<'a> {
    companies: &'a Companies,
    arms: u64,
    points: u64,
    point: &'a (dyn Fn(u64) -> Point + Sync),
}

impl Runs for InCube<'_> {
    fn count(&self) -> u64 {
        self.points * self.arms
    }

    fn wanted(&self, number: u64) -> Result<Wanted<'_>, String> {
        let point = (self.point)(number / self.arms);
        let arm = (number % self.arms) as usize;
        Ok(Wanted {
            parameters: Cow::Owned(self.companies.arm_at(arm, &point.place)?),
            replication: point.world,
        })
    }
}
