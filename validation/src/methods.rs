//! The chapter on methods with known answers: sensitivity, attribution, discovery and choice.

use experiments::attribution::shapley::exact;
use experiments::peeling::{Case, Peeling, Region, searched};
use experiments::screening::{Promise, Race};
use experiments::sensitivity::indices::Indices;
use experiments::statistics::Bootstrapped;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rayon::prelude::*;
use sim_core::random::Key;

use crate::page::{Page, figure};
use crate::textbook::{estimated, g, g_truth, ishigami, ishigami_truth, screen};
use crate::toy::normal;

/// Writes the chapter.
pub fn write(page: &mut Page) {
    page.chapter("Methods with known answers");
    sensitivity(page);
    screening(page);
    attribution(page);
    discovery(page);
    choice(page);
}

/// A draw from a distribution.
type Draw = fn(&mut ChaCha8Rng) -> f64;
/// A function, what was found of it, and its published first and total indices.
type Known<'a> = (&'a str, Indices, Vec<(f64, f64)>);

fn sensitivity(page: &mut Page) {
    page.section("Shares of variance");
    page.say(
        "First-order and total indices of the functions of Ishigami and Homma 1990 (a = 7, b = 0.1) and Sobol' 1993 (a = 0, 1, \
         4.5, 9, 99, …) against their closed forms: 4,096 rows without chance, errors below 0.02 wanted; 16,384 rows with as \
         much chance as variation again, each index within its 95 % interval widened twofold wanted.",
    );
    let variance = 13.844_587_940_719_254_f64;
    let cases: [Known; 3] = [
        (
            "Ishigami",
            estimated(ishigami, 3, 4096, 0.0),
            ishigami_truth().to_vec(),
        ),
        ("g-function", estimated(g, 8, 4096, 0.0), g_truth().to_vec()),
        (
            "Ishigami with chance",
            estimated(ishigami, 3, 16_384, variance.sqrt()),
            ishigami_truth().to_vec(),
        ),
    ];
    let mut rows = Vec::new();
    for (name, found, truth) in &cases {
        let inputs = found.factors.iter().zip(truth).enumerate().take(4);
        for (place, (factor, (first, total))) in inputs {
            rows.push(vec![
                (*name).to_owned(),
                format!("x{}", place + 1),
                figure(*first),
                with_interval(factor.first),
                figure(*total),
                with_interval(factor.total),
            ]);
        }
    }
    page.table(&["function", "input", "first", "found", "total", "found"], rows);
    if let Some(chance) = cases[2].1.chance {
        page.say(format!(
            "Share of chance planted: 0.5; found: {}.",
            with_interval(Some(chance))
        ));
    }
}

fn with_interval(estimate: Option<Bootstrapped>) -> String {
    estimate.map_or_else(
        || "none".to_owned(),
        |found| {
            format!(
                "{} ({} to {})",
                figure(found.value),
                figure(found.low),
                figure(found.high)
            )
        },
    )
}

fn screening(page: &mut Page) {
    page.section("Screening");
    page.say(
        "The function of Morris 1991 with 20 inputs, of which the first ten matter: 40 trajectories, without chance and with \
         normal chance of standard deviation 5. Sizes are root mean squares of effects free of chance.",
    );
    let rows = [0.0, 5.0].map(|chance| {
        let found = screen(40, chance);
        let size = |inputs: std::ops::Range<usize>| -> Vec<f64> {
            found[inputs].iter().map(|effect| effect.size.value).collect()
        };
        let least = size(0..10).into_iter().fold(f64::INFINITY, f64::min);
        let most = size(10..20).into_iter().fold(0.0, f64::max);
        let steady = found[7..10].iter().map(|effect| effect.mean.value).sum::<f64>() / 3.0;
        vec![
            figure(chance),
            figure(least),
            figure(most),
            if least > most { "yes" } else { "NO" }.to_owned(),
            figure(steady),
        ]
    });
    page.table(
        &[
            "chance",
            "smallest size of inputs 1 to 10",
            "largest size of inputs 11 to 20",
            "told apart",
            "mean effect of inputs 8 to 10 (40 planted)",
        ],
        rows,
    );
}

