//! Functions of textbooks whose answers are known, and what the estimators say of them; shared with the long validation.

use experiments::sampling::scrambled_sobol;
use experiments::sensitivity::indices::{Indices, Ranking, Row, indices};
use experiments::sensitivity::morris::{Effects, Screened, Trajectory, screened};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::toy::normal;

/// Indices of `function` of `dimensions` uniform numbers, with normal chance of standard deviation `chance`, for single
/// coordinates.
pub fn estimated(function: impl Fn(&[f64]) -> f64, dimensions: usize, rows: u32, chance: f64) -> Indices {
    let mut noise = ChaCha8Rng::seed_from_u64(3);
    let mut run = |place: &[f64]| function(place) + chance * normal(&mut noise);
    let design: Vec<Row> = (0..rows)
        .map(|row| {
            let half = |matrix: usize| -> Vec<f64> {
                (0..dimensions)
                    .map(|d| scrambled_sobol(row, matrix * dimensions + d, 11))
                    .collect()
            };
            let (a, b) = (half(0), half(1));
            let mixed = |factor: usize| {
                let mut place = a.clone();
                place[factor] = b[factor];
                place
            };
            Row {
                a: [run(&a), run(&a)],
                b: [run(&b), run(&b)],
                mixed: (0..dimensions).map(|factor| run(&mixed(factor))).collect(),
            }
        })
        .collect();
    indices(&design, Ranking::Values, 5).expect("enough rows")
}

/// Ishigami and Homma 1990 with a = 7, b = 0.1 on −π to π.
pub fn ishigami(place: &[f64]) -> f64 {
    let x: Vec<f64> = place
        .iter()
        .map(|u| std::f64::consts::PI * (2.0 * u - 1.0))
        .collect();
    x[0].sin() + 7.0 * x[1].sin().powi(2) + 0.1 * x[2].powi(4) * x[0].sin()
}

/// First and total indices of the Ishigami function in closed form.
pub fn ishigami_truth() -> [(f64, f64); 3] {
    let (a, b, pi) = (7.0_f64, 0.1_f64, std::f64::consts::PI);
    let first = 0.5 * (1.0 + b * pi.powi(4) / 5.0).powi(2);
    let second = a * a / 8.0;
    let both = b * b * pi.powi(8) * (1.0 / 18.0 - 1.0 / 50.0);
    let variance = first + second + both;
    [
        (first / variance, (first + both) / variance),
        (second / variance, second / variance),
        (0.0, both / variance),
    ]
}

/// a of Sobol' 1993: the first inputs matter most.
const G: [f64; 8] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];

/// The g-function of Sobol' 1993.
pub fn g(place: &[f64]) -> f64 {
    place
        .iter()
        .zip(G)
        .map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a))
        .product()
}

/// First and total indices of the g-function in closed form.
pub fn g_truth() -> [(f64, f64); 8] {
    let own = G.map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
    let all: f64 = own.iter().map(|own| 1.0 + own).product();
    own.map(|own| (own / (all - 1.0), own * all / (1.0 + own) / (all - 1.0)))
}

pub fn largest_error(found: &Indices, truth: &[(f64, f64)]) -> f64 {
    let errors = found.factors.iter().zip(truth).flat_map(|(found, truth)| {
        let value = |estimate: Option<experiments::statistics::Bootstrapped>| {
            estimate.expect("something varies").value
        };
        [
            (value(found.first) - truth.0).abs(),
            (value(found.total) - truth.1).abs(),
        ]
    });
    errors.fold(0.0, f64::max)
}

/// The function of Morris 1991, section 4, with signs ±1 in place of its unnamed normal coefficients.
pub fn morris(place: &[f64]) -> f64 {
    let w: Vec<f64> = (0..20)
        .map(|i| match i {
            2 | 4 | 6 => 2.0 * (1.1 * place[i] / (place[i] + 0.1) - 0.5),
            _ => 2.0 * (place[i] - 0.5),
        })
        .collect();
    let sign = |sum: usize| if sum.is_multiple_of(2) { 1.0 } else { -1.0 };
    let mut y = 0.0;
    for i in 0..20 {
        y += if i < 10 { 20.0 } else { sign(i + 1) } * w[i];
        for j in i + 1..20 {
            y += if j < 6 { -15.0 } else { sign(i + j) } * w[i] * w[j];
            for l in j + 1..5 {
                y -= 10.0 * w[i] * w[j] * w[l];
                for s in l + 1..4 {
                    y += 5.0 * w[i] * w[j] * w[l] * w[s];
                }
            }
        }
    }
    y
}

pub fn screen(trajectories: u64, chance: f64) -> Vec<Screened> {
    let mut noise = ChaCha8Rng::seed_from_u64(9);
    let effects: Vec<Effects> = (0..trajectories)
        .map(|number| {
            let walk = Trajectory::new(20, 21, number);
            let mut world = || {
                let values: Vec<f64> = (0..=20)
                    .map(|step| morris(&walk.place(step)) + chance * normal(&mut noise))
                    .collect();
                walk.effects(&values)
            };
            Effects([world(), world()])
        })
        .collect();
    screened(&effects, 1).expect("enough trajectories")
}
