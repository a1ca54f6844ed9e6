//! How ideas are ranked: belief from governance, objective from incentives, nothing twice.

use core::ops::ControlFlow;

use crate::belief;
use crate::math::NormalTable;
use crate::organisation::{Backlog, Idea, Ideas, Kind, Ranked};
use crate::policy::{Policy, log_capacity};
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
    /// Utility per estimated effort if the idea is sure to be finished in time: what backlogs are ranked by.
    #[inline]
    pub fn score(&self, idea: &Idea) -> f64 {
        let parameters = &self.policy.parameters;
        match self.chooser {
            Chooser::Believing => {
                let weight = parameters.incentives.outcome_weight;
                let worth = self.expected_worth(idea);
                if weight >= 1.0 {
                    worth
                } else {
                    weight * worth + (1.0 - weight) * self.credit(idea)
                }
            }
            Chooser::Random => idea.key.uniform(need_draw::RANDOM_CHOICE),
            Chooser::Omniscient => self.true_worth(idea),
        }
    }

    /// U = ω·(μ·L − κ·effort) + (1−ω)·K·P per estimated effort, with K = L·max(0, claim) and P the chance to finish in
    /// time, given ln of the capacity free until the date \[ln team-weeks\]. Never above [`Self::score`].
    fn score_in_time(&self, idea: &Idea, log_free: f64) -> f64 {
        let weight = self.policy.parameters.incentives.outcome_weight;
        let score = self.score(idea);
        let credit = if self.chooser == Chooser::Believing && weight < 1.0 {
            self.credit(idea)
        } else {
            0.0
        };
        if credit == 0.0 {
            return score;
        }
        score - (1.0 - weight) * credit * (1.0 - self.in_time(idea, log_free))
    }

    /// μ·L/effort − κ.
    fn expected_worth(&self, idea: &Idea) -> f64 {
        let behaviour = &self.policy.parameters.behaviour;
        belief::judgement(self.policy, idea) * behaviour.payoff_weeks / idea.estimate - behaviour.cost_weight
    }

    /// K/effort: what shipping the idea earns with those who asked for it.
    fn credit(&self, idea: &Idea) -> f64 {
        self.policy.parameters.behaviour.payoff_weeks * idea.claim.max(0.0) / idea.estimate
    }

    /// P: the chance that an idea fits into the capacity that is free.
    fn in_time(&self, idea: &Idea, log_free: f64) -> f64 {
        let noise = self.policy.parameters.environment.estimate_noise;
        // Free capacity is counted in estimated effort of average scope; half the variance leads back to the median.
        let margin = log_free + 0.5 * noise * noise - idea.log_estimate;
        if noise > 0.0 {
            self.normal.probability(margin / noise)
        } else {
            f64::from(margin >= 0.0)
        }
    }

    /// Own expectation of value over cost, less one: what the kill rule looks at.
    pub fn worth(&self, idea: &Idea) -> f64 {
        let behaviour = &self.policy.parameters.behaviour;
        match self.chooser {
            Chooser::Believing => {
                idea.belief * behaviour.payoff_weeks / idea.estimate - behaviour.cost_weight
            }
            Chooser::Random => f64::INFINITY,
            Chooser::Omniscient => self.true_worth(idea),
        }
    }

    fn true_worth(&self, idea: &Idea) -> f64 {
        let behaviour = &self.policy.parameters.behaviour;
        let fitting = if idea.value > 0.0 && idea.kind == Kind::Solution {
            idea.value * self.policy.fit
        } else {
            idea.value
        };
        fitting * behaviour.payoff_weeks / idea.estimate - behaviour.cost_weight
    }

    /// The idea to take next, given the capacity free until the date \[team-weeks\]: the best one above the start
    /// threshold, tested ones first where tests are required.
    pub fn next(&self, ideas: &Ideas, backlog: &Backlog, free: f64) -> Option<usize> {
        let threshold = self.policy.parameters.commitment.start_threshold;
        let required = self.policy.parameters.discovery.tests_before_build;
        if required > 0 && self.chooser == Chooser::Believing {
            let tested = |idea: &Idea| u32::from(idea.tests) >= required;
            let best = self.best_in_time(ideas, backlog, free, tested);
            if let Some((place, score)) = best
                && score > threshold
            {
                return Some(place);
            }
        }
        self.best_in_time(ideas, backlog, free, |_| true)
            .filter(|(_, score)| *score > threshold)
            .map(|(place, _)| place)
    }

    /// The allowed idea with the highest utility per effort. Ideas whose score, an upper bound, does not reach the best
    /// found so far are passed over without working out their chance to finish in time.
    fn best_in_time(
        &self,
        ideas: &Ideas,
        backlog: &Backlog,
        free: f64,
        allowed: impl Fn(&Idea) -> bool,
    ) -> Option<(usize, f64)> {
        let idea = |candidate: &Ranked| &ideas[backlog.ids()[candidate.place as usize]];
        if self.is_sure_of_time() {
            let best = best_certain(backlog, |candidate| allowed(idea(candidate)))?;
            return Some((best.place as usize, best.value));
        }
        let first = backlog.leaders().next()?;
        let log_free = log_capacity(free);
        let mut best: Option<Ranked> = None;
        let mut consider = |candidate: Ranked| {
            if best.is_some_and(|best| candidate.value <= best.value) {
                return ControlFlow::Break(());
            }
            if allowed(idea(&candidate)) {
                let value = self.score_in_time(idea(&candidate), log_free);
                // Of equal ones the first by score is taken if it is among them, otherwise the first by place.
                let better = |best: Ranked| {
                    value > best.value
                        || (value == best.value && candidate.place < best.place && best.place != first.place)
                };
                if best.is_none_or(better) {
                    best = Some(Ranked { value, ..candidate });
                }
            }
            ControlFlow::Continue(())
        };
        // Behind a leader that cannot reach the best so far nobody can.
        if backlog.leaders().try_for_each(&mut consider).is_continue() {
            for candidate in backlog.others() {
                let _ = consider(candidate);
            }
        }
        best.map(|best| (best.place as usize, best.value))
    }

    /// Whether scores hold whatever capacity is free, because credit for shipping in time counts for nothing.
    fn is_sure_of_time(&self) -> bool {
        self.chooser != Chooser::Believing || self.policy.parameters.incentives.outcome_weight >= 1.0
    }
}

/// The first by score of the ideas that are allowed.
fn best_certain(backlog: &Backlog, allowed: impl Fn(&Ranked) -> bool) -> Option<Ranked> {
    let leader = backlog.leaders().find(&allowed);
    leader.or_else(|| {
        let others = backlog.others().filter(&allowed);
        others.reduce(|best, other| if other.value > best.value { other } else { best })
    })
}
