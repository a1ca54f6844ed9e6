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
        "compare safe empowered {SMALL} --replications 5 --no-uncertain --out study --quiet"
    ));
    let before = terminal.study("study");
    let lines = [
        format!("compare safe empowered {SMALL} --replications 6 --no-uncertain --out study"),
        format!(
            "compare safe empowered {SMALL} --replications 5 --no-uncertain --set discovery.hours=1 --out study"
        ),
        format!(
            "compare safe empowered {SMALL} --replications 5 --no-uncertain --outcome morale --resume --out study"
        ),
        format!(
            "compare safe scrum-po {SMALL} --replications 5 --no-uncertain --environment startup --out=study"
        ),
        "compare safe empowered --environment all --out study".to_owned(),
        "run safe --out study".to_owned(),
    ];
    let said = lines.map(|line| {
        let said = terminal.run(&line);
        assert_eq!(said.code, Some(2), "{line}: {said:?}");
        format!("$ orgsim {line}\n{}", said.all())
    });
    insta::assert_snapshot!(said.join("\n"));
    assert_same_study(&before, &terminal.study("study"));
    let (_, works) = said[0]
        .split_once("a folder of its own: orgsim ")
        .expect("a command");
    terminal.done(works.lines().next().expect("a line"));
    assert!(terminal.path("study-2/summary.csv").exists());
}

#[test]
fn each_question_has_a_folder_of_its_own() {
    let terminal = Terminal::new();
    terminal.write("acme.toml", "title = \"T\"\n[environment]\ncoupling = 0.5\n");
    let folder = |line: &str| {
        let words = terminal.done(&format!("compare {line} --no-plots"));
        let files = words.lines().find_map(|line| line.strip_prefix("Files: "));
        files.expect("it says where").to_owned()
    };
    let small = "--horizon 4 --teams 2 --replications 3";
    let lines = [
        format!("safe empowered {small}"),
        format!("safe empowered {small} --no-uncertain"),
        format!("safe empowered {small} --outcome morale"),
        format!("safe empowered {small} --equal-budget"),
        format!("safe empowered {small} --set discovery.hours=1"),
        format!("safe empowered {small} --environment startup"),
        format!("safe empowered {small} --environment acme.toml"),
        format!("safe empowered {small} --seed 7"),
        "safe empowered --horizon 4 --teams 2 --replications 4".to_owned(),
        "safe empowered --horizon 4 --teams 3 --replications 3".to_owned(),
        "safe empowered --horizon 5 --teams 2 --replications 3".to_owned(),
    ];
    let mut folders: Vec<String> = lines.iter().map(|line| folder(line)).collect();
    assert!(
        folders[5].starts_with("results/safe-vs-empowered-in-startup-2026-"),
        "{folders:?}"
    );
    terminal.write("acme.toml", "title = \"T\"\n[environment]\ncoupling = 0.6\n");
    folders.push(folder(&lines[6]));
    let different: std::collections::HashSet<&String> = folders.iter().collect();
    assert_eq!(different.len(), lines.len() + 1, "{folders:?}");
    assert_eq!(folder(&lines[0]), folders[0], "the same question again");
    let many = folder("safe safe safe safe safe safe --horizon 1 --teams 1 --replications 1 --no-uncertain");
    assert!(many.starts_with("results/safe-vs-5-others-2026-"), "{many}");
}

#[test]
fn the_usual_question_has_the_usual_folder() {
    let terminal = Terminal::new();
    for (line, folder) in [
        ("compare safe empowered", "results/safe-vs-empowered-2026"),
        (
            "compare safe empowered --environment startup --horizon 156 --seed 3",
            "results/safe-vs-empowered-in-startup-3",
        ),
    ] {
        let said = terminal.run(&format!("{line} --resume"));
        assert_eq!(said.code, Some(2));
        assert!(
            said.err.starts_with(&format!("error: {folder} holds no study")),
            "{}",
            said.err
        );
        assert!(
            said.err.ends_with(&format!("begin it: orgsim {line}\n")),
            "{}",
            said.err
        );
    }
}

