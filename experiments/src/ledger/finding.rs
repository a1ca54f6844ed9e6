//! What is found of one claim: its effect, the share of companies in which it holds, what is left without its mechanism,
//! and a verdict from fixed rules.

use sim_core::costs::team_cost;
use sim_core::outcomes::{Outcome, Outcomes};
use sim_core::simulation::Span;

use super::split::{self, Exception};
use super::{CompanyRuns, LedgerPlan, Question, WORLDS};
use crate::error::ComparisonError;
use crate::plausible::Companies;
use crate::statistics::{
    Beta, Ignorance, IntervalRule, Moments, PairMoments, TWIN_COMPANIES_MINIMUM, Values,
};
use crate::stopping::{MISS_PROBABILITY, is_in_team_week_costs};

/// Share of plausible companies from which on a claim holds; one less this share, to which it does not.
pub const HOLDS_FROM: f64 = 0.75;

/// How far a share, or an effect relative to the smallest one worth naming, may pass its bound before a recorded verdict
/// falls.
const SLACK: f64 = 0.05;

/// What may be said of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimVerdict {
    /// It holds in at least three of four companies.
    Holds,
    /// It holds in at most one of four companies.
    DoesNotHold,
    /// The effect is too small to be worth naming.
    NoPracticalDifference,
    /// It holds in most companies on one side of something and in few on the other, confirmed on companies kept apart.
    Depends,
    /// The companies leave it open.
    NotSettled,
    /// Too few companies for a verdict.
    TooFewCompanies,
}

impl ClaimVerdict {
    /// Every verdict there is.
    pub const ALL: [Self; 6] = [
        Self::Holds,
        Self::DoesNotHold,
        Self::NoPracticalDifference,
        Self::Depends,
        Self::NotSettled,
        Self::TooFewCompanies,
    ];

    /// The fixed words of files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::DoesNotHold => "does not hold",
            Self::NoPracticalDifference => "no practical difference",
            Self::Depends => "depends",
            Self::NotSettled => "not settled",
            Self::TooFewCompanies => "too few companies",
        }
    }
}

/// A mean with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The mean.
    pub mean: f64,
    /// Ends of the interval; `None` below two companies.
    pub interval: Option<(f64, f64)>,
}

/// A share of companies with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The share, freed from luck within companies.
    pub share: f64,
    /// Ends of the interval.
    pub interval: (f64, f64),
}

/// What was found of one claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Weeks that were simulated from week 0 \[weeks\].
    pub horizon_weeks: u32,
    /// Viable companies in which both arms could be run.
    pub companies: u64,
    /// Viable companies left out because an arm contradicted itself there, or a run failed.
    pub left_out: u64,
    /// Mean of the outcome in the arm the claim starts from.
    pub baseline_mean: Option<f64>,
    /// Mean difference over companies; `None` without companies.
    pub effect: Option<Estimate>,
    /// Smallest effect worth naming, in units of the outcome.
    pub smallest_gap: f64,
    /// Share of companies in which the difference has the direction of the claim; `None` if that cannot be told.
    pub share: Option<Share>,
    /// The same difference with the mechanism at one common level in both arms.
    pub left: Option<Estimate>,
    /// The uncertainty that the effect goes with most closely, if that was confirmed.
    pub exception: Option<Exception>,
    /// What may be said.
    pub verdict: ClaimVerdict,
}

impl Finding {
    /// Whether a verdict recorded earlier may stay: it does while the bounds that led to it are missed by less than
    /// 0.05, so that a borderline claim does not go to and fro. What depends and what is not settled are both open.
    pub fn keeps(&self, recorded: ClaimVerdict) -> bool {
        let (Some(effect), Some(share)) = (self.effect, self.share) else {
            return recorded == self.verdict;
        };
        let open = |verdict| matches!(verdict, ClaimVerdict::Depends | ClaimVerdict::NotSettled);
        let judged = |slack: f64| judged(effect, self.smallest_gap, share, self.exception.as_ref(), slack);
        let is = |verdict: ClaimVerdict| verdict == recorded || open(verdict) && open(recorded);
        [0.0, SLACK, -SLACK].into_iter().any(|slack| is(judged(slack)))
    }
}

