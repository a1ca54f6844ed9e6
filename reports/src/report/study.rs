//! The section of a comparison: its verdict, pictures and key figures, and what they do not say.

use experiments::result::{BasisResult, PairResult, Verdict};
use maud::{Markup, html};
use sim_core::outcomes::{Direction, Outcome};

use super::experiment::setting;
use super::pictures::{Pictures, Shown};
use super::{Source, Study, anchor, commands, names};
use crate::figures::{count, counted_noun, factor, gap_range, gap_words, signed, unit_words};
use crate::plots::{PlotError, plots};
use crate::sentences::{capitalised, label, listed, no_verdict_because, primary_view, view};
use crate::verdict::{basis_title, fork_words, pair_words, shown_pairs, summary, typical, viability_lines};

/// Arms whose key figures are shown, each beside the first; more would hide the verdict.
const ARMS_IN_FULL: usize = 5;

/// What somebody wants to know who compares.
pub(super) fn question(study: &Study) -> String {
    let outcome = label(study.comparison.primary);
    match names(&study.about).as_slice() {
        [first, other] => {
            format!("What would changing from {first} to {other} be worth, judged by {outcome}?")
        }
        names => {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            format!("Which of {} is better, judged by {outcome}?", listed(&names))
        }
    }
}

/// One sentence for each pair with the first arm, under the settings and over plausible companies.
pub(super) fn headlines(study: &Study) -> Vec<String> {
    let comparison = study.comparison;
    let of = |basis: &BasisResult, before: &str| -> Vec<String> {
        let with_first = basis.pairs.iter().filter(|pair| pair.baseline == 0);
        let views = with_first.filter_map(|pair| primary_view(comparison, basis, pair.arm, pair.baseline));
        views
            .map(|view| format!("{before}{}", capitalised(&view.headline())))
            .take(ARMS_IN_FULL)
            .collect()
    };
    let mut sentences = of(&comparison.settings, "");
    if let Some(plausible) = &comparison.plausible {
        sentences.extend(of(plausible, "Over plausible companies: "));
    }
    sentences
}

/// The section.
///
/// # Errors
/// If a picture cannot be drawn.
pub(super) fn section(
    study: &Study,
    place: usize,
    sources: &[Source],
    pictures: &mut Pictures,
) -> Result<Markup, PlotError> {
    let comparison = study.comparison;
    let drawn = plots(comparison)?;
    let shown: Vec<Shown> = drawn
        .iter()
        .map(|plot| Shown {
            svg: &plot.svg,
            description: &plot.description,
        })
        .collect();
    let (first, others) = shown.split_at(shown.len().min(1));
    let folder = &study.about.folder;
    let (first, others) = (pictures.figures(first, folder), pictures.figures(others, folder));
    Ok(html! {
        section id=(anchor(place)) {
            h2 { "The verdict" }
            p.basis { (setting(&study.about)) }
            @if let Some(words) = fork_words(comparison) { p { (words) } }
            @for note in &study.notes { p.warning { (note) } }
            (first)
            (arms(study))
            (basis(study, &comparison.settings))
            @if let Some(plausible) = &comparison.plausible { (basis(study, plausible)) }
            h3 { "What it rests on" }
            p { (rests_on(study)) }
            h3 { "What it does not say" }
            ul { @for limit in limits(study) { li { (limit) } } }
            @let more = not_yet(study, sources);
            @if !more.is_empty() {
                h3 { "What to ask next" }
                (commands(&more))
                p.note { "Name the folders of these together with this one, and " code { "orgsim report" } " puts them on one page." }
            }
            h3 { "More pictures" }
            (others)
            h3 { "Key figures" }
            @for pair in comparison.settings.pairs.iter().filter(|pair| pair.baseline == 0).take(ARMS_IN_FULL) {
                (key_figures(study, pair))
            }
            p.note {
                "For each arm: the typical world, and in brackets where 8 of 10 worlds lie. Differences: mean, world by world, with \
                 its 95 % interval; that of " (label(comparison.primary)) " holds however often one looked, all others hold together. "
                "Every figure, unrounded, in " code { (study.about.folder) } ": summary.csv, differences.csv, replications.csv."
            }
        }
    })
}

/// What the arms stand for.
fn arms(study: &Study) -> Markup {
    html! {
        dl.arms {
            @for arm in study.about.arms {
                dt { (arm.name) }
                dd { (arm.description.trim()) " " span.quiet { "Environment: " (arm.environment) "." } }
            }
        }
    }
}

