//! Sobol' indices of a value that is partly chance: estimators, free of chance by using two worlds.
//!
//! Derived in `docs/statistics.md`, section 14.

use crate::statistics::{Bootstrapped, bootstrap, mid_ranks};

/// Values of one row of the design: two independent places A and B of the cube, and mixtures of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// At A, in the row's first and second world.
    pub a: [f64; 2],
    /// At B, in the row's first and second world.
    pub b: [f64; 2],
    /// For each factor, at A with the factor's coordinates from B, in the row's second world.
    pub mixed: Vec<f64>,
}

/// Where the variation of a value comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Indices {
    /// Mean over places and worlds.
    pub mean: f64,
    /// Variance over places and worlds.
    pub variance: f64,
    /// Share of the variance that is chance; `None` if nothing varies.
    pub chance: Option<Bootstrapped>,
    /// For each factor, its share of the variance that is not chance.
    pub factors: Vec<FactorIndices>,
}

/// First-order and total index of a factor, shares of the variance that is not chance; `None` if there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FactorIndices {
    /// What would go on average if the factor were known.
    pub first: Option<Bootstrapped>,
    /// What would be left on average if everything but the factor were known.
    pub total: Option<Bootstrapped>,
}

/// Estimates all indices with bootstrap intervals over rows; `None` below two rows.
///
/// With `rank`, every value is replaced by its rank among all values first, so that a few extreme companies do not decide.
pub fn indices(rows: &[Row], rank: Ranking, seed: u64) -> Option<Indices> {
    let factors = rows.first()?.mixed.len();
    if rows.len() < 2 {
        return None;
    }
    let ranked;
    let rows = match rank {
        Ranking::Values => rows,
        Ranking::Ranks => {
            ranked = ranks(rows);
            &ranked
        }
    };
    let found = bootstrap(rows.len(), seed, |numbers| figures(rows, numbers, factors));
    let (mean, variance, _) = moments(rows, &(0..rows.len()).collect::<Vec<_>>());
    Some(Indices {
        mean,
        variance,
        chance: found[0],
        factors: found[1..]
            .chunks(2)
            .map(|pair| FactorIndices {
                first: pair[0],
                total: pair[1],
            })
            .collect(),
    })
}

/// Whether values or their ranks are explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ranking {
    /// Values as they are.
    Values,
    /// Ranks among all values of the design.
    Ranks,
}

/// Mean, variance, and variance that is not chance: the covariance of the two worlds of one place.
fn moments(rows: &[Row], numbers: &[usize]) -> (f64, f64, f64) {
    let count = numbers.len() as f64;
    let chosen = || numbers.iter().map(|number| &rows[*number]);
    let mean = chosen()
        .map(|row| row.a[0] + row.a[1] + row.b[0] + row.b[1])
        .sum::<f64>()
        / (4.0 * count);
    let square = |value: f64| (value - mean) * (value - mean);
    let of_row = |row: &Row| {
        row.a
            .iter()
            .chain(&row.b)
            .map(|value| square(*value))
            .sum::<f64>()
    };
    let product = |pair: [f64; 2]| (pair[0] - mean) * (pair[1] - mean);
    let variance = chosen().map(of_row).sum::<f64>() / (4.0 * count);
    let known = chosen().map(|row| product(row.a) + product(row.b)).sum::<f64>() / (2.0 * count);
    (mean, variance, known)
}

/// Share of chance, then first and total index of each factor; not a number where nothing varies.
fn figures(rows: &[Row], numbers: &[usize], factors: usize) -> Vec<f64> {
    let (mean, variance, known) = moments(rows, numbers);
    let count = numbers.len() as f64;
    let mut sums = vec![0.0; 2 * factors];
    for number in numbers {
        let row = &rows[*number];
        let (a, b) = (row.a[0] - mean, row.b[0] - mean);
        for (factor, mixed) in row.mixed.iter().enumerate() {
            let moved = mixed - row.a[1];
            sums[2 * factor] += b * moved;
            sums[2 * factor + 1] -= a * moved;
        }
    }
    // Rounding alone must not pass for variation.
    let varies = variance > 1e-20 * mean * mean;
    let chance = if varies {
        (1.0 - known / variance).clamp(0.0, 1.0)
    } else {
        f64::NAN
    };
    let share = |sum: f64| {
        if varies && known > 0.0 {
            sum / (count * known)
        } else {
            f64::NAN
        }
    };
    std::iter::once(chance)
        .chain(sums.into_iter().map(share))
        .collect()
}

/// The rows with each value replaced by its mid-rank among all values, as a share from 0 to 1.
fn ranks(rows: &[Row]) -> Vec<Row> {
    let values = |row: &Row| {
        row.a
            .iter()
            .chain(&row.b)
            .chain(&row.mixed)
            .copied()
            .collect::<Vec<f64>>()
    };
    let all: Vec<f64> = rows.iter().flat_map(values).collect();
    // The middle of the part of 0 to 1 that a rank stands for.
    let share = |rank: f64| (rank - 0.5) / all.len() as f64;
    let mut ranks = mid_ranks(&all).into_iter().map(share);
    let mut next = || ranks.next().unwrap_or(f64::NAN);
    let ranked = |row: &Row| Row {
        a: [next(), next()],
        b: [next(), next()],
        mixed: row.mixed.iter().map(|_| next()).collect(),
    };
    rows.iter().map(ranked).collect()
}
