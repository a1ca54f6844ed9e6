//! Discovery: in which plausible companies a scenario fails against another, told as boxes and confirmed on fresh draws.
//!
//! A company is a draw of everything uncertain ([`crate::plausible`]); it counts by the mean difference over several
//! worlds of its own. Boxes are found by peeling ([`crate::peeling`]) and tried on companies that had no part in it.

mod confirmation;
mod drawing;

use std::sync::atomic::AtomicBool;

use scenarios::Scenario;
use sim_core::outcomes::Outcome;
use sim_core::simulation::Span;

pub use confirmation::Confirmation;

use crate::breakeven::refuse_neutral;
use crate::engine::Engine;
use crate::error::ComparisonError;
use crate::evaluation::{Evaluator, Setting, Watch, refuse_too_many};
use crate::peeling::{Case, Peeling, Region, Step, Told, outside, quality, searched};
use crate::plausible::{Companies, Dimension, VIABILITY_WORLDS, refuse_same};
use crate::statistics::{Estimate, Share};
use confirmation::confirmed;
use drawing::{Drawing, Evaluators};

/// Companies of a search, unless a number is asked for.
pub const DEFAULT_COMPANIES: u64 = 500;

/// Worlds for each company, unless a number is asked for.
pub const DEFAULT_WORLDS: u64 = 8;

/// Fresh companies on which a box is confirmed, for each ten of the search.
const CONFIRMING_TENTHS: u64 = 3;

/// Most boxes that are told.
const MOST_BOXES: usize = 2;

/// Fewest companies of interest from which a box is drawn: with fewer, peeling follows luck.
pub const FEWEST_SOUGHT: usize = 15;

/// What is to be discovered.
#[derive(Debug, Clone, PartialEq)]
pub struct DiscoveryPlan {
    /// The two scenarios; what is sought are companies in which the second fails: in which the first is ahead.
    pub arms: [Scenario; 2],
    /// Weeks to simulate.
    pub span: Span,
    /// Seed of companies and worlds.
    pub seed: u64,
    /// The outcome that decides.
    pub outcome: Outcome,
    /// Viable companies of the search.
    pub companies: u64,
    /// Worlds for each company \[worlds\].
    pub worlds: u64,
    /// Smallest gap worth naming, in units of the outcome.
    pub smallest_gap: f64,
    /// Threads; 0 means all cores. Results do not depend on it.
    pub threads: usize,
}

/// A box of companies in which the second scenario fails.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundBox {
    /// The box with its quality among the companies of the search.
    pub step: Step,
    /// For each restricted dimension its quasi-p value, among the companies that the box was sought in.
    pub quasi_p: Vec<(usize, f64)>,
    /// What fresh companies say; `None` if too few of them fall into the box.
    pub confirmation: Option<Confirmation>,
}

/// A company of the search.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchedCompany {
    /// Its number.
    pub number: u64,
    /// Value of each dimension.
    pub place: Vec<f64>,
    /// Mean difference over its worlds, second scenario minus first, with its standard error.
    pub difference: Estimate,
    /// Whether the second scenario fails: it is behind on average over the company's worlds.
    pub fails: bool,
}

/// All that a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Discovery {
    /// Names of the two scenarios.
    pub arms: [String; 2],
    /// Weeks simulated.
    pub span: Span,
    /// Seed.
    pub seed: u64,
    /// The outcome that decides.
    pub outcome: Outcome,
    /// Smallest gap worth naming.
    pub smallest_gap: f64,
    /// Worlds for each company.
    pub worlds: u64,
    /// What is uncertain.
    pub dimensions: Vec<Dimension>,
    /// Companies of the search.
    pub companies: Vec<SearchedCompany>,
    /// Companies dropped because the first scenario is not viable in them.
    pub companies_dropped: u64,
    /// Companies left out because a run failed.
    pub companies_failed: u64,
    /// What went wrong first.
    pub first_failure: Option<String>,
    /// Share of companies in which the second scenario fails.
    pub failing: Share,
    /// Mean difference over all companies.
    pub difference: Estimate,
    /// The way from everything to the smallest box.
    pub trajectory: Vec<Step>,
    /// The boxes, the best first; none if too few companies fail or nothing sets them apart.
    pub boxes: Vec<FoundBox>,
    /// Runs of the engine.
    pub runs: u64,
}

