//! `orgsim breakeven`: where each of two scenarios is the better one.

use experiments::breakeven::{Axis, BreakEvenMap, MapPlan, map};
use experiments::discovery::{DEFAULT_WORLDS, Discovery, DiscoveryPlan, discover};
use experiments::engine::Simulator;
use reports::breakeven::{frontier_csv, map_csv, map_object, map_words};
use reports::discovery::{boxes_csv, companies_csv, search_object, search_words, trajectory_csv};
use reports::plots::{break_even_map, trade_off};
use reports::words::Words;
use scenarios::Scenario;
use serde_json::{Map, Value, json};
use sim_core::parameters::Parameter;
use sim_core::simulation::Span;

use super::{bytes, refuse_lost};
use crate::arguments::{BreakEven, Override, parameter};
use crate::arms::target;
use crate::experiment::{Experiment, Found, arms_of, smallest_gap};
use crate::failure::Failure;

/// Maps and searches, and writes what was found.
///
/// # Errors
/// If something that was given cannot be used, files cannot be written, worlds fail, or somebody interrupts.
pub fn execute(arguments: &BreakEven) -> Result<(), Failure> {
    let references = [arguments.first.clone(), arguments.other.clone()];
    let (arms, span) = arms_of(&references, &arguments.options)?;
    let mapped = map_plan(arguments, &arms, span, &references)?;
    let searched = arguments.search.then(|| search_plan(arguments, &arms, span));
    if let Some(plan) = &mapped {
        plan.check()?;
    }
    if let Some(plan) = &searched {
        plan.check()?;
    }
    let given = given(arguments, mapped.as_ref());
    let mut experiment = Experiment::begin("breakeven", &arguments.options, (arms, span), given)?;
    let map = mapped
        .map(|plan| {
            experiment.under_way("Drawing the map", |watch, cancel| {
                map(&plan, &Simulator, watch, cancel)
            })
        })
        .transpose()?;
    let search = searched
        .map(|plan| {
            experiment.under_way("Searching companies", |watch, cancel| {
                discover(&plan, &Simulator, watch, cancel)
            })
        })
        .transpose()?;
    let lost: Vec<Lost> = lost_worlds(map.as_ref())
        .into_iter()
        .chain(lost_companies(search.as_ref()))
        .collect();
    experiment.publish(published(map, search)?)?;
    lost.iter()
        .try_for_each(|(what, failed, all, reason)| refuse_lost(what, *failed, *all, Some(reason)))
}

fn map_plan(
    arguments: &BreakEven,
    arms: &[Scenario],
    span: Span,
    references: &[String],
) -> Result<Option<MapPlan>, Failure> {
    let (Some(x), Some(y)) = (&arguments.x, &arguments.y) else {
        return Ok(None);
    };
    Ok(Some(MapPlan {
        x: axis("--x", x, arguments, arms, references)?,
        y: axis("--y", y, arguments, arms, references)?,
        arms: [arms[0].clone(), arms[1].clone()],
        span,
        seed: arguments.options.seed,
        outcome: arguments.options.outcome,
        squares: arguments.squares,
        worlds: arguments.replications,
        threads: arguments.options.threads.unwrap_or(0),
    }))
}

fn search_plan(arguments: &BreakEven, arms: &[Scenario], span: Span) -> DiscoveryPlan {
    DiscoveryPlan {
        arms: [arms[0].clone(), arms[1].clone()],
        span,
        seed: arguments.options.seed,
        outcome: arguments.options.outcome,
        companies: arguments.companies,
        worlds: DEFAULT_WORLDS,
        smallest_gap: smallest_gap(&arms[0], span, arguments.options.outcome),
        threads: arguments.options.threads.unwrap_or(0),
    }
}

/// `[ARM:]group.parameter[=LOW..HIGH]` as an axis.
fn axis(
    option: &str,
    given: &Override,
    arguments: &BreakEven,
    arms: &[Scenario],
    references: &[String],
) -> Result<Axis, Failure> {
    let names: Vec<String> = arms.iter().map(|arm| arm.name.clone()).collect();
    let arm = target(option, given, &names, references)?;
    let (path, range) = match given.setting.split_once('=') {
        Some((path, range)) => (path, Some(range)),
        None => (given.setting.as_str(), None),
    };
    let parameter = parameter(path.trim()).map_err(|words| Failure::Input(format!("{option}: {words}")))?;
    let (low, high) = match range {
        Some(range) => ends(range).ok_or_else(|| bad_range(option, path, range))?,
        None => usual_range(parameter, arm, arms).ok_or_else(|| no_range(option, parameter))?,
    };
    let axis = Axis {
        parameter,
        arm,
        low,
        high,
    };
    refuse_set(option, &axis, arguments, &names, references)?;
    Ok(axis)
}

