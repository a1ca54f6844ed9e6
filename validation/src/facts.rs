//! The chapter on stylised facts: what is known of organisations, whether the model shows it, and whether it had to.

use sim_core::outcomes::{Outcome, Outcomes};

use crate::arms::{Arm, correlation, differences, mean, models};
use crate::careers;
use crate::change;
use crate::interplay;
use crate::limits::mean_and_error;
use crate::page::{Page, figure, with_error};

/// Seed of all facts.
pub const SEED: u64 = 20_260_202;
/// Worlds behind most figures.
pub const WORLDS: u64 = 120;

/// Writes the chapter.
pub fn write(page: &mut Page) {
    page.chapter("Stylised facts");
    page.say(
        "Each fact is tagged: *imposed* facts follow from a stated form and show only that it works; *emergent* ones come \
         out of the interplay of rules and count as evidence. What fails is reported as failing.",
    );
    optimum_of_discovery(page);
    interplay::write(page);
    careers::write(page);
    full_load(page);
    cheaper_building(page);
    worthless_plans(page);
    trains_and_mandates(page);
    many_owners(page);
    change::write(page);
}

/// A sweep of one setting: a row for each value.
fn sweep(
    model: &str,
    path: &str,
    values: &[f64],
    outcomes: &[Outcome],
) -> (Vec<Vec<String>>, Vec<Vec<Outcomes>>) {
    let mut rows = Vec::new();
    let mut samples = Vec::new();
    for value in values {
        let sample = Arm::of(model, &[&format!("{path}={value}")]).outcomes(SEED, WORLDS);
        let cells = outcomes.iter().map(|outcome| with_error(mean(&sample, *outcome)));
        rows.push([format!("{value}")].into_iter().chain(cells).collect());
        samples.push(sample);
    }
    (rows, samples)
}

/// Whether the best of a sweep lies within it, by paired differences to both ends.
fn interior(samples: &[Vec<Outcomes>], outcome: Outcome) -> Option<(usize, f64, f64)> {
    let average = |sample: &Vec<Outcomes>| mean(sample, outcome).0;
    let best = (0..samples.len()).max_by(|a, b| average(&samples[*a]).total_cmp(&average(&samples[*b])))?;
    let above = |end: usize| {
        let (gap, error) = mean_and_error(&differences(&samples[best], &samples[end], outcome));
        if end == best { 0.0 } else { gap / error }
    };
    Some((best, above(0), above(samples.len() - 1)))
}

fn optimum_of_discovery(page: &mut Page) {
    page.section("More discovery is not always better");
    for (path, values) in [
        ("discovery.hours", [0.0, 2.0, 4.0, 8.0, 12.0, 16.0, 24.0, 32.0]),
        (
            "discovery.team_share",
            [0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.45],
        ),
    ] {
        let measured = [
            Outcome::NetValue,
            Outcome::ShippedValue,
            Outcome::DiscoveryHours,
            Outcome::JudgementRho,
        ];
        let (rows, samples) = sweep("empowered", path, &values, &measured);
        page.table(
            &[
                path,
                "net value",
                "shipped value",
                "hours of discovery",
                "ρ after evidence",
            ],
            rows,
        );
        if let Some((best, low, high)) = interior(&samples, Outcome::NetValue) {
            let found = if low > 3.0 && high > 3.0 {
                "an interior optimum"
            } else {
                "no interior optimum that three standard errors would settle"
            };
            page.say(format!(
                "*Emergent.* `empowered`, {path}: best at {}, {low:.1} standard errors above the lowest and {high:.1} above \
                 the highest setting: {found}.",
                values[best]
            ));
        }
    }
}

