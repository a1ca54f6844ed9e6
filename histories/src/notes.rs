//! What is worth knowing of a history that can be used, one sentence each; refuses nothing.

use sim_core::history::Item;

use crate::read::{Options, Record};
use crate::teams::{FEWEST_OF_TEAM, Teams};
use crate::window::Window;

/// Teams that are named when they finished too few.
const TEAMS_TOLD: usize = 3;

/// Share of the window between its end and the next date from which the date at the end is told: it stands alone.
const ALONE: f64 = 0.25;

/// Teams that finished hardly anything: each counts as a whole one, so a misspelt name or a stray row thins every rate.
pub(crate) fn thin_teams(teams: &Teams, finished: &[&Item]) -> Option<String> {
    let thin = teams.thin(finished);
    if thin.is_empty() {
        return None;
    }
    let told: Vec<String> = thin
        .iter()
        .take(TEAMS_TOLD)
        .map(|(name, count)| format!("`{}` ({count})", crate::cells::short(name)))
        .collect();
    let more = thin.len() - told.len();
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    Some(format!(
        "{} of {} teams finished fewer than {FEWEST_OF_TEAM} items in the window, {}{more}: each counts as a whole team, so \
         correct names that are wrong and leave out rows that belong to no team",
        thin.len(),
        teams.names.len(),
        told.join(", ")
    ))
}

/// One wrong date stretches the window, and everything seems slower: a last date far behind all others is told.
pub(crate) fn lone_end(records: &[Record], window: &Window, options: &Options) -> Option<String> {
    let mut ends: Vec<_> = records.iter().map(Record::last).collect();
    ends.sort_unstable();
    match ends.as_slice() {
        [.., before, last] if options.until.is_none() && window.share_between(*before, *last) > ALONE => {
            Some(format!(
                "the window ends with {last}, the next date before it is {before}: if it is wrong, correct it or set --until"
            ))
        }
        _ => None,
    }
}

/// The same for the first item.
pub(crate) fn lone_start(records: &[Record], window: &Window, options: &Options) -> Option<String> {
    let mut starts: Vec<_> = records.iter().map(Record::first).collect();
    starts.sort_unstable();
    match starts.as_slice() {
        [first, after, ..] if options.from.is_none() && window.share_between(*first, *after) > ALONE => {
            Some(format!(
                "the window begins with {first}, the next item is of {after}: if it is wrong, correct it or set --from"
            ))
        }
        _ => None,
    }
}

/// Exports often reach back only for some items: then the first quarter of the window has too few.
pub(crate) fn thin_start(seen: &[Item], weeks: u32) -> Option<String> {
    let quarter = i32::try_from(weeks / 4).unwrap_or(i32::MAX);
    let early = seen.iter().filter(|item| item.created < quarter).count() as f64;
    let expected = seen.len() as f64 * f64::from(weeks / 4) / f64::from(weeks);
    // Below half, and not by luck: the count is Poisson, four standard deviations.
    (early < 0.5 * expected && expected - early > 4.0 * expected.sqrt()).then(|| {
        "few items were created in the first quarter of the window: if the export does not reach back that far for all \
         items, say from when on it is whole with --from"
            .to_owned()
    })
}

/// Items that the window does not see.
pub(crate) fn too_early(records: &[Record], window: &Window) -> Option<String> {
    let early = records
        .iter()
        .filter(|record| record.created < window.from)
        .count();
    (early > 0).then(|| format!("{early} items created before {} are left out", window.from))
}
