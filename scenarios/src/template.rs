//! The company file to start from: sets nothing, shows everything; generated from the table.

use sim_core::parameters::{GROUPS, Group, Parameter, Value};

use crate::file::expected;
use crate::kind::Kind;
use crate::library::Library;
use crate::write::literal;

/// Longest comment line \[characters\].
const LINE_WIDTH: usize = 100;

/// An environment file, to be called `name`, in which every parameter is commented out with its default, unit, range and
/// meaning.
pub fn template(name: &str) -> String {
    let groups = GROUPS
        .iter()
        .filter(|group| Kind::of_group(group.name) == Some(Kind::Environment));
    head(name) + &groups.map(group).collect::<String>()
}

fn head(name: &str) -> String {
    format!(
        "# Your company and its market. Name this file behind any operating model:\n\
         #\n\
         #     orgsim compare safe empowered --environment {name}\n\
         #     orgsim run safe --environment {name}\n\
         #\n\
         # Nothing is set yet: every value is that of the environment named by `extends`. To set one, remove the `#` in\n\
         # front of it. A plain value is enough; to say how unsure you are, and why, write it in full:\n\
         #\n\
         #     coupling = {{ value = 0.6, low = 0.3, high = 1.2, provenance = \"measured\", source = \"our tracker, 2025\" }}\n\
         #\n\
         # `low` and `high` are the plausible range, `fixed = true` means there is none. `provenance` is measured, seed\n\
         # (a statement of a document) or assumed.\n\
         \n\
         title = \"My company\"\n\
         description = \"What it makes, for whom, and how it is organised.\"\n\
         source = \"Who filled in this file, and from what.\"\n\
         extends = \"{}\"\n",
        Library::DEFAULT_ENVIRONMENT
    )
}

fn group(group: &Group) -> String {
    let parameters = group.parameters.iter().map(parameter);
    format!("\n#{}\n[{}]\n", group.meaning, group.name) + &parameters.collect::<String>()
}

fn parameter(parameter: &Parameter) -> String {
    let plausible = match parameter.plausible {
        Some((low, high)) => format!(" Plausible: {low} to {high}."),
        None => String::new(),
    };
    let words = format!(
        "{} Allowed: {}.{plausible}",
        parameter.meaning,
        expected(parameter)
    );
    format!(
        "\n{}#{} = {}\n",
        comment(&words),
        parameter.name,
        short(parameter.default)
    )
}

/// Numbers as people write them; loading turns whole numbers into numbers where needed.
fn short(value: Value) -> String {
    match value {
        Value::Number(number) if number.abs() < 1e6 => number.to_string(),
        _ => literal(value),
    }
}

/// The words as comment lines, broken between words.
fn comment(words: &str) -> String {
    let mut lines = vec![String::from("#")];
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < LINE_WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(format!("# {word}")),
        }
    }
    lines.join("\n") + "\n"
}