fn full_load(page: &mut Page) {
    page.section("Lead time explodes near full load");
    let rates = [0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5];
    let rows = rates.map(|rate| {
        let arm = Arm::of(
            "empowered",
            &[
                &format!("environment.opportunities_per_team_week={rate}"),
                "environment.loud_share=1",
                "environment.overlap_share=0",
                "commitment.start_threshold=-1e9",
                "commitment.backlog_limit=10000",
                "discovery.kill_threshold=-1e9",
                "behaviour.iteration_closure=0",
            ],
        );
        let outcomes = arm.outcomes(SEED, WORLDS / 2);
        let weeks = f64::from(arm.parameters.company.teams) * f64::from(arm.span.horizon_weeks);
        let (shipped, error) = mean(&outcomes, Outcome::ItemsShipped);
        vec![
            format!("{rate}"),
            with_error((shipped / weeks, error / weeks)),
            with_error(mean(&outcomes, Outcome::LeadTimeWeeks)),
        ]
    });
    page.say(
        "*Emergent.* `empowered` that takes on everything: needs per team and week, items shipped per team and week, and lead \
         time. Where fewer are shipped than arise, the load is full and lead time grows with the horizon.",
    );
    page.table(
        &[
            "needs per team and week",
            "shipped per team and week",
            "lead time, weeks",
        ],
        rows,
    );
}

fn cheaper_building(page: &mut Page) {
    page.section("Cheaper building and the gap between good and poor choosing");
    let mut rows = Vec::new();
    let mut gaps = Vec::new();
    for environment in ["enterprise", "ai-build"] {
        let sample = |model: &str, changes: &[&str]| {
            Arm::of(&format!("{model}@{environment}"), changes).outcomes(SEED, 2 * WORLDS)
        };
        let pairs = [
            (
                "`empowered` less `feature-factory`",
                sample("empowered", &[]),
                sample("feature-factory", &[]),
            ),
            (
                "`empowered`, craft 0.7 less craft 0.15",
                sample("empowered", &["company.discovery_craft=0.7"]),
                sample("empowered", &["company.discovery_craft=0.15"]),
            ),
        ];
        for (what, good, poor) in pairs {
            let gap = differences(&good, &poor, Outcome::ReturnOnTeamCost);
            rows.push(vec![
                environment.to_owned(),
                what.to_owned(),
                with_error(mean(&good, Outcome::ReturnOnTeamCost)),
                with_error(mean(&poor, Outcome::ReturnOnTeamCost)),
                with_error(mean_and_error(&gap)),
            ]);
            gaps.push(gap);
        }
    }
    page.table(
        &[
            "environment",
            "good less poor",
            "return, good",
            "return, poor",
            "gap",
        ],
        rows,
    );
    for (what, before, after) in [("models", 0, 2), ("craft", 1, 3)] {
        let widening: Vec<f64> = gaps[after]
            .iter()
            .zip(&gaps[before])
            .map(|(after, before)| after - before)
            .collect();
        let (change, error) = mean_and_error(&widening);
        page.say(format!(
            "*Emergent.* Gap between {what}: changes by {} where building costs a third: {}.",
            with_error((change, error)),
            match change / error {
                size if size > 3.0 => "it widens",
                size if size < -3.0 => "it narrows",
                _ => "not settled",
            }
        ));
    }
}

fn trains_and_mandates(page: &mut Page) {
    page.section("Long trains, a mandate and insolvency");
    let cadences = [0.0, 1.0, 5.0, 13.0, 26.0];
    let measured = [Outcome::InsolventShare, Outcome::Cash, Outcome::StakeholderTrust];
    let (rows, samples) = sweep(
        "safe@utility-billing",
        "release.cadence_weeks",
        &cadences,
        &measured,
    );
    page.table(
        &[
            "release.cadence_weeks",
            "insolvent share",
            "cash",
            "trust of stakeholders",
        ],
        rows,
    );
    let gap = differences(&samples[cadences.len() - 1], &samples[0], Outcome::InsolventShare);
    let (gap, error) = mean_and_error(&gap);
    page.say(format!(
        "*Emergent.* `safe@utility-billing`: with trains every half year {} more of the companies become insolvent than with \
         release on demand: {}.",
        with_error((gap, error)),
        if gap > 3.0 * error {
            "long trains raise insolvency"
        } else {
            "not settled"
        }
    ));
}

