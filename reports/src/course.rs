//! The course of changes in words: how far they went, what they brought year by year, and the dip before they paid.

use experiments::course::{Course, courses};
use experiments::result::Comparison;
use sim_core::outcomes::Outcome;

use crate::figures::{count, gap, quantity};

/// Lines for every arm that changes; empty if none does.
pub(crate) fn course_lines(comparison: &Comparison) -> Vec<String> {
    courses(&comparison.settings).iter().flat_map(lines).collect()
}

fn lines(course: &Course) -> Vec<String> {
    let unit = Outcome::NetValue.row().unit;
    let years = |figures: &[f64], words: &dyn Fn(f64) -> String| {
        figures
            .iter()
            .map(|figure| words(*figure))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let adoption = years(&course.adoption, &|share| quantity(share, "share"));
    let value = years(&course.value, &|value| {
        gap(value, unit).split(' ').next().unwrap_or_default().to_owned()
    });
    let mut lines = vec![
        String::new(),
        format!(
            "The course of {} beside {}, means over worlds",
            course.arm, course.start
        ),
    ];
    if !course.adoption.is_empty() {
        lines.push(format!(
            "  teams that have adopted, at the end of each year: {adoption}"
        ));
        lines.push(format!(
            "  value shipped more than there in each year, {unit}: {value}"
        ));
    }
    lines.push(match course.dip {
        None => "  net value so far is never behind".to_owned(),
        Some(dip) => {
            let depth = quantity(dip.depth, unit);
            let week = count(dip.week.into());
            match dip.even {
                Some(even) => format!(
                    "  net value so far dips to {depth} behind in week {week} and is even in week {}",
                    count(even.into())
                ),
                None => format!(
                    "  net value so far dips to {depth} behind in week {week} and is not even by the end"
                ),
            }
        }
    });
    lines
}
