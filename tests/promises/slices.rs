//! Slices that run apart are joined to the same bytes as the whole; what does not fit together is refused with a remedy.

use std::fs;
use std::path::{Path, PathBuf};

use crate::terminal::{Terminal, assert_same_study};

const SMALL: &str = "--teams 2 --horizon 20 --no-plots --quiet";

/// Every shard of a folder and its bytes, by name.
fn shards(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder.join("shards")).expect("a folder of shards");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let name = |path: &PathBuf| path.file_name().expect("a name").to_string_lossy().into_owned();
    paths
        .iter()
        .map(|path| (name(path), fs::read(path).expect("it can be read")))
        .collect()
}

/// Runs `line` in slices, each in a folder `part<i>`.
fn sliced(terminal: &Terminal, line: &str, of: u64) {
    for number in 1..=of {
        terminal.done(&format!("{line} --shard {number}/{of} --out part{number}"));
    }
}

#[test]
fn slices_of_a_comparison_join_to_the_same_bytes() {
    let terminal = Terminal::new();
    let line = format!("compare safe empowered --replications 130 {SMALL}");
    terminal.done(&format!("{line} --out whole"));
    sliced(&terminal, &line, 3);
    assert!(
        !terminal.path("part1/summary.csv").exists(),
        "a slice has no results of its own"
    );
    terminal.done("merge part3 part1 part2 --out joined --no-plots --quiet");
    assert_same_study(&terminal.study("whole"), &terminal.study("joined"));
    assert_eq!(shards(&terminal.path("whole")), shards(&terminal.path("joined")));
    // What was joined is a study like any other.
    terminal.done("rerun joined --quiet");
    terminal.done("merge part1 part2 part3 --out joined --no-plots --quiet");
}

#[test]
fn more_slices_than_blocks_and_a_single_one_join_too() {
    let terminal = Terminal::new();
    let line = format!("compare safe empowered --replications 30 --no-uncertain {SMALL}");
    terminal.done(&format!("{line} --out whole"));
    sliced(&terminal, &line, 4);
    terminal.done("merge part1 part2 part3 part4 --out joined --no-plots --quiet");
    assert_same_study(&terminal.study("whole"), &terminal.study("joined"));
}

