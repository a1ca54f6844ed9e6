//! A claim in sentences, the same for the terminal and the page.

use experiments::ledger::{Estimate, Finding, Share};
use scenarios::Claim;

use super::{LedgerEntry, arm_word, one_line, verdicts};
use crate::figures::{counted_noun, gap, gap_range, number, quantity};
use crate::sentences::label;

/// The entry as short lines: what is claimed, what was found, and what may be said.
pub fn entry_words(LedgerEntry { claim, finding }: &LedgerEntry) -> Vec<String> {
    let mut lines = vec![
        format!("{}: {}", claim.name, verdict_words(claim, finding)),
        format!("  Claim: {}.", claim.claim),
        format!("  Source: {}; {}.", claim.document, claim.section),
        format!(
            "  Tried as: {} against {}, in {}, over {}.",
            claim.arm_words[1],
            claim.arm_words[0],
            claim.arms[0].environment,
            weeks(finding)
        ),
    ];
    lines.extend(
        [effect(claim, finding), share(finding)]
            .into_iter()
            .flatten()
            .map(|line| format!("  {line}")),
    );
    lines.extend(exception(claim, finding).map(|line| format!("  {line}")));
    lines.push(format!("  {}", left(claim, finding)));
    lines
}

/// How long it was tried for.
pub(super) fn weeks(finding: &Finding) -> String {
    counted_noun(u64::from(finding.horizon_weeks), "week", "weeks")
}

/// The verdict, and how far it is evidence.
pub(super) fn verdict_words(claim: &Claim, finding: &Finding) -> String {
    format!("{} ({})", finding.verdict.word(), claim.kind.word())
}

/// The effect with its interval beside the level it starts from.
pub(super) fn effect(claim: &Claim, finding: &Finding) -> Option<String> {
    let unit = claim.outcome.row().unit;
    let effect = finding.effect?;
    let from = finding
        .baseline_mean
        .map_or_else(String::new, |mean| format!(", from {}", quantity(mean, unit)));
    Some(format!(
        "Effect: {} {}{from}.",
        label(claim.outcome),
        with_interval(effect, unit)
    ))
}

fn with_interval(estimate: Estimate, unit: &str) -> String {
    let mean = gap(estimate.mean, unit);
    match estimate.interval {
        Some((low, high)) => format!("{mean} ({})", gap_range(low, high, unit)),
        None => mean,
    }
}

/// An interval of a share this wide leaves open nearly everything.
const TELLS_NOTHING: f64 = 0.9;

/// In how many companies it holds.
pub(super) fn share(finding: &Finding) -> Option<String> {
    let share = finding.share?;
    let tried = counted_noun(finding.companies, "company tried", "companies tried");
    Some(match share_of_100(&share) {
        Some([share, low, high]) => {
            format!("Holds in {share} of 100 plausible companies ({low} to {high}; {tried}).")
        }
        None => format!("In how many plausible companies it holds cannot be told ({tried})."),
    })
}

/// A share with the ends of its interval, in companies of 100; nothing if the interval leaves open nearly everything.
pub(super) fn share_of_100(share: &Share) -> Option<[String; 3]> {
    let (low, high) = share.interval;
    (high - low <= TELLS_NOTHING).then(|| [share.share, low, high].map(of_100))
}

/// A share of companies as whole companies of 100.
fn of_100(share: f64) -> String {
    format!("{:.0}", 100.0 * share)
}

/// What the effect goes with most closely, and in how many companies it holds on either side; nothing below enough companies.
pub(super) fn exception(claim: &Claim, finding: &Finding) -> Option<String> {
    let share = finding.share?;
    let Some(exception) = &finding.exception else {
        let none =
            "Exceptions: companies kept apart confirm no single uncertainty that the effect goes with.";
        return Some(none.to_owned());
    };
    let of_arm = match arm_word(exception.arm) {
        "" => String::new(),
        "baseline" => format!(" of {}", claim.arm_words[0]),
        _ => format!(" of {}", claim.arm_words[1]),
    };
    let goes_with = format!(
        "Exceptions: the effect goes most closely with {}{of_arm}",
        exception.parameter.path()
    );
    if share_of_100(&share).is_none() {
        return Some(goes_with + ".");
    }
    Some(format!(
        "{goes_with}; the claim holds in {} of 100 companies where that is below {}, in {} of 100 above.",
        of_100(exception.holds_below),
        number(exception.threshold),
        of_100(exception.holds_above),
    ))
}

/// A mechanism without which more than this share of the effect is left does not carry it.
const NOT_CARRIED: f64 = 0.9;

/// What is left of the effect without its mechanism.
pub(super) fn left(claim: &Claim, finding: &Finding) -> String {
    let without = format!("Without its mechanism ({}): ", one_line(&claim.mechanism));
    let Some(left) = finding.left else {
        return without + "not known.";
    };
    if claim.is_all_mechanism() {
        return without + "nothing can be left, because the arms differ in nothing else.";
    }
    let share = match finding.effect.map(|effect| left.mean / effect.mean) {
        Some(share) if share.is_finite() && is_told_from_zero(finding.effect) => {
            if share < 0.0 && is_told_from_zero(finding.left) {
                ", the other way round".to_owned()
            } else {
                let carried = if share > NOT_CARRIED {
                    ": this mechanism does not carry it"
                } else {
                    ""
                };
                format!(", {} of the effect{carried}", quantity(share.max(0.0), "share"))
            }
        }
        _ => String::new(),
    };
    let unit = claim.outcome.row().unit;
    format!("{without}{} is left{share}.", with_interval(left, unit))
}

/// A share of an effect that may be none says nothing.
fn is_told_from_zero(effect: Option<Estimate>) -> bool {
    let interval = effect.and_then(|effect| effect.interval);
    interval.is_some_and(|(low, high)| low > 0.0 || high < 0.0)
}

/// How many claims have each verdict, and how to read it.
pub fn closing_words(entries: &[LedgerEntry], ledger_size: u64) -> String {
    let counts: Vec<String> = verdicts(entries)
        .into_iter()
        .map(|(verdict, count)| format!("{count} {}", verdict.word()))
        .collect();
    format!(
        "{}: {}. All intervals hold together with 95 % over the {ledger_size} claims of the ledger. A what-if, not a forecast.",
        counted_noun(entries.len() as u64, "claim", "claims"),
        counts.join(", "),
    )
}