fn basis(study: &Study, basis: &BasisResult) -> Markup {
    let comparison = study.comparison;
    let words = shown_pairs(basis)
        .into_iter()
        .map(|pair| pair_words(comparison, basis, pair));
    html! {
        h3 { (basis_title(basis)) }
        @if let Some(reason) = &basis.first_failure { p.warning { "First failure: " (reason) } }
        @if basis.drops_too_many_companies() {
            @for line in viability_lines(comparison, basis) { p { (line.trim()) } }
        }
        @for words in words {
            div.pair {
                p.says { (words.pair) ": " strong { (words.verdict) } }
                @if !words.details.is_empty() {
                    ul { @for detail in &words.details { li { (detail) } } }
                }
            }
        }
    }
}

/// How the verdict came about, in a few sentences.
fn rests_on(study: &Study) -> String {
    let comparison = study.comparison;
    let settings = &comparison.settings;
    let arms = counted_noun(settings.arms.len() as u64, "way of working", "ways of working");
    let mut words = format!(
        "{} simulated week by week in {}, the same market, luck and people for each. The verdict was to rest on {}, which \
         was fixed beforehand ({}).",
        capitalised(&arms),
        counted_noun(settings.replications, "world", "worlds"),
        label(comparison.primary),
        lowered(comparison.primary.row().meaning),
    );
    if comparison.smallest_gap > 0.0 {
        words += &format!(
            " A gap below {} {} ({} of the team cost of {}) does not count as one.",
            crate::figures::number(comparison.smallest_gap * factor(comparison.primary.row().unit)),
            gap_words(comparison.primary.row().unit),
            crate::figures::quantity(study.plan.smallest_gap_share, "share"),
            settings.arms[0].name
        );
    }
    if let Some(plausible) = &comparison.plausible {
        words += &format!(
            " Then everything that nobody knows exactly was drawn anew in each of {}: plausible companies.",
            counted_noun(plausible.replications, "further world", "further worlds")
        );
    }
    words
}

