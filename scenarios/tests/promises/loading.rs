//! Files, defaults and overrides combine as documented.

use scenarios::{Kind, Library, check, diff, load};
use sim_core::parameters::Value;

use crate::{Folder, NONE, plain};

#[test]
fn renaming_or_copying_an_operating_model_file_changes_no_parameter() {
    for entry in Library::of_kind(Kind::OperatingModel) {
        let folder = Folder::new();
        let copy = plain(&folder.write("renamed to something else.toml", entry.text));
        let original = plain(entry.name);
        assert_eq!(copy.parameters, original.parameters, "{}", entry.name);
        assert_eq!(copy.uncertainties(), original.uncertainties(), "{}", entry.name);
        assert_eq!(copy.operating_model, "renamed to something else");
    }
}

#[test]
fn the_environment_is_the_one_behind_at_then_the_option_then_the_models_own_then_the_enterprise() {
    let environment = |reference: &str, option: Option<&str>| {
        load(reference, option, &NONE)
            .unwrap_or_else(|problem| panic!("{problem}"))
            .environment
    };
    assert_eq!(
        environment("reference-quarterly@startup", Some("ai-build")),
        "startup"
    );
    assert_eq!(environment("reference-quarterly", Some("ai-build")), "ai-build");
    assert_eq!(environment("reference-quarterly", None), "reference");
    assert_eq!(environment("safe", None), "enterprise");
}

#[test]
fn the_own_default_environment_is_inherited_and_found_beside_the_file_that_names_it() {
    let folder = Folder::new();
    folder.write("models/company.toml", "[company]\nteams = 7\n");
    folder.write("models/base.toml", "environment = \"./company.toml\"\n");
    let scenario = plain(&folder.write("child.toml", "extends = \"models/base.toml\"\n"));
    assert_eq!(scenario.parameters.company.teams, 7);
    let scenario = plain(&folder.write("child.toml", "extends = \"reference-continuous\"\n"));
    assert_eq!(
        (scenario.environment.as_str(), scenario.warm_up_weeks),
        ("reference", 0)
    );
}

#[test]
fn an_override_replaces_value_range_and_source() {
    let overrides = [
        "discovery.hours=8",
        " environment.wear_half_life_weeks = inf",
        "commitment.style=pull",
    ];
    let scenario = load("safe", None, &overrides).expect("valid overrides");
    assert_eq!(scenario.parameters.discovery.hours, 8.0);
    assert_eq!(
        scenario.parameters.environment.wear_half_life_weeks,
        f64::INFINITY
    );
    let changes = diff(&plain("safe"), &scenario);
    assert_eq!(changes.len(), 3);
    for change in changes {
        assert_eq!(change.after.plausible, None);
        assert_eq!(change.after.place, "--set");
        assert_eq!(
            (change.after.provenance.as_str(), change.after.source.as_str()),
            ("assumed", "set on the command line")
        );
    }
}

#[test]
fn of_several_overrides_the_last_counts() {
    let scenario = load("safe", None, &["company.teams=3", "company.teams=5"]).expect("valid overrides");
    assert_eq!(scenario.parameters.company.teams, 5);
}

#[test]
fn a_plain_value_keeps_the_range_of_the_table_only_if_it_lies_inside() {
    let folder = Folder::new();
    let company = folder.write(
        "company.toml",
        "[environment]\ncoupling = 0.7\ndependency_effort = 5\nloud_share = { value = 0.5, fixed = true }\n",
    );
    let scenario = plain(&format!("safe@{company}"));
    let range = |name: &str| {
        let origin = scenario
            .origins
            .iter()
            .find(|origin| origin.parameter.name == name)
            .expect(name);
        (origin.value, origin.plausible)
    };
    assert_eq!(range("coupling"), (Value::Number(0.7), Some((0.2, 1.2))));
    assert_eq!(range("dependency_effort"), (Value::Number(5.0), None));
    assert_eq!(range("loud_share"), (Value::Number(0.5), None));
}

#[test]
fn a_source_without_provenance_is_an_assumption() {
    let folder = Folder::new();
    let model = folder.write(
        "model.toml",
        "[discovery]\nhours = { value = 5, source = \"we think so\" }\n",
    );
    let scenario = plain(&model);
    let origin = scenario
        .origins
        .iter()
        .find(|origin| origin.parameter.name == "hours")
        .expect("hours");
    assert_eq!(
        (origin.provenance.as_str(), origin.source.as_str()),
        ("assumed", "we think so")
    );
    assert_eq!(origin.place, format!("{model}:2"));
}

#[test]
fn files_from_other_systems_load() {
    let folder = Folder::new();
    let text = "\u{feff}title = \"Übung\"\r\n[discovery]\r\nhours = 5 # Stunden\r\nteam_share = 0.1\r\n";
    assert_eq!(
        plain(&folder.write("windows.toml", text))
            .parameters
            .discovery
            .hours,
        5.0
    );
    let dotted = "discovery.hours = 0x0A\n[roles.hand_offs]\nvalue = 2.0\n";
    let parameters = plain(&folder.write("dotted.toml", dotted)).parameters;
    assert_eq!(
        (parameters.discovery.hours, parameters.roles.hand_offs),
        (10.0, 2)
    );
}

#[test]
fn a_file_may_extend_one_of_the_same_name_in_another_folder() {
    let folder = Folder::new();
    folder.write("base/my.toml", "[discovery]\nhours = 5\nteam_share = 0.2\n");
    let scenario = plain(&folder.write("my.toml", "extends = \"base/my.toml\"\n[discovery]\nhours = 6\n"));
    assert_eq!(
        (
            scenario.parameters.discovery.hours,
            scenario.parameters.discovery.team_share
        ),
        (6.0, 0.2)
    );
}

#[test]
fn the_kind_of_a_file_is_recognised_when_it_is_checked() {
    let folder = Folder::new();
    let kind = |text: &str| {
        check(&folder.write("x.toml", text))
            .map(|(kind, _)| kind)
            .expect("a valid file")
    };
    assert_eq!(kind("[company]\nteams = 3\n"), Kind::Environment);
    assert_eq!(kind("extends = \"startup\"\n"), Kind::Environment);
    assert_eq!(kind("warm_up_weeks = 4\n"), Kind::Environment);
    assert_eq!(kind("environment = \"startup\"\n"), Kind::OperatingModel);
    assert_eq!(kind("[discovery]\nhours = 3\n"), Kind::OperatingModel);
    assert_eq!(check("startup").map(|(kind, _)| kind), Ok(Kind::Environment));
    assert_eq!(
        check("safe@startup").map(|(kind, _)| kind),
        Ok(Kind::OperatingModel)
    );
}
