//! Why a history cannot be used, in words for people.

use std::fmt;

use jiff::civil::Date;

use crate::cells::short;

/// A date, and the line of the file in which it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dated {
    /// The date.
    pub day: Date,
    /// The line.
    pub line: u64,
}

impl fmt::Display for Dated {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} in line {}", self.day, self.line)
    }
}

/// Why a history cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// A file without a table in it.
    #[error(
        "there is no table in it: the first line must have headings, such as team, created, started, finished"
    )]
    Empty,
    /// Bytes of another kind than text.
    #[error("it is no text that can be read ({what}): save it as CSV in UTF-8")]
    NotText {
        /// What it looks like.
        what: &'static str,
    },
    /// A heading that somebody gave and that is not there.
    #[error(
        "there is no heading `{heading}` for {column}{}; the headings are {}",
        nearest.as_ref().map_or_else(String::new, |name| format!("; did you mean `{name}`?")),
        listed(headings)
    )]
    NoHeading {
        /// The column it was given for.
        column: &'static str,
        /// The heading.
        heading: String,
        /// The heading that was most likely meant.
        nearest: Option<String>,
        /// All headings.
        headings: Vec<String>,
    },
    /// A column that no history can do without.
    #[error(
        "no heading says when items were {column} (known are {}): say which with --column {column}=HEADING; the headings \
         are {}",
        known.join(", "), listed(headings)
    )]
    NoColumn {
        /// The column.
        column: &'static str,
        /// Headings that would be taken for it.
        known: &'static [&'static str],
        /// All headings.
        headings: Vec<String>,
    },
    /// Two columns that are headed alike.
    #[error(
        "columns {} (`{}`) and {} (`{}`) would both be taken for {column}: rename or remove one of them{}",
        places[0], short(&headings[0]), places[1], short(&headings[1]),
        if headings[0] == headings[1] { String::new() } else { format!(", or say which with --column {column}=HEADING") }
    )]
    HeadingTwice {
        /// The column that both would be taken for.
        column: &'static str,
        /// Which columns of the table these are, counted from 1.
        places: [usize; 2],
        /// Their headings.
        headings: [String; 2],
    },
    /// Two headings that somebody gave for one column.
    #[error("--column names two headings for {column}, `{}` and `{}`: name one", headings[0], headings[1])]
    GivenTwice {
        /// The column.
        column: &'static str,
        /// The headings.
        headings: [String; 2],
    },
    /// Dates that can be read in two ways.
    #[error(
        "line {line}: `{text}` may be read as day/month or month/day, and no date in the file tells which: say so with \
         --dates dmy or --dates mdy"
    )]
    AmbiguousDates {
        /// Line of the first such date.
        line: u64,
        /// The date.
        text: String,
    },
    /// Dates that contradict each other.
    #[error(
        "line {day_first} writes dates as day/month and line {month_first} as month/day: write all dates one way, best as \
         2025-03-01"
    )]
    MixedDates {
        /// A line that can only be read as day/month.
        day_first: u64,
        /// A line that can only be read as month/day.
        month_first: u64,
    },
    /// Not one item.
    #[error("no item can be read from its {rows} rows{}", first.as_ref().map_or_else(String::new, |first| format!("; the first one: {first}")))]
    NoItems {
        /// Rows below the headings.
        rows: u64,
        /// What is wrong with the first.
        first: Option<String>,
    },
    /// Nobody knows how many teams there were.
    #[error(
        "no heading says which team an item belongs to: say which with --column team=HEADING, or how many teams worked with \
         --teams N"
    )]
    NoTeams,
    /// Fewer teams than there are.
    #[error(
        "the column taken as team, `{heading}`, names {named} teams, more than the {given} of --teams: correct the number, or \
         name the right column with --column team=HEADING"
    )]
    TooFewTeams {
        /// Heading of the column.
        heading: String,
        /// Teams named in the history.
        named: usize,
        /// Teams somebody said there were.
        given: u32,
    },
    /// A column that names something else than teams.
    #[error(
        "the column taken as team, `{heading}`, looks like no team: it has {named} names, and {lost} of {finished} finished \
         items belong to one that finished fewer than {least}; name the right column with --column team=HEADING, or take a \
         longer history; if no column tells the team, rename this one and say how many there were with --teams N"
    )]
    NotTeams {
        /// Heading of the column.
        heading: String,
        /// Teams named in the history.
        named: usize,
        /// Finished items of teams that finished too few.
        lost: usize,
        /// Finished items.
        finished: usize,
        /// Fewest finished items of a team.
        least: usize,
    },
    /// A window in which too little can be seen.
    #[error(
        "its window is {from} to {until}, {weeks} whole weeks: at least {least} and at most {most} can be used; {}set its ends \
         with --from and --until",
        ends(*first, *last)
    )]
    Window {
        /// First day.
        from: Date,
        /// The day after the last.
        until: Date,
        /// Whole weeks between them.
        weeks: i64,
        /// Fewest weeks.
        least: u32,
        /// Most weeks.
        most: u32,
        /// The date with which the window begins, unless somebody set that end.
        first: Option<Dated>,
        /// The date with which the window ends, unless somebody set that end.
        last: Option<Dated>,
    },
}

/// Which dates of the file set the ends of a window: one that is wrong stretches it.
fn ends(first: Option<Dated>, last: Option<Dated>) -> String {
    let first = first.map(|first| format!("begins with {first}"));
    let last = last.map(|last| format!("ends with {last}"));
    let both: Vec<String> = first.into_iter().chain(last).collect();
    if both.is_empty() {
        return String::new();
    }
    format!("it {}: correct a date that is wrong, or ", both.join(" and "))
}

fn listed(headings: &[String]) -> String {
    const MOST: usize = 20;
    let quoted: Vec<String> = headings
        .iter()
        .take(MOST)
        .map(|heading| format!("`{}`", short(heading)))
        .collect();
    let more = headings.len().saturating_sub(MOST);
    if more > 0 {
        format!("{} and {more} more", quoted.join(", "))
    } else {
        quoted.join(", ")
    }
}
