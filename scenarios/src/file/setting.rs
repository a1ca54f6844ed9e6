//! One parameter in a file: a plain value or an inline table, checked against its row; never a whole file.

use sim_core::parameters::{Parameter, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::Page;
use super::given::{Given, PROVENANCES, accept, expected, inherited_range};
use super::node::{found, meant, raw};
use crate::error::ScenarioError;
use crate::excerpt::Excerpt;
use crate::nearest::nearest;

/// Keys of the inline table of a parameter.
const KEYS: [&str; 6] = ["value", "low", "high", "fixed", "provenance", "source"];

/// Reads the parameter from its node; problems are added to `problems`, and then there is no setting.
pub(super) fn given(
    page: &Page,
    parameter: &'static Parameter,
    node: &Spanned<DeValue>,
    problems: &mut Vec<ScenarioError>,
) -> Option<Given> {
    let reading = Reading {
        page,
        parameter,
        node,
    };
    let result = match node.get_ref() {
        DeValue::Table(table) => reading.detailed(table),
        _ => reading.plain().map_err(|problem| vec![problem]),
    };
    result.map_err(|found| problems.extend(found)).ok()
}

struct Reading<'a> {
    page: &'a Page<'a>,
    parameter: &'static Parameter,
    node: &'a Spanned<DeValue<'a>>,
}

