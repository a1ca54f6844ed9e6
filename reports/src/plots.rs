//! The plots of a comparison as SVG and PNG bytes; every figure and every word comes from the result they are given.

mod axis;
mod calibration;
mod change;
mod difference;
mod dotplot;
mod flow;
mod how_it_ends;
mod intervals;
mod lettering;
mod map;
mod page;
mod painting;
mod palette;
mod picture;
mod sensitivity;
mod spreads;
mod story;
mod sweep;
mod trade_off;
mod value_over_time;
mod waterfall;
mod work;

use experiments::attribution::Attribution;
use experiments::breakeven::BreakEvenMap;
use experiments::choice::Choice;
use experiments::discovery::Discovery;
use experiments::result::{BasisResult, Comparison};

use crate::calibration::CalibrationReport;
use crate::sensitivity::SensitivityReport;
use crate::story::StoryReport;
use crate::sweep::SweepReport;
use picture::Picture;

pub use spreads::{Spread, Spreads};

/// A plot in both formats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plot {
    /// Name of its files, without the ending.
    pub name: String,
    /// What it shows, in words.
    pub description: String,
    /// The SVG document.
    pub svg: Vec<u8>,
    /// The PNG file.
    pub png: Vec<u8>,
}

/// Why a plot could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum PlotError {
    /// The drawing library refused.
    #[error("the plot cannot be drawn: {0}")]
    Drawing(String),
    /// The picture could not be written as PNG.
    #[error("the plot cannot be written as PNG: {0}")]
    Encoding(#[from] png::EncodingError),
}

/// Draws every plot for which `comparison` has figures.
///
/// With more than two arms each plot has several pages, each with the first arm and two others.
///
/// # Errors
/// If the drawing library or the PNG encoder refuses, which no result should bring about.
pub fn plots(comparison: &Comparison) -> Result<Vec<Plot>, PlotError> {
    pictures(comparison)
        .into_iter()
        .map(|(name, picture)| plot(name, &picture))
        .collect()
}

/// Draws from where to where an attribution leads, group by group.
///
/// # Errors
/// As [`plots`].
pub fn waterfall(found: &Attribution) -> Result<Plot, PlotError> {
    plot("waterfall".to_owned(), &waterfall::waterfall(found))
}

/// Draws a break-even map.
///
/// # Errors
/// As [`plots`].
pub fn break_even_map(found: &BreakEvenMap) -> Result<Plot, PlotError> {
    plot("map".to_owned(), &map::map(found))
}

/// Draws how coverage is traded for density on the way to the smallest box; nothing if nothing was peeled.
///
/// # Errors
/// As [`plots`].
pub fn trade_off(found: &Discovery) -> Option<Result<Plot, PlotError>> {
    let picture = trade_off::trade_off(found)?;
    Some(plot("trade-off".to_owned(), &picture))
}

/// Draws scenarios beside one another, a row for each.
///
/// # Errors
/// As [`plots`].
pub fn spreads(name: &str, found: &Spreads) -> Result<Plot, PlotError> {
    plot(name.to_owned(), &spreads::spreads(found))
}

/// Draws how far each scenario is behind the one that was selected; nothing if none was.
///
/// # Errors
/// As [`plots`].
pub fn race(found: &Choice) -> Option<Result<Plot, PlotError>> {
    let picture = intervals::race(found)?;
    Some(plot("choice".to_owned(), &picture))
}

/// Draws what a sensitivity experiment found: the tornado of its screening, and bars of its indices.
///
/// # Errors
/// As [`plots`].
pub fn sensitivity_plots(report: &SensitivityReport) -> Result<Vec<Plot>, PlotError> {
    sensitivity::pictures(report)
        .into_iter()
        .map(|(name, picture)| plot(name.to_owned(), &picture))
        .collect()
}

