//! Help is there for every command, with examples and exit codes, and stays as it is unless somebody means to change it.

use crate::terminal::Terminal;

#[test]
fn without_a_command_help_is_printed() {
    let terminal = Terminal::new();
    let said = terminal.run("");
    assert_eq!(said.code, Some(0));
    assert!(said.out.contains("Usage: orgsim"), "{}", said.out);
    insta::assert_snapshot!(terminal.done("--help"));
}

#[test]
fn every_command_explains_itself() {
    let terminal = Terminal::new();
    for command in [
        "compare",
        "attribute",
        "breakeven",
        "choose",
        "discover",
        "calibrate",
        "sensitivity",
        "sweep",
        "claims",
        "report",
        "story",
        "run",
        "rerun",
        "extend",
        "merge",
        "init",
        "outcomes",
        "parameters",
        "scenarios",
        "completions",
    ] {
        let help = terminal.done(&format!("{command} --help"));
        assert!(help.contains("Examples:\n  orgsim"), "{help}");
        insta::assert_snapshot!(format!("{command}_explains_itself"), help);
    }
}

#[test]
fn no_line_of_help_was_broken_by_force() {
    let terminal = Terminal::new();
    for line in terminal
        .done("--help")
        .lines()
        .chain(terminal.done("compare --help").lines())
    {
        assert!(line.chars().count() <= 100, "{line}");
        assert!(!line.starts_with("environment"), "a wrapped example: {line}");
    }
}

#[test]
fn a_terminal_without_columns_gets_lines_of_the_usual_width() {
    let terminal = Terminal::new();
    let output = terminal
        .command("--help")
        .env("COLUMNS", "0")
        .output()
        .expect("the program starts");
    let help = String::from_utf8(output.stdout).expect("words");
    assert!(help.lines().any(|line| line.chars().count() > 60), "{help}");
}

#[test]
fn the_version_is_printed() {
    assert_eq!(
        Terminal::new().done("--version"),
        format!("orgsim {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn completions_know_every_command() {
    let terminal = Terminal::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = terminal.done(&format!("completions {shell}"));
        assert!(
            script.contains("compare") && script.contains("equal-budget"),
            "{shell}"
        );
    }
}