/// The difference of one company in two worlds.
#[derive(Debug, Clone, Copy)]
struct Contrast {
    company: u64,
    worlds: [f64; 2],
}

impl Contrast {
    fn mean(&self) -> f64 {
        0.5 * (self.worlds[0] + self.worlds[1])
    }
}

pub(crate) fn of(
    plan: &LedgerPlan,
    span: Span,
    question: &Question,
    runs: &[CompanyRuns],
) -> Result<Finding, ComparisonError> {
    let miss = MISS_PROBABILITY / plan.ledger_size.max(1) as f64;
    let outcome = question.outcome;
    let contrasts: Vec<Contrast> = runs
        .iter()
        .filter_map(|runs| contrast(runs.company, &runs.arms, outcome))
        .collect();
    let without = runs
        .iter()
        .filter_map(|runs| contrast(runs.company, runs.without.as_ref()?, outcome));
    let effect = estimate(contrasts.iter().map(Contrast::mean), miss);
    let smallest_gap = if is_in_team_week_costs(outcome) {
        plan.smallest_gap_share * team_cost(&question.arms[0].parameters, span)
    } else {
        0.0
    };
    let own = own_differences(&contrasts);
    let mean_miss = half_width(contrasts.iter().map(Contrast::mean), 0.5 * miss);
    let share = own
        .as_ref()
        .zip(mean_miss)
        .map(|(own, mean_miss)| share(own, mean_miss, question.higher, miss));
    let companies = Companies::new(&question.arms, plan.seed)?;
    let exception = split::exception(
        &companies,
        own.as_deref().unwrap_or_default(),
        question.higher,
        miss,
    );
    Ok(Finding {
        horizon_weeks: span.horizon_weeks,
        companies: contrasts.len() as u64,
        left_out: (runs.len() - contrasts.len()) as u64,
        baseline_mean: mean(
            runs.iter()
                .flat_map(|runs| &runs.arms[0])
                .filter_map(|run| run.get(outcome)),
        ),
        verdict: verdict(effect, smallest_gap, share, exception.as_ref()),
        effect,
        smallest_gap,
        share,
        left: estimate(without.map(|contrast| contrast.mean()), miss),
        exception,
    })
}

/// The difference of a company, if both arms have the outcome in every world.
fn contrast(company: u64, arms: &[Vec<&Outcomes>; 2], outcome: Outcome) -> Option<Contrast> {
    let [baseline, arm] = arms;
    if baseline.len() as u64 != WORLDS || arm.len() as u64 != WORLDS {
        return None;
    }
    let difference = |world: usize| Some(arm[world].get(outcome)? - baseline[world].get(outcome)?);
    Some(Contrast {
        company,
        worlds: [difference(0)?, difference(1)?],
    })
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut moments = Moments::default();
    values.for_each(|value| moments.add(value));
    moments.mean()
}

fn estimate(values: impl Iterator<Item = f64>, miss: f64) -> Option<Estimate> {
    let mut moments = Moments::default();
    values.for_each(|value| moments.add(value));
    Some(Estimate {
        mean: moments.mean()?,
        interval: IntervalRule::FixedNumber.interval(&moments, miss),
    })
}

fn half_width(values: impl Iterator<Item = f64>, miss: f64) -> Option<f64> {
    let (low, high) = estimate(values, miss)?.interval?;
    Some(0.5 * (high - low))
}

