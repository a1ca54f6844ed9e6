//! Business: cash as an identity, reach as a closed form, and what an overdue mandate costs.

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
const ALL: Request = Request {
    chooser: sim_core::simulation::Chooser::Believing,
    weekly: false,
    events: true,
};

/// The identity of cash, reach by launch work and by word of mouth, and the price of a missed deadline.
pub fn business() -> Vec<Comparison> {
    let mut comparisons = vec![cash("safe"), cash("project-mode@bank")];
    comparisons.extend([0.0, 0.4].map(reach));
    comparisons.push(overdue());
    comparisons
}

fn get(outcomes: &sim_core::outcomes::Outcomes, outcome: Outcome) -> f64 {
    outcomes.get(outcome).unwrap_or(f64::NAN)
}

fn cash(name: &str) -> Comparison {
    let parameters = loaded(
        name,
        &["company.discount_per_year=0", "company.initial_cash=1000"],
    );
    let outcomes = world(&parameters, SPAN, 2, Request::default()).outcomes;
    let company = &parameters.company;
    let weeks = f64::from(SPAN.horizon_weeks);
    let start = f64::from(company.teams) * (company.initial_cash + company.base_contribution * weeks);
    Comparison::exact(
        format!("{name}: cash is cash at the start, what the old business leaves, and net value"),
        "team-week costs",
        start + get(&outcomes, Outcome::NetValue),
        get(&outcomes, Outcome::Cash),
    )
}

/// Every item brings 1.5 a week for ever once all have come: the share `reached` at once, of the others 60 percent, half of
/// them within 13 weeks.
fn reach(reached: f64) -> Comparison {
    let parameters = reached_by(reached);
    let run = world(&parameters, SPAN, 0, ALL);
    let counts = |event: &&sim_core::simulation::Event| event.kind == EventKind::Shipped && event.week >= 0;
    let shipped = run.events.iter().filter(counts);
    let waiting = 0.5_f64.powf(1.0 / 13.0);
    // Σ over t = 1 … n of ℓ + (1 − ℓ)·u·(1 − w^t) = n·(ℓ + (1 − ℓ)·u) − (1 − ℓ)·u·w·(1 − w^n)/(1 − w)
    let value = |event: &sim_core::simulation::Event| {
        let weeks = SPAN.horizon_weeks as i32 - 1 - event.week;
        let coming = (1.0 - reached) * 0.6;
        let missed = coming * waiting * (1.0 - waiting.powi(weeks)) / (1.0 - waiting);
        1.5 * (f64::from(weeks) * (reached + coming) - missed)
    };
    Comparison::exact(
        format!("value where launch work reaches {reached} of all users, and others come by themselves"),
        "team-week costs",
        shipped.map(value).sum(),
        get(&run.outcomes, Outcome::ShippedValue),
    )
}

fn reached_by(reached: f64) -> Parameters {
    let changes = [
        "environment.value_spread=0",
        "environment.value_location=1.5",
        "environment.staleness_half_life_weeks=inf",
        "behaviour.unaided_reach=0.6",
        "behaviour.reach_half_life_weeks=13",
        "behaviour.launch_hours_per_item=1",
        "launch.owner=marketing",
        "launch.hours=0",
    ];
    let mut parameters = pulling(&changes);
    // ℓ = 1 − exp(−hours per item / 1): as many hours per item as it takes, for the items a team expects.
    let policy = sim_core::policy::Policy::new(&parameters);
    let items = policy.time.delivery_share * policy.time.estimated_per_real
        / sim_core::policy::mean_estimate(&parameters);
    let planned = 1.0 - policy.time.planning_share_per_week / policy.time.delivery_share;
    parameters.launch.hours = -(1.0_f64 - reached).ln() * items * planned;
    parameters
}

/// Nobody has anything to do but a mandate that is too much work: its stake of base revenue stops from the deadline on.
fn overdue() -> Comparison {
    let parameters = pulling(&[
        "environment.opportunities_per_team_week=0",
        "company.teams=1",
        "company.base_revenue=6",
        "company.initial_cash=1000",
        "mandates.line=1",
        "mandates.deadline_week=30",
        "mandates.effort=10000",
        "mandates.stake=0.4",
    ]);
    let outcomes = world(&parameters, SPAN, 0, Request::default()).outcomes;
    let weeks = f64::from(SPAN.horizon_weeks - 31);
    Comparison::exact(
        "base revenue that a mandate never met stops after its deadline",
        "team-week costs",
        -0.4 * 6.0 * weeks,
        get(&outcomes, Outcome::NetValue) + get(&outcomes, Outcome::TotalCost),
    )
}
