//! A ledger finds what is there, whoever is tried beside it, at any number of threads.

use std::sync::atomic::AtomicBool;

use experiments::ledger::{ClaimVerdict, Finding, LedgerPlan, Question, try_claims};
use scenarios::Scenario;
use sim_core::outcomes::Outcome;
use sim_core::parameters::Parameters;
use sim_core::simulation::{Request, Span, WorldKey};

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
        without: Some([arm(from), arm(from)]),
        outcome: Outcome::ShippedValue,
        higher,
        horizon_weeks: 12,
        reference: arm(0.75),
    }
}

fn plan(questions: Vec<Question>) -> LedgerPlan {
    LedgerPlan {
        questions,
        draws: 300,
        seed: 11,
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
fn each_claim_is_tried_over_its_own_weeks_with_its_own_runs() {
    // Value grows with the weeks that are simulated, so a run over other weeks cannot stand in for one.
    let growing = |parameters: &Parameters, span: Span, key: WorldKey, request: Request| {
        let mut run = engine(parameters, span, key, request);
        let value = run.outcomes.get(Outcome::ShippedValue).unwrap_or_default();
        let weeks = f64::from(span.horizon_weeks);
        run.outcomes.set(Outcome::ShippedValue, weeks * value);
        run
    };
    let over = |horizon_weeks| Question {
        horizon_weeks,
        ..question(0.3, 0.7, true)
    };
    let try_all = |questions| {
        try_claims(
            &plan(questions),
            &growing,
            &mut |_, _| {},
            &AtomicBool::new(false),
        )
        .expect("the plan can be tried")
    };
    let all = try_all(vec![over(24), over(12), over(24)]);
    let weeks: Vec<u32> = all.iter().map(|finding| finding.horizon_weeks).collect();
    assert_eq!(weeks, [24, 12, 24]);
    let effect = |finding: &Finding| finding.effect.expect("there are companies").mean;
    assert!((effect(&all[0]) / effect(&all[1]) - 2.0).abs() < 1e-12);
    assert_eq!(all[0], all[2]);
    assert_eq!(all[1], try_all(vec![over(12)])[0]);
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
