//! Forks: one history that all arms share up to a week, and what may differ after it; compares nothing.

use scenarios::{Origin, Scenario};
use sim_core::parameters::{ENVIRONMENT_GROUPS, Parameters};
use sim_core::simulation::Span;

use crate::error::ComparisonError;

/// What a run lived through before its own parameters held.
#[derive(Debug, Clone, Copy)]
pub struct Past<'a> {
    /// Parameters of the history.
    pub parameters: &'a Parameters,
    /// First week that the history no longer decides; negative during warm-up.
    pub until: i32,
}

/// Checks that all arms can go on from the history of the first one in `week`.
///
/// # Errors
/// If the week is outside of the run, or an arm differs in what a change of the operating model cannot change.
pub(crate) fn check(week: i32, arms: &[Scenario], span: Span) -> Result<(), ComparisonError> {
    let first = -i64::from(span.warm_up_weeks);
    let last = i64::from(span.horizon_weeks) - 1;
    if !(first..=last).contains(&i64::from(week)) {
        return Err(ComparisonError::ForkOutside { week, first, last });
    }
    let Some((baseline, others)) = arms.split_first() else {
        return Ok(());
    };
    for arm in others {
        let pairs = baseline.origins.iter().zip(&arm.origins);
        if let Some((held, wanted)) = pairs.into_iter().find(|(held, wanted)| parts(held, wanted)) {
            return Err(ComparisonError::ForkElsewhere {
                arm: arm.name.clone(),
                baseline: baseline.name.clone(),
                path: wanted.parameter.path(),
                values: Box::new([in_words(held), in_words(wanted)]),
            });
        }
    }
    Ok(())
}

/// Whether two arms part in something that a change of the operating model does not change.
fn parts(held: &Origin, wanted: &Origin) -> bool {
    ENVIRONMENT_GROUPS.contains(&held.parameter.group)
        && (held.value, held.plausible) != (wanted.value, wanted.plausible)
}

fn in_words(origin: &Origin) -> String {
    match origin.plausible {
        Some((low, high)) => format!("{} ({low} to {high})", origin.value),
        None => origin.value.to_string(),
    }
}
