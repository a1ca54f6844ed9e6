//! Sensitivity indices are those of theory, with and without chance, and screening finds what Morris planted.

use std::sync::atomic::AtomicBool;

use experiments::ComparisonError;
use experiments::evaluation::Setting;
use experiments::sampling::scrambled_sobol;
use experiments::sensitivity::indices::{Ranking, Row, indices};
use experiments::sensitivity::{Explained, FactorKind, Screening, Sensitivity, SensitivityPlan};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use sim_core::outcomes::{Outcome, Outcomes};
use sim_core::parameters::Parameters;
use sim_core::simulation::{Request, Run, Span, WorldKey};

use crate::textbook::{estimated, g, g_truth, ishigami, ishigami_truth, largest_error, screen};
use crate::toy::{engine, luck, normal, scenario};

#[test]
fn the_ishigami_function_has_its_indices() {
    let found = estimated(ishigami, 3, 4096, 0.0);
    let error = largest_error(&found, &ishigami_truth());
    assert!(error < 0.02, "{error} {found:?}");
    assert_eq!(found.chance.expect("it varies").value, 0.0);
}

#[test]
fn the_g_function_has_its_indices() {
    let found = estimated(g, 8, 4096, 0.0);
    let error = largest_error(&found, &g_truth());
    assert!(error < 0.02, "{error} {found:?}");
}

#[test]
fn chance_as_large_as_the_rest_is_named_and_moves_no_index() {
    let variance = 13.844_587_940_719_254_f64;
    let found = estimated(ishigami, 3, 16_384, variance.sqrt());
    let chance = found.chance.expect("it varies");
    // Its standard error is below 0.01.
    assert!((chance.value - 0.5).abs() < 0.04, "{chance:?}");
    for (index, truth) in found.factors.iter().zip(ishigami_truth()) {
        for (estimate, truth) in [(index.first, truth.0), (index.total, truth.1)] {
            let estimate = estimate.expect("it varies");
            // Four standard errors: six false alarms in 10⁵ seeds for each of six figures.
            let allowed = estimate.high - estimate.low;
            assert!(
                (estimate.value - truth).abs() < allowed && allowed < 0.1,
                "{estimate:?} {truth}"
            );
        }
    }
}

#[test]
fn intervals_hold_the_truth_about_as_often_as_they_say() {
    // A sum of two coordinates with weights 2 and 1 and chance: indices 0.8 and 0.2. 100 designs of 128 rows each; 95 %
    // intervals should hold 95 of them; below 86 is a false alarm in 3,000 seeds.
    let mut noise = ChaCha8Rng::seed_from_u64(8);
    let mut held = 0;
    for seed in 0..100 {
        let mut run = |place: [f64; 2]| 2.0 * place[0] + place[1] + 0.5 * normal(&mut noise);
        let rows: Vec<Row> = (0..128)
            .map(|row| {
                let u: Vec<f64> = (0..4).map(|d| scrambled_sobol(row, d, 100 + seed)).collect();
                let (a, b) = ([u[0], u[1]], [u[2], u[3]]);
                Row {
                    a: [run(a), run(a)],
                    b: [run(b), run(b)],
                    mixed: vec![run([b[0], a[1]]), run([a[0], b[1]])],
                }
            })
            .collect();
        let found = indices(&rows, Ranking::Values, seed).expect("enough rows");
        let first = found.factors[0].first.expect("it varies");
        held += usize::from(first.low < 0.8 && 0.8 < first.high);
    }
    assert!(held >= 86, "{held}");
}

#[test]
fn ranks_do_not_care_how_far_values_stretch() {
    let plain = |place: &[f64]| 2.0 * place[0] + place[1];
    let rows = |stretch: fn(f64) -> f64| -> Vec<Row> {
        let value = |place: [f64; 2]| stretch(plain(&place));
        (0..256)
            .map(|row| {
                let u: Vec<f64> = (0..4).map(|d| scrambled_sobol(row, d, 4)).collect();
                Row {
                    a: [value([u[0], u[1]]); 2],
                    b: [value([u[2], u[3]]); 2],
                    mixed: vec![value([u[2], u[1]]), value([u[0], u[3]])],
                }
            })
            .collect()
    };
    let straight = indices(&rows(|value| value), Ranking::Ranks, 1);
    assert_eq!(
        straight,
        indices(&rows(|value| value * value * value), Ranking::Ranks, 1)
    );
}

#[test]
fn what_never_varies_has_no_indices() {
    let found = estimated(|_| 7.0, 2, 64, 0.0);
    assert_eq!(found.chance, None);
    assert!(
        found
            .factors
            .iter()
            .all(|factor| factor.first.is_none() && factor.total.is_none())
    );
}

#[test]
fn screening_finds_what_morris_planted() {
    // Figure 1 of the paper: inputs 1 to 10 matter, 11 to 20 do not; 8 to 10 act alike everywhere with an effect of 40,
    // 1 to 7 depend on others.
    for chance in [0.0, 5.0] {
        let found = screen(40, chance);
        for (input, effect) in found.iter().enumerate() {
            let is_large = effect.size.value > 22.0;
            assert_eq!(is_large, input < 10, "{input} {effect:?}");
        }
        for steady in &found[7..10] {
            // Its own ±1 interactions have a standard deviation of √19 × 2 × 0.745 = 6.5; the error of a mean of 40 is 1.
            assert!((steady.mean.value - 40.0).abs() < 6.0, "{steady:?}");
            assert!(steady.deviation < 16.0, "{steady:?}");
        }
        assert!(found[..6].iter().all(|effect| effect.deviation > 20.0));
    }
    // Without chance the size is the root mean square of the effects.
    for effect in screen(10, 0.0) {
        let square =
            effect.mean.value * effect.mean.value + effect.deviation * effect.deviation * 19.0 / 20.0;
        assert!((effect.size.value - square.sqrt()).abs() < 1e-9);
    }
}

