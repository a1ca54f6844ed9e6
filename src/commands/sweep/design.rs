//! The points of a sweep: which level of each factor, and the parameters that follow; runs nothing.

use experiments::sampling::{latin_hypercube, scrambled_sobol};
use experiments::sweep::Point;
use scenarios::plan::{DesignKind, Factor, Level, Levels, Target, within};
use scenarios::{Scenario, SweepPlan};
use sim_core::parameters::Parameters;
use sim_core::simulation::Span;

use crate::arguments::Experiment as Options;
use crate::arms::{self, Shared, load_arms};
use crate::failure::Failure;

/// Each point's level of each factor. In a grid, the last factor changes fastest.
pub fn levels(plan: &SweepPlan, seed: u64) -> Vec<Vec<Level>> {
    let listed = |factor: &Factor, index: usize| match &factor.levels {
        Levels::Listed(levels) => levels.get(index).cloned(),
        Levels::Range(..) => None,
    };
    match plan.design {
        DesignKind::Table => (0..plan.points as usize)
            .map(|point| {
                plan.factors
                    .iter()
                    .filter_map(|factor| listed(factor, point))
                    .collect()
            })
            .collect(),
        DesignKind::Grid => (0..plan.points as usize)
            .map(|point| of_grid(&plan.factors, point))
            .collect(),
        DesignKind::LatinHypercube => {
            let places = latin_hypercube(plan.points as usize, plan.factors.len(), seed);
            places
                .iter()
                .map(|place| of_place(&plan.factors, place))
                .collect()
        }
        DesignKind::Sobol => (0..plan.points as u32)
            .map(|point| {
                let place: Vec<f64> = (0..plan.factors.len())
                    .map(|factor| scrambled_sobol(point, factor, seed))
                    .collect();
                of_place(&plan.factors, &place)
            })
            .collect(),
    }
}

fn of_grid(factors: &[Factor], point: usize) -> Vec<Level> {
    let mut left = point;
    let mut levels: Vec<Level> = factors
        .iter()
        .rev()
        .filter_map(|factor| match &factor.levels {
            Levels::Listed(listed) => {
                let level = listed[left % listed.len()].clone();
                left /= listed.len();
                Some(level)
            }
            Levels::Range(..) => None,
        })
        .collect();
    levels.reverse();
    levels
}

fn of_place(factors: &[Factor], place: &[f64]) -> Vec<Level> {
    let level = |(factor, share): (&Factor, &f64)| match (&factor.target, &factor.levels) {
        (Target::Parameter(parameter), Levels::Range(low, high)) => {
            Some(Level::Value(within(parameter, *low, *high, *share)))
        }
        _ => None,
    };
    factors.iter().zip(place).filter_map(level).collect()
}

/// The arms under every combination of names, before parameters are set.
pub struct Bases {
    /// Levels of the environment and of each operating model, and the arms under them.
    loaded: Vec<(Vec<Level>, Vec<Scenario>)>,
    /// Names of the arms of the plan.
    names: Vec<String>,
}

impl Bases {
    /// Loads the arms of the plan under every combination of the names that its factors list.
    ///
    /// # Errors
    /// Everything that is wrong with them, or with options that contradict the plan.
    pub fn load(plan: &SweepPlan, options: &Options) -> Result<Self, Failure> {
        refuse_contradictions(plan, options)?;
        let names = load(&plan.arms, options, None)?
            .into_iter()
            .map(|arm| arm.name)
            .collect();
        let named = named(plan);
        let mut loaded = Vec::new();
        for levels in combinations(plan) {
            let mut references = plan.arms.clone();
            let mut environment = None;
            for (factor, level) in named.iter().zip(&levels) {
                match (factor.target, level) {
                    (Target::Environment, Level::Name(name)) => environment = Some(name.as_str()),
                    (Target::OperatingModel, Level::Name(name)) => {
                        let arm = factor
                            .arm
                            .as_ref()
                            .and_then(|arm| plan.arms.iter().position(|known| known == arm));
                        references[arm.unwrap_or(plan.arms.len() - 1)].clone_from(name);
                    }
                    _ => {}
                }
            }
            let arms = load(&references, options, environment)?;
            loaded.push((levels, arms));
        }
        Ok(Self { loaded, names })
    }

    /// The same from a manifest, which holds the arms under every combination one after the other; `None` if it does not.
    pub fn recorded(plan: &SweepPlan, scenarios: Vec<Scenario>) -> Option<Self> {
        let combinations = combinations(plan);
        if scenarios.len() != combinations.len() * plan.arms.len() {
            return None;
        }
        let names = scenarios.iter().take(plan.arms.len()).map(|arm| arm.name.clone());
        Some(Self {
            names: names.collect(),
            loaded: combinations
                .into_iter()
                .zip(scenarios.chunks(plan.arms.len()))
                .map(|(levels, arms)| (levels, arms.to_vec()))
                .collect(),
        })
    }

    /// The arms under every combination, one combination after the other, called as in the plan.
    pub fn all(&self) -> Vec<Scenario> {
        let called = |arms: &Vec<Scenario>| {
            let names = self.names.iter().cloned();
            let arms = arms.iter().cloned().zip(names);
            arms.map(|(arm, name)| Scenario { name, ..arm })
                .collect::<Vec<_>>()
        };
        self.loaded.iter().flat_map(|(_, arms)| called(arms)).collect()
    }

    /// The arms of the plan under the first names.
    pub fn arms(&self) -> Vec<Scenario> {
        let mut arms = self.all();
        arms.truncate(self.names.len());
        arms
    }

