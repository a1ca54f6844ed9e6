//! Rows to a history in weeks from the start of its window, with a list of what could not be read.

use experiments::calibration::{Holds, Observed, Scale};
use jiff::civil::Date;
use sim_core::history::{Effect, Item};

use crate::cells::{self, Unit};
use crate::columns::{Column, Places};
use crate::dates::{DayOrder, written};
use crate::error::{Dated, HistoryError};
use crate::notes;
use crate::table::{Row, Table};
use crate::teams::Teams;
use crate::window::Window;

/// Shortest window \[weeks\].
pub const SHORTEST_WEEKS: u32 = 8;

/// Longest window \[weeks\]: ten years.
pub const LONGEST_WEEKS: u32 = 520;

/// Troubles that are kept with their words; further ones are only counted.
pub const TROUBLES_TOLD: usize = 5;

/// Share of finished items of which something must be known to count as held by the history.
const HELD_SHARE: f64 = 0.05;

/// Finished items of which something must be known to count as held by the history.
const HELD_ITEMS: usize = 10;

/// How a history is to be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Headings that somebody gave.
    pub columns: Vec<(Column, String)>,
    /// The order of day and month; found out from the dates unless given.
    pub dates: Option<DayOrder>,
    /// Unit of estimates; that of the heading unless given.
    pub estimate_unit: Option<Unit>,
    /// Unit of efforts; that of the heading unless given.
    pub effort_unit: Option<Unit>,
    /// People in a team, to tell team-weeks from days and hours.
    pub people_per_team: f64,
    /// How many teams worked; those that are named unless given.
    pub teams: Option<u32>,
    /// First day of the window; that of the first item unless given.
    pub from: Option<Date>,
    /// Day after the window; that after the last date unless given.
    pub until: Option<Date>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            columns: Vec::new(),
            dates: None,
            estimate_unit: None,
            effort_unit: None,
            people_per_team: 8.0,
            teams: None,
            from: None,
            until: None,
        }
    }
}

/// A row or a cell that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Line of the file.
    pub line: u64,
    /// What is wrong.
    pub reason: String,
}

/// A history, and how it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// What was observed.
    pub observed: Observed,
    /// First day of the window.
    pub from: Date,
    /// Day after the window.
    pub until: Date,
    /// Headings that were taken, with the column that each was taken for, and the unit of sizes.
    pub columns: Vec<(Column, String, Option<Unit>)>,
    /// Rows below the headings.
    pub rows: u64,
    /// Items of the window; those created before or after it are left out.
    pub items: u64,
    /// Items of the window that were finished in it.
    pub finished: u64,
    /// Rows that could not be read and are left out.
    pub rows_left_out: u64,
    /// Cells that could not be read, in rows that count nevertheless.
    pub cells_left_out: u64,
    /// The first of these rows and cells.
    pub troubles: Vec<Trouble>,
    /// What else is worth knowing, one sentence each.
    pub notes: Vec<String>,
}

/// Reads a history from the bytes of a table.
///
/// # Errors
/// If it is no table, lacks what no history can do without, or has dates that can be read in two ways.
pub fn read(bytes: &[u8], options: &Options) -> Result<History, HistoryError> {
    let table = Table::of(bytes)?;
    let places = Places::among(&table.headings, &options.columns)?;
    if places.of(Column::Team).is_none() && options.teams.is_none() {
        return Err(HistoryError::NoTeams);
    }
    let order = day_order(&table, &places, options.dates)?;
    let mut reading = Reading {
        table: &table,
        places: &places,
        order,
        troubles: Vec::new(),
        rows_left_out: 0,
        cells_left_out: 0,
    };
    let records: Vec<Record> = table.rows.iter().filter_map(|row| reading.record(row)).collect();
    if records.is_empty() {
        return Err(HistoryError::NoItems {
            rows: table.rows.len() as u64,
            first: reading.troubles.first().map(|trouble| trouble.reason.clone()),
        });
    }
    let columns = taken(&table, &places, options);
    let unit = |column: Column| {
        let taken = columns.iter().find(|(known, _, _)| *known == column);
        taken.and_then(|(_, _, unit)| *unit)
    };
    let units = [unit(Column::Estimate), unit(Column::Effort)];
    let window = Window::of(&records, options)?;
    let team_heading = places
        .of(Column::Team)
        .map_or("", |place| table.headings[place].as_str());
    let teams = Teams::of(&records, team_heading, options)?;
    let factors = units.map(|unit| unit.map_or(1.0, |unit| unit.in_team_weeks(options.people_per_team)));
    let items = items(&records, &window, &teams, factors);
    let mut notes: Vec<String> = places.left(&table.headings).into_iter().collect();
    let holds = Holds {
        teams: teams.are_all_named(),
        ..holds(&items, &window, units, &mut notes)
    };
    let seen = experiments::calibration::seen(&items, window.weeks, &holds);
    let finished: Vec<&Item> = seen.iter().filter(|item| item.finished.is_some()).collect();
    teams.check(team_heading, &finished)?;
    let start = notes::lone_start(&records, &window, options);
    notes.extend(notes::thin_teams(&teams, &finished));
    notes.extend(start.or_else(|| notes::thin_start(&seen, window.weeks)));
    notes.extend(notes::lone_end(&records, &window, options));
    notes.extend(notes::too_early(&records, &window));
    Ok(History {
        from: window.from,
        until: window.until,
        columns,
        rows: table.rows.len() as u64,
        items: seen.len() as u64,
        finished: finished.len() as u64,
        rows_left_out: reading.rows_left_out,
        cells_left_out: reading.cells_left_out,
        troubles: reading.troubles,
        notes,
        observed: Observed {
            weeks: window.weeks,
            teams: teams.count,
            holds,
            items,
        },
    })
}

