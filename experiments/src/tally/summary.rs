//! From the running account to the result: every figure once, by the estimators of `statistics`.

use sim_core::outcomes::{Direction, Outcome};

use super::Tally;
use super::account::{DifferenceAccount, PairAccount};
use crate::result::{ArmResult, BasisResult, Difference, PairResult, QUANTILE_LEVELS, Stopped, Summary};
use crate::statistics::{Ignorance, IntervalRule, MARKS, Moments, Values, verdict};
use crate::stopping::{MISS_PROBABILITY, is_in_team_week_costs};

impl Tally<'_> {
    /// The result of the worlds so far.
    pub(crate) fn finish(mut self) -> BasisResult {
        let arms = (0..self.arms.len()).map(|arm| self.arm_result(arm)).collect();
        let pairs = self.pairs.iter().map(|pair| self.pair_result(pair)).collect();
        let mut result = BasisResult {
            basis: self.design.basis,
            replications: self.worlds,
            worlds_failed: self.failed,
            stopped: self.stopped.unwrap_or(Stopped::Interrupted),
            interval_rule: self.design.rule.stopping.interval_rule(),
            companies_dropped: self.dropped,
            companies_redrawn: self.redrawn,
            first_failure: self.first_failure,
            arms,
            pairs,
            team_weeks: self.team_weeks,
        };
        if !result.carries_a_verdict() {
            let differences = result.pairs.iter_mut().flat_map(|pair| &mut pair.outcomes);
            differences.for_each(|(_, difference)| difference.verdict = None);
        }
        result
    }

    fn arm_result(&mut self, arm: usize) -> ArmResult {
        let account = &self.arms[arm];
        let outcome_summary = |outcome: &Outcome| {
            let moments = account.moments(*outcome);
            let interval = IntervalRule::FixedNumber.interval(moments, MISS_PROBABILITY);
            Some((*outcome, summary(moments, interval, &account.values(*outcome))?))
        };
        ArmResult {
            name: self.design.contenders[arm].name.clone(),
            outcomes: Outcome::ALL.iter().filter_map(outcome_summary).collect(),
            weekly: self.weekly[arm].bands(),
            sample_worlds: std::mem::take(&mut self.samples[arm]),
        }
    }

    fn pair_result(&self, pair: &PairAccount) -> PairResult {
        let reported: Vec<Outcome> = Outcome::ALL
            .iter()
            .copied()
            .filter(|outcome| pair.difference(*outcome).count() > 0)
            .collect();
        let difference =
            |outcome: &Outcome| Some((*outcome, self.difference(pair, *outcome, reported.len())?));
        let outcomes = reported.iter().filter_map(difference).collect();
        PairResult {
            arm: pair.arm,
            baseline: pair.baseline,
            outcomes,
        }
    }

    fn difference(&self, pair: &PairAccount, outcome: Outcome, reported: usize) -> Option<Difference> {
        let account = pair.account(outcome);
        let direction = outcome.row().direction;
        let values = pair.values(&self.arms, outcome);
        let miss_probability = self.interval_miss_probability(outcome, reported);
        let interval = self
            .design
            .rule
            .stopping
            .interval_rule()
            .interval(&account.difference, miss_probability);
        let gap = if is_in_team_week_costs(outcome) {
            self.design.gap
        } else {
            0.0
        };
        let probability_better = account.probability_better(direction);
        let ignorance = Ignorance::from_twins(&account.twins);
        Some(Difference {
            verdict: verdict(account.difference.mean()?, interval, gap, direction),
            summary: summary(&account.difference, interval, &values)?,
            better_in_20: probability_better.map(|share| (20.0 * share).round() as u32),
            probability_better,
            variance_reduction: account.variance_reduction(),
            adjusted: true,
            ignorance_share: ignorance.map(|ignorance| ignorance.share),
            companies_better: ignorance
                .and_then(|ignorance| ignorance.companies_better(&values, &account.difference, direction)),
        })
    }
}

impl DifferenceAccount {
    /// Share of worlds in which the arm is better; ties count half.
    fn probability_better(&self, direction: Direction) -> Option<f64> {
        let worlds = self.difference.count();
        let known = direction != Direction::Neutral && worlds > 0;
        known.then(|| (self.better as f64 + 0.5 * self.ties as f64) / worlds as f64)
    }

    /// (var A + var B) / var(A − B): by what factor pairing saves worlds (Law 2015, "Simulation modeling and analysis",
    /// §11.2 on common random numbers).
    fn variance_reduction(&self) -> Option<f64> {
        let unpaired = self.arm.variance()? + self.baseline.variance()?;
        let paired = self.difference.variance()?;
        (unpaired > 0.0 && paired > 0.0).then(|| unpaired / paired)
    }
}

fn summary(moments: &Moments, ci95: Option<(f64, f64)>, values: &Values) -> Option<Summary> {
    Some(Summary {
        replications: moments.count(),
        mean: moments.mean()?,
        standard_error: moments.standard_error(),
        ci95,
        quantiles: values.quantiles(&QUANTILE_LEVELS)?,
        marks: values.quantiles(&MARKS)?,
    })
}