impl DiscoveryPlan {
    /// Checks what can be wrong before a world is simulated.
    ///
    /// # Errors
    /// What is wrong, and what to do.
    pub fn check(&self) -> Result<(), ComparisonError> {
        refuse_neutral(self.outcome)?;
        let [first, other] = &self.arms;
        refuse_same(first, other)?;
        let bad = |what, value: u64, allowed| {
            Err(ComparisonError::BadPlan {
                what,
                value: value.to_string(),
                allowed,
            })
        };
        if self.companies < 40 {
            return bad(
                "the number of companies",
                self.companies,
                "40 or more, so that a box can hold a few",
            );
        }
        if self.worlds < 2 {
            return bad("the number of worlds for each company", self.worlds, "2 or more");
        }
        if Companies::new(&self.arms, self.seed)?.dimensions().is_empty() {
            return Err(ComparisonError::NothingUncertain);
        }
        let runs_each = u128::from(VIABILITY_WORLDS) + 2 * u128::from(self.worlds);
        refuse_too_many(u128::from(self.companies) * runs_each, || {
            format!(
                "{} companies of {} worlds with 2 arms",
                self.companies, self.worlds
            )
        })
    }
}

/// Searches plausible companies.
///
/// # Errors
/// If the plan is not usable, threads cannot be started, no company is left, or somebody stops it.
pub fn discover(
    plan: &DiscoveryPlan,
    engine: &impl Engine,
    watch: &mut dyn Watch,
    cancel: &AtomicBool,
) -> Result<Discovery, ComparisonError> {
    plan.check()?;
    let setting = Setting {
        span: plan.span,
        seed: plan.seed,
        outcome: plan.outcome,
        threads: plan.threads,
    };
    // A company is not lost because the outcome that is compared is missing where it is only judged.
    let judging = Setting {
        outcome: Outcome::ReturnOnTeamCost,
        ..setting
    };
    let evaluators = Evaluators {
        judging: Evaluator::new(engine, judging)?,
        comparing: Evaluator::new(engine, setting)?,
    };
    let companies = Companies::new(&plan.arms, plan.seed)?;
    let mut drawing = Drawing::new(plan, &companies);
    let everywhere = Region::everything(companies.dimensions().len());
    let companies_searched = drawing.draw(&evaluators, &everywhere, plan.companies, watch, cancel)?;
    let (Some(failing), Some(difference)) = (
        share_failing(&companies_searched),
        mean_difference(&companies_searched),
    ) else {
        return Err(ComparisonError::NothingLeft {
            reason: drawing
                .first_failure
                .clone()
                .unwrap_or_else(|| "no company is viable".to_owned()),
        });
    };
    let cases = cases(&companies_searched);
    let (trajectory, told) = sought(&cases);
    let (dropped, failed) = (drawing.dropped, drawing.failed);
    let mut boxes = Vec::new();
    for Told { region, quasi_p } in told {
        let wanted = (plan.companies * CONFIRMING_TENTHS / 10).max(20);
        let fresh = drawing.draw(&evaluators, &region, wanted, watch, cancel)?;
        boxes.push(FoundBox {
            quasi_p,
            step: Step {
                quality: quality(&cases, &region),
                region,
            },
            confirmation: confirmed(plan, &fresh),
        });
    }
    Ok(Discovery {
        arms: plan.arms.clone().map(|arm| arm.name),
        span: plan.span,
        seed: plan.seed,
        outcome: plan.outcome,
        smallest_gap: plan.smallest_gap,
        worlds: plan.worlds,
        dimensions: companies.dimensions().to_vec(),
        companies: companies_searched,
        companies_dropped: dropped,
        companies_failed: failed,
        first_failure: drawing.first_failure.clone(),
        failing,
        difference,
        trajectory,
        boxes,
        runs: drawing.runs,
    })
}

