//! What a calibration found, as tables, JSON and words; never a figure that is not in the result.

mod scenario;

use std::io;

use experiments::calibration::{Calibration, Fit, Inference, Informed, Others, Spread};
use histories::History;
use scenarios::Scenario;
use serde_json::{Map, Value, json};

use crate::figures::{count, counted_noun, factor, number, unit_words};
use crate::sentences::{WHAT_IF, listed};
use crate::sheet::Sheet;
use crate::words::Words;

pub use scenario::{COMPANY_FILE, MODEL_FILE, scenario_files};

/// Correlation from which two parameters are said to hang together.
const HANGS_TOGETHER: f64 = 0.5;

/// Share of simulated histories below which an observed figure counts as not reproduced.
const NOT_REPRODUCED: f64 = 0.02;

/// A calibration with what its words need.
#[derive(Debug, Clone, PartialEq)]
pub struct CalibrationReport {
    /// What was found.
    pub found: Calibration,
    /// The history.
    pub history: History,
    /// Name of its file.
    pub data: String,
    /// How the company was taken to work, and where everything else was taken from.
    pub scenario: Scenario,
    /// What was done with the rest.
    pub others: Others,
    /// Seed.
    pub seed: u64,
}

/// `posterior.csv`: one row for each parameter.
///
/// # Errors
/// Only if memory cannot be had.
pub fn posterior_csv(found: &Calibration) -> io::Result<Vec<u8>> {
    let mut sheet = Sheet::new([
        "parameter",
        "unit",
        "prior_low",
        "prior_high",
        "prior_spread",
        "p05",
        "p25",
        "median",
        "p75",
        "p95",
        "gap_to_prior",
        "contraction",
        "informed",
    ]);
    for row in &found.parameters {
        let figures = [
            row.ci90.0,
            row.ci50.0,
            row.median,
            row.ci50.1,
            row.ci90.1,
            row.gap,
            row.contraction,
        ];
        let prior = row.prior;
        let words = [
            prior.parameter.path(),
            prior.parameter.unit.to_owned(),
            prior.low.to_string(),
            prior.high.to_string(),
            spread_word(prior.spread).to_owned(),
        ];
        let figures = figures.map(|figure| figure.to_string());
        sheet.row(
            words
                .into_iter()
                .chain(figures)
                .chain([informed_word(row.informed).to_owned()]),
        );
    }
    sheet.csv()
}

/// `draws.csv`: one row for each draw of the posterior, one column for each parameter.
///
/// # Errors
/// Only if memory cannot be had.
pub fn draws_csv(found: &Calibration) -> io::Result<Vec<u8>> {
    let heads = found.parameters.iter().map(|row| row.prior.parameter.path());
    let mut sheet = Sheet::new(std::iter::once("draw".to_owned()).chain(heads));
    for (place, draw) in found.draws.iter().enumerate() {
        let values = draw.iter().map(f64::to_string);
        sheet.row(std::iter::once(place.to_string()).chain(values));
    }
    sheet.csv()
}

/// `figures.csv`: one row for each figure of the histories, observed and simulated.
///
/// # Errors
/// Only if memory cannot be had.
pub fn fits_csv(found: &Calibration) -> io::Result<Vec<u8>> {
    let mut sheet = Sheet::new([
        "figure",
        "meaning",
        "unit",
        "observed",
        "prior_p05",
        "prior_median",
        "prior_p95",
        "beyond_prior",
        "predicted_p05",
        "predicted_p25",
        "predicted_median",
        "predicted_p75",
        "predicted_p95",
        "tail",
    ]);
    for fit in &found.fits {
        let shown = |figure: &f64| fit.summary.shown(*figure).to_string();
        let words = [fit.summary.name, fit.summary.meaning, fit.summary.unit].map(str::to_owned);
        sheet.row(
            words
                .into_iter()
                .chain([shown(&fit.observed)])
                .chain(fit.prior.iter().map(shown))
                .chain([fit.beyond_prior.to_string()])
                .chain(fit.predicted.iter().map(shown))
                .chain([fit.tail.to_string()]),
        );
    }
    sheet.csv()
}

fn spread_word(spread: Spread) -> &'static str {
    match spread {
        Spread::Even => "even",
        Spread::EvenRatios => "even in ratios",
    }
}

fn informed_word(informed: Informed) -> &'static str {
    match informed {
        Informed::Yes => "yes",
        Informed::Weakly => "weakly",
        Informed::No => "no",
    }
}

