//! The last words after a study: where its files are, its seed, and how to go on; never what it found.

use scenarios::{Kind, Library, Scenario, load};
use sim_core::simulation::Span;
use studies::Study;

use crate::arguments::DEFAULT_SEED;
use crate::results::file_name;

/// One line each: the files, the seed, one world in detail, more worlds.
pub fn closing(study: &Study) -> String {
    let folder = study.folder().display();
    let seed = study.plan().seed;
    format!(
        "\nFiles: {folder}\n\
         Seed: {seed}; the same bytes again: orgsim rerun {folder}\n\
         One world, event by event: {}\n\
         More worlds: orgsim extend {folder} --replications N\n",
        one_world(study)
    )
}

/// The command that runs the first world of the first arm exactly as the study did.
fn one_world(study: &Study) -> String {
    let plan = study.plan();
    let scenario = plan.arms.first().map_or_else(String::new, |arm| {
        as_in_library(arm).unwrap_or_else(|| resolved(study, arm))
    });
    let seed = if plan.seed == DEFAULT_SEED {
        String::new()
    } else {
        format!(" --seed {}", plan.seed)
    };
    let horizon = match plan.span.horizon_weeks {
        weeks if weeks == Span::default().horizon_weeks => String::new(),
        weeks => format!(" --horizon {weeks}"),
    };
    format!("orgsim run {scenario} --replication 0 --events{seed}{horizon}")
}

/// The arm by library names, if these give exactly its values.
fn as_in_library(arm: &Scenario) -> Option<String> {
    Library::find(Kind::OperatingModel, &arm.operating_model)?;
    let alone = arm.operating_model.clone();
    let with_environment = format!("{}@{}", arm.operating_model, arm.environment);
    let none: [&str; 0] = [];
    let is_same =
        |name: &String| load(name, None, &none).is_ok_and(|found| found.parameters == arm.parameters);
    [alone, with_environment].into_iter().find(is_same)
}

/// The arm by the files that the study wrote.
fn resolved(study: &Study, arm: &Scenario) -> String {
    let scenarios = study.folder().join("scenarios");
    let file = |ending: &str| {
        scenarios
            .join(format!("{}{ending}.toml", file_name(&arm.name)))
            .display()
            .to_string()
    };
    format!("{}@{}", file(""), file("-environment"))
}
