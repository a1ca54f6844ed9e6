//! The story of a world: value adding up in both arms, with its events numbered on the lines and named below.

use experiments::story::{Story, Told};
use sim_core::outcomes::Series;

use crate::figures::{factor, gap_words, signed};
use crate::sentences::label;
use crate::story::{StoryReport, month, rough};

use super::axis::Axis;
use super::lettering::Style;
use super::page::{
    BODY, BOTTOM, FAINT, MARGIN, RIGHT, STRONG, arm_name, centred, footer_of, horizontal_axis, last_words,
    left, right, started,
};
use super::palette::{GREY, GRID, Look, WHITE};
use super::picture::{Finish, Line, Mark, Picture, Point, at};
use super::short_names;

/// Room for the figures left of the chart \[points\].
const FIGURES: f64 = 96.0;
/// Room for one event below the chart \[points\].
const ROW: f64 = 38.0;
/// Room for the week axis, its words and the heading of the list \[points\].
const AXIS_ROOM: f64 = 112.0;
/// Room for a month of the list \[points\].
const MONTH: f64 = 264.0;
/// Radius of a numbered mark \[points\].
const RADIUS: f64 = 17.0;

/// The page.
pub fn story(report: &StoryReport) -> Picture {
    let story = report.story;
    let names = short_names(&report.names);
    let report = &StoryReport {
        names: [&names[0], &names[1]],
        ..*report
    };
    let words = format!(
        "Numbered by size: without which events this one world would have come out most differently. {}",
        report.usual()
    );
    let (mut picture, top) = started(&report.headline(), &[words]);
    let listed = story.told.len() as f64;
    let bottom = BOTTOM - AXIS_ROOM - ROW * listed + 10.0;
    let place = top + 18.0;
    let half = (RIGHT - MARGIN) / 2.0;
    let end = arm_name(
        &mut picture,
        Look::First,
        report.names[0],
        at(MARGIN, place),
        half - 30.0,
    );
    let other = at(end + 50.0, place);
    arm_name(&mut picture, Look::Other, report.names[1], other, half - 30.0);
    chart(&mut picture, story, [place + 64.0, bottom]);
    if !story.told.is_empty() {
        let y = bottom + AXIS_ROOM - 12.0;
        let unit = gap_words(story.outcome.row().unit);
        let what = format!(
            "about what each changed in {} of its arm, {unit}",
            label(story.outcome)
        );
        picture.text(right(&what, at(RIGHT, y), FAINT));
    }
    for (place, told) in story.told.iter().enumerate() {
        let y = bottom + AXIS_ROOM + ROW * (place as f64 + 0.68);
        list(&mut picture, report, told, place + 1, y);
    }
    let mut foot = vec![format!("world {}, {}", story.key.replication, report.world)];
    foot.extend(last_words(story.span, story.key.seed));
    footer_of(&mut picture, &foot);
    picture
}

/// Value so far, week by week, in both arms.
fn chart(picture: &mut Picture, story: &Story, [top, bottom]: [f64; 2]) {
    let so_far = |arm: usize| {
        let weeks = story.weekly[arm].iter();
        weeks.map(|record| record[Series::ShippedValue as usize])
    };
    let values = Axis::around((0..2).flat_map(so_far), bottom, top).reaching(0.0);
    let weeks = Axis {
        low: 0.0,
        high: f64::from(story.span.horizon_weeks.max(2)),
        from: MARGIN + FIGURES,
        to: RIGHT,
    };
    let ticks = values.ticks(4);
    let heading = format!(
        "Value so far (adds up), {}",
        ticks.unit(Series::ShippedValue.unit())
    );
    picture.text(left(&heading, at(MARGIN, top - 18.0), STRONG));
    for (value, name) in ticks.values.iter().zip(&ticks.names) {
        let y = values.place(*value);
        picture.rule(at(weeks.from, y), at(weeks.to, y), GRID, 1.5);
        picture.text(right(name, at(weeks.from - RADIUS - 6.0, y + 8.0), BODY));
    }
    let zero = values.place(0.0);
    picture.rule(at(weeks.from, zero), at(weeks.to, zero), GREY, 2.0);
    for arm in 0..2 {
        let points = so_far(arm).enumerate().filter(|(_, value)| value.is_finite());
        let points: Vec<Point> = points
            .map(|(week, value)| at(weeks.place((week + 1) as f64), values.place(value)))
            .collect();
        if points.len() > 1 {
            picture.marks.push(Mark::Line(Line {
                points,
                colour: Look::of(arm).colour(),
                thickness: 4.0,
                dash: Look::of(arm).dash(),
            }));
        }
    }
    let mut marks: Vec<Point> = Vec::new();
    for told in &story.told {
        let value = so_far(told.arm)
            .nth(told.event.week.max(0) as usize)
            .filter(|value| value.is_finite());
        let week = f64::from(told.event.week) + 1.0;
        let on_line = at(weeks.place(week), values.place(value.unwrap_or(0.0)));
        let mark = free(on_line, &marks, [top + RADIUS, bottom - RADIUS]);
        if mark != on_line {
            picture.rule(on_line, mark, Look::of(told.arm).colour(), 2.0);
        }
        marks.push(mark);
    }
    // Above all of the thin lines that lead to them.
    for (place, (told, mark)) in story.told.iter().zip(marks).enumerate() {
        numbered(picture, told.arm, place + 1, mark);
    }
    let ticks = weeks.ticks(8);
    horizontal_axis(picture, &weeks, &ticks, bottom, "week");
}

/// The place nearest to `wanted`, above or below it, at which a mark lies on no other.
fn free(wanted: Point, others: &[Point], [top, bottom]: [f64; 2]) -> Point {
    let is_free = |place: &Point| {
        others
            .iter()
            .all(|other| (other.x - place.x).hypot(other.y - place.y) > 2.0 * RADIUS + 4.0)
    };
    let steps = (0..60).flat_map(|step| [-7.0 * f64::from(step), 7.0 * f64::from(step)]);
    steps
        .map(|step| at(wanted.x, (wanted.y + step).clamp(top, bottom)))
        .find(is_free)
        .unwrap_or(wanted)
}

fn numbered(picture: &mut Picture, arm: usize, number: usize, place: Point) {
    Look::of(arm).mark(picture, place, 2.0 * RADIUS, Finish::Filled);
    let style = Style {
        colour: WHITE,
        ..STRONG
    };
    picture.text(centred(
        &number.to_string(),
        at(place.x, place.y + style.half_height()),
        style,
    ));
}

/// An event below the chart: its number, when, what, and its effect.
fn list(picture: &mut Picture, report: &StoryReport, told: &Told, number: usize, y: f64) {
    let mark = at(MARGIN + RADIUS, y - STRONG.half_height());
    numbered(picture, told.arm, number, mark);
    let effect = signed(rough(told.effect) * factor(report.story.outcome.row().unit));
    picture.text(right(&effect, at(RIGHT, y), STRONG));
    let start = MARGIN + 2.0 * RADIUS + 16.0;
    picture.text(left(&month(told.event.week), at(start, y), BODY));
    let what = start + MONTH;
    let room = RIGHT - STRONG.width(&effect) - 30.0 - what;
    let words = BODY.first_fitting(report.labels(told), room);
    picture.text(left(&BODY.fitted(&words, room), at(what, y), BODY));
}
