//! Rows of figures: as CSV for machines and as aligned columns for the terminal.

use std::io;

use csv::Writer;
use serde::{Deserialize, Serialize};

/// A table with a head; every row has as many cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Cells")]
pub struct Sheet {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// A table as it was read, perhaps with rows of other lengths.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cells {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl TryFrom<Cells> for Sheet {
    type Error = String;

    fn try_from(Cells { head, rows }: Cells) -> Result<Self, String> {
        match rows.iter().position(|row| row.len() != head.len()) {
            Some(row) => Err(format!(
                "row {} of a table has {} cells, and its head {}",
                row + 1,
                rows[row].len(),
                head.len()
            )),
            None => Ok(Self { head, rows }),
        }
    }
}

impl Sheet {
    /// The names of its columns.
    pub fn head(&self) -> &[String] {
        &self.head
    }

    /// Its rows, each with as many cells as the head.
    pub fn rows(&self) -> &[Vec<String>] {
        &self.rows
    }

    /// A table without rows.
    pub(crate) fn new<S: AsRef<str>>(head: impl IntoIterator<Item = S>) -> Self {
        Self {
            head: head.into_iter().map(|cell| cell.as_ref().to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The table as CSV.
    ///
    /// # Errors
    /// Only if memory cannot be had.
    pub(crate) fn csv(&self) -> io::Result<Vec<u8>> {
        let mut table = Writer::from_writer(Vec::new());
        table.write_record(&self.head)?;
        for row in &self.rows {
            table.write_record(row)?;
        }
        table.into_inner().map_err(|error| error.into_error())
    }

    /// The table as lines, each behind two blanks, columns two blanks apart; the last column is never padded.
    pub(crate) fn lines(&self) -> Vec<String> {
        let all = || std::iter::once(&self.head).chain(&self.rows);
        let width = |column: usize| all().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.head.len()).map(width).collect();
        let line = |row: &Vec<String>| {
            let cells = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{cell:<width$}"));
            format!("  {}", cells.collect::<Vec<_>>().join("  ").trim_end())
        };
        all().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let mut sheet = Sheet::new(["a", "long", "c"]);
        sheet.row(["löss", "1", ""].map(str::to_owned));
        assert_eq!(sheet.lines(), ["  a     long  c", "  löss  1"]);
        assert_eq!(sheet.csv().unwrap(), "a,long,c\nlöss,1,\n".as_bytes());
    }
}
