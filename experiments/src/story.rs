//! Why one world came out as it did: what each event was worth, by running the same world again without it.
//!
//! Everything that is not the event keeps its keys, so the difference is what followed from the event, its later
//! consequences included. Effects of several events do not add up.

mod screening;
mod worlds;

pub use worlds::{Pick, WorldGap, pick};

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use sim_core::events::{Event, EventKind};
use sim_core::outcomes::{Outcome, WeekRecord};
use sim_core::parameters::Parameters;
use sim_core::simulation::{Chooser, Request, Run, Simulation, Span, WorldKey};

use crate::collection::pool;
use crate::engine::{Engine, Simulator, Terms, attempt};
use crate::error::ComparisonError;
use crate::evaluation::Watch;
use crate::fork::Past;
use screening::Screen;

/// Most events that are told.
pub const MOST_TOLD: usize = 7;

/// What is to be told.
#[derive(Debug, Clone)]
pub struct StoryPlan {
    /// Baseline and arm, as they are in this world.
    pub arms: [Parameters; 2],
    /// Index of the arm whose events are told; `None` for both.
    pub only: Option<usize>,
    /// The world.
    pub key: WorldKey,
    /// Weeks to simulate.
    pub span: Span,
    /// The outcome that events are judged by.
    pub outcome: Outcome,
    /// Who chooses.
    pub chooser: Chooser,
    /// Parameters of a history that both arms share, and the week that it ends.
    pub past: Option<(Parameters, i32)>,
    /// Threads; 0 means all cores. Results do not depend on it.
    pub threads: usize,
}

/// One event and what it was worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// 0 for the baseline, 1 for the arm.
    pub arm: usize,
    /// The event.
    pub event: Event,
    /// Index of the product line it happened in.
    pub line: u32,
    /// The events that led to it, first to last.
    pub causes: Vec<Event>,
    /// When its item went live afterwards, if it is about one that did.
    pub live: Option<i32>,
    /// Items that share it: those of a release that failed; 1 otherwise.
    pub items: usize,
    /// The outcome of its arm in the same world without it.
    pub without: f64,
    /// The outcome with it minus without it.
    pub effect: f64,
}

/// A world and what its events were worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// The world.
    pub key: WorldKey,
    /// Weeks that were simulated.
    pub span: Span,
    /// The outcome that events are judged by.
    pub outcome: Outcome,
    /// The outcome of baseline and arm.
    pub values: [f64; 2],
    /// The weekly series of baseline and arm.
    pub weekly: [Vec<WeekRecord>; 2],
    /// The week in which the company ran out of cash under baseline and arm, if it did.
    pub insolvent: [Option<i32>; 2],
    /// The events with the largest effects, the largest first; at most [`MOST_TOLD`].
    pub told: Vec<Told>,
    /// Half of the events that were tried changed the outcome by less, either way: so much may be chance that followed.
    pub usual_effect: f64,
    /// Events that could have been prevented.
    pub candidates: u64,
    /// Of these, how many were.
    pub tried: u64,
    /// Of these, how many runs broke off, so that their effect is not known.
    pub failed: u64,
}

/// Runs the world in both arms, then again without each of the events that may have mattered most; `None` if somebody
/// cancelled.
///
/// # Errors
/// If a run of the world itself breaks off, or threads cannot be had.
pub fn story(
    plan: &StoryPlan,
    watch: &mut dyn Watch,
    cancel: &AtomicBool,
) -> Result<Option<Story>, ComparisonError> {
    let pool = pool(plan.threads)?;
    let once = |arm: usize| plan.run(&Simulator, arm, true, cancel);
    let (Some(baseline), Some(arm)) = pool.install(|| rayon::join(|| once(0), || once(1))) else {
        return Ok(None);
    };
    let broken = |reason| ComparisonError::Story { reason };
    let runs = [baseline.map_err(broken)?, arm.map_err(broken)?];
    let screens = [0, 1].map(|arm| Screen {
        plan,
        arm,
        events: &runs[arm].events,
    });
    let (mut tried, mut candidates) = (Vec::new(), 0);
    for screen in screens
        .iter()
        .filter(|screen| plan.only.is_none_or(|only| only == screen.arm))
    {
        let (found, events) = screen.tried();
        candidates += found;
        tried.extend(events.into_iter().map(|event| (screen.arm, event)));
    }
    let again = |(arm, event): &(usize, &Event)| plan.run(&Without(event), *arm, false, cancel);
    let mut without = Vec::new();
    for some in tried.chunks(4 * pool.current_num_threads()) {
        without.extend(pool.install(|| some.par_iter().map(again).collect::<Vec<_>>()));
        if cancel.load(Ordering::Relaxed) {
            return Ok(None);
        }
        watch.progress(without.len() as u64, tried.len() as u64);
    }
    let values = [0, 1].map(|arm| value(&runs[arm], plan.outcome));
    let mut told = Vec::new();
    for ((arm, event), run) in tried.iter().zip(&without) {
        if let Some(Ok(run)) = run {
            let without = value(run, plan.outcome);
            let screen = screens[*arm];
            told.push(Told {
                arm: *arm,
                event: (*event).clone(),
                line: screen.line(event),
                causes: screen.causes(event),
                live: screen.live(event),
                items: screen.items(event),
                without,
                effect: values[*arm] - without,
            });
        }
    }
    let (tried, known) = (tried.len() as u64, told.len() as u64);
    let usual_effect = median(told.iter().map(|one| one.effect.abs()).collect());
    let insolvent = [0, 1].map(|arm| insolvent(&runs[arm].events));
    Ok(Some(Story {
        key: plan.key,
        span: plan.span,
        outcome: plan.outcome,
        values,
        weekly: runs.map(|run| run.weekly),
        insolvent,
        told: largest(told),
        usual_effect,
        candidates,
        tried,
        failed: tried - known,
    }))
}

