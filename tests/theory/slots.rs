//! Waiting in whole weeks: customers arrive in batches at the start of a week, service takes whole weeks from the
//! start of one, and who finds a free server starts at once. All waits are in weeks.

use super::normal;

/// How many customers arrive at the start of a week, independently of other weeks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Batch {
    /// Mean number of arrivals in a week, b \[customers\].
    pub mean: f64,
    /// Mean of b·(b − 1), the number of ordered pairs that arrive together \[customers squared\].
    pub mean_pairs: f64,
}

impl Batch {
    /// A Poisson number of arrivals in a week.
    pub fn poisson(mean: f64) -> Self {
        Self {
            mean,
            mean_pairs: mean * mean,
        }
    }

    /// One arrival in a week with `probability`, otherwise none: the arrivals of Geo/G/1.
    pub fn at_most_one(probability: f64) -> Self {
        Self {
            mean: probability,
            mean_pairs: 0.0,
        }
    }
}

/// Time in service, a whole number of weeks, at least one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Service {
    /// Mean \[weeks\].
    pub mean_weeks: f64,
    /// Mean of the square \[weeks squared\].
    pub mean_squared_weeks: f64,
}

impl Service {
    /// Always the same number of weeks.
    pub fn fixed(weeks: u32) -> Self {
        let weeks = f64::from(weeks);
        Self {
            mean_weeks: weeks,
            mean_squared_weeks: weeks * weeks,
        }
    }

    /// Finished at the end of each week with `probability`.
    pub fn geometric(probability: f64) -> Self {
        Self {
            mean_weeks: 1.0 / probability,
            mean_squared_weeks: (2.0 - probability) / (probability * probability),
        }
    }

    /// An exponential effort worked off at one team-week a week, what is left of the last week lost.
    pub fn exponential_rounded_up(mean_weeks: f64) -> Self {
        Self::geometric(-(-1.0 / mean_weeks).exp_m1())
    }

    /// A lognormal effort worked off at one team-week a week, what is left of the last week lost.
    pub fn lognormal_rounded_up(log_mean: f64, log_deviation: f64) -> Self {
        Self::rounded_up(|weeks| normal::probability_below((log_mean - weeks.ln()) / log_deviation))
    }

    /// Moments of an effort rounded up, from the probability that the effort exceeds a number of weeks: the sums of
    /// P(S > k) and of (2k + 1)·P(S > k) over k ≥ 0.
    pub fn rounded_up(probability_above: impl Fn(f64) -> f64) -> Self {
        let mut service = Self {
            mean_weeks: 0.0,
            mean_squared_weeks: 0.0,
        };
        for weeks in (0_u32..1_000_000).map(f64::from) {
            let above = probability_above(weeks);
            service.mean_weeks += above;
            service.mean_squared_weeks += (2.0 * weeks + 1.0) * above;
            if above < 1e-16 {
                break;
            }
        }
        service
    }
}

/// Mean wait of a customer at one server, for any order of service that does not look at service times \[weeks\].
///
/// Work found at arrival obeys U′ = max(U + X − 1, 0), X being the work that arrives in a week. Squaring and taking
/// means in the steady state gives E\[U\] = (E\[X²\] − ρ) / (2(1 − ρ)); to that come the services of those of the same
/// batch who are served before, half of the others. For Poisson batches the sum is λE\[S²\] / (2(1 − ρ)), the formula of
/// Pollaczek and Khinchine without any correction; for at most one arrival it is λE[S(S − 1)] / (2(1 − ρ)), Geo/G/1.
/// Source: Meisling 1958 for single arrivals; the argument for batches is the same.
pub fn mean_wait_weeks(batch: Batch, service: Service) -> f64 {
    let utilisation = batch.mean * service.mean_weeks;
    let mean_squared_work =
        batch.mean * service.mean_squared_weeks + batch.mean_pairs * service.mean_weeks * service.mean_weeks;
    let work_found = (mean_squared_work - utilisation) / (2.0 * (1.0 - utilisation));
    work_found + batch.mean_pairs / (2.0 * batch.mean) * service.mean_weeks
}

/// Mean time from arrival to the week of finishing, the last week of service \[weeks\].
///
/// A service of one week begun in the week of arrival counts as 0 weeks, as ages at shipping do.
pub fn mean_lead_time_weeks(batch: Batch, service: Service) -> f64 {
    mean_wait_weeks(batch, service) + service.mean_weeks - 1.0
}

