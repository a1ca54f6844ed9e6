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

/// Places of each column in a table: several where a tracker writes one heading more than once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Places {
    found: Vec<(Column, Vec<usize>)>,
}

impl Places {
    /// Finds the columns among `headings`; `given` are those that somebody named, and win.
    ///
    /// # Errors
    /// If a given heading is not there, or a history cannot do without a column that is missing.
    pub(crate) fn among(headings: &[String], given: &[(Column, String)]) -> Result<Self, HistoryError> {
        let mut found = Vec::new();
        let mut taken = Vec::new();
        for (column, heading) in given {
            let places = places_of(headings, |other| other.trim() == heading.trim());
            let places = if places.is_empty() {
                places_of(headings, |other| plain(other) == plain(heading))
            } else {
                places
            };
            if places.is_empty() {
                return Err(HistoryError::NoHeading {
                    column: column.word(),
                    heading: heading.clone(),
                    nearest: nearest(heading, headings.iter().map(String::as_str)),
                    headings: headings.to_vec(),
                });
            }
            taken.extend(places.iter().copied());
            found.push((*column, places));
        }
        for column in Column::ALL {
            if found.iter().any(|(known, _)| *known == column) {
                continue;
            }
            let known = column.headings().iter().find_map(|name| {
                let places = places_of(headings, |other| plain(other) == *name);
                let free: Vec<usize> = places
                    .into_iter()
                    .filter(|place| !taken.contains(place))
                    .collect();
                (!free.is_empty()).then_some(free)
            });
            found.extend(known.map(|places| (column, places)));
        }
        let places = Self { found };
        for column in [Column::Created, Column::Finished] {
            if places.of(column).is_empty() {
                return Err(HistoryError::NoColumn {
                    column: column.word(),
                    known: column.headings(),
                    headings: headings.to_vec(),
                });
            }
        }
        Ok(places)
    }

    /// The places of a column; none if the table has no such column.
    pub(crate) fn of(&self, column: Column) -> &[usize] {
        let found = self.found.iter().find(|(known, _)| *known == column);
        found.map_or(&[], |(_, places)| places)
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
        let found = Column::ALL.map(|column| places.of(column).first().copied());
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
        assert_eq!(Places::among(&table, &given).unwrap().of(Column::Team), [1]);
        let wrong = Places::among(&table, &[(Column::Team, "Sqad".to_owned())]).unwrap_err();
        assert!(wrong.to_string().contains("did you mean `Squad`"), "{wrong}");
        let missing = Places::among(&headings(&["Created"]), &[])
            .unwrap_err()
            .to_string();
        assert!(missing.contains("--column finished="), "{missing}");
    }

    #[test]
    fn brackets_hold_units() {
        assert_eq!(plain("Effort (person-days)"), "effort");
        assert_eq!(in_brackets("Effort (person-days)"), Some("person-days"));
        assert_eq!(plain("Custom field (Story Points)"), "custom field story points");
        assert_eq!(plain("created_at"), "created at");
    }
}