fn value(run: &Run, outcome: Outcome) -> f64 {
    run.outcomes.get(outcome).unwrap_or(f64::NAN)
}

/// The upper median; 0 of none.
fn median(mut sizes: Vec<f64>) -> f64 {
    sizes.retain(|size| size.is_finite());
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
}

fn insolvent(events: &[Event]) -> Option<i32> {
    let mut ends = events.iter().filter(|event| event.kind == EventKind::Insolvent);
    ends.next().map(|event| event.week)
}

impl StoryPlan {
    fn run(
        &self,
        engine: &impl Engine,
        arm: usize,
        log: bool,
        stop: &AtomicBool,
    ) -> Option<Result<Run, String>> {
        let request = Request {
            chooser: self.chooser,
            weekly: log,
            events: log,
        };
        let terms = Terms {
            span: self.span,
            primary: self.outcome,
            stop,
            past: self.past.as_ref().map(|(parameters, until)| Past {
                parameters,
                until: *until,
            }),
        };
        attempt(engine, &self.arms[arm], self.key, request, terms)
    }
}

/// The simulator, with one event prevented.
struct Without<'a>(&'a Event);

impl Engine for Without<'_> {
    fn run(
        &self,
        parameters: &Parameters,
        span: Span,
        key: WorldKey,
        request: Request,
        stop: &AtomicBool,
    ) -> Option<Run> {
        let mut simulation = Simulation::new(parameters, span, key, request);
        simulation.prevent(self.0);
        Simulator::to_the_end(simulation, stop)
    }

    fn run_after(
        &self,
        past: Past,
        parameters: &Parameters,
        span: Span,
        key: WorldKey,
        request: Request,
        stop: &AtomicBool,
    ) -> Result<Option<Run>, String> {
        let mut history = Simulation::new(past.parameters, span, key, request);
        history.prevent(self.0);
        Ok(Simulator::forked(history, past.until, parameters, stop))
    }
}

/// The largest effects, the largest first, one event for each item.
fn largest(mut told: Vec<Told>) -> Vec<Told> {
    told.retain(|one| one.effect.is_finite() && one.effect != 0.0);
    told.sort_by(|one, other| {
        let by_size = other.effect.abs().total_cmp(&one.effect.abs());
        by_size.then((one.arm, one.event.number).cmp(&(other.arm, other.event.number)))
    });
    let mut kept: Vec<Told> = Vec::new();
    for one in told {
        let is_known = |other: &Told| {
            one.event.need.is_some()
                && (other.arm, other.event.team, other.event.need)
                    == (one.arm, one.event.team, one.event.need)
        };
        if kept.len() < MOST_TOLD && !kept.iter().any(is_known) {
            kept.push(one);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_event_of_each_item_is_told_the_largest_first() {
        let told = |number: u32, need, effect| Told {
            arm: 0,
            event: Event {
                number,
                week: number as i32,
                team: 0,
                kind: EventKind::Shipped,
                need,
                detail: String::new(),
                cause: None,
            },
            line: 0,
            causes: Vec::new(),
            live: None,
            items: 1,
            without: 0.0,
            effect,
        };
        let kept = largest(vec![
            told(5, Some(1), -3.0),
            told(1, Some(1), 2.0),
            told(2, None, 1.0),
            told(3, None, 4.0),
            told(4, Some(2), 0.0),
            told(6, Some(3), f64::NAN),
        ]);
        let numbers: Vec<u32> = kept.iter().map(|one| one.event.number).collect();
        assert_eq!(numbers, [3, 5, 2]);
        assert_eq!(median(vec![5.0, 1.0, f64::NAN, 3.0]), 3.0);
        assert_eq!(median(Vec::new()), 0.0);
    }

    /// What a story says an event was worth is what the two runs differ by, at any number of threads.
    #[test]
    fn effects_are_those_of_the_runs() {
        let mut arm = Parameters::default();
        arm.company.teams = 4;
        let mut plan = StoryPlan {
            arms: [arm.clone(), arm],
            only: None,
            key: WorldKey {
                seed: 3,
                replication: 1,
            },
            span: Span {
                warm_up_weeks: 26,
                horizon_weeks: 52,
            },
            outcome: Outcome::ShippedValue,
            chooser: Chooser::default(),
            past: None,
            threads: 1,
        };
        let go_on = AtomicBool::new(false);
        let mut nobody = |_, _| {};
        let found = story(&plan, &mut nobody, &go_on);
        let found = found.expect("it runs").expect("nobody stops it");
        assert!(!found.told.is_empty() && found.failed == 0 && found.tried <= found.candidates);
        assert_eq!(found.values[0], found.values[1]);
        for told in &found.told {
            let mut simulation = Simulation::new(&plan.arms[0], plan.span, plan.key, Request::default());
            simulation.prevent(&told.event);
            while simulation.step() {}
            let without = simulation.finish().outcomes.get(plan.outcome);
            assert_eq!(without, Some(told.without), "{told:?}");
            assert_eq!(told.effect, found.values[0] - told.without);
        }
        plan.threads = 2;
        let again = story(&plan, &mut nobody, &go_on);
        let again = again.expect("it runs").expect("nobody stops it");
        assert_eq!((again.values, again.told), (found.values, found.told));
    }
}
