//! What a comparison found: plain data, every figure that any table, plot or sentence shows.

use sim_core::outcomes::{Outcome, Series, WeekRecord};
use sim_core::simulation::Span;

use crate::statistics::IntervalRule;

/// On which basis worlds were drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// Exactly the settings of the scenarios; only luck differs between worlds.
    Settings,
    /// Parameters drawn once per world from their distributions: plausible companies.
    Plausible,
}

impl Basis {
    /// `settings` or `plausible`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Plausible => "plausible",
        }
    }
}

/// What may be said about a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The arm is better than the baseline by more than the smallest gap worth naming.
    Better,
    /// The arm is worse than the baseline by more than the smallest gap worth naming.
    Worse,
    /// The difference is smaller than the smallest gap worth naming.
    NoPracticalDifference,
    /// The interval allows both.
    NotSettled,
}

impl Verdict {
    /// The fixed words of files and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::NoPracticalDifference => "no practical difference",
            Self::NotSettled => "not settled",
        }
    }
}

/// Distribution of one outcome over worlds. Unknown figures are `None`, never zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Worlds in which the outcome has a value.
    pub replications: u64,
    /// Mean.
    pub mean: f64,
    /// Standard error of the mean; `None` below two worlds.
    pub standard_error: Option<f64>,
    /// Ends of the 95 % interval of the mean; `None` below two worlds.
    pub ci95: Option<(f64, f64)>,
    /// Quantiles 5, 10, 25, 50, 75, 90 and 95 % over worlds.
    pub quantiles: [f64; 7],
    /// Quantiles at (2i+1)/40, i = 0…19: the marks of a 20-mark dotplot.
    pub marks: [f64; 20],
}

/// Probabilities of [`Summary::quantiles`].
pub const QUANTILE_LEVELS: [f64; 7] = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95];

/// A paired difference of one outcome: arm minus baseline, world by world.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Distribution of the difference; [`BasisResult::interval_rule`] says how `ci95` is built.
    pub summary: Summary,
    /// Worlds of 20 in which the arm is better (ties count half); `None` for neutral outcomes.
    pub better_in_20: Option<u32>,
    /// Share of worlds in which the arm is better (ties count half); `None` for neutral outcomes.
    pub probability_better: Option<f64>,
    /// Variance of an unpaired difference over that of the paired one; `None` if either is zero.
    pub variance_reduction: Option<f64>,
    /// What may be said; `None` for neutral outcomes, and where [`BasisResult::carries_a_verdict`] does not hold.
    pub verdict: Option<Verdict>,
    /// Whether the interval is adjusted for looking at many outcomes (or is the primary one's own).
    pub adjusted: bool,
    /// Share of the variance over plausible companies that comes from not knowing the company, the rest being luck
    /// within it; `None` on the settings basis, or if it cannot be told.
    pub ignorance_share: Option<f64>,
    /// Share of plausible companies in which the arm is better on average, freed from luck within companies, which pulls
    /// [`Self::probability_better`] towards one half; `None` where `ignorance_share` is, and for neutral outcomes.
    pub companies_better: Option<f64>,
}

/// Quantile bands of one weekly series in one week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// Mean over worlds.
    pub mean: f64,
    /// Quantiles at [`QUANTILE_LEVELS`] over worlds.
    pub quantiles: [f64; 7],
}

/// What one arm did.
#[derive(Debug, Clone, PartialEq)]
pub struct ArmResult {
    /// Name of the arm, unique in the comparison.
    pub name: String,
    /// Each outcome that has a value in at least one world, in the order of the table.
    pub outcomes: Vec<(Outcome, Summary)>,
    /// For each week from 0 and each series, its bands (settings basis only; empty otherwise).
    pub weekly: Vec<[Band; Series::COUNT]>,
    /// The weekly series of the first seven worlds, the same worlds in every arm.
    pub sample_worlds: Vec<Vec<WeekRecord>>,
}

/// One arm against one baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct PairResult {
    /// Index of the arm.
    pub arm: usize,
    /// Index of the baseline.
    pub baseline: usize,
    /// Each outcome that both have.
    pub outcomes: Vec<(Outcome, Difference)>,
}

/// Why replication ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// The number asked for was reached.
    AsAsked,
    /// The verdict on the primary outcome was settled.
    Settled,
    /// The precision asked for was reached.
    Precise,
    /// The largest number allowed was reached before.
    Cap,
    /// Somebody interrupted.
    Interrupted,
}

/// One basis of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct BasisResult {
    /// Settings or plausible companies.
    pub basis: Basis,
    /// Worlds that were tried; over plausible companies those of viable ones.
    pub replications: u64,
    /// Worlds left out because a run in them failed.
    pub worlds_failed: u64,
    /// Why replication ended.
    pub stopped: Stopped,
    /// How the intervals of differences are built. It follows from what was asked for, not from why replication ended.
    pub interval_rule: IntervalRule,
    /// Plausible companies dropped because their baseline is not viable (plausible basis only).
    pub companies_dropped: u64,
    /// Plausible companies drawn again because their parameters contradicted each other (plausible basis only).
    pub companies_redrawn: u64,
    /// What went wrong in the first world that failed.
    pub first_failure: Option<String>,
    /// One result per arm.
    pub arms: Vec<ArmResult>,
    /// Every arm but the first against the first; with more arms, also each against each earlier one.
    pub pairs: Vec<PairResult>,
    /// Simulated team-weeks, warm-up and viability checks too.
    pub team_weeks: u64,
}

/// Share of failed worlds above which results may no longer stand for all worlds.
pub const TOLERABLE_FAILED_SHARE: f64 = 0.05;

/// Share of drawn companies that must be viable for a verdict: below it the few that are left are no longer what anybody
/// would call plausible companies. It is also the share at which draws run out before enough companies are found.
pub const FEWEST_VIABLE_SHARE: f64 = 0.25;

impl BasisResult {
    /// Whether more than [`TOLERABLE_FAILED_SHARE`] of the worlds failed: what is left may be a selection.
    pub fn loses_too_many_worlds(&self) -> bool {
        self.worlds_failed as f64 > TOLERABLE_FAILED_SHARE * self.replications as f64
    }

    /// Plausible companies drawn, viable or not; on the settings basis the worlds.
    pub fn companies_drawn(&self) -> u64 {
        self.replications + self.companies_dropped
    }

    /// Whether fewer than [`FEWEST_VIABLE_SHARE`] of the plausible companies are viable: what is left is a selection.
    pub fn drops_too_many_companies(&self) -> bool {
        (self.replications as f64) < FEWEST_VIABLE_SHARE * self.companies_drawn() as f64
    }

    /// Whether the worlds stand for what they were drawn from, so that a verdict may rest on them.
    pub fn carries_a_verdict(&self) -> bool {
        !self.loses_too_many_worlds() && !self.drops_too_many_companies()
    }
}

/// All that a comparison found.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Seed of the study.
    pub seed: u64,
    /// Weeks simulated.
    pub span: Span,
    /// The outcome that carries the verdict.
    pub primary: Outcome,
    /// Smallest gap worth naming, in units of the primary outcome.
    pub smallest_gap: f64,
    /// The week up to which all arms share the history of the first one, if they do.
    pub fork_week: Option<i32>,
    /// Under the settings.
    pub settings: BasisResult,
    /// Over plausible companies, unless skipped.
    pub plausible: Option<BasisResult>,
}
