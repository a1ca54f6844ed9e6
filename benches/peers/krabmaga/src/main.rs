//! The reference model with krABMaga: a team is an agent, the schedule steps all teams week by week, the state keeps
//! the tally; it never calls the engine.

#[path = "../../protocol.rs"]
mod protocol;

use std::any::Any;
use std::collections::VecDeque;

use krabmaga::engine::agent::Agent;
use krabmaga::engine::schedule::Schedule;
use krabmaga::engine::state::State;
use protocol::{Arguments, Arm};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::{Distribution, LogNormal, Normal, Poisson, StudentT};

const TEAMS: u64 = 12;
const WEEKS: u32 = 156;
const BACKLOG_LIMIT: usize = 64;
const VALUE_LOCATION: f64 = 0.2;
const FIRST_ESTIMATE_PRECISION: f64 = 0.25;
const TEST_PRECISION: f64 = 1.0 / 2.25;
const TESTS_PER_WEEK: usize = 3;
const BUILDING_SHARE: f64 = 0.75;
const CADENCE_WEEKS: u32 = 12;
const PLANNED_TEAM_WEEKS: f64 = 10.2;
const STALENESS_WEEKS: f64 = 52.0;

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

/// What ideas and weeks are drawn from.
#[derive(Debug, Clone, Copy)]
struct Market {
    arrivals: Poisson<f64>,
    value: StudentT<f64>,
    effort: LogNormal<f64>,
    first_error: Normal<f64>,
    test_error: Normal<f64>,
    capacity: LogNormal<f64>,
}

impl Market {
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

