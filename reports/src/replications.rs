//! The table of all runs of a comparison: its columns, and one run as a row of it.

use experiments::result::Basis;
use sim_core::outcomes::{Outcome, Outcomes};

use crate::rows::{Cell, Column, Kind};

/// One run: one arm in one world.
#[derive(Debug, Clone, Copy)]
pub struct ReplicationRow<'a> {
    /// Identity of the study.
    pub study: &'a str,
    /// Settings or plausible companies.
    pub basis: Basis,
    /// Name of the arm.
    pub arm: &'a str,
    /// Number of the world, from 0.
    pub replication: u64,
    /// Seed of the study; with the number it gives the world again.
    pub seed: u64,
    /// What the run reports, or why it failed.
    pub outcomes: Result<&'a Outcomes, &'a str>,
}

/// The columns of `replications`: one for each outcome, its unit in the name.
pub fn replications_columns() -> Vec<Column> {
    let fixed = [
        Column::new("study", Kind::Text),
        Column::new("basis", Kind::Text),
        Column::new("arm", Kind::Text),
        Column::new("replication", Kind::Whole),
        Column::new("seed", Kind::Whole),
        Column::new("status", Kind::Text),
    ];
    let outcome = |outcome: &Outcome| Column::of(&outcome.column(), Kind::Number, outcome.row().unit);
    fixed
        .into_iter()
        .chain(Outcome::ALL.iter().map(outcome))
        .collect()
}

impl ReplicationRow<'_> {
    /// Its cells, one for each column.
    pub fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        let fixed = [
            Cell::Text(self.study),
            Cell::Text(self.basis.word()),
            Cell::Text(self.arm),
            Cell::Whole(self.replication),
            Cell::Whole(self.seed),
            Cell::Text(self.outcomes.err().unwrap_or("ok")),
        ];
        let value = |outcome: &Outcome| {
            let value = self.outcomes.ok().and_then(|outcomes| outcomes.get(*outcome));
            Cell::Number(value)
        };
        fixed.into_iter().chain(Outcome::ALL.iter().map(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::{Format, TableWriter};

    fn row<'a>(outcomes: Result<&'a Outcomes, &'a str>) -> ReplicationRow<'a> {
        ReplicationRow {
            study: "s",
            basis: Basis::Settings,
            arm: "safe",
            replication: 3,
            seed: 2026,
            outcomes,
        }
    }

    #[test]
    fn a_missing_value_is_an_empty_cell_and_a_failed_run_keeps_its_reason() {
        let mut outcomes = Outcomes::default();
        outcomes.set(Outcome::ShippedValue, 0.1 + 0.2);
        let mut table = TableWriter::new(Vec::new(), Format::Csv, &replications_columns()).unwrap();
        table.push(row(Ok(&outcomes)).cells()).unwrap();
        table
            .push(row(Err("value is not finite, \"week 3\"")).cells())
            .unwrap();
        let text = String::from_utf8(table.finish().unwrap()).unwrap();
        let rest = ",".repeat(Outcome::COUNT - 1);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[1],
            format!("s,settings,safe,3,2026,ok,0.30000000000000004{rest}")
        );
        assert_eq!(
            lines[2],
            format!("s,settings,safe,3,2026,\"value is not finite, \"\"week 3\"\"\",{rest}")
        );
        assert_eq!(lines[0].split(',').count(), 6 + Outcome::COUNT);
    }
}
