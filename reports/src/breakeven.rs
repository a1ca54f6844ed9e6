//! What a break-even map says, as tables, JSON and words; never a figure that is not in the result.

use std::io;

use experiments::breakeven::{Ahead, Axis, BreakEvenMap, Corner, Crossing, Square};
use serde_json::{Map, Value, json};

use crate::estimates::{OUTCOME_HEADS, cells, heads, object, outcome_cells, share_object};
use crate::figures::{counted_noun, number};
use crate::sentences::{WHAT_IF, label, parameter_words};
use crate::sheet::Sheet;
use crate::tables::{figure, figure_if_known};
use crate::words::Words;

/// Most columns of a map that a terminal has room for.
const TERMINAL_COLUMNS: usize = 15;

/// `map.csv`: one row for each square.
///
/// # Errors
/// Only if memory cannot be had.
pub fn map_csv(map: &BreakEvenMap) -> io::Result<Vec<u8>> {
    let places = [&map.x, &map.y].map(|axis| axis_name(map, axis));
    let head = [
        "worlds",
        "worlds_failed",
        "better_share",
        "better_share_ci95_low",
        "better_share_ci95_high",
    ];
    let tail = [
        "better_in_20",
        "on_class_edge",
        "ahead",
        "bootstrap_other_ahead",
        "in_frontier_band",
        "failure",
    ];
    let columns = places
        .into_iter()
        .chain(head.map(str::to_owned))
        .chain(OUTCOME_HEADS.map(str::to_owned))
        .chain(heads("difference"));
    let mut sheet = Sheet::new(columns.chain(tail.map(str::to_owned)));
    for square in &map.squares {
        let places = [square.x, square.y].map(figure);
        let counts = [square.worlds, square.worlds_failed].map(|count| count.to_string());
        let share = [
            figure_if_known(square.better.map(|share| share.share)),
            figure_if_known(square.better.map(|share| share.ci95.0)),
            figure_if_known(square.better.map(|share| share.ci95.1)),
        ];
        let last = [
            square
                .better_in_20()
                .map_or_else(String::new, |count| count.to_string()),
            square.is_on_edge.to_string(),
            square
                .ahead
                .map_or_else(String::new, |ahead| ahead_word(map, ahead).to_owned()),
            figure_if_known(square.other_ahead),
            square.is_in_band.to_string(),
            square.first_failure.clone().unwrap_or_default(),
        ];
        let difference = cells(square.difference.as_ref());
        sheet.row(
            places
                .into_iter()
                .chain(counts)
                .chain(share)
                .chain(outcome_cells(map.outcome))
                .chain(difference)
                .chain(last),
        );
    }
    sheet.csv()
}

/// `frontier.csv`: where either scenario is better in half of the worlds, row by row. An end of the interval that lies beyond
/// the map is an empty cell, and `beyond_map` says which: `low`, `high` or `both`.
///
/// # Errors
/// Only if memory cannot be had.
pub fn frontier_csv(map: &BreakEvenMap) -> io::Result<Vec<u8>> {
    let [x, y] = [&map.x, &map.y].map(|axis| axis_name(map, axis));
    let ends = [
        format!("{x}_ci95_low"),
        format!("{x}_ci95_high"),
        "beyond_map".to_owned(),
    ];
    let mut sheet = Sheet::new([y, x].into_iter().chain(ends));
    for crossing in &map.crossings {
        sheet.row([
            figure(map.rows[crossing.row]),
            figure(crossing.place),
            figure_if_known(crossing.ci95.0),
            figure_if_known(crossing.ci95.1),
            beyond_map(crossing).to_owned(),
        ]);
    }
    sheet.csv()
}

/// Which ends of the interval of a crossing lie beyond the map.
fn beyond_map(crossing: &Crossing) -> &'static str {
    match crossing.ci95 {
        (Some(_), Some(_)) => "",
        (None, Some(_)) => "low",
        (Some(_), None) => "high",
        (None, None) => "both",
    }
}