fn attribution(page: &mut Page) {
    page.section("Shapley values");
    let gloves = exact(3, |coalition| {
        f64::from(
            (coalition & 0b011)
                .count_ones()
                .min((coalition & 0b100).count_ones()),
        )
    });
    let needs = [8.0, 11.0, 13.0, 18.0];
    let airport = exact(4, |coalition| {
        let needed = needs
            .iter()
            .enumerate()
            .filter(|(player, _)| coalition & (1 << player) != 0);
        needed.map(|(_, need)| *need).fold(0.0, f64::max)
    });
    let listed = |values: &[f64]| {
        values
            .iter()
            .map(|value| format!("{value:.4}"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    page.table(
        &["game", "known", "found"],
        [
            vec![
                "two left gloves, one right".to_owned(),
                listed(&[1.0 / 6.0, 1.0 / 6.0, 4.0 / 6.0]),
                listed(&gloves),
            ],
            vec![
                "runway for 8, 11, 13 and 18 (Littlechild and Owen 1973)".to_owned(),
                listed(&[2.0, 3.0, 4.0, 9.0]),
                listed(&airport),
            ],
        ],
    );
}

fn discovery(page: &mut Page) {
    page.section("PRIM on a planted box");
    page.say(
        "Cases in a unit cube; sought are those with x2 above 0.7 and x5 below 0.5, and of all cases a share is turned over. In a \
         cube of 190 axes, as many as two scenarios of the library draw, axes are screened before peeling. 100 trials each: how \
         often exactly these two axes are restricted, and how far their limits are off. Where half are turned over, nothing is \
         there to be found: a box in more than 19 of 100 trials would be a broken promise (one in ten; three standard errors).",
    );
    let settings = [
        (8, 2_000, 0.0),
        (8, 2_000, 0.05),
        (8, 2_000, 0.1),
        (190, 500, 0.1),
        (190, 500, 0.2),
        (190, 500, 0.5),
    ];
    let rows = settings.map(|(axes, cases, noise)| {
        let found: Vec<Option<Region>> = (0..100_u64)
            .into_par_iter()
            .map(|seed| found(seed, axes, cases, noise))
            .collect();
        let right: Vec<(f64, f64)> = found.iter().flatten().filter_map(planted_limits).collect();
        let error = |pick: fn(&(f64, f64)) -> f64| {
            if right.is_empty() {
                return String::new();
            }
            figure(right.iter().map(pick).sum::<f64>() / right.len() as f64)
        };
        vec![
            axes.to_string(),
            cases.to_string(),
            format!("{:.0} %", 100.0 * noise),
            format!("{} of 100", found.iter().flatten().count()),
            format!("{} of 100", right.len()),
            error(|limits| (limits.0 - 0.7).abs()),
            error(|limits| (limits.1 - 0.5).abs()),
        ]
    });
    page.table(
        &[
            "axes",
            "cases",
            "turned over",
            "any box",
            "both axes and no other",
            "mean error of 0.7",
            "mean error of 0.5",
        ],
        rows,
    );
}

/// The box that is told of cases with a planted one, if any is.
fn found(seed: u64, axes: u64, count: u64, noise: f64) -> Option<Region> {
    let case = |number: u64| {
        let draws = Key(seed).child(number);
        let place: Vec<f64> = (0..axes).map(|axis| draws.uniform(axis)).collect();
        let is_sought = (place[1] > 0.7 && place[4] < 0.5) != (draws.uniform(axes + 91) < noise);
        Case {
            place,
            is_sought,
            score: f64::from(u8::from(is_sought)),
        }
    };
    let cases: Vec<Case> = (0..count).map(case).collect();
    let (_, told) = searched(&cases, Peeling::default());
    told.map(|told| told.region)
}

/// Its two limits, if they are the planted ones.
fn planted_limits(region: &Region) -> Option<(f64, f64)> {
    let restricted: Vec<usize> = region.restricted().collect();
    (restricted == [1, 4]).then_some((region.limits[1].low?, region.limits[4].high?))
}

fn choice(page: &mut Page) {
    page.section("Choice");
    page.say(
        "Procedure KN, promised rate of wrong selections 5 %, in the hardest case: of four arms the best leads all others by \
         exactly the smallest lead δ, and an observation is a mean over a batch of 10 worlds. 1,000 trials each; above 7.1 % \
         would be a broken promise (three standard errors).",
    );
    let kinds: [(&str, Draw, f64); 3] = [
        ("normal, independent", normal, 0.0),
        ("normal, worlds shared", normal, 3.0),
        (
            "skewed: exp N(0, 0.5²), worlds shared",
            |generator| (0.5 * normal(generator)).exp(),
            3.0,
        ),
    ];
    let rows = kinds.map(|(name, draw, shared)| {
        let races: Vec<(bool, u64)> = (0..1_000_u64)
            .into_par_iter()
            .map(|seed| race(seed, draw, shared))
            .collect();
        let wrong = races.iter().filter(|(right, _)| !right).count() as f64 / 10.0;
        let rounds = races.iter().map(|(_, rounds)| *rounds as f64).sum::<f64>() / 1_000.0;
        vec![
            name.to_owned(),
            format!("{wrong:.1} %"),
            if wrong <= 7.1 { "yes" } else { "NO" }.to_owned(),
            format!("{:.0}", 10.0 * rounds),
        ]
    });
    page.table(
        &["luck", "wrong selections", "as promised", "worlds on average"],
        rows,
    );
}

/// Whether the best of four was selected, and after how many rounds.
fn race(seed: u64, draw: fn(&mut ChaCha8Rng) -> f64, shared: f64) -> (bool, u64) {
    const LEAD: f64 = 0.2;
    let mut generator = ChaCha8Rng::seed_from_u64(500_000 + seed);
    let promise = Promise {
        miss_probability: 0.05,
        indifference: LEAD,
        first_rounds: 10,
    };
    let mut race = Race::new(4, promise);
    while race.selected().is_none() {
        let mut sums = [0.0; 4];
        for _ in 0..10 {
            let world = shared * normal(&mut generator);
            for sum in &mut sums {
                *sum += world + draw(&mut generator);
            }
        }
        let observed = |system: &usize| sums[*system] / 10.0 + if *system == 1 { LEAD } else { 0.0 };
        let observations: Vec<f64> = race.racing().iter().map(observed).collect();
        race.add(&observations);
    }
    (race.selected() == Some(1), race.rounds())
}
