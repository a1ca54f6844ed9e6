//! From words to values: what an option accepts, and what it says otherwise.

use std::convert::Infallible;
use std::fmt::Display;
use std::str::FromStr;

use experiments::Slice;
use experiments::sampling::SOBOL_POINTS;
use experiments::sensitivity::MOST_TRAJECTORIES;
use reports::rows::Format;
use scenarios::nearest;
use sim_core::outcomes::Outcome;
use sim_core::parameters::{Parameter, find, table};

use super::choose::Lead;

/// Longest horizon \[weeks\]: a hundred years.
const LONGEST_HORIZON_WEEKS: u32 = 5200;

/// Most threads that may be asked for.
const MOST_THREADS: usize = 1024;

/// Most plausible companies that may be asked for at once: every run of all of them is held.
const MOST_DRAWS: u64 = 20_000;

/// Most worlds that may be asked for.
const MOST_REPLICATIONS: u64 = 100_000_000;

/// Which environments a comparison is made in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Environments {
    /// One after the other, every environment of the library but the reference model's.
    All,
    /// A library name or a path.
    One(String),
}

impl FromStr for Environments {
    type Err = Infallible;

    fn from_str(word: &str) -> Result<Self, Infallible> {
        Ok(match word {
            "all" => Self::All,
            name => Self::One(name.to_owned()),
        })
    }
}

/// A `--set`, for all arms or for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The arm, as it was called; `None` for all.
    pub arm: Option<String>,
    /// `group.parameter=value`.
    pub setting: String,
}

impl Override {
    /// The parameter that it sets, as it was written.
    pub fn path(&self) -> &str {
        self.setting.split('=').next().unwrap_or_default().trim()
    }

    /// The group that it sets a parameter of, as it was written.
    pub fn group(&self) -> &str {
        self.setting.split('.').next().unwrap_or_default().trim()
    }
}

/// Takes `ARM:group.parameter=value` apart; the arm's name may hold colons, a parameter's never does.
pub fn override_of(word: &str) -> Result<Override, Infallible> {
    let path_end = word.find('=').unwrap_or(word.len());
    Ok(match word[..path_end].rsplit_once(':') {
        Some((arm, _)) => Override {
            arm: Some(arm.to_owned()),
            setting: word[arm.len() + 1..].to_owned(),
        },
        None => Override {
            arm: None,
            setting: word.to_owned(),
        },
    })
}

/// A share above 0 and up to 1, as `0.02` or `2%`.
pub fn precision(word: &str) -> Result<f64, String> {
    let (number, unit) = match word.strip_suffix('%') {
        Some(number) => (number, 0.01),
        None => (word, 1.0),
    };
    let share = number.trim().parse::<f64>().map(|number| number * unit);
    match share {
        Ok(share) if share > 0.0 && share <= 1.0 => Ok(share),
        _ => Err("allowed is a share above 0 and up to 1, such as 2% or 0.02".to_owned()),
    }
}

/// A smallest lead worth finding: a number above 0, or a share of the team cost with a percent sign.
pub fn lead(word: &str) -> Result<Lead, String> {
    let number = |word: &str| {
        word.trim()
            .parse::<f64>()
            .ok()
            .filter(|number| *number > 0.0 && number.is_finite())
    };
    let lead = match word.strip_suffix('%') {
        Some(percent) => number(percent).map(|percent| Lead::OfTeamCost(percent / 100.0)),
        None => number(word).map(Lead::Absolute),
    };
    lead.ok_or_else(|| {
        "allowed is a number above 0 in the outcome's unit, or a share of the team cost such as 2%".to_owned()
    })
}

/// A number of squares along a side.
pub fn squares(word: &str) -> Result<usize, String> {
    whole(word, 2, 50, "squares along a side")
}

/// A number of companies.
pub fn companies(word: &str) -> Result<u64, String> {
    whole(word, 40, 1_000_000, "companies")
}

/// A number of weeks to simulate.
pub fn horizon(word: &str) -> Result<u32, String> {
    whole(word, 1, LONGEST_HORIZON_WEEKS, "weeks")
}

/// The week in which arms part; whether it lies in the run is known once the run is.
pub fn fork_week(word: &str) -> Result<i32, String> {
    let longest = i32::try_from(LONGEST_HORIZON_WEEKS).unwrap_or(i32::MAX);
    whole(word, -longest, longest, "week of the run, below 0 for warm-up")
}

/// A number of teams, within the range of `company.teams`.
pub fn teams(word: &str) -> Result<u32, String> {
    let (low, high) = find("company", "teams").map_or((1, u32::MAX), |row| (row.low as u32, row.high as u32));
    whole(word, low, high, "teams")
}

