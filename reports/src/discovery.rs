//! What a search over companies found, as tables, JSON and words; never a figure that is not in the result.

use std::io;

use experiments::discovery::{Discovery, FEWEST_SOUGHT, FoundBox};
use experiments::peeling::{Limits, Region, Step};
use experiments::plausible::Dimension;
use experiments::regret::SituationRegret;
use experiments::result::Verdict;
use experiments::statistics::towards_better;
use serde_json::{Map, Value, json};
use sim_core::outcomes::Outcome;

use crate::estimates::{
    OUTCOME_HEADS, cells, counted_share_words, difference_words, heads, object, outcome_cells, percent,
    share_object,
};
use crate::figures::{count, counted_noun, gap_words, number};
use crate::sentences::{WHAT_IF, label, listed, parameter_words};
use crate::sheet::Sheet;
use crate::tables::{figure, figure_if_known};
use crate::words::Words;

/// `companies.csv`: one row for each company of the search, with everything that was drawn.
///
/// # Errors
/// Only if memory cannot be had.
pub fn companies_csv(found: &Discovery) -> io::Result<Vec<u8>> {
    let names = found
        .dimensions
        .iter()
        .map(|dimension| dimension_name(found, dimension));
    let head = ["company", "fails"]
        .into_iter()
        .chain(OUTCOME_HEADS)
        .map(str::to_owned)
        .chain(heads("difference"))
        .chain(names);
    let mut sheet = Sheet::new(head);
    for company in &found.companies {
        let head = [company.number.to_string(), company.fails.to_string()];
        let places = company.place.iter().map(|value| figure(*value));
        sheet.row(
            head.into_iter()
                .chain(outcome_cells(found.outcome))
                .chain(cells(Some(&company.difference)))
                .chain(places),
        );
    }
    sheet.csv()
}

/// `boxes.csv`: one row for each limit of each box.
///
/// # Errors
/// Only if memory cannot be had.
pub fn boxes_csv(found: &Discovery) -> io::Result<Vec<u8>> {
    let head = [
        "box",
        "parameter",
        "low",
        "high",
        "quasi_p",
        "companies",
        "failing",
        "coverage",
        "density",
        "mass",
    ];
    let fresh = [
        "fresh_companies",
        "fresh_failing_share",
        "fresh_failing_ci95_low",
        "fresh_failing_ci95_high",
    ];
    let head = head
        .into_iter()
        .chain(fresh)
        .map(str::to_owned)
        .chain(heads("fresh_difference"));
    let mut sheet = Sheet::new(head.chain(["fresh_verdict".to_owned()]));
    for (place, found_box) in found.boxes.iter().enumerate() {
        for (axis, quasi_p) in &found_box.quasi_p {
            let limits = found_box.step.region.limits[*axis];
            let quality = found_box.step.quality;
            let confirmation = found_box.confirmation.as_ref();
            let failing = confirmation.map(|fresh| fresh.failing);
            let row = [
                (place + 1).to_string(),
                dimension_name(found, &found.dimensions[*axis]),
                figure_if_known(limits.low),
                figure_if_known(limits.high),
                figure(*quasi_p),
                quality.cases.to_string(),
                quality.sought.to_string(),
                figure(quality.coverage),
                figure(quality.density),
                figure(quality.mass),
                failing.map_or_else(String::new, |share| share.count.to_string()),
                figure_if_known(failing.map(|share| share.share)),
                figure_if_known(failing.map(|share| share.ci95.0)),
                figure_if_known(failing.map(|share| share.ci95.1)),
            ];
            let verdict = confirmation.map_or_else(String::new, |fresh| fresh.verdict.word().to_owned());
            sheet.row(
                row.into_iter()
                    .chain(cells(confirmation.map(|fresh| &fresh.difference)))
                    .chain([verdict]),
            );
        }
    }
    sheet.csv()
}

/// `trajectory.csv`: every step of the peeling.
///
/// # Errors
/// Only if memory cannot be had.
pub fn trajectory_csv(found: &Discovery) -> io::Result<Vec<u8>> {
    let mut sheet = Sheet::new([
        "step",
        "restricted",
        "companies",
        "failing",
        "coverage",
        "density",
        "mass",
    ]);
    for (place, Step { region, quality }) in found.trajectory.iter().enumerate() {
        sheet.row([
            place.to_string(),
            region.restricted().count().to_string(),
            quality.cases.to_string(),
            quality.sought.to_string(),
            figure(quality.coverage),
            figure(quality.density),
            figure(quality.mass),
        ]);
    }
    sheet.csv()
}

