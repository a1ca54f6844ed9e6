//! What a comparison says: nothing about equal arms, the right thing about different ones, each rule's own end.

use std::sync::atomic::AtomicBool;

use experiments::result::{Difference, PairResult, Stopped, Verdict};
use experiments::{Stopping, compare};
use sim_core::outcomes::Outcome;

use crate::toy::{engine, plan, scenario};

fn difference(pair: &PairResult, outcome: Outcome) -> &Difference {
    let mut outcomes = pair.outcomes.iter();
    &outcomes
        .find(|(found, _)| *found == outcome)
        .expect("both arms have the outcome")
        .1
}

#[test]
fn equal_arms_differ_by_exact_zeros_and_the_verdict_says_so() {
    let arms = vec![scenario("a", &[], &[]), scenario("same", &[], &[])];
    let found = compare(&plan(arms), &engine, &mut (), &AtomicBool::new(false)).unwrap();
    assert_eq!(
        (found.settings.replications, found.settings.stopped),
        (400, Stopped::Settled)
    );
    for (outcome, difference) in &found.settings.pairs[0].outcomes {
        assert_eq!(difference.summary.mean, 0.0);
        assert_eq!(difference.summary.ci95, Some((0.0, 0.0)));
        assert_eq!(difference.summary.marks, [0.0; 20]);
        assert_eq!(difference.variance_reduction, None);
        if *outcome == Outcome::ItemsShipped {
            assert_eq!(
                (difference.verdict, difference.better_in_20),
                (None, None),
                "neutral outcomes have no verdict"
            );
        } else {
            assert_eq!(difference.verdict, Some(Verdict::NoPracticalDifference));
            assert_eq!(
                (difference.better_in_20, difference.probability_better),
                (Some(10), Some(0.5))
            );
        }
    }
}

#[test]
fn a_clear_difference_settles_at_the_first_look_in_the_right_direction() {
    let arms = vec![
        scenario("low", &[("strategy.clarity", 0.2)], &[]),
        scenario("high", &[("strategy.clarity", 0.8)], &[]),
        scenario("lower", &[("strategy.clarity", 0.1)], &[]),
    ];
    let found = compare(&plan(arms), &engine, &mut (), &AtomicBool::new(false)).unwrap();
    let settings = &found.settings;
    assert_eq!((settings.replications, settings.stopped), (400, Stopped::Settled));
    let pairs: Vec<(usize, usize)> = settings
        .pairs
        .iter()
        .map(|pair| (pair.arm, pair.baseline))
        .collect();
    assert_eq!(pairs, [(1, 0), (2, 0), (2, 1)]);
    let value = difference(&settings.pairs[0], Outcome::ShippedValue);
    assert_eq!(
        (value.verdict, value.better_in_20),
        (Some(Verdict::Better), Some(20))
    );
    assert!((value.summary.mean - 60.0).abs() < 1.0);
    assert!(value.variance_reduction.unwrap() > 50.0, "shared luck cancels");
    let lead_time = difference(&settings.pairs[0], Outcome::LeadTimeWeeks);
    assert_eq!(
        (lead_time.verdict, lead_time.better_in_20),
        (Some(Verdict::Better), Some(20))
    );
    let against_high = difference(&settings.pairs[2], Outcome::ShippedValue);
    assert_eq!(
        (against_high.verdict, against_high.better_in_20),
        (Some(Verdict::Worse), Some(0))
    );
    assert_eq!(
        against_high.ignorance_share, None,
        "there is no ignorance under fixed settings"
    );
}

#[test]
fn outcomes_missing_in_some_worlds_are_summarised_over_the_others() {
    let arms = vec![
        scenario("a", &[], &[]),
        scenario("b", &[("strategy.clarity", 0.9)], &[]),
    ];
    let plan = experiments::ComparisonPlan {
        stopping: Stopping::Fixed(30),
        ..plan(arms)
    };
    let found = compare(&plan, &engine, &mut (), &AtomicBool::new(false)).unwrap();
    let arm = &found.settings.arms[0];
    let counts: Vec<(Outcome, u64)> = arm
        .outcomes
        .iter()
        .map(|(outcome, summary)| (*outcome, summary.replications))
        .collect();
    assert!(counts.contains(&(Outcome::PaybackWeek, 10)));
    assert!(counts.contains(&(Outcome::ShippedValue, 30)));
    assert!(
        !counts.iter().any(|(outcome, _)| *outcome == Outcome::Morale),
        "what is never known is absent"
    );
}

