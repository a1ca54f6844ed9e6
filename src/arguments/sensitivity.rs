//! The words of `orgsim sensitivity`.

use clap::Args;

use super::Experiment;
use super::values::{parameters, samples, trajectories};

/// Arguments of `orgsim sensitivity`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgsim sensitivity safe empowered
  orgsim sensitivity empowered --outcome lead_time_weeks
  orgsim sensitivity safe empowered --environment startup --samples 1024 --parameters 20
  orgsim sensitivity safe empowered --rank          where a few extreme companies would decide

Everything with a plausible range is screened; the largest then get shares of their own. Each row of
the design is a new company in two new worlds, so chance is measured and taken out of the shares.")]
pub struct Sensitivity {
    /// One scenario, or two whose difference (second minus first) is explained.
    #[arg(value_name = "SCENARIO", required = true, num_args = 1..=2)]
    pub arms: Vec<String>,

    /// Rows of the design behind the shares; a power of two is best.
    #[arg(long, value_name = "N", default_value_t = 512, value_parser = samples, allow_negative_numbers = true)]
    pub samples: u32,

    /// Trajectories of the screening.
    #[arg(long, value_name = "N", default_value_t = 24, value_parser = trajectories, allow_negative_numbers = true)]
    pub trajectories: u32,

    /// How many parameters get shares of their own; all others share one.
    #[arg(long, value_name = "K", default_value_t = 12, value_parser = parameters, allow_negative_numbers = true)]
    pub parameters: u32,

    /// Explain ranks in place of values.
    #[arg(long)]
    pub rank: bool,

    /// Leave out what failed; without it, an incomplete design is refused.
    #[arg(long)]
    pub allow_failures: bool,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub experiment: Experiment,
}
