//! `orgsim sweep`: what happens across the settings of a plan.

mod design;

use experiments::evaluation::Setting;
use experiments::sweep::{Sweep, sweep};
use experiments::{Simulator, Slice};
use reports::plots::sweep_plots;
use reports::sweep::{SweepReport, points_table, push_run, runs_columns, sweep_object, sweep_words};
use scenarios::SweepPlan;
use scenarios::plan::{EXAMPLE, Factor};
use serde_json::{Map, Value, json};
use studies::{ExperimentFolder, Parts};

use crate::arguments::Sweep as Arguments;
use crate::experiment::{Experiment, Found, Manner};
use crate::failure::Failure;
use crate::output::print;
use design::{Bases, levels};

/// The name of the command.
pub const COMMAND: &str = "sweep";
/// The file of a finished sweep that holds its plan.
const PLAN: &str = "plan.toml";

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
    let experiment = Experiment::begin_large(
        COMMAND,
        options,
        (bases.arms(), bases.span(options)?),
        Map::from_iter([("plan".to_owned(), json!(plan.without_replications()))]),
        &bases.all(),
        (arguments.shard.unwrap_or(Slice::WHOLE), arguments.format),
        Some(plan.replications.into()),
    )?;
    swept(experiment, plan, &bases)
}

/// Sweeps what slices have left, and writes what was found.
///
/// # Errors
/// If the manifest makes no sense, a slice cannot be read, files cannot be written, every run fails, or somebody
/// interrupts.
pub fn merged(
    mut folder: ExperimentFolder,
    parts: &Parts,
    threads: usize,
    manner: Manner,
) -> Result<(), Failure> {
    folder.join(parts)?;
    recorded(folder, threads, manner)
}

/// Sweeps what a folder has left to do by its manifest alone, and writes what was found.
///
/// # Errors
/// If the manifest makes no sense, files cannot be written, every run fails, or somebody interrupts.
pub fn recorded(folder: ExperimentFolder, threads: usize, manner: Manner) -> Result<(), Failure> {
    let manifest = folder.manifest();
    let refused = |reason: &str| {
        Failure::Files(format!(
            "the manifest of the sweep makes no sense: {reason}\n  = help: put an untouched copy in its place"
        ))
    };
    let text = manifest.options.get("plan").and_then(Value::as_str);
    let replications = manifest
        .replications
        .ok_or_else(|| refused("the number of replications is missing"))?;
    let text = format!("replications = {replications}\n{}", text.unwrap_or_default());
    let plan = SweepPlan::parse("manifest.json", &text)?;
    let bases =
        Bases::recorded(&plan, manifest.scenarios()?).ok_or_else(|| refused("scenarios are missing"))?;
    let setting = Setting {
        span: manifest.span(),
        seed: manifest.seed,
        outcome: manifest.outcome().map_err(|reason| refused(&reason))?,
        threads,
    };
    let experiment = Experiment::of(COMMAND, bases.arms(), setting, folder, manner);
    swept(experiment, plan, &bases)
}

fn swept(mut experiment: Experiment, plan: SweepPlan, bases: &Bases) -> Result<(), Failure> {
    let setting = experiment.setting();
    let text = plan.to_string();
    let levels = levels(&plan, setting.seed);
    let design = Sweep {
        points: levels.iter().map(|levels| bases.point(&plan, levels)).collect(),
        worlds: plan.replications.into(),
        setting,
    };
    let found = experiment.under_way_in_slices("Sweeping", |watch, cancel| {
        sweep(&design, &Simulator, watch, cancel)
    })?;
    let Some(found) = found else {
        return Ok(());
    };
    if let Some((_, reason)) = found
        .first_failure
        .as_ref()
        .filter(|_| found.runs_failed == found.runs)
    {
        return Err(Failure::Study(format!(
            "every run failed; the first one: {reason}"
        )));
    }
    let names: Vec<String> = experiment.arms.iter().map(|arm| arm.name.clone()).collect();
    let report = SweepReport {
        factors: by_names(&plan, &names),
        arms: names,
        outcome: setting.outcome,
        seed: setting.seed,
        span: setting.span,
        design: plan.design.word(),
        levels,
        swept: found,
    };
    experiment.write_table("points", |format| points_table(&report, format))?;
    experiment.write_runs(&runs_columns(&report), report.swept.runs, |table, number, run| {
        push_run(table, &report, number, run)
    })?;
    let mut found =
        files(&report).map_err(|error| Failure::Files(format!("tables cannot be made: {error}")))?;
    found.files.push((PLAN.to_owned(), text.into_bytes()));
    experiment.publish(found)
}

/// The factors of the plan, which names arms by reference, with the names that reports give them.
fn by_names(plan: &SweepPlan, names: &[String]) -> Vec<Factor> {
    let name = |reference: &String| {
        let place = plan.arms.iter().position(|arm| arm == reference);
        place
            .and_then(|place| names.get(place))
            .unwrap_or(reference)
            .clone()
    };
    let named = |factor: &Factor| Factor {
        arm: factor.arm.as_ref().map(name),
        ..factor.clone()
    };
    plan.factors.iter().map(named).collect()
}

fn files(report: &SweepReport) -> std::io::Result<Found> {
    let object = sweep_object(report);
    let mut json = serde_json::to_vec_pretty(&object)?;
    json.push(b'\n');
    let drawn = report.clone();
    Ok(Found {
        files: vec![("sweep.json".to_owned(), json)],
        plots: Box::new(move || sweep_plots(&drawn)),
        words: sweep_words(report),
        object,
    })
}
