//! `orgsim calibrate`: what a company looks like, from its history of work items.

use std::fs;
use std::path::Path;

use experiments::calibration::{
    Calibration, CalibrationPlan, MOST_PARAMETERS, Others, Prior, calibrate, figures, prior_of, seen,
    usual_priors,
};
use experiments::engine::Simulator;
use histories::{History, Options};
use reports::calibration::{
    CalibrationReport, calibration_object, calibration_words, draws_csv, fits_csv, posterior_csv,
    scenario_files,
};
use reports::plots::calibration_plots;
use scenarios::Scenario;
use serde_json::{Map, Value, json};
use sim_core::parameters::Parameter;

use super::bytes;
use crate::arguments::Calibrate;
use crate::arms::{Shared, load_arms};
use crate::experiment::{Experiment, Found};
use crate::failure::Failure;
use crate::output::print;

/// Infers the parameters and writes what was found.
///
/// # Errors
/// If something that was given cannot be used, files cannot be written, or somebody interrupts.
pub fn execute(arguments: &Calibrate) -> Result<(), Failure> {
    let Some(data) = arguments.data.as_deref().filter(|_| !arguments.example) else {
        return print(histories::EXAMPLE);
    };
    let scenario = scenario(arguments)?;
    let history = history(arguments, &scenario, data)?;
    let plan = plan(arguments, scenario, &history)?;
    plan.check()?;
    let options = arguments.options();
    let arms = (vec![plan.scenario.clone()], plan.span());
    let mut experiment = Experiment::begin("calibrate", &options, arms, given(&plan, data))?;
    let found = experiment.under_way("Calibrating", |watch, cancel| {
        calibrate(&plan, &Simulator, watch, cancel)
    })?;
    experiment.publish(published(report(plan, history, data, found))?)
}

/// What is inferred cannot be given.
fn refuse_given(arguments: &Calibrate, priors: &[Prior]) -> Result<(), Failure> {
    let is_given = |prior: &&Prior| {
        let path = prior.parameter.path();
        arguments.overrides.iter().any(|given| given.path() == path)
    };
    priors.iter().find(is_given).map_or(Ok(()), |prior| {
        let path = prior.parameter.path();
        Err(Failure::input(
            &format!("{path} is set by --set and inferred from the history, too"),
            &format!("leave out --set {path}, or name with --parameters what is to be inferred"),
        ))
    })
}

fn scenario(arguments: &Calibrate) -> Result<Scenario, Failure> {
    let shared = Shared {
        environment: arguments.environment.as_deref(),
        teams: None,
        overrides: &arguments.overrides,
    };
    let mut arms = load_arms(std::slice::from_ref(&arguments.model), shared)?;
    Ok(arms.swap_remove(0))
}

fn history(arguments: &Calibrate, scenario: &Scenario, data: &Path) -> Result<History, Failure> {
    let text = fs::read(data).map_err(|error| Failure::file("read", data, &error))?;
    let day = |word: &Option<String>| word.as_deref().and_then(histories::dates::day);
    let options = Options {
        columns: arguments.columns.clone(),
        dates: arguments.dates,
        estimate_unit: arguments.estimate_unit,
        effort_unit: arguments.effort_unit,
        people_per_team: scenario.parameters.company.people_per_team,
        teams: arguments.teams,
        from: day(&arguments.from),
        until: day(&arguments.until),
    };
    histories::read(&text, &options).map_err(|error| {
        Failure::input(
            &format!("{} cannot be used: {error}", data.display()),
            "`orgsim calibrate --example` prints a history that can; `orgsim calibrate --help` names its columns",
        )
    })
}

fn plan(arguments: &Calibrate, scenario: Scenario, history: &History) -> Result<CalibrationPlan, Failure> {
    let priors = priors(arguments, &scenario, history)?;
    refuse_given(arguments, &priors)?;
    Ok(CalibrationPlan {
        priors,
        scenario,
        others: if arguments.hold_others {
            Others::Held
        } else {
            Others::Drawn
        },
        observed: history.observed.clone(),
        schedule: if arguments.quick {
            CalibrationPlan::QUICK
        } else {
            CalibrationPlan::USUAL
        },
        seed: arguments.seed,
        threads: arguments.threads.unwrap_or(0),
    })
}

