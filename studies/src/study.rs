//! A study: created once, run until it is complete, resumed and extended without computing anything twice.

pub(crate) mod refusal;
mod rows;

pub use rows::Rows;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use experiments::result::{BasisResult, Comparison, Stopped};
use experiments::{ComparisonPlan, Engine, Progress, Slice, compare};

use crate::error::StudyError;
use crate::keeper::Keeper;
use crate::log::{Entry, Log, unix_seconds};
use crate::manifest::{ENGINE, Manifest};
use crate::merge::Parts;
use crate::shard::{Shard, shard_files};
use crate::whole::sweep;
use refusal::{difference, refuse_used_folder};

/// A study folder, held by this process alone.
#[derive(Debug)]
pub struct Study {
    folder: PathBuf,
    manifest: Manifest,
    plan: ComparisonPlan,
    log: Log,
    /// Slices that are joined, and their shards.
    parts: Vec<(Slice, PathBuf)>,
}

impl Study {
    /// Starts a study in `folder`, which must be new or empty.
    ///
    /// # Errors
    /// If the plan is not usable, or the folder holds a study or anything else, or cannot be written.
    pub fn create(folder: &Path, plan: &ComparisonPlan) -> Result<Self, StudyError> {
        plan.check()?;
        let manifest = Manifest::of(plan);
        let held = Log::open_existing(folder)?;
        refuse_used_folder(folder, &manifest)?;
        fs::create_dir_all(folder).map_err(StudyError::write(folder))?;
        let mut log = held.map_or_else(|| Log::open(folder), Ok)?;
        // Before the lock, another process may have come first.
        refuse_used_folder(folder, &manifest)?;
        manifest.write(folder)?;
        log.add(&Entry::Created {
            unix_seconds: unix_seconds(),
        })?;
        Ok(Self {
            folder: folder.to_owned(),
            manifest,
            plan: plan.clone(),
            log,
            parts: Vec::new(),
        })
    }

