//! Nothing finished is lost: a study that was killed or interrupted goes on to the same bytes.

#![cfg(unix)]

use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::terminal::{Terminal, assert_same_study};

/// Long enough to be stopped while it runs: some seconds on one thread.
const LONG: &str = "compare safe empowered --replications 1500 --horizon 52 --no-plots --no-uncertain --threads 1 --out study";

/// Starts the long study and waits until some of its worlds are on disk.
fn started(terminal: &Terminal) -> Child {
    let child = terminal
        .command(LONG)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    until("worlds are kept", || {
        terminal.path("study/shards/settings-000000.shard").exists()
    });
    child
}

/// Waits until `has_come`, for two minutes at most.
fn until(what: &str, has_come: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(120);
    while !has_come() {
        assert!(Instant::now() < deadline, "{what}: not within two minutes");
        sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_killed_and_an_interrupted_study_go_on_to_the_same_bytes() {
    let terminal = Terminal::new();
    let mut killed = started(&terminal);
    killed.kill().expect("it runs");
    killed.wait().expect("it ended");
    assert!(
        terminal
            .read("study/manifest.json")
            .contains("\"status\": \"running\""),
        "it was killed too late"
    );
    assert!(!terminal.path("study/summary.csv").exists());

    let said = terminal.run(&LONG.replace("--threads 1", ""));
    assert_eq!(said.code, Some(2));
    assert!(
        said.err.contains("not finished yet: continue it with --resume"),
        "{}",
        said.err
    );

    let mut resumed = terminal.command(&format!("{LONG} --resume"));
    let child = resumed
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // The study notes that it goes on before it simulates, and listens before it notes.
    until("the study goes on", || {
        terminal.read("study/log.jsonl").contains("\"resumed\"")
    });
    let sent = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .expect("kill is there");
    assert!(sent.success());
    let output = child.wait_with_output().expect("it ended");
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{words}");
    assert!(
        words.contains("give the same command again with --resume"),
        "{words}"
    );
    assert!(!terminal.path("study/summary.csv").exists());

    terminal.done(&format!("{} --resume --quiet", LONG.replace("--threads 1", "")));
    terminal.done(&format!(
        "{} --quiet",
        LONG.replace("--threads 1", "")
            .replace("--out study", "--out whole")
    ));
    assert_same_study(&terminal.study("whole"), &terminal.study("study"));
}
