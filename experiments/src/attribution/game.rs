//! The game that is played for a gap: coalitions of changed groups, and what each is worth in each world.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use scenarios::Scenario;
use sim_core::parameters::{GROUPS, Group, Parameters, TRANSFORMATION_GROUP, operating_model_groups};

use super::shapley::Coalition;
use crate::engine::Engine;
use crate::error::ComparisonError;
use crate::evaluation::{Evaluator, Runs, Wanted, Watch};

/// A group of parameters whose values differ between two scenarios. To the group `transformation` belongs the operating
/// model that it leads to.
#[derive(Debug, Clone, Copy)]
pub struct ChangedGroup {
    /// The group.
    pub group: &'static Group,
    /// How many of its parameters differ; none where only the target of a transformation does.
    pub parameters: usize,
}

/// The groups in which two scenarios differ, in the order of the table.
pub fn changed_groups(from: &Scenario, to: &Scenario) -> Vec<ChangedGroup> {
    let (from, to) = (&from.parameters, &to.parameters);
    let changed = |group: &'static Group| ChangedGroup {
        group,
        parameters: differing(group, from, to),
    };
    let leads_elsewhere = lead_apart(from, to);
    GROUPS
        .iter()
        .map(changed)
        .filter(|changed| changed.parameters > 0 || leads_elsewhere && moves_the_target(changed.group))
        .collect()
}

fn differing(group: &Group, one: &Parameters, other: &Parameters) -> usize {
    let parameters = group.parameters.iter();
    parameters
        .filter(|parameter| parameter.get(one) != parameter.get(other))
        .count()
}

/// Whether two sets of parameters are on the way to different operating models, or only one of them is on a way.
fn lead_apart(one: &Parameters, other: &Parameters) -> bool {
    match (&one.target, &other.target) {
        (Some(one), Some(other)) => operating_model_groups().any(|group| differing(group, one, other) > 0),
        (one, other) => one.is_some() != other.is_some(),
    }
}

fn moves_the_target(group: &Group) -> bool {
    group.name == TRANSFORMATION_GROUP
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
        let (mut mixed, to) = (self.from.parameters.clone(), &self.to.parameters);
        for (place, changed) in self.groups.iter().enumerate() {
            if coalition & (1 << place) != 0 {
                for parameter in changed.group.parameters {
                    parameter
                        .set(&mut mixed, parameter.get(to))
                        .map_err(|error| error.to_string())?;
                }
                if moves_the_target(changed.group) {
                    mixed.target.clone_from(&to.target);
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

#[cfg(test)]
mod tests {
    use super::*;
    use scenarios::load;
    use sim_core::outcomes::Outcome;
    use sim_core::simulation::{Request, Span, WorldKey, run};

    #[test]
    fn the_empty_coalition_is_the_one_arm_and_the_full_one_the_other_to_the_last_bit() {
        let none: [&str; 0] = [];
        let span = Span {
            warm_up_weeks: 4,
            horizon_weeks: 60,
        };
        let key = WorldKey {
            seed: 7,
            replication: 3,
        };
        let outcomes = |parameters: &Parameters| run(parameters, span, key, Request::default()).outcomes;
        for arms in [
            ["safe", "empowered"],
            ["safe", "safe+full"],
            ["safe+full", "safe"],
            ["safe+full", "empowered"],
            ["safe+full@startup", "safe+training-only"],
        ] {
            let [from, to] = arms.map(|name| load(name, None, &none).unwrap());
            let game = Game::new(&from, &to);
            let everybody: Coalition = (1 << game.groups.len()) - 1;
            let mixed = [0, everybody].map(|coalition| game.parameters(coalition).unwrap());
            assert_ne!(outcomes(&mixed[0]), outcomes(&mixed[1]), "{arms:?}");
            for (mixed, arm) in mixed.iter().zip([&from, &to]) {
                let (found, expected) = (outcomes(mixed), outcomes(&arm.parameters));
                for outcome in Outcome::ALL {
                    let bits = [&found, &expected].map(|outcomes| outcomes.get(*outcome).map(f64::to_bits));
                    assert_eq!(bits[0], bits[1], "{arms:?}, {}: {outcome:?}", arm.name);
                }
            }
        }
    }

    #[test]
    fn another_target_alone_is_a_change_of_the_transformation() {
        let none: [&str; 0] = [];
        let from = load("safe+full", None, &none).unwrap();
        let mut to = from.clone();
        let target = to.parameters.target.as_deref_mut().unwrap();
        target.discovery.hours += 1.0;
        let changed = changed_groups(&from, &to);
        assert_eq!(changed.len(), 1);
        assert_eq!(
            (changed[0].group.name, changed[0].parameters),
            (TRANSFORMATION_GROUP, 0)
        );
        let game = Game::new(&from, &to);
        assert_eq!(game.parameters(0).unwrap(), from.parameters);
        assert_eq!(game.parameters(1).unwrap(), to.parameters);
    }
}