/// The keys of the JSON object.
pub fn calibration_object(report: &CalibrationReport) -> Map<String, Value> {
    let (found, history) = (&report.found, &report.history);
    let parameter = |row: &Inference| {
        json!({
            "parameter": row.prior.parameter.path(),
            "unit": row.prior.parameter.unit,
            "prior": { "low": row.prior.low, "high": row.prior.high, "spread": spread_word(row.prior.spread) },
            "median": row.median,
            "ci50": [row.ci50.0, row.ci50.1],
            "ci90": [row.ci90.0, row.ci90.1],
            "gap_to_prior": row.gap,
            "contraction": row.contraction,
            "informed": informed_word(row.informed),
        })
    };
    let fit = |fit: &Fit| {
        let shown = |figure: &f64| fit.summary.shown(*figure);
        json!({
            "figure": fit.summary.name,
            "meaning": fit.summary.meaning,
            "unit": fit.summary.unit,
            "observed": shown(&fit.observed),
            "prior": fit.prior.iter().map(shown).collect::<Vec<_>>(),
            "beyond_prior": fit.beyond_prior,
            "predicted": fit.predicted.iter().map(shown).collect::<Vec<_>>(),
            "tail": fit.tail,
        })
    };
    let troubles = history
        .troubles
        .iter()
        .map(|trouble| json!({ "line": trouble.line, "reason": trouble.reason }));
    let columns = history.columns.iter().map(|(column, heading, unit)| {
        json!({ "column": column.word(), "heading": heading, "unit": unit.map(histories::Unit::word) })
    });
    let pairs = [
        // The question is not about an outcome.
        ("outcome", Value::Null),
        ("unit", Value::Null),
        ("sentence", json!(headline(report))),
        ("out_of_reach", json!(found.is_out_of_reach())),
        ("as_far_off", json!(found.as_far_off)),
        ("parameters", found.parameters.iter().map(parameter).collect()),
        ("correlations", json!(found.correlations)),
        ("figures", found.fits.iter().map(fit).collect()),
        ("others", json!(others_word(report.others))),
        (
            "history",
            json!({
                "data": report.data,
                "from": history.from.to_string(),
                "until": history.until.to_string(),
                "weeks": history.observed.weeks,
                "teams": history.observed.teams,
                "columns": columns.collect::<Vec<_>>(),
                "rows": history.rows,
                "items": history.items,
                "finished": history.finished,
                "rows_left_out": history.rows_left_out,
                "cells_left_out": history.cells_left_out,
                "troubles": troubles.collect::<Vec<_>>(),
                "notes": history.notes,
            }),
        ),
        ("effective_draws", json!(found.effective_draws)),
        ("tolerance", json!(found.tolerance)),
        ("runs", json!(found.simulations)),
        ("runs_failed", json!(found.failed)),
    ];
    pairs
        .map(|(key, value)| (key.to_owned(), value))
        .into_iter()
        .collect()
}

fn others_word(others: Others) -> &'static str {
    match others {
        Others::Drawn => "drawn",
        Others::Held => "held",
    }
}

/// A parameter in a few words: its name without group.
pub fn short_name(row: &Inference) -> String {
    row.prior.parameter.name.replace('_', " ")
}

/// A unit for people: files keep `ln`, which looks like the word `In` in most typefaces. The meaning of a correlation says
/// already that it is one.
pub fn unit_for_people(unit: &str) -> String {
    match (unit, unit.strip_prefix("ln ")) {
        ("correlation", _) => String::new(),
        (_, Some(behind)) => format!("log {behind}"),
        _ => unit_words(unit).to_owned(),
    }
}

/// Parameters of which a history says nothing.
fn untold(found: &Calibration) -> Vec<String> {
    found
        .parameters
        .iter()
        .filter(|row| row.informed == Informed::No)
        .map(short_name)
        .collect()
}

/// The sentence that matters most: of how many parameters the history tells, or that it is none of this model's.
pub fn headline(report: &CalibrationReport) -> String {
    let found = &report.found;
    if found.is_out_of_reach() {
        return "This history is like nothing that the model makes: do not trust the ranges.".to_owned();
    }
    let untold = untold(found);
    let (all, told) = (found.parameters.len(), found.parameters.len() - untold.len());
    match (told, untold.len()) {
        (0, _) => "The history tells nothing of these parameters.".to_owned(),
        (_, 0) => format!("The history tells something of {}.", all_of(all)),
        _ => format!(
            "The history tells something of {told} of {all} parameters; of {} it tells nothing.",
            listed(&untold)
        ),
    }
}