/// A row that could be read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    line: u64,
    pub(crate) team: String,
    pub(crate) created: Date,
    started: Option<Date>,
    finished: Option<Date>,
    dropped: Option<Date>,
    estimate: Option<f64>,
    effort: Option<f64>,
    effect: Option<Effect>,
}

impl Record {
    /// When it came into being.
    pub(crate) fn first(&self) -> Dated {
        Dated {
            day: self.created,
            line: self.line,
        }
    }

    /// When something happened to it last.
    pub(crate) fn last(&self) -> Dated {
        let later = [self.started, self.finished, self.dropped].into_iter().flatten();
        Dated {
            day: later.fold(self.created, Date::max),
            line: self.line,
        }
    }
}

/// The items of records, in weeks and team-weeks.
fn items(records: &[Record], window: &Window, teams: &Teams, factors: [f64; 2]) -> Vec<Item> {
    let week = |day: Option<Date>| day.map(|day| window.week(day));
    let item = |record: &Record| Item {
        team: teams.number(&record.team),
        created: window.week(record.created),
        started: week(record.started),
        finished: week(record.finished),
        dropped: week(record.dropped),
        estimate: record.estimate.map(|size| size * factors[0]),
        effort: record.effort.map(|size| size * factors[1]),
        effect: record.effect,
    };
    records.iter().map(item).collect()
}

struct Reading<'a> {
    table: &'a Table,
    places: &'a Places,
    order: DayOrder,
    troubles: Vec<Trouble>,
    rows_left_out: u64,
    cells_left_out: u64,
}

impl Reading<'_> {
    fn record(&mut self, row: &Row) -> Option<Record> {
        let read = match self.table.misfit(row, self.places.needed()) {
            Some(reason) => Err(reason),
            None => self.dated(row),
        };
        match read {
            Ok(record) => Some(Record {
                estimate: self.cell(row, Column::Estimate, cells::size),
                effort: self.cell(row, Column::Effort, cells::size),
                effect: self.cell(row, Column::Outcome, cells::effect),
                ..record
            }),
            Err(reason) => {
                self.rows_left_out += 1;
                self.trouble(row, reason);
                None
            }
        }
    }

    fn dated(&self, row: &Row) -> Result<Record, String> {
        let created = self
            .date(row, Column::Created)?
            .ok_or("it does not say when it was created")?;
        let started = self.date(row, Column::Started)?;
        let ended = self.date(row, Column::Finished)?;
        for (what, date) in [("started", started), ("finished", ended)] {
            if let Some(date) = date.filter(|date| *date < created) {
                return Err(format!(
                    "it was {what} on {date}, before it was created on {created}"
                ));
            }
        }
        if let (Some(started), Some(ended)) = (started, ended)
            && ended < started
        {
            return Err(format!(
                "it was finished on {ended}, before it was started on {started}"
            ));
        }
        let given_up = cells::is_given_up(row.cell(self.places.of(Column::Resolution)));
        Ok(Record {
            line: row.line,
            team: row.cell(self.places.of(Column::Team)).to_owned(),
            created,
            started,
            finished: ended.filter(|_| !given_up),
            dropped: ended.filter(|_| given_up),
            estimate: None,
            effort: None,
            effect: None,
        })
    }

    fn date(&self, row: &Row, column: Column) -> Result<Option<Date>, String> {
        let text = row.cell(self.places.of(column));
        if is_no_date(text) {
            return Ok(None);
        }
        let day = written(text).and_then(|written| written.day(self.order));
        let wrong = || format!("`{}` is no date ({})", cells::short(text), column.word());
        day.map(Some).ok_or_else(wrong)
    }

    fn cell<T>(
        &mut self,
        row: &Row,
        column: Column,
        read: fn(&str) -> Result<Option<T>, String>,
    ) -> Option<T> {
        match read(row.cell(self.places.of(column))) {
            Ok(value) => value,
            Err(reason) => {
                self.cells_left_out += 1;
                self.trouble(row, format!("{reason} ({})", column.word()));
                None
            }
        }
    }

    fn trouble(&mut self, row: &Row, reason: String) {
        if self.troubles.len() < TROUBLES_TOLD {
            self.troubles.push(Trouble {
                line: row.line,
                reason,
            });
        }
    }
}

