//! The chapter on warm-up: whether work in progress and items shipped still drift after week 0.

use sim_core::outcomes::Series;
use sim_core::simulation::{Request, Run};

use crate::arms::{Arm, models};
use crate::limits::mean_and_error;
use crate::page::{Page, figure};

const WORLDS: u64 = 200;
const SEED: u64 = 20_260_101;
/// A drift is called a trend beyond this many standard errors; 26 slopes give a false alarm with probability 2e-3.
const TREND: f64 = 4.0;

/// Writes the chapter.
pub fn write(page: &mut Page) {
    page.chapter("Warm-up: trends after week 0");
    page.say(format!(
        "Straight lines through the weekly series of weeks 0 to 155, one for each of {WORLDS} worlds, each week compared with \
         weeks of the same place in the cycle alone (of releases for items shipped, of planning for work in progress), as \
         otherwise the last, unfinished cycle tilts the line; the slope is the mean of theirs and its standard error comes \
         from their scatter, so that the dependence of weeks does not matter. The \
         change is that of the line over the horizon, relative to its mean. A trend is called one beyond {TREND} standard \
         errors. The reference arms start empty, without warm-up, by definition: their trends are theirs."
    ));
    let mut rows = Vec::new();
    for name in models() {
        let request = Request {
            weekly: true,
            ..Request::default()
        };
        let arm = Arm::of(name, &[]);
        let runs = arm.runs(SEED, WORLDS, request);
        let planning = arm.parameters.commitment.cadence_weeks as usize;
        let release = arm.parameters.release.cadence_weeks as usize;
        rows.push(row([name, "work in progress"], &runs, planning, |run, week| {
            run.weekly[week][Series::WorkInProgress as usize]
        }));
        let cycle = if release == 0 { planning } else { release };
        rows.push(row([name, "items shipped a week"], &runs, cycle, |run, week| {
            let total = |week: usize| run.weekly[week][Series::ItemsShipped as usize];
            if week == 0 {
                total(0)
            } else {
                total(week) - total(week - 1)
            }
        }));
    }
    page.say(format!(
        "Trends beside those of the reference arms: {}.",
        trends(&rows)
    ));
    page.table(
        &[
            "model",
            "series",
            "mean",
            "slope per week",
            "standard error",
            "change over horizon",
            "trend",
        ],
        rows,
    );
}

/// Which rows have a trend, and by how much they change.
fn trends(rows: &[Vec<String>]) -> String {
    let has_trend = |row: &&Vec<String>| row[6] == "yes" && !row[0].starts_with("reference");
    let told = |row: &Vec<String>| format!("{} of `{}` ({})", row[1], row[0], row[5]);
    let told: Vec<String> = rows.iter().filter(has_trend).map(told).collect();
    if told.is_empty() {
        "none".to_owned()
    } else {
        told.join(", ")
    }
}

/// One line of the table: the trend of a series that repeats every `cycle` weeks.
fn row(
    [name, series]: [&str; 2],
    runs: &[Run],
    cycle: usize,
    value: impl Fn(&Run, usize) -> f64,
) -> Vec<String> {
    let weeks = runs[0].weekly.len();
    let distances: Vec<f64> = (0..weeks).map(|week| distance(week, weeks, cycle)).collect();
    let spread: f64 = distances.iter().map(|distance| distance * distance).sum();
    let slope = |run: &Run| {
        let lean = |(week, distance): (usize, &f64)| distance * value(run, week);
        distances.iter().enumerate().map(lean).sum::<f64>() / spread
    };
    let slopes: Vec<f64> = runs.iter().map(slope).collect();
    let total_of = |run: &Run| (0..weeks).map(|week| value(run, week)).sum::<f64>();
    let mean = runs.iter().map(total_of).sum::<f64>() / (weeks * runs.len()) as f64;
    let (slope, error) = mean_and_error(&slopes);
    let change = slope * (weeks as f64 - 1.0) / mean;
    vec![
        name.to_owned(),
        series.to_owned(),
        figure(mean),
        format!("{slope:+.6}"),
        format!("{error:.6}"),
        format!("{:+.1} %", 100.0 * change),
        if slope.abs() > TREND * error { "yes" } else { "no" }.to_owned(),
    ]
}

/// Weeks between a week and the mean of all weeks of the same place in the cycle.
fn distance(week: usize, weeks: usize, cycle: usize) -> f64 {
    let first = week % cycle;
    let last = first + (weeks - 1 - first) / cycle * cycle;
    week as f64 - 0.5 * (first + last) as f64
}
