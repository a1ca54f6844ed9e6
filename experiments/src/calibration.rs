//! What a company looks like: from its history of work items to ranges of the parameters that may have made it.
//!
//! The question is turned round by simulation: companies are drawn, each makes a history, and those whose histories look
//! like the observed one are kept ([`Schedule`] says how many are drawn). Whatever else is uncertain is drawn along, so that
//! ranges hold what nobody knows about the rest of the company.

mod abc;
mod linear;
mod prior;
mod setting;
mod summaries;

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::ThreadPool;
use rayon::prelude::*;
use scenarios::Scenario;
use sim_core::history::Item;
use sim_core::parameters::{Parameter, Parameters, Value};
use sim_core::simulation::{Request, Simulation, Span, WorldKey};

pub use abc::Schedule;
pub use prior::{Prior, Spread};
pub use setting::pert_with;
pub use summaries::{Holds, Observed, Scale, Summary, figures, seen, summaries};

use crate::chance::{Purpose, key};
use crate::collection::pool;
use crate::engine::{Simulator, catch};
use crate::error::{ComparisonError, KeeperError};
use crate::evaluation::{Evaluated, Watch};
use crate::plausible::Companies;
use crate::statistics::quantile_of_sorted;

/// Most parameters that are inferred together.
pub const MOST_PARAMETERS: usize = 6;

/// Fewest finished items from which anything is inferred.
pub const FEWEST_FINISHED: usize = 30;

/// Draws of the posterior that are handed out, all of one weight.
pub const DRAWS: usize = 1000;

/// Histories simulated from the posterior, to be laid beside the observed one.
pub const PREDICTIONS: u32 = 200;

/// Largest gap between the distribution functions of prior and posterior at which the data are said to tell nothing.
pub const UNINFORMED_GAP: f64 = 0.1;

/// Share of the prior's variance that must go for a parameter to count as informed, and not only as weakly informed.
pub const INFORMED_CONTRACTION: f64 = 0.5;

/// A share of histories below which an observation counts as nothing that the model can make.
pub const OUT_OF_REACH: f64 = 0.01;

/// Parameters that are inferred unless others are asked for, with the range held possible of each: wider than the plausible
/// range, as a history may show what was not thought plausible.
pub const USUAL_PRIORS: [(&str, &str, f64, f64); 6] = [
    ("environment", "opportunities_per_team_week", 0.1, 4.0),
    ("company", "team_capacity", 0.3, 2.0),
    ("environment", "effort_median", 0.3, 6.0),
    ("environment", "estimate_noise", 0.2, 1.2),
    ("environment", "coupling", 0.0, 1.5),
    ("environment", "value_location", -0.6, 0.8),
];

/// The priors of the parameters that a history which holds `holds` may inform: how fast a team works and how large items are
/// are told apart only by sizes in team-weeks, hidden scope needs both estimate and effort, value needs effects.
pub fn usual_priors(holds: &Holds) -> Vec<Prior> {
    let absolute = holds.estimate == Scale::Absolute || holds.effort == Scale::Absolute;
    let wanted = |name: &str| match name {
        "team_capacity" => absolute,
        "estimate_noise" => holds.estimate != Scale::Unknown && holds.effort != Scale::Unknown,
        "value_location" => holds.effects(),
        _ => true,
    };
    USUAL_PRIORS
        .iter()
        .filter(|(_, name, _, _)| wanted(name))
        .filter_map(|(group, name, low, high)| {
            Some(Prior::between(
                sim_core::parameters::find(group, name)?,
                *low,
                *high,
            ))
        })
        .collect()
}

/// The prior of a parameter that is asked for by name: the usual one, or the plausible range of the scenario.
pub fn prior_of(parameter: &'static Parameter, scenario: &Scenario) -> Option<Prior> {
    let usual = USUAL_PRIORS
        .iter()
        .find(|(group, name, _, _)| (*group, *name) == (parameter.group, parameter.name))
        .map(|(_, _, low, high)| (*low, *high));
    let plausible = || {
        let origins = scenario.origins.iter();
        let mut own = origins.filter(|origin| origin.parameter == parameter);
        own.next()?.plausible
    };
    let (low, high) = usual.or_else(plausible)?;
    Some(Prior::between(parameter, low, high))
}

