//! A ledger finds what is there, whoever is tried beside it, at any number of threads.

use std::sync::atomic::AtomicBool;

use experiments::ledger::{ClaimVerdict, Finding, LedgerPlan, Question, try_claims};
use scenarios::Scenario;
use sim_core::outcomes::Outcome;

use crate::toy::{engine, scenario};

/// Arms of a company whose clarity is uncertain around `clarity`: value is 100 times clarity and luck.
fn arm(clarity: f64) -> Scenario {
    scenario(
        "arm",
        &[("strategy.clarity", clarity), ("company.discovery_craft", 0.4)],
        &[
            ("strategy.clarity", clarity - 0.2, clarity + 0.2),
            ("company.discovery_craft", 0.1, 0.9),
        ],
    )
}

fn question(from: f64, to: f64, higher: bool) -> Question {
    Question {
        arms: [arm(from), arm(to)],
        without: [arm(from), arm(from)],
        outcome: Outcome::ShippedValue,
        higher,
        reference: arm(0.75),
    }
}

fn plan(questions: Vec<Question>) -> LedgerPlan {
    LedgerPlan {
        questions,
        draws: 300,
        seed: 11,
        horizon_weeks: 12,
        threads: 2,
        ledger_size: 5,
        smallest_gap_share: 0.02,
    }
}

fn found(plan: &LedgerPlan) -> Vec<Finding> {
    try_claims(plan, &engine, &mut |_, _| {}, &AtomicBool::new(false)).expect("the plan can be tried")
}

#[test]
fn verdicts_are_those_of_the_toy() {
    let all = found(&plan(vec![
        question(0.3, 0.7, true),
        question(0.3, 0.7, false),
        question(0.5, 0.501, true),
    ]));
    let verdicts: Vec<ClaimVerdict> = all.iter().map(|finding| finding.verdict).collect();
    let [holds, opposite, same] = [0, 1, 2].map(|place| &all[place]);
    assert_eq!(verdicts[..2], [ClaimVerdict::Holds, ClaimVerdict::DoesNotHold]);
    assert_ne!(verdicts[2], ClaimVerdict::Holds);
    let effect = holds.effect.unwrap();
    let (low, high) = effect.interval.unwrap();
    // Clarity rises by 0.4 on average, value by 40; the interval misses it in one of a hundred seeds.
    assert!(low < 40.0 && 40.0 < high && high - low < 10.0, "{effect:?}");
    let (share, other) = (holds.share.unwrap(), opposite.share.unwrap());
    assert!((share.share + other.share - 1.0).abs() < 1e-12);
    assert!(holds.left.unwrap().mean.abs() < 1e-12, "the same arm twice");
    assert!(same.share.unwrap().interval.0 < 0.5);
    assert!(holds.companies > 250 && holds.left_out == 0, "{holds:?}");
}

#[test]
fn what_is_found_depends_neither_on_its_neighbours_nor_on_threads() {
    let one = question(0.3, 0.6, true);
    let alone = found(&plan(vec![one.clone()]));
    let among = found(&LedgerPlan {
        threads: 1,
        ..plan(vec![question(0.2, 0.4, false), one, question(0.3, 0.9, true)])
    });
    assert_eq!(alone[0], among[1]);
}

#[test]
fn few_companies_carry_no_verdict_and_a_cancelled_ledger_gives_nothing() {
    let small = LedgerPlan {
        draws: 20,
        ..plan(vec![question(0.3, 0.7, true)])
    };
    assert_eq!(found(&small)[0].verdict, ClaimVerdict::TooFewCompanies);
    let cancelled = try_claims(&small, &engine, &mut |_, _| {}, &AtomicBool::new(true));
    assert!(matches!(cancelled, Err(experiments::ComparisonError::Stopped)));
}