/// The keys of the JSON object.
pub fn map_object(map: &BreakEvenMap) -> Map<String, Value> {
    let axis = |axis: &Axis, values: &[f64]| {
        json!({
            "parameter": axis.parameter.path(),
            "unit": axis.parameter.unit,
            "arm": axis.arm.map(|arm| map.arms[arm].clone()),
            "values": values,
        })
    };
    let square = |square: &Square| {
        json!({
            "x": square.x,
            "y": square.y,
            "worlds": square.worlds,
            "worlds_failed": square.worlds_failed,
            "better": share_object(square.better.as_ref()),
            "better_in_20": square.better_in_20(),
            "difference": object(square.difference.as_ref()),
            "ahead": square.ahead.map(|ahead| ahead_word(map, ahead)),
            "on_class_edge": square.is_on_edge,
            "bootstrap_other_ahead": square.other_ahead,
            "in_frontier_band": square.is_in_band,
            "failure": square.first_failure,
        })
    };
    let crossings = map.crossings.iter().map(|crossing| {
        json!({
            "y": map.rows[crossing.row],
            "x": crossing.place,
            "ci95_low": crossing.ci95.0,
            "ci95_high": crossing.ci95.1,
            "beyond_map": beyond_map(crossing),
        })
    });
    let pairs = [
        ("x", axis(&map.x, &map.columns)),
        ("y", axis(&map.y, &map.rows)),
        ("sentence", json!(headline(map))),
        ("squares", map.squares.iter().map(square).collect()),
        ("frontier", crossings.collect()),
        ("runs", json!(map.runs)),
    ];
    pairs
        .map(|(key, value)| (key.to_owned(), value))
        .into_iter()
        .collect()
}

/// The name of the arm that is ahead, or `not settled`.
fn ahead_word(map: &BreakEvenMap, ahead: Ahead) -> &str {
    match ahead {
        Ahead::First => &map.arms[0],
        Ahead::Other => &map.arms[1],
        Ahead::NotSettled => "not settled",
    }
}

/// `environment.coupling`, or `empowered:strategy.clarity` if it is set in one arm only.
pub(crate) fn axis_name(map: &BreakEvenMap, axis: &Axis) -> String {
    let path = axis.parameter.path();
    axis.arm
        .map_or(path.clone(), |arm| format!("{}:{path}", map.arms[arm]))
}

/// The parameter in words: `coupling`, `clarity of empowered`.
pub(crate) fn axis_words(map: &BreakEvenMap, axis: &Axis) -> String {
    let name = parameter_words(axis.parameter);
    axis.arm
        .map_or(name.clone(), |arm| format!("{name} of {}", map.arms[arm]))
}

/// What the map says, in one sentence that is made from its squares.
pub fn headline(map: &BreakEvenMap) -> String {
    let [first, other] = &map.arms;
    let all = map.squares.len();
    let [of_first, of_other, unsettled] =
        [Ahead::First, Ahead::Other, Ahead::NotSettled].map(|ahead| map.count(ahead));
    let known = all - map.unknown();
    let squares = |count: usize| counted_noun(count as u64, "square", "squares");
    let of_map = format!("of {}", squares(known));
    match (of_first, of_other) {
        (0, 0) => format!("In none {of_map} it is settled who is ahead."),
        (0, _) if of_other == known => format!("{other} is ahead everywhere on this map, {first} nowhere."),
        (_, 0) if of_first == known => format!("{first} is ahead everywhere on this map, {other} nowhere."),
        (0, _) => format!(
            "{first} is ahead nowhere on this map, {other} in {of_other} {of_map}{}.",
            open(unsettled)
        ),
        _ => {
            let where_first = map.first_wins.as_ref().map_or_else(
                || format!("in {of_first} {of_map}"),
                |corner| format!("{}{}", place_words(map, corner), exceptions(corner, of_first)),
            );
            let where_other = match of_other {
                0 => "nowhere".to_owned(),
                _ => format!("in {of_other} {of_map}"),
            };
            format!(
                "{first} is ahead {where_first}; {other} {where_other}{}.",
                open(unsettled)
            )
        }
    }
}

fn open(unsettled: usize) -> String {
    if unsettled == 0 {
        String::new()
    } else {
        format!(", with {unsettled} not settled")
    }
}

/// How far the corner is from telling all: ` (8 of 9 squares there, 9 on the map)`.
fn exceptions(corner: &Corner, all: usize) -> String {
    if corner.won == corner.squares && corner.won == all {
        String::new()
    } else {
        format!(
            " ({} of {} squares there, {all} on the map)",
            corner.won, corner.squares
        )
    }
}

