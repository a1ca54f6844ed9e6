//! `orgsim sensitivity` on the real program: files, the same bytes again, refusals before any run.

use crate::terminal::Terminal;

/// A small experiment that takes a second.
const SMALL: &str = "--teams 2 --horizon 40 --samples 16 --trajectories 2 --parameters 3";

#[test]
fn an_experiment_writes_its_folder_and_the_same_bytes_at_any_number_of_threads() {
    let terminal = Terminal::new();
    let one = terminal.done(&format!(
        "sensitivity safe empowered {SMALL} --threads 1 --out one"
    ));
    assert!(
        one.contains("of the variation is chance") && one.contains("Files: one"),
        "{one}"
    );
    terminal.done(&format!(
        "sensitivity safe empowered {SMALL} --threads 3 --out two"
    ));
    for name in [
        "manifest.json",
        "indices.csv",
        "screening.csv",
        "sensitivity.json",
        "verdict.txt",
        "plots/tornado.svg",
    ] {
        assert_eq!(
            terminal.read(&format!("one/{name}")),
            terminal.read(&format!("two/{name}")),
            "{name}"
        );
    }
    assert!(terminal.path("one/plots/tornado.png").exists());
    // The same experiment may be written again; another one may not.
    terminal.done(&format!("sensitivity safe empowered {SMALL} --out one --quiet"));
    let refused = terminal.run(&format!("sensitivity safe empowered {SMALL} --out one --rank"));
    assert_eq!(refused.code, Some(2));
    assert!(
        refused
            .err
            .contains("one holds another study: rank false there, true here"),
        "{}",
        refused.err
    );
}

#[test]
fn one_arm_and_any_outcome_will_do() {
    let terminal = Terminal::new();
    let line =
        format!("sensitivity empowered {SMALL} --outcome work_in_progress --json --no-plots --out one");
    let object: serde_json::Value = serde_json::from_str(&terminal.done(&line)).expect("an object");
    assert_eq!(object["arms"], serde_json::json!(["empowered"]));
    assert_eq!(object["unit"], "items per team");
    let chance = object["chance"]["value"].as_f64().expect("a share");
    assert!((0.0..=1.0).contains(&chance));
    assert!(!terminal.path("one/plots").exists());
}

#[test]
fn a_design_in_which_runs_fail_is_refused_with_a_map() {
    let terminal = Terminal::new();
    // Nothing pays back within two weeks, so no run has a payback week.
    let line = "sensitivity safe --teams 2 --horizon 2 --samples 8 --trajectories 2 --outcome payback_week --out one";
    let said = terminal.run(line);
    assert_eq!(said.code, Some(1), "{said:?}");
    for words in ["2 of 2 trajectories are incomplete", "= help:"] {
        assert!(said.err.contains(words), "{words}: {}", said.err);
    }
    // Where everything fails, failures gather nowhere.
    assert!(!said.err.contains("where:"), "{}", said.err);
    assert!(terminal.path("one/failures.csv").exists() && !terminal.path("one/indices.csv").exists());
}
