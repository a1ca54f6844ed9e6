//! What a choice found, as a table, JSON and words; never a figure that is not in the result.

use std::io;

use experiments::choice::{Choice, Contestant};
use experiments::screening::{Departure, Leaving};
use experiments::statistics::Estimate;
use serde_json::{Map, Value, json};

use crate::estimates::{
    OUTCOME_HEADS, cells, difference_figures, heads, mean_figures, object, outcome_cells,
};
use crate::figures::{count, counted_noun, gap_size, unit_words};
use crate::sentences::{WHAT_IF, label, listed};
use crate::sheet::Sheet;
use crate::words::Words;

/// `choice.csv`: one row for each scenario.
///
/// # Errors
/// Only if memory cannot be had.
pub fn choice_csv(found: &Choice) -> io::Result<Vec<u8>> {
    let head = ["arm", "selected", "worlds", "left_after_worlds", "behind", "left"].map(str::to_owned);
    let mut sheet = Sheet::new(
        head.into_iter()
            .chain(OUTCOME_HEADS.map(str::to_owned))
            .chain(heads("mean"))
            .chain(heads("behind_selected")),
    );
    for (place, arm) in found.contestants.iter().enumerate() {
        let departure = arm.departure;
        let row = [
            arm.name.clone(),
            (found.selected == Some(place)).to_string(),
            arm.worlds.to_string(),
            departure.map_or_else(String::new, |_| arm.worlds.to_string()),
            departure.map_or_else(String::new, |departure| {
                found.contestants[departure.behind].name.clone()
            }),
            departure.map_or_else(String::new, |departure| leaving_word(departure).to_owned()),
        ];
        sheet.row(
            row.into_iter()
                .chain(outcome_cells(found.outcome))
                .chain(cells(arm.mean.as_ref()))
                .chain(cells(arm.behind_selected.as_ref())),
        );
    }
    sheet.csv()
}

fn leaving_word(departure: Departure) -> &'static str {
    match departure.leaving {
        Leaving::Beaten => "beaten",
        Leaving::Alike => "within the smallest lead",
    }
}

/// The keys of the JSON object.
pub fn choice_object(found: &Choice) -> Map<String, Value> {
    let contestant = |arm: &Contestant| {
        json!({
            "name": arm.name,
            "worlds": arm.worlds,
            "mean": object(arm.mean.as_ref()),
            "behind_selected": object(arm.behind_selected.as_ref()),
            "left": arm.departure.map(|departure| json!({
                "how": leaving_word(departure),
                "behind": found.contestants[departure.behind].name,
                "batches": departure.rounds,
            })),
        })
    };
    let pairs = [
        ("sentence", json!(headline(found))),
        (
            "selected",
            json!(found.selected.map(|best| &found.contestants[best].name)),
        ),
        ("smallest_lead", json!(found.indifference)),
        ("contestants", found.contestants.iter().map(contestant).collect()),
        ("replications", json!(found.worlds)),
        ("worlds_at_most", json!(found.worlds_at_most)),
        ("worlds_failed", json!(found.worlds_failed)),
        ("first_failure", json!(found.first_failure)),
        ("runs", json!(found.runs)),
    ];
    pairs
        .map(|(key, value)| (key.to_owned(), value))
        .into_iter()
        .collect()
}

/// The sentence that matters most: which is best, or that several will do.
pub fn headline(found: &Choice) -> String {
    let lead = gap_size(found.indifference, found.outcome.row().unit);
    let Some(best) = found.selected else {
        let left: Vec<String> = in_race(found).map(|arm| arm.name.clone()).collect();
        return format!(
            "Not settled within {}: {} are still in the race.",
            worlds(found.worlds),
            listed(&left)
        );
    };
    let name = &found.contestants[best].name;
    let alike: Vec<String> = found
        .contestants
        .iter()
        .filter(|arm| {
            arm.departure
                .is_some_and(|departure| departure.leaving == Leaving::Alike)
        })
        .map(|arm| arm.name.clone())
        .collect();
    let is_ahead = |arm: &Contestant| arm.behind_selected.as_ref().is_none_or(Estimate::has_a_sign);
    if alike.is_empty() && found.contestants.iter().all(is_ahead) {
        format!("{name} is best in {}.", label(found.outcome))
    } else if alike.is_empty() {
        format!(
            "{name} is selected: the best in {}, or less than {lead} behind it.",
            label(found.outcome)
        )
    } else {
        format!(
            "{name} will do, and so will {}: a lead of {lead} was not found between them.",
            listed(&alike)
        )
    }
}

fn in_race(found: &Choice) -> impl Iterator<Item = &Contestant> {
    found.contestants.iter().filter(|arm| arm.departure.is_none())
}

fn worlds(number: u64) -> String {
    counted_noun(number, "world", "worlds")
}

/// What was found, in words.
pub fn choice_words(found: &Choice) -> Words {
    let lead = gap_size(found.indifference, found.outcome.row().unit);
    let names: Vec<String> = found.contestants.iter().map(|arm| arm.name.clone()).collect();
    let mut words = Words::default();
    words.title(format!(
        "Which of {} is best in {}?",
        listed(&names),
        label(found.outcome)
    ));
    words.gap();
    words.headline(headline(found));
    words.gap();
    let unit = found.outcome.row().unit;
    let mut sheet = Sheet::new(["", "worlds", "mean (95 % interval)", "to the selected", ""]);
    for (place, arm) in found.contestants.iter().enumerate() {
        let mean = arm
            .mean
            .as_ref()
            .map_or_else(|| "unknown".to_owned(), |mean| mean_figures(mean, found.outcome));
        let (behind, note) = if found.selected == Some(place) {
            (String::new(), "selected")
        } else {
            let note = arm.departure.map_or("in the race", leaving_word);
            (
                difference_figures(arm.behind_selected.as_ref(), found.outcome),
                note,
            )
        };
        sheet.row([arm.name.clone(), count(arm.worlds), mean, behind, note.to_owned()]);
    }
    words.table(sheet);
    words.say(format!(
        "In {}. Intervals hold however often one looked, each by itself. If the best leads the next by {lead} or more, it is \
         selected with a probability of at least 95 % (procedure KN of Kim and Nelson 2001, batches of 10 worlds taken as \
         normal).",
        unit_words(unit)
    ));
    words.say(format!("{} in all{}.", runs(found.runs), saved(found)));
    if let Some(reason) = &found.first_failure {
        words.say(format!(
            "{} failed and were left out; the first one: {reason}.",
            self::worlds(found.worlds_failed)
        ));
    }
    words.say(WHAT_IF);
    words
}

fn runs(number: u64) -> String {
    counted_noun(number, "run", "runs")
}

/// What racing to the end without dropping anybody would have taken.
fn saved(found: &Choice) -> String {
    match found.worlds_at_most {
        Some(most) if most > found.worlds => format!(
            "; without dropping anybody it could have taken up to {}",
            count(most * found.contestants.len() as u64)
        ),
        _ => String::new(),
    }
}