/// `regret.csv`: one row for each scenario in each environment.
///
/// # Errors
/// Only if memory cannot be had.
pub fn regret_csv(arms: &[String; 2], outcome: Outcome, regrets: &[SituationRegret]) -> io::Result<Vec<u8>> {
    let head = ["environment", "arm"]
        .into_iter()
        .chain(OUTCOME_HEADS)
        .map(str::to_owned)
        .chain(heads("mean"));
    let tail = ["regret", "regret_ci95_low", "regret_ci95_high", "worlds_failed"].map(str::to_owned);
    let mut sheet = Sheet::new(head.chain(tail));
    for situation in regrets {
        for (arm, regret) in arms.iter().zip(&situation.arms) {
            let tail = [
                figure(regret.regret),
                figure_if_known(regret.ci95.map(|(low, _)| low)),
                figure_if_known(regret.ci95.map(|(_, high)| high)),
                situation.worlds_failed.to_string(),
            ];
            let head = [situation.environment.clone(), arm.clone()];
            sheet.row(
                head.into_iter()
                    .chain(outcome_cells(outcome))
                    .chain(cells(Some(&regret.mean)))
                    .chain(tail),
            );
        }
    }
    sheet.csv()
}

/// The keys of the JSON object of a search.
pub fn search_object(found: &Discovery) -> Map<String, Value> {
    let limits = |region: &Region, axis: usize| json!([region.limits[axis].low, region.limits[axis].high]);
    let of_box = |found_box: &FoundBox| {
        let FoundBox {
            step: Step { region, quality },
            quasi_p,
            confirmation,
        } = found_box;
        let restricted = quasi_p.iter().map(|(axis, quasi_p)| {
            let name = dimension_name(found, &found.dimensions[*axis]);
            json!({ "parameter": name, "limits": limits(region, *axis), "quasi_p": quasi_p })
        });
        json!({
            "limits": restricted.collect::<Value>(),
            "companies": quality.cases,
            "failing": quality.sought,
            "coverage": quality.coverage,
            "density": quality.density,
            "mass": quality.mass,
            "fresh": confirmation.as_ref().map(|fresh| json!({
                "failing": share_object(Some(&fresh.failing)),
                "difference": object(Some(&fresh.difference)),
                "verdict": fresh.verdict.word(),
            })),
        })
    };
    let pairs = [
        ("sentence", json!(headline(found))),
        ("companies", json!(found.companies.len())),
        ("companies_dropped", json!(found.companies_dropped)),
        ("companies_failed", json!(found.companies_failed)),
        ("first_failure", json!(found.first_failure)),
        ("worlds_per_company", json!(found.worlds)),
        ("failing", share_object(Some(&found.failing))),
        ("difference", object(Some(&found.difference))),
        ("boxes", found.boxes.iter().map(of_box).collect()),
        ("runs", json!(found.runs)),
    ];
    pairs
        .map(|(key, value)| (key.to_owned(), value))
        .into_iter()
        .collect()
}

/// Regrets as a JSON list.
pub fn regret_object(arms: &[String; 2], regrets: &[SituationRegret]) -> Value {
    let of_situation = |situation: &SituationRegret| {
        let of_arm = arms.iter().zip(&situation.arms).map(|(arm, regret)| {
            json!({
                "arm": arm,
                "mean": object(Some(&regret.mean)),
                "regret": regret.regret,
                "ci95_low": regret.ci95.map(|(low, _)| low),
                "ci95_high": regret.ci95.map(|(_, high)| high),
            })
        });
        json!({ "environment": situation.environment, "arms": of_arm.collect::<Value>(), "worlds_failed": situation.worlds_failed })
    };
    regrets.iter().map(of_situation).collect()
}

/// `environment.coupling`, or `empowered:strategy.clarity` if it is drawn for one scenario only.
fn dimension_name(found: &Discovery, dimension: &Dimension) -> String {
    match dimension.arms[..] {
        [only] => format!("{}:{}", found.arms[only], dimension.parameter.path()),
        _ => dimension.parameter.path(),
    }
}

