//! The words that all experiments beyond a comparison share.

use std::path::PathBuf;

use clap::Args;
use sim_core::outcomes::Outcome;

use super::values::{Override, horizon, outcome, override_of, seed, teams, threads};
use super::{DEFAULT_SEED, Speech};

/// Options of every experiment.
#[derive(Debug, Args)]
pub struct Experiment {
    /// Environment of all arms that name none: a library name or a path.
    #[arg(long, value_name = "NAME")]
    pub environment: Option<String>,

    /// Set a parameter in all arms, or in one: `group.parameter=value`, `ARM:group.parameter=value`; may be repeated.
    #[arg(long = "set", value_name = "[ARM:]group.parameter=VALUE", value_parser = override_of)]
    pub overrides: Vec<Override>,

    /// The outcome that is asked about; see `orgsim outcomes`.
    #[arg(long, value_name = "NAME", default_value = "shipped_value", value_parser = outcome)]
    pub outcome: Outcome,

    /// Seed of the experiment.
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

    /// Folder for results; one in `results` that is named after the question unless given.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,

    /// Go on with an interrupted experiment in the folder: nothing that is finished is simulated again.
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

impl Experiment {
    /// How to speak.
    pub fn speech(&self) -> Speech {
        Speech::of(self.json, self.quiet)
    }
}
