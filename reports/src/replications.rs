//! The table of all runs as CSV, written row by row so that a million rows need no memory; opens no file itself.

use std::io;

use experiments::result::Basis;
use sim_core::outcomes::{Outcome, Outcomes};

use crate::tables::figure_if_known;

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

/// Writes `replications.csv`: one column for each outcome, its unit in the name; a missing value is an empty cell.
#[derive(Debug)]
pub struct ReplicationsWriter<W: io::Write> {
    table: csv::Writer<W>,
}

impl<W: io::Write> ReplicationsWriter<W> {
    /// Starts a table: writes the header.
    ///
    /// # Errors
    /// What `writer` reports.
    pub fn new(writer: W) -> io::Result<Self> {
        let mut started = Self::continuing(writer);
        started.table.write_record(replications_header()).map_err(plain)?;
        Ok(started)
    }

    /// Goes on with a table that has its header already.
    pub fn continuing(writer: W) -> Self {
        Self {
            table: csv::Writer::from_writer(writer),
        }
    }

    /// Writes one row.
    ///
    /// # Errors
    /// What the writer reports.
    pub fn push(&mut self, row: &ReplicationRow) -> io::Result<()> {
        let table = &mut self.table;
        table.write_field(row.study).map_err(plain)?;
        table.write_field(row.basis.word()).map_err(plain)?;
        table.write_field(row.arm).map_err(plain)?;
        table.write_field(row.replication.to_string()).map_err(plain)?;
        table.write_field(row.seed.to_string()).map_err(plain)?;
        table
            .write_field(row.outcomes.map_or_else(|reason| reason, |_| "ok"))
            .map_err(plain)?;
        for outcome in Outcome::ALL {
            let value = row.outcomes.ok().and_then(|outcomes| outcomes.get(*outcome));
            table.write_field(figure_if_known(value)).map_err(plain)?;
        }
        table.write_record(None::<&[u8]>).map_err(plain)?;
        Ok(())
    }

    /// Hands all rows to the writer and gives it back.
    ///
    /// # Errors
    /// What the writer reports.
    pub fn finish(self) -> io::Result<W> {
        self.table.into_inner().map_err(|error| error.into_error())
    }
}

/// The writer's own error, so that a full disk is told from a closed pipe.
fn plain(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Names of the columns of `replications.csv`.
pub fn replications_header() -> Vec<String> {
    let fixed = ["study", "basis", "arm", "replication", "seed", "status"].map(str::to_owned);
    fixed
        .into_iter()
        .chain(Outcome::ALL.iter().map(|outcome| outcome.column()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A writer with room for a number of bytes: a disk that fills up.
    struct Full(usize);

    impl io::Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.0 < bytes.len() {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.0 -= bytes.len();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

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
        let mut writer = ReplicationsWriter::new(Vec::new()).unwrap();
        writer.push(&row(Ok(&outcomes))).unwrap();
        writer.push(&row(Err("value is not finite, \"week 3\""))).unwrap();
        let text = String::from_utf8(writer.finish().unwrap()).unwrap();
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

    #[test]
    fn a_full_disk_is_reported_as_one() {
        let outcomes = Outcomes::default();
        let mut writer = ReplicationsWriter::continuing(Full(10_000));
        let result = (0..1000).try_for_each(|_| writer.push(&row(Ok(&outcomes))));
        assert_eq!(result.unwrap_err().kind(), io::ErrorKind::StorageFull);
    }
}
