//! An experiment from its scenarios to its last file, with progress and interruption; never says what it found.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use experiments::evaluation::{Setting, Watch};
use experiments::{ComparisonError, ComparisonPlan};
use reports::plots::{Plot, PlotError};
use reports::words::{Verdict, Words};
use scenarios::Scenario;
use serde_json::{Map, Value, json};
use sim_core::outcomes::Outcome;
use sim_core::simulation::Span;
use studies::{ExperimentFolder, ExperimentManifest};

use crate::again;
use crate::arguments::{Experiment as Options, Speech};
use crate::arms::{self, Shared, company_differences, load_arms};
use crate::failure::Failure;
use crate::interruption;
use crate::measurement::Stopwatch;
use crate::output::print;
use crate::progress::Bar;
use crate::results::{PLOTS, file_name};

/// Version of the shape of the JSON objects.
const SCHEMA: u32 = 1;

/// An experiment that may begin: what was given is checked, and its folder holds nothing else.
pub struct Experiment<'a> {
    command: &'static str,
    options: &'a Options,
    /// The scenarios.
    pub arms: Vec<Scenario>,
    /// Weeks to simulate.
    pub span: Span,
    folder: ExperimentFolder,
    stopwatch: Stopwatch,
}

/// What an experiment found, in every form.
pub struct Found {
    /// Tables and other files by name.
    pub files: Vec<(String, Vec<u8>)>,
    /// Draws the plots; called only if somebody wants them.
    pub plots: Box<dyn FnOnce() -> Result<Vec<Plot>, PlotError>>,
    /// For people.
    pub words: Words,
    /// For machines: keys that the JSON object has beside those of every experiment.
    pub object: Map<String, Value>,
}

/// Loads the arms and the weeks that they share.
///
/// # Errors
/// Everything that is wrong with them.
pub fn arms_of(references: &[String], options: &Options) -> Result<(Vec<Scenario>, Span), Failure> {
    let shared = Shared {
        environment: options.environment.as_deref(),
        teams: options.teams,
        overrides: &options.overrides,
    };
    let arms = load_arms(references, shared)?;
    let span = arms::span(&arms, options.horizon)?;
    Ok((arms, span))
}

/// Smallest gap worth naming in units of `outcome`: as in a comparison, a share of the team cost of the first arm, and 0
/// for outcomes that are not counted in team-week costs.
pub fn smallest_gap(first: &Scenario, span: Span, outcome: Outcome) -> f64 {
    let plan = ComparisonPlan {
        span,
        primary: outcome,
        ..ComparisonPlan::new(vec![first.clone()], 0)
    };
    plan.smallest_gap()
}

impl<'a> Experiment<'a> {
    /// Prepares the experiment of `command`; `given` is what else decides its figures, for the manifest.
    ///
    /// # Errors
    /// If the folder holds something else.
    pub fn begin(
        command: &'static str,
        options: &'a Options,
        (arms, span): (Vec<Scenario>, Span),
        given: Map<String, Value>,
    ) -> Result<Self, Failure> {
        let manifest = ExperimentManifest::new(command, options.seed, span, options.outcome, given, &arms);
        let usual = || default_folder(command, &arms, options.seed, &manifest.digest());
        let path = options.out.clone().unwrap_or_else(usual);
        let folder = ExperimentFolder::claim(&path, manifest)?;
        // From here on an interruption finds somebody who listens.
        interruption::watched();
        Ok(Self {
            command,
            options,
            arms,
            span,
            folder,
            stopwatch: Stopwatch::start(),
        })
    }

    /// What all runs have in common.
    pub fn setting(&self) -> Setting {
        Setting {
            span: self.span,
            seed: self.options.seed,
            outcome: self.options.outcome,
            threads: self.options.threads.unwrap_or(0),
        }
    }

