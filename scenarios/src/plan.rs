//! A sweep plan: from text to checked arms, factors and levels, with line-exact errors; never runs or samples anything.

use std::ops::Range;
use std::path::Path;

use sim_core::parameters::{GROUPS, Parameter, Value, find, table};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::ScenarioError;
use crate::excerpt::Excerpt;
use crate::file::{Text, accept, expected, found, meant, raw};
use crate::kind::Kind;
use crate::nearest::nearest;

/// Most points of a design.
pub const MOST_POINTS: u64 = 20_000;

/// Most runs of a sweep: points × worlds × arms.
pub const MOST_RUNS: u64 = 10_000_000;

/// Worlds at each point unless the plan says otherwise.
const DEFAULT_REPLICATIONS: u32 = 20;

/// A commented plan to start from.
pub const EXAMPLE: &str = include_str!("../library/sweep-example.toml");

/// How the points of a sweep are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DesignKind {
    /// Every level of each factor with every level of all others.
    Grid,
    /// Point i has the i-th value of every factor.
    Table,
    /// A Latin hypercube over ranges.
    LatinHypercube,
    /// The scrambled Sobol' sequence over ranges.
    Sobol,
}

const DESIGNS: [(&str, DesignKind); 4] = [
    ("grid", DesignKind::Grid),
    ("table", DesignKind::Table),
    ("latin-hypercube", DesignKind::LatinHypercube),
    ("sobol", DesignKind::Sobol),
];

impl DesignKind {
    /// Its name in plans.
    pub fn word(self) -> &'static str {
        DESIGNS
            .iter()
            .find(|(_, kind)| *kind == self)
            .map_or("", |(word, _)| word)
    }

    fn takes_values(self) -> bool {
        matches!(self, Self::Grid | Self::Table)
    }
}

/// What a factor changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A parameter.
    Parameter(&'static Parameter),
    /// The environment of all arms.
    Environment,
    /// The operating model of one arm.
    OperatingModel,
}

/// One setting of a factor.
#[derive(Debug, Clone, PartialEq)]
pub enum Level {
    /// Value of a parameter.
    Value(Value),
    /// Environment or operating model, by name or path.
    Name(String),
}

impl std::fmt::Display for Level {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Value(value) => value.fmt(formatter),
            Self::Name(name) => formatter.write_str(name),
        }
    }
}

/// The settings of a factor.
#[derive(Debug, Clone, PartialEq)]
pub enum Levels {
    /// These.
    Listed(Vec<Level>),
    /// Everything from the first to the second.
    Range(f64, f64),
}

/// One thing that differs between points.
#[derive(Debug, Clone, PartialEq)]
pub struct Factor {
    /// What it changes.
    pub target: Target,
    /// The arm in which it does; all arms without, or the last arm for an operating model.
    pub arm: Option<String>,
    /// Its settings.
    pub levels: Levels,
}

impl Factor {
    /// `environment.coupling`, `discovery.hours (empowered)`, `environment`.
    pub fn name(&self) -> String {
        let name = match self.target {
            Target::Parameter(parameter) => parameter.path(),
            Target::Environment => "environment".to_owned(),
            Target::OperatingModel => "operating_model".to_owned(),
        };
        match &self.arm {
            Some(arm) => format!("{name} ({arm})"),
            None => name,
        }
    }

    /// Unit of its levels; nothing for names.
    pub fn unit(&self) -> &'static str {
        match self.target {
            Target::Parameter(parameter) => parameter.unit,
            Target::Environment | Target::OperatingModel => "",
        }
    }
}

/// What is to be swept.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepPlan {
    /// The arms; the first is the one others are compared with.
    pub arms: Vec<String>,
    /// How points are chosen.
    pub design: DesignKind,
    /// Points of the design.
    pub points: u64,
    /// Worlds at each point.
    pub replications: u32,
    /// What differs between points.
    pub factors: Vec<Factor>,
}

impl SweepPlan {
    /// Reads and checks the plan in a file.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its place.
    pub fn read(path: &Path) -> Result<Self, ScenarioError> {
        let text = Text::from_file(path, None)?;
        Self::parse(&text.label, &text.content)
    }

    /// Checks the plan in `content`, which messages call `label`.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its place.
    pub fn parse(label: &str, content: &str) -> Result<Self, ScenarioError> {
        let page = Page { label, content };
        let table = DeTable::parse(content).map_err(|problem| ScenarioError::Syntax {
            at: page.at(problem.span().unwrap_or(0..0)),
            reason: problem.message().split_whitespace().collect::<Vec<_>>().join(" "),
        })?;
        let mut reader = Reader {
            page,
            problems: Vec::new(),
        };
        let plan = reader.plan(table.get_ref());
        match plan {
            Some(plan) if reader.problems.is_empty() => Ok(plan),
            _ => Err(ScenarioError::together(reader.problems)),
        }
    }
}

