//! Gates: what waiting for a train or for a planning event costs, from the event log.

use std::collections::HashMap;

use sim_core::events::EventKind;
use sim_core::parameters::Parameters;
use sim_core::simulation::Span;

use super::setting::{events, planning, pulling};
use super::{Comparison, Effort};
use crate::theory::gates::{mean_wait_whole_weeks, share_left_whole_weeks};

const SPAN: Span = Span {
    warm_up_weeks: 0,
    horizon_weeks: 960,
};
const WORLDS: u32 = 12;
const TRAIN_WEEKS: u32 = 8;
const PLANNING_WEEKS: u32 = 10;
const FADING_PER_WEEK: f64 = 0.05;

/// Waits at trains and at planning events, and what staleness makes of them.
pub fn gates(effort: Effort) -> Vec<Comparison> {
    let train = waits(effort, &train(), EventKind::Finished, EventKind::Shipped);
    let event = waits(effort, &quiet_plan(), EventKind::Heard, EventKind::Committed);
    let left = |wait: f64| (-FADING_PER_WEEK * wait).exp();
    let squared = |weeks: u32| (f64::from(weeks).powi(2) - 1.0) / 12.0;
    let variance = |waits: &[Vec<f64>], weeks: u32| {
        let mean = mean_wait_whole_weeks(weeks);
        averages(waits, |wait| (wait - mean).powi(2))
    };
    vec![
        Comparison::of_sample(
            format!("wait for a train every {TRAIN_WEEKS} weeks: mean"),
            "weeks",
            mean_wait_whole_weeks(TRAIN_WEEKS),
            &averages(&train, |wait| wait),
        ),
        Comparison::of_sample(
            format!("wait for a train every {TRAIN_WEEKS} weeks: variance of a uniform wait"),
            "weeks²",
            squared(TRAIN_WEEKS),
            &variance(&train, TRAIN_WEEKS),
        ),
        Comparison::of_sample(
            format!("wait for planning every {PLANNING_WEEKS} weeks: mean"),
            "weeks",
            mean_wait_whole_weeks(PLANNING_WEEKS),
            &averages(&event, |wait| wait),
        ),
        Comparison::of_sample(
            format!("wait for planning every {PLANNING_WEEKS} weeks: variance of a uniform wait"),
            "weeks²",
            squared(PLANNING_WEEKS),
            &variance(&event, PLANNING_WEEKS),
        ),
        Comparison::of_sample(
            format!(
                "value left at planning every {PLANNING_WEEKS} weeks, fading by {FADING_PER_WEEK} a week"
            ),
            "share",
            share_left_whole_weeks(PLANNING_WEEKS, FADING_PER_WEEK),
            &averages(&event, left),
        ),
    ]
}

/// Teams that finish in any week alike, and a train.
fn train() -> Parameters {
    pulling(&[
        "environment.capacity_noise=0.2",
        &format!("release.cadence_weeks={TRAIN_WEEKS}"),
    ])
}

/// So little arrives that each planning event commits all there is.
fn quiet_plan() -> Parameters {
    planning(&[
        &format!("commitment.cadence_weeks={PLANNING_WEEKS}"),
        "commitment.load_factor=2",
        "environment.opportunities_per_team_week=0.3",
        "environment.effort_median=0.3",
    ])
}

fn averages(waits: &[Vec<f64>], figure: impl Fn(f64) -> f64) -> Vec<f64> {
    let average = |waits: &Vec<f64>| waits.iter().map(|wait| figure(*wait)).sum::<f64>() / waits.len() as f64;
    waits.iter().map(average).collect()
}

/// Waits between two events of the same need, world by world. The span is a multiple of all cadences, and waits that
/// begin in its last weeks are left out, so that none is cut short.
fn waits(effort: Effort, parameters: &Parameters, from: EventKind, to: EventKind) -> Vec<Vec<f64>> {
    let last = SPAN.horizon_weeks as i32 - 40;
    let of_world = |replication| {
        let mut begun = HashMap::new();
        let mut waits = Vec::new();
        for event in events(parameters, SPAN, replication) {
            if event.kind == from && event.week < last {
                begun.insert(event.need, event.week);
            } else if event.kind == to
                && let Some(week) = begun.remove(&event.need)
            {
                waits.push(f64::from(event.week - week));
            }
        }
        assert!(begun.is_empty(), "every wait ends");
        waits
    };
    (0..u64::from(WORLDS * effort.0)).map(of_world).collect()
}
