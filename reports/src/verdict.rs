//! The short verdict for the terminal; the same words as the plots, no figure that is not in the result.

use experiments::plausible::{VIABILITY_WORLDS, VIABLE_RETURN};
use experiments::result::{ArmResult, Basis, BasisResult, Comparison, PairResult, Summary};
use sim_core::outcomes::Outcome;

use crate::course::course_lines;
use crate::figures::{count, counted_noun, factor, number, quantity, range, unit_words};
use crate::sentences::{
    WHAT_IF, WIDTH, WORLDS_FOR_A_COUNT, WORLDS_FOR_ANY_COUNT, label, no_verdict_because, stopped_words, view,
    worlds, wrapped,
};

/// Up to so many arms, each is shown against each earlier one; of more, each against the first.
const ARMS_ALL_AGAINST_ALL: usize = 3;

/// Arms whose figures are shown; more would hide the verdict.
const ARMS_IN_FULL: usize = 8;

/// Flow outcomes shown for each arm, after value and cost.
const FLOW: [Outcome; 5] = [
    Outcome::LeadTimeWeeks,
    Outcome::Predictability,
    Outcome::WorkInProgress,
    Outcome::FlowEfficiency,
    Outcome::DeploysPerQuarter,
];

/// The verdict on `comparison` in at most 100 columns: each arm's figures, then each pair under the settings and over
/// plausible companies.
pub fn verdict_text(comparison: &Comparison) -> String {
    let mut lines = vec![title(comparison)];
    lines.extend(fork_words(comparison));
    lines.push(String::new());
    lines.extend(arm_table(comparison));
    lines.push(brackets_words(comparison.settings.replications));
    lines.push(String::new());
    lines.extend(basis_lines(comparison, &comparison.settings));
    lines.extend(course_lines(comparison));
    if let Some(plausible) = &comparison.plausible {
        lines.push(String::new());
        lines.extend(basis_lines(comparison, plausible));
    }
    lines.push(WHAT_IF.to_owned());
    wrapped(&lines)
}

fn brackets_words(replications: u64) -> String {
    let words = "Figures are those of the typical world; ";
    if replications < WORLDS_FOR_ANY_COUNT {
        let found = worlds(replications);
        format!("{words}the brackets hold the middle of {found} only, too few for ranges.")
    } else {
        format!("{words}8 of 10 worlds lie within the brackets.")
    }
}

fn title(comparison: &Comparison) -> String {
    let names: Vec<&str> = comparison
        .settings
        .arms
        .iter()
        .map(|arm| arm.name.as_str())
        .collect();
    let span = comparison.span;
    let arms = match names.as_slice() {
        [first, others @ ..] if others.len() >= ARMS_IN_FULL => {
            format!("{first} against {} others", others.len())
        }
        names => names.join(" against "),
    };
    format!(
        "{arms}: {} after {} of warm-up, seed {}",
        counted_noun(span.horizon_weeks.into(), "week", "weeks"),
        count(span.warm_up_weeks.into()),
        comparison.seed
    )
}

/// What arms that part late have in common.
pub(crate) fn fork_words(comparison: &Comparison) -> Option<String> {
    let week = comparison.fork_week?;
    let first = &comparison.settings.arms.first()?.name;
    Some(format!(
        "One history: up to week {week} every arm is {first}, and those weeks count in every figure."
    ))
}

/// One row for each outcome, one column for each arm, in as many blocks as the width asks for.
fn arm_table(comparison: &Comparison) -> Vec<String> {
    let rows = shown_rows(comparison);
    let all = &comparison.settings.arms;
    let arms = &all[..all.len().min(ARMS_IN_FULL)];
    let labels = column(std::iter::once(String::new()).chain(rows.iter().map(Row::label)));
    let columns: Vec<Vec<String>> = arms
        .iter()
        .map(|arm| column(std::iter::once(arm.name.clone()).chain(rows.iter().map(|row| row.cell(arm)))))
        .collect();
    let mut lines: Vec<String> = blocks(&labels, &columns)
        .into_iter()
        .flat_map(|block| joined(&labels, block))
        .collect();
    let more = (all.len() - arms.len()) as u64;
    if more > 0 {
        let words = counted_noun(more, "more arm is", "more arms are");
        lines.push(format!("{words} in summary.csv."));
    }
    lines
}

/// A row of the table of arms.
enum Row {
    Typical(Outcome),
    Mean(Outcome),
    Judgement,
}

impl Row {
    fn label(&self) -> String {
        match self {
            Self::Typical(outcome) => format!("{}, {}", label(*outcome), unit_words(outcome.row().unit)),
            Self::Mean(_) => "  mean \u{b1} standard error".to_owned(),
            Self::Judgement => "judgement rho, before -> after own evidence".to_owned(),
        }
    }

