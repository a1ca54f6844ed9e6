//! The section on training: what it brings where people may practise, and where they may not.

use sim_core::outcomes::Outcome;

use crate::arms::{Arm, differences, mean};
use crate::facts::{SEED, WORLDS};
use crate::limits::mean_and_error;
use crate::page::{Page, with_error};

const TRAINED: &[&str] = &["careers.training_share=1", "careers.training_weeks=2"];
const UNTRAINED: &[&str] = &["careers.training_share=0"];

/// Ways of working from nobody allowed to practise to everything in place, each with the changes that make it.
const SETTINGS: [(&str, &[&str]); 4] = [
    ("`safe`, no time for discovery", &["discovery.hours=0"]),
    ("`safe`", &[]),
    (
        "`safe` with time and access",
        &["discovery.hours=8", "customer_access.product_people=0.55"],
    ),
    (
        "`safe` with time, access, outcomes and clarity",
        &[
            "discovery.hours=8",
            "customer_access.product_people=0.55",
            "incentives.outcome_weight=0.7",
            "strategy.clarity=0.65",
        ],
    ),
];

/// Writes the section.
pub fn write(page: &mut Page) {
    page.section("Training alone changes little where nobody may practise");
    page.say(
        "*Imposed*: what training brings fades unless it is practised. *Emergent*: what that is worth. Two weeks of training \
         for everybody once a year, against none (paired worlds).",
    );
    let mut rows = Vec::new();
    for exponent in ["-5", "0", "1"] {
        for (name, changes) in SETTINGS {
            rows.push(row(exponent, name, changes));
        }
    }
    page.table(
        &[
            "CES exponent",
            "way of working",
            "craft untrained",
            "craft gained by training",
            "shipped value gained",
            "net value gained",
        ],
        rows,
    );
}

fn row(exponent: &str, name: &str, changes: &[&str]) -> Vec<String> {
    let exponent_set = format!("behaviour.craft_access_exponent={exponent}");
    let outcomes = |training: &[&str]| {
        let changes = [changes, training, &[exponent_set.as_str()]].concat();
        Arm::of("safe", &changes).outcomes(SEED, WORLDS)
    };
    let (untrained, trained) = (outcomes(UNTRAINED), outcomes(TRAINED));
    let gain = |outcome| with_error(mean_and_error(&differences(&trained, &untrained, outcome)));
    vec![
        exponent.to_owned(),
        name.to_owned(),
        with_error(mean(&untrained, Outcome::Craft)),
        gain(Outcome::Craft),
        gain(Outcome::ShippedValue),
        gain(Outcome::NetValue),
    ]
}
