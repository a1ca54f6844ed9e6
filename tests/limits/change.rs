//! Transformations: how a change spreads, what learning costs, and how long a sponsor stays.

use sim_core::events::EventKind;
use sim_core::outcomes::Outcome;
use sim_core::parameters::Parameters;
use sim_core::simulation::{Event, Request, Span};

use super::setting::{events, loaded, world};
use super::{Comparison, Effort};
use crate::theory::diffusion::adopted;

/// Teams of a company that is large enough to have a share of adopters.
const TEAMS: u32 = 1500;
const YEAR: usize = 52;
const SPAN: Span = Span {
    warm_up_weeks: 0,
    horizon_weeks: 3 * YEAR as u32,
};
const INNOVATION: f64 = 0.3;
const IMITATION: f64 = 1.2;
const ALL: Request = Request {
    chooser: sim_core::simulation::Chooser::Believing,
    weekly: false,
    events: true,
};

/// The Bass curve, the loss while teams learn, and the time to a sponsor's leaving.
pub fn change(effort: Effort) -> Vec<Comparison> {
    let mut checks = spread(effort);
    checks.extend([1.0, 0.25].map(learning));
    checks.push(sponsor(effort));
    checks
}

/// A change of one practice that everybody is invited to at once, nobody resists, nobody trains for, and nobody goes
/// back on.
fn changing(changes: &[&str]) -> Parameters {
    let base = [
        "transformation.waves=1",
        "transformation.training=0",
        "transformation.certification=0",
        "transformation.self_selection=0",
        "transformation.sponsor=1",
        "transformation.sponsor_leaving_per_year=0",
        "transformation.backsliding_per_year=0",
        "transformation.resistance=0",
        "transformation.published_framework=true",
        "transformation.line_weight=0",
    ];
    let mut parameters = loaded("reference-quarterly", &[]);
    let levers = loaded("safe+full", &[&base, changes].concat());
    parameters.transformation = levers.transformation;
    parameters.target = Some(Box::new(Parameters {
        incentives: levers.incentives,
        ..parameters.clone()
    }));
    parameters
}

fn spread(effort: Effort) -> Vec<Comparison> {
    let mut parameters = changing(&[
        "transformation.adoption_per_year=0.3",
        "transformation.imitation_per_year=1.2",
    ]);
    parameters.company.teams = TEAMS;
    let theory = adopted(INNOVATION, IMITATION, SPAN.horizon_weeks as usize);
    let worlds = u64::from(effort.0) * 6;
    let courses: Vec<Vec<f64>> = (0..worlds).map(|world| course(&parameters, world)).collect();
    let years = 1..=3;
    let found = years.map(|year| {
        let week = year * YEAR - 1;
        let shares: Vec<f64> = courses.iter().map(|course| course[week]).collect();
        let what = format!("share of {TEAMS} teams that have adopted after {year} years");
        Comparison::of_sample(what, "share", theory[week], &shares)
    });
    found.collect()
}

/// Share of teams that have adopted at the end of each week.
fn course(parameters: &Parameters, world: u64) -> Vec<f64> {
    let events = events(parameters, SPAN, world);
    let by = |week: i32| adoptions(&events).filter(|adopted| *adopted <= week).count();
    let weeks = 0..SPAN.horizon_weeks as i32;
    weeks.map(|week| by(week) as f64 / f64::from(TEAMS)).collect()
}

/// From its adoption on a team loses a share of its output, and less of it week by week.
fn learning(loss: f64) -> Comparison {
    let parameters = changing(&[
        "transformation.adoption_per_year=5",
        &format!("transformation.learning_loss={loss}"),
        "transformation.learning_weeks=20",
        "transformation.experienced_leaders=0",
    ]);
    let run = world(&parameters, SPAN, 0, ALL);
    // One of the groups of practices changes; two e-folds of the loss are gone after `learning_weeks`.
    let first = loss / sim_core::parameters::operating_model_groups().count() as f64;
    let left = (-2.0_f64 / 20.0).exp();
    let lost = |weeks: i32| first * (1.0 - left.powi(weeks)) / (1.0 - left);
    let theory = adoptions(&run.events)
        .map(|week| lost(SPAN.horizon_weeks as i32 - week))
        .sum();
    Comparison::exact(
        format!("output lost while teams learn one practice, learning_loss = {loss}"),
        "team-weeks",
        theory,
        run.outcomes.get(Outcome::LearningTeamWeeks).unwrap_or(f64::NAN),
    )
}

/// Weeks in which teams adopted.
fn adoptions(events: &[Event]) -> impl Iterator<Item = i32> {
    let adopted = events.iter().filter(|event| event.kind == EventKind::Adopted);
    adopted.map(|event| event.week)
}

/// A sponsor who leaves at a rate is still there after three years with probability e^(−rate · years).
fn sponsor(effort: Effort) -> Comparison {
    let parameters = changing(&[
        "transformation.adoption_per_year=0",
        "transformation.imitation_per_year=0",
        "transformation.sponsor_leaving_per_year=0.3",
    ]);
    let worlds = u64::from(effort.0) * 400;
    let stayed: Vec<f64> = (0..worlds)
        .map(|world| {
            let events = events(&parameters, SPAN, world);
            let left = events.iter().any(|event| event.kind == EventKind::SponsorLeft);
            f64::from(u8::from(!left))
        })
        .collect();
    Comparison::of_sample(
        "worlds in which the sponsor is still there after three years, leaving_per_year = 0.3",
        "share",
        (-0.9_f64).exp(),
        &stayed,
    )
}
