//! How a change goes: the share of teams that have adopted above, net value so far beside that of the start below, with
//! the dip marked.

use experiments::course::{Course, courses};
use experiments::result::{ArmResult, BasisResult, Comparison};
use sim_core::outcomes::{Outcome, Series};

use crate::figures::{count, number};

use super::axis::{Axis, Ticks};
use super::page::{BOTTOM, MARGIN, STRONG, arm_name, footer, left, right, started};
use super::palette::{GREY, GRID, INK, Look, tint};
use super::picture::{Finish, Line, Mark, Picture, Point, at};
use super::value_over_time::{columns, tick_names, week_axis, week_scale};

/// The page of the first arm on it that changes, or nothing if none does.
pub fn change(comparison: &Comparison, basis: &BasisResult, arms: &[usize]) -> Option<Picture> {
    let all = courses(basis);
    let (arm, course) = arms.iter().rev().find_map(|arm| {
        let result = &basis.arms[*arm];
        let course = all.iter().find(|course| course.arm == result.name)?;
        Some((result, course))
    })?;
    let worlds = count(basis.replications);
    let words = format!(
        "Lines: means over {worlds} worlds, beside {} in the same worlds; a single world may dip deeper, or not at all. \
         Band: where 8 of 10 worlds are.",
        course.start
    );
    let (mut picture, top) = started(&headline(course), &[words]);
    let names = top + 26.0;
    let middle = names + 60.0 + 0.36 * (BOTTOM - 70.0 - names - 110.0);
    let (from, to) = columns(0, 1);
    arm_name(&mut picture, Look::Other, &course.arm, at(from, names), to - from);
    let weeks = week_scale(basis, from, to);
    adoption(&mut picture, arm, &weeks, [names + 60.0, middle]);
    net_value(&mut picture, course, &weeks, [middle + 60.0, BOTTOM - 70.0]);
    week_axis(&mut picture, &weeks);
    footer(&mut picture, comparison, basis);
    Some(picture)
}

fn headline(course: &Course) -> String {
    let (arm, start, unit) = (&course.arm, &course.start, Outcome::NetValue.row().unit);
    match course.dip {
        None => format!("On average {arm} is never behind {start}."),
        Some(dip) => {
            let depth = number(dip.depth);
            match dip.even {
                Some(even) => {
                    format!(
                        "On average {arm} dips {depth} {unit} behind {start}, and is even in week {even}."
                    )
                }
                None => format!(
                    "On average {arm} dips {depth} {unit} behind {start}, and is not even by the end."
                ),
            }
        }
    }
}

fn adoption(picture: &mut Picture, arm: &ArmResult, weeks: &Axis, [top, bottom]: [f64; 2]) {
    let percent = Axis {
        low: 0.0,
        high: 100.0,
        from: bottom,
        to: top,
    };
    let heading = left("Teams that have adopted, %", at(MARGIN, top - 26.0), STRONG);
    picture.text(heading);
    grid(picture, weeks, &percent, &percent.ticks(3));
    let bands = arm.weekly.iter().map(|week| week[Series::Adoption as usize]);
    let quantile = |level: usize| {
        points(
            weeks,
            &percent,
            bands.clone().map(|band| 100.0 * band.quantiles[level]),
        )
    };
    let mut outline = quantile(5);
    outline.extend(quantile(1).into_iter().rev());
    picture
        .marks
        .push(Mark::Shape(outline, tint(Look::Other.colour(), 0.22)));
    line(
        picture,
        points(weeks, &percent, bands.map(|band| 100.0 * band.mean)),
    );
}

fn net_value(picture: &mut Picture, course: &Course, weeks: &Axis, [top, bottom]: [f64; 2]) {
    let values = Axis::around(course.ahead.iter().copied(), bottom, top)
        .reaching(0.0)
        .padded(0.08);
    let ticks = values.ticks(4);
    let unit = ticks.unit(Outcome::NetValue.row().unit);
    let heading = format!("Net value so far beside {}, {unit}", course.start);
    picture.text(left(&heading, at(MARGIN, top - 26.0), STRONG));
    grid(picture, weeks, &values, &ticks);
    let zero = values.place(0.0);
    picture.rule(at(weeks.from, zero), at(weeks.to, zero), GREY, 2.0);
    line(picture, points(weeks, &values, course.ahead.iter().copied()));
    let Some(dip) = course.dip else {
        return;
    };
    let mark = |week: u32, value: f64| at(weeks.place(f64::from(week) + 1.0), values.place(value));
    let deepest = mark(dip.week, -dip.depth);
    Look::Other.mark(picture, deepest, 16.0, Finish::Filled);
    let words = format!("dip: week {}", dip.week);
    let above = values.place(0.0) - 22.0;
    picture.rule(deepest, at(deepest.x, above), GREY, 1.5);
    if deepest.x + STRONG.width(&words) + 14.0 < weeks.to {
        picture.text(left(
            &words,
            at(deepest.x - 6.0, above - 10.0),
            STRONG.coloured(INK),
        ));
    } else {
        picture.text(right(&words, at(deepest.x, above - 10.0), STRONG.coloured(INK)));
    }
}

fn grid(picture: &mut Picture, weeks: &Axis, values: &Axis, ticks: &Ticks) {
    for value in &ticks.values {
        let y = values.place(*value);
        picture.rule(at(weeks.from, y), at(weeks.to, y), GRID, 1.5);
    }
    tick_names(picture, values, ticks);
}

/// A value belongs to the end of its week.
fn points(weeks: &Axis, values: &Axis, series: impl Iterator<Item = f64>) -> Vec<Point> {
    series
        .enumerate()
        .filter(|(_, value)| value.is_finite())
        .map(|(week, value)| at(weeks.place((week + 1) as f64), values.place(value)))
        .collect()
}

fn line(picture: &mut Picture, points: Vec<Point>) {
    if points.len() > 1 {
        picture.marks.push(Mark::Line(Line {
            points,
            colour: Look::Other.colour(),
            thickness: 4.0,
            dash: None,
        }));
    }
}
