//! What an attribution found, as tables, JSON and words; never a figure that is not in the result.

use std::io;

use experiments::attribution::{Attribution, Method, Part};
use serde_json::{Map, Value, json};

use crate::estimates::{
    OUTCOME_HEADS, cells, difference_figures, difference_words, heads, mean_words, object, outcome_cells,
    share_words,
};
use crate::figures::{count, counted_noun, gap_words};
use crate::sentences::{WHAT_IF, capitalised, label, listed, plain};
use crate::sheet::Sheet;
use crate::words::Words;

/// `attribution.csv`: each group with its value, its share of the gap and what it brings as the only change.
///
/// # Errors
/// Only if memory cannot be had.
pub fn parts_csv(found: &Attribution) -> io::Result<Vec<u8>> {
    let estimates = ["value", "share", "ahead_of_next", "alone"].map(heads).concat();
    let mut sheet = Sheet::new(
        ["rank", "group", "parameters"]
            .into_iter()
            .chain(OUTCOME_HEADS)
            .map(str::to_owned)
            .chain(estimates),
    );
    for (rank, part) in found.parts.iter().enumerate() {
        let head = [
            (rank + 1).to_string(),
            part.group.to_owned(),
            part.parameters.to_string(),
        ];
        let estimates = [
            Some(&part.value),
            part.share.as_ref(),
            part.ahead_of_next.as_ref(),
            part.alone.as_ref(),
        ];
        sheet.row(
            head.into_iter()
                .chain(outcome_cells(found.outcome))
                .chain(estimates.map(cells).concat()),
        );
    }
    sheet.csv()
}

/// `order.csv`: the order of importance, step by step.
///
/// # Errors
/// Only if memory cannot be had.
pub fn order_csv(found: &Attribution) -> io::Result<Vec<u8>> {
    let estimates = ["gain", "so_far"].map(heads).concat();
    let mut sheet = Sheet::new(
        ["step", "group"]
            .into_iter()
            .chain(OUTCOME_HEADS)
            .map(str::to_owned)
            .chain(estimates),
    );
    for (place, step) in found.order.iter().enumerate() {
        let head = [(place + 1).to_string(), step.group.to_owned()];
        sheet.row(
            head.into_iter()
                .chain(outcome_cells(found.outcome))
                .chain([&step.gain, &step.so_far].map(|one| cells(Some(one))).concat()),
        );
    }
    sheet.csv()
}

/// The keys of the JSON object.
pub fn attribution_object(found: &Attribution) -> Map<String, Value> {
    let [worlds, worlds_choosing, worlds_fresh] = found.worlds;
    let part = |part: &Part| {
        json!({
            "group": part.group,
            "parameters": part.parameters,
            "value": object(Some(&part.value)),
            "share": object(part.share.as_ref()),
            "ahead_of_next": object(part.ahead_of_next.as_ref()),
            "alone": object(part.alone.as_ref()),
        })
    };
    let steps = found.order.iter().map(|step| {
        json!({
            "group": step.group,
            "gain": object(Some(&step.gain)),
            "so_far": object(Some(&step.so_far)),
        })
    });
    let pairs = [
        ("method", json!(method_word(found.method))),
        ("before", object(Some(&found.before))),
        ("after", object(Some(&found.after))),
        ("gap", object(Some(&found.gap))),
        ("parts", found.parts.iter().map(part).collect()),
        ("order_of_importance", steps.collect()),
        ("sum_of_single_changes", object(found.sum_of_single.as_ref())),
        (
            "whole_beyond_single_changes",
            object(found.beyond_single.as_ref()),
        ),
        ("replications", json!(worlds)),
        ("worlds_choosing_order", json!(worlds_choosing)),
        ("worlds_fresh", json!(worlds_fresh)),
        ("worlds_failed", json!(found.worlds_failed)),
        ("first_failure", json!(found.first_failure)),
        ("runs", json!(found.runs)),
    ];
    pairs
        .map(|(key, value)| (key.to_owned(), value))
        .into_iter()
        .collect()
}

fn method_word(method: Method) -> &'static str {
    match method {
        Method::Sampled => "sampled",
        Method::Exact => "exact",
    }
}