fn all_of(parameters: usize) -> String {
    match parameters {
        1 => "the one parameter that was asked about".to_owned(),
        2 => "both parameters".to_owned(),
        all => format!("all {all} parameters"),
    }
}

/// What was found, in words.
pub fn calibration_words(report: &CalibrationReport) -> Words {
    let found = &report.found;
    let mut words = Words::default();
    words.title(format!("What does the company behind {} look like?", report.data));
    words.gap();
    say_history(&mut words, &report.history);
    words.gap();
    say_alarm(&mut words, found);
    words.headline(headline(report));
    words.gap();
    words.table(ranges(found));
    words.gap();
    words.say(criterion(report));
    together(found)
        .into_iter()
        .for_each(|sentence| words.say(sentence));
    not_reproduced(found)
        .into_iter()
        .for_each(|sentence| words.say(sentence));
    words.say(format!(
        "{} companies simulated; what was accepted is worth {} independent draws.",
        count(found.simulations),
        count(found.effective_draws as u64)
    ));
    if found.failed > 0 {
        words.say(format!(
            "{} of them contradict themselves or broke off.",
            count(found.failed)
        ));
    }
    words.say(WHAT_IF);
    words
}

fn ranges(found: &Calibration) -> Sheet {
    let mut sheet = Sheet::new(["", "held possible", "left possible (90 %)", "middle", "told"]);
    for row in &found.parameters {
        let prior = row.prior;
        sheet.row([
            prior.parameter.path(),
            format!("{} to {}", number(prior.low), number(prior.high)),
            format!("{} to {}", number(row.ci90.0), number(row.ci90.1)),
            number(row.median),
            match row.informed {
                Informed::Yes => "much",
                Informed::Weakly => "a little",
                Informed::No => "nothing",
            }
            .to_owned(),
        ]);
    }
    sheet
}

fn say_history(words: &mut Words, history: &History) {
    let observed = &history.observed;
    words.say(format!(
        "{} in {}, {} to {} ({}): {} created, {} of them finished.",
        counted_noun(history.rows, "row", "rows"),
        counted_noun(observed.teams.into(), "team", "teams"),
        history.from,
        history.until,
        counted_noun(observed.weeks.into(), "week", "weeks"),
        counted_noun(history.items, "item", "items"),
        count(history.finished),
    ));
    let taken = history.columns.iter().map(|(column, heading, unit)| {
        let unit = unit.map_or_else(String::new, |unit| format!(" in {unit}"));
        format!("{} from `{heading}`{unit}", column.word())
    });
    words.say(format!("Taken: {}.", taken.collect::<Vec<_>>().join(", ")));
    let left_out = history.rows_left_out + history.cells_left_out;
    if left_out > 0 {
        words.say(format!(
            "{} and {} could not be read and are left out:",
            counted_noun(history.rows_left_out, "row", "rows"),
            counted_noun(history.cells_left_out, "cell", "cells"),
        ));
        for trouble in &history.troubles {
            words.item(format!("line {}: {}", trouble.line, trouble.reason));
        }
        let more = left_out.saturating_sub(history.troubles.len() as u64);
        if more > 0 {
            words.item(format!("and {} more", count(more)));
        }
    }
    for note in &history.notes {
        words.say(format!("Note: {note}."));
    }
}

fn say_alarm(words: &mut Words, found: &Calibration) {
    if !found.is_out_of_reach() {
        return;
    }
    let beyond: Vec<String> = found
        .fits
        .iter()
        .filter(|fit| fit.beyond_prior)
        .map(|fit| {
            let [low, _, high] = fit.prior;
            format!(
                "{} ({}; simulated {} to {})",
                fit.summary.meaning,
                observed_in_words(fit),
                shown(fit, low),
                shown(fit, high)
            )
        })
        .collect();
    words.say(if beyond.is_empty() {
        format!(
            "WARNING: only {} of simulated histories lie as far from all others as this one, though each figure by itself is \
             usual.",
            crate::estimates::percent(found.as_far_off)
        )
    } else {
        format!(
            "WARNING: beyond everything that was simulated: {}.",
            beyond.join("; ")
        )
    });
    words.say(
        "Check the units, the number of teams and the window; try the operating model you work by; widen what is held possible \
         with --prior. If it stays so, this model does not describe your company.",
    );
    words.gap();
}