fn plan(threads: usize, arms: usize) -> SensitivityPlan {
    let ranges = [
        ("strategy.clarity", 0.1, 0.9),
        ("company.discovery_craft", 0.1, 0.9),
    ];
    let high = scenario("b", &[("strategy.clarity", 0.8)], &ranges[1..]);
    let low = scenario("a", &[("strategy.clarity", 0.5)], &ranges);
    SensitivityPlan {
        arms: [low, high].into_iter().take(arms).collect(),
        setting: Setting {
            span: Span {
                warm_up_weeks: 4,
                horizon_weeks: 12,
            },
            seed: 7,
            outcome: Outcome::ShippedValue,
            threads,
        },
        trajectories: 12,
        rows: 512,
        parameters: 1,
        ranking: Ranking::Values,
    }
}

fn explain(plan: SensitivityPlan, engine: &impl experiments::Engine) -> (Screening, Explained) {
    let (cancel, mut watch) = (AtomicBool::new(false), |_, _| {});
    let sensitivity = Sensitivity::new(plan, engine).expect("a usable plan");
    let screening = sensitivity.screen(&mut watch, &cancel).expect("screened");
    let explained = sensitivity
        .explain(&screening, &mut watch, &cancel)
        .expect("explained");
    (screening, explained)
}

#[test]
fn a_parameter_that_decides_is_told_from_chance_and_from_one_that_does_nothing() {
    // One arm: value = 100 × clarity + 20 × luck. Clarity is PERT(0.1, 0.5, 0.9): variance 0.16/7, so 228.6 of value
    // against 400 + about 7 of luck: chance has a share of 0.64.
    let (screening, explained) = explain(plan(2, 1), &engine);
    assert_eq!(screening.parameters[0].name, "strategy.clarity");
    assert!(screening.parameters[1].effect.size.value < 1e-9);
    let chance = explained.indices.chance.expect("it varies");
    assert!((chance.value - 0.64).abs() < 0.06, "{chance:?}");
    let kinds: Vec<(&str, FactorKind)> = explained
        .factors
        .iter()
        .map(|factor| (factor.name.as_str(), factor.kind))
        .collect();
    assert_eq!(
        kinds,
        [
            ("strategy.clarity", FactorKind::Parameter),
            ("the other 1", FactorKind::Rest),
            ("company", FactorKind::Group),
            ("strategy", FactorKind::Group),
        ]
    );
    let first: Vec<f64> = explained
        .indices
        .factors
        .iter()
        .map(|found| found.first.expect("it varies").value)
        .collect();
    assert!((first[0] - 1.0).abs() < 0.2 && first[1].abs() < 0.2, "{first:?}");
    assert_eq!(first[0], first[3]);
    // Two arms: the luck that both share has gone from the difference.
    let (screening, explained) = explain(plan(2, 2), &engine);
    assert_eq!(screening.parameters[0].name, "strategy.clarity (a)");
    assert!(explained.indices.chance.expect("it varies").value < 0.1);
}

#[test]
fn the_result_does_not_depend_on_threads() {
    assert_eq!(explain(plan(1, 2), &engine), explain(plan(3, 2), &engine));
}

#[test]
fn failures_are_counted_and_located() {
    let cursed = |parameters: &Parameters, span: Span, key: WorldKey, request: Request| -> Run {
        let mut run = engine(parameters, span, key, request);
        if parameters.strategy.clarity > 0.7 {
            run.outcomes = Outcomes::default();
        }
        run
    };
    let (_, explained) = explain(plan(2, 1), &cursed);
    let failures = &explained.failures;
    assert_eq!(failures.units, 512);
    assert_eq!(failures.units - failures.units_lost, u64::from(explained.rows));
    assert!(failures.units_lost > 20 && failures.points > failures.units_lost);
    assert_eq!(failures.gather, ["strategy.clarity is high"]);
    assert!(failures.first[0].reason.contains("no value of shipped_value"));
    let always = |_: &Parameters, _: Span, key: WorldKey, _: Request| -> Run {
        luck(key);
        panic!("never")
    };
    let sensitivity = Sensitivity::new(plan(2, 1), &always).expect("a usable plan");
    let words = sensitivity
        .screen(&mut |_, _| {}, &AtomicBool::new(false))
        .expect_err("nothing is complete");
    assert!(
        words
            .to_string()
            .contains("fewer than two trajectories are complete"),
        "{words}"
    );
}

#[test]
fn a_design_of_which_nearly_all_fails_is_refused_with_a_map_of_what_failed() {
    let broken = |_: &Parameters, _: Span, _: WorldKey, _: Request| -> Run { panic!("it broke") };
    let plan = plan(1, 1);
    let trajectories = plan.trajectories;
    let refused = Sensitivity::new(plan, &broken)
        .expect("a usable plan")
        .screen(&mut |_: u64, _: u64| (), &AtomicBool::new(false));
    let Err(ComparisonError::TooFewComplete { failures, .. }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(failures.units_lost, u64::from(trajectories));
    assert!(
        failures.first[0].reason.contains("it broke"),
        "{:?}",
        failures.first[0]
    );
}
