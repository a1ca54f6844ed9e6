//! Mean, variance and covariance of a stream, in one pass and in the order in which values come.

/// Count, mean and sum of squared deviations of a stream (Welford 1962, Technometrics 4:419).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Moments {
    count: u64,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// Takes one more value.
    pub fn add(&mut self, value: f64) {
        self.count += 1;
        let step = value - self.mean;
        self.mean += step / self.count as f64;
        self.squares += step * (value - self.mean);
    }

    /// Number of values.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Mean; `None` without values.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then_some(self.mean)
    }

    /// Unbiased variance; `None` below two values.
    pub fn variance(&self) -> Option<f64> {
        (self.count > 1).then(|| self.squares / (self.count - 1) as f64)
    }

    /// Standard error of the mean, √(variance/n); `None` below two values.
    pub fn standard_error(&self) -> Option<f64> {
        self.variance()
            .map(|variance| (variance / self.count as f64).sqrt())
    }
}

/// Moments of pairs of values, with their covariance (Chan, Golub and LeVeque 1983, American Statistician 37:242).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PairMoments {
    first: Moments,
    second: Moments,
    products: f64,
}

impl PairMoments {
    /// Takes one more pair.
    pub fn add(&mut self, first: f64, second: f64) {
        let step = first - self.first.mean;
        self.first.add(first);
        self.second.add(second);
        self.products += step * (second - self.second.mean);
    }

    /// Moments of the first values.
    pub fn first(&self) -> &Moments {
        &self.first
    }

    /// Moments of the second values.
    pub fn second(&self) -> &Moments {
        &self.second
    }

    /// Unbiased covariance; `None` below two pairs.
    pub fn covariance(&self) -> Option<f64> {
        (self.first.count > 1).then(|| self.products / (self.first.count - 1) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_agree_with_two_passes_even_far_from_zero() {
        let values: Vec<f64> = (0..1000).map(|i| 1e9 + f64::from(i * 37 % 101)).collect();
        let mut moments = Moments::default();
        values.iter().for_each(|value| moments.add(*value));
        let mean = values.iter().map(|value| value - 1e9).sum::<f64>() / 1000.0;
        let variance = values
            .iter()
            .map(|value| (value - 1e9 - mean).powi(2))
            .sum::<f64>()
            / 999.0;
        assert!((moments.mean().unwrap() - 1e9 - mean).abs() < 1e-6);
        assert!((moments.variance().unwrap() / variance - 1.0).abs() < 1e-9);
    }

    #[test]
    fn covariance_agrees_with_two_passes() {
        let pairs: Vec<(f64, f64)> = (0..500)
            .map(|i| (f64::from(i % 17), f64::from(i % 17 * 3 + i % 5)))
            .collect();
        let mut moments = PairMoments::default();
        pairs.iter().for_each(|pair| moments.add(pair.0, pair.1));
        let (mean_x, mean_y) = (moments.first().mean().unwrap(), moments.second().mean().unwrap());
        let covariance = pairs
            .iter()
            .map(|pair| (pair.0 - mean_x) * (pair.1 - mean_y))
            .sum::<f64>()
            / 499.0;
        assert!((moments.covariance().unwrap() - covariance).abs() < 1e-9);
    }

    #[test]
    fn what_cannot_be_known_is_missing() {
        let mut moments = Moments::default();
        assert_eq!((moments.mean(), moments.variance()), (None, None));
        moments.add(4.0);
        assert_eq!(
            (moments.mean(), moments.variance(), moments.standard_error()),
            (Some(4.0), None, None)
        );
    }
}
