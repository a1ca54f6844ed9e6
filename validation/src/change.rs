//! A change costs before it pays: the course of a transformation beside the company that stays as it is.

use sim_core::outcomes::Series;
use sim_core::simulation::Request;

use crate::arms::Arm;
use crate::limits::mean_and_error;
use crate::page::{Page, figure, with_error};

const SEED: u64 = 20_260_715;
const WORLDS: u64 = 200;
const YEARS: usize = 6;
const WEEKS: usize = YEARS * 52;

/// Gap to the company that stays as it is, by world and week \[team-week costs since week 0\].
type Course = Vec<Vec<f64>>;

/// Writes the section.
pub fn write(page: &mut Page) {
    page.section("A change costs before it pays");
    let kinds = [Series::ShippedValue, Series::NetValue];
    let start = courses("safe", &[], kinds);
    let [full, middle] = ["safe+full", "safe+middle-managed"].map(|name| (name, courses(name, &[], kinds)));
    for (name, courses) in [&full, &middle] {
        let [shipped, net] = gaps(courses, &start);
        let rows = (1..=YEARS).map(|year| {
            let week = year * 52 - 1;
            let cells = [&shipped, &net].map(|course| with_error(at(course, week)));
            [year.to_string()].into_iter().chain(cells).collect()
        });
        page.table(
            &[
                &format!("year of `{name}`"),
                "gap of shipped value since week 0",
                "gap of net value since week 0",
            ],
            rows.collect::<Vec<_>>(),
        );
        page.say(format!(
            "*Emergent.* `{name}` against `safe`, means of {WORLDS} worlds. {} {}",
            dip("Shipped value", &shipped),
            dip("Net value", &net)
        ));
    }
    let [_, full] = full.1;
    let [_, middle] = middle.1;
    let blameless = ["transformation.blame_avoidance=0"];
    let [unblamed] = courses("safe+full", &blameless, [Series::NetValue]);
    page.say(format!(
        "*Emergent.* In the same worlds, net value of `safe+middle-managed` less that of `safe+full`: {}. Of `safe+full` where \
         sponsors do not shy away from blame (`transformation.blame_avoidance` = 0) less that of `safe+full`: {}.",
        beside(&middle, &full),
        beside(&unblamed, &full)
    ));
}

/// The net value of `one` less that of `other` in the same worlds, at the end of two years and of all.
fn beside(one: &Course, other: &Course) -> String {
    let gap = gap(one, other);
    let [soon, late] = [2, YEARS].map(|years| with_error(at(&gap, years * 52 - 1)));
    format!("{soon} after two years, {late} after {YEARS}")
}

fn courses<const KINDS: usize>(name: &str, changes: &[&str], kinds: [Series; KINDS]) -> [Course; KINDS] {
    let mut arm = Arm::of(name, changes);
    arm.span.horizon_weeks = WEEKS as u32;
    let request = Request {
        weekly: true,
        ..Request::default()
    };
    let runs = arm.runs(SEED, WORLDS, request);
    kinds.map(|kind| {
        let course = |week: &sim_core::outcomes::WeekRecord| week[kind as usize];
        runs.iter()
            .map(|run| run.weekly.iter().map(course).collect())
            .collect()
    })
}

fn gaps<const KINDS: usize>(arm: &[Course; KINDS], start: &[Course; KINDS]) -> [Course; KINDS] {
    std::array::from_fn(|kind| gap(&arm[kind], &start[kind]))
}

fn gap(one: &Course, other: &Course) -> Course {
    let worlds = one.iter().zip(other);
    worlds
        .map(|(one, other)| one.iter().zip(other).map(|(one, other)| one - other).collect())
        .collect()
}

fn at(course: &Course, week: usize) -> (f64, f64) {
    let values: Vec<f64> = course.iter().map(|world| world[week]).collect();
    mean_and_error(&values)
}

/// How deep the mean gap falls, and when it is made good.
fn dip(what: &str, course: &Course) -> String {
    let means: Vec<(f64, f64)> = (0..WEEKS).map(|week| at(course, week)).collect();
    let lowest = (0..WEEKS)
        .min_by(|a, b| means[*a].0.total_cmp(&means[*b].0))
        .unwrap_or(0);
    let (depth, error) = means[lowest];
    if depth >= -3.0 * error {
        return format!("{what} never falls noticeably behind.");
    }
    let even = (lowest..WEEKS).find(|week| means[*week].0 >= 0.0);
    let when = even.map_or_else(
        || format!("is still behind after {YEARS} years"),
        |week| format!("is made good in week {week}"),
    );
    format!(
        "{what} falls behind by at most {} ± {}, in week {lowest}, and {when}.",
        figure(-depth),
        figure(error)
    )
}
