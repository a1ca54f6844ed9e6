//! How many instructions the engine takes for a team-week, counted by valgrind's callgrind, beside the number kept from
//! before. Unlike time, the count is the same on a busy machine, so a slower engine shows up in every check.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::{cargo, cargo_command, root, write_if_changed};

/// Scenarios that are counted.
const SCENARIOS: [&str; 4] = ["reference-quarterly", "reference-continuous", "safe", "empowered"];
/// Worlds of the shorter and of the longer run, whose difference leaves out everything but the worlds.
const WORLDS: [u64; 2] = [2, 7];
/// Growth above which the count fails.
const TOLERANCE: f64 = 0.05;

/// What is kept in `benches/instructions.json`.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    /// Why the numbers are what they are.
    reason: String,
    /// The compiler that they hold for.
    compiler: String,
    /// The processor that they hold for.
    architecture: String,
    instructions_per_team_week: BTreeMap<String, u64>,
}

/// `cargo xtask instructions [--renew REASON]`.
///
/// # Errors
/// The arguments are others, valgrind or the build fails, or a count has grown too much.
pub fn instructions(arguments: &[String]) -> Result<(), String> {
    match arguments {
        [] => check(count()?),
        [renew, reason] if renew == "--renew" && !reason.trim().is_empty() => renew_kept(reason, count()?),
        _ => Err("it takes nothing, or `--renew \"why the engine may take more instructions\"`".to_owned()),
    }
}

/// Counts where there is valgrind; says that it does not where there is none.
///
/// # Errors
/// As [`instructions`].
pub fn guard() -> Result<(), String> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("Instructions are not counted: there is no valgrind on this machine.");
        return Ok(());
    }
    check(count()?)
}

fn check(counted: BTreeMap<String, u64>) -> Result<(), String> {
    let kept = kept()?;
    let (compiler, architecture) = (compiler()?, std::env::consts::ARCH);
    let are_comparable = kept.compiler == compiler && kept.architecture == architecture;
    if !are_comparable {
        println!(
            "The numbers that are kept are of {} on {}, these of {compiler} on {architecture}; none of them fails.",
            kept.compiler, kept.architecture
        );
    }
    println!("Instructions per team-week:");
    let mut grown = Vec::new();
    for (scenario, now) in counted {
        let Some(before) = kept.instructions_per_team_week.get(&scenario) else {
            println!("{scenario:22} {now:6}, none kept");
            continue;
        };
        let growth = now as f64 / *before as f64 - 1.0;
        println!("{scenario:22} {now:6}, kept {before:6}, {:+.1} %", 100.0 * growth);
        if are_comparable && growth > TOLERANCE {
            grown.push(scenario);
        }
    }
    if grown.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{} took over {} % more instructions than kept; make the engine faster again, or keep the new numbers with \
         `cargo xtask instructions --renew \"why\"`",
        grown.join(" and "),
        100.0 * TOLERANCE
    ))
}

fn renew_kept(reason: &str, counted: BTreeMap<String, u64>) -> Result<(), String> {
    let kept = Kept {
        reason: reason.to_owned(),
        compiler: compiler()?,
        architecture: std::env::consts::ARCH.to_owned(),
        instructions_per_team_week: counted,
    };
    let text = serde_json::to_string_pretty(&kept).map_err(|error| error.to_string())?;
    write_if_changed(&path(), format!("{text}\n").as_bytes())
}

fn path() -> PathBuf {
    root().join("benches/instructions.json")
}

fn kept() -> Result<Kept, String> {
    let file = path();
    let text = fs::read(&file).map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
    serde_json::from_slice(&text).map_err(|error| format!("{}: {error}", file.display()))
}

/// Version of the compiler that builds the workspace.
fn compiler() -> Result<String, String> {
    let output = Command::new("rustc")
        .arg("--version")
        .current_dir(root())
        .output()
        .map_err(|error| format!("rustc cannot be started: {error}"))?;
    let words = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(words.split_whitespace().take(2).collect::<Vec<_>>().join(" "))
}

/// Instructions per team-week of every scenario.
fn count() -> Result<BTreeMap<String, u64>, String> {
    let build = ["build", "--release", "--package", "peers", "--bin", "team-weeks"];
    cargo(&build, &[])?;
    let program = program(&build)?;
    let counts = std::thread::scope(|scope| {
        let threads = SCENARIOS.map(|scenario| {
            let program = &program;
            scope.spawn(move || per_team_week(program, scenario))
        });
        threads.map(|thread| {
            thread
                .join()
                .unwrap_or_else(|_| Err("counting broke off".to_owned()))
        })
    });
    SCENARIOS
        .iter()
        .zip(counts)
        .map(|(scenario, count)| Ok(((*scenario).to_owned(), count?)))
        .collect()
}

/// Where cargo puts the program.
fn program(build: &[&str]) -> Result<PathBuf, String> {
    let output = cargo_command(build)
        .args(["--quiet", "--message-format=json"])
        .output()
        .map_err(|error| format!("cargo cannot be started: {error}"))?;
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let executable = lines.lines().rev().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        message["executable"].as_str().map(PathBuf::from)
    });
    executable.ok_or_else(|| "cargo does not say where the program is".to_owned())
}

fn per_team_week(program: &PathBuf, scenario: &str) -> Result<u64, String> {
    let [few, many] = WORLDS.map(|worlds| run(program, scenario, worlds));
    let ((few_instructions, few_weeks), (many_instructions, many_weeks)) = (few?, many?);
    Ok((many_instructions - few_instructions) / (many_weeks - few_weeks).max(1))
}

/// Instructions and team-weeks of some worlds.
fn run(program: &PathBuf, scenario: &str, worlds: u64) -> Result<(u64, u64), String> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args([scenario, &worlds.to_string()])
        .output()
        .map_err(|error| format!("valgrind cannot be started: {error}"))?;
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    let collected = words
        .lines()
        .find_map(|line| line.split("Collected : ").nth(1)?.trim().parse().ok());
    let team_weeks = String::from_utf8_lossy(&output.stdout).trim().parse().ok();
    collected
        .zip(team_weeks)
        .ok_or_else(|| format!("valgrind did not count `{scenario}`:\n{words}"))
}
