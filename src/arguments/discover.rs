//! The words of `orgsim discover`.

use clap::Args;

use super::experiment::Experiment;
use super::values::{companies, replications};

/// Arguments of `orgsim discover`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgsim discover safe empowered
  orgsim discover safe empowered --environment startup --companies 2000
  orgsim discover safe empowered --outcome net_value

Companies are drawn over everything that is uncertain. Those in which B is behind A are gathered in boxes, and each box is
tried on companies that had no part in finding it. A table shows how much each scenario loses to the better one in every
environment of the library.")]
pub struct Discover {
    /// What B is held against: `model` or `model@environment`, library names or paths.
    #[arg(value_name = "A")]
    pub first: String,

    /// The scenario whose failures are sought.
    #[arg(value_name = "B")]
    pub other: String,

    /// Viable companies to search.
    #[arg(long, value_name = "N", default_value = "500", value_parser = companies, allow_negative_numbers = true)]
    pub companies: u64,

    /// Worlds for each company.
    #[arg(long, value_name = "N", default_value = "8", value_parser = replications, allow_negative_numbers = true)]
    pub replications: u64,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub options: Experiment,
}
