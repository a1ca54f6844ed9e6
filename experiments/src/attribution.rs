//! Attribution: which part of a change earns the gap between two scenarios, what first, and whether parts help one
//! another.
//!
//! The parts are the groups of parameters in which the scenarios differ. A group's value is its Shapley value: what it
//! adds on average over all orders in which groups may change, all in the same worlds.

mod game;
pub mod shapley;

use std::ops::Range;
use std::sync::atomic::AtomicBool;

use scenarios::Scenario;
use sim_core::outcomes::Outcome;
use sim_core::simulation::Span;

pub use game::{ChangedGroup, changed_groups};

use crate::chance::{Purpose, key, order};
use crate::engine::Engine;
use crate::error::ComparisonError;
use crate::evaluation::{Evaluator, Setting, Stage, Watch, refuse_too_many};
use crate::statistics::Estimate;
use game::Game;
use shapley::{Coalition, along, everybody, exact, joined};

/// Worlds in which values are estimated, unless a number is asked for \[worlds\].
pub const DEFAULT_WORLDS: u64 = 400;

/// The same for exact values, each world of which takes 2ⁿ runs \[worlds\].
pub const DEFAULT_EXACT_WORLDS: u64 = 50;

/// One in so many worlds chooses the order of importance.
const ORDER_SHARE: u64 = 5;

/// One fresh world for so many worlds of the values.
const FRESH_SHARE: u64 = 2;

/// How values are found in each world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// From one random order of the groups and its reverse: unbiased over worlds.
    Sampled,
    /// From all subsets of the groups.
    Exact,
}

/// What is to be attributed.
#[derive(Debug, Clone, PartialEq)]
pub struct AttributionPlan {
    /// Where the change begins.
    pub from: Scenario,
    /// Where it ends.
    pub to: Scenario,
    /// Weeks to simulate.
    pub span: Span,
    /// Seed of worlds and orders.
    pub seed: u64,
    /// The outcome whose gap is shared out.
    pub outcome: Outcome,
    /// Worlds in which values are estimated \[worlds\].
    pub worlds: u64,
    /// How values are found.
    pub method: Method,
    /// Threads; 0 means all cores. Results do not depend on it.
    pub threads: usize,
}

/// What one group earns.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Name of the group.
    pub group: &'static str,
    /// How many of its parameters differ.
    pub parameters: usize,
    /// Its Shapley value, in units of the outcome.
    pub value: Estimate,
    /// The same as a share of the gap; `None` while the interval of the gap holds zero.
    pub share: Option<Estimate>,
    /// How far it is above the next one in the list; `None` for the last.
    pub ahead_of_next: Option<Estimate>,
    /// What it brings as the only change, from fresh worlds.
    pub alone: Option<Estimate>,
}

/// One step of the order of importance, from worlds in which the order was not chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The group that changes.
    pub group: &'static str,
    /// What it adds to those before it.
    pub gain: Estimate,
    /// What all changes so far bring together.
    pub so_far: Estimate,
}

/// All that an attribution found.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// Name of the scenario where the change begins.
    pub from: String,
    /// Name of the scenario where it ends.
    pub to: String,
    /// Weeks simulated.
    pub span: Span,
    /// Seed.
    pub seed: u64,
    /// The outcome.
    pub outcome: Outcome,
    /// How values were found.
    pub method: Method,
    /// Mean of the outcome before the change.
    pub before: Estimate,
    /// Mean of the outcome after it.
    pub after: Estimate,
    /// The gap: after minus before, world by world.
    pub gap: Estimate,
    /// Every group that differs, the one that earns most of the gap first.
    pub parts: Vec<Part>,
    /// The order of importance; not an order in time.
    pub order: Vec<Step>,
    /// The gap in fresh worlds less what all groups bring as only changes: above zero, changes help one another.
    pub beyond_single: Option<Estimate>,
    /// Sum of what groups bring as only changes, from fresh worlds.
    pub sum_of_single: Option<Estimate>,
    /// Worlds of the values, of the choice of the order, and fresh ones after it \[worlds\].
    pub worlds: [u64; 3],
    /// Worlds left out because a run in them failed \[worlds\].
    pub worlds_failed: u64,
    /// What went wrong first.
    pub first_failure: Option<String>,
    /// Runs of the engine.
    pub runs: u64,
}

impl AttributionPlan {
    /// Checks what can be wrong before a world is simulated.
    ///
    /// # Errors
    /// What is wrong, and what to do.
    pub fn check(&self) -> Result<(), ComparisonError> {
        if changed_groups(&self.from, &self.to).is_empty() {
            return Err(ComparisonError::IdenticalArms {
                one: self.from.name.clone(),
                other: self.to.name.clone(),
            });
        }
        if self.worlds < 2 {
            return Err(ComparisonError::BadPlan {
                what: "the number of replications",
                value: self.worlds.to_string(),
                allowed: "2 or more",
            });
        }
        let groups = changed_groups(&self.from, &self.to).len();
        refuse_too_many(runs_expected(self, groups), || {
            format!("{groups} groups in {} worlds", self.worlds)
        })
    }

