//! Queues: lead times of teams that do nothing but work off what arrives, against queueing theory in whole weeks.
//!
//! Weeks are not a rounding of continuous time here: where what is left of a week is lost, services are whole weeks and
//! theory is exact (batch arrivals, Geo/G/1). Where it is carried over, service is long against a week and the formula
//! of Pollaczek and Khinchine needs two corrections, both stated below. The order of service does not depend on size,
//! as value grows in proportion to it, so mean waits are those of first come, first served.

use sim_core::outcomes::Outcome;
use sim_core::simulation::Span;

use super::setting::{pulling, sample};
use super::{Comparison, Effort};
use crate::theory::queueing::mean_wait_general;
use crate::theory::slots::{Batch, Service, mean_lead_time_weeks, mean_wait_weeks_servers};

const SPAN: Span = Span {
    warm_up_weeks: 1_000,
    horizon_weeks: 4_000,
};
/// Worlds of a check at effort 1, each of about 40 independent queues.
const WORLDS: u32 = 8;
const ALIKE: &str = "environment.size_elasticity=1";

/// All queues.
pub fn queues(effort: Effort) -> Vec<Comparison> {
    let lognormal = [0.10, 0.15].map(|rate| lognormal_whole_weeks(effort, rate));
    let exponential = [0.08, 0.12].map(|rate| exponential_whole_weeks(effort, rate));
    let carried = [0.06, 0.10].map(|rate| exponential_carried_over(effort, rate));
    let servers = [(2, 0.12), (4, 0.13)].map(|(servers, rate)| shared_backlog(effort, servers, rate));
    [lognormal, exponential, carried, servers].concat()
}

fn lead_times(effort: Effort, changes: &[&str], worlds_at_one: u32) -> Vec<f64> {
    sample(
        &pulling(changes),
        SPAN,
        worlds_at_one * effort.0,
        Outcome::LeadTimeWeeks,
    )
}

fn lognormal_whole_weeks(effort: Effort, rate: f64) -> Comparison {
    let service = Service::lognormal_rounded_up(4.0_f64.ln(), 0.6);
    let changes = [
        ALIKE,
        "company.teams=40",
        "environment.effort_median=4",
        &format!("environment.opportunities_per_team_week={rate}"),
    ];
    let utilisation = rate * service.mean_weeks;
    Comparison::of_sample(
        format!("lead time, one server, lognormal service in whole weeks, load {utilisation:.2}"),
        "weeks",
        mean_lead_time_weeks(Batch::poisson(rate), service),
        &lead_times(effort, &changes, WORLDS),
    )
}

fn exponential_effort(mean: f64) -> [String; 2] {
    let median = mean * std::f64::consts::LN_2;
    [
        "environment.effort_shape=exponential".to_owned(),
        format!("environment.effort_median={median:?}"),
    ]
}

fn exponential_whole_weeks(effort: Effort, rate: f64) -> Comparison {
    let service = Service::exponential_rounded_up(6.0);
    let [shape, median] = exponential_effort(6.0);
    let rate_told = format!("environment.opportunities_per_team_week={rate}");
    let changes = [ALIKE, "company.teams=40", &shape, &median, &rate_told];
    let utilisation = rate * service.mean_weeks;
    Comparison::of_sample(
        format!("lead time, one server, geometric service in whole weeks, load {utilisation:.2}"),
        "weeks",
        mean_lead_time_weeks(Batch::poisson(rate), service),
        &lead_times(effort, &changes, WORLDS),
    )
}

/// Pollaczek–Khinchine with the remainder of a week carried over. Corrections: a week that turns idle part-way loses
/// the rest of it to arrivals, which wait until the next begins, λ/12 weeks on average (a sixth of a squared week for
/// each busy period); and an item that is finished within a week ships in that week, which counts half a week less.
fn exponential_carried_over(effort: Effort, rate: f64) -> Comparison {
    const MEAN_WEEKS: f64 = 8.0;
    let [shape, median] = exponential_effort(MEAN_WEEKS);
    let rate_told = format!("environment.opportunities_per_team_week={rate}");
    let carried = "commitment.carry_leftover_capacity=true";
    let changes = [ALIKE, "company.teams=40", carried, &shape, &median, &rate_told];
    let wait = mean_wait_general(rate, MEAN_WEEKS, 1.0);
    Comparison::of_sample(
        format!(
            "lead time, M/G/1 (Pollaczek–Khinchine), exponential service, load {:.2}",
            rate * MEAN_WEEKS
        ),
        "weeks",
        wait + rate / 12.0 + MEAN_WEEKS - 0.5,
        &lead_times(effort, &changes, WORLDS),
    )
}

fn shared_backlog(effort: Effort, servers: u32, rate: f64) -> Comparison {
    const MEAN_WEEKS: f64 = 6.0;
    let finish = -(-1.0 / MEAN_WEEKS).exp_m1();
    let [shape, median] = exponential_effort(MEAN_WEEKS);
    let teams = format!("company.teams={}", 40 / servers * servers);
    let per_line = format!("company.teams_per_line={servers}");
    let rate_told = format!("environment.opportunities_per_team_week={rate}");
    let shared = "commitment.shared_backlog=true";
    let changes = [ALIKE, &teams, &per_line, shared, &shape, &median, &rate_told];
    let arrivals = rate * f64::from(servers);
    Comparison::of_sample(
        format!(
            "lead time, M/M/{servers} with a shared backlog, load {:.2}",
            rate / finish
        ),
        "weeks",
        mean_wait_weeks_servers(arrivals, finish, servers) + 1.0 / finish - 1.0,
        &lead_times(effort, &changes, WORLDS),
    )
}
