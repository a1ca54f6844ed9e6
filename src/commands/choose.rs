//! `orgsim choose`: the best of several scenarios with as few runs as possible.

use experiments::choice::{Choice, ChoicePlan, choose};
use experiments::engine::Simulator;
use reports::choice::{choice_csv, choice_object, choice_words};
use reports::plots::race;
use scenarios::Scenario;
use serde_json::{Map, json};
use sim_core::costs::team_cost;
use sim_core::simulation::Span;

use super::{bytes, refuse_lost};
use crate::arguments::{Choose, Lead};
use crate::experiment::{Experiment, Found, arms_of, smallest_gap};
use crate::failure::Failure;

/// Lets the scenarios race and writes what was found.
///
/// # Errors
/// If something that was given cannot be used, files cannot be written, worlds fail, or somebody interrupts.
pub fn execute(arguments: &Choose) -> Result<(), Failure> {
    let (arms, span) = arms_of(&arguments.arms, &arguments.options)?;
    let (outcome, seed) = (arguments.options.outcome, arguments.options.seed);
    let plan = ChoicePlan {
        threads: arguments.options.threads.unwrap_or(0),
        ..ChoicePlan::new(arms.clone(), span, seed, outcome, lead(arguments, &arms, span)?)
    };
    plan.check()?;
    let given = Map::from_iter([("smallest_lead".to_owned(), json!(plan.indifference))]);
    let mut experiment = Experiment::begin("choose", &arguments.options, (arms, span), given)?;
    let found = experiment.under_way("Racing", |watch, cancel| choose(&plan, &Simulator, watch, cancel))?;
    let (failed, all, reason) = (found.worlds_failed, found.worlds, found.first_failure.clone());
    experiment.publish(published(found)?)?;
    refuse_lost("worlds", failed, all, reason.as_deref())
}

/// The smallest lead worth finding, in units of the outcome.
fn lead(arguments: &Choose, arms: &[Scenario], span: Span) -> Result<f64, Failure> {
    let outcome = arguments.options.outcome;
    let usual = smallest_gap(&arms[0], span, outcome);
    match arguments.lead {
        Some(Lead::Absolute(lead)) => Ok(lead),
        Some(Lead::OfTeamCost(share)) if usual > 0.0 => Ok(share * team_cost(&arms[0].parameters, span)),
        None if usual > 0.0 => Ok(usual),
        given => {
            let row = outcome.row();
            let what = match given {
                Some(_) => format!(
                    "{} is not counted in team-week costs, so a lead cannot be a share of them",
                    row.name
                ),
                None => format!("{} has no usual smallest lead", row.name),
            };
            Err(Failure::input(
                &what,
                &format!("say what lead is worth finding: --lead NUMBER [{}]", row.unit),
            ))
        }
    }
}

fn published(found: Choice) -> Result<Found, Failure> {
    Ok(Found {
        files: vec![("choice.csv".to_owned(), bytes(choice_csv(&found))?)],
        words: choice_words(&found),
        object: choice_object(&found),
        plots: Box::new(move || race(&found).into_iter().collect()),
    })
}
