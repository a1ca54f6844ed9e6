//! Where a study goes unless `--out` says so: one folder for each question, named after what was asked; writes nothing.

use std::path::{Path, PathBuf};

use experiments::ComparisonPlan;
use studies::Manifest;

use super::Planned;
use crate::arguments::Compare;
use crate::arms::{Shared, load_arms, short_name, span};
use crate::failure::Failure;
use crate::results::file_name;
use crate::slices;

/// Arms that are named in the folder's name; of more, only the first and how many others.
const NAMED_ARMS: usize = 4;

/// Folder of a comparison in one environment.
///
/// # Errors
/// If its arms cannot be loaded.
pub fn of_one(
    arguments: &Compare,
    environment: Option<&str>,
    plan: &ComparisonPlan,
) -> Result<PathBuf, Failure> {
    if let Some(folder) = &arguments.out {
        return Ok(folder.clone());
    }
    let place = environment.map_or_else(String::new, |name| {
        format!("-in-{}", file_name(&short_name(name)))
    });
    let is_plain = is_plain(arguments, environment, plan)?;
    let digest = (!is_plain).then(|| Manifest::of(plan).digest());
    let slice = slices::place(plan.slice);
    Ok(named(
        arguments,
        &place,
        &(digest.map_or_else(String::new, |digest| format!("-{digest}")) + &slice),
    ))
}

/// Folder of the folders of a comparison in several environments.
///
/// # Errors
/// If its arms cannot be loaded.
pub fn of_all(arguments: &Compare, plans: &[(&str, Planned)]) -> Result<PathBuf, Failure> {
    if let Some(folder) = &arguments.out {
        return Ok(folder.clone());
    }
    let mut digest = None;
    for (environment, Planned { plan, .. }) in plans {
        if !is_plain(arguments, Some(environment), plan)? {
            digest.get_or_insert_with(|| Manifest::of(plan).digest());
        }
    }
    let digest = digest.map_or_else(String::new, |digest| format!("-{digest}"));
    Ok(named(arguments, "-in-all-environments", &digest))
}

/// `results/<A>-vs-<B>[-in-<environment>]-<seed>[-<digest>][-slice-<i>-of-<n>]`.
fn named(arguments: &Compare, place: &str, end: &str) -> PathBuf {
    let name = |arm: &String| file_name(&short_name(arm));
    let arms = match arguments.arms.as_slice() {
        [first, others @ ..] if others.len() >= NAMED_ARMS => {
            format!("{}-vs-{}-others", name(first), others.len())
        }
        arms => arms.iter().map(name).collect::<Vec<_>>().join("-vs-"),
    };
    Path::new("results").join(format!("{arms}{place}-{}{end}", arguments.seed))
}

/// Whether the names alone say everything: library scenarios as they are, and no other question than the usual one.
fn is_plain(arguments: &Compare, environment: Option<&str>, plan: &ComparisonPlan) -> Result<bool, Failure> {
    let is_file = |name: &str| name.ends_with(".toml") || name.contains(['/', '\\']);
    let mut names = arguments.arms.iter().map(String::as_str).chain(environment);
    if arguments.arms.len() > NAMED_ARMS || names.any(|name| name.split('@').any(is_file)) {
        return Ok(false);
    }
    let shared = Shared {
        environment,
        ..Shared::default()
    };
    let arms = load_arms(&arguments.arms, shared)?;
    let plain = ComparisonPlan {
        span: span(&arms, None)?,
        ..ComparisonPlan::new(arms, arguments.seed)
    };
    Ok(Manifest::of(&plain).digest() == Manifest::of(plan).digest())
}
