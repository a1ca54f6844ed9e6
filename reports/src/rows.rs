//! Large tables, row by row: as CSV for people, as Parquet for programs. Holds a bounded number of rows, opens no file itself.

mod parquet;

use std::io::{self, Write};

use crate::tables::figure_if_known;
use parquet::ParquetRows;

/// How a large table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Text, one line for each row.
    #[default]
    Csv,
    /// Columns of numbers, compressed, with units.
    Parquet,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 2] = [Self::Csv, Self::Parquet];

    /// `csv` or `parquet`: the word on the command line and the ending of files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Whole numbers, 0 or more.
    Whole,
    /// Numbers.
    Number,
}

/// A column of a large table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Name, unique in its table.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Unit in words; empty if it has none.
    pub unit: String,
}

impl Column {
    /// A column without a unit.
    pub fn new(name: &str, kind: Kind) -> Self {
        Self::of(name, kind, "")
    }

    /// A column with a unit.
    pub fn of(name: &str, kind: Kind, unit: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            unit: unit.to_owned(),
        }
    }
}

/// One value of a row; a value that is unknown is an empty cell, never 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Words; empty ones are an empty cell.
    Text(&'a str),
    /// A whole number.
    Whole(u64),
    /// A number, if it is known.
    Number(Option<f64>),
}

/// A table that is being written.
#[derive(Debug)]
pub struct TableWriter<W: Write + Send>(Rows<W>);

#[derive(Debug)]
enum Rows<W: Write + Send> {
    Csv(csv::Writer<W>),
    Parquet(ParquetRows<W>),
}

impl<W: Write + Send> TableWriter<W> {
    /// Starts a table with these columns.
    ///
    /// # Errors
    /// What `writer` reports.
    pub fn new(writer: W, format: Format, columns: &[Column]) -> io::Result<Self> {
        Ok(Self(match format {
            Format::Csv => {
                let mut table = csv::Writer::from_writer(writer);
                table
                    .write_record(columns.iter().map(|column| &column.name))
                    .map_err(plain)?;
                Rows::Csv(table)
            }
            Format::Parquet => Rows::Parquet(ParquetRows::new(writer, columns)?),
        }))
    }

    /// Writes one row: a cell for each column, of its kind.
    ///
    /// # Errors
    /// What the writer reports.
    pub fn push<'c>(&mut self, cells: impl IntoIterator<Item = Cell<'c>>) -> io::Result<()> {
        match &mut self.0 {
            Rows::Csv(table) => {
                for cell in cells {
                    match cell {
                        Cell::Text(text) => table.write_field(text),
                        Cell::Whole(number) => table.write_field(number.to_string()),
                        Cell::Number(value) => table.write_field(figure_if_known(value)),
                    }
                    .map_err(plain)?;
                }
                table.write_record(None::<&[u8]>).map_err(plain)
            }
            Rows::Parquet(rows) => rows.push(cells),
        }
    }

    /// Hands all rows to the writer and gives it back.
    ///
    /// # Errors
    /// What the writer reports.
    pub fn finish(self) -> io::Result<W> {
        match self.0 {
            Rows::Csv(table) => table.into_inner().map_err(|error| error.into_error()),
            Rows::Parquet(rows) => rows.finish(),
        }
    }
}

/// The writer's own error, so that a full disk is told from a closed pipe.
fn plain(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests;
