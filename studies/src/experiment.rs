//! The folder of an experiment: its manifest, the tape of its runs, its result files; created once, resumed without
//! making a run twice.
//!
//! A folder belongs to one experiment: the same one may be written again, to the same bytes, and anything else is refused
//! before any run.

mod recorder;

use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use experiments::Slice;
use experiments::evaluation::{Evaluated, Watch};
use scenarios::{ResolvedScenario, Scenario, ScenarioError};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sim_core::outcomes::Outcome;
use sim_core::simulation::Span;

use crate::error::StudyError;
use crate::log::{Entry, Log, unix_seconds};
use crate::manifest::{
    CHANGED, ENGINE, MANIFEST_FILE, SCHEMA, Status, fingerprint, manifest_text, settings_text, shape,
    short_digest, slice_of,
};
use crate::merge::Parts;
use crate::study::refusal::{refuse_files_above, refuse_other_files};
use crate::tape::{TapeReader, TapeWriter};
use crate::whole::{sweep, write_whole};
use recorder::Recorder;

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
    /// Identity of the runs: 16 hexadecimal digits.
    pub study: String,
    /// Seed.
    pub seed: u64,
    /// Weeks before week 0 \[weeks\].
    pub warm_up_weeks: u32,
    /// Weeks from week 0 \[weeks\].
    pub horizon_weeks: u32,
    /// The outcome that was asked about.
    pub outcome: String,
    /// The slice that is here, such as `2/4`; left out if everything is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slice: Option<String>,
    /// The runs of the first round that the slice has made; left out before that, and if everything is here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runs: Option<SliceRuns>,
    /// Worlds at each place of an experiment to which worlds can be added; left out of all others. They are no part of
    /// what the experiment is: more of them go on where fewer end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replications: Option<u64>,
    /// The command that made it, without where, how fast and how loud; empty if nobody said.
    #[serde(default)]
    pub command: String,
    /// Whether everything is there.
    pub status: Status,
    /// What else the command was given.
    pub options: Map<String, Value>,
    /// The scenarios with every value.
    pub scenarios: Vec<ResolvedScenario>,
}

