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
use super::palette::{GREY, GRID, Look, WHITE, tint};
use super::picture::{Colour, Finish, Line, Mark, Picture, Point, at};

/// Right end of the axes \[points\].
const AXES_END: f64 = 960.0;
/// Room for values left of the axes \[points\].
const VALUES: f64 = 90.0;
/// Room for values and name below the axes \[points\].
const AXIS_ROOM: f64 = 78.0;
/// Radius of a point on the way of the search \[points\].
const WAY_MARK: f64 = 4.5;
/// What the marks are: of fresh companies, of the search, of its way.
const LEGEND: [&str; 3] = [
    "fresh companies, 95 % interval",
    "the same box in the search itself, where it was chosen to look good",
    "way of the search; a box may lie off it: limits that added nothing were dropped, later boxes are sought elsewhere",
];
/// Room for a mark in the legend \[points\].
const MARKS: f64 = 44.0;
/// Distance between lines of words, and more of it between entries of the legend \[points\].
const LINE: f64 = 31.0;
const GAP: f64 = 8.0;

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
    way(
        &mut picture,
        found.trajectory.iter().map(|step| place(&step.quality)).collect(),
    );
    for (number, found_box) in found.boxes.iter().enumerate() {
        let searched = place(&found_box.step.quality);
        box_mark(&mut picture, found_box, searched, number + 1, &up);
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

/// Colour of the way of the search: it was chosen to look good, so it stands back.
fn way_colour() -> Colour {
    tint(GREY, 0.55)
}

/// Adds the way of the search.
fn way(picture: &mut Picture, points: Vec<Point>) {
    let colour = way_colour();
    for point in &points {
        picture
            .marks
            .push(Mark::Circle(*point, WAY_MARK, colour, Finish::Filled));
    }
    picture.marks.push(Mark::Line(Line {
        points,
        colour,
        thickness: 2.0,
        dash: None,
    }));
}

/// Adds a box: large what fresh companies say, with its interval, and small what the search itself said; and its number.
fn box_mark(picture: &mut Picture, found_box: &FoundBox, searched: Point, number: usize, up: &Axis) {
    let fresh = found_box.confirmation.as_ref().map(|fresh| &fresh.failing);
    let height = |share: f64| up.place(100.0 * share);
    if let Some(failing) = fresh {
        let (low, high) = failing.ci95;
        let ends = [low, high].map(|end| at(searched.x, height(end)));
        picture.rule(ends[0], ends[1], Look::Other.colour(), 6.0);
        for end in ends {
            picture.rule(
                at(end.x - 9.0, end.y),
                at(end.x + 9.0, end.y),
                Look::Other.colour(),
                4.0,
            );
        }
    }
    searched_mark(picture, searched);
    let main = fresh.map_or(searched, |failing| at(searched.x, height(failing.share)));
    if fresh.is_some() {
        fresh_mark(picture, main);
    }
    let place = at(main.x - 30.0, main.y + BODY.half_height());
    picture.text(centred(&number.to_string(), place, STRONG));
}

/// Adds the mark of a box in the search itself.
fn searched_mark(picture: &mut Picture, centre: Point) {
    picture
        .marks
        .push(Mark::Circle(centre, 10.0, WHITE, Finish::Filled));
    Look::Other.mark(picture, centre, 20.0, Finish::Outlined(3.0));
}

/// Adds the mark of a box among fresh companies, with a rim that sets it off from whatever it lies on.
fn fresh_mark(picture: &mut Picture, centre: Point) {
    picture
        .marks
        .push(Mark::Circle(centre, 16.0, WHITE, Finish::Filled));
    Look::Other.mark(picture, centre, 28.0, Finish::Filled);
}

/// Adds what the boxes are, in words, as many lines as leave room for the legend.
fn boxes(picture: &mut Picture, found: &Discovery, top: f64) {
    let x = AXES_END + 50.0;
    let room = RIGHT - x;
    let legend_lines: Vec<Vec<String>> = LEGEND
        .iter()
        .map(|words| BODY.broken(words, room - MARKS))
        .collect();
    let below = LINE * legend_lines.iter().map(Vec::len).sum::<usize>() as f64 + GAP * LEGEND.len() as f64;
    let mut y = top + 24.0;
    for (number, found_box) in found.boxes.iter().enumerate() {
        let lines: Vec<String> = box_lines(found, found_box)
            .iter()
            .flat_map(|line| BODY.broken(line, room))
            .collect();
        let free = ((BOTTOM - below - y - 36.0) / LINE).floor();
        if free < 1.0 {
            break;
        }
        let title = format!(
            "Box {}: {} of companies",
            number + 1,
            percent(found_box.step.quality.mass)
        );
        picture.text(left(&title, at(x, y), STRONG));
        let shown = lines.len().min(free as usize);
        lines_of_words(picture, &lines[..shown], at(x, y + 36.0), room);
        y += 36.0 + LINE * shown as f64 + 22.0;
    }
    let marks = [fresh_mark, searched_mark, way_mark];
    for (mark, lines) in marks.into_iter().zip(&legend_lines) {
        mark(picture, at(x + 16.0, y - 8.0));
        lines_of_words(picture, lines, at(x + MARKS, y), room);
        y += LINE * lines.len() as f64 + GAP;
    }
}

/// What fresh companies say about a box, and its limits.
fn box_lines(found: &Discovery, found_box: &FoundBox) -> Vec<String> {
    let fresh = match &found_box.confirmation {
        Some(fresh) => format!(
            "fresh companies: behind in {}",
            counted_share_words(&fresh.failing)
        ),
        None => "too few fresh companies to confirm".to_owned(),
    };
    let mut lines = vec![fresh];
    lines.extend(box_words(found, found_box));
    lines
}

/// Adds a piece of the way of the search.
fn way_mark(picture: &mut Picture, centre: Point) {
    way(
        picture,
        vec![at(centre.x - 14.0, centre.y), at(centre.x + 14.0, centre.y)],
    );
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plots::fixture::decisions;

    #[test]
    fn what_is_confirmed_lies_over_the_way_of_the_search_and_everything_is_explained() {
        let (found, _) = decisions::discovery("safe");
        let picture = trade_off(&found).expect("a box is found");
        let circle_of = |colour: Colour, least: f64| move |mark: &Mark| matches!(mark, Mark::Circle(_, radius, found, Finish::Filled) if *found == colour && *radius >= least);
        let confirmed = found
            .boxes
            .iter()
            .filter(|found_box| found_box.confirmation.is_some());
        // One more in the legend.
        let large = circle_of(Look::Other.colour(), 12.0);
        let drawn = picture.marks.iter().filter(|mark| large(mark)).count();
        assert_eq!(drawn, confirmed.count() + 1);
        let in_the_way = circle_of(way_colour(), 0.0);
        let points = picture.marks.iter().filter(|mark| in_the_way(mark)).count();
        assert_eq!(points, found.trajectory.len() + 2);
        let first_large = picture.marks.iter().position(large).expect("a box");
        let before = &picture.marks[..first_large];
        assert_eq!(
            before.iter().filter(|mark| in_the_way(mark)).count(),
            found.trajectory.len()
        );
        let words: Vec<&str> = picture.texts().map(|text| text.words.as_str()).collect();
        let words = words.join(" ");
        for expected in LEGEND {
            assert!(words.contains(expected), "{expected} in {words}");
        }
    }
}
