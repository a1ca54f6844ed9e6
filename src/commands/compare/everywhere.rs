//! `--environment all`: the same arms in every environment of the library, and one table over all of them.

use std::path::Path;

use experiments::result::{BasisResult, Comparison};
use reports::figures::{gap, gap_range, quantity};
use reports::sentences::{no_verdict_because, primary_view};
use reports::tables::differences_csv;
use scenarios::{Kind, Library};
use studies::manifest::MANIFEST_FILE;
use studies::write_whole;

use super::{Planned, budget, folder, manner, planned, speech};
use crate::arguments::{Compare, Speech};
use crate::execution::{Beginning, complete, open, refuse_lost_worlds};
use crate::failure::Failure;
use crate::output::{columns, print, tell};

/// The environment of the reference model, which is no company.
const NO_COMPANY: &str = "reference";

/// What was found in one environment.
struct Found {
    environment: &'static str,
    comparison: Comparison,
    object: String,
}

/// Compares the arms in every environment, each a study in a folder of its own.
///
/// # Errors
/// As in one environment; what was finished is kept.
pub fn execute(arguments: &Compare) -> Result<(), Failure> {
    refuse_contradictions(arguments)?;
    if let Some(out) = &arguments.out {
        refuse_study(out)?;
    }
    let plans = plans(arguments)?;
    let top = folder::of_all(arguments, &plans)?;
    refuse_study(&top)?;
    let all = plans
        .iter()
        .map(|(environment, planned)| found(arguments, environment, planned, &top))
        .collect::<Result<Vec<_>, _>>()?;
    write_differences(&all, &top.join("environments.csv"))?;
    match speech(arguments) {
        Speech::Silent => {}
        Speech::Json => print(&object(&all))?,
        Speech::Words => {
            let (seed, files) = (arguments.seed, top.display());
            let closing = format!(
                "`{NO_COMPANY}`, the market of the reference model, is no company and left out.\n\nFiles: {files}/<environment>, {files}/environments.csv\nSeed: {seed}\n"
            );
            print(&(table(&all) + &closing))?;
        }
    }
    all.iter()
        .try_for_each(|found| refuse_lost_worlds(&found.comparison))
}

fn refuse_contradictions(arguments: &Compare) -> Result<(), Failure> {
    if let Some(arm) = arguments.arms.iter().find(|arm| arm.contains('@')) {
        return Err(Failure::input(
            &format!("`{arm}` names an environment, and --environment all asks for every one"),
            "leave out one of the two",
        ));
    }
    if let Some(slice) = arguments.shard {
        return Err(Failure::input(
            &format!(
                "--shard {slice} is a slice of one study, and --environment all makes one for each environment"
            ),
            "name one environment at a time",
        ));
    }
    if arguments.bounds {
        return Err(Failure::input(
            "--bounds shows one environment, and --environment all asks for every one",
            "leave out one of the two, or name one environment",
        ));
    }
    Ok(())
}

fn environments() -> impl Iterator<Item = &'static str> {
    Library::of_kind(Kind::Environment)
        .map(|entry| entry.name)
        .filter(|name| *name != NO_COMPANY)
}

fn refuse_study(top: &Path) -> Result<(), Failure> {
    if top.join(MANIFEST_FILE).exists() {
        return Err(Failure::input(
            &format!(
                "{} holds a study, and --environment all makes a folder of studies",
                top.display()
            ),
            "choose another folder with --out",
        ));
    }
    Ok(())
}

/// What is compared in each environment; whatever is wrong with it is said before anything is simulated.
fn plans(arguments: &Compare) -> Result<Vec<(&'static str, Planned)>, Failure> {
    let of_environment = |environment| {
        let planned = planned(arguments, Some(environment))?;
        if speech(arguments) != Speech::Silent {
            let budget = planned.budget.as_deref().map_or_else(String::new, budget::text);
            budget
                .lines()
                .for_each(|line| tell(&format!("{environment}: {line}\n")));
        }
        Ok((environment, planned))
    };
    environments().map(of_environment).collect()
}

