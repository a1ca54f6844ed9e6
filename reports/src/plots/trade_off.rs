//! The trade-off of a search: on the way from all companies to the smallest box, how much coverage is given for density.

use experiments::discovery::{Discovery, FoundBox};
use experiments::peeling::Quality;

use crate::discovery::{box_words, headline};
use crate::estimates::{counted_share_words, percent};
use crate::figures::{count, counted_noun};

use super::axis::Axis;
use super::page::{
    BODY, BOTTOM, FAINT, MARGIN, RIGHT, STRONG, centred, footer_of, horizontal_axis, last_words, left,
    lines_of_words, right, started,
};
use super::palette::{GREY, GRID, INK, Look};
use super::picture::{Finish, Line, Mark, Picture, Point, at};

/// Right end of the axes \[points\].
const AXES_END: f64 = 960.0;
/// Room for values left of the axes \[points\].
const VALUES: f64 = 90.0;
/// Room for values and name below the axes \[points\].
const AXIS_ROOM: f64 = 78.0;

/// The page, or nothing if no box was found: these companies chose every point of it, and by luck alone it rises as well.
pub fn trade_off(found: &Discovery) -> Option<Picture> {
    if found.boxes.is_empty() {
        return None;
    }
    let other = &found.arms[1];
    let words = format!(
        "Each point is a box of companies, from all of them (right) to the smallest (left). Higher: {other} fails more \
         often in it. Further right: it holds more of all failures."
    );
    let (mut picture, top) = started(&headline(found), &[words]);
    let across = Axis {
        low: 0.0,
        high: 100.0,
        from: MARGIN + VALUES,
        to: AXES_END,
    };
    let up = Axis {
        low: 0.0,
        high: 100.0,
        from: BOTTOM - AXIS_ROOM,
        to: top + 44.0,
    };
    axes(&mut picture, found, &across, &up, top);
    let place = |quality: &Quality| {
        at(
            across.place(100.0 * quality.coverage),
            up.place(100.0 * quality.density),
        )
    };
    let points: Vec<Point> = found.trajectory.iter().map(|step| place(&step.quality)).collect();
    for point in &points {
        picture
            .marks
            .push(Mark::Circle(*point, 6.0, GREY, Finish::Filled));
    }
    picture.marks.push(Mark::Line(Line {
        points,
        colour: GREY,
        thickness: 2.0,
        dash: None,
    }));
    for (number, found_box) in found.boxes.iter().enumerate() {
        box_mark(
            &mut picture,
            found_box,
            place(&found_box.step.quality),
            number + 1,
            &up,
        );
    }
    boxes(&mut picture, found, top);
    foot(&mut picture, found);
    Some(picture)
}

fn axes(picture: &mut Picture, found: &Discovery, across: &Axis, up: &Axis, top: f64) {
    let ticks = up.ticks(5);
    for (value, name) in ticks.values.iter().zip(&ticks.names) {
        let y = up.place(*value);
        picture.rule(at(across.from, y), at(across.to, y), GRID, 1.5);
        picture.text(right(name, at(across.from - 14.0, y + BODY.half_height()), BODY));
    }
    let words = format!(
        "density: companies of the box in which {} is behind [%]",
        found.arms[1]
    );
    picture.text(left(
        &FAINT.fitted(&words, AXES_END - MARGIN),
        at(MARGIN, top + 10.0),
        FAINT,
    ));
    let words = "coverage: of all such companies, those in the box [%]";
    horizontal_axis(picture, across, &across.ticks(5), up.from, words);
}

/// Adds the mark of a box, its number, and beside it what fresh companies say.
fn box_mark(picture: &mut Picture, found_box: &FoundBox, place: Point, number: usize, up: &Axis) {
    let look = Look::Other;
    if let Some(fresh) = &found_box.confirmation {
        let x = place.x + 26.0;
        let (low, high) = fresh.failing.ci95;
        picture.rule(
            at(x, up.place(100.0 * low)),
            at(x, up.place(100.0 * high)),
            INK,
            4.0,
        );
        let middle = at(x, up.place(100.0 * fresh.failing.share));
        picture
            .marks
            .push(Mark::Circle(middle, 10.0, super::palette::WHITE, Finish::Filled));
        look.mark(picture, middle, 20.0, Finish::Outlined(4.0));
    }
    look.mark(picture, place, 26.0, Finish::Filled);
    picture.text(centred(
        &number.to_string(),
        at(place.x - 28.0, place.y + BODY.half_height()),
        STRONG,
    ));
}

/// Adds what the boxes are, in words.
fn boxes(picture: &mut Picture, found: &Discovery, top: f64) {
    let x = AXES_END + 50.0;
    let room = RIGHT - x;
    let mut y = top + 24.0;
    for (number, found_box) in found.boxes.iter().enumerate() {
        let quality = found_box.step.quality;
        picture.text(left(
            &format!("Box {}: {} of companies", number + 1, percent(quality.mass)),
            at(x, y),
            STRONG,
        ));
        let mut lines = box_words(found, found_box);
        lines.push(match &found_box.confirmation {
            Some(fresh) => format!(
                "fresh companies: behind in {}",
                counted_share_words(&fresh.failing)
            ),
            None => "too few fresh companies to confirm".to_owned(),
        });
        let broken: Vec<String> = lines.iter().flat_map(|line| BODY.broken(line, room)).collect();
        let free = (((BOTTOM - y - 120.0) / 31.0).floor().max(1.0)) as usize;
        let shown = broken.len().min(free);
        lines_of_words(picture, &broken[..shown], at(x, y + 36.0), room);
        y += 36.0 + 31.0 * shown as f64 + 28.0;
        if y > BOTTOM - 160.0 {
            break;
        }
    }
    if !found.boxes.is_empty() {
        Look::Other.mark(picture, at(x + 14.0, y - 8.0), 26.0, Finish::Filled);
        picture.text(left("in the search", at(x + 44.0, y), BODY));
        Look::Other.mark(picture, at(x + 264.0, y - 8.0), 20.0, Finish::Outlined(4.0));
        picture.text(left("fresh, 95 %", at(x + 294.0, y), BODY));
    }
}

fn foot(picture: &mut Picture, found: &Discovery) {
    let mut words = vec![
        counted_noun(
            found.companies.len() as u64,
            "plausible company",
            "plausible companies",
        ),
        format!("{} worlds each", count(found.worlds)),
    ];
    words.extend(last_words(found.span, found.seed));
    footer_of(picture, &words);
}
