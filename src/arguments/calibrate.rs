//! The words of `orgsim calibrate`.

use std::path::PathBuf;

use clap::Args;
use histories::{Column, DayOrder, Unit};
use sim_core::outcomes::Outcome;
use sim_core::parameters::Parameter;

use super::values::{Override, choices, override_of, parameter, seed, teams, threads};
use super::{DEFAULT_SEED, Experiment};

/// Arguments of `orgsim calibrate`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgsim calibrate --example > example.csv               a history to try it with
  orgsim calibrate example.csv --quick
  orgsim calibrate tickets.csv safe --column team=Squad --dates dmy
  orgsim calibrate tickets.csv empowered --teams 6 --from 2025-01-01
  orgsim calibrate tickets.csv --parameters environment.coupling,environment.effort_median
  orgsim compare safe empowered --environment results/calibrate-…/our-company.toml

A history is a table with a row for each work item: team, created, started, finished and, where known, estimate, effort,
outcome (helped, flat, harmed) and resolution. Headings of usual trackers are known. Companies are drawn and simulated, and
those whose histories look like yours say what is left possible of each parameter. Everything else that is uncertain is drawn
along. Your data stay on this computer.")]
pub struct Calibrate {
    /// The history: a CSV file as an issue tracker exports it.
    #[arg(value_name = "DATA.csv", required_unless_present = "example")]
    pub data: Option<PathBuf>,

    /// How the company works: `model` or `model@environment`, library names or paths.
    #[arg(value_name = "MODEL", default_value = "safe")]
    pub model: String,

    /// Print an example of a history, made by the simulator with known parameters, and stop.
    #[arg(long, exclusive = true)]
    pub example: bool,

    /// Heading of a column: `team=Squad`; may be repeated.
    #[arg(long = "column", value_name = "COLUMN=HEADING", value_parser = column)]
    pub columns: Vec<(Column, String)>,

    /// Order of day and month in dates such as 3/4/2025: `dmy` or `mdy`; found out from the dates unless given.
    #[arg(long, value_name = "ORDER", value_parser = day_order)]
    pub dates: Option<DayOrder>,

    /// Unit of estimates: team-weeks, days, hours, seconds (of one person) or points; that of the heading unless given.
    #[arg(long, value_name = "UNIT", value_parser = unit)]
    pub estimate_unit: Option<Unit>,

    /// Unit of efforts, in the same words.
    #[arg(long, value_name = "UNIT", value_parser = unit)]
    pub effort_unit: Option<Unit>,

    /// Number of teams that worked; those that the history names unless given.
    #[arg(long, value_name = "N", value_parser = teams, allow_negative_numbers = true)]
    pub teams: Option<u32>,

    /// First day of the window, such as 2025-01-06: items created before it do not count.
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub from: Option<String>,

    /// Day after the window: what happened from then on does not count.
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub until: Option<String>,

    /// Parameters to infer, at most six, with commas between; chosen by what the history holds unless given.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = parameter)]
    pub parameters: Vec<&'static Parameter>,

    /// What is held possible of a parameter: `group.parameter=LOW..HIGH`; may be repeated.
    #[arg(long = "prior", value_name = "group.parameter=LOW..HIGH", value_parser = prior, allow_negative_numbers = true)]
    pub priors: Vec<(&'static Parameter, f64, f64)>,

    /// Hold all other parameters at their values instead of drawing them from their plausible ranges.
    #[arg(long)]
    pub hold_others: bool,

    /// Simulate fewer companies: sooner, and ranges are a little wider.
    #[arg(long)]
    pub quick: bool,

    /// Environment that everything else is taken from: a library name or a path.
    #[arg(long, value_name = "NAME")]
    pub environment: Option<String>,

    /// Set a parameter: `group.parameter=value`; may be repeated.
    #[arg(long = "set", value_name = "group.parameter=VALUE", value_parser = override_of)]
    pub overrides: Vec<Override>,

    /// Seed of the calibration.
    #[arg(long, value_name = "NUMBER", default_value_t = DEFAULT_SEED, value_parser = seed, allow_negative_numbers = true)]
    pub seed: u64,

    /// Threads that simulate; all cores unless given. Results do not depend on it.
    #[arg(long, value_name = "N", value_parser = threads, allow_negative_numbers = true)]
    pub threads: Option<usize>,

    /// Folder for results; one in `results` that is named after the question unless given.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,

    /// Go on with an interrupted calibration in the folder: nothing that is finished is simulated again.
    #[arg(long)]
    pub resume: bool,

    /// Draw no plots.
    #[arg(long)]
    pub no_plots: bool,

    /// Print one JSON object instead of words.
    #[arg(long)]
    pub json: bool,

    /// Print nothing but errors (and JSON, if asked for).
    #[arg(long)]
    pub quiet: bool,
}

impl Calibrate {
    /// What it has in common with other experiments; the question is about no outcome.
    pub fn options(&self) -> Experiment {
        Experiment {
            environment: self.environment.clone(),
            overrides: self.overrides.clone(),
            outcome: Outcome::ShippedValue,
            seed: self.seed,
            threads: self.threads,
            horizon: None,
            teams: None,
            out: self.out.clone(),
            resume: self.resume,
            no_plots: self.no_plots,
            json: self.json,
            quiet: self.quiet,
        }
    }
}

fn column(word: &str) -> Result<(Column, String), String> {
    let names = Column::ALL.map(Column::word);
    let (name, heading) = word
        .split_once('=')
        .ok_or_else(|| "give a column and its heading, such as team=Squad".to_owned())?;
    let known = Column::ALL
        .into_iter()
        .find(|column| column.word() == name.trim());
    match known {
        Some(column) if !heading.trim().is_empty() => Ok((column, heading.trim().to_owned())),
        Some(_) => Err("the heading is empty".to_owned()),
        None => Err(format!("there is no column `{name}`; {}", choices(name, &names))),
    }
}

fn day_order(word: &str) -> Result<DayOrder, String> {
    match word {
        "dmy" => Ok(DayOrder::DayFirst),
        "mdy" => Ok(DayOrder::MonthFirst),
        _ => Err("allowed is dmy (3/4/2025 is in April) or mdy (it is in March)".to_owned()),
    }
}

fn unit(word: &str) -> Result<Unit, String> {
    let names = Unit::ALL.map(Unit::word);
    Unit::named(word).ok_or_else(|| format!("there is no such unit; {}", choices(word, &names)))
}

/// A day; kept as it was written, as only the reader of histories knows days.
fn day(word: &str) -> Result<String, String> {
    histories::dates::day(word)
        .map(|_| word.to_owned())
        .ok_or_else(|| "give a day as year-month-day, such as 2025-01-06".to_owned())
}

fn prior(word: &str) -> Result<(&'static Parameter, f64, f64), String> {
    let example = "such as environment.effort_median=0.5..4";
    let (path, range) = word
        .split_once('=')
        .ok_or_else(|| format!("give a range, {example}"))?;
    let parameter = parameter(path.trim())?;
    let number = |word: &str| {
        word.trim()
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
    };
    let ends = range
        .split_once("..")
        .and_then(|(low, high)| Some((number(low)?, number(high)?)));
    match ends {
        Some((low, high)) if low < high && parameter.low <= low && high <= parameter.high => {
            Ok((parameter, low, high))
        }
        Some(_) => Err(format!(
            "the lower end must lie below the upper one, and both within {} to {} [{}]",
            parameter.low, parameter.high, parameter.unit
        )),
        None => Err(format!("give two ends, {example}")),
    }
}
