//! `orgsim attribute`: which part of a change earns the gap, and what first.

use experiments::attribution::{
    Attribution, AttributionPlan, DEFAULT_EXACT_WORLDS, DEFAULT_WORLDS, Method, attribute,
};
use experiments::engine::Simulator;
use reports::attribution::{attribution_object, attribution_words, order_csv, parts_csv};
use reports::plots::waterfall;
use serde_json::{Map, json};

use super::{bytes, refuse_lost};
use crate::arguments::Attribute;
use crate::experiment::{Experiment, Found, arms_of};
use crate::failure::Failure;

/// Shares out the gap and writes what was found.
///
/// # Errors
/// If something that was given cannot be used, files cannot be written, worlds fail, or somebody interrupts.
pub fn execute(arguments: &Attribute) -> Result<(), Failure> {
    let references = [arguments.from.clone(), arguments.to.clone()];
    let (arms, span) = arms_of(&references, &arguments.options)?;
    let (method, default) = if arguments.exact {
        (Method::Exact, DEFAULT_EXACT_WORLDS)
    } else {
        (Method::Sampled, DEFAULT_WORLDS)
    };
    let plan = AttributionPlan {
        from: arms[0].clone(),
        to: arms[1].clone(),
        span,
        seed: arguments.options.seed,
        outcome: arguments.options.outcome,
        worlds: arguments.replications.unwrap_or(default),
        method,
        threads: arguments.options.threads.unwrap_or(0),
    };
    plan.check()?;
    let given = Map::from_iter([
        ("replications".to_owned(), json!(plan.worlds)),
        ("exact".to_owned(), json!(arguments.exact)),
    ]);
    let mut experiment = Experiment::begin("attribute", &arguments.options, (arms, span), given)?;
    let found = experiment.under_way("Sharing out the gap", |watch, cancel| {
        attribute(&plan, &Simulator, watch, cancel)
    })?;
    let (failed, all) = (found.worlds_failed, found.worlds[0] + found.worlds[2]);
    let reason = found.first_failure.clone();
    experiment.publish(published(found)?)?;
    refuse_lost("worlds", failed, all, reason.as_deref())
}

fn published(found: Attribution) -> Result<Found, Failure> {
    Ok(Found {
        files: vec![
            ("attribution.csv".to_owned(), bytes(parts_csv(&found))?),
            ("order.csv".to_owned(), bytes(order_csv(&found))?),
        ],
        words: attribution_words(&found),
        object: attribution_object(&found),
        plots: Box::new(move || Ok(vec![waterfall(&found)?])),
    })
}
