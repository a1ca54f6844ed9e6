//! `attribute`, `breakeven`, `choose` and `discover` on the real program: files, words, JSON, the same bytes, refusals.

use serde_json::Value;

use crate::terminal::Terminal;

/// Small enough for a test: three teams, half a year.
const SMALL: &str = "--horizon 26 --teams 3";

const LINES: [(&str, &str, &[&str]); 5] = [
    (
        "attribute",
        "attribute safe empowered --replications 20",
        &["attribution.csv", "order.csv", "plots/waterfall.svg"],
    ),
    (
        "attribute",
        "attribute safe empowered --replications 2 --exact --outcome lead_time_weeks",
        &["attribution.csv", "order.csv"],
    ),
    (
        "breakeven",
        "breakeven safe scrum-po --x environment.coupling --y scrum-po:strategy.clarity=0..0.9 --squares 3 --replications 12",
        &["map.csv", "frontier.csv", "plots/map.png"],
    ),
    (
        "choose",
        "choose safe empowered scrum-po --lead 10%",
        &["choice.csv", "plots/choice.svg"],
    ),
    (
        "discover",
        "discover scrum-po safe --companies 40 --replications 2",
        &["companies.csv", "boxes.csv", "trajectory.csv", "regret.csv"],
    ),
];

#[test]
fn each_writes_its_files_and_says_what_was_found() {
    let terminal = Terminal::new();
    for (number, (_, line, files)) in LINES.iter().enumerate() {
        let out = terminal.done(&format!("{line} {SMALL} --out {number}"));
        assert!(out.contains("A what-if, not a forecast."), "{out}");
        assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
        for file in ["manifest.json"].iter().chain(*files) {
            assert!(
                terminal.path(&format!("{number}/{file}")).exists(),
                "{line} wrote no {file}"
            );
        }
    }
}

#[test]
fn the_object_holds_what_the_words_rest_on() {
    let terminal = Terminal::new();
    for (number, (command, line, _)) in LINES.iter().enumerate() {
        let out = terminal.done(&format!("{line} {SMALL} --no-plots --json --out {number}"));
        let object: Value = serde_json::from_str(&out).expect("JSON");
        assert_eq!(
            (&object["schema"], &object["experiment"]),
            (&Value::from(1), &Value::from(*command))
        );
        assert!(object["runs"].as_u64().is_some_and(|runs| runs > 0), "{line}");
        let key = match *command {
            "attribute" => "parts",
            "breakeven" => "squares",
            "choose" => "contestants",
            _ => "regret",
        };
        assert!(
            object[key].as_array().is_some_and(|list| list.len() > 1),
            "{line}: {key}"
        );
    }
}

#[test]
fn the_same_command_gives_the_same_bytes_at_any_number_of_threads() {
    let terminal = Terminal::new();
    for (number, (_, line, files)) in LINES.iter().enumerate() {
        for threads in [1, 2] {
            terminal.done(&format!(
                "{line} {SMALL} --quiet --threads {threads} --out {number}-{threads}"
            ));
        }
        for file in files.iter().filter(|file| file.ends_with(".csv")) {
            assert_eq!(
                terminal.read(&format!("{number}-1/{file}")),
                terminal.read(&format!("{number}-2/{file}")),
                "{line}: {file}"
            );
        }
    }
}

#[test]
fn values_of_an_attribution_add_up_in_its_file() {
    let terminal = Terminal::new();
    terminal.done(&format!(
        "attribute safe empowered --replications 10 {SMALL} --no-plots --quiet --out a"
    ));
    let text = terminal.read("a/attribution.csv");
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let heads = table.headers().expect("a head").clone();
    let share = heads
        .iter()
        .position(|head| head == "share")
        .expect("a column of shares");
    let cells = table
        .records()
        .map(|row| row.expect("a row")[share].parse::<f64>().unwrap_or(0.0));
    let shares: f64 = cells.sum();
    assert!((shares - 1.0).abs() < 1e-9 || shares == 0.0, "{shares}");
    assert_eq!(text.lines().count(), 10);
}
