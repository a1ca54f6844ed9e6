//! When to stop adding worlds: the rule, its looks at the data, and what each look decides.

use sim_core::outcomes::Outcome;

use crate::block::BLOCK_WORLDS;
use crate::result::Stopped;
use crate::statistics::{FIRST_LOOK_WORLDS, IntervalRule, Moments, is_settled};

/// Probability that an interval misses its mean.
pub const MISS_PROBABILITY: f64 = 0.05;

/// Worlds at most, unless a number is asked for.
pub const DEFAULT_CAP: u64 = 20_000;

/// Plausible companies at most, unless a number is asked for: enough to know a share of companies to ±3 percentage points.
pub const DEFAULT_PLAUSIBLE_CAP: u64 = 1_000;

/// When replication ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stopping {
    /// After this number of worlds.
    Fixed(u64),
    /// When the half width of the primary difference's interval is at most this share of the baseline's team cost (of
    /// the baseline's mean, for outcomes that are not in team-week costs).
    Precision(f64),
    /// When the verdict on the primary outcome is settled for every arm against the first.
    Settled,
}

impl Stopping {
    /// How intervals are built under this rule.
    pub fn interval_rule(self) -> IntervalRule {
        match self {
            Self::Fixed(_) => IntervalRule::FixedNumber,
            Self::Precision(_) | Self::Settled => IntervalRule::AnyTime,
        }
    }

    /// How many worlds what is measured beside the comparison gets: `worlds`, but never more than are asked for.
    pub fn at_most(self, worlds: u64) -> u64 {
        match self {
            Self::Fixed(asked) => asked.min(worlds),
            Self::Precision(_) | Self::Settled => worlds,
        }
    }
}

/// The stopping rule of one basis.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule {
    pub(crate) stopping: Stopping,
    pub(crate) cap: u64,
    /// Smallest gap worth naming, in units of the primary outcome.
    pub(crate) gap: f64,
    /// What `Precision` is a share of; `None` means the baseline's mean.
    pub(crate) precision_base: Option<f64>,
}

/// What a look sees of one arm against the first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    pub(crate) difference: Moments,
    pub(crate) baseline_mean: f64,
}

impl Rule {
    /// Worlds at most.
    pub(crate) fn limit(&self) -> u64 {
        match self.stopping {
            Stopping::Fixed(worlds) => worlds,
            Stopping::Precision(_) | Stopping::Settled => self.cap,
        }
    }

    /// Number of worlds at the next look after `worlds`: 400 first, then each a quarter more, in whole blocks.
    pub(crate) fn next_look(&self, worlds: u64) -> u64 {
        let mut look = FIRST_LOOK_WORLDS;
        if matches!(self.stopping, Stopping::Fixed(_)) {
            return self.limit();
        }
        while look <= worlds {
            look = (look + look / 4).next_multiple_of(BLOCK_WORLDS);
        }
        look.min(self.limit())
    }

    /// Whether replication ends after `worlds`, and why.
    pub(crate) fn decide(&self, worlds: u64, looks: &[Look]) -> Option<Stopped> {
        let all = |test: &dyn Fn(&Look) -> bool| !looks.is_empty() && looks.iter().all(test);
        match self.stopping {
            Stopping::Fixed(asked) => (worlds >= asked).then_some(Stopped::AsAsked),
            Stopping::Settled if all(&|look| is_settled(self.interval(look), self.gap)) => {
                Some(Stopped::Settled)
            }
            Stopping::Precision(share) if all(&|look| self.is_precise(look, share)) => Some(Stopped::Precise),
            _ => (worlds >= self.cap).then_some(Stopped::Cap),
        }
    }

