//! A scenario as plain data for a manifest, and back, bit for bit; never a file.
//!
//! JSON has no infinity and its readers differ in the last digit, so values and ends of ranges are texts: the shortest
//! decimal that reads back to the same number, `inf`, `true`, `false`, or the word of a choice.

use serde::{Deserialize, Serialize};
use sim_core::parameters::{Parameter, Value, table};

use crate::error::ScenarioError;
use crate::file::{LONGEST_WARM_UP_WEEKS, PROVENANCES};
use crate::load::Assembly;
use crate::scenario::{Origin, Scenario, Transformation};

/// A scenario with every parameter written out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResolvedScenario {
    /// How it was called.
    pub name: String,
    /// What the operating model stands for.
    pub description: String,
    /// Name of the operating model.
    pub operating_model: String,
    /// What it changes into, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transformation: Option<ResolvedTransformation>,
    /// Name of the environment.
    pub environment: String,
    /// Weeks before week 0 `[weeks]`.
    pub warm_up_weeks: u32,
    /// Every parameter, in the order of the table.
    pub settings: Vec<ResolvedSetting>,
}

/// How a [`ResolvedScenario`] changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResolvedTransformation {
    /// Name of the transformation.
    pub name: String,
    /// What it stands for.
    pub description: String,
    /// Name of the operating model that it leads to.
    pub target: String,
    /// Every parameter of that operating model, in the order of the table.
    pub settings: Vec<ResolvedSetting>,
}

/// One parameter of a [`ResolvedScenario`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResolvedSetting {
    /// `group.parameter`.
    pub path: String,
    /// Value as text.
    pub value: String,
    /// Low end of the plausible range as text; `null` if there is no range.
    pub low: Option<String>,
    /// High end of the plausible range as text; `null` if there is no range.
    pub high: Option<String>,
    /// `measured`, `seed` or `assumed`.
    pub provenance: String,
    /// Source in words.
    pub source: String,
    /// File and line, `--set`, or `default`.
    pub place: String,
}

impl From<&Scenario> for ResolvedScenario {
    fn from(scenario: &Scenario) -> Self {
        Self {
            name: scenario.name.clone(),
            description: scenario.description.clone(),
            operating_model: scenario.operating_model.clone(),
            transformation: scenario.transformation.as_ref().map(ResolvedTransformation::from),
            environment: scenario.environment.clone(),
            warm_up_weeks: scenario.warm_up_weeks,
            settings: scenario.origins.iter().map(ResolvedSetting::from).collect(),
        }
    }
}

impl From<&Transformation> for ResolvedTransformation {
    fn from(transformation: &Transformation) -> Self {
        Self {
            name: transformation.name.clone(),
            description: transformation.description.clone(),
            target: transformation.target.clone(),
            settings: transformation.origins.iter().map(ResolvedSetting::from).collect(),
        }
    }
}

impl TryFrom<&ResolvedTransformation> for Transformation {
    type Error = ScenarioError;

    fn try_from(record: &ResolvedTransformation) -> Result<Self, ScenarioError> {
        Ok(Self {
            name: record.name.clone(),
            description: record.description.clone(),
            target: record.target.clone(),
            origins: origins(&record.settings)?,
        })
    }
}

impl From<&Origin> for ResolvedSetting {
    fn from(origin: &Origin) -> Self {
        Self {
            path: origin.parameter.path(),
            value: origin.value.to_string(),
            low: origin.plausible.map(|(low, _)| low.to_string()),
            high: origin.plausible.map(|(_, high)| high.to_string()),
            provenance: origin.provenance.clone(),
            source: origin.source.clone(),
            place: origin.place.clone(),
        }
    }
}

impl TryFrom<&ResolvedScenario> for Scenario {
    type Error = ScenarioError;

