//! What lies finished in a folder: a study with everything it found, or an experiment; read, never changed, and nothing
//! is simulated.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use experiments::block::Block;
use experiments::error::KeeperError;
use experiments::result::{Basis, BasisResult, Comparison};
use experiments::{ComparisonPlan, Engine, Observer, compare};
use scenarios::Scenario;
use serde::Deserialize;
use sim_core::parameters::Parameters;
use sim_core::simulation::{Request, Run, Span, WorldKey};

use crate::error::StudyError;
use crate::experiment::{ExperimentManifest, VERDICT_FILE};
use crate::keeper::Keeper;
use crate::log::Reading;
use crate::manifest::{ENGINE, MANIFEST_FILE, Manifest, SCHEMA, Status};
use crate::study::Rows;

/// What a folder holds.
#[derive(Debug)]
pub enum Finished {
    /// A comparison.
    Study(Box<FinishedStudy>),
    /// Any other experiment.
    Experiment(Box<FinishedExperiment>),
}

/// A finished study, locked against changes while it is read.
#[derive(Debug)]
pub struct FinishedStudy {
    folder: PathBuf,
    /// What the study is.
    pub manifest: Manifest,
    /// What was compared, and how far.
    pub plan: ComparisonPlan,
    /// What was found.
    pub comparison: Comparison,
    _reading: Reading,
}

/// A finished experiment.
#[derive(Debug)]
pub struct FinishedExperiment {
    /// What the experiment is.
    pub manifest: ExperimentManifest,
    /// Its scenarios.
    pub arms: Vec<Scenario>,
    /// The bytes of its [`VERDICT_FILE`].
    pub verdict: Vec<u8>,
    /// Its plots as SVG, by name without ending; none if none were drawn.
    pub plots: Vec<(String, Vec<u8>)>,
    /// Names of its tables.
    pub tables: Vec<String>,
}

/// The part of a manifest that studies and experiments of every version have.
#[derive(Deserialize)]
struct Shape {
    schema: u32,
    engine: String,
    experiment: Option<String>,
}

impl Finished {
    /// Reads what the folder holds.
    ///
    /// # Errors
    /// If it holds nothing that is finished, another version made it, it is being worked on, or a file is damaged, missing
    /// or cannot be read.
    pub fn read(folder: &Path) -> Result<Self, StudyError> {
        let (text, shape) = shape(folder)?;
        if shape.experiment.is_some() {
            return FinishedExperiment::of(folder, &text).map(|found| Self::Experiment(Box::new(found)));
        }
        FinishedStudy::read(folder).map(|found| Self::Study(Box::new(found)))
    }
}

fn shape(folder: &Path) -> Result<(Vec<u8>, Shape), StudyError> {
    let path = folder.join(MANIFEST_FILE);
    let text = match fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let path = folder.to_owned();
            return Err(StudyError::NoStudy { path });
        }
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            let path = folder.to_owned();
            return Err(StudyError::NotAFolder { path });
        }
        text => text.map_err(StudyError::read(&path))?,
    };
    let shape: Shape = serde_json::from_slice(&text).map_err(bad(&path))?;
    if shape.schema != SCHEMA {
        let reason = format!(
            "its schema is {}, and this version of the program reads {SCHEMA}",
            shape.schema
        );
        return Err(StudyError::BadManifest { path, reason });
    }
    if shape.engine != ENGINE {
        return Err(StudyError::OtherEngine {
            path: folder.to_owned(),
            made_by: shape.engine,
            this: ENGINE,
        });
    }
    Ok((text, shape))
}

fn bad<E: ToString>(path: &Path) -> impl FnOnce(E) -> StudyError {
    let path = path.to_owned();
    move |error| StudyError::BadManifest {
        path,
        reason: error.to_string(),
    }
}

impl FinishedStudy {
    /// Reads the study in `folder`.
    ///
    /// # Errors
    /// As [`Finished::read`].
    pub fn read(folder: &Path) -> Result<Self, StudyError> {
        let (_, shape) = shape(folder)?;
        if let Some(experiment) = shape.experiment {
            return Err(StudyError::NoComparison {
                path: folder.to_owned(),
                experiment,
            });
        }
        let reading = Reading::start(folder)?;
        let manifest = Manifest::read(folder)?;
        manifest.refuse_slice(folder)?;
        if manifest.status != Status::Finished {
            let path = folder.to_owned();
            return Err(StudyError::Unfinished { path });
        }
        let plan = manifest.plan().map_err(bad(&folder.join(MANIFEST_FILE)))?;
        let comparison = from_shards(folder, &manifest, &plan)?;
        Ok(Self {
            folder: folder.to_owned(),
            manifest,
            plan,
            comparison,
            _reading: reading,
        })
    }