    /// Worlds that will be needed, judged by the looks so far: half widths shrink like one over the root of worlds.
    pub(crate) fn expected(&self, worlds: u64, looks: &[Look]) -> u64 {
        if let Stopping::Fixed(asked) = self.stopping {
            return asked;
        }
        let next = self.next_look(worlds);
        let needed = looks
            .iter()
            .map(|look| self.factor_needed(look))
            .fold(0.0, f64::max);
        let expected = worlds as f64 * needed * needed;
        if expected.is_finite() {
            (expected as u64).clamp(next, self.limit().max(next))
        } else {
            self.limit()
        }
    }

    fn factor_needed(&self, look: &Look) -> f64 {
        let (Some((low, high)), Some(mean)) = (self.interval(look), look.difference.mean()) else {
            return 0.0;
        };
        let wanted = match self.stopping {
            Stopping::Fixed(_) => return f64::INFINITY,
            Stopping::Precision(share) => share * self.base(look),
            Stopping::Settled => (mean.abs() - self.gap).abs(),
        };
        0.5 * (high - low) / wanted
    }

    fn is_precise(&self, look: &Look, share: f64) -> bool {
        self.interval(look)
            .is_some_and(|(low, high)| 0.5 * (high - low) <= share * self.base(look))
    }

    fn base(&self, look: &Look) -> f64 {
        self.precision_base.unwrap_or(look.baseline_mean.abs())
    }

    fn interval(&self, look: &Look) -> Option<(f64, f64)> {
        self.stopping
            .interval_rule()
            .interval(&look.difference, MISS_PROBABILITY)
    }
}

/// Whether an outcome is counted in team-week costs, so that gaps and precision are shares of the team cost.
pub(crate) fn is_in_team_week_costs(outcome: Outcome) -> bool {
    outcome.row().unit == Outcome::TotalCost.row().unit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(stopping: Stopping) -> Rule {
        Rule {
            stopping,
            cap: 2000,
            gap: 1.0,
            precision_base: Some(100.0),
        }
    }

    fn look(values: impl Iterator<Item = f64>) -> Look {
        let mut difference = Moments::default();
        values.for_each(|value| difference.add(value));
        Look {
            difference,
            baseline_mean: 50.0,
        }
    }

    #[test]
    fn looks_come_at_fixed_numbers_of_worlds_and_at_the_cap() {
        let rule = rule(Stopping::Settled);
        let looks: Vec<u64> = std::iter::successors(Some(0), |worlds| {
            (*worlds < 2000).then(|| rule.next_look(*worlds))
        })
        .skip(1)
        .collect();
        assert_eq!(looks, [400, 500, 625, 800, 1000, 1250, 1575, 1975, 2000]);
        assert_eq!(self::rule(Stopping::Fixed(130)).next_look(0), 130);
    }

    #[test]
    fn each_rule_stops_for_its_own_reason() {
        let far = look((0..400).map(|i| 9.0 + f64::from(i % 3)));
        let near = look((0..400).map(|i| f64::from(i % 2) * 40.0 - 19.0));
        assert_eq!(
            rule(Stopping::Fixed(400)).decide(400, &[near]),
            Some(Stopped::AsAsked)
        );
        assert_eq!(
            rule(Stopping::Settled).decide(400, &[far]),
            Some(Stopped::Settled)
        );
        assert_eq!(rule(Stopping::Settled).decide(400, &[far, near]), None);
        assert_eq!(rule(Stopping::Settled).decide(2000, &[near]), Some(Stopped::Cap));
        assert_eq!(
            rule(Stopping::Precision(0.02)).decide(400, &[far]),
            Some(Stopped::Precise)
        );
        assert_eq!(rule(Stopping::Precision(0.02)).decide(400, &[near]), None);
    }

    #[test]
    fn expected_worlds_grow_with_what_is_missing() {
        let near = look((0..400).map(|i| f64::from(i % 2) * 40.0 - 19.0));
        let rule = rule(Stopping::Precision(0.02));
        let expected = rule.expected(400, &[near]);
        assert!(expected > 800 && expected <= 2000, "{expected}");
        assert_eq!(self::rule(Stopping::Fixed(77)).expected(0, &[]), 77);
    }
}
