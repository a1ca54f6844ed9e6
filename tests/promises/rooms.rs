//! Arrows between crates point down only, and the core stays pure: a test of every manifest.

use std::fs;
use std::path::Path;

/// Each crate with the crates of the workspace that it may use.
const ROOMS: [(&str, &[&str]); 10] = [
    ("sim-core", &[]),
    ("scenarios", &["sim-core"]),
    ("experiments", &["sim-core", "scenarios"]),
    ("histories", &["sim-core", "scenarios", "experiments"]),
    ("studies", &["sim-core", "scenarios", "experiments"]),
    ("reports", &["sim-core", "scenarios", "experiments", "histories"]),
    (
        ".",
        &[
            "sim-core",
            "scenarios",
            "experiments",
            "histories",
            "studies",
            "reports",
        ],
    ),
    ("validation", &["sim-core", "scenarios", "experiments", "reports"]),
    ("benches/peers", &["sim-core", "scenarios"]),
    ("xtask", &[]),
];

/// All that the core may use from outside.
const CORE_MAY_USE: &[&str] = &["rand", "rand_chacha", "rand_distr", "libm", "serde", "thiserror"];

fn manifest(room: &str) -> toml::Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(room)
        .join("Cargo.toml");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.parse()
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn dependencies(manifest: &toml::Table, table: &str) -> Vec<String> {
    manifest
        .get(table)
        .and_then(toml::Value::as_table)
        .map_or_else(Vec::new, |table| table.keys().cloned().collect())
}

/// The members of the workspace and its root.
fn members() -> Vec<String> {
    let root = manifest(".");
    let members = root["workspace"]["members"]
        .as_array()
        .expect("a list of members");
    let names = members.iter().filter_map(toml::Value::as_str).chain(["."]);
    names.map(str::to_owned).collect()
}

#[test]
fn arrows_point_down_only() {
    for member in members() {
        let row = ROOMS.iter().find(|(room, _)| *room == member);
        let (_, may_use) = row.unwrap_or_else(|| panic!("{member} has no row in this test"));
        for used in dependencies(&manifest(&member), "dependencies") {
            let is_room = ROOMS.iter().any(|(room, _)| *room == used) || used == "orgsim";
            assert!(
                !is_room || may_use.contains(&used.as_str()),
                "{member} must not use {used}"
            );
        }
    }
}

#[test]
fn the_core_uses_nothing_that_could_reach_outside() {
    for used in dependencies(&manifest("sim-core"), "dependencies") {
        assert!(
            CORE_MAY_USE.contains(&used.as_str()),
            "sim-core must not use {used}"
        );
    }
}
