//! The chapter on intervals: how often they miss, for one look and for many, on the engine and on values of known means.

use experiments::statistics::{IntervalRule, Moments};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rayon::prelude::*;
use sim_core::outcomes::Outcome;
use sim_core::simulation::{Request, Span, WorldKey, run};

use crate::arms::Arm;
use crate::page::{Page, with_error};
use crate::toy::normal;

/// A draw from a distribution.
type Draw = fn(&mut ChaCha8Rng) -> f64;

/// Worlds from which the truth about the engine is taken.
const TRUTH_WORLDS: u64 = 1_000_000;
/// Series of worlds of the engine, and of drawn values.
const TRIALS: u64 = 2_000;
/// Worlds of a fixed size.
const FIXED: u64 = 400;
/// Looks at a series of worlds of the engine: those of a comparison up to 1,000 worlds.
const LOOKS: [u64; 5] = [400, 500, 625, 800, 1000];
/// Largest number of drawn values: the cap of a comparison.
const MOST: u64 = 20_000;

/// Writes the chapter.
pub fn write(page: &mut Page) {
    page.chapter("Intervals: how often they miss");
    page.say(format!(
        "95 % intervals should hold the truth in 93.5 to 96.5 % of {TRIALS} trials with a number of worlds that was fixed \
         (Student's t), and confidence sequences should miss at any look in at most 5 % and three standard errors, \
         {:.1} %.",
        100.0 * allowed()
    ));
    engine(page);
    drawn(page);
}

fn allowed() -> f64 {
    0.05 + 3.0 * (0.05 * 0.95 / TRIALS as f64).sqrt()
}

/// Moments of the paired difference over worlds `first` to `first + count`.
fn differences(arms: &[Arm; 2], seed: u64, first: u64, count: u64) -> impl Iterator<Item = f64> + '_ {
    (first..first + count).filter_map(move |replication| {
        let value = |arm: &Arm| {
            let key = WorldKey { seed, replication };
            let outcomes = run(&arm.parameters, arm.span, key, Request::default()).outcomes;
            outcomes.get(Outcome::ShippedValue)
        };
        Some(value(&arms[1])? - value(&arms[0])?)
    })
}

fn engine(page: &mut Page) {
    page.section("On the engine");
    let small = |name: &str| Arm {
        span: Span {
            warm_up_weeks: 13,
            horizon_weeks: 26,
        },
        ..Arm::of(name, &["company.teams=1", "company.teams_per_line=1"])
    };
    let arms = [small("safe"), small("empowered")];
    const BLOCK: u64 = 10_000;
    let blocks: Vec<(f64, f64, f64)> = (0..TRUTH_WORLDS / BLOCK)
        .into_par_iter()
        .map(|block| {
            let values = differences(&arms, 1, block * BLOCK, BLOCK);
            values.fold((0.0, 0.0, 0.0), |(count, sum, squares), value| {
                (count + 1.0, sum + value, squares + value * value)
            })
        })
        .collect();
    let (count, sum, squares) = blocks.iter().fold((0.0, 0.0, 0.0), |all, block| {
        (all.0 + block.0, all.1 + block.1, all.2 + block.2)
    });
    let truth = sum / count;
    let error = ((squares / count - truth * truth) / count).sqrt();
    let missed: Vec<(bool, bool)> = (0..TRIALS)
        .into_par_iter()
        .map(|trial| {
            let most = LOOKS[LOOKS.len() - 1];
            let values = differences(&arms, 2, trial * most, most);
            let look = looked(values, &LOOKS, truth);
            (look.at_first, look.at_any)
        })
        .collect();
    page.say(format!(
        "Difference in shipped value between `empowered` and `safe`, one team, 26 weeks after 13. The truth is {}, from {} \
         worlds; {TRIALS} trials in other worlds, looks at 400, 500, 625, 800 and 1,000.",
        with_error((truth, error)),
        TRUTH_WORLDS
    ));
    let share = |is: fn(&(bool, bool)) -> bool| {
        missed.iter().filter(|trial| is(trial)).count() as f64 / TRIALS as f64
    };
    verdicts(
        page,
        [(
            "paired difference on the engine",
            share(|trial| trial.0),
            share(|trial| trial.1),
        )],
    );
}

/// Whether a series missed: Student's t at the first look, the confidence sequence at any.
struct Look {
    at_first: bool,
    at_any: bool,
}

fn looked(values: impl Iterator<Item = f64>, looks: &[u64], truth: f64) -> Look {
    let mut moments = Moments::default();
    let mut look = Look {
        at_first: false,
        at_any: false,
    };
    for value in values {
        moments.add(value);
        let misses = |rule: IntervalRule| {
            let interval = rule.interval(&moments, 0.05);
            interval.is_some_and(|(low, high)| truth < low || truth > high)
        };
        if moments.count() == FIXED {
            look.at_first = misses(IntervalRule::FixedNumber);
        }
        if !look.at_any && looks.contains(&moments.count()) {
            look.at_any = misses(IntervalRule::AnyTime);
        }
    }
    look
}

fn drawn(page: &mut Page) {
    page.section("On values of known means");
    page.say(format!(
        "{TRIALS} series each, all looks of a comparison up to {MOST} values."
    ));
    let looks = looks_up_to(MOST);
    let kinds: [(&'static str, Draw); 3] = [
        ("normal", normal),
        ("skewed: exp N(0, 0.5²)", |generator| {
            (0.5 * normal(generator)).exp() - 0.125_f64.exp()
        }),
        ("fat tails: Student-t with 3 degrees of freedom", |generator| {
            let numerator = normal(generator);
            let squares: f64 = (0..3).map(|_| normal(generator).powi(2)).sum();
            numerator / (squares / 3.0).sqrt()
        }),
    ];
    let rows = kinds.map(|(name, draw)| {
        let missed: Vec<Look> = (0..TRIALS)
            .into_par_iter()
            .map(|trial| {
                let mut generator = ChaCha8Rng::seed_from_u64(700_000 + trial);
                looked((0..MOST).map(|_| draw(&mut generator)), &looks, 0.0)
            })
            .collect();
        let share =
            |is: fn(&Look) -> bool| missed.iter().filter(|look| is(look)).count() as f64 / TRIALS as f64;
        (name, share(|look| look.at_first), share(|look| look.at_any))
    });
    verdicts(page, rows);
}

/// 400, then each a quarter more, rounded up to whole blocks of 25, and the cap.
fn looks_up_to(most: u64) -> Vec<u64> {
    let mut looks = vec![400];
    while let Some(last) = looks.last().copied().filter(|last| *last < most) {
        looks.push((last * 5 / 4).div_ceil(25).saturating_mul(25).min(most));
    }
    looks
}

fn verdicts(page: &mut Page, rows: impl IntoIterator<Item = (&'static str, f64, f64)>) {
    let row = |(name, at_first, at_any): (&str, f64, f64)| {
        let held = 1.0 - at_first;
        let in_order = |is: bool| if is { "yes" } else { "NO" }.to_owned();
        vec![
            name.to_owned(),
            format!("{:.2} %", 100.0 * held),
            in_order((0.935..=0.965).contains(&held)),
            format!("{:.2} %", 100.0 * at_any),
            in_order(at_any <= allowed()),
        ]
    };
    page.table(
        &[
            "values",
            "Student's t at 400 holds the truth",
            "in 93.5 to 96.5 %",
            "confidence sequence misses at any look",
            "as promised",
        ],
        rows.into_iter().map(row),
    );
}
