//! What a study is, as `manifest.json`: enough to run it again to the same bytes; no wall time, no thread, no place.

mod stopping;

pub use stopping::{StoppingRecord, StoppingWord};

use std::fs;
use std::io;
use std::path::Path;

use experiments::result::{Comparison, Stopped};
use experiments::{ComparisonPlan, Slice};
use scenarios::{ResolvedScenario, Scenario};
use serde::{Deserialize, Serialize};
use sim_core::outcomes::Outcome;
use sim_core::simulation::{Chooser, Span};

use crate::error::StudyError;
use crate::whole::write_whole;

/// Version of the shape of manifests and shards.
pub const SCHEMA: u32 = 1;

/// Version of the engine; every crate of the workspace has it.
pub const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// Name of the manifest in a study folder.
pub const MANIFEST_FILE: &str = "manifest.json";

/// Everything that a study is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of the shape of this file.
    pub schema: u32,
    /// Version of the engine.
    pub engine: String,
    /// Identity of the worlds: 16 hexadecimal digits.
    pub study: String,
    /// Seed.
    pub seed: u64,
    /// Weeks before week 0 \[weeks\].
    pub warm_up_weeks: u32,
    /// Weeks from week 0 \[weeks\].
    pub horizon_weeks: u32,
    /// The outcome that carries the verdict.
    pub primary: String,
    /// When replication ends.
    pub stopping: StoppingRecord,
    /// Smallest gap worth naming, as a share of the baseline's team cost \[share\].
    pub smallest_gap_share: f64,
    /// Whether plausible companies are compared too.
    pub plausible: bool,
    /// Who chooses: `believing`, `random` or `omniscient`.
    pub chooser: String,
    /// The week up to which all arms share the history of the first one; left out if each has its own from the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fork_week: Option<i32>,
    /// The slice of the study that is here, such as `2/4`; left out if all of it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slice: Option<String>,
    /// Whether the study is complete.
    pub status: Status,
    /// Worlds tried under the settings; `null` until finished.
    pub replications: Option<u64>,
    /// Of these, worlds left out because a run failed; `null` until finished.
    pub worlds_failed: Option<u64>,
    /// How each basis ended; empty until finished.
    pub bases: Vec<BasisRecord>,
    /// The arms with every value; the first is the baseline.
    pub scenarios: Vec<ResolvedScenario>,
}

/// Whether a study is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Worlds or result files may be missing.
    Running,
    /// Everything is there.
    Finished,
}

/// How one basis ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BasisRecord {
    /// `settings` or `plausible`.
    pub basis: String,
    /// Worlds tried.
    pub replications: u64,
    /// Of these, worlds left out because a run failed.
    pub worlds_failed: u64,
    /// Companies dropped because their baseline is not viable.
    pub companies_dropped: u64,
    /// Why it ended: `as asked`, `settled`, `precise` or `cap`.
    pub stopped: String,
}

const CHOOSERS: [(Chooser, &str); 3] = [
    (Chooser::Believing, "believing"),
    (Chooser::Random, "random"),
    (Chooser::Omniscient, "omniscient"),
];

impl Manifest {
    /// The manifest of a study that is about to run.
    pub fn of(plan: &ComparisonPlan) -> Self {
        let chooser = CHOOSERS
            .iter()
            .find(|(chooser, _)| *chooser == plan.chooser)
            .map_or("", |(_, word)| word);
        let mut manifest = Self {
            schema: SCHEMA,
            engine: ENGINE.to_owned(),
            study: String::new(),
            seed: plan.seed,
            warm_up_weeks: plan.span.warm_up_weeks,
            horizon_weeks: plan.span.horizon_weeks,
            primary: plan.primary.row().name.to_owned(),
            stopping: StoppingRecord::of(plan),
            smallest_gap_share: plan.smallest_gap_share,
            plausible: plan.plausible,
            chooser: chooser.to_owned(),
            fork_week: plan.fork_week,
            slice: (!plan.slice.is_whole()).then(|| plan.slice.to_string()),
            status: Status::Running,
            replications: None,
            worlds_failed: None,
            bases: Vec::new(),
            scenarios: plan.arms.iter().map(ResolvedScenario::from).collect(),
        };
        manifest.study = format!("{:016x}", manifest.identity());
        manifest
    }

