//! Weighted linear regression with a ridge; sums in a fixed order, so the same bits everywhere.

use nalgebra::{Cholesky, DMatrix, DVector};

/// A linear map from features to a number, an intercept included.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Linear {
    intercept: f64,
    slopes: Vec<f64>,
}

impl Linear {
    /// Weighted least squares of `targets` on `features` with a ridge of `ridge` times the sum of weights on every slope
    /// (Hoerl and Kennard 1970, Technometrics 12:55); the mean of the targets where nothing can be solved.
    pub(super) fn fit(features: &[Vec<f64>], targets: &[f64], weights: &[f64], ridge: f64) -> Self {
        let width = features.first().map_or(0, Vec::len);
        let total: f64 = weights.iter().sum();
        let centre: Vec<f64> = (0..width)
            .map(|column| mean(features.iter().map(|row| row[column]), weights))
            .collect();
        let middle = mean(targets.iter().copied(), weights);
        let mut gram = DMatrix::<f64>::identity(width, width) * (ridge * total).max(1e-12);
        let mut right = DVector::<f64>::zeros(width);
        for ((row, target), weight) in features.iter().zip(targets).zip(weights) {
            for (i, (left, left_centre)) in row.iter().zip(&centre).enumerate() {
                let weighted = weight * (left - left_centre);
                right[i] += weighted * (target - middle);
                for j in 0..=i {
                    gram[(i, j)] += weighted * (row[j] - centre[j]);
                }
            }
        }
        let slopes = Cholesky::new(gram).map_or_else(|| DVector::zeros(width), |factor| factor.solve(&right));
        let slopes: Vec<f64> = slopes.iter().copied().collect();
        let offset: f64 = slopes
            .iter()
            .zip(&centre)
            .map(|(slope, centre)| slope * centre)
            .sum();
        Self {
            intercept: middle - offset,
            slopes,
        }
    }

    /// What it gives at `features`.
    pub(super) fn at(&self, features: &[f64]) -> f64 {
        let sum: f64 = self
            .slopes
            .iter()
            .zip(features)
            .map(|(slope, value)| slope * value)
            .sum();
        self.intercept + sum
    }
}

/// Weighted mean.
pub(super) fn mean(values: impl Iterator<Item = f64>, weights: &[f64]) -> f64 {
    let total: f64 = weights.iter().sum();
    values
        .zip(weights)
        .map(|(value, weight)| value * weight)
        .sum::<f64>()
        / total
}

/// Lower triangle L of a covariance matrix, L·Lᵀ; a small ridge keeps it positive.
pub(super) fn root_of_covariance(rows: &[Vec<f64>], weights: &[f64], ridge: f64) -> DMatrix<f64> {
    let width = rows.first().map_or(0, Vec::len);
    let total: f64 = weights.iter().sum();
    let centre: Vec<f64> = (0..width)
        .map(|column| mean(rows.iter().map(|row| row[column]), weights))
        .collect();
    let mut covariance = DMatrix::<f64>::identity(width, width) * ridge;
    for (row, weight) in rows.iter().zip(weights) {
        for i in 0..width {
            for j in 0..=i {
                covariance[(i, j)] += weight * (row[i] - centre[i]) * (row[j] - centre[j]) / total;
            }
        }
    }
    Cholesky::new(covariance).map_or_else(|| DMatrix::identity(width, width), |factor| factor.l())
}

/// L⁻¹·v for a lower triangle L: what is v in units of the covariance L·Lᵀ.
pub(super) fn whitened(root: &DMatrix<f64>, vector: &[f64]) -> Vec<f64> {
    let mut solved: Vec<f64> = Vec::with_capacity(vector.len());
    for (i, value) in vector.iter().enumerate() {
        let known: f64 = solved
            .iter()
            .enumerate()
            .map(|(j, earlier)| root[(i, j)] * earlier)
            .sum();
        solved.push((value - known) / root[(i, i)]);
    }
    solved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plane_is_found_exactly_and_weights_count() {
        let features: Vec<Vec<f64>> = (0..20)
            .map(|i| vec![f64::from(i % 5), f64::from(i * i % 7)])
            .collect();
        let targets: Vec<f64> = features.iter().map(|row| 3.0 + 2.0 * row[0] - row[1]).collect();
        let plane = Linear::fit(&features, &targets, &[1.0; 20], 0.0);
        assert!((plane.at(&[10.0, 4.0]) - 19.0).abs() < 1e-9);
        let constant = Linear::fit(&[vec![], vec![]], &[1.0, 4.0], &[2.0, 1.0], 0.0);
        assert!((constant.at(&[]) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn whitening_undoes_the_covariance() {
        let rows: Vec<Vec<f64>> = (0..50)
            .map(|i| {
                let x = f64::from(i * 37 % 50);
                vec![x, 2.0 * x + f64::from(i * 11 % 50)]
            })
            .collect();
        let root = root_of_covariance(&rows, &[1.0; 50], 0.0);
        let white: Vec<Vec<f64>> = rows.iter().map(|row| whitened(&root, row)).collect();
        let again = root_of_covariance(&white, &[1.0; 50], 0.0);
        for (i, j, expected) in [(0, 0, 1.0), (1, 0, 0.0), (1, 1, 1.0)] {
            assert!((again[(i, j)] - expected).abs() < 1e-9);
        }
    }
}