/// Draws what a calibration found: the observed history beside simulated ones, and what is left possible, pair by pair.
///
/// # Errors
/// As [`plots`].
pub fn calibration_plots(report: &CalibrationReport) -> Result<Vec<Plot>, PlotError> {
    calibration::pictures(report)
        .into_iter()
        .map(|(name, picture)| plot(name.to_owned(), &picture))
        .collect()
}

/// Draws the story of a world: value adding up in both arms, and the events that mattered most.
///
/// # Errors
/// As [`plots`].
pub fn timeline(report: &StoryReport) -> Result<Plot, PlotError> {
    plot("story".to_owned(), &story::story(report))
}

/// Draws what a sweep found: lines over one factor, or heat maps over two in a grid.
///
/// # Errors
/// As [`plots`].
pub fn sweep_plots(report: &SweepReport) -> Result<Vec<Plot>, PlotError> {
    sweep::pictures(report)
        .into_iter()
        .map(|(name, picture)| plot(name, &picture))
        .collect()
}

fn plot(name: String, picture: &Picture) -> Result<Plot, PlotError> {
    let (svg, png) = (painting::svg(picture)?, painting::png(picture)?);
    Ok(Plot {
        name,
        description: picture.description.clone(),
        svg,
        png,
    })
}

/// Letters of a name that a headline has room for.
const NAME_LETTERS: usize = 30;

/// The same comparison with names that fit; numbered where two would become equal.
fn with_short_names(comparison: &Comparison) -> Comparison {
    let mut renamed = comparison.clone();
    let names = short_names(
        &comparison
            .settings
            .arms
            .iter()
            .map(|arm| arm.name.as_str())
            .collect::<Vec<_>>(),
    );
    for basis in std::iter::once(&mut renamed.settings).chain(&mut renamed.plausible) {
        for (arm, name) in basis.arms.iter_mut().zip(&names) {
            arm.name.clone_from(name);
        }
    }
    renamed
}

fn short_names(names: &[&str]) -> Vec<String> {
    let short: Vec<String> = names.iter().map(|name| shortened(name)).collect();
    let is_twice = |name: &String| short.iter().filter(|other| *other == name).count() > 1;
    let numbered = |(index, name): (usize, &String)| {
        if is_twice(name) {
            format!("{} {name}", index + 1)
        } else {
            name.clone()
        }
    };
    short.iter().enumerate().map(numbered).collect()
}

fn shortened(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    if letters.len() <= NAME_LETTERS {
        return name.to_owned();
    }
    let half = NAME_LETTERS / 2;
    letters[..half]
        .iter()
        .chain(&['…'])
        .chain(&letters[letters.len() - half + 1..])
        .collect()
}

/// Draws the pages of one plot for a basis and the arms shown.
type Draw = fn(&Comparison, &BasisResult, &[usize]) -> Option<Picture>;

/// All pages with their names.
fn pictures(comparison: &Comparison) -> Vec<(String, Picture)> {
    let comparison = &with_short_names(comparison);
    let drawings: [(&str, Draw); 5] = [
        ("how-it-ends", how_it_ends::how_it_ends),
        ("value-over-time", value_over_time::value_over_time),
        ("the-change", change::change),
        ("what-happened-to-the-work", work::work),
        ("flow", flow::flow),
    ];
    let mut pictures = Vec::new();
    for (name, draw) in drawings {
        pictures.extend(drawn(comparison, &comparison.settings, name, draw));
    }
    if let Some(plausible) = &comparison.plausible
        && !plausible.drops_too_many_companies()
    {
        pictures.extend(drawn(
            comparison,
            plausible,
            "how-it-ends-plausible",
            how_it_ends::how_it_ends,
        ));
    }
    pictures
}

fn drawn(comparison: &Comparison, basis: &BasisResult, name: &str, draw: Draw) -> Vec<(String, Picture)> {
    let pages = page::pages(basis);
    let named = pages.iter().enumerate().filter_map(|(index, arms)| {
        let name = if index == 0 {
            name.to_owned()
        } else {
            format!("{name}-{}", index + 1)
        };
        Some((name, draw(comparison, basis, arms)?))
    });
    named.collect()
}

