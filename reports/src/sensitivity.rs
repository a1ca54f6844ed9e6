//! Which assumptions matter, as tables, as a JSON object and in plain words.

use std::io;

use experiments::sensitivity::indices::{FactorIndices, Ranking};
use experiments::sensitivity::{Explained, Factor, FactorKind, Failures, ScreenedParameter, Screening};
use experiments::statistics::Bootstrapped;
use serde_json::{Map, Value, json};
use sim_core::outcomes::Outcome;
use sim_core::simulation::Span;

use crate::figures::{count, counted_noun, fixed, gap_range, gap_words, number, signed};
use crate::sentences::{WHAT_IF, label};
use crate::sheet::Sheet;
use crate::tables::{figure, figure_if_known, finished, started};
use crate::words::Words;

/// Everything that a report on sensitivity shows.
#[derive(Debug, Clone, PartialEq)]
pub struct SensitivityReport {
    /// Names of the arms, one or two.
    pub arms: Vec<String>,
    /// What was explained.
    pub outcome: Outcome,
    /// Seed.
    pub seed: u64,
    /// Weeks.
    pub span: Span,
    /// Values or ranks.
    pub ranking: Ranking,
    /// Every parameter with its effect.
    pub screening: Screening,
    /// Chance and indices.
    pub explained: Explained,
}

/// Figures below which a share is not named in words.
const SMALL_SHARE: f64 = 0.01;

/// A share whose interval ends below it is not much.
const MUCH: f64 = 0.2;

/// Chance that is surely above it leaves next to nothing to explain.
const MOSTLY: f64 = 0.9;

/// Widest half interval of a share for which more samples are not recommended.
const PRECISE: f64 = 0.1;

impl SensitivityReport {
    /// `the gap in shipped value (empowered minus safe)`, or `shipped value of safe`.
    pub fn subject(&self) -> String {
        let label = label(self.outcome);
        let what = match self.arms.as_slice() {
            [first, second] => format!("the gap in {label} ({second} minus {first})"),
            _ => format!("{label} of {}", self.arms.join(", ")),
        };
        match self.ranking {
            Ranking::Values => what,
            Ranking::Ranks => format!("the rank of {what}"),
        }
    }

    /// The parameters, largest share first, then what is left beside them.
    pub fn parameters(&self) -> Vec<(&Factor, &FactorIndices)> {
        let mut parameters = self.of_kind(FactorKind::Parameter);
        parameters.extend(self.of_kind(FactorKind::Rest));
        parameters
    }

    /// The groups, largest share first.
    pub fn groups(&self) -> Vec<(&Factor, &FactorIndices)> {
        self.of_kind(FactorKind::Group)
    }

    fn of_kind(&self, kind: FactorKind) -> Vec<(&Factor, &FactorIndices)> {
        let mut found: Vec<_> = self
            .explained
            .each()
            .filter(|(factor, _)| factor.kind == kind)
            .collect();
        let share = |found: &FactorIndices| value(found.first) + value(found.total);
        found.sort_by(|one, other| share(other.1).total_cmp(&share(one.1)));
        found
    }

    /// Of the variation, how much is chance; and which parameters explain most of the rest, if that can be told from nothing.
    pub fn headline(&self) -> String {
        self.headline_by(FactorKind::Parameter)
    }

    /// The same by factors of this kind.
    pub fn headline_by(&self, kind: FactorKind) -> String {
        let Some(chance) = self.explained.indices.chance else {
            return "Nothing varies: neither luck nor what is not known changes the figure.".to_owned();
        };
        if self.is_all_chance() {
            let what = if chance.low >= MOSTLY {
                "the rest is too small to be told apart"
            } else {
                "what explains the rest is not settled"
            };
            return format!(
                "{} of the variation is chance; {what}{}.",
                interval_words(chance),
                self.samples()
            );
        }
        let known: Vec<(&Factor, Bootstrapped)> = self
            .of_kind(kind)
            .into_iter()
            .filter_map(|(factor, found)| Some((factor, found.first?)))
            .collect();
        let are_small = known.iter().all(|(_, share)| share.high < MUCH);
        let mut largest = known;
        largest.retain(|(_, share)| share.value >= SMALL_SHARE && share.low > 0.0);
        largest.sort_by(|one, other| other.1.value.total_cmp(&one.1.value));
        let explains = |(factor, share): &(&Factor, Bootstrapped)| {
            format!("{} explains {}", plain_name(&factor.name), interval_words(*share))
        };
        let named: Vec<String> = largest.iter().take(2).map(explains).collect();
        let rest = if !named.is_empty() {
            format!("of the rest, {}", named.join(" and "))
        } else if are_small {
            format!("no {} explains much of the rest alone", kind.word())
        } else {
            format!(
                "which {} explains most of the rest is not settled{}",
                kind.word(),
                self.samples()
            )
        };
        format!("{} of the variation is chance; {rest}.", percent(chance.value))
    }

