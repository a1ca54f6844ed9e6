//! Whether the peers compute the same model as the engine: means with their sampling errors; nothing about speed.

use super::runs::{ARMS, Line, Measurement};

/// A mean differs if it is farther from the engine's than this many standard errors of the difference.
pub const LIMIT_STANDARD_ERRORS: f64 = 5.0;
/// Probability that two equal means lie farther apart than the limit.
pub const FALSE_ALARM_PER_COMPARISON: f64 = 5.7e-7;
/// What is compared of each arm.
pub const FIGURES: [&str; 3] = ["value", "items shipped", "lead time [weeks]"];

/// A mean over all replications of a peer and its standard error; missing if any run could not tell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    pub mean: f64,
    pub standard_error: f64,
}

impl Estimate {
    /// Puts independent runs together, each weighted by its replications.
    fn pooled(runs: &[(u64, Option<f64>, Option<f64>)]) -> Option<Self> {
        let all: f64 = runs.iter().map(|(count, ..)| *count as f64).sum();
        let (mut mean, mut variance) = (0.0, 0.0);
        for (count, run_mean, run_error) in runs {
            let share = *count as f64 / all;
            mean += share * (*run_mean)?;
            variance += (share * (*run_error)?).powi(2);
        }
        let standard_error = variance.sqrt();
        (all > 0.0).then_some(Self { mean, standard_error })
    }

    fn distance_in_standard_errors(self, other: Self) -> f64 {
        (self.mean - other.mean).abs() / self.standard_error.hypot(other.standard_error)
    }
}

/// What one peer found, and how far that is from the engine.
pub struct Finding {
    pub name: &'static str,
    /// By arm, then by figure.
    pub estimates: [[Option<Estimate>; 3]; 2],
    /// Distances from the engine by arm and figure \[standard errors\]; missing where there is nothing to compare.
    distances: [[Option<f64>; 3]; 2],
}

impl Finding {
    fn of(measurement: &Measurement, engine: &[[Option<Estimate>; 3]; 2]) -> Self {
        let estimates = estimates(measurement);
        let distance = |arm: usize, figure: usize| {
            Some(estimates[arm][figure]?.distance_in_standard_errors(engine[arm][figure]?))
        };
        Self {
            name: measurement.name,
            estimates,
            distances: [0, 1].map(|arm| [0, 1, 2].map(|figure| distance(arm, figure))),
        }
    }

    /// The largest distance from the engine \[standard errors\]; missing if any comparison is.
    pub fn farthest(&self) -> Option<f64> {
        let distances: Option<Vec<f64>> = self.distances.iter().flatten().copied().collect();
        distances?.into_iter().reduce(f64::max)
    }

    fn disagreements(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (arm, distances) in ARMS.iter().zip(&self.distances) {
            for (figure, distance) in FIGURES.iter().zip(distances) {
                // What could not be compared is a disagreement too.
                if !distance.is_some_and(|distance| distance < LIMIT_STANDARD_ERRORS) {
                    let apart = distance.map_or("cannot be compared".to_owned(), |distance| {
                        format!("is {distance:.1} standard errors from orgsim")
                    });
                    found.push(format!("{}, {arm}: {figure} {apart}", self.name));
                }
            }
        }
        found
    }
}

/// All peers beside the engine, which comes first.
pub struct Comparison {
    pub findings: Vec<Finding>,
}

impl Comparison {
    /// Compares all measurements with the first, which is the engine's.
    pub fn of(measurements: &[Measurement]) -> Result<Self, String> {
        let engine = measurements.first().ok_or("nothing was measured")?;
        let engine = estimates(engine);
        let findings = measurements.iter().map(|one| Finding::of(one, &engine)).collect();
        Ok(Self { findings })
    }

    /// Number of comparisons with the engine.
    pub fn count(&self) -> usize {
        (self.findings.len() - 1) * ARMS.len() * FIGURES.len()
    }

    /// An error that names every disagreement, if there is one.
    pub fn verdict(&self) -> Result<(), String> {
        let found: Vec<_> = self.findings.iter().flat_map(Finding::disagreements).collect();
        if found.is_empty() {
            return Ok(());
        }
        Err(format!(
            "speeds are comparable only on the same model, and these differ:\n{}",
            found.join("\n")
        ))
    }
}

fn estimates(measurement: &Measurement) -> [[Option<Estimate>; 3]; 2] {
    ARMS.map(|arm| {
        let lines: Vec<_> = measurement.lines.iter().filter(|line| line.arm == arm).collect();
        [0, 1, 2].map(|figure| {
            let runs: Vec<_> = lines.iter().map(|line| run(line, figure)).collect();
            Estimate::pooled(&runs)
        })
    })
}

fn run(line: &Line, figure: usize) -> (u64, Option<f64>, Option<f64>) {
    let (mean, error) = match figure {
        0 => (line.value_mean, line.value_se),
        1 => (line.shipped_mean, line.shipped_se),
        _ => (line.lead_time_mean, line.lead_time_se),
    };
    (line.replications, mean, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(distance: Option<f64>) -> Finding {
        Finding {
            name: "peer",
            estimates: [[None; 3]; 2],
            distances: [[Some(0.0), Some(1.0), distance], [Some(2.0); 3]],
        }
    }

    #[test]
    fn runs_count_by_their_replications() {
        let runs = [(100, Some(1.0), Some(0.3)), (300, Some(5.0), Some(0.1))];
        let pooled = Estimate::pooled(&runs).expect("all is known");
        assert!((pooled.mean - 4.0).abs() < 1e-12);
        assert!((pooled.standard_error - 0.075_f64.hypot(0.075)).abs() < 1e-12);
    }

    #[test]
    fn a_run_that_cannot_tell_leaves_the_mean_unknown() {
        assert_eq!(
            Estimate::pooled(&[(100, Some(1.0), Some(0.3)), (100, None, None)]),
            None
        );
        assert_eq!(Estimate::pooled(&[]), None);
    }

    #[test]
    fn a_difference_beyond_the_limit_is_an_error_that_names_it() {
        let far = Comparison {
            findings: vec![finding(Some(5.1))],
        };
        assert!(
            far.verdict()
                .is_err_and(|said| said.contains("peer, quarterly: lead time"))
        );
        let near = Comparison {
            findings: vec![finding(Some(4.9))],
        };
        assert_eq!(near.verdict(), Ok(()));
        assert_eq!(near.findings[0].farthest(), Some(4.9));
    }

    #[test]
    fn what_cannot_be_compared_does_not_agree() {
        for nothing in [None, Some(f64::NAN)] {
            assert!(
                Comparison {
                    findings: vec![finding(nothing)]
                }
                .verdict()
                .is_err()
            );
        }
    }
}