const PLAN: &str = "arms = [\"safe\", \"empowered\"]
design = \"grid\"
replications = 7
[[factor]]
parameter = \"environment.coupling\"
values = [0.1, 0.4]
[[factor]]
environment = [\"enterprise\", \"startup\"]
[[factor]]
parameter = \"discovery.hours\"
arm = \"empowered\"
low = 2
high = 6
steps = 3
";

const SWEPT: [&str; 5] = [
    "manifest.json",
    "points.csv",
    "runs.csv",
    "sweep.json",
    "verdict.txt",
];

#[test]
fn slices_of_a_sweep_join_to_the_same_bytes_without_its_plan() {
    let terminal = Terminal::new();
    terminal.write("plan.toml", PLAN);
    let line = format!("sweep plan.toml {SMALL}");
    terminal.done(&format!("{line} --out whole"));
    sliced(&terminal, &line, 4);
    fs::remove_file(terminal.path("plan.toml")).expect("it is there");
    terminal.done("merge part4 part3 part2 part1 --out joined --no-plots --quiet");
    for name in SWEPT {
        assert_eq!(
            terminal.read(&format!("whole/{name}")),
            terminal.read(&format!("joined/{name}")),
            "{name}"
        );
    }
    assert_eq!(shards(&terminal.path("whole")), shards(&terminal.path("joined")));
}

#[test]
fn what_does_not_fit_together_is_refused_with_what_is_wrong_and_what_to_do() {
    let terminal = Terminal::new();
    let line = format!("compare safe empowered --replications 60 --no-uncertain {SMALL}");
    sliced(&terminal, &line, 3);
    terminal.done(&format!("{line} --shard 2/2 --out half"));
    terminal.done(&format!("{line} --seed 7 --shard 2/3 --out seeded"));
    terminal.done(&format!(
        "{line} --set environment.coupling=0.4 --shard 2/3 --out coupled"
    ));
    terminal.done(&format!("{line} --out whole"));
    terminal.write("plan.toml", PLAN);
    terminal.done(&format!("sweep plan.toml {SMALL} --shard 2/3 --out swept"));
    let manifest = terminal.read("part2/manifest.json");
    terminal.write("older/manifest.json", &older(&manifest));
    terminal.write(
        "changed/manifest.json",
        &manifest.replace("\"seed\": 2026", "\"seed\": 2027"),
    );
    terminal.write(
        "unfinished/manifest.json",
        &manifest.replace("\"status\": \"finished\"", "\"status\": \"running\""),
    );
    terminal.write("empty/notes.txt", "nothing");
    let shard = terminal.path("part3/shards/settings-000000.shard");
    let good = fs::read(&shard).expect("it is there");
    let mut words = String::new();
    let mut refused = |parts: &str| {
        let said = terminal.run(&format!("merge {parts} --out joined"));
        assert!(matches!(said.code, Some(2 | 3)), "{parts}: {said:?}");
        assert!(!terminal.path("joined").exists(), "{parts} wrote something");
        words += &format!("$ orgsim merge {parts}\n{}\n", said.err);
    };
    refused("part1 part2");
    refused("part1");
    refused("part1 part2 part2 part3");
    refused("part1 half part3");
    refused("part1 seeded part3");
    refused("part1 coupled part3");
    refused("part1 swept part3");
    refused("part1 older part3");
    refused("part1 changed part3");
    refused("part1 unfinished part3");
    refused("part1 whole part3");
    refused("part1 empty part3");
    refused("part1 nowhere part3");
    fs::write(&shard, &good[..good.len() - 7]).expect("it can be written");
    refused("part1 part2 part3");
    fs::remove_file(&shard).expect("it is there");
    refused("part1 part2 part3");
    insta::assert_snapshot!(words);
    // The remedy works.
    terminal.done(&format!("{line} --shard 3/3 --out part3 --resume"));
    terminal.done("merge part1 part2 part3 --out joined --no-plots --quiet");
    assert_same_study(&terminal.study("whole"), &terminal.study("joined"));
}

/// The manifest as an older version of the program would have written it, its identity included.
fn older(manifest: &str) -> String {
    let engine = format!("\"engine\": \"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(manifest.contains(&engine));
    let mut study: studies::Manifest = serde_json::from_str(manifest).expect("a manifest");
    study.engine = "0.0.9".to_owned();
    study.study = format!("{:016x}", study.identity());
    serde_json::to_string(&study).expect("text")
}

#[test]
fn what_cannot_be_sliced_is_refused_before_anything_runs() {
    let terminal = Terminal::new();
    let mut words = String::new();
    for line in [
        "compare safe empowered --shard 1/2",
        "compare safe empowered --precision 2% --shard 1/2",
        "compare safe empowered --replications 100 --shard 3/2",
        "compare safe empowered --replications 100 --shard half",
        "compare safe empowered --replications 100 --shard 1/2 --bounds",
        "compare safe empowered --replications 100 --shard 1/2 --environment all",
        "compare safe empowered --format xlsx",
        "merge",
        "merge part1",
    ] {
        let said = terminal.run(line);
        assert_eq!(said.code, Some(2), "{line}: {said:?}");
        assert!(!terminal.path("results").exists(), "{line}");
        words += &format!("$ orgsim {line}\n{}\n", said.err);
    }
    insta::assert_snapshot!(words);
}

#[test]
fn a_slice_is_no_study_and_says_how_it_becomes_one() {
    let terminal = Terminal::new();
    let line = "compare safe empowered --replications 60 --no-uncertain --teams 2 --horizon 20 --shard 2/3";
    let mut words = terminal.done(line);
    let folder = words
        .lines()
        .find_map(|line| line.strip_prefix("Files: "))
        .expect("its folder")
        .to_owned();
    for line in [
        format!("extend {folder} --replications 90"),
        format!("rerun {folder}"),
    ] {
        let said = terminal.run(&line);
        assert_eq!(said.code, Some(2), "{said:?}");
        words += &said.err;
    }
    words += &terminal.done(&format!("{line} --json"));
    insta::assert_snapshot!(words.replace(&folder, "[folder]"));
    assert!(folder.ends_with("-slice-2-of-3"), "{folder}");
}
