//! The words of `orgsim breakeven`.

use clap::Args;

use super::experiment::Experiment;
use super::values::{Override, companies, override_of, replications, squares};

/// Arguments of `orgsim breakeven`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgsim breakeven safe empowered --x environment.coupling --y company.discovery_craft
  orgsim breakeven safe empowered --x strategy.clarity=0.1..0.9 --y environment.loud_share=0..1
  orgsim breakeven safe empowered --x empowered:strategy.clarity=0..0.8 --y environment.coupling=0..2
  orgsim breakeven safe empowered --search

Both scenarios run in the same worlds in every square. The number in a square says in how many of 20 worlds B is better;
`~` says that it may as well lie in the next class. A range that is not given is the plausible range of the parameter.")]
pub struct BreakEven {
    /// The one scenario: `model` or `model@environment`, library names or paths.
    #[arg(value_name = "A")]
    pub first: String,

    /// The other one.
    #[arg(value_name = "B")]
    pub other: String,

    /// What changes from left to right, in both scenarios or in one.
    #[arg(long, value_name = "[ARM:]group.parameter[=LOW..HIGH]", value_parser = override_of, requires = "y", required_unless_present = "search")]
    pub x: Option<Override>,

    /// What changes from bottom to top.
    #[arg(long, value_name = "[ARM:]group.parameter[=LOW..HIGH]", value_parser = override_of, requires = "x")]
    pub y: Option<Override>,

    /// Squares along each side of the map.
    #[arg(long, value_name = "N", default_value = "9", value_parser = squares, allow_negative_numbers = true, requires = "x")]
    pub squares: usize,

    /// Worlds for each square on average; squares in doubt get more, clear ones fewer.
    #[arg(long, value_name = "N", default_value = "60", value_parser = replications, allow_negative_numbers = true)]
    pub replications: u64,

    /// Also search plausible companies, all that is uncertain at once, for those in which A wins.
    #[arg(long)]
    pub search: bool,

    /// Companies of the search.
    #[arg(long, value_name = "N", default_value = "500", value_parser = companies, allow_negative_numbers = true, requires = "search")]
    pub companies: u64,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub options: Experiment,
}