    /// The weeks that all of them share.
    ///
    /// # Errors
    /// If they warm up for different lengths.
    pub fn span(&self, options: &Options) -> Result<Span, Failure> {
        let all: Vec<Scenario> = self.loaded.iter().flat_map(|(_, arms)| arms.clone()).collect();
        arms::span(&all, options.horizon)
    }

    /// Parameters of each arm at a point.
    pub fn point(&self, plan: &SweepPlan, levels: &[Level]) -> Point {
        let named: Vec<&Level> = plan
            .factors
            .iter()
            .zip(levels)
            .filter(|(factor, _)| is_named(factor))
            .map(|(_, level)| level)
            .collect();
        let base = self
            .loaded
            .iter()
            .find(|(names, _)| names.iter().eq(named.iter().copied()));
        let arms = base.map(|(_, arms)| arms.as_slice()).unwrap_or_default();
        arms.iter()
            .zip(&plan.arms)
            .map(|(arm, name)| of_arm(plan, levels, arm, name))
            .collect()
    }
}

fn of_arm(plan: &SweepPlan, levels: &[Level], arm: &Scenario, name: &str) -> Result<Parameters, String> {
    let mut parameters = arm.parameters.clone();
    for (factor, level) in plan.factors.iter().zip(levels) {
        let is_here = factor.arm.as_ref().is_none_or(|only| only == name);
        if let (Target::Parameter(parameter), Level::Value(value), true) = (factor.target, level, is_here) {
            parameter
                .set(&mut parameters, *value)
                .map_err(|error| error.to_string())?;
        }
    }
    parameters.check().map_err(|error| error.to_string())?;
    Ok(parameters)
}

fn load(
    references: &[String],
    options: &Options,
    environment: Option<&str>,
) -> Result<Vec<Scenario>, Failure> {
    load_arms(
        references,
        Shared {
            environment: environment.or(options.environment.as_deref()),
            teams: options.teams,
            overrides: &options.overrides,
        },
    )
}

/// The factors that change names.
fn named(plan: &SweepPlan) -> Vec<Factor> {
    let named = plan.factors.iter().filter(|factor| is_named(factor));
    named.cloned().collect()
}

/// Every combination of the names that factors list.
fn combinations(plan: &SweepPlan) -> Vec<Vec<Level>> {
    let named = named(plan);
    let count: usize = named.iter().map(|factor| listed(factor).len()).product();
    (0..count)
        .map(|combination| of_grid(&named, combination))
        .collect()
}

fn is_named(factor: &Factor) -> bool {
    !matches!(factor.target, Target::Parameter(_))
}

fn listed(factor: &Factor) -> &[Level] {
    match &factor.levels {
        Levels::Listed(levels) => levels,
        Levels::Range(..) => &[],
    }
}

/// What the plan changes must not be set by an option too: one of them would have no effect.
fn refuse_contradictions(plan: &SweepPlan, options: &Options) -> Result<(), Failure> {
    let sweeps = |target: Target| plan.factors.iter().any(|factor| factor.target == target);
    for factor in &plan.factors {
        let Target::Parameter(parameter) = factor.target else {
            continue;
        };
        let path = parameter.path();
        let is_set = options.overrides.iter().any(|given| given.path() == path);
        if is_set || (options.teams.is_some() && path == "company.teams") {
            return Err(Failure::input(
                &format!("{path} is a factor of the plan and set by an option, too"),
                "leave out one of them",
            ));
        }
    }
    if sweeps(Target::Environment)
        && (options.environment.is_some() || plan.arms.iter().any(|arm| arm.contains('@')))
    {
        return Err(Failure::input(
            "the environment is a factor of the plan and named elsewhere, too",
            "leave out --environment, and write arms without `@`",
        ));
    }
    if sweeps(Target::OperatingModel) && options.overrides.iter().any(|given| given.arm.is_some()) {
        return Err(Failure::input(
            "an arm whose operating model is a factor cannot be named in --set",
            "set the parameter in all arms, or in the files of the operating models",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(text: &str) -> SweepPlan {
        SweepPlan::parse("plan.toml", text).unwrap()
    }

    #[test]
    fn a_grid_has_every_combination_once_and_the_last_factor_changes_fastest() {
        let plan = plan(
            "arms = [\"safe\"]\ndesign = \"grid\"\n[[factor]]\nparameter = \"environment.coupling\"\nvalues = [0.1, 0.2]\n\
             [[factor]]\nenvironment = [\"enterprise\", \"startup\", \"bank\"]\n",
        );
        let words: Vec<String> = levels(&plan, 1)
            .iter()
            .map(|point| {
                point
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        assert_eq!(
            words,
            [
                "0.1 enterprise",
                "0.1 startup",
                "0.1 bank",
                "0.2 enterprise",
                "0.2 startup",
                "0.2 bank"
            ]
        );
    }

    #[test]
    fn spread_points_lie_in_their_ranges_one_in_each_part() {
        for design in ["latin-hypercube", "sobol"] {
            let plan = plan(&format!(
                "arms = [\"safe\"]\ndesign = \"{design}\"\npoints = 16\n[[factor]]\nparameter = \"environment.coupling\"\n\
                 low = 0.1\nhigh = 0.5\n[[factor]]\nparameter = \"company.teams\"\nlow = 2\nhigh = 30\n"
            ));
            let mut counts = [0; 16];
            for point in levels(&plan, 9) {
                let Level::Value(value) = point[0] else {
                    panic!("a number")
                };
                counts[((value.as_number().unwrap() - 0.1) / 0.4 * 16.0) as usize] += 1;
                assert!(matches!(
                    point[1],
                    Level::Value(sim_core::parameters::Value::Whole(2..=30))
                ));
            }
            assert_eq!(counts, [1; 16], "{design}");
        }
    }
}
