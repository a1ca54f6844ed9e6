//! The words of the command line: commands, options and their help; never what they do.

mod values;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use sim_core::outcomes::Outcome;

pub use values::{Environments, Override, choices};
use values::{horizon, outcome, override_of, precision, replication, replications, seed, teams, threads};

/// Seed of a study unless one is given.
pub const DEFAULT_SEED: u64 = 2026;

const START: &str = "\
Examples:
  orgsim compare safe empowered              what would the change be worth?
  orgsim compare safe empowered --environment startup --set empowered:discovery.hours=4
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
    /// Run one scenario in one world, week by week.
    Run(Box<Run>),
    /// Run a finished study again and check that every file comes out the same, byte for byte.
    Rerun(Rerun),
    /// Add replications to a finished study.
    Extend(Extend),
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

/// Arguments of `orgsim compare`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgsim compare safe empowered
  orgsim compare safe empowered scrum-po --environment coupled-platform
  orgsim compare safe empowered --environment all --no-plots
  orgsim compare safe my-model.toml@my-company.toml --equal-budget
  orgsim compare safe safe --set safe-2:discovery.hours=8 --precision 1%
  orgsim compare safe empowered --replications 10000 --outcome lead_time_weeks --json

The first arm is the baseline. A scenario is `model` or `model@environment`, each a library name or
a path that ends in `.toml`. Same seed, same bytes, at any number of threads.")]
pub struct Compare {
    /// The arms: `model` or `model@environment`, library names or paths; the first is the baseline.
    #[arg(value_name = "SCENARIO", required = true, num_args = 1..)]
    pub arms: Vec<String>,

    /// Environment of all arms that name none: a library name, a path, or `all` for one table over all environments.
    #[arg(long, value_name = "NAME|all")]
    pub environment: Option<Environments>,

    /// Set a parameter in all arms, or in one: `group.parameter=value`, `ARM:group.parameter=value`; may be repeated.
    #[arg(long = "set", value_name = "[ARM:]group.parameter=VALUE", value_parser = override_of)]
    pub overrides: Vec<Override>,

    /// Simulate exactly this many worlds.
    #[arg(long, value_name = "N", value_parser = replications, allow_negative_numbers = true, conflicts_with = "precision")]
    pub replications: Option<u64>,

    /// Stop when the mean difference is known to ± this share of the baseline's team cost, such as `2%`.
    ///
    /// Without this and without --replications, simulation stops when the verdict is settled or a cap is reached.
    #[arg(long, value_name = "SHARE", value_parser = precision, allow_negative_numbers = true)]
    pub precision: Option<f64>,

    /// Seed of the study.
    #[arg(long, value_name = "NUMBER", default_value_t = DEFAULT_SEED, value_parser = seed, allow_negative_numbers = true)]
    pub seed: u64,

    /// Threads that simulate; all cores unless given. Results do not depend on it.
    #[arg(long, value_name = "N", value_parser = threads, allow_negative_numbers = true)]
    pub threads: Option<usize>,

    /// Weeks to simulate from week 0.
    #[arg(long, value_name = "WEEKS", value_parser = horizon, allow_negative_numbers = true)]
    pub horizon: Option<u32>,

    /// Number of teams in all arms.
    #[arg(long, value_name = "N", value_parser = teams, allow_negative_numbers = true)]
    pub teams: Option<u32>,

    /// Scale the team capacity of cheaper arms until every arm costs the same.
    #[arg(long)]
    pub equal_budget: bool,

    /// Also show what random choosing and choosing with known true values would give.
    #[arg(long)]
    pub bounds: bool,

    /// The outcome that carries the verdict; see `orgsim outcomes`.
    #[arg(long, value_name = "NAME", default_value = "shipped_value", value_parser = outcome)]
    pub outcome: Outcome,

    /// Folder for results; `results/<A>-vs-<B>-<seed>` unless given.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,

    /// Go on with an interrupted study in the folder.
    #[arg(long)]
    pub resume: bool,

    /// Draw no plots.
    #[arg(long)]
    pub no_plots: bool,

