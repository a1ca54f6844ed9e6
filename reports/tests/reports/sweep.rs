//! What a sweep says in words, tables and JSON.

use reports::plots::sweep_plots;
use reports::sweep::{SweepReport, points_csv, runs_csv, sweep_object, sweep_words};
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
            lines(points_csv(&report).expect("a table")),
            1 + points * (2 * report.arms.len() - 1)
        );
        assert_eq!(
            lines(runs_csv(&report).expect("a table")),
            1 + 8 * points * report.arms.len()
        );
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
