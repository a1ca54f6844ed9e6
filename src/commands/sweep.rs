//! `orgsim sweep`: what happens across the settings of a plan.

mod design;

use experiments::sweep::{Sweep, sweep};
use reports::plots::sweep_plots;
use reports::sweep::{SweepReport, points_csv, runs_csv, sweep_object, sweep_words};
use scenarios::SweepPlan;
use scenarios::plan::{EXAMPLE, Factor};
use serde_json::{Map, Value, json};
use sim_core::simulation::run;

use crate::arguments::Sweep as Arguments;
use crate::experiment::{Experiment, Found};
use crate::failure::Failure;
use crate::output::print;
use design::{Bases, levels};

/// Sweeps, and writes what was found.
///
/// # Errors
/// If the plan or anything else that was given cannot be used, files cannot be written, every run fails, or somebody
/// interrupts.
pub fn execute(arguments: &Arguments) -> Result<(), Failure> {
    let Some(path) = arguments.plan.as_ref().filter(|_| !arguments.example) else {
        return print(EXAMPLE);
    };
    let options = &arguments.experiment;
    let plan = SweepPlan::read(path)?;
    let bases = Bases::load(&plan, options)?;
    let levels = levels(&plan, options.seed);
    let experiment = Experiment::begin(
        "sweep",
        options,
        (bases.arms(), bases.span(options)?),
        given(&plan),
    )?;
    let swept = Sweep {
        points: levels.iter().map(|levels| bases.point(&plan, levels)).collect(),
        worlds: plan.replications.into(),
        setting: experiment.setting(),
    };
    let found = experiment.under_way("Sweeping", |watch, cancel| sweep(&swept, &run, watch, cancel))?;
    if found.failures.len() == found.values.len() {
        let reason = found
            .failures
            .values()
            .next()
            .map_or("no reason is known", String::as_str);
        return Err(Failure::Study(format!(
            "every run failed; the first one: {reason}"
        )));
    }
    let report = SweepReport {
        arms: experiment.arms.iter().map(|arm| arm.name.clone()).collect(),
        outcome: options.outcome,
        seed: options.seed,
        span: experiment.span,
        design: plan.design.word(),
        factors: plan.factors,
        levels,
        swept: found,
    };
    let found = files(&report).map_err(|error| Failure::Files(format!("tables cannot be made: {error}")))?;
    experiment.publish(found)
}

/// What the plan says, for the manifest.
fn given(plan: &SweepPlan) -> Map<String, Value> {
    let factor =
        |factor: &Factor| json!({ "factor": factor.name(), "levels": format!("{:?}", factor.levels) });
    Map::from_iter([
        ("design".to_owned(), json!(plan.design.word())),
        ("points".to_owned(), json!(plan.points)),
        ("replications".to_owned(), json!(plan.replications)),
        ("factors".to_owned(), plan.factors.iter().map(factor).collect()),
    ])
}

fn files(report: &SweepReport) -> std::io::Result<Found> {
    let object = sweep_object(report);
    let mut json = serde_json::to_vec_pretty(&object)?;
    json.push(b'\n');
    let drawn = report.clone();
    Ok(Found {
        files: vec![
            ("points.csv".to_owned(), points_csv(report)?),
            ("runs.csv".to_owned(), runs_csv(report)?),
            ("sweep.json".to_owned(), json),
        ],
        plots: Box::new(move || sweep_plots(&drawn)),
        words: sweep_words(report),
        object,
    })
}