/// Each company's own difference, freed from luck: drawn towards the mean until the variance is that of the companies' own
/// means (see [`Ignorance`]; the reliability of a mean of two worlds is 2s/(1 + s), Spearman 1910 and Brown 1910).
fn own_differences(contrasts: &[Contrast]) -> Option<Vec<(u64, f64)>> {
    if (contrasts.len() as u64) < TWIN_COMPANIES_MINIMUM {
        return None;
    }
    let (mut twins, mut all) = (PairMoments::default(), Moments::default());
    for contrast in contrasts {
        twins.add(contrast.worlds[0], contrast.worlds[1]);
        all.add(contrast.mean());
    }
    let mean = all.mean()?;
    // Without any spread every company is the mean one.
    let single = Ignorance::from_twins(&twins).map_or(0.0, |ignorance| ignorance.share);
    let kept = (2.0 * single / (1.0 + single)).sqrt();
    let own = |contrast: &Contrast| (contrast.company, mean + kept * (contrast.mean() - mean));
    Some(contrasts.iter().map(own).collect())
}

/// The share of companies whose difference has the claimed sign, ties half.
///
/// Its interval is that of Clopper and Pearson 1934 (Biometrika 26:404) at both ends of the interval of the mean difference,
/// all differences moved along: where companies hardly differ, the share hangs on the mean alone. Each part may miss with
/// half of `miss`.
fn share(own: &[(u64, f64)], mean_miss: f64, higher: bool, miss: f64) -> Share {
    let values = Values::exact(own.iter().map(|(_, difference)| *difference).collect());
    let at = |shift: f64| {
        let below = values.share_below(-shift).unwrap_or(0.5);
        if higher { 1.0 - below } else { below }
    };
    let towards = if higher { mean_miss } else { -mean_miss };
    Share {
        share: at(0.0),
        interval: (
            proportion(at(-towards), own.len(), 0.5 * miss).0,
            proportion(at(towards), own.len(), 0.5 * miss).1,
        ),
    }
}

/// The interval of Clopper and Pearson of a share among `count`.
fn proportion(share: f64, count: usize, miss: f64) -> (f64, f64) {
    let (held, count) = (share * count as f64, count as f64);
    let end = |first: f64, second: f64, probability: f64, otherwise: f64| {
        Beta::new(first, second).map_or(otherwise, |beta| beta.quantile(probability))
    };
    (
        end(held, count - held + 1.0, 0.5 * miss, 0.0),
        end(held + 1.0, count - held, 1.0 - 0.5 * miss, 1.0),
    )
}

fn verdict(
    effect: Option<Estimate>,
    gap: f64,
    share: Option<Share>,
    exception: Option<&Exception>,
) -> ClaimVerdict {
    match (effect, share) {
        (Some(effect), Some(share)) => judged(effect, gap, share, exception, 0.0),
        _ => ClaimVerdict::TooFewCompanies,
    }
}

