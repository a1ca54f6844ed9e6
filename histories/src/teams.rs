//! The teams of a history: how many there were, and whether those that are named are teams at all.

use std::collections::BTreeSet;

use experiments::calibration::FEWEST_FINISHED;
use sim_core::history::Item;

use crate::error::HistoryError;
use crate::read::{Options, Record};

/// Finished items from which a team is taken for one. Even in the shortest window a team that works usually finishes some
/// three; a misspelt name, a stray row or the number of an item has one or two.
pub(crate) const FEWEST_OF_TEAM: usize = 3;

/// Share of finished items whose team finished fewer, above which the column names something else: a few people may sit
/// in teams that are new or closed, not most of them.
const LOST_SHARE: f64 = 0.5;

/// A team of an item whose cell is empty: it belongs to none.
const NO_TEAM: u32 = u32::MAX;

/// The teams of a history.
pub(crate) struct Teams {
    /// How many worked.
    pub(crate) count: u32,
    /// Those that are named, in order.
    pub(crate) names: Vec<String>,
}

impl Teams {
    /// The teams that `records` name in the column headed `heading`, or as many as somebody said.
    pub(crate) fn of(records: &[Record], heading: &str, options: &Options) -> Result<Self, HistoryError> {
        let names: BTreeSet<&str> = records
            .iter()
            .map(|record| record.team.as_str())
            .filter(|name| !name.is_empty())
            .collect();
        let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        match options.teams {
            Some(given) if names.len() > given as usize => Err(HistoryError::TooFewTeams {
                heading: heading.to_owned(),
                named: names.len(),
                given,
            }),
            Some(count) => Ok(Self { count, names }),
            None if names.is_empty() => Err(HistoryError::NoTeams),
            None => Ok(Self {
                count: names.len() as u32,
                names,
            }),
        }
    }

    /// Whether each team that worked is named.
    pub(crate) fn are_all_named(&self) -> bool {
        self.names.len() == self.count as usize
    }

    /// The number of the team with this name.
    pub(crate) fn number(&self, name: &str) -> u32 {
        let place = self.names.binary_search_by(|known| known.as_str().cmp(name));
        place
            .ok()
            .and_then(|place| u32::try_from(place).ok())
            .unwrap_or(NO_TEAM)
    }

    /// Teams that finished fewer than [`FEWEST_OF_TEAM`] items and how many these are, the fewest first.
    pub(crate) fn thin(&self, finished: &[&Item]) -> Vec<(&str, usize)> {
        let mut counts: Vec<(&str, usize)> = self.names.iter().map(|name| (name.as_str(), 0)).collect();
        for item in finished {
            if let Some((_, count)) = counts.get_mut(item.team as usize) {
                *count += 1;
            }
        }
        counts.retain(|(_, count)| *count < FEWEST_OF_TEAM);
        counts.sort_by_key(|(_, count)| *count);
        counts
    }

    /// Refuses a column that names something else than teams. Below [`FEWEST_FINISHED`] items nothing can be told, and
    /// the history is refused for being short.
    pub(crate) fn check(&self, heading: &str, finished: &[&Item]) -> Result<(), HistoryError> {
        let lost: usize = self.thin(finished).iter().map(|(_, count)| count).sum();
        let all = finished.len();
        if all < FEWEST_FINISHED || lost as f64 <= LOST_SHARE * all as f64 {
            return Ok(());
        }
        Err(HistoryError::NotTeams {
            heading: heading.to_owned(),
            named: self.names.len(),
            lost,
            finished: all,
            least: FEWEST_OF_TEAM,
        })
    }
}
