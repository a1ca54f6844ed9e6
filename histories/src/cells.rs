//! What the other cells of a row say: sizes, effects, and how an item was closed.

use std::fmt;

use sim_core::history::Effect;

/// The unit of an effort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Work of a whole team in a week.
    TeamWeeks,
    /// Work of a person in a day.
    PersonDays,
    /// Work of a person in an hour.
    PersonHours,
    /// Work of a person in a second, as Jira exports it.
    PersonSeconds,
    /// Story points and other figures that say only how large items are relative to one another.
    Points,
}

/// Working hours of a person in a week.
const HOURS_PER_WEEK: f64 = 40.0;
/// Working days of a person in a week.
const DAYS_PER_WEEK: f64 = 5.0;

impl Unit {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::TeamWeeks,
        Self::PersonDays,
        Self::PersonHours,
        Self::PersonSeconds,
        Self::Points,
    ];

    /// The fixed word of options.
    pub fn word(self) -> &'static str {
        match self {
            Self::TeamWeeks => "team-weeks",
            Self::PersonDays => "days",
            Self::PersonHours => "hours",
            Self::PersonSeconds => "seconds",
            Self::Points => "points",
        }
    }

    /// The unit that is called so.
    pub fn named(word: &str) -> Option<Self> {
        match word.trim().to_lowercase().replace(' ', "-").as_str() {
            "team-weeks" | "team-week" | "teamweeks" => Some(Self::TeamWeeks),
            "days" | "day" | "d" | "person-days" | "md" | "pd" => Some(Self::PersonDays),
            "hours" | "hour" | "h" | "person-hours" => Some(Self::PersonHours),
            "seconds" | "second" | "s" | "sec" => Some(Self::PersonSeconds),
            "points" | "story-points" | "sp" | "pts" => Some(Self::Points),
            _ => None,
        }
    }

    /// The unit of a heading, by what it says or by what trackers mean by it.
    pub(crate) fn of_heading(heading: &str) -> Self {
        if let Some(unit) = crate::columns::in_brackets(heading).and_then(Self::named) {
            return unit;
        }
        let plain = crate::columns::plain(heading);
        if plain.contains("point") {
            Self::Points
        } else if plain == "time spent" || plain == "original estimate" {
            Self::PersonSeconds
        } else if plain.contains("hours") || plain == "completed work" {
            Self::PersonHours
        } else {
            Self::TeamWeeks
        }
    }

    /// Factor to team-weeks of teams of this many people; 1 for points, which have none.
    pub(crate) fn in_team_weeks(self, people_per_team: f64) -> f64 {
        match self {
            Self::TeamWeeks | Self::Points => 1.0,
            Self::PersonDays => 1.0 / (DAYS_PER_WEEK * people_per_team),
            Self::PersonHours => 1.0 / (HOURS_PER_WEEK * people_per_team),
            Self::PersonSeconds => 1.0 / (3600.0 * HOURS_PER_WEEK * people_per_team),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.word())
    }
}

/// No item takes so much in any unit: what is larger was no size.
const TOO_LARGE: f64 = 1e12;

/// A size above zero; a comma may stand for the point.
pub(crate) fn size(text: &str) -> Result<Option<f64>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let number = text
        .parse::<f64>()
        .or_else(|_| text.replacen(',', ".", 1).parse());
    match number {
        Ok(number) if number > 0.0 && number < TOO_LARGE => Ok(Some(number)),
        // No size at all is what many trackers write where nobody estimated.
        Ok(0.0) => Ok(None),
        _ => Err(format!("`{}` is no size", short(text))),
    }
}

/// What an item did: a word, or a number whose sign tells.
pub(crate) fn effect(text: &str) -> Result<Option<Effect>, String> {
    let word = text.trim().to_lowercase();
    Ok(Some(match word.as_str() {
        "" | "unknown" | "n/a" | "na" | "-" | "?" | "pending" => return Ok(None),
        "helped" | "good" | "positive" | "success" | "successful" | "win" | "won" | "improved" | "better"
        | "+" => Effect::Helped,
        "flat" | "none" | "neutral" | "no effect" | "no change" | "inconclusive" => Effect::Flat,
        "harmed" | "bad" | "negative" | "failure" | "failed" | "hurt" | "lost" | "worse" | "rolled back" => {
            Effect::Harmed
        }
        number => match number.replacen(',', ".", 1).parse::<f64>() {
            Ok(number) if number.is_finite() => Effect::of(number, 0.0),
            _ => {
                return Err(format!(
                    "`{}` is no outcome (helped, flat, harmed, or a number)",
                    short(text)
                ));
            }
        },
    }))
}

/// Whether a resolution or status says that an item was given up.
pub(crate) fn is_given_up(text: &str) -> bool {
    let plain: String = text
        .to_lowercase()
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect();
    const WORDS: [&str; 14] = [
        "dropped",
        "wontdo",
        "wontfix",
        "duplicate",
        "cancel",
        "declined",
        "rejected",
        "abandoned",
        "obsolete",
        "invalid",
        "cannotreproduce",
        "notplanned",
        "removed",
        "notabug",
    ];
    WORDS.iter().any(|word| plain.contains(word))
}

/// The beginning of a text, for messages.
pub(crate) fn short(text: &str) -> String {
    const LONGEST: usize = 30;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_numbers_above_zero() {
        assert_eq!(size(" 1,5 "), Ok(Some(1.5)));
        assert_eq!(size("3"), Ok(Some(3.0)));
        assert_eq!((size(""), size("0")), (Ok(None), Ok(None)));
        for bad in ["-1", "large", "1,000,5", "inf", "NaN"] {
            assert!(size(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn outcomes_are_words_or_signs() {
        assert_eq!(effect("Helped"), Ok(Some(Effect::Helped)));
        assert_eq!(effect("-0,3"), Ok(Some(Effect::Harmed)));
        assert_eq!(effect("0"), Ok(Some(Effect::Flat)));
        assert_eq!(effect("-"), Ok(None));
        assert!(effect("maybe").is_err());
    }

    #[test]
    fn units_come_from_headings() {
        assert_eq!(Unit::of_heading("Effort (person-days)"), Unit::PersonDays);
        assert_eq!(Unit::of_heading("Custom field (Story Points)"), Unit::Points);
        assert_eq!(Unit::of_heading("Time Spent"), Unit::PersonSeconds);
        assert_eq!(Unit::of_heading("estimate"), Unit::TeamWeeks);
        assert!((Unit::PersonDays.in_team_weeks(8.0) * 40.0 - 1.0).abs() < 1e-12);
        assert!((Unit::PersonSeconds.in_team_weeks(1.0) * 144_000.0 - 1.0).abs() < 1e-12);
    }

    #[test]
    fn what_was_given_up_is_told_from_what_was_done() {
        assert!(is_given_up("Won't Do") && is_given_up("Cancelled") && is_given_up("not_planned"));
        assert!(!is_given_up("Done") && !is_given_up("Fixed") && !is_given_up(""));
    }
}