/// What an axis moves must not be set by an option too: that would have no effect.
fn refuse_set(
    option: &str,
    axis: &Axis,
    arguments: &BreakEven,
    names: &[String],
    references: &[String],
) -> Result<(), Failure> {
    let path = axis.parameter.path();
    let mut is_set = arguments.options.teams.is_some() && path == "company.teams";
    for given in arguments
        .options
        .overrides
        .iter()
        .filter(|given| given.path() == path)
    {
        let arm = target("--set", given, names, references)?;
        is_set |= axis.arm.is_none() || axis.arm == arm;
    }
    if is_set {
        return Err(Failure::input(
            &format!("{path} is moved by {option} and set by another option, too"),
            "leave out one of them",
        ));
    }
    Ok(())
}

/// `LOW..HIGH` as two numbers.
fn ends(range: &str) -> Option<(f64, f64)> {
    let (low, high) = range.split_once("..")?;
    Some((low.trim().parse().ok()?, high.trim().parse().ok()?))
}

/// The plausible range in the arms that are moved, else that of the table, else all that is allowed, if it has ends. What
/// is no number has none of these, and is refused by the plan itself.
fn usual_range(parameter: &'static Parameter, arm: Option<usize>, arms: &[Scenario]) -> Option<(f64, f64)> {
    if parameter.default.as_number().is_none() {
        return Some((0.0, 1.0));
    }
    let moved = arms
        .iter()
        .enumerate()
        .filter(|(place, _)| arm.is_none_or(|only| only == *place));
    let ranges = moved
        .flat_map(|(_, scenario)| &scenario.origins)
        .filter(|origin| origin.parameter == parameter);
    let plausible = ranges
        .filter_map(|origin| origin.plausible)
        .reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
    let allowed = (parameter.low, parameter.high);
    plausible
        .or(parameter.plausible)
        .or_else(|| (allowed.0.is_finite() && allowed.1.is_finite()).then_some(allowed))
}

fn bad_range(option: &str, path: &str, range: &str) -> Failure {
    Failure::input(
        &format!("{option} {path}={range}: `{range}` is no range"),
        &format!("give two numbers with two points between, as in {path}=0.1..0.9"),
    )
}

fn no_range(option: &str, parameter: &Parameter) -> Failure {
    let path = parameter.path();
    Failure::input(
        &format!(
            "{option} {path}: no range is known, and {} has no end",
            parameter.allowed()
        ),
        &format!("give one: {option} {path}=LOW..HIGH"),
    )
}

/// What decides the figures, for the manifest.
fn given(arguments: &BreakEven, plan: Option<&MapPlan>) -> Map<String, Value> {
    let axis = |axis: &Axis| json!({ "parameter": axis.parameter.path(), "arm": axis.arm, "low": axis.low, "high": axis.high });
    let mut given = Map::new();
    if let Some(plan) = plan {
        given.insert("x".to_owned(), axis(&plan.x));
        given.insert("y".to_owned(), axis(&plan.y));
        given.insert("squares".to_owned(), json!(plan.squares));
        given.insert("replications".to_owned(), json!(plan.worlds));
    }
    if arguments.search {
        given.insert("search_companies".to_owned(), json!(arguments.companies));
    }
    given
}

/// What failed, how many, of how many, and the first reason.
type Lost = (&'static str, u64, u64, String);

fn lost_worlds(map: Option<&BreakEvenMap>) -> Option<Lost> {
    let squares = &map?.squares;
    let reason = squares.iter().find_map(|square| square.first_failure.clone())?;
    // Squares that contradict themselves are unknown and say so; they are no chance loss.
    let none_is_known = squares.iter().all(|square| square.ahead.is_none());
    let whole = || {
        squares
            .iter()
            .filter(move |square| none_is_known || square.ahead.is_some())
    };
    let failed = whole().map(|square| square.worlds_failed).sum();
    Some((
        "worlds",
        failed,
        whole().map(|square| square.worlds).sum(),
        reason,
    ))
}

fn lost_companies(search: Option<&Discovery>) -> Option<Lost> {
    let search = search?;
    let all = search.companies.len() as u64 + search.companies_failed;
    Some((
        "companies",
        search.companies_failed,
        all,
        search.first_failure.clone()?,
    ))
}

fn published(map: Option<BreakEvenMap>, search: Option<Discovery>) -> Result<Found, Failure> {
    let (mut files, mut words, mut object) = (Vec::new(), Words::default(), Map::new());
    if let Some(map) = &map {
        files.push(("map.csv".to_owned(), bytes(map_csv(map))?));
        files.push(("frontier.csv".to_owned(), bytes(frontier_csv(map))?));
        words.append(map_words(map));
        object.extend(map_object(map));
    }
    if let Some(search) = &search {
        files.push(("companies.csv".to_owned(), bytes(companies_csv(search))?));
        files.push(("boxes.csv".to_owned(), bytes(boxes_csv(search))?));
        files.push(("trajectory.csv".to_owned(), bytes(trajectory_csv(search))?));
        words.append(search_words(search));
        object.insert("search".to_owned(), Value::Object(search_object(search)));
    }
    Ok(Found {
        files,
        words,
        object,
        plots: Box::new(move || {
            let of_map = map.iter().map(break_even_map);
            let of_search = search.iter().filter_map(trade_off);
            of_map.chain(of_search).collect()
        }),
    })
}