#[test]
fn weekly_bands_and_samples_cover_the_same_worlds_in_every_arm() {
    let arms = vec![scenario("a", &[], &[]), scenario("b", &[], &[])];
    let plan = experiments::ComparisonPlan {
        stopping: Stopping::Fixed(60),
        ..plan(arms)
    };
    let found = compare(&plan, &engine, &mut (), &AtomicBool::new(false)).unwrap();
    let arm = &found.settings.arms[1];
    assert_eq!((arm.weekly.len(), arm.sample_worlds.len()), (12, 7));
    assert_eq!(arm.sample_worlds, found.settings.arms[0].sample_worlds);
    let value = &arm
        .outcomes
        .iter()
        .find(|(outcome, _)| *outcome == Outcome::ShippedValue)
        .unwrap()
        .1;
    assert!((arm.weekly[0][0].mean - value.mean).abs() < 1e-9);
    assert!((arm.weekly[0][0].quantiles[3] / value.quantiles[3] - 1.0).abs() < 0.01);
}

#[test]
fn precision_is_reached_or_the_cap_is_named() {
    let arms = || {
        vec![
            scenario("a", &[("strategy.clarity", 0.2)], &[]),
            scenario("b", &[("strategy.clarity", 0.9)], &[]),
        ]
    };
    let loose = experiments::ComparisonPlan {
        stopping: Stopping::Precision(0.01),
        ..plan(arms())
    };
    let found = compare(&loose, &engine, &mut (), &AtomicBool::new(false)).unwrap();
    assert_eq!(found.settings.stopped, Stopped::Precise);
    let interval = difference(&found.settings.pairs[0], Outcome::ShippedValue)
        .summary
        .ci95
        .unwrap();
    // The smallest gap is 2 % of the baseline's team cost, so half of it is the 1 % asked for.
    assert!(0.5 * (interval.1 - interval.0) <= 0.5 * found.smallest_gap);
    let strict = experiments::ComparisonPlan {
        stopping: Stopping::Precision(1e-6),
        cap: 500,
        ..plan(arms())
    };
    let found = compare(&strict, &engine, &mut (), &AtomicBool::new(false)).unwrap();
    assert_eq!(
        (found.settings.replications, found.settings.stopped),
        (500, Stopped::Cap)
    );
}

#[test]
fn unusable_plans_are_refused_with_what_to_do() {
    let arms = || vec![scenario("a", &[], &[]), scenario("b", &[], &[])];
    let message = |plan| {
        compare(&plan, &engine, &mut (), &AtomicBool::new(false))
            .unwrap_err()
            .to_string()
    };
    assert!(message(plan(vec![scenario("a", &[], &[])])).contains("at least two arms, and 1 is given"));
    assert!(
        message(plan(vec![scenario("a", &[], &[]), scenario("a", &[], &[])]))
            .contains("two arms are called a")
    );
    let zero = experiments::ComparisonPlan {
        stopping: Stopping::Fixed(0),
        ..plan(arms())
    };
    assert!(message(zero).contains("number of replications is 0: allowed is 1 or more"));
    let nan = experiments::ComparisonPlan {
        stopping: Stopping::Precision(f64::NAN),
        ..plan(arms())
    };
    assert!(message(nan).contains("the precision is NaN"));
    let infinite = [("environment.wear_half_life_weeks", 52.0, f64::INFINITY)];
    let endless = experiments::ComparisonPlan {
        plausible: true,
        ..plan(vec![scenario("a", &[], &infinite), scenario("b", &[], &[])])
    };
    assert!(message(endless).contains("a: environment.wear_half_life_weeks cannot be drawn"));
}

#[test]
fn beyond_a_hundred_thousand_worlds_quantiles_come_from_sketches_and_agree() {
    let arms = vec![
        scenario("a", &[("strategy.clarity", 0.2)], &[]),
        scenario("b", &[("strategy.clarity", 0.6)], &[]),
    ];
    let of = |worlds| {
        let plan = experiments::ComparisonPlan {
            stopping: Stopping::Fixed(worlds),
            ..plan(arms.clone())
        };
        compare(&plan, &engine, &mut (), &AtomicBool::new(false))
            .unwrap()
            .settings
    };
    let (exact, sketched) = (of(100_000), of(100_001));
    let pairs = exact.arms[0]
        .outcomes
        .iter()
        .zip(&sketched.arms[0].outcomes)
        .map(|(one, other)| (&one.1, &other.1));
    let differences = exact.pairs[0].outcomes.iter().zip(&sketched.pairs[0].outcomes);
    let differences = differences.map(|(one, other)| (&one.1.summary, &other.1.summary));
    for (one, other) in pairs.chain(differences) {
        for (exact, sketched) in one.marks.iter().zip(&other.marks) {
            assert!(
                (exact - sketched).abs() <= exact.abs() / 200.0 + 2e-3,
                "{sketched} for {exact}"
            );
        }
    }
    let marks = |result: &experiments::result::BasisResult| result.arms[0].outcomes[0].1.marks;
    assert_ne!(
        marks(&exact),
        marks(&sketched),
        "one of the two is not what it should be"
    );
}