/// What trackers write where there is no date yet.
fn is_no_date(text: &str) -> bool {
    matches!(
        text.trim().to_lowercase().as_str(),
        "" | "-" | "none" | "null" | "n/a" | "na" | "unresolved" | "open" | "not started"
    )
}

/// The order of day and month: the one that is given, or the one that dates of the table prove.
fn day_order(table: &Table, places: &Places, given: Option<DayOrder>) -> Result<DayOrder, HistoryError> {
    if let Some(order) = given {
        return Ok(order);
    }
    let mut proved: [Option<u64>; 2] = [None, None];
    let mut open: Option<(u64, String)> = None;
    let needed = places.needed();
    for row in table
        .rows
        .iter()
        .filter(|row| table.misfit(row, needed).is_none())
    {
        for column in [Column::Created, Column::Started, Column::Finished] {
            let text = row.cell(places.of(column));
            let Some(date) = written(text) else { continue };
            match date.proves() {
                Some(DayOrder::DayFirst) => proved[0] = proved[0].or(Some(row.line)),
                Some(DayOrder::MonthFirst) => proved[1] = proved[1].or(Some(row.line)),
                None if date.is_open() && open.is_none() => open = Some((row.line, cells::short(text))),
                None => {}
            }
        }
    }
    match (proved, open) {
        ([Some(day_first), Some(month_first)], _) => Err(HistoryError::MixedDates {
            day_first,
            month_first,
        }),
        ([None, Some(_)], _) => Ok(DayOrder::MonthFirst),
        ([None, None], Some((line, text))) => Err(HistoryError::AmbiguousDates { line, text }),
        _ => Ok(DayOrder::DayFirst),
    }
}

fn taken(table: &Table, places: &Places, options: &Options) -> Vec<(Column, String, Option<Unit>)> {
    let column = |column: &Column| {
        let heading = table.headings.get(places.of(*column)?)?.clone();
        let unit = match column {
            Column::Estimate => Some(
                options
                    .estimate_unit
                    .unwrap_or_else(|| Unit::of_heading(&heading)),
            ),
            Column::Effort => Some(options.effort_unit.unwrap_or_else(|| Unit::of_heading(&heading))),
            _ => None,
        };
        Some((*column, heading, unit))
    };
    Column::ALL.iter().filter_map(column).collect()
}

fn holds(items: &[Item], window: &Window, units: [Option<Unit>; 2], notes: &mut Vec<String>) -> Holds {
    let everything = Holds {
        started: true,
        unfinished: true,
        dropped: true,
        ..Holds::default()
    };
    let seen = experiments::calibration::seen(items, window.weeks, &everything);
    let finished: Vec<&Item> = seen.iter().filter(|item| item.finished.is_some()).collect();
    let count = |known: fn(&Item) -> bool| finished.iter().filter(|item| known(item)).count();
    let share = |known: usize| known as f64 / finished.len().max(1) as f64;
    let mut held = |known: usize, what: &str| {
        let enough = known >= HELD_ITEMS && share(known) >= HELD_SHARE;
        if !enough && known > 0 {
            notes.push(format!(
                "{what} is known of {known} finished items only, too few to be used"
            ));
        }
        if enough { share(known) } else { 0.0 }
    };
    let started = count(|item| item.started.is_some());
    let estimate = held(count(|item| item.estimate.is_some()), "the estimate");
    let effort = held(count(|item| item.effort.is_some()), "the effort");
    let effect_share = held(count(|item| item.effect.is_some()), "the outcome");
    let scale = |share: f64, unit: Option<Unit>| match unit {
        _ if share == 0.0 => Scale::Unknown,
        Some(Unit::Points) => Scale::Relative,
        _ => Scale::Absolute,
    };
    let knows_start = share(started) >= 0.5;
    if !knows_start && started > 0 {
        notes.push(format!(
            "the start of work is known of {started} of {} finished items only, too few to be used",
            finished.len()
        ));
    }
    let unfinished = seen
        .iter()
        .any(|item| item.finished.is_none() && item.dropped.is_none());
    if !unfinished {
        notes.push(
            "every item is finished: the history is taken for an export of finished items, so nothing is said about how many \
             were created"
                .to_owned(),
        );
    }
    Holds {
        started: knows_start,
        unfinished,
        dropped: items.iter().any(|item| item.dropped.is_some()),
        teams: false,
        estimate: scale(estimate, units[0]),
        estimate_share: estimate,
        effort: scale(effort, units[1]),
        effort_share: effort,
        effect_share,
    }
}
