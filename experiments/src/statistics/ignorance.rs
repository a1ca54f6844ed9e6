//! Chance and ignorance apart: how much of the spread over plausible companies comes from luck within each of them.

use sim_core::outcomes::Direction;

use super::moments::{Moments, PairMoments};
use super::values::Values;

/// Companies simulated in two worlds below which chance and ignorance are not told apart.
pub const TWIN_COMPANIES_MINIMUM: u64 = 50;

/// Share of the variance of a difference over worlds that comes from not knowing the company.
///
/// Each world is the company's own mean difference plus luck: d = μ + ε. Two worlds of the same company share μ only, so
/// the covariance of their differences estimates var(μ) (one-way random effects by the method of moments; Searle, Casella
/// and McCulloch 1992, "Variance components", chapter 3).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ignorance {
    /// var(μ) / var(d), within 0 to 1.
    pub share: f64,
}

impl Ignorance {
    /// From the differences of companies simulated in two worlds; `None` if they are too few or do not differ at all.
    pub fn from_twins(twins: &PairMoments) -> Option<Self> {
        if twins.first().count() < TWIN_COMPANIES_MINIMUM {
            return None;
        }
        let total = 0.5 * (twins.first().variance()? + twins.second().variance()?);
        (total > 0.0).then_some(Self {
            share: (twins.covariance()? / total).clamp(0.0, 1.0),
        })
    }

    /// Share of companies whose own mean difference is better than none; `None` for neutral outcomes or without worlds.
    ///
    /// Luck pulls the plain share of better worlds towards one half. Here every difference is drawn towards the mean by
    /// √share, which leaves exactly the variance of the companies' own means (constrained empirical Bayes: Louis 1984,
    /// Journal of the American Statistical Association 79:393); then the better ones are counted. Exact if company means
    /// and luck are normal.
    pub fn companies_better(
        &self,
        differences: &Values,
        moments: &Moments,
        direction: Direction,
    ) -> Option<f64> {
        let mean = moments.mean()?;
        let above = if self.share > 0.0 {
            1.0 - differences.share_below(mean - mean / self.share.sqrt())?
        } else {
            share_of_sign(mean)
        };
        match direction {
            Direction::Higher => Some(above),
            Direction::Lower => Some(1.0 - above),
            Direction::Neutral => None,
        }
    }
}

fn share_of_sign(mean: f64) -> f64 {
    if mean > 0.0 {
        1.0
    } else if mean < 0.0 {
        0.0
    } else {
        0.5
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::{normal_cumulative, normal_quantile};
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::{Rng, SeedableRng};

    fn normal(generator: &mut ChaCha8Rng) -> f64 {
        normal_quantile(((generator.next_u64() >> 12) as f64 + 0.5) / (1u64 << 52) as f64)
    }

    #[test]
    fn shares_are_freed_from_the_pull_towards_one_half() {
        // Company means N(0.3, 0.5²), luck N(0, 1): the true share is Φ(0.6) = 0.726, the plain one Φ(0.27) = 0.606.
        // 20,000 companies: the estimate's standard error is about 0.008, so 0.03 is a false alarm in 10,000 seeds.
        let mut generator = ChaCha8Rng::seed_from_u64(7);
        let (mut twins, mut all, mut values) = (PairMoments::default(), Moments::default(), Vec::new());
        for _ in 0..20_000 {
            let company = 0.3 + 0.5 * normal(&mut generator);
            let (first, second) = (company + normal(&mut generator), company + normal(&mut generator));
            twins.add(first, second);
            all.add(first);
            values.push(first);
        }
        let ignorance = Ignorance::from_twins(&twins).unwrap();
        assert!((ignorance.share - 0.2).abs() < 0.03, "{}", ignorance.share);
        let values = Values::exact(values);
        let better = ignorance
            .companies_better(&values, &all, Direction::Higher)
            .unwrap();
        assert!((better - normal_cumulative(0.6)).abs() < 0.03, "{better}");
        let plain = 1.0 - values.share_below(0.0).unwrap();
        assert!((plain - 0.606).abs() < 0.02, "{plain}");
        let lower = ignorance
            .companies_better(&values, &all, Direction::Lower)
            .unwrap();
        assert!((lower + better - 1.0).abs() < 1e-12);
        assert_eq!(
            ignorance.companies_better(&values, &all, Direction::Neutral),
            None
        );
    }

    #[test]
    fn equal_arms_leave_nothing_to_tell_apart() {
        let mut twins = PairMoments::default();
        (0..1000).for_each(|_| twins.add(0.0, 0.0));
        assert_eq!(Ignorance::from_twins(&twins), None);
    }

    #[test]
    fn too_few_twins_give_no_answer() {
        let mut twins = PairMoments::default();
        (0..10).for_each(|i| twins.add(f64::from(i), f64::from(i)));
        assert_eq!(Ignorance::from_twins(&twins), None);
    }
}
