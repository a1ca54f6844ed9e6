//! A ledger of claims: each a pair of arms and a direction, all tried in one sample of plausible companies.
//!
//! Arms that several claims over the same weeks have in common run once. What is found of a claim depends on the claim, the seed, the number of
//! companies and the size of the ledger alone, never on which other claims are tried with it.

mod finding;
mod split;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;

use scenarios::Scenario;
use sim_core::outcomes::{Outcome, Outcomes};
use sim_core::simulation::Span;

use crate::engine::Engine;
use crate::error::ComparisonError;
use crate::evaluation::{Evaluator, Runs, Setting, Wanted, Watch};
use crate::plausible::{Companies, VIABILITY_WORLDS, VIABLE_RETURN};
use crate::worlds::{TWIN_MARK, VIABILITY_MARK};

pub use finding::{ClaimVerdict, Estimate, Finding, HOLDS_FROM, Share};
pub use split::Exception;

/// Worlds that each company lives through in each arm.
pub const WORLDS: u64 = 2;

/// A claim, as far as it can be tried.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The arm the claim starts from, and the one it speaks of.
    pub arms: [Scenario; 2],
    /// Both with the mechanism at one common level that should carry the claim; `None` if that is not to be tried.
    pub without: Option<[Scenario; 2]>,
    /// What is measured.
    pub outcome: Outcome,
    /// Whether it should be higher in the second arm.
    pub higher: bool,
    /// Weeks to simulate from week 0 \[weeks\].
    pub horizon_weeks: u32,
    /// The arm whose return decides which companies are viable, in the environment of the claim.
    pub reference: Scenario,
}

/// What is tried, and in how many companies.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerPlan {
    /// The claims.
    pub questions: Vec<Question>,
    /// Companies drawn in each environment, viable or not.
    pub draws: u64,
    /// Seed of companies and worlds.
    pub seed: u64,
    /// Threads; 0 means all cores. Results do not depend on it.
    pub threads: usize,
    /// Number of claims over which the probability of an error is shared out; those left out of this run count too.
    pub ledger_size: u64,
    /// Smallest effect worth naming, as a share of the baseline's team cost \[share\].
    pub smallest_gap_share: f64,
}

/// What a run reports, or what went wrong, in words.
type Reported = Result<Outcomes, String>;

/// Tries every claim.
///
/// # Errors
/// If a range cannot be drawn from, environments warm up for different lengths, threads cannot be started, or somebody
/// cancels.
pub fn try_claims(
    plan: &LedgerPlan,
    engine: &impl Engine,
    watch: &mut dyn Watch,
    cancel: &AtomicBool,
) -> Result<Vec<Finding>, ComparisonError> {
    let warm_up_weeks = warm_up_weeks(&plan.questions)?;
    let mut found = BTreeMap::new();
    let horizons: BTreeSet<u32> = plan
        .questions
        .iter()
        .map(|question| question.horizon_weeks)
        .collect();
    for horizon_weeks in horizons {
        let span = Span {
            warm_up_weeks,
            horizon_weeks,
        };
        let questions = plan.questions.iter().enumerate();
        let (places, questions): (Vec<usize>, Vec<&Question>) = questions
            .filter(|(_, question)| question.horizon_weeks == horizon_weeks)
            .unzip();
        let findings = try_together(plan, &questions, span, engine, watch, cancel)?;
        found.extend(places.into_iter().zip(findings));
    }
    Ok(found.into_values().collect())
}

/// Tries claims over the same weeks: only those can have runs in common.
fn try_together(
    plan: &LedgerPlan,
    questions: &[&Question],
    span: Span,
    engine: &impl Engine,
    watch: &mut dyn Watch,
    cancel: &AtomicBool,
) -> Result<Vec<Finding>, ComparisonError> {
    let mut arms = Arms::default();
    let ids: Vec<ArmIds> = questions
        .iter()
        .map(|question| arms.of(question, plan.seed))
        .collect::<Result<_, _>>()?;
    let setting = Setting {
        span,
        seed: plan.seed,
        outcome: Outcome::ShippedValue,
        threads: plan.threads,
    };
    let evaluator = Evaluator::new(engine, setting)?;
    let viability = viability_jobs(&ids, plan.draws);
    let returns = evaluator.outcomes(&arms.runs(&viability), watch, cancel)?;
    let viable = viable(&viability, &returns);
    let jobs = jobs(&ids, &viable);
    let runs = evaluator.outcomes(&arms.runs(&jobs), watch, cancel)?;
    let table = Table::new(&jobs, runs);
    let find = |(question, ids): (&&Question, &ArmIds)| {
        let sample: Vec<u64> = companies_of(ids.reference, &viable).collect();
        finding::of(plan, span, question, &table.claim(ids, &sample))
    };
    questions.iter().zip(&ids).map(find).collect()
}

fn warm_up_weeks(questions: &[Question]) -> Result<u32, ComparisonError> {
    let weeks = |question: &Question| question.arms[0].warm_up_weeks;
    let warm_up_weeks = questions
        .first()
        .map_or_else(|| Span::default().warm_up_weeks, weeks);
    if let Some(other) = questions.iter().find(|question| weeks(question) != warm_up_weeks) {
        return Err(ComparisonError::BadPlan {
            what: "the warm-up of an environment, in weeks,",
            value: weeks(other).to_string(),
            allowed: "one length for all claims that are tried together",
        });
    }
    Ok(warm_up_weeks)
}

/// Every arm once.
#[derive(Default)]
struct Arms {
    scenarios: Vec<Scenario>,
    companies: Vec<Companies>,
}

/// Where the arms of a claim are among all arms.
struct ArmIds {
    arms: [usize; 2],
    without: Option<[usize; 2]>,
    reference: usize,
}

