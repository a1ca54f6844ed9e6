//! Developer commands: `cargo xtask test | ci | validate | claims | scenarios | bench-peers | instructions | docs`; no product code.

mod bench_peers;
mod claims;
mod instructions;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

const HELP: &str = "\
cargo xtask test       every test there is, documentation examples included
cargo xtask ci         what a change must pass: format, lints as errors, tests, instructions, documentation
cargo xtask validate   the long statistical validation, which writes docs/validation.md, and whether recorded verdicts
                       of the ledger of claims still stand
cargo xtask validate --only CHAPTER
                       one chapter of it alone, such as `recovery`, put in its place in docs/validation.md
cargo xtask claims [--accept REASON]
                       the whole ledger of claims, which writes docs/claims.md and docs/claims.csv; where a verdict
                       changes or a claim is gone only with a reason, which goes into CHANGELOG.md
cargo xtask bench-peers [--rounds N] [--quick]
                       the speed of the reference model beside other tools, which writes docs/performance-peers.md
cargo xtask instructions [--renew REASON]
                       instructions of the engine per team-week beside those kept in benches/instructions.json; needs
                       valgrind
cargo xtask scenarios  every scenario of the library with a figure, which writes docs/scenarios.md and its pictures
cargo xtask docs       write docs/parameters.md again from the table of parameters
";

/// What is generated, and the arguments of `orgsim` that print it.
const GENERATED: [(&str, [&str; 2]); 1] = [("docs/parameters.md", ["parameters", "--markdown"])];

fn main() -> ExitCode {
    let task = env::args().nth(1).unwrap_or_default();
    let done = match task.as_str() {
        "test" => test(),
        "ci" => ci(),
        "validate" => validate(),
        "claims" => claims::claims(&env::args().skip(2).collect::<Vec<_>>()),
        "bench-peers" => bench_peers::bench_peers(&env::args().skip(2).collect::<Vec<_>>()),
        "instructions" => instructions::instructions(&env::args().skip(2).collect::<Vec<_>>()),
        "docs" => docs(),
        "scenarios" => scenarios(),
        "" | "help" | "--help" | "-h" => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        other => Err(format!("there is no task called `{other}`; there are:\n{HELP}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("error: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn test() -> Result<(), String> {
    let started = Instant::now();
    cargo(&["test", "--workspace"], &[])?;
    println!("\nAll tests passed in {} s.", started.elapsed().as_secs());
    Ok(())
}

fn ci() -> Result<(), String> {
    cargo(&["fmt", "--all", "--check"], &[])?;
    cargo(
        &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "--deny",
            "warnings",
        ],
        &[],
    )?;
    test()?;
    instructions::guard()?;
    cargo(
        &["doc", "--workspace", "--no-deps"],
        &[("RUSTDOCFLAGS", "--deny warnings")],
    )?;
    println!("\nFormat, lints, tests and documentation are in order.");
    Ok(())
}

fn validate() -> Result<(), String> {
    let words: Vec<String> = env::args().skip(2).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let run = ["run", "--release", "--package", "validation", "--"];
    cargo(&[&run[..], &words].concat(), &[])?;
    if !words.is_empty() {
        return Ok(());
    }
    let ledger = ["claims", "--quiet", "--baseline", claims::TABLE];
    cargo(
        &[&["run", "--release", "--package", "orgsim", "--"], &ledger[..]].concat(),
        &[],
    )
}

fn scenarios() -> Result<(), String> {
    cargo(
        &["run", "--release", "--package", "validation", "--", "--library"],
        &[],
    )
}

fn docs() -> Result<(), String> {
    cargo(&["build", "--quiet", "--package", "orgsim"], &[])?;
    for (file, arguments) in GENERATED {
        let printed = cargo_command(&["run", "--quiet", "--package", "orgsim", "--"])
            .args(arguments)
            .output()
            .map_err(|error| format!("cargo cannot be started: {error}"))?;
        if !printed.status.success() {
            return Err(format!(
                "`orgsim {}` failed: {}",
                arguments.join(" "),
                String::from_utf8_lossy(&printed.stderr)
            ));
        }
        write_if_changed(&root().join(file), &printed.stdout)?;
    }
    Ok(())
}

fn write_if_changed(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let name = path.display();
    if fs::read(path).is_ok_and(|old| old == bytes) {
        println!("{name} is up to date.");
        return Ok(());
    }
    fs::write(path, bytes).map_err(|error| format!("{name} cannot be written: {error}"))?;
    println!("{name} is written.");
    Ok(())
}

fn cargo(arguments: &[&str], variables: &[(&str, &str)]) -> Result<(), String> {
    let line = format!("cargo {}", arguments.join(" "));
    println!("$ {line}");
    let status = cargo_command(arguments)
        .envs(variables.iter().copied())
        .status()
        .map_err(|error| format!("`{line}` cannot be started: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{line}` failed"))
    }
}

fn cargo_command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    command
}

/// The folder of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map_or_else(PathBuf::new, Path::to_owned)
}
