//! Slices that may be joined: all of one study, all finished, each there once and undamaged; never simulates.

use std::fmt;
use std::path::{Path, PathBuf};

use experiments::Slice;
use experiments::result::Basis;

use crate::error::StudyError;
use crate::experiment::{self, ExperimentManifest, shards_of};
use crate::keeper::Reader;
use crate::manifest::{ENGINE, MANIFEST_FILE, Manifest, Status, manifest_text, shape, slice_of};
use crate::shard::{Shard, shard_files};
use crate::study::refusal;
use crate::tape::TapeReader;

/// Why slices cannot be joined, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartsError {
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

impl fmt::Display for PartsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.what)
    }
}

impl std::error::Error for PartsError {}

fn refused(what: String, remedy: &str) -> StudyError {
    StudyError::Parts(PartsError {
        what,
        remedy: remedy.to_owned(),
    })
}

/// The manifest of a slice.
#[derive(Debug, Clone)]
enum Record {
    Comparison(Box<Manifest>),
    Experiment(Box<ExperimentManifest>),
}

/// What slices are slices of.
#[derive(Debug, Clone)]
pub enum Whole {
    /// A comparison.
    Comparison(Box<Manifest>),
    /// An experiment beyond a comparison.
    Experiment(Box<ExperimentManifest>),
}

/// One slice.
#[derive(Debug)]
struct Part {
    folder: PathBuf,
    slice: Slice,
    record: Record,
}

/// All slices of one study, in their order.
#[derive(Debug)]
pub struct Parts {
    first: Part,
    others: Vec<Part>,
}

impl Parts {
    /// Reads the slices in `folders`, every shard included.
    ///
    /// # Errors
    /// If a folder holds no finished slice, slices are of different studies, one is missing or there twice, or is damaged.
    pub fn read(folders: &[PathBuf]) -> Result<Self, StudyError> {
        let mut parts = folders
            .iter()
            .map(|folder| Part::read(folder))
            .collect::<Result<Vec<_>, _>>()?;
        parts.sort_by_key(|part| part.slice.number());
        let Some((first, others)) = parts.split_first() else {
            return Err(refused(
                "no slice is named".to_owned(),
                "name the folder of every slice",
            ));
        };
        others.iter().try_for_each(|part| part.refuse_other(first))?;
        refuse_repeated(&parts)?;
        refuse_missing(&parts, first.slice.of())?;
        parts.iter().try_for_each(Part::refuse_damage)?;
        let first = parts.remove(0);
        Ok(Self { first, others: parts })
    }

    fn each(&self) -> impl Iterator<Item = &Part> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// What the slices are slices of.
    pub fn whole(&self) -> Whole {
        match &self.first.record {
            Record::Comparison(manifest) => Whole::Comparison(Box::new(Manifest {
                slice: None,
                status: Status::Running,
                replications: None,
                worlds_failed: None,
                bases: Vec::new(),
                ..(**manifest).clone()
            })),
            Record::Experiment(manifest) => Whole::Experiment(Box::new(ExperimentManifest {
                slice: None,
                runs: None,
                status: Status::Running,
                ..(**manifest).clone()
            })),
        }
    }

    /// Each slice of a comparison and its shards.
    pub(crate) fn shards(&self) -> Vec<(Slice, PathBuf)> {
        let shards = |part: &Part| (part.slice, shards_of(&part.folder));
        self.each().map(shards).collect()
    }

    /// Each slice of an experiment and its shards.
    pub(crate) fn experiments(&self) -> impl Iterator<Item = (&ExperimentManifest, PathBuf)> {
        self.each().filter_map(|part| match &part.record {
            Record::Comparison(_) => None,
            Record::Experiment(manifest) => Some((&**manifest, shards_of(&part.folder))),
        })
    }
}

impl Part {
    fn read(folder: &Path) -> Result<Self, StudyError> {
        let bad = |reason: String| StudyError::BadManifest {
            path: folder.join(MANIFEST_FILE),
            reason,
        };
        let shape = shape(&manifest_text(folder)?).map_err(bad)?;
        let (record, slice, status, engine) = if shape.experiment.is_some() {
            let manifest = ExperimentManifest::read(folder)?;
            manifest.counted(folder)?;
            let (slice, status, engine) = (manifest.slice.clone(), manifest.status, manifest.engine.clone());
            (Record::Experiment(Box::new(manifest)), slice, status, engine)
        } else {
            let manifest = Manifest::read(folder)?;
            let (slice, status, engine) = (manifest.slice.clone(), manifest.status, manifest.engine.clone());
            (Record::Comparison(Box::new(manifest)), slice, status, engine)
        };
        let path = folder.display();
        if engine != ENGINE {
            return Err(StudyError::OtherEngine {
                path: folder.to_owned(),
                made_by: engine,
                this: ENGINE,
            });
        }
        let Some(word) = slice else {
            return Err(refused(
                format!(
                    "{path} holds a whole study, not a slice of one, so there is nothing to join it with"
                ),
                "name folders that were made with --shard",
            ));
        };
        if status != Status::Finished {
            return Err(refused(
                format!("{path} holds slice {word}, which is not finished yet"),
                "give the command that began it again, with --resume, then join",
            ));
        }
        let slice = slice_of(Some(&word)).map_err(bad)?;
        Ok(Self {
            folder: folder.to_owned(),
            slice,
            record,
        })
    }

