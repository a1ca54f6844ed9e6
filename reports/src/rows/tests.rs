//! The same rows come back from both formats, unknown ones included, and a full disk is told from anything else.

use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::Field;

use super::*;

fn columns() -> Vec<Column> {
    vec![
        Column::new("arm", Kind::Text),
        Column::of("replication", Kind::Whole, "number of a world"),
        Column::of("morale_share", Kind::Number, "share"),
    ]
}

/// Enough for three groups of rows; every seventh value is unknown, every fifth word is empty.
const ROWS: u64 = 120_001;

fn cells(row: u64) -> [Cell<'static>; 3] {
    let arm = match row % 5 {
        0 => "",
        1 | 2 => "safe",
        _ => "größer, \"so\"",
    };
    let value = (!row.is_multiple_of(7)).then_some(row as f64 / 3.0);
    [Cell::Text(arm), Cell::Whole(u64::MAX - row), Cell::Number(value)]
}

fn table(format: Format, rows: u64) -> Vec<u8> {
    let mut table = TableWriter::new(Vec::new(), format, &columns()).unwrap();
    (0..rows).for_each(|row| table.push(cells(row)).unwrap());
    table.finish().unwrap()
}

#[test]
fn csv_has_a_line_for_each_row_and_empty_cells_for_the_unknown() {
    let text = String::from_utf8(table(Format::Csv, 3)).unwrap();
    let expected = "arm,replication,morale_share\n,18446744073709551615,\nsafe,18446744073709551614,0.3333333333333333\n\
                    safe,18446744073709551613,0.6666666666666666\n";
    assert_eq!(text, expected);
}

#[test]
fn parquet_gives_back_every_bit_and_the_units() {
    let reader = SerializedFileReader::new(bytes::Bytes::from(table(Format::Parquet, ROWS))).unwrap();
    let metadata = reader.metadata().file_metadata();
    let units: Vec<(String, Option<String>)> = metadata
        .key_value_metadata()
        .unwrap()
        .iter()
        .map(|pair| (pair.key.clone(), pair.value.clone()))
        .collect();
    let expected = [
        ("unit:replication", "number of a world"),
        ("unit:morale_share", "share"),
    ];
    assert_eq!(
        units,
        expected.map(|(key, unit)| (key.to_owned(), Some(unit.to_owned())))
    );
    assert_eq!(reader.metadata().num_row_groups(), 3);
    let mut found = 0;
    for (number, row) in reader.get_row_iter(None).unwrap().enumerate() {
        let [Cell::Text(arm), Cell::Whole(whole), Cell::Number(value)] = cells(number as u64) else {
            panic!("three cells")
        };
        let expected = [
            if arm.is_empty() {
                Field::Null
            } else {
                Field::Str(arm.to_owned())
            },
            Field::ULong(whole),
            value.map_or(Field::Null, Field::Double),
        ];
        let fields: Vec<Field> = row
            .unwrap()
            .into_columns()
            .into_iter()
            .map(|(_, field)| field)
            .collect();
        assert_eq!(fields, expected);
        found += 1;
    }
    assert_eq!(found, ROWS);
    assert_eq!(table(Format::Parquet, 1000), table(Format::Parquet, 1000));
}

/// A writer with room for a number of bytes: a disk that fills up.
#[derive(Debug)]
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

#[test]
fn a_full_disk_is_reported_as_one() {
    for format in Format::ALL {
        let mut table = TableWriter::new(Full(10_000), format, &columns()).unwrap();
        let written = (0..ROWS).try_for_each(|row| table.push(cells(row)));
        let refused = written.and_then(|()| table.finish().map(|_| ())).unwrap_err();
        assert_eq!(
            refused.kind(),
            io::ErrorKind::StorageFull,
            "{format:?}: {refused}"
        );
    }
}