    fn idea(&self, born: u32, luck: &mut ChaCha8Rng) -> Idea {
        let value = VALUE_LOCATION + self.value.sample(luck);
        let effort = self.effort.sample(luck);
        let estimate = value + self.first_error.sample(luck);
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

/// The state of a simulation: the week, and what all teams together have shipped.
struct Organisation {
    seed: u64,
    replication: u64,
    arm: Arm,
    market: Market,
    week: u32,
    value: f64,
    shipped: u32,
    age_weeks: u32,
}

impl Organisation {
    fn ship(&mut self, idea: &Idea) {
        let age = self.week - idea.born;
        let freshness = (-f64::from(age) / STALENESS_WEEKS).exp();
        self.value += idea.value * freshness * f64::from(WEEKS - 1 - self.week);
        self.shipped += 1;
        self.age_weeks += age;
    }
}

impl State for Organisation {
    fn init(&mut self, schedule: &mut Schedule) {
        self.reset();
        for number in 0..TEAMS {
            let team = Team::new(self.seed, self.replication * TEAMS + number);
            schedule.schedule_repeating(Box::new(team), 0.0, 0);
        }
    }

    fn reset(&mut self) {
        (self.week, self.value, self.shipped, self.age_weeks) = (0, 0.0, 0, 0);
    }

    fn update(&mut self, step: u64) {
        self.week = step as u32;
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }

    fn as_state(&self) -> &dyn State {
        self
    }

    fn as_state_mut(&mut self) -> &mut dyn State {
        self
    }
}

/// A team with its own luck, so that both arms of a replication meet the same ideas and capacities.
#[derive(Clone)]
struct Team {
    world: ChaCha8Rng,
    tests: ChaCha8Rng,
    backlog: Vec<Idea>,
    plan: VecDeque<Idea>,
    in_work: Option<Idea>,
}

impl Team {
    fn new(seed: u64, number: u64) -> Self {
        let stream = |stream| {
            let mut generator = ChaCha8Rng::seed_from_u64(seed);
            generator.set_stream(stream);
            generator
        };
        Self {
            world: stream(2 * number),
            tests: stream(2 * number + 1),
            backlog: Vec::with_capacity(BACKLOG_LIMIT + 1),
            plan: VecDeque::new(),
            in_work: None,
        }
    }

    fn receive(&mut self, idea: Idea) {
        self.backlog.push(idea);
        if self.backlog.len() > BACKLOG_LIMIT {
            let estimates = self.backlog.iter().map(|idea| idea.estimate).enumerate();
            if let Some((worst, _)) = estimates.min_by(|one, other| one.1.total_cmp(&other.1)) {
                self.backlog.swap_remove(worst);
            }
        }
    }

    /// Takes the idea of the highest score out of the backlog if its estimate is above zero.
    fn take_best(&mut self) -> Option<Idea> {
        let scores = self.backlog.iter().map(|idea| idea.score).enumerate();
        let (best, _) = scores.max_by(|one, other| one.1.total_cmp(&other.1))?;
        (self.backlog[best].estimate > 0.0).then(|| self.backlog.swap_remove(best))
    }

    fn refill_plan(&mut self) {
        self.backlog
            .sort_by(|one, other| one.score.total_cmp(&other.score));
        let mut load: f64 = self.plan.iter().map(|idea| idea.remaining).sum();
        while load < PLANNED_TEAM_WEEKS {
            let Some(best) = self.backlog.pop() else { break };
            load += best.effort;
            self.plan.push_back(best);
        }
    }

    fn quarterly_week(&mut self, capacity: f64, organisation: &mut Organisation) {
        if organisation.week.is_multiple_of(CADENCE_WEEKS) {
            self.refill_plan();
        }
        if let Some(head) = self.plan.front_mut() {
            head.remaining -= capacity;
            if head.remaining <= 0.0 {
                organisation.ship(head);
                self.plan.pop_front();
            }
        }
    }

    fn continuous_week(&mut self, capacity: f64, organisation: &mut Organisation) {
        if self.backlog.len() > TESTS_PER_WEEK {
            let by_score = |one: &Idea, other: &Idea| other.score.total_cmp(&one.score);
            self.backlog.select_nth_unstable_by(TESTS_PER_WEEK, by_score);
        }
        for idea in self.backlog.iter_mut().take(TESTS_PER_WEEK) {
            idea.observe(idea.value + organisation.market.test_error.sample(&mut self.tests));
        }
        if self.in_work.is_none() {
            self.in_work = self.take_best();
        }
        if let Some(idea) = &mut self.in_work {
            idea.remaining -= BUILDING_SHARE * capacity;
            if idea.remaining <= 0.0 {
                organisation.ship(idea);
                self.in_work = None;
            }
        }
    }
}

impl Agent for Team {
    fn step(&mut self, state: &mut dyn State) {
        let state = state.as_any_mut().downcast_mut::<Organisation>();
        let organisation = state.expect("teams work in an organisation");
        let market = organisation.market;
        let arrivals = market.arrivals.sample(&mut self.world) as u32;
        for _ in 0..arrivals {
            let idea = market.idea(organisation.week, &mut self.world);
            self.receive(idea);
        }
        let capacity = market.capacity.sample(&mut self.world);
        match organisation.arm {
            Arm::Quarterly => self.quarterly_week(capacity, organisation),
            Arm::Continuous => self.continuous_week(capacity, organisation),
        }
    }
}

fn replication(arguments: Arguments, replication: u64) -> [f64; 3] {
    let mut organisation = Organisation {
        seed: arguments.seed,
        replication,
        arm: arguments.arm,
        market: Market::new(),
        week: 0,
        value: 0.0,
        shipped: 0,
        age_weeks: 0,
    };
    let mut schedule = Schedule::new();
    organisation.init(&mut schedule);
    for _ in 0..WEEKS {
        schedule.step(&mut organisation);
    }
    let shipped = f64::from(organisation.shipped);
    [
        organisation.value,
        shipped,
        f64::from(organisation.age_weeks) / shipped,
    ]
}

fn main() {
    let arguments = Arguments::of_this_process();
    arguments.report("krABMaga", "0.6.2", |number| replication(arguments, number));
}
