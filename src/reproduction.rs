//! Commands that find the same again: from a study that is read to words that a shell takes; never runs them.

use std::path::Path;

use experiments::{ComparisonPlan, Stopping};
use scenarios::{Kind, Library, Scenario, load};
use sim_core::outcomes::Outcome;
use sim_core::simulation::Span;
use studies::Manifest;

use crate::again::quoted;
use crate::arguments::{DEFAULT_SEED, Override};
use crate::arms::{Shared, load_arms};
use crate::results::{SCENARIOS, file_name};

/// The arm as a command names it: by the library, if that gives exactly its values, else by the files of the study.
pub fn reference(folder: &Path, arm: &Scenario) -> String {
    as_in_library(arm).unwrap_or_else(|| resolved(folder, arm))
}

/// The arm by library names, if these give exactly its values.
fn as_in_library(arm: &Scenario) -> Option<String> {
    Library::find(Kind::OperatingModel, &arm.operating_model)?;
    let alone = arm.operating_model.clone();
    let with_environment = format!("{}@{}", arm.operating_model, arm.environment);
    let none: [&str; 0] = [];
    let is_same =
        |name: &String| load(name, None, &none).is_ok_and(|found| found.parameters == arm.parameters);
    [alone, with_environment].into_iter().find(is_same)
}

/// The arm by the files that the study wrote.
fn resolved(folder: &Path, arm: &Scenario) -> String {
    let scenarios = folder.join(SCENARIOS);
    let file = |ending: &str| {
        scenarios
            .join(format!("{}{ending}.toml", file_name(&arm.name)))
            .display()
            .to_string()
    };
    quoted(&format!("{}@{}", file(""), file("-environment")))
}

/// The scenario of the library that the arm was made from: its operating model in its environment, or if that is a file of
/// somebody's own, in the default one.
pub fn standard(arm: &Scenario) -> Option<Scenario> {
    Library::find(Kind::OperatingModel, &arm.operating_model)?;
    let environment = Library::find(Kind::Environment, &arm.environment)
        .map_or(Library::DEFAULT_ENVIRONMENT, |entry| entry.name);
    let none: [&str; 0] = [];
    load(&arm.operating_model, Some(environment), &none).ok()
}

/// Options for the seed, the horizon and the outcome, where they are not the usual ones.
pub fn usual_options(seed: u64, span: Span, outcome: Outcome) -> String {
    let mut options = String::new();
    if seed != DEFAULT_SEED {
        options += &format!(" --seed {seed}");
    }
    if span.horizon_weeks != Span::default().horizon_weeks {
        options += &format!(" --horizon {}", span.horizon_weeks);
    }
    if outcome != Outcome::ShippedValue {
        options += &format!(" --outcome {}", outcome.row().name);
    }
    options
}

/// The comparison from names of the library and what was set, for somebody who has not got the folder; `None` if it
/// takes files, which the folder has.
pub fn comparison(plan: &ComparisonPlan) -> Option<String> {
    let references: Vec<String> = plan.arms.iter().map(|arm| arm.name.clone()).collect();
    let environment = &plan.arms.first()?.environment;
    Library::find(Kind::Environment, environment)?;
    let overrides = overrides(&plan.arms);
    let shared = Shared {
        environment: Some(environment),
        teams: None,
        overrides: &overrides,
    };
    let arms = load_arms(&references, shared).ok()?;
    let again = ComparisonPlan { arms, ..plan.clone() };
    if Manifest::of(&again).identity() != Manifest::of(plan).identity() {
        return None;
    }
    let arms: Vec<String> = references.iter().map(|name| quoted(name)).collect();
    let mut line = format!("orgsim compare {} --environment {environment}", arms.join(" "));
    for given in &overrides {
        let arm = given
            .arm
            .as_ref()
            .map_or_else(String::new, |arm| format!("{arm}:"));
        line += &format!(" --set {}", quoted(&format!("{arm}{}", given.setting)));
    }
    line += &usual_options(plan.seed, plan.span, plan.primary);
    line += &match plan.stopping {
        Stopping::Settled => String::new(),
        Stopping::Fixed(worlds) => format!(" --replications {worlds}"),
        Stopping::Precision(share) => format!(" --precision {share}"),
    };
    if let Some(week) = plan.fork_week {
        line += &format!(" --fork-week {week}");
    }
    Some(line + if plan.plausible { "" } else { " --no-uncertain" })
}

/// What was set on the command line: in all arms where all have it, else in each.
fn overrides(arms: &[Scenario]) -> Vec<Override> {
    let is_set = |origin: &&scenarios::Origin| origin.place.starts_with("--set");
    let mut overrides = Vec::new();
    for arm in arms {
        for origin in arm.origins.iter().filter(is_set) {
            let setting = format!("{}={}", origin.parameter.path(), origin.value);
            let is_everywhere = arms.iter().all(|other| {
                let mut of_other = other.origins.iter().filter(is_set);
                of_other.any(|one| one.parameter == origin.parameter && one.value == origin.value)
            });
            let given = Override {
                arm: (!is_everywhere).then(|| arm.name.clone()),
                setting,
            };
            if !overrides.contains(&given) {
                overrides.push(given);
            }
        }
    }
    overrides
}