/// The parameters that were asked for, or the usual ones; a range that was given makes its parameter one of them.
fn priors(arguments: &Calibrate, scenario: &Scenario, history: &History) -> Result<Vec<Prior>, Failure> {
    let mut priors = if arguments.parameters.is_empty() {
        usual_priors(&history.observed.holds)
    } else {
        let asked = arguments.parameters.iter().map(|parameter| {
            refuse_words(parameter)?;
            let given = arguments.priors.iter().find(|(known, _, _)| known == parameter);
            let prior = given
                .map(|(parameter, low, high)| Prior::between(parameter, *low, *high))
                .or_else(|| prior_of(parameter, scenario));
            prior.ok_or_else(|| {
                Failure::input(
                    &format!("{} has no plausible range to look in", parameter.path()),
                    &format!(
                        "say what is held possible: --prior {}=LOW..HIGH",
                        parameter.path()
                    ),
                )
            })
        });
        asked.collect::<Result<Vec<Prior>, Failure>>()?
    };
    for (parameter, low, high) in &arguments.priors {
        let prior = Prior::between(parameter, *low, *high);
        match priors.iter_mut().find(|known| known.parameter == *parameter) {
            Some(known) => *known = prior,
            None => priors.push(prior),
        }
    }
    for prior in &priors {
        refuse_words(prior.parameter)?;
    }
    if let Some(prior) = priors
        .iter()
        .find(|prior| prior.parameter.path() == "company.teams")
    {
        return Err(Failure::input(
            &format!("{} is known from the history", prior.parameter.path()),
            "correct it with --teams",
        ));
    }
    if priors.len() > MOST_PARAMETERS {
        return Err(Failure::input(
            &format!("{} parameters are too many to infer together", priors.len()),
            &format!("name at most {MOST_PARAMETERS} with --parameters"),
        ));
    }
    Ok(priors)
}

fn refuse_words(parameter: &Parameter) -> Result<(), Failure> {
    if parameter.default.as_number().is_some() {
        return Ok(());
    }
    Err(Failure::input(
        &format!("{} is no number, so it cannot be inferred", parameter.path()),
        "infer numbers only, and try a calibration with each choice: --set",
    ))
}

/// What decides the figures besides the scenario, for the manifest.
fn given(plan: &CalibrationPlan, data: &Path) -> Map<String, Value> {
    let observed = &plan.observed;
    let items = seen(&observed.items, observed.weeks, &observed.holds);
    let priors: Vec<Value> = plan
        .priors
        .iter()
        .map(|prior| json!({ "parameter": prior.parameter.path(), "low": prior.low, "high": prior.high }))
        .collect();
    Map::from_iter([
        ("data".to_owned(), json!(file_name(data))),
        ("items".to_owned(), json!(items.len())),
        ("teams".to_owned(), json!(observed.teams)),
        (
            "observed".to_owned(),
            json!(figures(&items, observed.weeks, observed.teams, &observed.holds)),
        ),
        ("priors".to_owned(), Value::Array(priors)),
        ("hold_others".to_owned(), json!(plan.others == Others::Held)),
        ("simulations".to_owned(), json!(plan.schedule.simulations())),
    ])
}

fn file_name(data: &Path) -> String {
    data.file_name().map_or_else(
        || data.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

fn report(plan: CalibrationPlan, history: History, data: &Path, found: Calibration) -> CalibrationReport {
    CalibrationReport {
        found,
        history,
        data: file_name(data),
        scenario: plan.scenario,
        others: plan.others,
        seed: plan.seed,
    }
}

fn published(report: CalibrationReport) -> Result<Found, Failure> {
    let mut files = vec![
        ("posterior.csv".to_owned(), bytes(posterior_csv(&report.found))?),
        ("draws.csv".to_owned(), bytes(draws_csv(&report.found))?),
        ("figures.csv".to_owned(), bytes(fits_csv(&report.found))?),
    ];
    files.extend(scenario_files(&report));
    Ok(Found {
        files,
        words: calibration_words(&report),
        object: calibration_object(&report),
        plots: Box::new(move || calibration_plots(&report)),
    })
}
