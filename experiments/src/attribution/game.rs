//! The game that is played for a gap: coalitions of changed groups, and what each is worth in each world.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use scenarios::Scenario;
use sim_core::parameters::{GROUPS, Group, Parameters};

use super::shapley::Coalition;
use crate::engine::Engine;
use crate::error::ComparisonError;
use crate::evaluation::{Evaluator, Runs, Wanted, Watch};

/// A group of parameters whose values differ between two scenarios.
#[derive(Debug, Clone, Copy)]
pub struct ChangedGroup {
    /// The group.
    pub group: &'static Group,
    /// How many of its parameters differ.
    pub parameters: usize,
}

/// The groups in which two scenarios differ, in the order of the table.
pub fn changed_groups(from: &Scenario, to: &Scenario) -> Vec<ChangedGroup> {
    let changed = |group: &'static Group| {
        let differing = group
            .parameters
            .iter()
            .filter(|parameter| parameter.get(&from.parameters) != parameter.get(&to.parameters));
        ChangedGroup {
            group,
            parameters: differing.count(),
        }
    };
    GROUPS
        .iter()
        .map(changed)
        .filter(|changed| changed.parameters > 0)
        .collect()
}

/// Every world that was looked at, and what coalitions are worth in it; what is known is never simulated again.
pub(super) struct Game<'a> {
    from: &'a Scenario,
    to: &'a Scenario,
    pub(super) groups: Vec<ChangedGroup>,
    worlds: BTreeMap<u64, World>,
    /// Runs so far.
    pub(super) runs: u64,
    /// What went wrong first.
    pub(super) first_failure: Option<String>,
}

#[derive(Default)]
struct World {
    worth: BTreeMap<Coalition, f64>,
    has_failed: bool,
}

impl<'a> Game<'a> {
    pub(super) fn new(from: &'a Scenario, to: &'a Scenario) -> Self {
        Self {
            from,
            to,
            groups: changed_groups(from, to),
            worlds: BTreeMap::new(),
            runs: 0,
            first_failure: None,
        }
    }

    /// Makes the coalitions of each world known.
    pub(super) fn learn<E: Engine>(
        &mut self,
        evaluator: &Evaluator<E>,
        wanted: &[(u64, Vec<Coalition>)],
        watch: &mut dyn Watch,
        cancel: &AtomicBool,
    ) -> Result<(), ComparisonError> {
        let mut runs = Vec::new();
        for (world, coalitions) in wanted {
            let known = &self.worlds.entry(*world).or_default().worth;
            let mut unknown: Vec<Coalition> = coalitions.clone();
            unknown.sort_unstable();
            unknown.dedup();
            runs.extend(
                unknown
                    .into_iter()
                    .filter(|one| !known.contains_key(one))
                    .map(|one| (*world, one)),
            );
        }
        let results = evaluator.all(
            &Mixed {
                game: self,
                runs: &runs,
            },
            watch,
            cancel,
        )?;
        self.runs += runs.len() as u64;
        for ((world, coalition), result) in runs.into_iter().zip(results) {
            self.note(world, coalition, result);
        }
        Ok(())
    }

    fn note(&mut self, world: u64, coalition: Coalition, value: Result<f64, String>) {
        let place = self.words(coalition);
        let entry = self.worlds.entry(world).or_default();
        match value {
            Ok(value) => {
                entry.worth.insert(coalition, value);
            }
            Err(reason) => {
                entry.has_failed = true;
                self.first_failure
                    .get_or_insert_with(|| format!("world {world}, {place}: {reason}"));
            }
        }
    }

    /// Numbers of the worlds within a range in which nothing failed.
    pub(super) fn sound(&self, worlds: std::ops::Range<u64>) -> Vec<u64> {
        let within = self.worlds.range(worlds);
        within
            .filter(|(_, world)| !world.has_failed)
            .map(|(number, _)| *number)
            .collect()
    }

    /// Number of worlds in which something failed.
    pub(super) fn failed(&self) -> u64 {
        self.worlds.values().filter(|world| world.has_failed).count() as u64
    }

    /// What a coalition is worth in a world in which it is known; otherwise not a number.
    pub(super) fn worth(&self, world: u64, coalition: Coalition) -> f64 {
        let known = self
            .worlds
            .get(&world)
            .and_then(|world| world.worth.get(&coalition));
        known.copied().unwrap_or(f64::NAN)
    }

    /// The parameters of the one scenario with those of the other in the groups of `coalition`.
    fn parameters(&self, coalition: Coalition) -> Result<Parameters, String> {
        let mut mixed = self.from.parameters.clone();
        for (place, changed) in self.groups.iter().enumerate() {
            if coalition & (1 << place) != 0 {
                for parameter in changed.group.parameters {
                    let value = parameter.get(&self.to.parameters);
                    parameter
                        .set(&mut mixed, value)
                        .map_err(|error| error.to_string())?;
                }
            }
        }
        mixed.check().map_err(|error| error.to_string())?;
        Ok(mixed)
    }

    fn words(&self, coalition: Coalition) -> String {
        let inside = self
            .groups
            .iter()
            .enumerate()
            .filter(|(place, _)| coalition & (1 << place) != 0);
        let names: Vec<&str> = inside.map(|(_, changed)| changed.group.name).collect();
        if names.is_empty() {
            format!("{} as it is", self.from.name)
        } else {
            format!("{} with {} of {}", self.from.name, names.join(", "), self.to.name)
        }
    }
}

/// Runs of mixed parameters: a world and a coalition each.
struct Mixed<'g, 'a> {
    game: &'g Game<'a>,
    runs: &'g [(u64, Coalition)],
}

impl Runs for Mixed<'_, '_> {
    fn count(&self) -> u64 {
        self.runs.len() as u64
    }

    fn wanted(&self, number: u64) -> Result<Wanted<'_>, String> {
        let (replication, coalition) = self.runs[number as usize];
        Ok(Wanted {
            parameters: Cow::Owned(self.game.parameters(coalition)?),
            replication,
        })
    }
}
