//! Plausible companies: parameters drawn once per world from their distributions; what belongs to the world is alike in
//! all arms.

mod pert;
mod uniform;

pub use pert::Pert;

use scenarios::{Scenario, Uncertainty};
use sim_core::parameters::{Parameter, Parameters, Role, Value};

use crate::error::ComparisonError;
use uniform::UniformStream;

/// Smallest mean return on team cost of the baseline for a company to count as viable (an assumption: an organisation
/// that earns back less than half of what its teams cost would not go on as it is).
pub const VIABLE_RETURN: f64 = 0.5;

/// Worlds, apart from those of the comparison, on which viability is judged.
pub const VIABILITY_WORLDS: u64 = 4;

/// Every so many draws, the company is simulated in a second world.
pub const TWIN_EVERY: u64 = 4;

/// Draws of one company before it is given up as a failed world.
const ATTEMPTS: u64 = 100;

/// Stated dependences between uncertain parameters: the second follows the first with this correlation of their normal
/// scores (Gaussian copula; Nelsen 2006, "An introduction to copulas", §2.3). All others are independent.
pub const DEPENDENCES: &[(&str, &str, f64)] = &[
    // Organisations that invest in one craft of product people tend to invest in the other.
    ("company.discovery_craft", "company.business_craft", 0.6),
    // Products that are replaced fast lose good and bad effects alike.
    (
        "environment.wear_half_life_weeks",
        "environment.harm_half_life_weeks",
        0.5,
    ),
];

/// Draws companies: one set of parameters per arm.
#[derive(Debug)]
pub(crate) struct Companies {
    streams: Vec<UniformStream>,
    arms: Vec<ArmDraws>,
}

#[derive(Debug)]
struct ArmDraws {
    nominal: Parameters,
    draws: Vec<Draw>,
}

#[derive(Debug)]
struct Draw {
    parameter: &'static Parameter,
    pert: Pert,
    stream: usize,
}

/// A company: the parameters of each arm.
pub(crate) struct Company {
    pub(crate) arms: Vec<Parameters>,
    pub(crate) redrawn: u64,
}

impl Companies {
    /// Prepares the draws of these scenarios under `seed`.
    ///
    /// # Errors
    /// If a range is infinite, upside down or does not hold its most likely value.
    pub(crate) fn new(scenarios: &[Scenario], seed: u64) -> Result<Self, ComparisonError> {
        let mut names: Vec<String> = Vec::new();
        let mut arms = Vec::new();
        for scenario in scenarios {
            let mut draws = Vec::new();
            for uncertainty in scenario.uncertainties() {
                let name = stream_name(&uncertainty);
                let pert = Pert::new(uncertainty.low, uncertainty.mode, uncertainty.high)
                    .ok_or_else(|| ComparisonError::bad_range(&scenario.name, &uncertainty))?;
                let stream = names.iter().position(|known| *known == name).unwrap_or_else(|| {
                    names.push(name);
                    names.len() - 1
                });
                draws.push(Draw {
                    parameter: uncertainty.parameter,
                    pert,
                    stream,
                });
            }
            arms.push(ArmDraws {
                nominal: scenario.parameters.clone(),
                draws,
            });
        }
        Ok(Self {
            streams: names.iter().map(|name| UniformStream::new(seed, name)).collect(),
            arms,
        })
    }

    /// Company `number`; drawn again while its parameters contradict each other in any arm.
    ///
    /// # Errors
    /// If no draw passes the check: the last contradiction.
    pub(crate) fn company(&self, number: u64) -> Result<Company, String> {
        let mut reason = String::new();
        for attempt in 0..ATTEMPTS {
            let uniforms: Vec<f64> = self
                .streams
                .iter()
                .map(|stream| stream.uniform(number, attempt))
                .collect();
            match self.arms.iter().map(|arm| arm.parameters(&uniforms)).collect() {
                Ok(arms) => {
                    return Ok(Company {
                        arms,
                        redrawn: attempt,
                    });
                }
                Err(error) => reason = error,
            }
        }
        Err(format!(
            "no draw of {ATTEMPTS} gives a company without contradictions; the last one: {reason}"
        ))
    }
}

/// What names the uniform numbers of an uncertainty. Company, environment and behaviour are those of the world, alike in
/// all arms. How a lever is really set is a matter of each operating model: arms that give it the same distribution
/// share the draw, others draw apart, so that a weak case of the one may meet a strong case of the other.
fn stream_name(uncertainty: &Uncertainty) -> String {
    let path = uncertainty.parameter.path();
    if uncertainty.parameter.role == Role::Lever {
        format!(
            "{path} {} {} {}",
            uncertainty.low, uncertainty.mode, uncertainty.high
        )
    } else {
        path
    }
}

impl ArmDraws {
    fn parameters(&self, uniforms: &[f64]) -> Result<Parameters, String> {
        let mut parameters = self.nominal.clone();
        for draw in &self.draws {
            let value = draw.value(uniforms[draw.stream]);
            draw.parameter
                .set(&mut parameters, value)
                .map_err(|error| error.to_string())?;
        }
        parameters.check().map_err(|error| error.to_string())?;
        Ok(parameters)
    }
}

impl Draw {
    fn value(&self, uniform: f64) -> Value {
        let value = self.pert.quantile(uniform);
        match self.parameter.default {
            Value::Whole(_) => Value::Number(value.round()),
            _ => Value::Number(value),
        }
    }
}

#[cfg(test)]
mod tests;