/// Which runs a slice has made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SliceRuns {
    /// The first one.
    pub first: u64,
    /// The one behind the last one.
    pub end: u64,
    /// Runs of all slices together.
    pub of: u64,
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
        let mut manifest = Self {
            schema: SCHEMA,
            experiment: experiment.to_owned(),
            engine: ENGINE.to_owned(),
            study: String::new(),
            seed,
            warm_up_weeks: span.warm_up_weeks,
            horizon_weeks: span.horizon_weeks,
            outcome: outcome.row().name.to_owned(),
            slice: None,
            runs: None,
            replications: None,
            command: String::new(),
            status: Status::Running,
            options,
            scenarios: scenarios.iter().map(ResolvedScenario::from).collect(),
        };
        manifest.study = format!("{:016x}", manifest.identity());
        manifest
    }

    /// The same experiment, of which only a slice is run.
    #[must_use]
    pub fn sliced(self, slice: Slice) -> Self {
        let slice = (!slice.is_whole()).then(|| slice.to_string());
        Self { slice, ..self }
    }

    /// The same experiment, with so many worlds at each place, to which more can be added.
    #[must_use]
    pub fn with_replications(self, replications: u64) -> Self {
        let replications = Some(replications);
        Self { replications, ..self }
    }

    /// The same experiment, made by this command.
    #[must_use]
    pub fn made_by(self, command: String) -> Self {
        Self { command, ..self }
    }

    /// What decides each run, in 64 bits. Neither how many there are nor the slice nor the words of the command nor where a value was written down belongs to it.
    pub fn identity(&self) -> u64 {
        let head = format!(
            "{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n",
            self.schema,
            self.experiment,
            self.engine,
            self.seed,
            self.warm_up_weeks,
            self.horizon_weeks,
            self.outcome,
            Value::Object(self.options.clone()),
        );
        fingerprint((head + &settings_text(&self.scenarios)).as_bytes())
    }

    /// Everything that was asked for but how many worlds, in six hexadecimal digits: what tells experiments of the same arms and
    /// seed apart.
    pub fn digest(&self) -> String {
        short_digest(&self.identity().to_le_bytes())
    }

    /// Weeks that are simulated.
    pub fn span(&self) -> Span {
        Span {
            warm_up_weeks: self.warm_up_weeks,
            horizon_weeks: self.horizon_weeks,
        }
    }

    /// The outcome that was asked about.
    ///
    /// # Errors
    /// That there is no such outcome.
    pub fn outcome(&self) -> Result<Outcome, String> {
        Outcome::from_name(&self.outcome)
            .ok_or_else(|| format!("there is no outcome called {}", self.outcome))
    }

    /// The scenarios.
    ///
    /// # Errors
    /// What in them does not make sense.
    pub fn scenarios(&self) -> Result<Vec<Scenario>, ScenarioError> {
        self.scenarios.iter().map(Scenario::try_from).collect()
    }

    /// Reads the manifest of an experiment's folder.
    ///
    /// # Errors
    /// If there is none, it is that of a comparison or of another version, or does not make sense.
    pub fn read(folder: &Path) -> Result<Self, StudyError> {
        let text = manifest_text(folder)?;
        let bad = |reason: String| StudyError::BadManifest {
            path: folder.join(MANIFEST_FILE),
            reason,
        };
        let shape = shape(&text).map_err(bad)?;
        if shape.experiment.is_none() {
            return Err(StudyError::OtherStudy {
                path: folder.to_owned(),
                difference: "one of `orgsim compare`".to_owned(),
            });
        }
        let manifest: Self = serde_json::from_slice(&text).map_err(|error| bad(error.to_string()))?;
        if manifest.study != format!("{:016x}", manifest.identity()) {
            return Err(bad(CHANGED.to_owned()));
        }
        slice_of(manifest.slice.as_deref()).map_err(bad)?;
        Ok(manifest)
    }

    /// Worlds at each place of an experiment to which worlds can be added.
    ///
    /// # Errors
    /// If the manifest does not say.
    pub(crate) fn counted(&self, folder: &Path) -> Result<u64, StudyError> {
        self.replications.ok_or_else(|| StudyError::BadManifest {
            path: folder.join(MANIFEST_FILE),
            reason: format!(
                "it does not say how many replications there are, because an earlier build made it: give `orgsim {}` again, with a \
                 new folder",
                self.experiment
            ),
        })
    }

    fn write(&self, folder: &Path) -> Result<(), StudyError> {
        let path = folder.join(MANIFEST_FILE);
        let bytes = serde_json::to_vec_pretty(self).map_err(io::Error::from);
        let mut bytes = bytes.map_err(StudyError::write(&path))?;
        bytes.push(b'\n');
        write_whole(&path, &bytes)
    }

    /// The slice that is here.
    pub fn slice(&self) -> Slice {
        // It was checked when it was read.
        slice_of(self.slice.as_deref()).unwrap_or(Slice::WHOLE)
    }
}

/// The folder of an experiment, held by this process alone.
#[derive(Debug)]
pub struct ExperimentFolder {
    path: PathBuf,
    manifest: ExperimentManifest,
    log: Log,
    writer: TapeWriter,
    reader: TapeReader,
    /// Runs of the rounds before this one.
    before: u64,
    /// Runs of this round.
    round: u64,
    was_finished: bool,
}

impl ExperimentFolder {
    /// Starts the experiment in `path`, which must be new, empty, or hold this very experiment, finished.
    ///
    /// # Errors
    /// If the folder holds something else, cannot be used, or is in use.
    pub fn begin(path: &Path, manifest: ExperimentManifest) -> Result<Self, StudyError> {
        refuse_files_above(path)?;
        match refuse_another(path, &manifest) {
            Err(StudyError::NoStudy { .. }) => {}
            Err(error) => return Err(error),
            Ok(held) if held.status == Status::Finished => return Self::open(path, held),
            Ok(_) => {
                return Err(StudyError::Unfinished {
                    path: path.to_owned(),
                });
            }
        }
        let held = Log::open_existing(path)?;
        refuse_other_files(path)?;
        fs::create_dir_all(path).map_err(StudyError::write(path))?;
        let log = held.map_or_else(|| Log::open(path), Ok)?;
        let mut folder = Self::with(path, manifest, log);
        folder.manifest.write(path)?;
        folder.log.add(&Entry::Created {
            unix_seconds: unix_seconds(),
        })?;
        Ok(folder)
    }

    /// Goes on with the experiment in `path`.
    ///
    /// # Errors
    /// If it holds none or another one, or is in use.
    pub fn resume(path: &Path, manifest: &ExperimentManifest) -> Result<Self, StudyError> {
        Self::open(path, refuse_another(path, manifest)?)
    }

