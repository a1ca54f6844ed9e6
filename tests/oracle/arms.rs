//! The two arms, week by week for one team, and the tally of what each shipped; nothing here draws a world.

use std::collections::VecDeque;
use std::iter::Sum;

use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Normal};

use super::setting::Setting;
use super::world::{Idea, TeamWeek};

/// What an arm shipped.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Tally {
    /// Value from the week after shipping to the last week \[value unit-weeks\].
    pub value: f64,
    /// Ideas shipped \[ideas\].
    pub shipped: u32,
    /// Ages at shipping of all shipped ideas together \[weeks\].
    pub age_weeks: u64,
}

impl Tally {
    /// Mean age at shipping; `None` if nothing was shipped \[weeks\].
    pub fn lead_time_weeks(&self) -> Option<f64> {
        (self.shipped > 0).then(|| self.age_weeks as f64 / f64::from(self.shipped))
    }

    fn ship(&mut self, setting: &Setting, idea: &Idea, week: u32) {
        let age_weeks = week - idea.born_week;
        let left_of_value = 0.5_f64.powf(f64::from(age_weeks) / setting.staleness_half_life_weeks);
        let weeks_in_use = setting.weeks - 1 - week;
        self.value += idea.value * left_of_value * f64::from(weeks_in_use);
        self.shipped += 1;
        self.age_weeks += u64::from(age_weeks);
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), |all, one| Self {
            value: all.value + one.value,
            shipped: all.shipped + one.shipped,
            age_weeks: all.age_weeks + one.age_weeks,
        })
    }
}

/// An idea in work, or promised, with what is left to do.
struct WorkItem {
    idea: Idea,
    remaining_team_weeks: f64,
}

impl WorkItem {
    fn new(idea: Idea) -> Self {
        Self {
            idea,
            remaining_team_weeks: idea.effort_team_weeks,
        }
    }
}

/// The arm that refills its plan at planning events and otherwise works it off from the head.
pub fn quarterly(setting: &Setting, weeks: &[TeamWeek]) -> Tally {
    let (mut backlog, mut plan, mut tally) = (Vec::new(), VecDeque::new(), Tally::default());
    for (week, team_week) in (0_u32..).zip(weeks) {
        receive(setting, &mut backlog, &team_week.ideas);
        if week.is_multiple_of(setting.cadence_weeks) {
            refill(setting, &mut plan, &mut backlog);
        }
        let Some(head) = plan.front_mut() else { continue };
        head.remaining_team_weeks -= team_week.capacity_team_weeks;
        if head.remaining_team_weeks <= 0.0 {
            tally.ship(setting, &head.idea, week);
            plan.pop_front();
        }
    }
    tally
}

/// Moves the best ideas to the end of the plan until the load is reached; the last one may exceed it.
fn refill(setting: &Setting, plan: &mut VecDeque<WorkItem>, backlog: &mut Vec<Idea>) {
    let planned_team_weeks = setting.load_factor * f64::from(setting.cadence_weeks);
    let mut load: f64 = plan.iter().map(|item| item.remaining_team_weeks).sum();
    while load < planned_team_weeks {
        let Some(idea) = take_best(backlog, setting.quarterly_start_threshold) else {
            break;
        };
        load += idea.effort_team_weeks;
        plan.push_back(WorkItem::new(idea));
    }
}

/// The arm that tests the best ideas every week and pulls the best one whenever nothing is in work.
pub fn continuous(setting: &Setting, weeks: &[TeamWeek], test_noise: &mut ChaCha8Rng) -> Tally {
    let (mut backlog, mut in_work, mut tally) = (Vec::new(), None, Tally::default());
    for (week, team_week) in (0_u32..).zip(weeks) {
        receive(setting, &mut backlog, &team_week.ideas);
        test_best(setting, &mut backlog, test_noise);
        if in_work.is_none() {
            in_work = take_best(&mut backlog, setting.continuous_start_threshold).map(WorkItem::new);
        }
        let Some(item) = &mut in_work else { continue };
        item.remaining_team_weeks -= (1.0 - setting.discovery_share) * team_week.capacity_team_weeks;
        if item.remaining_team_weeks <= 0.0 {
            tally.ship(setting, &item.idea, week);
            in_work = None;
        }
    }
    tally
}

/// Observes each of the highest ranked ideas once and updates what is believed of it.
fn test_best(setting: &Setting, backlog: &mut [Idea], test_noise: &mut ChaCha8Rng) {
    let noise = Normal::new(0.0, setting.test_noise).expect("the deviation is finite");
    let precision_of_test = 1.0 / setting.test_noise.powi(2);
    // The order is settled before the first observation, so one outcome does not change which ideas are tested.
    backlog.sort_by(|one, other| other.score().total_cmp(&one.score()));
    for idea in backlog.iter_mut().take(setting.tests_per_week) {
        let observation = idea.value + noise.sample(test_noise);
        let weighted = idea.precision * idea.estimate + precision_of_test * observation;
        idea.precision += precision_of_test;
        idea.estimate = weighted / idea.precision;
    }
}

/// Takes ideas in, one by one; a full backlog loses the idea with the lowest estimate for good.
fn receive(setting: &Setting, backlog: &mut Vec<Idea>, ideas: &[Idea]) {
    for idea in ideas {
        backlog.push(*idea);
        if backlog.len() > setting.backlog_limit
            && let Some(worst) = position_of_largest(backlog, |idea| -idea.estimate)
        {
            backlog.remove(worst);
        }
    }
}

/// Takes out the idea with the highest score, if that is above the threshold.
fn take_best(backlog: &mut Vec<Idea>, threshold: f64) -> Option<Idea> {
    let best = position_of_largest(backlog, Idea::score)?;
    (backlog[best].score() > threshold).then(|| backlog.remove(best))
}

fn position_of_largest(backlog: &[Idea], key: impl Fn(&Idea) -> f64) -> Option<usize> {
    (0..backlog.len()).max_by(|&one, &other| key(&backlog[one]).total_cmp(&key(&backlog[other])))
}
