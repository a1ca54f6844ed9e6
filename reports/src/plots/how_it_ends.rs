//! How it ends: twenty worlds of each arm on one axis, and the difference within the same world; the headline counts
//! the marks that are drawn.

mod side_by_side;

use experiments::result::{Basis, BasisResult, Comparison, Summary, Verdict};
use sim_core::outcomes::Outcome;

use crate::figures::{factor, number};
use crate::sentences::{PairView, label, no_verdict_because, primary_view, view};

use super::axis::Axis;
use super::difference::{self, LARGEST_MARK, SideWords};
use super::dotplot::{Stand, fitting_size, stacked};
use super::page::{
    BODY, BOTTOM, MARGIN, RIGHT, arm_name, axis_unit, eight_of_ten, footer, gap_unit, horizontal_axis,
    lines_of_words, started, summary, typical,
};
use super::palette::{GREY, Look};
use super::picture::{Finish, Picture, at};

/// Room for ticks and unit below an axis \[points\].
const AXIS_ROOM: f64 = 80.0;
/// Where plots begin when names stand to the left of them \[points\].
const PLOT_LEFT: f64 = 470.0;
/// Room for the names left of plots \[points\].
const NAME_ROOM: f64 = PLOT_LEFT - MARGIN - 24.0;
/// Largest mark where a page has a single row \[points\].
const LARGEST_ALONE: u32 = 84;

/// An arm of the page with its figures.
struct Shown<'a> {
    arm: usize,
    name: &'a str,
    summary: &'a Summary,
    values: Vec<f64>,
}

impl Shown<'_> {
    fn look(&self) -> Look {
        Look::of(self.arm)
    }

    fn stacked(&self, axis: &Axis, size: f64) -> Vec<Stand> {
        stacked(&self.values, axis, size)
    }
}

/// The page for some arms, or nothing if none of them has figures on the primary outcome.
pub fn how_it_ends(comparison: &Comparison, basis: &BasisResult, arms: &[usize]) -> Option<Picture> {
    let shown: Vec<Shown> = arms
        .iter()
        .filter_map(|arm| shown(comparison, basis, *arm))
        .collect();
    let first = shown.first()?.arm;
    let views: Vec<PairView> = shown
        .iter()
        .skip(1)
        .filter_map(|other| primary_view(comparison, basis, other.arm, first))
        .collect();
    let mut picture = match (&shown[..], &views[..]) {
        ([only], _) => alone(comparison.primary, basis, only),
        ([_, second], [view]) => pair(
            comparison.primary,
            &shown,
            view,
            words_below(comparison, view, second.arm),
        ),
        _ => side_by_side::page(comparison.primary, basis, &shown, &views),
    };
    footer(&mut picture, comparison, basis);
    Some(picture)
}

fn shown<'a>(comparison: &Comparison, basis: &'a BasisResult, arm: usize) -> Option<Shown<'a>> {
    let outcome = comparison.primary;
    let summary = summary(basis, arm, outcome)?;
    let values = summary
        .marks
        .iter()
        .map(|mark| mark * factor(outcome.row().unit))
        .collect();
    Some(Shown {
        arm,
        name: &basis.arms[arm].name,
        summary,
        values,
    })
}

/// Words before a headline over plausible companies.
fn prefixed(basis: &BasisResult, headline: String) -> String {
    match (basis.basis, headline.strip_prefix("In ")) {
        (Basis::Settings, _) => headline,
        (Basis::Plausible, Some(rest)) => format!("Over plausible companies, in {rest}"),
        (Basis::Plausible, None) => format!("Over plausible companies: {headline}"),
    }
}

/// The marks of all arms.
fn all_values(shown: &[Shown]) -> impl Iterator<Item = f64> {
    shown.iter().flat_map(|arm| arm.values.iter().copied())
}

/// The largest mark with which every arm's worlds fit.
fn common_size(shown: &[Shown], axis: &Axis, height: f64) -> f64 {
    fitting_size(height, LARGEST_MARK, |size| {
        shown.iter().flat_map(|arm| arm.stacked(axis, size)).collect()
    })
}

fn marks(picture: &mut Picture, arm: &Shown, axis: &Axis, base: f64, size: f64) {
    for stand in arm.stacked(axis, size) {
        let centre = at(stand.x, base - (stand.level as f64 + 0.5) * size - 2.0);
        arm.look().mark(picture, centre, size - 2.0, Finish::Filled);
    }
    picture.rule(at(axis.from, base), at(axis.to, base), GREY, 2.0);
}

