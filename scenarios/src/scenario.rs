//! A full setting: company, environment and operating model, resolved and checked.

use sim_core::parameters::{Parameter, Parameters, TRANSFORMATION_GROUP, Value, operating_model_groups};

/// Where the value of a parameter in a scenario comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// The parameter.
    pub parameter: &'static Parameter,
    /// Its value.
    pub value: Value,
    /// Plausible range in this scenario, if it is uncertain here.
    pub plausible: Option<(f64, f64)>,
    /// `measured`, `seed` or `assumed`.
    pub provenance: String,
    /// Source of the value, in words.
    pub source: String,
    /// File and line, or `--set`, or `default`.
    pub place: String,
}

/// How a scenario changes, and into what.
#[derive(Debug, Clone, PartialEq)]
pub struct Transformation {
    /// Name of the transformation.
    pub name: String,
    /// What it stands for, in plain words.
    pub description: String,
    /// Name of the operating model that it leads to.
    pub target: String,
    /// The values of that operating model, in the order of the table.
    pub origins: Vec<Origin>,
}

/// A number that is drawn once per world when results are wanted over plausible companies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Uncertainty {
    /// The parameter.
    pub parameter: &'static Parameter,
    /// Smallest plausible value.
    pub low: f64,
    /// Most likely value.
    pub mode: f64,
    /// Largest plausible value.
    pub high: f64,
}

/// A full setting of a simulation.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// How it was called: `safe`, `safe@startup`, `safe+full`, `my-model.toml@my-company.toml`.
    pub name: String,
    /// What the operating model stands for, in plain words.
    pub description: String,
    /// Name of the operating model.
    pub operating_model: String,
    /// What the operating model changes into from week 0, if it does.
    pub transformation: Option<Transformation>,
    /// Name of the environment.
    pub environment: String,
    /// Weeks before week 0 under the same parameters `[weeks]`.
    pub warm_up_weeks: u32,
    /// All values, checked.
    pub parameters: Parameters,
    /// Where each value comes from, in the order of the table.
    pub origins: Vec<Origin>,
}

impl Scenario {
    /// Whether the other one has the same values and the same uncertainties, whatever either is called.
    pub fn is_alike(&self, other: &Self) -> bool {
        self.parameters == other.parameters && self.uncertainties() == other.uncertainties()
    }

    /// Whether it changes into the operating model that it starts with, so that nothing but the change itself acts: what
    /// people are taught, by whom, and what that costs.
    pub fn changes_into_itself(&self) -> bool {
        let (start, target) = (&self.parameters, &self.parameters.target);
        let mut rows = operating_model_groups().flat_map(|group| group.parameters);
        target
            .as_ref()
            .is_some_and(|target| rows.all(|parameter| parameter.get(start) == parameter.get(target)))
    }

    /// What is uncertain in this scenario, in the order of the table; how a change goes only if there is one.
    pub fn uncertainties(&self) -> Vec<Uncertainty> {
        self.origins
            .iter()
            .filter(|origin| self.transformation.is_some() || origin.parameter.group != TRANSFORMATION_GROUP)
            .filter_map(|origin| {
                let (low, high) = origin.plausible?;
                let mode = origin.value.as_number()?;
                Some(Uncertainty {
                    parameter: origin.parameter,
                    low,
                    mode,
                    high,
                })
            })
            .collect()
    }
}