/// Mean wait at several servers for Poisson batches and geometric service, by iterating the exact chain of customers
/// present until it stands still \[weeks\].
///
/// At the start of a week n customers are present, arrivals included; each of the min(n, servers) in service leaves at
/// its end with `finish_probability`. Mean wait is the mean number waiting over the arrival rate (Little 1961). Valid
/// where arrivals per week are fewer than servers × finish probability, and hundreds in the queue are improbable.
pub fn mean_wait_weeks_servers(arrivals_per_week: f64, finish_probability: f64, servers: u32) -> f64 {
    const LONGEST: usize = 400;
    let arrivals = poisson_probabilities(arrivals_per_week, LONGEST);
    let finished: Vec<_> = (0..=servers)
        .map(|serving| binomial_probabilities(serving, finish_probability))
        .collect();
    let mut present = vec![0.0; LONGEST];
    present[0] = 1.0;
    loop {
        let next = convolve(&after_service(&present, &finished), &arrivals);
        let change: f64 = present
            .iter()
            .zip(&next)
            .map(|(before, after)| (before - after).abs())
            .sum();
        present = next;
        if change < 1e-13 {
            let waiting = |(count, probability): (usize, &f64)| {
                count.saturating_sub(servers as usize) as f64 * probability
            };
            return present.iter().enumerate().map(waiting).sum::<f64>() / arrivals_per_week;
        }
    }
}

/// Who is left at the end of a week; `finished` holds the distribution of how many leave, by how many are in service.
fn after_service(present: &[f64], finished: &[Vec<f64>]) -> Vec<f64> {
    let mut after = vec![0.0; present.len()];
    for (count, probability) in present.iter().enumerate() {
        for (leaving, share) in finished[count.min(finished.len() - 1)].iter().enumerate() {
            after[count - leaving] += probability * share;
        }
    }
    after
}

/// Distribution of a sum; what does not fit in the length of `one` is counted at its end.
fn convolve(one: &[f64], other: &[f64]) -> Vec<f64> {
    let mut sum = vec![0.0; one.len()];
    let last = one.len() - 1;
    for (first, probability) in one.iter().enumerate() {
        for (second, share) in other.iter().enumerate() {
            sum[(first + second).min(last)] += probability * share;
        }
    }
    sum
}

/// Probabilities of 0, 1, 2… arrivals; all but the first few are too small to matter.
fn poisson_probabilities(mean: f64, length: usize) -> Vec<f64> {
    let mut probability = (-mean).exp();
    let mut next = |count: usize| {
        let this = probability;
        probability *= mean / (count as f64 + 1.0);
        this
    };
    let mut probabilities: Vec<f64> = (0..length).map(&mut next).collect();
    // Cut where they no longer matter, so that sums are short.
    while probabilities.pop_if(|last| *last < 1e-18).is_some() {}
    probabilities
}

fn binomial_probabilities(trials: u32, probability: f64) -> Vec<f64> {
    (0..trials).fold(vec![1.0], |row, _| {
        let failed = row.iter().map(|share| share * (1.0 - probability)).chain([0.0]);
        let succeeded = std::iter::once(0.0).chain(row.iter().map(|share| share * probability));
        failed
            .zip(succeeded)
            .map(|(failed, succeeded)| failed + succeeded)
            .collect()
    })
}

