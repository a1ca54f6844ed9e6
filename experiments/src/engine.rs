//! What runs a world: the simulator, or any function of the same shape; a run that breaks becomes an error, not a crash.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Once};

use sim_core::outcomes::Outcome;
use sim_core::parameters::{Behaviour, Company, Environment, Parameters};
use sim_core::simulation::{Request, Run, Simulation, Span, WorldKey, world};
use sim_core::world::World;

use crate::fork::Past;

/// Anything that can run parameters in a world. What it gives must be a function of its arguments alone.
///
/// [`Simulator`] is one; so is every closure of the shape of [`sim_core::simulation::run`], which cannot be stopped.
pub trait Engine: Sync {
    /// Several runs of this company and environment follow in this world, on this thread: what they have in common may be
    /// made ready. It changes no result.
    fn expect_runs(&self, parameters: &Parameters, span: Span, key: WorldKey) {
        let _ = (parameters, span, key);
    }

    /// Runs `parameters` in the world `key`; `None` if `stop` was set meanwhile.
    fn run(
        &self,
        parameters: &Parameters,
        span: Span,
        key: WorldKey,
        request: Request,
        stop: &AtomicBool,
    ) -> Option<Run>;

    /// Runs `past` up to its week, then goes on under `parameters` in the same world; `None` if `stop` was set meanwhile.
    ///
    /// # Errors
    /// That this engine cannot: only one that holds a state, such as [`Simulator`], can.
    fn run_after(
        &self,
        past: Past,
        parameters: &Parameters,
        span: Span,
        key: WorldKey,
        request: Request,
        stop: &AtomicBool,
    ) -> Result<Option<Run>, String> {
        let _ = (past, parameters, span, key, request, stop);
        Err("this engine cannot give arms a shared history".to_owned())
    }
}

impl<F: Fn(&Parameters, Span, WorldKey, Request) -> Run + Sync> Engine for F {
    fn run(
        &self,
        parameters: &Parameters,
        span: Span,
        key: WorldKey,
        request: Request,
        _stop: &AtomicBool,
    ) -> Option<Run> {
        Some(self(parameters, span, key, request))
    }
}

/// The simulator of the model. It looks at its stop flag every week, because a world of many teams takes minutes.
#[derive(Debug, Clone, Copy)]
pub struct Simulator;

impl Engine for Simulator {
    fn expect_runs(&self, parameters: &Parameters, span: Span, key: WorldKey) {
        // The old one goes before there is a new one, so that there are never two.
        DRAWN.set(None);
        DRAWN.set(Some(Drawn::new(parameters, span, key)));
    }

    fn run(
        &self,
        parameters: &Parameters,
        span: Span,
        key: WorldKey,
        request: Request,
        stop: &AtomicBool,
    ) -> Option<Run> {
        Self::to_the_end(begin(parameters, span, key, request), stop)
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
        let history = begin(past.parameters, span, key, request);
        Ok(Self::forked(history, past.until, parameters, stop))
    }
}

impl Simulator {
    /// Goes on to the end; `None` if `stop` was set meanwhile.
    pub(crate) fn to_the_end(mut simulation: Simulation, stop: &AtomicBool) -> Option<Run> {
        step_until(&mut simulation, i32::MAX, stop)?;
        Some(simulation.finish())
    }

    /// Goes on up to a week, and from there under other parameters; `None` if `stop` was set meanwhile.
    pub(crate) fn forked(
        mut history: Simulation,
        until: i32,
        parameters: &Parameters,
        stop: &AtomicBool,
    ) -> Option<Run> {
        step_until(&mut history, until, stop)?;
        Self::to_the_end(history.fork(parameters), stop)
    }
}

/// A world that is drawn, and what it follows from.
struct Drawn {
    company: Company,
    environment: Environment,
    behaviour: Behaviour,
    span: Span,
    key: WorldKey,
    world: Arc<World>,
}

