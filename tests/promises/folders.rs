//! A study folder can be trusted: the same again, more of it, its scenarios run again, nothing else is overwritten.

use std::fs;

use crate::terminal::{Terminal, assert_same_study};

const SMALL: &str = "--horizon 26 --teams 4 --no-plots";

#[test]
fn rerun_gives_the_same_bytes_and_says_so() {
    let terminal = Terminal::new();
    terminal.done("compare safe empowered --horizon 26 --teams 4 --replications 20 --out study --quiet");
    let words = terminal.done("rerun study --out again");
    assert!(
        words.contains("came out the same, byte for byte; the new ones are in again"),
        "{words}"
    );
    assert_same_study(&terminal.study("study"), &terminal.study("again"));
    assert!(
        !terminal
            .study("study")
            .iter()
            .all(|(name, _)| !name.ends_with(".png")),
        "there are plots"
    );
}

#[test]
fn rerun_finds_a_file_that_was_changed() {
    let terminal = Terminal::new();
    terminal.done(&format!(
        "compare safe empowered {SMALL} --replications 5 --no-uncertain --out study --quiet"
    ));
    let table = terminal.read("study/summary.csv");
    terminal.write("study/summary.csv", &table.replacen('1', "2", 1));
    let said = terminal.run("rerun study");
    assert_eq!(said.code, Some(1));
    insta::assert_snapshot!(said.err);
}

#[test]
fn extending_gives_the_bytes_of_a_direct_comparison() {
    let terminal = Terminal::new();
    terminal.done(&format!(
        "compare safe empowered {SMALL} --replications 30 --out study --quiet"
    ));
    terminal.done("extend study --replications 55 --no-plots --quiet");
    terminal.done(&format!(
        "compare safe empowered {SMALL} --replications 55 --out direct --quiet"
    ));
    assert_same_study(&terminal.study("study"), &terminal.study("direct"));
    let said = terminal.run("extend study --replications 55");
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("has 55 replications already"), "{}", said.err);
}

#[test]
fn a_folder_that_holds_another_study_is_refused_and_left_alone() {
    let terminal = Terminal::new();
    terminal.done(&format!(
        "compare safe empowered {SMALL} --replications 5 --no-uncertain --quiet"
    ));
    let before = terminal.study("results/safe-vs-empowered-2026");
    let lines = [
        format!("compare safe empowered {SMALL} --replications 6 --no-uncertain"),
        format!("compare safe empowered {SMALL} --replications 5 --no-uncertain --set discovery.hours=1"),
        format!("compare safe empowered {SMALL} --replications 5 --no-uncertain --resume --outcome morale"),
        "compare safe empowered --environment all --out results/safe-vs-empowered-2026".to_owned(),
        "run safe --out results/safe-vs-empowered-2026".to_owned(),
    ];
    let said = lines.map(|line| {
        let said = terminal.run(&line);
        assert_eq!(said.code, Some(2), "{line}: {said:?}");
        format!("$ orgsim {line}\n{}", said.all())
    });
    insta::assert_snapshot!(said.join("\n"));
    assert_same_study(&before, &terminal.study("results/safe-vs-empowered-2026"));
}

#[test]
fn the_same_command_again_shows_the_finished_study_again() {
    let terminal = Terminal::new();
    let line = format!("compare safe empowered {SMALL} --replications 20 --no-uncertain");
    let first = terminal.done(&line);
    let before = terminal.study("results/safe-vs-empowered-2026");
    let second = terminal.run(&line);
    assert_eq!(second.out, first);
    assert!(
        second.err.contains("holds this study, finished"),
        "{}",
        second.err
    );
    assert_same_study(&before, &terminal.study("results/safe-vs-empowered-2026"));
}

#[test]
fn the_scenarios_of_a_study_run_again() {
    let terminal = Terminal::new();
    let more = "--replications 20 --no-uncertain --horizon 26 --no-plots --quiet";
    terminal.done(&format!(
        "compare safe@startup empowered@startup {more} --set discovery.hours=5.5 --teams 3 --out study"
    ));
    let arm = |name: &str| format!("study/scenarios/{name}.toml@study/scenarios/{name}-environment.toml");
    terminal.done(&format!(
        "compare {} {} {more} --out again",
        arm("safe-startup"),
        arm("empowered-startup")
    ));
    let figures = |folder: &str| {
        let table = terminal.read(&format!("{folder}/differences.csv"));
        let rows = table
            .lines()
            .skip(1)
            .map(|line| line.splitn(4, ',').nth(3).unwrap_or_default().to_owned());
        rows.collect::<Vec<_>>()
    };
    assert!(figures("study").len() > 20);
    assert_eq!(figures("study"), figures("again"));
}

