//! The result files of a study: which there are and where; their bytes come from `reports`, their writing from `studies`.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use experiments::result::Comparison;
use reports::plots::plots;
use reports::replications::{ReplicationRow, replications_columns};
use reports::rows::{Column, Format, TableWriter};
use reports::tables::{differences_csv, summary_csv, weekly_table};
use scenarios::Scenario;
use studies::{Study, WholeFile, write_whole};

use crate::failure::Failure;

/// Folder of plots within a study.
pub const PLOTS: &str = "plots";
/// Folder of scenario files within a study.
pub const SCENARIOS: &str = "scenarios";

/// Whether plots are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plotting {
    /// All plots.
    Drawn,
    /// None.
    Left,
}

/// Writes every table and the scenarios.
///
/// # Errors
/// If a file cannot be written or a shard cannot be read.
pub fn write_tables(study: &Study, comparison: &Comparison, format: Format) -> Result<(), Failure> {
    let folder = study.folder();
    let tables: [(&str, io::Result<Vec<u8>>); 2] = [
        ("summary.csv", summary_csv(comparison)),
        ("differences.csv", differences_csv(comparison)),
    ];
    for (name, bytes) in tables {
        let path = folder.join(name);
        let bytes = bytes.map_err(|error| Failure::file("written", &path, &error))?;
        write_whole(&path, &bytes)?;
    }
    write_large(folder, "weekly", format, &weekly_table(comparison, format))?;
    write_replications(study, comparison, format)?;
    write_scenarios(&folder.join(SCENARIOS), &study.plan().arms)
}

/// Writes a large table, in place of the one in another format.
///
/// # Errors
/// If it cannot be written.
pub fn write_large(
    folder: &Path,
    name: &str,
    format: Format,
    table: &io::Result<Vec<u8>>,
) -> Result<(), Failure> {
    let path = folder.join(format!("{name}.{}", format.word()));
    match table {
        Ok(bytes) => write_whole(&path, bytes)?,
        Err(error) => return Err(Failure::file("written", &path, error)),
    }
    remove_other_formats(folder, name, format)
}

/// A large table that is written row by row, in place of the one in another format.
pub struct LargeTable {
    folder: PathBuf,
    name: &'static str,
    format: Format,
    rows: TableWriter<WholeFile>,
}

impl LargeTable {
    /// Starts the table.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn start(
        folder: &Path,
        name: &'static str,
        format: Format,
        columns: &[Column],
    ) -> Result<Self, Failure> {
        let path = folder.join(format!("{name}.{}", format.word()));
        let rows = TableWriter::new(WholeFile::create(&path)?, format, columns);
        Ok(Self {
            folder: folder.to_owned(),
            name,
            format,
            rows: rows.map_err(|error| Failure::file("written", &path, &error))?,
        })
    }

    /// Lets `write` add rows.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn add(
        &mut self,
        write: impl FnOnce(&mut TableWriter<WholeFile>) -> io::Result<()>,
    ) -> Result<(), Failure> {
        write(&mut self.rows).map_err(|error| Failure::file("written", &self.folder.join(self.name), &error))
    }

    /// Makes sure that every row is on the disk.
    ///
    /// # Errors
    /// If that cannot be.
    pub fn finish(self) -> Result<(), Failure> {
        let path = self.folder.join(self.name);
        let written = self.rows.finish();
        written
            .map_err(|error| Failure::file("written", &path, &error))?
            .finish()?;
        remove_other_formats(&self.folder, self.name, self.format)
    }
}

