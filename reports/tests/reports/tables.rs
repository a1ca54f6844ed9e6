//! Tables and JSON of a made-up comparison, byte for byte.

use experiments::result::Verdict;
use experiments::statistics::IntervalRule;
use reports::json::{Measurements, comparison_json};
use reports::rows::Format;
use reports::tables::{differences_csv, interval_word, summary_csv, weekly_table};
use serde_json::Value;
use sim_core::outcomes::{Outcome, Series};

use crate::fixture;

fn text(bytes: std::io::Result<Vec<u8>>) -> String {
    String::from_utf8(bytes.expect("memory")).expect("tables are UTF-8")
}

fn measurements() -> Measurements {
    Measurements {
        engine: "orgsim 0.1.0".to_owned(),
        elapsed_seconds: 4.25,
        cpu_seconds: Some(8.125),
        threads: 2,
        peak_memory_bytes: None,
    }
}

#[test]
fn summary_csv_stays_as_it_is() {
    insta::assert_snapshot!(text(summary_csv(&fixture::typical())));
}

#[test]
fn differences_csv_stays_as_it_is() {
    insta::assert_snapshot!(text(differences_csv(&fixture::typical())));
}

#[test]
fn weekly_csv_has_a_row_for_each_arm_week_and_series() {
    let table = text(weekly_table(&fixture::typical(), Format::Csv));
    assert_eq!(table.lines().count(), 1 + 2 * 156 * Series::COUNT);
    insta::assert_snapshot!(
        table
            .lines()
            .take(1 + 2 * Series::COUNT)
            .collect::<Vec<_>>()
            .join("\n")
    );
}

#[test]
fn neutral_outcomes_have_no_verdict_in_any_table() {
    let table = text(differences_csv(&fixture::typical()));
    let neutral: Vec<&str> = table
        .lines()
        .filter(|line| line.contains(",items_shipped,"))
        .collect();
    assert_eq!(neutral.len(), 2);
    for line in neutral {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!((cells[15], cells[16], cells[18]), ("", "", ""), "{line}");
    }
}

#[test]
fn the_interval_of_the_primary_outcome_says_whether_worlds_were_fixed_beforehand() {
    let comparison = fixture::typical();
    let (_, difference) = &comparison.settings.pairs[0].outcomes[0];
    let word = |outcome, rule| interval_word(Outcome::ShippedValue, outcome, rule, difference);
    assert_eq!(
        word(Outcome::ShippedValue, IntervalRule::FixedNumber),
        "fixed size"
    );
    assert_eq!(word(Outcome::ShippedValue, IntervalRule::AnyTime), "any time");
    assert_eq!(word(Outcome::NetValue, IntervalRule::FixedNumber), "simultaneous");
}

#[test]
fn the_json_object_stays_as_it_is() {
    insta::assert_snapshot!(pretty(&comparison_json(&fixture::typical(), &measurements())));
}

fn pretty(json: &str) -> String {
    let value: Value = serde_json::from_str(json).expect("JSON parses");
    serde_json::to_string_pretty(&value).expect("JSON is written")
}

#[test]
fn json_has_the_promised_keys_and_the_same_figures() {
    let comparison = fixture::typical();
    let json = comparison_json(&comparison, &measurements());
    let parsed: Value = serde_json::from_str(&json).expect("JSON parses");
    assert_eq!(parsed["schema"], 1);
    assert_eq!(parsed["seed"], 2026);
    assert_eq!(parsed["peak_memory_bytes"], Value::Null);
    let plausible = comparison
        .plausible
        .as_ref()
        .expect("the typical case has both bases");
    assert_eq!(
        parsed["team_weeks"],
        comparison.settings.team_weeks + plausible.team_weeks
    );
    let arm = &comparison.settings.arms[1];
    assert_eq!(parsed["arms"][1]["name"], arm.name.as_str());
    let mean = parsed["arms"][1]["outcomes"]["shipped_value"]["mean"]
        .as_f64()
        .expect("a number");
    assert_eq!(mean.to_bits(), arm.outcomes[0].1.mean.to_bits());
    let bases: Vec<&Value> = parsed["differences"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|pair| &pair["basis"])
        .collect();
    assert_eq!(bases, ["settings", "plausible"]);
    let pair = &parsed["differences"][0]["outcomes"];
    assert_eq!(pair["shipped_value"]["verdict"], Verdict::Better.word());
    assert_eq!(pair["items_shipped"]["verdict"], Value::Null);
    assert_eq!(pair["items_shipped"]["better_in_20"], Value::Null);
}

#[test]
fn json_without_plausible_companies_has_no_arms_of_them() {
    let json = comparison_json(&fixture::same(), &measurements());
    let parsed: Value = serde_json::from_str(&json).expect("JSON parses");
    assert!(parsed.get("arms_plausible").is_none());
}

#[test]
fn figures_that_are_not_finite_become_null_and_empty() {
    let mut comparison = fixture::single();
    comparison.settings.arms[0].outcomes[0].1.mean = f64::INFINITY;
    let parsed: Value =
        serde_json::from_str(&comparison_json(&comparison, &measurements())).expect("JSON parses");
    assert_eq!(
        parsed["arms"][0]["outcomes"]["shipped_value"]["mean"],
        Value::Null
    );
    let table = text(summary_csv(&comparison));
    assert_eq!(
        table.lines().nth(1).and_then(|line| line.split(',').nth(5)),
        Some("")
    );
}
