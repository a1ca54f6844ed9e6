//! Plausible companies: parameters drawn once per world from their distributions; what belongs to the world is alike in
//! all arms.

mod pert;
mod uniform;

pub use pert::Pert;

use scenarios::{Scenario, Uncertainty};
use sim_core::parameters::{Parameter, Parameters, Role, Value};

use crate::error::ComparisonError;
use uniform::{UniformStream, coupled};

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
pub struct Companies {
    dimensions: Vec<Dimension>,
    streams: Vec<UniformStream>,
    arms: Vec<ArmDraws>,
}

/// One thing that nobody knows: an uncertain parameter, of the world or of some of the arms.
#[derive(Debug, Clone, PartialEq)]
pub struct Dimension {
    /// The parameter.
    pub parameter: &'static Parameter,
    /// Indices of the arms that it moves, rising.
    pub arms: Vec<usize>,
    /// The dimension that it follows, and the correlation of their normal scores.
    follows: Option<(usize, f64)>,
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
#[derive(Debug, Clone, PartialEq)]
pub struct Company {
    /// The parameters of each arm.
    pub arms: Vec<Parameters>,
    /// How many draws before this one contradicted themselves.
    pub redrawn: u64,
}

impl Companies {
    /// Prepares the draws of these scenarios under `seed`.
    ///
    /// # Errors
    /// If a range is infinite, upside down or does not hold its most likely value.
    pub fn new(scenarios: &[Scenario], seed: u64) -> Result<Self, ComparisonError> {
        let mut names: Vec<String> = Vec::new();
        let mut dimensions: Vec<Dimension> = Vec::new();
        let mut arms = Vec::new();
        for (index, scenario) in scenarios.iter().enumerate() {
            let mut draws = Vec::new();
            for uncertainty in scenario.uncertainties() {
                let name = stream_name(&uncertainty);
                let pert = Pert::new(uncertainty.low, uncertainty.mode, uncertainty.high)
                    .ok_or_else(|| ComparisonError::bad_range(&scenario.name, &uncertainty))?;
                let stream = names.iter().position(|known| *known == name).unwrap_or_else(|| {
                    names.push(name);
                    dimensions.push(Dimension {
                        parameter: uncertainty.parameter,
                        arms: Vec::new(),
                        follows: None,
                    });
                    names.len() - 1
                });
                dimensions[stream].arms.push(index);
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
        for (first, second, correlation) in DEPENDENCES {
            let place = |name: &str| names.iter().position(|known| known == name);
            if let (Some(leader), Some(follower)) = (place(first), place(second)) {
                dimensions[follower].follows = Some((leader, *correlation));
            }
        }
        Ok(Self {
            dimensions,
            streams: names.iter().map(|name| UniformStream::new(seed, name)).collect(),
            arms,
        })
    }

    /// What is drawn; [`Self::at`] takes one number for each.
    pub fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }

    /// The company at a place in the unit cube: each number is the probability below the value of its dimension, given
    /// the dimension it follows (the map of Rosenblatt 1952, Annals of Mathematical Statistics 23:470). Uniform places give
    /// exactly the distribution of [`Self::company`] before contradictions are drawn again.
    ///
    /// # Errors
    /// If the parameters contradict each other in any arm.
    pub fn at(&self, place: &[f64]) -> Result<Vec<Parameters>, String> {
        let uniforms = self.uniforms(place);
        self.arms.iter().map(|arm| arm.parameters(&uniforms)).collect()
    }

    /// One arm of the company at a place, as [`Self::at`] gives it.
    ///
    /// # Errors
    /// If the parameters of this arm contradict each other.
    pub fn arm_at(&self, arm: usize, place: &[f64]) -> Result<Parameters, String> {
        self.arms[arm].parameters(&self.uniforms(place))
    }

    fn uniforms(&self, place: &[f64]) -> Vec<f64> {
        let inside = |number: f64| number.clamp(f64::EPSILON, 1.0 - f64::EPSILON);
        self.dimensions
            .iter()
            .zip(place)
            .map(|(dimension, own)| match dimension.follows {
                Some((leader, correlation)) => coupled(inside(place[leader]), inside(*own), correlation),
                None => inside(*own),
            })
            .collect()
    }

    /// Company `number` as [`Self::company`] draws it first. Each arm's draw is a function of its own scenario, so that arms
    /// drawn together and arms drawn apart are of one company.
    ///
    /// # Errors
    /// If the parameters contradict each other in any arm.
    pub fn first(&self, number: u64) -> Result<Vec<Parameters>, String> {
        let uniforms = self.standing(number);
        self.arms.iter().map(|arm| arm.parameters(&uniforms)).collect()
    }

    /// For each dimension, the share of companies below company `number` at its first draw.
    pub fn standing(&self, number: u64) -> Vec<f64> {
        self.streams
            .iter()
            .map(|stream| stream.uniform(number, 0))
            .collect()
    }

    /// The value of a dimension below which half of the companies lie.
    pub fn median(&self, dimension: usize) -> Option<f64> {
        let draws = self.arms.iter().flat_map(|arm| &arm.draws);
        draws
            .into_iter()
            .find(|draw| draw.stream == dimension)
            .map(|draw| draw.pert.quantile(0.5))
    }

    /// Company `number`; drawn again while its parameters contradict each other in any arm.
    ///
    /// # Errors
    /// If no draw passes the check: the last contradiction.
    pub fn company(&self, number: u64) -> Result<Company, String> {
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
/// Refuses two arms that are the same in every plausible company.
pub(crate) fn refuse_same(one: &Scenario, other: &Scenario) -> Result<(), ComparisonError> {
    if one.parameters == other.parameters && one.uncertainties() == other.uncertainties() {
        return Err(ComparisonError::IdenticalArms {
            one: one.name.clone(),
            other: other.name.clone(),
        });
    }
    Ok(())
}

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