    /// Worlds that choose the order: part of those of the values.
    fn choosing(&self) -> Range<u64> {
        0..(self.worlds / ORDER_SHARE).max(2)
    }

    /// Worlds that nothing was chosen in.
    fn fresh(&self) -> Range<u64> {
        self.worlds..self.worlds + (self.worlds / FRESH_SHARE).max(2)
    }
}

/// Shares out the gap between two scenarios.
///
/// # Errors
/// If the plan is not usable, threads cannot be started, no world is without a failure, or somebody stops it.
pub fn attribute(
    plan: &AttributionPlan,
    engine: &impl Engine,
    watch: &mut dyn Watch,
    cancel: &AtomicBool,
) -> Result<Attribution, ComparisonError> {
    plan.check()?;
    let setting = Setting {
        span: plan.span,
        seed: plan.seed,
        outcome: plan.outcome,
        threads: plan.threads,
    };
    let evaluator = Evaluator::new(engine, setting)?;
    let mut game = Game::new(&plan.from, &plan.to);
    // No more than a check of the plan allows.
    let expected = runs_expected(plan, game.groups.len()) as u64;
    let mut learn = |game: &mut Game, wanted: &[(u64, Vec<Coalition>)]| {
        let mut stage = Stage {
            watch: &mut *watch,
            before: game.runs,
            of: expected,
        };
        game.learn(&evaluator, wanted, &mut stage, cancel)
    };
    let order = learnt_order(plan, &mut game, &mut learn)?;
    found(plan, &game, &order).ok_or_else(|| ComparisonError::NothingLeft {
        reason: game.first_failure.clone().unwrap_or_default(),
    })
}

/// Runs that are needed at most.
fn runs_expected(plan: &AttributionPlan, groups: usize) -> u128 {
    let groups = groups as u128;
    let (of_values, of_choice) = match plan.method {
        Method::Sampled => (2 * groups, groups * groups.saturating_sub(1) / 2),
        Method::Exact => (1 << groups, 0),
    };
    let length = |range: Range<u64>| u128::from(range.end - range.start);
    u128::from(plan.worlds) * of_values
        + length(plan.choosing()) * of_choice
        + length(plan.fresh()) * 2 * groups
}

/// Learns everything that is needed and gives the order of importance.
fn learnt_order(
    plan: &AttributionPlan,
    game: &mut Game,
    learn: &mut impl FnMut(&mut Game, &[(u64, Vec<Coalition>)]) -> Result<(), ComparisonError>,
) -> Result<Vec<usize>, ComparisonError> {
    let players = game.groups.len();
    let of_world = |world: u64| match plan.method {
        Method::Sampled => orders(plan.seed, world, players)
            .iter()
            .flat_map(|order| joined(order))
            .collect(),
        Method::Exact => (0..=everybody(players)).collect(),
    };
    learn(
        game,
        &(0..plan.worlds)
            .map(|world| (world, of_world(world)))
            .collect::<Vec<_>>(),
    )?;
    let order = greedy(plan, game, learn)?;
    let singles = (0..players).map(|player| 1 << player);
    let wanted: Vec<Coalition> = joined(&order).into_iter().chain(singles).collect();
    learn(
        game,
        &plan
            .fresh()
            .map(|world| (world, wanted.clone()))
            .collect::<Vec<_>>(),
    )?;
    Ok(order)
}

/// The order of the groups in a world, and its reverse.
fn orders(seed: u64, world: u64, players: usize) -> [Vec<usize>; 2] {
    let forward = order(key(seed, Purpose::Orders, world), players);
    let backward = forward.iter().rev().copied().collect();
    [forward, backward]
}

/// 1 if the change raises the outcome, −1 if it lowers it: parts and steps that go the same way earn the gap.
fn direction(plan: &AttributionPlan, game: &Game) -> f64 {
    let all = everybody(game.groups.len());
    let worlds = game.sound(0..plan.worlds);
    let gap: f64 = worlds
        .iter()
        .map(|world| game.worth(*world, all) - game.worth(*world, 0))
        .sum();
    if gap < 0.0 { -1.0 } else { 1.0 }
}

