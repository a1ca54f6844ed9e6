//! The words of `orgsim sweep`.

use std::path::PathBuf;

use clap::Args;
use experiments::Slice;
use reports::rows::Format;

use super::Experiment;
use super::values::{format, slice};

/// Arguments of `orgsim sweep`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgsim sweep --example > plan.toml          a commented plan to start from
  orgsim sweep plan.toml
  orgsim sweep plan.toml --environment startup --outcome lead_time_weeks
  orgsim sweep plan.toml --format parquet --resume       goes on after Ctrl-C or a crash
  orgsim sweep plan.toml --shard 2/4 --out part2         one slice, on any machine

Every point and every arm of the plan lives in the same worlds. Points are run world by world, so
that a plan with more replications repeats what a smaller one found and adds to it.")]
pub struct Sweep {
    /// The plan: arms, design, factors; see --example.
    #[arg(value_name = "PLAN.toml", required_unless_present = "example")]
    pub plan: Option<PathBuf>,

    /// Print a commented plan and do nothing else.
    #[arg(long)]
    pub example: bool,

    /// Run only this slice of the design, such as `2/4`; `orgsim merge` joins slices.
    #[arg(long, value_name = "I/N", value_parser = slice, allow_negative_numbers = true)]
    pub shard: Option<Slice>,

    /// How large tables are written: `csv` for people, `parquet` for programs.
    #[arg(long, value_name = "csv|parquet", default_value = "csv", value_parser = format)]
    pub format: Format,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub experiment: Experiment,
}