/// What was found, in words.
pub fn attribution_words(found: &Attribution) -> Words {
    let mut words = Words::default();
    words.title(format!(
        "From {} to {}: which part of the change earns what",
        found.from, found.to
    ));
    words.gap();
    words.say(format!(
        "{} {} to {}: the gap is {}, in {} worlds.",
        capitalised(&label(found.outcome)),
        mean_words(&found.before, found.outcome),
        mean_words(&found.after, found.outcome),
        difference_words(&found.gap, found.outcome),
        count(found.gap.count)
    ));
    words.headline(headline(found));
    words.gap();
    words.table(parts_table(found));
    words.say(method_words(found));
    words.gap();
    words.say(
        "Order of importance: the next change is the one that moved those before furthest towards the gap.",
    );
    words.table(order_table(found));
    words.say(order_words(found));
    words.gap();
    let last = [together_words(found), failure_words(found)];
    last.into_iter()
        .flatten()
        .for_each(|sentence| words.say(sentence));
    words.say(WHAT_IF);
    words
}

/// The sentence that matters most: which group earns most, if that can be said.
pub fn headline(found: &Attribution) -> String {
    let arms = format!("{} and {}", found.from, found.to);
    if !found.gap.has_a_sign() {
        return format!(
            "Not settled: the interval of the gap between {arms} holds zero, so no part can be said to earn it."
        );
    }
    let leading = leading(&found.parts);
    let names: Vec<String> = leading.iter().map(|part| plain(part.group)).collect();
    match leading[..] {
        [only] if only.value.has_a_sign() => format!(
            "{} earns the largest part of the gap between {arms}{}.",
            capitalised(&plain(only.group)),
            only.share
                .as_ref()
                .map_or_else(String::new, |share| format!(": {}", share_words(share)))
        ),
        [_] => format!("No part of the change can be said to earn the gap between {arms}."),
        _ => format!(
            "{} earn the largest parts of the gap between {arms}; which of them more is not settled.",
            capitalised(&listed(&names))
        ),
    }
}

/// The first group, and those after it that cannot be told from the one before.
fn leading(parts: &[Part]) -> Vec<&Part> {
    let clear = |part: &Part| part.ahead_of_next.as_ref().is_none_or(|ahead| ahead.has_a_sign());
    let last = parts.iter().position(clear).unwrap_or(0);
    parts[..=last.min(parts.len() - 1)].iter().collect()
}

fn parts_table(found: &Attribution) -> Sheet {
    let mut sheet = Sheet::new([
        "group",
        "earns (95 % interval)",
        "share of the gap",
        "as the only change",
    ]);
    for part in &found.parts {
        let share = match &part.share {
            Some(share) if part.value.has_a_sign() => share_words(share),
            _ => "not settled".to_owned(),
        };
        sheet.row([
            plain(part.group),
            difference_figures(Some(&part.value), found.outcome),
            share,
            difference_figures(part.alone.as_ref(), found.outcome),
        ]);
    }
    sheet
}

fn method_words(found: &Attribution) -> String {
    let how = match found.method {
        Method::Sampled => "one random order of the groups and its reverse in each world",
        Method::Exact => "all subsets of the groups in each world",
    };
    format!(
        "In {}. Shapley values, {how}: they add up to the gap. Each interval holds by itself, not all together.",
        gap_words(found.outcome.row().unit)
    )
}

fn order_table(found: &Attribution) -> Sheet {
    let mut sheet = Sheet::new(["", "change", "adds (95 % interval)", "so far"]);
    for (place, step) in found.order.iter().enumerate() {
        let figures = [&step.gain, &step.so_far].map(|one| difference_figures(Some(one), found.outcome));
        let head = [format!("{}.", place + 1), plain(step.group)];
        sheet.row(head.into_iter().chain(figures));
    }
    sheet
}

fn order_words(found: &Attribution) -> String {
    let [_, choosing, fresh] = found.worlds;
    format!(
        "Chosen in {}, measured in {} others: neighbours whose intervals overlap may as well change places. It says what \
         matters most, not what to do first: an order in time is a transformation, which takes effort and wears off.",
        counted_noun(choosing, "world", "worlds"),
        count(fresh)
    )
}

fn together_words(found: &Attribution) -> Option<String> {
    let (beyond, sum) = (found.beyond_single.as_ref()?, found.sum_of_single.as_ref()?);
    let difference = difference_words(beyond, found.outcome);
    let better = experiments::statistics::towards_better(found.outcome) * beyond.mean > 0.0;
    let verdict = match (beyond.has_a_sign(), better) {
        (false, _) => "whether changes help or hinder one another is not settled",
        (true, true) => "changes help one another",
        (true, false) => "changes do some of the same work, or hinder one another",
    };
    Some(format!(
        "Made one at a time, the changes bring {} in sum; together they bring {difference} beyond that: {verdict}.",
        difference_words(sum, found.outcome)
    ))
}

fn failure_words(found: &Attribution) -> Option<String> {
    let reason = found.first_failure.as_deref()?;
    Some(format!(
        "{} failed and were left out; the first one: {reason}.",
        counted_noun(found.worlds_failed, "world", "worlds")
    ))
}