    /// Skip plausible companies: only the settings as they are.
    #[arg(long)]
    pub no_uncertain: bool,

    /// Print one JSON object instead of words.
    #[arg(long)]
    pub json: bool,

    /// Print nothing but errors (and JSON, if asked for).
    #[arg(long)]
    pub quiet: bool,
}

/// Arguments of `orgsim run`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgsim run safe --replication 7
  orgsim run empowered@startup --replication 7 --events
  orgsim run safe --replication 7 --events --out run-7    writes outcomes, weeks and events
  orgsim run safe --replication 7 --events --json

It is replication 7 of every comparison with the same seed, environment, horizon and settings.")]
pub struct Run {
    /// `model` or `model@environment`, library names or paths.
    #[arg(value_name = "SCENARIO")]
    pub scenario: String,

    /// Number of the world, from 0.
    #[arg(long, value_name = "K", default_value_t = 0, value_parser = replication, allow_negative_numbers = true)]
    pub replication: u64,

    /// Also report every event and what led to it.
    #[arg(long)]
    pub events: bool,

    /// Environment: a library name or a path.
    #[arg(long, value_name = "NAME")]
    pub environment: Option<String>,

    /// Set a parameter: `group.parameter=value`; may be repeated.
    #[arg(long = "set", value_name = "group.parameter=VALUE")]
    pub overrides: Vec<String>,

    /// Seed of the study.
    #[arg(long, value_name = "NUMBER", default_value_t = DEFAULT_SEED, value_parser = seed, allow_negative_numbers = true)]
    pub seed: u64,

    /// Weeks to simulate from week 0.
    #[arg(long, value_name = "WEEKS", value_parser = horizon, allow_negative_numbers = true)]
    pub horizon: Option<u32>,

    /// Number of teams.
    #[arg(long, value_name = "N", value_parser = teams, allow_negative_numbers = true)]
    pub teams: Option<u32>,

    /// Folder for tables; without it the run is printed.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,

    /// Print one JSON object instead of words.
    #[arg(long)]
    pub json: bool,
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

The result is the same, byte for byte, as a comparison that asked for 5000 replications at once.")]
pub struct Extend {
    /// Folder of the study.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,

    /// Replications that the study has afterwards, the ones it has now included.
    #[arg(long, value_name = "N", value_parser = replications, allow_negative_numbers = true)]
    pub replications: u64,

    /// Threads that simulate; all cores unless given. Results do not depend on it.
    #[arg(long, value_name = "N", value_parser = threads, allow_negative_numbers = true)]
    pub threads: Option<usize>,

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

/// Commands of `orgsim scenarios`.
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  orgsim scenarios list
  orgsim scenarios show empowered
  orgsim scenarios show safe --toml > my-model.toml
  orgsim scenarios diff safe safe-with-discovery
  orgsim scenarios check my-company.toml my-model.toml
  orgsim scenarios schema environment > environment.schema.json")]
pub enum Scenarios {
    /// List the library: environments and operating models.
    List,
    /// Show every value of a scenario and where it comes from.
    Show {
        /// A library name, `model@environment`, or a path.
        #[arg(value_name = "NAME")]
        name: String,
        /// Print a file to start from, with every value written out.
        #[arg(long)]
        toml: bool,
    },
    /// Show what differs between two scenarios.
    Diff {
        /// The first scenario.
        #[arg(value_name = "A")]
        a: String,
        /// The second scenario.
        #[arg(value_name = "B")]
        b: String,
    },
    /// Check scenario files; every problem is shown with its line.
    Check {
        /// The files.
        #[arg(value_name = "FILE", required = true, num_args = 1..)]
        files: Vec<String>,
    },
    /// Print the JSON Schema of a kind of file, for editors.
    Schema {
        /// Kind of file.
        #[arg(value_name = "KIND")]
        kind: KindOfFile,
    },
}

/// A kind of scenario file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindOfFile {
    /// Company, market and behaviour: what all arms share.
    Environment,
    /// How the organisation works: what is compared.
    OperatingModel,
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
