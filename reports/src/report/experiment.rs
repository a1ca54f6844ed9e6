//! The section of an experiment: its own words, tables and pictures.

use maud::{Markup, html};

use super::pictures::{Pictures, Shown, description};
use super::{About, Experiment, anchor, names};
use crate::figures::counted_noun;
use crate::sentences::{WHAT_IF, label};
use crate::sheet::Sheet;
use crate::words::Part;

/// What the section of an experiment is called.
pub(super) fn heading(name: &str) -> &'static str {
    match name {
        "attribute" => "Which part of the change earns it",
        "breakeven" => "Where the other one would win",
        "calibrate" => "What the company looks like",
        "choose" => "Which is best",
        "discover" => "In which companies it fails",
        "sensitivity" => "Which assumptions decide",
        "sweep" => "What happens across settings",
        _ => "An experiment",
    }
}

/// The question as the experiment puts it.
pub(super) fn question(experiment: &Experiment) -> String {
    let titles = experiment.words.parts.iter().filter_map(|part| match part {
        Part::Title(words) => Some(words.as_str()),
        _ => None,
    });
    titles.collect::<Vec<_>>().join(" ")
}

/// The sentences that matter most.
pub(super) fn headlines(experiment: &Experiment) -> Vec<String> {
    let parts = experiment.words.parts.iter();
    let sentences = parts.filter_map(|part| match part {
        Part::Headline(words) => Some(words.clone()),
        _ => None,
    });
    sentences.collect()
}

/// What the experiment judges by; a calibration is about no outcome.
fn judged_by(experiment: &Experiment) -> String {
    match experiment.name {
        "calibrate" => String::new(),
        _ => format!(", judged by {}", label(experiment.outcome)),
    }
}

/// The section.
pub(super) fn section(experiment: &Experiment, place: usize, pictures: &mut Pictures) -> Markup {
    let descriptions: Vec<String> = experiment.plots.iter().map(|(_, svg)| description(svg)).collect();
    let shown: Vec<Shown> = experiment
        .plots
        .iter()
        .zip(&descriptions)
        .map(|((_, svg), description)| Shown { svg, description })
        .collect();
    html! {
        section id=(anchor(place)) {
            h2 { (heading(experiment.name)) }
            p.basis { (setting(&experiment.about)) (judged_by(experiment)) }
            (said(&experiment.words.parts))
            (pictures.figures(&shown, &experiment.about.folder))
            @if let Some(plan) = experiment.plan {
                h3 { "The plan" }
                pre { (plan) }
            }
            @if !experiment.tables.is_empty() {
                p.note { "Every figure, unrounded, in " code { (experiment.about.folder) } ": " (experiment.tables.join(", ")) "." }
            }
        }
    }
}

/// What was simulated, in one line.
pub(super) fn setting(about: &About) -> String {
    let weeks = |weeks: u32| counted_noun(weeks.into(), "week", "weeks");
    format!(
        "{}: {} after {} of warm-up, seed {}",
        names(about).join(" against "),
        weeks(about.span.horizon_weeks),
        weeks(about.span.warm_up_weeks),
        about.seed
    )
}

/// The words, with items that follow one another as one list.
fn said(parts: &[Part]) -> Markup {
    let is_item = |part: &Part| matches!(part, Part::Item(_));
    let groups = parts.chunk_by(|one, other| is_item(one) && is_item(other));
    html! {
        @for group in groups {
            @match group {
                [Part::Title(words)] => h3 { (words) },
                [Part::Headline(words)] => p.headline { (words) },
                [Part::Sentence(words)] if words == WHAT_IF => {},
                [Part::Sentence(words)] => p { (words) },
                [Part::Table(sheet)] => (table(sheet)),
                items => (list(items)),
            }
        }
    }
}

fn list(items: &[Part]) -> Markup {
    let words: Vec<&str> = items
        .iter()
        .filter_map(|part| match part {
            Part::Item(words) => Some(words.as_str()),
            _ => None,
        })
        .collect();
    html! {
        @if !words.is_empty() { ul { @for words in words { li { (words) } } } }
    }
}

/// A table; its first column names the rows.
pub(super) fn table(sheet: &Sheet) -> Markup {
    html! {
        div.wide tabindex="0" role="region" aria-label="Table" {
            table {
                thead { tr { @for cell in sheet.head() { th scope="col" { (cell) } } } }
                tbody {
                    @for row in sheet.rows() {
                        tr {
                            @for (place, cell) in row.iter().enumerate() {
                                @if place == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
