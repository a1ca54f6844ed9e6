//! Money: discounting, wear and costs as closed sums over what was shipped when.

use sim_core::costs;
use sim_core::events::EventKind;
use sim_core::outcomes::Outcome;
use sim_core::parameters::Parameters;
use sim_core::simulation::{Request, Span};

use super::Comparison;
use super::setting::{loaded, pulling, world};

const SPAN: Span = Span {
    warm_up_weeks: 20,
    horizon_weeks: 156,
};
const WEAR_WEEKS: f64 = 30.0;
const RATE: f64 = 1.5;

/// Discounted value of worn items, what is still to come, and the identities of cost.
pub fn money() -> Vec<Comparison> {
    [values(), identities("safe"), identities("empowered")].concat()
}

/// Every item brings 1.5 a week at launch, half of it after 30 weeks.
fn worn() -> Parameters {
    pulling(&[
        "environment.value_spread=0",
        "environment.value_location=1.5",
        "environment.staleness_half_life_weeks=inf",
        "environment.wear_half_life_weeks=30",
        "company.discount_per_year=0.3",
    ])
}

fn values() -> Vec<Comparison> {
    let parameters = worn();
    let request = Request {
        events: true,
        ..Request::default()
    };
    let run = world(&parameters, SPAN, 0, request);
    let counts = |event: &&sim_core::simulation::Event| event.kind == EventKind::Shipped && event.week >= 0;
    let shipped: Vec<i32> = run.events.iter().filter(counts).map(|event| event.week).collect();
    let total = |until: i32| {
        shipped
            .iter()
            .map(|week| present_value(*week, until))
            .sum::<f64>()
    };
    let horizon = SPAN.horizon_weeks as i32;
    let figure = |what, outcome, until| {
        Comparison::exact(
            what,
            "team-week costs",
            total(until),
            run.outcomes.get(outcome).unwrap_or(f64::NAN),
        )
    };
    vec![
        figure(
            "discounted value of worn items, whole horizon",
            Outcome::ShippedValue,
            horizon,
        ),
        figure("the same, first year", Outcome::ShippedValueYear1, 52),
        figure(
            "the same, what is still to come included",
            Outcome::LifetimeValue,
            6_000,
        ),
    ]
}

/// Σ over weeks w from the one after shipping to before `until`: rate·2^(−(w−shipped)/h)·(1+i)^(−w/52), in closed form.
fn present_value(shipped: i32, until: i32) -> f64 {
    if until <= shipped {
        return 0.0;
    }
    let discount = 1.3_f64.powf(-1.0 / 52.0);
    let ratio = 0.5_f64.powf(1.0 / WEAR_WEEKS) * discount;
    let terms = f64::from(until - shipped - 1);
    RATE * discount.powi(shipped) * ratio * (1.0 - ratio.powf(terms)) / (1.0 - ratio)
}

fn identities(name: &str) -> Vec<Comparison> {
    // What product people cost by their craft changes from week to week; here nobody earns more for it.
    let parameters = loaded(
        name,
        &["company.craft_salary_premium=0", "careers.operations_places=0"],
    );
    let outcomes = world(&parameters, SPAN, 1, Request::default()).outcomes;
    let get = |outcome| outcomes.get(outcome).unwrap_or(f64::NAN);
    let discount = (1.0 + parameters.company.discount_per_year).powf(-1.0 / 52.0);
    let weeks = (1.0 - discount.powi(SPAN.horizon_weeks as i32)) / (1.0 - discount);
    let teams = f64::from(parameters.company.teams) * parameters.company.team_capacity;
    vec![
        Comparison::exact(
            format!("{name}: net value plus total cost is shipped value"),
            "team-week costs",
            get(Outcome::ShippedValue),
            get(Outcome::NetValue) + get(Outcome::TotalCost),
        ),
        Comparison::exact(
            format!("{name}: total cost is a geometric sum of weekly cost"),
            "team-week costs",
            costs::weekly(&parameters).total() * weeks,
            get(Outcome::TotalCost),
        ),
        Comparison::exact(
            format!("{name}: return times discounted cost of teams is shipped value"),
            "team-week costs",
            get(Outcome::ShippedValue),
            get(Outcome::ReturnOnTeamCost) * teams * weeks,
        ),
    ]
}