#[test]
fn the_same_command_again_shows_the_finished_study_again() {
    let terminal = Terminal::new();
    let line = format!("compare safe empowered {SMALL} --replications 20 --no-uncertain --out study");
    let first = terminal.done(&line);
    let before = terminal.study("study");
    let second = terminal.run(&line);
    assert_eq!(second.out, first);
    assert!(
        second.err.contains("holds this study, finished"),
        "{}",
        second.err
    );
    assert_same_study(&before, &terminal.study("study"));
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
fn the_change_of_a_study_runs_again() {
    let terminal = Terminal::new();
    let more = "--replications 5 --no-uncertain --horizon 78 --no-plots --quiet";
    terminal.done(&format!(
        "compare safe safe+full {more} --set safe+full:transformation.sponsor=0.7 --teams 8 --out study"
    ));
    let file = |name: &str| format!("study/scenarios/{name}.toml");
    terminal.done(&format!(
        "compare {}@{} {}+{}@{} {more} --out again",
        file("safe"),
        file("safe-environment"),
        file("safe-full"),
        file("safe-full-transformation"),
        file("safe-full-environment"),
    ));
    let gaps = |folder: &str| {
        let table = terminal.read(&format!("{folder}/differences.csv"));
        let figures = table
            .lines()
            .skip(1)
            .map(|line| line.splitn(4, ',').nth(3).map(str::to_owned));
        figures.collect::<Vec<_>>()
    };
    assert_eq!(gaps("study"), gaps("again"));
}

#[test]
fn every_figure_of_a_study_is_where_the_guide_says() {
    let terminal = Terminal::new();
    terminal.done("compare safe empowered --horizon 156 --teams 4 --replications 12 --out study --quiet");
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

/// As measured, in the very worlds of the comparison: also what hiring and craft add to costs.
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
    assert!((safe - empowered).abs() < 1e-4 * safe, "{safe} and {empowered}");
}

/// Also where companies become insolvent, so that costs jump, and where teams go through a change.
#[test]
fn budgets_are_made_equal_in_every_environment_and_for_changes_and_json_says_so() {
    let terminal = Terminal::new();
    let budgets = |object: &serde_json::Value| -> Vec<(f64, f64)> {
        let arms = object["equal_budget"].as_array().expect("the key is there");
        let figure = |arm: &serde_json::Value, key| arm[key].as_f64().expect("a number");
        arms.iter()
            .map(|arm| (figure(arm, "total_cost_after"), figure(arm, "budget")))
            .collect()
    };
    let of = |words: &str| -> serde_json::Value {
        let line = format!("compare {words} --no-uncertain --equal-budget --no-plots --json");
        serde_json::from_str(&terminal.done(&line)).expect("JSON")
    };
    let all = of("safe empowered --environment all --replications 30 --horizon 104 --out all");
    assert!(!budgets(&all["environments"]["enterprise"]).is_empty(), "{all}");
    for (environment, object) in all["environments"].as_object().expect("environments") {
        for (cost, budget) in budgets(object) {
            assert!(
                (cost / budget - 1.0).abs() < 0.02,
                "{environment}: {cost} of {budget}"
            );
        }
    }
    let change = of("safe safe+full --replications 10 --horizon 104 --out change");
    let [(cost, budget)] = budgets(&change)[..] else {
        panic!("one arm is cheaper");
    };
    assert!((cost / budget - 1.0).abs() < 1e-4, "{cost} of {budget}");
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
        said.err.contains("is damaged")
            && said
                .err
                .contains("delete it and give the command that made its study again"),
        "{}",
        said.err
    );
    assert_eq!(
        terminal.read("study/manifest.json"),
        manifest,
        "the study is as it was"
    );
    fs::remove_file(shard.path()).expect("the shard can be deleted");
    terminal.done("rerun study");
    terminal.done("extend study --replications 9 --no-plots");
}

#[test]
fn companies_that_could_not_go_on_carry_no_verdict() {
    let terminal = Terminal::new();
    let line = "compare safe empowered --set company.team_capacity=10 --horizon 26 --teams 2 --replications 20 --no-plots";
    let words = terminal.done(&format!("{line} --out study"));
    let (_, plausible) = words.split_once("Over plausible companies").expect("both bases");
    let plausible = plausible.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(plausible.contains(": no verdict: only "), "{plausible}");
    assert!(
        plausible.contains("at least 50 % of its team cost"),
        "{plausible}"
    );
    assert!(!plausible.contains(" better"), "{plausible}");
    let table = terminal.read("study/differences.csv");
    let verdicts = |basis: &str| {
        let rows = table.lines().filter(|row| row.starts_with(basis));
        rows.filter(|row| row.contains(",better,") || row.contains(",not settled,"))
            .count()
    };
    assert!(verdicts("settings,") > 0);
    assert_eq!(verdicts("plausible,"), 0);
}

#[test]
fn arms_are_compared_in_one_company_or_it_is_said() {
    let terminal = Terminal::new();
    let small = "--horizon 4 --replications 2 --no-plots --no-uncertain";
    for setting in [
        "company.teams=20",
        "environment.coupling=1",
        "behaviour.idle_share=0",
    ] {
        let said = terminal.run(&format!(
            "compare safe empowered {small} --set empowered:{setting}"
        ));
        assert_eq!(said.code, Some(2), "{said:?}");
        let expected =
            format!("`--set empowered:{setting}` would put empowered alone in another company or market");
        assert!(said.err.contains(&expected), "{}", said.err);
    }
    let words = terminal.done(&format!("compare safe empowered@startup {small}"));
    assert!(words.starts_with(
        "Note: safe and empowered@startup are in different companies or markets (company.teams"
    ));
    let words = terminal.done(&format!("compare safe@startup empowered@startup {small}"));
    assert!(!words.contains("Note:"), "{words}");
}

#[test]
fn a_change_that_leads_to_where_it_starts_is_noted() {
    let terminal = Terminal::new();
    let compared = |arm: &str| {
        terminal.done(&format!(
            "compare empowered {arm} --teams 2 --horizon 60 --replications 4 --no-plots --no-uncertain --out {arm}"
        ))
    };
    let words = compared("empowered+full");
    assert!(
        words.starts_with("Note: empowered+full leads to where it starts"),
        "{words}"
    );
    assert!(!compared("safe+full").contains("Note:"));
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