impl Arms {
    fn of(&mut self, question: &Question, seed: u64) -> Result<ArmIds, ComparisonError> {
        let mut id = |scenario: &Scenario| self.id(scenario, seed);
        let [baseline, arm] = &question.arms;
        let without = match &question.without {
            Some([baseline, arm]) => Some([id(baseline)?, id(arm)?]),
            None => None,
        };
        Ok(ArmIds {
            arms: [id(baseline)?, id(arm)?],
            without,
            reference: id(&question.reference)?,
        })
    }

    /// Two scenarios that are alike are one arm.
    fn id(&mut self, scenario: &Scenario, seed: u64) -> Result<usize, ComparisonError> {
        if let Some(id) = self.scenarios.iter().position(|known| known.is_alike(scenario)) {
            return Ok(id);
        }
        self.companies
            .push(Companies::new(std::slice::from_ref(scenario), seed)?);
        self.scenarios.push(scenario.clone());
        Ok(self.scenarios.len() - 1)
    }

    fn runs<'a>(&'a self, jobs: &'a [Job]) -> JobRuns<'a> {
        JobRuns { arms: self, jobs }
    }
}

/// One run: an arm in a company in a world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Job {
    arm: usize,
    company: u64,
    replication: u64,
}

struct JobRuns<'a> {
    arms: &'a Arms,
    jobs: &'a [Job],
}

impl Runs for JobRuns<'_> {
    fn count(&self) -> u64 {
        self.jobs.len() as u64
    }

    fn wanted(&self, number: u64) -> Result<Wanted<'_>, String> {
        let job = self.jobs[number as usize];
        let parameters = self.arms.companies[job.arm].first(job.company)?;
        let parameters = parameters.into_iter().next().unwrap_or_default();
        Ok(Wanted {
            parameters: Cow::Owned(parameters),
            replication: job.replication,
        })
    }
}

/// Each reference arm in worlds kept apart from those of the claims.
fn viability_jobs(ids: &[ArmIds], draws: u64) -> Vec<Job> {
    let mut references: Vec<usize> = ids.iter().map(|ids| ids.reference).collect();
    references.sort_unstable();
    references.dedup();
    let worlds = |arm: usize, company: u64| {
        (0..VIABILITY_WORLDS).map(move |world| Job {
            arm,
            company,
            replication: VIABILITY_MARK | (company * VIABILITY_WORLDS + world),
        })
    };
    references
        .into_iter()
        .flat_map(|arm| (0..draws).flat_map(move |company| worlds(arm, company)))
        .collect()
}

/// Reference arm and company of each company whose reference arm returns enough on its team cost.
fn viable(jobs: &[Job], returns: &[Reported]) -> Vec<(usize, u64)> {
    let worlds = VIABILITY_WORLDS as usize;
    let return_of = |run: &Reported| {
        let outcomes = run.as_ref().ok()?;
        outcomes.get(Outcome::ReturnOnTeamCost)
    };
    let is_viable = |runs: &[Reported]| {
        let sum: f64 = runs
            .iter()
            .map(|run| return_of(run).unwrap_or(f64::NEG_INFINITY))
            .sum();
        sum / worlds as f64 >= VIABLE_RETURN
    };
    let companies = jobs.chunks(worlds).zip(returns.chunks(worlds));
    companies
        .filter(|(_, runs)| is_viable(runs))
        .map(|(jobs, _)| (jobs[0].arm, jobs[0].company))
        .collect()
}

fn companies_of(reference: usize, viable: &[(usize, u64)]) -> impl Iterator<Item = u64> {
    let of_reference = viable.iter().filter(move |(arm, _)| *arm == reference);
    of_reference.map(|(_, company)| *company)
}

/// Every arm of every claim in each viable company of its environment, in order and once.
fn jobs(ids: &[ArmIds], viable: &[(usize, u64)]) -> Vec<Job> {
    let mut jobs = Vec::new();
    for ids in ids {
        for arm in ids.arms.into_iter().chain(ids.without.into_iter().flatten()) {
            for company in companies_of(ids.reference, viable) {
                jobs.extend([0, TWIN_MARK].map(|mark| Job {
                    arm,
                    company,
                    replication: mark | company,
                }));
            }
        }
    }
    jobs.sort_unstable_by_key(|job| (job.arm, job.company, job.replication));
    jobs.dedup();
    jobs
}

/// All runs, to be looked up.
struct Table<'a> {
    jobs: &'a [Job],
    runs: Vec<Reported>,
}

/// What the arms of one claim gave in one company: arms, then arms without the mechanism; each in every world.
pub(crate) struct CompanyRuns<'t> {
    pub(crate) company: u64,
    pub(crate) arms: [Vec<&'t Outcomes>; 2],
    pub(crate) without: Option<[Vec<&'t Outcomes>; 2]>,
}

impl<'a> Table<'a> {
    fn new(jobs: &'a [Job], runs: Vec<Reported>) -> Self {
        Self { jobs, runs }
    }

    fn claim(&self, ids: &ArmIds, sample: &[u64]) -> Vec<CompanyRuns<'_>> {
        let of_company = |company: &u64| CompanyRuns {
            company: *company,
            arms: ids.arms.map(|arm| self.worlds(arm, *company)),
            without: ids.without.map(|arms| arms.map(|arm| self.worlds(arm, *company))),
        };
        sample.iter().map(of_company).collect()
    }

    /// The worlds of an arm in a company; those that failed are missing.
    fn worlds(&self, arm: usize, company: u64) -> Vec<&Outcomes> {
        let first = self
            .jobs
            .partition_point(|job| (job.arm, job.company) < (arm, company));
        let runs = self.runs[first..].iter().take(WORLDS as usize);
        runs.filter_map(|run| run.as_ref().ok()).collect()
    }
}