    /// Rebuilds the scenario exactly as it was.
    ///
    /// # Errors
    /// If a parameter is missing, unknown, written twice or out of order, or a value is not allowed.
    fn try_from(record: &ResolvedScenario) -> Result<Self, ScenarioError> {
        if record.warm_up_weeks > LONGEST_WARM_UP_WEEKS {
            let weeks = record.warm_up_weeks;
            return Err(bad(format!(
                "warm_up_weeks = {weeks} is outside 0 to {LONGEST_WARM_UP_WEEKS} [weeks]"
            )));
        }
        let origins = origins(&record.settings)?;
        let transformation = record
            .transformation
            .as_ref()
            .map(Transformation::try_from)
            .transpose()?;
        let (origins, parameters) = Assembly::of_origins(origins, transformation.as_ref()).finish()?;
        Ok(Self {
            name: record.name.clone(),
            description: record.description.clone(),
            operating_model: record.operating_model.clone(),
            transformation,
            environment: record.environment.clone(),
            warm_up_weeks: record.warm_up_weeks,
            parameters,
            origins,
        })
    }
}

fn origins(settings: &[ResolvedSetting]) -> Result<Vec<Origin>, ScenarioError> {
    let mut rows = settings.iter();
    let mut origins = Vec::new();
    for parameter in table() {
        let path = parameter.path();
        let setting = rows
            .next()
            .ok_or_else(|| bad(format!("{path} is missing; {OTHER_VERSION}")))?;
        if setting.path != path {
            return Err(bad(format!(
                "found {} where {path} belongs; {OTHER_VERSION}",
                setting.path
            )));
        }
        origins.push(origin(parameter, setting)?);
    }
    match rows.next() {
        Some(extra) => Err(bad(format!(
            "there is no parameter {}; {OTHER_VERSION}",
            extra.path
        ))),
        None => Ok(origins),
    }
}

const OTHER_VERSION: &str =
    "the record was changed, or written by another version of the program; use that version";

fn origin(parameter: &'static Parameter, setting: &ResolvedSetting) -> Result<Origin, ScenarioError> {
    let value = parameter
        .parse(&setting.value)
        .map_err(|problem| bad(problem.to_string()))?;
    let plausible = plausible(parameter, value, setting)?;
    if !PROVENANCES.contains(&setting.provenance.as_str()) {
        let words = PROVENANCES.join(", ");
        return Err(bad(format!(
            "the provenance of {} is none of {words}",
            setting.path
        )));
    }
    Ok(Origin {
        parameter,
        value,
        plausible,
        provenance: setting.provenance.clone(),
        source: setting.source.clone(),
        place: setting.place.clone(),
    })
}

fn plausible(
    parameter: &Parameter,
    value: Value,
    setting: &ResolvedSetting,
) -> Result<Option<(f64, f64)>, ScenarioError> {
    let (low, high) = match (&setting.low, &setting.high) {
        (None, None) => return Ok(None),
        (Some(low), Some(high)) => (low, high),
        _ => return Err(bad(format!("{} has one end of a range only", setting.path))),
    };
    let ends = (number(low, setting)?, number(high, setting)?);
    let mode = value
        .as_number()
        .ok_or_else(|| bad(format!("{} has a range but is no number", setting.path)))?;
    let inside = ends.0 <= mode && mode <= ends.1 && ends.0 < ends.1;
    if inside && parameter.low <= ends.0 && ends.1 <= parameter.high && ends.1.is_finite() {
        return Ok(Some(ends));
    }
    Err(bad(format!(
        "the plausible range {low} to {high} of {} does not fit its value {mode}",
        setting.path
    )))
}

fn number(text: &str, setting: &ResolvedSetting) -> Result<f64, ScenarioError> {
    text.parse().map_err(|_| {
        bad(format!(
            "the plausible range of {} holds `{text}`, not a number",
            setting.path
        ))
    })
}

fn bad(reason: String) -> ScenarioError {
    ScenarioError::BadRecord { reason }
}
