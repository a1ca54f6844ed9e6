//! Bad input gets a message with its place, what is allowed and what to do, an exit code, and never half a result.

use std::fs;

use scenarios::{Kind, Library};
use sim_core::parameters::GROUPS;

use crate::terminal::Terminal;

/// What `line` says in a folder with `files`; nothing may have been written.
fn complaint(files: &[(&str, &str)], line: &str) -> String {
    let terminal = Terminal::new();
    for (name, text) in files {
        terminal.write(name, text);
    }
    let said = terminal.run(line);
    assert!(matches!(said.code, Some(2 | 3)), "{line}: {said:?}");
    assert!(
        said.out.is_empty() || line.starts_with("scenarios check"),
        "{line}: {}",
        said.out
    );
    assert!(said.err.starts_with("error: "), "{line}: {}", said.err);
    assert!(
        !said.err.contains("panicked") && !said.err.contains("RUST_BACKTRACE"),
        "{}",
        said.err
    );
    assert!(!terminal.path("results").exists(), "{line} wrote results");
    without_library(&format!("$ orgsim {line}\n{}", said.all()))
}

/// The text without the names of all library files and parameters, which grow without a change of messages.
fn without_library(text: &str) -> String {
    let shorter = |text: String, kind: Kind, words: &str| {
        let names: Vec<&str> = Library::of_kind(kind).map(|entry| entry.name).collect();
        text.replace(&names.join(", "), words)
    };
    let text = shorter(text.to_owned(), Kind::Environment, "[every environment]");
    let text = shorter(text, Kind::OperatingModel, "[every operating model]");
    let groups: Vec<&str> = GROUPS.iter().map(|group| group.name).collect();
    GROUPS.iter().fold(
        text.replace(&groups.join(", "), "[every group]"),
        |text, group| {
            let names: Vec<&str> = group.parameters.iter().map(|parameter| parameter.name).collect();
            text.replace(&names.join(", "), "[every parameter]")
        },
    )
}

