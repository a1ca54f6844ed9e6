//! The machine on which something is measured, in words; it measures nothing.

use std::fs;
use std::process::Command;

use super::runs::cores;

/// Processor, cores, memory, system, compiler and what else was running; what the system does not tell is left out.
pub fn describe() -> String {
    let parts = [
        processor(),
        Some(format!("{} cores", cores())),
        memory(),
        said("uname", &["-sr"]),
        said("rustc", &["--version"]),
        load(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn processor() -> Option<String> {
    let text = fs::read_to_string("/proc/cpuinfo").ok()?;
    let fact = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    let name = fact("model name")?;
    let numbers = fact("cpu family").zip(fact("model\t"));
    let numbers = numbers.map_or_else(String::new, |(family, model)| {
        format!(" (family {family}, model {model})")
    });
    Some(format!("{name}{numbers}"))
}

fn memory() -> Option<String> {
    let text = fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("MemTotal:"))?;
    let kibibytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(format!("{:.0} GiB of memory", kibibytes / 1024.0 / 1024.0))
}

fn load() -> Option<String> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    Some(format!(
        "load average before the first round {}",
        text.split_whitespace().next()?
    ))
}

fn said(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    (output.status.success() && !text.trim().is_empty()).then(|| text.trim().to_owned())
}
