//! The comparison: arms in the same worlds, under their settings and over plausible companies.

use std::sync::atomic::AtomicBool;

use rayon::ThreadPool;
use scenarios::Scenario;
use sim_core::costs::team_cost;
use sim_core::outcomes::Outcome;
use sim_core::simulation::{Chooser, Span};

use crate::collection::{collect, pool};

use crate::design::{Contender, Design};
use crate::engine::Engine;
use crate::error::ComparisonError;
use crate::fork;
use crate::observer::Observer;
use crate::plausible::Companies;
use crate::result::{Basis, BasisResult, Comparison, Stopped};
use crate::slice::Slice;
use crate::stopping::{DEFAULT_CAP, DEFAULT_PLAUSIBLE_CAP, Rule, Stopping, is_in_team_week_costs};
use crate::weekly::WEEKLY_WORLDS;

/// Smallest gap worth naming unless said otherwise, as a share of the baseline's team cost.
pub const DEFAULT_SMALLEST_GAP_SHARE: f64 = 0.02;

/// What is to be compared, and how far.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparisonPlan {
    /// The arms; the first is the baseline.
    pub arms: Vec<Scenario>,
    /// Weeks to simulate.
    pub span: Span,
    /// Seed of the study.
    pub seed: u64,
    /// The outcome that carries the verdict.
    pub primary: Outcome,
    /// When replication ends.
    pub stopping: Stopping,
    /// Largest number of worlds under the settings, unless `stopping` is a fixed number \[worlds\].
    pub cap: u64,
    /// Largest number of viable plausible companies, unless `stopping` is a fixed number \[companies\].
    pub plausible_cap: u64,
    /// Smallest gap worth naming, as a share of the baseline's discounted team cost over the horizon \[share\].
    pub smallest_gap_share: f64,
    /// Whether to compare over plausible companies too.
    pub plausible: bool,
    /// Threads; 0 means all cores. Results do not depend on it.
    pub threads: usize,
    /// Who chooses what is built, in every arm.
    pub chooser: Chooser,
    /// The week up to which all arms share the history of the first one; `None` if each has its own from the start.
    pub fork_week: Option<i32>,
    /// Which part of the worlds is simulated; a part needs a fixed number of worlds.
    pub slice: Slice,
}

impl ComparisonPlan {
    /// A plan with the defaults: `shipped_value`, until settled or capped, 2 % smallest gap, both bases, all cores.
    pub fn new(arms: Vec<Scenario>, seed: u64) -> Self {
        Self {
            arms,
            span: Span::default(),
            seed,
            primary: Outcome::ShippedValue,
            stopping: Stopping::Settled,
            cap: DEFAULT_CAP,
            plausible_cap: DEFAULT_PLAUSIBLE_CAP,
            smallest_gap_share: DEFAULT_SMALLEST_GAP_SHARE,
            plausible: true,
            threads: 0,
            chooser: Chooser::Believing,
            fork_week: None,
            slice: Slice::WHOLE,
        }
    }

    /// Smallest gap worth naming in units of the primary outcome; 0 if that is not counted in team-week costs.
    pub fn smallest_gap(&self) -> f64 {
        if is_in_team_week_costs(self.primary) {
            self.gap_in_team_week_costs()
        } else {
            0.0
        }
    }

    /// Checks everything that can be wrong with a plan before a world is simulated.
    ///
    /// # Errors
    /// What is wrong, where, and what is allowed.
    pub fn check(&self) -> Result<(), ComparisonError> {
        if self.arms.len() < 2 {
            return Err(ComparisonError::TooFewArms(self.arms.len()));
        }
        for (place, arm) in self.arms.iter().enumerate() {
            if self.arms[..place].iter().any(|other| other.name == arm.name) {
                return Err(ComparisonError::SameName(arm.name.clone()));
            }
            let bad = |error: sim_core::parameters::SettingError| ComparisonError::BadScenario {
                arm: arm.name.clone(),
                reason: error.to_string(),
            };
            arm.parameters.check().map_err(bad)?;
        }
        self.check_numbers()?;
        if !self.slice.is_whole() && !matches!(self.stopping, Stopping::Fixed(_)) {
            return Err(ComparisonError::SlicedWhileLooking { slice: self.slice });
        }
        if let Some(week) = self.fork_week {
            fork::check(week, &self.arms, self.span)?;
        }
        if self.plausible {
            Companies::new(&self.arms, self.seed)?;
        }
        Ok(())
    }

