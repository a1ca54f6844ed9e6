//! One TOML value: what it is as a value of a parameter, and in words; never whether it is allowed.

use sim_core::parameters::{Parameter, Value};
use toml::de::DeValue;

use crate::nearest::nearest;

/// The TOML value as a value of the parameter's kind, not yet checked against its range.
pub(crate) fn raw(parameter: &Parameter, node: &DeValue) -> Option<Value> {
    match (node, parameter.default) {
        (DeValue::Boolean(on), Value::Switch(_)) => Some(Value::Switch(*on)),
        (DeValue::String(word), Value::Choice(_)) => parameter
            .choices
            .iter()
            .find(|choice| *choice == word)
            .map(|choice| Value::Choice(choice)),
        (DeValue::Integer(_) | DeValue::Float(_), Value::Number(_) | Value::Whole(_)) => {
            number(node).map(Value::Number)
        }
        _ => None,
    }
}

/// The number a node holds; `None` if it is too large to hold, or no number.
fn number(node: &DeValue) -> Option<f64> {
    match node {
        DeValue::Integer(digits) => i128::from_str_radix(digits.as_str(), digits.radix())
            .ok()
            .map(|whole| whole as f64),
        DeValue::Float(digits) => {
            let number: f64 = digits.as_str().parse().ok()?;
            (number.is_finite() || !digits.as_str().contains(|letter: char| letter.is_ascii_digit()))
                .then_some(number)
        }
        _ => None,
    }
}

/// Longest text that is repeated in a message \[characters\].
const LONGEST_SHOWN: usize = 40;

/// What was found, in words.
pub(crate) fn found(node: &DeValue) -> String {
    match node {
        DeValue::String(text) if text.chars().count() <= LONGEST_SHOWN => format!("the text \"{text}\""),
        DeValue::String(_) => "a long text".to_owned(),
        DeValue::Integer(digits) => format!("{digits}"),
        DeValue::Float(digits) => format!("{digits}"),
        DeValue::Boolean(on) => format!("{on}"),
        DeValue::Datetime(_) => "a date".to_owned(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

/// What may have been meant by a value of the wrong type, as it would be written: one of the choices, or a number or
/// switch without its quotes.
pub(crate) fn meant(parameter: &Parameter, node: &DeValue) -> Option<String> {
    let word = node.as_str()?;
    match parameter.default {
        Value::Choice(_) => {
            nearest(word, parameter.choices.iter().copied()).map(|choice| format!("\"{choice}\""))
        }
        _ => parameter.parse(word.trim()).ok().map(|_| word.trim().to_owned()),
    }
}
