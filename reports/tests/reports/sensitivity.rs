//! What a sensitivity experiment says in words, tables and JSON.

use experiments::sensitivity::indices::Ranking;
use experiments::statistics::Bootstrapped;
use reports::plots::sensitivity_plots;
use reports::sensitivity::{
    SensitivityReport, failures_csv, indices_csv, refusal, screening_csv, sensitivity_object,
    sensitivity_words,
};
use sim_core::outcomes::Outcome;
use sim_core::simulation::Span;

use crate::fixture::{self, Found};

fn report((screening, explained): Found) -> SensitivityReport {
    SensitivityReport {
        arms: vec!["safe".to_owned(), "empowered".to_owned()],
        outcome: Outcome::ShippedValue,
        seed: 2026,
        span: Span::default(),
        ranking: Ranking::Values,
        screening,
        explained,
    }
}

#[test]
fn the_verdict_names_chance_parameters_and_groups() {
    insta::assert_snapshot!(sensitivity_words(&report(fixture::sensitivity())).text());
}

#[test]
fn where_all_is_chance_no_parameter_is_named() {
    let report = report(fixture::all_chance());
    let text = sensitivity_words(&report).text();
    assert!(
        text.contains("of the variation is chance; what explains the rest is not settled with 64 samples"),
        "{text}"
    );
    assert_eq!(sensitivity_plots(&report).expect("drawn").len(), 1);
}

#[test]
fn tables_have_a_row_for_everything() {
    let report = report(fixture::sensitivity());
    let lines = |bytes: Vec<u8>| String::from_utf8(bytes).expect("words").lines().count();
    let indices = String::from_utf8(indices_csv(&report).expect("a table")).expect("words");
    assert!(
        indices
            .lines()
            .nth(1)
            .expect("a row")
            .starts_with("chance,chance,all variation,0."),
        "{indices}"
    );
    assert_eq!(indices.lines().count(), 2 + report.explained.factors.len());
    assert_eq!(
        lines(screening_csv(&report).expect("a table")),
        1 + report.screening.parameters.len()
    );
    assert_eq!(
        lines(failures_csv(&report.screening.failures, None).expect("a table")),
        1
    );
    assert_eq!(
        refusal(&report.screening.failures, Some(&report.explained.failures)),
        None
    );
    let object = sensitivity_object(&report);
    assert_eq!(
        object["factors"].as_array().map(Vec::len),
        Some(report.explained.factors.len())
    );
}

#[test]
fn pictures_are_the_same_again() {
    let report = report(fixture::sensitivity());
    let plots = sensitivity_plots(&report).expect("drawn");
    let names: Vec<&str> = plots.iter().map(|plot| plot.name.as_str()).collect();
    assert_eq!(names, ["tornado", "what-matters", "what-matters-by-group"]);
    assert!(plots == sensitivity_plots(&report).expect("drawn"));
}

#[test]
fn a_factor_is_named_only_if_its_interval_leaves_zero_and_bounds_are_those_that_were_found() {
    let mut report = report(fixture::sensitivity());
    let named = |report: &SensitivityReport| report.headline().contains("discovery hours");
    assert!(named(&report), "{}", report.headline());
    for factor in &mut report.explained.indices.factors {
        factor.first = Some(Bootstrapped {
            value: -0.02,
            low: -0.06,
            high: 0.03,
        });
    }
    assert!(!named(&report), "{}", report.headline());
    let text = sensitivity_words(&report).text();
    assert!(text.contains("−2 % (−6 to 3)"), "{text}");
}
