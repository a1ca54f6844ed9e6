//! The chapter on docking: the reference model as a setting of the engine, beside the figures of independent programs.

use sim_core::outcomes::Outcome;

use crate::arms::{Arm, differences, mean};
use crate::limits::mean_and_error;
use crate::page::{Page, figure, with_error};

const REPLICATIONS: u64 = 20_000;
const SEED: u64 = 2026;

/// The rules of the reference model and the settings that make the engine obey them.
const MAPPING: &[(&str, &str)] = &[
    (
        "12 teams, weeks 0 to 155",
        "`company.teams` 12, horizon 156, `warm_up_weeks` 0",
    ),
    (
        "each team alone",
        "`company.teams_per_line` 1, `environment.coupling` 0, `overlap_share` 0",
    ),
    (
        "Poisson(0.8) ideas a week",
        "`environment.opportunities_per_team_week` 0.8",
    ),
    ("every idea visible at birth", "`environment.loud_share` 1"),
    (
        "value 0.2 + t₃, whatever the size",
        "`value_location` 0.2, `value_spread` 1, `value_scale` 1, `value_maximum` 1e12, `size_elasticity` 0",
    ),
    (
        "value has one part",
        "`delight_spread` 0, `local_share` 1, `local_spread` 0",
    ),
    (
        "effort LogNormal(0.5, 0.6), known",
        "`effort_median` e^0.5, `effort_spread` 0.6, `estimate_noise` 0, `infeasible_share` 0",
    ),
    (
        "estimate v + N(0, 2), flat prior",
        "`behaviour.first_estimate_noise` 2, `prior_weight` 0, claim weights 0",
    ),
    (
        "backlog of 64, lowest estimate leaves",
        "`commitment.backlog_limit` 64 (the rule of eviction is the engine's)",
    ),
    (
        "rank by estimate over effort",
        "`incentives.outcome_weight` 1, `behaviour.payoff_weeks` 1, `cost_weight` 0",
    ),
    (
        "capacity LogNormal(0, 0.2), remainder lost",
        "`environment.capacity_noise` 0.2, `commitment.carry_leftover_capacity` false, `wip_limit` 1",
    ),
    (
        "quarterly: plan 10.2 every 12 weeks, last one may exceed",
        "`commitment.style` plan, `cadence_weeks` 12, `load_factor` 0.85, `start_threshold` −1e9, `pull_when_empty` false",
    ),
    (
        "continuous: start if estimate > 0",
        "`commitment.style` pull, `start_threshold` 0",
    ),
    (
        "continuous: 3 tests of N(0, 1.5) a week on the best ranked, 25 % of capacity",
        "`discovery.hours` 3, `hours_per_test` 1, `aim` score, `team_share` 0.25, `engineer_tests_per_week` 0, `behaviour.evidence_noise` 1.5, craft and access 1",
    ),
    (
        "value × exp(−age/52) at shipping, harm too",
        "`staleness_half_life_weeks` and `harm_staleness_half_life_weeks` 52 ln 2",
    ),
    (
        "× (155 − week shipped)",
        "wear and harm half-lives infinite, `discount_per_year` 0; value counts from the week after shipping",
    ),
    (
        "no people, debt, trust, stakeholders, releases",
        "their rates, effects and costs 0; `release.cadence_weeks` 0",
    ),
];

/// Published figures: outcome, mean and standard error where it is given.
type Published = (Outcome, f64, Option<f64>);

const QUARTERLY: [Published; 3] = [
    (Outcome::ShippedValue, 32_753.0, Some(23.0)),
    (Outcome::ItemsShipped, 720.7, None),
    (Outcome::LeadTimeWeeks, 17.12, None),
];
const CONTINUOUS: [Published; 3] = [
    (Outcome::ShippedValue, 50_067.0, Some(25.0)),
    (Outcome::ItemsShipped, 572.7, None),
    (Outcome::LeadTimeWeeks, 9.66, None),
];

/// Writes the chapter.
pub fn write(page: &mut Page) {
    page.chapter("Docking: the small reference model");
    page.say(
        "The reference model was written independently in other programs. The engine expresses it by switching mechanisms \
         off (environment `reference`, operating models `reference-quarterly` and `reference-continuous`), not by code of \
         its own. `tests/docking.rs` compares both under seventeen settings.",
    );
    page.table(
        &["reference model", "setting of the engine"],
        MAPPING
            .iter()
            .map(|(rule, setting)| vec![(*rule).to_owned(), (*setting).to_owned()]),
    );
    let arm = |name| Arm::of(name, &[]).outcomes(SEED, REPLICATIONS);
    let (quarterly, continuous) = (arm("reference-quarterly"), arm("reference-continuous"));
    let row = |name: &str, outcomes: &[_], (outcome, expected, error): Published| {
        let found = mean(outcomes, outcome);
        compared(&format!("{name}: {}", outcome.row().name), expected, error, found)
    };
    let mut rows: Vec<_> = QUARTERLY
        .map(|published| row("quarterly", &quarterly, published))
        .to_vec();
    rows.extend(CONTINUOUS.map(|published| row("continuous", &continuous, published)));
    let paired = mean_and_error(&differences(&continuous, &quarterly, Outcome::ShippedValue));
    rows.push(compared(
        "paired difference: shipped_value",
        17_314.0,
        Some(10.0),
        paired,
    ));
    page.say(format!(
        "{REPLICATIONS} replications, seed {SEED}. Both arms live in the same worlds, so their figures rise and fall together: \
         the rows are not independent, and the paired difference is the sharpest of them."
    ));
    page.table(&["figure", "expected", "found", "standard errors apart"], rows);
}

fn compared(what: &str, expected: f64, error: Option<f64>, found: (f64, f64)) -> Vec<String> {
    // Where no error is published, the other program is taken to have that of the same number of replications here.
    let other = error.unwrap_or(found.1);
    let apart = (found.0 - expected).abs() / found.1.hypot(other);
    let expected = error.map_or_else(|| figure(expected), |error| with_error((expected, error)));
    vec![
        what.to_owned(),
        expected,
        with_error(found),
        format!("{apart:.1}"),
    ]
}
