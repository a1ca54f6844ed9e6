//! The levels of a factor that is a parameter: a list, or a range with or without steps.

use std::ops::Range;

use sim_core::parameters::{Parameter, Value};
use toml::Spanned;
use toml::de::DeTable;

use super::reader::{Node, Reader};
use super::{DesignKind, Level, Levels, MOST_POINTS, within};
use crate::error::ScenarioError;
use crate::file::{accept, expected, found, meant, raw};

impl Reader<'_> {
    pub(super) fn levels(
        &mut self,
        table: &DeTable,
        span: Range<usize>,
        design: DesignKind,
        parameter: &'static Parameter,
    ) -> Option<Levels> {
        let path = parameter.path();
        match (table.get("values"), table.get("low"), table.get("high")) {
            (Some(node), None, None) if design.takes_values() => self.values(node, design, parameter),
            (Some(node), None, None) => {
                let what = format!("a {} design takes ranges, not `values`", design.word());
                self.bad(
                    node.span(),
                    &what,
                    "",
                    "write low = … and high = …, or use design = \"grid\"",
                );
                None
            }
            (None, Some(low), Some(high)) => {
                if parameter.default.as_number().is_none() {
                    let what = format!("{path} has no order, so it has no range");
                    let note = format!("it is {}", expected(parameter));
                    self.bad(
                        low.span(),
                        &what,
                        &note,
                        "list its `values`, in a grid or a table",
                    );
                    return None;
                }
                let [low_value, high_value] = [self.number(parameter, low)?, self.number(parameter, high)?];
                if low_value >= high_value {
                    let what = format!("the range of {path} is empty");
                    self.bad(
                        high.span(),
                        &what,
                        &format!("not above low = {low_value}"),
                        "write a `high` above `low`",
                    );
                    return None;
                }
                if !(low_value.is_finite() && high_value.is_finite()) {
                    self.bad(
                        high.span(),
                        &format!("the range of {path} has no end"),
                        "",
                        "write finite numbers",
                    );
                    return None;
                }
                if !design.takes_values() {
                    return Some(Levels::Range(low_value, high_value));
                }
                let steps = self.whole(table, "steps", 2, MOST_POINTS);
                let Some(steps) = steps else {
                    if !table.contains_key("steps") {
                        let what = format!("{path} has a range but no `steps`");
                        self.bad(
                            low.span(),
                            &what,
                            "",
                            "say how many levels: steps = 5; or list them as `values`",
                        );
                    }
                    return None;
                };
                Some(Levels::Listed(steps_between(
                    parameter, low_value, high_value, steps,
                )))
            }
            _ => {
                let has_values = table.contains_key("values");
                let what = if has_values {
                    format!("{path} has both `values` and a range")
                } else {
                    format!("{path} has no settings")
                };
                let place = table.get("parameter").map_or(span, Spanned::span);
                self.bad(place, &what, "", "give either `values`, or `low` and `high`");
                None
            }
        }
    }

    fn values(&mut self, node: &Node, design: DesignKind, parameter: &'static Parameter) -> Option<Levels> {
        let path = parameter.path();
        let Some(items) = node.get_ref().as_array().filter(|items| !items.is_empty()) else {
            self.bad(
                node.span(),
                &format!("{path} has no values"),
                "",
                "write a list such as values = [1, 2, 4]",
            );
            return None;
        };
        let before = self.problems.len();
        let values: Vec<Level> = items
            .iter()
            .filter_map(|item| self.value(parameter, item))
            .map(Level::Value)
            .collect();
        if self.problems.len() > before {
            return None;
        }
        self.listed(node, design, &path, values)
    }

    /// These levels, unless one of them comes twice in a grid, where every point with it would run twice.
    pub(super) fn listed(
        &mut self,
        node: &Node,
        design: DesignKind,
        name: &str,
        levels: Vec<Level>,
    ) -> Option<Levels> {
        let twice = (1..levels.len()).find(|index| levels[..*index].contains(&levels[*index]));
        let Some(index) = twice.filter(|_| design == DesignKind::Grid) else {
            return Some(Levels::Listed(levels));
        };
        let items = node.get_ref().as_array();
        let place = items.and_then(|items| items.get(index)).unwrap_or(node);
        self.bad(
            place.span(),
            &format!("{} comes twice among the levels of {name}", levels[index]),
            "the second one",
            "leave out one of them; for more worlds at each point raise `replications`",
        );
        None
    }

    fn value(&mut self, parameter: &'static Parameter, node: &Node) -> Option<Value> {
        let at = self.page.at(node.span());
        let path = parameter.path();
        let accepted = match raw(parameter, node.get_ref()) {
            Some(value) => accept(parameter, &path, value, at),
            None => Err(ScenarioError::WrongType {
                at,
                path,
                found: found(node.get_ref()),
                expected: expected(parameter),
                nearest: meant(parameter, node.get_ref()),
            }),
        };
        accepted.map_err(|problem| self.problems.push(problem)).ok()
    }

    fn number(&mut self, parameter: &'static Parameter, node: &Node) -> Option<f64> {
        self.value(parameter, node)?.as_number()
    }
}

/// `steps` levels in equal distance, rounded where the parameter is a whole number.
fn steps_between(parameter: &Parameter, low: f64, high: f64, steps: u64) -> Vec<Level> {
    let mut levels = Vec::new();
    for step in 0..steps {
        let value = within(parameter, low, high, step as f64 / (steps - 1) as f64);
        if levels.last() != Some(&Level::Value(value)) {
            levels.push(Level::Value(value));
        }
    }
    levels
}

#[cfg(test)]
mod tests {
    use crate::SweepPlan;

    #[test]
    fn a_level_that_comes_twice_in_a_grid_is_refused_with_its_place() {
        let refused = |factor: &str| {
            let text = format!("arms = [\"safe\"]\ndesign = \"grid\"\n[[factor]]\n{factor}\n");
            SweepPlan::parse("plan.toml", &text).unwrap_err().to_string()
        };
        let message = refused("parameter = \"environment.coupling\"\nvalues = [0.1, 0.2, 0.1]");
        for words in ["0.1 comes twice", "plan.toml:5:21", "leave out"] {
            assert!(message.contains(words), "{message}");
        }
        let message = refused("environment = [\"bank\", \"startup\", \"bank\"]");
        for words in ["bank comes twice", "plan.toml:4:35", "leave out"] {
            assert!(message.contains(words), "{message}");
        }
    }

    #[test]
    fn a_table_may_hold_a_level_twice_and_a_point_once() {
        let read = |coupling: &str| {
            let text = format!(
                "arms = [\"safe\"]\ndesign = \"table\"\n[[factor]]\nparameter = \"environment.coupling\"\nvalues = {coupling}\n\
                 [[factor]]\nparameter = \"strategy.clarity\"\nvalues = [0.5, 0.6, 0.5]\n"
            );
            SweepPlan::parse("plan.toml", &text)
        };
        assert!(read("[0.1, 0.1, 0.2]").is_ok());
        let message = read("[0.1, 0.2, 0.1]").unwrap_err().to_string();
        for words in ["points 1 and 3 are the same", "leave out"] {
            assert!(message.contains(words), "{message}");
        }
    }
}
