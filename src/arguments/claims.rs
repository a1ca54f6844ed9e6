//! The words of `orgsim claims`.

use std::path::PathBuf;

use clap::Args;

use super::values::{draws, horizon, seed, threads};
use super::{DEFAULT_SEED, Speech};

/// Arguments of `orgsim claims`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgsim claims --list
  orgsim claims --quick
  orgsim claims order-takers no-access-no-discovery
  orgsim claims my-claim.toml --companies 1000
  orgsim claims --out claims.csv --markdown > claims.md
  orgsim claims --baseline docs/claims.csv      fails if a verdict is no longer what it was

A claim is two arms, an outcome and a direction, tried in plausible companies. All claims share the
same companies and worlds, and what is found of one does not depend on which others are tried.")]
pub struct Claims {
    /// Claims: library names, or paths that end in `.toml`; all of the library unless given.
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,

    /// List the claims with their sources, and try none.
    #[arg(long, conflicts_with_all = ["quick", "companies", "out", "markdown", "baseline"])]
    pub list: bool,

    /// Try them in few companies, and not without their mechanisms: a first impression in less than a minute.
    #[arg(long, conflicts_with = "companies")]
    pub quick: bool,

    /// Draw this many plausible companies, those that turn out not viable included.
    #[arg(long, value_name = "N", value_parser = draws, allow_negative_numbers = true)]
    pub companies: Option<u64>,

    /// Seed of companies and worlds.
    #[arg(long, value_name = "NUMBER", default_value_t = DEFAULT_SEED, value_parser = seed, allow_negative_numbers = true)]
    pub seed: u64,

    /// Threads that simulate; all cores unless given. Results do not depend on it.
    #[arg(long, value_name = "N", value_parser = threads, allow_negative_numbers = true)]
    pub threads: Option<usize>,

    /// Weeks to simulate from week 0, for all claims; 156 unless given, or 312 where an arm goes through a transformation.
    #[arg(long, value_name = "WEEKS", value_parser = horizon, allow_negative_numbers = true)]
    pub horizon: Option<u32>,

    /// Write every figure to this file, as CSV.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,

    /// Fail if a verdict differs from the one in this file, written by --out; borderline ones may move a little.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

    /// Print a page in Markdown instead of words.
    #[arg(long, conflicts_with = "json")]
    pub markdown: bool,

    /// Print one JSON object instead of words.
    #[arg(long)]
    pub json: bool,

    /// Print nothing but errors (and JSON or Markdown, if asked for).
    #[arg(long)]
    pub quiet: bool,
}

impl Claims {
    /// How to speak while claims are tried.
    pub fn speech(&self) -> Speech {
        match (self.json, self.quiet) {
            (true, _) => Speech::Json,
            (false, true) => Speech::Silent,
            (false, false) => Speech::Words,
        }
    }
}
