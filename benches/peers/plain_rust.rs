//! The reference model in plain idiomatic Rust, the yardstick for speed: it holds all of the model in one file, is
//! neither slowed down nor hand-tuned, and never calls the engine.

use std::collections::VecDeque;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::{Distribution, LogNormal, Normal, Poisson, StudentT};

/// Teams in a replication \[teams\].
pub const TEAMS: u32 = 12;
/// Weeks of a replication \[weeks\].
pub const WEEKS: u32 = 156;

const BACKLOG_LIMIT: usize = 64;
const VALUE_LOCATION: f64 = 0.2;
const FIRST_ESTIMATE_PRECISION: f64 = 0.25;
const TEST_PRECISION: f64 = 1.0 / 2.25;
const TESTS_PER_WEEK: usize = 3;
const BUILDING_SHARE: f64 = 0.75;
const CADENCE_WEEKS: u32 = 12;
const PLANNED_TEAM_WEEKS: f64 = 10.2;
const STALENESS_WEEKS: f64 = 52.0;

/// How a team decides what to build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arm {
    /// Commits work for twelve weeks at a time.
    Quarterly,
    /// Tests the best ideas every week and pulls the next one when it is free.
    Continuous,
}

#[derive(Debug, Clone)]
struct Idea {
    value: f64,
    estimate: f64,
    precision: f64,
    effort: f64,
    remaining: f64,
    score: f64,
    born: u32,
}

impl Idea {
    fn observe(&mut self, observation: f64) {
        let precision = self.precision + TEST_PRECISION;
        self.estimate = (self.precision * self.estimate + TEST_PRECISION * observation) / precision;
        self.precision = precision;
        self.score = self.estimate / self.effort;
    }
}

struct Distributions {
    arrivals: Poisson<f64>,
    value: StudentT<f64>,
    effort: LogNormal<f64>,
    first_error: Normal<f64>,
    test_error: Normal<f64>,
    capacity: LogNormal<f64>,
}

impl Distributions {
    fn new() -> Self {
        Self {
            arrivals: Poisson::new(0.8).expect("a valid rate"),
            value: StudentT::new(3.0).expect("valid degrees of freedom"),
            effort: LogNormal::new(0.5, 0.6).expect("a valid deviation"),
            first_error: Normal::new(0.0, 2.0).expect("a valid deviation"),
            test_error: Normal::new(0.0, 1.5).expect("a valid deviation"),
            capacity: LogNormal::new(0.0, 0.2).expect("a valid deviation"),
        }
    }

    fn idea(&self, born: u32, world: &mut ChaCha8Rng) -> Idea {
        let value = VALUE_LOCATION + self.value.sample(world);
        let effort = self.effort.sample(world);
        let estimate = value + self.first_error.sample(world);
        Idea {
            value,
            estimate,
            precision: FIRST_ESTIMATE_PRECISION,
            effort,
            remaining: effort,
            score: estimate / effort,
            born,
        }
    }
}

#[derive(Debug, Default)]
struct Tally {
    value: f64,
    shipped: u32,
    age: u32,
}

impl Tally {
    fn ship(&mut self, idea: &Idea, week: u32) {
        let age = week - idea.born;
        self.value += idea.value * (-f64::from(age) / STALENESS_WEEKS).exp() * f64::from(WEEKS - 1 - week);
        self.shipped += 1;
        self.age += age;
    }
}

#[derive(Debug, Default)]
struct Team {
    backlog: Vec<Idea>,
    plan: VecDeque<Idea>,
    in_work: Option<Idea>,
}

impl Team {
    fn receive(&mut self, idea: Idea) {
        self.backlog.push(idea);
        if self.backlog.len() > BACKLOG_LIMIT {
            let estimates = self.backlog.iter().map(|idea| idea.estimate).enumerate();
            if let Some((worst, _)) = estimates.min_by(|one, other| one.1.total_cmp(&other.1)) {
                self.backlog.swap_remove(worst);
            }
        }
    }

    fn rank(&mut self) {
        self.backlog
            .sort_by(|one, other| other.score.total_cmp(&one.score));
    }

    fn take_best(&mut self) -> Option<Idea> {
        let scores = self.backlog.iter().map(|idea| idea.score).enumerate();
        let (best, _) = scores.max_by(|one, other| one.1.total_cmp(&other.1))?;
        (self.backlog[best].estimate > 0.0).then(|| self.backlog.swap_remove(best))
    }

    fn quarterly_week(&mut self, week: u32, capacity: f64, tally: &mut Tally) {
        if week.is_multiple_of(CADENCE_WEEKS) {
            self.rank();
            let mut load: f64 = self.plan.iter().map(|idea| idea.remaining).sum();
            let chosen = self.backlog.iter().take_while(|idea| {
                let room = load < PLANNED_TEAM_WEEKS;
                load += idea.effort;
                room
            });
            let count = chosen.count();
            self.plan.extend(self.backlog.drain(..count));
        }
        if let Some(head) = self.plan.front_mut() {
            head.remaining -= capacity;
            if head.remaining <= 0.0 {
                tally.ship(head, week);
                self.plan.pop_front();
            }
        }
    }

    fn continuous_week(&mut self, week: u32, capacity: f64, tests: impl FnMut() -> f64, tally: &mut Tally) {
        if self.backlog.len() > TESTS_PER_WEEK {
            self.backlog
                .select_nth_unstable_by(TESTS_PER_WEEK, |one, other| other.score.total_cmp(&one.score));
        }
        for (idea, error) in self
            .backlog
            .iter_mut()
            .take(TESTS_PER_WEEK)
            .zip(std::iter::repeat_with(tests))
        {
            idea.observe(idea.value + error);
        }
        if self.in_work.is_none() {
            self.in_work = self.take_best();
        }
        if let Some(idea) = &mut self.in_work {
            idea.remaining -= BUILDING_SHARE * capacity;
            if idea.remaining <= 0.0 {
                tally.ship(idea, week);
                self.in_work = None;
            }
        }
    }
}

/// Runs one arm of one replication and returns value \[value unit-weeks\], ideas shipped \[ideas\] and mean lead time
/// \[weeks\], which is not a number if nothing was shipped. Both arms of a replication meet the same ideas and capacities.
pub fn replication(seed: u64, replication: u64, arm: Arm) -> (f64, u32, f64) {
    let distributions = Distributions::new();
    let mut world = stream(seed, 2 * replication);
    let mut tests = stream(seed, 2 * replication + 1);
    let mut tally = Tally::default();
    for _ in 0..TEAMS {
        let mut team = Team::default();
        for week in 0..WEEKS {
            let arrivals = distributions.arrivals.sample(&mut world) as u32;
            for _ in 0..arrivals {
                team.receive(distributions.idea(week, &mut world));
            }
            let capacity = distributions.capacity.sample(&mut world);
            match arm {
                Arm::Quarterly => team.quarterly_week(week, capacity, &mut tally),
                Arm::Continuous => {
                    team.continuous_week(
                        week,
                        capacity,
                        || distributions.test_error.sample(&mut tests),
                        &mut tally,
                    );
                }
            }
        }
    }
    (
        tally.value,
        tally.shipped,
        f64::from(tally.age) / f64::from(tally.shipped),
    )
}

fn stream(seed: u64, number: u64) -> ChaCha8Rng {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream(number);
    generator
}
