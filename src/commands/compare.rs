//! `orgsim compare`: arms in the same worlds, in one environment or in all of them.

mod budget;
mod everywhere;
mod folder;
mod limits;

use experiments::bounds::ArmBounds;
use experiments::budget::BudgetChange;
use experiments::result::Comparison;
use experiments::{ComparisonPlan, Slice, Stopping};
use reports::json::{Measurements, comparison_json};
use reports::verdict::verdict_text;
use scenarios::Scenario;
use serde_json::Value;

use crate::arguments::{Compare, Environments, Speech};
use crate::arms::{Shared, load_arms, notes, span};
use crate::closing::closing;
use crate::execution::{Beginning, Manner, complete, complete_slice, open, refuse_lost_worlds};
use crate::failure::Failure;
use crate::output::{print, tell};
use crate::results::Plotting;
use crate::slices;

/// Compares the arms and writes a study.
///
/// # Errors
/// If something that was given cannot be used, files cannot be written, worlds fail, or somebody interrupts.
pub fn execute(arguments: &Compare) -> Result<(), Failure> {
    if let [only] = arguments.arms.as_slice() {
        return Err(one_arm(only));
    }
    match &arguments.environment {
        Some(Environments::All) => everywhere::execute(arguments),
        Some(Environments::One(name)) => compare(arguments, Some(name)),
        None => compare(arguments, None),
    }
}

fn compare(arguments: &Compare, environment: Option<&str>) -> Result<(), Failure> {
    let planned = planned(arguments, environment)?;
    let plan = &planned.plan;
    let folder = folder::of_one(arguments, environment, plan)?;
    let beginning = if arguments.resume {
        Beginning::Resumed
    } else {
        Beginning::New
    };
    let speech = speech(arguments);
    let mut study = open(&folder, &folder, plan, beginning, speech)?;
    if !plan.slice.is_whole() {
        if speech == Speech::Words {
            tell(&planned.notes());
        }
        let comparison = complete_slice(&mut study, manner(arguments))?;
        return slices::say(speech, plan.slice, &folder, &worlds_of(&comparison));
    }
    let comparison = complete(&mut study, manner(arguments), |comparison, measurements| {
        let limits = arguments
            .bounds
            .then(|| limits::found(plan, speech))
            .transpose()?;
        match speech {
            Speech::Silent => Ok(()),
            Speech::Json => {
                let object = planned.object(comparison, measurements);
                let bounds = limits.as_deref().map(limits::object);
                print(&(with_key(object, "bounds", bounds) + "\n"))
            }
            Speech::Words => print(&(planned.notes() + &words(comparison, limits.as_deref()))),
        }
    })?;
    if speech == Speech::Words {
        print(&closing(&study))?;
    }
    refuse_lost_worlds(&comparison)
}

/// `250 worlds under the settings, 290 plausible companies`.
fn worlds_of(comparison: &Comparison) -> String {
    let companies = comparison.plausible.as_ref().map_or_else(String::new, |basis| {
        format!(", {} plausible companies", basis.replications)
    });
    format!(
        "{} worlds under the settings{companies}",
        comparison.settings.replications
    )
}

/// A JSON object with one more key, if there is a value for it.
fn with_key(object: String, key: &str, value: Option<Value>) -> String {
    match (object.strip_suffix('}'), value) {
        (Some(open), Some(value)) => format!("{open},\"{key}\":{value}}}"),
        _ => object,
    }
}

fn words(comparison: &Comparison, limits: Option<&[ArmBounds]>) -> String {
    let bounds = limits.map(|limits| limits::text(limits, comparison.primary));
    verdict_text(comparison) + &bounds.unwrap_or_default()
}

/// What is compared in one environment.
struct Planned {
    plan: ComparisonPlan,
    /// Companies that differ, and the like.
    notes: String,
    /// Capacity that was changed, if that was asked for.
    budget: Option<Vec<BudgetChange>>,
}

impl Planned {
    /// What a reader must know before the figures.
    fn notes(&self) -> String {
        let mut notes = self.notes.clone() + &self.budget.as_deref().map_or_else(String::new, budget::text);
        if !notes.is_empty() {
            notes.push('\n');
        }
        notes
    }

    fn object(&self, comparison: &Comparison, measurements: &Measurements) -> String {
        let object = comparison_json(comparison, measurements);
        with_key(object, "equal_budget", self.budget.as_deref().map(budget::object))
    }
}

fn planned(arguments: &Compare, environment: Option<&str>) -> Result<Planned, Failure> {
    let shared = Shared {
        environment,
        teams: arguments.teams,
        overrides: &arguments.overrides,
    };
    let arms = load_arms(&arguments.arms, shared)?;
    let notes = notes(&arms);
    let mut plan = ComparisonPlan {
        span: span(&arms, arguments.horizon)?,
        ..of_arms(arguments, arms)
    };
    let budget = arguments
        .equal_budget
        .then(|| budget::equalised(&mut plan, speech(arguments)))
        .transpose()?;
    Ok(Planned { plan, notes, budget })
}

fn of_arms(arguments: &Compare, arms: Vec<Scenario>) -> ComparisonPlan {
    let stopping = match (arguments.replications, arguments.precision) {
        (Some(worlds), _) => Stopping::Fixed(worlds),
        (None, Some(share)) => Stopping::Precision(share),
        (None, None) => Stopping::Settled,
    };
    ComparisonPlan {
        primary: arguments.outcome,
        stopping,
        plausible: !arguments.no_uncertain,
        threads: arguments.threads.unwrap_or(0),
        fork_week: arguments.fork_week,
        slice: arguments.shard.unwrap_or(Slice::WHOLE),
        ..ComparisonPlan::new(arms, arguments.seed)
    }
}

fn speech(arguments: &Compare) -> Speech {
    Speech::of(arguments.json, arguments.quiet)
}

fn manner(arguments: &Compare) -> Manner<'static> {
    Manner {
        plotting: if arguments.no_plots {
            Plotting::Left
        } else {
            Plotting::Drawn
        },
        format: arguments.format,
        speech: speech(arguments),
        to_go_on: "give the same command again with --resume",
    }
}

fn one_arm(only: &str) -> Failure {
    Failure::input(
        &format!("`{only}` alone cannot be compared: name two arms or more"),
        &format!("orgsim compare {only} empowered; for one scenario in one world: orgsim run {only}"),
    )
}
