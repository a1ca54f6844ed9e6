//! The best order of jobs on one server, by rule and by trying all; nothing about how weights are judged.

/// A job for one server.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Job {
    /// Cost of delay, per unit of time.
    pub weight: f64,
    /// Time it takes.
    pub duration: f64,
}

/// Sum of weight × time of completion if the jobs are done in this order, the first one from time 0.
pub fn weighted_completion(jobs: &[Job]) -> f64 {
    let mut finished = 0.0;
    let mut cost = |job: &Job| {
        finished += job.duration;
        job.weight * finished
    };
    jobs.iter().map(&mut cost).sum()
}

/// The jobs by falling weight over duration, which costs least. Source: Smith 1956.
pub fn smiths_order(jobs: &[Job]) -> Vec<Job> {
    let mut ordered = jobs.to_vec();
    ordered.sort_by(|one, other| (other.weight / other.duration).total_cmp(&(one.weight / one.duration)));
    ordered
}

/// Smallest cost over all orders, each of which is tried: n! of them, so for a handful of jobs.
pub fn least_cost_of_all_orders(jobs: &mut [Job]) -> f64 {
    least_cost_with_fixed_start(jobs, 0)
}

fn least_cost_with_fixed_start(jobs: &mut [Job], fixed: usize) -> f64 {
    if fixed == jobs.len() {
        return weighted_completion(jobs);
    }
    let mut least = f64::INFINITY;
    for next in fixed..jobs.len() {
        jobs.swap(fixed, next);
        least = least.min(least_cost_with_fixed_start(jobs, fixed + 1));
        jobs.swap(fixed, next);
    }
    least
}

/// How an order of jobs comes about whose weights and durations are independent and exponential with mean 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// As they come.
    FirstCome,
    /// Shortest first.
    ShortestFirst,
    /// By weight over duration.
    Smith,
}

/// Expected cost of such an order of `jobs` jobs.
///
/// Each job waits for itself, n in all, and each of the n(n − 1)/2 pairs adds weight × duration of one way round: 1 if
/// the way is fixed, E[min(p₁, p₂)] = ½ if the shorter goes first, E[min(w₁p₂, w₂p₁)] = ⅓ by Smith's rule.
pub fn expected_cost(rule: Rule, jobs: u32) -> f64 {
    let jobs = f64::from(jobs);
    let cost_of_pair = match rule {
        Rule::FirstCome => 1.0,
        Rule::ShortestFirst => 1.0 / 2.0,
        Rule::Smith => 1.0 / 3.0,
    };
    jobs + cost_of_pair * jobs * (jobs - 1.0) / 2.0
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;
    use rand_distr::{Distribution, Exp1};

    use super::super::assert_close;
    use super::*;

    fn random_jobs(count: u32, generator: &mut ChaCha8Rng) -> Vec<Job> {
        let mut job = |_| Job {
            weight: Exp1.sample(generator),
            duration: Exp1.sample(generator),
        };
        (0..count).map(&mut job).collect()
    }

    #[test]
    fn no_order_costs_less_than_smiths() {
        let mut generator = ChaCha8Rng::seed_from_u64(5);
        for count in [1, 2, 3, 5, 7, 8] {
            let mut jobs = random_jobs(count, &mut generator);
            let by_rule = weighted_completion(&smiths_order(&jobs));
            assert_close(by_rule, least_cost_of_all_orders(&mut jobs), 1e-9 * by_rule);
        }
    }

    #[test]
    fn expected_costs_are_as_tabulated_and_as_simulated() {
        for (rule, expected) in [
            (Rule::FirstCome, 210.0),
            (Rule::Smith, 83.333),
            (Rule::ShortestFirst, 115.0),
        ] {
            assert_close(expected_cost(rule, 20), expected, 5e-4);
        }
        let mut generator = ChaCha8Rng::seed_from_u64(6);
        let costs: Vec<f64> = (0..20_000)
            .map(|_| weighted_completion(&smiths_order(&random_jobs(20, &mut generator))))
            .collect();
        let mean = costs.iter().sum::<f64>() / 20_000.0;
        let variance = costs.iter().map(|cost| (cost - mean).powi(2)).sum::<f64>() / 19_999.0;
        // Five standard errors: a false alarm with probability 5.7e-7 for a new seed.
        assert_close(
            mean,
            expected_cost(Rule::Smith, 20),
            5.0 * (variance / 20_000.0).sqrt(),
        );
    }
}
