//! `orgsim run`: one scenario in one world, printed, as JSON, or as tables in a folder.

use std::fs;
use std::path::Path;

use reports::figures::{number, quantity};
use reports::single_run::{event_log_csv, event_log_text, weekly_series_csv};
use scenarios::Scenario;
use serde_json::{Map, Value, json};
use sim_core::outcomes::{Outcome, Series};
use sim_core::simulation::{self, Event, Request, Simulation, Span, WorldKey};
use studies::manifest::MANIFEST_FILE;
use studies::write_whole;

use crate::arguments::{Override, Run};
use crate::arms::{Shared, load_arms, span};
use crate::failure::Failure;
use crate::measurement::engine;
use crate::output::{columns, print};

/// The weekly table on the terminal has a row each quarter \[weeks\].
const ROW_EVERY_WEEKS: usize = 13;

/// Version of the shape of the JSON object.
const SCHEMA: u32 = 1;

/// A run with everything that identifies it.
struct Done<'a> {
    arguments: &'a Run,
    scenario: Scenario,
    span: Span,
    run: simulation::Run,
}

/// Runs the scenario in the world asked for.
///
/// # Errors
/// If the scenario cannot be used, or files cannot be written.
pub fn execute(arguments: &Run) -> Result<(), Failure> {
    let overrides = arguments.overrides.iter().map(|setting| Override {
        arm: None,
        setting: setting.clone(),
    });
    let overrides: Vec<Override> = overrides.collect();
    let shared = Shared {
        environment: arguments.environment.as_deref(),
        teams: arguments.teams,
        overrides: &overrides,
    };
    let arms = load_arms(std::slice::from_ref(&arguments.scenario), shared)?;
    let span = span(&arms, arguments.horizon)?;
    let request = Request {
        weekly: true,
        events: arguments.events,
        ..Request::default()
    };
    let key = WorldKey {
        seed: arguments.seed,
        replication: arguments.replication,
    };
    for scenario in arms {
        let run = simulation::run(&scenario.parameters, span, key, request);
        report(&Done {
            arguments,
            scenario,
            span,
            run,
        })?;
    }
    Ok(())
}

fn report(done: &Done) -> Result<(), Failure> {
    if let Some(folder) = &done.arguments.out {
        write_files(done, folder)?;
    }
    match (done.arguments.json, &done.arguments.out) {
        (true, _) => print(&format!("{}\n", object(done))),
        (false, Some(folder)) => print(&format!(
            "{}{}\nFiles: {}\n",
            title(done),
            outcomes(done),
            folder.display()
        )),
        (false, None) => print(&text(done)),
    }
}

fn text(done: &Done) -> String {
    let events = match done.arguments.events {
        true => format!("\n{}", event_log_text(&done.run.events)),
        false => "\nEvery event and what led to it: --events; every week: --out DIR or --json\n".to_owned(),
    };
    [title(done), outcomes(done), weeks(done), events].concat()
}

fn title(done: &Done) -> String {
    format!(
        "{} in {}: world {} of seed {}, {} weeks after {} of warm-up\n\n",
        done.scenario.name,
        done.scenario.environment,
        done.arguments.replication,
        done.arguments.seed,
        done.span.horizon_weeks,
        done.span.warm_up_weeks
    )
}

fn outcomes(done: &Done) -> String {
    let row = |outcome: &Outcome| {
        let value = done.run.outcomes.get(*outcome);
        let words = value.map_or_else(|| "none".to_owned(), |value| quantity(value, outcome.row().unit));
        vec![outcome.row().name.to_owned(), words]
    };
    columns(&Outcome::ALL.iter().map(row).collect::<Vec<_>>())
}

fn weeks(done: &Done) -> String {
    let heads = std::iter::once("week").chain(Series::ALL.iter().map(|series| series.name()));
    let mut rows = vec![heads.map(str::to_owned).collect::<Vec<_>>()];
    let last = done.run.weekly.len().saturating_sub(1);
    for (week, record) in done.run.weekly.iter().enumerate() {
        if week.is_multiple_of(ROW_EVERY_WEEKS) || week == last {
            rows.push(
                std::iter::once(week.to_string())
                    .chain(record.iter().map(|value| number(*value)))
                    .collect(),
            );
        }
    }
    format!("\nEach quarter\n{}", columns(&rows))
}

