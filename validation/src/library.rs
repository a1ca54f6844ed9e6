//! Every scenario of the library with a figure: writes docs/scenarios.md.

use reports::plots::{Plot, Spread, Spreads, spreads};
use scenarios::{Kind, Library, Listed, Scenario};
use sim_core::outcomes::{Outcome, Outcomes};
use sim_core::simulation::Span;

use crate::arms::{Arm, differences, mean, values};
use crate::limits::mean_and_error;
use crate::page::{Page, figure, with_error};

const SEED: u64 = 2026;
const WORLDS: u64 = 200;
/// Worlds of the one company that is thirty times as large as usual: its figures vary little.
const WORLDS_OF_MANY: u64 = 40;
/// Weeks over which a change is looked at: changes take years.
const WEEKS_OF_A_CHANGE: u32 = 312;

const OPENING: &str = "\
# The library

This page is written by `cargo xtask scenarios` from the files in `scenarios/library` and from runs of the code as it is: 200
worlds of seed 2026, 156 weeks after the warm-up, 312 where an organisation changes. *Return* is value shipped for each
team-week of cost: what the middle world has, and in brackets what 8 of 10 worlds lie within. Gaps are means over the same
worlds ± standard error, in team-week costs. All hold for the settings of the files as they are; `orgsim compare` also says what
holds over plausible companies. A what-if, not a forecast. How scenarios are written and called is told in
[the guide](guide/scenarios.md).
";

/// Folder of the pictures, beside the page.
pub const PICTURES: &str = "pictures";

/// The page and its pictures.
///
/// # Errors
/// If a file of the library is broken, or a picture cannot be drawn.
pub fn page() -> Result<(String, Vec<Plot>), String> {
    let mut page = Page::opened(OPENING);
    let shown = [
        models(&mut page, &listed(Kind::OperatingModel)?),
        environments(&mut page, &listed(Kind::Environment)?),
        transformations(&mut page, &listed(Kind::Transformation)?),
    ];
    cases(&mut page);
    let drawn = shown.iter().map(|(name, found)| spreads(name, found));
    let plots = drawn
        .collect::<Result<_, _>>()
        .map_err(|error| error.to_string())?;
    Ok((page.into_text(), plots))
}

