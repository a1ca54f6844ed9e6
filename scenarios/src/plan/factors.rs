//! The factors of a plan: what each changes, in which arm; never two on one thing.

use std::ops::Range;

use sim_core::parameters::{GROUPS, Parameter, find, table};
use toml::Spanned;
use toml::de::DeTable;

use super::reader::{Node, Reader};
use super::{DesignKind, Factor, Level, Target};
use crate::error::ScenarioError;
use crate::file::found;
use crate::kind::Kind;
use crate::nearest::nearest;

const FACTOR_KEYS: [&str; 8] = [
    "parameter",
    "environment",
    "operating_model",
    "arm",
    "values",
    "low",
    "high",
    "steps",
];

impl Reader<'_> {
    pub(super) fn factors(&mut self, table: &DeTable, design: DesignKind, arms: &[String]) -> Vec<Factor> {
        let remedy = "add a [[factor]] with `parameter` and `values`, or `low` and `high`; see `orgsim sweep --example`";
        let Some(node) = table.get("factor") else {
            self.bad(
                0..0,
                "the plan has no factor, so there is nothing to sweep",
                "",
                remedy,
            );
            return Vec::new();
        };
        let Some(items) = node.get_ref().as_array() else {
            self.bad(
                node.span(),
                "`factor` is not a list of tables",
                "",
                "write [[factor]] with two brackets",
            );
            return Vec::new();
        };
        let mut factors: Vec<Factor> = Vec::new();
        for item in items {
            let Some(table) = item.get_ref().as_table() else {
                self.bad(
                    item.span(),
                    "a factor is not a table",
                    "",
                    "write [[factor]] with two brackets",
                );
                continue;
            };
            let Some(factor) = self.factor(table, item.span(), design, arms) else {
                continue;
            };
            // In all arms and in one of them at once is twice, too.
            let is_same = |other: &Factor| {
                other.target == factor.target
                    && (other.arm == factor.arm || other.arm.is_none() || factor.arm.is_none())
            };
            if factors.iter().any(is_same) {
                let place = ["parameter", "environment", "operating_model"]
                    .iter()
                    .find_map(|key| table.get(*key));
                let what = format!("two factors set {}", factor.name());
                self.bad(
                    place.map_or(item.span(), Spanned::span),
                    &what,
                    "the second one",
                    "keep one of them, or give each an arm of its own",
                );
                continue;
            }
            factors.push(factor);
        }
        factors
    }

    fn factor(
        &mut self,
        table: &DeTable,
        span: Range<usize>,
        design: DesignKind,
        arms: &[String],
    ) -> Option<Factor> {
        self.unknown_keys(table, &FACTOR_KEYS, "in a factor");
        let arm = self.arm(table, arms);
        let keys: Vec<&str> = FACTOR_KEYS[..3]
            .iter()
            .copied()
            .filter(|key| table.contains_key(*key))
            .collect();
        match keys.as_slice() {
            ["parameter"] => {
                let parameter = self.parameter(table.get("parameter")?)?;
                if arm.is_some()
                    && arms.len() > 1
                    && Kind::of_group(parameter.group) == Some(Kind::Environment)
                {
                    let place = table.get("arm").map_or(span, Spanned::span);
                    let what = format!("{} cannot be that of one arm", parameter.path());
                    self.bad(
                        place,
                        &what,
                        "arms share their company and market",
                        "leave out `arm`",
                    );
                    return None;
                }

                let levels = self.levels(table, span, design, parameter)?;
                Some(Factor {
                    target: Target::Parameter(parameter),
                    arm,
                    levels,
                })
            }
            [key @ ("environment" | "operating_model")] => {
                let node = table.get(*key)?;
                if !design.takes_values() {
                    let what = format!(
                        "a {} design cannot take the categorical factor `{key}`",
                        design.word()
                    );
                    self.bad(
                        node.span(),
                        &what,
                        "names have no order",
                        "use design = \"grid\" or \"table\"",
                    );
                    return None;
                }
                let names = self.names(node, key, &format!("write {key} = [\"…\", \"…\"]"))?;
                let target = if *key == "environment" {
                    Target::Environment
                } else {
                    Target::OperatingModel
                };
                if target == Target::Environment && arm.is_some() {
                    self.bad(
                        node.span(),
                        "an environment cannot be that of one arm",
                        "arms share their world",
                        "leave out `arm`",
                    );
                    return None;
                }
                let names = names.into_iter().map(Level::Name).collect();
                let levels = self.listed(node, design, key, names)?;
                Some(Factor { target, arm, levels })
            }
            _ => {
                self.bad(
                    span,
                    "a factor changes exactly one thing",
                    "",
                    "give it one of `parameter`, `environment`, `operating_model`",
                );
                None
            }
        }
    }

    fn arm(&mut self, table: &DeTable, arms: &[String]) -> Option<String> {
        let node = table.get("arm")?;
        let name = node.get_ref().as_str().unwrap_or_default();
        if !arms.iter().any(|arm| arm == name) {
            self.problems.push(ScenarioError::WrongType {
                at: self.page.at(node.span()),
                path: "arm".to_owned(),
                found: found(node.get_ref()),
                expected: format!("one of the arms, {}", arms.join(", ")),
                nearest: nearest(name, arms.iter().map(String::as_str)).map(|arm| format!("\"{arm}\"")),
            });
        }
        Some(name.to_owned())
    }

    fn parameter(&mut self, node: &Node) -> Option<&'static Parameter> {
        let path = node.get_ref().as_str().unwrap_or_default();
        let known = path.split_once('.').and_then(|(group, name)| find(group, name));
        if known.is_none() {
            let paths: Vec<String> = table().map(Parameter::path).collect();
            let elsewhere =
                table().find(|parameter| parameter.name == path.rsplit('.').next().unwrap_or_default());
            let groups: Vec<&str> = GROUPS.iter().map(|group| group.name).collect();
            self.problems.push(ScenarioError::UnknownKey {
                at: self.page.at(node.span()),
                within: "among the parameters".to_owned(),
                key: path.to_owned(),
                nearest: elsewhere
                    .map(Parameter::path)
                    .or_else(|| nearest(path, paths.iter().map(String::as_str))),
                valid: format!(
                    "`orgsim parameters` lists all, in the groups {}",
                    groups.join(", ")
                ),
            });
        }
        known
    }
}
