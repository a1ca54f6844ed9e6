//! A scenario with some settings of another one, or with overrides, checked anew; reads no file.

use sim_core::parameters::{GROUPS, TRANSFORMATION_GROUP, table};

use crate::error::ScenarioError;
use crate::load::Assembly;
use crate::nearest::nearest;
use crate::overriding;
use crate::scenario::Scenario;

impl Scenario {
    /// This scenario with `what` as `other` has it, plausible ranges included; each is a group or `group.parameter`.
    /// With the group `transformation` goes the operating model it leads to.
    ///
    /// # Errors
    /// If there is no such group or parameter, or the values contradict each other.
    pub fn taking<S: AsRef<str>>(&self, other: &Self, what: &[S]) -> Result<Self, ScenarioError> {
        let mut origins = self.origins.clone();
        let mut transformation = self.transformation.clone();
        for name in what.iter().map(AsRef::as_ref) {
            let mut is_known = false;
            for (own, others) in origins.iter_mut().zip(&other.origins) {
                if own.parameter.group == name || own.parameter.path() == name {
                    own.clone_from(others);
                    is_known = true;
                }
            }
            if !is_known {
                return Err(no_such(name));
            }
            if name == TRANSFORMATION_GROUP {
                transformation.clone_from(&other.transformation);
            }
        }
        let assembly = Assembly::of_origins(origins, transformation.as_ref());
        Self {
            transformation,
            ..self.clone()
        }
        .assembled(assembly)
    }

    /// This scenario with overrides, each `group.parameter=value` without a plausible range.
    ///
    /// # Errors
    /// If an override cannot be used, or the values contradict each other.
    pub fn setting<S: AsRef<str>>(&self, overrides: &[S]) -> Result<Self, ScenarioError> {
        let mut assembly = Assembly::of_origins(self.origins.clone(), self.transformation.as_ref());
        for given in overrides {
            assembly.apply(&overriding::parse(given.as_ref())?);
        }
        self.assembled(assembly)
    }

    fn assembled(&self, assembly: Assembly) -> Result<Self, ScenarioError> {
        let (origins, parameters) = assembly.finish()?;
        Ok(Self {
            parameters,
            origins,
            ..self.clone()
        })
    }
}

fn no_such(name: &str) -> ScenarioError {
    let paths: Vec<String> = table().map(|parameter| parameter.path()).collect();
    let names = paths.iter().map(String::as_str);
    let meant = nearest(name, names.chain(GROUPS.iter().map(|group| group.name)));
    let meant = meant.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"));
    ScenarioError::BadRecord {
        reason: format!("there is no group or parameter `{name}`{meant}"),
    }
}
