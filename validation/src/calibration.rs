//! The chapter on calibration: what the baseline ships and returns, the bounds, and how well each model judges.

use sim_core::outcomes::{Outcome, Outcomes};
use sim_core::simulation::Chooser;

use crate::arms::{Arm, mean, models};
use crate::page::{Page, with_error};

const WORLDS: u64 = 400;
const SEED: u64 = 2026;

/// Writes the chapter.
pub fn write(page: &mut Page) {
    page.chapter("Calibration discipline");
    baseline(page);
    bounds(page);
    judgement(page);
}

fn baseline(page: &mut Page) {
    let outcomes = Arm::of("safe", &[]).outcomes(SEED, WORLDS);
    page.section("Baseline");
    page.say(format!(
        "`safe@enterprise`, {WORLDS} worlds. Location and flat band of the market are set by the shares, the scale of value \
         by the return, and nothing else is tuned."
    ));
    let row = |outcome: Outcome, target: &str| {
        vec![
            outcome.row().name.to_owned(),
            target.to_owned(),
            with_error(mean(&outcomes, outcome)),
        ]
    };
    page.table(
        &["outcome", "target", "found"],
        [
            row(Outcome::HelpedShare, "0.40"),
            row(Outcome::FlatShare, "0.35"),
            row(Outcome::HarmedShare, "0.25"),
            row(Outcome::ReturnOnTeamCost, "1.2 (0.9 to 1.6)"),
        ],
    );
}

fn bounds(page: &mut Page) {
    page.section("Bounds");
    page.say(
        "Only the chooser is swapped: a die, or somebody who knows every true value. A die should lose money; that is a \
         check, not a target.",
    );
    let mut rows = Vec::new();
    for name in ["safe", "empowered"] {
        let arm = Arm::of(name, &[]);
        for (who, chooser) in [
            ("a die", Chooser::Random),
            ("people", Chooser::Believing),
            ("true values", Chooser::Omniscient),
        ] {
            let outcomes = arm.bounded(SEED, WORLDS / 2, chooser);
            rows.push(bound_row(name, who, &outcomes));
        }
    }
    let solvent = rows.iter().filter(|row| row[1] == "a die" && row[5] != "yes");
    let solvent: Vec<String> = solvent.map(|row| format!("`{}`", row[0])).collect();
    page.table(
        &[
            "model",
            "who chooses",
            "shipped value",
            "net value",
            "return on team cost",
            "loses money",
        ],
        rows,
    );
    if !solvent.is_empty() {
        page.say(format!(
            "The check fails for {}: where harm is seen and taken back and little is lost on the way, even a die earns its \
             keep in this market. What an arm gains over another must be read beside that.",
            solvent.join(", ")
        ));
    }
}

fn bound_row(name: &str, who: &str, outcomes: &[Outcomes]) -> Vec<String> {
    let net = mean(outcomes, Outcome::NetValue);
    vec![
        name.to_owned(),
        who.to_owned(),
        with_error(mean(outcomes, Outcome::ShippedValue)),
        with_error(net),
        with_error(mean(outcomes, Outcome::ReturnOnTeamCost)),
        match net {
            (mean, error) if mean < -3.0 * error => "yes",
            (mean, error) if mean > 3.0 * error => "no",
            _ => "not settled",
        }
        .to_owned(),
    ]
}

fn judgement(page: &mut Page) {
    page.section("Implied judgement ρ");
    page.say(format!(
        "Correlation of what choosers go by with true value, over all visible candidates at moments of choice, before and \
         after own evidence. Measured for staff and experts: 0 to 0.4 before evidence. {} worlds each.",
        WORLDS / 4
    ));
    let row = |name: &str| {
        let outcomes = Arm::of(name, &[]).outcomes(SEED, WORLDS / 4);
        vec![
            name.to_owned(),
            with_error(mean(&outcomes, Outcome::JudgementRhoBeforeEvidence)),
            with_error(mean(&outcomes, Outcome::JudgementRho)),
            with_error(mean(&outcomes, Outcome::ReturnOnTeamCost)),
            with_error(mean(&outcomes, Outcome::HelpedShare)),
        ]
    };
    page.table(
        &[
            "model",
            "ρ before evidence",
            "ρ after evidence",
            "return on team cost",
            "helped share",
        ],
        models().into_iter().map(row),
    );
}