    /// The study's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Every row that `result` rests on, world by world, read from the shards one by one.
    pub fn rows(&self, result: &BasisResult) -> Rows {
        Rows::new(
            shards(&self.folder),
            self.manifest.identity(),
            result,
            self.plan.arms.len() as u64,
        )
    }
}

fn shards(folder: &Path) -> PathBuf {
    folder.join("shards")
}

/// The comparison as its shards have it; they must hold every world that the manifest counts.
fn from_shards(folder: &Path, manifest: &Manifest, plan: &ComparisonPlan) -> Result<Comparison, StudyError> {
    let mut nobody = |_| {};
    let mut shelf = Shelf(Keeper::new(shards(folder), manifest.identity(), &[], &mut nobody));
    let comparison = compare(plan, &NoEngine, &mut shelf, &AtomicBool::new(false))?;
    let bases = std::iter::once(&comparison.settings).chain(&comparison.plausible);
    for (found, wanted) in bases.zip(&manifest.bases) {
        if found.replications != wanted.replications {
            return Err(StudyError::MissingRows {
                path: shards(folder),
                found: found.replications,
                wanted: wanted.replications,
            });
        }
    }
    Ok(comparison)
}

/// Gives what is kept, and takes nothing.
struct Shelf<'a>(Keeper<'a>);

impl Observer for Shelf<'_> {
    fn known(&mut self, basis: Basis, index: u64) -> Result<Option<Block>, KeeperError> {
        self.0.known(basis, index)
    }
}

/// Runs nothing: blocks that are not kept stay missing.
struct NoEngine;

impl Engine for NoEngine {
    fn run(&self, _: &Parameters, _: Span, _: WorldKey, _: Request, _: &AtomicBool) -> Option<Run> {
        None
    }

    fn run_after(
        &self,
        _: experiments::fork::Past,
        _: &Parameters,
        _: Span,
        _: WorldKey,
        _: Request,
        _: &AtomicBool,
    ) -> Result<Option<Run>, String> {
        Ok(None)
    }
}

impl FinishedExperiment {
    fn of(folder: &Path, manifest: &[u8]) -> Result<Self, StudyError> {
        let path = folder.join(MANIFEST_FILE);
        let manifest: ExperimentManifest = serde_json::from_slice(manifest).map_err(bad(&path))?;
        if let Some(slice) = manifest.slice {
            return Err(StudyError::IsSlice {
                path: folder.to_owned(),
                slice,
            });
        }
        if manifest.status != Status::Finished {
            return Err(StudyError::Unfinished {
                path: folder.to_owned(),
            });
        }
        let arms = manifest.scenarios.iter().map(Scenario::try_from);
        let verdict = folder.join(VERDICT_FILE);
        Ok(Self {
            arms: arms.collect::<Result<_, _>>().map_err(bad(&path))?,
            verdict: match fs::read(&verdict) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    let path = folder.to_owned();
                    return Err(StudyError::NoVerdict { path });
                }
                bytes => bytes.map_err(StudyError::read(&verdict))?,
            },
            plots: files(&folder.join("plots"), "svg")?,
            tables: [names(folder, "csv")?, names(folder, "parquet")?].concat(),
            manifest,
        })
    }
}

/// The files in a folder with this ending, by name without it; none if there is no folder.
fn files(folder: &Path, ending: &str) -> Result<Vec<(String, Vec<u8>)>, StudyError> {
    let read = |name: String| {
        let path = folder.join(&name);
        let bytes = fs::read(&path).map_err(StudyError::read(&path))?;
        let stem = name.strip_suffix(&format!(".{ending}")).unwrap_or(&name);
        Ok((stem.to_owned(), bytes))
    };
    names(folder, ending)?.into_iter().map(read).collect()
}

fn names(folder: &Path, ending: &str) -> Result<Vec<String>, StudyError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(StudyError::read(folder))?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let path = entry.map_err(StudyError::read(folder))?.path();
        if path.extension().is_some_and(|found| found == ending)
            && let Some(name) = path.file_name()
        {
            names.push(name.to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}
