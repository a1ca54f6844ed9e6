//! `cargo xtask bench-peers`: the reference model on the engine beside other tools, on the same work in one run; it holds
//! no model.

mod agreement;
mod machine;
mod programs;
mod runs;
mod section;

use std::fs;

use programs::Program;
use runs::{Measurement, Round};

const FILE: &str = "docs/performance-peers.md";
const FEWEST_ROUNDS: usize = 5;
const USAGE: &str = "usage: cargo xtask bench-peers [--rounds N] [--quick]";

/// How much to measure.
struct Plan {
    rounds: usize,
    /// Replications are divided by this.
    shortening: u64,
    /// Whether the result is worth keeping.
    writes: bool,
}

impl Plan {
    fn of(arguments: &[String]) -> Result<Self, String> {
        let mut plan = Self {
            rounds: FEWEST_ROUNDS,
            shortening: 1,
            writes: true,
        };
        let mut words = arguments.iter().map(String::as_str);
        while let Some(word) = words.next() {
            match word {
                "--quick" => {
                    plan = Self {
                        rounds: 1,
                        shortening: 5,
                        writes: false,
                    }
                }
                "--rounds" => plan.rounds = rounds(words.next())?,
                other => return Err(format!("`{other}` is no option of bench-peers; {USAGE}")),
            }
        }
        if plan.writes && plan.rounds < FEWEST_ROUNDS {
            return Err(format!(
                "{} rounds are too few to tell a spread; take at least {FEWEST_ROUNDS}, or --quick for a trial",
                plan.rounds
            ));
        }
        Ok(plan)
    }
}

fn rounds(word: Option<&str>) -> Result<usize, String> {
    let count = word.and_then(|word| word.parse().ok()).filter(|count| *count > 0);
    count.ok_or_else(|| format!("--rounds needs a whole number, 1 or more; {USAGE}"))
}

/// Installs, measures, compares, prints and, unless it was a trial, writes the section of the documentation.
pub fn bench_peers(arguments: &[String]) -> Result<(), String> {
    let plan = Plan::of(arguments)?;
    let (programs, missing) = programs::install()?;
    let machine = machine::describe();
    let rounds = measure(&plan, &programs)?;
    let measurements = Measurement::of_all(&programs, &rounds);
    let comparison = agreement::Comparison::of(&measurements)?;
    let text = section::write(plan.rounds, &machine, &measurements, &comparison, &missing);
    println!("\n{text}");
    comparison.verdict()?;
    if plan.writes {
        let path = crate::root().join(FILE);
        fs::write(&path, text).map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
        println!("{FILE} is written.");
    }
    Ok(())
}

fn measure(plan: &Plan, programs: &[Program]) -> Result<Vec<Round>, String> {
    let mut rounds = Vec::new();
    for number in 0..plan.rounds {
        println!("Round {} of {}", number + 1, plan.rounds);
        rounds.push(Round::run(programs, number, plan.shortening)?);
    }
    Ok(rounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(words: &[&str]) -> Result<Plan, String> {
        Plan::of(&words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn few_rounds_are_for_trials_only() {
        assert!(plan(&["--rounds", "4"]).is_err());
        assert_eq!(plan(&["--rounds", "5"]).map(|plan| plan.rounds), Ok(5));
        assert_eq!(plan(&["--quick", "--rounds", "2"]).map(|plan| plan.rounds), Ok(2));
        assert!(plan(&["--quick"]).is_ok_and(|plan| !plan.writes));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        assert!(plan(&["--fast"]).is_err_and(|message| message.contains("--fast")));
        assert!(plan(&["--rounds"]).is_err());
        assert!(plan(&["--rounds", "0"]).is_err());
    }
}