fn criterion(report: &CalibrationReport) -> String {
    let rest = match report.others {
        Others::Drawn => "drawn from their plausible ranges, so that ranges hold what is not known of them",
        Others::Held => "held at their values, so ranges hold only if those are right",
    };
    format!(
        "If the company works like {} in {}, with all other parameters {rest}. \"Nothing\": no probability below any value \
         moved by more than {:.0} points, or than so few draws can tell. \"Much\": half of the variance is gone.",
        report.scenario.operating_model,
        report.scenario.environment,
        100.0 * experiments::calibration::UNINFORMED_GAP
    )
}

fn together(found: &Calibration) -> Vec<String> {
    let count = found.parameters.len();
    let pairs = (0..count).flat_map(|one| (one + 1..count).map(move |other| (one, other)));
    let strong: Vec<String> = pairs
        .filter(|(one, other)| found.correlations[*one][*other].abs() >= HANGS_TOGETHER)
        .map(|(one, other)| {
            format!(
                "{} and {} ({})",
                short_name(&found.parameters[one]),
                short_name(&found.parameters[other]),
                number((100.0 * found.correlations[one][other]).round() / 100.0)
            )
        })
        .collect();
    if strong.is_empty() {
        return Vec::new();
    }
    vec![format!(
        "Hang together (correlation): {}. Scenario files hold each range by itself; draws.csv has them together.",
        strong.join(", ")
    )]
}

fn not_reproduced(found: &Calibration) -> Vec<String> {
    found
        .fits
        .iter()
        .filter(|fit| fit.tail < NOT_REPRODUCED)
        .map(|fit| {
            format!(
                "Not reproduced: {}, observed {}, simulated {} to {}.",
                fit.summary.meaning,
                observed_in_words(fit),
                shown(fit, fit.predicted[0]),
                shown(fit, fit.predicted[4])
            )
        })
        .collect()
}

/// A figure as people read it, without its unit.
pub fn shown(fit: &Fit, figure: f64) -> String {
    number(fit.summary.shown(figure) * factor(fit.summary.unit))
}

fn observed_in_words(fit: &Fit) -> String {
    let unit = unit_for_people(fit.summary.unit);
    let words = format!("{} {unit}", shown(fit, fit.observed));
    words.trim_end().to_owned()
}