/// `strategy clarity of empowered is at most 0.4`.
fn limit_words(found: &Discovery, axis: usize, limits: Limits) -> String {
    let dimension = &found.dimensions[axis];
    let name = match dimension.arms[..] {
        [only] => format!("{} of {}", parameter_words(dimension.parameter), found.arms[only]),
        _ => parameter_words(dimension.parameter),
    };
    match (limits.low, limits.high) {
        (Some(low), Some(high)) => format!("{name} is {} to {}", number(low), number(high)),
        (Some(low), None) => format!("{name} is at least {}", number(low)),
        (None, Some(high)) => format!("{name} is at most {}", number(high)),
        (None, None) => name,
    }
}

/// The limits of a box in words, one by one.
pub(crate) fn box_words(found: &Discovery, found_box: &FoundBox) -> Vec<String> {
    let region = &found_box.step.region;
    region
        .restricted()
        .map(|axis| limit_words(found, axis, region.limits[axis]))
        .collect()
}

/// The sentence that matters most.
pub fn headline(found: &Discovery) -> String {
    let [first, other] = &found.arms;
    let failing = found.companies.iter().filter(|company| company.fails).count();
    let all = found.companies.len();
    if failing == 0 {
        return format!(
            "In none of {} plausible companies is {other} behind {first}.",
            count(all as u64)
        );
    }
    if failing == all {
        return format!(
            "{other} is behind {first} in all {}.",
            counted_noun(all as u64, "company", "companies")
        );
    }
    if failing < FEWEST_SOUGHT {
        return format!(
            "{other} is behind {first} in {failing} of {} plausible companies: too few to say where.",
            count(all as u64)
        );
    }
    let everywhere =
        found.difference.has_a_sign() && towards_better(found.outcome) * found.difference.mean < 0.0;
    let confirmed = found.boxes.iter().find(|found_box| {
        verdict_of(found_box) == Some(Verdict::Worse) && (!everywhere || is_worse_than_all(found, found_box))
    });
    let place = confirmed.map(|found_box| listed(&box_words(found, found_box)));
    match (place, everywhere, found.boxes.is_empty()) {
        (Some(place), true, _) => {
            format!("{other} is behind {first} on average over all companies, and most where {place}.")
        }
        (Some(place), false, _) => format!("{other} fails against {first} where {place}."),
        (None, true, true) => format!(
            "{other} is behind {first} on average over all companies; nothing was found that tells where most."
        ),
        (None, true, false) => {
            format!("{other} is behind {first} on average over all companies; where most was not confirmed.")
        }
        (None, false, true) => {
            format!("Nothing was found that sets the companies apart in which {other} is behind {first}.")
        }
        (None, false, false) => {
            format!("No kind of company was found in which {first} is better than {other} on average.")
        }
    }
}

/// Whether the other scenario is further behind among the fresh companies of a box than among all: their intervals lie
/// apart.
fn is_worse_than_all(found: &Discovery, found_box: &FoundBox) -> bool {
    let within = found_box
        .confirmation
        .as_ref()
        .and_then(|fresh| fresh.difference.ci95);
    match (within, found.difference.ci95) {
        (Some(within), Some(all)) if towards_better(found.outcome) > 0.0 => within.1 < all.0,
        (Some(within), Some(all)) => within.0 > all.1,
        _ => false,
    }
}

fn verdict_of(found_box: &FoundBox) -> Option<Verdict> {
    found_box.confirmation.as_ref().map(|fresh| fresh.verdict)
}

/// What the search found, in words.
pub fn search_words(found: &Discovery) -> Words {
    let mut words = what_was_found(found);
    words.say(WHAT_IF);
    words
}

