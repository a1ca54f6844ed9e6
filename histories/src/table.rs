//! Text to rows, whatever separates their cells; knows nothing of what cells mean.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord, Trim};

use crate::error::HistoryError;

/// A row, and the line of the file on which it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) line: u64,
    cells: StringRecord,
}

impl Row {
    /// What a cell says; nothing where the table has no such column.
    pub(crate) fn cell(&self, place: Option<usize>) -> &str {
        let cell = place.and_then(|place| self.cells.get(place));
        cell.map_or("", str::trim)
    }

    fn is_blank(&self) -> bool {
        filled(self.cells.iter()) == 0
    }
}

/// Cells up to the last one that says anything: spreadsheets write empty ones behind it.
fn filled<'a>(cells: impl Iterator<Item = &'a str>) -> usize {
    let said = cells.enumerate().filter(|(_, cell)| !cell.trim().is_empty());
    said.last().map_or(0, |(place, _)| place + 1)
}

/// Headings and rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) headings: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

impl Table {
    /// Reads a table: separated by commas, semicolons or tabs, quoted or not, with or without a mark at its beginning.
    ///
    /// # Errors
    /// If there is no text, or no headings.
    pub(crate) fn of(bytes: &[u8]) -> Result<Self, HistoryError> {
        let text = text(bytes)?;
        let skipped = lines_before(&text);
        let body = text.split_inclusive('\n').skip(skipped).collect::<String>();
        let head = body
            .lines()
            .find(|line| !line.trim().is_empty())
            .ok_or(HistoryError::Empty)?;
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .delimiter(separator(head))
            .flexible(true)
            .trim(Trim::All)
            .from_reader(body.as_bytes());
        let mut rows = Vec::new();
        for record in reader.records() {
            // Text in memory that is UTF-8, with rows of any length, always reads.
            let Ok(cells) = record else { continue };
            let line = cells.position().map_or(0, csv::Position::line) + skipped as u64;
            rows.push(Row { line, cells });
        }
        let mut rows = rows.into_iter().filter(|row| !row.is_blank());
        let headings = rows.next().ok_or(HistoryError::Empty)?;
        Ok(Self {
            headings: headings.cells.iter().map(str::to_owned).collect(),
            rows: rows.collect(),
        })
    }

    /// What is wrong with the number of cells of a row of which the first `needed` are read, if anything. Such a row is cut off
    /// or shifted, so that none of its cells can be trusted; empty cells and empty headings at the end are neither.
    pub(crate) fn misfit(&self, row: &Row, needed: usize) -> Option<String> {
        let named = filled(self.headings.iter().map(String::as_str));
        let (written, said) = (row.cells.len(), filled(row.cells.iter()));
        if written < needed {
            return Some(format!(
                "it has {}, the heading has {named}: write empty cells, too",
                cells(written)
            ));
        }
        (said > self.headings.len()).then(|| {
            format!(
                "it has {}, the heading has {}: a cell with a separator in it needs quotes",
                cells(said),
                self.headings.len()
            )
        })
    }
}

fn cells(count: usize) -> String {
    let noun = if count == 1 { "cell" } else { "cells" };
    format!("{count} {noun}")
}

fn text(bytes: &[u8]) -> Result<Cow<'_, str>, HistoryError> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => Ok(String::from_utf8_lossy(rest)),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Err(HistoryError::NotText { what: "UTF-16" }),
        [b'P', b'K', 3, 4, ..] => Err(HistoryError::NotText {
            what: "a spreadsheet or another archive",
        }),
        _ if bytes.contains(&0) => Err(HistoryError::NotText { what: "binary data" }),
        _ => Ok(String::from_utf8_lossy(bytes)),
    }
}

/// Lines before the table: remarks, and the line `sep=;` by which spreadsheets may be told the separator.
fn lines_before(text: &str) -> usize {
    let is_before = |line: &&str| line.starts_with("# ") || line.trim().to_lowercase().starts_with("sep=");
    text.lines().take_while(is_before).count()
}

/// What separates the headings: the sign that stands most often between them, outside of quotes.
fn separator(head: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0_u32), (b';', 0), (b'\t', 0)];
    for letter in head.bytes() {
        quoted ^= letter == b'"';
        for (sign, count) in &mut counts {
            *count += u32::from(!quoted && letter == *sign);
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let sign = counts.iter().find(|(_, count)| *count == most);
    sign.map_or(b',', |(sign, _)| *sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn any_separator_a_mark_and_quotes_are_fine() {
        for text in [
            "a,b\n\"x, y\",2\n\n3,\n",
            "\u{feff}a;b\r\n\"x, y\";2\r\n;;\r\n3;\r\n",
            "sep=\t\na\tb\n\"x, y\"\t2\n3\t\n",
        ] {
            let table = Table::of(text.as_bytes()).unwrap();
            assert_eq!(table.headings, ["a", "b"], "{text:?}");
            let cells: Vec<&str> = table.rows.iter().map(|row| row.cell(Some(0))).collect();
            assert_eq!(cells, ["x, y", "3"], "{text:?}");
            let second = |row: usize| table.rows[row].cell(Some(1));
            assert_eq!((second(0), second(1), table.rows[0].cell(None)), ("2", "", ""));
            assert!(table.rows.iter().all(|row| table.misfit(row, 2).is_none()));
        }
    }

    #[test]
    fn rows_that_are_cut_off_or_shifted_do_not_fit_and_empty_cells_at_the_end_do() {
        let misfits = |text: &str, needed: usize| {
            let table = Table::of(text.as_bytes()).unwrap();
            let rows = table.rows.iter();
            rows.map(|row| table.misfit(row, needed)).collect::<Vec<_>>()
        };
        let found = misfits("a,b,c\n1\n1,2\n1,2,3\n1,2,3,,\n1,,\n1,2,3,4\n1,2,3,,5,\n", 3);
        let found: Vec<&str> = found
            .iter()
            .map(|misfit| misfit.as_deref().unwrap_or("fits"))
            .collect();
        assert_eq!(
            found,
            [
                "it has 1 cell, the heading has 3: write empty cells, too",
                "it has 2 cells, the heading has 3: write empty cells, too",
                "fits",
                "fits",
                "fits",
                "it has 4 cells, the heading has 3: a cell with a separator in it needs quotes",
                "it has 5 cells, the heading has 3: a cell with a separator in it needs quotes",
            ]
        );
        assert_eq!(misfits("a,b,,\n1,2\n1,2,,\n1,2,3,4\n", 2), [None, None, None]);
        // What stands behind all that is read may be missing.
        assert_eq!(misfits("a,b,c\n1,2\n", 2), [None]);
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let table = Table::of(b"sep=,\na,b\n\"two\nlines\",1\nx,2\n").unwrap();
        let lines: Vec<u64> = table.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [3, 5]);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for bytes in [&b""[..], b"\n \n", b"PK\x03\x04zip", b"\xff\xfea\0", b"a\0b"] {
            assert!(Table::of(bytes).is_err(), "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_breaks_the_reading(bytes: Vec<u8>) {
            let _ = Table::of(&bytes);
        }
    }
}
