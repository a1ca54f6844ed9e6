//! The library is complete, says where its numbers come from, and is what it claims to be.

use std::collections::BTreeSet;

use scenarios::{Kind, Library, load};
use sim_core::parameters::{Value, find};

use crate::{NONE, plain};

#[test]
fn every_file_in_the_folders_is_in_the_library() {
    for kind in Kind::ALL {
        let folder = format!("{}/library/{}", env!("CARGO_MANIFEST_DIR"), kind.folder());
        let files: BTreeSet<String> = std::fs::read_dir(folder)
            .expect("the folder of the library")
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .into_string()
                    .expect("a plain name")
            })
            .collect();
        let listed: BTreeSet<String> = Library::of_kind(kind)
            .map(|entry| format!("{}.toml", entry.name))
            .collect();
        assert_eq!(files, listed);
    }
}

#[test]
fn every_file_loads_and_says_what_it_is() {
    for kind in Kind::ALL {
        for listed in Library::list(kind).expect("the library is readable") {
            assert!(!listed.title.trim().is_empty(), "{} has no title", listed.name);
            assert!(
                listed.description.len() > 40,
                "{} has no description",
                listed.name
            );
            assert!(!listed.source.trim().is_empty(), "{} has no source", listed.name);
        }
    }
    for model in Library::of_kind(Kind::OperatingModel) {
        for environment in Library::of_kind(Kind::Environment) {
            load(model.name, Some(environment.name), &NONE).unwrap_or_else(|problem| panic!("{problem}"));
        }
    }
}

#[test]
fn every_value_of_the_library_has_its_own_source() {
    for entry in Library::entries() {
        for line in entry.text.lines().filter(|line| line.contains("value = ")) {
            assert!(
                line.contains("provenance = ") && line.contains("source = "),
                "{}: {line}",
                entry.name
            );
        }
        let settings = entry.text.lines().skip_while(|line| !line.starts_with('['));
        for line in settings.filter(|line| !line.is_empty() && !line.starts_with('[')) {
            assert!(line.contains("{ value = "), "{}: {line}", entry.name);
        }
    }
}

#[test]
fn the_enterprise_is_what_the_table_has() {
    for origin in plain("safe@enterprise").origins {
        if Kind::of_group(origin.parameter.group) == Some(Kind::Environment) {
            assert_eq!(
                origin.value,
                origin.parameter.default,
                "{}",
                origin.parameter.path()
            );
            assert_eq!(
                origin.plausible,
                origin.parameter.plausible,
                "{}",
                origin.parameter.path()
            );
            assert_eq!(origin.place, "default");
        }
    }
}

#[test]
fn both_typical_models_have_ranges_that_overlap_where_both_are_uncertain() {
    let (safe, empowered) = (plain("safe"), plain("empowered"));
    let mut shared = 0;
    for (safe, empowered) in safe.origins.iter().zip(&empowered.origins) {
        if let (Some(left), Some(right)) = (safe.plausible, empowered.plausible) {
            shared += 1;
            assert!(
                left.0 <= right.1 && right.0 <= left.1,
                "{}",
                safe.parameter.path()
            );
        }
    }
    assert!(shared > 60, "only {shared} parameters are uncertain in both");
}

#[test]
fn the_reference_models_are_certain_and_have_no_warm_up() {
    for model in ["reference-quarterly", "reference-continuous"] {
        let scenario = plain(model);
        assert_eq!(scenario.environment, "reference");
        assert_eq!(scenario.warm_up_weeks, 0);
        let uncertain: Vec<_> = scenario
            .uncertainties()
            .iter()
            .map(|one| one.parameter.path())
            .collect();
        assert!(
            uncertain.is_empty(),
            "switch off in library/environments/reference.toml, with fixed = true: {uncertain:?}"
        );
    }
}

#[test]
fn the_reference_models_have_the_figures_of_their_definition() {
    let numbers = [
        ("company.teams_per_line", 1.0),
        ("environment.opportunities_per_team_week", 0.8),
        ("environment.effort_median", 0.5_f64.exp()),
        ("environment.effort_spread", 0.6),
        ("environment.staleness_half_life_weeks", 52.0 * 2.0_f64.ln()),
        ("environment.harm_staleness_half_life_weeks", 52.0 * 2.0_f64.ln()),
        ("environment.wear_half_life_weeks", f64::INFINITY),
        ("environment.harm_half_life_weeks", f64::INFINITY),
        ("behaviour.first_estimate_noise", 2.0),
        ("behaviour.evidence_noise", 1.5),
        ("commitment.backlog_limit", 64.0),
    ];
    for model in ["reference-quarterly", "reference-continuous"] {
        let parameters = plain(model).parameters;
        for (path, expected) in numbers {
            let (group, name) = path.split_once('.').expect("group.parameter");
            let value = find(group, name)
                .expect(path)
                .get(&parameters)
                .as_number()
                .expect(path);
            let close = value == expected || (value - expected).abs() < 1e-12 * expected;
            assert!(close, "{path} is {value}, not {expected}");
        }
    }
    let quarterly = plain("reference-quarterly").parameters;
    let continuous = plain("reference-continuous").parameters;
    assert_eq!(
        (
            quarterly.commitment.cadence_weeks,
            quarterly.commitment.load_factor
        ),
        (12, 0.85)
    );
    assert_eq!(
        (continuous.discovery.hours, continuous.discovery.team_share),
        (3.0, 0.25)
    );
    assert_eq!(
        (
            quarterly.commitment.start_threshold,
            continuous.commitment.start_threshold
        ),
        (-1e9, 0.0)
    );
}

#[test]
fn a_model_that_extends_another_differs_only_in_what_it_writes() {
    let changes = scenarios::diff(&plain("safe"), &plain("safe-with-discovery"));
    let groups: BTreeSet<_> = changes
        .iter()
        .map(|change| change.after.parameter.group)
        .collect();
    assert_eq!(groups, BTreeSet::from(["discovery", "customer_access", "roles"]));
    let hours = changes
        .iter()
        .find(|change| change.after.parameter.name == "hours")
        .expect("hours differ");
    assert_eq!(
        (hours.before.value, hours.after.value),
        (Value::Number(3.0), Value::Number(7.0))
    );
    assert!(
        hours
            .after
            .place
            .starts_with("library/operating-models/safe-with-discovery.toml:")
    );
}
