//! What every Rust peer says and is asked: its arguments and the one line it prints; never a rule of the model.

use std::fs;
use std::time::Instant;

use clap::{Parser, ValueEnum};
use cpu_time::ProcessTime;
use serde_json::json;

const TEAM_WEEKS_PER_REPLICATION: u64 = 12 * 156;

/// The two arms of the reference model.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Arm {
    /// Commits work for twelve weeks at a time.
    Quarterly,
    /// Tests the best ideas every week and pulls the next one when it is free.
    Continuous,
}

/// What a peer is asked for.
#[derive(Debug, Clone, Copy, Parser)]
#[command(
    about = "Runs one arm of the reference model and prints its results and its cost as one line of JSON"
)]
pub struct Arguments {
    /// Which arm to run
    #[arg(long)]
    pub arm: Arm,
    /// Replications to run, at least 2
    #[arg(long, value_parser = clap::value_parser!(u64).range(2..))]
    pub replications: u64,
    /// Seed of the worlds
    #[arg(long)]
    pub seed: u64,
}

impl Arguments {
    /// The arguments of this process; a mistake in them ends it with a message.
    pub fn of_this_process() -> Self {
        Self::parse()
    }

    /// Runs `replication` for each number from 0 and prints what came out and what it cost, its own time alone.
    ///
    /// `replication` returns value \[value unit-weeks\], ideas shipped \[ideas\] and mean lead time \[weeks\].
    pub fn report(self, peer: &str, version: &str, replication: impl FnMut(u64) -> [f64; 3]) {
        let (wall, cpu) = (Instant::now(), ProcessTime::now());
        let results: Vec<[f64; 3]> = (0..self.replications).map(replication).collect();
        let (cpu, wall) = (cpu.elapsed(), wall.elapsed());
        let [value, shipped, lead_time] = [0, 1, 2].map(|figure| estimate(&results, figure));
        let line = json!({
            "peer": peer,
            "version": version,
            "arm": self.arm.to_possible_value().map(|arm| arm.get_name().to_owned()),
            "replications": self.replications,
            "value_mean": value.0,
            "value_se": value.1,
            "shipped_mean": shipped.0,
            "shipped_se": shipped.1,
            "lead_time_mean": lead_time.0,
            "lead_time_se": lead_time.1,
            "team_weeks": self.replications * TEAM_WEEKS_PER_REPLICATION,
            "cpu_seconds": cpu.as_secs_f64(),
            "wall_seconds": wall.as_secs_f64(),
            "peak_memory_bytes": peak_memory_bytes(),
        });
        println!("{line}");
    }
}

/// Mean and its standard error of one figure over all replications.
fn estimate(results: &[[f64; 3]], figure: usize) -> (f64, f64) {
    let count = results.len() as f64;
    let mean = results.iter().map(|result| result[figure]).sum::<f64>() / count;
    let squares: f64 = results.iter().map(|result| (result[figure] - mean).powi(2)).sum();
    (mean, (squares / (count - 1.0) / count).sqrt())
}

/// Most memory that this process ever had \[bytes\]; unknown where the system keeps no record in `/proc`.
fn peak_memory_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(1024 * kibibytes)
}
