//! The words of the command line: commands, options and their help; never what they do.

mod attribute;
mod breakeven;
mod calibrate;
mod choose;
mod claims;
mod compare;
mod discover;
mod experiment;
mod merge;
mod report;
mod run;
mod scenarios;
mod sensitivity;
mod story;
mod sweep;
mod values;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use reports::rows::Format;

pub use attribute::Attribute;
pub use breakeven::BreakEven;
pub use calibrate::Calibrate;
pub use choose::{Choose, Lead};
pub use claims::Claims;
pub use compare::Compare;
pub use discover::Discover;
pub use experiment::Experiment;
pub use merge::Merge;
pub use report::Report;
pub use run::Run;
pub use scenarios::{KindOfFile, Scenarios};
pub use sensitivity::Sensitivity;
pub use story::Story;
pub use sweep::Sweep;
pub use values::{Environments, Override, choices, parameter};
use values::{format, replications, threads};

/// Seed of a study unless one is given.
pub const DEFAULT_SEED: u64 = 2026;

const START: &str = "\
Examples:
  orgsim compare safe empowered              what would the change be worth?
  orgsim compare safe empowered --environment startup --set empowered:discovery.hours=4
  orgsim attribute safe empowered            which part of the change earns it?
  orgsim breakeven safe empowered --search   where would the other model win?
  orgsim report results/safe-vs-empowered-2026   a page to hand over
  orgsim story results/safe-vs-empowered-2026    why did a typical world come out so?
  orgsim calibrate tickets.csv               what does our company look like, by its work items?
  orgsim init my-company.toml                describe your own company for --environment
  orgsim run safe --replication 7 --events   one world, event by event, with causes
  orgsim scenarios list                      what there is to compare

Exit codes:
  0    it worked
  1    a study ran and failed: too many worlds were lost, or figures are not the same again
  2    the input is wrong: an argument, a name, a value, a scenario, a folder in use
  3    a file could not be read or written
  130  interrupted; what was finished is kept

Results follow from stated assumptions (see `orgsim parameters`). They are what-ifs, not forecasts.";

/// Compares operating models of product organisations by simulation.
///
/// Several ways of working are simulated in the same worlds, luck included, many times over. What comes out is how much
/// value each ships, how far that varies, and how sure one can be of the difference.
#[derive(Debug, Parser)]
#[command(name = "orgsim", version, max_term_width = 100, after_help = START, disable_help_subcommand = true)]
pub struct Arguments {
    /// What to do; without a command, help is printed.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Compare two or more operating models in the same worlds.
    Compare(Box<Compare>),
    /// Find out which assumptions decide the gap between two arms, or the outcome of one.
    Sensitivity(Box<Sensitivity>),
    /// Go through the settings of a plan: grids, tables, spread points.
    Sweep(Box<Sweep>),
    /// Share out the gap between two scenarios: which part of the change earns it, what matters first.
    Attribute(Box<Attribute>),
    /// Map where each of two scenarios is the better one, over two parameters or by search.
    #[command(name = "breakeven")]
    BreakEven(Box<BreakEven>),
    /// Choose the best of several scenarios with as few runs as possible.
    Choose(Box<Choose>),
    /// Find out in which companies a scenario fails against another.
    Discover(Box<Discover>),
    /// Make one page to hand over from finished studies and experiments.
    Report(Report),
    /// Tell why one world of a study came out as it did.
    Story(Story),
    /// Find out what a company looks like from its history of work items.
    Calibrate(Box<Calibrate>),
    /// Run one scenario in one world, week by week.
    Run(Box<Run>),
    /// Try the claims of the source documents in plausible companies.
    Claims(Box<Claims>),
    /// Run a finished study again and check that every file comes out the same, byte for byte.
    Rerun(Rerun),
    /// Add replications to a finished study.
    Extend(Extend),
    /// Join the slices of a study or a sweep that were run apart.
    Merge(Merge),
    /// Write a commented company file to edit.
    Init(Init),
    /// List what a run reports: unit, better direction and meaning of every outcome.
    Outcomes(Outcomes),
    /// List every parameter: default, unit, range, meaning and where its value comes from.
    Parameters(ParametersOf),
    /// Look at scenarios: list, show, compare and check them.
    #[command(subcommand)]
    Scenarios(Scenarios),
    /// Print a completion script for a shell.
    Completions(Completions),
}

/// How a command speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speech {
    /// In words.
    Words,
    /// In one JSON object.
    Json,
    /// Not at all, but for errors.
    Silent,
}

impl Speech {
    /// How to speak if `--json` and `--quiet` are given, or not.
    pub fn of(json: bool, quiet: bool) -> Self {
        match (json, quiet) {
            (true, _) => Self::Json,
            (false, true) => Self::Silent,
            (false, false) => Self::Words,
        }
    }
}

/// Arguments of `orgsim rerun`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgsim rerun results/safe-vs-empowered-2026
  orgsim rerun results/safe-vs-empowered-2026 --out again     keeps the new files")]
pub struct Rerun {
    /// Folder of the study.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,

    /// Folder for the new files; without it they are compared and thrown away.
    #[arg(long, value_name = "DIR2")]
    pub out: Option<PathBuf>,

    /// Threads that simulate; all cores unless given. Results do not depend on it.
    #[arg(long, value_name = "N", value_parser = threads, allow_negative_numbers = true)]
    pub threads: Option<usize>,

    /// Print nothing but errors.
    #[arg(long)]
    pub quiet: bool,
}

/// Arguments of `orgsim extend`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgsim extend results/safe-vs-empowered-2026 --replications 5000

The result is the same, byte for byte, as a comparison or a sweep that asked for 5000 replications at once.")]
pub struct Extend {
    /// Folder of a comparison or of a sweep.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,

    /// Replications that the study has afterwards, the ones it has now included; of a sweep, at each point.
    #[arg(long, value_name = "N", value_parser = replications, allow_negative_numbers = true)]
    pub replications: u64,

    /// Threads that simulate; all cores unless given. Results do not depend on it.
    #[arg(long, value_name = "N", value_parser = threads, allow_negative_numbers = true)]
    pub threads: Option<usize>,

    /// How large tables are written: `csv` for people, `parquet` for programs; as they are there unless given.
    #[arg(long, value_name = "csv|parquet", value_parser = format)]
    pub format: Option<Format>,

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

/// Arguments of `orgsim init`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgsim init
  orgsim init acme.toml && orgsim compare safe empowered --environment acme.toml")]
pub struct Init {
    /// The file to write; one that exists is never overwritten.
    #[arg(value_name = "FILE", default_value = "my-company.toml")]
    pub file: PathBuf,
}

/// Arguments of `orgsim outcomes`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgsim outcomes
  orgsim compare safe empowered --outcome lead_time_weeks")]
pub struct Outcomes {
    /// Print a JSON list instead of words.
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `orgsim parameters`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgsim parameters
  orgsim parameters discovery
  orgsim parameters --markdown > docs/parameters.md")]
pub struct ParametersOf {
    /// Only this group.
    #[arg(value_name = "GROUP")]
    pub group: Option<String>,

    /// Print Markdown tables instead of plain words.
    #[arg(long, conflicts_with = "json")]
    pub markdown: bool,

    /// Print a JSON list instead of plain words.
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `orgsim completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgsim completions bash > ~/.local/share/bash-completion/completions/orgsim
  orgsim completions zsh > ~/.zfunc/_orgsim")]
pub struct Completions {
    /// The shell.
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}
