//! The same seed gives the same figures: at any number of threads, however much is asked for, one world or many.

use std::collections::BTreeMap;

use crate::terminal::{Terminal, assert_same_study};

/// A comparison small enough for a test: four teams, half a year, both bases.
const SMALL: &str = "--replications 30 --horizon 26 --teams 4";

#[test]
fn one_and_two_threads_give_the_same_bytes() {
    let terminal = Terminal::new();
    for threads in [1, 2] {
        terminal.done(&format!(
            "compare safe empowered {SMALL} --threads {threads} --out {threads} --quiet"
        ));
    }
    assert_same_study(&terminal.study("1"), &terminal.study("2"));
}

#[test]
fn another_seed_gives_other_figures() {
    let terminal = Terminal::new();
    for seed in [1, 2] {
        terminal.done(&format!(
            "compare safe empowered {SMALL} --no-plots --no-uncertain --seed {seed} --out {seed} --quiet"
        ));
    }
    assert_ne!(terminal.read("1/summary.csv"), terminal.read("2/summary.csv"));
}

#[test]
fn asking_for_plots_json_or_bounds_changes_no_figure() {
    let terminal = Terminal::new();
    terminal.done(&format!(
        "compare safe empowered {SMALL} --no-plots --no-uncertain --out plain --quiet"
    ));
    terminal.done(&format!(
        "compare safe empowered {SMALL} --no-uncertain --bounds --json --out more"
    ));
    let mut more = terminal.study("more");
    let plots = more.iter().filter(|(name, _)| name.starts_with("plots/")).count();
    assert!(plots >= 4, "{plots} plots");
    more.retain(|(name, _)| !name.starts_with("plots/"));
    assert_same_study(&terminal.study("plain"), &more);
}

#[test]
fn plausible_companies_change_nothing_under_the_settings() {
    let terminal = Terminal::new();
    terminal.done(&format!(
        "compare safe empowered {SMALL} --no-plots --no-uncertain --out settings --quiet"
    ));
    terminal.done(&format!(
        "compare safe empowered {SMALL} --no-plots --out both --quiet"
    ));
    let of_settings = |folder: &str| {
        let table = terminal.read(&format!("{folder}/differences.csv"));
        table
            .lines()
            .filter(|line| line.starts_with("settings,"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert!(!of_settings("both").is_empty());
    assert_eq!(of_settings("settings"), of_settings("both"));
    assert!(terminal.read("both/differences.csv").contains("\nplausible,"));
}

#[test]
fn a_single_run_is_the_same_world_of_a_comparison() {
    let terminal = Terminal::new();
    terminal.done(&format!(
        "compare safe empowered {SMALL} --no-plots --no-uncertain --out study --quiet"
    ));
    let rows = terminal.read("study/replications.csv");
    for (arm, replication) in [("safe", 0), ("empowered", 17)] {
        let run = format!("run {arm} --replication {replication} --horizon 26 --teams 4");
        terminal.done(&format!("{run} --out {arm}"));
        let table = format!("{arm}/outcomes.csv");
        let plain = single_run(&terminal.read(&table));
        terminal.done(&format!("{run} --out {arm} --events"));
        assert_eq!(plain, single_run(&terminal.read(&table)), "events change figures");
        assert_eq!(plain, row_of(&rows, arm, replication));
    }
    let said = terminal.run("run safe --replication 1 --horizon 26 --teams 4 --out safe");
    assert_eq!(said.code, Some(2), "a folder holds one run: {said:?}");
    assert!(said.err.contains("holds the tables of another run"), "{said:?}");
}

/// Outcomes of a single run: name and value as written.
fn single_run(table: &str) -> BTreeMap<String, String> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| (row[0].to_owned(), row[2].to_owned())).collect()
}

/// Outcomes of one row of `replications.csv`, under the names of outcomes.
fn row_of(table: &str, arm: &str, replication: u64) -> BTreeMap<String, String> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let heads = reader.headers().expect("heads").clone();
    let is_wanted = |row: &csv::StringRecord| &row[2] == arm && row[3] == replication.to_string();
    let row = reader
        .records()
        .map(|row| row.expect("a row"))
        .find(is_wanted)
        .expect("the row is there");
    let outcomes = sim_core::outcomes::Outcome::ALL.iter();
    outcomes
        .map(|outcome| {
            let place = heads
                .iter()
                .position(|head| head == outcome.column())
                .expect("a column for every outcome");
            (outcome.row().name.to_owned(), row[place].to_owned())
        })
        .collect()
}

#[test]
fn an_arm_against_itself_gives_exact_zeros() {
    let terminal = Terminal::new();
    let words = terminal.done(&format!("compare safe safe {SMALL} --no-plots --out study"));
    assert!(
        words.contains("safe-2 against safe: the same in every world"),
        "{words}"
    );
    let table = terminal.read("study/differences.csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let heads = reader.headers().expect("heads").clone();
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert!(rows.len() > 40, "{} rows", rows.len());
    for row in rows {
        for head in ["mean", "p05", "p25", "p50", "p75", "p95"] {
            let place = heads
                .iter()
                .position(|name| name == head)
                .expect("the column is there");
            assert_eq!(&row[place], "0", "{head} of {}", &row[3]);
        }
    }
}

#[test]
fn the_order_of_arms_and_further_arms_change_no_arm() {
    let terminal = Terminal::new();
    terminal.done(&format!(
        "compare safe empowered {SMALL} --no-plots --no-uncertain --out two --quiet"
    ));
    terminal.done(&format!(
        "compare scrum-po empowered safe {SMALL} --no-plots --no-uncertain --out three --quiet"
    ));
    let (two, three) = (
        terminal.read("two/summary.csv"),
        terminal.read("three/summary.csv"),
    );
    let arm = |table: &str, name: &str| {
        let start = format!("settings,{name},");
        table
            .lines()
            .filter(|line| line.starts_with(&start))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    for name in ["safe", "empowered"] {
        assert!(!arm(&two, name).is_empty());
        assert_eq!(arm(&two, name), arm(&three, name));
    }
}

#[test]
fn an_override_of_one_arm_leaves_the_other_alone() {
    let terminal = Terminal::new();
    let compare = |folder: &str, more: &str| {
        terminal.done(&format!(
            "compare safe safe {SMALL} --no-plots --no-uncertain --quiet --out {folder} {more}"
        ));
        terminal.read(&format!("{folder}/summary.csv"))
    };
    let (plain, one) = (
        compare("plain", ""),
        compare("one", "--set safe-2:discovery.hours=12"),
    );
    let both = compare("both", "--set discovery.hours=12");
    let arm = |table: &str, name: &str| {
        let start = format!("settings,{name},");
        let lines = table.lines().filter_map(|line| line.strip_prefix(&start));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(arm(&plain, "safe"), arm(&one, "safe"));
    assert_ne!(arm(&plain, "safe-2"), arm(&one, "safe-2"));
    assert_eq!(arm(&both, "safe"), arm(&one, "safe-2"));
}
