//! `orgsim sensitivity`: which assumptions matter.

use std::io;
use std::sync::atomic::AtomicBool;

use experiments::evaluation::Watch;
use experiments::sensitivity::indices::Ranking;
use experiments::sensitivity::{Failures, Sensitivity, SensitivityPlan};
use experiments::{ComparisonError, Simulator};
use reports::plots::sensitivity_plots;
use reports::sensitivity::{
    SensitivityReport, failures_csv, indices_csv, refusal, screening_csv, sensitivity_object,
    sensitivity_words,
};
use serde_json::{Map, json};

use crate::arguments::Sensitivity as Arguments;
use crate::experiment::{Experiment, Found, arms_of, setting_of};
use crate::failure::Failure;

/// Screens, explains, and writes what was found.
///
/// # Errors
/// If something that was given cannot be used, files cannot be written, runs fail, or somebody interrupts.
pub fn execute(arguments: &Arguments) -> Result<(), Failure> {
    let options = &arguments.experiment;
    let ranking = if arguments.rank {
        Ranking::Ranks
    } else {
        Ranking::Values
    };
    let given = Map::from_iter([
        ("samples".to_owned(), json!(arguments.samples)),
        ("trajectories".to_owned(), json!(arguments.trajectories)),
        ("parameters".to_owned(), json!(arguments.parameters)),
        ("rank".to_owned(), json!(arguments.rank)),
    ]);
    let (arms, span) = arms_of(&arguments.arms, options)?;
    let plan = SensitivityPlan {
        arms: arms.clone(),
        setting: setting_of(options, span),
        trajectories: arguments.trajectories,
        rows: arguments.samples,
        parameters: arguments.parameters as usize,
        ranking,
    };
    let sensitivity = Sensitivity::new(plan, &Simulator)?;
    let mut experiment = Experiment::begin("sensitivity", options, (arms, span), given)?;
    let screening = round(&mut experiment, "Screening", None, |watch, cancel| {
        sensitivity.screen(watch, cancel)
    })?;
    refuse_failures(arguments, &experiment, &screening.failures, None)?;
    let explained = round(
        &mut experiment,
        "Explaining",
        Some(&screening.failures),
        |watch, cancel| sensitivity.explain(&screening, watch, cancel),
    )?;
    refuse_failures(
        arguments,
        &experiment,
        &screening.failures,
        Some(&explained.failures),
    )?;
    let report = SensitivityReport {
        arms: experiment.arms.iter().map(|arm| arm.name.clone()).collect(),
        outcome: options.outcome,
        seed: options.seed,
        span: experiment.setting().span,
        ranking,
        screening,
        explained,
    };
    let found = found(&report).map_err(unmade)?;
    experiment.publish(found)
}

/// Makes a round. If too little of it is complete to say anything, refuses with what failed in it and `before`.
fn round<T>(
    experiment: &mut Experiment,
    name: &'static str,
    before: Option<&Failures>,
    work: impl FnOnce(&mut dyn Watch, &AtomicBool) -> Result<T, ComparisonError>,
) -> Result<T, Failure> {
    let mut too_few = None;
    let made = experiment.under_way(name, |watch, cancel| {
        work(watch, cancel).inspect_err(|error| {
            if let ComparisonError::TooFewComplete { failures, .. } = error {
                too_few = Some((error.to_string(), failures.clone()));
            }
        })
    });
    match (too_few, before) {
        (None, _) => made,
        (Some((why, failures)), None) => Err(refused(experiment, &why, &failures, None)),
        (Some((why, failures)), Some(before)) => Err(refused(experiment, &why, before, Some(&failures))),
    }
}

fn refuse_failures(
    arguments: &Arguments,
    experiment: &Experiment,
    screening: &Failures,
    explained: Option<&Failures>,
) -> Result<(), Failure> {
    let is_complete = refusal(screening, explained).is_none();
    if is_complete || arguments.allow_failures {
        return Ok(());
    }
    let why = "what is left may be a selection; --allow-failures leaves these companies out";
    Err(refused(experiment, why, screening, explained))
}

/// Says what failed and why that is too much, and names every failure in a file.
fn refused(
    experiment: &Experiment,
    why: &str,
    screening: &Failures,
    explained: Option<&Failures>,
) -> Failure {
    let kept = failures_csv(screening, explained)
        .map_err(unmade)
        .and_then(|bytes| experiment.keep("failures.csv", &bytes));
    match kept {
        Err(failure) => failure,
        Ok(path) => Failure::Study(format!(
            "the design is incomplete\n{}\n{why}\n  = help: narrow the ranges where it fails; the first failures are in {}",
            refusal(screening, explained).unwrap_or_default(),
            path.display()
        )),
    }
}

fn unmade(error: io::Error) -> Failure {
    Failure::Files(format!("tables cannot be made: {error}"))
}

fn found(report: &SensitivityReport) -> io::Result<Found> {
    let object = sensitivity_object(report);
    let mut json = serde_json::to_vec_pretty(&object)?;
    json.push(b'\n');
    let mut files = vec![
        ("indices.csv".to_owned(), indices_csv(report)?),
        ("screening.csv".to_owned(), screening_csv(report)?),
        ("sensitivity.json".to_owned(), json),
    ];
    if report.screening.failures.points + report.explained.failures.points > 0 {
        let failures = failures_csv(&report.screening.failures, Some(&report.explained.failures))?;
        files.push(("failures.csv".to_owned(), failures));
    }
    let drawn = report.clone();
    Ok(Found {
        files,
        plots: Box::new(move || sensitivity_plots(&drawn)),
        words: sensitivity_words(report),
        object,
    })
}