#[test]
fn every_figure_of_a_study_is_where_the_guide_says() {
    let terminal = Terminal::new();
    terminal.done("compare safe empowered --horizon 26 --teams 4 --replications 12 --out study --quiet");
    let names: Vec<String> = terminal
        .study("study")
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    insta::assert_snapshot!(names.join("\n"));
    let rows = terminal.read("study/replications.csv");
    let manifest: serde_json::Value =
        serde_json::from_str(&terminal.read("study/manifest.json")).expect("JSON");
    for (basis, name) in ["settings", "plausible"].into_iter().enumerate() {
        let worlds = manifest["bases"][basis]["replications"]
            .as_u64()
            .expect("a number");
        let found = rows
            .lines()
            .filter(|line| line.contains(&format!(",{name},")))
            .count();
        assert_eq!(found as u64, 2 * worlds, "two arms in each world of basis {name}");
        assert!(worlds > 0);
    }
    for (name, _) in terminal.study("study") {
        assert!(!name.contains(".part"), "{name} is half-written");
    }
}

#[test]
fn one_table_over_all_environments() {
    let terminal = Terminal::new();
    let line = "compare safe empowered --environment all --replications 5 --horizon 8 --teams 2 --no-plots --no-uncertain";
    let words = terminal.done(&format!("{line} --out all"));
    let table = terminal.read("all/environments.csv");
    for environment in [
        "enterprise",
        "coupled-platform",
        "stable-market",
        "startup",
        "ai-build",
    ] {
        assert!(words.lines().any(|line| line.starts_with(environment)), "{words}");
        assert!(
            table
                .lines()
                .any(|line| line.starts_with(&format!("{environment},settings,empowered,safe,")))
        );
        assert!(
            terminal
                .path(&format!("all/{environment}/manifest.json"))
                .exists()
        );
    }
    assert!(
        !terminal.path("all/reference").exists(),
        "the reference model is no company"
    );
    let object = terminal.done(&format!("{line} --out all --json"));
    let object: serde_json::Value = serde_json::from_str(&object).expect("JSON");
    assert_eq!(object["environments"]["startup"]["replications"], 5);
}

#[test]
fn equal_budgets_are_equal() {
    let terminal = Terminal::new();
    let words = terminal.done(&format!(
        "compare safe empowered {SMALL} --replications 5 --no-uncertain --equal-budget --out study"
    ));
    assert!(
        words.starts_with("Equal budget: the team capacity of "),
        "{words}"
    );
    let cost = |arm: &str| {
        let table = terminal.read("study/summary.csv");
        let start = format!("settings,{arm},total_cost,");
        let row = table
            .lines()
            .find_map(|line| line.strip_prefix(&start))
            .expect("the cost is there")
            .to_owned();
        row.split(',')
            .nth(2)
            .expect("a mean")
            .parse::<f64>()
            .expect("a number")
    };
    let (safe, empowered) = (cost("safe"), cost("empowered"));
    assert!((safe - empowered).abs() < 1e-6 * safe, "{safe} and {empowered}");
}

#[test]
fn a_study_in_use_or_damaged_is_refused_with_what_to_do() {
    let terminal = Terminal::new();
    terminal.done(&format!(
        "compare safe empowered {SMALL} --replications 5 --no-uncertain --out study --quiet"
    ));
    let manifest = terminal.read("study/manifest.json");
    terminal.write(
        "study/manifest.json",
        &manifest.replace("\"seed\": 2026", "\"seed\": 2027"),
    );
    let said = terminal.run("rerun study");
    assert_eq!(said.code, Some(3), "{said:?}");
    assert!(
        said.err.contains("it was changed after it was written"),
        "{}",
        said.err
    );
    terminal.write("study/manifest.json", &manifest[..manifest.len() / 2]);
    let said = terminal.run("extend study --replications 9");
    assert_eq!(said.code, Some(3), "{said:?}");
    assert!(said.err.contains("is not a usable manifest"), "{}", said.err);
    terminal.write("study/manifest.json", &manifest);
    let shard = fs::read_dir(terminal.path("study/shards"))
        .expect("shards")
        .next()
        .expect("one")
        .expect("readable");
    fs::write(shard.path(), b"nonsense").expect("the shard can be written");
    let said = terminal.run("extend study --replications 9");
    assert_eq!(said.code, Some(3), "{said:?}");
    assert!(
        said.err.contains("is damaged") && said.err.contains("delete this file"),
        "{}",
        said.err
    );
}

#[test]
fn a_study_that_loses_its_worlds_says_so_and_keeps_every_row() {
    let terminal = Terminal::new();
    // Nothing pays back within two months, so no world has the outcome on which the verdict would rest.
    let said = terminal.run(
        "compare safe empowered --outcome payback_week --horizon 8 --teams 2 --replications 6 --no-plots --no-uncertain --out study",
    );
    assert_eq!(said.code, Some(1));
    assert!(
        said.err
            .starts_with("error: 6 of 6 worlds failed (settings), so no verdict can stand"),
        "{}",
        said.err
    );
    let rows = terminal.read("study/replications.csv");
    let failed = rows
        .lines()
        .filter(|row| row.contains("the run has no value of payback_week"))
        .count();
    assert_eq!(failed, 12, "a row with its error for each world and arm");
    assert!(
        terminal
            .read("study/manifest.json")
            .contains("\"worlds_failed\": 6")
    );
}