struct Page<'a> {
    label: &'a str,
    content: &'a str,
}

impl Page<'_> {
    fn at(&self, span: Range<usize>) -> Box<Excerpt> {
        Box::new(Excerpt::new(self.label, self.content, span))
    }
}

const TOP_KEYS: [&str; 5] = ["arms", "design", "points", "replications", "factor"];
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

struct Reader<'a> {
    page: Page<'a>,
    problems: Vec<ScenarioError>,
}

type Node<'i> = Spanned<DeValue<'i>>;

impl Reader<'_> {
    fn bad(&mut self, span: Range<usize>, what: &str, note: &str, remedy: &str) {
        self.problems.push(ScenarioError::BadPlan {
            at: self.page.at(span),
            what: what.to_owned(),
            note: note.to_owned(),
            remedy: remedy.to_owned(),
        });
    }

    fn unknown_keys(&mut self, table: &DeTable, known: &[&str], within: &str) {
        for (key, _) in table.iter() {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                self.problems.push(ScenarioError::UnknownKey {
                    at: self.page.at(key.span()),
                    within: within.to_owned(),
                    key: name.to_owned(),
                    nearest: nearest(name, known.iter().copied()),
                    valid: format!("there are {}", known.join(", ")),
                });
            }
        }
    }

    fn plan(&mut self, table: &DeTable) -> Option<SweepPlan> {
        self.unknown_keys(table, &TOP_KEYS, "in a sweep plan");
        let design = self.design(table);
        let arms = self.arms(table);
        let replications = self
            .whole(table, "replications", 2, 1_000_000)
            .unwrap_or(u64::from(DEFAULT_REPLICATIONS));
        let asked = self.whole(table, "points", 1, u64::MAX);
        let (design, arms) = (design?, arms?);
        let factors = self.factors(table, design, &arms);
        let points = self.points(table, design, asked, &factors)?;
        let runs = u128::from(points) * u128::from(replications) * arms.len() as u128;
        if runs > u128::from(MOST_RUNS) {
            let place = table.get("replications").map_or(0..0, Spanned::span);
            self.bad(
                place,
                "the sweep is too large",
                &format!(
                    "{points} points × {replications} worlds × {} arms = {runs} runs; at most {MOST_RUNS}",
                    arms.len()
                ),
                "take fewer points or fewer replications",
            );
        }
        Some(SweepPlan {
            arms,
            design,
            points,
            replications: u32::try_from(replications).ok()?,
            factors,
        })
    }

    fn design(&mut self, table: &DeTable) -> Option<DesignKind> {
        let words = DESIGNS.map(|(word, _)| word);
        let Some(node) = table.get("design") else {
            self.bad(
                0..0,
                "the plan has no `design`",
                "",
                &format!("write design = \"grid\"; there are {}", words.join(", ")),
            );
            return None;
        };
        let word = node.get_ref().as_str().unwrap_or_default();
        let kind = DESIGNS
            .iter()
            .find(|(known, _)| *known == word)
            .map(|(_, kind)| *kind);
        if kind.is_none() {
            self.problems.push(ScenarioError::WrongType {
                at: self.page.at(node.span()),
                path: "design".to_owned(),
                found: found(node.get_ref()),
                expected: format!("one of {}", words.map(|word| format!("\"{word}\"")).join(", ")),
                nearest: nearest(word, words).map(|word| format!("\"{}\"", word.replace('_', "-"))),
            });
        }
        kind
    }

    fn arms(&mut self, table: &DeTable) -> Option<Vec<String>> {
        let remedy = "write arms = [\"safe\", \"empowered\"]; the first is the one others are compared with";
        let Some(node) = table.get("arms") else {
            self.bad(0..0, "the plan has no `arms`", "", remedy);
            return None;
        };
        let names = self.names(node, "arms", remedy)?;
        for (index, name) in names.iter().enumerate() {
            if names[..index].contains(name) {
                self.bad(
                    node.span(),
                    &format!("the arm `{name}` is named twice"),
                    "",
                    "name each arm once",
                );
                return None;
            }
        }
        Some(names)
    }

    /// A list of texts, not empty.
    fn names(&mut self, node: &Node, what: &str, remedy: &str) -> Option<Vec<String>> {
        let texts = node.get_ref().as_array().map(|items| {
            items
                .iter()
                .map(|item| item.get_ref().as_str().map(str::to_owned))
                .collect::<Option<Vec<String>>>()
        });
        match texts.flatten() {
            Some(names) if !names.is_empty() => Some(names),
            _ => {
                let found = match node.get_ref().as_array() {
                    Some(items) if items.is_empty() => "an empty list".to_owned(),
                    Some(_) => "a list of other things than texts".to_owned(),
                    None => found(node.get_ref()),
                };
                self.bad(
                    node.span(),
                    &format!("`{what}` cannot be {found}"),
                    "expected a list of names",
                    remedy,
                );
                None
            }
        }
    }

    fn whole(&mut self, table: &DeTable, key: &'static str, low: u64, high: u64) -> Option<u64> {
        let node = table.get(key)?;
        let number = match node.get_ref() {
            DeValue::Integer(digits) => i128::from_str_radix(digits.as_str(), digits.radix()).ok(),
            _ => None,
        };
        let inside = number
            .and_then(|number| u64::try_from(number).ok())
            .filter(|number| (low..=high).contains(number));
        if inside.is_none() {
            let most = if high == u64::MAX { MOST_POINTS } else { high };
            self.problems.push(ScenarioError::WrongType {
                at: self.page.at(node.span()),
                path: key.to_owned(),
                found: found(node.get_ref()),
                expected: format!("a whole number from {low} to {most}"),
                nearest: None,
            });
        }
        inside
    }

    fn factors(&mut self, table: &DeTable, design: DesignKind, arms: &[String]) -> Vec<Factor> {
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
                Some(Factor {
                    target,
                    arm,
                    levels: Levels::Listed(names.into_iter().map(Level::Name).collect()),
                })
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

    fn levels(
        &mut self,
        table: &DeTable,
        span: Range<usize>,
        design: DesignKind,
        parameter: &'static Parameter,
    ) -> Option<Levels> {
        let path = parameter.path();
        match (table.get("values"), table.get("low"), table.get("high")) {
            (Some(node), None, None) if design.takes_values() => self.values(node, parameter),
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
                let what = format!("{path} has no settings");
                let place = table.get("parameter").map_or(span, Spanned::span);
                self.bad(place, &what, "", "give either `values`, or `low` and `high`");
                None
            }
        }
    }

    fn values(&mut self, node: &Node, parameter: &'static Parameter) -> Option<Levels> {
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
        (self.problems.len() == before).then_some(Levels::Listed(values))
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

    /// How many points there are, if that is a number that can be run.
    fn points(
        &mut self,
        table: &DeTable,
        design: DesignKind,
        asked: Option<u64>,
        factors: &[Factor],
    ) -> Option<u64> {
        let place = table.get("points").map(Spanned::span);
        let lengths: Vec<usize> = factors
            .iter()
            .filter_map(|factor| match &factor.levels {
                Levels::Listed(levels) => Some(levels.len()),
                Levels::Range(..) => None,
            })
            .collect();
        let count: u128 = match design {
            DesignKind::Grid => lengths.iter().map(|length| *length as u128).product(),
            DesignKind::Table => lengths.first().map_or(0, |length| *length as u128),
            DesignKind::LatinHypercube | DesignKind::Sobol => match asked {
                Some(points) => u128::from(points),
                None => {
                    if !table.contains_key("points") {
                        let what = format!("the {} design has no number of `points`", design.word());
                        self.bad(0..0, &what, "", "write points = 64");
                    }
                    return None;
                }
            },
        };
        if design.takes_values()
            && let Some(place) = place.clone()
        {
            self.bad(
                place,
                &format!(
                    "the factors of a {} design decide its number of points",
                    design.word()
                ),
                "",
                "leave out `points`",
            );
        }
        if design == DesignKind::Table && lengths.iter().any(|length| *length as u128 != count) {
            let words: Vec<String> = lengths.iter().map(usize::to_string).collect();
            let place = table.get("factor").map_or(0..0, Spanned::span);
            self.bad(
                place,
                "the factors of a table have different numbers of values",
                &format!("{} values", words.join(", ")),
                "give each factor one value for each point",
            );
        }
        if count > u128::from(MOST_POINTS) {
            let by: Vec<String> = lengths.iter().map(usize::to_string).collect();
            let product = if by.len() > 1 {
                format!("{} = ", by.join(" × "))
            } else {
                String::new()
            };
            self.bad(
                place
                    .or_else(|| table.get("design").map(Spanned::span))
                    .unwrap_or(0..0),
                "the design has too many points",
                &format!("{product}{count} points; at most {MOST_POINTS}"),
                "take fewer levels, or spread points with design = \"sobol\" and points = 256",
            );
            return None;
        }
        u64::try_from(count).ok()
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

/// The value a `share` of the way from `low` to `high`, as the parameter holds it.
pub fn within(parameter: &Parameter, low: f64, high: f64, share: f64) -> Value {
    let value = if share >= 1.0 {
        high
    } else {
        low + share * (high - low)
    };
    match parameter.default {
        Value::Whole(_) => Value::Whole(value.round() as u32),
        _ => Value::Number(value),
    }
}
