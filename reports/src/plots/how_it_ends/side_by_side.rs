//! More than two arms: each in a row of its own, its worlds to the left, its difference from the first to the right.

use experiments::result::{BasisResult, Verdict};
use sim_core::outcomes::Outcome;

use crate::sentences::{PairView, label, no_verdict_because};

use super::{AXIS_ROOM, Shown, all_values, common_size, marks, prefixed, sentence, typical_fitting};
use crate::plots::axis::Axis;
use crate::plots::difference::{self, SideWords};
use crate::plots::page::{
    BODY, BOTTOM, MARGIN, RIGHT, TITLE, arm_name, axis_unit, centred, gap_unit, horizontal_axis, left,
    started,
};
use crate::plots::palette::GREY;
use crate::plots::picture::{Picture, at};

/// Between the two columns \[points\].
const MIDDLE_OF_PAGE: f64 = 800.0;
/// Room for the name above the marks of a row \[points\].
const NAME: f64 = 66.0;

/// The page without its footer.
pub fn page(outcome: Outcome, basis: &BasisResult, shown: &[Shown], views: &[PairView]) -> Picture {
    let words = sentence(&format!("{}; 1 mark = 1 world in 20", label(outcome)));
    let (mut picture, top) = started(&prefixed(basis, headline(shown, views)), &[words]);
    let axis = Axis::around(all_values(shown), MARGIN, MIDDLE_OF_PAGE - 40.0).padded(0.02);
    let gaps = views.iter().flat_map(difference::shown_marks);
    let gap_axis = difference::axis(gaps, MIDDLE_OF_PAGE + 40.0, RIGHT);
    let base = BOTTOM - AXIS_ROOM;
    let row = (base - top) / shown.len() as f64;
    let size = common_size(shown, &axis, row - NAME);
    difference::zero_line(&mut picture, &gap_axis, top + row + 16.0, base);
    for (index, arm) in shown.iter().enumerate() {
        let row_base = top + (index + 1) as f64 * row;
        named_row(&mut picture, outcome, arm, row_base - row);
        marks(&mut picture, arm, &axis, row_base, size);
        if let Some(view) = views.iter().find(|view| view.arm == arm.name) {
            difference_row(&mut picture, view, &gap_axis, row_base, row);
        }
    }
    difference_heading(&mut picture, shown[0].name, &gap_axis, top + row - 16.0);
    axes(&mut picture, outcome, &axis, &gap_axis);
    picture
}

fn headline(shown: &[Shown], views: &[PairView]) -> String {
    let counts = views
        .iter()
        .map(|view| format!("{} {}", view.arm, short_verdict(view)));
    format!(
        "Against {}: {}.",
        shown[0].name,
        counts.collect::<Vec<_>>().join("; ")
    )
}

fn difference_row(picture: &mut Picture, view: &PairView, axis: &Axis, base: f64, height: f64) {
    SideWords::beside_name(view).draw(picture, view, axis, base - height + 40.0);
    difference::marks(picture, view, axis, base, height - NAME);
    picture.rule(at(axis.from, base), at(axis.to, base), GREY, 2.0);
}

fn axes(picture: &mut Picture, outcome: Outcome, axis: &Axis, gap_axis: &Axis) {
    let (base, ticks, gap_ticks) = (BOTTOM - AXIS_ROOM, axis.ticks(5), gap_axis.ticks(5).signed());
    horizontal_axis(picture, axis, &ticks, base, &ticks.unit(axis_unit(outcome)));
    horizontal_axis(
        picture,
        gap_axis,
        &gap_ticks,
        base,
        &gap_ticks.unit(gap_unit(outcome)),
    );
}

fn named_row(picture: &mut Picture, outcome: Outcome, arm: &Shown, top: f64) {
    let words = typical_fitting(outcome, arm, 330.0);
    let room = MIDDLE_OF_PAGE - 40.0 - MARGIN - BODY.width(&words) - 16.0;
    let end = arm_name(picture, arm.look(), arm.name, at(MARGIN, top + 40.0), room);
    picture.text(left(&words, at(end + 16.0, top + 40.0), BODY));
}

fn difference_heading(picture: &mut Picture, first: &str, axis: &Axis, y: f64) {
    let words = TITLE.fitted(
        &format!("Difference from {first}, same world"),
        axis.to - axis.from,
    );
    picture.text(centred(&words, at((axis.from + axis.to) / 2.0, y), TITLE));
}

/// A verdict short enough to stand beside others.
fn short_verdict(view: &PairView) -> String {
    if no_verdict_because(view.basis).is_some() {
        return "without a verdict".to_owned();
    }
    match view.difference.verdict {
        _ if !view.may_be_counted() => "has too few worlds".to_owned(),
        _ if view.is_same_everywhere() => "is the same".to_owned(),
        Some(Verdict::Better) => format!("better in {} of 20 worlds", view.split().arm),
        Some(Verdict::Worse) => format!("worse in {} of 20 worlds", view.split().baseline),
        Some(Verdict::NoPracticalDifference) => "makes no practical difference".to_owned(),
        Some(Verdict::NotSettled) => "not settled".to_owned(),
        None => format!("has more in {} of 20 worlds", view.split().arm),
    }
}