/// `where coupling is at most 0.5 and clarity at least 0.6`.
fn place_words(map: &BreakEvenMap, corner: &Corner) -> String {
    let limits = [
        limit(&axis_words(map, &map.x), &map.columns, corner.columns),
        limit(&axis_words(map, &map.y), &map.rows, corner.rows),
    ];
    let words: Vec<String> = limits.into_iter().flatten().collect();
    if words.is_empty() {
        "nearly everywhere".to_owned()
    } else {
        format!("where {}", words.join(" and "))
    }
}

fn limit(name: &str, values: &[f64], (from, to): (usize, usize)) -> Option<String> {
    let last = values.len() - 1;
    match (from == 0, to == last) {
        (true, true) => None,
        (true, false) => Some(format!("{name} is at most {}", number(values[to]))),
        (false, true) => Some(format!("{name} is at least {}", number(values[from]))),
        (false, false) if from == to => Some(format!("{name} is about {}", number(values[from]))),
        (false, false) => Some(format!(
            "{name} is {} to {}",
            number(values[from]),
            number(values[to])
        )),
    }
}

/// What the map says, in words.
pub fn map_words(map: &BreakEvenMap) -> Words {
    let [first, other] = &map.arms;
    let mut words = Words::default();
    words.title(format!(
        "Where would {first} be better than {other} in {}?",
        label(map.outcome)
    ));
    words.gap();
    words.headline(headline(map));
    words.gap();
    if map.columns.len() <= TERMINAL_COLUMNS {
        words.item(format!(
            "{} (up), {} (across)",
            axis_name(map, &map.y),
            axis_name(map, &map.x)
        ));
        words.table(grid(map));
        words.say(format!(
            "In how many of 20 worlds {other} is better; ~ may as well be in the next class (0 to 4, 5 to 8, 9 to 11, 12 \
             to 15, 16 to 20), ? is unknown."
        ));
        words.gap();
    }
    words.say(frontier_words(map));
    let most = map.squares.iter().map(|square| square.worlds).max().unwrap_or(0);
    let least = map.squares.iter().map(|square| square.worlds).min().unwrap_or(0);
    words.say(format!(
        "{} in each square, the same in all, and {} runs. Ahead means: better in more than half of all worlds, by a 95 % \
         interval for each square by itself.",
        if least == most { counted_noun(most, "world", "worlds") } else { format!("{least} to {most} worlds") },
        crate::figures::count(map.runs)
    ));
    failure_words(map)
        .into_iter()
        .for_each(|sentence| words.say(sentence));
    words.say(WHAT_IF);
    words
}

/// The numbers of the map, highest row first.
fn grid(map: &BreakEvenMap) -> Sheet {
    let count = map.columns.len();
    let mut sheet =
        Sheet::new(std::iter::once(String::new()).chain(map.columns.iter().map(|value| number(*value))));
    for (row, squares) in map.squares.chunks(count).enumerate().rev() {
        sheet.row(std::iter::once(number(map.rows[row])).chain(squares.iter().map(square_words)));
    }
    sheet
}

/// `12~`: the count of 20 and whether it is in doubt.
pub(crate) fn square_words(square: &Square) -> String {
    match square.better_in_20() {
        None => "?".to_owned(),
        Some(count) if square.is_on_edge => format!("{count}~"),
        Some(count) => count.to_string(),
    }
}

fn frontier_words(map: &BreakEvenMap) -> String {
    let band = map.squares.iter().filter(|square| square.is_in_band).count();
    if band == 0 {
        return "No frontier runs through this map.".to_owned();
    }
    format!(
        "The frontier, where either is better in half of the worlds, may run through {} of {} squares (95 % of bootstrap \
         replicates over worlds){}.",
        band,
        map.squares.len(),
        match map.crossings.len() {
            0 => "; no row passes it just once, so frontier.csv is empty and map.csv says where it may run"
                .to_owned(),
            rows => format!(
                "; frontier.csv has the {} that pass it just once",
                counted_noun(rows as u64, "row", "rows")
            ),
        }
    )
}

fn failure_words(map: &BreakEvenMap) -> Option<String> {
    let failed = map.squares.iter().filter(|square| square.worlds_failed > 0);
    let first = failed
        .clone()
        .find_map(|square| square.first_failure.as_deref())?;
    Some(format!(
        "In {} runs failed and were left out; the first one: {first}.",
        counted_noun(failed.count() as u64, "square", "squares")
    ))
}
