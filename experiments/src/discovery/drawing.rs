//! Draws of viable companies from a box, each with the mean difference over worlds of its own.

use std::sync::atomic::{AtomicBool, Ordering};

use sim_core::parameters::Parameters;

use super::{DiscoveryPlan, SearchedCompany};
use crate::engine::Engine;
use crate::error::ComparisonError;
use crate::evaluation::{Evaluated, Evaluator, Listed, Stage, Watch};
use crate::peeling::Region;
use crate::plausible::{Companies, VIABILITY_WORLDS, VIABLE_RETURN};
use crate::statistics::{Estimate, towards_better};
use crate::worlds::VIABILITY_MARK;

/// Most draws for each company that is wanted, viable and in the box or not.
const DRAWS_AT_MOST: u64 = 60;

/// Draws companies one after the other, so that none is drawn twice.
pub(super) struct Drawing<'a> {
    plan: &'a DiscoveryPlan,
    companies: &'a Companies,
    next: u64,
    pub(super) dropped: u64,
    pub(super) failed: u64,
    pub(super) first_failure: Option<String>,
    pub(super) runs: u64,
}

/// What runs companies: to judge whether they are viable, and to compare the scenarios in them.
pub(super) struct Evaluators<'e, E> {
    pub(super) judging: Evaluator<'e, E>,
    pub(super) comparing: Evaluator<'e, E>,
}

/// A company before it is simulated.
pub(super) struct Drawn {
    pub(super) number: u64,
    pub(super) place: Vec<f64>,
    arms: Vec<Parameters>,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(plan: &'a DiscoveryPlan, companies: &'a Companies) -> Self {
        Self {
            plan,
            companies,
            next: 0,
            dropped: 0,
            failed: 0,
            first_failure: None,
            runs: 0,
        }
    }

    /// The next viable companies within `region`, at most `wanted` of them; fewer if the box is nearly empty.
    pub(super) fn draw<E: Engine>(
        &mut self,
        evaluators: &Evaluators<E>,
        region: &Region,
        wanted: u64,
        watch: &mut dyn Watch,
        cancel: &AtomicBool,
    ) -> Result<Vec<SearchedCompany>, ComparisonError> {
        let runs_each = VIABILITY_WORLDS + 2 * self.plan.worlds;
        let last = self.next + wanted * DRAWS_AT_MOST;
        let mut viable: Vec<Drawn> = Vec::new();
        while (viable.len() as u64) < wanted && self.next < last {
            let drawn = self.within(region, wanted - viable.len() as u64, last, cancel)?;
            let mut stage = Stage {
                watch: &mut *watch,
                before: viable.len() as u64 * VIABILITY_WORLDS,
                of: wanted * runs_each,
            };
            viable.extend(self.viable(&evaluators.judging, drawn, &mut stage, cancel)?);
        }
        let mut stage = Stage {
            watch,
            before: viable.len() as u64 * VIABILITY_WORLDS,
            of: viable.len() as u64 * runs_each,
        };
        self.compared(&evaluators.comparing, viable, &mut stage, cancel)
    }

    /// The next companies within the box.
    fn within(
        &mut self,
        region: &Region,
        wanted: u64,
        last: u64,
        cancel: &AtomicBool,
    ) -> Result<Vec<Drawn>, ComparisonError> {
        let mut drawn = Vec::new();
        while (drawn.len() as u64) < wanted && self.next < last {
            if cancel.load(Ordering::Relaxed) {
                return Err(ComparisonError::Stopped);
            }
            let number = self.next;
            self.next += 1;
            match self.companies.company(number) {
                Err(reason) => self.fail(number, reason),
                Ok(company) => {
                    let place = self.place(&company.arms);
                    if region.holds(&place) {
                        drawn.push(Drawn {
                            number,
                            place,
                            arms: company.arms,
                        });
                    }
                }
            }
        }
        Ok(drawn)
    }

