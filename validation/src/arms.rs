//! Arms and worlds: many worlds of one setting, in parallel, always in the same order.

use rayon::prelude::*;
use scenarios::{Kind, Library};
use sim_core::outcomes::{Outcome, Outcomes};
use sim_core::parameters::Parameters;
use sim_core::simulation::{Chooser, Request, Run, Span, WorldKey, run};

use crate::limits::mean_and_error;

/// A loaded setting.
#[derive(Debug, Clone)]
pub struct Arm {
    /// Its parameters.
    pub parameters: Parameters,
    /// Its span.
    pub span: Span,
}

impl Arm {
    /// `model` or `model@environment` with changes, told as on the command line.
    pub fn of(name: &str, changes: &[&str]) -> Self {
        let scenario = match scenarios::load(name, None, changes) {
            Ok(scenario) => scenario,
            Err(error) => panic!("a setting of the validation does not load: {error}"),
        };
        Self {
            span: Span {
                warm_up_weeks: scenario.warm_up_weeks,
                horizon_weeks: 156,
            },
            parameters: scenario.parameters,
        }
    }

    /// Outcomes of the first worlds of a seed.
    pub fn outcomes(&self, seed: u64, worlds: u64) -> Vec<Outcomes> {
        self.bounded(seed, worlds, Chooser::Believing)
    }

    /// The same under another chooser.
    pub fn bounded(&self, seed: u64, worlds: u64, chooser: Chooser) -> Vec<Outcomes> {
        let request = Request {
            chooser,
            ..Request::default()
        };
        self.runs(seed, worlds, request)
            .into_iter()
            .map(|run| run.outcomes)
            .collect()
    }

    /// Whole runs.
    pub fn runs(&self, seed: u64, worlds: u64, request: Request) -> Vec<Run> {
        let world = |replication| {
            run(
                &self.parameters,
                self.span,
                WorldKey { seed, replication },
                request,
            )
        };
        (0..worlds).into_par_iter().map(world).collect()
    }
}

/// Names of all operating models of the library.
pub fn models() -> Vec<&'static str> {
    Library::of_kind(Kind::OperatingModel)
        .map(|entry| entry.name)
        .collect()
}

/// Values of an outcome; worlds without it are left out.
pub fn values(outcomes: &[Outcomes], outcome: Outcome) -> Vec<f64> {
    outcomes
        .iter()
        .filter_map(|outcomes| outcomes.get(outcome))
        .collect()
}

/// Mean of an outcome with its standard error.
pub fn mean(outcomes: &[Outcomes], outcome: Outcome) -> (f64, f64) {
    mean_and_error(&values(outcomes, outcome))
}

/// Paired differences, world by world.
pub fn differences(one: &[Outcomes], baseline: &[Outcomes], outcome: Outcome) -> Vec<f64> {
    let pairs = one.iter().zip(baseline);
    pairs
        .filter_map(|(one, other)| Some(one.get(outcome)? - other.get(outcome)?))
        .collect()
}

/// Pearson's correlation.
pub fn correlation(x: &[f64], y: &[f64]) -> f64 {
    let centred = |sample: &[f64]| -> Vec<f64> {
        let middle = mean_and_error(sample).0;
        sample.iter().map(|value| value - middle).collect()
    };
    let product = |one: &[f64], other: &[f64]| one.iter().zip(other).map(|(x, y)| x * y).sum::<f64>();
    let (x, y) = (centred(x), centred(y));
    product(&x, &y) / (product(&x, &x) * product(&y, &y)).sqrt()
}
