//! What a sweep says in words, tables and JSON.

use reports::plots::sweep_plots;
use reports::rows::{Format, TableWriter};
use reports::sweep::{SweepReport, points_table, push_run, runs_columns, sweep_object, sweep_words};
use scenarios::plan::Target;
use sim_core::outcomes::Outcome;
use sim_core::simulation::Span;

use crate::fixture::{self, FoundSweep};

fn report((arms, factors, levels, swept): FoundSweep) -> SweepReport {
    SweepReport {
        arms,
        outcome: Outcome::ShippedValue,
        seed: 2026,
        span: Span::default(),
        design: "grid",
        factors,
        levels,
        swept,
    }
}

#[test]
fn words_tables_and_pictures_hold_every_point() {
    let mut texts = String::new();
    for found in fixture::sweeps() {
        let report = report(found);
        let points = report.levels.len();
        let lines = |bytes: Vec<u8>| String::from_utf8(bytes).expect("words").lines().count();
        assert_eq!(
            lines(points_table(&report, Format::Csv).expect("a table")),
            1 + points * (2 * report.arms.len() - 1)
        );
        let mut runs = TableWriter::new(Vec::new(), Format::Csv, &runs_columns(&report)).expect("a table");
        push_run(&mut runs, &report, 0, &Ok(0.5)).expect("a row");
        push_run(&mut runs, &report, 1, &Err("it broke".to_owned())).expect("a row");
        assert_eq!(lines(runs.finish().expect("a table")), 3);
        assert_eq!(
            sweep_object(&report)["points"].as_array().map(Vec::len),
            Some(points)
        );
        assert_eq!(
            sweep_plots(&report).expect("drawn").len(),
            (report.arms.len() - 1).max(1)
        );
        if report.factors.len() == 1 && report.arms.len() < 3 {
            texts += &sweep_words(&report).text();
            texts += "\n";
        }
    }
    insta::assert_snapshot!(texts);
}

#[test]
fn an_arm_whose_model_changes_from_point_to_point_does_not_keep_a_name() {
    let of_two = fixture::sweeps().into_iter().find(|found| found.0.len() == 2);
    let mut report = report(of_two.expect("one of two arms"));
    report.factors[0].target = Target::OperatingModel;
    for (arm, kept, changed) in [(None, "safe", "empowered"), (Some("safe"), "empowered", "safe")] {
        report.factors[0].arm = arm.map(str::to_owned);
        let text = sweep_words(&report).text();
        let names = text.replace("operating_model (safe)", "");
        assert!(
            text.contains("he model of the point") && names.contains(kept),
            "{text}"
        );
        assert!(!names.contains(changed), "{text}");
    }
}
