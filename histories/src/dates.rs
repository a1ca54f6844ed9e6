//! Days as trackers write them; the time of day is left out. What can be read in two ways is told, never guessed.

use jiff::civil::Date;

/// The order of day and month where both are numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOrder {
    /// Day, month, year.
    DayFirst,
    /// Month, day, year.
    MonthFirst,
}

/// A day in its sure form, year-month-day.
pub fn day(text: &str) -> Option<Date> {
    text.trim().parse().ok()
}

/// A date as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// It can be read in one way.
    Sure(Date),
    /// Two numbers and a year: which one is the month depends on the order.
    Numbers(i8, i8, i16),
}

impl Written {
    /// The order that it proves, if any.
    pub(crate) fn proves(self) -> Option<DayOrder> {
        match self {
            Self::Numbers(first, second, _) if first > 12 && second <= 12 => Some(DayOrder::DayFirst),
            Self::Numbers(first, second, _) if second > 12 && first <= 12 => Some(DayOrder::MonthFirst),
            _ => None,
        }
    }

    /// Whether another order would give another day.
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Self::Numbers(first, second, _) if first <= 12 && second <= 12 && first != second)
    }

    /// The day, if there is such a day.
    pub(crate) fn day(self, order: DayOrder) -> Option<Date> {
        match self {
            Self::Sure(date) => Some(date),
            Self::Numbers(first, second, year) => {
                let (day, month) = match order {
                    DayOrder::DayFirst => (first, second),
                    DayOrder::MonthFirst => (second, first),
                };
                Date::new(year, month, day).ok()
            }
        }
    }
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Reads a date: `2025-03-01`, `2025-03-01T09:30:00+02:00`, `2025/03/01`, `01.03.2025`, `1/3/25 9:30 AM`, `01/Mar/25`,
/// `1 March 2025`, `Mar 1, 2025`; `None` for anything else.
pub(crate) fn written(text: &str) -> Option<Written> {
    let text = text.trim();
    // The day is what stands before the time, which holds the first colon or follows a T.
    let before_time = text.split(':').next().unwrap_or(text);
    let day = match (text.contains(':'), before_time.rsplit_once(['T', 't', ' '])) {
        (true, Some((day, hour))) if hour.trim().chars().all(|c| c.is_ascii_digit()) => day,
        _ => text,
    };
    let signs: Vec<char> = day.chars().filter(|c| matches!(c, '.' | '/')).collect();
    let parts: Vec<&str> = day
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '.' | ','))
        .filter(|part| !part.is_empty())
        .collect();
    // A weekday in front says nothing more.
    let parts = match parts.as_slice() {
        [weekday, rest @ ..] if rest.len() == 3 && is_weekday(weekday) => rest,
        all => all,
    };
    let &[one, two, three] = parts else { return None };
    match (month(one), month(two)) {
        (None, Some(month)) if one.len() == 4 => sure(number(one)?, month, number(three)?),
        (None, Some(month)) => sure(year(three)?, month, number(one)?),
        (Some(month), None) => sure(
            year(three)?,
            month,
            number(two.trim_end_matches(char::is_alphabetic))?,
        ),
        (Some(_), Some(_)) => None,
        (None, None) if one.len() == 4 => sure(number(one)?, number(two)?, number(three)?),
        (None, None) => {
            let (first, second, year) = (number(one)?, number(two)?, year(three)?);
            if signs == ['.', '.'] {
                // Points stand between day, month and year in this order wherever they are used.
                return sure(year, second, first);
            }
            let (first, second) = (i8::try_from(first).ok()?, i8::try_from(second).ok()?);
            let possible =
                (1..=31).contains(&first) && (1..=31).contains(&second) && (first <= 12 || second <= 12);
            possible.then_some(Written::Numbers(first, second, year))
        }
    }
}

fn is_weekday(word: &str) -> bool {
    let word = word.to_lowercase();
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        .iter()
        .any(|day| word.starts_with(day))
}

fn month(word: &str) -> Option<i16> {
    let word = word.to_lowercase();
    let place = MONTHS.iter().position(|month| word.starts_with(month))?;
    i16::try_from(place + 1).ok()
}

fn number(word: &str) -> Option<i16> {
    if word.len() > 4 || !word.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    word.parse().ok()
}

/// A year of four digits, or of two in this century.
fn year(word: &str) -> Option<i16> {
    match (word.len(), number(word)?) {
        (2, year) => Some(2000 + year),
        (4, year) => Some(year),
        _ => None,
    }
}

fn sure(year: i16, month: i16, day: i16) -> Option<Written> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(year, month, day).ok().map(Written::Sure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_of_trackers_are_read() {
        let day = Date::new(2025, 3, 1).unwrap();
        for text in [
            "2025-03-01",
            "2025-03-01T09:30:00.000+0200",
            "2025-03-01 09:30",
            "2025/03/01",
            "01.03.2025",
            "1.3.25 09:30",
            "01/Mar/25 9:30 AM",
            "1 March 2025",
            "Mar 1, 2025",
            "March 1st, 2025",
            "Sat, 1 Mar 2025 09:30:00 +0000",
            "2025-Mar-01",
        ] {
            assert_eq!(written(text), Some(Written::Sure(day)), "{text}");
        }
        assert_eq!(written("1/3/2025 9:30 PM"), Some(Written::Numbers(1, 3, 2025)));
        assert_eq!(written("1-3-2025"), Some(Written::Numbers(1, 3, 2025)));
    }

    #[test]
    fn an_order_is_proved_or_open() {
        let numbers = |first, second| Written::Numbers(first, second, 2025);
        assert_eq!(numbers(13, 2).proves(), Some(DayOrder::DayFirst));
        assert_eq!(numbers(2, 13).proves(), Some(DayOrder::MonthFirst));
        assert!(numbers(2, 3).is_open() && numbers(2, 3).proves().is_none());
        assert!(!numbers(3, 3).is_open());
        assert_eq!(numbers(13, 2).day(DayOrder::MonthFirst), None);
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        for text in [
            "",
            "soon",
            "2025",
            "2025-13-01",
            "31/31/2025",
            "30.02.2025",
            "12:30",
            "1/2",
            "１/２/２０２５",
        ] {
            assert_eq!(written(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_breaks_the_reading(text: String) {
            let _ = written(&text);
        }
    }
}