fn share_failing(companies: &[SearchedCompany]) -> Option<Share> {
    let fails = companies.iter().filter(|company| company.fails).count();
    Share::of(fails as f64, companies.len() as u64)
}

fn mean_difference(companies: &[SearchedCompany]) -> Option<Estimate> {
    Estimate::of(companies.iter().map(|company| company.difference.mean))
}

fn cases(companies: &[SearchedCompany]) -> Vec<Case> {
    let case = |company: &SearchedCompany| Case {
        place: company.place.clone(),
        is_sought: company.fails,
        score: company.difference.mean,
    };
    companies.iter().map(case).collect()
}

/// The way of the first peeling, and the boxes worth telling: the first, then one among what it leaves, as long as
/// enough companies of interest are left and a box has limits.
fn sought(cases: &[Case]) -> (Vec<Step>, Vec<Told>) {
    let mut left = cases.to_vec();
    let (mut first, mut boxes) = (Vec::new(), Vec::new());
    while boxes.len() < MOST_BOXES {
        if left.iter().filter(|case| case.is_sought).count() < FEWEST_SOUGHT {
            break;
        }
        let (steps, told) = searched(&left, Peeling::default());
        if first.is_empty() {
            first = steps;
        }
        let Some(told) = told else {
            break;
        };
        left = outside(&left, &told.region);
        boxes.push(told);
    }
    (first, boxes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::peeling::quasi_p_values;
    use crate::statistics::normal_quantile;
    use sim_core::random::Key;

    /// As many as two scenarios of the library draw.
    const AXES: u64 = 190;

    /// Companies drawn evenly from the unit cube. In what is planted the mean gap is 2 lower; everywhere it has luck of 1
    /// around 0.3, so that more than a third fail that nothing sets apart.
    fn companies(seed: u64, count: u64, is_planted: fn(&[f64]) -> bool) -> Vec<Case> {
        let case = |number: u64| {
            let draws = Key(seed).child(number);
            let place: Vec<f64> = (0..AXES).map(|axis| draws.uniform(axis)).collect();
            let luck = normal_quantile(draws.uniform(AXES).clamp(1e-9, 1.0 - 1e-9));
            let score = 0.3 + luck - if is_planted(&place) { 2.0 } else { 0.0 };
            Case {
                place,
                is_sought: score < 0.0,
                score,
            }
        };
        (0..count).map(case).collect()
    }

    fn restricted(companies: &[Case]) -> Vec<Vec<usize>> {
        let (_, boxes) = sought(companies);
        let axes = |told: &Told| told.region.restricted().collect();
        boxes.iter().map(axes).collect()
    }

    #[test]
    fn a_box_among_190_axes_is_found_in_most_searches() {
        let is_planted = |place: &[f64]| place[30] > 0.6 && place[120] < 0.5;
        let found =
            |seed: &u64| restricted(&companies(*seed, 500, is_planted)).first() == Some(&vec![30, 120]);
        let found = (0..20).filter(found).count();
        assert!(found >= 15, "{found} of 20");
    }

    #[test]
    fn where_nothing_sets_companies_apart_hardly_a_search_tells_a_box() {
        let told = |seed: &u64| !restricted(&companies(*seed, 300, |_| false)).is_empty();
        let told = (1_000..1_100).filter(told).count();
        // At most one search in ten keeps an axis: more than 19 of 100 in one choice of seeds of 500.
        assert!(told <= 19, "{told} of 100");
    }

    #[test]
    fn a_second_box_is_weighed_among_the_companies_it_was_sought_in() {
        let all = companies(4, 500, |place| place[30] > 0.75 || place[120] < 0.25);
        let (_, boxes) = sought(&all);
        let [first, second] = &boxes[..] else {
            panic!("two boxes, not {boxes:?}")
        };
        let left = outside(&all, &first.region);
        assert_eq!(second.quasi_p, quasi_p_values(&left, &second.region));
        assert_ne!(second.quasi_p, quasi_p_values(&all, &second.region));
    }
}
