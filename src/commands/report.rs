//! `orgsim report`: one page to hand over from finished studies and experiments.

use std::path::{Path, PathBuf};

use reports::report::{About, Command, Experiment, Source, Study, report};
use reports::words::Verdict;
use serde_json::{Value, json};
use sim_core::outcomes::Outcome;
use sim_core::simulation::Span;
use studies::manifest::MANIFEST_FILE;
use studies::{Finished, FinishedExperiment, FinishedStudy, StudyError, VERDICT_FILE, write_whole};

use crate::again::quoted;
use crate::arguments::{Report, Speech};
use crate::arms::notes;
use crate::failure::Failure;
use crate::held::finished;
use crate::output::print;
use crate::reproduction::{comparison, reference, standard, usual_options};
use crate::results::SCENARIOS;

/// Version of the shape of the JSON object.
const SCHEMA: u32 = 1;
/// Name of the page unless somebody chooses another.
const PAGE: &str = "report.html";

/// A folder with what it holds, and the words of an experiment.
struct Held<'a> {
    folder: &'a Path,
    finished: Finished,
    verdict: Option<Verdict>,
}

/// Makes the page and writes it.
///
/// # Errors
/// If a folder holds nothing that is finished, or the page cannot be written.
pub fn execute(arguments: &Report) -> Result<(), Failure> {
    let path = path(arguments)?;
    refuse_twice(&arguments.folders)?;
    let held = arguments
        .folders
        .iter()
        .map(|folder| held(folder))
        .collect::<Result<Vec<_>, _>>()?;
    let sources = held.iter().map(source).collect::<Result<Vec<_>, _>>()?;
    let page = report(&sources).map_err(|error| Failure::Study(error.to_string()))?;
    write_whole(&path, &page)?;
    let sentences: Vec<String> = sources.iter().flat_map(Source::headlines).collect();
    match Speech::of(arguments.json, arguments.quiet) {
        Speech::Silent => Ok(()),
        Speech::Json => print(&format!("{}\n", object(arguments, &path, &page, &sentences))),
        Speech::Words => print(&format!(
            "{}\n\nPage: {} ({} KiB); open it in a browser, or print it\n",
            sentences.join("\n"),
            path.display(),
            page.len().div_ceil(1024)
        )),
    }
}

fn object(arguments: &Report, path: &Path, page: &[u8], headlines: &[String]) -> Value {
    let folders: Vec<String> = arguments
        .folders
        .iter()
        .map(|folder| folder.display().to_string())
        .collect();
    json!({
        "schema": SCHEMA,
        "page": path.display().to_string(),
        "bytes": page.len(),
        "folders": folders,
        "headlines": headlines,
    })
}

/// Where the page goes; never over something that is no page.
fn path(arguments: &Report) -> Result<PathBuf, Failure> {
    let Some(path) = &arguments.out else {
        let first = arguments.folders.first().map_or(Path::new("."), PathBuf::as_path);
        return Ok(first.join(PAGE));
    };
    if path.is_dir() {
        return Err(Failure::input(
            &format!("{} is a folder, and --out names a file", path.display()),
            &format!("--out {}", quoted(&path.join(PAGE).display().to_string())),
        ));
    }
    let is_page = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("html") || ending.eq_ignore_ascii_case("htm"));
    if !is_page {
        return Err(Failure::input(
            &format!(
                "--out {}: the page is HTML, and this name says something else",
                path.display()
            ),
            &format!(
                "--out {}",
                quoted(&path.with_extension("html").display().to_string())
            ),
        ));
    }
    Ok(path.clone())
}

fn refuse_twice(folders: &[PathBuf]) -> Result<(), Failure> {
    let same = |one: &Path, other: &Path| match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    };
    for (place, folder) in folders.iter().enumerate() {
        if folders[..place].iter().any(|other| same(other, folder)) {
            return Err(Failure::input(
                &format!("{} is named twice", folder.display()),
                "name each folder once; the page holds it once",
            ));
        }
    }
    Ok(())
}

fn held(folder: &Path) -> Result<Held<'_>, Failure> {
    let finished = finished(folder)?;
    let verdict = match &finished {
        Finished::Study(_) => None,
        Finished::Experiment(experiment) => {
            Some(Verdict::read(&experiment.verdict).map_err(|reason| bad_verdict(folder, &reason))?)
        }
    };
    Ok(Held {
        folder,
        finished,
        verdict,
    })
}

