//! Runs of a design come back in order, at any number of threads, failures as rows, and end soon when asked to.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use experiments::error::KeeperError;
use experiments::evaluation::{Crossed, Evaluated, Evaluator, Setting, Watch};
use experiments::{ComparisonError, Slice};
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
    assert_eq!(one, all(3, &engine));
    for (number, result) in one.iter().enumerate() {
        let key = WorldKey {
            seed: 7,
            replication: 10 + number as u64 / 3,
        };
        let alone = engine(&points()[number % 3], setting(1).span, key, Request::default());
        assert_eq!(*result, Ok(alone.outcomes.get(Outcome::ShippedValue).unwrap()));
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
fn what_is_taken_before_a_cancellation_is_a_prefix() {
    let (points, cancel) = (points(), AtomicBool::new(false));
    let evaluator = Evaluator::new(&engine, setting(2)).unwrap();
    let mut taken = Vec::new();
    let ended = evaluator.each(&crossed(&points), &mut |_, _| {}, &cancel, |number, _| {
        taken.push(number);
        if number == 40 {
            cancel.store(true, Ordering::Relaxed);
        }
    });
    assert!(matches!(ended, Err(ComparisonError::Stopped)));
    assert!(taken.len() > 40 && taken.len() < 150);
    assert_eq!(taken, (0..taken.len() as u64).collect::<Vec<_>>());
}

/// Knows some runs, keeps the others, wants a slice.
struct Keeps {
    known: Vec<Option<Evaluated>>,
    made: Vec<u64>,
    slice: Slice,
}

impl Watch for Keeps {
    fn progress(&mut self, _done: u64, _of: u64) {}

    fn round(&mut self, runs: u64) -> Range<u64> {
        self.slice.range(runs)
    }

    fn known(&mut self, number: u64) -> Result<Option<Evaluated>, KeeperError> {
        Ok(self.known[number as usize].clone())
    }

    fn finished(&mut self, number: u64, evaluated: &Evaluated) -> Result<(), KeeperError> {
        self.made.push(number);
        self.known[number as usize] = Some(evaluated.clone());
        if number == 149 && self.slice.of() == 7 {
            return Err("the disk is full".into());
        }
        Ok(())
    }
}

#[test]
fn what_is_known_is_not_made_again_and_slices_join_to_the_whole() {
    let (points, whole) = (points(), all(2, &engine));
    let evaluator = Evaluator::new(&engine, setting(2)).unwrap();
    let cancel = AtomicBool::new(false);
    let mut keeps = Keeps {
        known: vec![None; 150],
        made: Vec::new(),
        slice: Slice::WHOLE,
    };
    for number in 1..=4 {
        keeps.slice = Slice::new(number, 4).unwrap();
        let ended = evaluator.all(&crossed(&points), &mut keeps, &cancel);
        assert!(
            matches!(ended, Err(ComparisonError::Stopped)),
            "a slice is no whole"
        );
    }
    assert_eq!(keeps.made, (0..150).collect::<Vec<_>>());
    // Two runs in the middle are lost.
    keeps.known[70] = None;
    keeps.known[99] = None;
    (keeps.made, keeps.slice) = (Vec::new(), Slice::WHOLE);
    let joined = evaluator.all(&crossed(&points), &mut keeps, &cancel).unwrap();
    assert_eq!(joined, whole);
    assert_eq!(keeps.made, [70, 99]);
}

#[test]
fn a_keeper_that_gives_up_ends_the_experiment_with_its_reason() {
    let (points, cancel) = (points(), AtomicBool::new(false));
    let evaluator = Evaluator::new(&engine, setting(2)).unwrap();
    let mut keeps = Keeps {
        known: vec![None; 150],
        made: Vec::new(),
        slice: Slice::new(7, 7).unwrap(),
    };
    let ended = evaluator.all(&crossed(&points), &mut keeps, &cancel);
    assert!(ended.unwrap_err().to_string().contains("the disk is full"));
}