    /// Opens the experiment in `path` to bring it to so many worlds at each place. Until every one is there, the folder
    /// goes on holding the experiment as it was.
    ///
    /// # Errors
    /// If it holds none, one that worlds cannot be added to, one that has as many, or a slice, or is in use.
    pub fn extend(path: &Path, replications: u64) -> Result<Self, StudyError> {
        let mut held = ExperimentManifest::read(path)?;
        refuse_other_engine(path, &held)?;
        if let Some(slice) = held.slice {
            return Err(StudyError::IsSlice {
                path: path.to_owned(),
                slice,
            });
        }
        let have = held.counted(path)?;
        if replications < have || (replications == have && held.status == Status::Finished) {
            return Err(StudyError::NothingToAdd {
                path: path.to_owned(),
                have,
                asked: replications,
            });
        }
        held.replications = Some(replications);
        held.status = Status::Running;
        let mut folder = Self::open(path, held)?;
        folder.log.add(&Entry::Extended {
            unix_seconds: unix_seconds(),
            replications_before: Some(have),
            replications,
        })?;
        Ok(folder)
    }

    fn open(path: &Path, held: ExperimentManifest) -> Result<Self, StudyError> {
        let log = Log::open(path)?;
        let mut folder = Self::with(path, held, log);
        for part in [path.to_owned(), folder.shards(), path.join("plots")] {
            sweep(&part)?;
        }
        folder.log.add(&Entry::Resumed {
            unix_seconds: unix_seconds(),
        })?;
        Ok(folder)
    }

    fn with(path: &Path, manifest: ExperimentManifest, log: Log) -> Self {
        let (shards, identity) = (shards_of(path), manifest.identity());
        Self {
            path: path.to_owned(),
            was_finished: manifest.status == Status::Finished,
            manifest,
            log,
            writer: TapeWriter::new(&shards, identity),
            reader: TapeReader::new(&shards, identity),
            before: 0,
            round: 0,
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the experiment is.
    pub fn manifest(&self) -> &ExperimentManifest {
        &self.manifest
    }

    /// Whether the experiment was finished when the folder was opened: nothing is then simulated again.
    pub fn was_finished(&self) -> bool {
        self.was_finished
    }

    /// Lets `work` run rounds of the experiment under a watch that keeps every run and shows how far it has come.
    ///
    /// # Errors
    /// What `work` reports, or that runs cannot be written; whatever was finished and written is kept.
    pub fn watched<T, E: From<StudyError>>(
        &mut self,
        progress: &mut dyn FnMut(u64, u64),
        work: impl FnOnce(&mut dyn Watch) -> Result<T, E>,
    ) -> Result<T, E> {
        let worked = work(&mut Recorder::new(self, progress));
        self.writer.flush()?;
        if worked.is_ok() && self.manifest.status == Status::Running {
            // From here on result files are replaced: of an extended experiment, those of fewer worlds.
            self.manifest.write(&self.path)?;
        }
        worked
    }

    /// What the first `count` runs gave, in order, read from the shards one by one.
    pub fn runs(&self, count: u64) -> Runs {
        Runs {
            reader: TapeReader::new(&self.shards(), self.manifest.identity()),
            shards: self.shards(),
            places: 0..count,
        }
    }

    /// Takes the runs of all slices over.
    ///
    /// # Errors
    /// If a slice is damaged, or this folder cannot be written.
    pub fn join(&mut self, parts: &Parts) -> Result<(), StudyError> {
        for (manifest, shards) in parts.experiments() {
            let mut reader = TapeReader::new(&shards, self.manifest.identity());
            let Some(runs) = manifest.runs else { continue };
            for place in runs.first..runs.end {
                if let Some(evaluated) = reader.run(place)?
                    && self.reader.run(place)?.is_none()
                {
                    self.writer.add(place, &evaluated)?;
                }
            }
        }
        self.writer.flush()?;
        // What was read before is not what is there now.
        self.reader = TapeReader::new(&self.shards(), self.manifest.identity());
        Ok(())
    }

    /// Writes every file, each whole; names may hold folders.
    ///
    /// # Errors
    /// What the system says; files written before are kept.
    pub fn write<'f>(&self, files: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> Result<(), StudyError> {
        for (name, bytes) in files {
            write_whole(&self.path.join(name), bytes)?;
        }
        Ok(())
    }

    /// Marks the experiment, or its slice, as complete. Call it when every file is written.
    ///
    /// # Errors
    /// If the manifest cannot be written.
    pub fn finish(&mut self) -> Result<(), StudyError> {
        let slice = self.manifest.slice();
        self.manifest.runs = (!slice.is_whole()).then(|| {
            let Range { start, end } = slice.range(self.round);
            SliceRuns {
                first: start,
                end,
                of: self.round,
            }
        });
        self.manifest.status = Status::Finished;
        self.manifest.write(&self.path)
    }

    fn shards(&self) -> PathBuf {
        shards_of(&self.path)
    }
}

pub(crate) fn shards_of(folder: &Path) -> PathBuf {
    folder.join("shards")
}

/// What runs gave, in order.
#[derive(Debug)]
pub struct Runs {
    reader: TapeReader,
    shards: PathBuf,
    places: Range<u64>,
}

impl Iterator for Runs {
    type Item = Result<Evaluated, StudyError>;

