//! The loop of a basis: hands slices to threads, takes blocks in order, stops when the rule says so.
//!
//! Every sum is made on the calling thread in the order of worlds, so neither threads nor resuming change a bit.

use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use rayon::{Scope, ThreadPool, ThreadPoolBuilder};

use crate::block::Block;
use crate::design::{Design, Wanted};
use crate::engine::Engine;
use crate::error::ComparisonError;
use crate::observer::{Observer, Progress};
use crate::result::Stopped;
use crate::tally::Tally;
use crate::worlds::{Shared, simulate};

/// How long the collector waits before it looks at progress and cancellation again.
const TICK: Duration = Duration::from_millis(50);

/// A pool of its own, never the global one; 0 means all cores.
pub(crate) fn pool(threads: usize) -> Result<ThreadPool, ComparisonError> {
    ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|number| format!("worlds-{number}"))
        .build()
        .map_err(|error| ComparisonError::Threads {
            threads,
            reason: error.to_string(),
        })
}

/// Simulates the worlds of a basis until its rule is met, or `cancel` is set.
pub(crate) fn collect<'a>(
    design: &'a Design,
    engine: &impl Engine,
    pool: &ThreadPool,
    observer: &mut dyn Observer,
    cancel: &AtomicBool,
) -> Result<Tally<'a>, ComparisonError> {
    let shared = Shared::default();
    pool.in_place_scope(|scope| {
        let collector = Collector::new(design, engine, observer, &shared, pool.current_num_threads());
        let collected = collector.run(scope, cancel);
        shared.abandon.store(true, Ordering::Relaxed);
        collected
    })
}

/// The place of a block in the design, and the block; `None` if it was abandoned.
type Sent = (u64, thread::Result<Option<Block>>);

struct Collector<'a, 'r, E> {
    design: &'a Design,
    engine: &'r E,
    observer: &'r mut dyn Observer,
    shared: &'r Shared,
    tally: Tally<'a>,
    threads: usize,
    sender: Sender<Sent>,
    receiver: Receiver<Sent>,
    next_to_start: u64,
    next_to_take: u64,
    in_flight: usize,
    /// Finished blocks that wait for earlier ones, and whether they are new.
    waiting: BTreeMap<u64, (Block, Freshness)>,
    /// Worlds of blocks that were computed and taken.
    worlds_taken: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Freshness {
    Known,
    New,
}

impl<'a, 'r, E: Engine> Collector<'a, 'r, E> {
    fn new(
        design: &'a Design,
        engine: &'r E,
        observer: &'r mut dyn Observer,
        shared: &'r Shared,
        threads: usize,
    ) -> Self {
        let (sender, receiver) = channel();
        Self {
            design,
            engine,
            observer,
            shared,
            tally: Tally::new(design),
            threads,
            sender,
            receiver,
            next_to_start: 0,
            next_to_take: 0,
            in_flight: 0,
            waiting: BTreeMap::new(),
            worlds_taken: 0,
        }
    }

    fn run<'scope>(mut self, scope: &Scope<'scope>, cancel: &AtomicBool) -> Result<Tally<'a>, ComparisonError>
    where
        'a: 'scope,
        'r: 'scope,
    {
        while self.tally.stopped().is_none() {
            if cancel.load(Ordering::Relaxed) {
                self.tally.stop(Stopped::Interrupted);
                break;
            }
            self.start_slices(scope)?;
            if let Some((block, freshness)) = self.waiting.remove(&self.next_to_take) {
                self.take(&block, freshness)?;
            } else if self.in_flight > 0 {
                self.wait();
            } else {
                self.tally.stop(Stopped::Cap);
            }
            self.show_progress();
        }
        Ok(self.tally)
    }

    /// Keeps two slices per thread at work, and a bounded number of finished ones waiting.
    fn start_slices<'scope>(&mut self, scope: &Scope<'scope>) -> Result<(), ComparisonError>
    where
        'a: 'scope,
        'r: 'scope,
    {
        while self.in_flight < 2 * self.threads && self.waiting.len() < 8 * self.threads {
            let place = self.next_to_start;
            let Some(wanted) = self.design.wanted(place) else {
                break;
            };
            self.next_to_start += 1;
            let known = self
                .observer
                .known(self.design.basis, wanted.index)
                .map_err(ComparisonError::Keeper)?;
            match known {
                Some(block) if self.design.fits(&block, wanted) => {
                    self.waiting.insert(place, (block, Freshness::Known));
                }
                _ => self.start(scope, place, wanted),
            }
        }
        Ok(())
    }

    fn start<'scope>(&mut self, scope: &Scope<'scope>, place: u64, wanted: Wanted)
    where
        'a: 'scope,
        'r: 'scope,
    {
        let (design, engine, shared, sender) = (self.design, self.engine, self.shared, self.sender.clone());
        self.in_flight += 1;
        scope.spawn(move |_| {
            let block = panic::catch_unwind(AssertUnwindSafe(|| simulate(design, engine, wanted, shared)));
            // Nobody listens any more once the rule is met; the block is then not needed.
            let _ = sender.send((place, block));
        });
    }

    fn take(&mut self, block: &Block, freshness: Freshness) -> Result<(), ComparisonError> {
        if freshness == Freshness::New {
            self.observer.finished(block).map_err(ComparisonError::Keeper)?;
            self.worlds_taken += block.worlds_kept().count() as u64;
        } else {
            self.observer.reused(block).map_err(ComparisonError::Keeper)?;
        }
        self.tally.add(block);
        self.next_to_take += 1;
        Ok(())
    }

    fn wait(&mut self) {
        match self.receiver.recv_timeout(TICK) {
            Ok((place, Ok(block))) => {
                self.in_flight -= 1;
                if let Some(block) = block {
                    self.waiting.insert(place, (block, Freshness::New));
                }
            }
            Ok((_, Err(panic))) => {
                self.shared.abandon.store(true, Ordering::Relaxed);
                panic::resume_unwind(panic);
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
        }
    }

    fn show_progress(&mut self) {
        let ahead = self
            .shared
            .worlds_done
            .load(Ordering::Relaxed)
            .saturating_sub(self.worlds_taken);
        let worlds_expected = self.tally.worlds_expected();
        let worlds_done = (self.tally.worlds() + ahead).min(worlds_expected);
        self.observer.progress(Progress {
            basis: self.design.basis,
            worlds_done,
            worlds_expected,
        });
    }
}
