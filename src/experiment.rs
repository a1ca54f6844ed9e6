//! An experiment from its scenarios to its last file, with progress and interruption; never says what it found.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use experiments::evaluation::{Evaluated, Setting, Watch};
use experiments::{ComparisonError, ComparisonPlan, Slice};
use reports::plots::{Plot, PlotError};
use reports::rows::{Column, Format, TableWriter};
use reports::words::{Verdict, Words};
use scenarios::Scenario;
use serde_json::{Map, Value, json};
use sim_core::outcomes::Outcome;
use sim_core::simulation::Span;
use studies::{ExperimentFolder, ExperimentManifest, StudyError, WholeFile};

use crate::again;
use crate::arguments::{Experiment as Options, Speech};
use crate::arms::{self, Shared, load_arms, notes};
use crate::execution::refused;
use crate::failure::Failure;
use crate::interruption;
use crate::measurement::Stopwatch;
use crate::output::{print, tell};
use crate::progress::Bar;
use crate::results::{
    LargeTable, PLOTS, Plotting, SCENARIOS, file_name, remove_pictures, write_large, write_scenarios,
};
use crate::slices;

/// Version of the shape of the JSON objects.
const SCHEMA: u32 = 1;

/// An experiment that may begin: what was given is checked, and its folder holds nothing else.
pub struct Experiment {
    /// The command, such as `sweep`.
    command: String,
    /// The scenarios.
    pub arms: Vec<Scenario>,
    setting: Setting,
    folder: ExperimentFolder,
    manner: Manner,
    stopwatch: Stopwatch,
}

/// How an experiment is to be published.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// Whether plots are drawn.
    pub plotting: Plotting,
    /// How large tables are written.
    pub format: Format,
    /// How to speak.
    pub speech: Speech,
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