    /// Opens the study in `folder`, whatever its state.
    ///
    /// # Errors
    /// If there is none, its manifest does not make sense, or another process works on it.
    pub fn open(folder: &Path) -> Result<Self, StudyError> {
        let manifest = Manifest::read(folder)?;
        let path = folder.join(crate::manifest::MANIFEST_FILE);
        let plan = manifest
            .plan()
            .map_err(|reason| StudyError::BadManifest { path, reason })?;
        let log = Log::open(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            manifest,
            plan,
            log,
            parts: Vec::new(),
        })
    }

    /// Opens the study in `folder` to go on with it.
    ///
    /// # Errors
    /// As [`Self::open`]; and if another version of the engine made it.
    pub fn resume(folder: &Path) -> Result<Self, StudyError> {
        let mut study = Self::open(folder)?;
        study.refuse_other_engine()?;
        study.sweep()?;
        study.log.add(&Entry::Resumed {
            unix_seconds: unix_seconds(),
        })?;
        Ok(study)
    }

    /// As [`Self::resume`], and makes sure that the folder holds the study of this plan.
    ///
    /// # Errors
    /// As [`Self::resume`]; and if the folder holds another study.
    pub fn resume_plan(folder: &Path, plan: &ComparisonPlan) -> Result<Self, StudyError> {
        plan.check()?;
        let (held, wanted) = (Manifest::read(folder)?, Manifest::of(plan));
        if let Some(difference) = difference(&held, &wanted) {
            return Err(StudyError::OtherStudy {
                path: folder.to_owned(),
                difference,
            });
        }
        let mut study = Self::resume(folder)?;
        study.plan.threads = plan.threads;
        Ok(study)
    }

    /// Opens the study in `folder` to bring it to a fixed number of replications.
    ///
    /// The study is then the one that [`Self::create`] would make with that fixed number. Choose the number for a reason
    /// other than the verdict so far: intervals for a fixed number do not allow for looking in between.
    ///
    /// Until every world is there, the folder goes on holding the study as it was.
    ///
    /// # Errors
    /// As [`Self::resume`]; if it has that many replications already, or one of its shards is damaged.
    pub fn extend(folder: &Path, replications: u64) -> Result<Self, StudyError> {
        let mut study = Self::open(folder)?;
        study.refuse_other_engine()?;
        study.manifest.refuse_slice(folder)?;
        let have = study.manifest.replications;
        if let Some(have) = have.filter(|have| *have >= replications) {
            return Err(StudyError::NothingToAdd {
                path: folder.to_owned(),
                have,
                asked: replications,
            });
        }
        study.sweep()?;
        study.check_shards()?;
        study.manifest = study.manifest.extended(replications);
        study.plan.stopping = experiments::Stopping::Fixed(replications);
        study.log.add(&Entry::Extended {
            unix_seconds: unix_seconds(),
            replications_before: have,
            replications,
        })?;
        Ok(study)
    }

    /// The study's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What the study is.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// What is compared, and how far.
    pub fn plan(&self) -> &ComparisonPlan {
        &self.plan
    }

    /// Identity of the study in rows and shards: 16 hexadecimal digits, the same wherever the same study is made.
    pub fn id(&self) -> &str {
        &self.manifest.study
    }

    /// Sets the number of threads; 0 means all cores. Results do not depend on it.
    pub fn set_threads(&mut self, threads: usize) {
        self.plan.threads = threads;
    }

    /// Simulates what is missing and keeps it. Afterwards write the result files, then call [`Self::finish`].
    ///
    /// When `cancel` is set, what is finished is kept and the result says `Interrupted`.
    ///
    /// # Errors
    /// If a shard is damaged or cannot be written; whatever was finished and written is kept.
    pub fn run(
        &mut self,
        engine: &impl Engine,
        progress: &mut dyn FnMut(Progress),
        cancel: &AtomicBool,
    ) -> Result<Comparison, StudyError> {
        let started = Instant::now();
        let mut keeper = Keeper::new(self.shards(), self.manifest.identity(), &self.parts, progress);
        let compared = compare(&self.plan, engine, &mut keeper, cancel);
        let flushed = keeper.flush();
        let comparison = compared?;
        flushed?;
        if !is_interrupted(&comparison) {
            // From here on result files are replaced: of an extended study, those of fewer worlds.
            self.manifest.write(&self.folder)?;
        }
        let bases = std::iter::once(&comparison.settings).chain(&comparison.plausible);
        self.log.add(&Entry::Ran {
            unix_seconds: unix_seconds(),
            elapsed_seconds: started.elapsed().as_secs_f64(),
            threads: self.plan.threads,
            team_weeks: bases.map(|basis| basis.team_weeks).sum(),
            interrupted: is_interrupted(&comparison),
        })?;
        Ok(comparison)
    }

    /// Marks the study as complete, unless `comparison` was interrupted. Call it when every result file is written.
    ///
    /// # Errors
    /// If the manifest cannot be written.
    pub fn finish(&mut self, comparison: &Comparison) -> Result<(), StudyError> {
        if is_interrupted(comparison) {
            return Ok(());
        }
        self.manifest = self.manifest.finished(comparison);
        self.manifest.write(&self.folder)
    }

    /// Every row that `result` rests on, world by world, read from the shards one by one.
    pub fn rows(&self, result: &BasisResult) -> Rows {
        Rows::new(
            self.shards(),
            self.manifest.identity(),
            result,
            self.plan.arms.len() as u64,
        )
    }

    /// From now on takes worlds from slices of this study, too, and keeps them as its own.
    pub fn join(&mut self, parts: Parts) {
        self.parts = parts.shards();
    }

    /// Reads every shard once, so that damage is found before anything is simulated.
    fn check_shards(&self) -> Result<(), StudyError> {
        for path in shard_files(&self.shards())? {
            Shard::read(&path, self.manifest.identity())?;
        }
        Ok(())
    }

    fn shards(&self) -> PathBuf {
        self.folder.join("shards")
    }

    fn refuse_other_engine(&self) -> Result<(), StudyError> {
        if self.manifest.engine == ENGINE {
            return Ok(());
        }
        let (path, made_by) = (self.folder.clone(), self.manifest.engine.clone());
        Err(StudyError::OtherEngine {
            path,
            made_by,
            this: ENGINE,
        })
    }

    fn sweep(&self) -> Result<(), StudyError> {
        let folders = [
            self.folder.clone(),
            self.shards(),
            self.folder.join("plots"),
            self.folder.join("scenarios"),
        ];
        folders.iter().try_for_each(|folder| sweep(folder))
    }
}

fn is_interrupted(comparison: &Comparison) -> bool {
    let last = comparison.plausible.as_ref().unwrap_or(&comparison.settings);
    last.stopped == Stopped::Interrupted
}
