//! The folder of an experiment: a small manifest and result files written whole; holds no worlds and cannot be resumed.
//!
//! An experiment is written when it is done, from its manifest on, and a folder belongs to one experiment: the same one
//! may be written again, to the same bytes, and anything else is refused before any run.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use scenarios::{ResolvedScenario, Scenario};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sim_core::outcomes::Outcome;
use sim_core::simulation::Span;

use crate::error::StudyError;
use crate::manifest::{ENGINE, MANIFEST_FILE, SCHEMA, short_digest};
use crate::whole::{sweep, write_whole};

/// Name of the file with what was found, in sentences and tables; written last, so where it is, everything is.
pub const VERDICT_FILE: &str = "verdict.json";

/// Everything that an experiment is: enough to run it again to the same bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExperimentManifest {
    /// Version of the shape of this file.
    pub schema: u32,
    /// The command, such as `sensitivity`.
    pub experiment: String,
    /// Version of the engine.
    pub engine: String,
    /// Seed.
    pub seed: u64,
    /// Weeks before week 0 \[weeks\].
    pub warm_up_weeks: u32,
    /// Weeks from week 0 \[weeks\].
    pub horizon_weeks: u32,
    /// The outcome that was asked about.
    pub outcome: String,
    /// What else the command was given.
    pub options: Map<String, Value>,
    /// The scenarios with every value.
    pub scenarios: Vec<ResolvedScenario>,
}

impl ExperimentManifest {
    /// The manifest of an experiment by the command `experiment`.
    pub fn new(
        experiment: &str,
        seed: u64,
        span: Span,
        outcome: Outcome,
        options: Map<String, Value>,
        scenarios: &[Scenario],
    ) -> Self {
        Self {
            schema: SCHEMA,
            experiment: experiment.to_owned(),
            engine: ENGINE.to_owned(),
            seed,
            warm_up_weeks: span.warm_up_weeks,
            horizon_weeks: span.horizon_weeks,
            outcome: outcome.row().name.to_owned(),
            options,
            scenarios: scenarios.iter().map(ResolvedScenario::from).collect(),
        }
    }

    /// Everything that was asked for, in six hexadecimal digits: what tells experiments of the same arms and seed apart.
    pub fn digest(&self) -> String {
        // A manifest is plain data, so it always has bytes.
        short_digest(&self.bytes().unwrap_or_default())
    }

    fn bytes(&self) -> Result<Vec<u8>, io::Error> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// A folder that may be written to.
#[derive(Debug)]
pub struct ExperimentFolder {
    path: PathBuf,
    manifest: ExperimentManifest,
}

impl ExperimentFolder {
    /// Makes sure that `path` is new, empty, or holds this very experiment; writes nothing yet.
    ///
    /// # Errors
    /// If the folder holds something else, or cannot be read.
    pub fn claim(path: &Path, manifest: ExperimentManifest) -> Result<Self, StudyError> {
        let file = path.join(MANIFEST_FILE);
        match fs::read(&file) {
            Ok(held) => refuse_another(path, &held, &manifest)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => refuse_files(path)?,
            Err(error) => return Err(StudyError::read(&file)(error)),
        }
        Ok(Self {
            path: path.to_owned(),
            manifest,
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the manifest, then every file, each whole; names may hold folders.
    ///
    /// # Errors
    /// What the system says; files written before are kept.
    pub fn write<'f>(&self, files: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> Result<(), StudyError> {
        let file = self.path.join(MANIFEST_FILE);
        let bytes = self.manifest.bytes().map_err(StudyError::write(&file))?;
        write_whole(&file, &bytes)?;
        sweep(&self.path)?;
        for (name, bytes) in files {
            write_whole(&self.path.join(name), bytes)?;
        }
        Ok(())
    }
}

fn refuse_another(path: &Path, held: &[u8], wanted: &ExperimentManifest) -> Result<(), StudyError> {
    let held = match serde_json::from_slice::<ExperimentManifest>(held) {
        Ok(held) if held == *wanted => return Ok(()),
        Ok(held) => difference(&held, wanted),
        Err(_) => "no experiment of this program and version".to_owned(),
    };
    Err(StudyError::OtherStudy {
        path: path.to_owned(),
        difference: held,
    })
}

/// What makes the experiment that is held another one than the one that is wanted, in words.
fn difference(held: &ExperimentManifest, wanted: &ExperimentManifest) -> String {
    if held.experiment != wanted.experiment {
        return format!("of `orgsim {}`", held.experiment);
    }
    let names = |manifest: &ExperimentManifest| {
        let names: Vec<&str> = manifest.scenarios.iter().map(|arm| arm.name.as_str()).collect();
        names.join(" and ")
    };
    if names(held) != names(wanted) {
        return format!("of {}", names(held));
    }
    let settings = |manifest: &ExperimentManifest| {
        let mut values = vec![
            ("engine", manifest.engine.clone()),
            ("seed", manifest.seed.to_string()),
            ("outcome", manifest.outcome.clone()),
            ("weeks", manifest.horizon_weeks.to_string()),
        ];
        values.push(("warm-up weeks", manifest.warm_up_weeks.to_string()));
        values
    };
    let plain = settings(held).into_iter().zip(settings(wanted));
    let of_options = held
        .options
        .iter()
        .find(|(key, value)| wanted.options.get(*key) != Some(value))
        .map(|(key, value)| format!("with {key} {value}"));
    plain
        .into_iter()
        .find(|(held, wanted)| held != wanted)
        .map(|((name, held), _)| format!("with {name} {held}"))
        .or(of_options)
        .unwrap_or_else(|| "with other parameters".to_owned())
}

fn refuse_files(path: &Path) -> Result<(), StudyError> {
    let mut entries = match fs::read_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(StudyError::read(path))?,
    };
    match entries.next() {
        Some(_) => Err(StudyError::NotEmpty {
            path: path.to_owned(),
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(seed: u64) -> ExperimentManifest {
        let options = Map::from_iter([("points".to_owned(), Value::from(8))]);
        ExperimentManifest::new(
            "sweep",
            seed,
            Span::default(),
            Outcome::ShippedValue,
            options,
            &[],
        )
    }

    #[test]
    fn a_folder_belongs_to_one_experiment() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new");
        let claimed = ExperimentFolder::claim(&path, manifest(1)).unwrap();
        assert!(!path.exists());
        claimed.write([("plots/a.svg", b"x".as_slice())]).unwrap();
        assert_eq!(fs::read(path.join("plots/a.svg")).unwrap(), b"x");
        let before = fs::read(path.join(MANIFEST_FILE)).unwrap();
        ExperimentFolder::claim(&path, manifest(1))
            .unwrap()
            .write([])
            .unwrap();
        assert_eq!(fs::read(path.join(MANIFEST_FILE)).unwrap(), before);
        let refused = ExperimentFolder::claim(&path, manifest(2))
            .unwrap_err()
            .to_string();
        assert!(refused.contains("holds another study: with seed 1"), "{refused}");
    }

    #[test]
    fn folders_in_use_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("notes.txt"), b"x").unwrap();
        let refused = ExperimentFolder::claim(folder.path(), manifest(1)).unwrap_err();
        assert!(matches!(refused, StudyError::NotEmpty { .. }), "{refused}");
        fs::write(folder.path().join(MANIFEST_FILE), b"{\"schema\": 1}").unwrap();
        let refused = ExperimentFolder::claim(folder.path(), manifest(1)).unwrap_err();
        assert!(matches!(refused, StudyError::OtherStudy { .. }), "{refused}");
    }
}
