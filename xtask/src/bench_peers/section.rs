//! The section of the documentation that shows the comparison; it measures and judges nothing.

use std::fmt::Write;

use super::agreement::{Comparison, Estimate, FALSE_ALARM_PER_COMPARISON, FIGURES, LIMIT_STANDARD_ERRORS};
use super::programs::Missing;
use super::runs::{ARMS, Measurement, median};

const UNKNOWN: &str = "unknown";

/// The whole section as Markdown.
pub fn write(
    rounds: usize,
    machine: &str,
    measurements: &[Measurement],
    comparison: &Comparison,
    missing: &[Missing],
) -> String {
    let mut text = String::from(
        "# The reference model beside other tools\n\n\
         Written by `cargo xtask bench-peers`, not by hand. The rest on speed and memory is in \
         [performance.md](performance.md), the programs in [benches/peers](../benches/peers/README.md).\n\n",
    );
    text += &method(rounds, machine);
    text += "## Speed\n\n";
    text += &table(&speed_rows(measurements));
    text += &reading(measurements);
    text += "## The same model\n\n";
    text += &judgement(comparison);
    text += &table(&result_rows(comparison));
    for Missing { name, reason } in missing {
        let _ = writeln!(
            text,
            "{name} is not in the tables, as it could not be installed: {reason}.\n"
        );
    }
    text.trim_end().to_owned() + "\n"
}

fn method(rounds: usize, machine: &str) -> String {
    let rounds = if rounds == 1 {
        "One round".to_owned()
    } else {
        format!("{rounds} rounds")
    };
    format!(
        "Every program runs the same small model: 12 teams, 156 weeks, no effects of people, an arm that plans every \
         quarter and one that tests and pulls every week. {rounds}; in each, all programs in turn, first one process at \
         a time, then one process on every core; one thread in each. Speed is simulated team-weeks by CPU second of the \
         simulation itself, as the process counts it: start, imports and compilation at run time are left out. Other \
         work went on on the same machine. CPU seconds leave its time out, not its use of caches and memory.\n\n\
         Machine: {machine}.\n\n"
    )
}

fn speed_rows(measurements: &[Measurement]) -> Vec<Vec<String>> {
    let heads = [
        "program",
        "quarterly",
        "continuous",
        "both",
        "both, all cores busy",
        "memory [MiB]",
        "orgsim is faster by",
    ];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for one in measurements {
        let column = |column: usize| one.alone.iter().map(|speeds| speeds[column]).collect::<Vec<_>>();
        let mut row = vec![one.name.to_owned()];
        row.extend([0, 1, 2].map(|arm| millions(&column(arm))));
        row.push(millions(&one.together));
        row.push(
            one.memory_bytes()
                .map_or(UNKNOWN.to_owned(), |bytes| format!("{:.0}", bytes / 1_048_576.0)),
        );
        row.push(times(&measurements[0].ratios_to(one)));
        rows.push(row);
    }
    rows
}

fn millions(speeds: &[f64]) -> String {
    median(speeds).map_or(UNKNOWN.to_owned(), |speed| format!("{:.2}", speed / 1e6))
}

fn times(ratios: &[f64]) -> String {
    let (low, high) = ratios
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), ratio| {
            (low.min(*ratio), high.max(*ratio))
        });
    let figure = |ratio: f64| {
        if ratio < 9.95 {
            format!("{ratio:.2}")
        } else {
            format!("{ratio:.0}")
        }
    };
    median(ratios).map_or(UNKNOWN.to_owned(), |middle| {
        format!("{} × ({}–{})", figure(middle), figure(low), figure(high))
    })
}

fn reading(measurements: &[Measurement]) -> String {
    let mut text = String::from(
        "Million team-weeks per second and core, medians over rounds, and the most memory of a process. The last \
         column is how many times as much work orgsim does in a second, both arms: the median over rounds, lowest and \
         highest in brackets.\n\n",
    );
    for one in measurements {
        let _ = writeln!(text, "- {} {}: {}.", one.name, one.version, one.manner);
    }
    text + "\n"
}

fn judgement(comparison: &Comparison) -> String {
    let count = comparison.count();
    let rate = count as f64 * FALSE_ALARM_PER_COMPARISON;
    format!(
        "Speeds compare only if the programs compute the same model. Each mean must lie within \
         {LIMIT_STANDARD_ERRORS} standard errors of orgsim's; otherwise the command fails. Equal means lie farther \
         apart by chance with probability {FALSE_ALARM_PER_COMPARISON:.1e}: at most {rate:.1e} for all {count} \
         comparisons. Means ± standard errors over all runs; seeds are fixed.\n\n"
    )
}

fn result_rows(comparison: &Comparison) -> Vec<Vec<String>> {
    let mut head = vec!["program".to_owned()];
    for arm in ARMS {
        head.extend(FIGURES.map(|figure| format!("{arm} {figure}")));
    }
    head.push("farthest from orgsim [standard errors]".to_owned());
    let mut rows = vec![head];
    for finding in &comparison.findings {
        let mut row = vec![finding.name.to_owned()];
        for estimates in &finding.estimates {
            row.extend(
                estimates
                    .iter()
                    .zip([0, 1, 2])
                    .map(|(one, decimals)| told(*one, decimals)),
            );
        }
        row.push(
            finding
                .farthest()
                .map_or(UNKNOWN.to_owned(), |distance| format!("{distance:.1}")),
        );
        rows.push(row);
    }
    rows
}

fn told(estimate: Option<Estimate>, decimals: usize) -> String {
    let known = |one: Estimate| format!("{:.decimals$} ± {:.decimals$}", one.mean, one.standard_error);
    estimate.map_or(UNKNOWN.to_owned(), known)
}

/// A Markdown table whose columns also line up as plain text.
fn table(rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..rows.first().map_or(0, Vec::len)).map(width).collect();
    let mut text = String::new();
    for (number, row) in rows.iter().enumerate() {
        let cells: Vec<_> = row.iter().zip(&widths).enumerate().map(padded).collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
        if number == 0 {
            let rules: Vec<_> = widths.iter().enumerate().map(rule).collect();
            let _ = writeln!(text, "|{}|", rules.join("|"));
        }
    }
    text + "\n"
}

fn padded((column, (cell, width)): (usize, (&String, &usize))) -> String {
    if column == 0 {
        format!("{cell:<width$}")
    } else {
        format!("{cell:>width$}")
    }
}

fn rule((column, width): (usize, &usize)) -> String {
    let dashes = "-".repeat(width + 1);
    if column == 0 {
        format!(":{dashes}")
    } else {
        format!("{dashes}:")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let rows = [
            vec!["a".to_owned(), "speed".to_owned()],
            vec!["long".to_owned(), "1".to_owned()],
        ];
        assert_eq!(
            table(&rows),
            "| a    | speed |\n|:-----|------:|\n| long |     1 |\n\n"
        );
    }

    #[test]
    fn a_ratio_comes_with_its_lowest_and_highest() {
        assert_eq!(times(&[2.0, 1.5, 2.5]), "2.00 × (1.50–2.50)");
        assert_eq!(times(&[20.0, 30.4, 10.0]), "20 × (10–30)");
        assert_eq!(times(&[]), UNKNOWN);
    }

    #[test]
    fn what_is_not_known_is_not_a_number() {
        assert_eq!(told(None, 2), UNKNOWN);
        assert_eq!(
            told(
                Some(Estimate {
                    mean: 1.0,
                    standard_error: 0.5
                }),
                1
            ),
            "1.0 ± 0.5"
        );
    }
}