    fn place(&self, arms: &[Parameters]) -> Vec<f64> {
        let value = |dimension: &crate::plausible::Dimension| {
            dimension
                .parameter
                .get(&arms[dimension.arms[0]])
                .as_number()
                .unwrap_or(f64::NAN)
        };
        self.companies.dimensions().iter().map(value).collect()
    }

    fn fail(&mut self, number: u64, reason: String) {
        self.failed += 1;
        self.first_failure
            .get_or_insert_with(|| format!("company {number}: {reason}"));
    }

    /// Companies whose first arm returns enough on its team cost, judged as in a comparison: on worlds kept apart.
    fn viable<E: Engine>(
        &mut self,
        evaluator: &Evaluator<E>,
        drawn: Vec<Drawn>,
        watch: &mut dyn Watch,
        cancel: &AtomicBool,
    ) -> Result<Vec<Drawn>, ComparisonError> {
        let worlds = |number: u64| {
            (0..VIABILITY_WORLDS).map(move |world| VIABILITY_MARK | (number * VIABILITY_WORLDS + world))
        };
        let points: Vec<Parameters> = drawn.iter().map(|company| company.arms[0].clone()).collect();
        let runs: Vec<(usize, u64)> = drawn
            .iter()
            .enumerate()
            .flat_map(|(point, company)| worlds(company.number).map(move |world| (point, world)))
            .collect();
        let results = evaluator.all(
            &Listed {
                points: &points,
                runs: &runs,
            },
            watch,
            cancel,
        )?;
        self.runs += runs.len() as u64;
        let mut viable = Vec::new();
        for (company, results) in drawn.into_iter().zip(results.chunks(VIABILITY_WORLDS as usize)) {
            match mean_return(results) {
                Err(reason) => self.fail(company.number, reason),
                Ok(mean) if mean >= VIABLE_RETURN => viable.push(company),
                Ok(_) => self.dropped += 1,
            }
        }
        Ok(viable)
    }

    fn compared<E: Engine>(
        &mut self,
        evaluator: &Evaluator<E>,
        viable: Vec<Drawn>,
        watch: &mut dyn Watch,
        cancel: &AtomicBool,
    ) -> Result<Vec<SearchedCompany>, ComparisonError> {
        let worlds = self.plan.worlds;
        let points: Vec<Parameters> = viable.iter().flat_map(|company| company.arms.clone()).collect();
        let runs: Vec<(usize, u64)> = viable
            .iter()
            .enumerate()
            .flat_map(|(place, company)| {
                let own = (0..worlds).map(move |world| company.number * worlds + world);
                own.flat_map(move |world| [(2 * place, world), (2 * place + 1, world)])
            })
            .collect();
        let results = evaluator.all(
            &Listed {
                points: &points,
                runs: &runs,
            },
            watch,
            cancel,
        )?;
        self.runs += runs.len() as u64;
        let mut searched = Vec::new();
        for (company, results) in viable.into_iter().zip(results.chunks(2 * worlds as usize)) {
            match differences(results) {
                Err(reason) => self.fail(company.number, reason),
                Ok(differences) => {
                    searched.extend(Estimate::of(differences).map(|difference| SearchedCompany {
                        number: company.number,
                        place: company.place,
                        fails: towards_better(self.plan.outcome) * difference.mean < 0.0,
                        difference,
                    }))
                }
            }
        }
        Ok(searched)
    }
}

fn mean_return(results: &[Evaluated]) -> Result<f64, String> {
    let mut sum = 0.0;
    for result in results {
        sum += result
            .as_ref()
            .map_err(|reason| format!("while judging viability, {reason}"))?;
    }
    Ok(sum / results.len() as f64)
}

/// Second arm minus first in each world.
fn differences(results: &[Evaluated]) -> Result<Vec<f64>, String> {
    let pairs = results
        .chunks(2)
        .map(|pair| Ok(pair[1].clone()? - pair[0].clone()?));
    pairs.collect()
}