#[cfg(test)]
#[path = "../tests/reports/fixture/mod.rs"]
mod fixture;

#[cfg(test)]
mod tests {
    use super::*;
    use picture::{Area, HEIGHT, Mark, Text, WIDTH};

    fn every_page(check: impl Fn(&str, &Picture)) {
        for (name, comparison) in fixture::all() {
            for (page, picture) in pictures(&comparison) {
                check(&format!("{name} {page}"), &picture);
            }
        }
        for name in ["safe", fixture::decisions::LONG] {
            for (page, picture) in decisions(name) {
                check(&format!("{page} {name}"), &picture);
            }
        }
        for report in [
            sensitivity::report_of(fixture::sensitivity()),
            sensitivity::report_of(fixture::all_chance()),
        ] {
            for (page, picture) in sensitivity::pictures(&report) {
                check(page, &picture);
            }
        }
        for (number, found) in fixture::sweeps().into_iter().enumerate() {
            for (page, picture) in sweep::pictures(&sweep::report_of(found)) {
                check(&format!("sweep {number} {page}"), &picture);
            }
        }
        for (page, picture) in stories() {
            check(page, &picture);
        }
    }

    fn decisions(name: &str) -> Vec<(&'static str, Picture)> {
        let (search, regrets) = fixture::decisions::discovery(name);
        assert_eq!(regrets.len(), 2);
        let race = intervals::race(&fixture::decisions::choice(name));
        let trade_off = trade_off::trade_off(&search);
        vec![
            (
                "waterfall",
                waterfall::waterfall(&fixture::decisions::attribution(name)),
            ),
            ("map", map::map(&fixture::decisions::break_even(name))),
            ("choice", race.expect("one is selected")),
            ("trade-off", trade_off.expect("a box is found")),
        ]
    }

    /// Short and long names, seven events at most, and none.
    fn stories() -> Vec<(&'static str, Picture)> {
        let long = fixture::decisions::LONG;
        let told = fixture::story::told();
        let pages = [
            ("story", ["safe", "empowered"], &told[..7]),
            ("story, other events", ["safe", "empowered"], &told[16..]),
            ("story, long names", [long, "safe+full@bank"], &told[7..14]),
            ("quiet story", ["safe", "empowered"], &told[..0]),
        ];
        let drawn = pages.map(|(page, names, told)| {
            let story = fixture::story::story(told.to_vec());
            let report = StoryReport {
                story: &story,
                names,
                world: "the typical one of 400 worlds",
                commands: &[],
            };
            (page, story::story(&report))
        });
        drawn.to_vec()
    }

    #[test]
    fn every_text_is_on_the_page_and_large_enough() {
        let page_area = Area::new(0.0, 0.0, WIDTH, HEIGHT);
        every_page(|page, picture| {
            for text in picture.texts() {
                let Area { from, to } = text.area();
                let is_inside =
                    from.x >= page_area.from.x && to.x <= page_area.to.x && from.y >= 0.0 && to.y <= HEIGHT;
                assert!(is_inside, "{page}: {text:?}");
                assert!(text.style.size >= 22.0, "{page}: {text:?}");
            }
        });
    }

    #[test]
    fn no_text_lies_on_another() {
        every_page(|page, picture| {
            let texts: Vec<&Text> = picture.texts().collect();
            for (index, text) in texts.iter().enumerate() {
                for other in &texts[..index] {
                    assert!(
                        !text.area().overlaps(&other.area()),
                        "{page}: {:?} {:?}",
                        text.words,
                        other.words
                    );
                }
            }
        });
    }

    #[test]
    fn figures_are_never_cut() {
        every_page(|page, picture| {
            for text in picture.texts() {
                let letters: Vec<char> = text.words.chars().collect();
                for cut in (1..letters.len() - 1).filter(|index| letters[*index] == '…') {
                    let beside = [letters[cut - 1], letters[cut + 1]];
                    let is_figure = beside
                        .iter()
                        .any(|letter| letter.is_ascii_digit() || *letter == ' ');
                    assert!(!is_figure, "{page}: {}", text.words);
                }
            }
        });
    }

