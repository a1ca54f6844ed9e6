//! All parameters together: defaults, then settings one over the other, then the rules that tie them.

use sim_core::parameters::{Parameter, Parameters, SettingError, Value, table};

use crate::error::ScenarioError;
use crate::excerpt::Excerpt;
use crate::file::Given;
use crate::kind::Kind;
use crate::scenario::{Origin, Transformation};

/// What the place of a value is called that nobody set.
const DEFAULT: &str = "default";

/// Values with their origins, and the places of those that were set in a text.
pub(crate) struct Assembly {
    origins: Vec<Origin>,
    excerpts: Vec<Option<Excerpt>>,
    /// The operating model that a transformation leads to, if any: every parameter.
    target: Option<Vec<Origin>>,
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
        Self {
            origins,
            excerpts,
            target: None,
        }
    }

    /// Every parameter as it was recorded, with the change that there was.
    pub fn of_origins(origins: Vec<Origin>, transformation: Option<&Transformation>) -> Self {
        let excerpts = vec![None; origins.len()];
        Self {
            origins,
            excerpts,
            target: transformation.map(|transformation| transformation.origins.clone()),
        }
    }

    /// Lets it change into the operating model `target`, whose other groups do not count.
    pub fn change_into(&mut self, target: &[Origin]) {
        self.target = Some(target.to_vec());
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
        parameters.target = self.target_of(&parameters)?.map(Box::new);
        parameters.check().map_err(|problem| self.explain(problem, ""))?;
        for origin in &self.origins {
            self.check_ends(origin, &parameters)?;
        }
        Ok((self.origins, parameters))
    }

    /// The target in this company and environment.
    fn target_of(&self, start: &Parameters) -> Result<Option<Parameters>, ScenarioError> {
        let Some(origins) = &self.target else {
            return Ok(None);
        };
        let mut target = start.clone();
        let of_model =
            |origin: &&Origin| Kind::of_group(origin.parameter.group) == Some(Kind::OperatingModel);
        for origin in origins.iter().filter(of_model) {
            let set = origin.parameter.set(&mut target, origin.value);
            set.map_err(|problem| self.explain(problem, "at the target of the transformation: "))?;
        }
        let checked = target.check();
        checked.map_err(|problem| self.explain(problem, "at the target of the transformation: "))?;
        Ok(Some(target))
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
