//! `orgsim story` on the real program: sentences, files that hold the same, the same bytes, and refusals that say what to do.

use serde_json::Value;

use crate::terminal::Terminal;

const SMALL: &str = "--horizon 39 --teams 3 --replications 20 --no-plots --quiet";

fn studied() -> Terminal {
    let terminal = Terminal::new();
    terminal.done(&format!("compare safe empowered {SMALL} --out study"));
    terminal
}

#[test]
fn a_story_is_told_in_sentences_and_leaves_the_study_as_it_was() {
    let terminal = studied();
    let before = terminal.study("study");
    let out = terminal.done("story study");
    assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
    for words in [
        "of seed 2026, the typical one of 20 worlds: why do safe and empowered come out as they",
        "In this world shipped value of ",
        "  1. In ",
        "  7. In ",
        " would have been about ",
        "effects do not add up",
        "  orgsim run ",
        "A what-if, not a forecast.",
        "Files: study/story-typical",
    ] {
        assert!(out.contains(words), "{words}: {out}");
    }
    assert!(!out.contains("  8. In "), "{out}");
    assert!(before == terminal.study("study"), "the study is as it was");
    terminal.done("rerun study --quiet");
    for file in ["svg", "png"] {
        let path = format!("study/story-typical/plots/story.{file}");
        assert!(terminal.path(&path).exists(), "{path}");
    }
    assert!(out.starts_with(terminal.read("study/story-typical/story.txt").trim_end()));
    let rows: Vec<String> = terminal
        .read("study/story-typical/story.csv")
        .lines()
        .map(str::to_owned)
        .collect();
    assert_eq!(rows.len(), 8, "{rows:?}");
    let told: Value = serde_json::from_str(&terminal.read("study/story-typical/story.json")).expect("JSON");
    let said: Vec<&str> = out.split_whitespace().collect();
    let said = said.join(" ");
    let mut last = f64::INFINITY;
    for event in told["events"].as_array().expect("events") {
        let (with, without, effect) = (&event["with"], &event["without"], &event["effect"]);
        let [with, without, effect] =
            [with, without, effect].map(|figure| figure.as_f64().expect("a figure"));
        assert_eq!(effect, with - without);
        assert!(effect.abs() <= last, "the largest first");
        last = effect.abs();
        assert!(
            said.contains(event["sentence"].as_str().expect("a sentence")),
            "{event}"
        );
    }
    let printed: Value = serde_json::from_str(&terminal.done("story study --json --no-plots")).expect("JSON");
    assert_eq!(printed["events"], told["events"]);
    assert_eq!(printed["folder"], "study/story-typical");
    let plot = "study/story-typical/plots/story.png";
    assert!(
        !terminal.path(plot).exists(),
        "a plot of an earlier story is gone"
    );
}

/// The commands that a story names show the world that it tells.
#[test]
fn the_world_is_the_one_of_the_study() {
    let terminal = studied();
    terminal.done("story study --world 7 --no-plots --quiet --out told");
    let told: Value = serde_json::from_str(&terminal.read("told/story.json")).expect("JSON");
    let rows = terminal.read("study/replications.csv");
    for arm in told["arms"].as_array().expect("arms") {
        let name = arm["name"].as_str().expect("a name");
        let of_world = |row: &&str| row.contains(&format!(",settings,{name},7,2026,ok,"));
        let row = rows.lines().find(of_world).expect("the world is there");
        let value = arm["value"].as_f64().expect("a value").to_string();
        assert!(row.contains(&format!(",{value},")), "{value}: {row}");
    }
    let command = told["commands"][0].as_str().expect("a command");
    let command = command.strip_prefix("orgsim ").expect("one of orgsim");
    terminal.done(&format!("{command} --out run"));
    let events = terminal.read("run/events.csv");
    let event = told["events"]
        .as_array()
        .and_then(|events| events.iter().find(|event| event["arm"] == "safe"))
        .expect("an event of the baseline");
    let is_same = |row: &&str| {
        let word = event["event"].as_str().expect("a word");
        row.contains(&format!(",{},", event["week"])) && row.contains(word)
    };
    assert!(events.lines().any(|row| is_same(&row)), "{event}");
}

#[test]
fn a_story_has_the_same_bytes_at_any_number_of_threads() {
    let terminal = studied();
    for threads in [1, 2] {
        terminal.done(&format!(
            "story study --world worst --arm empowered --quiet --threads {threads} --out t{threads}"
        ));
    }
    for file in ["story.csv", "story.json", "story.txt", "plots/story.svg"] {
        let [one, two] = ["t1", "t2"].map(|folder| terminal.read(&format!("{folder}/{file}")));
        assert!(one == two, "{file}");
    }
    let table = terminal.read("t1/story.csv");
    assert!(
        table.lines().skip(1).all(|row| row.contains(",empowered,")),
        "{table}"
    );
}

/// Plausible companies, arms that share a history, and an arm that changes.
#[test]
fn every_kind_of_comparison_has_a_story() {
    let terminal = Terminal::new();
    terminal.done(&format!(
        "compare safe empowered {SMALL} --environment bank --fork-week 13 --out fork"
    ));
    let out = terminal.done("story fork --no-plots");
    assert_eq!(out.matches("orgsim run").count(), 1, "{out}");
    let out = terminal.done("story fork --plausible --world best --no-plots");
    assert!(out.contains("among the best of 20 plausible companies"), "{out}");
    terminal.done(
        "compare safe safe+full safe+training-only --horizon 78 --replications 4 --no-uncertain --no-plots --quiet --out change",
    );
    let out = terminal.done("story change --arm safe+training-only --no-plots");
    assert!(out.contains("orgsim run safe+training-only"), "{out}");
    assert!(
        out.contains("Files: change/story-typical-safe-training-only"),
        "{out}"
    );
}

#[test]
fn what_cannot_be_told_is_refused_with_what_to_do() {
    let terminal = studied();
    let small = "--horizon 8 --teams 2 --no-plots --quiet";
    terminal.done(&format!(
        "attribute safe empowered {small} --replications 4 --out parts"
    ));
    // Nothing pays back within two months, so every run fails.
    let failing = format!("{small} --replications 6 --no-uncertain --outcome payback_week --out failed");
    assert_eq!(
        terminal.run(&format!("compare safe empowered {failing}")).code,
        Some(1)
    );
    terminal.write("notes/a.txt", "nothing here");
    let lines = [
        "story nowhere",
        "story notes",
        "story notes/a.txt",
        "story parts",
        "story study --world 20",
        "story study --world mean",
        "story study --arm empowred",
        "story study --out parts",
        "story study --out study/summary.csv",
        "story failed",
        "story failed --world 3",
        "story failed --plausible",
    ];
    let mut all = String::new();
    for line in lines {
        let said = terminal.run(line);
        assert_eq!(said.code, Some(2), "{line}: {said:?}");
        all += &format!("$ orgsim {line}\n{}\n", said.all());
    }
    insta::assert_snapshot!(all);
    assert!(!terminal.path("study/story-typical").exists());
}