fn found(
    arguments: &Compare,
    environment: &'static str,
    planned: &Planned,
    top: &Path,
) -> Result<Found, Failure> {
    let beginning = if arguments.resume {
        Beginning::Either
    } else {
        Beginning::New
    };
    let mut study = open(
        &top.join(environment),
        top,
        &planned.plan,
        beginning,
        speech(arguments),
    )?;
    if speech(arguments) != Speech::Silent {
        tell(&format!("{environment} …\n"));
    }
    let mut object = String::new();
    let comparison = complete(&mut study, manner(arguments), |comparison, measurements| {
        object = planned.object(comparison, measurements);
        Ok(())
    })?;
    Ok(Found {
        environment,
        comparison,
        object,
    })
}

fn object(all: &[Found]) -> String {
    let of_environment = |found: &Found| format!("\"{}\":{}", found.environment, found.object);
    let objects: Vec<String> = all.iter().map(of_environment).collect();
    format!("{{\"schema\":1,\"environments\":{{{}}}}}\n", objects.join(","))
}

/// `differences.csv` of every environment below one another, with the environment in front.
fn write_differences(all: &[Found], path: &Path) -> Result<(), Failure> {
    let mut text = String::new();
    for found in all {
        let table =
            differences_csv(&found.comparison).map_err(|error| Failure::file("written", path, &error))?;
        let table = String::from_utf8_lossy(&table).into_owned();
        let mut lines = table.lines();
        let head = lines.next().unwrap_or_default();
        if text.is_empty() {
            text = format!("environment,{head}\n");
        }
        text.extend(lines.map(|line| format!("{},{line}\n", found.environment)));
    }
    Ok(write_whole(path, text.as_bytes())?)
}

/// One row for each environment, basis and pair.
fn table(all: &[Found]) -> String {
    let Some(first) = all.first() else {
        return String::new();
    };
    let primary = first.comparison.primary.row();
    let heads = [
        "environment",
        "basis",
        "arm against baseline",
        "mean of baseline",
        "mean difference",
        "95 % interval",
        "verdict",
    ];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for found in all {
        let bases = std::iter::once(&found.comparison.settings).chain(&found.comparison.plausible);
        rows.extend(bases.flat_map(|basis| of_basis(found, basis)));
    }
    format!(
        "{} [{}] in every environment\n\n{}",
        primary.name,
        primary.unit,
        columns(&rows)
    )
}

fn of_basis(found: &Found, basis: &BasisResult) -> Vec<Vec<String>> {
    basis
        .pairs
        .iter()
        .filter_map(|pair| of_pair(found, basis, pair.arm, pair.baseline))
        .collect()
}

/// Why there is none; neutral outcomes have no better direction.
fn no_verdict(basis: &BasisResult) -> String {
    no_verdict_because(basis).map_or_else(|| "none".to_owned(), |reason| format!("none: {reason}"))
}

fn of_pair(found: &Found, basis: &BasisResult, arm: usize, baseline: usize) -> Option<Vec<String>> {
    let view = primary_view(&found.comparison, basis, arm, baseline)?;
    let unit = view.outcome.row().unit;
    let summary = &view.difference.summary;
    let of_baseline = basis.arms[baseline]
        .outcomes
        .iter()
        .find(|(outcome, _)| *outcome == view.outcome);
    Some(vec![
        found.environment.to_owned(),
        basis.basis.word().to_owned(),
        format!("{} against {}", view.arm, view.baseline),
        of_baseline.map_or_else(String::new, |(_, summary)| quantity(summary.mean, unit)),
        gap(summary.mean, unit),
        summary
            .ci95
            .map_or_else(|| "unknown".to_owned(), |(low, high)| gap_range(low, high, unit)),
        view.difference
            .verdict
            .map_or_else(|| no_verdict(basis), |verdict| verdict.word().to_owned()),
    ])
}
