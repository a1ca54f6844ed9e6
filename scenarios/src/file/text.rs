//! The text of a scenario file, from the library or from disk; never what it means.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use crate::error::ScenarioError;
use crate::excerpt::Excerpt;
use crate::kind::Kind;
use crate::library::Library;
use crate::nearest::nearest;

/// Largest file that is read \[bytes\].
const LARGEST_FILE_BYTES: u64 = 1024 * 1024;

/// A text with what messages call it and where names in it are looked up.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    /// What messages call it.
    pub label: String,
    /// Name in lists and plots: the library name, or the file name without `.toml`.
    pub name: String,
    /// Two texts are the same file if this is equal.
    pub identity: String,
    /// Folder against which paths in the text are resolved; `None` in the library.
    pub folder: Option<PathBuf>,
    /// The text itself.
    pub content: Cow<'static, str>,
}

/// Whether `target` is a path rather than a library name.
pub(crate) fn is_path(target: &str) -> bool {
    target.ends_with(".toml") || target.contains(std::path::is_separator)
}

impl Text {
    /// The file or library entry `target` of `kind`; relative paths start from `folder`, which named it `at` a place.
    ///
    /// # Errors
    /// If there is no such library entry or file, or the file cannot be read as text.
    pub(crate) fn open(
        kind: Kind,
        target: &str,
        folder: Option<&Path>,
        at: Option<&Excerpt>,
    ) -> Result<Self, ScenarioError> {
        if is_path(target) {
            let path = folder.map_or_else(|| PathBuf::from(target), |folder| folder.join(target));
            return Self::from_file(&path, at);
        }
        let Some(entry) = Library::find(kind, target) else {
            let names = Library::of_kind(kind).map(|entry| entry.name);
            let at = at.cloned().map(Box::new);
            let name = target.to_owned();
            return Err(ScenarioError::UnknownName {
                at,
                kind,
                nearest: nearest(&name, names),
                name,
            });
        };
        let label = format!("library/{}/{}.toml", kind.folder(), entry.name);
        let content = Cow::Borrowed(entry.text);
        Ok(Self {
            identity: label.clone(),
            label,
            name: entry.name.to_owned(),
            folder: None,
            content,
        })
    }

    /// The file at `path`, which was named `at` a place.
    ///
    /// # Errors
    /// If there is no such file, or it cannot be read as text.
    pub(crate) fn from_file(path: &Path, at: Option<&Excerpt>) -> Result<Self, ScenarioError> {
        let label = path.display().to_string();
        let content = content(path).map_err(|problem| match problem.kind() {
            ErrorKind::NotFound => missing(path, &label, at),
            _ => unreadable(&label, at, reason(&problem)),
        })?;
        let name = path
            .file_stem()
            .unwrap_or(path.as_os_str())
            .to_string_lossy()
            .into_owned();
        let identity = path
            .canonicalize()
            .unwrap_or_else(|_| path.to_owned())
            .display()
            .to_string();
        let folder = Some(path.parent().unwrap_or(Path::new("")).to_owned());
        Ok(Self {
            label,
            name,
            identity,
            folder,
            content: Cow::Owned(content),
        })
    }
}

/// Reads the whole file, but never more than the largest size, so that no device or pipe fills the memory.
fn content(path: &Path) -> io::Result<String> {
    let metadata = path.metadata()?;
    if metadata.is_dir() {
        return Err(io::Error::from(ErrorKind::IsADirectory));
    }
    // A pipe that nobody writes to would be waited for without end.
    if !metadata.is_file() {
        return Err(io::Error::other(
            "it is no ordinary file; save it as a file first",
        ));
    }
    let file = File::open(path)?;
    let mut bytes = Vec::new();
    file.take(LARGEST_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_FILE_BYTES {
        return Err(io::Error::from(ErrorKind::FileTooLarge));
    }
    String::from_utf8(bytes).map_err(|problem| {
        let valid = problem.utf8_error().valid_up_to();
        let (text, byte) = (
            String::from_utf8_lossy(&problem.as_bytes()[..valid]),
            problem.as_bytes()[valid],
        );
        let end = Excerpt::new("", &format!("{text} "), valid..valid);
        let reason = format!(
            "the byte 0x{byte:02x} at line {}, column {} is not UTF-8; save the file as UTF-8",
            end.line, end.column
        );
        io::Error::new(ErrorKind::InvalidData, reason)
    })
}

fn reason(problem: &io::Error) -> String {
    match problem.kind() {
        ErrorKind::IsADirectory => "it is a folder; name a file in it that ends in `.toml`".to_owned(),
        ErrorKind::PermissionDenied => "permission denied; make the file readable for you".to_owned(),
        ErrorKind::FileTooLarge => {
            "it is larger than 1 MiB; a scenario file has a few hundred lines at most".to_owned()
        }
        _ => problem.to_string(),
    }
}

fn unreadable(label: &str, at: Option<&Excerpt>, reason: String) -> ScenarioError {
    ScenarioError::Unreadable {
        at: at.cloned().map(Box::new),
        path: label.to_owned(),
        reason,
    }
}

fn missing(path: &Path, label: &str, at: Option<&Excerpt>) -> ScenarioError {
    ScenarioError::MissingFile {
        at: at.cloned().map(Box::new),
        path: label.to_owned(),
        nearest: beside(path),
    }
}

/// The scenario file in the same folder whose name is closest.
fn beside(path: &Path) -> Option<String> {
    let parent = path.parent()?;
    let folder = if parent.as_os_str().is_empty() {
        Path::new(".")
    } else {
        parent
    };
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".toml"))
        .collect();
    names.sort();
    let found = nearest(
        &path.file_name()?.to_string_lossy(),
        names.iter().map(String::as_str),
    )?;
    Some(parent.join(found).display().to_string())
}
