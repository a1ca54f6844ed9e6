//! `orgsim sensitivity`: which assumptions matter.

use experiments::Simulator;
use experiments::sensitivity::indices::Ranking;
use experiments::sensitivity::{Failures, Sensitivity, SensitivityPlan};
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
    let screening = experiment.under_way("Screening", |watch, cancel| sensitivity.screen(watch, cancel))?;
    refuse_failures(arguments, &screening.failures, None)?;
    let explained = experiment.under_way("Explaining", |watch, cancel| {
        sensitivity.explain(&screening, watch, cancel)
    })?;
    refuse_failures(arguments, &screening.failures, Some(&explained.failures))?;
    let report = SensitivityReport {
        arms: experiment.arms.iter().map(|arm| arm.name.clone()).collect(),
        outcome: options.outcome,
        seed: options.seed,
        span: experiment.setting().span,
        ranking,
        screening,
        explained,
    };
    let found = found(&report).map_err(|error| Failure::Files(format!("tables cannot be made: {error}")))?;
    experiment.publish(found)
}

fn refuse_failures(
    arguments: &Arguments,
    screening: &Failures,
    explained: Option<&Failures>,
) -> Result<(), Failure> {
    match refusal(screening, explained) {
        Some(map) if !arguments.allow_failures => Err(Failure::Study(format!(
            "the design is incomplete, and what is left may be a selection\n{map}\n  = help: narrow the ranges where it \
             fails, or leave these companies out with --allow-failures"
        ))),
        _ => Ok(()),
    }
}

fn found(report: &SensitivityReport) -> std::io::Result<Found> {
    let object = sensitivity_object(report);
    let mut json = serde_json::to_vec_pretty(&object)?;
    json.push(b'\n');
    let mut files = vec![
        ("indices.csv".to_owned(), indices_csv(report)?),
        ("screening.csv".to_owned(), screening_csv(report)?),
        ("sensitivity.json".to_owned(), json),
    ];
    if report.screening.failures.points + report.explained.failures.points > 0 {
        files.push(("failures.csv".to_owned(), failures_csv(report)?));
    }
    let drawn = report.clone();
    Ok(Found {
        files,
        plots: Box::new(move || sensitivity_plots(&drawn)),
        words: sensitivity_words(report),
        object,
    })
}
