//! The words of `orgsim merge`.

use std::path::PathBuf;

use clap::Args;
use reports::rows::Format;

use super::Speech;
use super::values::{format, threads};

/// Arguments of `orgsim merge`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgsim compare safe empowered --replications 100000 --shard 1/2 --out part1
  orgsim compare safe empowered --replications 100000 --shard 2/2 --out part2
  orgsim merge part1 part2 --out whole
  orgsim merge part* --out whole --format parquet

The result is the same, byte for byte, as that of the same command without --shard. Slices may be made
on different machines, by the same version of the program. Every slice must be there once and
finished; what is missing, double, damaged or of another study is named, and nothing is written.")]
pub struct Merge {
    /// Folders of all slices, in any order.
    #[arg(value_name = "PART", required = true, num_args = 1..)]
    pub parts: Vec<PathBuf>,

    /// Folder for the whole.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,

    /// Threads that simulate the few worlds that no slice could know to be needed; all cores unless given.
    #[arg(long, value_name = "N", value_parser = threads, allow_negative_numbers = true)]
    pub threads: Option<usize>,

    /// How large tables are written: `csv` for people, `parquet` for programs.
    #[arg(long, value_name = "csv|parquet", default_value = "csv", value_parser = format)]
    pub format: Format,

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

impl Merge {
    /// How to speak.
    pub fn speech(&self) -> Speech {
        Speech::of(self.json, self.quiet)
    }
}
