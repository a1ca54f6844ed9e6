//! From `model+transformation@environment` and overrides to a checked scenario; the only place where files are combined.

mod assembly;
mod chain;

use std::path::Path;

use sim_core::parameters::TRANSFORMATION_GROUP;

use crate::error::ScenarioError;
use crate::excerpt::Excerpt;
use crate::file::{Given, Text, is_path, kind_of};
use crate::kind::Kind;
use crate::library::Library;
use crate::overriding;
use crate::reference::Reference;
use crate::scenario::{Scenario, Transformation};

use chain::Chain;

pub(crate) use assembly::Assembly;

/// Weeks before week 0 unless an environment says otherwise `[weeks]`.
pub const WARM_UP_WEEKS: u32 = 104;

/// Loads the scenario called `reference`: `model`, `model+transformation`, either with `@environment`, each a library name
/// or a path to a file.
///
/// The transformation is the one behind `+`, else the operating model's own, else none.
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
    let change = Way::load(called.transformation, model.as_ref().ok());
    match (model, environment, change, overrides_of(overrides)) {
        (Ok(model), Ok(environment), Ok(change), Ok(overrides)) => {
            assemble(reference, &model, &environment, change.as_ref(), &overrides)
        }
        (model, environment, change, overrides) => {
            let problems = [model.err(), environment.err(), change.err(), overrides.err()];
            Err(ScenarioError::together(problems.into_iter().flatten()))
        }
    }
}

/// Checks one scenario file, or a scenario called as in [`load`], and tells which kind of file it is.
///
/// A file that sets nothing and extends nothing counts as an operating model. An environment is checked together with
/// the operating model `safe`, and so is a transformation.
///
/// # Errors
/// As [`load`].
pub fn check(reference: &str) -> Result<(Kind, Scenario), ScenarioError> {
    let called = Reference::parse(reference)?;
    if !is_path(reference) || called.environment.or(called.transformation).is_some() {
        let special = [Kind::Environment, Kind::Transformation];
        let kind = special
            .into_iter()
            .find(|kind| Library::find(*kind, reference).is_some());
        return of_kind(kind.unwrap_or(Kind::OperatingModel), reference);
    }
    let text = Text::open(Kind::OperatingModel, reference, None, None)?;
    let kind = kind_of(&text)?.unwrap_or(Kind::OperatingModel);
    of_kind(kind, reference)
}

/// A file of a kind as a scenario.
fn of_kind(kind: Kind, reference: &str) -> Result<(Kind, Scenario), ScenarioError> {
    let none: [&str; 0] = [];
    let scenario = match kind {
        Kind::Environment => load("safe", Some(reference), &none)?,
        Kind::OperatingModel => load(reference, None, &none)?,
        Kind::Transformation => load(&format!("safe+{reference}"), None, &none)?,
    };
    Ok((kind, scenario))
}

/// A transformation and the operating model that it leads to; without one the start stays.
struct Way {
    transformation: Chain,
    target: Option<Chain>,
}

impl Way {
    /// The transformation that was named, else the model's own, else none.
    fn load(named: Option<&str>, model: Option<&Chain>) -> Result<Option<Self>, ScenarioError> {
        let own = model.and_then(Chain::transformation);
        let transformation = match (named, own) {
            (Some(name), _) => Chain::load(Kind::Transformation, name, None, None)?,
            (None, Some((name, folder, at))) => Chain::load(Kind::Transformation, name, folder, Some(at))?,
            (None, None) => return Ok(None),
        };
        let target = match transformation.target() {
            Some((name, folder, at)) => Some(Chain::load(Kind::OperatingModel, name, folder, Some(at))?),
            None => None,
        };
        Ok(Some(Self {
            transformation,
            target,
        }))
    }

    /// What the scenario changes into, where `model` is where it starts.
    fn resolved(&self, model: &Chain, overrides: &[Given]) -> Result<Transformation, ScenarioError> {
        let mut assembly = Assembly::of_defaults();
        let target = self.target.as_ref().unwrap_or(model);
        // What is set for an arm is set where it starts, and where it stays.
        let overrides = overrides.iter().filter(|_| self.target.is_none());
        for setting in target.settings().chain(overrides) {
            assembly.apply(setting);
        }
        let (origins, _) = assembly.finish()?;
        Ok(Transformation {
            name: self.transformation.name.clone(),
            description: self.transformation.description(),
            target: target.name.clone(),
            origins,
        })
    }
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
    change: Option<&Way>,
    overrides: &[Given],
) -> Result<Scenario, ScenarioError> {
    let mut assembly = Assembly::of_defaults();
    let of_change = change
        .into_iter()
        .flat_map(|change| change.transformation.settings());
    let files = environment.settings().chain(model.settings()).chain(of_change);
    // How a change goes means nothing without one.
    let of_use = overrides
        .iter()
        .filter(|given| change.is_some() || given.parameter.group != TRANSFORMATION_GROUP);
    for setting in files.chain(of_use) {
        assembly.apply(setting);
    }
    let transformation = change
        .map(|change| change.resolved(model, overrides))
        .transpose()?;
    if let Some(transformation) = &transformation {
        assembly.change_into(&transformation.origins);
    }
    let (origins, parameters) = assembly.finish()?;
    Ok(Scenario {
        name: reference.to_owned(),
        description: model.description(),
        operating_model: model.name.clone(),
        transformation,
        environment: environment.name.clone(),
        warm_up_weeks: environment.warm_up_weeks().unwrap_or(WARM_UP_WEEKS),
        parameters,
        origins,
    })
}
