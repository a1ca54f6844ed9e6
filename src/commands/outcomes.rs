//! `orgsim outcomes`: the table of what a run reports.

use serde_json::{Value, json};
use sim_core::outcomes::Outcome;

use crate::arguments::Outcomes;
use crate::failure::Failure;
use crate::output::{columns, print, wrapped};

/// Prints the table.
///
/// # Errors
/// If standard output cannot be written.
pub fn execute(arguments: &Outcomes) -> Result<(), Failure> {
    if arguments.json {
        let list: Vec<Value> = Outcome::ALL.iter().map(|outcome| object(*outcome)).collect();
        print(&format!("{:#}\n", Value::from(list)))
    } else {
        print(&text())
    }
}

fn object(outcome: Outcome) -> Value {
    let row = outcome.row();
    json!({
        "name": row.name,
        "unit": row.unit,
        "better": row.direction.word(),
        "column": outcome.column(),
        "meaning": row.meaning,
    })
}

fn text() -> String {
    let heads = ["outcome", "unit", "better"].map(str::to_owned).to_vec();
    let rows = Outcome::ALL.iter().map(|outcome| {
        let row = outcome.row();
        [row.name, row.unit, row.direction.word()]
            .map(str::to_owned)
            .to_vec()
    });
    let table = columns(&std::iter::once(heads).chain(rows).collect::<Vec<_>>());
    let mut lines = table.lines();
    let head = lines.next().unwrap_or_default();
    let meanings = Outcome::ALL
        .iter()
        .map(|outcome| wrapped(outcome.row().meaning, "    "));
    let body = lines
        .zip(meanings)
        .map(|(line, meaning)| format!("{line}\n{meaning}"));
    let note = "A team-week cost is what one team costs in one week.";
    format!("{head}\n{}\n{note}\n", body.collect::<String>())
}
