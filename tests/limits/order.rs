//! Order and hand-over: backlogs are worked off in the order that costs least, and hand-offs keep what they should.

use sim_core::choice::Ranking;
use sim_core::math::NormalTable;
use sim_core::organisation::{Backlog, Ideas};
use sim_core::outcomes::Outcome;
use sim_core::parameters::Parameters;
use sim_core::policy::Policy;
use sim_core::simulation::{Chooser, Request, Simulation, Span, WorldKey};

use super::setting::{planning, pulling, world};
use super::{Comparison, Effort};
use crate::theory::hand_offs::fit;
use crate::theory::sequencing::{Job, least_cost_of_all_orders, weighted_completion};

/// Jobs of which all orders are tried: 5,040 of them.
const JOBS: usize = 7;

/// Cost of delay of the order in which a backlog of positive ideas is taken, against the least cost of all orders.
pub fn orders(effort: Effort) -> Vec<Comparison> {
    let parameters = planning(&[
        "behaviour.first_estimate_noise=0",
        "environment.value_location=4",
        "environment.value_maximum=3",
        "environment.opportunities_per_team_week=2",
        "company.teams=1",
    ]);
    let check = |seed: u64| {
        let mut jobs = taken(&parameters, seed);
        let cost = weighted_completion(&jobs);
        let least = least_cost_of_all_orders(&mut jobs);
        Comparison::exact(
            format!("Σ v·C of {JOBS} jobs in the order of their scores, backlog {seed}"),
            "value",
            least,
            cost,
        )
    };
    (0..10 * u64::from(effort.0.min(3))).map(check).collect()
}

/// The first jobs that a ranking takes from a backlog that has filled for some weeks.
fn taken(parameters: &Parameters, seed: u64) -> Vec<Job> {
    let policy = Policy::new(parameters);
    let ranking = Ranking {
        policy: &policy,
        normal: NormalTable::shared(),
        chooser: Chooser::Believing,
    };
    let (ideas, mut backlog) = filled_backlog(parameters, seed);
    let mut jobs = Vec::new();
    while let Some(place) = ranking.next(&ideas, &backlog, f64::INFINITY) {
        let idea = &ideas[backlog.take(place)];
        jobs.push(Job {
            weight: idea.value,
            duration: idea.estimate,
        });
    }
    jobs
}

/// A backlog of exactly as many ideas as there are jobs.
fn filled_backlog(parameters: &Parameters, seed: u64) -> (Ideas, Backlog) {
    let key = WorldKey { seed, replication: 0 };
    let span = Span {
        warm_up_weeks: 11,
        horizon_weeks: 0,
    };
    // Weeks −11 to −1 of a cadence of twelve: nothing is planned, so that arrivals stay in the backlog.
    let mut simulation = Simulation::new(parameters, span, key, Request::default());
    while simulation.step() {}
    let organisation = simulation.organisation();
    let mut backlog = organisation.backlogs[0].clone();
    while backlog.len() > JOBS {
        backlog.take(0);
    }
    assert_eq!(backlog.len(), JOBS, "enough ideas arrive");
    (organisation.ideas.clone(), backlog)
}

/// Realised value after k hand-offs relative to none, where every idea is good.
pub fn hand_offs() -> Vec<Comparison> {
    let value = |hand_offs: u32, tacit: f64, retention: f64, access: f64| {
        let parameters = pulling(&[
            "environment.value_location=5",
            "environment.value_maximum=4",
            &format!("behaviour.tacit_share={tacit}"),
            &format!("behaviour.retention={retention}"),
            &format!("roles.hand_offs={hand_offs}"),
            &format!("customer_access.engineers={access}"),
        ]);
        let span = Span {
            warm_up_weeks: 0,
            horizon_weeks: 60,
        };
        let outcomes = world(&parameters, span, 0, Request::default()).outcomes;
        outcomes
            .get(Outcome::ShippedValue)
            .expect("every run has a value")
    };
    let cases = [
        (1, 1.0, 0.7, 0.0),
        (2, 1.0, 0.7, 0.0),
        (4, 1.0, 0.7, 0.0),
        (3, 0.3, 0.6, 0.0),
        (3, 0.3, 0.6, 0.5),
    ];
    let check = |(hand_offs, tacit, retention, access): (u32, f64, f64, f64)| {
        Comparison::exact(
            format!(
                "value kept after {hand_offs} hand-offs, retention {retention}, tacit share {tacit}, engineers' access {access}"
            ),
            "share",
            fit(tacit, retention, hand_offs as i32, access),
            value(hand_offs, tacit, retention, access) / value(0, tacit, retention, access),
        )
    };
    cases.map(check).to_vec()
}