#[test]
fn questions_that_make_no_sense() {
    let lines = [
        "attribute safe",
        "attribute safe safe",
        "attribute safe empowered --replications 1",
        "breakeven safe empowered",
        "breakeven safe empowered --x environment.coupling",
        "breakeven safe empowered --x environment.copling --y strategy.clarity",
        "breakeven safe empowered --x coupling --y strategy.clarity",
        "breakeven safe empowered --x environment.coupling --y environment.coupling",
        "breakeven safe empowered --x commitment.style --y strategy.clarity",
        "breakeven safe empowered --x environment.coupling=2..1 --y strategy.clarity",
        "breakeven safe empowered --x environment.coupling=1 --y strategy.clarity",
        "breakeven safe empowered --x environment.coupling=0..1e9 --y strategy.clarity",
        "breakeven safe empowered --x safer:strategy.clarity --y roles.hand_offs",
        "breakeven safe empowered --x safe:environment.coupling --y roles.hand_offs",
        "breakeven safe safe-2 --x environment.coupling --y roles.hand_offs --outcome items_shipped",
        "breakeven safe empowered --x environment.coupling --y roles.hand_offs --outcome items_shipped",
        "breakeven safe empowered --x environment.coupling --y roles.hand_offs --squares 1",
        "choose safe",
        "choose safe empowered safe",
        "choose safe empowered --lead 0",
        "choose safe empowered --outcome lead_time_weeks",
        "choose safe empowered --outcome lead_time_weeks --lead 2%",
        "discover safe safe",
        "discover safe empowered --companies 3",
        "discover safe empowered --replications 1",
        "discover safe empowered --outcome items_shipped",
        "attribute safe empowered --exact --replications 100000000",
        "breakeven safe empowered --x environment.coupling --y strategy.clarity --replications 100000000",
        "breakeven safe empowered --search --companies 1000000000000",
        "breakeven safe empowered --x environment.coupling=nan..1 --y strategy.clarity",
        "breakeven safe empowered --x environment.coupling=0..inf --y strategy.clarity",
        "breakeven safe empowered --x strategy.clarity --y safe:strategy.clarity",
        "discover safe empowered --companies 1000000 --replications 1000000",
        "discover reference-quarterly reference-continuous",
        "sensitivity safe empowered --samples 1000000000000",
        "sensitivity reference-quarterly reference-continuous",
    ];
    let all: Vec<String> = lines.iter().map(|line| complaint(&[], line)).collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn arguments_that_make_no_sense() {
    let lines = [
        "comprae safe empowered",
        "compare",
        "compare safe",
        "compare safe empwered",
        "compare safe enterprise",
        "compare safe empowered --environment entreprise",
        "compare safe@ empowered",
        "compare safe empowered --outcome shiped_value",
        "compare safe empowered --outcome payback",
        "compare safe empowered --outcome abc",
        "init company",
        "init -",
        "compare safe empowered --precision 0%",
        "compare safe empowered --precision nan",
        "compare safe empowered --replications 0",
        "compare safe empowered --replications 100 --precision 2%",
        "compare safe empowered --threads 0",
        "compare safe empowered --horizon 0",
        "compare safe empowered --seed -1",
        "compare safe empowered --teams 1000000000",
        "compare safe@startup empowered --environment all",
        "compare safe empowered --environment all --bounds",
        "compare safe reference-quarterly",
        "compare safe empowered --set transformation.waves=1",
        "compare safe safe+ful",
        "compare safe safe+full+training-only",
        "compare safe safe+full --set transformation.wave_weeks=400",
        "compare safe empowered --fork-week soon",
        "compare safe empowered --fork-week 156",
        "compare safe empowered --fork-week -105",
        "compare safe empowered@startup --fork-week 26",
        "compare safe empowered --fork-week 26 --equal-budget",
        "sensitivity",
        "sensitivity safe empowered scrum-po",
        "sensitivity safe empwered",
        "sensitivity safe --samples 1",
        "sensitivity safe --trajectories many",
        "sensitivity safe --set stratgy.clarity=1",
        "run safe --replication ten",
        "parameters dicsovery",
        "scenarios schema company",
        "completions klingon",
        "rerun nowhere",
        "extend nowhere --replications 10",
    ];
    insta::assert_snapshot!(lines.map(|line| complaint(&[], line)).join("\n"));
}

#[test]
fn overrides_that_make_no_sense() {
    let settings = [
        "discovery.hours",
        "hours=4",
        "discovry.hours=4",
        "discovery.hous=4",
        "discovery.hours=many",
        "discovery.hours=nan",
        "discovery.hours=inf",
        "discovery.hours=41",
        "discovery.hours=",
        "discovery.hours={value=4,low=2,high=8}",
        "company.teams=1000000000",
        "company.teams=1.5",
        "commitment.style=waterfall",
        "empowerd:discovery.hours=4",
        "commitment.slack_weeks=52",
    ];
    let complaints =
        settings.map(|setting| complaint(&[], &format!("compare safe empowered --set {setting}")));
    insta::assert_snapshot!(complaints.join("\n"));
}

#[test]
fn scenario_files_that_make_no_sense() {
    let files = [
        ("key.toml", "title = \"T\"\n[environment]\ncouplin = 0.5\n"),
        (
            "type.toml",
            "title = \"T\"\n[environment]\ncoupling = \"strong\"\n",
        ),
        ("range.toml", "title = \"T\"\n[company]\nteams = 1_000_000_000\n"),
        ("nan.toml", "title = \"T\"\n[environment]\ncoupling = nan\n"),
        ("group.toml", "title = \"T\"\n[enviroment]\ncoupling = 0.5\n"),
        ("syntax.toml", "title = \"T\n[environment]\n"),
        (
            "one.toml",
            "title = \"T\"\nextends = \"two.toml\"\n[environment]\n",
        ),
        (
            "two.toml",
            "title = \"T\"\nextends = \"one.toml\"\n[environment]\n",
        ),
        (
            "lost.toml",
            "title = \"T\"\nextends = \"somewhere/else.toml\"\n[environment]\n",
        ),
    ];
    let names = files.map(|(name, _)| name);
    let complaints =
        names.map(|name| complaint(&files, &format!("compare safe empowered --environment {name}")));
    insta::assert_snapshot!(complaints.join("\n"));
}

#[test]
#[cfg(target_os = "linux")]
fn words_that_cannot_be_shown_are_refused_and_never_reach_the_terminal() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let terminal = Terminal::new();
    for (word, expected) in [
        (b"sa\xfffe".as_slice(), "argument 3, `sa\u{fffd}fe`, is not UTF-8"),
        (
            b"\x1b[31mred",
            "argument 3, `\\u{1b}[31mred`, holds a character that cannot be shown",
        ),
    ] {
        let mut command = terminal.command("compare safe");
        let output = command
            .arg(OsStr::from_bytes(word))
            .output()
            .expect("the program starts");
        let words = String::from_utf8(output.stderr).expect("words");
        assert_eq!(output.status.code(), Some(2), "{words}");
        assert!(words.contains(expected), "{words}");
    }
    terminal.write(
        "red.toml",
        "title = \"T\"\ndescription = \"\\u001b[31mred\"\n[discovery]\nhours = 3\n",
    );
    let words = terminal.done("scenarios show red.toml");
    assert!(
        !words.contains('\u{1b}') && words.contains("\\u{1b}[31mred"),
        "{words}"
    );
}

