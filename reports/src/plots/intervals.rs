//! A row for each scenario: how far it is behind the one that was selected, with the interval, and in how many worlds.

use experiments::choice::{Choice, Contestant};
use experiments::statistics::towards_better;

use crate::choice::headline;
use crate::estimates::difference_figures;
use crate::figures::{count, factor};
use crate::sentences::label;

use super::axis::Axis;
use super::page::{
    BODY, BOTTOM, MARGIN, RIGHT, TITLE, footer_of, gap_unit, grid_lines, horizontal_axis, last_words, left,
    right, started,
};
use super::palette::{GREY, INK, Look};
use super::picture::{Finish, Picture, at};

/// Room for names left of the intervals \[points\].
const NAMES: f64 = 400.0;
/// Room for figures right of them \[points\].
const FIGURES: f64 = 420.0;
/// Room for the axis below them \[points\].
const AXIS_ROOM: f64 = 78.0;

/// The page, or nothing if none was selected.
pub fn race(found: &Choice) -> Option<Picture> {
    let best = found.selected?;
    let words = format!(
        "Difference in {} to {}, same worlds. Line: 95 % interval, however often one looked. In brackets: worlds it took.",
        label(found.outcome),
        found.contestants[best].name
    );
    let (mut picture, top) = started(&headline(found), &[words]);
    let mut ranked: Vec<&Contestant> = found.contestants.iter().collect();
    let sign = towards_better(found.outcome);
    let behind = |arm: &Contestant| {
        arm.behind_selected
            .as_ref()
            .map_or(0.0, |behind| sign * behind.mean)
    };
    ranked.sort_by(|one, other| behind(other).total_cmp(&behind(one)));
    let factor = factor(found.outcome.row().unit);
    let ends = ranked
        .iter()
        .filter_map(|arm| arm.behind_selected.as_ref())
        .flat_map(|behind| {
            let (low, high) = behind.ci95.unwrap_or((behind.mean, behind.mean));
            [low * factor, high * factor]
        });
    let axis = Axis::around(ends.chain([0.0]), MARGIN + NAMES, RIGHT - FIGURES);
    let height = ((BOTTOM - AXIS_ROOM - top) / ranked.len() as f64).min(96.0);
    let bottom = top + height * ranked.len() as f64;
    let ticks = axis.ticks(5).signed();
    grid_lines(&mut picture, &axis, &ticks, (top, bottom));
    picture.rule(at(axis.place(0.0), top), at(axis.place(0.0), bottom), GREY, 3.0);
    for (place, arm) in ranked.iter().enumerate() {
        row(
            &mut picture,
            found,
            arm,
            &axis,
            top + (place as f64 + 0.5) * height,
        );
    }
    let unit = ticks.unit(gap_unit(found.outcome));
    horizontal_axis(
        &mut picture,
        &axis,
        &ticks,
        bottom,
        &format!("difference in {}, {unit}", label(found.outcome)),
    );
    let mut words = vec![
        format!("{} runs", count(found.runs)),
        "worlds shared by all".to_owned(),
    ];
    words.extend(last_words(found.span, found.seed));
    footer_of(&mut picture, &words);
    Some(picture)
}

fn row(picture: &mut Picture, found: &Choice, arm: &Contestant, axis: &Axis, y: f64) {
    let baseline = y + BODY.half_height();
    let worlds = format!(" ({})", count(arm.worlds));
    let look = if arm.behind_selected.is_none() {
        Look::Other
    } else {
        Look::First
    };
    let style = if look == Look::Other { TITLE } else { BODY };
    let name = style.fitted(&arm.name, NAMES - 24.0 - BODY.width(&worlds));
    picture.text(left(&name, at(MARGIN, baseline), style.coloured(look.colour())));
    picture.text(left(&worlds, at(MARGIN + style.width(&name), baseline), BODY));
    let factor = factor(found.outcome.row().unit);
    match &arm.behind_selected {
        None => {
            look.mark(picture, at(axis.place(0.0), y), 24.0, Finish::Filled);
            picture.text(right("selected", at(RIGHT, baseline), BODY));
        }
        Some(behind) => {
            if let Some((low, high)) = behind.ci95 {
                picture.rule(
                    at(axis.place(low * factor), y),
                    at(axis.place(high * factor), y),
                    INK,
                    4.0,
                );
            }
            look.mark(
                picture,
                at(axis.place(behind.mean * factor), y),
                22.0,
                Finish::Filled,
            );
            let figures = difference_figures(Some(behind), found.outcome);
            picture.text(right(&figures, at(RIGHT, baseline), BODY));
        }
    }
}