impl Drawn {
    fn new(parameters: &Parameters, span: Span, key: WorldKey) -> Self {
        let weeks = span.warm_up_weeks.saturating_add(span.horizon_weeks);
        Self {
            company: parameters.company.clone(),
            environment: parameters.environment.clone(),
            behaviour: parameters.behaviour.clone(),
            span,
            key,
            world: Arc::new(world(parameters, span, key).drawn(parameters, weeks)),
        }
    }

    fn is_of(&self, parameters: &Parameters, span: Span, key: WorldKey) -> bool {
        (self.key, self.span) == (key, span)
            && self.company == parameters.company
            && self.environment == parameters.environment
            && self.behaviour == parameters.behaviour
    }
}

thread_local! {
    /// The world in which several runs were expected on this thread last.
    static DRAWN: RefCell<Option<Drawn>> = const { RefCell::new(None) };
}

/// A run before its first week, as [`Simulation::new`] makes it; in the world that is drawn if that is the same.
fn begin(parameters: &Parameters, span: Span, key: WorldKey, request: Request) -> Simulation {
    let drawn = DRAWN.with_borrow(|drawn| {
        let same = drawn.as_ref().filter(|drawn| drawn.is_of(parameters, span, key));
        same.map(|drawn| Arc::clone(&drawn.world))
    });
    match drawn {
        Some(world) => Simulation::within(world, parameters, span, request),
        None => Simulation::new(parameters, span, key, request),
    }
}

/// Steps up to a week, or to the end; `None` if `stop` was set meanwhile.
fn step_until(simulation: &mut Simulation, week: i32, stop: &AtomicBool) -> Option<()> {
    while simulation.week() < week && simulation.step() {
        if stop.load(Ordering::Relaxed) {
            return None;
        }
    }
    Some(())
}

/// What every run of a basis or an experiment has in common.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terms<'a> {
    pub(crate) span: Span,
    pub(crate) primary: Outcome,
    pub(crate) stop: &'a AtomicBool,
    /// What runs live through before their own parameters hold, if anything.
    pub(crate) past: Option<Past<'a>>,
}

/// One run that cannot bring anything else down; `None` if it was stopped.
///
/// # Errors
/// What went wrong, for people: the run broke off, or an outcome is not a usable number.
pub(crate) fn attempt(
    engine: &impl Engine,
    parameters: &Parameters,
    key: WorldKey,
    request: Request,
    terms: Terms,
) -> Option<Result<Run, String>> {
    let Terms { span, stop, past, .. } = terms;
    let run = catch(|| match past {
        None => Ok(engine.run(parameters, span, key, request, stop)),
        Some(past) => engine.run_after(past, parameters, span, key, request, stop),
    });
    let run = run.and_then(|run| run);
    let checked = |run: Run| check(&run, terms.primary).map(|()| run);
    run.map_or_else(|reason| Some(Err(reason)), |run| run.map(checked))
}

fn check(run: &Run, primary: Outcome) -> Result<(), String> {
    if run.outcomes.get(primary).is_none() {
        return Err(format!(
            "the run has no value of {}, on which the comparison rests",
            primary.row().name
        ));
    }
    for outcome in Outcome::ALL {
        if run.outcomes.get(*outcome).is_some_and(f64::is_infinite) {
            return Err(format!("the run has an infinite {}", outcome.row().name));
        }
    }
    Ok(())
}

thread_local! {
    static LISTENING: Cell<bool> = const { Cell::new(false) };
    static HEARD: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `work` and turns a panic into its message and place, without anything on the terminal.
pub(crate) fn catch<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    listen();
    LISTENING.set(true);
    let caught = panic::catch_unwind(AssertUnwindSafe(work));
    LISTENING.set(false);
    caught.map_err(|_| {
        HEARD
            .take()
            .unwrap_or_else(|| "the run stopped without saying why".to_owned())
    })
}

