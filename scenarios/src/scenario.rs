//! A full setting: company, environment and operating model, resolved and checked.

use sim_core::parameters::{Parameter, Parameters, Value};

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
    /// How it was called: `safe`, `safe@startup`, `my-model.toml@my-company.toml`.
    pub name: String,
    /// What the operating model stands for, in plain words.
    pub description: String,
    /// Name of the operating model.
    pub operating_model: String,
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
    /// What is uncertain in this scenario, in the order of the table.
    pub fn uncertainties(&self) -> Vec<Uncertainty> {
        self.origins
            .iter()
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