/// The order in which the next change is always the one that adds most to those before it, towards the gap.
fn greedy(
    plan: &AttributionPlan,
    game: &mut Game,
    learn: &mut impl FnMut(&mut Game, &[(u64, Vec<Coalition>)]) -> Result<(), ComparisonError>,
) -> Result<Vec<usize>, ComparisonError> {
    let players = game.groups.len();
    let (mut order, mut so_far): (Vec<usize>, Coalition) = (Vec::new(), 0);
    let direction = direction(plan, game);
    while order.len() < players {
        let left: Vec<usize> = (0..players).filter(|player| !order.contains(player)).collect();
        let wanted: Vec<Coalition> = left.iter().map(|player| so_far | (1 << player)).collect();
        learn(
            game,
            &plan
                .choosing()
                .map(|world| (world, wanted.clone()))
                .collect::<Vec<_>>(),
        )?;
        let worlds = game.sound(plan.choosing());
        let worth = |player: usize| {
            let sum: f64 = worlds
                .iter()
                .map(|world| game.worth(*world, so_far | (1 << player)))
                .sum();
            direction * sum
        };
        let best =
            left.iter().copied().fold(
                left[0],
                |best, player| {
                    if worth(player) > worth(best) { player } else { best }
                },
            );
        order.push(best);
        so_far |= 1 << best;
    }
    Ok(order)
}

fn found(plan: &AttributionPlan, game: &Game, order: &[usize]) -> Option<Attribution> {
    let players = game.groups.len();
    let (nobody, all) = (0, everybody(players));
    let worlds = game.sound(0..plan.worlds);
    let fresh = game.sound(plan.fresh());
    let at = |coalition: Coalition| Estimate::of(worlds.iter().map(|world| game.worth(*world, coalition)));
    let between = |worlds: &[u64], one: Coalition, other: Coalition| {
        Estimate::of(
            worlds
                .iter()
                .map(|world| game.worth(*world, other) - game.worth(*world, one)),
        )
    };
    let values: Vec<Vec<f64>> = worlds.iter().map(|world| values_in(plan, game, *world)).collect();
    let whole = |world: &u64| game.worth(*world, all) - game.worth(*world, nobody);
    let direction = direction(plan, game);
    let sum = |player: usize| direction * values.iter().map(|values| values[player]).sum::<f64>();
    let mut ranked: Vec<usize> = (0..players).collect();
    ranked.sort_by(|one, other| sum(*other).total_cmp(&sum(*one)));
    let part = |(rank, player): (usize, &usize)| {
        let of_player = |values: &Vec<f64>| values[*player];
        let pairs: Vec<(f64, f64)> = values
            .iter()
            .map(of_player)
            .zip(worlds.iter().map(whole))
            .collect();
        let ahead = |next: &usize| Estimate::of(values.iter().map(|values| values[*player] - values[*next]));
        Some(Part {
            group: game.groups[*player].group.name,
            parameters: game.groups[*player].parameters,
            value: Estimate::of(values.iter().map(of_player))?,
            share: Estimate::of_ratio(&pairs),
            ahead_of_next: ranked.get(rank + 1).and_then(ahead),
            alone: between(&fresh, nobody, 1 << player),
        })
    };
    let parts = ranked.iter().enumerate().map(part).collect::<Option<Vec<_>>>()?;
    let singles = |world: &u64| -> f64 {
        let single = |player: usize| game.worth(*world, 1 << player) - game.worth(*world, nobody);
        (0..players).map(single).sum()
    };
    let length = |range: Range<u64>| range.end - range.start;
    Some(Attribution {
        from: plan.from.name.clone(),
        to: plan.to.name.clone(),
        span: plan.span,
        seed: plan.seed,
        outcome: plan.outcome,
        method: plan.method,
        before: at(nobody)?,
        after: at(all)?,
        gap: between(&worlds, nobody, all)?,
        parts,
        order: steps(game, order, |one, other| between(&fresh, one, other)),
        beyond_single: Estimate::of(fresh.iter().map(|world| whole(world) - singles(world))),
        sum_of_single: Estimate::of(fresh.iter().map(singles)),
        worlds: [plan.worlds, length(plan.choosing()), length(plan.fresh())],
        worlds_failed: game.failed(),
        first_failure: game.first_failure.clone(),
        runs: game.runs,
    })
}

/// Shapley values in one world, or an unbiased draw of them.
fn values_in(plan: &AttributionPlan, game: &Game, world: u64) -> Vec<f64> {
    let players = game.groups.len();
    let worth = |coalition| game.worth(world, coalition);
    match plan.method {
        Method::Exact => exact(players, worth),
        Method::Sampled => {
            let [forward, backward] = orders(plan.seed, world, players).map(|order| along(&order, worth));
            forward
                .iter()
                .zip(backward)
                .map(|(one, other)| 0.5 * (one + other))
                .collect()
        }
    }
}

fn steps(
    game: &Game,
    order: &[usize],
    between: impl Fn(Coalition, Coalition) -> Option<Estimate>,
) -> Vec<Step> {
    let coalitions = joined(order);
    let steps = order
        .iter()
        .zip(coalitions.windows(2))
        .filter_map(|(player, pair)| {
            Some(Step {
                group: game.groups[*player].group.name,
                gain: between(pair[0], pair[1])?,
                so_far: between(0, pair[1])?,
            })
        });
    steps.collect()
}
