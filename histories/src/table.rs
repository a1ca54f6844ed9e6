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
    /// The first of several cells that says anything.
    pub(crate) fn cell(&self, places: &[usize]) -> &str {
        let cells = places.iter().filter_map(|place| self.cells.get(*place));
        cells
            .map(str::trim)
            .find(|cell| !cell.is_empty())
            .unwrap_or_default()
    }

    fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
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
    fn any_separator_a_mark_quotes_and_ragged_rows_are_fine() {
        for text in [
            "a,b\n\"x, y\",2\n\n3\n",
            "\u{feff}a;b\r\n\"x, y\";2\r\n;;\r\n3\r\n",
            "sep=\t\na\tb\n\"x, y\"\t2\n3\n",
        ] {
            let table = Table::of(text.as_bytes()).unwrap();
            assert_eq!(table.headings, ["a", "b"], "{text:?}");
            let cells: Vec<&str> = table.rows.iter().map(|row| row.cell(&[0])).collect();
            assert_eq!(cells, ["x, y", "3"], "{text:?}");
            assert_eq!((table.rows[0].cell(&[1]), table.rows[1].cell(&[1])), ("2", ""));
        }
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
