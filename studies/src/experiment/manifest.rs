//! The manifest of an experiment: what it is, and what makes it another one than one that is held; never its runs.

use std::io;
use std::path::Path;

use experiments::Slice;
use scenarios::{ResolvedScenario, Scenario, ScenarioError};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sim_core::outcomes::Outcome;
use sim_core::simulation::Span;

use crate::error::StudyError;
use crate::manifest::{
    CHANGED, ENGINE, MANIFEST_FILE, SCHEMA, Status, fingerprint, manifest_text, settings_text, shape,
    short_digest, slice_of,
};
use crate::whole::write_whole;

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

    pub(super) fn write(&self, folder: &Path) -> Result<(), StudyError> {
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
