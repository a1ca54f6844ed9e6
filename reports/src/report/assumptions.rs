//! What the figures rest on: what differs between arms, what was changed, and every value with its source.

use maud::{Markup, html};
use scenarios::{Change, Kind, Origin, Scenario, diff};
use sim_core::parameters::GROUPS;

use super::{About, Source, anchor, names};
use crate::sentences::{listed, plain};

/// The section, one part for each set of scenarios on the page.
pub(super) fn section(sources: &[Source]) -> Markup {
    let sets = distinct(sources);
    html! {
        section #assumptions {
            h2 { "Assumptions" }
            (kinds())
            @for set in &sets { (of_set(set, sources, sets.len() > 1)) }
        }
    }
}

/// What the words in the tables mean.
fn kinds() -> Markup {
    html! {
        p {
            "Each value is " strong { "measured" } " (found in published data, or computed from it), a claim of a "
            strong { "seed" } " document, or " strong { "assumed" } " (a judgement; the text says on what it rests). "
            "Under the settings, every figure rests on all values as they stand. Over plausible companies, values with a range \
             are drawn from it in every world, with the value as the most likely one, and all others stay as they are."
        }
    }
}

/// Scenarios with the same values are listed once.
struct Set<'a> {
    about: &'a About<'a>,
    parts: Vec<usize>,
}

fn distinct<'a>(sources: &'a [Source<'a>]) -> Vec<Set<'a>> {
    let mut sets: Vec<Set> = Vec::new();
    for (place, source) in sources.iter().enumerate() {
        let about = source.about();
        let is_known = |set: &&mut Set| {
            about.arms.iter().all(|arm| {
                let mut known = set.about.arms.iter();
                known.any(|other| other.name == arm.name && diff(other, arm).is_empty())
            })
        };
        match sets.iter_mut().find(is_known) {
            Some(set) => set.parts.push(place),
            None => sets.push(Set {
                about,
                parts: vec![place],
            }),
        }
    }
    sets
}

fn of_set(set: &Set, sources: &[Source], is_one_of_several: bool) -> Markup {
    let about = set.about;
    let (first, others) = match about.arms {
        [] => return html! {},
        [first, others @ ..] => (first, others),
    };
    html! {
        @if is_one_of_several {
            h3 {
                (names(about).join(" against "))
                " (" (listed(&set.parts.iter().map(|part| sources[*part].name().to_lowercase()).collect::<Vec<_>>())) ")"
            }
        }
        (deciding(sources))
        (changed(about))
        @for other in others { (differences(first, other)) }
        (values(&format!("Company, market and behaviour, as in {}", first.name), first, Kind::Environment))
        @for arm in about.arms {
            (values(&format!("The way of working: {}", arm.name), arm, Kind::OperatingModel))
        }
    }
}

/// The way to the part that says which of all these values decide, if there is one.
fn deciding(sources: &[Source]) -> Markup {
    let is_of_sensitivity = |source: &Source| matches!(source, Source::Experiment(experiment) if experiment.name == "sensitivity");
    let place = sources.iter().position(is_of_sensitivity);
    html! {
        @if let Some(place) = place {
            p { "Which of them decide: see " a href={ "#" (anchor(place)) } { (sources[place].name()) } "." }
        }
    }
}

/// What somebody changed from the library.
fn changed(about: &About) -> Markup {
    let rows: Vec<(&str, Changed)> = about
        .arms
        .iter()
        .zip(&about.standards)
        .flat_map(|(arm, standard)| {
            changes(arm, standard.as_ref())
                .into_iter()
                .map(|change| (arm.name.as_str(), change))
        })
        .collect();
    html! {
        h3 { "Changed from the library" }
        @if rows.is_empty() {
            p { "Nothing: every value is as the library has it." }
        } @else {
            div.wide tabindex="0" role="region" aria-label="Changed from the library" {
                table {
                    caption { "Values that differ from the library" }
                    thead { tr {
                        th scope="col" { "Arm" } th scope="col" { "Parameter" } th scope="col" { "Unit" }
                        th scope="col" { "Here" } th scope="col" { "In the library" } th scope="col" { "Set by" }
                    } }
                    tbody {
                        @for (arm, change) in &rows {
                            tr {
                                td { (arm) }
                                th scope="row" { (name(change.here)) }
                                td { (change.here.parameter.unit) }
                                td { (value(change.here)) }
                                td { (change.standard) }
                                td { (change.here.place) }
                            }
                        }
                    }
                }
            }
        }
    }
}

struct Changed<'a> {
    here: &'a Origin,
    standard: String,
}