/// A sentence to go on with in another one.
fn lowered(sentence: &str) -> String {
    let sentence = sentence.trim_end_matches('.');
    let mut letters = sentence.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// What a careful reader holds against the figures.
fn limits(study: &Study) -> Vec<String> {
    let comparison = study.comparison;
    let mut limits = vec![
        "Intervals say how well so many worlds settle a mean inside this model. They do not say that the model is right."
            .to_owned(),
    ];
    limits.extend(study.about.arms.first().map(provenance));
    limits.push(match comparison.fork_week {
        None => {
            "Every arm is an organisation that has long worked in its way. What it takes to get from one to the other is not \
             in the gap."
                .to_owned()
        }
        Some(week) => format!(
            "The arms part in week {week} from one day to the next. What it takes to get from one to the other is not in \
             the gap."
        ),
    });
    match &comparison.plausible {
        None => limits.push(
            "Plausible companies were not asked about, so the verdict holds for one company, and how much of it hangs on what \
             nobody knows is open."
                .to_owned(),
        ),
        Some(plausible) if plausible.companies_dropped > 0 => limits.push(format!(
            "{} of {} could not have lived under {} and were left out; the rest are no picture of any industry.",
            count(plausible.companies_dropped),
            counted_noun(
                plausible.companies_drawn(),
                "drawn company",
                "drawn companies"
            ),
            plausible.arms[0].name
        )),
        Some(_) => {}
    }
    limits.push(failures(study));
    limits
}

/// How many values are measured, claimed and judged.
fn provenance(arm: &scenarios::Scenario) -> String {
    let of = |kind: &str| {
        let origins = arm.origins.iter();
        count(origins.filter(|origin| origin.provenance == kind).count() as u64)
    };
    format!(
        "Of the {} values behind {}, {} are measured, {} are claims of a source document, and {} are judgement: each is listed \
         below with its source.",
        count(arm.origins.len() as u64),
        arm.name,
        of("measured"),
        of("seed"),
        of("assumed")
    )
}

fn failures(study: &Study) -> String {
    let bases = std::iter::once(&study.comparison.settings).chain(&study.comparison.plausible);
    let (failed, all) = bases.fold((0, 0), |(failed, all), basis| {
        (failed + basis.worlds_failed, all + basis.replications)
    });
    if failed == 0 {
        format!("No world of {} failed.", count(all))
    } else {
        format!(
            "{} of {} failed and are left out of every arm; replications.csv names each.",
            count(failed),
            counted_noun(all, "world", "worlds")
        )
    }
}

/// Experiments on the same arms that are not on the page.
fn not_yet(study: &Study, sources: &[Source]) -> Vec<super::Command> {
    let has = |line: &str| {
        sources.iter().any(|source| match source {
            Source::Experiment(experiment) => line.starts_with(&format!("orgsim {} ", experiment.name)),
            Source::Study(_) => false,
        })
    };
    let more = study.more.iter().filter(|command| !has(&command.line));
    more.cloned().collect()
}

/// Every outcome of an arm beside the first one.
fn key_figures(study: &Study, pair: &PairResult) -> Markup {
    let comparison = study.comparison;
    let settings = &comparison.settings;
    let (first, arm) = (&settings.arms[pair.baseline], &settings.arms[pair.arm]);
    let rows = Outcome::ALL
        .iter()
        .filter(|outcome| is_anything(study, pair, **outcome));
    let cell = |outcome, arm| {
        summary(arm, outcome).map_or_else(|| "none".to_owned(), |found| typical(outcome, found))
    };
    html! {
        div.wide tabindex="0" role="region" aria-label={ "Key figures of " (arm.name) " beside " (first.name) } {
            table.figures {
                caption { (arm.name) " beside " (first.name) }
                thead { tr {
                    th scope="col" { "Outcome" }
                    th scope="col" { (first.name) }
                    th scope="col" { (arm.name) }
                    th scope="col" { "Difference under these settings" }
                    @if comparison.plausible.is_some() { th scope="col" { "Over plausible companies" } }
                } }
                tbody {
                    @for outcome in rows {
                        tr.primary[*outcome == comparison.primary] {
                            th scope="row" title=(outcome.row().meaning) {
                                (capitalised(&label(*outcome)))
                                span.unit { ", " (unit_words(outcome.row().unit)) (better(*outcome)) }
                            }
                            td { (cell(*outcome, first)) }
                            td { (cell(*outcome, arm)) }
                            (difference(study, settings, pair, *outcome))
                            @if let Some(plausible) = &comparison.plausible {
                                (difference(study, plausible, pair, *outcome))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Whether an outcome was found, and is not nothing in every world of both arms: mechanisms that nobody uses say nothing.
fn is_anything(study: &Study, pair: &PairResult, outcome: Outcome) -> bool {
    let bases = [
        Some(&study.comparison.settings),
        study.comparison.plausible.as_ref(),
    ];
    let arms = bases
        .into_iter()
        .flatten()
        .flat_map(|basis| [&basis.arms[pair.baseline], &basis.arms[pair.arm]]);
    let mut found = arms.filter_map(|arm| summary(arm, outcome));
    found.any(|found| found.mean != 0.0 || found.standard_error != Some(0.0))
}

fn better(outcome: Outcome) -> &'static str {
    match outcome.row().direction {
        Direction::Higher => "; more is better",
        Direction::Lower => "; less is better",
        Direction::Neutral => "",
    }
}

/// A mean difference with its interval, and who is better.
fn difference(study: &Study, basis: &BasisResult, pair: &PairResult, outcome: Outcome) -> Markup {
    let Some(found) = view(study.comparison, basis, pair.arm, pair.baseline, outcome) else {
        return html! { td { "not known" } };
    };
    if basis.drops_too_many_companies() {
        return html! { td { "no verdict" } };
    }
    let (unit, summary) = (outcome.row().unit, &found.difference.summary);
    let mean = signed(summary.mean * factor(unit));
    let range = summary.ci95.map(|(low, high)| gap_range(low, high, unit));
    let says = match (no_verdict_because(basis), found.difference.verdict) {
        (Some(_), _) => "no verdict".to_owned(),
        (None, Some(Verdict::Better)) => format!("{} is better", found.arm),
        (None, Some(Verdict::Worse)) => format!("{} is better", found.baseline),
        (None, Some(verdict)) => verdict.word().to_owned(),
        (None, None) => String::new(),
    };
    html! {
        td {
            (mean) @if let Some(range) = range { " (" (range) ")" }
            @if !says.is_empty() { span.says { (says) } }
        }
    }
}
