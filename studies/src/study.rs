//! A study: created once, run until it is complete, resumed and extended without computing anything twice.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use experiments::block::Row;
use experiments::result::{Basis, BasisResult, Comparison, Stopped};
use experiments::{ComparisonPlan, Engine, Progress, compare};

use crate::error::StudyError;
use crate::keeper::Keeper;
use crate::log::{Entry, Log, unix_seconds};
use crate::manifest::{ENGINE, Manifest, Status};
use crate::shard::{Place, SHARD_BLOCKS, Shard};
use crate::whole::sweep;

/// A study folder, held by this process alone.
#[derive(Debug)]
pub struct Study {
    folder: PathBuf,
    manifest: Manifest,
    plan: ComparisonPlan,
    log: Log,
}

impl Study {
    /// Starts a study in `folder`, which must be new or empty.
    ///
    /// # Errors
    /// If the plan is not usable, or the folder holds a study or anything else, or cannot be written.
    pub fn create(folder: &Path, plan: &ComparisonPlan) -> Result<Self, StudyError> {
        plan.check()?;
        let manifest = Manifest::of(plan);
        refuse_used_folder(folder, &manifest)?;
        fs::create_dir_all(folder).map_err(StudyError::write(folder))?;
        manifest.write(folder)?;
        let mut log = Log::open(folder)?;
        log.add(&Entry::Created {
            unix_seconds: unix_seconds(),
        })?;
        Ok(Self {
            folder: folder.to_owned(),
            manifest,
            plan: plan.clone(),
            log,
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
                held: difference,
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
    /// # Errors
    /// As [`Self::resume`]; and if it has that many replications already.
    pub fn extend(folder: &Path, replications: u64) -> Result<Self, StudyError> {
        let mut study = Self::open(folder)?;
        study.refuse_other_engine()?;
        let have = study.manifest.replications;
        if let Some(have) = have.filter(|have| *have >= replications) {
            return Err(StudyError::NothingToAdd {
                path: folder.to_owned(),
                have,
                asked: replications,
            });
        }
        study.sweep()?;
        study.manifest = study.manifest.extended(replications);
        study.manifest.write(folder)?;
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
        let mut keeper = Keeper::new(self.shards(), self.manifest.identity(), progress);
        let compared = compare(&self.plan, engine, &mut keeper, cancel);
        let flushed = keeper.flush();
        let comparison = compared?;
        flushed?;
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
        Rows {
            shards: self.shards(),
            study: self.manifest.identity(),
            basis: result.basis,
            arms: self.plan.arms.len() as u64,
            rows_left: result.replications * self.plan.arms.len() as u64,
            worlds_wanted: result.replications,
            next_block: 0,
            shard: None,
            rows: Vec::new().into_iter(),
        }
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

/// Rows of a study, in the order of worlds and arms; one shard at a time is in memory.
#[derive(Debug)]
pub struct Rows {
    shards: PathBuf,
    study: u64,
    basis: Basis,
    arms: u64,
    rows_left: u64,
    worlds_wanted: u64,
    next_block: u64,
    shard: Option<Shard>,
    rows: std::vec::IntoIter<Row>,
}

impl Rows {
    fn next_rows(&mut self) -> Result<Vec<Row>, StudyError> {
        let place = Place::of(self.basis, self.next_block);
        let path = place.path(&self.shards);
        if self.next_block.is_multiple_of(SHARD_BLOCKS) {
            self.shard = Shard::read(&path, self.study)?;
        }
        let block = self
            .shard
            .as_ref()
            .map(|shard| shard.block(self.basis, self.next_block));
        let block = block
            .transpose()
            .map_err(|reason| StudyError::BadShard { path, reason })?
            .flatten();
        self.next_block += 1;
        block
            .map(|block| block.rows)
            .ok_or_else(|| StudyError::MissingRows {
                path: self.shards.clone(),
                found: self.worlds_wanted - self.rows_left / self.arms.max(1),
                wanted: self.worlds_wanted,
            })
    }
}

impl Iterator for Rows {
    type Item = Result<Row, StudyError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.rows_left > 0 {
            if let Some(row) = self.rows.next() {
                self.rows_left -= 1;
                return Some(Ok(row));
            }
            match self.next_rows() {
                Ok(rows) => self.rows = rows.into_iter(),
                Err(error) => {
                    self.rows_left = 0;
                    return Some(Err(error));
                }
            }
        }
        None
    }
}

fn is_interrupted(comparison: &Comparison) -> bool {
    let last = comparison.plausible.as_ref().unwrap_or(&comparison.settings);
    last.stopped == Stopped::Interrupted
}

fn refuse_used_folder(folder: &Path, wanted: &Manifest) -> Result<(), StudyError> {
    let path = folder.to_owned();
    match Manifest::read(folder) {
        Err(StudyError::NoStudy { .. }) => refuse_other_files(folder),
        Err(error) => Err(error),
        Ok(held) => Err(
            match (difference(&held, wanted), held.status, held.replications) {
                (Some(held), ..) => StudyError::OtherStudy { path, held },
                (None, Status::Finished, Some(replications)) => StudyError::Finished { path, replications },
                (None, ..) => StudyError::Unfinished { path },
            },
        ),
    }
}

fn refuse_other_files(folder: &Path) -> Result<(), StudyError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(StudyError::write(folder))?,
    };
    for entry in entries {
        // A process that was killed at its very start leaves only the beginning of a manifest.
        if entry.map_err(StudyError::read(folder))?.file_name() != ".manifest.json.part" {
            return Err(StudyError::NotEmpty {
                path: folder.to_owned(),
            });
        }
    }
    Ok(())
}

/// What makes the study that is held another one than the one that is wanted, in words.
fn difference(held: &Manifest, wanted: &Manifest) -> Option<String> {
    let words = held.words();
    if held.words() != wanted.words() || held.engine != wanted.engine {
        return Some(if held.engine == wanted.engine {
            words
        } else {
            format!("{words}, engine {}", held.engine)
        });
    }
    for (held, wanted) in held.scenarios.iter().zip(&wanted.scenarios) {
        for (one, other) in held.settings.iter().zip(&wanted.settings) {
            if (&one.path, &one.value, &one.low, &one.high)
                != (&other.path, &other.value, &other.low, &other.high)
            {
                return Some(format!(
                    "{words}, with {} = {} in {}",
                    one.path,
                    range_words(one),
                    held.name
                ));
            }
        }
    }
    let same = held.identity() == wanted.identity()
        && held.stopping == wanted.stopping
        && held.smallest_gap_share == wanted.smallest_gap_share
        && held.plausible == wanted.plausible;
    (!same).then(|| format!("{words}, with another horizon, outcome, stopping rule or basis"))
}

fn range_words(setting: &scenarios::ResolvedSetting) -> String {
    match (&setting.low, &setting.high) {
        (Some(low), Some(high)) => format!("{} ({low} to {high})", setting.value),
        _ => setting.value.clone(),
    }
}