fn what_was_found(found: &Discovery) -> Words {
    let [first, other] = &found.arms;
    let mut words = Words::default();
    words.title(format!(
        "In which plausible companies does {other} fail against {first} in {}?",
        label(found.outcome)
    ));
    words.gap();
    words.headline(headline(found));
    words.gap();
    words.say(
        format!(
            "Of {} companies {other} is behind in {}, on average over {} worlds each; luck pulls this share towards one \
             half. Mean difference over all, {other} minus {first}: {}.",
            count(found.companies.len() as u64),
            counted_share_words(&found.failing),
            found.worlds,
            difference_words(&found.difference, found.outcome)
        ),
    );
    for (place, found_box) in found.boxes.iter().enumerate() {
        words.gap();
        say_box(&mut words, found, found_box, place + 1);
    }
    words.gap();
    words.say(format!(
        "{} without a viable {first} {} dropped; {} runs.",
        counted_noun(found.companies_dropped, "company", "companies"),
        if found.companies_dropped == 1 {
            "was"
        } else {
            "were"
        },
        count(found.runs)
    ));
    if let Some(reason) = &found.first_failure {
        words.say(format!(
            "{} failed and were left out; the first one: {reason}.",
            counted_noun(found.companies_failed, "company", "companies")
        ));
    }
    words
}

fn say_box(words: &mut Words, found: &Discovery, found_box: &FoundBox, number: usize) {
    let [first, other] = &found.arms;
    let quality = found_box.step.quality;
    words.say(format!(
        "Box {number} holds {} of the companies and {} of those in which {other} is behind; it is behind in {} of the box:",
        percent(quality.mass),
        percent(quality.coverage),
        percent(quality.density)
    ));
    for (axis, quasi_p) in &found_box.quasi_p {
        let limit = limit_words(found, *axis, found_box.step.region.limits[*axis]);
        words.item(format!("{limit} (quasi-p {})", crate::figures::number(*quasi_p)));
    }
    words.item(match &found_box.confirmation {
        None => "Too few fresh companies fall into it to say whether it holds.".to_owned(),
        Some(fresh) => format!(
            "{} fresh companies: {other} is behind in {}; mean difference {}. {}",
            count(fresh.failing.count),
            counted_share_words(&fresh.failing),
            difference_words(&fresh.difference, found.outcome),
            match fresh.verdict {
                Verdict::Worse => format!("Confirmed: here {first} is the better choice on average."),
                Verdict::Better =>
                    format!("Not confirmed: even here {other} is the better choice on average."),
                Verdict::NoPracticalDifference => "No practical difference here.".to_owned(),
                Verdict::NotSettled => "Not settled who is the better choice here.".to_owned(),
            }
        ),
    });
}

/// What the search found and what each scenario loses in each environment, in words.
pub fn discovery_words(found: &Discovery, regrets: &[SituationRegret]) -> Words {
    let mut words = what_was_found(found);
    if !regrets.is_empty() {
        say_regrets(&mut words, found, regrets);
    }
    words.say(WHAT_IF);
    words
}

fn say_regrets(words: &mut Words, found: &Discovery, regrets: &[SituationRegret]) {
    let unit = found.outcome.row().unit;
    let mut sheet = Sheet::new(["environment", &found.arms[0], &found.arms[1]]);
    let cell = |regret: &experiments::regret::Regret| match regret.ci95 {
        Some((low, high)) => {
            let range = crate::figures::range(low, high, unit);
            format!(
                "{} ({range})",
                number(regret.regret * crate::figures::factor(unit))
            )
        }
        None => number(regret.regret * crate::figures::factor(unit)),
    };
    for situation in regrets {
        sheet.row(std::iter::once(situation.environment.clone()).chain(situation.arms.iter().map(cell)));
    }
    let worlds = regrets
        .iter()
        .map(|situation| situation.arms[0].mean.count)
        .max()
        .unwrap_or(0);
    words.gap();
    words.say(format!(
        "Regret: what each loses to the other in each environment, {}, mean over {} worlds (95 % interval)",
        crate::figures::gap_words(unit),
        count(worlds)
    ));
    words.table(sheet);
    let most = |arm: usize| {
        let all = regrets.iter().map(|situation| &situation.arms[arm]);
        let worst =
            |regret: &&experiments::regret::Regret| regret.ci95.map_or(regret.regret, |(_, high)| high);
        all.max_by(|one, other| worst(one).total_cmp(&worst(other)))
            .map_or_else(String::new, |regret| {
                format!("{} {}", cell(regret), gap_words(unit))
            })
    };
    words.say(format!(
        "Where it may be worst {} loses {}, {} loses {}; the worst of several is picked, so by chance it looks worse than it is.",
        found.arms[0],
        most(0),
        found.arms[1],
        most(1)
    ));
}
