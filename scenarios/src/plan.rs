//! A sweep plan: from text to checked arms, factors and levels, with line-exact errors; never runs or samples anything.

mod design;
mod factors;
mod levels;
mod reader;
mod text;

use std::path::Path;

use sim_core::parameters::{Parameter, Value};
use toml::de::DeTable;

use crate::error::ScenarioError;
use crate::file::Text;
use reader::{Page, Reader};

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
