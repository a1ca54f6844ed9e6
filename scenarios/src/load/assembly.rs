//! All parameters together: defaults, then settings one over the other, then the rules that tie them.

use sim_core::parameters::{Parameter, Parameters, SettingError, Value, table};

use crate::error::ScenarioError;
use crate::excerpt::Excerpt;
use crate::file::Given;
use crate::scenario::Origin;

/// What the place of a value is called that nobody set.
const DEFAULT: &str = "default";

/// Values with their origins, and the places of those that were set in a text.
pub(crate) struct Assembly {
    origins: Vec<Origin>,
    excerpts: Vec<Option<Excerpt>>,
}

/// Position of a parameter in the table, which is its position in [`crate::Scenario::origins`].
fn place_in(parameter: &Parameter) -> Option<usize> {
    table().position(|candidate| candidate == parameter)
}

impl Assembly {
    /// Every parameter as the table has it.
    pub fn of_defaults() -> Self {
        let origins: Vec<_> = table().map(default).collect();
        let excerpts = vec![None; origins.len()];
        Self { origins, excerpts }
    }

    /// Every parameter as it was recorded.
    pub fn of_origins(origins: Vec<Origin>) -> Self {
        let excerpts = vec![None; origins.len()];
        Self { origins, excerpts }
    }

    /// Puts a setting in the place of what was there.
    pub fn apply(&mut self, given: &Given) {
        let Some(index) = place_in(given.parameter) else {
            return;
        };
        self.origins[index] = Origin {
            parameter: given.parameter,
            value: given.value,
            plausible: given.plausible,
            provenance: given.provenance.clone(),
            source: given.source.clone(),
            place: given.at.place(),
        };
        self.excerpts[index] = Some(given.at.clone());
    }

    /// The parameters, checked together, also at both ends of every plausible range.
    ///
    /// # Errors
    /// If two parameters contradict each other, or a value is outside its range.
    pub fn finish(self) -> Result<(Vec<Origin>, Parameters), ScenarioError> {
        let mut parameters = Parameters::default();
        for origin in &self.origins {
            let set = origin.parameter.set(&mut parameters, origin.value);
            set.map_err(|problem| self.explain(problem, ""))?;
        }
        parameters.check().map_err(|problem| self.explain(problem, ""))?;
        for origin in &self.origins {
            self.check_ends(origin, &parameters)?;
        }
        Ok((self.origins, parameters))
    }

    fn check_ends(&self, origin: &Origin, parameters: &Parameters) -> Result<(), ScenarioError> {
        let Some((low, high)) = origin.plausible else {
            return Ok(());
        };
        for (end, number) in [("low", low), ("high", high)] {
            let mut moved = parameters.clone();
            let set = origin.parameter.set(&mut moved, Value::Number(number));
            let path = origin.parameter.path();
            let when = format!("at the {end} end of the plausible range of {path}, {number}: ");
            set.and_then(|()| moved.check())
                .map_err(|problem| self.explain(problem, &when))?;
        }
        Ok(())
    }

    fn explain(&self, problem: SettingError, when: &str) -> ScenarioError {
        let SettingError::AtOdds {
            first,
            second,
            reason,
        } = problem
        else {
            return ScenarioError::BadRecord {
                reason: format!("{when}{problem}"),
            };
        };
        let indices = [first, second].map(|path| {
            self.origins
                .iter()
                .position(|origin| origin.parameter.path() == path)
        });
        let at = indices
            .iter()
            .flatten()
            .find_map(|index| self.excerpts[*index].clone())
            .map(Box::new);
        let both =
            [(first, indices[0]), (second, indices[1])].map(|(path, index)| self.described(path, index));
        ScenarioError::AtOdds {
            at,
            both: Box::new(both),
            reason: format!("{when}{reason}"),
        }
    }

    fn described(&self, path: &str, index: Option<usize>) -> String {
        index.map_or_else(
            || path.to_owned(),
            |index| {
                format!(
                    "{path} = {} ({})",
                    self.origins[index].value, self.origins[index].place
                )
            },
        )
    }
}

fn default(parameter: &'static Parameter) -> Origin {
    Origin {
        parameter,
        value: parameter.default,
        plausible: parameter.plausible,
        provenance: parameter.provenance.kind().to_owned(),
        source: parameter.provenance.source().to_owned(),
        place: DEFAULT.to_owned(),
    }
}