/// The verdict if every bound were `slack` further off.
fn judged(
    effect: Estimate,
    gap: f64,
    share: Share,
    exception: Option<&Exception>,
    slack: f64,
) -> ClaimVerdict {
    let gap = gap * (1.0 + slack);
    let within_gap = |(low, high): (f64, f64)| low >= -gap && high <= gap;
    if effect.interval.is_some_and(within_gap) {
        ClaimVerdict::NoPracticalDifference
    } else if share.interval.0 >= HOLDS_FROM - slack {
        ClaimVerdict::Holds
    } else if share.interval.1 <= 1.0 - HOLDS_FROM + slack {
        ClaimVerdict::DoesNotHold
    } else if exception.is_some_and(Exception::decides) {
        ClaimVerdict::Depends
    } else {
        ClaimVerdict::NotSettled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(positive: usize, negative: usize) -> Vec<(u64, f64)> {
        let values = std::iter::repeat_n(1.0, positive).chain(std::iter::repeat_n(-1.0, negative));
        values
            .enumerate()
            .map(|(company, value)| (company as u64, value))
            .collect()
    }

    #[test]
    fn intervals_of_shares_are_those_of_printed_tables() {
        // Clopper and Pearson at 95 %: 80 of 100 gives 0.708 to 0.873, 0 of 50 gives 0 to 0.0711.
        let (low, high) = proportion(0.8, 100, 0.05);
        assert!((low - 0.7082).abs() < 1e-4 && (high - 0.8733).abs() < 1e-4);
        let (low, high) = proportion(0.0, 50, 0.05);
        assert!(low.abs() < 1e-12 && (high - 0.0711).abs() < 1e-4);
    }

    #[test]
    fn a_share_is_as_open_as_the_mean_it_hangs_on() {
        let own = own(80, 20);
        let sure = share(&own, 0.0, true, 0.05);
        assert!((sure.share - 0.8).abs() < 1e-12);
        assert_eq!(sure.interval, proportion(0.8, 100, 0.025));
        let other_way = share(&own, 0.0, false, 0.05);
        assert!((other_way.share - 0.2).abs() < 1e-12);
        for higher in [true, false] {
            let open = share(&own, 2.0, higher, 0.05);
            assert!(open.interval.0 < 0.01 && open.interval.1 > 0.99, "{open:?}");
        }
    }

    #[test]
    fn verdicts_follow_from_the_bounds_and_nothing_else() {
        let effect = |mean: f64| {
            Some(Estimate {
                mean,
                interval: Some((mean - 1.0, mean + 1.0)),
            })
        };
        let shared = |positive, negative| Some(share(&own(positive, negative), 0.0, true, 0.05));
        let cases = [
            (effect(10.0), shared(95, 5), ClaimVerdict::Holds),
            (effect(10.0), shared(70, 30), ClaimVerdict::NotSettled),
            (effect(-10.0), shared(5, 95), ClaimVerdict::DoesNotHold),
            (effect(0.5), shared(95, 5), ClaimVerdict::NoPracticalDifference),
            (effect(10.0), None, ClaimVerdict::TooFewCompanies),
        ];
        for (effect, share, expected) in cases {
            assert_eq!(verdict(effect, 2.0, share, None), expected);
        }
        let exception = Exception::example();
        assert_eq!(
            verdict(effect(10.0), 2.0, shared(70, 30), Some(&exception)),
            ClaimVerdict::Depends
        );
    }

    #[test]
    fn a_recorded_verdict_stays_while_its_bounds_are_missed_by_little() {
        let finding = |low: f64| Finding {
            horizon_weeks: 156,
            companies: 100,
            left_out: 0,
            baseline_mean: None,
            effect: Some(Estimate {
                mean: 10.0,
                interval: Some((9.0, 11.0)),
            }),
            smallest_gap: 0.0,
            share: Some(Share {
                share: 0.85,
                interval: (low, 0.95),
            }),
            left: None,
            exception: None,
            verdict: ClaimVerdict::Holds,
        };
        assert!(finding(0.76).keeps(ClaimVerdict::Holds));
        assert!(finding(0.71).keeps(ClaimVerdict::Holds), "missed by little");
        assert!(finding(0.76).keeps(ClaimVerdict::NotSettled), "passed by little");
        assert!(finding(0.76).keeps(ClaimVerdict::Depends), "both are open");
        assert!(!finding(0.69).keeps(ClaimVerdict::Holds));
        assert!(!finding(0.81).keeps(ClaimVerdict::NotSettled));
        assert!(!finding(0.76).keeps(ClaimVerdict::DoesNotHold));
    }

    #[test]
    fn luck_is_taken_out_of_the_differences_of_companies() {
        // Two worlds that agree keep everything; two that have nothing in common leave the mean alone.
        let agreeing: Vec<Contrast> = (0..100)
            .map(|company| Contrast {
                company,
                worlds: [company as f64; 2],
            })
            .collect();
        let kept = own_differences(&agreeing).unwrap();
        assert!(
            kept.iter()
                .all(|(company, value)| (*value - *company as f64).abs() < 1e-9)
        );
        let opposed: Vec<Contrast> = (0..100)
            .map(|company| Contrast {
                company,
                worlds: [company as f64, 100.0 - company as f64],
            })
            .collect();
        let kept = own_differences(&opposed).unwrap();
        assert!(kept.iter().all(|(_, value)| (*value - 50.0).abs() < 1e-9));
        assert!(own_differences(&agreeing[..10]).is_none());
    }
}