fn many_owners(page: &mut Page) {
    page.section("A product manager is worth less to each of many owners");
    let measured = [
        Outcome::ShippedValue,
        Outcome::DyadTrust,
        Outcome::DecisionDelayWeeks,
    ];
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut samples = Vec::new();
    for owners in [1.0, 2.0, 3.0, 4.0, 6.0, 8.0] {
        // As many owners as in the library, each with a part of a manager.
        let people = 1.4 * 2.0 / 3.0 * (1.0 + 1.0 / owners);
        let arm = Arm::of(
            "pm-po-pair",
            &[
                &format!("roles.owners_per_manager={owners}"),
                &format!("roles.product_people_per_team={people}"),
            ],
        );
        let sample = arm.outcomes(SEED, WORLDS);
        let cells = measured.map(|outcome| with_error(mean(&sample, outcome)));
        rows.push([format!("{owners}")].into_iter().chain(cells).collect());
        samples.push(sample);
    }
    let falls = |pair: &[Vec<Outcomes>]| {
        let (gap, error) = mean_and_error(&differences(&pair[0], &pair[1], Outcome::ShippedValue));
        gap > -3.0 * error
    };
    page.table(
        &[
            "owners for each manager",
            "shipped value",
            "trust",
            "weeks that decisions wait",
        ],
        rows,
    );
    page.say(format!(
        "*Imposed* in its direction, as a manager's talks and knowledge of teams are shared among owners; its size is emergent. \
         `pm-po-pair` with as many owners in each row: shipped value {}.",
        if samples.windows(2).all(falls) {
            "falls, or does not rise by more than three standard errors, with every step"
        } else {
            "does not fall all the way"
        }
    ));
}

fn worthless_plans(page: &mut Page) {
    page.section("A plan can be delivered and worthless");
    let outcomes = Arm::of("safe", &[]).outcomes(SEED, 5 * WORLDS);
    let both = |outcomes: &Outcomes| {
        Some((
            outcomes.get(Outcome::Predictability)?,
            outcomes.get(Outcome::ReturnOnTeamCost)?,
        ))
    };
    let pairs: Vec<(f64, f64)> = outcomes.iter().filter_map(both).collect();
    let (predictability, returns): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let across = correlation(&predictability, &returns);
    let error = (1.0 - across * across) / (pairs.len() as f64 - 2.0).sqrt();
    let mut sorted = predictability.clone();
    sorted.sort_by(f64::total_cmp);
    let high = sorted[sorted.len() * 3 / 4];
    let kept: Vec<_> = pairs
        .iter()
        .filter(|(predictability, _)| *predictability >= high)
        .collect();
    let lost = kept.iter().filter(|(_, value)| *value < 1.0).count() as f64 / kept.len() as f64;
    page.say(format!(
        "*Emergent.* `safe`, {} worlds: predictability and return on team cost correlate by {across:.2} ± {error:.2}. Of the \
         worlds with the most predictable quarter of plans (at least {:.0} % of forecasts delivered), {:.0} % return less \
         than their teams cost.",
        pairs.len(),
        100.0 * high,
        100.0 * lost
    ));
    let by_model = |name: &str| {
        let outcomes = Arm::of(name, &[]).outcomes(SEED, WORLDS);
        (
            mean(&outcomes, Outcome::Predictability),
            mean(&outcomes, Outcome::ReturnOnTeamCost),
        )
    };
    let table: Vec<_> = models()
        .into_iter()
        .filter(|name| !name.starts_with("reference"))
        .map(|name| (name, by_model(name)))
        .collect();
    let (x, y): (Vec<f64>, Vec<f64>) = table.iter().map(|(_, (x, y))| (x.0, y.0)).unzip();
    page.table(
        &["model", "predictability", "return on team cost"],
        table
            .iter()
            .map(|(name, (x, y))| vec![(*name).to_owned(), with_error(*x), with_error(*y)]),
    );
    page.say(format!(
        "Across these {} models the means correlate by {}.",
        table.len(),
        figure(correlation(&x, &y))
    ));
}
