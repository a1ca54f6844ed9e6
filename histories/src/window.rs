//! The days of a history that count; knows no table.

use jiff::civil::Date;
use jiff::{Span, Unit};

use crate::error::{Dated, HistoryError};
use crate::read::{LONGEST_WEEKS, Options, Record, SHORTEST_WEEKS};

/// The days that count.
pub(crate) struct Window {
    pub(crate) from: Date,
    pub(crate) until: Date,
    pub(crate) weeks: u32,
}

impl Window {
    /// The window of at least one record: from the first to the last date, unless somebody set its ends.
    pub(crate) fn of(records: &[Record], options: &Options) -> Result<Self, HistoryError> {
        let last = records.iter().map(Record::last).max();
        let first = records.iter().map(Record::first).min();
        // There is at least one record: the ends never fall back on the other one.
        let from = options.from.or(first.map(|first| first.day));
        let after = last.map(|last| last.day.tomorrow().unwrap_or(Date::MAX));
        let (from, until) = (
            from.unwrap_or(Date::MIN),
            options.until.or(after).unwrap_or(Date::MAX),
        );
        let weeks = days(from, until) / 7;
        let refused = || HistoryError::Window {
            from,
            until,
            weeks,
            least: SHORTEST_WEEKS,
            most: LONGEST_WEEKS,
            first: first.filter(|_| options.from.is_none()),
            last: last.filter(|_| options.until.is_none()),
        };
        let whole = u32::try_from(weeks)
            .ok()
            .filter(|weeks| (SHORTEST_WEEKS..=LONGEST_WEEKS).contains(weeks))
            .ok_or_else(refused)?;
        let until = from
            .checked_add(Span::new().weeks(weeks))
            .map_err(|_| refused())?;
        Ok(Self {
            from,
            until,
            weeks: whole,
        })
    }

    /// The week of a day, negative before the window.
    pub(crate) fn week(&self, day: Date) -> i32 {
        i32::try_from(days(self.from, day).div_euclid(7)).unwrap_or(i32::MAX)
    }

    /// The share of the window that lies between two dates.
    pub(crate) fn share_between(&self, one: Dated, other: Dated) -> f64 {
        days(one.day, other.day).unsigned_abs() as f64 / (7.0 * f64::from(self.weeks))
    }
}

/// Days from one day to another, negative if the other comes first.
fn days(from: Date, to: Date) -> i64 {
    from.until((Unit::Day, to))
        .map_or(0, |span| i64::from(span.get_days()))
}
