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
        said.err.ends_with(&format!(
            "= help: orgsim {} --resume\n",
            LONG.replace(" --threads 1", "")
        )),
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

/// Starts `line` and waits until the log of the study says that it works.
fn at_work(terminal: &Terminal, line: &str, entry: &str) -> Child {
    let child = terminal
        .command(line)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let log = terminal.path("study/log.jsonl");
    until(entry, || {
        std::fs::read_to_string(&log).is_ok_and(|text| text.contains(entry))
    });
    child
}

#[test]
fn a_killed_extension_leaves_the_finished_study_and_goes_on() {
    let terminal = Terminal::new();
    let small =
        "compare safe empowered --horizon 26 --no-plots --no-uncertain --out study --quiet --replications";
    terminal.done(&format!("{small} 30"));
    let before = terminal.study("study");
    let extend = "extend study --replications 200000 --no-plots --quiet";
    let mut killed = at_work(&terminal, extend, "\"extended\"");
    let said = terminal.run("rerun study");
    assert_eq!(said.code, Some(3), "{said:?}");
    assert!(said.err.contains("is in use by another orgsim"), "{}", said.err);
    let said = terminal.run(&format!("{small} 30"));
    assert!(said.err.contains("is in use by another orgsim"), "{}", said.err);
    killed.kill().expect("it runs");
    killed.wait().expect("it ended");
    assert_same_study(&before, &terminal.study("study"));
    terminal.done("rerun study");
    terminal.done(&format!("{small} 30"));
    terminal.done("extend study --replications 60 --no-plots --quiet");
    terminal.done(&format!("{small} 60").replace("--out study", "--out direct"));
    assert_same_study(&terminal.study("direct"), &terminal.study("study"));
}

#[test]
fn an_interruption_reaches_into_a_world() {
    let terminal = Terminal::new();
    // One world of so many teams takes minutes in a build for tests.
    let line = "compare safe empowered --teams 100000 --replications 1 --no-plots --no-uncertain --threads 1 --out study";
    let child = at_work(&terminal, line, "\"created\"");
    let sent = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(sent.expect("kill is there").success());
    let output = child.wait_with_output().expect("it ended");
    assert_eq!(output.status.code(), Some(130), "{output:?}");
    assert!(!terminal.path("study/shards").exists(), "no world was finished");
}

#[test]
fn of_two_that_begin_in_one_folder_one_works_and_the_other_says_why_not() {
    let terminal = Terminal::new();
    let start = || {
        let mut command = terminal.command(LONG);
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        command.spawn().expect("the program starts")
    };
    let outputs = [start(), start()].map(|child| child.wait_with_output().expect("it ended"));
    let codes = outputs.each_ref().map(|output| output.status.code());
    assert!(codes.contains(&Some(0)), "{outputs:?}");
    for output in outputs.iter().filter(|output| output.status.code() != Some(0)) {
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(words.contains("is in use by another orgsim"), "{words}");
    }
}
