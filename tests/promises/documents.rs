//! What is written about orgsim is true of it: generated tables are fresh, commands in the guide work, links lead somewhere.

use std::fs;
use std::path::{Path, PathBuf};

use crate::terminal::Terminal;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Markdown file at the top and in `docs`.
fn documents() -> Vec<PathBuf> {
    let folders = [root(), root().join("docs"), root().join("docs/guide")];
    let entries = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).expect("a folder"));
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect()
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_table_of_parameters_is_fresh() {
    let printed = Terminal::new().done("parameters --markdown");
    assert!(
        text(&root().join("docs/parameters.md")) == printed,
        "docs/parameters.md is stale: run `cargo xtask docs`"
    );
}

#[test]
fn links_lead_somewhere() {
    for document in documents() {
        let words = text(&document);
        for link in words
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let target = link.split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            let path = document.parent().expect("a folder").join(target);
            assert!(path.exists(), "{}: {link} leads nowhere", document.display());
        }
    }
}

/// What follows `orgsim` on the lines of blocks of code, without comments and redirections.
fn commands(words: &str) -> Vec<String> {
    let blocks = words.split("```").skip(1).step_by(2);
    let lines = blocks
        .flat_map(str::lines)
        .filter_map(|line| line.trim().strip_prefix("orgsim "));
    let bare = |line: &str| {
        line.split(['#', '>', '&'])
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    lines.map(bare).collect()
}

#[test]
fn every_command_in_the_documents_is_understood() {
    let terminal = Terminal::new();
    let mut tried = 0;
    for document in documents() {
        for line in commands(&text(&document)) {
            let said = terminal.run(&format!("{line} --help"));
            assert_eq!(
                said.code,
                Some(0),
                "{}: orgsim {line}: {}",
                document.display(),
                said.err
            );
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried} commands");
}

/// Documents for users in the order in which they are read.
const READ_IN_ORDER: [&str; 5] = [
    "README.md",
    "docs/guide/first-steps.md",
    "docs/guide/scenarios.md",
    "docs/guide/results.md",
    "docs/guide/why-and-where.md",
];

/// The file that the guide shows as a user's own operating model.
fn own_model(guide: &str) -> &str {
    let start = guide.find("title = \"How we work\"").expect("the guide shows it");
    guide[start..].split("```").next().expect("it ends")
}

#[test]
fn the_commands_of_the_documents_work_one_after_the_other_in_one_folder() {
    let terminal = Terminal::new();
    terminal.write(
        "how-we-work.toml",
        own_model(&text(&root().join("docs/guide/scenarios.md"))),
    );
    // What is tried is folders and order, so worlds are few and short, in every command alike.
    let small = |line: &str| {
        if line.starts_with("compare ") {
            let line = line.replace(" --no-plots", "");
            format!("{line} --horizon 78 --teams 2 --replications 20 --no-plots")
        } else if line.starts_with("attribute ") {
            format!("{line} --horizon 26 --teams 2 --replications 4 --no-plots")
        } else if line.starts_with("breakeven ") {
            let few = if line.contains("--search") {
                "--companies 40"
            } else {
                "--squares 3 --replications 6"
            };
            format!("{line} --horizon 26 --teams 2 {few} --no-plots")
        } else if line.starts_with("choose ") {
            format!("{line} --horizon 26 --teams 2 --lead 20% --no-plots")
        } else if line.starts_with("discover ") {
            format!("{line} --horizon 26 --teams 2 --companies 40 --replications 2 --no-plots")
        } else if line.starts_with("sensitivity ") {
            format!("{line} --horizon 40 --teams 2 --samples 16 --trajectories 2 --no-plots")
        } else if line.starts_with("extend ") {
            line.replace("5000", "30")
        } else if line.starts_with("claims") && !line.contains("--list") {
            format!("{} --companies 2 --horizon 56", line.replace(" --quick", ""))
        } else {
            line.to_owned()
        }
    };
    let usual = "results/safe-vs-empowered-2026";
    for document in READ_IN_ORDER {
        let words = text(&root().join(document)).replace(usual, "usual");
        for line in commands(&words.replace("cargo run --release -- ", "orgsim ")) {
            let mut line = small(&line);
            if line.starts_with("compare safe empowered --horizon") || line.contains("--resume") {
                line += " --out usual";
            }
            let said = terminal.run(&line);
            assert_eq!(said.code, Some(0), "{document}: orgsim {line}: {}", said.err);
        }
    }
}

#[test]
fn every_column_is_explained_in_the_guide() {
    let terminal = Terminal::new();
    terminal
        .done("compare safe empowered --horizon 8 --teams 2 --replications 5 --no-plots --out study --quiet");
    let guide = text(&root().join("docs/guide/results.md"));
    for table in ["summary.csv", "differences.csv"] {
        let head = terminal.read(&format!("study/{table}"));
        for column in head.lines().next().expect("a head").split(',') {
            let between = ["p25", "p50", "p75"].contains(&column);
            assert!(
                between || guide.contains(&format!("`{column}`")),
                "{table}: {column}"
            );
        }
    }
    for column in ["study", "seed", "replication", "status"] {
        assert!(
            guide.contains(&format!("`{column}`")),
            "replications.csv: {column}"
        );
    }
}

#[test]
fn every_scenario_of_the_library_is_in_the_guide() {
    let guide = text(&root().join("docs/guide/scenarios.md"));
    for entry in scenarios::Library::entries() {
        assert!(
            guide.contains(&format!("`{}`", entry.name)),
            "docs/guide/scenarios.md does not mention {}",
            entry.name
        );
    }
}

#[test]
fn exit_codes_are_the_same_in_help_and_readme() {
    let (help, readme) = (Terminal::new().done("--help"), text(&root().join("README.md")));
    for code in ["0", "1", "2", "3", "130"] {
        assert!(
            help.lines()
                .any(|line| line.trim_start().starts_with(&format!("{code} "))),
            "{code} in help"
        );
        assert!(readme.contains(&format!("| {code} |")), "{code} in README.md");
    }
}

#[test]
fn every_scenario_of_the_library_stands_in_its_page() {
    let path = format!("{}/docs/scenarios.md", env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    for entry in scenarios::Library::entries() {
        let name = entry.name;
        assert!(
            page.contains(&format!("\n| `{name}`: ")),
            "{name} is missing: run `cargo xtask scenarios`"
        );
    }
}
