//! Files that are there whole or not at all, whatever happens to the process or the machine.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::StudyError;

/// Writes `bytes` as the file `path`, replacing what was there, whole or not at all.
///
/// # Errors
/// What the system says; the file is then as it was before.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), StudyError> {
    let mut file = WholeFile::create(path)?;
    file.write_all(bytes).map_err(StudyError::write(path))?;
    file.finish()
}

/// A file that appears under its name only when it is finished; dropped before, it leaves nothing behind.
#[derive(Debug)]
pub struct WholeFile {
    path: PathBuf,
    part: PathBuf,
    /// Taken when the file is finished.
    writer: Option<BufWriter<File>>,
}

impl WholeFile {
    /// Starts a file that will be `path`, in a folder that is made if need be.
    ///
    /// # Errors
    /// What the system says.
    pub fn create(path: &Path) -> Result<Self, StudyError> {
        let folder = folder_of(path);
        fs::create_dir_all(folder).map_err(StudyError::write(folder))?;
        let part = part_of(path);
        let file = File::create(&part).map_err(StudyError::write(path))?;
        Ok(Self {
            path: path.to_owned(),
            part,
            writer: Some(BufWriter::new(file)),
        })
    }

    /// Makes sure every byte is on the disk, then gives the file its name.
    ///
    /// # Errors
    /// What the system says; the file is then as it was before.
    pub fn finish(mut self) -> Result<(), StudyError> {
        let Some(writer) = self.writer.take() else {
            return Ok(());
        };
        let named = name_it(writer, &self.part, &self.path);
        if named.is_err() {
            remove(&self.part);
        }
        named.map_err(StudyError::write(&self.path))
    }
}

fn name_it(writer: BufWriter<File>, part: &Path, path: &Path) -> io::Result<()> {
    let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    drop(file);
    fs::rename(part, path)?;
    sync_folder(folder_of(path))
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.as_mut().map_or(Ok(0), |writer| writer.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.as_mut().map_or(Ok(()), BufWriter::flush)
    }
}

impl Drop for WholeFile {
    fn drop(&mut self) {
        if let Some(writer) = self.writer.take() {
            drop(writer.into_parts());
            remove(&self.part);
        }
    }
}

/// Removes unfinished files that a killed process left in `folder`.
///
/// # Errors
/// What the system says.
pub(crate) fn sweep(folder: &Path) -> Result<(), StudyError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(StudyError::read(folder))?,
    };
    for entry in entries {
        let path = entry.map_err(StudyError::read(folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') && name.ends_with(PART) {
            fs::remove_file(&path).map_err(StudyError::write(&path))?;
        }
    }
    Ok(())
}

const PART: &str = ".part";

fn part_of(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    folder_of(path).join(format!(".{name}{PART}"))
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Failing to remove an unfinished file changes nothing: it is never read, and swept later.
fn remove(part: &Path) {
    let _ = fs::remove_file(part);
}

/// Makes the new name itself last through a power failure.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Folders cannot be synchronised here.
#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/summary.csv");
        let mut dropped = WholeFile::create(&path).unwrap();
        dropped.write_all(b"half").unwrap();
        drop(dropped);
        assert!(names(&folder.path().join("new")).is_empty());
        write_whole(&path, b"whole").unwrap();
        write_whole(&path, b"again").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"again");
        assert_eq!(names(&folder.path().join("new")), ["summary.csv"]);
    }

    #[test]
    fn a_refusal_names_the_path_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("taken"), b"a file, no folder").unwrap();
        let message = write_whole(&folder.path().join("taken/summary.csv"), b"x")
            .unwrap_err()
            .to_string();
        assert!(message.contains("taken cannot be written"), "{message}");
        fs::create_dir(folder.path().join("summary.csv")).unwrap();
        assert!(write_whole(&folder.path().join("summary.csv"), b"x").is_err());
        assert_eq!(names(folder.path()), ["summary.csv", "taken"]);
    }

    #[test]
    fn what_a_killed_process_left_is_swept() {
        let folder = tempfile::tempdir().unwrap();
        std::mem::forget(WholeFile::create(&folder.path().join("weekly.csv")).unwrap());
        write_whole(&folder.path().join("kept.csv"), b"x").unwrap();
        sweep(folder.path()).unwrap();
        assert_eq!(names(folder.path()), ["kept.csv"]);
        sweep(&folder.path().join("nowhere")).unwrap();
    }
}