    /// ` with 64 samples`.
    fn samples(&self) -> String {
        format!(
            " with {}",
            counted_noun(self.explained.rows.into(), "sample", "samples")
        )
    }

    /// Whether what is not chance cannot be told from nothing: shares of it would be shares of noise.
    pub(crate) fn is_all_chance(&self) -> bool {
        let indices = &self.explained.indices;
        let may_be_all = indices.chance.is_none_or(|chance| chance.high >= 1.0);
        may_be_all || indices.factors.iter().all(|factor| factor.first.is_none())
    }

    /// What the experiment was about, for footers and titles.
    pub fn design(&self) -> Vec<String> {
        vec![
            counted_noun(
                self.screening.parameters.len() as u64,
                "uncertain parameter",
                "uncertain parameters",
            ),
            counted_noun(self.span.horizon_weeks.into(), "week", "weeks"),
            format!("seed {}", self.seed),
        ]
    }
}

/// A parameter in plain words: `value scale` for `environment.value_scale`, and `discovery hours`, because `hours` alone
/// says too little.
pub(crate) fn plain_name(name: &str) -> String {
    let words = match name.split_once('.') {
        Some((_, own)) if own.contains('_') => own.to_owned(),
        _ => name.replace('.', " "),
    };
    words.replace('_', " ")
}

fn value(estimate: Option<Bootstrapped>) -> f64 {
    estimate.map_or(f64::NEG_INFINITY, |estimate| estimate.value)
}

/// A share as whole percent. Estimates may lie a little below nothing or above all, and are not moved: their intervals would
/// say that they are sure.
pub(crate) fn percent(share: f64) -> String {
    format!("{} %", bound(share))
}

fn bound(share: f64) -> String {
    fixed((100.0 * share).round(), 0)
}

/// A share with its interval: `31 % (25 to 37)`.
pub(crate) fn interval_words(estimate: Bootstrapped) -> String {
    format!(
        "{} ({} to {})",
        percent(estimate.value),
        bound(estimate.low),
        bound(estimate.high)
    )
}

fn share_words(estimate: Option<Bootstrapped>) -> String {
    estimate.map_or_else(|| "not known".to_owned(), interval_words)
}

/// The verdict in words.
pub fn sensitivity_words(report: &SensitivityReport) -> Words {
    let mut words = Words::default();
    words.title(format!("What decides {}?", report.subject()));
    words.say(format!(
        "{} trajectories, {} samples, {}, {} of warm-up",
        count(report.screening.trajectories.into()),
        count(report.explained.rows.into()),
        report.design().join(", "),
        count(report.span.warm_up_weeks.into())
    ));
    words.gap();
    words.headline(report.headline());
    if let Some(chance) = report.explained.indices.chance {
        words.say(format!(
            "Chance: {} of the variation between worlds of plausible companies, 95 % interval.",
            share_words(Some(chance))
        ));
    }
    if !report.is_all_chance() {
        say_indices(&mut words, report);
    }
    words.gap();
    say_screening(&mut words, report);
    say_failures(&mut words, "trajectories", &report.screening.failures);
    say_failures(&mut words, "samples", &report.explained.failures);
    words.say(WHAT_IF);
    words
}

