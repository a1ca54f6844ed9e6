//! Why a history cannot be used, in words for people.

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
    #[error("the history names {named} teams, more than the {given} of --teams")]
    TooFewTeams {
        /// Teams named in the history.
        named: usize,
        /// Teams somebody said there were.
        given: u32,
    },
    /// A window in which too little can be seen.
    #[error(
        "its window is {from} to {until}, {weeks} whole weeks: at least {least} and at most {most} can be used; set its ends \
         with --from and --until"
    )]
    Window {
        /// First day.
        from: String,
        /// The day after the last.
        until: String,
        /// Whole weeks between them.
        weeks: i64,
        /// Fewest weeks.
        least: u32,
        /// Most weeks.
        most: u32,
    },
}

fn listed(headings: &[String]) -> String {
    const MOST: usize = 20;
    let quoted: Vec<String> = headings
        .iter()
        .take(MOST)
        .map(|heading| format!("`{}`", crate::cells::short(heading)))
        .collect();
    let more = headings.len().saturating_sub(MOST);
    if more > 0 {
        format!("{} and {more} more", quoted.join(", "))
    } else {
        quoted.join(", ")
    }
}