    #[test]
    fn every_page_has_a_headline_a_seed_and_a_warning() {
        every_page(|page, picture| {
            let words: Vec<&str> = picture.texts().map(|text| text.words.as_str()).collect();
            assert!(words.iter().any(|words| words.contains("seed 2026")), "{page}");
            assert!(
                words
                    .iter()
                    .any(|words| words.contains("what-if, not a forecast")),
                "{page}"
            );
            assert!(picture.description.starts_with(words[0].trim()), "{page}");
        });
    }

    #[test]
    fn the_headline_counts_the_marks_that_are_drawn() {
        let (_, picture) = &pictures(&fixture::typical())[0];
        let open = picture
            .marks
            .iter()
            .filter(|mark| matches!(mark, Mark::Rectangle(_, _, picture::Finish::Outlined(_))));
        assert_eq!(open.count(), 4);
        assert!(
            picture
                .description
                .starts_with("In 16 of 20 worlds empowered ships more value.")
        );
        assert!(picture.texts().any(|text| text.words == "empowered better in 16"));
    }

    #[test]
    fn every_dotplot_has_twenty_marks_for_each_distribution() {
        let count = |picture: &Picture| {
            let is_mark = |mark: &&Mark| matches!(mark, Mark::Circle(..) | Mark::Rectangle(..));
            picture.marks.iter().filter(is_mark).count()
        };
        for (name, comparison) in fixture::all() {
            for (page, picture) in pictures(&comparison)
                .iter()
                .filter(|(page, _)| page.starts_with("how-it-ends"))
            {
                let names = picture
                    .texts()
                    .filter(|text| text.style == page::TITLE.coloured(palette::Look::First.colour()));
                let arms = if name == "single" {
                    1
                } else if name == "three" || name == "five" {
                    3
                } else {
                    2
                };
                assert_eq!(names.count(), 1, "{name} {page}");
                assert_eq!(count(picture), arms + 20 * (2 * arms - 1), "{name} {page}");
            }
        }
    }

    #[test]
    fn pages_hold_the_first_arm_and_two_others() {
        let names: Vec<String> = pictures(&fixture::five())
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert!(
            names.contains(&"flow".to_owned()) && names.contains(&"flow-2".to_owned()),
            "{names:?}"
        );
        assert!(!names.contains(&"flow-3".to_owned()), "{names:?}");
    }

    #[test]
    fn what_is_not_known_is_not_drawn() {
        let names: Vec<String> = pictures(&fixture::single())
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(names, ["how-it-ends", "value-over-time", "flow"]);
    }

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        let north = "our-own-way-of-working-in-the-north-of-the-country";
        let south = "our-own-way-of-working-in-the-south-of-the-country";
        let names = short_names(&["safe", north, south]);
        assert_eq!(names[0], "safe");
        assert_ne!(names[1], names[2]);
        assert!(names.iter().all(|name| name.chars().count() <= NAME_LETTERS + 2));
    }

    #[test]
    fn squares_are_white_where_arms_cannot_be_told_apart_and_nowhere_else() {
        for found in fixture::sweeps() {
            let report = sweep::report_of(found);
            let maps = sweep::pictures(&report);
            let maps = maps.iter().filter(|(page, _)| page.starts_with("sweep-map"));
            for ((_, map), arm) in maps.zip(0..report.arms.len() - 1) {
                let is_white = |mark: &&Mark| {
                    matches!(mark, Mark::Rectangle(_, palette::WHITE, picture::Finish::Filled))
                };
                let points = report.swept.points.iter();
                let open = points.filter(|point| report.sign(&point.differences[arm]) == 0);
                // One more in the legend.
                assert_eq!(map.marks.iter().filter(is_white).count(), open.count() + 1);
                assert!(map.texts().any(|text| text.words == "cannot be told apart"));
            }
        }
    }
}
