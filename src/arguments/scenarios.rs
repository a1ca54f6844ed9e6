//! The words of `orgsim scenarios`.

use clap::{Subcommand, ValueEnum};

/// Commands of `orgsim scenarios`.
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  orgsim scenarios list
  orgsim scenarios show empowered
  orgsim scenarios show safe --toml > my-model.toml
  orgsim scenarios diff safe safe-with-discovery
  orgsim scenarios show full
  orgsim scenarios check my-company.toml my-model.toml
  orgsim scenarios schema environment > environment.schema.json")]
pub enum Scenarios {
    /// List the library: environments, operating models and transformations.
    #[command(after_help = "\
Examples:
  orgsim scenarios list")]
    List,
    /// Show every value of a scenario and where it comes from.
    #[command(after_help = "\
Examples:
  orgsim scenarios show empowered@startup
  orgsim scenarios show safe --toml > my-model.toml")]
    Show {
        /// A library name, `model@environment`, `model+transformation`, or a path.
        #[arg(value_name = "NAME")]
        name: String,
        /// Print a file to start from, with every value written out.
        #[arg(long)]
        toml: bool,
    },
    /// Show what differs between two scenarios.
    #[command(after_help = "\
Examples:
  orgsim scenarios diff safe empowered")]
    Diff {
        /// The first scenario.
        #[arg(value_name = "A")]
        a: String,
        /// The second scenario.
        #[arg(value_name = "B")]
        b: String,
    },
    /// Check scenario files; every problem is shown with its line.
    #[command(after_help = "\
Examples:
  orgsim scenarios check my-company.toml my-model.toml")]
    Check {
        /// The files.
        #[arg(value_name = "FILE", required = true, num_args = 1..)]
        files: Vec<String>,
    },
    /// Print the JSON Schema of a kind of file, for editors.
    #[command(after_help = "\
Examples:
  orgsim scenarios schema environment > environment.schema.json")]
    Schema {
        /// Kind of file.
        #[arg(value_name = "KIND")]
        kind: KindOfFile,
    },
}

/// A kind of scenario file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindOfFile {
    /// Company, market and behaviour: what all arms share.
    Environment,
    /// How the organisation works: what is compared.
    OperatingModel,
    /// How an organisation goes over from one operating model to another.
    Transformation,
}