    fn cell(&self, arm: &ArmResult) -> String {
        match self {
            Self::Typical(outcome) => {
                summary(arm, *outcome).map_or_else(unknown, |found| typical(*outcome, found))
            }
            Self::Mean(outcome) => summary(arm, *outcome).map_or_else(unknown, |found| mean(*outcome, found)),
            Self::Judgement => judgement(arm),
        }
    }
}

/// How good beliefs are before and after the chooser's own evidence.
fn judgement(arm: &ArmResult) -> String {
    let typical = |outcome| summary(arm, outcome).map(|found| number(found.quantiles[3]));
    let words = |figure: Option<String>| figure.unwrap_or_else(unknown);
    match (
        typical(Outcome::JudgementRhoBeforeEvidence),
        typical(Outcome::JudgementRho),
    ) {
        (None, None) => unknown(),
        (before, after) => format!("{} -> {}", words(before), words(after)),
    }
}

fn unknown() -> String {
    "not known".to_owned()
}

/// Rows for outcomes that at least one arm has: the primary one and net value first.
fn shown_rows(comparison: &Comparison) -> Vec<Row> {
    let has = |outcome: &Outcome| {
        comparison
            .settings
            .arms
            .iter()
            .any(|arm| summary(arm, *outcome).is_some())
    };
    let mut rows = vec![Row::Typical(comparison.primary), Row::Mean(comparison.primary)];
    let beside = [Outcome::ShippedValue, Outcome::NetValue, Outcome::TotalCost]
        .into_iter()
        .chain(FLOW);
    rows.extend(
        beside
            .filter(|outcome| *outcome != comparison.primary && has(outcome))
            .map(Row::Typical),
    );
    if [Outcome::JudgementRho, Outcome::JudgementRhoBeforeEvidence]
        .iter()
        .any(has)
    {
        rows.push(Row::Judgement);
    }
    rows
}

pub(crate) fn summary(arm: &ArmResult, outcome: Outcome) -> Option<&Summary> {
    arm.outcomes
        .iter()
        .find(|(candidate, _)| *candidate == outcome)
        .map(|(_, summary)| summary)
}

pub(crate) fn typical(outcome: Outcome, summary: &Summary) -> String {
    let unit = outcome.row().unit;
    let [_, p10, _, p50, _, p90, _] = summary.quantiles;
    format!("{} ({})", number(p50 * factor(unit)), range(p10, p90, unit))
}

fn mean(outcome: Outcome, summary: &Summary) -> String {
    let factor = factor(outcome.row().unit);
    let error = summary
        .standard_error
        .map_or_else(|| "unknown".to_owned(), |error| number(error * factor));
    format!("{} \u{b1} {error}", number(summary.mean * factor))
}

/// Cells padded to the widest.
fn column(cells: impl Iterator<Item = String>) -> Vec<String> {
    let cells: Vec<String> = cells.collect();
    let width = cells.iter().map(|cell| cell.chars().count()).max().unwrap_or(0);
    cells.into_iter().map(|cell| format!("{cell:<width$}")).collect()
}

/// Columns in groups that fit beside the labels; a group holds at least one.
fn blocks<'a>(labels: &[String], columns: &'a [Vec<String>]) -> Vec<&'a [Vec<String>]> {
    let wide = |column: &[String]| column.first().map_or(0, |cell| cell.chars().count());
    let mut blocks = Vec::new();
    let mut start = 0;
    while start < columns.len() {
        let mut width = wide(labels);
        let fitting = columns[start..].iter().take_while(|column| {
            width += 2 + wide(column);
            width <= WIDTH
        });
        let end = start + fitting.count().max(1);
        blocks.push(&columns[start..end]);
        start = end;
    }
    blocks
}

fn joined(labels: &[String], columns: &[Vec<String>]) -> Vec<String> {
    let line = |row: usize| {
        let cells: Vec<&str> = columns.iter().map(|column| column[row].as_str()).collect();
        format!("{}  {}", labels[row], cells.join("  "))
            .trim_end()
            .to_owned()
    };
    (0..labels.len()).map(line).collect()
}

fn basis_lines(comparison: &Comparison, basis: &BasisResult) -> Vec<String> {
    let mut lines = vec![basis_title(basis)];
    lines.extend(
        basis
            .first_failure
            .iter()
            .map(|reason| format!("  first failure: {reason}")),
    );
    if basis.drops_too_many_companies() {
        lines.extend(viability_lines(comparison, basis));
    }
    let shown = shown_pairs(basis);
    let lines_each = if basis.arms.len() > ARMS_IN_FULL {
        1
    } else {
        usize::MAX
    };
    for pair in &shown {
        lines.extend(pair_lines(comparison, basis, pair).into_iter().take(lines_each));
    }
    let more = (basis.pairs.len() - shown.len()) as u64;
    if more > 0 {
        let words = counted_noun(more, "more pair is", "more pairs are");
        lines.push(format!("  {words} in differences.csv."));
    }
    lines
}

