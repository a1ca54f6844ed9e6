//! Arms that share one history up to a week: the past is one, the future their own.

use std::collections::BTreeMap;

use crate::terminal::{Terminal, assert_same_study};

/// Half a year of four teams, after the usual warm-up.
const SMALL: &str = "--replications 30 --horizon 26 --teams 4 --no-plots --quiet";

/// Weekly figures of each arm: week and series to the rest of the row.
fn weekly(terminal: &Terminal, folder: &str, arm: &str) -> BTreeMap<(i32, String), String> {
    let table = terminal.read(&format!("{folder}/weekly.csv"));
    let mut lines = table.lines();
    let heads: Vec<&str> = lines.next().expect("a head").split(',').collect();
    let column = |name: &str| heads.iter().position(|head| *head == name).expect(name);
    let (of_arm, of_week, of_series) = (column("arm"), column("week"), column("outcome"));
    let cells = lines.map(|line| line.split(',').collect::<Vec<_>>());
    cells
        .filter(|cells| cells[of_arm] == arm)
        .map(|cells| {
            let key = (
                cells[of_week].parse().expect("a week"),
                cells[of_series].to_owned(),
            );
            (key, cells[of_series + 1..].join(","))
        })
        .collect()
}

#[test]
fn before_the_fork_every_weekly_figure_is_the_same_and_after_it_some_are_not() {
    let terminal = Terminal::new();
    terminal.done(&format!(
        "compare safe empowered {SMALL} --no-uncertain --fork-week 12 --out study"
    ));
    let [safe, empowered] = ["safe", "empowered"].map(|arm| weekly(&terminal, "study", arm));
    assert!(!safe.is_empty());
    for (key, figures) in &safe {
        if key.0 < 12 {
            assert_eq!(empowered[key], *figures, "{key:?}");
        }
    }
    assert!(
        safe.iter()
            .any(|(key, figures)| key.0 >= 12 && empowered[key] != *figures),
        "the fork must matter"
    );
}

#[test]
fn a_fork_in_the_first_week_of_warm_up_is_no_fork() {
    let terminal = Terminal::new();
    terminal.done(&format!("compare safe empowered {SMALL} --out plain"));
    terminal.done(&format!(
        "compare safe empowered {SMALL} --fork-week -104 --out forked"
    ));
    for table in ["summary.csv", "differences.csv", "weekly.csv"] {
        assert_eq!(
            terminal.read(&format!("plain/{table}")),
            terminal.read(&format!("forked/{table}")),
            "{table}"
        );
    }
}

#[test]
fn the_weeks_before_the_fork_cost_what_the_first_arm_costs() {
    let terminal = Terminal::new();
    let object = |more: &str| -> serde_json::Value {
        let line = format!(
            "compare safe empowered --replications 2 --horizon 26 --teams 4 --no-plots --no-uncertain {more} --json"
        );
        serde_json::from_str(&terminal.done(&line)).expect("JSON")
    };
    let cost = |object: &serde_json::Value, arm: usize| {
        let outcomes = &object["arms"][arm]["outcomes"];
        let mean = |name: &str| outcomes[name]["mean"].as_f64().expect(name);
        let (value, cost, net) = (mean("shipped_value"), mean("total_cost"), mean("net_value"));
        assert!((value - cost - net).abs() < 1e-9 * cost, "{value} {cost} {net}");
        cost
    };
    // What product people cost by their craft, and people in operations, differ between weeks of one arm.
    let dear = "--set empowered:roles.coordinators_per_line=8 --set company.craft_salary_premium=0 \
                --set careers.operations_places=0";
    let (plain, forked) = (
        object(&format!("{dear} --out plain")),
        object(&format!("{dear} --fork-week 13 --out forked")),
    );
    assert_eq!(forked["fork_week"], 13);
    assert!(plain.get("fork_week").is_none());
    let [first, later] = [cost(&plain, 0), cost(&plain, 1)];
    assert_eq!(cost(&forked, 0), first);
    // Half of the weeks, the first of which are discounted a little less.
    let share = (cost(&forked, 1) - first) / (later - first);
    assert!(share > 0.48 && share < 0.5, "{share}");
}

#[test]
fn forks_are_run_again_resumed_and_extended_to_the_same_bytes() {
    let terminal = Terminal::new();
    let line = |worlds: u32, out: &str| {
        format!(
            "compare safe empowered --replications {worlds} --horizon 26 --teams 4 --no-plots --quiet --fork-week 12 --out {out}"
        )
    };
    terminal.done(&line(60, "once"));
    terminal.done("rerun once --quiet --threads 1");
    terminal.done(&line(30, "grown"));
    terminal.done("extend grown --replications 60 --no-plots --quiet");
    assert_same_study(&terminal.study("once"), &terminal.study("grown"));
    terminal.done(&format!("{} --resume", line(60, "once")));
    assert_same_study(&terminal.study("once"), &terminal.study("grown"));
    let said = terminal.run(&line(60, "once").replace("--fork-week 12", "--fork-week 11"));
    assert_eq!(said.code, Some(2), "{}", said.err);
    assert!(
        said.err
            .contains("shared history up to week 12 there, up to week 11 here"),
        "{}",
        said.err
    );
}