impl Reading<'_> {
    fn at(&self, node: &Spanned<DeValue>) -> Box<Excerpt> {
        self.page.at(node.span())
    }

    fn plain(&self) -> Result<Given, ScenarioError> {
        let value = self.value(&self.parameter.path(), self.node)?;
        Ok(Given {
            parameter: self.parameter,
            value,
            plausible: inherited_range(self.parameter, value),
            provenance: self.parameter.provenance.kind().to_owned(),
            source: self.parameter.provenance.source().to_owned(),
            at: *self.at(self.node),
        })
    }

    fn detailed(&self, table: &DeTable) -> Result<Given, Vec<ScenarioError>> {
        let mut problems = self.unknown_keys(table);
        let value = match table.get("value") {
            Some(node) => self.value(&self.parameter.path(), node),
            None => Err(self.incomplete("value")),
        };
        let value = value.map_err(|problem| problems.push(problem)).ok();
        let plausible = self
            .plausible(table, value)
            .map_err(|problem| problems.push(problem))
            .ok();
        let origin = self.origin(table).map_err(|problem| problems.push(problem)).ok();
        let (Some(value), Some(plausible), Some((provenance, source))) = (value, plausible, origin) else {
            return Err(problems);
        };
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Given {
            parameter: self.parameter,
            value,
            plausible,
            provenance,
            source,
            at: *self.at(self.node),
        })
    }

    fn value(&self, path: &str, node: &Spanned<DeValue>) -> Result<Value, ScenarioError> {
        match raw(self.parameter, node.get_ref()) {
            Some(value) => accept(self.parameter, path, value, self.at(node)),
            None => {
                let meant = meant(self.parameter, node.get_ref());
                Err(self.wrong_type(path, node, expected(self.parameter), meant))
            }
        }
    }

    fn plausible(&self, table: &DeTable, value: Option<Value>) -> Result<Option<(f64, f64)>, ScenarioError> {
        let fixed = match table.get("fixed") {
            None => false,
            Some(node) => self.switch(node)?,
        };
        let given = table.get("low").or(table.get("high"));
        match (table.get("low"), table.get("high"), given) {
            (_, _, Some(node)) if self.parameter.default.as_number().is_none() => {
                Err(self.bad_range(node, "only numbers have a range"))
            }
            (_, _, Some(node)) if fixed => {
                Err(self.bad_range(node, "`fixed = true` and a range contradict each other"))
            }
            (Some(low), Some(high), _) => self.range(low, high, value).map(Some),
            (_, _, Some(node)) => Err(self.bad_range(node, "`low` and `high` go together")),
            (None, None, _) if fixed => Ok(None),
            _ => Ok(value.and_then(|value| inherited_range(self.parameter, value))),
        }
    }

    fn range(
        &self,
        low_node: &Spanned<DeValue>,
        high_node: &Spanned<DeValue>,
        value: Option<Value>,
    ) -> Result<(f64, f64), ScenarioError> {
        let low = self.end("low", low_node)?;
        let high = self.end("high", high_node)?;
        let value = value.and_then(Value::as_number).unwrap_or(low);
        if low > value {
            return Err(self.bad_range(low_node, &format!("`low` is larger than the value {value}")));
        }
        if high < value {
            return Err(self.bad_range(high_node, &format!("`high` is smaller than the value {value}")));
        }
        if low == high {
            return Err(self.bad_range(low_node, "`low` and `high` are equal, so there is no range"));
        }
        Ok((low, high))
    }

    fn end(&self, name: &str, node: &Spanned<DeValue>) -> Result<f64, ScenarioError> {
        let path = format!("{} ({name})", self.parameter.path());
        let number = self.value(&path, node)?.as_number();
        number
            .filter(|number| number.is_finite())
            .ok_or_else(|| self.bad_range(node, "a plausible range has finite ends"))
    }

    fn origin(&self, table: &DeTable) -> Result<(String, String), ScenarioError> {
        let source = table
            .get("source")
            .map(|node| self.text(node, "source", "a text in quotes", &[]))
            .transpose()?;
        let words = "one of \"measured\", \"seed\", \"assumed\"";
        let provenance = table
            .get("provenance")
            .map(|node| self.text(node, "provenance", words, &PROVENANCES))
            .transpose()?;
        match (provenance, source.filter(|source| !source.trim().is_empty())) {
            (Some(provenance), Some(source)) => Ok((provenance, source)),
            (None, Some(source)) => Ok(("assumed".to_owned(), source)),
            (Some(_), None) => Err(self.incomplete("source")),
            (None, None) => {
                let table = self.parameter.provenance;
                Ok((table.kind().to_owned(), table.source().to_owned()))
            }
        }
    }

    /// A text, one of `words` unless there are none.
    fn text(
        &self,
        node: &Spanned<DeValue>,
        key: &str,
        expected: &str,
        words: &[&str],
    ) -> Result<String, ScenarioError> {
        match node.get_ref() {
            DeValue::String(text) if words.is_empty() || words.contains(&text.as_ref()) => {
                Ok(text.to_string())
            }
            _ => {
                let path = format!("{} ({key})", self.parameter.path());
                let word = node
                    .get_ref()
                    .as_str()
                    .and_then(|word| nearest(word, words.iter().copied()));
                let meant = word.map(|word| format!("\"{word}\""));
                Err(self.wrong_type(&path, node, expected.to_owned(), meant))
            }
        }
    }

    fn switch(&self, node: &Spanned<DeValue>) -> Result<bool, ScenarioError> {
        let path = format!("{} (fixed)", self.parameter.path());
        node.get_ref()
            .as_bool()
            .ok_or_else(|| self.wrong_type(&path, node, "true or false".to_owned(), None))
    }

    fn unknown_keys(&self, table: &DeTable) -> Vec<ScenarioError> {
        let unknown = table.keys().filter(|key| !KEYS.contains(&key.get_ref().as_ref()));
        unknown
            .map(|key| ScenarioError::UnknownKey {
                at: self.page.at(key.span()),
                within: format!("in the setting of {}", self.parameter.path()),
                key: key.get_ref().to_string(),
                nearest: nearest(key.get_ref(), KEYS),
                valid: format!(
                    "a setting has {}; its value is {}",
                    KEYS.join(", "),
                    expected(self.parameter)
                ),
            })
            .collect()
    }

    fn wrong_type(
        &self,
        path: &str,
        node: &Spanned<DeValue>,
        expected: String,
        meant: Option<String>,
    ) -> ScenarioError {
        let (at, path, found) = (self.at(node), path.to_owned(), found(node.get_ref()));
        ScenarioError::WrongType {
            at,
            path,
            found,
            expected,
            nearest: meant,
        }
    }

    fn bad_range(&self, node: &Spanned<DeValue>, reason: &str) -> ScenarioError {
        let (at, path) = (self.at(node), self.parameter.path());
        ScenarioError::PlausibleRange {
            at,
            path,
            reason: reason.to_owned(),
        }
    }

    fn incomplete(&self, missing: &'static str) -> ScenarioError {
        ScenarioError::Incomplete {
            at: self.at(self.node),
            path: self.parameter.path(),
            missing,
        }
    }
}