/// Every pair of few arms, and of many each against the first.
pub(crate) fn shown_pairs(basis: &BasisResult) -> Vec<&PairResult> {
    let all = basis.arms.len() <= ARMS_ALL_AGAINST_ALL;
    let pairs = basis.pairs.iter();
    pairs.filter(|pair| all || pair.baseline == 0).collect()
}

pub(crate) fn basis_title(basis: &BasisResult) -> String {
    let name = match basis.basis {
        Basis::Settings => "Under these settings",
        Basis::Plausible => "Over plausible companies",
    };
    let mut words = vec![
        worlds(basis.replications),
        stopped_words(basis.stopped).to_owned(),
    ];
    if basis.worlds_failed > 0 {
        words.push(format!(
            "{} missing because a run failed",
            worlds(basis.worlds_failed)
        ));
    }
    if basis.basis == Basis::Plausible {
        words.push(format!(
            "{} of {} dropped as not viable",
            count(basis.companies_dropped),
            counted_noun(basis.companies_drawn(), "company", "companies")
        ));
    }
    match basis.replications.saturating_sub(basis.worlds_failed) {
        _ if basis.drops_too_many_companies() => {}
        0..WORLDS_FOR_ANY_COUNT => words.push("a first look: so few worlds show no share".to_owned()),
        WORLDS_FOR_ANY_COUNT..WORLDS_FOR_A_COUNT => {
            words.push("few worlds: counts of 20 are rough".to_owned());
        }
        _ => {}
    }
    format!("{name} ({})", words.join("; "))
}

/// Why so many companies were dropped, and what to do about it.
pub(crate) fn viability_lines(comparison: &Comparison, basis: &BasisResult) -> Vec<String> {
    let share = |value: f64| quantity(value, "share");
    let baseline = &basis.arms[0].name;
    let returned = comparison
        .settings
        .arms
        .first()
        .and_then(|arm| summary(arm, Outcome::ReturnOnTeamCost))
        .map_or_else(String::new, |found| {
            format!(" Under these settings {baseline} returns {}.", share(found.mean))
        });
    vec![
        format!(
            "  A company counts as viable if {baseline} returns at least {} of its team cost (mean of \
             {VIABILITY_WORLDS} worlds).{returned}",
            share(VIABLE_RETURN)
        ),
        "  What is left is no fair sample, so nothing is said about it.".to_owned(),
        "  To do: correct the settings that let so few companies live ([company] and [environment] above all, or a \
         --horizon too short to earn anything), or ask for the settings alone with --no-uncertain."
            .to_owned(),
    ]
}

/// What may be said about one pair on one basis.
pub(crate) struct PairWords {
    /// `empowered against safe`.
    pub pair: String,
    /// Who is better, or why nobody is named.
    pub verdict: String,
    /// Counts, gaps and intervals.
    pub details: Vec<String>,
}

fn pair_lines(comparison: &Comparison, basis: &BasisResult, pair: &PairResult) -> Vec<String> {
    let words = pair_words(comparison, basis, pair);
    let details = words.details.iter().map(|detail| format!("    {detail}"));
    std::iter::once(format!("  {}: {}", words.pair, words.verdict))
        .chain(details)
        .collect()
}

/// The words on a pair; no detail where there is no verdict.
pub(crate) fn pair_words(comparison: &Comparison, basis: &BasisResult, pair: &PairResult) -> PairWords {
    let words = |verdict: String, details: Vec<String>| PairWords {
        pair: format!(
            "{} against {}",
            basis.arms[pair.arm].name, basis.arms[pair.baseline].name
        ),
        verdict,
        details,
    };
    if let Some(reason) = no_verdict_because(basis) {
        return words(format!("no verdict: {reason}"), Vec::new());
    }
    let Some(found) = view(comparison, basis, pair.arm, pair.baseline, comparison.primary) else {
        let reason = format!("no world in which both have {}", label(comparison.primary));
        return words(reason, Vec::new());
    };
    let mut details = Vec::new();
    if !found.is_same_everywhere() {
        details.push(format!(
            "{}; typical gap {}",
            found.count_words(),
            found.typical_gap()
        ));
        details.push(match found.difference.summary.replications {
            0..WORLDS_FOR_ANY_COUNT => found.pairing(),
            _ => format!("{}; {}", found.tail(), found.pairing()),
        });
        details.push(found.mean_and_interval());
        details.extend(found.company_words());
    }
    details.extend(net_line(comparison, basis, pair));
    words(found.verdict_words(), details)
}

fn net_line(comparison: &Comparison, basis: &BasisResult, pair: &PairResult) -> Option<String> {
    if comparison.primary == Outcome::NetValue {
        return None;
    }
    let found = view(comparison, basis, pair.arm, pair.baseline, Outcome::NetValue)?;
    if found.is_same_everywhere() {
        return Some("net value: the same in every world".to_owned());
    }
    Some(format!(
        "net value: {}; {}",
        found.count_words(),
        found.mean_and_interval()
    ))
}
