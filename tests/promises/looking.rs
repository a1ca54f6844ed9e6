//! What goes in can be looked at: the library, every parameter, every outcome, a file to start from, schemas.

use crate::terminal::Terminal;

#[test]
fn a_new_company_file_can_be_used_at_once_and_is_never_overwritten() {
    let terminal = Terminal::new();
    insta::assert_snapshot!(terminal.done("init"));
    let text = terminal.read("my-company.toml");
    let said = terminal.run("init");
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("exists and is not overwritten"), "{}", said.err);
    assert_eq!(terminal.read("my-company.toml"), text);
    assert!(
        terminal
            .done("scenarios check my-company.toml")
            .contains("an environment")
    );
    let more = "--replications 2 --horizon 4 --no-plots --no-uncertain --quiet";
    terminal.done(&format!(
        "compare safe empowered {more} --environment my-company.toml"
    ));
    let edited = text.replacen("#teams = 12", "teams = 5", 1);
    assert_ne!(edited, text);
    terminal.write("my-company.toml", &edited);
    assert!(
        terminal
            .done("scenarios show my-company.toml")
            .contains("my-company.toml:")
    );
}

#[test]
fn a_company_file_is_written_under_its_own_name_and_said_to_be_empty_until_it_is_filled_in() {
    let terminal = Terminal::new();
    let words = terminal.done("init acme.toml");
    let head = "compare safe empowered --environment acme.toml";
    assert!(
        words.contains(head) && terminal.read("acme.toml").contains(head),
        "{words}"
    );
    terminal.write("empty.toml", "");
    let more = "--replications 2 --horizon 4 --teams 2 --no-plots --no-uncertain";
    for name in ["acme", "empty"] {
        let words = terminal.done(&format!(
            "compare safe empowered {more} --environment {name}.toml"
        ));
        let note =
            format!("Note: the environment {name} sets no value, so the company is that of `enterprise`.\n");
        assert!(words.starts_with(&note), "{words}");
    }
    let words = terminal.done(&format!("compare safe empowered {more}"));
    assert!(words.starts_with("safe against empowered"), "{words}");
}

#[test]
fn checks_count_the_values_of_the_library_too() {
    let words = Terminal::new().done("scenarios check safe startup safe@startup enterprise");
    let counts = words.lines().map(|line| {
        let count = line.split(", ").nth(1).and_then(|rest| rest.split(' ').next());
        count.and_then(|word| word.parse::<u32>().ok()).unwrap_or(0)
    });
    let counts: Vec<u32> = counts.collect();
    assert!(counts[0] > 20 && counts[1] > 10, "{words}");
    assert!(counts[2] > counts[0], "{words}");
    assert!(
        words
            .lines()
            .nth(3)
            .is_some_and(|line| line.contains("no value set")),
        "{words}"
    );
}

#[test]
fn every_scenario_of_the_library_is_listed_shown_checked_and_runs() {
    let terminal = Terminal::new();
    let list = terminal.done("scenarios list");
    let names = list
        .lines()
        .filter_map(|line| line.strip_prefix("  "))
        .filter(|line| !line.starts_with(' '));
    let names: Vec<&str> = names.filter_map(|line| line.split([':', ' ']).next()).collect();
    assert!(names.len() >= 16, "{names:?}");
    for name in names {
        let shown = terminal.done(&format!("scenarios show {name}"));
        let is_transformation = shown.contains("\n[transformation]") && !shown.contains("\n[company]");
        assert!(is_transformation || shown.contains("[company]"), "{name}");
        let file = terminal.done(&format!("scenarios show {name} --toml"));
        terminal.write(&format!("{name}.toml"), &file);
        terminal.done(&format!("scenarios check {name}.toml"));
        let is_environment = file.contains("\n[environment]");
        let scenario = if is_environment {
            format!("safe@{name}")
        } else if is_transformation {
            format!("safe+{name}")
        } else {
            name.to_owned()
        };
        let words = terminal.done(&format!("run {scenario} --horizon 3 --teams 2"));
        assert!(words.contains("shipped_value"), "{words}");
    }
}

#[test]
fn differences_between_scenarios_are_shown() {
    let terminal = Terminal::new();
    let words = terminal.done("scenarios diff safe safe-with-discovery");
    assert!(
        words.lines().any(|line| line.starts_with("discovery.hours ")),
        "{words}"
    );
    let words = terminal.done("scenarios diff safe empowered");
    let killed = words
        .lines()
        .find(|line| line.starts_with("discovery.kill_threshold"));
    assert!(killed.is_some_and(|line| line.contains(" never ")), "{words}");
    assert_eq!(
        terminal.done("scenarios diff safe safe"),
        "safe and safe are the same in every parameter.\n"
    );
}

#[test]
fn every_parameter_and_every_outcome_is_explained() {
    let terminal = Terminal::new();
    let (words, markdown) = (
        terminal.done("parameters"),
        terminal.done("parameters --markdown"),
    );
    let object: serde_json::Value = serde_json::from_str(&terminal.done("parameters --json")).expect("JSON");
    let listed = object.as_array().expect("a list");
    assert_eq!(listed.len(), sim_core::parameters::table().count());
    for parameter in sim_core::parameters::table() {
        assert!(
            words.contains(&format!("\n  {} = ", parameter.name)),
            "{}",
            parameter.path()
        );
        assert!(
            markdown.contains(&format!("| `{}` |", parameter.name)),
            "{}",
            parameter.path()
        );
    }
    let outcomes = terminal.done("outcomes");
    for outcome in sim_core::outcomes::Outcome::ALL {
        assert!(
            outcomes
                .lines()
                .any(|line| line.split(' ').next() == Some(outcome.row().name)),
            "{outcome:?}"
        );
    }
}

#[test]
fn one_group_of_parameters_is_shown_alone() {
    let words = Terminal::new().done("parameters discovery");
    assert!(
        words.starts_with("[discovery]\n") && words.contains("\n  hours = "),
        "{words}"
    );
    assert!(!words.contains("[company]"), "{words}");
}

#[test]
fn a_single_run_tells_its_weeks_and_its_events_with_causes() {
    let terminal = Terminal::new();
    let words = terminal.done("run safe --replication 3 --horizon 26 --teams 2 --events");
    assert!(
        words.starts_with("safe in enterprise: world 3 of seed 2026, 26 weeks after 104 of warm-up\n"),
        "{words}"
    );
    assert!(words.contains("(because of #"), "{words}");
    let object = terminal.done("run safe --replication 3 --horizon 26 --teams 2 --events --json");
    let object: serde_json::Value = serde_json::from_str(&object).expect("JSON");
    assert_eq!(object["weekly"].as_array().expect("weeks").len(), 26);
    let events = object["events"].as_array().expect("events");
    for event in events {
        let cause = event["cause"].as_u64();
        assert!(
            cause.is_none_or(|cause| cause < event["number"].as_u64().expect("a number")),
            "{event}"
        );
    }
    assert!(events.iter().any(|event| event["cause"].is_u64()));
    terminal.done("run safe --replication 3 --horizon 26 --teams 2 --events --out run");
    assert_eq!(terminal.read("run/weekly.csv").lines().count(), 27);
    assert_eq!(terminal.read("run/events.csv").lines().count(), 1 + events.len());
}