/// Puts a listener before the program's own panic hook, once; all other panics go on to that hook.
fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if LISTENING.get() {
                let place = panic
                    .location()
                    .map(|place| format!(" ({}:{})", place.file(), place.line()));
                let message = panic.payload_as_str().unwrap_or("no message");
                HEARD.set(Some(format!(
                    "the run stopped: {message}{}",
                    place.unwrap_or_default()
                )));
            } else {
                previous(panic);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim_core::outcomes::Outcomes;

    fn run_with(outcome: Outcome, value: f64) -> Result<Run, String> {
        let engine = move |_: &Parameters, _: Span, _: WorldKey, _: Request| {
            let mut outcomes = Outcomes::default();
            outcomes.set(outcome, value);
            Run {
                outcomes,
                weekly: Vec::new(),
                events: Vec::new(),
                team_weeks: 0,
            }
        };
        let key = WorldKey {
            seed: 1,
            replication: 0,
        };
        attempt(
            &engine,
            &Parameters::default(),
            key,
            Request::default(),
            terms(&AtomicBool::new(false)),
        )
        .expect("nobody stopped it")
    }

    fn terms(stop: &AtomicBool) -> Terms<'_> {
        Terms {
            span: Span {
                warm_up_weeks: 0,
                horizon_weeks: 100,
            },
            primary: Outcome::ShippedValue,
            stop,
            past: None,
        }
    }

    #[test]
    fn a_world_is_left_as_soon_as_it_is_stopped() {
        let key = WorldKey {
            seed: 1,
            replication: 0,
        };
        let run = |stop: bool| {
            let stop = AtomicBool::new(stop);
            attempt(
                &Simulator,
                &Parameters::default(),
                key,
                Request::default(),
                terms(&stop),
            )
        };
        assert!(run(true).is_none());
        let whole = run(false).expect("nobody stopped it").expect("it works");
        assert_eq!(whole.team_weeks % 100, 0);
    }

    #[test]
    fn a_panic_becomes_its_message() {
        let message = catch(|| panic!("debt is {}", 7)).unwrap_err();
        assert!(
            message.starts_with("the run stopped: debt is 7 (experiments/src/engine.rs:"),
            "{message}"
        );
        assert_eq!(catch(|| 5), Ok(5));
    }

    #[test]
    fn a_missing_primary_outcome_and_an_infinite_outcome_are_failures() {
        assert!(run_with(Outcome::ShippedValue, 1.0).is_ok());
        assert!(
            run_with(Outcome::Morale, 1.0)
                .unwrap_err()
                .contains("no value of shipped_value")
        );
        assert!(
            run_with(Outcome::ShippedValue, f64::INFINITY)
                .unwrap_err()
                .contains("infinite shipped_value")
        );
    }

    #[test]
    fn a_run_does_not_depend_on_what_ran_before_it_on_this_thread() {
        let span = Span {
            warm_up_weeks: 13,
            horizon_weeks: 26,
        };
        let mut other_noise = Parameters::default();
        other_noise.environment.capacity_noise = 0.3;
        let mut other_teams = Parameters::default();
        other_teams.company.teams = 5;
        let mut other_model = Parameters::default();
        other_model.strategy.clarity = 0.9;
        let stop = AtomicBool::new(false);
        let longer = Span {
            horizon_weeks: 30,
            ..span
        };
        let key = |seed, replication| WorldKey { seed, replication };
        for (span, key) in [
            (span, key(1, 0)),
            (longer, key(1, 0)),
            (longer, key(2, 0)),
            (span, key(2, 1)),
        ] {
            if key.replication == 0 {
                Simulator.expect_runs(&Parameters::default(), span, key);
            }
            for parameters in [&Parameters::default(), &other_model, &other_noise, &other_teams] {
                let request = Request::default();
                let shared = Simulator
                    .run(parameters, span, key, request, &stop)
                    .expect("nobody stopped it");
                let alone = sim_core::simulation::run(parameters, span, key, request);
                assert_eq!(format!("{:?}", shared.outcomes), format!("{:?}", alone.outcomes));
            }
        }
    }
}
