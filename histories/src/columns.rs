//! What a history may hold, and what trackers call it; knows no row.

use scenarios::nearest;

use crate::error::HistoryError;

/// Something that a history may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// Who works on the item.
    Team,
    /// When it was written down.
    Created,
    /// When work on it started.
    Started,
    /// When work on it was done.
    Finished,
    /// How large it was held to be before.
    Estimate,
    /// How much work it took.
    Effort,
    /// What it did for customers or the business.
    Outcome,
    /// How it was closed: what was given up is told from what was done.
    Resolution,
}

impl Column {
    /// All of them, in the order in which they are written.
    pub const ALL: [Self; 8] = [
        Self::Team,
        Self::Created,
        Self::Started,
        Self::Finished,
        Self::Estimate,
        Self::Effort,
        Self::Outcome,
        Self::Resolution,
    ];

    /// The fixed word of files and options.
    pub fn word(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::Created => "created",
            Self::Started => "started",
            Self::Finished => "finished",
            Self::Estimate => "estimate",
            Self::Effort => "effort",
            Self::Outcome => "outcome",
            Self::Resolution => "resolution",
        }
    }

    /// Headings that are taken for it, the surest first; compared without case, signs and words in brackets.
    pub fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Team => &[
                "team",
                "squad",
                "team name",
                "custom field team",
                "assignee team",
                "assigned team",
                "scrum team",
                "agile team",
                "area path",
                "component",
                "board",
                "project name",
                "project",
                "project key",
            ],
            Self::Created => &[
                "created",
                "created at",
                "created date",
                "creation date",
                "date created",
                "created on",
                "opened",
                "opened at",
            ],
            Self::Started => &[
                "started",
                "started at",
                "started date",
                "start date",
                "actual start",
                "date started",
                "in progress",
                "in progress date",
                "activated date",
                "custom field actual start",
                "custom field start date",
                "work started",
                "begun",
            ],
            Self::Finished => &[
                "finished",
                "finished at",
                "finished date",
                "done",
                "done date",
                "date done",
                "completed",
                "completed at",
                "completed date",
                "resolved",
                "resolution date",
                "resolved date",
                "resolved at",
                "closed",
                "closed at",
                "closed date",
                "actual end",
            ],
            Self::Estimate => &[
                "estimate",
                "story points",
                "custom field story points",
                "story point estimate",
                "custom field story point estimate",
                "points",
                "estimated effort",
                "original estimate",
            ],
            Self::Effort => &[
                "effort",
                "actual effort",
                "completed work",
                "time spent",
                "actual",
                "hours spent",
                "logged time",
            ],
            Self::Outcome => &["outcome", "effect", "result", "impact", "experiment result"],
            Self::Resolution => &["resolution", "state reason", "close reason", "status", "state"],
        }
    }
}

/// A heading without case, signs and what stands in brackets.
pub(crate) fn plain(heading: &str) -> String {
    let mut depth = 0_u32;
    let mut letters = String::new();
    for letter in heading.chars() {
        match letter {
            '(' | '[' => {
                // `Custom field (Story Points)` names the column in brackets, `Effort (days)` its unit.
                if letters.trim().eq_ignore_ascii_case("custom field") {
                    letters.push(' ');
                } else {
                    depth += 1;
                }
            }
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            letter if letter.is_alphanumeric() => letters.extend(letter.to_lowercase()),
            _ => letters.push(' '),
        }
    }
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands in brackets behind a heading: its unit, if anything.
pub(crate) fn in_brackets(heading: &str) -> Option<&str> {
    let (_, behind) = heading.split_once(['(', '['])?;
    behind.split([')', ']']).next().map(str::trim)
}

/// The place of each column in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Places {
    found: Vec<(Column, usize)>,
    /// Headings that would have done as well, but are less sure.
    left: Vec<(Column, Vec<usize>)>,
}

