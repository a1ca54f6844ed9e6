//! A comparison as one JSON object of a fixed, numbered shape; keys may be added to it, never taken away or renamed.

use experiments::result::{ArmResult, BasisResult, Comparison, Difference, Stopped, Summary};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use sim_core::outcomes::Outcome;

use crate::tables::{bases, interval_word};

/// Number of the shape.
const SCHEMA: u32 = 1;

/// What was measured while the comparison ran; the only figures that differ from one time to the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Measurements {
    /// Name and version of the engine.
    pub engine: String,
    /// Time by the clock on the wall \[s\].
    pub elapsed_seconds: f64,
    /// Time of all processors together, if it could be measured \[s\].
    pub cpu_seconds: Option<f64>,
    /// Threads that simulated.
    pub threads: usize,
    /// Largest resident memory, if it could be measured \[bytes\].
    pub peak_memory_bytes: Option<u64>,
}

/// `comparison` and `measurements` as one JSON object, figures in their shortest form that reads back to the same
/// bits, unknown ones `null`.
pub fn comparison_json(comparison: &Comparison, measurements: &Measurements) -> String {
    let settings = &comparison.settings;
    let document = Document {
        schema: SCHEMA,
        engine: &measurements.engine,
        seed: comparison.seed,
        replications: settings.replications,
        worlds_failed: settings.worlds_failed,
        elapsed_seconds: measurements.elapsed_seconds,
        cpu_seconds: measurements.cpu_seconds,
        threads: measurements.threads,
        peak_memory_bytes: measurements.peak_memory_bytes,
        team_weeks: bases(comparison).map(|basis| basis.team_weeks).sum(),
        warm_up_weeks: comparison.span.warm_up_weeks,
        horizon_weeks: comparison.span.horizon_weeks,
        fork_week: comparison.fork_week,
        primary: comparison.primary.row().name,
        smallest_gap: comparison.smallest_gap,
        bases: bases(comparison).map(BasisObject::new).collect(),
        arms: settings.arms.iter().map(ArmObject::new).collect(),
        arms_plausible: comparison
            .plausible
            .as_ref()
            .map(|basis| basis.arms.iter().map(ArmObject::new).collect()),
        differences: bases(comparison)
            .flat_map(|basis| pairs(comparison, basis))
            .collect(),
    };
    serde_json::to_string(&document).unwrap_or_else(|error| unreachable!("all keys are strings: {error}"))
}

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    engine: &'a str,
    seed: u64,
    replications: u64,
    worlds_failed: u64,
    elapsed_seconds: f64,
    cpu_seconds: Option<f64>,
    threads: usize,
    peak_memory_bytes: Option<u64>,
    team_weeks: u64,
    warm_up_weeks: u32,
    horizon_weeks: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    fork_week: Option<i32>,
    primary: &'static str,
    smallest_gap: f64,
    bases: Vec<BasisObject>,
    arms: Vec<ArmObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arms_plausible: Option<Vec<ArmObject<'a>>>,
    differences: Vec<PairObject<'a>>,
}

#[derive(Serialize)]
struct BasisObject {
    basis: &'static str,
    replications: u64,
    worlds_failed: u64,
    companies_dropped: u64,
    companies_redrawn: u64,
    stopped: &'static str,
    first_failure: Option<String>,
    team_weeks: u64,
}

impl BasisObject {
    fn new(basis: &BasisResult) -> Self {
        Self {
            basis: basis.basis.word(),
            replications: basis.replications,
            worlds_failed: basis.worlds_failed,
            companies_dropped: basis.companies_dropped,
            companies_redrawn: basis.companies_redrawn,
            stopped: stopped_word(basis.stopped),
            first_failure: basis.first_failure.clone(),
            team_weeks: basis.team_weeks,
        }
    }
}

#[derive(Serialize)]
struct ArmObject<'a> {
    name: &'a str,
    outcomes: Named<DistributionObject>,
}

impl<'a> ArmObject<'a> {
    fn new(arm: &'a ArmResult) -> Self {
        let outcomes = arm
            .outcomes
            .iter()
            .map(|(outcome, summary)| (*outcome, DistributionObject::new(*outcome, summary)));
        Self {
            name: &arm.name,
            outcomes: Named(outcomes.collect()),
        }
    }
}

#[derive(Serialize)]
struct PairObject<'a> {
    arm: &'a str,
    baseline: &'a str,
    basis: &'static str,
    outcomes: Named<DifferenceObject>,
}

fn pairs<'a>(comparison: &'a Comparison, basis: &'a BasisResult) -> impl Iterator<Item = PairObject<'a>> {
    basis.pairs.iter().map(|pair| {
        let outcomes = pair.outcomes.iter().map(|(outcome, difference)| {
            let interval = interval_word(comparison.primary, *outcome, basis.interval_rule, difference);
            (*outcome, DifferenceObject::new(*outcome, difference, interval))
        });
        PairObject {
            arm: &basis.arms[pair.arm].name,
            baseline: &basis.arms[pair.baseline].name,
            basis: basis.basis.word(),
            outcomes: Named(outcomes.collect()),
        }
    })
}

/// Figures of a distribution over worlds; `serde_json` writes those that are not finite as `null`.
#[derive(Serialize)]
struct DistributionObject {
    unit: &'static str,
    replications: u64,
    mean: f64,
    standard_error: Option<f64>,
    ci95_low: Option<f64>,
    ci95_high: Option<f64>,
    p05: f64,
    p10: f64,
    p25: f64,
    p50: f64,
    p75: f64,
    p90: f64,
    p95: f64,
}

impl DistributionObject {
    fn new(outcome: Outcome, summary: &Summary) -> Self {
        let [p05, p10, p25, p50, p75, p90, p95] = summary.quantiles;
        Self {
            unit: outcome.row().unit,
            replications: summary.replications,
            mean: summary.mean,
            standard_error: summary.standard_error,
            ci95_low: summary.ci95.map(|(low, _)| low),
            ci95_high: summary.ci95.map(|(_, high)| high),
            p05,
            p10,
            p25,
            p50,
            p75,
            p90,
            p95,
        }
    }
}

#[derive(Serialize)]
struct DifferenceObject {
    #[serde(flatten)]
    distribution: DistributionObject,
    better_in_20: Option<u32>,
    probability_better: Option<f64>,
    variance_reduction: Option<f64>,
    verdict: Option<&'static str>,
    interval: &'static str,
    ignorance_share: Option<f64>,
    companies_better: Option<f64>,
}

impl DifferenceObject {
    fn new(outcome: Outcome, difference: &Difference, interval: &'static str) -> Self {
        Self {
            distribution: DistributionObject::new(outcome, &difference.summary),
            better_in_20: difference.better_in_20,
            probability_better: difference.probability_better,
            variance_reduction: difference.variance_reduction,
            verdict: difference.verdict.map(|verdict| verdict.word()),
            interval,
            ignorance_share: difference.ignorance_share,
            companies_better: difference.companies_better,
        }
    }
}

/// Objects under the names of their outcomes, in the order of the table of outcomes.
struct Named<T>(Vec<(Outcome, T)>);

impl<T: Serialize> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (outcome, object) in &self.0 {
            map.serialize_entry(outcome.row().name, object)?;
        }
        map.end()
    }
}

fn stopped_word(stopped: Stopped) -> &'static str {
    match stopped {
        Stopped::AsAsked => "as asked",
        Stopped::Settled => "settled",
        Stopped::Precise => "precise",
        Stopped::Cap => "cap",
        Stopped::Interrupted => "interrupted",
    }
}