#[test]
#[cfg(target_os = "linux")]
fn a_pipe_is_no_scenario_file() {
    let terminal = Terminal::new();
    let made = std::process::Command::new("mkfifo")
        .arg(terminal.path("pipe.toml"))
        .status();
    assert!(made.expect("mkfifo is there").success());
    let said = terminal.run("scenarios check pipe.toml");
    assert_eq!(said.code, Some(3), "{said:?}");
    assert!(said.err.contains("it is no ordinary file"), "{}", said.err);
}

#[test]
fn all_files_are_checked_and_every_problem_is_told() {
    let files = [
        ("good.toml", "title = \"T\"\n[environment]\ncoupling = 0.5\n"),
        (
            "bad.toml",
            "title = \"T\"\n[environment]\ncouplin = 0.5\ncoupling = -1\n",
        ),
    ];
    insta::assert_snapshot!(complaint(
        &files,
        "scenarios check good.toml bad.toml missing.toml"
    ));
}

#[test]
fn places_that_cannot_be_read_or_written() {
    let taken = [("taken", "a file, no folder")];
    let lines = [
        "compare safe missing.toml",
        "compare safe empowered --environment taken/company.toml",
        "compare safe empowered --replications 1 --horizon 1 --out taken",
        "compare safe empowered --replications 1 --horizon 1 --out taken/deeper",
        "run safe --horizon 1 --out taken/deeper",
        "init taken/company.toml",
        "init taken",
        "extend taken --replications 9",
    ];
    insta::assert_snapshot!(lines.map(|line| complaint(&taken, line)).join("\n"));
}

#[test]
fn a_folder_with_something_else_in_it_is_refused() {
    let terminal = Terminal::new();
    terminal.write("mine/diary.txt", "not yours");
    let said = terminal.run("compare safe empowered --replications 2 --horizon 2 --out mine");
    insta::assert_snapshot!(said.all());
    assert_eq!(fs::read_dir(terminal.path("mine")).expect("a folder").count(), 1);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_reported_and_a_reader_that_left_is_not() {
    let terminal = Terminal::new();
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("Linux has it");
    let output = terminal
        .command("parameters")
        .stdout(full)
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(3));
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(
        words.starts_with("error: standard output cannot be written: No space left"),
        "{words}"
    );

    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let output = terminal
        .command("parameters")
        .stdout(writer)
        .output()
        .expect("the program starts");
    assert_eq!(
        (output.status.code(), output.stderr.as_slice()),
        (Some(0), b"".as_slice())
    );
}