/// A picture and its name.
type Shown = (&'static str, Spreads);

/// Puts the picture called `name` into the page.
fn show(page: &mut Page, name: &'static str, found: Spreads) -> Shown {
    page.say(format!("![{}]({PICTURES}/{name}.png)", found.headline));
    (name, found)
}

fn picture(headline: &str, axis: &str, mark: f64, horizon_weeks: u32, rows: Vec<Spread>) -> Spreads {
    Spreads {
        headline: headline.to_owned(),
        axis: axis.to_owned(),
        mark,
        rows,
        worlds: WORLDS,
        span: Span {
            horizon_weeks,
            ..Span::default()
        },
        seed: SEED,
    }
}

fn row(name: &str, sample: &[f64], is_baseline: bool) -> Spread {
    let [low, middle, high] = tenths(sample);
    Spread {
        name: name.to_owned(),
        low,
        middle,
        high,
        is_baseline,
    }
}

fn listed(kind: Kind) -> Result<Vec<Listed>, String> {
    Library::list(kind).map_err(|error| error.to_string())
}

/// Who a file is, in one cell.
fn name(entry: &Listed) -> String {
    format!("`{}`: {}", entry.name, entry.title)
}

fn loaded(reference: &str) -> Scenario {
    match scenarios::load::<&str>(reference, None, &[]) {
        Ok(scenario) => scenario,
        Err(error) => panic!("a scenario of the library does not load: {error}"),
    }
}

fn worlds(reference: &str) -> Vec<Outcomes> {
    Arm::of(reference, &[]).outcomes(SEED, WORLDS)
}

fn models(page: &mut Page, models: &[Listed]) -> Shown {
    page.chapter("Operating models");
    page.say("Each in its own environment if it has one, in `enterprise` otherwise; the gap is that to `safe` in the same.");
    let mut drawn = Vec::new();
    let rows = models.iter().map(|model| {
        let home = loaded(model.name).environment;
        let own = worlds(&format!("{}@{home}", model.name));
        let gap = if home == "reference" || model.name == "safe" {
            String::new()
        } else {
            gap(&own, &worlds(&format!("safe@{home}")), Outcome::ShippedValue)
        };
        if home == Library::DEFAULT_ENVIRONMENT {
            let returns = values(&own, Outcome::ReturnOnTeamCost);
            drawn.push(row(model.name, &returns, model.name == "safe"));
        }
        vec![
            name(model),
            home,
            typical(&own, Outcome::ReturnOnTeamCost),
            gap,
            model.source.clone(),
        ]
    });
    page.table(
        &[
            "operating model",
            "environment",
            "return",
            "gap of shipped value to `safe`",
            "source",
        ],
        rows.collect::<Vec<_>>(),
    );
    show(
        page,
        "operating-models",
        picture(
            "What operating models return in an established enterprise",
            "value shipped for each team-week of cost",
            1.0,
            Span::default().horizon_weeks,
            drawn,
        ),
    )
}

fn environments(page: &mut Page, environments: &[Listed]) -> Shown {
    page.chapter("Environments");
    let mut drawn = Vec::new();
    let rows = environments.iter().map(|environment| {
        let models = match environment.name {
            "reference" => ["reference-quarterly", "reference-continuous"],
            _ => ["safe", "empowered"],
        };
        let [quarterly, other] = models.map(|model| worlds(&format!("{model}@{}", environment.name)));
        if models[0] == "safe" {
            for (model, found) in models.iter().zip([&quarterly, &other]) {
                let returns = values(found, Outcome::ReturnOnTeamCost);
                drawn.push(row(
                    &format!("{}: {model}", environment.name),
                    &returns,
                    *model == "safe",
                ));
            }
        }
        vec![
            name(environment),
            typical(&quarterly, Outcome::ReturnOnTeamCost),
            typical(&other, Outcome::ReturnOnTeamCost),
            gap(&other, &quarterly, Outcome::ShippedValue),
            environment.source.clone(),
        ]
    });
    page.table(
        &[
            "environment",
            "return of `safe`",
            "return of `empowered`",
            "gap of shipped value",
            "source",
        ],
        rows.collect::<Vec<_>>(),
    );
    page.say("In `reference` the two arms are those of the reference model, `reference-quarterly` and `reference-continuous`.");
    show(
        page,
        "environments",
        picture(
            "What safe and empowered return in each environment",
            "value shipped for each team-week of cost",
            1.0,
            Span::default().horizon_weeks,
            drawn,
        ),
    )
}

/// Worlds of a change, long enough for it to pay or not.
fn long(reference: &str) -> Vec<Outcomes> {
    let mut arm = Arm::of(reference, &[]);
    arm.span.horizon_weeks = WEEKS_OF_A_CHANGE;
    arm.outcomes(SEED, WORLDS)
}

fn transformations(page: &mut Page, transformations: &[Listed]) -> Shown {
    page.chapter("Transformations");
    page.say("Each put on `safe`; the gap is that to `safe` left as it is.");
    let safe = long("safe");
    let mut drawn = Vec::new();
    let rows = transformations.iter().map(|change| {
        let called = format!("safe+{}", change.name);
        let changed = long(&called);
        let target = loaded(&called).transformation.map(|way| way.target);
        let net = differences(&changed, &safe, Outcome::NetValue);
        drawn.push(row(change.name, &net, false));
        vec![
            name(change),
            match target {
                Some(model) if model != "safe" => format!("`{model}`"),
                _ => "the same model".to_owned(),
            },
            with_error(mean(&changed, Outcome::Adoption)),
            gap(&changed, &safe, Outcome::ShippedValue),
            gap(&changed, &safe, Outcome::NetValue),
            change.source.clone(),
        ]
    });
    page.table(
        &[
            "transformation",
            "leads to",
            "share of teams changed at the end",
            "gap of shipped value",
            "gap of net value",
            "source",
        ],
        rows.collect::<Vec<_>>(),
    );
    show(
        page,
        "transformations",
        picture(
            "What each way to change safe is worth after six years, net of its cost",
            "net value more than if nothing had changed, team-week costs",
            0.0,
            WEEKS_OF_A_CHANGE,
            drawn,
        ),
    )
}

/// What the sources tell of three companies, and what comes out where only that is put in.
fn cases(page: &mut Page) {
    page.chapter("Three companies of the sources");
    page.say(
        "A speaker told of three companies. None of them has published figures, so only what was said went into the files, sizes \
         are judged, and no file was fitted to the end of its story. What comes out is a distribution; a story is one draw.",
    );
    utility(page);
    bank(page);
    everybody_trained(page);
}

fn utility(page: &mut Page) {
    page.section("The utility that could not send invoices (`utility-billing`)");
    let rows = [
        ("as told, on trains", "safe", None),
        (
            "the same, released on demand",
            "safe",
            Some("release.cadence_weeks=0"),
        ),
        ("`empowered`", "empowered", None),
    ];
    let rows = rows.map(|(words, model, change)| {
        let changes: Vec<&str> = change.into_iter().collect();
        let found = Arm::of(&format!("{model}@utility-billing"), &changes).outcomes(SEED, WORLDS);
        vec![
            words.to_owned(),
            with_error(mean(&found, Outcome::InsolventShare)),
            typical(&found, Outcome::Cash),
            typical(&found, Outcome::NetValue),
        ]
    });
    page.table(
        &[
            "way of working",
            "share of worlds in which it became insolvent",
            "cash at the end",
            "net value",
        ],
        rows,
    );
}

fn bank(page: &mut Page) {
    page.section("The bank that dismantled its framework (`bank`, `bank-turnaround`)");
    let (stayed, turned) = (long("safe@bank"), long("safe+bank-turnaround@bank"));
    let gaps = differences(&turned, &stayed, Outcome::NetValue);
    let better = gaps.iter().filter(|gap| **gap > 0.0).count();
    page.say(format!(
        "Net value over six years, changed less left as it was: {} in the middle world, {} on average; better in {better} of {} \
         worlds.",
        spread(&gaps),
        with_error(mean_and_error(&gaps)),
        gaps.len()
    ));
}

fn everybody_trained(page: &mut Page) {
    page.section("The 365 people trained at once (`train-365`)");
    // One product person for each team of `safe`.
    let company = ["company.teams=365"];
    let of = |reference: &str| {
        let mut arm = Arm::of(reference, &company);
        arm.span.horizon_weeks = WEEKS_OF_A_CHANGE;
        arm.outcomes(SEED, WORLDS_OF_MANY)
    };
    let (stayed, trained) = (of("safe@healthcare-saas"), of("safe+train-365@healthcare-saas"));
    let gaps = differences(&trained, &stayed, Outcome::NetValue);
    page.say(format!(
        "In `healthcare-saas`, 365 teams with a product person each, {WORLDS_OF_MANY} worlds. Net value over six years, trained and \
         changed less left as it was: {} in the middle world, {} on average. Product people in operations, data or research, \
         on average over the six years: {}. Product people who leave in a year: {} of a hundred, {} where nothing changes.",
        spread(&gaps),
        with_error(mean_and_error(&gaps)),
        with_error(mean(&trained, Outcome::OperationsPeople)),
        percent(&trained, Outcome::ProductAttritionPerYear),
        percent(&stayed, Outcome::ProductAttritionPerYear)
    ));
}

fn percent(outcomes: &[Outcomes], outcome: Outcome) -> String {
    figure(100.0 * mean(outcomes, outcome).0)
}

fn gap(one: &[Outcomes], other: &[Outcomes], outcome: Outcome) -> String {
    with_error(mean_and_error(&differences(one, other, outcome)))
}

fn typical(outcomes: &[Outcomes], outcome: Outcome) -> String {
    spread(&values(outcomes, outcome))
}

/// The middle of a sample, and between what 8 of 10 lie.
fn spread(sample: &[f64]) -> String {
    if sample.is_empty() {
        return "none".to_owned();
    }
    let [low, middle, high] = tenths(sample).map(figure);
    format!("{middle} ({low} to {high})")
}

/// What one in ten is below, the middle, and what one in ten is above; not numbers without a sample.
fn tenths(sample: &[f64]) -> [f64; 3] {
    let mut sorted = sample.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1) as f64;
    let at = |share: f64| sorted.get((last * share).round() as usize).copied();
    [0.1, 0.5, 0.9].map(|share| at(share).unwrap_or(f64::NAN))
}
