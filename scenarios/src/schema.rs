//! JSON Schema of the kinds of files, for editors; generated from the table.

use serde_json::{Map, Value as Json, json};
use sim_core::parameters::{GROUPS, Group, Parameter, Value};

use crate::file::{LONGEST_WARM_UP_WEEKS, PROVENANCES, expected};
use crate::kind::Kind;

/// JSON Schema (draft 7) of scenario files of one kind: types, ranges, choices and meaning of every parameter, each as
/// a plain value or as a table with range and source.
///
/// JSON Schema has no infinity: where a range has no upper end, `maximum` is left out.
pub fn json_schema(kind: Kind) -> Json {
    let mut properties = Map::new();
    for (name, words) in [
        ("title", "Short title."),
        ("description", "What it stands for, in plain words."),
        ("source", "Which document or literature it comes from."),
        (
            "extends",
            "Library name or path of a file of the same kind; only what differs is written here.",
        ),
    ] {
        properties.insert(name.to_owned(), json!({ "type": "string", "description": words }));
    }
    let (own, schema) = own_key(kind);
    properties.insert(own.to_owned(), schema);
    if kind == Kind::OperatingModel {
        let words = "Library name or path of the transformation that it goes through.";
        properties.insert(
            "transformation".to_owned(),
            json!({ "type": "string", "description": words }),
        );
    }
    for group in GROUPS
        .iter()
        .filter(|group| Kind::of_group(group.name) == Some(kind))
    {
        properties.insert(group.name.to_owned(), of_group(group));
    }
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": format!("orgsim {kind}"),
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    })
}

fn own_key(kind: Kind) -> (&'static str, Json) {
    match kind {
        Kind::Environment => (
            "warm_up_weeks",
            json!({
                "type": "integer", "minimum": 0, "maximum": LONGEST_WARM_UP_WEEKS,
                "description": "Weeks before week 0 under the same parameters. [weeks]",
            }),
        ),
        Kind::OperatingModel => (
            "environment",
            json!({
                "type": "string",
                "description": "Library name or path of the environment used when none is named.",
            }),
        ),
        Kind::Transformation => (
            "to",
            json!({
                "type": "string",
                "description": "Library name or path of the operating model it leads to; without it the start stays.",
            }),
        ),
    }
}

fn of_group(group: &Group) -> Json {
    let parameters: Map<_, _> = group
        .parameters
        .iter()
        .map(|parameter| (parameter.name.to_owned(), of_parameter(parameter)))
        .collect();
    json!({
        "type": "object",
        "description": group.meaning.trim(),
        "additionalProperties": false,
        "properties": parameters,
    })
}

fn of_parameter(parameter: &Parameter) -> Json {
    let value = of_value(parameter);
    let mut detailed = json!({
        "value": value,
        "fixed": { "type": "boolean", "description": "Whether the value has no plausible range." },
        "provenance": { "enum": PROVENANCES },
        "source": { "type": "string" },
    });
    if parameter.default.as_number().is_some() {
        detailed["low"] = value.clone();
        detailed["high"] = value.clone();
    }
    json!({
        "description": format!("{} Allowed: {}.", parameter.meaning, expected(parameter)),
        "anyOf": [
            value,
            { "type": "object", "required": ["value"], "additionalProperties": false, "properties": detailed },
        ],
    })
}

fn of_value(parameter: &Parameter) -> Json {
    match parameter.default {
        Value::Switch(_) => json!({ "type": "boolean" }),
        Value::Choice(_) => json!({ "enum": parameter.choices }),
        Value::Whole(_) => numeric("integer", parameter),
        Value::Number(_) => numeric("number", parameter),
    }
}

fn numeric(kind: &str, parameter: &Parameter) -> Json {
    let mut schema = json!({ "type": kind });
    for (key, end) in [("minimum", parameter.low), ("maximum", parameter.high)] {
        if end.is_finite() {
            schema[key] = json!(end);
        }
    }
    schema
}
