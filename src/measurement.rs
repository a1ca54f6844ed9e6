//! Time and memory of this process; what cannot be measured is unknown, never zero.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use cpu_time::ProcessTime;
use reports::json::Measurements;

/// Name and version of the engine.
pub fn engine() -> String {
    format!("orgsim {}", studies::manifest::ENGINE)
}

/// Measures from its start on.
#[derive(Debug)]
pub struct Stopwatch {
    wall: Instant,
    processors: Option<ProcessTime>,
}

impl Stopwatch {
    /// Starts to measure.
    pub fn start() -> Self {
        Self {
            wall: Instant::now(),
            processors: ProcessTime::try_now().ok(),
        }
    }

    /// What was measured since the start with this number of threads; 0 means all cores.
    pub fn measurements(&self, threads: usize) -> Measurements {
        let processors = self.processors.and_then(|start| start.try_elapsed().ok());
        Measurements {
            engine: engine(),
            elapsed_seconds: self.wall.elapsed().as_secs_f64(),
            cpu_seconds: processors.map(|time: Duration| time.as_secs_f64()),
            threads: threads_of(threads),
            peak_memory_bytes: peak_memory_bytes(),
        }
    }
}

fn threads_of(asked: usize) -> usize {
    if asked > 0 {
        asked
    } else {
        thread::available_parallelism().map_or(1, usize::from)
    }
}

/// Largest resident memory so far \[bytes\], where the system tells.
fn peak_memory_bytes() -> Option<u64> {
    peak_in(&fs::read_to_string("/proc/self/status").ok()?)
}

fn peak_in(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peak_memory_is_read_from_the_status_of_the_process_or_unknown() {
        assert_eq!(
            peak_in("Name:\torgsim\nVmHWM:\t   12 kB\nVmRSS:\t 3 kB\n"),
            Some(12 * 1024)
        );
        assert_eq!(peak_in("Name:\torgsim\n"), None);
    }
}
