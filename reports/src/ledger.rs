//! The ledger of claims: a table and JSON for machines, words and a page for people; never tries a claim.

mod page;
mod words;

use std::io;

use csv::Writer;
use experiments::ledger::{ClaimVerdict, Estimate, Finding};
use scenarios::Claim;
use serde_json::{Value, json};

pub use page::page;
pub use words::{closing_words, entry_words};

/// A claim and what was found of it.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerEntry {
    /// The claim.
    pub claim: Claim,
    /// What was found.
    pub finding: Finding,
}

/// Columns of the table, in the order of [`cells`].
const COLUMNS: [&str; 33] = [
    "claim",
    "verdict",
    "kind",
    "document",
    "section",
    "environment",
    "baseline",
    "arm",
    "outcome",
    "unit",
    "direction",
    "horizon_weeks",
    "companies",
    "companies_left_out",
    "baseline_mean",
    "effect",
    "effect_low",
    "effect_high",
    "smallest_gap",
    "share",
    "share_low",
    "share_high",
    "exception_parameter",
    "exception_arm",
    "exception_threshold",
    "holds_below",
    "holds_above",
    "mechanism",
    "left",
    "left_low",
    "left_high",
    "claim_in_words",
    "reading",
];

/// `claims.csv`: one row for each claim. Figures are never rounded; unknown ones are empty.
///
/// # Errors
/// Only if memory for the table cannot be had.
pub fn claims_csv(entries: &[LedgerEntry]) -> io::Result<Vec<u8>> {
    let mut table = Writer::from_writer(Vec::new());
    table.write_record(COLUMNS)?;
    for entry in entries {
        table.write_record(cells(entry))?;
    }
    table.into_inner().map_err(|error| error.into_error())
}

fn cells(LedgerEntry { claim, finding }: &LedgerEntry) -> [String; 33] {
    let row = claim.outcome.row();
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let [effect, effect_low, effect_high] = ends(finding.effect).map(number);
    let [left, left_low, left_high] = ends(finding.left).map(number);
    let share = finding.share.map(|share| share.interval);
    let exception = finding.exception.as_ref();
    [
        claim.name.clone(),
        finding.verdict.word().to_owned(),
        claim.kind.word().to_owned(),
        claim.document.clone(),
        claim.section.clone(),
        claim.arms[0].environment.clone(),
        claim.arm_words[0].clone(),
        claim.arm_words[1].clone(),
        row.name.to_owned(),
        row.unit.to_owned(),
        direction_word(claim).to_owned(),
        finding.horizon_weeks.to_string(),
        finding.companies.to_string(),
        finding.left_out.to_string(),
        number(finding.baseline_mean),
        effect,
        effect_low,
        effect_high,
        finding.smallest_gap.to_string(),
        number(finding.share.map(|share| share.share)),
        number(share.map(|share| share.0)),
        number(share.map(|share| share.1)),
        exception.map_or_else(String::new, |exception| exception.parameter.path()),
        exception
            .map_or("", |exception| arm_word(exception.arm))
            .to_owned(),
        number(exception.map(|exception| exception.threshold)),
        number(exception.map(|exception| exception.holds_below)),
        number(exception.map(|exception| exception.holds_above)),
        claim.mechanism.clone(),
        left,
        left_low,
        left_high,
        claim.claim.clone(),
        one_line(&claim.reading),
    ]
}

/// One claim as a JSON object; unknown figures are `null`.
pub fn claim_object(LedgerEntry { claim, finding }: &LedgerEntry) -> Value {
    let row = claim.outcome.row();
    let estimate = |estimate: Option<Estimate>| {
        let [mean, low, high] = ends(estimate);
        json!({ "mean": mean, "low": low, "high": high })
    };
    let exception = finding.exception.as_ref().map(|exception| {
        json!({
            "parameter": exception.parameter.path(),
            "arm": exception.arm.map(|arm| arm_word(Some(arm))),
            "threshold": exception.threshold,
            "holds_below": exception.holds_below,
            "holds_above": exception.holds_above,
        })
    });
    json!({
        "name": claim.name,
        "claim": claim.claim,
        "document": claim.document,
        "section": claim.section,
        "reading": one_line(&claim.reading),
        "kind": claim.kind.word(),
        "environment": claim.arms[0].environment,
        "baseline": claim.arm_words[0],
        "arm": claim.arm_words[1],
        "outcome": row.name,
        "unit": row.unit,
        "direction": direction_word(claim),
        "horizon_weeks": finding.horizon_weeks,
        "companies": finding.companies,
        "companies_left_out": finding.left_out,
        "baseline_mean": finding.baseline_mean,
        "effect": estimate(finding.effect),
        "smallest_gap": finding.smallest_gap,
        "share": finding.share.map(|share| json!({
            "share": share.share, "low": share.interval.0, "high": share.interval.1,
        })),
        "exception": exception,
        "mechanism": claim.mechanism,
        "left": estimate(finding.left),
        "verdict": finding.verdict.word(),
    })
}

fn ends(estimate: Option<Estimate>) -> [Option<f64>; 3] {
    let interval = estimate.and_then(|estimate| estimate.interval);
    [
        estimate.map(|estimate| estimate.mean),
        interval.map(|interval| interval.0),
        interval.map(|interval| interval.1),
    ]
}

/// Which way the claim would have it.
fn direction_word(claim: &Claim) -> &'static str {
    if claim.higher { "higher" } else { "lower" }
}

/// Whose setting it is, if only one arm's.
fn arm_word(arm: Option<usize>) -> &'static str {
    match arm {
        Some(0) => "baseline",
        Some(_) => "arm",
        None => "",
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many claims have each verdict, those without any left out.
fn verdicts(entries: &[LedgerEntry]) -> Vec<(ClaimVerdict, usize)> {
    let count = |verdict: ClaimVerdict| {
        let with_it = entries.iter().filter(|entry| entry.finding.verdict == verdict);
        (verdict, with_it.count())
    };
    let all = ClaimVerdict::ALL.into_iter().map(count);
    all.filter(|(_, count)| *count > 0).collect()
}
