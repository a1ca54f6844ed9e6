//! The tornado of a screening: mean effects as bars from nothing, largest size first, each figure with its interval.

use experiments::sensitivity::ScreenedParameter;
use experiments::sensitivity::indices::Ranking;
use experiments::statistics::Bootstrapped;
use sim_core::outcomes::Direction;

use crate::figures::{counted_noun, factor, gap, gap_range, gap_words, number, range};
use crate::plots::axis::{Axis, Ticks};
use crate::plots::page::{BODY, FAINT, MARGIN, RIGHT, horizontal_axis, right, started};
use crate::plots::palette::Look;
use crate::plots::picture::{Area, Colour, Finish, Mark, Picture, at};
use crate::sensitivity::{SensitivityReport, plain_name};

use super::{MOST_ROWS, NAMES, Rows, footer, grid, name, scaled, whisker, zero};

/// Most parameters that a headline names where none leads.
const MOST_NAMED: usize = 3;

/// The page.
pub fn tornado(report: &SensitivityReport) -> Picture {
    let words = [
        format!(
            "Change of {} when one parameter rises through its range.",
            plain_subject(report)
        ),
        "Bar: mean over plausible companies; line: 95 % interval. Size: in either direction, without chance."
            .to_owned(),
    ];
    let (mut picture, top) = started(&headline(report), &words);
    let shown: Vec<&ScreenedParameter> = report.screening.parameters.iter().take(MOST_ROWS).collect();
    let unit = report.outcome.row().unit;
    let sizes: Vec<String> = shown
        .iter()
        .map(|parameter| size_words(parameter.effect.size, unit))
        .collect();
    let title = "size (95 %)";
    let widest = sizes.iter().map(|words| BODY.width(words));
    let figures = widest.fold(FAINT.width(title), f64::max) + 40.0;
    let scale = factor(unit);
    let ends = shown
        .iter()
        .flat_map(|parameter| [parameter.effect.mean.low, parameter.effect.mean.high]);
    let axis = Axis::around(ends.map(|end| scale * end), MARGIN + NAMES, RIGHT - figures).reaching(0.0);
    picture.text(right(title, at(RIGHT, top + 8.0), FAINT));
    let rows = Rows::new(top + 24.0, shown.len());
    let ticks = axis.ticks(6).signed();
    grid(&mut picture, &axis, &ticks, &rows);
    for (index, (parameter, size)) in shown.iter().zip(&sizes).enumerate() {
        let y = rows.middle(index);
        name(&mut picture, &parameter.name, y);
        let mean = scaled(parameter.effect.mean, scale);
        bar(
            &mut picture,
            &axis,
            mean.value,
            [y, 0.3 * rows.height],
            colour(report, mean.value),
        );
        whisker(&mut picture, &axis, mean, y);
        picture.text(right(size, at(RIGHT, y + BODY.half_height()), BODY));
    }
    zero(&mut picture, &axis, &rows);
    horizontal_axis(
        &mut picture,
        &axis,
        &ticks,
        rows.bottom(),
        &axis_words(report, &ticks),
    );
    footer(&mut picture, report, trajectories(report));
    picture
}

/// What it most depends on, if that can be told: the size of the first lies clearly above those of all others.
fn headline(report: &SensitivityReport) -> String {
    let Some((first, others)) = report.screening.parameters.split_first() else {
        return "No parameter is uncertain.".to_owned();
    };
    let name = |parameter: &ScreenedParameter| plain_name(&parameter.name);
    let least = first.effect.size.low;
    let rivals: Vec<&ScreenedParameter> = others
        .iter()
        .filter(|other| other.effect.size.high >= least)
        .collect();
    if rivals.is_empty() && least > 0.0 {
        let (mean, unit) = (first.effect.mean, report.outcome.row().unit);
        return format!(
            "Most depends on {}: {} ({}) from low to high.",
            name(first),
            gap(mean.value, unit),
            gap_range(mean.low, mean.high, unit)
        );
    }
    if rivals.is_empty() || rivals.len() >= MOST_NAMED {
        return format!("No parameter can be told to lead with {}.", trajectories(report));
    }
    let (last, before) = rivals
        .split_last()
        .map_or((first, &[][..]), |(last, before)| (*last, before));
    let named: Vec<String> = std::iter::once(&first)
        .chain(before)
        .map(|parameter| name(parameter))
        .collect();
    format!(
        "Most depends on {} or {}: which of them leads is not settled with {}.",
        named.join(", "),
        name(last),
        trajectories(report)
    )
}

