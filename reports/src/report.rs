//! A page to hand over: verdict, pictures, figures, assumptions and how to get them again, as one HTML file.
//!
//! It needs nothing from anywhere else, holds no script and no time of day, and prints on A4. What it says comes from the
//! same functions as the words of the terminal.

mod assumptions;
mod experiment;
mod pictures;
mod study;

use experiments::ComparisonPlan;
use experiments::result::Comparison;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use scenarios::Scenario;
use sim_core::outcomes::Outcome;
use sim_core::simulation::Span;

use crate::plots::PlotError;
use crate::sentences::WHAT_IF;
use crate::words::Words;
use pictures::Pictures;

/// A command with what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// What it does: `the same bytes again`.
    pub purpose: String,
    /// The command.
    pub line: String,
}

/// One thing that a page reports.
#[derive(Debug)]
pub enum Source<'a> {
    /// A comparison.
    Study(Study<'a>),
    /// Any other experiment.
    Experiment(Experiment<'a>),
}

/// A finished comparison.
#[derive(Debug)]
pub struct Study<'a> {
    /// What was found.
    pub comparison: &'a Comparison,
    /// What was compared.
    pub plan: &'a ComparisonPlan,
    /// Its common parts.
    pub about: About<'a>,
    /// What a reader must know before the figures.
    pub notes: Vec<String>,
    /// Commands of experiments that say more about the same arms.
    pub more: Vec<Command>,
}

/// A finished experiment.
#[derive(Debug)]
pub struct Experiment<'a> {
    /// The command that made it, such as `attribute`.
    pub name: &'a str,
    /// The outcome it is about.
    pub outcome: Outcome,
    /// What it says.
    pub words: &'a Words,
    /// Its pictures as SVG, by name.
    pub plots: &'a [(String, Vec<u8>)],
    /// Names of its tables.
    pub tables: &'a [String],
    /// The plan it was made from, if that was a file.
    pub plan: Option<&'a str>,
    /// Its common parts.
    pub about: About<'a>,
}

/// What studies and experiments have in common.
#[derive(Debug)]
pub struct About<'a> {
    /// Folder that was read, as it was named.
    pub folder: String,
    /// Version of the engine.
    pub engine: &'a str,
    /// Seed of the worlds.
    pub seed: u64,
    /// Weeks that were simulated.
    pub span: Span,
    /// The scenarios; of a comparison, the arms.
    pub arms: &'a [Scenario],
    /// For each of them, the scenario of the library that it was made from, if any.
    pub standards: Vec<Option<Scenario>>,
    /// Commands that find the same again.
    pub again: Vec<Command>,
}

impl Source<'_> {
    fn about(&self) -> &About<'_> {
        match self {
            Self::Study(study) => &study.about,
            Self::Experiment(experiment) => &experiment.about,
        }
    }

    /// The question in words.
    fn question(&self) -> String {
        match self {
            Self::Study(study) => study::question(study),
            Self::Experiment(experiment) => experiment::question(experiment),
        }
    }

    /// The sentences that matter most.
    pub fn headlines(&self) -> Vec<String> {
        match self {
            Self::Study(study) => study::headlines(study),
            Self::Experiment(experiment) => experiment::headlines(experiment),
        }
    }

    /// What its section is called.
    fn name(&self) -> &'static str {
        match self {
            Self::Study(_) => "The verdict",
            Self::Experiment(experiment) => experiment::heading(experiment.name),
        }
    }
}

/// The page about `sources`, in their order; the first one gives it its title.
///
/// Comparisons draw their pictures anew; experiments bring theirs along. When pictures would make the page too large to send
/// around, the last ones are left out, and the page says so.
///
/// # Errors
/// If a picture cannot be drawn, which no result should bring about.
pub fn report(sources: &[Source]) -> Result<Vec<u8>, PlotError> {
    let mut pictures = Pictures::default();
    let mut sections = Vec::new();
    for (place, source) in sources.iter().enumerate() {
        sections.push(match source {
            Source::Study(study) => study::section(study, place, sources, &mut pictures)?,
            Source::Experiment(experiment) => experiment::section(experiment, place, &mut pictures),
        });
    }
    let page = frame(sources, &sections);
    Ok(page.into_string().into_bytes())
}

fn frame(sources: &[Source], sections: &[Markup]) -> Markup {
    let title = sources
        .first()
        .map_or_else(String::new, |source| names(source.about()).join(" against "));
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light";
                meta name="generator" content={ "orgsim " (sources.first().map_or("", |source| source.about().engine)) };
                title { (title) " - orgsim" }
                style { (PreEscaped(include_str!("report/page.css"))) }
            }
            body {
                header {
                    p.kicker { "orgsim report" }
                    h1 { (title) }
                    (summary(sources))
                    p.whatif { (WHAT_IF) " Every figure follows from stated assumptions." }
                }
                main {
                    @for section in sections { (section) }
                    (assumptions::section(sources))
                    (reproduction(sources))
                }
            }
        }
    }
}

/// What the page says, in a few sentences, each with the way to its section.
fn summary(sources: &[Source]) -> Markup {
    html! {
        div.summary {
            @for (place, source) in sources.iter().enumerate() {
                div.answer {
                    p.question { (source.question()) }
                    @for (number, sentence) in source.headlines().iter().enumerate() {
                        p.headline.lesser[number > 0] { (sentence) }
                    }
                }
                @if place + 1 == sources.len() {
                    nav aria-label="Sections" {
                        ul {
                            @for (place, source) in sources.iter().enumerate() {
                                li { a href={ "#" (anchor(place)) } { (source.name()) } }
                            }
                            li { a href="#assumptions" { "Assumptions" } }
                            li { a href="#again" { "The same again" } }
                        }
                    }
                }
            }
        }
    }
}

/// Name of the section of a source, for links.
fn anchor(place: usize) -> String {
    format!("part-{}", place + 1)
}

fn names<'a>(about: &'a About) -> Vec<&'a str> {
    about.arms.iter().map(|arm| arm.name.as_str()).collect()
}

/// How to get everything on the page again.
fn reproduction(sources: &[Source]) -> Markup {
    html! {
        section #again {
            h2 { "The same again" }
            p {
                "The same version of orgsim gives the same figures, byte for byte, on any machine and with any number of threads."
            }
            table {
                caption { "What it takes" }
                thead { tr {
                    th scope="col" { "Part" } th scope="col" { "Engine" } th scope="col" { "Seed" } th scope="col" { "Folder" }
                } }
                tbody {
                    @for source in sources {
                        tr {
                            th scope="row" { (source.name()) }
                            td { (source.about().engine) }
                            td { (source.about().seed) }
                            td { (source.about().folder) }
                        }
                    }
                }
            }
            @for source in sources { (commands(&source.about().again)) }
        }
    }
}

fn commands(commands: &[Command]) -> Markup {
    html! {
        @if !commands.is_empty() {
            dl.commands {
                @for command in commands {
                    dt { (command.purpose) }
                    dd { code { (command.line) } }
                }
            }
        }
    }
}