/// What is done with uncertain parameters that are not inferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    /// They are drawn from their plausible ranges, a company for each simulation.
    Drawn,
    /// They keep the values of the scenario.
    Held,
}

/// A calibration that is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct CalibrationPlan {
    /// The company as far as it is known, and how it works; its number of teams is that of the history.
    pub scenario: Scenario,
    /// What is inferred.
    pub priors: Vec<Prior>,
    /// What is done with the rest.
    pub others: Others,
    /// The history.
    pub observed: Observed,
    /// How many companies are drawn.
    pub schedule: Schedule,
    /// Seed.
    pub seed: u64,
    /// Threads; 0 means all cores. Results do not depend on it.
    pub threads: usize,
}

/// How much a history says of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Informed {
    /// At least half of the prior's variance is gone.
    Yes,
    /// The posterior differs from the prior, by less.
    Weakly,
    /// The posterior cannot be told from the prior.
    No,
}

/// What is left possible of a parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Inference {
    /// The parameter and what was held possible.
    pub prior: Prior,
    /// Half of the posterior lies below.
    pub median: f64,
    /// Ends of the range that holds 90 %, 5 % on either side.
    pub ci90: (f64, f64),
    /// Ends of the range that holds 50 %.
    pub ci50: (f64, f64),
    /// Largest gap between the distribution functions of prior and posterior (Kolmogorov's distance).
    pub gap: f64,
    /// Share of the prior's variance that is gone, on the scale on which the prior is even; below 0 if it grew.
    pub contraction: f64,
    /// What that amounts to.
    pub informed: Informed,
}

/// One figure of the histories: observed, and as simulated before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Which figure.
    pub summary: Summary,
    /// As observed.
    pub observed: f64,
    /// 5 %, 50 % and 95 % quantiles over companies drawn from the prior.
    pub prior: [f64; 3],
    /// Whether it lies beyond every history that companies drawn from the prior made.
    pub beyond_prior: bool,
    /// 5 %, 25 %, 50 %, 75 % and 95 % quantiles over companies drawn from the posterior.
    pub predicted: [f64; 5],
    /// Share of these histories that lie at least as far from their median, on the side of the observation, times two.
    pub tail: f64,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// Each parameter.
    pub parameters: Vec<Inference>,
    /// Draws of the posterior, a value for each parameter; all of one weight.
    pub draws: Vec<Vec<f64>>,
    /// Correlation of each pair of parameters over the draws.
    pub correlations: Vec<Vec<f64>>,
    /// Each figure.
    pub fits: Vec<Fit>,
    /// Share of companies drawn from the prior whose histories lie at least as far from all others as the observed one.
    pub as_far_off: f64,
    /// How many independent draws the weighted ones are worth.
    pub effective_draws: f64,
    /// Simulations that were made, predictions included.
    pub simulations: u64,
    /// Simulations of companies that contradict themselves, or that broke off.
    pub failed: u64,
    /// Distance within which simulations were accepted, in standard deviations of what figures leave open.
    pub tolerance: f64,
}

impl Calibration {
    /// Whether the observed history is unlike anything that companies drawn from the prior make.
    pub fn is_out_of_reach(&self) -> bool {
        self.as_far_off < OUT_OF_REACH || self.fits.iter().any(|fit| fit.beyond_prior)
    }
}

/// What makes the history of a company: the simulator, or any function of the same shape.
pub trait Historian: Sync {
    /// The work items of a run of `parameters` in the world `key`; `None` if `stop` was set meanwhile.
    fn history(
        &self,
        parameters: &Parameters,
        span: Span,
        key: WorldKey,
        stop: &AtomicBool,
    ) -> Option<Vec<Item>>;
}

impl Historian for Simulator {
    fn history(
        &self,
        parameters: &Parameters,
        span: Span,
        key: WorldKey,
        stop: &AtomicBool,
    ) -> Option<Vec<Item>> {
        let mut simulation = Simulation::new(parameters, span, key, Request::default());
        simulation.keep_history();
        while simulation.step() {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
        }
        Some(simulation.into_history())
    }
}

