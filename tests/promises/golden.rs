//! Figures under a fixed seed stay as they are, bit for bit; a change that moves them is meant, and renews these files.
//!
//! To renew them: `ORGSIM_RENEW_GOLDEN=1 cargo test --test promises golden`, with a new version and a line in the changelog.

use std::fs;
use std::path::PathBuf;

use crate::terminal::Terminal;

const LINE: &str =
    "compare safe empowered --replications 10 --teams 4 --seed 7 --no-plots --quiet --out study";

#[test]
fn figures_under_a_fixed_seed_stay_as_they_are() {
    let terminal = Terminal::new();
    terminal.done(LINE);
    for name in ["replications.csv", "differences.csv"] {
        let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("tests/golden")
            .join(name);
        let found = without_study(&terminal.read(&format!("study/{name}")));
        if std::env::var_os("ORGSIM_RENEW_GOLDEN").is_some() {
            fs::write(&file, &found).expect("the golden file can be written");
        }
        let golden = fs::read_to_string(&file).expect("the golden file is there");
        for (number, (golden, found)) in golden.lines().zip(found.lines()).enumerate() {
            assert_eq!(
                golden,
                found,
                "line {} of {name}: see the head of this test's file",
                number + 1
            );
        }
        assert_eq!(golden.lines().count(), found.lines().count(), "{name}");
    }
}

/// The table without the study's identity, which changes with every new parameter even if no figure does.
fn without_study(table: &str) -> String {
    let is_replications = table.starts_with("study,");
    let cut = |line: &str| match line.split_once(',') {
        Some((_, rest)) if is_replications => rest.to_owned(),
        _ => line.to_owned(),
    };
    table.lines().map(|line| cut(line) + "\n").collect()
}