fn say_indices(words: &mut Words, report: &SensitivityReport) {
    let row = |(factor, found): &(&Factor, &FactorIndices)| {
        [
            factor.name.clone(),
            share_words(found.first),
            share_words(found.total),
        ]
    };
    let head = |what| [what, "alone", "with others"];
    let mut sheet = Sheet::new(head("Shares of the rest, by parameter"));
    report.parameters().iter().for_each(|found| sheet.row(row(found)));
    sheet.row(head("By group").map(str::to_owned));
    report.groups().iter().for_each(|found| sheet.row(row(found)));
    words.gap();
    words.table(sheet);
    words.say("Alone: what knowing it would take away. With others: what not knowing it alone would leave.");
    let factors = &report.explained.indices.factors;
    let shares = || {
        factors
            .iter()
            .flat_map(|found| [found.first, found.total])
            .flatten()
    };
    let widest = shares()
        .map(|share| (share.high - share.low) / 2.0)
        .fold(0.0, f64::max);
    let more = format!("--samples {}", 2 * report.explained.rows.next_power_of_two());
    if widest > PRECISE {
        words.say(format!(
            "The least known of these shares is known to ±{} points; for finer ones: {more}",
            bound(widest)
        ));
    }
    if shares().any(|share| share.high < 0.0) {
        words.say("No share is below zero: where an interval is, by chance as one in forty, the share is next to nothing.");
    }
}

/// Parameters of the screening that are shown.
const SHOWN: usize = 12;

fn say_screening(words: &mut Words, report: &SensitivityReport) {
    let unit = report.outcome.row().unit;
    let factor = crate::figures::factor(unit);
    let first = format!("Screening, {}", gap_words(unit));
    let mut sheet = Sheet::new([first.as_str(), "mean effect", "size"]);
    for parameter in report.screening.parameters.iter().take(SHOWN) {
        let (mean, size) = (parameter.effect.mean, parameter.effect.size);
        sheet.row([
            parameter.name.clone(),
            format!(
                "{} ({})",
                signed(factor * mean.value),
                gap_range(mean.low, mean.high, unit)
            ),
            format!(
                "{} ({} to {})",
                number(factor * size.value),
                number(factor * size.low),
                number(factor * size.high)
            ),
        ]);
    }
    words.table(sheet);
    let left = report.screening.parameters.len().saturating_sub(SHOWN);
    if left > 0 {
        words.say(format!("and {left} smaller ones, in screening.csv"));
    }
    words.say("Effect: what raising it from its 5 % to its 95 % quantile changes. Size: without direction and chance.");
}

fn say_failures(words: &mut Words, what: &str, failures: &Failures) {
    if failures.points == 0 {
        return;
    }
    let gather = if failures.gather.is_empty() {
        String::new()
    } else {
        format!("; they gather where {}", failures.gather.join(", "))
    };
    words.say(format!(
        "{} of {} {what} failed and were left out{gather}; failures.csv names them.",
        failures.units_lost, failures.units
    ));
}

/// Why an experiment with failures is refused, with a map of them; `None` if nothing failed.
pub fn refusal(screening: &Failures, explained: Option<&Failures>) -> Option<String> {
    let rounds = [("trajectories", Some(screening)), ("samples", explained)];
    let mut lines = Vec::new();
    for (what, failures) in rounds
        .into_iter()
        .filter_map(|(what, failures)| Some((what, failures?)))
    {
        if failures.points == 0 {
            continue;
        }
        lines.push(format!(
            "{} of {} {what} are incomplete: {} failed",
            failures.units_lost,
            failures.units,
            counted_noun(failures.points, "point", "points")
        ));
        if !failures.gather.is_empty() {
            lines.push(format!("  where: {}", failures.gather.join(", ")));
        }
        let mut reasons: Vec<(&str, u64, u64)> = Vec::new();
        for failed in &failures.first {
            match reasons.iter_mut().find(|(reason, ..)| *reason == failed.reason) {
                Some((_, times, _)) => *times += 1,
                None => reasons.push((&failed.reason, 1, failed.world)),
            }
        }
        reasons.sort_by_key(|(_, times, _)| std::cmp::Reverse(*times));
        for (reason, times, world) in reasons.iter().take(3) {
            lines.push(format!("  {times} times, first in world {world}: {reason}"));
        }
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// `screening.csv`: every uncertain parameter with its effect, largest first.
///
/// # Errors
/// Only if memory for the table cannot be had.
pub fn screening_csv(report: &SensitivityReport) -> io::Result<Vec<u8>> {
    let head = [
        "parameter",
        "group",
        "role",
        "arms",
        "unit",
        "mean_effect",
        "mean_effect_low",
        "mean_effect_high",
    ];
    let tail = [
        "mean_absolute_effect",
        "effect_deviation",
        "size",
        "size_low",
        "size_high",
    ];
    let mut table = started(&head, &tail, &[])?;
    for parameter in &report.screening.parameters {
        let effect = &parameter.effect;
        let words = [
            parameter.dimension.parameter.path(),
            parameter.dimension.parameter.group.to_owned(),
            parameter.dimension.parameter.role.to_string(),
            arms_of(report, parameter).join(" "),
            report.outcome.row().unit.to_owned(),
        ];
        let figures = [
            effect.mean.value,
            effect.mean.low,
            effect.mean.high,
            effect.mean_absolute,
            effect.deviation,
            effect.size.value,
            effect.size.low,
            effect.size.high,
        ];
        table.write_record(words.into_iter().chain(figures.map(figure)))?;
    }
    finished(table)
}

fn arms_of<'a>(report: &'a SensitivityReport, parameter: &ScreenedParameter) -> Vec<&'a str> {
    let arms = parameter.dimension.arms.iter();
    arms.filter_map(|arm| report.arms.get(*arm).map(String::as_str))
        .collect()
}