impl<F: Fn(&Parameters, WorldKey) -> Vec<Item> + Sync> Historian for F {
    fn history(&self, parameters: &Parameters, _: Span, key: WorldKey, _: &AtomicBool) -> Option<Vec<Item>> {
        Some(self(parameters, key))
    }
}

impl CalibrationPlan {
    /// The usual schedule.
    pub const USUAL: Schedule = Schedule {
        first: 4000,
        rounds: 2,
        each: 2000,
    };

    /// The schedule of somebody in a hurry.
    pub const QUICK: Schedule = Schedule {
        first: 1500,
        rounds: 2,
        each: 750,
    };

    /// Weeks to simulate: the warm-up of the scenario, then as many weeks as were observed.
    pub fn span(&self) -> Span {
        Span {
            warm_up_weeks: self.scenario.warm_up_weeks,
            horizon_weeks: self.observed.weeks,
        }
    }

    /// Refuses what cannot be calibrated.
    ///
    /// # Errors
    /// What is wrong with the plan.
    pub fn check(&self) -> Result<(), ComparisonError> {
        let bad = |what, value: usize, allowed| {
            let value = value.to_string();
            Err(ComparisonError::BadPlan { what, value, allowed })
        };
        let finished = seen(&self.observed.items, self.observed.weeks, &self.observed.holds)
            .iter()
            .filter(|item| item.finished.is_some())
            .count();
        if finished < FEWEST_FINISHED {
            return bad(
                "the number of items that were created and finished in the window",
                finished,
                "30 or more: take a longer history, or more teams",
            );
        }
        if self.priors.is_empty() || self.priors.len() > MOST_PARAMETERS {
            return bad("the number of parameters to infer", self.priors.len(), "1 to 6");
        }
        if self.schedule.first < 100 || self.schedule.each < 1 {
            return bad(
                "the number of companies drawn first",
                self.schedule.first as usize,
                "100 or more",
            );
        }
        for (place, prior) in self.priors.iter().enumerate() {
            if self.priors[..place]
                .iter()
                .any(|other| other.parameter == prior.parameter)
            {
                return Err(ComparisonError::NamedTwice {
                    path: prior.parameter.path(),
                });
            }
        }
        Ok(())
    }
}