fn bad_verdict(folder: &Path, reason: &str) -> Failure {
    Failure::Files(format!(
        "`{}` is not what an experiment writes: {reason}\n  = help: give the command that made it again; it writes the same \
         folder",
        folder.join(VERDICT_FILE).display()
    ))
}

fn source<'a>(held: &'a Held) -> Result<Source<'a>, Failure> {
    match (&held.finished, &held.verdict) {
        (Finished::Study(study), _) => Ok(Source::Study(of_study(held.folder, study))),
        (Finished::Experiment(experiment), Some(verdict)) => of_experiment(held.folder, experiment, verdict),
        (Finished::Experiment(_), None) => Err(bad_verdict(held.folder, "there is none")),
    }
}

fn command(purpose: &str, line: String) -> Command {
    Command {
        purpose: purpose.to_owned(),
        line,
    }
}

fn of_study<'a>(folder: &Path, study: &'a FinishedStudy) -> Study<'a> {
    let plan = &study.plan;
    let shown = quoted(&folder.display().to_string());
    let mut again = vec![command(
        "With the folder: run it again and check every file, byte for byte",
        format!("orgsim rerun {shown}"),
    )];
    again.extend(
        comparison(plan)
            .map(|line| command("Without the folder: the same comparison from the library", line)),
    );
    let notes = notes(&plan.arms);
    Study {
        comparison: &study.comparison,
        plan,
        about: About {
            folder: folder.display().to_string(),
            engine: &study.manifest.engine,
            seed: plan.seed,
            span: plan.span,
            arms: &plan.arms,
            standards: plan.arms.iter().map(standard).collect(),
            again,
        },
        notes: notes.lines().map(str::to_owned).collect(),
        more: more(folder, study),
    }
}

/// Experiments on the first two arms.
fn more(folder: &Path, study: &FinishedStudy) -> Vec<Command> {
    let plan = &study.plan;
    let [first, other, ..] = plan.arms.as_slice() else {
        return Vec::new();
    };
    let arms = format!("{} {}", reference(folder, first), reference(folder, other));
    let options = usual_options(plan.seed, plan.span, plan.primary);
    [
        (
            "Which part of the change earns it, and what first",
            "attribute",
            "",
        ),
        ("Which of the assumptions decide", "sensitivity", ""),
        (
            "In which companies the other one would win",
            "breakeven",
            " --search",
        ),
    ]
    .map(|(purpose, name, more)| command(purpose, format!("orgsim {name} {arms}{more}{options}")))
    .into()
}

fn of_experiment<'a>(
    folder: &Path,
    experiment: &'a FinishedExperiment,
    verdict: &'a Verdict,
) -> Result<Source<'a>, Failure> {
    let manifest = &experiment.manifest;
    let outcome = Outcome::from_name(&manifest.outcome).ok_or_else(|| {
        Failure::from(StudyError::BadManifest {
            path: folder.join(MANIFEST_FILE),
            reason: format!("there is no outcome called {}", manifest.outcome),
        })
    })?;
    let plan = manifest.options.get("plan").and_then(Value::as_str);
    let purpose = match plan {
        Some(_) => "The same experiment, with the plan as it stands on this page".to_owned(),
        None if verdict.command.contains(".toml") => format!(
            "The same experiment; its scenarios lie in {} as well",
            folder.join(SCENARIOS).display()
        ),
        None => "The same experiment".to_owned(),
    };
    Ok(Source::Experiment(Experiment {
        name: &manifest.experiment,
        outcome,
        words: &verdict.words,
        plots: &experiment.plots,
        tables: &experiment.tables,
        plan,
        about: About {
            folder: folder.display().to_string(),
            engine: &manifest.engine,
            seed: manifest.seed,
            span: Span {
                warm_up_weeks: manifest.warm_up_weeks,
                horizon_weeks: manifest.horizon_weeks,
            },
            arms: &experiment.arms,
            standards: experiment.arms.iter().map(standard).collect(),
            again: vec![command(&purpose, verdict.command.clone())],
        },
    }))
}
