//! A scenario back to the text of its files, every parameter written out; never opens a file.

use sim_core::parameters::{GROUPS, Group, Parameter, Value};

use crate::kind::Kind;
use crate::scenario::{Origin, Scenario, Transformation};

/// The two files of a scenario. Loaded as `operating-model.toml@environment.toml` they give the same parameters,
/// plausible ranges, provenance and sources, bit for bit; with a transformation, `operating-model.toml+transformation.toml`
/// does so beside a file of the operating model it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioText {
    /// Text of the environment file.
    pub environment: String,
    /// Text of the operating-model file.
    pub operating_model: String,
    /// Text of the transformation file, if it changes.
    pub transformation: Option<String>,
}

impl Scenario {
    /// The scenario as two files that depend on no other file.
    pub fn to_toml(&self) -> ScenarioText {
        let source = quoted(&format!("resolved from the scenario {}", self.name));
        let environment_title = quoted(&format!("Environment {}, every parameter", self.environment));
        let model_title = quoted(&format!(
            "Operating model {}, every parameter",
            self.operating_model
        ));
        let environment_words = quoted(&format!(
            "The environment {} of this study, written out.",
            self.environment
        ));
        let environment_head = format!(
            "title = {environment_title}\ndescription = {environment_words}\nsource = {source}\nwarm_up_weeks = {}\n",
            self.warm_up_weeks
        );
        let model_words = quoted(&self.description);
        let model_head = format!("title = {model_title}\ndescription = {model_words}\nsource = {source}\n");
        ScenarioText {
            environment: environment_head + &groups(&self.origins, Kind::Environment),
            operating_model: model_head + &groups(&self.origins, Kind::OperatingModel),
            transformation: self
                .transformation
                .as_ref()
                .map(|change| self.change(change, &source, &change.target)),
        }
    }

    /// The transformation as two files that depend on no other file, if there is one: its own, which leads to
    /// `target_file` beside it, and that one.
    pub fn change_to_toml(&self, target_file: &str) -> Option<[String; 2]> {
        let change = self.transformation.as_ref()?;
        let source = quoted(&format!("resolved from the scenario {}", self.name));
        let title = quoted(&format!("Operating model {}, every parameter", change.target));
        let words = quoted(&format!(
            "The operating model that {} leads to, written out.",
            change.name
        ));
        let head = format!("title = {title}\ndescription = {words}\nsource = {source}\n");
        Some([
            self.change(change, &source, target_file),
            head + &groups(&change.origins, Kind::OperatingModel),
        ])
    }

    fn change(&self, change: &Transformation, source: &str, to: &str) -> String {
        let title = quoted(&format!("Transformation {}, every parameter", change.name));
        let (words, to) = (quoted(&change.description), quoted(to));
        format!("title = {title}\ndescription = {words}\nsource = {source}\nto = {to}\n")
            + &groups(&self.origins, Kind::Transformation)
    }
}

fn groups(origins: &[Origin], kind: Kind) -> String {
    GROUPS
        .iter()
        .filter(|group| Kind::of_group(group.name) == Some(kind))
        .map(|of_kind| group(origins, of_kind))
        .collect()
}

fn group(origins: &[Origin], group: &Group) -> String {
    let settings = origins
        .iter()
        .filter(|origin| origin.parameter.group == group.name)
        .map(setting);
    format!("\n#{}\n[{}]\n", group.meaning, group.name) + &settings.collect::<String>()
}

/// A value that was measured, with its range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimated {
    /// The parameter.
    pub parameter: &'static Parameter,
    /// Its most likely value, whole where the parameter is.
    pub value: f64,
    /// Its plausible range, if there is one.
    pub range: Option<(f64, f64)>,
}

/// The text of a file that extends another one by measured values; `source` says by what they were measured.
pub fn estimated_file(
    title: &str,
    description: &str,
    source: &str,
    extends: &str,
    settings: &[Estimated],
) -> String {
    let head = format!(
        "title = {}\ndescription = {}\nsource = {}\nextends = {}\n",
        quoted(title),
        quoted(description),
        quoted(source),
        quoted(extends)
    );
    let line = |setting: &Estimated| {
        let value = match setting.parameter.default {
            Value::Whole(_) => format!("{:.0}", setting.value),
            _ => format!("{:?}", setting.value),
        };
        let range = match setting.range {
            Some((low, high)) => format!(", low = {low:?}, high = {high:?}"),
            None => ", fixed = true".to_owned(),
        };
        format!(
            "{} = {{ value = {value}{range}, provenance = \"measured\", source = {} }}\n",
            setting.parameter.name,
            quoted(source)
        )
    };
    let group = |group: &Group| {
        let own = settings
            .iter()
            .filter(|setting| setting.parameter.group == group.name);
        let lines: String = own.map(line).collect();
        if lines.is_empty() {
            lines
        } else {
            format!("\n[{}]\n{lines}", group.name)
        }
    };
    head + &GROUPS.iter().map(group).collect::<String>()
}

/// One line: `hours = { value = 3.0, low = 0.0, high = 6.0, provenance = "seed", source = "…" }`.
fn setting(origin: &Origin) -> String {
    let range = match (origin.plausible, origin.parameter.plausible) {
        (Some((low, high)), _) => format!(", low = {low:?}, high = {high:?}"),
        // Without this the reader would take the range of the table.
        (None, Some(_)) => ", fixed = true".to_owned(),
        (None, None) => String::new(),
    };
    format!(
        "{} = {{ value = {}{range}, provenance = {}, source = {} }}\n",
        origin.parameter.name,
        literal(origin.value),
        quoted(&origin.provenance),
        quoted(&origin.source)
    )
}

/// The value as TOML. `{:?}` of a number is the shortest text that reads back to the same bits.
pub(crate) fn literal(value: Value) -> String {
    match value {
        Value::Number(number) => format!("{number:?}"),
        Value::Choice(word) => quoted(word),
        Value::Whole(_) | Value::Switch(_) => value.to_string(),
    }
}

/// The text as a TOML string.
pub(crate) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