fn remove_other_formats(folder: &Path, name: &str, format: Format) -> Result<(), Failure> {
    for other in Format::ALL.into_iter().filter(|other| *other != format) {
        let path = folder.join(format!("{name}.{}", other.word()));
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(Failure::file("removed", &path, &error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The format in which the large tables of a study are there already.
pub fn format_of(folder: &Path) -> Format {
    let is_there = |format: &Format| {
        let tables = ["replications", "runs"].into_iter();
        tables
            .map(|table| folder.join(format!("{table}.{}", format.word())))
            .any(|path| path.is_file())
    };
    Format::ALL.into_iter().find(is_there).unwrap_or_default()
}

fn write_replications(study: &Study, comparison: &Comparison, format: Format) -> Result<(), Failure> {
    let columns = replications_columns();
    let mut table = LargeTable::start(study.folder(), "replications", format, &columns)?;
    for basis in std::iter::once(&comparison.settings).chain(&comparison.plausible) {
        for row in study.rows(basis) {
            let row = row?;
            let row = ReplicationRow {
                study: study.id(),
                basis: basis.basis,
                arm: basis.arms.get(row.arm as usize).map_or("", |arm| &arm.name),
                replication: row.replication,
                seed: study.plan().seed,
                outcomes: row
                    .status
                    .as_ref()
                    .map(|()| &row.outcomes)
                    .map_err(String::as_str),
            };
            table.add(|table| table.push(row.cells()))?;
        }
    }
    table.finish()
}

/// Each arm as files that depend on no file elsewhere: `<arm>.toml` and `<arm>-environment.toml`, with a transformation also
/// `<arm>-transformation.toml` and `<arm>-target.toml`, to which that leads.
pub fn write_scenarios(folder: &Path, arms: &[Scenario]) -> Result<(), Failure> {
    let mut taken = HashSet::new();
    for arm in arms {
        let text = arm.to_toml();
        let stem = free_name(&file_name(&arm.name), &mut taken);
        write_whole(
            &folder.join(format!("{stem}.toml")),
            text.operating_model.as_bytes(),
        )?;
        write_whole(
            &folder.join(format!("{stem}-environment.toml")),
            text.environment.as_bytes(),
        )?;
        let target_file = format!("{stem}-target.toml");
        if let Some([change, target]) = arm.change_to_toml(&target_file) {
            write_whole(&folder.join(target_file), target.as_bytes())?;
            write_whole(
                &folder.join(format!("{stem}-transformation.toml")),
                change.as_bytes(),
            )?;
        }
    }
    Ok(())
}

/// What follows the name of an arm in the names of its files.
const ENDINGS: [&str; 4] = ["", "-environment", "-transformation", "-target"];

/// The name, or the name with the first number that makes all of its files new.
fn free_name(name: &str, taken: &mut HashSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let files = |stem: &str| ENDINGS.map(|ending| format!("{stem}{ending}"));
    let is_free = |stem: &String| files(stem).iter().all(|file| !taken.contains(file));
    let stem = std::iter::once(name.to_owned())
        .chain(numbered)
        .find(is_free)
        .unwrap_or_default();
    taken.extend(files(&stem));
    stem
}

/// Longest name of an arm within the name of a file: file systems take 255, and four arms may stand in one \[bytes\].
const LONGEST_NAME: usize = 48;

/// `name` with nothing in it that a file system could mind.
pub fn file_name(name: &str) -> String {
    let plain = |letter: char| {
        if letter.is_alphanumeric() || "._".contains(letter) {
            letter
        } else {
            '-'
        }
    };
    let name: String = name.chars().map(plain).collect();
    let name = &name[..name.floor_char_boundary(LONGEST_NAME)];
    let name = name.trim_matches(['-', '.']);
    if name.is_empty() {
        "arm".to_owned()
    } else {
        name.to_owned()
    }
}

/// Draws the plots, or removes those that no longer fit the tables.
///
/// # Errors
/// If a plot cannot be drawn, written or removed.
pub fn write_plots(folder: &Path, comparison: &Comparison, plotting: Plotting) -> Result<(), Failure> {
    let folder = folder.join(PLOTS);
    remove_pictures(&folder)?;
    if plotting == Plotting::Left {
        return Ok(());
    }
    for plot in plots(comparison).map_err(|error| Failure::Study(error.to_string()))? {
        write_whole(&folder.join(format!("{}.svg", plot.name)), &plot.svg)?;
        write_whole(&folder.join(format!("{}.png", plot.name)), &plot.png)?;
    }
    Ok(())
}

/// Removes the pictures of a folder.
///
/// # Errors
/// If one cannot be removed.
pub fn remove_pictures(folder: &Path) -> Result<(), Failure> {
    let is_picture = |path: &PathBuf| {
        path.extension()
            .is_some_and(|ending| ending == "svg" || ending == "png")
    };
    for path in files_in(folder)?.into_iter().filter(is_picture) {
        fs::remove_file(&path).map_err(|error| Failure::file("removed", &path, &error))?;
    }
    Ok(())
}

/// Paths of the files in a folder, by name; none if there is no such folder.
pub fn files_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let refused = |error: io::Error| Failure::file("read", folder, &error);
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(refused)?,
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(refused)?.path();
        if path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_hold_nothing_that_a_file_system_could_mind() {
        assert_eq!(file_name("safe@startup"), "safe-startup");
        assert_eq!(file_name("../../etc: x"), "etc--x");
        assert_eq!(file_name("…/.."), "arm");
        assert_eq!(file_name("größer"), "größer");
        assert!(file_name(&"größe".repeat(50)).len() <= LONGEST_NAME);
    }

    #[test]
    fn files_of_two_arms_never_meet() {
        let mut taken = HashSet::new();
        let names = ["safe-startup", "safe-startup", "safe-startup-environment"];
        let stems = names.map(|name| free_name(name, &mut taken));
        assert_eq!(
            stems,
            ["safe-startup", "safe-startup-2", "safe-startup-environment-2"]
        );
    }
}