fn write_files(done: &Done, folder: &Path) -> Result<(), Failure> {
    if folder.join(MANIFEST_FILE).exists() {
        return Err(Failure::input(
            &format!(
                "{} holds a study, and a single run has no place in it",
                folder.display()
            ),
            "choose another folder with --out",
        ));
    }
    let refused = |error: std::io::Error| Failure::file("written", folder, &error);
    let outcomes = outcomes_csv(done).map_err(refused)?;
    let place = folder.join("outcomes.csv");
    if fs::read(&place).is_ok_and(|held| held != outcomes) {
        return Err(Failure::input(
            &format!("{} holds the tables of another run", folder.display()),
            "choose another folder with --out",
        ));
    }
    write_whole(&place, &outcomes)?;
    write_whole(
        &folder.join("weekly.csv"),
        &weekly_series_csv(&done.run.weekly).map_err(refused)?,
    )?;
    if done.arguments.events {
        write_whole(
            &folder.join("events.csv"),
            &event_log_csv(&done.run.events).map_err(refused)?,
        )?;
    }
    if done.arguments.items {
        write_whole(&folder.join("items.csv"), &items_csv(done).map_err(refused)?)?;
    }
    Ok(())
}

/// The history of the same run, which is kept apart from its figures.
fn items_csv(done: &Done) -> std::io::Result<Vec<u8>> {
    let key = WorldKey {
        seed: done.arguments.seed,
        replication: done.arguments.replication,
    };
    let mut simulation = Simulation::new(&done.scenario.parameters, done.span, key, Request::default());
    simulation.keep_history();
    while simulation.step() {}
    histories::write(&simulation.into_history(), done.span.horizon_weeks)
}

fn outcomes_csv(done: &Done) -> std::io::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["outcome", "unit", "value"])?;
    for outcome in Outcome::ALL {
        let value = done
            .run
            .outcomes
            .get(*outcome)
            .map_or_else(String::new, |value| value.to_string());
        table.write_record([outcome.row().name, outcome.row().unit, &value])?;
    }
    table.into_inner().map_err(csv::IntoInnerError::into_error)
}

fn object(done: &Done) -> Value {
    let outcomes: Map<String, Value> = Outcome::ALL
        .iter()
        .map(|outcome| of_outcome(done, *outcome))
        .collect();
    let weekly: Vec<Value> = done
        .run
        .weekly
        .iter()
        .enumerate()
        .map(|(week, record)| of_week(week, record))
        .collect();
    let events: Vec<Value> = done.run.events.iter().map(of_event).collect();
    json!({
        "schema": SCHEMA,
        "engine": engine(),
        "scenario": done.scenario.name,
        "environment": done.scenario.environment,
        "seed": done.arguments.seed,
        "replication": done.arguments.replication,
        "warm_up_weeks": done.span.warm_up_weeks,
        "horizon_weeks": done.span.horizon_weeks,
        "team_weeks": done.run.team_weeks,
        "outcomes": outcomes,
        "weekly": weekly,
        "events": if done.arguments.events { json!(events) } else { Value::Null },
    })
}

fn of_outcome(done: &Done, outcome: Outcome) -> (String, Value) {
    let row = outcome.row();
    (
        row.name.to_owned(),
        json!({ "unit": row.unit, "value": done.run.outcomes.get(outcome) }),
    )
}

fn of_week(week: usize, record: &[f64; Series::COUNT]) -> Value {
    let mut object = Map::new();
    object.insert("week".to_owned(), json!(week));
    for (series, value) in Series::ALL.iter().zip(record) {
        object.insert(series.name().to_owned(), json!(value));
    }
    Value::Object(object)
}

/// Needs are words: their numbers have more digits than readers of JSON keep.
fn of_event(event: &Event) -> Value {
    json!({
        "number": event.number,
        "week": event.week,
        "team": event.team,
        "kind": event.kind.word(),
        "need": event.need.map(|need| need.to_string()),
        "detail": event.detail,
        "cause": event.cause,
    })
}
