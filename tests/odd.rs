//! The description of the model speaks of every parameter and every outcome there is, and of no other; it runs nothing.

use std::fs;

use sim_core::outcomes::Outcome;
use sim_core::parameters::{GROUPS, find, table};

fn description() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/odd.md");
    fs::read_to_string(path).expect("docs/odd.md is there")
}

/// What stands between backticks, blocks of formulas aside.
fn quoted(text: &str) -> Vec<String> {
    let prose: String = text.split("```").step_by(2).collect();
    prose.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_parameter_is_described() {
    let named = quoted(&description());
    let missing: Vec<String> = table()
        .map(|parameter| parameter.path())
        .filter(|path| !named.contains(path))
        .collect();
    assert!(missing.is_empty(), "docs/odd.md does not speak of {missing:?}");
}

#[test]
fn every_parameter_that_is_described_exists() {
    let is_group = |word: &str| GROUPS.iter().any(|group| group.name == word);
    let mut checked = 0;
    for name in quoted(&description()) {
        let Some((group, rest)) = name.split_once('.') else {
            continue;
        };
        // `release.rs` and its like are files.
        if is_group(group) && rest != "rs" {
            assert!(find(group, rest).is_some(), "docs/odd.md speaks of `{name}`");
            checked += 1;
        }
    }
    assert!(checked > 100, "{checked}");
}

#[test]
fn every_outcome_is_defined() {
    let named = quoted(&description());
    for outcome in Outcome::ALL {
        let name = outcome.row().name;
        assert!(
            named.iter().any(|word| word == name),
            "docs/odd.md does not define {name}"
        );
    }
}

#[test]
fn every_file_that_is_named_exists() {
    let root = env!("CARGO_MANIFEST_DIR");
    let files: Vec<String> = quoted(&description())
        .into_iter()
        .filter(|name| name.ends_with(".rs"))
        .collect();
    assert!(files.len() > 20, "{}", files.len());
    for file in files {
        let places = [format!("{root}/sim-core/src/{file}"), format!("{root}/{file}")];
        assert!(
            places.iter().any(|place| fs::exists(place).unwrap_or(false)),
            "docs/odd.md names {file}, which is not there"
        );
    }
}
