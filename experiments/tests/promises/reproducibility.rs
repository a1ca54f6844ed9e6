//! Same plan, same result: whatever the threads, whatever is known already, wherever it was interrupted.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use experiments::block::Block;
use experiments::error::KeeperError;
use experiments::result::{Basis, Comparison, Stopped};
use experiments::{ComparisonPlan, Observer, Progress, Stopping, compare};

use crate::toy::{engine, plan, scenario};

/// Keeps blocks, and sets `cancel` after some of them.
struct Keeper<'a> {
    blocks: BTreeMap<(bool, u64), Block>,
    cancel_after: Option<usize>,
    cancel: &'a AtomicBool,
    computed: usize,
    last: Option<Progress>,
}

impl Observer for Keeper<'_> {
    fn known(&mut self, basis: Basis, index: u64) -> Result<Option<Block>, KeeperError> {
        Ok(self.blocks.get(&(basis == Basis::Plausible, index)).cloned())
    }

    fn finished(&mut self, block: &Block) -> Result<(), KeeperError> {
        self.computed += 1;
        self.blocks
            .insert((block.basis == Basis::Plausible, block.index), block.clone());
        if self.cancel_after == Some(self.computed) {
            self.cancel.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    fn progress(&mut self, progress: Progress) {
        assert!(progress.worlds_done <= progress.worlds_expected);
        self.last = Some(progress);
    }
}

fn keeper(cancel: &AtomicBool) -> Keeper<'_> {
    Keeper {
        blocks: BTreeMap::new(),
        cancel_after: None,
        cancel,
        computed: 0,
        last: None,
    }
}

fn uncertain_plan() -> ComparisonPlan {
    let range = [
        ("strategy.clarity", 0.1, 0.6),
        ("company.discovery_craft", 0.15, 0.7),
    ];
    let arms = vec![
        scenario("a", &[("strategy.clarity", 0.35)], &range),
        scenario(
            "b",
            &[("strategy.clarity", 0.37)],
            &[("strategy.clarity", 0.2, 0.7)],
        ),
    ];
    let stopping = Stopping::Precision(1e-9);
    ComparisonPlan {
        plausible: true,
        stopping,
        cap: 600,
        plausible_cap: 500,
        ..plan(arms)
    }
}

/// Equal to the last bit. (Missing values are not-a-number, which never equals itself; their text does.)
fn same<T: std::fmt::Debug>(one: &T, other: &T) -> bool {
    format!("{one:?}") == format!("{other:?}")
}

fn run(plan: &ComparisonPlan, observer: &mut dyn Observer, cancel: &AtomicBool) -> Comparison {
    compare(plan, &engine, observer, cancel).expect("the plan is usable")
}

#[test]
fn one_and_three_threads_give_the_same_bits() {
    let no = AtomicBool::new(false);
    let one = run(
        &ComparisonPlan {
            threads: 1,
            ..uncertain_plan()
        },
        &mut (),
        &no,
    );
    let three = run(
        &ComparisonPlan {
            threads: 3,
            ..uncertain_plan()
        },
        &mut (),
        &no,
    );
    assert!(same(&one, &three));
    assert_eq!(one.plausible.unwrap().replications, 500);
}

#[test]
fn an_interrupted_comparison_goes_on_to_the_same_bits() {
    let no = AtomicBool::new(false);
    let whole = run(&uncertain_plan(), &mut (), &no);
    for cancel_after in [1, 17, 20, 45] {
        let cancel = AtomicBool::new(false);
        let mut keeper = Keeper {
            cancel_after: Some(cancel_after),
            ..keeper(&cancel)
        };
        let cut = run(&uncertain_plan(), &mut keeper, &cancel);
        assert_eq!(
            cut.plausible.as_ref().unwrap_or(&cut.settings).stopped,
            Stopped::Interrupted
        );
        let mut again = Keeper {
            cancel_after: None,
            computed: 0,
            ..keeper
        };
        let resumed = run(&uncertain_plan(), &mut again, &no);
        assert!(same(&whole, &resumed), "cut after {cancel_after} blocks");
        assert!(again.computed > 0);
    }
}

#[test]
fn a_known_comparison_computes_nothing_again() {
    let no = AtomicBool::new(false);
    let mut keeper = keeper(&no);
    let whole = run(&uncertain_plan(), &mut keeper, &no);
    let computed = keeper.computed;
    let again = run(&uncertain_plan(), &mut keeper, &no);
    assert_eq!(keeper.computed, computed);
    assert!(same(&whole, &again));
}

#[test]
fn more_replications_extend_fewer_ones_even_within_a_block() {
    let no = AtomicBool::new(false);
    let fixed = |worlds| ComparisonPlan {
        stopping: Stopping::Fixed(worlds),
        ..uncertain_plan()
    };
    let mut keeper = keeper(&no);
    let few = run(&fixed(33), &mut keeper, &no);
    assert_eq!(
        (few.settings.replications, few.plausible.unwrap().replications),
        (33, 33)
    );
    let extended = run(&fixed(90), &mut keeper, &no);
    let direct = run(&fixed(90), &mut (), &no);
    assert!(same(&extended, &direct));
}

#[test]
fn the_first_worlds_are_the_same_however_many_follow() {
    let no = AtomicBool::new(false);
    let fixed = |worlds| ComparisonPlan {
        stopping: Stopping::Fixed(worlds),
        plausible: false,
        ..uncertain_plan()
    };
    let (mut few, mut many) = (keeper(&no), keeper(&no));
    run(&fixed(25), &mut few, &no);
    run(&fixed(75), &mut many, &no);
    assert!(same(&few.blocks[&(false, 0)], &many.blocks[&(false, 0)]));
}

#[test]
fn progress_ends_at_the_number_of_worlds() {
    let no = AtomicBool::new(false);
    let mut keeper = keeper(&no);
    run(
        &ComparisonPlan {
            stopping: Stopping::Fixed(120),
            plausible: false,
            ..uncertain_plan()
        },
        &mut keeper,
        &no,
    );
    let last = keeper.last.unwrap();
    assert_eq!((last.worlds_done, last.worlds_expected), (120, 120));
}

#[test]
fn whoever_keeps_blocks_can_end_the_comparison() {
    struct Full;
    impl Observer for Full {
        fn finished(&mut self, _: &Block) -> Result<(), KeeperError> {
            Err("no space left".into())
        }
    }
    let error = compare(&uncertain_plan(), &engine, &mut Full, &AtomicBool::new(false)).unwrap_err();
    assert_eq!(error.to_string(), "no space left");
}
