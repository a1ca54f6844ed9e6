//! Experiments beyond a comparison survive: killed at any moment or interrupted, they go on to the same bytes.

#![cfg(unix)]

use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::terminal::Terminal;

const SMALL: &str = "--teams 3 --no-plots --threads 1";

/// Each experiment, some seconds long, and result files of it.
const LINES: [(&str, &[&str]); 6] = [
    (
        "attribute safe empowered --replications 40 --horizon 52",
        &["attribution.csv", "order.csv"],
    ),
    (
        "breakeven safe empowered --x environment.coupling --y strategy.clarity --squares 4 --replications 30 --horizon 26 \
         --search --companies 40",
        &["map.csv", "frontier.csv", "companies.csv"],
    ),
    (
        "choose safe empowered scrum-po --lead 1% --horizon 52",
        &["choice.csv"],
    ),
    (
        "discover safe empowered --companies 60 --replications 4 --horizon 26",
        &["companies.csv", "boxes.csv", "regret.csv"],
    ),
    (
        "sensitivity safe empowered --samples 64 --trajectories 2 --parameters 3 --horizon 26",
        &["indices.csv", "screening.csv", "sensitivity.json"],
    ),
    (
        "sweep plan.toml --horizon 52",
        &["points.csv", "runs.csv", "sweep.json"],
    ),
];

const PLAN: &str = "arms = [\"safe\", \"empowered\"]\ndesign = \"sobol\"\npoints = 16\nreplications = 40\n[[factor]]\n\
                    parameter = \"environment.coupling\"\nlow = 0\nhigh = 0.5\n";

fn terminal() -> Terminal {
    let terminal = Terminal::new();
    terminal.write("plan.toml", PLAN);
    terminal
}

fn started(terminal: &Terminal, line: &str) -> Child {
    let mut command = terminal.command(line);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command.spawn().expect("the program starts")
}

/// Waits until `has_come`, for two minutes at most.
fn until(what: &str, has_come: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(120);
    while !has_come() {
        assert!(Instant::now() < deadline, "{what}: not within two minutes");
        sleep(Duration::from_millis(5));
    }
}

fn assert_same(terminal: &Terminal, line: &str, files: &[&str]) {
    for name in files.iter().chain(&["manifest.json"]) {
        assert_eq!(
            terminal.read(&format!("whole/{name}")),
            terminal.read(&format!("left/{name}")),
            "{line}: {name}"
        );
    }
    assert_eq!(tape(terminal, "whole"), tape(terminal, "left"), "{line}");
}

/// The shards of a folder, one after the other.
fn tape(terminal: &Terminal, folder: &str) -> Vec<u8> {
    let entries = std::fs::read_dir(terminal.path(&format!("{folder}/shards"))).expect("shards");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let bytes = paths.iter().map(|path| std::fs::read(path).expect("a shard"));
    bytes.flatten().collect()
}

#[test]
fn experiments_that_are_killed_at_any_moment_go_on_to_the_same_bytes() {
    for (line, files) in LINES {
        assert_survives(&terminal(), line, files);
    }
}

#[test]
fn a_calibration_that_is_killed_at_any_moment_goes_on_to_the_same_bytes() {
    let terminal = Terminal::new();
    terminal.done("run safe --teams 3 --horizon 104 --items --out made");
    let files = ["posterior.csv", "draws.csv", "figures.csv"];
    assert_survives(&terminal, "calibrate made/items.csv --quick", &files);
}

fn assert_survives(terminal: &Terminal, line: &str, files: &[&str]) {
    let line = format!("{line} {SMALL} --quiet");
    terminal.done(&format!("{line} --out whole"));
    let mut resume = "";
    // At the very start, before anything is on disk, and after.
    for delay in [0, 2500] {
        let mut killed = started(terminal, &format!("{line} --out left{resume}"));
        until("the experiment is begun", || {
            terminal.path("left/manifest.json").exists()
        });
        sleep(Duration::from_millis(delay));
        killed.kill().expect("it can be killed, or has ended");
        killed.wait().expect("it ended");
        resume = " --resume";
    }
    terminal.done(&format!("{line} --out left --resume"));
    assert_same(terminal, &line, files);
    // Finished, it is read from its folder.
    terminal.done(&format!("{line} --out left"));
    assert_same(terminal, &line, files);
}

#[test]
fn an_interrupted_experiment_keeps_what_is_finished_and_says_how_to_go_on() {
    let terminal = terminal();
    terminal.write(
        "plan.toml",
        &PLAN.replace("replications = 40", "replications = 100000"),
    );
    let line = format!("sweep plan.toml --horizon 52 {SMALL} --out left");
    let child = started(&terminal, &line);
    let shard = terminal.path("left/shards/runs-000000.shard");
    until("runs are kept", || shard.exists());
    let kept = std::fs::metadata(&shard).expect("it is there").len();
    let said = terminal.run(&format!("{line} --resume"));
    assert_eq!(said.code, Some(3), "{said:?}");
    assert!(said.err.contains("is in use by another orgsim"), "{}", said.err);
    let sent = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(sent.expect("kill is there").success());
    let output = child.wait_with_output().expect("it ended");
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{words}");
    assert!(
        words.contains("every finished run is kept in left")
            && words.contains("give the same command again with --resume"),
        "{words}"
    );
    assert!(std::fs::metadata(&shard).expect("it is there").len() >= kept);
    assert!(
        !terminal.path("left/points.csv").exists(),
        "nothing is half-written"
    );
    let said = terminal.run(&line);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(
        said.err.contains("not finished yet") && said.err.contains("--resume"),
        "{}",
        said.err
    );
    // A shard that is damaged is named, and only its runs are made again.
    let good = std::fs::read(&shard).expect("it is there");
    std::fs::write(&shard, &good[..good.len() / 2]).expect("it can be written");
    let said = terminal.run(&format!("{line} --resume"));
    assert_eq!(said.code, Some(3), "{said:?}");
    assert!(
        said.err.contains("runs-000000.shard is damaged") && said.err.contains("delete it and"),
        "{}",
        said.err
    );
}

#[test]
fn what_is_to_be_resumed_must_be_there() {
    let terminal = terminal();
    for (line, _) in LINES {
        let said = terminal.run(&format!("{line} {SMALL} --resume --out nowhere"));
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(
            said.err.contains("holds no study") && said.err.contains("begin it:"),
            "{}",
            said.err
        );
        assert!(!terminal.path("nowhere").exists());
    }
}