    fn check_numbers(&self) -> Result<(), ComparisonError> {
        let bad = |what, value: String, allowed| Err(ComparisonError::BadPlan { what, value, allowed });
        match self.stopping {
            Stopping::Fixed(0) => return bad("the number of replications", "0".to_owned(), "1 or more"),
            Stopping::Precision(share) if !(share > 0.0 && share.is_finite()) => {
                return bad(
                    "the precision",
                    share.to_string(),
                    "a share above 0, such as 0.02 or 2%",
                );
            }
            _ => {}
        }
        if self.cap == 0 || self.plausible_cap == 0 {
            return bad("the largest number of worlds", "0".to_owned(), "1 or more");
        }
        if !(self.smallest_gap_share >= 0.0 && self.smallest_gap_share.is_finite()) {
            return bad(
                "the smallest gap worth naming",
                self.smallest_gap_share.to_string(),
                "a share of 0 or more",
            );
        }
        if self.span.horizon_weeks == 0 {
            return bad("the horizon", "0 weeks".to_owned(), "1 week or more");
        }
        Ok(())
    }

    fn gap_in_team_week_costs(&self) -> f64 {
        self.smallest_gap_share * team_cost(&self.arms[0].parameters, self.span)
    }

    /// When this slice ends that is part of a whole of `limit` worlds.
    fn rule(&self, basis: Basis, limit: u64) -> Rule {
        let base = || team_cost(&self.arms[0].parameters, self.span);
        let precision_base = is_in_team_week_costs(self.primary).then(base);
        let stopping = match (self.stopping, basis) {
            (Stopping::Fixed(_), Basis::Settings) => Stopping::Fixed(self.slice.worlds(limit)),
            (Stopping::Fixed(_), Basis::Plausible) => Stopping::Fixed(self.slice.companies(limit)),
            (rule, _) => rule,
        };
        Rule {
            stopping,
            cap: limit,
            gap: self.smallest_gap(),
            precision_base,
        }
    }

    pub(crate) fn design(&self, basis: Basis) -> Result<Design, ComparisonError> {
        let contender = |arm: &Scenario| Contender {
            name: arm.name.clone(),
            parameters: arm.parameters.clone(),
            chooser: self.chooser,
        };
        let (companies, cap, weekly_worlds) = match basis {
            Basis::Settings => (None, self.cap, WEEKLY_WORLDS),
            Basis::Plausible => (
                Some(Companies::new(&self.arms, self.seed)?),
                self.plausible_cap,
                0,
            ),
        };
        let limit = match self.stopping {
            Stopping::Fixed(worlds) => worlds,
            Stopping::Precision(_) | Stopping::Settled => cap,
        };
        Ok(Design {
            basis,
            seed: self.seed,
            span: self.span,
            primary: self.primary,
            contenders: self.arms.iter().map(contender).collect(),
            pairs: Design::all_pairs(self.arms.len()),
            rule: self.rule(basis, limit),
            slice: self.slice,
            limit,
            companies,
            gap: self.gap_in_team_week_costs(),
            weekly_worlds,
            fork_week: self.fork_week,
        })
    }
}

/// Runs a comparison. Same plan, same result, whatever the number of threads and whatever `observer` knows already.
///
/// When `cancel` is set, the comparison ends soon with what is finished, its `stopped` saying `Interrupted`; plausible
/// companies are then left out if they had not begun.
///
/// # Errors
/// If the plan is not usable, threads cannot be started, or `observer` gives up.
pub fn compare(
    plan: &ComparisonPlan,
    engine: &impl Engine,
    observer: &mut dyn Observer,
    cancel: &AtomicBool,
) -> Result<Comparison, ComparisonError> {
    plan.check()?;
    let pool = pool(plan.threads)?;
    let settings = run_basis(plan, Basis::Settings, engine, &pool, observer, cancel)?;
    let wanted = plan.plausible && settings.stopped != Stopped::Interrupted;
    let plausible = wanted
        .then(|| run_basis(plan, Basis::Plausible, engine, &pool, observer, cancel))
        .transpose()?;
    Ok(Comparison {
        seed: plan.seed,
        span: plan.span,
        primary: plan.primary,
        smallest_gap: plan.smallest_gap(),
        fork_week: plan.fork_week,
        settings,
        plausible,
    })
}

fn run_basis(
    plan: &ComparisonPlan,
    basis: Basis,
    engine: &impl Engine,
    pool: &ThreadPool,
    observer: &mut dyn Observer,
    cancel: &AtomicBool,
) -> Result<BasisResult, ComparisonError> {
    let design = plan.design(basis)?;
    let tally = collect(&design, engine, pool, observer, cancel)?;
    Ok(tally.finish())
}