impl Places {
    /// Finds the columns among `headings`; `given` are those that somebody named, and win.
    ///
    /// # Errors
    /// If a given heading is not there, a history cannot do without a column that is missing, or nothing tells which of two
    /// columns is meant.
    pub(crate) fn among(headings: &[String], given: &[(Column, String)]) -> Result<Self, HistoryError> {
        let mut places = Self {
            found: Vec::new(),
            left: Vec::new(),
        };
        for (column, heading) in given {
            if let Some((_, other)) = given
                .iter()
                .find(|(known, other)| known == column && other != heading)
            {
                return Err(HistoryError::GivenTwice {
                    column: column.word(),
                    headings: [heading.clone(), other.clone()],
                });
            }
            let place = given_place(headings, *column, heading)?;
            places.found.push((*column, place));
        }
        for column in Column::ALL {
            if places.of(column).is_none() {
                places.find(headings, column)?;
            }
        }
        for column in [Column::Created, Column::Finished] {
            if places.of(column).is_none() {
                return Err(HistoryError::NoColumn {
                    column: column.word(),
                    known: column.headings(),
                    headings: headings.to_vec(),
                });
            }
        }
        Ok(places)
    }

    /// Takes the surest heading of a column that is free, and remembers the others.
    fn find(&mut self, headings: &[String], column: Column) -> Result<(), HistoryError> {
        let is_free = |place: &usize| self.found.iter().all(|(_, taken)| taken != place);
        let mut known = column
            .headings()
            .iter()
            .map(|name| places_of(headings, |other| plain(other) == *name))
            .map(|places| places.into_iter().filter(is_free).collect::<Vec<_>>())
            .filter(|places| !places.is_empty());
        let Some(surest) = known.next() else {
            return Ok(());
        };
        let others: Vec<usize> = known.flatten().collect();
        self.found.push((column, only(headings, column, &surest)?));
        if !others.is_empty() {
            self.left.push((column, others));
        }
        Ok(())
    }

    /// The place of a column; none if the table has no such column.
    pub(crate) fn of(&self, column: Column) -> Option<usize> {
        let found = self.found.iter().find(|(known, _)| *known == column);
        found.map(|(_, place)| *place)
    }

    /// How many cells of a row have to be there for all columns to be read.
    pub(crate) fn needed(&self) -> usize {
        self.found.iter().map(|(_, place)| place + 1).max().unwrap_or(0)
    }

    /// Which headings were left although they would have done as well, for people.
    pub(crate) fn left(&self, headings: &[String]) -> Option<String> {
        let (first, _) = self.left.first()?;
        let named = |place: &usize| format!("`{}`", crate::cells::short(&headings[*place]));
        let each = self.left.iter().filter_map(|(column, others)| {
            let others: Vec<String> = others.iter().map(named).collect();
            let taken = named(&self.of(*column)?);
            Some(format!(
                "{} from {taken}, not {}",
                column.word(),
                others.join(" or ")
            ))
        });
        Some(format!(
            "where several headings would do, the surest is taken: {}; choose another with --column {}=HEADING",
            each.collect::<Vec<_>>().join("; "),
            first.word()
        ))
    }
}

/// The place of a heading that somebody named: as it is written, or else without case and signs.
fn given_place(headings: &[String], column: Column, heading: &str) -> Result<usize, HistoryError> {
    let exact = places_of(headings, |other| other.trim() == heading.trim());
    let places = if exact.is_empty() {
        places_of(headings, |other| plain(other) == plain(heading))
    } else {
        exact
    };
    if places.is_empty() {
        return Err(HistoryError::NoHeading {
            column: column.word(),
            heading: heading.to_owned(),
            nearest: nearest(heading, headings.iter().map(String::as_str)),
            headings: headings.to_vec(),
        });
    }
    only(headings, column, &places)
}

/// The one place there is: which of several columns of one heading is meant, nobody can know.
fn only(headings: &[String], column: Column, places: &[usize]) -> Result<usize, HistoryError> {
    match places {
        [first, second, ..] => Err(HistoryError::HeadingTwice {
            column: column.word(),
            places: [first + 1, second + 1],
            headings: [headings[*first].clone(), headings[*second].clone()],
        }),
        _ => Ok(places[0]),
    }
}

