//! A simulated history as a table, as a tracker would export it.

use std::io;

use jiff::Span;
use jiff::civil::Date;
use sim_core::history::Item;

use crate::columns::Column;

/// The Monday that week 0 begins with.
pub const FIRST_DAY: Date = jiff::civil::date(2025, 1, 6);

/// Digits of the number of a team.
const TEAM_DIGITS: usize = 2;

/// The items that can be seen in weeks 0 to `weeks` − 1, as a table whose headings [`crate::read()`] knows. Within a week
/// every item is on Wednesday: the engine knows whole weeks only.
///
/// # Errors
/// Only if memory cannot be had, or the window ends after the last year there is.
pub fn write(items: &[Item], weeks: u32) -> io::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let heads = Column::ALL.iter().map(|column| match column {
        Column::Estimate => "estimate (team-weeks)",
        Column::Effort => "effort (team-weeks)",
        other => other.word(),
    });
    table.write_record(std::iter::once("item").chain(heads))?;
    let end = i32::try_from(weeks).unwrap_or(i32::MAX);
    let seen = items.iter().filter(|item| (0..end).contains(&item.created));
    for (number, item) in seen.enumerate() {
        let in_window = |week: Option<i32>| week.filter(|week| *week < end);
        let (finished, dropped) = (in_window(item.finished), in_window(item.dropped));
        let date = |week: Option<i32>| week.map_or_else(|| Ok(String::new()), day);
        let size = |size: Option<f64>| size.map_or_else(String::new, |size| format!("{size:.2}"));
        let resolution = match (finished, dropped) {
            (Some(_), _) => "done",
            (None, Some(_)) => "dropped",
            (None, None) => "",
        };
        table.write_record([
            format!("W-{}", number + 1),
            format!("team {:0TEAM_DIGITS$}", item.team + 1),
            date(Some(item.created))?,
            date(in_window(item.started))?,
            date(finished.or(dropped))?,
            size(item.estimate),
            size(item.effort.filter(|_| finished.is_some())),
            item.effect
                .filter(|_| finished.is_some())
                .map_or("", sim_core::history::Effect::word)
                .to_owned(),
            resolution.to_owned(),
        ])?;
    }
    table.into_inner().map_err(csv::IntoInnerError::into_error)
}

fn day(week: i32) -> io::Result<String> {
    let days = i64::from(week) * 7 + 2;
    let day = FIRST_DAY
        .checked_add(Span::new().days(days))
        .map_err(io::Error::other)?;
    Ok(day.to_string())
}
