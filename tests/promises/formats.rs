//! Large tables as CSV or as Parquet: the same figures, and never both in one folder.

use std::fs::File;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

use crate::terminal::{Terminal, assert_same_study};

const SMALL: &str = "--teams 2 --horizon 20 --no-plots --quiet";

/// The cells of a CSV table as text, head first.
fn of_csv(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    reader
        .records()
        .map(|row| row.expect("a row").iter().map(str::to_owned).collect())
        .collect()
}

/// The cells of a Parquet table as text, head first; unknown ones empty.
fn of_parquet(terminal: &Terminal, name: &str) -> Vec<Vec<String>> {
    let file = File::open(terminal.path(name)).expect("the table is there");
    let reader = SerializedFileReader::new(file).expect("a Parquet file");
    let schema = reader.metadata().file_metadata().schema_descr();
    let head = schema
        .columns()
        .iter()
        .map(|column| column.name().to_owned())
        .collect();
    let cell = |field: Field| match field {
        Field::Null => String::new(),
        Field::Str(text) => text,
        Field::ULong(number) => number.to_string(),
        Field::Double(number) => number.to_string(),
        other => panic!("{other}"),
    };
    let rows = reader.get_row_iter(None).expect("rows");
    let rows = rows.map(|row| {
        let columns = row.expect("a row").into_columns();
        columns.into_iter().map(|(_, field)| cell(field)).collect()
    });
    std::iter::once(head).chain(rows).collect()
}

/// The tables with every number read and written alike.
fn assert_same_cells(csv: &[Vec<String>], parquet: &[Vec<String>]) {
    assert_eq!(csv.len(), parquet.len());
    for (one, other) in csv.iter().flatten().zip(parquet.iter().flatten()) {
        match (one.parse::<f64>(), other.parse::<f64>()) {
            (Ok(one), Ok(other)) => assert_eq!(one.to_bits(), other.to_bits()),
            _ => assert_eq!(one, other),
        }
    }
}

#[test]
fn a_study_has_the_same_figures_in_both_formats() {
    let terminal = Terminal::new();
    let line = format!("compare safe empowered --replications 40 {SMALL} --out study");
    terminal.done(&line);
    let csv = ["replications", "weekly"].map(|name| of_csv(&terminal.read(&format!("study/{name}.csv"))));
    terminal.done(&format!("{line} --format parquet"));
    for (name, csv) in ["replications", "weekly"].iter().zip(csv) {
        assert!(
            !terminal.path(&format!("study/{name}.csv")).exists(),
            "only one format is there"
        );
        assert_same_cells(&csv, &of_parquet(&terminal, &format!("study/{name}.parquet")));
    }
    // Whatever is done with the study keeps its format.
    terminal.done("rerun study --quiet");
    terminal.done("extend study --replications 50 --no-plots --quiet");
    assert!(terminal.path("study/replications.parquet").exists());
    assert!(!terminal.path("study/replications.csv").exists());
    terminal.done(&format!(
        "compare safe empowered --replications 50 {SMALL} --out direct --format parquet"
    ));
    assert_same_study(&terminal.study("study"), &terminal.study("direct"));
}

#[test]
fn a_sweep_has_the_same_figures_in_both_formats_and_units_are_in_the_file() {
    let terminal = Terminal::new();
    terminal.write(
        "plan.toml",
        "arms = [\"safe\", \"empowered\"]\ndesign = \"grid\"\nreplications = 3\n[[factor]]\n\
         parameter = \"environment.coupling\"\nvalues = [0.1, 0.4]\n[[factor]]\nenvironment = [\"enterprise\", \"startup\"]\n",
    );
    let line = format!("sweep plan.toml {SMALL} --out swept");
    terminal.done(&line);
    let csv = ["points", "runs"].map(|name| of_csv(&terminal.read(&format!("swept/{name}.csv"))));
    terminal.done(&format!("{line} --format parquet"));
    for (name, csv) in ["points", "runs"].iter().zip(csv) {
        assert!(
            !terminal.path(&format!("swept/{name}.csv")).exists(),
            "only one format is there"
        );
        assert_same_cells(&csv, &of_parquet(&terminal, &format!("swept/{name}.parquet")));
    }
    let file = File::open(terminal.path("swept/runs.parquet")).expect("the table is there");
    let reader = SerializedFileReader::new(file).expect("a Parquet file");
    let pairs = reader
        .metadata()
        .file_metadata()
        .key_value_metadata()
        .expect("units");
    let unit = pairs
        .iter()
        .find(|pair| pair.key == "unit:shipped_value_team_week_costs");
    assert_eq!(
        unit.and_then(|pair| pair.value.as_deref()),
        Some("team-week costs")
    );
}