fn trajectories(report: &SensitivityReport) -> String {
    counted_noun(report.screening.trajectories.into(), "trajectory", "trajectories")
}

/// `120 (86 to 160)`.
fn size_words(size: Bootstrapped, unit: &str) -> String {
    let interval = range(size.low, size.high, unit);
    format!("{} ({interval})", number(factor(unit) * size.value))
}

/// Adds a bar from nothing to `value`, at this height and half as thick as the second figure.
fn bar(picture: &mut Picture, axis: &Axis, value: f64, [y, half]: [f64; 2], colour: Colour) {
    let (from, to) = (axis.place(0.0), axis.place(value));
    let area = Area::new(from.min(to), y - half, from.max(to), y + half);
    picture.marks.push(Mark::Rectangle(area, colour, Finish::Filled));
}

/// The colour of whoever gains; of the first arm where nobody does.
fn colour(report: &SensitivityReport, change: f64) -> Colour {
    let second_gains = match report.outcome.row().direction {
        Direction::Higher => change > 0.0,
        Direction::Lower => change < 0.0,
        Direction::Neutral => false,
    };
    if report.arms.len() > 1 && second_gains {
        Look::Other.colour()
    } else {
        Look::First.colour()
    }
}

fn axis_words(report: &SensitivityReport, ticks: &Ticks) -> String {
    let unit = ticks.unit(gap_words(report.outcome.row().unit));
    match (report.arms.as_slice(), report.outcome.row().direction) {
        ([first, second], Direction::Higher) => {
            format!("\u{2212} helps {first}   ·   {unit}   ·   + helps {second}")
        }
        ([first, second], Direction::Lower) => {
            format!("\u{2212} helps {second}   ·   {unit}   ·   + helps {first}")
        }
        _ => unit,
    }
}

/// The subject of a screening, which looks at values always.
fn plain_subject(report: &SensitivityReport) -> String {
    SensitivityReport {
        ranking: Ranking::Values,
        ..report.clone()
    }
    .subject()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The made-up report with these intervals of size for the first parameters, and none for the rest.
    fn with_sizes(sizes: &[[f64; 2]]) -> SensitivityReport {
        let mut report = super::super::made_up();
        for (index, parameter) in report.screening.parameters.iter_mut().enumerate() {
            let [low, high] = sizes.get(index).copied().unwrap_or([0.0, 1.0]);
            parameter.effect.size = Bootstrapped {
                value: (low + high) / 2.0,
                low,
                high,
            };
        }
        report.screening.parameters[0].effect.mean = Bootstrapped {
            value: -181.0,
            low: -804.0,
            high: 413.0,
        };
        report
    }

    #[test]
    fn a_parameter_is_named_alone_only_if_it_leads_clearly() {
        let leads = with_sizes(&[[300.0, 500.0], [100.0, 290.0]]);
        let first = plain_name(&leads.screening.parameters[0].name);
        assert_eq!(
            headline(&leads),
            format!("Most depends on {first}: −181 team-week costs (−804 to +413) from low to high.")
        );
        let two = with_sizes(&[[300.0, 500.0], [100.0, 310.0]]);
        let second = plain_name(&two.screening.parameters[1].name);
        assert_eq!(
            headline(&two),
            format!(
                "Most depends on {first} or {second}: which of them leads is not settled with 4 trajectories."
            )
        );
        for unclear in [&[[300.0, 500.0]; 6][..], &[]] {
            assert_eq!(
                headline(&with_sizes(unclear)),
                "No parameter can be told to lead with 4 trajectories."
            );
        }
    }

    #[test]
    fn every_size_has_its_interval() {
        let picture = tornado(&with_sizes(&[[300.0, 500.0], [100.0, 310.0]]));
        for words in ["400 (300 to 500)", "205 (100 to 310)"] {
            assert!(picture.texts().any(|text| text.words == words), "{words}");
        }
    }
}