/// Infers the parameters.
///
/// # Errors
/// If the plan does not pass its check, threads cannot be started, or nothing can be simulated;
/// [`ComparisonError::Stopped`] if `cancel` was set, and what `watch` reports.
pub fn calibrate(
    plan: &CalibrationPlan,
    historian: &impl Historian,
    watch: &mut dyn Watch,
    cancel: &AtomicBool,
) -> Result<Calibration, ComparisonError> {
    plan.check()?;
    let holds = &plan.observed.holds;
    let observed = figures(
        &seen(&plan.observed.items, plan.observed.weeks, holds),
        plan.observed.weeks,
        plan.observed.teams,
        holds,
    );
    let mut workshop = Workshop {
        plan,
        historian,
        companies: Companies::new(std::slice::from_ref(&plan.scenario), plan.seed)?,
        pool: pool(plan.threads)?,
        cancel,
        made: 0,
        width: observed.len(),
        first_failure: None,
        refused: None,
    };
    let all = plan.schedule.simulations() + u64::from(PREDICTIONS);
    let mut simulate = |scores: &[Vec<f64>]| {
        let places = scores
            .iter()
            .map(|scores| scores.iter().map(|score| prior::share(*score)).collect());
        workshop.simulate(places.collect(), all, watch)
    };
    let inferred = abc::infer(
        plan.priors.len(),
        &observed,
        plan.schedule,
        plan.seed,
        &mut simulate,
    );
    if let Some(refused) = workshop.refused {
        return Err(refused);
    }
    let Some(inferred) = inferred else {
        return match (cancel.load(Ordering::Relaxed), workshop.first_failure) {
            (true, _) => Err(ComparisonError::Stopped),
            (false, reason) => Err(ComparisonError::NothingLeft {
                reason: reason.unwrap_or_else(|| "no company could be drawn".to_owned()),
            }),
        };
    };
    let shares = equally_weighted(&inferred.draws, plan.seed);
    let every = DRAWS / PREDICTIONS as usize;
    let predicted = workshop.simulate(shares.iter().step_by(every).cloned().collect(), all, watch);
    if let Some(refused) = workshop.refused {
        return Err(refused);
    }
    let predicted = predicted.ok_or(ComparisonError::Stopped)?;
    let predicted: Vec<Vec<f64>> = predicted.into_iter().flatten().collect();
    if predicted.is_empty() {
        return Err(ComparisonError::NothingLeft {
            reason: workshop
                .first_failure
                .unwrap_or_else(|| "no company of the posterior could be simulated".to_owned()),
        });
    }
    let effective_draws = 1.0
        / inferred
            .draws
            .iter()
            .map(|draw| draw.weight * draw.weight)
            .sum::<f64>();
    Ok(Calibration {
        parameters: (0..plan.priors.len())
            .map(|place| inference(plan.priors[place], &shares, place, effective_draws))
            .collect(),
        correlations: correlations(&shares, plan.priors.len()),
        draws: shares
            .iter()
            .map(|shares| {
                plan.priors
                    .iter()
                    .zip(shares)
                    .map(|(prior, share)| prior.value(*share))
                    .collect()
            })
            .collect(),
        fits: fits(holds, &observed, &inferred.prior_figures, &predicted),
        as_far_off: abc::as_far_off(&inferred.prior_figures, &observed),
        effective_draws,
        simulations: workshop.made,
        failed: inferred.failed + u64::from(PREDICTIONS) - predicted.len() as u64,
        tolerance: inferred.tolerance,
    })
}

/// Simulations between two looks at progress, for each thread.
const BATCH: usize = 16;

/// Histories as whoever watches keeps them: a run for each figure.
struct Tape<'w> {
    watch: &'w mut dyn Watch,
    width: usize,
}

impl Tape<'_> {
    fn runs(&self, number: usize) -> Range<u64> {
        (number * self.width) as u64..((number + 1) * self.width) as u64
    }

    /// The figures of a history of this round, each of them a failure if it has none, as far as they are known.
    fn known(&mut self, number: usize) -> Result<Vec<Evaluated>, KeeperError> {
        let mut figures = Vec::with_capacity(self.width);
        for run in self.runs(number) {
            match self.watch.known(run)? {
                Some(figure) => figures.push(figure),
                None => break,
            }
        }
        Ok(figures)
    }

    /// Keeps the figures of a history from place `first` on.
    fn keep(
        &mut self,
        number: usize,
        first: usize,
        made: &Result<Vec<f64>, String>,
    ) -> Result<(), KeeperError> {
        for (place, run) in self.runs(number).enumerate().skip(first) {
            let figure = made.as_ref().map(|figures| figures[place]);
            self.watch.finished(run, &figure.map_err(String::clone))?;
        }
        Ok(())
    }
}

/// Makes histories of companies, each in a world and with a company of its own for all that is not inferred.
struct Workshop<'a, H> {
    plan: &'a CalibrationPlan,
    historian: &'a H,
    companies: Companies,
    pool: ThreadPool,
    cancel: &'a AtomicBool,
    made: u64,
    /// How many figures a history has.
    width: usize,
    first_failure: Option<String>,
    /// Why whoever watches can go on no more.
    refused: Option<ComparisonError>,
}

