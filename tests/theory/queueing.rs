//! Waiting in continuous time, in units of whatever time the arguments have; for whole weeks see `slots`.

/// Probability that an arrival has to wait at `servers` servers that are offered `load` = arrival rate × mean service
/// time, below `servers`.
///
/// Source: Erlang 1917, by the recursion of the Erlang B formula.
pub fn waiting_probability(servers: u32, load: f64) -> f64 {
    let blocking = (1..=servers).fold(1.0, |blocking, server| {
        load * blocking / (f64::from(server) + load * blocking)
    });
    let servers = f64::from(servers);
    servers * blocking / (servers - load * (1.0 - blocking))
}

/// Mean wait before service, M/M/c. Source: Erlang 1917.
pub fn mean_wait_exponential(arrival_rate: f64, mean_service: f64, servers: u32) -> f64 {
    let load = arrival_rate * mean_service;
    waiting_probability(servers, load) * mean_service / (f64::from(servers) - load)
}

/// Mean wait before service, M/G/1, for a squared coefficient of variation of service times.
///
/// Source: Pollaczek 1930, Khinchine 1932.
pub fn mean_wait_general(arrival_rate: f64, mean_service: f64, squared_variation: f64) -> f64 {
    let utilisation = arrival_rate * mean_service;
    utilisation / (1.0 - utilisation) * 0.5 * (1.0 + squared_variation) * mean_service
}

/// Approximate mean wait before service, M/G/c: that of M/M/c times half of one plus the squared variation.
///
/// Exact for one server and for exponential service; elsewhere within a few percent at high load.
/// Source: Lee and Longton 1959.
pub fn mean_wait_general_servers(
    arrival_rate: f64,
    mean_service: f64,
    squared_variation: f64,
    servers: u32,
) -> f64 {
    0.5 * (1.0 + squared_variation) * mean_wait_exponential(arrival_rate, mean_service, servers)
}

/// Approximate mean wait before service, G/G/1. Source: Kingman 1961.
pub fn mean_wait_kingman(
    arrival_rate: f64,
    mean_service: f64,
    arrival_variation: f64,
    service_variation: f64,
) -> f64 {
    let utilisation = arrival_rate * mean_service;
    utilisation / (1.0 - utilisation) * 0.5 * (arrival_variation + service_variation) * mean_service
}

/// Squared coefficient of variation of a lognormal variable whose logarithm has standard deviation `log_deviation`.
pub fn squared_variation_lognormal(log_deviation: f64) -> f64 {
    (log_deviation * log_deviation).exp_m1()
}

/// A class of customers at one server.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Class {
    /// Poisson arrivals per unit of time.
    pub arrival_rate: f64,
    /// Mean service time.
    pub mean_service: f64,
    /// Mean of the square of service time.
    pub mean_squared_service: f64,
}

/// Mean wait of each class at one server that always takes the first class in the list that waits, and interrupts
/// nobody. Source: Cobham 1954.
pub fn mean_waits_by_priority(classes: &[Class]) -> Vec<f64> {
    let residual: f64 = classes
        .iter()
        .map(|class| 0.5 * class.arrival_rate * class.mean_squared_service)
        .sum();
    let mut utilisation = 0.0;
    let mut wait = |class: &Class| {
        let above = utilisation;
        utilisation += class.arrival_rate * class.mean_service;
        residual / ((1.0 - above) * (1.0 - utilisation))
    };
    classes.iter().map(&mut wait).collect()
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    #[test]
    fn erlangs_formula_gives_its_tabulated_values() {
        for (servers, utilisation, probability, wait) in [
            (1, 0.5, 0.5, 1.0),
            (1, 0.8, 0.8, 4.0),
            (1, 0.9, 0.9, 9.0),
            (2, 0.8, 0.711_11, 1.777_78),
        ] {
            let load = f64::from(servers) * utilisation;
            assert_close(waiting_probability(servers, load), probability, 1e-5);
            assert_close(mean_wait_exponential(load, 1.0, servers), wait, 1e-5);
        }
    }

    #[test]
    fn time_is_measured_in_the_unit_of_the_arguments() {
        assert_close(mean_wait_exponential(0.08, 10.0, 1), 40.0, 1e-9);
        assert_close(mean_wait_general(0.08, 10.0, 0.0), 20.0, 1e-9);
    }

    #[test]
    fn variation_of_service_lengthens_waits_as_tabulated() {
        let waits = [
            (0.6, [0.716_66, 2.866_66, 6.449_98]),
            (1.0, [1.359_14, 5.436_56, 12.232_27]),
            (0.0, [0.5, 2.0, 4.5]),
        ];
        for (log_deviation, expected) in waits {
            let variation = squared_variation_lognormal(log_deviation);
            for (utilisation, expected) in [0.5, 0.8, 0.9].into_iter().zip(expected) {
                assert_close(mean_wait_general(utilisation, 1.0, variation), expected, 2e-5);
                assert_close(
                    mean_wait_kingman(utilisation, 1.0, 1.0, variation),
                    expected,
                    2e-5,
                );
                assert_close(
                    mean_wait_general_servers(utilisation, 1.0, variation, 1),
                    expected,
                    2e-5,
                );
            }
        }
        assert_close(squared_variation_lognormal(0.6), 0.4333, 5e-5);
    }

    #[test]
    fn priority_moves_waiting_about_and_conserves_it() {
        let class = Class {
            arrival_rate: 0.4,
            mean_service: 1.0,
            mean_squared_service: 2.0,
        };
        let waits = mean_waits_by_priority(&[class, class]);
        assert_close(waits[0], 1.333_33, 1e-5);
        assert_close(waits[1], 6.666_67, 1e-5);
        let first_come = mean_wait_exponential(0.8, 1.0, 1);
        assert_close(0.4 * waits[0] + 0.4 * waits[1], 0.8 * first_come, 1e-12);
    }
}
