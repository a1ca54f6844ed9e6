//! One run as text: its weekly series and its event log with causes; leaves out nothing the run returned.

use std::fmt::Write as _;
use std::io;

use sim_core::outcomes::{Series, WeekRecord};
use sim_core::simulation::Event;

use crate::tables::figure;

/// The weekly series of one run as CSV: one row for each week, one column for each series with its unit in the name.
///
/// # Errors
/// Only if memory for the table cannot be had.
pub fn weekly_series_csv(weeks: &[WeekRecord]) -> io::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let names = Series::ALL.iter().map(|series| series_column(*series));
    table.write_record(std::iter::once("week".to_owned()).chain(names))?;
    for (week, record) in weeks.iter().enumerate() {
        table.write_record(
            std::iter::once(week.to_string()).chain(record.iter().map(|value| figure(*value))),
        )?;
    }
    table.into_inner().map_err(|error| error.into_error())
}

/// The event log of one run as CSV: number, week, team, kind, need, cause, detail; what does not apply is empty.
///
/// # Errors
/// Only if memory for the table cannot be had.
pub fn event_log_csv(events: &[Event]) -> io::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["number", "week", "team", "kind", "need", "cause", "detail"])?;
    for event in events {
        let cells = [
            event.number.to_string(),
            event.week.to_string(),
            event.team.to_string(),
            event.kind.word().to_owned(),
            event.need.map_or_else(String::new, |need| need.to_string()),
            event.cause.map_or_else(String::new, |cause| cause.to_string()),
            event.detail.clone(),
        ];
        table.write_record(cells)?;
    }
    table.into_inner().map_err(|error| error.into_error())
}

/// The event log of one run for people: one line for each event, with the number of the event that led to it.
pub fn event_log_text(events: &[Event]) -> String {
    if events.is_empty() {
        return "No events.\n".to_owned();
    }
    let kind_width = events
        .iter()
        .map(|event| event.kind.word().len())
        .max()
        .unwrap_or(0);
    let mut text = format!(
        "{:>7}  {:>5}  {:>6}  {:<kind_width$}  what, and because of which event\n",
        "event", "week", "team", "kind"
    );
    for event in events {
        let team = event.team;
        let words = event_words(event);
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{:>7}  {:>5}  {team:>6}  {:<kind_width$}  {words}",
            format!("#{}", event.number),
            event.week,
            event.kind.word()
        );
    }
    text
}

fn event_words(event: &Event) -> String {
    let need = event.need.map(|need| format!("need {need}"));
    let detail = (!event.detail.is_empty()).then(|| event.detail.clone());
    let cause = event.cause.map(|cause| format!("because of #{cause}"));
    let words: Vec<String> = [need, detail].into_iter().flatten().collect();
    match cause {
        Some(cause) if words.is_empty() => cause,
        Some(cause) => format!("{} ({cause})", words.join(": ")),
        None => words.join(": "),
    }
}

/// Column name of a series, its unit in the name.
fn series_column(series: Series) -> String {
    let unit = match series.unit() {
        "0-1" => "share".to_owned(),
        unit => unit.replace([' ', '-', '/'], "_"),
    };
    if series.name().ends_with(&unit) {
        series.name().to_owned()
    } else {
        format!("{}_{unit}", series.name())
    }
}