impl<H: Historian> Workshop<'_, H> {
    /// The figures of a history for each place of the prior; `None` if somebody cancelled, or who watches refuses.
    fn simulate(
        &mut self,
        places: Vec<Vec<f64>>,
        all: u64,
        watch: &mut dyn Watch,
    ) -> Option<Vec<Option<Vec<f64>>>> {
        let mut found = Vec::with_capacity(places.len());
        let mut tape = Tape {
            watch,
            width: self.width,
        };
        let batch = BATCH * self.pool.current_num_threads();
        tape.watch.round((places.len() * self.width) as u64);
        for batch in places.chunks(batch) {
            let first = self.made;
            let numbers = found.len()..found.len() + batch.len();
            let known: Result<Vec<_>, _> = numbers.clone().map(|number| tape.known(number)).collect();
            let known = self.or_refuse(known)?;
            let this = &*self;
            let made: Vec<Option<Result<Vec<f64>, String>>> = self.pool.install(|| {
                let numbered = batch.par_iter().zip(&known).enumerate();
                let unknown = |(place, (shares, known)): (usize, (&Vec<f64>, &Vec<_>))| {
                    let is_known = known.len() == this.width;
                    (!is_known).then(|| this.figures_at(shares, first + place as u64))?
                };
                numbered.map(unknown).collect()
            });
            for ((number, known), made) in numbers.zip(known).zip(made) {
                let figures = if known.len() == self.width {
                    known.into_iter().collect()
                } else {
                    let made = made?;
                    self.or_refuse(tape.keep(number, known.len(), &made))?;
                    made
                };
                match figures {
                    Ok(figures) => found.push(Some(figures)),
                    Err(reason) => {
                        self.first_failure.get_or_insert(reason);
                        found.push(None);
                    }
                }
            }
            self.made += batch.len() as u64;
            tape.watch.progress(self.made, all);
        }
        Some(found)
    }

    fn or_refuse<T>(&mut self, kept: Result<T, KeeperError>) -> Option<T> {
        kept.map_err(|error| self.refused = Some(ComparisonError::Keeper(error)))
            .ok()
    }

    fn figures_at(&self, shares: &[f64], number: u64) -> Option<Result<Vec<f64>, String>> {
        if self.cancel.load(Ordering::Relaxed) {
            return None;
        }
        let parameters = match self.parameters(shares, number) {
            Ok(parameters) => parameters,
            Err(reason) => return Some(Err(reason)),
        };
        let world = WorldKey {
            seed: self.plan.seed,
            replication: number,
        };
        let observed = &self.plan.observed;
        let run = catch(|| {
            self.historian
                .history(&parameters, self.plan.span(), world, self.cancel)
        });
        let items = match run {
            Ok(items) => items?,
            Err(reason) => return Some(Err(reason)),
        };
        let luck = key(self.plan.seed, Purpose::Hiding, number);
        let items = seen(
            &summaries::hidden(items, &observed.holds, luck),
            observed.weeks,
            &observed.holds,
        );
        Some(Ok(figures(
            &items,
            observed.weeks,
            observed.teams,
            &observed.holds,
        )))
    }

    fn parameters(&self, shares: &[f64], number: u64) -> Result<Parameters, String> {
        let mut parameters = match self.plan.others {
            Others::Held => self.plan.scenario.parameters.clone(),
            Others::Drawn => {
                let mut company = self.companies.company(number)?;
                company.arms.swap_remove(0)
            }
        };
        for (prior, share) in self.plan.priors.iter().zip(shares) {
            let set = prior.parameter.set(&mut parameters, prior.setting(*share));
            set.map_err(|error| error.to_string())?;
        }
        let teams = Value::Number(f64::from(self.plan.observed.teams));
        if let Some(parameter) = sim_core::parameters::find("company", "teams") {
            parameter
                .set(&mut parameters, teams)
                .map_err(|error| error.to_string())?;
        }
        parameters.check().map_err(|error| error.to_string())?;
        Ok(parameters)
    }
}

/// [`DRAWS`] draws of equal weight, as shares of the prior below, by systematic resampling (Kitagawa 1996, Journal of
/// Computational and Graphical Statistics 5:1) in an order that is random, so that any part of them is a sample.
fn equally_weighted(draws: &[abc::Draw], seed: u64) -> Vec<Vec<f64>> {
    let luck = key(seed, Purpose::Resampling, 0);
    let mut places = Vec::with_capacity(DRAWS);
    let (mut place, mut sum) = (0, draws[0].weight);
    for number in 0..DRAWS {
        let wanted = (number as f64 + luck.uniform(0)) / DRAWS as f64;
        while sum < wanted && place + 1 < draws.len() {
            place += 1;
            sum += draws[place].weight;
        }
        places.push(place);
    }
    crate::chance::order(key(seed, Purpose::Resampling, 1), DRAWS)
        .into_iter()
        .map(|number| {
            let scores = draws[places[number]].scores.iter();
            scores.map(|score| prior::share(*score)).collect()
        })
        .collect()
}

