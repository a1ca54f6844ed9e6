//! Words, tables and objects of `attribute`, `breakeven`, `choose` and `discover` say what was found and stay as they are.

use experiments::result::Verdict;
use experiments::statistics::Estimate;
use reports::attribution::{attribution_object, attribution_words, order_csv, parts_csv};
use reports::breakeven::{frontier_csv, map_csv, map_object, map_words};
use reports::choice::{choice_csv, choice_object, choice_words};
use reports::discovery::{
    boxes_csv, companies_csv, discovery_words, headline, regret_csv, search_object, trajectory_csv,
};
use reports::plots::trade_off;

use crate::fixture::decisions::{LONG, attribution, break_even, choice, discovery};

fn heads_and_rows(csv: std::io::Result<Vec<u8>>) -> (String, usize) {
    let text = String::from_utf8(csv.expect("there is memory")).expect("UTF-8");
    (
        text.lines().next().unwrap_or_default().to_owned(),
        text.lines().count() - 1,
    )
}

#[test]
fn an_attribution_in_words() {
    insta::assert_snapshot!(attribution_words(&attribution("safe")).text());
}

#[test]
fn a_map_in_words() {
    insta::assert_snapshot!(map_words(&break_even("safe")).text());
}

#[test]
fn a_choice_in_words() {
    insta::assert_snapshot!(choice_words(&choice("safe")).text());
}

#[test]
fn a_discovery_in_words() {
    let (found, regrets) = discovery("safe");
    insta::assert_snapshot!(discovery_words(&found, &regrets).text());
}

#[test]
fn tables_have_their_columns_and_rows() {
    let (attribution, map, choice) = (attribution("safe"), break_even("safe"), choice("safe"));
    let (search, regrets) = discovery("safe");
    let tables = [
        ("attribution.csv", heads_and_rows(parts_csv(&attribution))),
        ("order.csv", heads_and_rows(order_csv(&attribution))),
        ("map.csv", heads_and_rows(map_csv(&map))),
        ("frontier.csv", heads_and_rows(frontier_csv(&map))),
        ("choice.csv", heads_and_rows(choice_csv(&choice))),
        ("boxes.csv", heads_and_rows(boxes_csv(&search))),
        ("trajectory.csv", heads_and_rows(trajectory_csv(&search))),
        (
            "regret.csv",
            heads_and_rows(regret_csv(&search.arms, search.outcome, &regrets)),
        ),
    ];
    let (head, _) = heads_and_rows(companies_csv(&search));
    assert!(head.starts_with("company,fails,outcome,unit,"), "{head}");
    for (name, (head, _)) in &tables {
        let has_values = !["frontier.csv", "boxes.csv", "trajectory.csv"].contains(name);
        assert_eq!(head.contains(",outcome,unit"), has_values, "{name}: {head}");
    }
    let lines: Vec<String> = tables
        .iter()
        .map(|(name, (head, rows))| format!("{name}: {rows} rows\n  {head}"))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn objects_have_their_keys() {
    let keys = |object: serde_json::Map<String, serde_json::Value>| {
        object.keys().cloned().collect::<Vec<_>>().join(", ")
    };
    let all = [
        keys(attribution_object(&attribution("safe"))),
        keys(map_object(&break_even("safe"))),
        keys(choice_object(&choice("safe"))),
        keys(search_object(&discovery("safe").0)),
    ];
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn no_line_is_wider_than_100_columns_whatever_the_names() {
    let (search, regrets) = discovery(LONG);
    let texts = [
        attribution_words(&attribution(LONG)).text(),
        map_words(&break_even(LONG)).text(),
        discovery_words(&search, &regrets).text(),
    ];
    for line in texts.iter().flat_map(|text| text.lines()) {
        assert!(line.chars().count() <= 100, "{line}");
    }
}

#[test]
fn a_scenario_that_is_behind_everywhere_is_said_to_be_with_a_box_or_without() {
    let (mut found, _) = discovery("safe");
    found.boxes.clear();
    assert_eq!(
        headline(&found),
        "Nothing was found that sets the companies apart in which empowered is behind safe."
    );
    found.difference = Estimate {
        mean: -50.0,
        standard_error: Some(5.0),
        ci95: Some((-60.0, -40.0)),
        ..found.difference
    };
    assert_eq!(
        headline(&found),
        "empowered is behind safe on average over all companies; nothing was found that tells where most."
    );
    for company in &mut found.companies {
        company.fails = true;
    }
    assert_eq!(headline(&found), "empowered is behind safe in all 300 companies.");
}

#[test]
fn no_trade_off_is_drawn_where_no_box_was_found() {
    let (mut found, _) = discovery("safe");
    assert!(trade_off(&found).is_some());
    found.boxes.clear();
    assert!(trade_off(&found).is_none());
}

#[test]
fn a_box_is_where_a_scenario_is_most_behind_only_if_fresh_companies_are_worse_off_there() {
    let (mut found, _) = discovery("safe");
    let behind = |low, high| Estimate {
        count: 300,
        mean: (low + high) / 2.0,
        standard_error: None,
        ci95: Some((low, high)),
    };
    found.difference = behind(-60.0, -40.0);
    for (low, high, words) in [
        (-90.0, -50.0, "; where most was not confirmed."),
        (-90.0, -70.0, ", and most where "),
    ] {
        let fresh = found.boxes[0].confirmation.as_mut().expect("it was confirmed");
        fresh.difference = behind(low, high);
        fresh.verdict = Verdict::Worse;
        found.boxes.truncate(1);
        assert!(headline(&found).contains(words), "{}", headline(&found));
    }
}
