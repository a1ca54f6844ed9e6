//! The last words after a study: where its files are, its seed, and how to go on; never what it found.

use studies::Study;

use crate::again::quoted;
use crate::reproduction::{reference, usual_options};

/// One line each: the files, the seed, one world in detail, a page to hand over, more worlds.
pub fn closing(study: &Study) -> String {
    let folder = quoted(&study.folder().display().to_string());
    let seed = study.plan().seed;
    format!(
        "\nFiles: {folder}\n\
         Seed: {seed}; the same bytes again: orgsim rerun {folder}\n\
         One world, event by event: {}\n\
         A page to hand over: orgsim report {folder}\n\
         More worlds: orgsim extend {folder} --replications N\n",
        one_world(study)
    )
}

/// The command that runs the first world of the first arm exactly as the study did.
fn one_world(study: &Study) -> String {
    let plan = study.plan();
    let scenario = plan
        .arms
        .first()
        .map_or_else(String::new, |arm| reference(study.folder(), arm));
    let options = usual_options(plan.seed, plan.span, sim_core::outcomes::Outcome::ShippedValue);
    format!("orgsim run {scenario} --replication 0 --events{options}")
}
