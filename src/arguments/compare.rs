//! The words of `orgsim compare`.

use std::path::PathBuf;

use clap::Args;
use experiments::Slice;
use reports::rows::Format;
use sim_core::outcomes::Outcome;

use super::DEFAULT_SEED;
use super::values::{
    Environments, Override, fork_week, format, horizon, outcome, override_of, precision, replications, seed,
    slice, teams, threads,
};

/// Arguments of `orgsim compare`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgsim compare safe empowered
  orgsim compare safe empowered scrum-po --environment coupled-platform
  orgsim compare safe empowered --environment all --no-plots
  orgsim compare safe my-model.toml --environment my-company.toml --equal-budget
  orgsim compare safe safe --set safe-2:discovery.hours=8 --precision 1%
  orgsim compare safe empowered --replications 10000 --outcome lead_time_weeks --json
  orgsim compare safe empowered --fork-week 26 --horizon 260
  orgsim compare safe empowered --replications 100000 --shard 2/4 --out part2     one slice, on any machine

The first arm is the baseline. A scenario is `model` or `model@environment`, each a library name or
a path that ends in `.toml`. Same seed, same bytes, at any number of threads.")]
pub struct Compare {
    /// The arms: `model` or `model@environment`, library names or paths; the first is the baseline.
    #[arg(value_name = "SCENARIO", required = true, num_args = 1..)]
    pub arms: Vec<String>,

    /// Environment of all arms that name none: a library name, a path, or `all` for one table over all companies of the library.
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

    /// Let all arms live the history of the first one up to this week, and part only then.
    ///
    /// The others change over in that week from what the first one has grown into: its backlog, its plans, its debt, its
    /// people. What has happened is the same in all arms, week by week. Weeks before 0 are the warm-up. Company and
    /// environment must be the same in all arms.
    #[arg(long, value_name = "WEEK", value_parser = fork_week, allow_negative_numbers = true, conflicts_with = "equal_budget")]
    pub fork_week: Option<i32>,

    /// Give cheaper arms more team capacity until every arm costs the same, measured in up to 200 worlds beforehand.
    #[arg(long)]
    pub equal_budget: bool,

    /// Also show what random choosing and choosing with known true values would give.
    #[arg(long)]
    pub bounds: bool,

    /// The outcome that carries the verdict; see `orgsim outcomes`.
    #[arg(long, value_name = "NAME", default_value = "shipped_value", value_parser = outcome)]
    pub outcome: Outcome,

    /// Folder for results; unless given, `results/<A>-vs-<B>-<seed>`, with the environment and a short digest of whatever
    /// else was asked for, so that each question has a folder of its own.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,

    /// Go on with an interrupted study in the folder.
    #[arg(long)]
    pub resume: bool,

    /// Simulate only this slice of the worlds, such as `2/4`; needs --replications. `orgsim merge` joins slices.
    #[arg(long, value_name = "I/N", value_parser = slice, allow_negative_numbers = true, conflicts_with = "bounds")]
    pub shard: Option<Slice>,

    /// How large tables are written: `csv` for people, `parquet` for programs.
    #[arg(long, value_name = "csv|parquet", default_value = "csv", value_parser = format)]
    pub format: Format,

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