    /// What decides the worlds, in 64 bits: engine, seed, span, primary outcome, chooser, fork, names and values of
    /// the arms.
    ///
    /// Neither how many worlds there are, nor which slice of them, nor where a value was written down belongs to it.
    pub fn identity(&self) -> u64 {
        let mut text = format!(
            "{}\n{}\n{}\n{}\n{}\n{}\n{}\n",
            self.schema,
            self.engine,
            self.seed,
            self.warm_up_weeks,
            self.horizon_weeks,
            self.primary,
            self.chooser
        );
        if let Some(week) = self.fork_week {
            text += &format!("fork {week}\n");
        }
        text += &settings_text(&self.scenarios);
        fingerprint(text.as_bytes())
    }

    /// The plan that this manifest describes; threads are left to all cores.
    ///
    /// # Errors
    /// What in the manifest does not make sense.
    pub fn plan(&self) -> Result<ComparisonPlan, String> {
        let chooser = CHOOSERS
            .iter()
            .find(|(_, word)| *word == self.chooser)
            .map(|(chooser, _)| *chooser);
        let arms = self
            .scenarios
            .iter()
            .map(Scenario::try_from)
            .collect::<Result<_, _>>();
        Ok(ComparisonPlan {
            arms: arms.map_err(|error| error.to_string())?,
            span: Span {
                warm_up_weeks: self.warm_up_weeks,
                horizon_weeks: self.horizon_weeks,
            },
            seed: self.seed,
            primary: Outcome::from_name(&self.primary)
                .ok_or_else(|| format!("there is no outcome called {}", self.primary))?,
            stopping: self.stopping.rule()?,
            cap: self.stopping.cap,
            plausible_cap: self.stopping.plausible_cap,
            smallest_gap_share: self.smallest_gap_share,
            plausible: self.plausible,
            threads: 0,
            chooser: chooser.ok_or_else(|| format!("there is no chooser called {}", self.chooser))?,
            fork_week: self.fork_week,
            slice: slice_of(self.slice.as_deref())?,
        })
    }

    /// The manifest after the comparison ended.
    pub fn finished(&self, comparison: &Comparison) -> Self {
        let bases = std::iter::once(&comparison.settings).chain(&comparison.plausible);
        let record = |found: &experiments::result::BasisResult| BasisRecord {
            basis: found.basis.word().to_owned(),
            replications: found.replications,
            worlds_failed: found.worlds_failed,
            companies_dropped: found.companies_dropped,
            stopped: stopped_word(found.stopped).to_owned(),
        };
        Self {
            status: Status::Finished,
            replications: Some(comparison.settings.replications),
            worlds_failed: Some(comparison.settings.worlds_failed),
            bases: bases.map(record).collect(),
            ..self.clone()
        }
    }

    /// The same study, to be run up to a fixed number of replications.
    pub fn extended(&self, replications: u64) -> Self {
        let stopping = StoppingRecord {
            rule: StoppingWord::Fixed,
            replications: Some(replications),
            precision: None,
            ..self.stopping
        };
        Self {
            stopping,
            status: Status::Running,
            replications: None,
            worlds_failed: None,
            bases: Vec::new(),
            ..self.clone()
        }
    }

    /// Refuses to treat a slice as the whole study.
    ///
    /// # Errors
    /// If it is one.
    pub fn refuse_slice(&self, folder: &Path) -> Result<(), StudyError> {
        match &self.slice {
            None => Ok(()),
            Some(slice) => Err(StudyError::IsSlice {
                path: folder.to_owned(),
                slice: slice.clone(),
            }),
        }
    }

    /// Names of the arms; the first is the baseline.
    pub fn arm_names(&self) -> Vec<&str> {
        let names = self.scenarios.iter().map(|scenario| scenario.name.as_str());
        names.collect()
    }

    /// Everything that was asked for, in six hexadecimal digits: what tells studies of the same arms and seed apart.
    pub fn digest(&self) -> String {
        let asked = format!(
            "{}\n{}\n{}\n{}",
            self.identity(),
            self.stopping.words(),
            self.smallest_gap_share,
            self.plausible
        );
        short_digest(asked.as_bytes())
    }

