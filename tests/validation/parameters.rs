//! Every parameter of the table, moved from end to end, changes some outcome.

use sim_core::outcomes::{Outcome, Outcomes};
use sim_core::parameters::{Parameter, Parameters, Value, table};
use sim_core::simulation::{Request, Span, WorldKey, run};

/// Scenarios in which a parameter may show what it does.
const SCENARIOS: &[(&str, &[&str])] = &[
    ("safe", &[]),
    ("empowered", &[]),
    ("safe-with-discovery@coupled-platform", &[]),
    (
        "safe",
        &[
            "roles.structure=chain",
            "roles.hand_offs=5",
            "roles.escalation_weeks=2",
        ],
    ),
];

/// Parameters that act only where something else is not at its usual place, and a scenario in which it is not.
const SWITCHES: &[(&str, (&str, &[&str]))] = &[
    // Duties press only where they exceed the hours of product people.
    (
        "behaviour.stakeholder_hours",
        ("safe", &["roles.product_people_per_team=0.4"]),
    ),
    (
        "behaviour.starvation_effect",
        ("safe", &["roles.product_people_per_team=0.4"]),
    ),
];

/// Numbers beyond which only running time grows.
const LARGEST: &[(&str, f64)] = &[
    ("company.teams", 13.0),
    ("company.teams_per_line", 6.0),
    ("environment.opportunities_per_team_week", 3.0),
];

const SPAN: Span = Span {
    warm_up_weeks: 26,
    horizon_weeks: 130,
};

fn outcomes(parameters: &Parameters) -> Outcomes {
    let key = WorldKey {
        seed: 99,
        replication: 0,
    };
    run(parameters, SPAN, key, Request::default()).outcomes
}

fn differ(one: &Outcomes, other: &Outcomes) -> bool {
    let bits = |outcomes: &Outcomes, outcome| outcomes.get(outcome).map(f64::to_bits);
    Outcome::ALL
        .iter()
        .any(|outcome| bits(one, *outcome) != bits(other, *outcome))
}

/// Values to move to: the ends of the plausible range, else of the allowed one, all choices, both switches.
fn values(parameter: &Parameter) -> Vec<Value> {
    let whole = matches!(parameter.default, Value::Whole(_));
    let number = |number: f64| {
        if whole {
            Value::Whole(number.round() as u32)
        } else {
            Value::Number(number)
        }
    };
    match parameter.default {
        Value::Switch(_) => vec![Value::Switch(true), Value::Switch(false)],
        Value::Choice(_) => parameter.choices.iter().map(|word| Value::Choice(word)).collect(),
        Value::Number(_) | Value::Whole(_) => {
            let path = parameter.path();
            let cap = LARGEST
                .iter()
                .find(|(name, _)| *name == path)
                .map_or(f64::INFINITY, |(_, cap)| *cap);
            let (low, high) = parameter.plausible.unwrap_or((parameter.low, parameter.high));
            let (low, high) = (low.max(-1.0), high.min(cap).min(1e3));
            vec![
                number(low),
                number(high),
                number(low + 0.3 * (high - low).min(10.0)),
            ]
        }
    }
}

fn acts(parameter: &Parameter, base: &Parameters, before: &Outcomes) -> bool {
    values(parameter).into_iter().any(|value| {
        let mut moved = base.clone();
        parameter.set(&mut moved, value).is_ok() && moved.check().is_ok() && differ(before, &outcomes(&moved))
    })
}

fn loaded((name, changes): (&str, &[&str])) -> Parameters {
    scenarios::load(name, None, changes)
        .expect("the library loads")
        .parameters
}

#[test]
fn every_parameter_moved_from_end_to_end_changes_some_outcome() {
    let bases: Vec<(Parameters, Outcomes)> = SCENARIOS
        .iter()
        .map(|scenario| loaded(*scenario))
        .map(|parameters| (parameters.clone(), outcomes(&parameters)))
        .collect();
    let idle = |parameter: &&Parameter| !bases.iter().any(|(base, before)| acts(parameter, base, before));
    let idle: Vec<String> = table().filter(idle).map(Parameter::path).collect();
    let excused: Vec<String> = SWITCHES.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(idle, excused, "parameters without any effect");
}

#[test]
fn what_acts_only_beside_a_switch_acts_beside_it() {
    for (path, scenario) in SWITCHES {
        let base = loaded(*scenario);
        let parameter = table().find(|parameter| parameter.path() == *path);
        let parameter = parameter.expect("a parameter of the table");
        assert!(
            acts(parameter, &base, &outcomes(&base)),
            "{path} under {scenario:?}"
        );
    }
}