    fn next(&mut self) -> Option<Self::Item> {
        let place = self.places.next()?;
        let missing = || StudyError::MissingRuns {
            path: self.shards.clone(),
            run: place,
        };
        Some(self.reader.run(place).and_then(|run| run.ok_or_else(missing)))
    }
}

fn refuse_other_engine(path: &Path, held: &ExperimentManifest) -> Result<(), StudyError> {
    if held.engine == ENGINE {
        return Ok(());
    }
    Err(StudyError::OtherEngine {
        path: path.to_owned(),
        made_by: held.engine.clone(),
        this: ENGINE,
    })
}

/// The manifest that is held, if it is that of the same experiment and slice.
fn refuse_another(path: &Path, wanted: &ExperimentManifest) -> Result<ExperimentManifest, StudyError> {
    let held = ExperimentManifest::read(path)?;
    let path = path.to_owned();
    refuse_other_engine(&path, &held)?;
    match difference(&held, wanted) {
        None => Ok(held),
        Some(difference) => Err(StudyError::OtherStudy { path, difference }),
    }
}

/// What makes the experiment that is held another one than the one that is wanted, in words.
pub(crate) fn difference(held: &ExperimentManifest, wanted: &ExperimentManifest) -> Option<String> {
    if held.experiment != wanted.experiment {
        return Some(format!("one of `orgsim {}`", held.experiment));
    }
    let names = |manifest: &ExperimentManifest| {
        let names: Vec<&str> = manifest.scenarios.iter().map(|arm| arm.name.as_str()).collect();
        names.join(" and ")
    };
    if names(held) != names(wanted) {
        return Some(format!("{} there, {} here", names(held), names(wanted)));
    }
    let settings = |manifest: &ExperimentManifest| {
        let slice = manifest.slice.clone().unwrap_or_else(|| "1/1".to_owned());
        let mut values = vec![
            ("engine".to_owned(), manifest.engine.clone()),
            ("seed".to_owned(), manifest.seed.to_string()),
            ("outcome".to_owned(), manifest.outcome.clone()),
            ("weeks".to_owned(), manifest.horizon_weeks.to_string()),
            ("warm-up weeks".to_owned(), manifest.warm_up_weeks.to_string()),
            ("slice".to_owned(), slice),
            (
                REPLICATIONS.to_owned(),
                manifest
                    .replications
                    .map_or_else(|| "as usual".to_owned(), |count| count.to_string()),
            ),
        ];
        let keys = held.options.keys().chain(wanted.options.keys());
        for key in keys {
            let value = manifest
                .options
                .get(key)
                .map_or_else(|| "not set".to_owned(), short);
            values.push((key.replace('_', " "), value));
        }
        values
    };
    let differing = settings(held)
        .into_iter()
        .zip(settings(wanted))
        .find(|(held, wanted)| held != wanted)
        .map(|((name, held), (_, wanted))| {
            let added = if name == REPLICATIONS {
                " (`orgsim extend` adds some)"
            } else {
                ""
            };
            format!("{name} {held} there, {wanted} here{added}")
        });
    differing.or_else(|| (held.identity() != wanted.identity()).then(|| "other parameters".to_owned()))
}

/// How the number of worlds at each place is called.
const REPLICATIONS: &str = "replications";

/// Longest value of an option that a message quotes \[characters\].
const QUOTED: usize = 60;

/// The value of an option, cut where it would fill a screen.
fn short(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= QUOTED {
        return text;
    }
    let digest = short_digest(text.as_bytes());
    format!("{}… ({digest})", text.chars().take(QUOTED).collect::<String>())
}

#[cfg(test)]
mod tests;
