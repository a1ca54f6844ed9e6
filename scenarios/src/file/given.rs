//! A parameter that somebody set, and the check of a value against its row of the table; never how it was written.

use sim_core::parameters::{Parameter, Parameters, SettingError, Value};

use crate::error::ScenarioError;
use crate::excerpt::Excerpt;

/// Words for where a value comes from.
pub(crate) const PROVENANCES: [&str; 3] = ["measured", "seed", "assumed"];

/// A parameter that somebody set.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    /// The parameter.
    pub parameter: &'static Parameter,
    /// Its value.
    pub value: Value,
    /// Plausible range, if it is uncertain.
    pub plausible: Option<(f64, f64)>,
    /// `measured`, `seed` or `assumed`.
    pub provenance: String,
    /// Source in words.
    pub source: String,
    /// Where it was set.
    pub at: Excerpt,
}

/// The range a value has when none is written: that of the table if it holds the value.
pub(super) fn inherited_range(parameter: &Parameter, value: Value) -> Option<(f64, f64)> {
    let number = value.as_number()?;
    parameter
        .plausible
        .filter(|(low, high)| number >= *low && number <= *high)
}

/// What values `parameter` takes, in words, with range and unit.
pub(crate) fn expected(parameter: &Parameter) -> String {
    match parameter.default {
        Value::Number(_) | Value::Whole(_) => format!("{} from {}", parameter.kind, range_of(parameter)),
        Value::Switch(_) => parameter.kind.to_owned(),
        Value::Choice(_) => {
            let words: Vec<_> = parameter
                .choices
                .iter()
                .map(|word| format!("\"{word}\""))
                .collect();
            format!("one of {}", words.join(", "))
        }
    }
}

/// Allowed range with unit: `0 to 40 [hours per person and week]`.
fn range_of(parameter: &Parameter) -> String {
    format!("{} [{}]", parameter.allowed(), parameter.unit)
}

/// The value as the parameter holds it, if kind and range allow it; `path` is what messages call it.
pub(crate) fn accept(
    parameter: &'static Parameter,
    path: &str,
    value: Value,
    at: Box<Excerpt>,
) -> Result<Value, ScenarioError> {
    let mut scratch = Parameters::default();
    let path = path.to_owned();
    match parameter.set(&mut scratch, value) {
        Ok(()) => Ok(parameter.get(&scratch)),
        Err(SettingError::OutOfRange {
            value: Value::Number(number),
            ..
        }) if number.is_nan() => Err(ScenarioError::NotANumber {
            at,
            path,
            allowed: range_of(parameter),
        }),
        Err(SettingError::OutOfRange { value, .. }) => Err(ScenarioError::OutOfRange {
            at,
            path,
            value: value.to_string(),
            allowed: range_of(parameter),
        }),
        Err(_) => {
            let expected = expected(parameter);
            Err(ScenarioError::WrongType {
                at,
                path,
                found: value.to_string(),
                expected,
                nearest: None,
            })
        }
    }
}