/// A made-up calibration of some parameters, for tests of words and plots.
#[cfg(test)]
pub(crate) fn made_up(parameters: usize) -> CalibrationReport {
    use experiments::calibration::{DRAWS, Holds, Observed, Prior, USUAL_PRIORS, summaries};
    use sim_core::parameters::find;

    let holds = Holds {
        effect_share: 0.9,
        ..Holds::EVERYTHING
    };
    let rows = USUAL_PRIORS.iter().take(parameters).enumerate();
    let rows: Vec<Inference> = rows
        .map(|(place, (group, name, low, high))| {
            let prior = Prior::between(find(group, name).expect("it is in the table"), *low, *high);
            let informed = [Informed::Yes, Informed::Weakly, Informed::No][place % 3];
            Inference {
                prior,
                median: prior.value(0.5),
                ci90: (prior.value(0.3), prior.value(0.7)),
                ci50: (prior.value(0.4), prior.value(0.6)),
                gap: 0.4,
                contraction: 0.8,
                informed,
            }
        })
        .collect();
    let wave = |draw: usize, place: usize| 0.5 + 0.2 * ((draw * (2 * place + 3)) as f64 * 0.7).sin();
    let draws = (0..DRAWS).map(|draw| {
        let each = rows.iter().enumerate();
        each.map(|(place, row)| row.prior.value(wave(draw, place)))
            .collect()
    });
    let fits = summaries(&holds)
        .into_iter()
        .enumerate()
        .map(|(place, summary)| Fit {
            summary,
            observed: 0.01 * place as f64,
            prior: [-2.0, 0.0, 2.0],
            beyond_prior: false,
            predicted: [-0.2, -0.1, 0.0, 0.1, 0.2],
            tail: if place > 20 { 0.01 } else { 0.5 },
        });
    let found = Calibration {
        draws: draws.collect(),
        correlations: (0..parameters)
            .map(|one| {
                (0..parameters)
                    .map(|other| if one == other { 1.0 } else { -0.6 })
                    .collect()
            })
            .collect(),
        parameters: rows,
        fits: fits.collect(),
        as_far_off: 0.4,
        effective_draws: 412.3,
        simulations: 8200,
        failed: 0,
        tolerance: 2.0,
    };
    let day = |text: &str| text.parse().expect("a date");
    CalibrationReport {
        found,
        history: History {
            observed: Observed {
                items: Vec::new(),
                weeks: 78,
                teams: 8,
                holds,
            },
            from: day("2025-01-06"),
            until: day("2026-07-06"),
            columns: vec![
                (histories::Column::Team, "Squad".to_owned(), None),
                (histories::Column::Created, "Created".to_owned(), None),
                (
                    histories::Column::Effort,
                    "Time Spent".to_owned(),
                    Some(histories::Unit::PersonSeconds),
                ),
            ],
            rows: 402,
            items: 380,
            finished: 150,
            rows_left_out: 7,
            cells_left_out: 1,
            troubles: vec![histories::Trouble {
                line: 17,
                reason: "`soon` is no date (created)".to_owned(),
            }],
            notes: vec!["12 items created before 2025-01-06 are left out".to_owned()],
        },
        data: "tickets.csv".to_owned(),
        scenario: scenarios::load::<&str>("safe", None, &[]).expect("it is in the library"),
        others: Others::Drawn,
        seed: 2026,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_what_was_read_what_is_left_possible_and_what_is_not_told() {
        let text = calibration_words(&made_up(6)).text();
        for words in [
            "402 rows in 8 teams, 2025-01-06 to 2026-07-06 (78 weeks): 380 items created, 150 of them",
            "effort from `Time Spent` in seconds",
            "7 rows and 1 cell could not be read and are left out:",
            "line 17: `soon` is no date (created)",
            "and 7 more",
            "environment.opportunities_per_team_week",
            "of effort median and value location it tells",
            "Not reproduced",
            "Hang together (correlation):",
        ] {
            let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(flat.contains(words), "{words}: {text}");
        }
        assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
        assert!(!text.contains("WARNING"));
    }

    #[test]
    fn figures_that_are_not_reproduced_stand_in_units_that_people_read() {
        let mut report = made_up(2);
        let fit = |report: &CalibrationReport, name: &str| {
            let mut fits = report.found.fits.iter();
            fits.position(|fit| fit.summary.name == name)
                .expect("it is there")
        };
        for (name, observed) in [
            ("effort_spread", 0.9),
            ("size_and_cycle_time", 0.75),
            ("helped", 0.5),
        ] {
            let place = fit(&report, name);
            report.found.fits[place].tail = 0.0;
            report.found.fits[place].observed = observed;
        }
        let sentences = not_reproduced(&report.found).join("\n");
        insta::assert_snapshot!(sentences, @"
        Not reproduced: effort of finished items, spread, observed 0.9 log units, simulated −0.2 to 0.2.
        Not reproduced: size and time in work, correlation, observed 0.75, simulated −0.2 to 0.2.
        Not reproduced: items that helped, observed 50 %, simulated −20 to 20.
        Not reproduced: items that harmed, observed 23 %, simulated −20 to 20.
        ");
    }

    #[test]
    fn a_history_that_nothing_makes_is_told_loudly() {
        let mut report = made_up(2);
        report.found.fits[0].beyond_prior = true;
        let text = calibration_words(&report).text();
        assert!(
            text.contains("WARNING: beyond everything that was simulated: items created"),
            "{text}"
        );
        assert!(headline(&report).contains("do not trust"));
    }

    #[test]
    fn tables_have_a_row_for_each_parameter_draw_and_figure() {
        let report = made_up(6);
        let rows = |csv: io::Result<Vec<u8>>| String::from_utf8(csv.unwrap()).unwrap().lines().count() - 1;
        assert_eq!(rows(posterior_csv(&report.found)), 6);
        assert_eq!(rows(draws_csv(&report.found)), 1000);
        assert_eq!(rows(fits_csv(&report.found)), report.found.fits.len());
        let object = calibration_object(&report);
        assert_eq!(object["parameters"].as_array().map(Vec::len), Some(6));
        assert_eq!(object["history"]["troubles"][0]["line"], 17);
    }

    #[test]
    fn the_scenario_file_holds_what_is_told_and_nothing_else() {
        let files = scenario_files(&made_up(6));
        let [(name, bytes)] = &files[..] else {
            panic!("one file: {files:?}")
        };
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert_eq!(name, COMPANY_FILE);
        assert!(
            text.contains("extends = \"enterprise\"") && text.contains("teams = { value = 8, fixed = true")
        );
        assert!(text.contains("opportunities_per_team_week = {") && text.contains("team_capacity = {"));
        assert!(!text.contains("effort_median"), "{text}");
    }
}
