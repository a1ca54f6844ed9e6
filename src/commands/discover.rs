//! `orgsim discover`: in which companies a scenario fails, and what each loses in each environment.

use experiments::discovery::{Discovery, DiscoveryPlan, discover};
use experiments::engine::Simulator;
use experiments::regret::{REGRET_WORLDS, RegretPlan, Situation, SituationRegret, regrets};
use reports::discovery::{
    boxes_csv, companies_csv, discovery_words, regret_csv, regret_object, search_object, trajectory_csv,
};
use reports::plots::trade_off;
use scenarios::{Kind, Library};
use serde_json::{Map, json};

use super::{bytes, refuse_lost};
use crate::arguments::Discover;
use crate::arms::{Shared, load_arms, span};
use crate::experiment::{Experiment, Found, arms_of, smallest_gap};
use crate::failure::Failure;

/// Searches companies and writes what was found.
///
/// # Errors
/// If something that was given cannot be used, files cannot be written, or somebody interrupts.
pub fn execute(arguments: &Discover) -> Result<(), Failure> {
    let options = &arguments.options;
    let references = [arguments.first.clone(), arguments.other.clone()];
    let (arms, span) = arms_of(&references, options)?;
    let plan = DiscoveryPlan {
        arms: [arms[0].clone(), arms[1].clone()],
        span,
        seed: options.seed,
        outcome: options.outcome,
        companies: arguments.companies,
        worlds: arguments.replications,
        smallest_gap: smallest_gap(&arms[0], span, options.outcome),
        threads: options.threads.unwrap_or(0),
    };
    plan.check()?;
    let elsewhere = RegretPlan {
        situations: situations(arguments, &references)?,
        outcome: options.outcome,
        seed: options.seed,
        worlds: REGRET_WORLDS,
        threads: plan.threads,
    };
    let given = Map::from_iter([
        ("companies".to_owned(), json!(plan.companies)),
        ("replications".to_owned(), json!(plan.worlds)),
    ]);
    let mut experiment = Experiment::begin("discover", options, (arms, span), given)?;
    let found = experiment.under_way("Searching companies", |watch, cancel| {
        discover(&plan, &Simulator, watch, cancel)
    })?;
    let regrets = experiment.under_way("In each environment", |watch, cancel| {
        regrets(&elsewhere, &Simulator, watch, cancel)
    })?;
    let (failed, reason) = (found.companies_failed, found.first_failure.clone());
    let all = found.companies.len() as u64 + failed;
    experiment.publish(published(found, &regrets)?)?;
    refuse_lost("companies", failed, all, reason.as_deref())
}

/// Both scenarios in every environment of the library but the reference model's; nowhere else if they name their own.
fn situations(arguments: &Discover, references: &[String]) -> Result<Vec<Situation>, Failure> {
    if references.iter().any(|reference| reference.contains('@')) {
        return Ok(Vec::new());
    }
    let options = &arguments.options;
    let environments = Library::of_kind(Kind::Environment).filter(|entry| entry.name != "reference");
    let situation = |name: &str| {
        let shared = Shared {
            environment: Some(name),
            teams: options.teams,
            overrides: &options.overrides,
        };
        let arms = load_arms(references, shared)?;
        Ok(Situation {
            environment: name.to_owned(),
            span: span(&arms, options.horizon)?,
            arms,
        })
    };
    environments.map(|entry| situation(entry.name)).collect()
}

fn published(found: Discovery, regrets: &[SituationRegret]) -> Result<Found, Failure> {
    let mut files = vec![
        ("companies.csv".to_owned(), bytes(companies_csv(&found))?),
        ("boxes.csv".to_owned(), bytes(boxes_csv(&found))?),
        ("trajectory.csv".to_owned(), bytes(trajectory_csv(&found))?),
    ];
    let mut object = search_object(&found);
    if !regrets.is_empty() {
        files.push((
            "regret.csv".to_owned(),
            bytes(regret_csv(&found.arms, found.outcome, regrets))?,
        ));
        object.insert("regret".to_owned(), regret_object(&found.arms, regrets));
    }
    Ok(Found {
        files,
        words: discovery_words(&found, regrets),
        object,
        plots: Box::new(move || trade_off(&found).into_iter().collect()),
    })
}