fn places_of(headings: &[String], is_it: impl Fn(&str) -> bool) -> Vec<usize> {
    let all = headings.iter().enumerate();
    all.filter(|(_, heading)| is_it(heading))
        .map(|(place, _)| place)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn headings_of_trackers_are_known() {
        let jira = headings(&[
            "Issue key",
            "Project name",
            "Created",
            "Custom field (Start date)",
            "Resolved",
            "Custom field (Story Points)",
            "Time Spent",
            "Resolution",
        ]);
        let places = Places::among(&jira, &[]).unwrap();
        let found = Column::ALL.map(|column| places.of(column));
        assert_eq!(
            found,
            [
                Some(1),
                Some(2),
                Some(3),
                Some(4),
                Some(5),
                Some(6),
                None,
                Some(7)
            ]
        );
    }

    #[test]
    fn a_heading_that_is_given_wins_and_a_wrong_one_is_named() {
        let table = headings(&["Squad", "Project", "Created", "Closed Date"]);
        let given = [(Column::Team, "project".to_owned())];
        assert_eq!(Places::among(&table, &given).unwrap().of(Column::Team), Some(1));
        let wrong = Places::among(&table, &[(Column::Team, "Sqad".to_owned())]).unwrap_err();
        assert!(wrong.to_string().contains("did you mean `Squad`"), "{wrong}");
        let missing = Places::among(&headings(&["Created"]), &[])
            .unwrap_err()
            .to_string();
        assert!(missing.contains("--column finished="), "{missing}");
    }

    #[test]
    fn the_surest_heading_is_taken_and_those_left_are_told() {
        let table = headings(&[
            "created_at",
            "Created",
            "Project key",
            "Project name",
            "done",
            "Closed",
        ]);
        let places = Places::among(&table, &[]).unwrap();
        assert_eq!(
            (places.of(Column::Created), places.of(Column::Team)),
            (Some(1), Some(3))
        );
        assert_eq!(
            places.left(&table).unwrap(),
            "where several headings would do, the surest is taken: team from `Project name`, not `Project key`; created from \
             `Created`, not `created_at`; finished from `done`, not `Closed`; choose another with --column team=HEADING"
        );
        let given = [
            (Column::Created, "created_at"),
            (Column::Team, "Project key"),
            (Column::Finished, "done"),
        ]
        .map(|(column, heading)| (column, heading.to_owned()));
        assert_eq!(Places::among(&table, &given).unwrap().left(&table), None);
    }

    #[test]
    fn two_columns_of_one_heading_are_refused_unless_one_is_named() {
        let refused = |words: &[&str], given: &[(Column, String)]| {
            let refused = Places::among(&headings(words), given).unwrap_err();
            refused.to_string()
        };
        assert_eq!(
            refused(&["team", "created", "finished", "created"], &[]),
            "columns 2 (`created`) and 4 (`created`) would both be taken for created: rename or remove one of them"
        );
        let units = ["created", "finished", "Effort (days)", "Effort (hours)"];
        assert_eq!(
            refused(&units, &[]),
            "columns 3 (`Effort (days)`) and 4 (`Effort (hours)`) would both be taken for effort: rename or remove one of them, or \
             say which with --column effort=HEADING"
        );
        let hours = [(Column::Effort, "Effort (hours)".to_owned())];
        let places = Places::among(&headings(&units), &hours).unwrap();
        assert_eq!(places.of(Column::Effort), Some(3));
        let twice = [
            (Column::Team, "Squad".to_owned()),
            (Column::Team, "Board".to_owned()),
        ];
        assert_eq!(
            refused(&["Squad", "Board", "created", "done"], &twice),
            "--column names two headings for team, `Squad` and `Board`: name one"
        );
    }

    #[test]
    fn brackets_hold_units() {
        assert_eq!(plain("Effort (person-days)"), "effort");
        assert_eq!(in_brackets("Effort (person-days)"), Some("person-days"));
        assert_eq!(plain("Custom field (Story Points)"), "custom field story points");
        assert_eq!(plain("created_at"), "created at");
    }
}