/// `indices.csv`: chance as a share of all variation, then each factor's shares of the rest.
///
/// # Errors
/// Only if memory for the table cannot be had.
pub fn indices_csv(report: &SensitivityReport) -> io::Result<Vec<u8>> {
    let head = [
        "factor",
        "kind",
        "share_of",
        "first",
        "first_low",
        "first_high",
        "total",
        "total_low",
        "total_high",
    ];
    let mut table = started(&head, &[], &[])?;
    let cells = |estimate: Option<Bootstrapped>| {
        let part = |part: fn(Bootstrapped) -> f64| figure_if_known(estimate.map(part));
        [part(|e| e.value), part(|e| e.low), part(|e| e.high)]
    };
    let chance = ["chance", "chance", "all variation"].map(str::to_owned);
    let both = cells(report.explained.indices.chance);
    table.write_record(chance.into_iter().chain(both.clone()).chain(both))?;
    for (factor, found) in report.explained.each() {
        let words = [
            factor.name.clone(),
            factor.kind.word().to_owned(),
            "variation that is not chance".to_owned(),
        ];
        table.write_record(
            words
                .into_iter()
                .chain(cells(found.first))
                .chain(cells(found.total)),
        )?;
    }
    finished(table)
}

/// `failures.csv`: the first failed points of each round.
///
/// # Errors
/// Only if memory for the table cannot be had.
pub fn failures_csv(screening: &Failures, explained: Option<&Failures>) -> io::Result<Vec<u8>> {
    let mut table = started(&["round", "unit", "world", "reason"], &[], &[])?;
    for (round, failures) in [("screening", Some(screening)), ("indices", explained)] {
        for failed in failures.iter().flat_map(|failures| &failures.first) {
            let cells = [
                round.to_owned(),
                failed.unit.to_string(),
                failed.world.to_string(),
                failed.reason.clone(),
            ];
            table.write_record(cells)?;
        }
    }
    finished(table)
}

/// The keys of the JSON object.
pub fn sensitivity_object(report: &SensitivityReport) -> Map<String, Value> {
    let estimate = |estimate: Option<Bootstrapped>| {
        estimate
            .map(|estimate| json!({ "value": estimate.value, "low": estimate.low, "high": estimate.high }))
    };
    let factors: Vec<Value> = report
        .explained
        .each()
        .map(|(factor, found)| {
            json!({
                "factor": factor.name,
                "kind": factor.kind.word(),
                "first": estimate(found.first),
                "total": estimate(found.total),
            })
        })
        .collect();
    let screening: Vec<Value> = report
        .screening
        .parameters
        .iter()
        .map(|parameter| {
            json!({
                "parameter": parameter.dimension.parameter.path(),
                "arms": arms_of(report, parameter),
                "mean_effect": estimate(Some(parameter.effect.mean)),
                "mean_absolute_effect": parameter.effect.mean_absolute,
                "effect_deviation": parameter.effect.deviation,
                "size": estimate(Some(parameter.effect.size)),
            })
        })
        .collect();
    let failures = |failures: &Failures| json!({ "of": failures.units, "lost": failures.units_lost, "gather": failures.gather });
    let object = json!({
        "verdict": report.headline(),
        "ranked": report.ranking == Ranking::Ranks,
        "mean": report.explained.indices.mean,
        "variance": report.explained.indices.variance,
        "chance": estimate(report.explained.indices.chance),
        "factors": factors,
        "screening": screening,
        "trajectories": report.screening.trajectories,
        "samples": report.explained.rows,
        "failures": { "screening": failures(&report.screening.failures), "indices": failures(&report.explained.failures) },
    });
    match object {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}
