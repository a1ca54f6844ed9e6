//! Runs of the peers, one line of results each, and what they say about speed; no judgement of agreement.

use std::process::{Child, Stdio};
use std::thread;

use serde::Deserialize;

use super::programs::Program;

/// The two arms of the reference model, as the peers call them.
pub const ARMS: [&str; 2] = ["quarterly", "continuous"];
const FIRST_SEED: u64 = 2026;

/// What a peer prints: the protocol of `benches/peers`.
#[derive(Debug, Clone, Deserialize)]
pub struct Line {
    pub peer: String,
    pub version: String,
    pub arm: String,
    pub replications: u64,
    pub value_mean: Option<f64>,
    pub value_se: Option<f64>,
    pub shipped_mean: Option<f64>,
    pub shipped_se: Option<f64>,
    pub lead_time_mean: Option<f64>,
    pub lead_time_se: Option<f64>,
    pub team_weeks: f64,
    pub cpu_seconds: f64,
    pub peak_memory_bytes: Option<u64>,
}

/// One run of every program: alone, then on every core at once.
pub struct Round {
    alone: Vec<Line>,
    together: Vec<Line>,
}

impl Round {
    /// Runs all programs in turn; no seed is used twice for the same arm of a program.
    pub fn run(programs: &[Program], number: usize, shortening: u64) -> Result<Self, String> {
        let cores = cores();
        let first_seed = FIRST_SEED + (number * (cores + 1)) as u64;
        let mut round = Self {
            alone: Vec::new(),
            together: Vec::new(),
        };
        for program in programs {
            for arm in ARMS {
                round.alone.extend(side_by_side(
                    program,
                    arm,
                    shortening,
                    first_seed..first_seed + 1,
                )?);
            }
        }
        for program in programs {
            for arm in ARMS {
                let seeds = first_seed + 1..first_seed + 1 + cores as u64;
                round
                    .together
                    .extend(side_by_side(program, arm, shortening, seeds)?);
            }
        }
        Ok(round)
    }
}

/// Number of cores that may be used.
pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

fn side_by_side(
    program: &Program,
    arm: &str,
    shortening: u64,
    seeds: impl Iterator<Item = u64>,
) -> Result<Vec<Line>, String> {
    let started: Result<Vec<Child>, String> =
        seeds.map(|seed| start(program, arm, shortening, seed)).collect();
    started?.into_iter().map(|child| finish(program, child)).collect()
}

fn start(program: &Program, arm: &str, shortening: u64, seed: u64) -> Result<Child, String> {
    let replications = (program.replications / shortening).to_string();
    program
        .command()
        .args([
            "--arm",
            arm,
            "--replications",
            &replications,
            "--seed",
            &seed.to_string(),
        ])
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{} cannot be started: {error}", program.name))
}

fn finish(program: &Program, child: Child) -> Result<Line, String> {
    let name = program.name;
    let output = child
        .wait_with_output()
        .map_err(|error| format!("{name} was lost: {error}"))?;
    if !output.status.success() {
        return Err(format!("{name} failed with {}", output.status));
    }
    let line: Line = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("{name} printed something that is no line of results: {error}"))?;
    if line.peer == name {
        Ok(line)
    } else {
        Err(format!("{name} calls itself {}", line.peer))
    }
}

/// All that was measured of one program.
pub struct Measurement {
    pub name: &'static str,
    pub manner: &'static str,
    pub version: String,
    /// All lines, for results.
    pub lines: Vec<Line>,
    /// Team-weeks per CPU second with one process, round by round: quarterly, continuous, both.
    pub alone: Vec<[f64; 3]>,
    /// The same of both arms with one process on each core.
    pub together: Vec<f64>,
}

impl Measurement {
    /// The measurements of all programs, in their order.
    pub fn of_all(programs: &[Program], rounds: &[Round]) -> Vec<Self> {
        programs.iter().map(|program| Self::of(program, rounds)).collect()
    }

    fn of(program: &Program, rounds: &[Round]) -> Self {
        let lines_of = |lines: &[Line]| -> Vec<Line> {
            lines
                .iter()
                .filter(|line| line.peer == program.name)
                .cloned()
                .collect()
        };
        let alone: Vec<_> = rounds.iter().map(|round| lines_of(&round.alone)).collect();
        let together: Vec<_> = rounds.iter().map(|round| lines_of(&round.together)).collect();
        let lines: Vec<_> = alone.iter().chain(&together).flatten().cloned().collect();
        Self {
            name: program.name,
            manner: program.manner,
            version: lines
                .first()
                .map_or_else(String::new, |line| line.version.clone()),
            alone: alone.iter().map(|lines| speeds(lines)).collect(),
            together: together.iter().map(|lines| speeds(lines)[2]).collect(),
            lines,
        }
    }

    /// Median over all runs of the most memory a process had \[bytes\].
    pub fn memory_bytes(&self) -> Option<f64> {
        let peaks: Option<Vec<f64>> = self
            .lines
            .iter()
            .map(|line| Some(line.peak_memory_bytes? as f64))
            .collect();
        peaks.and_then(|peaks| median(&peaks))
    }

    /// How many times as fast as `other` this was, both arms, round by round.
    pub fn ratios_to(&self, other: &Self) -> Vec<f64> {
        self.alone
            .iter()
            .zip(&other.alone)
            .map(|(one, other)| one[2] / other[2])
            .collect()
    }
}

fn speeds(lines: &[Line]) -> [f64; 3] {
    let speed = |chosen: &dyn Fn(&Line) -> bool| {
        let chosen: Vec<_> = lines.iter().filter(|line| chosen(line)).collect();
        let team_weeks: f64 = chosen.iter().map(|line| line.team_weeks).sum();
        team_weeks / chosen.iter().map(|line| line.cpu_seconds).sum::<f64>()
    };
    let [quarterly, continuous] = ARMS.map(|arm| speed(&|line: &Line| line.arm == arm));
    [quarterly, continuous, speed(&|_| true)]
}

/// The median; `None` of nothing.
pub fn median(figures: &[f64]) -> Option<f64> {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    let is_even = sorted.len().is_multiple_of(2);
    Some(if is_even {
        (sorted[middle - 1] + upper) / 2.0
    } else {
        upper
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(arm: &str, cpu_seconds: f64) -> Line {
        let text = format!(
            r#"{{"peer":"a","version":"1","arm":"{arm}","replications":10,"value_mean":null,"value_se":null,
            "shipped_mean":1,"shipped_se":1,"lead_time_mean":1,"lead_time_se":1,"team_weeks":600,
            "cpu_seconds":{cpu_seconds},"wall_seconds":9,"peak_memory_bytes":1}}"#
        );
        serde_json::from_str(&text).expect("a line of results")
    }

    #[test]
    fn speed_is_work_by_processor_time_of_each_arm_and_of_both() {
        let lines = [line("quarterly", 1.0), line("continuous", 3.0)];
        assert_eq!(speeds(&lines), [600.0, 200.0, 300.0]);
    }

    #[test]
    fn a_median_stands_in_the_middle() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(&[]), None);
    }
}
