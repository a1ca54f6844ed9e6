//! What is generated from the table: the company file to start from and the schemas for editors.

use scenarios::{Kind, ResolvedScenario, diff, json_schema, load, template};
use sim_core::parameters::{GROUPS, table};

use crate::{Folder, NONE, plain};

#[test]
fn the_company_file_loads_as_it_is_and_sets_nothing() {
    let folder = Folder::new();
    let company = folder.write("my-company.toml", template("my-company.toml"));
    let scenario = load("safe", Some(&company), &NONE).unwrap_or_else(|problem| panic!("{problem}"));
    assert_eq!(diff(&plain("safe"), &scenario), []);
    assert!(
        scenario
            .origins
            .iter()
            .all(|origin| !origin.place.contains("my-company"))
    );
}

#[test]
fn the_company_file_shows_every_parameter_with_its_default() {
    let uncommented: String = template("my-company.toml")
        .lines()
        .map(|line| {
            let setting = line
                .strip_prefix('#')
                .filter(|rest| rest.starts_with(|letter: char| letter.is_lowercase()));
            format!("{}\n", setting.unwrap_or(line))
        })
        .collect();
    let folder = Folder::new();
    let company = folder.write("my-company.toml", uncommented);
    let scenario = load("safe", Some(&company), &NONE).unwrap_or_else(|problem| panic!("{problem}"));
    assert_eq!(diff(&plain("safe"), &scenario), []);
    for origin in &scenario.origins {
        let shown = origin.place.contains("my-company");
        assert_eq!(
            shown,
            Kind::of_group(origin.parameter.group) == Some(Kind::Environment),
            "{}",
            origin.place
        );
    }
}

#[test]
fn the_company_file_opens_with_how_to_use_it() {
    let opening: Vec<_> = template("my-company.toml")
        .lines()
        .take(40)
        .map(str::to_owned)
        .collect();
    insta::assert_snapshot!(opening.join("\n"));
}

#[test]
fn lines_of_the_company_file_fit_a_terminal() {
    for line in template("my-company.toml").lines() {
        assert!(line.chars().count() <= 120, "{line}");
    }
}

#[test]
fn the_schemas_describe_every_parameter_of_their_kind_and_no_other() {
    for kind in Kind::ALL {
        let schema = json_schema(kind);
        for group in GROUPS {
            let described = &schema["properties"][group.name];
            if Kind::of_group(group.name) == Some(kind) {
                for parameter in group.parameters {
                    let row = &described["properties"][parameter.name];
                    assert!(
                        row["description"]
                            .as_str()
                            .is_some_and(|words| words.starts_with(parameter.meaning))
                    );
                    assert_eq!(
                        row["anyOf"].as_array().map(Vec::len),
                        Some(2),
                        "{}",
                        parameter.path()
                    );
                }
            } else if !(kind == Kind::OperatingModel
                && ["environment", "transformation"].contains(&group.name))
            {
                assert!(described.is_null(), "{}", group.name);
            }
        }
    }
    insta::assert_snapshot!(
        serde_json::to_string_pretty(&json_schema(Kind::OperatingModel)["properties"]["release"])
            .expect("JSON")
    );
}

#[test]
fn no_schema_sets_a_limit_where_the_table_has_none() {
    let schema = json_schema(Kind::Environment);
    let row = &schema["properties"]["environment"]["properties"]["wear_half_life_weeks"]["anyOf"][0];
    assert_eq!((row["minimum"].as_f64(), row.get("maximum")), (Some(1.0), None));
}

#[test]
fn a_record_holds_every_parameter_in_the_order_of_the_table() {
    let record = ResolvedScenario::from(&plain("reference-quarterly"));
    let paths: Vec<_> = record
        .settings
        .iter()
        .map(|setting| setting.path.clone())
        .collect();
    assert_eq!(
        paths,
        table().map(|parameter| parameter.path()).collect::<Vec<_>>()
    );
    let wear = record
        .settings
        .iter()
        .find(|setting| setting.path == "environment.wear_half_life_weeks")
        .expect("wear");
    assert_eq!((wear.value.as_str(), &wear.low), ("inf", &None));
}

#[test]
fn a_difference_is_empty_only_between_equal_scenarios() {
    assert_eq!(diff(&plain("safe"), &plain("safe")), []);
    let changes = diff(
        &plain("safe"),
        &load("safe", None, &["discovery.hours=3"]).expect("valid"),
    );
    assert_eq!(
        changes.len(),
        1,
        "the value is the same, its plausible range is gone"
    );
    assert_eq!(
        (changes[0].before.plausible, changes[0].after.plausible),
        (Some((0.0, 6.0)), None)
    );
}
