//! Runs of a design come back in order, at any number of threads, failures as rows, and end soon when asked to.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

use experiments::evaluation::{Crossed, Ending, Evaluated, Evaluator, Setting};
use sim_core::outcomes::Outcome;
use sim_core::parameters::Parameters;
use sim_core::simulation::{Request, Run, Span, WorldKey};

use crate::toy::{engine, scenario};

fn setting(threads: usize) -> Setting {
    Setting {
        span: Span {
            warm_up_weeks: 4,
            horizon_weeks: 12,
        },
        seed: 7,
        outcome: Outcome::ShippedValue,
        threads,
    }
}

fn points() -> Vec<Parameters> {
    [0.1, 0.5, 0.9]
        .map(|clarity| scenario("a", &[("strategy.clarity", clarity)], &[]).parameters)
        .to_vec()
}

fn crossed(points: &[Parameters]) -> Crossed<'_> {
    Crossed {
        points,
        first_world: 10,
        worlds: 50,
    }
}

fn all(threads: usize, engine: &impl experiments::Engine) -> Vec<Evaluated> {
    let points = points();
    let evaluator = Evaluator::new(engine, setting(threads)).expect("threads start");
    let mut seen = Vec::new();
    let mut watch = |done, of| seen.push((done, of));
    let results = evaluator
        .all(&crossed(&points), &mut watch, &AtomicBool::new(false))
        .expect("nobody cancels");
    assert_eq!(seen.last(), Some(&(150, 150)));
    assert!(seen.is_sorted());
    results
}

#[test]
fn results_are_the_same_at_any_number_of_threads_and_in_the_order_of_runs() {
    let one = all(1, &engine);
    assert_eq!(format!("{one:?}"), format!("{:?}", all(3, &engine)));
    for (number, result) in one.iter().enumerate() {
        let key = WorldKey {
            seed: 7,
            replication: 10 + number as u64 / 3,
        };
        let alone = engine(&points()[number % 3], setting(1).span, key, Request::default());
        assert_eq!(
            format!("{:?}", result.as_ref().unwrap()),
            format!("{:?}", alone.outcomes)
        );
    }
}

#[test]
fn a_run_that_fails_is_a_row() {
    let sometimes = |parameters: &Parameters, span: Span, key: WorldKey, request: Request| -> Run {
        assert!(key.replication != 12, "world 12 is cursed");
        engine(parameters, span, key, request)
    };
    let results = all(2, &sometimes);
    let failed: Vec<usize> = (0..results.len())
        .filter(|number| results[*number].is_err())
        .collect();
    assert_eq!(failed, [6, 7, 8]);
    assert!(results[6].as_ref().unwrap_err().contains("world 12 is cursed"));
}

#[test]
fn what_is_taken_before_the_end_is_a_prefix() {
    let (points, cancel) = (points(), AtomicBool::new(false));
    let evaluator = Evaluator::new(&engine, setting(2)).unwrap();
    let mut taken = Vec::new();
    let ending = evaluator.each(&crossed(&points), &mut |_, _| {}, &cancel, |number, _| {
        taken.push(number);
        if number == 40 {
            cancel.store(true, Ordering::Relaxed);
        }
        ControlFlow::Continue(())
    });
    assert_eq!(ending, Ending::Cut);
    assert!(taken.len() > 40 && taken.len() < 150);
    assert_eq!(taken, (0..taken.len() as u64).collect::<Vec<_>>());
    let again = evaluator.each(
        &crossed(&points),
        &mut |_, _| {},
        &AtomicBool::new(false),
        |number, _| {
            if number == 5 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        },
    );
    assert_eq!(again, Ending::Cut);
}
