//! The words of `orgsim run`.

use std::path::PathBuf;

use clap::Args;

use super::DEFAULT_SEED;
use super::values::{horizon, replication, seed, teams};

/// Arguments of `orgsim run`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgsim run safe --replication 7
  orgsim run empowered@startup --replication 7 --events
  orgsim run safe --replication 7 --events --out run-7    writes outcomes, weeks and events
  orgsim run safe --replication 7 --events --json
  orgsim run safe --items --out run-0                     the work items as a tracker would have them

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

    /// Also write items.csv: the work items as a tracker would export them, for `orgsim calibrate`.
    #[arg(long, requires = "out")]
    pub items: bool,

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
