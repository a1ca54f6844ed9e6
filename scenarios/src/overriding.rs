//! Overrides from the command line, `group.parameter=value`; the last one of a parameter counts.

use std::ops::Range;

use sim_core::parameters::{GROUPS, Group, Parameter, find, table};

use crate::error::ScenarioError;
use crate::excerpt::Excerpt;
use crate::file::{Given, accept, expected};
use crate::nearest::{nearest, nearest_in, valid_in};

/// What messages call the place of an override.
const PLACE: &str = "--set";
/// What is said of `{ value = …, low = … }`.
const TABLE: &str =
    "one plain value is taken here; ranges and sources stand in a file, as `orgsim init` writes it";
/// What is recorded as the source of an overridden value.
const SOURCE: &str = "set on the command line";

/// The setting that an override makes; it has no plausible range, because who sets it wants this value.
///
/// # Errors
/// If it is not `group.parameter=value`, there is no such parameter, or the value is not allowed.
pub(crate) fn parse(text: &str) -> Result<Given, ScenarioError> {
    let (path, word) = text.split_once('=').ok_or_else(|| bad(text, "there is no `=`"))?;
    let (group, name) = path.split_once('.').ok_or_else(|| without_group(text, path))?;
    let parameter = named(text, group, name)?;
    let at = excerpt(text, path.len() + 1..text.len());
    let value = match parameter.parse(word.trim()) {
        Ok(value) => accept(parameter, &parameter.path(), value, Box::new(at.clone()))?,
        Err(_) if word.trim_start().starts_with('{') => return Err(bad(text, TABLE)),
        Err(_) => return Err(wrong_type(parameter, word.trim(), at)),
    };
    Ok(Given {
        parameter,
        value,
        plausible: None,
        provenance: "assumed".to_owned(),
        source: SOURCE.to_owned(),
        at,
    })
}

fn named(text: &str, group: &str, name: &str) -> Result<&'static Parameter, ScenarioError> {
    let start = group.len() + 1;
    let (group_name, name_span) = (group.trim(), start..start + name.len());
    let Some(known) = GROUPS.iter().find(|known| known.name == group_name) else {
        return Err(unknown(
            text,
            0..group.len(),
            group_name,
            "among the groups of parameters",
            any_path(group_name, name),
        ));
    };
    find(known.name, name.trim()).ok_or_else(|| unknown_name(text, name_span, known, name.trim()))
}

fn unknown_name(text: &str, span: Range<usize>, group: &Group, name: &str) -> ScenarioError {
    let elsewhere = table()
        .find(|parameter| parameter.name == name)
        .map(Parameter::path);
    let meant = elsewhere.or_else(|| nearest_in(group, name).map(|found| format!("{}.{found}", group.name)));
    ScenarioError::UnknownKey {
        at: Box::new(excerpt(text, span)),
        within: format!("in [{}]", group.name),
        key: name.to_owned(),
        nearest: meant,
        valid: valid_in(group),
    }
}

/// The full name that was most likely meant by a group that does not exist.
fn any_path(group: &str, name: &str) -> Option<String> {
    let groups = GROUPS.iter().map(|known| known.name);
    if let Some(parameter) = nearest(group, groups).and_then(|group| find(&group, name.trim())) {
        return Some(parameter.path());
    }
    table()
        .find(|parameter| parameter.name == name.trim())
        .map(Parameter::path)
}

fn without_group(text: &str, path: &str) -> ScenarioError {
    let name = path.trim();
    match table().find(|parameter| parameter.name == name) {
        Some(parameter) => bad(text, &format!("the group is missing: `{}`", parameter.path())),
        None => bad(text, "there is no `.` between group and parameter"),
    }
}

fn unknown(
    text: &str,
    span: Range<usize>,
    key: &str,
    within: &str,
    nearest: Option<String>,
) -> ScenarioError {
    let groups: Vec<_> = GROUPS.iter().map(|group| group.name).collect();
    let valid = format!("there are {}", groups.join(", "));
    let at = Box::new(excerpt(text, span));
    ScenarioError::UnknownKey {
        at,
        within: within.to_owned(),
        key: key.to_owned(),
        nearest,
        valid,
    }
}

fn wrong_type(parameter: &Parameter, word: &str, at: Excerpt) -> ScenarioError {
    let found = if word.is_empty() {
        "empty".to_owned()
    } else {
        format!("the word `{word}`")
    };
    let meant = nearest(word.trim_matches(['"', '\'']), parameter.choices.iter().copied());
    let (path, expected) = (parameter.path(), expected(parameter));
    ScenarioError::WrongType {
        at: Box::new(at),
        path,
        found,
        expected,
        nearest: meant,
    }
}

fn bad(text: &str, reason: &str) -> ScenarioError {
    ScenarioError::BadOverride {
        at: Box::new(excerpt(text, 0..text.len())),
        reason: reason.to_owned(),
    }
}

fn excerpt(text: &str, span: Range<usize>) -> Excerpt {
    Excerpt::new(PLACE, text, span)
}