    /// Reads the manifest of a study folder.
    ///
    /// # Errors
    /// If there is none, it cannot be read, or it does not make sense.
    pub fn read(folder: &Path) -> Result<Self, StudyError> {
        let path = folder.join(MANIFEST_FILE);
        let text = manifest_text(folder)?;
        let bad = |reason: String| StudyError::BadManifest {
            path: path.clone(),
            reason,
        };
        if let Some(experiment) = shape(&text).map_err(bad)?.experiment {
            return Err(StudyError::NoComparison {
                path: folder.to_owned(),
                experiment,
            });
        }
        let manifest: Self = serde_json::from_slice(&text).map_err(|error| bad(error.to_string()))?;
        if manifest.study != format!("{:016x}", manifest.identity()) {
            return Err(bad(CHANGED.to_owned()));
        }
        Ok(manifest)
    }

    /// Writes the manifest into a study folder, whole.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&self, folder: &Path) -> Result<(), StudyError> {
        let path = folder.join(MANIFEST_FILE);
        let mut text = serde_json::to_vec_pretty(self).map_err(|error| StudyError::BadManifest {
            path: path.clone(),
            reason: error.to_string(),
        })?;
        text.push(b'\n');
        write_whole(&path, &text)
    }
}

/// What is wrong with a manifest whose identity does not fit the rest of it.
pub(crate) const CHANGED: &str =
    "its `study` does not fit its other values; it was changed after it was written";

/// The part of a manifest that every version has.
#[derive(Deserialize)]
pub(crate) struct Shape {
    schema: u32,
    /// The command of an experiment; a comparison has none.
    #[serde(default)]
    pub(crate) experiment: Option<String>,
}

/// The shape of a manifest of this version.
///
/// # Errors
/// That it is none, or of another version.
pub(crate) fn shape(text: &[u8]) -> Result<Shape, String> {
    let shape: Shape = serde_json::from_slice(text).map_err(|error| error.to_string())?;
    if shape.schema == SCHEMA {
        Ok(shape)
    } else {
        Err(format!(
            "its schema is {}, and this version of the program reads {SCHEMA}",
            shape.schema
        ))
    }
}

/// The bytes of the manifest of a folder.
pub(crate) fn manifest_text(folder: &Path) -> Result<Vec<u8>, StudyError> {
    let path = folder.join(MANIFEST_FILE);
    match fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(StudyError::NoStudy {
            path: folder.to_owned(),
        }),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Err(StudyError::NotAFolder {
            path: folder.to_owned(),
        }),
        text => text.map_err(StudyError::read(&path)),
    }
}

/// The slice that a manifest names.
pub(crate) fn slice_of(word: Option<&str>) -> Result<Slice, String> {
    word.map_or(Ok(Slice::WHOLE), |word| {
        word.parse().map_err(|_| format!("there is no slice {word}"))
    })
}

/// Names, values and plausible ranges of scenarios, wherever they were written down.
pub(crate) fn settings_text(scenarios: &[ResolvedScenario]) -> String {
    let mut text = String::new();
    for scenario in scenarios {
        text += &format!("{}\n", scenario.name);
        for setting in &scenario.settings {
            text += &format!(
                "{} {} {:?} {:?}\n",
                setting.path, setting.value, setting.low, setting.high
            );
        }
    }
    text
}

fn stopped_word(stopped: Stopped) -> &'static str {
    match stopped {
        Stopped::AsAsked => "as asked",
        Stopped::Settled => "settled",
        Stopped::Precise => "precise",
        Stopped::Cap => "cap",
        Stopped::Interrupted => "interrupted",
    }
}

/// Six hexadecimal digits that tell bytes apart.
pub(crate) fn short_digest(bytes: &[u8]) -> String {
    let hash = fingerprint(bytes);
    format!("{:06x}", (hash ^ hash >> 32) & 0xff_ffff)
}

/// FNV-1a with 64 bits (Fowler, Noll and Vo; RFC 9923).
pub(crate) fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