    fn refuse_other(&self, first: &Self) -> Result<(), StudyError> {
        let difference = match (&first.record, &self.record) {
            (Record::Comparison(first), Record::Comparison(other)) => {
                let whole = |manifest: &Manifest| Manifest {
                    slice: None,
                    ..manifest.clone()
                };
                refusal::difference(&whole(first), &whole(other))
            }
            (Record::Experiment(first), Record::Experiment(other)) => {
                let whole = |manifest: &ExperimentManifest| ExperimentManifest {
                    slice: None,
                    ..manifest.clone()
                };
                experiment::difference(&whole(first), &whole(other))
            }
            _ => Some("one of `orgsim compare`, one of another command".to_owned()),
        };
        let (here, there) = (self.folder.display(), first.folder.display());
        match difference {
            Some(difference) => Err(refused(
                format!(
                    "{there} and {here} are slices of different studies: {difference} (first folder there, second here)"
                ),
                "join only slices that were made by one command, with another --shard each",
            )),
            None if self.slice.of() != first.slice.of() => Err(refused(
                format!(
                    "{there} is slice {}, and {here} is slice {}: they are cut differently",
                    first.slice, self.slice
                ),
                "join only slices of one cut: all of the same number behind the stroke",
            )),
            None => Ok(()),
        }
    }

    /// Reads every shard, and makes sure that everything is there which the slice had when it was finished.
    fn refuse_damage(&self) -> Result<(), StudyError> {
        let shards = shards_of(&self.folder);
        match &self.record {
            Record::Comparison(manifest) => {
                for path in shard_files(&shards)? {
                    Shard::read(&path, manifest.identity()).map_err(|error| self.damaged(error))?;
                }
                for record in &manifest.bases {
                    let basis = [Basis::Settings, Basis::Plausible]
                        .into_iter()
                        .find(|basis| basis.word() == record.basis);
                    let Some(basis) = basis else { continue };
                    let found = self.worlds(manifest, basis, record.replications)?;
                    self.refuse_fewer(found, record.replications, "worlds")?;
                }
                Ok(())
            }
            Record::Experiment(manifest) => {
                let mut reader = TapeReader::new(&shards, manifest.identity());
                let Some(runs) = manifest.runs else {
                    return self.refuse_fewer(0, 1, "runs");
                };
                let mut found = 0;
                for place in runs.first..runs.end {
                    let run = reader.run(place).map_err(|error| self.damaged(error))?;
                    found += u64::from(run.is_some());
                }
                self.refuse_fewer(found, runs.end - runs.first, "runs")
            }
        }
    }

    /// Worlds that were kept on a basis, up to `most`.
    fn worlds(&self, manifest: &Manifest, basis: Basis, most: u64) -> Result<u64, StudyError> {
        let mut reader = Reader::new(shards_of(&self.folder), manifest.identity());
        let (mut found, mut block) = (0, self.slice.number() - 1);
        while found < most {
            let held = reader.block(basis, block).map_err(|error| self.damaged(error))?;
            let Some(held) = held else { break };
            found += held.worlds_kept().count() as u64;
            block += self.slice.of();
        }
        Ok(found.min(most))
    }

    fn damaged(&self, error: StudyError) -> StudyError {
        match error {
            StudyError::BadShard { path, reason } => refused(
                format!("{} is damaged ({reason})", path.display()),
                &format!(
                    "delete this file, make slice {} whole again with the command that made it and --resume, then join; only \
                     what was in the file is simulated again",
                    self.slice
                ),
            ),
            error => error,
        }
    }

    fn refuse_fewer(&self, found: u64, wanted: u64, what: &str) -> Result<(), StudyError> {
        if found == wanted {
            return Ok(());
        }
        Err(refused(
            format!(
                "{} lacks {} of the {wanted} {what} of slice {}: shards are missing",
                self.folder.display(),
                wanted - found,
                self.slice
            ),
            "give the command that made it again, with --resume, then join; only what is missing is simulated again",
        ))
    }
}

fn refuse_repeated(parts: &[Part]) -> Result<(), StudyError> {
    for pair in parts.windows(2) {
        if pair[0].slice == pair[1].slice {
            return Err(refused(
                format!(
                    "slice {} is there twice: in {} and in {}",
                    pair[0].slice,
                    pair[0].folder.display(),
                    pair[1].folder.display()
                ),
                "name each slice once",
            ));
        }
    }
    Ok(())
}

/// Missing slices that are named; of more, only how many.
const NAMED: usize = 5;

fn refuse_missing(parts: &[Part], of: u64) -> Result<(), StudyError> {
    let is_there = |number: &u64| parts.iter().any(|part| part.slice.number() == *number);
    let missing: Vec<String> = (1..=of)
        .filter(|number| !is_there(number))
        .map(|number| format!("{number}/{of}"))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let named = missing.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    let more = match missing.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Err(refused(
        format!("slices are missing, {} of {of}: {named}{more}", missing.len()),
        "run each of them with the same command and its own --shard, then name all folders",
    ))
}
