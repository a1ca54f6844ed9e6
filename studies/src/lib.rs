//! Study folders: a plan and its finished worlds on disk, so that nothing finished is ever lost or counted twice.
//!
//! The only crate that owns result files; knows no model, no statistics, no formats for people. Read in this order:
//!
//! 1. [`whole`]: files that are there whole or not at all.
//! 2. [`manifest`]: what a study is, as `manifest.json`.
//! 3. [`shard`]: finished worlds, as files with checksums.
//! 4. [`study`]: create, open, resume, extend, run, finish.
//! 5. [`experiment`]: folders of experiments, whose runs are kept on a tape.
//! 6. [`merge`]: slices of studies, joined.
//! 7. [`finished`]: what lies finished in a folder, to be read.
//!
//! A study folder holds `manifest.json`, `log.jsonl` (wall times, which nothing else holds), `shards/` and whatever result
//! files are written beside them with [`whole::write_whole`].

pub mod error;
pub mod experiment;
pub mod finished;
mod keeper;
mod log;
pub mod manifest;
pub mod merge;
pub mod shard;
pub mod study;
mod tape;
pub mod whole;

pub use error::StudyError;
pub use experiment::{ExperimentFolder, ExperimentManifest, VERDICT_FILE};
pub use finished::{Finished, FinishedExperiment, FinishedStudy};
pub use log::Reading;
pub use manifest::Manifest;
pub use merge::{Parts, Whole};
pub use study::Study;
pub use whole::{WholeFile, write_whole};