/// What all runs have in common.
pub fn setting_of(options: &Options, span: Span) -> Setting {
    Setting {
        span,
        seed: options.seed,
        outcome: options.outcome,
        threads: options.threads.unwrap_or(0),
    }
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

impl Experiment {
    /// Prepares the experiment of `command`; `given` is what else decides its figures, for the manifest.
    ///
    /// # Errors
    /// If the folder holds something else.
    pub fn begin(
        command: &str,
        options: &Options,
        (arms, span): (Vec<Scenario>, Span),
        given: Map<String, Value>,
    ) -> Result<Self, Failure> {
        let scenarios = arms.clone();
        let whole = (Slice::WHOLE, Format::Csv);
        Self::begin_large(command, options, (arms, span), given, &scenarios, whole, None)
    }

    /// The same for an experiment whose runs are known beforehand: a slice of it may be wanted, and its tables may be
    /// large; `scenarios` are all that it rests on, for the manifest, and `replications` its worlds at each place, if more
    /// can be added.
    ///
    /// # Errors
    /// If the folder holds something else.
    pub fn begin_large(
        command: &str,
        options: &Options,
        (arms, span): (Vec<Scenario>, Span),
        given: Map<String, Value>,
        scenarios: &[Scenario],
        (slice, format): (Slice, Format),
        replications: Option<u64>,
    ) -> Result<Self, Failure> {
        let manifest =
            ExperimentManifest::new(command, options.seed, span, options.outcome, given, scenarios);
        let manifest = match replications {
            Some(replications) => manifest.with_replications(replications),
            None => manifest,
        };
        let usual = || default_folder(command, &arms, options.seed, &manifest.digest(), slice);
        let path = options.out.clone().unwrap_or_else(usual);
        // From here on an interruption finds somebody who listens.
        interruption::watched();
        let manifest = manifest.sliced(slice).made_by(again::for_others());
        let folder = if options.resume {
            ExperimentFolder::resume(&path, &manifest)
        } else {
            ExperimentFolder::begin(&path, manifest)
        };
        let folder = folder.map_err(|error| refused(&path, error))?;
        if folder.was_finished() && options.speech() == Speech::Words {
            tell(&format!(
                "{} holds this experiment, finished: its runs are taken from there.\n\n",
                path.display()
            ));
        }
        let setting = setting_of(options, span);
        let manner = Manner {
            plotting: if options.no_plots {
                Plotting::Left
            } else {
                Plotting::Drawn
            },
            format,
            speech: options.speech(),
        };
        Ok(Self::of(command, arms, setting, folder, manner))
    }

    /// An experiment whose folder is open already.
    pub fn of(
        command: &str,
        arms: Vec<Scenario>,
        setting: Setting,
        folder: ExperimentFolder,
        manner: Manner,
    ) -> Self {
        Self {
            command: command.to_owned(),
            arms,
            setting,
            folder,
            manner,
            stopwatch: Stopwatch::start(),
        }
    }

    /// What all runs have in common.
    pub fn setting(&self) -> Setting {
        self.setting
    }

    /// Does `work` under a bar that says `what` is going on, and keeps every run.
    ///
    /// # Errors
    /// If somebody interrupted, or `work` could not be done; what is finished is kept.
    pub fn under_way<T>(
        &mut self,
        what: &'static str,
        work: impl FnOnce(&mut dyn Watch, &AtomicBool) -> Result<T, ComparisonError>,
    ) -> Result<T, Failure> {
        let mut bar = Bar::new(self.manner.speech, "runs");
        let worked = self
            .folder
            .watched(&mut |done, of| bar.show(what, done, of), |watch| {
                work(watch, interruption::watched()).map_err(StudyError::from)
            });
        bar.clear();
        worked.map_err(|error| match error {
            StudyError::Comparison(ComparisonError::Stopped) => self.interrupted(),
            error => error.into(),
        })
    }

    /// The same for an experiment of which only a slice may be wanted; `None` when the slice is finished.
    ///
    /// # Errors
    /// As [`Self::under_way`], or if the end of the slice cannot be written.
    pub fn under_way_in_slices<T>(
        &mut self,
        what: &'static str,
        work: impl FnOnce(&mut dyn Watch, &AtomicBool) -> Result<T, ComparisonError>,
    ) -> Result<Option<T>, Failure> {
        let slice = self.folder.manifest().slice();
        match self.under_way(what, work) {
            Err(Failure::Interrupted(_)) if !slice.is_whole() && !interruption::was_interrupted() => {}
            worked => return worked.map(Some),
        }
        self.folder.finish()?;
        let holds = self.folder.manifest().runs.map_or_else(String::new, |runs| {
            format!("runs {} to {} of {}", runs.first, runs.end, runs.of)
        });
        slices::say(self.manner.speech, slice, self.folder.path(), &holds)?;
        Ok(None)
    }

    fn interrupted(&self) -> Failure {
        Failure::Interrupted(format!(
            "interrupted; every finished run is kept in {}\n  = help: to go on, {}",
            self.folder.path().display(),
            again::to_go_on()
        ))
    }

    /// Writes a table of all runs, row by row; `push` writes the row of the run with this number.
    ///
    /// # Errors
    /// If a run cannot be read, or the table cannot be written.
    pub fn write_runs(
        &self,
        columns: &[Column],
        runs: u64,
        push: impl Fn(&mut TableWriter<WholeFile>, u64, &Evaluated) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let mut table = LargeTable::start(self.folder.path(), "runs", self.manner.format, columns)?;
        for (number, run) in self.folder.runs(runs).enumerate() {
            let run = run?;
            table.add(|table| push(table, number as u64, &run))?;
        }
        table.finish()
    }

    /// Writes a large table in the format that was asked for.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write_table(
        &self,
        name: &str,
        table: impl FnOnce(Format) -> io::Result<Vec<u8>>,
    ) -> Result<(), Failure> {
        let format = self.manner.format;
        write_large(self.folder.path(), name, format, &table(format))
    }

    /// Writes a file of an experiment that comes to no end, and says where.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn keep(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
        self.folder.write([(name, bytes)])?;
        Ok(self.folder.path().join(name))
    }

    /// Writes every file, then says what was found.
    ///
    /// # Errors
    /// If a plot cannot be drawn, or a file cannot be written.
    pub fn publish(mut self, found: Found) -> Result<(), Failure> {
        write_scenarios(&self.folder.path().join(SCENARIOS), &self.arms)?;
        let mut files = found.files;
        // Those of fewer worlds, or of another way to draw, would stay beside what is new.
        remove_pictures(&self.folder.path().join(PLOTS))?;
        if self.manner.plotting == Plotting::Drawn {
            let plots = (found.plots)().map_err(|error| Failure::Study(error.to_string()))?;
            for plot in plots {
                files.push((format!("{PLOTS}/{}.svg", plot.name), plot.svg));
                files.push((format!("{PLOTS}/{}.png", plot.name), plot.png));
            }
        }
        files.push(("verdict.txt".to_owned(), found.words.text().into_bytes()));
        files.push((
            studies::VERDICT_FILE.to_owned(),
            verdict(&found.words, &self.folder.manifest().command)?,
        ));
        let borrowed = files
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        self.folder.write(borrowed)?;
        self.folder.finish()?;
        match self.manner.speech {
            Speech::Silent => Ok(()),
            Speech::Json => print(&format!("{}\n", self.object(found.object))),
            Speech::Words => print(&(notes(&self.arms) + &found.words.text() + &self.closing())),
        }
    }

    fn object(&self, found: Map<String, Value>) -> Value {
        let measured = self.stopwatch.measurements(self.setting.threads);
        let names: Vec<&str> = self.arms.iter().map(|arm| arm.name.as_str()).collect();
        let mut object = json!({
            "schema": SCHEMA,
            "experiment": self.command,
            "engine": measured.engine,
            "seed": self.setting.seed,
            "warm_up_weeks": self.setting.span.warm_up_weeks,
            "horizon_weeks": self.setting.span.horizon_weeks,
            "outcome": self.setting.outcome.row().name,
            "unit": self.setting.outcome.row().unit,
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
            self.setting.seed
        )
    }
}

/// What was found, with the command that finds it again: what a report is made from.
fn verdict(words: &Words, command: &str) -> Result<Vec<u8>, Failure> {
    let verdict = Verdict {
        schema: Verdict::SCHEMA,
        command: command.to_owned(),
        words: words.clone(),
    };
    let refused = |error| Failure::Study(format!("the words cannot be written: {error}"));
    verdict.bytes().map_err(refused)
}

/// Arms that are named in a folder's name; of more, only the first and how many others.
const NAMED_ARMS: usize = 4;

/// `results/<command>-<A>-vs-<B>-<seed>-<digest>`: one folder for each question, and for each slice of it.
fn default_folder(command: &str, arms: &[Scenario], seed: u64, digest: &str, slice: Slice) -> PathBuf {
    let names: Vec<String> = arms.iter().map(|arm| file_name(&arm.name)).collect();
    let names = match names.as_slice() {
        [first, others @ ..] if others.len() >= NAMED_ARMS => format!("{first}-vs-{}-others", others.len()),
        names => names.join("-vs-"),
    };
    Path::new("results").join(format!(
        "{command}-{names}-{seed}-{digest}{}",
        slices::place(slice)
    ))
}
