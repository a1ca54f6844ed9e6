//! From `model@environment` and overrides to a checked scenario; the only place where files are combined.

mod assembly;
mod chain;

use std::path::Path;

use crate::error::ScenarioError;
use crate::excerpt::Excerpt;
use crate::file::{Given, Text, is_path, kind_of};
use crate::kind::Kind;
use crate::library::Library;
use crate::overriding;
use crate::reference::Reference;
use crate::scenario::Scenario;

use chain::Chain;

pub(crate) use assembly::Assembly;

/// Weeks before week 0 unless an environment says otherwise `[weeks]`.
pub const WARM_UP_WEEKS: u32 = 104;

/// Loads the scenario called `reference`, `model` or `model@environment`, each a library name or a path to a file.
///
/// The environment is the one behind `@`, else `environment`, else the operating model's own default, else
/// `enterprise`. Each of `overrides` is `group.parameter=value`; it replaces the value and drops its plausible range.
///
/// # Errors
/// Everything that is wrong with the reference, the files and the overrides, each with its place.
pub fn load<S: AsRef<str>>(
    reference: &str,
    environment: Option<&str>,
    overrides: &[S],
) -> Result<Scenario, ScenarioError> {
    let called = Reference::parse(reference)?;
    let model = Chain::load(Kind::OperatingModel, called.model, None, None);
    let environment = environment_of(called.environment.or(environment), model.as_ref().ok());
    match (model, environment, overrides_of(overrides)) {
        (Ok(model), Ok(environment), Ok(overrides)) => assemble(reference, &model, &environment, &overrides),
        (model, environment, overrides) => {
            let problems = [model.err(), environment.err(), overrides.err()];
            Err(ScenarioError::together(problems.into_iter().flatten()))
        }
    }
}

/// Checks one scenario file, or a scenario called as in [`load`], and tells which kind of file it is.
///
/// A file that sets nothing and extends nothing counts as an operating model. An environment is checked together with
/// the operating model `safe`.
///
/// # Errors
/// As [`load`].
pub fn check(reference: &str) -> Result<(Kind, Scenario), ScenarioError> {
    let none: [&str; 0] = [];
    if !is_path(reference) || Reference::parse(reference)?.environment.is_some() {
        return match Library::find(Kind::Environment, reference) {
            Some(_) => Ok((Kind::Environment, load("safe", Some(reference), &none)?)),
            None => Ok((Kind::OperatingModel, load(reference, None, &none)?)),
        };
    }
    let text = Text::open(Kind::OperatingModel, reference, None, None)?;
    let kind = kind_of(&text)?.unwrap_or(Kind::OperatingModel);
    let scenario = match kind {
        Kind::Environment => load("safe", Some(reference), &none)?,
        Kind::OperatingModel => load(reference, None, &none)?,
    };
    Ok((kind, scenario))
}

/// The environment that was named, else the model's own, else the default one.
fn environment_of(named: Option<&str>, model: Option<&Chain>) -> Result<Chain, ScenarioError> {
    let own = model.and_then(Chain::environment);
    let (target, folder, at): (&str, Option<&Path>, Option<&Excerpt>) = match (named, own) {
        (Some(name), _) => (name, None, None),
        (None, Some((name, folder, at))) => (name, folder, Some(at)),
        (None, None) => (Library::DEFAULT_ENVIRONMENT, None, None),
    };
    Chain::load(Kind::Environment, target, folder, at)
}

fn overrides_of<S: AsRef<str>>(overrides: &[S]) -> Result<Vec<Given>, ScenarioError> {
    let mut problems = Vec::new();
    let parsed = overrides.iter().map(|text| overriding::parse(text.as_ref()));
    let given = parsed
        .filter_map(|result| result.map_err(|problem| problems.push(problem)).ok())
        .collect();
    if problems.is_empty() {
        Ok(given)
    } else {
        Err(ScenarioError::together(problems))
    }
}

fn assemble(
    reference: &str,
    model: &Chain,
    environment: &Chain,
    overrides: &[Given],
) -> Result<Scenario, ScenarioError> {
    let mut assembly = Assembly::of_defaults();
    for setting in environment.settings().chain(model.settings()).chain(overrides) {
        assembly.apply(setting);
    }
    let (origins, parameters) = assembly.finish()?;
    Ok(Scenario {
        name: reference.to_owned(),
        description: model.description(),
        operating_model: model.name.clone(),
        environment: environment.name.clone(),
        warm_up_weeks: environment.warm_up_weeks().unwrap_or(WARM_UP_WEEKS),
        parameters,
        origins,
    })
}