/// Wait of each customer at `servers` servers, first come, first served, for given weeks of arrival (in order) and
/// weeks of service \[weeks\]. Source: Kiefer and Wolfowitz 1955.
pub fn waits_weeks(arrival_weeks: &[u64], service_weeks: &[u64], servers: usize) -> Vec<u64> {
    let mut free_from = vec![0_u64; servers];
    let mut serve = |(arrival, service): (&u64, &u64)| {
        free_from.sort_unstable();
        let start = free_from[0].max(*arrival);
        free_from[0] = start + service;
        start - arrival
    };
    arrival_weeks.iter().zip(service_weeks).map(&mut serve).collect()
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;
    use rand_distr::{Distribution, Geometric, Poisson};

    use super::super::{assert_close, queueing};
    use super::*;

    /// Means of waits over runs of `weeks` weeks from empty, the first tenth left out.
    fn simulated_waits(
        rate: f64,
        service: impl Fn(&mut ChaCha8Rng) -> u64,
        servers: usize,
        weeks: u64,
    ) -> Vec<f64> {
        let run = |seed| {
            let mut generator = ChaCha8Rng::seed_from_u64(seed);
            let batch = Poisson::new(rate).expect("a valid rate");
            let batch_of = |week| vec![week; batch.sample(&mut generator) as usize];
            let arrivals: Vec<u64> = (0..weeks).flat_map(batch_of).collect();
            let services: Vec<u64> = arrivals.iter().map(|_| service(&mut generator)).collect();
            let waits = waits_weeks(&arrivals, &services, servers);
            let settled = &waits[waits.len() / 10..];
            settled.iter().sum::<u64>() as f64 / settled.len() as f64
        };
        (0..40).map(run).collect()
    }

    /// Fails unless the mean of the runs is within 5 standard errors (5.7e-7, both sides) of `expected`.
    #[track_caller]
    fn assert_mean(runs: &[f64], expected: f64) {
        let count = runs.len() as f64;
        let mean = runs.iter().sum::<f64>() / count;
        let variance = runs.iter().map(|run| (run - mean).powi(2)).sum::<f64>() / (count - 1.0);
        assert_close(mean, expected, 5.0 * (variance / count).sqrt());
    }

    #[test]
    fn poisson_batches_wait_as_pollaczek_and_khinchine_say() {
        let service = Service::fixed(3);
        let found = mean_wait_weeks(Batch::poisson(0.25), service);
        assert_close(found, queueing::mean_wait_general(0.25, 3.0, 0.0), 1e-12);
        assert_mean(&simulated_waits(0.25, |_| 3, 1, 40_000), found);
        assert_close(
            mean_lead_time_weeks(Batch::poisson(0.25), service),
            found + 2.0,
            1e-12,
        );
    }

    #[test]
    fn single_arrivals_wait_less_than_poisson_batches() {
        // With at most one arrival and one week of service nobody ever waits.
        assert_close(
            mean_wait_weeks(Batch::at_most_one(0.7), Service::fixed(1)),
            0.0,
            1e-12,
        );
        // Arrivals with probability 1/4, service of two weeks: U is 0 or 1, and 1 if somebody came the week before.
        assert_close(
            mean_wait_weeks(Batch::at_most_one(0.25), Service::fixed(2)),
            0.25 * 2.0 / (2.0 * 0.5),
            1e-12,
        );
    }

    #[test]
    fn one_server_of_the_chain_agrees_with_the_closed_form() {
        let closed = mean_wait_weeks(Batch::poisson(0.2), Service::geometric(0.25));
        assert_close(mean_wait_weeks_servers(0.2, 0.25, 1), closed, 1e-6);
    }

    #[test]
    fn several_servers_of_the_chain_agree_with_a_plain_queue() {
        let extra_weeks = Geometric::new(0.25).expect("a valid probability");
        let runs = simulated_waits(0.6, |generator| 1 + extra_weeks.sample(generator), 3, 40_000);
        assert_mean(&runs, mean_wait_weeks_servers(0.6, 0.25, 3));
    }

    #[test]
    fn long_services_wait_as_in_continuous_time() {
        let finish = 0.01;
        let expected = queueing::mean_wait_exponential(2.0 * 0.7 * finish, 1.0 / finish, 2);
        assert_close(
            mean_wait_weeks_servers(2.0 * 0.7 * finish, finish, 2) / expected,
            1.0,
            0.01,
        );
    }

    #[test]
    fn rounding_up_gives_the_moments_of_whole_weeks() {
        let exponential = Service::exponential_rounded_up(2.0);
        let summed = Service::rounded_up(|weeks| (-weeks / 2.0).exp());
        assert_close(summed.mean_weeks, exponential.mean_weeks, 1e-12);
        assert_close(summed.mean_squared_weeks, exponential.mean_squared_weeks, 1e-10);
        // Long efforts lose half a week on average.
        let long = Service::lognormal_rounded_up(4.0, 0.3);
        assert_close(long.mean_weeks, (4.0_f64 + 0.045).exp() + 0.5, 1e-6);
    }
}
