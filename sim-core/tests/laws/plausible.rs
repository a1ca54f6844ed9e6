//! Random valid parameters for property tests: defaults, plausible values, any allowed value, and the very ends.

use proptest::prelude::*;
use sim_core::parameters::{Parameter, Parameters, Structure, Value, table};

/// Largest values tried where the allowed range is there for size, not for meaning; larger ones only take longer.
const CAPS: &[(&str, f64)] = &[
    ("company.teams", 7.0),
    ("company.teams_per_line", 5.0),
    ("commitment.backlog_limit", 200.0),
    // Early enough to fall into short runs.
    ("mandates.line", 3.0),
    ("mandates.second_line", 3.0),
    ("mandates.deadline_week", 60.0),
    ("mandates.second_deadline_week", 60.0),
    ("mandates.notice_weeks", 60.0),
    ("environment.opportunities_per_team_week", 5.0),
];

/// A valid set of parameters; of each four about two keep their default.
pub fn parameters() -> impl Strategy<Value = Parameters> {
    let count = table().count();
    (
        prop::collection::vec(0.0..1.0f64, count),
        prop::collection::vec(0u8..5, count),
    )
        .prop_map(|(places, ways)| drawn(&places, &ways))
}

fn drawn(places: &[f64], ways: &[u8]) -> Parameters {
    let mut parameters = Parameters::default();
    for ((parameter, place), way) in table().zip(places).zip(ways) {
        if let Some(value) = value(parameter, *place, *way) {
            parameter
                .set(&mut parameters, value)
                .unwrap_or_else(|error| panic!("{error}"));
        }
    }
    reconcile(&mut parameters);
    parameters.check().expect("the draw is valid");
    parameters
}

fn value(parameter: &'static Parameter, place: f64, way: u8) -> Option<Value> {
    let within = |(low, high): (f64, f64)| low + place * (high - low);
    let whole = matches!(parameter.default, Value::Whole(_));
    let number = |number: f64| {
        if whole {
            Value::Whole(number.round() as u32)
        } else {
            Value::Number(number)
        }
    };
    if way < 2 {
        return None;
    }
    match parameter.default {
        Value::Switch(_) => return Some(Value::Switch(place < 0.5)),
        Value::Choice(_) => {
            let choice = (place * parameter.choices.len() as f64) as usize;
            return Some(Value::Choice(parameter.choices[choice]));
        }
        Value::Number(_) | Value::Whole(_) => {}
    }
    let range = range(parameter);
    Some(number(match (way, parameter.plausible) {
        (2, Some(plausible)) => within(plausible),
        (4, _) if place < 0.5 => range.0,
        (4, _) => range.1,
        _ => within((
            range.0,
            range
                .1
                .min(10.0 * parameter.default.as_number()?.abs() + 2.0)
                .max(range.0),
        )),
    }))
}

fn range(parameter: &'static Parameter) -> (f64, f64) {
    let cap = CAPS
        .iter()
        .find(|(path, _)| *path == parameter.path())
        .map_or(f64::INFINITY, |(_, cap)| *cap);
    (parameter.low, parameter.high.min(cap))
}

/// Makes the few parameters agree that are tied to one another.
fn reconcile(parameters: &mut Parameters) {
    let environment = &mut parameters.environment;
    let sum = environment.sales_share + environment.executive_share + environment.engineering_share;
    if sum > 1.0 {
        environment.sales_share /= sum;
        environment.executive_share /= sum;
        environment.engineering_share /= sum;
    }
    let company = &mut parameters.company;
    company.base_contribution = company.base_contribution.min(company.base_revenue);
    let lines = company.teams.div_ceil(company.teams_per_line);
    let mandates = &mut parameters.mandates;
    mandates.line = mandates.line.min(lines);
    mandates.second_line = mandates.second_line.min(lines);
    if mandates.second_deadline_week == mandates.deadline_week {
        mandates.second_line = 0;
    }
    let commitment = &mut parameters.commitment;
    commitment.slack_weeks = commitment.slack_weeks.min(commitment.cadence_weeks - 1);
    let roles = &mut parameters.roles;
    match roles.structure {
        Structure::None => roles.product_people_per_team = 0.0,
        Structure::OwnerOnly | Structure::Pair | Structure::Chain => {
            roles.product_people_per_team = roles.product_people_per_team.max(0.1);
            parameters.behaviour.exact_belief = false;
        }
        Structure::One => {}
    }
}
