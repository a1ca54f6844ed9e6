//! The words of `orgsim choose`.

use clap::Args;

use super::experiment::Experiment;
use super::values::lead;

/// Arguments of `orgsim choose`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgsim choose safe empowered scrum-po no-pm
  orgsim choose safe empowered scrum-po --lead 5%
  orgsim choose safe empowered scrum-po --outcome lead_time_weeks --lead 1

Scenarios race in the same worlds and drop out when they are beaten (procedure KN of Kim and Nelson 2001). If the best
leads the next by at least the smallest lead worth finding, it is selected with a probability of at least 95 %, as far as
means over batches of 10 worlds are normal.")]
pub struct Choose {
    /// The scenarios, two or more: `model` or `model@environment`, library names or paths.
    #[arg(value_name = "SCENARIO", required = true, num_args = 1..)]
    pub arms: Vec<String>,

    /// Smallest lead worth finding: a number in the outcome's unit, or a share of the first scenario's team cost; 2% unless given.
    #[arg(long, value_name = "LEAD", value_parser = lead, allow_negative_numbers = true)]
    pub lead: Option<Lead>,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub options: Experiment,
}

/// A smallest lead worth finding.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Lead {
    /// In the unit of the outcome.
    Absolute(f64),
    /// As a share of the first scenario's team cost.
    OfTeamCost(f64),
}
