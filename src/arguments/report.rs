//! Arguments of `orgsim report`.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `orgsim report`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgsim report results/safe-vs-empowered-2026
  orgsim report results/safe-vs-empowered-2026 results/attribute-safe-vs-empowered-2026-1f0c2a --out change.html
      the verdict and which part of the change earns it, on one page
  orgsim report results/sensitivity-safe-vs-empowered-2026-9be417

The page is one HTML file that needs no network and prints on A4: verdict, pictures, key figures, every assumption with its
source, what was changed from the library, and the commands that give the same again.")]
pub struct Report {
    /// Folders of finished studies and experiments, in the order of the page.
    #[arg(value_name = "DIR", required = true)]
    pub folders: Vec<PathBuf>,

    /// The file to write; `report.html` in the first folder unless given.
    #[arg(long, value_name = "FILE.html")]
    pub out: Option<PathBuf>,

    /// Print one JSON object instead of words.
    #[arg(long)]
    pub json: bool,

    /// Print nothing but errors (and JSON, if asked for).
    #[arg(long)]
    pub quiet: bool,
}