/// A number of worlds to simulate.
pub fn replications(word: &str) -> Result<u64, String> {
    whole(word, 1, MOST_REPLICATIONS, "worlds")
}

/// A number of plausible companies to draw for claims.
pub fn draws(word: &str) -> Result<u64, String> {
    whole(word, 1, MOST_DRAWS, "companies")
}

/// The number of a world.
pub fn replication(word: &str) -> Result<u64, String> {
    whole(word, 0, MOST_REPLICATIONS - 1, "number of a world")
}

/// A number of rows of a design.
pub fn samples(word: &str) -> Result<u32, String> {
    whole(word, 2, SOBOL_POINTS, "rows")
}

/// A number of trajectories.
pub fn trajectories(word: &str) -> Result<u32, String> {
    whole(word, 2, MOST_TRAJECTORIES, "trajectories")
}

/// A number of parameters.
pub fn parameters(word: &str) -> Result<u32, String> {
    whole(word, 0, 1000, "parameters")
}

/// A slice and how many there are.
pub fn slice(word: &str) -> Result<Slice, String> {
    word.parse()
}

/// A format of large tables.
pub fn format(word: &str) -> Result<Format, String> {
    let known = Format::ALL.into_iter().find(|format| format.word() == word);
    known.ok_or_else(|| {
        let words = Format::ALL.map(Format::word);
        choices(word, &words)
    })
}

/// A seed.
pub fn seed(word: &str) -> Result<u64, String> {
    whole(word, 0, u64::MAX, "any number will do")
}

/// A number of threads.
pub fn threads(word: &str) -> Result<usize, String> {
    whole(word, 1, MOST_THREADS, "threads")
}

fn whole<T: FromStr + PartialOrd + Display>(word: &str, low: T, high: T, unit: &str) -> Result<T, String> {
    match word.parse::<T>() {
        Ok(number) if number >= low && number <= high => Ok(number),
        _ => Err(format!("allowed is a whole number from {low} to {high} [{unit}]")),
    }
}

/// An outcome by its name.
pub fn outcome(word: &str) -> Result<Outcome, String> {
    Outcome::from_name(word).ok_or_else(|| {
        let names = Outcome::ALL.iter().map(|outcome| outcome.row().name);
        let meant = nearest(word, names).map_or_else(String::new, |name| format!("did you mean `{name}`? "));
        format!("there is no such outcome; {meant}`orgsim outcomes` lists them all")
    })
}

/// A parameter by its path.
pub fn parameter(path: &str) -> Result<&'static Parameter, String> {
    let known = path.split_once('.').and_then(|(group, name)| find(group, name));
    known.ok_or_else(|| {
        let paths: Vec<String> = table().map(Parameter::path).collect();
        let in_another_group = table()
            .find(|row| path.rsplit('.').next() == Some(row.name))
            .map(Parameter::path);
        let meant = in_another_group.or_else(|| nearest(path, paths.iter().map(String::as_str)));
        let meant = meant.map_or_else(String::new, |name| format!("did you mean `{name}`? "));
        format!("there is no parameter `{path}`\n  = help: {meant}`orgsim parameters` lists them all")
    })
}

/// The names there are, after the one that was most likely meant.
pub fn choices(word: &str, names: &[&str]) -> String {
    let there_are = names.join(", ");
    match nearest(word, names.iter().copied()) {
        Some(name) => format!("did you mean `{name}`? There are {there_are}"),
        None => format!("there are {there_are}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_override_names_an_arm_or_none() {
        let cases = [
            ("discovery.hours=4", None, "discovery.hours=4"),
            (
                "empowered:discovery.hours=4",
                Some("empowered"),
                "discovery.hours=4",
            ),
            (
                "c:\\my.toml:discovery.hours=4",
                Some("c:\\my.toml"),
                "discovery.hours=4",
            ),
            ("discovery.aim=a:b", None, "discovery.aim=a:b"),
            ("nonsense", None, "nonsense"),
        ];
        for (word, arm, setting) in cases {
            let expected = Override {
                arm: arm.map(str::to_owned),
                setting: setting.to_owned(),
            };
            assert_eq!(override_of(word), Ok(expected), "{word}");
        }
    }

    #[test]
    fn precision_is_a_share_or_a_percentage_and_nothing_else() {
        assert_eq!(precision("2%"), Ok(0.02));
        assert_eq!(precision("0.5"), Ok(0.5));
        for word in ["0", "-1%", "nan", "inf", "101%", "two", "", "%"] {
            assert!(precision(word).is_err(), "{word}");
        }
    }
}