/// One arm without anything to compare it with.
fn alone(outcome: Outcome, basis: &BasisResult, only: &Shown) -> Picture {
    let headline = sentence(&format!(
        "{} of {}: {}",
        label(outcome),
        only.name,
        typical(outcome, only.summary)
    ));
    let words = format!("{}. 1 mark = 1 world in 20.", eight_of_ten(outcome, only.summary));
    let (mut picture, top) = started(&prefixed(basis, headline), &[words]);
    let axis = Axis::around(only.values.iter().copied(), MARGIN + 20.0, RIGHT);
    let base = BOTTOM - AXIS_ROOM;
    let size = fitting_size(base - top - 60.0, LARGEST_ALONE, |size| only.stacked(&axis, size));
    arm_name(
        &mut picture,
        only.look(),
        only.name,
        at(MARGIN, top + 34.0),
        RIGHT - MARGIN,
    );
    marks(&mut picture, only, &axis, base, size);
    let ticks = axis.ticks(8);
    horizontal_axis(&mut picture, &axis, &ticks, base, &ticks.unit(axis_unit(outcome)));
    picture
}

/// Two arms above each other, their difference below.
fn pair(outcome: Outcome, shown: &[Shown], view: &PairView, words: Vec<String>) -> Picture {
    let (mut picture, top) = started(&prefixed(view.basis, view.headline()), &words);
    let row = (BOTTOM - top - 2.0 * AXIS_ROOM - 60.0) / 3.0;
    let axis = Axis::around(all_values(shown), PLOT_LEFT, RIGHT);
    let size = common_size(shown, &axis, row - 12.0);
    for (index, arm) in shown.iter().enumerate() {
        let base = top + (index + 1) as f64 * row;
        arm_words(&mut picture, outcome, arm, base - row);
        marks(&mut picture, arm, &axis, base, size);
    }
    let ticks = axis.ticks(7);
    let unit = format!(
        "{}, {}{}",
        label(outcome),
        ticks.unit(axis_unit(outcome)),
        unit_note(outcome)
    );
    horizontal_axis(&mut picture, &axis, &ticks, top + 2.0 * row, &unit);
    difference_below(&mut picture, view, top + 2.0 * row + AXIS_ROOM + 28.0);
    picture
}

fn arm_words(picture: &mut Picture, outcome: Outcome, arm: &Shown, top: f64) {
    arm_name(picture, arm.look(), arm.name, at(MARGIN, top + 40.0), NAME_ROOM);
    let lines = [
        typical_fitting(outcome, arm, NAME_ROOM),
        eight_of_ten(outcome, arm.summary),
    ];
    lines_of_words(picture, &lines, at(MARGIN, top + 74.0), NAME_ROOM);
}

/// The typical world, with its unit if there is room; the axis has it in any case.
fn typical_fitting(outcome: Outcome, arm: &Shown, room: f64) -> String {
    let plain = format!(
        "typical {}",
        number(arm.summary.quantiles[3] * factor(outcome.row().unit))
    );
    BODY.first_fitting([typical(outcome, arm.summary), plain], room)
}

fn difference_below(picture: &mut Picture, view: &PairView, top: f64) {
    difference::words(picture, view, at(MARGIN, top + 30.0), NAME_ROOM);
    let axis = difference::axis(difference::shown_marks(view), PLOT_LEFT, RIGHT);
    let base = BOTTOM - AXIS_ROOM;
    if !view.is_same_everywhere() {
        SideWords::named(view).draw(picture, view, &axis, top + 30.0);
    }
    difference::zero_line(picture, &axis, top + 6.0, base);
    difference::marks(picture, view, &axis, base, base - top - 46.0);
    let ticks = axis.ticks(if view.is_same_everywhere() { 1 } else { 7 }).signed();
    let unit = format!(
        "{}, {} minus {}",
        ticks.unit(gap_unit(view.outcome)),
        view.arm,
        view.baseline
    );
    horizontal_axis(picture, &axis, &ticks, base, &unit);
}

/// The words below the headline of a pair.
fn words_below(comparison: &Comparison, found: &PairView, arm: usize) -> Vec<String> {
    if found.is_same_everywhere() {
        return Vec::new();
    }
    if no_verdict_because(found.basis).is_some() {
        return vec!["What is left is a selection, so nobody is named.".to_owned()];
    }
    let mut words = vec![sentence(&found.gap_and_tail())];
    if matches!(
        found.difference.verdict,
        Some(Verdict::NotSettled | Verdict::NoPracticalDifference)
    ) {
        words.push(sentence(&found.verdict_words()));
    }
    if found.outcome != Outcome::NetValue {
        let net = view(comparison, found.basis, arm, 0, Outcome::NetValue);
        words.extend(net.map(|net| net_words(&net)));
    }
    words
}

/// What the unit means, for whoever sees it for the first time.
fn unit_note(outcome: Outcome) -> &'static str {
    if outcome.row().unit == Outcome::TotalCost.row().unit {
        " (one is what a team costs in a week)"
    } else {
        ""
    }
}

fn net_words(net: &PairView) -> String {
    let count = if net.may_be_counted() {
        format!("{}; ", net.count_words())
    } else {
        String::new()
    };
    format!("Net of all costs: {count}typical gap {}.", net.typical_gap())
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}