fn inference(prior: Prior, shares: &[Vec<f64>], place: usize, effective_draws: f64) -> Inference {
    let mut sorted: Vec<f64> = shares.iter().map(|shares| shares[place]).collect();
    sorted.sort_by(f64::total_cmp);
    let count = sorted.len() as f64;
    let gap = sorted
        .iter()
        .enumerate()
        .map(|(rank, share)| {
            (share - rank as f64 / count)
                .abs()
                .max(((rank + 1) as f64 / count - share).abs())
        })
        .fold(0.0, f64::max);
    let mean = sorted.iter().sum::<f64>() / count;
    let variance = sorted
        .iter()
        .map(|share| (share - mean) * (share - mean))
        .sum::<f64>()
        / count;
    let contraction = 1.0 - 12.0 * variance;
    let at = |probability| prior.value(quantile_of_sorted(&sorted, probability).unwrap_or(0.5));
    // A gap that so few draws show by chance alone in one case of a hundred (Kolmogorov's limit).
    let chance = 1.63 / libm::sqrt(effective_draws);
    let informed = if gap <= UNINFORMED_GAP.max(chance) {
        Informed::No
    } else if contraction < INFORMED_CONTRACTION {
        Informed::Weakly
    } else {
        Informed::Yes
    };
    Inference {
        prior,
        median: at(0.5),
        ci90: (at(0.05), at(0.95)),
        ci50: (at(0.25), at(0.75)),
        gap,
        contraction,
        informed,
    }
}

/// Correlations of normal scores.
fn correlations(shares: &[Vec<f64>], dimensions: usize) -> Vec<Vec<f64>> {
    let columns: Vec<Vec<f64>> = (0..dimensions)
        .map(|place| {
            let scores: Vec<f64> = shares.iter().map(|shares| prior::score(shares[place])).collect();
            let mean = scores.iter().sum::<f64>() / scores.len() as f64;
            let off: Vec<f64> = scores.iter().map(|score| score - mean).collect();
            let length = libm::sqrt(off.iter().map(|off| off * off).sum::<f64>()).max(1e-12);
            off.iter().map(|off| off / length).collect()
        })
        .collect();
    let product = |one: &[f64], other: &[f64]| one.iter().zip(other).map(|(a, b)| a * b).sum();
    columns
        .iter()
        .map(|one| columns.iter().map(|other| product(one, other)).collect())
        .collect()
}

fn fits(holds: &Holds, observed: &[f64], before: &[Vec<f64>], after: &[Vec<f64>]) -> Vec<Fit> {
    let sorted = |all: &[Vec<f64>], place: usize| {
        let mut column: Vec<f64> = all.iter().map(|figures| figures[place]).collect();
        column.sort_by(f64::total_cmp);
        column
    };
    let fit = |(place, summary): (usize, Summary)| {
        let (before, after, own) = (sorted(before, place), sorted(after, place), observed[place]);
        let at = |values: &[f64], probability| quantile_of_sorted(values, probability).unwrap_or(own);
        let below = after.iter().filter(|figure| **figure <= own).count() as f64;
        let above = after.iter().filter(|figure| **figure >= own).count() as f64;
        Fit {
            summary,
            observed: own,
            prior: [0.05, 0.5, 0.95].map(|probability| at(&before, probability)),
            beyond_prior: before.first().is_some_and(|least| own < *least)
                || before.last().is_some_and(|most| own > *most),
            predicted: [0.05, 0.25, 0.5, 0.75, 0.95].map(|probability| at(&after, probability)),
            tail: (2.0 * below.min(above) / after.len() as f64).min(1.0),
        }
    };
    summaries(holds).into_iter().enumerate().map(fit).collect()
}