/// Values that differ from the scenario of the library; without one, from the defaults of the table.
fn changes<'a>(arm: &'a Scenario, standard: Option<&Scenario>) -> Vec<Changed<'a>> {
    let differing = arm
        .origins
        .iter()
        .enumerate()
        .filter_map(|(place, here)| match standard {
            Some(standard) => {
                let there = &standard.origins[place];
                let is_other = there.value != here.value || there.plausible != here.plausible;
                is_other.then(|| Changed {
                    here,
                    standard: value(there),
                })
            }
            None => (here.value != here.parameter.default).then(|| Changed {
                here,
                standard: here.parameter.default.to_string(),
            }),
        });
    differing.collect()
}

/// Where two arms differ.
fn differences(first: &Scenario, other: &Scenario) -> Markup {
    let changes: Vec<Change> = diff(first, other);
    html! {
        h3 { "What differs between " (first.name) " and " (other.name) }
        @if changes.is_empty() {
            p { "Nothing: they are the same in every value." }
        } @else {
            div.wide tabindex="0" role="region" aria-label={ "What differs between " (first.name) " and " (other.name) } {
                table {
                    caption { "Values, and in brackets their plausible ranges" }
                    thead { tr {
                        th scope="col" { "Parameter" } th scope="col" { "Unit" } th scope="col" { (first.name) }
                        th scope="col" { (other.name) } th scope="col" { "Meaning" }
                    } }
                    tbody {
                        @for change in &changes {
                            tr {
                                th scope="row" { (name(&change.before)) }
                                td { (change.before.parameter.unit) }
                                td { (value(&change.before)) }
                                td { (value(&change.after)) }
                                td.small { (change.before.parameter.meaning) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Every value of one kind with its range and source.
fn values(title: &str, arm: &Scenario, kind: Kind) -> Markup {
    let of_group = |group: &str| {
        let origins = arm.origins.iter();
        origins
            .filter(|origin| origin.parameter.group == group)
            .collect::<Vec<_>>()
    };
    let groups = GROUPS
        .iter()
        .filter(|group| Kind::of_group(group.name) == Some(kind))
        .map(|group| (group, of_group(group.name)));
    html! {
        h3 { (title) }
        div.wide tabindex="0" role="region" aria-label=(title) {
            table.values {
                caption { (title) ": every value" }
                thead { tr {
                    th scope="col" { "Parameter" } th scope="col" { "Unit" } th scope="col" { "Value" }
                    th scope="col" { "Plausible range" } th scope="col" { "Provenance" } th scope="col" { "Source" }
                } }
                @for (group, origins) in groups {
                    tbody {
                        tr.group { th scope="rowgroup" colspan="6" { (plain(group.name)) } }
                        @for origin in origins {
                            tr {
                                th scope="row" title=(origin.parameter.meaning) { (plain(origin.parameter.name)) }
                                td { (origin.parameter.unit) }
                                td { (origin.value) }
                                td { (origin.plausible.map_or_else(|| "as it is".to_owned(), range)) }
                                td { (origin.provenance) }
                                td.small { (origin.source) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn name(origin: &Origin) -> String {
    format!(
        "{}: {}",
        plain(origin.parameter.group),
        plain(origin.parameter.name)
    )
}

/// `3 (0 to 6)`: as exactly as it was written.
fn value(origin: &Origin) -> String {
    match origin.plausible {
        Some(ends) => format!("{} ({})", origin.value, range(ends)),
        None => origin.value.to_string(),
    }
}

fn range((low, high): (f64, f64)) -> String {
    format!("{low} to {high}")
}
