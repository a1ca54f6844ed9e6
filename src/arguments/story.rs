//! The words of `orgsim story`.

use std::path::PathBuf;

use clap::Args;
use experiments::story::Pick;

use super::Speech;
use super::values::threads;

/// Arguments of `orgsim story`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgsim story results/safe-vs-empowered-2026
  orgsim story results/safe-vs-empowered-2026 --world worst
  orgsim story results/safe-vs-empowered-2026 --world 17 --arm safe
  orgsim story results/safe-vs-empowered-2026 --plausible --world best --json

At most 7 events are told, those with the largest effects: for each the same world is run again
without it, everything else with the same luck. Typical, worst and best go by the difference
between arm and baseline on the study's primary outcome; worst and best are the second of 20,
because the extreme itself is mostly noise.")]
pub struct Story {
    /// Folder of a finished comparison.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,

    /// Which world: `typical`, `worst` or `best` for the arm, or the number of a replication.
    #[arg(long, value_name = "typical|worst|best|K", default_value = "typical", value_parser = world, allow_negative_numbers = true)]
    pub world: Pick,

    /// Tell only the events of this arm; without it, of the baseline and the second arm.
    #[arg(long, value_name = "ARM")]
    pub arm: Option<String>,

    /// A world of a plausible company instead of one under the settings.
    #[arg(long)]
    pub plausible: bool,

    /// Folder for the story; `story-WORLD` in the folder of the study unless given.
    #[arg(long, value_name = "DIR2")]
    pub out: Option<PathBuf>,

    /// Threads that simulate; all cores unless given. Results do not depend on it.
    #[arg(long, value_name = "N", value_parser = threads, allow_negative_numbers = true)]
    pub threads: Option<usize>,

    /// Draw no plot.
    #[arg(long)]
    pub no_plots: bool,

    /// Print one JSON object instead of words.
    #[arg(long)]
    pub json: bool,

    /// Print nothing but errors (and JSON, if asked for).
    #[arg(long)]
    pub quiet: bool,
}

impl Story {
    /// How to speak.
    pub fn speech(&self) -> Speech {
        Speech::of(self.json, self.quiet)
    }
}

/// `typical`, `worst`, `best` or a number.
fn world(word: &str) -> Result<Pick, String> {
    match word {
        "typical" => Ok(Pick::Typical),
        "worst" => Ok(Pick::Worst),
        "best" => Ok(Pick::Best),
        number => number.parse().map(Pick::Number).map_err(|_| {
            "give typical, worst, best, or the number of a replication from 0, as in replications.csv"
                .to_owned()
        }),
    }
}
