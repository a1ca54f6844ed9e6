//! The words of `orgsim attribute`.

use clap::Args;

use super::experiment::Experiment;
use super::values::replications;

/// Arguments of `orgsim attribute`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgsim attribute safe empowered
  orgsim attribute safe empowered --outcome lead_time_weeks
  orgsim attribute safe my-model.toml --environment my-company.toml --replications 2000
  orgsim attribute scrum-po empowered --exact

The groups of parameters in which the scenarios differ share out the gap by their Shapley values: what a group adds on
average over all orders in which groups may change. The order of importance is chosen in one part of the worlds and
measured in others; it is not an order in time.")]
pub struct Attribute {
    /// Where the change begins: `model` or `model@environment`, library names or paths.
    #[arg(value_name = "A")]
    pub from: String,

    /// Where it ends.
    #[arg(value_name = "B")]
    pub to: String,

    /// Worlds in which values are estimated; 400 unless given, 50 with --exact. Half as many fresh ones follow.
    #[arg(long, value_name = "N", value_parser = replications, allow_negative_numbers = true)]
    pub replications: Option<u64>,

    /// Run all subsets of the groups in every world instead of one random order and its reverse.
    #[arg(long)]
    pub exact: bool,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub options: Experiment,
}
