//! `orgsim scenarios`: the library and scenario files, listed, shown, compared and checked.

use scenarios::{Change, Kind, Library, Origin, Scenario, check, diff, json_schema};
use sim_core::parameters::{GROUPS, Value};

use crate::arguments::{KindOfFile, Scenarios};
use crate::failure::Failure;
use crate::output::{columns, print, wrapped};

/// Does what was asked for.
///
/// # Errors
/// If a scenario is wrong or cannot be read, or standard output cannot be written.
pub fn execute(arguments: &Scenarios) -> Result<(), Failure> {
    match arguments {
        Scenarios::List => list(),
        Scenarios::Show { name, toml: true } => show_file(name),
        Scenarios::Show { name, toml: false } => show(name),
        Scenarios::Diff { a, b } => show_difference(a, b),
        Scenarios::Check { files } => check_all(files),
        Scenarios::Schema { kind } => print(&format!("{:#}\n", json_schema(kind_of(*kind)))),
    }
}

fn kind_of(kind: KindOfFile) -> Kind {
    match kind {
        KindOfFile::Environment => Kind::Environment,
        KindOfFile::OperatingModel => Kind::OperatingModel,
        KindOfFile::Transformation => Kind::Transformation,
    }
}

fn list() -> Result<(), Failure> {
    let environments = listed("Environments", Kind::Environment)?;
    let models = listed("Operating models", Kind::OperatingModel)?;
    let transformations = listed(
        "Transformations (behind a model: `safe+full` is safe, then transformed by full)",
        Kind::Transformation,
    )?;
    print(&format!("{environments}\n{models}\n{transformations}"))
}

fn listed(heading: &str, kind: Kind) -> Result<String, Failure> {
    let mut text = format!("{heading}\n");
    for file in Library::list(kind)? {
        let within = file.environment.map(|environment| format!(" (in {environment})"));
        let of = within
            .or_else(|| file.to.map(|to| format!(" (to {to})")))
            .unwrap_or_default();
        text += &format!("  {}{of}: {}\n", file.name, file.title);
        text += &wrapped(&file.description, "      ");
    }
    Ok(text)
}

/// A threshold at or below this can never be fallen short of.
const LOWEST: f64 = -1e9;

const LEGEND: &str = "\nparameter, value, unit, plausible range, provenance, place\n";

fn show(name: &str) -> Result<(), Failure> {
    let (kind, scenario) = check(name)?;
    let mut text = head(kind, &scenario) + LEGEND;
    for group in GROUPS
        .iter()
        .filter(|group| is_shown(kind, &scenario, group.name))
    {
        text += &format!("\n[{}]\n", group.name);
        let of_group = scenario
            .origins
            .iter()
            .filter(|origin| origin.parameter.group == group.name);
        let rows: Vec<Vec<String>> = of_group
            .map(|origin| {
                let range = origin.plausible.map(|(low, high)| format!("{low} to {high}"));
                vec![
                    format!("  {}", origin.parameter.name),
                    shown(origin),
                    origin.parameter.unit.to_owned(),
                    range.unwrap_or_else(|| "-".to_owned()),
                    origin.provenance.clone(),
                    origin.place.clone(),
                ]
            })
            .collect();
        text += &columns(&rows);
    }
    print(&text)
}

/// An operating model is shown with its company and, if it changes, with how.
fn is_shown(kind: Kind, scenario: &Scenario, group: &str) -> bool {
    match (kind, Kind::of_group(group)) {
        (Kind::OperatingModel, Some(Kind::Transformation)) => scenario.transformation.is_some(),
        (Kind::OperatingModel, _) => true,
        (_, of_group) => of_group == Some(kind),
    }
}

fn head(kind: Kind, scenario: &Scenario) -> String {
    match kind {
        Kind::Environment => {
            format!(
                "environment {}, {} weeks of warm-up\n",
                scenario.environment, scenario.warm_up_weeks
            )
        }
        Kind::OperatingModel => {
            let title = format!(
                "operating model {} in {}\n",
                scenario.operating_model, scenario.environment
            );
            title + &wrapped(&scenario.description, "") + &change(scenario)
        }
        Kind::Transformation => change(scenario),
    }
}

/// What a scenario changes into, in words; empty if it stays.
fn change(scenario: &Scenario) -> String {
    scenario
        .transformation
        .as_ref()
        .map_or_else(String::new, |change| {
            let title = format!(
                "transformation {}, which leads to {}\n",
                change.name, change.target
            );
            title + &wrapped(&change.description, "")
        })
}

fn show_file(name: &str) -> Result<(), Failure> {
    let (kind, scenario) = check(name)?;
    let text = scenario.to_toml();
    print(match kind {
        Kind::Environment => &text.environment,
        Kind::OperatingModel => &text.operating_model,
        Kind::Transformation => text.transformation.as_deref().unwrap_or_default(),
    })
}

fn show_difference(a: &str, b: &str) -> Result<(), Failure> {
    let (_, before) = check(a)?;
    let (_, after) = check(b)?;
    let changes = diff(&before, &after);
    if changes.is_empty() {
        return print(&format!("{a} and {b} are the same in every parameter.\n"));
    }
    let heads = ["parameter", a, b, "unit"].map(str::to_owned).to_vec();
    let rows: Vec<Vec<String>> = std::iter::once(heads)
        .chain(changes.iter().map(change_row))
        .collect();
    print(&columns(&rows))
}

fn change_row(change: &Change) -> Vec<String> {
    let side = |origin: &Origin| match origin.plausible {
        Some((low, high)) => format!("{} ({low} to {high})", shown(origin)),
        None => shown(origin),
    };
    let parameter = change.before.parameter;
    vec![
        parameter.path(),
        side(&change.before),
        side(&change.after),
        parameter.unit.to_owned(),
    ]
}

fn check_all(files: &[String]) -> Result<(), Failure> {
    let mut failures = Vec::new();
    for file in files {
        match check(file) {
            Ok((kind, scenario)) => print(&verdict(file, kind, &scenario))?,
            Err(error) => failures.push(Failure::from(error)),
        }
    }
    if failures.is_empty() {
        Ok(())
    } else {
        Err(Failure::together(failures))
    }
}

fn verdict(file: &str, kind: Kind, scenario: &Scenario) -> String {
    let labels = labels(file);
    let is_own = |origin: &&Origin| {
        let (label, _) = origin.place.rsplit_once(':').unwrap_or((&origin.place, ""));
        labels.iter().any(|own| own == label)
    };
    let values = match scenario.origins.iter().filter(is_own).count() {
        0 => "no value set (all are those of what it extends, or defaults)".to_owned(),
        1 => "1 value set".to_owned(),
        own => format!("{own} values set"),
    };
    let kind_words = match kind {
        Kind::Environment => "an environment",
        Kind::OperatingModel => "an operating model",
        Kind::Transformation => "a transformation",
    };
    format!("{file}: {kind_words}, {values}; it can be used.\n")
}

/// What the places of values in `reference` begin with: the path as it is, or the file in the library.
fn labels(reference: &str) -> Vec<String> {
    let parts = std::iter::once(reference).chain(reference.split(['@', '+']));
    let in_library = |part: &str| Kind::ALL.map(|kind| format!("library/{}/{part}.toml", kind.folder()));
    parts
        .flat_map(|part| std::iter::once(part.to_owned()).chain(in_library(part)))
        .collect()
}

/// The value for people: the lowest threshold there is stands for none.
fn shown(origin: &Origin) -> String {
    match origin.value {
        Value::Number(number) if number <= LOWEST && number <= origin.parameter.low => "never".to_owned(),
        value => value.to_string(),
    }
}
