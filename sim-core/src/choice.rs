//! How ideas are ranked: belief from governance, objective from incentives, nothing twice.

use crate::belief::judgement;
use crate::math::NormalTable;
use crate::organisation::{Backlog, Idea};
use crate::policy::Policy;
use crate::simulation::Chooser;
use crate::world::need_draw;

/// What ranking depends on besides the idea.
#[derive(Debug, Clone, Copy)]
pub struct Ranking<'a> {
    /// Constants of the operating model.
    pub policy: &'a Policy,
    /// Table of the normal distribution function.
    pub normal: &'a NormalTable,
    /// Who chooses.
    pub chooser: Chooser,
}

impl Ranking<'_> {
    /// Whether scores depend on the capacity that is free, so that they must be worked out anew at each choice.
    pub fn depends_on_capacity(&self) -> bool {
        self.chooser == Chooser::Believing && self.policy.parameters.incentives.outcome_weight < 1.0
    }

    /// Utility per estimated effort, given ln of the capacity free until the date [ln team-weeks].
    #[inline]
    pub fn score(&self, idea: &Idea, log_free: f64) -> f64 {
        self.utility(idea, log_free) / idea.estimate
    }

    /// U = ω·(μ·L − κ·effort) + (1−ω)·K·P, with K = L·max(0, claim) and P the chance to finish in time.
    #[inline]
    pub fn utility(&self, idea: &Idea, log_free: f64) -> f64 {
        let parameters = &self.policy.parameters;
        match self.chooser {
            Chooser::Believing => {
                let payoff = parameters.behaviour.payoff_weeks;
                let weight = parameters.incentives.outcome_weight;
                let worth = judgement(idea) * payoff - parameters.behaviour.cost_weight * idea.estimate;
                if weight >= 1.0 {
                    return worth;
                }
                let credit = payoff * idea.claim.max(0.0);
                weight * worth + (1.0 - weight) * credit * self.in_time(idea, log_free)
            }
            Chooser::Random => idea.estimate * idea.key.uniform(need_draw::RANDOM_CHOICE),
            Chooser::Omniscient => idea.estimate * self.true_worth(idea),
        }
    }

    /// P: the chance that an idea fits into the capacity that is free.
    fn in_time(&self, idea: &Idea, log_free: f64) -> f64 {
        let noise = self.policy.parameters.environment.estimate_noise;
        let margin = log_free - idea.log_estimate;
        if noise > 0.0 { self.normal.probability(margin / noise) } else { f64::from(margin >= 0.0) }
    }

    /// Own expectation of value over cost, less one: what the kill rule looks at.
    pub fn worth(&self, idea: &Idea) -> f64 {
        let parameters = &self.policy.parameters;
        match self.chooser {
            Chooser::Believing => {
                idea.belief * parameters.behaviour.payoff_weeks / idea.estimate - parameters.behaviour.cost_weight
            }
            Chooser::Random => f64::INFINITY,
            Chooser::Omniscient => self.true_worth(idea),
        }
    }

    fn true_worth(&self, idea: &Idea) -> f64 {
        let behaviour = &self.policy.parameters.behaviour;
        let fitting = if idea.value > 0.0 { idea.value * self.policy.fit } else { idea.value };
        fitting * behaviour.payoff_weeks / idea.estimate - behaviour.cost_weight
    }

    /// Works out every score of a backlog anew for the capacity that is free.
    pub fn rank_all(&self, backlog: &mut Backlog, log_free: f64) {
        for place in 0..backlog.len() {
            let score = self.score(&backlog.ideas()[place], log_free);
            backlog.rank(place, score);
        }
    }

    /// The idea to take next: the best one above the start threshold, tested ones first where tests are required.
    pub fn next(&self, backlog: &Backlog) -> Option<usize> {
        let threshold = self.policy.parameters.commitment.start_threshold;
        let required = self.policy.parameters.discovery.tests_before_build;
        let worth_starting = |place: &usize| backlog.scores()[*place] > threshold;
        if required > 0 {
            let tested = backlog.best_where(|idea| u32::from(idea.tests) >= required).filter(worth_starting);
            if tested.is_some() {
                return tested;
            }
        }
        backlog.best().filter(worth_starting)
    }
}