    /// Does `work` under a bar that says `what` is going on; `None` means that somebody interrupted.
    ///
    /// # Errors
    /// If somebody interrupted, or `work` could not be done.
    pub fn under_way<T>(
        &self,
        what: &'static str,
        work: impl FnOnce(&mut dyn Watch, &AtomicBool) -> Result<Option<T>, ComparisonError>,
    ) -> Result<T, Failure> {
        let mut bar = Bar::new(self.options.speech(), "runs");
        let mut watch = |done, of| bar.show(what, done, of);
        let worked = work(&mut watch, interruption::watched());
        bar.clear();
        worked?.ok_or_else(|| {
            Failure::Interrupted(
                "interrupted; nothing was written\n  = help: give the same command again: it starts from the beginning"
                    .to_owned(),
            )
        })
    }

    /// Writes every file, then says what was found.
    ///
    /// # Errors
    /// If a plot cannot be drawn, or a file cannot be written.
    pub fn publish(self, found: Found) -> Result<(), Failure> {
        let mut files = found.files;
        if !self.options.no_plots {
            let plots = (found.plots)().map_err(|error| Failure::Study(error.to_string()))?;
            for plot in plots {
                files.push((format!("{PLOTS}/{}.svg", plot.name), plot.svg));
                files.push((format!("{PLOTS}/{}.png", plot.name), plot.png));
            }
        }
        files.push(("verdict.txt".to_owned(), found.words.text().into_bytes()));
        files.push((studies::VERDICT_FILE.to_owned(), verdict(&found.words)?));
        let borrowed = files
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        self.folder.write(borrowed)?;
        match self.options.speech() {
            Speech::Silent => Ok(()),
            Speech::Json => print(&format!("{}\n", self.object(found.object))),
            Speech::Words => {
                print(&(company_differences(&self.arms) + &found.words.text() + &self.closing()))
            }
        }
    }

    fn object(&self, found: Map<String, Value>) -> Value {
        let measured = self.stopwatch.measurements(self.setting().threads);
        let names: Vec<&str> = self.arms.iter().map(|arm| arm.name.as_str()).collect();
        let mut object = json!({
            "schema": SCHEMA,
            "experiment": self.command,
            "engine": measured.engine,
            "seed": self.options.seed,
            "warm_up_weeks": self.span.warm_up_weeks,
            "horizon_weeks": self.span.horizon_weeks,
            "outcome": self.options.outcome.row().name,
            "unit": self.options.outcome.row().unit,
            "arms": names,
            "folder": self.folder.path().display().to_string(),
            "elapsed_seconds": measured.elapsed_seconds,
            "cpu_seconds": measured.cpu_seconds,
            "threads": measured.threads,
            "peak_memory_bytes": measured.peak_memory_bytes,
        });
        if let Value::Object(object) = &mut object {
            object.extend(found);
        }
        object
    }

    fn closing(&self) -> String {
        format!(
            "\nFiles: {}\nSeed: {}; the same command gives the same bytes\n",
            self.folder.path().display(),
            self.options.seed
        )
    }
}

/// What was found, with the command that finds it again: what a report is made from.
fn verdict(words: &Words) -> Result<Vec<u8>, Failure> {
    let verdict = Verdict {
        schema: Verdict::SCHEMA,
        command: again::for_others(),
        words: words.clone(),
    };
    let refused = |error| Failure::Study(format!("the words cannot be written: {error}"));
    verdict.bytes().map_err(refused)
}

/// Arms that are named in a folder's name; of more, only the first and how many others.
const NAMED_ARMS: usize = 4;

/// `results/<command>-<A>-vs-<B>-<seed>-<digest>`: one folder for each question.
fn default_folder(command: &str, arms: &[Scenario], seed: u64, digest: &str) -> PathBuf {
    let names: Vec<String> = arms.iter().map(|arm| file_name(&arm.name)).collect();
    let names = match names.as_slice() {
        [first, others @ ..] if others.len() >= NAMED_ARMS => format!("{first}-vs-{}-others", others.len()),
        names => names.join("-vs-"),
    };
    Path::new("results").join(format!("{command}-{names}-{seed}-{digest}"))
}
